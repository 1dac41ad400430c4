"""How a text file of a table is written: its encoding, and what separates its cells.

Both are recognised only where that is certain. Otherwise the file is refused, with the option that says it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from lawmodel.batch.given.given_table import Layout
from lawmodel.batch.tables.slices import NotATable
from lawmodel.dataclass import dataclass

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
UTF_8: Final = "utf-8-sig"
"""With or without the mark at its beginning."""
_HEAD: Final = 1 << 16
"""Bytes that tell how a file is written."""
_LOOKED_AT: Final = 20
"""So many rows tell what separates their cells."""
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATOR: Final = re.compile(r'"?sep=([^\r\n])"?\r?\n?\Z', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is written."""

    encoding: str
    """As Python calls it."""
    delimiter: str
    skipped: int = 0
    """Lines before the table: one that says ``sep=;``, as Excel reads it."""

    @property
    def is_plain(self) -> bool:
        """Whether it is UTF-8 with commas, and nothing before the heading."""
        return self.encoding == UTF_8 and self.delimiter == "," and not self.skipped


def dialect_of(path: Path, layout: Layout) -> Dialect:
    """How a file is written; what ``layout`` says is believed. Raises `NotATable`, and `OSError`."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    encoding = _encoding(path, head, layout.encoding)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    first, *_ = text.splitlines(keepends=True) or [""]
    said = _SEPARATOR.match(first)
    skipped = 1 if said is not None else 0
    if skipped:
        text = text[len(first) :]
    if layout.delimiter is not None:
        return Dialect(encoding, layout.delimiter, skipped)
    if said is not None:
        return Dialect(encoding, said[1], skipped)
    return Dialect(encoding, _delimiter(path, text, whole=len(head) < _HEAD))


def text_of_file(path: Path, encoding: str) -> IO[str]:
    """A file opened as text, its line ends as they are; reading raises `UnicodeDecodeError`."""
    return path.open(encoding=encoding, newline="")


def _encoding(path: Path, head: bytes, given: str | None) -> str:
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if given is not None:
        found = codecs.lookup(given).name
        return UTF_8 if found == "utf-8" else found
    if marked is not None:
        return marked
    if b"\0" in head:
        likely = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
        raise NotATable(
            f"{path}: it is no text in UTF-8. If it is text at all, say how it is written: --encoding {likely}"
        )
    return UTF_8


def _delimiter(path: Path, text: str, *, whole: bool) -> str:
    """What separates the cells: the only sign by which all of the first rows have the same number of cells."""
    counts = {sign: _counts(text, sign, whole=whole) for sign in DELIMITERS}
    certain = [sign for sign, found in counts.items() if len(set(found)) == 1 and found[0] > 1]
    if len(certain) == 1:
        return certain[0]
    heading = [sign for sign, found in counts.items() if found and found[0] > 1]
    if len(heading) <= 1:
        return heading[0] if heading else ","
    likely = max(heading, key=lambda sign: counts[sign][0])
    names = " or ".join(DELIMITERS[sign] for sign in heading)
    raise NotATable(f"{path}: its cells may be separated by {names}. Say which: --delimiter '{shown(likely)}'")


def shown(delimiter: str) -> str:
    """A delimiter as it is written on a command line."""
    return "tab" if delimiter == "\t" else delimiter


def _counts(text: str, delimiter: str, *, whole: bool) -> list[int]:
    """How many cells the first rows have by a delimiter; the last may be broken off where ``text`` is a beginning."""
    found: list[int] = []
    try:
        for row in _rows(text, delimiter):
            found.append(len(row))
            if len(found) > _LOOKED_AT:
                break
    except csv.Error:
        pass  # a quotation mark that belongs to another delimiter, or is not closed: told when it is read
    return found[:_LOOKED_AT] if whole or len(found) == 1 else found[:-1]


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return (row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row)
