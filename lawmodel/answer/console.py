"""Where texts are written: a console of a readable width. No text is markup."""

from __future__ import annotations

import os
import sys
from typing import IO

from rich.console import Console

from lawmodel.render.terminal import write as write

WIDEST = 120
WIDTH_OF_A_PIPE = 110


def console(stream: IO[str] | None = None) -> Console:
    """A console on standard output: colour on a terminal unless NO_COLOR is set, at most 120 columns wide."""
    target = stream or sys.stdout
    plain = Console(file=target)
    piped = not plain.is_terminal and "COLUMNS" not in os.environ
    width = WIDTH_OF_A_PIPE if piped else min(plain.width, WIDEST)
    return Console(file=target, highlight=False, markup=False, emoji=False, width=width)
