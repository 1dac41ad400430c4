"""Where texts are written: a console of a readable width, and lines without blanks at their end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import IO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

WIDEST = 120
WIDTH_OF_A_PIPE = 110


def console(stream: IO[str] | None = None) -> Console:
    """A console on standard output: colour on a terminal unless NO_COLOR is set, at most 120 columns wide."""
    target = stream or sys.stdout
    plain = Console(file=target, highlight=False)
    piped = not plain.is_terminal and "COLUMNS" not in os.environ
    return Console(file=target, highlight=False, width=WIDTH_OF_A_PIPE if piped else min(plain.width, WIDEST))


def write(to: Console, parts: Iterable[RenderableType]) -> None:
    """Write texts, tables and trees; no line ends in blanks, since answers are pasted into papers.

    A text that says ``no_wrap`` stays on one line however long it is.
    """
    with to.capture() as captured:
        for part in parts:
            to.print(part, soft_wrap=isinstance(part, Text) and bool(part.no_wrap))
    for line in captured.get().splitlines():
        to.file.write(line.rstrip() + "\n")


def two_columns() -> Table:
    """A table without lines: a name, and what is to be said of it."""
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=44)
    table.add_column()
    return table
