"""Finding: the simplest case that shows something, or the proof that there is none.

A case shows something if it has an outcome, or a ground, or looks different from two sides: under two readings, two
days, two stages, two tellings. It is looked for among all cases there can be, with as little in it as possible that is
out of the ordinary; then everything is left out again that it does not need.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lawmodel.answer.found import Found, Seen
from lawmodel.case.case import Case
from lawmodel.case.valuation import value_case
from lawmodel.case.values import UNKNOWN, decode_text
from lawmodel.inputs import LAW_DATE, Record, Scalar, Valuation, Value, reading_key
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.space import Preference, Side, Space
from lawmodel.reasoning.z3_encoding import joined
from lawmodel.rulebook.model import Fact, Rulebook

RECORD, ORDINARY, PLAUSIBLE = 20, 10, 1
"""How much is given up for one record less, for one fact as it ordinarily is, for one day near the law's own."""
YEARS_BEFORE: Final = 4


@dataclass(frozen=True, slots=True)
class View:
    """One side from which a case is looked at."""

    name: str
    readings: Mapping[str, str] = field(default_factory=dict)
    on: datetime.date | None = None
    stage: str | None = None
    rulebook: Rulebook | None = None
    """Another rulebook, where the case is looked at under the law of that one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the case is to show, besides that the sides (if there are several) come to different outcomes."""

    outcome: str | None = None
    grounds: tuple[str, ...] = ()
    """Provisions that must be among the grounds."""
    only_ground: str | None = None
    """The provision that must be the only ground."""


ANYTHING: Final = Wanted()


def find(
    rulebook: Rulebook,
    question: str,
    views: Sequence[View],
    wanted: Wanted = ANYTHING,
    *,
    given: Case | None = None,
    readings: Mapping[str, str] | None = None,
) -> Iterator[Found]:
    """The simplest case that shows what is wanted, then the simplest essentially different one, and so on.

    Cases are essentially different if the outcomes or the grounds that they have are. When there is none left the
    iterator ends, and that is a proof. ``given`` is what all of them have in common; ``readings`` settles others.
    Raises KeyError for a name there is not, `ProblemsFound` where what is given contradicts itself.
    """
    search = _Search(rulebook, question, views, wanted, given or Case(), dict(readings or {}))
    while (found := search.next()) is not None:
        yield found


