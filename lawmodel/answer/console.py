"""Where texts are written: a console of a readable width, and lines without blanks at their end.

Colours are this file's; no character of a text steers the terminal (`lawmodel.safe_text`), and no text is markup.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import IO

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from lawmodel.safe_text import safe, unguarded

WIDEST = 120
WIDTH_OF_A_PIPE = 110


def console(stream: IO[str] | None = None) -> Console:
    """A console on standard output: colour on a terminal unless NO_COLOR is set, at most 120 columns wide."""
    target = stream or sys.stdout
    plain = Console(file=target)
    piped = not plain.is_terminal and "COLUMNS" not in os.environ
    width = WIDTH_OF_A_PIPE if piped else min(plain.width, WIDEST)
    return Console(file=target, highlight=False, markup=False, emoji=False, width=width)


def write(to: Console, parts: Iterable[RenderableType]) -> None:
    """Write texts, tables and trees; no line ends in blanks, since answers are pasted into papers.

    A text that says ``no_wrap`` stays on one line however long it is.
    """
    with to.capture() as captured:
        for part in parts:
            to.print(_Safe(part), soft_wrap=isinstance(part, Text) and bool(part.no_wrap))
    stream = unguarded(to.file)
    for line in captured.get().splitlines():
        stream.write(line.rstrip() + "\n")


class _Safe:
    """What is to be shown, with its texts made safe once they are laid out; what the console adds to them stays."""

    def __init__(self, part: RenderableType) -> None:
        self.part = part

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for one in console.render(self.part, options):
            yield one if one.control else Segment(safe(one.text), one.style)


def two_columns() -> Table:
    """A table without lines: a name, and what is to be said of it."""
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=44)
    table.add_column()
    return table
