"""A property that is worked out once for each object, without a lock.

On Python 3.11 `functools.cached_property` holds one lock for all objects of a class while it works: threads wait for
each other, and the child of a fork waits for ever for a thread that it does not have. Here two threads that ask at once
may both work it out; what they find is equal, and one of the two is kept.
"""

from __future__ import annotations

import sys

if sys.version_info >= (3, 12):
    from functools import cached_property as cached_property  # noqa: TID251 - which has no lock any more
else:
    from collections.abc import Callable
    from typing import Any, Generic, Self, TypeVar, overload

    Value = TypeVar("Value")

    class cached_property(Generic[Value]):  # noqa: N801 - it stands for the one of the standard library
        """The value is kept in the object's ``__dict__``, under the name of the property."""

        def __init__(self, function: Callable[[Any], Value]) -> None:
            self.func = function
            self.__doc__ = function.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self._name = name

        @overload
        def __get__(self, instance: None, owner: type) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: type) -> Value: ...
        def __get__(self, instance: object, owner: type) -> Self | Value:
            if instance is None:
                return self
            value = instance.__dict__[self._name] = self.func(instance)
            return value
