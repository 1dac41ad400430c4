"""Reading ahead and writing behind, so that the block at hand waits for neither."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Any, Final, Generic, TypeVar

from lawmodel.batch.tables.called_off import Work

Item = TypeVar("Item")
Made = TypeVar("Made")
_LOOK: Final = 0.2
"""Seconds between two looks."""
_SOON: Final = 0.02
"""The same while work is being called off."""


def result_of(made: Future[Made]) -> Made:
    """What a thread makes; Ctrl-C ends the waiting.

    Libraries that catch signals (Polars) let a wait go on that has no end of its own: it has to be looked at again.
    """
    while not wait([made], _LOOK).done:
        pass
    return made.result()


def ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """The same items, of which the next is made while one is worked on."""
    work = Work()
    with ThreadPoolExecutor(1, initializer=work.begin) as pool:
        coming = pool.submit(next, items, None)
        try:
            while (one := result_of(coming)) is not None:
                coming = pool.submit(next, items, None)
                yield one
        finally:
            _end(work, coming)


class Behind(Generic[Item]):
    """Does something with one item after the other while the next is made; what goes wrong is raised at the next."""

    def __init__(self, do: Callable[[Item], Any]) -> None:
        self._do = do
        self._work = Work()
        self._pool = ThreadPoolExecutor(1, initializer=self._work.begin)
        self._last: Future[Any] | None = None

    def __enter__(self) -> Behind[Item]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.wait()
        finally:
            if self._last is not None:
                _end(self._work, self._last)
            self._pool.shutdown()

    def give(self, item: Item) -> None:
        """One more; waits for the one before."""
        self.wait()
        self._last = self._pool.submit(self._do, item)

    def wait(self) -> None:
        """Until the last one is done."""
        if self._last is not None:
            result_of(self._last)
            self._last = None


def _end(work: Work, made: Future[Any]) -> None:
    """Wait until a thread does nothing more; what it still does is called off."""
    made.cancel()
    while not made.done():
        work.call_off()
        wait([made], _SOON)
