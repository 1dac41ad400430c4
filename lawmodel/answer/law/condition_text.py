"""Conditions and conclusions as an outline in the law's words, whatever any case says of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from lawmodel.answer.words import day
from lawmodel.case.values import decode_text, in_words
from lawmodel.results.encoder import encode
from lawmodel.rulebook.condition import (
    AllOf,
    Always,
    AnyOf,
    ConceptHolds,
    Condition,
    CountsAsLaw,
    DateName,
    FactCompared,
    FactIs,
    FactSameAs,
    NotThis,
    Some,
    Switch,
)
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.rulebook.uses import full_path

COMPARED: Final = {
    "at_least": "at least",
    "at_most": "at most",
    "more_than": "more than",
    "less_than": "less than",
    "before": "before",
    "on_or_before": "on or before",
    "on": "on",
    "on_or_after": "on or after",
    "after": "after",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an outline, and the lines below it."""

    says: str
    name: str = ""
    """The path, or the kind and id, by which the rulebook knows what the line speaks of."""
    below: tuple[Line, ...] = ()
    option: str = ""
    """The option of a reading under which the line holds."""
    default: bool = False
    """Whether that option is taken by default."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "says": "says",
        "name": "name",
        "option": "option",
        "default": "default_of_option",
        "below": "below",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("name", "option", "default", "below")

    @property
    def default_of_option(self) -> bool | None:
        """Whether the option is taken by default; None where there is none."""
        return self.default if self.option else None

    def to_json(self) -> dict[str, Any]:
        """Plain data; empty keys are left out."""
        plain: dict[str, Any] = encode(self)
        return plain


@dataclass(frozen=True, slots=True)
class Outline:
    """Puts conditions into words, for one place in a rulebook."""

    rulebook: Rulebook
    at: str = "the moment at which it is tested"
    """What `at` means here."""
    records: str | None = None
    """The records inside which the condition stands."""
    spelled_out: bool = False
    """Whether concepts are spelled out where they are used."""

    def lines(self, condition: Condition) -> tuple[Line, ...]:
        """One line for each of the conditions that must hold together."""
        if isinstance(condition, AllOf):
            return tuple(line for part in condition.parts for line in self.lines(part))
        return (self.line(condition),)

    def line(self, condition: Condition, so: bool = True) -> Line:
        """A condition (or, if not ``so``, its contrary) in one line with what belongs to it below."""
        match condition:
            case Always(value):
                return Line("always" if value is so else "never")
            case NotThis(part):
                return self.line(part, not so)
            case AllOf(parts):
                below = tuple(line for part in parts for line in self.lines(part))
                return Line("all of this" if so else "not all of this", below=below)
            case AnyOf(parts):
                return Line("any of this" if so else "none of this", below=tuple(self.line(part) for part in parts))
            case Some(records, such_that):
                return self._some(records, such_that, so)
            case Switch():
                return self._switch(condition, so)
            case ConceptHolds(name, at):
                return self._concept(name, at, so)
            case CountsAsLaw(instrument, version):
                wording = f" in the wording {version}" if version else ""
                return Line(f"{instrument}{wording} {'is' if so else 'is not'} law", f"instrument {instrument}")
            case _:
                return self._fact(condition, so)

    def day(self, date: DateName) -> str:
        """A day by its name, in words."""
        if date.became_law:
            return f"the day on which {date.name} became law"
        if date.name == "at":
            return self.at
        if date.name == "law-date":
            return "the day of the law"
        if date.name in self.rulebook.dates:
            return self.rulebook.dates[date.name].title
        if date.name[:1].isdigit():
            return day(datetime.date.fromisoformat(date.name))
        return self._declared(date.name).title

    def _some(self, records: str, such_that: Condition, so: bool) -> Line:
        each = self.rulebook.facts[records].each
        inside = replace(self, records=records)
        always = isinstance(such_that, Always) and such_that.value
        below = () if always else inside.lines(such_that)
        word = "some" if so else "no"
        if not below:
            return Line(f"{word} {each}", records)
        return Line(
            f"{word} {each} {'of which this is true' if len(below) == 1 else 'of which all of this is true'}",
            records,
            below,
        )

    def _switch(self, switch: Switch, so: bool) -> Line:
        reading = self.rulebook.readings[switch.reading]
        branches = []
        for option in reading.options:
            branch = switch.branches.get(option.id, switch.otherwise)
            assert branch is not None
            line = self.line(branch) if not isinstance(branch, AllOf) else Line("", below=self.lines(branch))
            branches.append(replace(line, option=option.id, default=option.id == reading.default))
        return Line(reading.title if so else f"not: {reading.title}", f"reading {reading.id}", tuple(branches))

    def _concept(self, name: str, at: DateName | None, so: bool) -> Line:
        concept = self.rulebook.concepts[name]
        says = concept.yes if so else concept.no
        if at is not None:
            says += f" (at {self.day(at)})"
        if not self.spelled_out:
            return Line(says, f"concept {name}")
        inside = replace(self, records=self.records if concept.about is not None else None)
        if at is not None:
            inside = replace(inside, at=self.day(at))
        below = inside.lines(concept.when)
        if not so:
            below = (Line("unless this is true" if len(below) == 1 else "unless all of this is true", below=below),)
        return Line(says, f"concept {name}", below)

    def _fact(self, condition: Condition, so: bool) -> Line:
        match condition:
            case FactIs(path, values):
                return Line(self._values(path, values, so), self._path(path))
            case FactSameAs(path, other):
                word = "the same as" if so else "not the same as"
                return Line(f"{self._declared(path).title}: {word} {self._declared(other).title}", self._path(path))
            case FactCompared(path, comparison, number, date):
                bound = f"{number:,}" if date is None else self.day(date)
                compared = f"{'' if so else 'not '}{COMPARED[comparison]} {bound}"
                if path == "law-date":
                    return Line(f"the day of the law: {compared}", path)
                fact = self._declared(path)
                if date is None and fact.phrase:
                    return Line(fact.phrase.replace("{}", compared), self._path(path))
                return Line(f"{fact.title}: {compared}", self._path(path))
        raise TypeError(condition)

    def _values(self, path: str, values: Iterable[str], so: bool) -> str:
        fact = self._declared(path)
        decoded = [decode_text(self.rulebook, fact, value) for value in values]
        if fact.type == "yes/no" and not so:
            decoded = [value is False for value in decoded]
        said = " or ".join(in_words(self.rulebook, fact, value) for value in decoded)
        return said if so or fact.type == "yes/no" else f"not: {said}"

    def _declared(self, path: str) -> Fact:
        return self.rulebook.fact(self._path(path))

    def _path(self, path: str) -> str:
        return full_path(self.rulebook, path, self.records)
