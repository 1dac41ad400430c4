"""Classes of `lawmodel.dataclass` are what `dataclasses.dataclass` makes of them."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, field, replace
from typing import Any, ClassVar

import pytest

import lawmodel
from lawmodel.dataclass import dataclass
from lawmodel.results.header import LawApplied, ProgramUsed
from lawmodel.rulebook.condition import DateName
from lawmodel.value_object import ValueObject

OPTIONAL = ("lawmodel.batch", "lawmodel.testing")


def classes() -> Iterator[type]:
    """Every dataclass of the program that needs nothing optional."""
    for module in pkgutil.walk_packages(lawmodel.__path__, "lawmodel."):
        if module.name.startswith(OPTIONAL) or "answer_sets" in module.name:
            continue
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and dataclasses.is_dataclass(one) and one.__module__ == module.name:
                yield one


def test_every_class_is_made_as_the_standard_library_says() -> None:
    """Each has the signature that its fields ask for, and the flags by which others make theirs."""
    seen = 0
    for cls in classes():
        of = [one for one in dataclasses.fields(cls) if one.init]
        if not cls.__dataclass_params__.init:  # type: ignore[attr-defined]
            continue
        asked = [one.name for one in of if not one.kw_only] + [one.name for one in of if one.kw_only]
        signature = inspect.signature(cls)
        assert list(signature.parameters) == asked, cls
        for one in of:
            found = signature.parameters[one.name]
            has_default = one.default is not dataclasses.MISSING or one.default_factory is not dataclasses.MISSING
            assert (found.default is not inspect.Parameter.empty) == has_default, (cls, one.name)
        seen += 1
    assert seen > 200


@dataclass(frozen=True, slots=True)
class Ours:
    """A class with all that a field can say."""

    first: int
    second: str = "two"
    third: list[int] = field(default_factory=list, hash=False)
    fourth: int = field(default=4, compare=False, repr=False)
    fifth: int = field(default=5, kw_only=True)

    def __post_init__(self) -> None:
        """Raise ValueError for a negative one."""
        if self.first < 0:
            raise ValueError("negative")


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same by the standard library."""

    first: int
    second: str = "two"
    third: list[int] = field(default_factory=list, hash=False)
    fourth: int = field(default=4, compare=False, repr=False)
    fifth: int = field(default=5, kw_only=True)

    def __post_init__(self) -> None:
        """Raise ValueError for a negative one."""
        if self.first < 0:
            raise ValueError("negative")


def test_it_behaves_as_the_one_of_the_standard_library() -> None:
    """Signature, text, equality, hash, copies, pickles and mistakes are the same."""
    assert str(inspect.signature(Ours)) == str(inspect.signature(Theirs))
    ours, theirs = Ours(1, fifth=9), Theirs(1, fifth=9)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert hash(ours) == hash(theirs)
    assert ours == Ours(1, fourth=0, fifth=9) != Ours(1)
    assert ours.__eq__(theirs) is NotImplemented
    assert ours.third is not Ours(1).third
    assert replace(ours, second="x") == Ours(1, "x", fifth=9)
    assert copy.copy(ours) == copy.deepcopy(ours) == pickle.loads(pickle.dumps(ours)) == ours  # noqa: S301
    assert Ours.__match_args__ == ("first", "second", "third", "fourth")
    for made in (Ours, Theirs):
        with pytest.raises(ValueError, match="negative"):
            made(-1)
        with pytest.raises(TypeError, match=rf"{made.__name__}.__init__\(\) missing 1 required"):
            made()  # type: ignore[call-arg]
        with pytest.raises(FrozenInstanceError, match="cannot assign to field 'first'"):
            made(1).first = 2  # type: ignore[misc]
        with pytest.raises(FrozenInstanceError, match="cannot delete field 'first'"):
            del made(1).first


