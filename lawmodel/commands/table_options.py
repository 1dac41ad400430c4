"""Options of verbs about tables: how files are written that they read, and that they write."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import click

from lawmodel.safe_text import unguarded

DASH: Final = Path("-")
"""Standard input, or standard output."""
encoding_option: Callable[[Any], Any] = click.option(
    "--encoding", metavar="NAME", help="Of text files that are not UTF-8: cp1251, cp1252, utf-16 …"
)
delimiter_option: Callable[[Any], Any] = click.option(
    "--delimiter", metavar="SIGN", help="What separates the cells of a text file, where that is not certain: ';', tab …"
)
bom_option: Callable[[Any], Any] = click.option(
    "--bom", is_flag=True, help="CSV that is written begins with the mark by which Excel knows UTF-8."
)
dates_option: Callable[[Any], Any] = click.option(
    "--dates",
    "dates",
    multiple=True,
    metavar="FORM",
    help="How days are written beside year-month-day: day.month.year, m/d/yyyy …, or excel (its numbers). Repeatable.",
)


def check_bom(bom: bool, outputs: Iterable[Path | None]) -> None:
    """A usage error where nothing that is written is CSV."""
    if bom and not any(one is not None and (one == DASH or one.suffix == ".csv") for one in outputs):
        raise click.UsageError("--bom: nothing that is written is CSV. Leave it out, or let a name end in .csv.")


def copy_to_standard_output(path: Path) -> None:
    """Hand a text in UTF-8 on: byte by byte, but to a terminal through the guard of the screen."""
    stream = unguarded(sys.stdout)
    buffer = getattr(stream, "buffer", None)
    if buffer is None or stream.isatty():
        with path.open(encoding="utf-8", newline="") as text:
            for line in text:
                click.echo(line, nl=False)
        return
    stream.flush()
    with path.open("rb") as data:
        shutil.copyfileobj(data, buffer)
    buffer.flush()
