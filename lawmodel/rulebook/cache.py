"""Compiled rulebooks in the user's cache, so that a start does not read all the law again.

A kept rulebook is named by the digest of its files' names and texts, and by all else that decides what it is: the
folders and files that were named, the source of all of this program that reads rules, and the version of Python. No
time of a file plays a part.

What is kept is not trusted:

- It begins with a digest of its name and of what follows; what does not match (a flipped bit, half a file, another
  program's rulebook under this name) is passed over.
- Whoever can write the digest can write the rulebook too, so that a secret would protect nothing that its owner can
  read. Hence nobody else may: a folder or file that another user owns (but the system's administrator), or that others
  may write to, is passed over. Windows gives each user a cache folder that others cannot write to.
- What is read back may hold only the classes of the model: nothing else is ever constructed, whatever the file says.

What is passed over costs time, and nothing else: the files of the law are read instead.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import stat
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from lawmodel.digests import blake2b
from lawmodel.rulebook.model import Rulebook
from lawmodel.user_files import Unreadable, read_file

ALLOWED_MODULES = (
    "lawmodel.rulebook.model",
    "lawmodel.rulebook.condition",
    "lawmodel.rulebook.misconception",
    "lawmodel.time_spans",
    "lawmodel.problems",
)
MOST_KEPT: Final = 20
MOST_BYTES_KEPT: Final = 100_000_000
FORSAKEN_AFTER: Final = 3_600
"""Seconds after which a file that was being written is taken for one whose program has died."""
_DIGEST: Final = 32
"""Bytes of the digest with which a kept rulebook begins."""


class _OnlyTheModel(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module in ALLOWED_MODULES and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        if (module, name) == ("datetime", "date"):
            return super().find_class(module, name)
        if (module, name) == ("builtins", "object") or (module, name) == ("copyreg", "__newobj__"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in a rulebook")


def folder() -> Path:
    """Where compiled rulebooks are kept: `LAWMODEL_CACHE`, or the user's cache folder."""
    chosen = os.environ.get("LAWMODEL_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "lawmodel"


def recall(digest: str, named: Sequence[Path]) -> Rulebook | None:
    """The rulebook kept under this digest of its files, which lie in these places; None if none can be trusted."""
    try:
        file = _file(digest, named)
        if not (_is_ours(file.parent.stat()) and _is_ours(file.lstat())):
            return None
        data = memoryview(read_file(file, MOST_BYTES_KEPT))
        if data[:_DIGEST] != _sealed(file.name, data[_DIGEST:]):
            return None
        kept = _OnlyTheModel(io.BytesIO(data[_DIGEST:])).load()
    except Exception:  # whatever is wrong with a cache, the rulebook itself is read instead
        return None
    return kept if isinstance(kept, Rulebook) and kept.digest == digest else None


def keep(rulebook: Rulebook, named: Sequence[Path]) -> None:
    """Keep a rulebook whose files lie in these places.

    Where that cannot be done the next start is slower, and nothing else.
    """
    import tempfile  # slow to load, and wanted only where something is kept

    with contextlib.suppress(OSError, RuntimeError, Unreadable):
        if _digest_of_sources() != _program():
            return  # the program was changed under its own feet: who knows which part of it has read the law
        target = _file(rulebook.digest, named)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_ours(target.parent.stat()):
            return
        data = pickle.dumps(rulebook, protocol=pickle.HIGHEST_PROTOCOL)
        handle, beside = tempfile.mkstemp(dir=target.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_sealed(target.name, data))
                stream.write(data)
            os.replace(beside, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise
        _forget_the_oldest(target.parent)


def _file(digest: str, named: Sequence[Path]) -> Path:
    python = f"{sys.implementation.cache_tag}-{sys.hexversion:x}"
    whole = blake2b("\0".join([digest, *map(str, named)]).encode(errors="surrogatepass"), digest_size=16).hexdigest()
    return folder() / f"rulebook-{python}-{_program()[:16]}-{whole}.pickle"


def _sealed(name: str, data: bytes | memoryview) -> bytes:
    """The digest of a kept rulebook that has this name."""
    digest = blake2b(f"{name}\0".encode(), digest_size=_DIGEST)
    digest.update(data)
    return digest.digest()


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody but this user and the administrator can have written to a folder or file."""
    if sys.platform == "win32":
        return True  # it has no such owners and modes; the user's cache folder is closed to others
    return status.st_uid in (os.geteuid(), 0) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


@cache
def _program() -> str:
    """Names the program that has started: its classes that are kept, and the checks that a kept rulebook has passed."""
    return _digest_of_sources()


def _digest_of_sources() -> str:
    """A digest of all of the program that reads rules: the files of this folder, and those beside the rooms."""
    here = Path(__file__).parent
    digest = blake2b(digest_size=_DIGEST)
    for room in (here, here.parent):
        for name in sorted(os.listdir(room)):
            if name.endswith(".py"):
                with open(room / name, "rb") as stream:
                    source = stream.read()
                digest.update(f"{room.name}/{name}\0{len(source)}\0".encode())
                digest.update(source)
    return digest.hexdigest()


def _forget_the_oldest(where: Path) -> None:
    kept = sorted(where.glob("rulebook-*.pickle"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[MOST_KEPT:]:
        file.unlink(missing_ok=True)
    for file in where.glob("tmp*.part"):
        if file.stat().st_mtime < time.time() - FORSAKEN_AFTER:
            file.unlink(missing_ok=True)
