"""A folder in which one run at a time writes.

The lock is a file in it that the process holds open; it is free as soon as the process is gone, however it ended.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from lawmodel.batch.running.carrying_out import CannotCarryOut

LOCK: Final = "lock"
_TRIES: Final = 20


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Have a folder (made if need be) to oneself. It is removed at the end if nothing is in it.

    Raises `CannotCarryOut` where another run has it, and `OSError`.
    """
    handle = _taken(folder)
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


def _taken(folder: Path) -> int:
    """The lock of a folder, held; another run may remove both in just this moment."""
    for _ in range(_TRIES):
        folder.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                _lock(handle)
                if os.path.samestat(os.fstat(handle), os.stat(folder / LOCK)):
                    return handle
            except BlockingIOError:
                os.close(handle)
                break
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)
    raise CannotCarryOut(
        f"{folder}: another run is writing there. Wait until it has ended, or name another folder with --out."
    )


def _lock(handle: int) -> None:
    """Raises `BlockingIOError` where another process has it. Some network disks know no locks: there all may write."""
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
        return
