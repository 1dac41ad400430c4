"""Calls of engines that are not written in Python: neither a signal nor a fork may come in the middle of one.

What a signal handler raises leaves such an engine half way: durable-rules then corrupts the heap, and an object of z3
is released that was never held. So in the main thread, which is the one that Python gives signals to, handlers wait
until the call has ended. The child of a fork has only the thread that forked: what others hold at that moment, a lock
or a structure half built, stays so for ever. So who forks waits until no call runs, and calls wait until it has forked.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found] # the same without enums, which would take most of a short call
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final, Generic, Self, TypeAlias, TypeVar
from weakref import ref

Result = TypeVar("Result")
Owner = TypeVar("Owner")
Held = TypeVar("Held")
Handler: TypeAlias = Callable[[int, FrameType | None], object]

SECONDS_BETWEEN_LOOKS: Final = 0.05
"""So often it is looked whether a signal asks for long work to be cancelled."""

_SIGNALS: Final = tuple(
    int(getattr(signal, name))
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGBREAK")
    if hasattr(signal, name)
)
"""The signals for which programs have handlers that raise something."""


class _Gate:
    """Any number of calls may be inside; who forks waits until none is, and keeps others out meanwhile."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """With nobody inside; in the child of a fork, which has none of the threads that were at the gate."""
        self._changed = threading.Condition(threading.Lock())
        self._inside = 0
        self._forking: int | None = None
        """The thread that forks."""

    def enter(self) -> None:
        with self._changed:
            while self._forking is not None:
                self._changed.wait()
            self._inside += 1

    def leave(self) -> None:
        with self._changed:
            self._inside -= 1
            if self._forking is not None:
                self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            while self._forking is not None:
                self._changed.wait()
            self._forking = threading.get_ident()
            while self._inside:
                self._changed.wait()

    def open(self) -> None:
        with self._changed:
            if self._forking == threading.get_ident():
                self._forking = None
                self._changed.notify_all()


_gate = _Gate()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_gate.close, after_in_parent=_gate.open, after_in_child=_gate.renew)


class EngineCall:
    """``with EngineCall() as call:`` around calls of an engine, short ones; there is none within another.

    Signals that came meanwhile are delivered, each once, when it ends: then a handler may raise KeyboardInterrupt.
    """

    __slots__ = ("_came", "_replaced")

    def __init__(self) -> None:
        self._replaced: list[tuple[int, Handler]] = []
        self._came: set[int] = set()

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._replace()
        _gate.enter()
        return self

    def __exit__(self, *_: object) -> None:
        _gate.leave()
        self._restore()
        self._deliver()

    def run(self, work: Callable[[], Result], cancel: Callable[[], object]) -> Result:
        """Do what may take long; signals are delivered meanwhile, and where a handler raises it is told to ``cancel``.

        Python sees signals only between its own instructions, so the main thread has the work done in one beside it.
        """
        if not self._replaced:
            return work()
        found: list[Result] = []
        raised: list[BaseException] = []

        def beside() -> None:
            try:
                found.append(work())
            except BaseException as error:
                raised.append(error.with_traceback(None))  # whose frames hold this thread, in a circle

        thread = threading.Thread(target=beside, daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                thread.join(SECONDS_BETWEEN_LOOKS)
                self._deliver()
        except BaseException:
            while thread.is_alive():  # again and again: the work may only just begin
                cancel()
                thread.join(SECONDS_BETWEEN_LOOKS)
            raise
        if raised:
            raise raised.pop()  # an error that this frame holds would hold it, in a circle
        return found[0]

    def _note(self, number: int, _: FrameType | None) -> None:
        self._came.add(number)  # and not the frame, which would keep what it holds

    def _deliver(self) -> None:
        """Call the handlers of the signals that came; what one raises keeps no other back."""
        for number, handler in self._replaced:
            if number in self._came:
                self._came.remove(number)
                try:
                    handler(number, None)
                finally:
                    self._deliver()

    def _replace(self) -> None:
        try:
            for number in _SIGNALS:
                handler = _signal.getsignal(number)
                if callable(handler):
                    self._replaced.append((number, handler))
                    _signal.signal(number, self._note)
        except BaseException:  # a handler that was not replaced yet
            self._restore()
            raise

    def _restore(self) -> None:
        """Put the handlers back; each may raise at once, and the others are put back all the same."""
        try:
            for number, handler in self._replaced:
                if _signal.getsignal(number) == self._note:
                    _signal.signal(number, handler)
        except BaseException:
            self._restore()
            raise


class HeldByEngine(Generic[Owner, Held]):
    """What an engine holds for each of some objects, to be released by a later call once its object is gone.

    A finalizer would release it wherever that is; and an interruption that comes while one runs is lost in Python.
    """

    def __init__(self) -> None:
        self._held: dict[ref[Owner], Held] = {}
        self._gone: deque[ref[Owner]] = deque()

    def hold(self, owner: Owner, held: Held) -> None:
        """Keep it as long as its owner is there."""
        self._held[ref(owner, self._gone.append)] = held

    def released(self) -> Iterator[Held]:
        """What was held for those that are gone, each given once, whatever thread asks."""
        while self._gone:
            try:
                gone = self._gone.popleft()
            except IndexError:  # another thread was quicker
                return
            yield self._held.pop(gone)
