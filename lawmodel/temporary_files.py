"""What is being written stands in a hidden folder beside its place, and is moved there when it is whole.

A run that fails or is interrupted removes its folder. One that is killed cannot: the next run that writes beside it
does. Whether a run still writes there is told by the lock of the folder.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from lawmodel.locked_folder import LOCK, locked
from lawmodel.when_used import expression_when_used

TEMPORARY: Final = expression_when_used(r"\.lawmodel-[0-9a-f]{12}\.part")
"""The name of such a folder."""
_MADE: Final = "made"
_BEFORE: Final = "before"
_TRIES: Final = 20


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A new, empty file that takes a place when all went well; otherwise nothing is left of it.

    Where a link leads is replaced, not the link; the permissions of a file that was there are kept. Raises `OSError`.
    """
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(path))
    with folder_beside(target) as folder:
        made = folder / _MADE  # a short name, which no program takes for a table
        os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield made
        with contextlib.suppress(FileNotFoundError):
            made.chmod(stat.S_IMODE(target.stat().st_mode) & 0o777)
        os.replace(made, target)


@contextlib.contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A new, empty folder that takes a place when all went well; what stood there is gone then. Raises `OSError`."""
    target = path.resolve()
    with folder_beside(target) as folder:
        made, before = folder / _MADE, folder / _BEFORE
        made.mkdir()
        yield made
        if target.exists():
            target.rename(before)
        try:
            made.rename(target)
        except BaseException:
            if before.exists():
                before.rename(target)
            raise


@contextlib.contextmanager
def folder_beside(place: Path) -> Iterator[Path]:
    """A new folder beside a place, on the same disk: from there things can be moved to it. It is removed at the end.

    What was left there by runs that were killed is removed first. Raises `OSError`.
    """
    sweep(place.parent)
    with contextlib.ExitStack() as stack:
        folder = _new_folder(place.parent, stack)
        stack.callback(_empty, folder)
        yield folder


@lru_cache(maxsize=256)  # once in a process, for each folder: it may hold very many files
def sweep(folder: Path) -> None:
    """Remove from a folder what runs have left that are dead, and nothing else."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if TEMPORARY.fullmatch(name):
                _remove_if_dead(folder / name)


def _remove_if_dead(left: Path) -> None:
    with contextlib.suppress(OSError):
        if stat.S_ISDIR(left.lstat().st_mode):
            if not (left / LOCK).is_file():
                left.rmdir()  # which does nothing to a folder that holds something: then it is nobody's of ours
                return
            with locked(left, certain=True):
                _empty(left)


def _new_folder(parent: Path, stack: contextlib.ExitStack) -> Path:
    """A folder that this run alone has, until the stack is closed."""
    for _ in range(_TRIES):
        import secrets  # slow to load, and wanted only where something is written

        folder = parent / f".lawmodel-{secrets.token_hex(6)}.part"
        with contextlib.suppress(BlockingIOError):  # another run is looking whether it is dead
            stack.enter_context(locked(folder))
            return folder
    raise BlockingIOError(11, os.strerror(11), str(parent))


def _empty(folder: Path) -> None:
    """Remove everything but the lock; a machine that was interrupted may still be writing for a moment."""
    import shutil  # slow to load, and wanted only where something is written

    for _ in range(_TRIES):
        if not folder.exists():
            return
        with contextlib.suppress(OSError):
            for one in folder.iterdir():
                if one.is_dir() and not one.is_symlink():
                    shutil.rmtree(one, ignore_errors=True)
                elif one.name != LOCK:
                    one.unlink(missing_ok=True)
            if {one.name for one in folder.iterdir()} <= {LOCK}:
                return
        time.sleep(0.1)
