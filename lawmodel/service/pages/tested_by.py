"""Which supplied cases test an entry of the rulebook: what their expectations and facts name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from lawmodel.cached_property import cached_property
from lawmodel.case.case import Case, Expectation
from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.workbench import VARIANT, Workbench
from lawmodel.verbs.law.law_view import Entry

Named = tuple[str, str]
"""A kind and an id; of an outcome its question and id."""
MOST_SHOWN: Final = 8
"""More cases are folded."""


@dataclass(frozen=True, slots=True)
class TestingCase:
    """A file of cases that tests an entry."""

    path: str
    """Of the page of the first case in it that does."""
    title: str
    number: int | None
    """Of the hypothetical that it states."""
    cases: int
    """How many in it do: the case itself and its variants."""


class TestedBy:
    """The supplied cases by what they test."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def of(self, entry: Entry) -> tuple[TestingCase, ...]:
        """The files of cases that test an entry: the hypotheticals first, by number, then the others by name."""
        key = (entry.kind, entry.id) if entry.kind != "outcome" else (str(entry.within), entry.id)
        by_file: dict[str, list[str]] = {}
        for name in self._by_name.get(key, ()):
            by_file.setdefault(name.partition(VARIANT)[0], []).append(name)
        found = [self._shown(file, names) for file, names in by_file.items()]
        return tuple(sorted(found, key=lambda one: (one.number is None, one.number or 0, one.path)))

    def _shown(self, file: str, names: list[str]) -> TestingCase:
        base = self._workbench.cases.get(file, self._workbench.cases[names[0]])
        return TestingCase(f"/cases/{quote(names[0], safe='/@')}", base.title, base.hypothetical, len(names))

    @cached_property
    def _by_name(self) -> dict[Named, list[str]]:
        found: dict[Named, list[str]] = {}
        for name, case in self._workbench.cases.items():
            for key in dict.fromkeys(_named(self._workbench.rulebook, case)):
                found.setdefault(key, []).append(name)
        return found


def _named(rulebook: Rulebook, case: Case) -> Iterator[Named]:
    """All that a case tests: what its expectations name, and the facts that it gives."""
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
