"""What of the law is looked at: a rulebook on a day and at a stage, and its entries by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lawmodel.answer.law.standing import LawOn
from lawmodel.answer.words import law_of
from lawmodel.cached_property import cached_property
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.uses import Uses


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the rulebook, of whatever kind."""

    kind: str
    id: str
    value: Any
    """The entry as the model has it."""
    within: str | None = None
    """The question of an outcome; the list of a field."""

    @property
    def heading(self) -> str:
        """The kind and the id."""
        return f"{self.kind} {self.id}" + (f" of {self.within}" if self.kind == "outcome" else "")


@dataclass(frozen=True)
class LawView:
    """A rulebook on a day and at a stage."""

    rulebook: Rulebook
    law: LawOn

    @cached_property
    def uses(self) -> Uses:
        """What uses what."""
        return Uses(self.rulebook)

    @property
    def law_in_words(self) -> str:
        """The day and the stage."""
        return law_of(self.rulebook, self.law.stage, self.law.date)

    def law_to_json(self) -> dict[str, str]:
        """The day and the stage, as plain data."""
        return {"date": self.law.date.isoformat(), "stage": self.law.stage}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry that has an id, kind by kind."""
        return tuple(_entries(self.rulebook))

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries of this id (a field also as ``list[1].field``); else those of this citation; else none."""
        plain = re.sub(r"\[\d+\]", "", name.strip())
        found = tuple(entry for entry in self.entries if entry.id == plain)
        cited = name.strip().casefold()
        return found or tuple(
            entry
            for entry in self.entries
            if getattr(entry.value, "citation", None) and entry.value.citation.casefold() == cited
        )


def _entries(rulebook: Rulebook) -> Iterator[Entry]:
    for kind, entries in (
        ("question", rulebook.questions),
        ("provision", rulebook.provisions),
        ("concept", rulebook.concepts),
        ("conclusion", rulebook.conclusions),
        ("consequence", rulebook.consequences),
        ("reading", rulebook.readings),
        ("date", rulebook.dates),
        ("telling", rulebook.tellings),
        ("property", rulebook.properties),
        ("instrument", rulebook.instruments),
        ("source", rulebook.sources),
        ("choices", rulebook.choices),
    ):
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
