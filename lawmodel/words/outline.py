"""Conditions and conclusions as an outline in the law's words, whatever any case says of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar, Final, assert_never

from lawmodel.case.values import amount, decode_text, in_words
from lawmodel.dataclass import dataclass
from lawmodel.rulebook.condition import (
    AllOf,
    Always,
    AnyOf,
    Bound,
    ConceptHolds,
    Concludes,
    Conclusion,
    ConclusionCases,
    ConclusionSwitch,
    Condition,
    Count,
    CountsAsLaw,
    DateName,
    FactCompared,
    FactIs,
    FactSameAs,
    FactTest,
    NotThis,
    Some,
    Switch,
)
from lawmodel.rulebook.model import Fact, Figure, FirstDay, Question, Rulebook
from lawmodel.rulebook.named_days import the_day
from lawmodel.rulebook.uses import full_path
from lawmodel.time_spans import compared_with
from lawmodel.words.law import day

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


CONCLUDED: Final = "→ "
"""Before what is concluded if a condition above it holds."""


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A line of an outline, and the lines below it."""

    says: str
    name: str = ""
    """The path, or the kind and id, by which the rulebook knows what the line speaks of."""
    below: tuple[OutlineLine, ...] = ()
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

    def lines(self, condition: Condition) -> tuple[OutlineLine, ...]:
        """One line for each of the conditions that must hold together."""
        if isinstance(condition, AllOf):
            return tuple(line for part in condition.parts for line in self.lines(part))
        return (self.line(condition),)

    def line(self, condition: Condition, so: bool = True) -> OutlineLine:
        """A condition (or, if not ``so``, its contrary) in one line with what belongs to it below."""
        match condition:
            case Always(value):
                return OutlineLine("always" if value is so else "never")
            case NotThis(part):
                return self.line(part, not so)
            case AllOf(parts):
                below = tuple(line for part in parts for line in self.lines(part))
                return OutlineLine("all of this" if so else "not all of this", below=below)
            case AnyOf(parts):
                return OutlineLine(
                    "any of this" if so else "none of this", below=tuple(self.line(part) for part in parts)
                )
            case Count(bound, number, parts):
                says = f"{bounded(bound, number, so)} of this{self._named(condition.named)}"
                return OutlineLine(says, below=tuple(self.line(part) for part in parts))
            case Some():
                return self._some(condition, so)
            case Switch():
                return self._switch(condition, so)
            case ConceptHolds(name, at):
                return self._concept(name, at, so)
            case CountsAsLaw(instrument, version):
                wording = f" in the wording {version}" if version else ""
                return OutlineLine(f"{instrument}{wording} {'is' if so else 'is not'} law", f"instrument {instrument}")
            case FactIs() | FactSameAs() | FactCompared():
                return self._fact(condition, so)
            case _:
                assert_never(condition)

    def day(self, date: DateName) -> str:
        """A day by its name, in words."""
        if date.span is not None:
            said, found = date.span.of(self.day(replace(date, span=None, named=None))), the_day(self.rulebook, date)
            said += self._named(date.named)
            return said if found is None else f"{said} ({day(found)})"
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

    def day_rule(self, rule: DateName | FirstDay) -> str:
        """A day in words, or the first of several that there is."""
        if isinstance(rule, FirstDay):
            *before, last = map(self.day, rule.days)
            return f"{', or else '.join(before)}, if there is one; otherwise {last}"
        return self.day(rule)

    def _some(self, some: Some, so: bool) -> OutlineLine:
        records, such_that = some.records, some.such_that
        each = self.rulebook.facts[records].each
        inside = replace(self, records=records)
        always = isinstance(such_that, Always) and such_that.value
        below = () if always else inside.lines(such_that)
        subject = quantified(some, each, so) + self._named(some.named)
        if not below:
            return OutlineLine(subject, records)
        this = "this" if len(below) == 1 else "all of this"
        said = f"of {subject} {this} is true" if some.quantifier == "every" else f"{subject} of which {this} is true"
        return OutlineLine(said, records, below)

    def _switch(self, switch: Switch, so: bool) -> OutlineLine:
        reading = self.rulebook.readings[switch.reading]
        branches = []
        for option in reading.options:
            branch = switch.branches.get(option.id, switch.otherwise)
            assert branch is not None
            line = self.line(branch) if not isinstance(branch, AllOf) else OutlineLine("", below=self.lines(branch))
            branches.append(replace(line, option=option.id, default=option.id == reading.default))
        return OutlineLine(reading.title if so else f"not: {reading.title}", f"reading {reading.id}", tuple(branches))

    def _concept(self, name: str, at: DateName | None, so: bool) -> OutlineLine:
        concept = self.rulebook.concepts[name]
        says = concept.yes if so else concept.no
        if at is not None:
            says += f" (at {self.day(at)})"
        if not self.spelled_out:
            return OutlineLine(says, f"concept {name}")
        inside = replace(self, records=self.records if concept.about is not None else None)
        if at is not None:
            inside = replace(inside, at=self.day(at))
        below = inside.lines(concept.when)
        if not so:
            below = (
                OutlineLine("unless this is true" if len(below) == 1 else "unless all of this is true", below=below),
            )
        return OutlineLine(says, f"concept {name}", below)

    def _fact(self, condition: FactTest, so: bool) -> OutlineLine:
        match condition:
            case FactIs(path, values):
                return OutlineLine(self._values(path, values, so), self._path(path))
            case FactSameAs(path, other):
                word = "the same as" if so else "not the same as"
                return OutlineLine(
                    f"{self._declared(path).title}: {word} {self._declared(other).title}", self._path(path)
                )
            case FactCompared(path, comparison, number, date):
                bound = self._number(path, number) if date is None else self.day(date)
                word = f"{'' if so else 'not '}{COMPARED[comparison]}"
                compared = compared_with(word, bound)
                named = self._named(condition.named)
                if path == "law-date":
                    return OutlineLine(f"the day of the law: {compared}", path)
                fact = self._declared(path)
                if date is None and fact.phrase:
                    return OutlineLine(fact.phrase.replace("{}", compared) + named, self._path(path))
                return OutlineLine(f"{fact.title}: {compared}{named}", self._path(path))
            case _:
                assert_never(condition)

    def _named(self, name: str | None) -> str:
        """What a number is the number of, where it is named."""
        return "" if name is None else f" ({self.rulebook.numbers[name].says})"

    def _number(self, path: str, number: int | str | None) -> str:
        assert number is not None
        return self._declared(number).title if isinstance(number, str) else amount(self._declared(path), number)

    def _values(self, path: str, values: Iterable[str], so: bool) -> str:
        fact = self._declared(path)
        decoded = [decode_text(self.rulebook, fact, value) for value in values]
        if fact.sort == "yes/no" and not so:
            decoded = [value is False for value in decoded]
        said = " or ".join(in_words(self.rulebook, fact, value) for value in decoded)
        return said if so or fact.sort == "yes/no" else f"not: {said}"

    def _declared(self, path: str) -> Fact:
        return self.rulebook.fact(self._path(path))

    def _path(self, path: str) -> str:
        return full_path(self.rulebook, path, self.records)


