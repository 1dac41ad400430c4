"""Encodings of text files: which one a file says that it has, and which one is likely where it says nothing."""

from __future__ import annotations

import codecs
import io
import re
import shutil
from pathlib import Path
from typing import Final

from lawmodel.batch.tables.slices import NotATable

UTF_8: Final = "utf-8-sig"
"""UTF-8 with or without the mark at its beginning, as Python calls it."""
_HEAD: Final = 4096
"""Bytes that tell what a file is."""
_BLOCK: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OF_PROGRAMS: Final = ("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape")
_TOGETHER: Final = re.compile(rb"[\xc0-\xff]{3}")
"""In Cyrillic words such letters follow each other; in Western ones they stand alone among plain ones."""


def encoding_of(path: Path, head: bytes, given: str | None) -> str:
    """The encoding of a file that begins so, as Python calls it: what is ``given``, what a mark says, or UTF-8.

    Raises `NotATable` where there is no such encoding, and where the file is no text in UTF-8 for certain.
    """
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if given is not None:
        found = _known(given)
        if marked is None and found in ("utf-16", "utf-32"):
            mend = f"If it is {found} without a mark: --encoding {found}-le"
            raise NotATable(f"{path}: it does not begin as {found} does. {mend}")
        return marked if marked is not None and (marked == UTF_8 or found.startswith(marked)) else found
    if marked is not None:
        return marked
    if b"\0" in head:
        likely = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
        raise NotATable(f"{path}: it is no text in UTF-8. If it is UTF-16, say so: --encoding {likely}")
    return UTF_8


def encoding_of_file(path: Path, given: str | None) -> str:
    """The same of a file; raises `NotATable`, and `OSError`."""
    with path.open("rb") as stream:
        return encoding_of(path, stream.read(_HEAD), given)


def _known(given: str) -> str:
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=given)  # which knows encodings of texts from others
        found = codecs.lookup(given).name
    except (LookupError, ValueError):
        known = "utf-8, utf-16, cp1251, cp1252, latin-1"
        raise NotATable(f"--encoding: there is no encoding `{given}`. Name one such as {known}.") from None
    if found in _OF_PROGRAMS:
        raise NotATable(f"--encoding: `{given}` is an encoding of programs, and not of texts. Name that of the file.")
    return UTF_8 if found == "utf-8" else found


def decoded(path: Path, encoding: str, to: Path, *, without_first_line: bool = False) -> Path:
    """A copy of a text file in UTF-8, line by line; in place of its first line there may be an empty one.

    Raises `NotATable` where it is not in this encoding, and `OSError`.
    """
    try:
        with path.open(encoding=encoding, newline="") as stream, to.open("w", encoding="utf-8", newline="") as copy:
            if without_first_line:
                copy.write(stream.readline()[-1:])
            shutil.copyfileobj(stream, copy, _BLOCK)
    except UnicodeDecodeError:
        raise not_decoded(path, encoding) from None
    return to


def not_decoded(path: Path, encoding: str) -> NotATable:
    """That a file is not in the encoding in which it is read: the first line that is not, and a likely one.

    Raises `OSError`.
    """
    decoder, line, wrong = codecs.getincrementaldecoder(encoding)(), 1, b""
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            try:
                line += decoder.decode(block).count("\n")
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                wrong = error.object[error.start : error.start + _BLOCK]
                break
    if encoding != UTF_8:
        return NotATable(f"{path}: line {line} cannot be read as {encoding}. Say how it is written: --encoding NAME.")
    likely, called = ("cp1251", "Cyrillic") if _TOGETHER.search(wrong) else ("cp1252", "Western")
    return NotATable(
        f"{path}: line {line} cannot be read: the file is not UTF-8. If it comes from Windows ({called} letters), give "
        f"--encoding {likely}. Or save it as UTF-8 (in Excel: “CSV UTF-8”)."
    )
