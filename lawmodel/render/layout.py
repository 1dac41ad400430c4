"""Lines of text within a width: texts that are wrapped, set in, put under each other and beside each other.

Here every letter takes one column, which is so of nearly all that is shown (`is_simple`). Whoever has other letters, or
something else to show, gives a `ScreenPart` of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.protocols import Protocol

Piece: TypeAlias = tuple[str, Any]
"""Letters in one line, and their style: whatever who shows them makes of it."""

_SIMPLE: Final = frozenset(
    chain(
        "\n\u25cb\u25cf✓✗",
        map(chr, range(0x20, 0x7F)),
        map(chr, range(0xA0, 0xAD)),
        map(chr, range(0xAE, 0x300)),
        map(chr, range(0x370, 0x483)),
        map(chr, range(0x48A, 0x500)),
        map(chr, range(0x2010, 0x2028)),
        map(chr, range(0x2190, 0x2200)),
    )
)
"""As a set: to compile an expression of so many letters takes longer than to look through all texts of an answer."""
_WORD: Final = re.compile(r"\s*\S+\s*")


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """A line, and how many columns it takes."""

    pieces: tuple[Piece, ...]
    columns: int


BLANK: Final = ScreenLine((), 0)


class ScreenPart(Protocol):
    """Something that takes lines, as many as the width makes necessary."""

    def lines(self, width: int) -> list[ScreenLine]:
        """Its lines, each of at most so many columns, where that can be."""


def is_simple(text: str) -> bool:
    """Whether each letter takes one column, on every terminal; line breaks take none."""
    return _SIMPLE.issuperset(text)


class SimpleText:
    """A simple text. What is not to be wrapped stays on one line, however long that is."""

    __slots__ = ("no_wrap", "pieces")

    def __init__(self, *pieces: Piece, no_wrap: bool = False) -> None:
        self.pieces = pieces
        self.no_wrap = no_wrap

    @property
    def columns(self) -> int:
        """So many it takes on one line."""
        return sum(len(text) - text.count("\n") for text, _ in self.pieces)

    def lines(self, width: int) -> list[ScreenLine]:
        """The text broken between words, and within a word only where it is longer than a line."""
        text = "".join([text for text, _ in self.pieces])
        if "\n" not in text and (self.no_wrap or len(text) <= width):
            return [ScreenLine(self.pieces, len(text))]
        found = []
        start = 0
        for line in text.split("\n"):
            ends = [len(line)] if self.no_wrap else [*_breaks(line, max(width, 1)), len(line)]
            begin = 0
            for end in ends:
                kept = len(line[begin:end].rstrip())
                found.append(ScreenLine(tuple(self._cut(start + begin, start + begin + kept)), kept))
                begin = end
            start += len(line) + 1
        return found

    def _cut(self, begin: int, end: int) -> Iterator[Piece]:
        position = 0
        for text, style in self.pieces:
            cut = text[max(begin - position, 0) : max(end - position, 0)]
            if cut:
                yield cut, style
            position += len(text)


def _breaks(line: str, width: int) -> Iterator[int]:
    """Where a line is broken; blanks stay at the end of the word before them."""
    taken = 0
    for word in _WORD.finditer(line):
        start, end = word.span()
        length = len(word[0].rstrip())
        if length <= width - taken:
            taken += end - start
        elif length > width:
            if start:
                yield start
            rest = range(start, end, width)
            yield from rest[1:]
            taken = end - rest[-1]
        else:
            if taken and start:
                yield start
            taken = end - start


class Inset:
    """A part that is set in by some columns."""

    __slots__ = ("by", "part")

    def __init__(self, part: ScreenPart, by: int) -> None:
        self.part, self.by = part, by

    def lines(self, width: int) -> list[ScreenLine]:
        """Its lines, with the blanks before them."""
        before = (" " * self.by, "")
        return [ScreenLine((before, *line.pieces), line.columns + self.by) for line in self.part.lines(width - self.by)]


class Below:
    """Parts under each other."""

    __slots__ = ("parts",)

    def __init__(self, *parts: ScreenPart) -> None:
        self.parts = parts

    def lines(self, width: int) -> list[ScreenLine]:
        """The lines of one after the other."""
        return [line for part in self.parts for line in part.lines(width)]


@dataclass(frozen=True, slots=True)
class Cell:
    """A part beside others."""

    part: ScreenPart
    width: int | None = None
    """None: what the others leave; several share it."""
    gap: int = 0
    """Columns left free after it."""
    right: bool = False
    """Whether its lines end at its right side."""


class Beside:
    """Parts beside each other."""

    __slots__ = ("cells",)

    def __init__(self, *cells: Cell) -> None:
        self.cells = cells

    def lines(self, width: int) -> list[ScreenLine]:
        """As many lines as the longest of them."""
        sharing = sum(cell.width is None for cell in self.cells)
        left = width - sum((cell.width or 0) + cell.gap for cell in self.cells if cell.width is not None)
        sides: list[tuple[list[ScreenLine], int, int, bool]] = []
        for cell in self.cells:
            room = cell.width
            if room is None:
                whole = -(-left // sharing)
                left, sharing, room = left - whole, sharing - 1, max(whole - cell.gap, 1)
            sides.append((cell.part.lines(room), room, cell.gap, cell.right))
        return [_across(sides, number) for number in range(max(len(lines) for lines, *_ in sides))]


def _across(sides: Sequence[tuple[list[ScreenLine], int, int, bool]], number: int) -> ScreenLine:
    pieces: list[Piece] = []
    total = free = 0
    for lines, room, gap, right in sides:
        line = lines[number] if number < len(lines) else BLANK
        padding = max(room - line.columns, 0)
        free += padding if right else 0
        if line.columns:
            if free:
                pieces.append((" " * free, ""))
                total, free = total + free, 0
            pieces += line.pieces
            total += line.columns
        free += gap + (0 if right else padding)
    return ScreenLine(tuple(pieces), total)
