"""Recursion as deep as the data, however little Python's stack holds (and a thread's holds less).

A function that would call itself is written as a generator: it yields the calls that it makes, is sent their results,
and returns its own.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeAlias, TypeVar

Result = TypeVar("Result")
Calls: TypeAlias = Generator[Any, Any, Result]
"""A call: it yields the calls that it makes (`Calls` again), and returns a result."""


def carried_out(call: Calls[Result]) -> Result:
    """The result of a call and of all that it makes."""
    begun: list[Calls[Any]] = [call]
    result: Any = None
    while begun:
        try:
            made = begun[-1].send(result)
        except StopIteration as ended:
            begun.pop()
            result = ended.value
        else:
            begun.append(made)
            result = None
    returned: Result = result
    return returned
