"""The decorator `dataclass`, whose classes are made ready only as far as somebody needs them.

The one of the standard library writes each method of each class as text and compiles it, and describes each field: that
was a third of a start, although many classes have no instance in a run, and hardly one is asked for its fields. Here
``__init__`` is made for the first instance, most often from one that was compiled with this file; the standard library
is asked for the fields when somebody asks for them; and the other methods are shared code. The classes are dataclasses
all the same: `dataclasses.fields`, `dataclasses.replace`, pydantic and type checkers find what they look for. So a
mistake in a class, such as a default that can be changed, is told when it is first used; `tests/test_dataclass.py` uses
each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: TID251 - what type checkers know
else:
    import sys
    from collections.abc import Callable, Iterable
    from dataclasses import MISSING, Field, FrozenInstanceError, field, fields
    from dataclasses import dataclass as standard  # noqa: TID251 - it finds the fields
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
            names = _names(plain)
            if names is None:
                # What derives from a frozen one must say so to the standard library: it then compiles two methods.
                derived = frozen and any("__dataclass_params__" in vars(one) for one in plain.__mro__[1:])
                whole = standard(init=False, repr=False, eq=False, frozen=derived, slots=slots, kw_only=kw_only)(plain)
                _note_params(whole, whole, init, repr, eq, frozen, slots)
                described = _Described(whole, {one.name: one for one in fields(whole)}, frozen=frozen, kw_only=False)
            else:
                values = vars(plain)
                given = {name: values[name] for name in names if name in values}
                whole = _with_slots(plain, names) if slots else _with_defaults(plain, given)
                keyed = {name for name, value in given.items() if isinstance(value, Field) and value.kw_only is True}
                if "__match_args__" not in own:
                    whole.__match_args__ = () if kw_only else tuple(name for name in names if name not in keyed)
                described = _Described(whole, dict.fromkeys(names, MISSING) | given, frozen=frozen, kw_only=kw_only)

                def found(cls: type) -> None:
                    """Let the standard library find the fields, on a class that is nothing but them."""
                    said = {"__module__": plain.__module__, "__annotations__": values["__annotations__"]}
                    bare = type(plain.__name__, (), {"__doc__": "Fields.", **said, **given})
                    of = standard(init=False, repr=False, eq=False, kw_only=kw_only)(bare)
                    _note_params(cls, of, init, repr, eq, frozen, slots)
                    cls.__dataclass_fields__ = of.__dataclass_fields__

                whole.__dataclass_fields__ = _Noted(whole, found, "__dataclass_fields__")
                whole.__dataclass_params__ = _Noted(whole, found, "__dataclass_params__")
            for name, method in _methods(described, init=init, repr=repr, eq=eq, slots=slots):
                if name not in own or (name == "__hash__" and plain.__hash__ is None):
                    setattr(whole, name, method)
            return whole

        return made if cls is None else made(cls)

    def _names(plain: type) -> tuple[str, ...] | None:
        """The names of the fields of a class, in their order; None where the standard library has to look itself."""
        annotated = vars(plain).get("__annotations__", {})
        if type(plain) is not type or any(hasattr(base, "__dataclass_fields__") for base in plain.__bases__):
            return None
        names = []
        for name, said in annotated.items():
            if not isinstance(said, str) or "InitVar" in said or "KW_ONLY" in said:
                return None
            if not said.startswith(("ClassVar", "typing.ClassVar")):
                names.append(name)
        return tuple(names)

    def _with_slots(plain: type, names: tuple[str, ...]) -> type:
        """The class made anew, with slots for its fields."""
        members = {name: value for name, value in vars(plain).items() if name not in names}
        members.pop("__dict__", None)
        members.pop("__weakref__", None)
        return type(plain.__name__, plain.__bases__, members | {"__slots__": names, "__qualname__": plain.__qualname__})

    def _with_defaults(plain: type, given: dict[str, Any]) -> type:
        """The class itself, whose attributes are the defaults of its fields and not what was said about them."""
        for name, value in given.items():
            if isinstance(value, Field):
                if value.default is MISSING:
                    delattr(plain, name)
                else:
                    setattr(plain, name, value.default)
        return plain

    def _note_params(cls: type, of: type, init: bool, represented: bool, eq: bool, frozen: bool, slots: bool) -> None:
        """Note at a class what its decorator was told, in the object that the standard library has made for it."""
        said = of.__dataclass_params__
        said.init, said.repr, said.eq, said.frozen = init, represented, eq, frozen
        if hasattr(said, "slots"):  # since Python 3.12
            said.slots = slots
        cls.__dataclass_params__ = said

    class _Described:
        """What a class says of its fields."""

        __slots__ = ("_given", "cls", "frozen", "kw_only", "names")

        def __init__(self, cls: type, given: dict[str, Any], *, frozen: bool, kw_only: bool) -> None:
            """Take for each name a field, or its default."""
            self.cls, self.names, self.frozen, self.kw_only, self._given = cls, tuple(given), frozen, kw_only, given

        def fields(self) -> Iterable[tuple[str, Field[Any]]]:
            for name, given in self._given.items():
                yield name, given if isinstance(given, Field) else field(default=given)

    def _methods(of: _Described, *, init: bool, repr: bool, eq: bool, slots: bool) -> Iterable[tuple[str, Any]]:  # noqa: A002
        """What `dataclasses.dataclass` would compile for a class, by name."""
        if init:
            yield "__init__", _Method(of, "__init__", _init)
        if repr:
            yield "__repr__", _Method(of, "__repr__", _repr)
        if eq:
            yield "__eq__", _Method(of, "__eq__", _eq)
            yield "__hash__", _Method(of, "__hash__", _hash) if of.frozen else None
        if of.frozen:
            yield from _frozen(of.cls, of.names)
            if slots:
                yield from _state(of.names)

    class _Noted:
        """Stands for an attribute of a class that is found when somebody looks for it."""

        __slots__ = ("_cls", "_find", "_name")

        def __init__(self, cls: type, find: Callable[[type], None], name: str) -> None:
            self._cls, self._find, self._name = cls, find, name

        def __get__(self, instance: object, owner: type) -> Any:
            self._find(self._cls)  # which puts what it finds in the place of this
            return vars(self._cls)[self._name]

    class _Method:
        """Stands for a method of a class until somebody looks for it."""

        __slots__ = ("_make", "_name", "_of")

        def __init__(self, of: _Described, name: str, make: Callable[[_Described], Any]) -> None:
            self._of, self._name, self._make = of, name, make

        def __get__(self, instance: object, owner: type) -> Any:
            made = self._make(self._of)
            setattr(self._of.cls, self._name, made)
            return made if instance is None else made.__get__(instance, owner)

    def _init(of: _Described) -> FunctionType:
        """The ``__init__`` of a class."""
        made = _renamed_init(of) or _compiled_init(of)
        made.__qualname__ = f"{of.cls.__qualname__}.__init__"
        made.__annotations__ = {**_annotations(of), "return": None}
        return made

    def _renamed_init(of: _Described) -> FunctionType | None:
        """One of `_OF_FROZEN` with other names, where that will do: to compile it takes twenty times as long."""
        if not of.frozen or of.kw_only or "self" in of.names or hasattr(of.cls, "__post_init__"):
            return None
        if not 0 < len(of.names) <= len(_OF_FROZEN):
            return None
        defaults: list[object] = []
        for _, one in of.fields():
            if one.default_factory is not MISSING or one.kw_only is True:
                return None
            if one.default is not MISSING:
                defaults.append(one.default)
            elif defaults:
                return None  # which is a mistake: compiling it says so
        same = _OF_FROZEN[len(of.names) - 1]
        code = same.__code__
        renamed = dict(zip(code.co_varnames, ("self", *of.names), strict=True))
        named = code.replace(
            co_name="__init__",
            co_varnames=tuple(renamed.values()),
            co_consts=tuple([renamed.get(one, one) for one in code.co_consts]),
        )
        inside = vars(sys.modules[of.cls.__module__])
        return FunctionType(named, inside, "__init__", tuple(defaults) or None, same.__closure__)

    def _compiled_init(of: _Described) -> FunctionType:
        """The ``__init__`` of a class; the names of its fields are all that is written into the text of it."""
        known: dict[str, Any] = {"_set": object.__setattr__, "_left_out": _LEFT_OUT}
        parameters: dict[bool, list[str]] = {False: [], True: []}
        body = []
        for name, one in of.fields():
            value = default = name
            if one.default is not MISSING:
                known[default := f"_default_{name}"] = one.default
            elif one.default_factory is not MISSING:
                known[f"_make_{name}"], default = one.default_factory, "_left_out"
                value = f"_make_{name}() if {name} is _left_out else {name}"
            keyed = of.kw_only if one.kw_only is MISSING else one.kw_only
            parameters[keyed].append(name if default == name else f"{name}={default}")
            body.append(f"_set(self, {name!r}, {value})" if of.frozen else f"self.{name} = {value}")
        if hasattr(of.cls, "__post_init__"):
            body.append("self.__post_init__()")
        every = ["self", *parameters[False], *(["*", *parameters[True]] if parameters[True] else [])]
        text = f"def _made({', '.join(known)}):\n def __init__({', '.join(every)}):\n  "
        text += "\n  ".join(body or ["pass"]) + "\n return __init__"
        inside: dict[str, Any] = {}
        exec(text, vars(sys.modules[of.cls.__module__]), inside)  # noqa: S102 - names of fields, as `dataclasses` does
        return inside["_made"](**known)

    def _of_frozen(_set: Callable[[object, str, object], None]) -> tuple[FunctionType, ...]:
        """The ``__init__`` of a frozen class with one field, with two, and so on."""

        def one(self: Any, a: Any) -> None:
            _set(self, "a", a)

        def two(self: Any, a: Any, b: Any) -> None:
            _set(self, "a", a)
            _set(self, "b", b)

        def three(self: Any, a: Any, b: Any, c: Any) -> None:
            _set(self, "a", a)
            _set(self, "b", b)
            _set(self, "c", c)

        def four(self: Any, a: Any, b: Any, c: Any, d: Any) -> None:
            _set(self, "a", a)
            _set(self, "b", b)
            _set(self, "c", c)
            _set(self, "d", d)

        def five(self: Any, a: Any, b: Any, c: Any, d: Any, e: Any) -> None:
            _set(self, "a", a)
            _set(self, "b", b)
            _set(self, "c", c)
            _set(self, "d", d)
            _set(self, "e", e)

        def six(self: Any, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any) -> None:
            _set(self, "a", a)
            _set(self, "b", b)
            _set(self, "c", c)
            _set(self, "d", d)
            _set(self, "e", e)
            _set(self, "f", f)

        return one, two, three, four, five, six

    _OF_FROZEN: Final = _of_frozen(object.__setattr__)

    def _annotations(of: _Described) -> dict[str, Any]:
        """The types of the fields, as they are written in the class and in those that it derives from."""
        said: dict[str, Any] = {}
        for one in reversed(of.cls.__mro__):
            said |= vars(one).get("__annotations__", {})
        return {name: said[name] for name in of.names}

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

    def _repr(of: _Described) -> Callable[[Any], str]:
        names = [name for name, one in of.fields() if one.repr]

        @recursive_repr()
        def represented(self: Any) -> str:
            inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
            return f"{type(self).__qualname__}({inside})"

        return represented

    def _eq(of: _Described) -> Callable[[Any, object], bool]:
        values = _values([name for name, one in of.fields() if one.compare])

        def equal(self: Any, other: object) -> bool:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        return equal

    def _hash(of: _Described) -> Callable[[Any], int]:
        values = _values([name for name, one in of.fields() if (one.compare if one.hash is None else one.hash)])

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
