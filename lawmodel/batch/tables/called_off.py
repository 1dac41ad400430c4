"""Work in a thread of its own that can be called off: between some rows and the next, and within a query."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

SOME: Final = 4096
"""So many rows are read in Python before it is looked whether anybody still waits for them."""


class CalledOff(Exception):
    """Nobody waits any longer for what this thread does."""


class Connection(Protocol):
    """A connection to a database."""

    def interrupt(self) -> None:
        """Let the query at hand fail."""


class Work:
    """What one thread does."""

    def __init__(self) -> None:
        self._is_called_off = False
        self._querying: list[Connection] = []

    def begin(self) -> None:
        """This thread does it."""
        _HERE.work = self

    def call_off(self) -> None:
        """Let it end soon. To be called until it has: a query may begin only now."""
        self._is_called_off = True
        for one in tuple(self._querying):
            one.interrupt()

    def check(self) -> None:
        """Raise `CalledOff` if it is."""
        if self._is_called_off:
            raise CalledOff

    @contextmanager
    def querying(self, connection: Connection) -> Iterator[None]:
        """What this connection does meanwhile can be called off."""
        self._querying.append(connection)
        try:
            yield
        finally:
            self._querying.remove(connection)


_HERE: Final = threading.local()


def work_here() -> Work:
    """The work of this thread; one that nobody calls off where it is none of ours."""
    found: Work | None = getattr(_HERE, "work", None)
    return found if found is not None else Work()
