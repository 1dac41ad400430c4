"""Files of the user's, read: whole, up to a size, and only what is a file.

A name may lead anywhere: to a device that never ends, to a pipe into which nobody writes, round in a circle. Whoever
reads a file of law, a case or a specification asks here; tables, which may be as large as they like, have readers of
their own (`lawmodel.batch.tables`).
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

from lawmodel.safe_text import UNSHOWN

MOST_BYTES: Final = 2_000_000
"""Of a file of law, a specification or the like."""
MOST_ENTRIES: Final = 100_000
"""How many files and folders are looked at below one folder."""
_KINDS: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_SPELLING: Final = "Check the spelling and the folder you are in."
_RENAME: Final = "Rename it, or the folder that it is in: names are shown in every message."


class Unreadable(Exception):
    """A file that is not read; says why, and what to do."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(f"{message}. {mend}")
        self.message, self.mend = message, mend


def read_file(path: Path | str, most_bytes: int = MOST_BYTES) -> bytes:
    """All of a file; raises `Unreadable` where it is none, is larger, has a name that cannot be shown, or is closed."""
    _check_name(os.fspath(path))
    try:
        _check_kind(os.stat(path), most_bytes)  # before it is opened: a device may act on that
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb", closefd=True) as stream:
            _check_kind(os.fstat(stream.fileno()), most_bytes)
            data = stream.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        raise _why(error, path) from None
    if len(data) > most_bytes:
        raise _larger(most_bytes)
    return data


def yaml_files_below(folder: Path) -> list[Path]:
    """Whatever is called ``*.yaml`` or ``*.yml`` below a folder, in a fixed order, but nothing that is hidden by a dot.

    What is called so and is no file is among them: whoever reads it is told. Links to folders are not followed.
    Raises `Unreadable` where a folder may not be looked into, since part of the law would be missing without a word.
    """
    found: list[Path] = []
    seen = 0

    def refuse(error: OSError) -> None:
        raise _why(error, folder, of="folder")

    for where, folders, files in os.walk(folder, onerror=refuse):
        seen += len(folders) + len(files)
        if seen > MOST_ENTRIES:
            raise Unreadable(
                f"there are more than {MOST_ENTRIES:,} files and folders below this folder", "Name the folder itself."
            )
        named = [name for name in (*folders, *files) if name.endswith((".yaml", ".yml")) and name[0] != "."]
        found += [Path(where, name) for name in named]
        folders[:] = [name for name in folders if not name.startswith(".")]
    return sorted(found)


def _check_name(name: str) -> None:
    odd = UNSHOWN.search(name)
    if odd is None:
        return
    if "\ud800" <= odd[0] <= "\udfff":
        raise Unreadable("the name of this file is not UTF-8 text", _RENAME)
    raise Unreadable(f"the name of this file holds a character that cannot be seen (U+{ord(odd[0]):04X})", _RENAME)


def _check_kind(status: os.stat_result, most_bytes: int) -> None:
    for test, kind in _KINDS:
        if test(status.st_mode):
            inside = " inside the folder" if test is stat.S_ISDIR else ""
            raise Unreadable(f"this is {kind}, and a file is needed", f"Name a file{inside}.")
    if status.st_size > most_bytes:
        raise _larger(most_bytes)


def _larger(most_bytes: int) -> Unreadable:
    return Unreadable(
        f"the file is larger than {most_bytes / 1_000_000:g} MB",
        "No case or statute is that long. Is it the right file? Split it if so.",
    )


def _why(error: OSError | ValueError, path: Path | str, of: str = "file") -> Unreadable:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        if os.path.islink(path):
            return Unreadable("this is a link, and what it leads to is not there", "Correct the link, or remove it.")
        return Unreadable(f"there is no such {of}", _SPELLING)
    if number == errno.ELOOP:
        return Unreadable("this is a link that leads back to itself", "Correct the link, or remove it.")
    if number == errno.ENAMETOOLONG:
        return Unreadable("no file can have a name of this length", _SPELLING)
    reason = getattr(error, "strerror", None) or error
    inner = getattr(error, "filename", None)
    where = f"the folder {inner}" if of == "folder" and inner != os.fspath(path) else f"the {of}"
    return Unreadable(f"{where} cannot be read ({reason})", "Check the name, and who may read it.")
