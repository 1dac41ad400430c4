"""Which cases test an entry of a rulebook: those whose expectations name it, and those that give it as a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lawmodel.case.case import Case, Expectation
from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject

Named: TypeAlias = tuple[str, str]
"""A kind and an id; of an outcome its question and id."""


@dataclass(frozen=True, slots=True)
class TestingFile(ValueObject):
    """A file of cases that tests an entry."""

    file: str
    title: str
    hypothetical: int | None
    """The number of the hypothetical that it states."""
    cases: int
    """How many in it do: the case itself and its variants."""


class Tests:
    """The entries of a rulebook by the cases that test them."""

    def __init__(self, rulebook: Rulebook, cases: Iterable[Case]) -> None:
        self._files: dict[str, Case] = {}
        self._found: dict[Named, dict[str, int]] = {}
        for case in cases:
            file = case.name.partition("#")[0] if case.variant else case.name
            self._files.setdefault(file, case)
            for named in dict.fromkeys(tested_by_case(rulebook, case)):
                counted = self._found.setdefault(named, {})
                counted[file] = counted.get(file, 0) + 1

    def of(self, named: Named) -> tuple[TestingFile, ...]:
        """The files that test an entry: hypotheticals first, by number, then the others by name."""
        found = (
            TestingFile(file, self._files[file].title, self._files[file].hypothetical, cases)
            for file, cases in self._found.get(named, {}).items()
        )
        return tuple(sorted(found, key=lambda one: (one.hypothetical is None, one.hypothetical or 0, one.file)))


def tested_by_case(rulebook: Rulebook, case: Case) -> Iterator[Named]:
    """Each entry that a case tests, perhaps more than once."""
    yield from (("reading", name) for name in case.readings)
    for path, value in case.facts.items():
        yield "fact", path
        if isinstance(value, tuple):
            yield from (("fact", f"{path}.{name}") for record in value for name in record)
    for one in case.expectations:
        yield from _expected(rulebook, one)


def _expected(rulebook: Rulebook, one: Expectation) -> Iterator[Named]:
    yield "question", one.question
    yield from (("provision", name) for name in one.grounds or ())
    yield from (("consequence", name) for name in one.consequences or ())
    yield from ((one.question, name) for name in (one.possible or ()) + ((one.outcome,) if one.outcome else ()))
    if one.told_by is not None:
        yield "telling", one.told_by
    if one.stage is not None:
        yield "stage", one.stage
    turned_on = (name for group in one.turns_on or () for name in group)
    for name in (*one.readings, *(one.rests_on or ()), *turned_on):
        if name in rulebook.readings:
            yield "reading", name
