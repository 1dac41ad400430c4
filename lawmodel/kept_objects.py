"""What takes long to make, kept in the user's cache, so that a start does not make it again: no answer is ever kept.

What is kept is named by whatever it was made from, and by all else that decides what it is: the source of the program
and the version of Python. No time of a file plays a part.

It is not trusted:

- It begins with a digest of its name and of what follows; what does not match (a flipped bit, half a file, another
  object under this name) is passed over.
- Whoever can write the digest can write the object too, so that a secret would protect nothing that its owner can
  read. Hence nobody else may: a folder or file that another user owns (but the system's administrator), or that others
  may write to, is passed over. Windows gives each user a cache folder that others cannot write to.
- What is read back may hold only classes of certain modules: nothing else is ever constructed, whatever the file says.

What is passed over costs time, and nothing else: it is made anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import source_hash
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lawmodel.digests import blake2b
from lawmodel.user_files import Unreadable, read_file

if TYPE_CHECKING:
    from pickle import Unpickler, UnpicklingError
else:
    try:
        from _pickle import Unpickler, UnpicklingError  # what `pickle` has it from, which also brings one in Python
    except ImportError:
        from pickle import Unpickler, UnpicklingError

MOST_BYTES_KEPT: Final = 100_000_000
FORSAKEN_AFTER: Final = 3_600
"""Seconds after which a file that was being written is taken for one whose program has died."""
SOURCES: Final = ("", "rulebook", "reasoning", "reasoning/chaining", "case/values.py", "case/consistency.py")
"""The files, and the folders with files, of the program by which anything that is kept is made."""
_DIGEST: Final = 16
"""Bytes of the digest with which what is kept begins."""


class _OnlyClasses(Unpickler):
    def __init__(self, data: bytes | memoryview, modules: Sequence[str]) -> None:
        super().__init__(io.BytesIO(data))
        self._modules = modules

    def find_class(self, module: str, name: str) -> Any:
        if module in self._modules and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        if (module, name) == ("datetime", "date"):
            return super().find_class(module, name)
        if (module, name) == ("builtins", "object") or (module, name) == ("copyreg", "__newobj__"):
            return super().find_class(module, name)
        raise UnpicklingError(f"{module}.{name} does not belong here")


class KeptObjects:
    """Objects of one kind in the user's cache, each kept under what it was made from."""

    def __init__(self, kind: str, modules: Sequence[str], most: int) -> None:
        """``modules`` are those whose classes may be in an object; of more than ``most`` the oldest go."""
        self.kind, self._modules, self._most = kind, modules, most

    def recall(self, made_from: Sequence[str]) -> Any:
        """The object kept under this; None where there is none that can be trusted."""
        try:
            file = self.file(made_from)
            if not (_is_ours(file.parent.stat()) and _is_ours(file.lstat())):
                return None
            data = memoryview(read_file(file, MOST_BYTES_KEPT))
            if data[:_DIGEST] != sealed(file.name, data[_DIGEST:]):
                return None
            return self.read(data[_DIGEST:])
        except Exception:  # whatever is wrong with a cache, it is made anew
            return None

    def read(self, data: bytes | memoryview) -> Any:
        """What `written` has made of an object of this kind, where that was kept inside another."""
        return _OnlyClasses(data, self._modules).load()

    @staticmethod
    def written(one: object) -> bytes:
        """An object, as it can be kept inside another, to be read when it is needed."""
        import pickle

        return pickle.dumps(one, protocol=pickle.HIGHEST_PROTOCOL)

    def keep(self, made_from: Sequence[str], one: object) -> None:
        """Keep an object; where that cannot be done the next start is slower, and nothing else."""
        import tempfile  # slow to load, as `pickle` is, and wanted only where something is kept

        with contextlib.suppress(OSError, RuntimeError, Unreadable):
            if digest_of_sources() != program():
                return  # the program was changed under its own feet: who knows which part of it has made this
            target = self.file(made_from)
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not _is_ours(target.parent.stat()):
                return
            data = self.written(one)
            handle, beside = tempfile.mkstemp(dir=target.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(sealed(target.name, data))
                    stream.write(data)
                os.replace(beside, target)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(beside)
                raise
            self._forget_the_oldest(target.parent)

    def file(self, made_from: Sequence[str]) -> Path:
        """Where an object is kept."""
        python = f"{sys.implementation.cache_tag}-{sys.hexversion:x}"
        named = blake2b("\0".join(made_from).encode(errors="surrogatepass"), digest_size=16).hexdigest()
        return folder() / f"{self.kind}-{python}-{program()[:16]}-{named}.pickle"

    def _forget_the_oldest(self, where: Path) -> None:
        kept = sorted(where.glob(f"{self.kind}-*.pickle"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in kept[self._most :]:
            file.unlink(missing_ok=True)
        for file in where.glob("tmp*.part"):
            if file.stat().st_mtime < time.time() - FORSAKEN_AFTER:
                file.unlink(missing_ok=True)


def folder() -> Path:
    """Where things are kept: `LAWMODEL_CACHE`, or the user's cache folder."""
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


def sealed(name: str, data: bytes | memoryview) -> bytes:
    """The digest of what is kept under this name of a file: it is to find what was spoiled, and not who has done it."""
    return source_hash(name.encode()) + source_hash(data)


@cache
def program() -> str:
    """Names the program that has started: its classes that are kept, and whatever has made an object."""
    return digest_of_sources()


def digest_of_sources() -> str:
    """A digest of all of the program by which anything is made that is kept; of a file the hash that Python has for it.

    Whoever can write the program can do worse than to have it taken for another.
    """
    digest = blake2b(digest_size=32)
    for name in _sources():
        with open(os.path.join(os.path.dirname(__file__), name), "rb", buffering=0) as stream:
            source = stream.read()
        digest.update(f"{name}\0{len(source)}\0".encode() + source_hash(source))
    return digest.hexdigest()


def _sources() -> Iterator[str]:
    here = os.path.dirname(__file__)
    for named in SOURCES:
        if named.endswith(".py"):
            yield named
        else:
            inside = sorted(os.listdir(os.path.join(here, named)))
            yield from (os.path.join(named, name) for name in inside if name.endswith(".py"))


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody but this user and the administrator can have written to a folder or file."""
    if sys.platform == "win32":
        return True  # it has no such owners and modes; the user's cache folder is closed to others
    return status.st_uid in (os.geteuid(), 0) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
