"""Whether a condition or conclusion speaks only of what the rulebook declares, and of the right type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from lawmodel.dataclass import dataclass
from lawmodel.inputs import LAW_DATE, is_calendar_day
from lawmodel.problems import Place, did_you_mean, listed
from lawmodel.rulebook.condition import (
    AT,
    AllOf,
    Always,
    AnyOf,
    ConceptHolds,
    Concludes,
    ConclusionCases,
    ConclusionSwitch,
    Count,
    CountsAsLaw,
    DateName,
    FactCompared,
    FactIs,
    FactSameAs,
    NotThis,
    Some,
    StatedPart,
    Switch,
    names_in,
    parts_of,
    walk,
)
from lawmodel.rulebook.law_day import can_be_no_day
from lawmodel.rulebook.model import DateRule, DateSwitch, Fact, FirstDay, Rulebook, days_in
from lawmodel.rulebook.named_days import days_named
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.statement_parser import CALENDAR, CONDITION_TEXTS, CONDITION_WORDS, NOTHING, NUMBER_COMPARISONS
from lawmodel.time_spans import TimeSpan, duration_in_words, moved

NOT_COMPARED = "A month has no fixed number of days: tell both in days and weeks, or both in months and years."


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a statement stands: inside which list of records, with or without a moment `at`, for which question."""

    records: str | None = None
    at: bool = False
    question: str | None = None


