"""What keeps a file from being read as a table, in words for whoever has the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from lawmodel.batch.given.encodings import UTF_8, not_decoded
from lawmodel.batch.tables.slices import NotATable


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
    """What is wrong with a table that cannot be read, or not to its end. Raises `OSError`."""
    if isinstance(error, UnicodeDecodeError) or "invalid UTF8" in str(error):
        return not_decoded(path, UTF_8)
    return NotATable(f"{path}: it cannot be read: {error}")
