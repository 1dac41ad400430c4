"""Reading ahead, working on several blocks at once, and writing behind, so that none of these waits for another."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event
from types import TracebackType
from typing import Any, Final, Generic, TypeVar

Item = TypeVar("Item")
Given = TypeVar("Given")
Made = TypeVar("Made")
MOST_AT_ONCE: Final = 8
_LOOK: Final = 0.2
"""Seconds between two looks."""


def result_of(made: Future[Made]) -> Made:
    """What a thread makes; Ctrl-C ends the waiting.

    Libraries that catch signals (Polars) let a wait go on that has no end of its own: it has to be looked at again.
    """
    while not wait([made], _LOOK).done:
        pass
    return made.result()


def in_order(
    do: Callable[[Given], Made], items: Iterator[Given], broken_off: Event, at_once: int | None = None
) -> Iterator[Made]:
    """What is done with each item, in their order; items are fetched ahead, and several are worked on at once.

    ``at_once`` defaults to the number of processors, at most `MOST_AT_ONCE`. Where this ends before its time,
    ``broken_off`` is set for the work that is under way.
    """
    workers = at_once or min(os.cpu_count() or 1, MOST_AT_ONCE)
    with ThreadPoolExecutor(1) as fetching, ThreadPoolExecutor(workers) as working:
        waiting: deque[Future[Made]] = deque()
        try:
            coming = fetching.submit(next, items, None)
            while (item := result_of(coming)) is not None:
                coming = fetching.submit(next, items, None)
                waiting.append(working.submit(do, item))
                if len(waiting) > workers:
                    yield result_of(waiting.popleft())
            while waiting:
                yield result_of(waiting.popleft())
        except BaseException:
            broken_off.set()
            for one in waiting:
                one.cancel()
            raise


class Behind(Generic[Item]):
    """Does something with one item after the other while the next is made; what goes wrong is raised at the next."""

    def __init__(self, do: Callable[[Item], Any]) -> None:
        self._do = do
        self._pool = ThreadPoolExecutor(1)
        self._last: Future[Any] | None = None

    def __enter__(self) -> Behind[Item]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None
    ) -> None:
        self._pool.shutdown()
        if kind is None:
            self.wait()

    def give(self, item: Item) -> None:
        """One more; waits for the one before."""
        self.wait()
        self._last = self._pool.submit(self._do, item)

    def wait(self) -> None:
        """Until the last one is done."""
        if self._last is not None:
            last, self._last = self._last, None
            result_of(last)
