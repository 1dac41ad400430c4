"""An interrupt that is not lost, and one that is enough.

What a signal's handler raises is lost where Python cannot raise it: in a callback of the import system, or while an
object goes. Python then prints a traceback and goes on. And who presses Ctrl-C twice means the same as once: the second
must not break off the tidying up that the first has begun.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

PATIENCE: Final = 5.0
"""Seconds after an interrupt in which another changes nothing."""
_AGAIN: Final = 0.05
"""Seconds until an interrupt that was lost comes again."""
_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def each_once() -> Iterator[Callable[[], bool]]:
    """Let interrupts (whatever raises `KeyboardInterrupt` now) come through, and each but once. For the main thread.

    Gives what tells whether there was one: libraries make other errors of it. After one the program is to end: from
    then on these signals are ignored.
    """
    handlers: dict[int, Any] = {}
    came: list[float] = []
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    last = [int(signal.SIGINT)]
    main = threading.get_ident()

    def interrupted(number: int, frame: FrameType | None) -> None:
        if came and time.monotonic() - came[-1] < PATIENCE:
            return
        came.append(time.monotonic())
        last[0] = number
        handlers[number](number, frame)

    def lost(what: sys.UnraisableHookArgs) -> None:
        if not issubclass(what.exc_type, KeyboardInterrupt):
            unraisable(what)
            return
        came.clear()
        again = threading.Timer(_AGAIN, _send, [main, last[0]])
        again.daemon = True
        again.start()

    unraisable, sys.unraisablehook = sys.unraisablehook, lost
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and callable(signal.getsignal(number)):
            handlers[number] = signal.getsignal(number)
            signal.signal(number, interrupted)
    try:
        yield lambda: bool(came)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, signal.SIG_IGN if came else handler)
        sys.unraisablehook = unraisable


def _send(thread: int, number: int) -> None:
    """Send a thread this signal: a true one, which also ends its waiting for something."""
    if sys.platform == "win32":  # there the main thread gets them all
        signal.raise_signal(number)
    else:
        signal.pthread_kill(thread, number)
