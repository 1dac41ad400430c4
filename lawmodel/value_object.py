"""Value objects: compared by what they hold, hashable, and shown in one line.

What a user gets is large: an answer holds the whole rulebook. In a debugger, a notebook or the report of a failed test
that must not become four hundred thousand characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from reprlib import Repr
from typing import Any, Final

LONGEST_REPR: Final = 200
"""So many characters has the `repr` of a value at most."""


class ValueObject:
    """The base of dataclasses that are value objects.

    Two are equal if all that they hold is; the hash goes by the same, mappings and lists within it included, so that
    such values can be members of sets and keys of dictionaries. To make it is linear in what the value holds.
    """

    __slots__ = ()

    def __init_subclass__(cls, **arguments: Any) -> None:
        """Before `dataclass` makes methods of its own, which it does where a class has none."""
        super().__init_subclass__(**arguments)
        for name in ("__repr__", "__hash__"):
            if name not in cls.__dict__:
                setattr(cls, name, ValueObject.__dict__[name])

    def __repr__(self) -> str:
        return one_line(type(self).__name__ + _fields_in_brief(self))

    def _repr_html_(self) -> str | None:
        """As a notebook shows it; None where it is shown in one line."""
        return _in_notebook(self, "as_html")

    def _repr_markdown_(self) -> str | None:
        """The same as Markdown."""
        return _in_notebook(self, "as_markdown")

    def __hash__(self) -> int:
        compared = (getattr(self, one.name) for one in fields(self) if one.compare)  # type: ignore[arg-type]
        return hash((type(self), *map(hashable, compared)))


def _in_notebook(value: ValueObject, form: str) -> str | None:
    """What knows the documents of values stands far above: it is imported where a notebook asks for it."""
    shown: str | None = getattr(import_module("lawmodel.verbs.notebook"), form)(value)
    return shown


class _Brief(Repr):
    """Values within a value, briefly: of a value object no more than what it is called."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel, self.maxother, self.maxstring = 2, 60, 60
        self.maxtuple = self.maxlist = self.maxdict = self.maxset = self.maxfrozenset = 3

    def repr_instance(self, x: Any, level: int) -> str:
        """An instance of any class that `Repr` does not know itself."""
        if not isinstance(x, ValueObject):
            return super().repr_instance(x, level)
        called = getattr(x, "id", None)
        return f"{type(x).__name__}({self.repr(called) if isinstance(called, str) else '…'})"


_BRIEF: Final = _Brief()


def summary(value: object, *words: object) -> str:
    """A `repr` in words: ``<Answer granted of permit>``; what is empty or None is left out."""
    said = " ".join(str(word) for word in words if word is not None and word != "")
    return one_line(f"<{type(value).__name__}{' ' * bool(said)}{said}>")


def in_brief(value: object) -> str:
    """A text or another value, quoted and cut off, with nothing in it that a terminal obeys."""
    return _BRIEF.repr(value)


def in_full(value: object) -> str:
    """All that a value holds, as text: two values have the same text only if they are equal. Never shown to a user."""
    if is_dataclass(value) and not isinstance(value, type):
        inside = ",".join(in_full(getattr(value, one.name)) for one in fields(value))
        return f"{type(value).__name__}({inside})"
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{in_full(key)}:{in_full(one)}' for key, one in value.items())}}}"
    if isinstance(value, tuple | list):
        return f"[{','.join(map(in_full, value))}]"
    return repr(value)


def one_line(text: str) -> str:
    """A text in one line of at most `LONGEST_REPR` characters, with nothing in it that a terminal obeys."""
    shown = text[: LONGEST_REPR + 1]
    if not shown.isprintable():
        shown = "".join(one if one.isprintable() else repr(one)[1:-1] for one in shown)
    if len(shown) <= LONGEST_REPR and len(text) <= LONGEST_REPR:
        return shown
    return shown[: LONGEST_REPR - 2] + "…" + text[-1]


def _fields_in_brief(value: ValueObject) -> str:
    parts: list[str] = []
    room = LONGEST_REPR
    for one in fields(value):  # type: ignore[arg-type]
        parts.append(f"{one.name}={in_brief(getattr(value, one.name))}")
        room -= len(parts[-1])
        if room < 0:
            break
    return f"({', '.join(parts)})"


def hashable(value: Any) -> Any:
    """A value that is equal where this one is, and that can be hashed."""
    if isinstance(value, Mapping):
        return frozenset((key, hashable(one)) for key, one in value.items())
    if isinstance(value, tuple | list):
        return tuple(map(hashable, value))
    if isinstance(value, set):
        return frozenset(value)
    return value
