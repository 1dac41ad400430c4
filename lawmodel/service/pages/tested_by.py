"""Which supplied cases test an entry of the rulebook: what their expectations and facts name."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from lawmodel.cached_property import cached_property
from lawmodel.dataclass import dataclass
from lawmodel.law_entries.law_view import Entry
from lawmodel.law_entries.tested import Named, tested_by_case
from lawmodel.service.pages.workbench import VARIANT, Workbench

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
            for key in dict.fromkeys(tested_by_case(self._workbench.rulebook, case)):
                found.setdefault(key, []).append(name)
        return found
