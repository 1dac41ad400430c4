"""JSON pointers (RFC 6901): where in a request a problem lies."""

from __future__ import annotations


def pointer(parent: str, *steps: str | int) -> str:
    """The pointer to what lies below another; the whole is the empty text."""
    return parent + "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
