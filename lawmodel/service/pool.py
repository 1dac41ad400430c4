"""Work in a few processes, each with the rulebook at hand, so that one slow question harms no other.

Neither Python nor z3 lets go of a thread that works: only a process can be stopped. Each worker answers one call at a
time. When its time is over it is ended and another begun. Some workers are kept free for quick calls, so that they do
not wait for slow ones; and calls wait in a queue of bounded length.

What is asked of a worker is a function of the rulebook and some arguments, which it imports by name.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import anyio
import anyio.to_thread

from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.limits import (
    MOST_MEMORY,
    MOST_WAITING,
    MOST_WORKERS,
    QUICK_SECONDS,
    SLOW_SECONDS,
    START_SECONDS,
    WORKER_MEMORY,
)

Given = ParamSpec("Given")
Answered = TypeVar("Answered")
Work = Callable[Concatenate[Rulebook, Given], Answered]
"""A function of a module, and what it gives can be pickled."""


class Busy(Exception):
    """Too many calls wait already: nothing was done, and one may come again later."""


class OutOfTime(Exception):
    """The call took longer than it may; it was stopped."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"stopped after {seconds:g} seconds")
        self.seconds = seconds


class WorkFailed(RuntimeError):
    """A defect of the program, or too little memory: what the worker had to say of it."""


