"""A folder in which one run at a time writes.

The lock is a file in it that the process holds open; it is free as soon as the process is gone, however it ended. Where
a disk of the network knows no locks, any number of runs may have the folder.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

LOCK: Final = "lock"
_TRIES: Final = 20


@contextmanager
def locked(folder: Path, *, certain: bool = False) -> Iterator[None]:
    """Have a folder (made if need be) to oneself. It is removed at the end if nothing is in it.

    Raises `BlockingIOError` where another run has it, and another `OSError` where it cannot be made, or, if it must be
    ``certain`` that nobody has it, on a disk that knows no locks.
    """
    handle = _taken(folder, certain)
    try:
        yield
    finally:
        if sys.platform == "win32":  # where nobody can remove an open file
            os.close(handle)
        with suppress(OSError):
            (folder / LOCK).unlink()
            folder.rmdir()  # which does nothing to a folder that holds something
        if sys.platform != "win32":
            os.close(handle)


def _taken(folder: Path, certain: bool) -> int:
    """The lock of a folder, held; another run may remove both in just this moment."""
    for _ in range(_TRIES):
        folder.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                _lock(handle, certain)
                if os.path.samestat(os.fstat(handle), os.stat(folder / LOCK)):
                    return handle
            except BlockingIOError:
                os.close(handle)
                break
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)
    raise BlockingIOError(errno.EAGAIN, "another run is writing there", str(folder))


def _lock(handle: int, certain: bool) -> None:
    """Raises `BlockingIOError` where another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except PermissionError as error:  # what Windows says
        raise BlockingIOError(*error.args) from None
    except BlockingIOError:
        raise
    except OSError:
        if certain:
            raise
