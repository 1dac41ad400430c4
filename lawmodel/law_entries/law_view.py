"""What of the law is looked at: a rulebook on a day and at a stage, and its entries by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any, Final, Literal, TypeAlias

from lawmodel.cached_property import cached_property
from lawmodel.dataclass import dataclass
from lawmodel.law_entries.citations import cites
from lawmodel.law_entries.standing import LawOn
from lawmodel.law_entries.versions import OF_VERSION, Version, versions_of
from lawmodel.reasoning.resolve import by_citation
from lawmodel.results.header import Header, LawApplied, ProgramUsed, RulebookUsed
from lawmodel.rulebook.model import Provision, Rulebook
from lawmodel.rulebook.uses import Uses
from lawmodel.value_object import ValueObject
from lawmodel.words.law import DATE_CERTAINTY, law_of

EntryKind: TypeAlias = Literal[
    "question",
    "provision",
    "concept",
    "conclusion",
    "consequence",
    "reading",
    "number",
    "date",
    "telling",
    "property",
    "instrument",
    "source",
    "gap",
    "misconception",
    "choices",
    "fact",
    "stage",
    "outcome",
]

DATE_SURE: Final[Mapping[str, str]] = {"text": "by the text", **DATE_CERTAINTY}
"""How sure a date is, in words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the rulebook, of whatever kind."""

    kind: EntryKind
    id: str
    value: Any
    """The entry as the model has it."""
    within: str | None = None
    """The question of an outcome; the list of a field."""

    @property
    def heading(self) -> str:
        """The kind and the id."""
        return f"{self.kind} {self.id}" + (f" of {self.within}" if self.kind == "outcome" else "")

    @property
    def title(self) -> str:
        """What it is, in a few words; empty where nothing is said."""
        for key in ("title", "yes", "means", "says"):
            if said := getattr(self.value, key, None):
                return str(said)
        return ""


@dataclass(frozen=True)
class LawView:
    """A rulebook on a day and at a stage."""

    rulebook: Rulebook
    law: LawOn

    @cached_property
    def uses(self) -> Uses:
        """What uses what."""
        return Uses(self.rulebook)

    @cached_property
    def told(self) -> LawOn:
        """The same law, with words for how sure a date is."""
        return LawOn(self.rulebook, self.law.date, self.law.stage, DATE_SURE)

    def versions(self, provision: Provision) -> tuple[Version, ...]:
        """The versions of a provision, whatever day and stage are looked at."""
        if provision.id not in self._versions:
            self._versions[provision.id] = versions_of(self._in_force, provision)
        return self._versions[provision.id]

    @cached_property
    def _versions(self) -> dict[str, tuple[Version, ...]]:
        return {}

    @cached_property
    def _in_force(self) -> LawOn:
        return self.law if self.law.stage == self.rulebook.ordinary_stage else LawOn(self.rulebook, self.law.date)

    @property
    def law_in_words(self) -> str:
        """The day and the stage."""
        return law_of(self.rulebook, self.law.stage, self.law.date.isoformat())

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry that has an id, kind by kind."""
        return tuple(_entries(self.rulebook))

    @cached_property
    def titles(self) -> dict[tuple[str, str], str]:
        """What each entry is, in a few words, by its kind and id."""
        return {(entry.kind, entry.id): entry.title for entry in self.entries}

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries of this id (a field also as ``list[1].field``); else those of this very citation; else none.

        With ``@DAY`` behind it: the provision that has this version, or whose version took its place.
        """
        if (version := OF_VERSION.fullmatch(name.strip())) is not None:
            earlier = f"{version['name']}@{version['since']}"
            if (now := self._earlier_ids.get(earlier)) is not None:
                return tuple(one for one in self.entries if (one.kind, one.id) == ("provision", now))
            return tuple(one for one in self.entries if self._has_version(one, version["name"], version["since"]))
        plain = re.sub(r"\[\d+\]", "", name.strip())
        found = tuple(entry for entry in self.entries if entry.id == plain)
        cited = name.strip().casefold()
        return found or tuple(entry for entry, citation in self._citations if citation.casefold() == cited)

    @cached_property
    def _earlier_ids(self) -> dict[str, str]:
        provisions = self.rulebook.provisions.items()
        return {earlier.was: name for name, one in provisions for earlier in one.earlier_ids}

    def other_versions(self, name: str) -> tuple[str, ...]:
        """Of a version that there is not, those that its provision has; none where there is no such provision."""
        typed = OF_VERSION.fullmatch(name.strip())
        provision = None if typed is None else self.rulebook.provisions.get(typed["name"])
        return () if provision is None else tuple(one.name for one in self.versions(provision))

    def _has_version(self, entry: Entry, name: str, since: str) -> bool:
        is_meant = entry.kind == "provision" and entry.id == name
        return is_meant and any(one.since == since for one in self.versions(entry.value))

    def cited(self, typed: str) -> tuple[Entry, ...]:
        """The entries of a citation as people type it ("Art. 5", "5(1)(7)"), and of its parts; perhaps none."""
        found = [(by_citation(citation), entry) for entry, citation in self._citations if cites(citation, typed)]
        return tuple(entry for _, entry in sorted(found, key=itemgetter(0)))

    @property
    def _citations(self) -> Iterator[tuple[Entry, str]]:
        for entry in self.entries:
            if citation := getattr(entry.value, "citation", None):
                yield entry, citation

    def names(self) -> list[str]:
        """All that an entry can be named by: ids, then citations."""
        return list(dict.fromkeys([*(one.id for one in self.entries), *(citation for _, citation in self._citations)]))


class LawResult(ValueObject):
    """The base of what is told of the law: by which rulebook, and of which day and stage."""

    __slots__ = ()
    view: LawView

    @property
    def rulebook(self) -> RulebookUsed:
        """The rulebook that is told of."""
        return Header(self.view.rulebook).rulebook_used

    @property
    def program(self) -> ProgramUsed:
        """This program."""
        return Header(self.view.rulebook).program

    @property
    def law(self) -> LawApplied:
        """The day and the stage of the law."""
        return LawApplied(self.view.law.date.isoformat(), self.view.law.stage)


def _entries(rulebook: Rulebook) -> Iterator[Entry]:
    by_kind: dict[EntryKind, Any] = {
        "question": rulebook.questions,
        "provision": rulebook.provisions,
        "concept": rulebook.concepts,
        "conclusion": rulebook.conclusions,
        "consequence": rulebook.consequences,
        "reading": rulebook.readings,
        "number": rulebook.numbers,
        "date": rulebook.dates,
        "telling": rulebook.tellings,
        "property": rulebook.properties,
        "instrument": rulebook.instruments,
        "source": rulebook.sources,
        "gap": rulebook.gaps,
        "misconception": rulebook.misconceptions,
        "choices": rulebook.choices,
    }
    for kind, entries in by_kind.items():
        for name, value in entries.items():
            yield Entry(kind, name, value)
    for path, fact in rulebook.facts.items():
        yield Entry("fact", path, fact)
        for field in fact.of:
            yield Entry("fact", f"{path}.{field.id}", field, path)
    for stage in rulebook.stages:
        yield Entry("stage", stage.id, stage)
    for name, question in rulebook.questions.items():
        for outcome in question.outcomes:
            yield Entry("outcome", outcome.id, outcome, name)