class WorkerPool:
    """Workers for one rulebook; a worker is begun when it is first needed, and stays warm."""

    def __init__(
        self,
        rulebook: Rulebook,
        *,
        workers: int | None = None,
        quick_seconds: float = QUICK_SECONDS,
        slow_seconds: float = SLOW_SECONDS,
        most_waiting: int = MOST_WAITING,
        ready: Callable[[Rulebook], object] | None = None,
    ) -> None:
        """Take the rulebook; no process is begun yet. ``workers``: by default as many as there are processors.

        ``ready`` is carried out in each worker when it begins: what it makes there is at hand for the first call.
        """
        self._begins_with = pickle.dumps((rulebook, ready))
        self._count = workers or max(2, min(MOST_WORKERS, os.cpu_count() or 1))
        self._seconds = {False: quick_seconds, True: slow_seconds}
        self._most_waiting = most_waiting
        self._asked = {False: 0, True: 0}
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = False
        self._warming: threading.Thread | None = None
        self._slots: tuple[anyio.CapacityLimiter, anyio.CapacityLimiter] | None = None

    async def run(self, slow: bool, work: Work[Given, Answered], *given: Given.args, **named: Given.kwargs) -> Answered:
        """What ``work(rulebook, …)`` gives in a worker; ``slow`` says whether that can take long.

        Raises `ProblemsFound` as the work does; `Busy` where too many wait; `OutOfTime`; `WorkFailed`.
        """
        if self._slots is None:  # they belong to an event loop
            self._slots = anyio.CapacityLimiter(self._count), anyio.CapacityLimiter(max(1, self._count - 1))
        if self._asked[slow] >= self._most_waiting + self._count:  # a queue each: slow calls do not fill that of others
            raise Busy
        slots, slow_slots = self._slots
        self._asked[slow] += 1
        try:
            async with slow_slots if slow else contextlib.nullcontext(), slots:
                asked = pickle.dumps((work, given, named))
                answered: Answered = await anyio.to_thread.run_sync(self._answer, asked, self._seconds[slow])
                return answered
        finally:
            self._asked[slow] -= 1

    @property
    def is_idle(self) -> bool:
        """Whether no call is answered, and none waits."""
        return not any(self._asked.values())

    def _answer(self, asked: bytes, seconds: float) -> Any:
        """Have an idle worker, or a new one, answer."""
        worker = self._taken()
        try:
            kind, told = worker.ask(asked, seconds)
        except BaseException:
            self._end(worker)
            raise
        self._give_back(worker)
        if kind == "problems":
            raise ProblemsFound(told)
        if kind == "failed":
            raise WorkFailed(told)
        return told

    def _taken(self) -> _Worker:
        """A worker that is ours alone until it is given back or ended."""
        if self._warming is not None:
            self._warming.join()
        with self._lock:
            if self._closed:
                raise Busy
            if self._idle:
                return self._idle.pop()
        return self._begun()

    def _begun(self) -> _Worker:
        worker = _Worker(self._begins_with)
        with self._lock:
            self._all.add(worker)
            if self._closed:  # meanwhile
                worker.stop()
        return worker

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            stays = not (worker.is_spent or self._closed)
            if stays:
                self._idle.append(worker)
        if not stays:
            self._end(worker)

    def _end(self, worker: _Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.end()

    def warm(self) -> None:
        """Begin a worker, that waits for the first call; whoever calls meanwhile waits for it. Nobody waits here."""
        with self._lock:
            if self._warming is not None or self._closed:
                return
            self._warming = threading.Thread(target=self._warmed, daemon=True)
        self._warming.start()

    def _warmed(self) -> None:
        with contextlib.suppress(OSError):  # where no process can be had, the first call says so
            self._give_back(self._begun())

    def close(self) -> None:
        """End all workers, whatever they are doing.

        Whoever waits for one at work hears that it has ended, and ends it: what a thread waits at, no other may close,
        since the system soon gives its number to something else.
        """
        if self._warming is not None:
            self._warming.join()
        with self._lock:
            self._closed = True
            idle = list(self._idle)
            self._idle.clear()
            for worker in self._all.difference(idle):
                worker.stop()
        for worker in idle:
            self._end(worker)


def _context() -> SpawnContext | ForkServerContext:
    """How processes are begun: never as copies of this one, in which threads are at work."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


class _Worker:
    """One process, seen from the other side."""

    def __init__(self, begins_with: bytes) -> None:
        context = _context()
        self._ours, theirs = context.Pipe()
        self.is_spent = False
        self._process = context.Process(target=_serve, args=(theirs, begins_with), name="lawmodel worker", daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def ask(self, asked: bytes, seconds: float) -> tuple[str, Any]:
        """What kind of answer there is, and the answer; raises `OutOfTime` and `WorkFailed`."""
        try:
            if not self._ready:
                if not self._ours.poll(START_SECONDS):
                    raise WorkFailed("the worker did not start")
                self._ours.recv_bytes()
                self._ready = True
            self._ours.send_bytes(asked)
            if not self._ours.poll(seconds):
                raise OutOfTime(seconds)
            self.is_spent = self._ours.recv_bytes() == SPENT
            kind, told = pickle.loads(self._ours.recv_bytes())  # noqa: S301 - of our own process
        except (EOFError, OSError) as error:
            raise WorkFailed(f"the worker has ended ({type(error).__name__})") from error
        return kind, told

    def stop(self) -> None:
        """Stop the process, whatever it is doing; it is still to be ended."""
        self._process.kill()

    def end(self) -> None:
        """Stop the process, and let go of it."""
        self.stop()
        self._process.join(5)
        self._ours.close()


READY: Final = b"ready"
SPENT: Final = b"spent"
"""The worker has come to hold much memory: it is to be replaced."""
PRELOADED: Final = ["lawmodel.service.pool", "lawmodel.inquiry.decide", "lawmodel.service.pages.pages"]
"""What every worker needs is imported once, by the process that they are copies of."""


def _serve(asked: Connection, begins_with: bytes) -> None:
    """The life of a worker: one call after the other, until the other side is gone."""
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the server to end
    _bound_memory()
    rulebook: Rulebook
    rulebook, ready = pickle.loads(begins_with)  # noqa: S301 - of our own process
    if ready is not None:
        with contextlib.suppress(Exception):  # whatever is wrong is told to the one who asks for it
            ready(rulebook)
    with contextlib.suppress(EOFError, OSError):
        asked.send_bytes(READY)
        while True:
            answered = _answered(rulebook, asked.recv_bytes())
            asked.send_bytes(SPENT if _memory() > WORKER_MEMORY else READY)
            asked.send_bytes(answered)


def _answered(rulebook: Rulebook, call: bytes) -> bytes:
    """What the other side is told, pickled: the kind of it, and the answer, the problems or the traceback."""
    try:
        work, given, named = pickle.loads(call)  # noqa: S301 - of our own process
        return pickle.dumps(("answer", work(rulebook, *given, **named)))
    except ProblemsFound as found:
        return pickle.dumps(("problems", found.problems))
    except MemoryError:
        return pickle.dumps(("failed", "there was too little memory"))
    except Exception:
        return pickle.dumps(("failed", traceback.format_exc()))


def _bound_memory() -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _memory() -> int:
    """The most bytes that this process has held; 0 where that is not known."""
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
