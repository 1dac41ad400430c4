"""Bars drawn with characters, for a terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, cycle, pairwise
from typing import Final

EIGHTHS: Final = " ▏▎▍▌▋▊▉"
FILLS: Final = "█░▓▒▞▚◇"
"""For the parts of a stacked bar; neighbours are told apart without colour."""
PLAIN_FILLS: Final = "#.%+o=-"
"""The same where only ASCII can be shown."""


def bar(share: float, columns: int) -> str:
    """A bar of so much of a whole, to an eighth of a column; shares below 0 and above 1 count as these."""
    eighths = round(max(0.0, min(1.0, share)) * columns * 8)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (EIGHTHS[rest] if rest else "")


def stacked_bar(counts: Sequence[int], longest: int, columns: int, fills: str = FILLS) -> str:
    """A bar of several parts, on a scale on which ``longest`` takes all columns; each end is rounded to a column."""
    ends = [0, *(round(end * columns / longest) if longest else 0 for end in accumulate(counts))]
    return "".join(fill * (end - begin) for fill, (begin, end) in zip(cycle(fills), pairwise(ends), strict=False))
