"""Numbers of things in words."""

from __future__ import annotations


def count(number: int, what: str, several: str = "") -> str:
    """How many there are: 1 reading, 2 readings; ``several`` is the plural where it is not made with s."""
    return f"{number:,} {what if number == 1 else several or f'{what}s'}"
