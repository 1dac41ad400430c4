"""The conversion of files into tables that are read fast: copies that only this run sees, and what was seen of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lawmodel.temporary_files import folder_beside


class Conversion:
    """Copies of what was given, until the end; those of a run that is killed are removed by the next."""

    def __init__(self, stack: ExitStack) -> None:
        self.remarks: list[str] = []
        """What was seen of the files that their owner should know, each a sentence that names its file."""
        self._stack = stack
        self._folder: Path | None = None
        self._names: list[tuple[str, str]] = []

    def file(self, suffix: str, called: str) -> Path:
        """A place for one more copy; ``called`` is what the user calls what is copied. Raises `OSError`."""
        if self._folder is None:
            self._folder = self._stack.enter_context(folder_beside(Path(tempfile.gettempdir(), "table")))
            self._folder.chmod(0o700)
        found = self._folder / f"{len(self._names) + 1}{suffix}"
        self._names.append((str(found), called))
        return found

    def said(self, text: str) -> str:
        """A message in which copies are called as the user calls what was copied."""
        for path, called in self._names:
            text = text.replace(path, called)
        return text


@contextmanager
def conversion() -> Iterator[Conversion]:
    """What is converted in a run."""
    with ExitStack() as stack:
        yield Conversion(stack)
