"""What keeps a file from being read as a table, in words for whoever has the file."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa

from lawmodel.batch.tables.slices import NotATable

_HEAD: Final = 4096
"""Bytes that tell what a file is."""
_BLOCK: Final = 1 << 20
_MARKS: Final = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_MEND: Final = "Save it as UTF-8 (in Excel: “CSV UTF-8”)."


class Unchanged:
    """Files that should stay as they are until they are read to their end."""

    def __init__(self, files: Sequence[Path]) -> None:
        """Note how they are; raises `NotATable` where one is no ordinary file, and `OSError`."""
        for file in files:
            check_ordinary(file)
        self._files = {file: _state(file) for file in files}

    @contextmanager
    def reading(self, file: Path) -> Iterator[None]:
        """Read one of them; raises `NotATable` where it cannot be read, or was changed meanwhile."""
        try:
            yield
        except (OSError, UnicodeDecodeError, pa.ArrowException) as error:
            self._check(file)
            raise unreadable(file, error) from None
        self._check(file)

    def _check(self, file: Path) -> None:
        try:
            same = _state(file) == self._files[file]
        except OSError:
            same = False
        if not same:
            raise NotATable(f"{file}: it was changed while it was read. Give the command again when it stays as it is.")


def _state(file: Path) -> tuple[int, int, int]:
    found = file.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def check_ordinary(path: Path) -> None:
    """Refuse what is not there, and what can be read only once; raises `NotATable`."""
    if not path.exists():
        raise NotATable(f"{path}: there is no such file.")
    if not path.is_file():
        raise NotATable(f"{path}: it is no ordinary file, and a table is read more than once. Copy it into a file.")


def unreadable(path: Path, error: Exception) -> NotATable:
    """What is wrong with a table that cannot be read, or not to its end."""
    if isinstance(error, UnicodeDecodeError) or "invalid UTF8" in str(error):
        return _not_utf8(path)
    return NotATable(f"{path}: it cannot be read: {error}")


def check_text(path: Path) -> None:
    """Refuse a file that begins as no text in UTF-8 does; raises `NotATable`, and `OSError`."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            raise NotATable(f"{path}: it is {name}, and not UTF-8. {_MEND}")
    if b"\0" in head:
        raise NotATable(f"{path}: it is no text, or text in UTF-16. {_MEND}")


def _not_utf8(path: Path) -> NotATable:
    """That a file is not UTF-8, with the first line that is not."""
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            try:
                line += decoder.decode(block).count("\n")
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                break
    return NotATable(f"{path}: line {line} cannot be read: the file is not UTF-8. {_MEND}")
