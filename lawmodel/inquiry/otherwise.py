"""What an answer would be otherwise: for each input that it assumes, or that is open, every other value."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from lawmodel.answer.answer import Answer, AnswerOnDays, UncertainDate
from lawmodel.answer.value_words import MOST_LISTED, days_in_words, values_in_words, values_to_json
from lawmodel.cached_property import cached_property
from lawmodel.case.case import Case
from lawmodel.case.valuation import Valued
from lawmodel.case.values import encode, in_words
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Scalar, Valuation, Value, field_key, reading_key
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.case_facts import case_facts
from lawmodel.inquiry.counterfactuals import Counterfactual, counterfactuals, possibilities
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.explained import explained
from lawmodel.inquiry.sensitivity import in_order, plain_name
from lawmodel.inquiry.varied_case import VariedCase, with_value
from lawmodel.reasoning.evaluation import Supports, Values
from lawmodel.reasoning.phrases import not_yet_law
from lawmodel.reasoning.reasons.value_sets import ValueSet
from lawmodel.reasoning.trace import Trace
from lawmodel.results.assumption import Alternative, Assumption, OpenInput, OpenPoint, PendingLaw, Settling
from lawmodel.results.given_input import GivenInput
from lawmodel.rulebook.dateline import became_law, latest_step
from lawmodel.rulebook.model import Fact, Rulebook, SameAs
from lawmodel.words.outcomes import predicate, predicates

MOST_WORKED_OUT: Final = 200
"""Of more defaults and presumptions, or more facts left out, what follows otherwise is worked out for the first."""


class Otherwise:
    """One answer, and what it would be with other values of single inputs."""

    def __init__(
        self,
        ask: Ask,
        valued: Valued,
        possible: tuple[str, ...],
        supports: Supports | None = None,
        known: Collection[Values] = (),
    ) -> None:
        """Take what was asked, the values of its inputs when it was answered, and the outcomes that are possible.

        ``supports`` is what evaluation found then, ``known`` are completions that were found.
        """
        self._ask = ask
        self._valued = valued
        self._possible = possible
        self._supports = supports
        self._known = known

    @cached_property
    def _decider(self) -> Decider:
        return self._ask.decider()

    @property
    def _rulebook(self) -> Rulebook:
        return self._ask.rulebook

    @property
    def _case(self) -> Case:
        return self._ask.case

    @property
    def _valuation(self) -> Valuation:
        return self._valued.valuation

    @cached_property
    def _varied(self) -> VariedCase:
        return VariedCase(self._decider, self._valuation, self._supports, self._known)

    def __getstate__(self) -> tuple[Ask, Valued, tuple[str, ...]]:
        """What was asked, and the values: the day may have passed by which they were taken. Engines are made anew."""
        return self._ask, self._valued, self._possible

    def __setstate__(self, state: tuple[Ask, Valued, tuple[str, ...]]) -> None:
        self._ask, self._valued, self._possible = state
        self._supports, self._known = None, ()

    def values(self) -> Mapping[str, Value]:
        """The values of all inputs by which the question was answered, by their keys."""
        return self._valuation.values

    def facts(self) -> tuple[GivenInput, ...]:
        """The facts of the case that bear on the question."""
        return tuple(case_facts(self._ask, self._valued))

    def trace(self) -> tuple[Trace, ...]:
        """A step for each provision of the question."""
        return explained(self._ask, self._valued, self._decider.question.rules)

    def by_day(self) -> tuple[AnswerOnDays, ...]:
        """The outcomes that are possible under the law of each day."""
        from lawmodel.inquiry.law_of_each_day import answers_by_day

        return answers_by_day(self._ask)

    def outcomes_of(self, provision: str) -> tuple[str, ...]:
        """The outcomes for which a provision can speak."""
        rule = next(one for one in self._decider.question.rules if one.id == provision)
        return tuple(outcome for outcome, _ in rule.concludes)

    def bearing(self) -> tuple[str, ...]:
        """The readings that bear on the question."""
        occurring = self._decider.comparisons.occurring
        return tuple(name for name in self._rulebook.readings if reading_key(name) in occurring)

    # -- what it assumes

    def assumptions(self, answer: Answer) -> tuple[Assumption, ...]:
        """Every single thing assumed of which another value changes the answer.

        Readings first, then presumed and left-out facts, then dates.
        """
        left_out_keys = tuple(islice(self._left_out(), MOST_WORKED_OUT))
        resting = [self._key(name) for name in answer.rests_on[:MOST_WORKED_OUT]]
        self._varied.together = (*resting, *left_out_keys)
        readings: list[Assumption] = []
        presumed: list[Assumption] = []
        for name in answer.rests_on[:MOST_WORKED_OUT]:
            if name in self._rulebook.readings:
                readings += self._assumption(reading_key(name), "reading")
            else:
                presumed += self._assumption(name, "presumed")
        left_out = [one for key in left_out_keys for one in self._assumption(key, "left out")]
        return (*readings, *presumed, *left_out, *map(self._date, answer.uncertain_dates))

    def _assumption(self, key: str, kind: str) -> Iterator[Assumption]:
        found = counterfactuals(self._on_its_own(key), key, self._possible)
        if not found:
            return
        value = self._value(key)
        says = self._says(key, value)
        plain = value if key.startswith(READING_PREFIX) else encode(self._declared(key), value)
        alternatives = tuple(self._alternatives(key, found))
        yield Assumption(plain_name(key), kind, plain, says, alternatives)  # type: ignore[arg-type]

    def _on_its_own(self, key: str) -> VariedCase:
        """The case with a fact that is the same as another where it is left out, no longer bound to that one."""
        same_as = self._valuation.same_as
        if key not in same_as:
            return self._varied
        facts = self._rulebook.facts

        def bound_to(path: str) -> str:
            """The fact itself, where the way from another one to its end leads through it; else the end."""
            on_the_way: set[str] = set()
            while path in facts and path not in on_the_way:
                if path == key:
                    return key
                on_the_way.add(path)
                left_out = facts[path].left_out
                path = left_out.path if isinstance(left_out, SameAs) else ""
            return ""

        others = {path: bound_to(path) or end for path, end in same_as.items() if path != key}
        return VariedCase(self._decider, replace(self._valuation, same_as=others), known=self._known)

    def _left_out(self) -> Iterator[str]:
        """What the case leaves out and the rulebook closes by itself: single facts, and fields of listed records.

        Also what is then the same as another fact, of which the value is known.
        """
        occurring = set(self._decider.comparisons.occurring)
        occurring |= {end for path, end in self._valuation.same_as.items() if path in occurring}
        for path, fact in self._rulebook.facts.items():
            if fact.sort == "records":
                listed = self._case.facts.get(path)
                if path in occurring and isinstance(listed, tuple):
                    for number, record in enumerate(listed, 1):
                        yield from (
                            field_key(path, number, one.id)
                            for one in fact.of
                            if one.id not in record
                            and _closes(one)
                            and self._value(field_key(path, number, one.id)) is not None
                        )
            elif (
                path in occurring
                and path not in self._case.facts
                and path not in self._valued.presumed
                and path != self._rulebook.law_date
                and _closes(fact)
                and self._valuation.values[path] is not None
            ):
                yield path

    def _date(self, date: UncertainDate) -> Assumption:
        """The date of an instrument, and the answer if it were wrong on the day of the law."""
        instrument = self._rulebook.instruments[date.instrument]
        day = self._valued.law_date
        assert day is not None
        already = datetime.date.fromisoformat(date.date) <= day
        counts = (date.stage == "ceases") is not already
        says = (
            f"{'not yet' if counts else 'already'} law on {_day(day)}"
            if date.stage != "ceases"
            else (f"{'still' if not counts else 'no longer'} law on {_day(day)}")
        )
        stage = {one.id: one.says for one in self._rulebook.stages}.get(date.stage, "law no longer")
        since = f"{instrument.title} is {stage} since {_day(datetime.date.fromisoformat(date.date))}"
        alternative = Alternative((), says, date.possible, self._answer(date.possible))
        return Assumption(date.instrument, "date", date.date, since, (alternative,))

    # -- what it depends on

    def open_points(self, answer: Answer) -> tuple[OpenPoint, ...]:
        """What is open and can change the answer alone, with the answer for each possibility."""
        single = [group[0] for group in answer.turns_on if len(group) == 1 and not self._declares_records(group[0])]
        alone = {name: self._key(name) for name in single}
        found = possibilities(self._varied, list(alone.values()))
        return tuple(self._open_point(group, found.get(alone.get(group[0], ""), ())) for group in answer.turns_on)

    def _key(self, name: str) -> str:
        """The key of an input, as it is among the values of a case."""
        if name in self._rulebook.readings:
            return reading_key(name)
        return LAW_DATE if name == self._rulebook.law_date and self._rulebook.law_day is None else name

    def _open_point(self, inputs: tuple[str, ...], found: tuple[Counterfactual, ...]) -> OpenPoint:
        if len(inputs) > 1 or self._declares_records(inputs[0]):
            asks = "; ".join(self._rulebook.fact(_path(name)).ask for name in inputs)
            return OpenPoint(inputs, "fact", asks, ())
        name = inputs[0]
        reading = self._rulebook.readings.get(name)
        key = self._key(name)
        asks = reading.title if reading else self._rulebook.fact(_path(name)).ask
        options = tuple(self._alternatives(key, found, of_open_point=True))
        return OpenPoint(inputs, "reading" if reading else "fact", asks, options)

    def _declares_records(self, name: str) -> bool:
        return name in self._rulebook.facts and self._rulebook.facts[name].sort == "records"

    def settled_by(self, answer: Answer) -> tuple[Settling, ...]:
        """What the case states of which another value, everything else as it is, makes one outcome certain.

        What cannot change any more (a fact that is fixed) is passed over.
        """
        if answer.determined:
            return ()
        return tuple(found for one in answer.facts if (found := self._settling(one)) is not None)

    def _settling(self, given: GivenInput) -> Settling | None:
        if given.origin != "given" or given.kind != "fact" or self._declared(given.name).fixed:
            return None
        certain = [one for one in counterfactuals(self._varied, given.name) if len(one.possible) == 1]
        if not certain:
            return None
        alternatives = tuple(self._alternatives(given.name, certain))
        return Settling(given.name, given.value, given.in_words, alternatives)

    def decisive(self, answer: Answer) -> tuple[Settling, ...]:
        """What the case states of which another value, everything else as it is, changes what is possible.

        Also what is fixed: a reader may suppose another case. Half a millisecond for a fact.
        """
        stated = [one for one in answer.facts if one.origin == "given" and one.kind == "fact"]
        found = []
        for given in stated[:MOST_WORKED_OUT]:
            other = counterfactuals(self._on_its_own(given.name), given.name, self._possible)
            if other:
                alternatives = tuple(self._alternatives(given.name, other))
                found.append(Settling(given.name, given.value, given.in_words, alternatives))
        return tuple(found)

    def pending(self, answer: Answer) -> tuple[PendingLaw, ...]:
        """The bills that are not law yet and would change the answer if they were."""
        day = self._valued.law_date
        return () if day is None else tuple(self._pending(day, answer))

    def _pending(self, day: datetime.date, answer: Answer) -> Iterator[PendingLaw]:
        for name in self._decider.laws:
            instrument = self._rulebook.instruments[name]
            reached = latest_step(instrument, day)
            since = became_law(self._rulebook, instrument, self._decider.stage)
            if reached is None or (since is not None and since.date <= day):
                continue
            as_law = replace(reached, stage=self._decider.stage, date=day)
            steps = (*(step for step in instrument.steps if step.date <= day), as_law)
            supposed = self._decider.with_instrument(replace(instrument, steps=steps))
            possible = self._decider.possible(self._valuation, supposed)
            if possible != answer.possible:
                says = f"{instrument.title} is {not_yet_law(self._rulebook, instrument, day)}"
                date = reached.date.isoformat()
                yield PendingLaw(name, instrument.title, reached.stage, date, says, possible, self._answer(possible))

    # -- alternatives

    def _alternatives(
        self, key: str, found: Sequence[Counterfactual], *, of_open_point: bool = False
    ) -> Iterator[Alternative]:
        """Other values with what they lead to: options and choices one by one, where they are not many."""
        for one in found:
            named = one.values.named
            if not one.values.spans and 1 < len(named) <= MOST_LISTED:
                for value in named:
                    alone = Counterfactual(ValueSet((value,)), one.possible)
                    yield self._alternative(key, alone, of_open_point=of_open_point)
            else:
                yield self._alternative(key, one, of_open_point=of_open_point)

    def _alternative(self, key: str, one: Counterfactual, *, of_open_point: bool = False) -> Alternative:
        """A value in words; on what the answer then depends is said where it did not depend on anything before."""
        values = one.values
        depends: tuple[OpenInput, ...] = ()
        if len(one.possible) > 1 and not of_open_point:
            depends = self._depends(key, one)
        if key.startswith(READING_PREFIX):
            reading = self._rulebook.readings[plain_name(key)]
            says = " or ".join(reading.option(str(value)).says for value in values.named)
            return Alternative(values.named, says, one.possible, self._answer(one.possible), depends)
        fact = self._declared(key)
        plain = tuple(values_to_json(fact, values))
        if key == LAW_DATE:
            says = f"the law of {days_in_words(values)} is applied"
        else:
            says = values_in_words(self._rulebook, fact, values)
        return Alternative(plain, says, one.possible, self._answer(one.possible), depends)

    def _answer(self, possible: tuple[str, ...]) -> str:
        question = self._decider.question.id
        if len(possible) == 1:
            return predicate(self._rulebook, question, possible[0])
        return predicates(self._rulebook, question, possible)

    def _depends(self, key: str, one: Counterfactual) -> tuple[OpenInput, ...]:
        """On what the answer depends with the first of these values."""
        value: Scalar = one.values.named[0] if one.values.named else one.values.spans[0][0]
        groups = self._decider.exact(with_value(self._valuation, key, value)).turns_on()
        names = in_order(self._decider, list(dict.fromkeys(name for group in groups for name in group)))
        return tuple(OpenInput(name, self._named(name)) for name in names)

    def _named(self, name: str) -> str:
        """What an open input is, in few words."""
        if name in self._rulebook.readings:
            return f"reading {name}"
        return self._of_record(name) + self._rulebook.fact(_path(name)).title

    # -- values in words

    def _value(self, key: str) -> Scalar | None:
        records, bracket, rest = key.partition("[")
        value = self._valuation.values[records if bracket else key]
        if bracket:
            assert isinstance(value, tuple)
            number, _, field = rest.partition("].")
            return value[int(number) - 1][field]
        assert not isinstance(value, tuple)
        return value

    def _says(self, key: str, value: Scalar | None) -> str:
        if key.startswith(READING_PREFIX):
            return self._rulebook.readings[plain_name(key)].option(str(value)).says
        return self._of_record(key) + in_words(self._rulebook, self._declared(key), value)

    def _of_record(self, key: str) -> str:
        records, bracket, rest = key.partition("[")
        return f"{self._rulebook.facts[records].each} {rest.partition(']')[0]}: " if bracket else ""

    def _declared(self, key: str) -> Fact:
        return self._rulebook.fact(self._rulebook.law_date if key == LAW_DATE else _path(key))


def _closes(fact: Fact) -> bool:
    """Whether leaving a fact out says something of it."""
    return fact.left_out != "unknown"


def _path(name: str) -> str:
    """The path under which an input is declared: service[1].to under service.to."""
    before, bracket, after = name.partition("[")
    field = after.partition("].")[2]
    return f"{before}.{field}" if bracket and field else before


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B} {day.year}"