def bounded(bound: Bound, number: int, so: bool) -> str:
    """A bound of how many there are, or its contrary, in words."""
    match bound:
        case "at_least":
            return f"{'at least' if so else 'fewer than'} {number}"
        case "at_most":
            return f"{'at most' if so else 'more than'} {number}"
        case "exactly":
            return f"{'exactly' if so else 'not exactly'} {number}"
        case _:
            assert_never(bound)


def quantified(some: Some, each: str | None, so: bool) -> str:
    """Of which records something is said, or (if not ``so``) of which it is not; ``each`` is what one is called."""
    match some.quantifier:
        case "some" | "none":
            return f"{'some' if so is (some.quantifier == 'some') else 'no'} {each}"
        case "every":
            return f"{'every' if so else 'not every'} {each}"
        case "at_least" | "at_most" | "exactly" as bound:
            return f"{each}: {bounded(bound, some.number, so)}"
        case _:
            assert_never(some.quantifier)


@dataclass(frozen=True, slots=True)
class ConclusionOutline:
    """Puts conclusions into words."""

    outline: Outline
    """For the conditions of their cases."""
    question: Question | None
    """The question whose outcomes they are; None: whichever question has them."""

    def line(self, stated: Conclusion) -> OutlineLine:
        """A conclusion, with its cases below."""
        rulebook = self.outline.rulebook
        match stated:
            case Concludes(name):
                return OutlineLine("nothing") if name is None else self._named(name)
            case ConclusionCases(cases, otherwise):
                below = (*(self._case(when, then) for when, then in cases), self._with("otherwise", otherwise))
                return OutlineLine("the first of these that is true", below=below)
            case ConclusionSwitch(reading, branches, otherwise):
                entry = rulebook.readings[reading]
                lines = []
                for option in entry.options:
                    branch = branches.get(option.id, otherwise)
                    assert branch is not None
                    lines.append(replace(self.line(branch), option=option.id, default=option.id == entry.default))
                return OutlineLine(entry.title, f"reading {reading}", tuple(lines))
            case _:
                assert_never(stated)

    def _named(self, name: str) -> OutlineLine:
        rulebook = self.outline.rulebook
        if name in rulebook.conclusions:
            shared = rulebook.conclusions[name]
            inner = self.line(shared.concludes)
            return OutlineLine(shared.title or name, f"conclusion {name}", inner.below or (inner,))
        if name in rulebook.consequences:
            return OutlineLine(rulebook.consequences[name].says, f"consequence {name}")
        return OutlineLine(meaning(rulebook, self.question, name), name)

    def _case(self, when: Condition, then: Conclusion) -> OutlineLine:
        condition = self.outline.line(when)
        return self._with(f"if {condition.says}", then, condition)

    def _with(self, says: str, then: Conclusion, condition: OutlineLine | None = None) -> OutlineLine:
        line = self.line(then)
        concluded = replace(line, says=f"{CONCLUDED}{line.says}")
        name, below = (condition.name, condition.below) if condition is not None else ("", ())
        return OutlineLine(says, name, (*below, concluded))


def figure_in_words(rulebook: Rulebook, figure: Figure) -> str:
    """A figure of a consequence: its kind, from and up to, and the unit."""

    def bound(text: str) -> str:
        return rulebook.fact(text).title if text in rulebook.facts else f"{int(text):,}"

    least = None if figure.from_ is None else bound(figure.from_)
    most = None if figure.to is None else bound(figure.to)
    if least is not None and most is not None:
        span = f"{least} to {most}"
    else:
        span = f"from {least}" if least is not None else f"up to {most}" if most is not None else ""
    return " ".join(part for part in (f"{figure.kind}:", span, figure.unit) if part)


def meaning(rulebook: Rulebook, question: Question | None, outcome: str) -> str:
    """What an outcome means, in the question that has it."""
    for one in (question,) if question is not None else rulebook.questions.values():
        for each in one.outcomes:
            if each.id == outcome:
                return each.means
    return outcome