class StatementValidation:
    """Checks statements against a rulebook; every mistake goes to the collector."""

    def __init__(self, rulebook: Rulebook, names: NameCheck) -> None:
        self.rulebook = rulebook
        self.names = names
        self.problems = names.problems
        self.ends = True
        """Whether definitions come to an end; where they run in a circle they are not followed."""
        self._needs_at: dict[tuple[str, str], bool] = {}

    def check(self, stated: StatedPart, where: Surroundings) -> None:
        """Note every mistake in a condition or conclusion."""
        match stated:
            case FactIs(path, values, place):
                fact = self._fact(path, where, place)
                if fact is not None:
                    for value in values:
                        self.value(fact, value, self.names.mappings.value(place, path, value), path)
            case FactSameAs(path, other, place):
                behind = self.names.mappings.value(place, path)
                other_place = self.names.mappings.value(behind, "same_as")
                pair = self._fact(path, where, place), self._fact(other, where, other_place)
                if pair[0] and pair[1] and not _alike(pair[0], pair[1]):
                    self.problems.at(
                        place,
                        f"`{path}` and `{other}` have different choices",
                        "Compare facts of one type that share a list of choices.",
                    )
                elif pair[0] and pair[0].sort not in ("choice", "yes/no", "number"):
                    said = f"`same_as` compares choices and numbers, and `{path}` is {kind_of(pair[0])}"
                    self.problems.at(place, said, "For days use `on`.")
            case FactCompared(path, comparison, _, date, place):
                fact = self._fact(path, where, place)
                wanted = "number" if comparison in NUMBER_COMPARISONS else "date"
                if fact is not None and fact.sort != wanted:
                    self.problems.at(
                        self.names.mappings.key(self.names.mappings.value(place, path), comparison),
                        f"`{comparison}` compares a {wanted}, and `{path}` is {kind_of(fact)}",
                        self._how_tested(fact, path),
                    )
                if date is not None:
                    self.date(date, where)
                elif fact is not None and fact.sort == "number":
                    behind = self.names.mappings.value(self.names.mappings.value(place, path), comparison)
                    self._bound(fact, stated, behind, where)
            case ConceptHolds(concept, at, place):
                self._concept(concept, at, where, place)
            case Some(records, such_that, place, quantifier):
                word = quantifier if quantifier in ("every", "none") else "some"
                if self.records(records, self.names.mappings.value(place, word)):
                    self.check(such_that, replace(where, records=records))
                return
            case Switch(reading, branches, otherwise, place) | ConclusionSwitch(reading, branches, otherwise, place):
                self.switch(reading, branches, otherwise is not None, place)
            case CountsAsLaw(instrument, version, place):
                self.law(instrument, version, place)
            case Concludes(name, place):
                self._outcome(name, where, place)
                self._needs_a_moment(stated, name or "", where, place)
            case Always() | AllOf() | AnyOf() | Count() | NotThis() | ConclusionCases():
                pass  # only their parts can be wrong
            case _:
                assert_never(stated)
        for part in parts_of(stated):
            self.check(part, where)

    def _bound(self, fact: Fact, stated: FactCompared, place: Place, where: Surroundings) -> None:
        """Note what a number, or a span of time, cannot be compared with."""
        what = "a number" if fact.unit is None else f"a span such as {_written(fact)}"
        mend = f"Write {what}, or name a fact of type {fact.type}."
        if isinstance(stated.number, str):
            other = self._fact(stated.number, where, place)
            if other is None or _alike(fact, other):
                return
            if fact.type == other.type:
                said = f"`{stated.path}` is told in {fact.unit}, and `{stated.number}` in {other.unit}"
                self.problems.at(place, said, NOT_COMPARED)
            else:
                not_a = "a number" if fact.type == "number" else "a span of time"
                self.problems.at(place, f"`{stated.number}` is {kind_of(other)}, not {not_a}", mend)
        elif stated.duration is None and fact.type == "span":
            self.problems.at(
                place, f"`{stated.named or stated.number}` is a number, and `{stated.path}` a span of time", mend
            )
        elif stated.duration is not None and fact.type != "span":
            said = f"`{stated.duration.written}` is a span of time, and `{stated.path}` a {fact.type}"
            self.problems.at(place, said, mend)
        elif stated.duration is not None and fact.unit not in (stated.duration.measure, None):
            said = (
                f"`{stated.path}` is told in {fact.unit}, and `{stated.duration.written}` in {stated.duration.measure}"
            )
            self.problems.at(place, said, NOT_COMPARED)

    def value(self, fact: Fact, value: str, place: Place, name: str) -> None:
        """Note a value that a fact cannot have."""
        match fact.type:
            case "yes/no":
                allowed: Iterable[str] = ("yes", "no")
            case "choice":
                if isinstance(fact.choices, str) and fact.choices not in self.rulebook.choices:
                    return  # the fact is at fault, which is noted there
                allowed = self.rulebook.choices_of(fact)
            case "date":
                allowed = fact.words
            case "number" | "span" | "records":
                message = f"`{name}` is {kind_of(fact)} and has no value of this kind"
                self.problems.at(place, message, self._how_tested(fact, name))
                return
            case _:
                assert_never(fact.type)
        if value not in allowed and value:
            said = self._how_tested(fact, name)
            self.problems.at(place, f"`{value}` is no value of `{name}`", did_you_mean(value, allowed, said))

    def _how_tested(self, fact: Fact, name: str) -> str:
        match fact.type:
            case "yes/no":
                return f"Write `{name}: yes` or `{name}: no`."
            case "choice":
                return f"Its values are: {listed(self.rulebook.choices_of(fact))}."
            case "number" | "span":
                return f"Write a comparison, such as `{name}: {{at_most: {_written(fact)}}}`."
            case "date":
                words = f", or one of: {listed(fact.words)}" if fact.words else ""
                return f"Write a comparison, such as `{name}: {{before: 2026-03-19}}`{words}."
            case "records":
                return f"Write `some: {name}` and, below it, `such_that: …`."
            case _:
                assert_never(fact.type)

    def date(self, date: DateName, where: Surroundings) -> None:
        """Note a day that the rulebook does not know, and a span that leads out of the calendar in every case."""
        rulebook, name = self.rulebook, date.name
        if date.span is not None:
            self.date(replace(date, span=None), where)
            self._span(date, date.span, where)
            return
        if date.became_law:
            self.law(name, None, date.place)
            return
        if name == AT:
            if not where.at:
                self.problems.at(
                    date.place, "`at` has no meaning here", "Give the provision a line `at: …`, or name the day."
                )
            return
        if name == LAW_DATE or name in rulebook.dates or name[:1].isdigit() or not name:
            return
        fact = self._fact(name, where, date.place, others=(LAW_DATE, AT, *rulebook.dates))
        if fact is not None and fact.sort != "date":
            self.problems.at(date.place, f"`{name}` is {kind_of(fact)}, not a day", "Name a fact of type date.")

    def _span(self, date: DateName, span: TimeSpan, where: Surroundings) -> None:
        name, facts = date.name, self.rulebook.facts
        fields = [field.id for field in facts[where.records].of] if where.records and where.records in facts else []
        if name not in {*fields, *self.rulebook.dates, *facts, LAW_DATE, AT} and not name[:1].isdigit():
            return  # noted as no day
        named = days_named(self.rulebook, replace(date, span=None)) if self.ends else ()
        for day in named or ():  # whether a day that the case says is moved out of the calendar only the case can say
            if not is_calendar_day(moved(day.toordinal(), span)):
                said = f"the day `{span.of(day.isoformat())}` is not in the calendar"
                self.problems.at(date.place, said, CALENDAR)

    def date_rule(self, value: DateRule) -> None:
        """Note the mistakes of a named date."""
        if isinstance(value, DateSwitch):
            branches = [option for option in value.branches if option != "otherwise"]
            self.switch(value.reading, branches, "otherwise" in value.branches, value.place)
        for one in value.branches.values() if isinstance(value, DateSwitch) else (value,):
            for day in days_in(one):
                self.date(day, Surroundings())
            if isinstance(one, FirstDay):
                self._first_day(one)

    def _first_day(self, value: FirstDay) -> None:
        """Note a day after which no other is ever looked at, or of which that is not known."""
        for day in value.days[:-1]:
            fact = self.rulebook.facts.get(day.name)
            if day.became_law or day.name == AT or (fact is None and self.names.doubtful("facts", day.name)):
                continue
            if fact is None and day.span is None and day.name in self.rulebook.dates:
                mend = "Name a fact or the day of a law before the last; a named date may be the last."
                self.problems.at(day.place, f"`{day.name}` is a named date with days behind it", mend)
            elif fact is None or (fact.sort == "date" and not can_be_no_day(fact)):
                mend = "Take out those behind it, or give it a word that means no_day."
                name = day.name if day.span is None else day.span.of(day.name)
                self.problems.at(day.place, f"`{name}` is a day always, so no other behind it is taken", mend)

    def needs_at(self, stated: StatedPart) -> bool:
        """Whether a statement, or a concept in it, tests something at the moment `at`."""
        return any(self._part_needs_at(part) for part in walk(stated))

    def _part_needs_at(self, part: StatedPart) -> bool:
        if isinstance(part, Concludes):
            shared = self.rulebook.conclusions.get(part.name or "")
            return shared is not None and self._definition_needs_at("conclusion", shared.id, shared.concludes)
        named = names_in(part)
        if named.days:
            return any(day.name == AT and not day.became_law for day in named.days)
        concepts = (self.rulebook.concepts[name] for name in named.concepts if name in self.rulebook.concepts)
        return any(self._definition_needs_at("concept", one.id, one.when) for one in concepts)

    def _definition_needs_at(self, kind: str, name: str, stated: StatedPart) -> bool:
        if (kind, name) not in self._needs_at:
            self._needs_at[kind, name] = False  # a cycle is another check's matter
            self._needs_at[kind, name] = self.needs_at(stated)
        return self._needs_at[kind, name]

    def _needs_a_moment(self, stated: StatedPart, name: str, where: Surroundings, place: Place) -> None:
        """Note what is tested at a moment where there is none."""
        if self.ends and not where.at and self._part_needs_at(stated):
            concept = f", or write {{concept: {name}, at: …}}" if isinstance(stated, ConceptHolds) else ""
            self.problems.at(
                place,
                f"`{name}` is tested at a moment, and none is said",
                f"Give the provision `at: …`{concept}.",
            )

    def _fact(self, path: str, where: Surroundings, place: Place, others: tuple[str, ...] = ()) -> Fact | None:
        facts = self.rulebook.facts
        fields = facts[where.records].of if where.records is not None and where.records in facts else ()
        for field in fields:
            if field.id == path:
                return field
        if path == LAW_DATE:
            return Fact(
                id=LAW_DATE, type="date", title="the day of the law", ask="", phrase="the law of {}", place=place
            )
        if path in facts and facts[path].sort != "records":
            return facts[path]
        if path in facts:
            self.problems.at(
                place, f"`{path}` is a list of records", f"Write `some: {path}` and, below it, `such_that: …`."
            )
            return None
        known = [
            *(field.id for field in fields),
            *(name for name, fact in facts.items() if fact.sort != "records"),
            *CONDITION_WORDS,
            *others,
        ]
        if where.records is None or not self.names.doubtful("facts", where.records):
            what = f"fact or field of {where.records}" if fields else "day" if others else "fact"
            self.names.missing("facts", what, path, known, place, "Declare it in `facts`, or check the spelling.")
        return None

    def _concept(self, concept: str, at: DateName | None, where: Surroundings, place: Place) -> None:
        concepts = self.rulebook.concepts
        if concept not in concepts:
            known = [*concepts, *CONDITION_TEXTS]
            self.names.missing("concepts", "concept", concept, known, place, "Define it in the section `concepts`.")
            return
        about = concepts[concept].about
        if about is not None and about != where.records:
            self.problems.at(place, f"`{concept}` is about one record of {about}", f"Use it inside `some: {about}`.")
        if at is not None:
            self.date(at, where)
        else:
            self._needs_a_moment(ConceptHolds(concept, None, place), concept, where, place)

    def records(self, records: str, place: Place) -> bool:
        """Whether there is such a list of records; noted otherwise."""
        lists = [name for name, fact in self.rulebook.facts.items() if fact.sort == "records"]
        if records in lists:
            return True
        hint = f"The lists are: {listed(lists)}."
        self.names.missing("facts", "list of records", records, lists, place, hint)
        return False

    def switch(self, reading: str, options: Iterable[str], otherwise: bool, place: Place) -> None:
        """Note a switch over no reading, with an option there is not, or without one there is."""
        readings = self.rulebook.readings
        if reading not in readings:
            where, hint = self.names.mappings.value(place, "reading"), "Define it in the section `readings`."
            self.names.missing("readings", "reading", reading, readings, where, hint)
            return
        known = [option.id for option in readings[reading].options]
        written = list(options)
        for option in written:
            if option not in known:
                self.problems.at(
                    self.names.mappings.key(place, option),
                    f"the reading `{reading}` has no option `{option}`",
                    did_you_mean(option, known, f"Its options are: {listed(known)}."),
                )
        missing = [option for option in known if option not in written]
        if missing and not otherwise and set(written) <= set(known):
            self.problems.at(
                place,
                f"the switch on `{reading}` leaves out {listed(missing)}",
                "Add the branch, or `otherwise: …` for the rest.",
            )

    def chosen(self, reading: str, option: str, place: Place) -> None:
        """Note the choice of a reading or option there is not; ``place`` is that of a mapping that names both."""
        if reading not in self.rulebook.readings:
            self.switch(reading, (), True, place)
            return
        known = [one.id for one in self.rulebook.readings[reading].options]
        if option not in known:
            self.problems.at(
                self.names.mappings.value(place, "option"),
                f"the reading `{reading}` has no option `{option}`",
                did_you_mean(option, known, f"Its options are: {listed(known)}."),
            )

    def law(self, instrument: str, version: str | None, place: Place) -> None:
        """Note an instrument, or a version of it, that there is not."""
        instruments = self.rulebook.instruments
        if instrument not in instruments:
            hint = "Add it, with its date line, to the section `instruments`."
            where = self.names.mappings.value(place, "instrument")
            self.names.missing("instruments", "instrument", instrument, instruments, where, hint)
            return
        versions = [step.version for step in instruments[instrument].steps if step.version]
        if version is not None and version not in versions:
            self.problems.at(
                self.names.mappings.value(place, "version"),
                f"`{instrument}` has no version `{version}`",
                did_you_mean(version, versions, "Name it at a step of its date line."),
            )

    def _outcome(self, name: str | None, where: Surroundings, place: Place) -> None:
        if name is None or where.question is None:
            return
        shared = self.rulebook.conclusions.get(name)
        if shared is not None:
            for part in walk(shared.concludes) if self.ends else ():
                if isinstance(part, Concludes):
                    self._outcome(part.name, where, part.place)
            return
        question = self.rulebook.questions.get(where.question)
        if question is None:
            return
        outcomes = [outcome.id for outcome in question.outcomes]
        if name not in outcomes:
            if self.names.doubtful("conclusions", name):
                return
            known = [*outcomes, *self.rulebook.conclusions, NOTHING]
            self.problems.at(
                place,
                f"`{name}` is no outcome of `{question.id}`",
                did_you_mean(name, known, f"Its outcomes are: {listed(outcomes)}."),
            )
        elif name == outcomes[-1]:
            self.problems.at(
                place, f"`{name}` is what holds when no rule speaks", "Conclude a stronger outcome, or `nothing`."
            )


def _alike(one: Fact, other: Fact) -> bool:
    """Whether the values of one fact can be compared with those of another."""
    return (one.type, one.choices, one.unit) == (other.type, other.choices, other.unit)


def _written(fact: Fact) -> str:
    """A number as it is written for a fact: twelve."""
    return "12" if fact.unit is None else duration_in_words(12, fact.unit)


def kind_of(fact: Fact) -> str:
    """What a fact is, by its type, with its article."""
    return "a list of records" if fact.sort == "records" else f"a {fact.type} fact"
