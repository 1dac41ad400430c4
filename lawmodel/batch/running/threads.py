"""Reading ahead and writing behind, so that the block at hand waits for neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Any, Final, Generic, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
_LOOK: Final = 0.2
"""Seconds between two looks."""


def result_of(made: Future[Made]) -> Made:
    """What a thread makes; Ctrl-C ends the waiting.

    Libraries that catch signals (Polars) let a wait go on that has no end of its own: it has to be looked at again.
    """
    while not wait([made], _LOOK).done:
        pass
    return made.result()


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items, of which the next is made while one is worked on."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (one := result_of(coming)) is not None:
            coming = pool.submit(next, items, None)
            yield one


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
