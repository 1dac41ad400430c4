"""The decorator `dataclass`, whose classes have their ``__init__`` compiled when they first have an instance.

The one of the standard library writes each method of each class as text and compiles it: that was a third of a start,
although most classes have no instance in a run. Here the other methods are shared code. The classes are dataclasses
all the same: `dataclasses.fields`, `dataclasses.replace`, pydantic and type checkers find what they look for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: TID251 - what type checkers know
else:
    import sys
    from collections.abc import Callable, Iterable
    from dataclasses import MISSING, FrozenInstanceError, fields
    from dataclasses import dataclass as standard  # noqa: TID251 - it finds the fields and makes the slots
    from operator import attrgetter
    from reprlib import recursive_repr
    from types import FunctionType
    from typing import Any, Final

    def dataclass(
        cls: type | None = None,
        /,
        *,
        init: bool = True,
        repr: bool = True,  # noqa: A002 - so it is called in the standard library
        eq: bool = True,
        frozen: bool = False,
        slots: bool = False,
        kw_only: bool = False,
    ) -> Any:
        """The class with fields, as `dataclasses.dataclass` makes it."""

        def made(plain: type) -> type:
            own = frozenset(vars(plain))
            # What derives from a frozen one must say so to the standard library: it then compiles two short methods.
            derived = frozen and any("__dataclass_params__" in vars(one) for one in plain.__mro__[1:])
            whole = standard(init=False, repr=False, eq=False, frozen=derived, slots=slots, kw_only=kw_only)(plain)
            said = whole.__dataclass_params__
            said.init, said.repr, said.eq, said.frozen = init, repr, eq, frozen
            for name, method in _methods(whole, slots):
                if name not in own or (name == "__hash__" and plain.__hash__ is None):
                    setattr(whole, name, method)
            return whole

        return made if cls is None else made(cls)

    def _methods(cls: type, slots: bool) -> Iterable[tuple[str, Any]]:
        """What `dataclasses.dataclass` would compile for a class, by name."""
        said, of = cls.__dataclass_params__, fields(cls)
        if said.init:
            yield "__init__", _Init(cls)
        if said.repr:
            yield "__repr__", _repr([one.name for one in of if one.repr])
        if said.eq:
            yield "__eq__", _eq(_values([one.name for one in of if one.compare]))
            hashed = [one.name for one in of if (one.compare if one.hash is None else one.hash)]
            yield "__hash__", _hash(_values(hashed)) if said.frozen else None
        if said.frozen:
            names = tuple(one.name for one in of)
            yield from _frozen(cls, names)
            if slots:
                yield from _state(names)

    class _Init:
        """Stands for the ``__init__`` of a class until somebody looks for it."""

        __slots__ = ("_cls",)

        def __init__(self, cls: type) -> None:
            self._cls = cls

        def __get__(self, instance: object, owner: type) -> Any:
            made = _compiled_init(self._cls)
            self._cls.__init__ = made
            return made if instance is None else made.__get__(instance, owner)

    def _compiled_init(cls: type) -> FunctionType:
        """The ``__init__`` of a class; the names of its fields are all that is written into the text of it."""
        known: dict[str, Any] = {"_set": object.__setattr__, "_left_out": _LEFT_OUT}
        parameters: dict[bool, list[str]] = {False: [], True: []}
        body = []
        for one in fields(cls):
            name = value = default = one.name
            if one.default is not MISSING:
                known[default := f"_default_{name}"] = one.default
            elif one.default_factory is not MISSING:
                known[f"_make_{name}"], default = one.default_factory, "_left_out"
                value = f"_make_{name}() if {name} is _left_out else {name}"
            parameters[one.kw_only].append(name if default == name else f"{name}={default}")
            frozen = cls.__dataclass_params__.frozen
            body.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
        if hasattr(cls, "__post_init__"):
            body.append("self.__post_init__()")
        every = ["self", *parameters[False], *(["*", *parameters[True]] if parameters[True] else [])]
        text = f"def _made({', '.join(known)}):\n def __init__({', '.join(every)}):\n  "
        text += "\n  ".join(body or ["pass"]) + "\n return __init__"
        inside: dict[str, Any] = {}
        exec(text, vars(sys.modules[cls.__module__]), inside)  # noqa: S102 - names of fields, as `dataclasses` does it
        made = inside["_made"](**known)
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        made.__annotations__ = {one.name: one.type for one in fields(cls)} | {"return": None}
        return made

    class _LeftOut:
        """The default of a field whose value is made anew each time, as signatures show it."""

        def __repr__(self) -> str:
            return "<factory>"

    _LEFT_OUT: Final = _LeftOut()

    def _values(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
        """What finds the values of some fields."""
        if len(names) > 1:
            return attrgetter(*names)
        if not names:
            return lambda _: ()
        only = attrgetter(*names)
        return lambda value: (only(value),)

    def _repr(names: list[str]) -> Callable[[Any], str]:
        @recursive_repr()
        def represented(self: Any) -> str:
            inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
            return f"{type(self).__qualname__}({inside})"

        return represented

    def _eq(values: Callable[[Any], tuple[object, ...]]) -> Callable[[Any, object], bool]:
        def equal(self: Any, other: object) -> bool:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        return equal

    def _hash(values: Callable[[Any], tuple[object, ...]]) -> Callable[[Any], int]:
        def hashed(self: Any) -> int:
            return hash(values(self))

        return hashed

    def _frozen(cls: type, names: tuple[str, ...]) -> Iterable[tuple[str, Any]]:
        def assign(self: Any, name: str, value: object) -> None:
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f"cannot assign to field {name!r}")
            super(cls, self).__setattr__(name, value)

        def delete(self: Any, name: str) -> None:
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f"cannot delete field {name!r}")
            super(cls, self).__delattr__(name)

        return (("__setattr__", assign), ("__delattr__", delete))

    def _state(names: tuple[str, ...]) -> Iterable[tuple[str, Any]]:
        """For pickles of frozen classes with slots: the values in the order of the fields."""

        def state(self: Any) -> list[object]:
            return [getattr(self, name) for name in names]

        def restore(self: Any, state: list[object]) -> None:
            for name, value in zip(names, state, strict=False):
                object.__setattr__(self, name, value)

        return (("__getstate__", state), ("__setstate__", restore))
