"""How a text file of a table is written: its encoding, and what separates its cells.

Both are recognised only where that is certain. Otherwise the file is refused, with the option that says it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from lawmodel.batch.given.encodings import UTF_8, encoding_of
from lawmodel.batch.given.given_table import TableLayout
from lawmodel.batch.tables.slices import NotATable
from lawmodel.dataclass import dataclass

SUFFIXES: Final = (".csv", ".tsv", ".tab", ".txt")
"""Of text files whose cells are separated by a sign."""
DELIMITERS: Final = {",": "commas (,)", ";": "semicolons (;)", "\t": "tabs", "|": "vertical bars (|)"}
NAMED: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|", "space": " "}
"""What may be said for a sign that is hard to write on a command line."""
_HEAD: Final = 1 << 16
"""Bytes that tell how a file is written."""
_LOOKED_AT: Final = 30
"""So many rows tell what separates their cells."""
_SEPARATOR: Final = re.compile(r'"?sep=([^\r\n"])"?[;,\t]*(\r\n|\r|\n|\Z)', re.IGNORECASE)
"""The first line of files that Excel opens by a double click, whatever the country."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is written."""

    encoding: str
    """As Python calls it."""
    delimiter: str
    skipped: int = 0
    """Lines before the table: one that says ``sep=;``."""
    backslash: bool = False
    """Whether a quotation mark within a cell stands behind a backslash, as R writes it, and is not doubled."""

    @property
    def is_plain(self) -> bool:
        """Whether it is UTF-8 with commas, and nothing before the heading."""
        return self.encoding == UTF_8 and self.delimiter == "," and not (self.skipped or self.backslash)


def dialect_of(path: Path, layout: TableLayout) -> Dialect:
    """How a file is written; what ``layout`` says is believed. Raises `NotATable`, and `OSError`."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    encoding = encoding_of(path, head, layout.encoding)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    said = _SEPARATOR.match(text)
    given = None if layout.delimiter is None else _sign(layout.delimiter)
    whole = len(head) < _HEAD
    if said is not None:
        text = text[said.end() :]
    delimiter = given or (said[1] if said is not None else _delimiter(path, text, whole=whole))
    return Dialect(encoding, delimiter, int(said is not None), _has_backslashes(text, delimiter, whole=whole))


def rows_of_text(stream: Iterable[str], dialect: Dialect) -> Any:
    """A reader of rows, as the library has it; raises `csv.Error` at a quotation mark that is not closed."""
    escape = "\\" if dialect.backslash else None
    return csv.reader(stream, delimiter=dialect.delimiter, escapechar=escape, doublequote=escape is None, strict=True)


def _has_backslashes(text: str, delimiter: str, *, whole: bool) -> bool:
    """Whether the beginning of a file can only be read so: doubled quotation marks make no sense of it."""
    if '\\"' not in text:
        return False
    if not whole:
        text = text[: text.rfind("\n") + 1]
    plain, behind = (Dialect(UTF_8, delimiter, backslash=backslash) for backslash in (False, True))
    return not _can_be_read(text, plain) and _can_be_read(text, behind)


def _can_be_read(text: str, dialect: Dialect) -> bool:
    try:
        widths = {len(row) for row in rows_of_text(io.StringIO(text, newline=""), dialect) if row}
    except csv.Error:
        return False
    return len(widths) == 1


def _sign(given: str) -> str:
    sign = NAMED.get(given.lower(), given)
    if len(sign) != 1 or sign in '"\r\n\0':
        raise NotATable(f"--delimiter: `{given}` is not one sign. Write one such as ';', or tab.")
    return sign


def _delimiter(path: Path, text: str, *, whole: bool) -> str:
    """What separates the cells: the only sign by which the first rows have several cells, and the same number.

    A sign by which only some rows have several counts where no other does better.
    """
    counts = {sign: _counts(text, sign, whole=whole) for sign in DELIMITERS}
    parted = {sign: Counter(count for count in found if count > 1) for sign, found in counts.items()}
    several = [sign for sign, found in parted.items() if found]
    if len(several) <= 1:
        return several[0] if several else ","
    alike = [sign for sign in several if len(set(counts[sign])) == 1]
    if len(alike) == 1:
        return alike[0]
    mostly = [sign for sign in several if parted[sign].most_common(1)[0][1] * 2 > len(counts[sign])]
    if not alike and len(mostly) == 1:
        return mostly[0]
    named = alike or mostly or several
    likely = max(named, key=lambda sign: parted[sign].most_common(1)[0][0])
    words = {sign: word for word, sign in NAMED.items() if sign == "\t"}
    raise NotATable(
        f"{path}: its cells may be separated by {' or '.join(DELIMITERS[sign] for sign in named)}. Say which, for "
        f"example --delimiter '{words.get(likely, likely)}'"
    )


def _counts(text: str, delimiter: str, *, whole: bool) -> Sequence[int]:
    """How many cells the first rows have by a delimiter; the last may be broken off where ``text`` is a beginning."""
    found: list[int] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row:
                found.append(len(row))
            if len(found) > _LOOKED_AT:
                break
    except csv.Error:
        pass  # a quotation mark that is not closed, or by this delimiter stands within a cell: told when it is read
    return found if whole and len(found) <= _LOOKED_AT else found[:-1] or found
