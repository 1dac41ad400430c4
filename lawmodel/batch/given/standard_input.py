"""Standard input as a file: a table is read more than once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final

from lawmodel.batch.given.conversion import Conversion
from lawmodel.batch.tables.slices import NotATable

_DASH: Final = Path("-")
CALLED: Final = "standard input"
_HEAD: Final = 64
_BEGINNINGS: Final = ((b"PAR1", ".parquet"), (b"PK\x03\x04", ".xlsx"), (b"{", ".jsonl"))


def spooled(place: Path, conversion: Conversion) -> Path:
    """A place that can be read again: that of a copy of standard input, where this is what is meant (`-`).

    What it holds is told by how it begins: Parquet, a spreadsheet or JSON lines, or else text with a delimiter. Raises
    `NotATable` where nothing comes, and `OSError`.
    """
    if place != _DASH:
        return place
    stream = sys.stdin.buffer
    head = stream.read(_HEAD)
    if not head:
        raise NotATable(f"{CALLED}: nothing comes from it. Pipe a table into it, or name a file.")
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    suffix = next((suffix for beginning, suffix in _BEGINNINGS if begins.startswith(beginning)), ".csv")
    found = conversion.file(suffix, CALLED)
    with found.open("wb") as to:
        to.write(head)
        shutil.copyfileobj(stream, to)
    return found
