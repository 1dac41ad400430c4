"""The engines that took part in an answer: recorded where they are made, so that whoever tells need not load them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal, TypeAlias

Engine: TypeAlias = Literal["decision diagrams", "z3"]

_answering: Final[ContextVar[set[Engine] | None]] = ContextVar("engines that took part", default=None)
"""Those of the answer that this thread, or this task, is at work on; None where nobody asks."""


@contextmanager
def engines_recorded() -> Iterator[set[Engine]]:
    """The engines that are made within; those of other threads are not among them."""
    engines: set[Engine] = set()
    outer = _answering.set(engines)
    try:
        yield engines
    finally:
        _answering.reset(outer)


def record_engine(engine: Engine) -> None:
    """Note an engine for the answer that is being worked out, if there is one."""
    engines = _answering.get()
    if engines is not None:
        engines.add(engine)