class _Search:
    def __init__(
        self,
        rulebook: Rulebook,
        question: str,
        views: Sequence[View],
        wanted: Wanted,
        given: Case,
        readings: Mapping[str, str],
    ) -> None:
        self._rulebook, self._question, self._views = rulebook, question, list(views)
        self._wanted, self._given, self._readings = wanted, given, readings
        self._space = Space([self._side(view) for view in views], self._valuation())
        self._preferences = list(self._preferred())
        self._conditions = list(self._wanting())

    def _law(self, view: View) -> Rulebook:
        return view.rulebook or self._rulebook

    def _side(self, view: View) -> Side:
        resolved = decider(self._law(view), self._question, view.stage).question
        chosen = {**self._readings, **view.readings}
        settled: dict[str, Scalar] = {}
        for name, reading in self._law(view).readings.items():
            option = chosen.get(name, reading.default)
            if option is not None and option != UNKNOWN:
                settled[reading_key(name)] = option
        if view.on is not None:
            settled[LAW_DATE] = view.on.toordinal()
        return Side(resolved, settled)

    def _valuation(self) -> Valuation:
        """What is given of all cases; nothing else is presumed, and nothing is taken as left out."""
        facts = self._given.facts
        if self._given.presume:
            facts = {**value_case(self._rulebook, self._given).presumed, **facts}
        values: dict[str, Value] = {}
        for path, fact in self._rulebook.facts.items():
            value = facts.get(path)
            if isinstance(value, tuple):
                value = tuple(
                    {one.id: record.get(one.id, _usual(self._rulebook, one)) for one in fact.of} for record in value
                )
            values[path] = value
        for law in (self._rulebook, *(view.rulebook for view in self._views if view.rulebook is not None)):
            values.update({path: None for path in law.facts if path not in values})
            values.update({reading_key(name): None for name in law.readings})
        values[LAW_DATE] = values[self._rulebook.law_date]
        same = {LAW_DATE: self._rulebook.law_date} if values[LAW_DATE] is None else {}
        return Valuation(values, same)

    def _wanting(self) -> Iterator[str]:
        space, wanted = self._space, self._wanted
        if len(self._views) > 1:
            pairs = [(one, other) for other in range(len(self._views)) for one in range(other)]
            yield joined("or", [space.differ(one, other) for one, other in pairs])
        if wanted.outcome is not None:
            yield space.outcome(0, wanted.outcome)
        for ground in (*wanted.grounds, *([wanted.only_ground] if wanted.only_ground else [])):
            yield space.ground(0, ground)
        if wanted.only_ground is not None:
            others = [rule.id for rule in space.sides[0].question.rules if rule.id != wanted.only_ground]
            yield joined("and", [f"(not {space.ground(0, other)})" for other in others])

    def _preferred(self) -> Iterator[Preference]:
        days = [step.date for one in self._rulebook.instruments.values() for step in one.steps]
        latest = max(days, default=datetime.date.today())
        plausible = (latest.toordinal() - 365 * YEARS_BEFORE, latest.toordinal())
        for key, domain in self._space.encoding.variables.items():
            records, _, rest = key.partition("[")
            _, _, name = rest.partition("].")
            if records not in self._rulebook.facts:
                continue
            if rest and not name:
                yield Preference(key, RECORD)
                continue
            fact = self._rulebook.fact(f"{records}.{name}" if name else records)
            usual = _usual(self._rulebook, fact)
            if usual is not None:
                yield Preference(key, ORDINARY, value=usual)
            elif domain.kind == "date":
                yield Preference(key, PLAUSIBLE, between=plausible)

    # --- one case after the other ------------------------------------------------------------------

    def next(self) -> Found | None:
        values = self._space.simplest(self._conditions, self._preferences)
        if values is None:
            return None
        case, readings = self._case(values)
        seen = self._seen(case, readings)
        self._conditions.append(self._otherwise(seen))
        case, readings = self._trimmed(case, readings, seen)
        return Found(self._rulebook, self._question, case, readings, tuple(self._seen(case, readings)))

    def _case(self, values: Values) -> tuple[Case, dict[str, str]]:
        """The case of a completion, with what is ordinary left out; and the options of readings that are open."""
        facts: dict[str, Value] = dict(self._given.facts)
        readings = dict(self._readings)
        for key, value in values.items():
            fact = self._rulebook.facts.get(key)
            if fact is None:
                name = key.partition(":")[2]
                if name in self._rulebook.readings:
                    readings[name] = str(value)
            elif key in self._given.facts:
                continue
            elif isinstance(value, tuple):
                facts[key] = tuple(self._record(fact, record) for record in value)
            elif value != _usual(self._rulebook, fact):
                facts[key] = value
        return Case(facts=facts, presume=True, title=self._given.title, questions=(self._question,)), readings

    def _record(self, fact: Fact, record: Record) -> Record:
        return {
            one.id: value
            for one in fact.of
            if (value := record.get(one.id)) is not None and value != _usual(self._rulebook, one)
        }

    def _gist(self, view: View, case: Case, readings: Mapping[str, str]) -> tuple[str | None, tuple[str, ...]]:
        """Outcome and grounds from one side, without all else that an answer says where evaluation settles them."""
        law = self._law(view)
        values = value_case(law, known_to(law, case), chosen_in(law, {**readings, **view.readings}), view.on)
        evaluation = decider(law, self._question, view.stage).evaluation
        outcome = evaluation.outcome(values.valuation.values)
        grounds = {} if outcome is None else evaluation.supports(values.valuation.values)[outcome]
        if outcome is not None and all(grounds.values()):
            return outcome, tuple(grounds)
        return self._seen_from(view, case, readings).gist()

    def _seen(self, case: Case, readings: Mapping[str, str]) -> list[Seen]:
        """The answer from each side."""
        return [self._seen_from(view, case, readings) for view in self._views]

    def _seen_from(self, view: View, case: Case, readings: Mapping[str, str]) -> Seen:
        law = self._law(view)
        chosen = chosen_in(law, {**readings, **view.readings})
        answer = decide(
            law,
            known_to(law, case),
            self._question,
            readings=chosen,
            on=view.on,
            stage=view.stage,
            forward_chaining=False,
        )
        bearing = decider(law, self._question, view.stage).comparisons.occurring
        chosen = {name: option for name, option in chosen.items() if reading_key(name) in bearing}
        return Seen(view.name, chosen, view.on, view.stage, answer)

    def _otherwise(self, seen: Sequence[Seen]) -> str:
        """That a case is essentially different from one with these answers."""
        parts = []
        for side, one in enumerate(seen):
            outcome = one.answer.outcome
            if outcome is None:
                raise AssertionError("a completion that the solver found is not determined")
            grounds = {ground.id for ground in one.answer.grounds}
            parts.append(self._space.outcome(side, outcome))
            for rule in self._space.sides[side].question.rules:
                if outcome in dict(rule.concludes):
                    ground = self._space.ground(side, rule.id)
                    parts.append(ground if rule.id in grounds else f"(not {ground})")
        return f"(not {joined('and', parts)})"

    # --- leaving out what is not needed ------------------------------------------------------------

    def _trimmed(self, case: Case, readings: dict[str, str], seen: Sequence[Seen]) -> tuple[Case, dict[str, str]]:
        """The case without anything that can be left open while all sides come to the same outcomes and grounds."""
        wanted = [one.gist() for one in seen]

        def serves(changed: Case, chosen: Mapping[str, str]) -> bool:
            try:
                return [self._gist(view, changed, chosen) for view in self._views] == wanted
            except ProblemsFound:
                return False

        for name in [name for name in readings if name not in self._readings]:
            fewer = {other: option for other, option in readings.items() if other != name}
            readings = fewer if serves(case, fewer) else readings
        before = None
        while before != case:  # what is left out is presumed, so that leaving out one thing may make room for another
            before = case
            for left_out in _without(case, keep={*self._given.facts, self._rulebook.law_date}):
                candidate = left_out(case)
                if serves(candidate, readings):
                    case = candidate
        return case, readings