@pytest.mark.parametrize("count", range(9))
@pytest.mark.parametrize("defaults", range(3))
def test_a_frozen_class_of_any_size_is_made_as_the_standard_library_does(count: int, defaults: int) -> None:
    """Most are made from an ``__init__`` of that size that has other names."""
    names = [f"field_{number}" for number in range(count)]
    given: dict[str, Any] = dict.fromkeys(names[count - min(count, defaults) :], "left out")
    said = {"__annotations__": dict.fromkeys(names, "str"), "__module__": __name__, **given}
    ours: Any = dataclass(frozen=True, slots=True)(type("Sized", (), dict(said)))
    theirs: Any = dataclasses.dataclass(frozen=True, slots=True)(type("Sized", (), dict(said)))
    values = [f"value {number}" for number in range(count - len(given))]
    assert repr(ours(*values)) == repr(theirs(*values))
    assert ours(*values) == ours(**dict(zip(names, values, strict=False)))
    assert inspect.signature(ours) == inspect.signature(theirs)
    assert ours.__init__.__annotations__ == theirs.__init__.__annotations__
    assert ours.__init__.__module__ == __name__
    for wrong in ([*values, *[1] * 9], values[1:] if values else [*names, 1]):
        told = []
        for made in (ours, theirs):
            with pytest.raises(TypeError) as refused:
                made(*wrong)
            told.append(str(refused.value))
        assert told[0] == told[1]


@dataclass(slots=True)
class Changing:
    """A class whose values may change."""

    value: int = 0


def test_what_may_change_has_no_hash() -> None:
    """As in the standard library."""
    changing = Changing()
    changing.value = 3
    assert changing == Changing(3)
    with pytest.raises(TypeError, match="unhashable"):
        hash(changing)


def test_one_may_derive_from_a_class_and_methods_of_its_own_stay() -> None:
    """Value objects keep their brief text; a class that derives has the fields of its base first."""

    @dataclasses.dataclass(frozen=True)
    class ByTheStandardLibrary(ProgramUsed):
        further: int = 0

    @dataclass(frozen=True, slots=True)
    class ByOurs(ProgramUsed):
        further: int = 0

    for made in (ByTheStandardLibrary, ByOurs):
        one = made("a", "1", 3)
        assert (one.name, one.further) == ("a", 3)
        assert one == made("a", "1", 3) != made("a", "1", 4)
        with pytest.raises(FrozenInstanceError):
            one.name = "b"  # type: ignore[misc]
    assert LawApplied.__repr__ is ValueObject.__repr__
    assert LawApplied.__hash__ is ValueObject.__hash__
    assert DateName.__hash__ is ValueObject.__hash__


def test_the_standard_library_is_asked_only_for_the_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    """To look for them is much of a start: a class and its instances do without until somebody asks for them."""
    asked: list[type] = []

    def standard(**said: Any) -> Any:
        def made(plain: type) -> type:
            asked.append(plain)
            return dataclasses.dataclass(**said)(plain)

        return made

    monkeypatch.setattr(importlib.import_module("lawmodel.dataclass"), "standard", standard)
    flags: tuple[dict[str, bool], ...] = ({"frozen": True, "slots": True}, {"frozen": True}, {})
    for said in flags:
        made = decorated(said)
        one = made(1, third="x")
        assert (one, repr(one)) == (made(1, 2, third="x"), f"{made.__qualname__}(first=1, third='x')")
        match one:
            case made(first, second):
                assert (first, second) == (1, 2)
    assert asked == []
    assert [(one.name, one.type) for one in dataclasses.fields(one)] == [
        (name, "int") for name in ("first", "second")
    ] + [("third", "str")]
    assert replace(one, first=3) == made(3, third="x")
    assert len(asked) == 1
    assert dataclasses.is_dataclass(made)


def decorated(said: dict[str, bool]) -> Any:
    """A class with a class variable, a value that is given, and one that is not."""

    class Plain:
        first: int
        second: int = field(default=2, repr=False)
        third: str = field(kw_only=True)
        of_all: ClassVar[int] = 4

    decorator: Any = dataclass(**said)
    return decorator(Plain)