def known_to(law: Rulebook, case: Case) -> Case:
    """What a rulebook knows of a case that was found for several."""
    if case.facts.keys() <= law.facts.keys():
        return case
    return replace(case, facts={path: value for path, value in case.facts.items() if path in law.facts})


def chosen_in(law: Rulebook, readings: Mapping[str, str]) -> dict[str, str]:
    """The chosen options of the readings that a rulebook knows."""
    return {name: option for name, option in readings.items() if name in law.readings}


def _usual(rulebook: Rulebook, fact: Fact) -> Scalar | None:
    """What a fact ordinarily is, or is taken to be when it is left out; None where that is not known."""
    text = fact.ordinary if fact.ordinary is not None else fact.left_out
    return decode_text(rulebook, fact, text) if isinstance(text, str) and fact.type != "records" else None


class _Left:
    """A fact, or a field of a record, left out."""

    def __init__(self, path: str, number: int | None = None, name: str = "") -> None:
        self._path, self._number, self._name = path, number, name

    def __call__(self, case: Case) -> Case:
        facts = dict(case.facts)
        if self._number is None:
            facts.pop(self._path, None)
            return replace(case, facts=facts)
        listed = facts.get(self._path)
        if isinstance(listed, tuple):
            records = [dict(record) for record in listed]
            records[self._number].pop(self._name, None)
            facts[self._path] = tuple(records)
        return replace(case, facts=facts)


def _without(case: Case, keep: set[str]) -> Iterator[_Left]:
    """Everything that may be left out: facts and lists first, then fields."""
    for path in case.facts:
        if path not in keep:
            yield _Left(path)
    for path, value in case.facts.items():
        if path not in keep and isinstance(value, tuple):
            for number, record in enumerate(value):
                for name in record:
                    yield _Left(path, number, name)
