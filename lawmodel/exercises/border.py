"""Where the answer on a case ends: for each fact that carries it the values on either side, told one at a time.

A fact carries the answer if it stands in the smallest reason, and another value of it, everything else as it is, leads
to another outcome. Of days and numbers the two values are taken that lie nearest to each other with the border between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from lawmodel.cached_property import cached_property
from lawmodel.case.case import Case
from lawmodel.case.plain import plain_facts
from lawmodel.case.values import encode, in_words
from lawmodel.dataclass import dataclass
from lawmodel.exercises.prose.story import NotTold, Story, tell
from lawmodel.exercises.single_facts import RECORD_KEY, without_numbers
from lawmodel.inputs import Scalar, field_key, is_calendar_day
from lawmodel.inquiry.answer_in_brief import AnswerInBrief, answer_in_brief
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.distinguishing.neighbouring_cases import CaseNeighbourhood, NeighbouringCase
from lawmodel.inquiry.reasons.explained_case import ExplainedCase
from lawmodel.inquiry.reasons.sufficient_reasons import reasons_for
from lawmodel.problems import ProblemsFound
from lawmodel.results.given_input import GivenInput
from lawmodel.rulebook.model import Fact
from lawmodel.value_object import ValueObject
from lawmodel.words.outcomes import predicate

MOST_FACTS: Final = 5
"""So many facts are looked at unless more are asked for."""
MOST_BESIDE: Final = 2
"""So many facts are looked at that carry nothing."""
OF_EACH_SIDE: Final = 2
"""So many values of a choice, at most."""


@dataclass(frozen=True, slots=True)
class VariedFact(ValueObject):
    """A case in which one fact is otherwise."""

    input: str
    """The fact, as users name it."""
    value: str | bool | int
    """Its other value, as in a case file."""
    says: str
    """How it would be, in the law's words."""
    was: str
    """How it is."""
    told: str
    """How it would be, as a story tells it; empty where the rulebook has no phrases for it."""
    facts: Mapping[str, Any]
    """All facts then, as a case file has them."""
    outcome: str
    comes_to: str
    """The outcome in words."""
    crosses: bool
    """Whether the outcome is another than that of the case as it is."""


@dataclass(frozen=True, slots=True)
class CarryingFact(ValueObject):
    """A fact that carries the answer: with other values it is another."""

    input: str
    title: str
    was: str
    """How it is in the case."""
    ordered: bool
    """Whether its values lie before and after each other, as days and numbers do."""
    inside: tuple[VariedFact, ...]
    """Other values that leave the outcome as it is, the nearest to the border first; perhaps none."""
    outside: tuple[VariedFact, ...]
    """Values that change it, the nearest to the border first."""


@dataclass(frozen=True, slots=True)
class Border(ValueObject):
    """Where the answer on a case ends."""

    outcome: str
    comes_to: str
    """The outcome in words."""
    story: str
    """The case in words; empty where it cannot be told."""
    facts: tuple[CarryingFact, ...]
    beside: tuple[VariedFact, ...]
    """Facts of the case that carry nothing, each with a value that changes nothing."""
    not_looked_at: int
    """So many further facts carry the answer too."""


_Decided: TypeAlias = tuple[NeighbouringCase, str]
"""A neighbouring case, and its outcome."""
_Sides: TypeAlias = tuple[list[_Decided], list[_Decided]]
"""Those that leave the outcome as it is, and those that change it."""


class Variations:
    """The cases that differ from one in one fact, with their answers."""

    def __init__(self, ask: Ask, seed: int) -> None:
        self.ask, self._seed = ask, seed
        self.rulebook, self.case = ask.rulebook, ask.case
        self._made = ask.decider()
        self._neighbours = CaseNeighbourhood(ask.rulebook, self._made.question)

    @cached_property
    def answer(self) -> AnswerInBrief:
        """The answer on the case as it is; raises `ProblemsFound`."""
        return self._answer(self.case)

    @cached_property
    def story(self) -> Story | None:
        """The case in words; None where it cannot be told."""
        try:
            return tell(self.rulebook, self.case, self.ask.question, seed=self._seed)
        except NotTold:
            return None

    def border(self, most: int = MOST_FACTS) -> Border:
        """Where the answer ends, by so many facts at most; the answer has to be determined."""
        outcome = self.answer.outcome
        assert outcome is not None
        reason = self._reason(outcome)
        found = [(one, sides) for one in sorted(reason, key=self._rank) if (sides := self._sides(one)) is not None]
        carrying = {one.name for one in reason}
        return Border(
            outcome,
            predicate(self.rulebook, self.ask.question, outcome),
            "" if self.story is None else self.story.text,
            tuple(self._carrying(one, sides) for one, sides in found[:most]),
            tuple(self._beside(carrying)),
            max(0, len(found) - most),
        )

    def case_of(self, one: VariedFact) -> Case:
        """The case in which a fact is otherwise."""
        return next(each.case for each in self._of(one.input) if self._plain(one.input, each.value) == one.value)

    def _answer(self, case: Case) -> AnswerInBrief:
        return answer_in_brief(self._made, case, self.ask.readings, self.ask.on)

    def _reason(self, outcome: str) -> tuple[GivenInput, ...]:
        held = ExplainedCase(self.ask)
        found = reasons_for(held, held.ways_out_of(outcome), 1, outcome)
        if found.interrupted:
            raise KeyboardInterrupt
        inputs = found.reasons[0].inputs if found.reasons else ()
        return tuple(one for one in inputs if one.kind == "fact")

    def _rank(self, one: GivenInput) -> int:
        """What the case gives first, then what else belongs to a record that it gives, then the rest."""
        if one.origin == "given":
            return 0
        return 1 if "[" in one.name else 2

    def _carrying(self, one: GivenInput, sides: _Sides) -> CarryingFact:
        fact = self.rulebook.fact(without_numbers(one.name))
        was = self._words(one.name, self._held(one.name))
        made = [tuple(self._varied(one.name, *each) for each in side[:OF_EACH_SIDE]) for side in sides]
        return CarryingFact(one.name, fact.title, was, fact.sort in ("date", "number"), *made)

    def _sides(self, one: GivenInput) -> _Sides | None:
        """The other values that leave the outcome, and those that change it; None where there are none of these."""
        fact = self.rulebook.fact(without_numbers(one.name))
        inside: list[_Decided] = []
        outside: list[_Decided] = []
        for each in self._of(one.name):
            found = self._outcome(each.case)
            if found is not None:
                (inside if found == self.answer.outcome else outside).append((each, found))
        if not outside:
            return None
        return self._nearest(fact, self._held(one.name), inside, outside)

    def _nearest(self, fact: Fact, held: object, inside: list[_Decided], outside: list[_Decided]) -> _Sides:
        """On each side the values to be looked at: of days and numbers those between which the border lies."""
        if fact.sort not in ("date", "number"):
            tested = self._neighbours.values
            first, second = (sorted(side, key=lambda one: one[0].value not in tested) for side in (inside, outside))
            return first, second
        within = [(one[0].value, [one]) for one in inside if _is_ordered(fact, one[0].value)]
        if isinstance(held, int) and _is_ordered(fact, held):
            within.append((held, []))
        beyond = [one for one in outside if _is_ordered(fact, one[0].value)]
        special = [one for one in outside if not _is_ordered(fact, one[0].value)]
        if not within or not beyond:
            return [], [*special, *beyond]
        pairs = ((near, one) for near in within for one in beyond)
        (_, near), far = min(pairs, key=lambda pair: abs(int(pair[0][0]) - int(pair[1][0].value)))  # type: ignore[arg-type]
        return near, [far, *special]

    def _beside(self, carrying: set[str]) -> Iterator[VariedFact]:
        """Facts that the case gives and that carry nothing, each with a value that is tested and changes nothing."""
        number = 0
        for key in self._given():
            if key in carrying or number == MOST_BESIDE:
                continue
            for each in self._of(key):
                sort = self.rulebook.fact(without_numbers(key)).sort
                if sort not in ("yes/no", "choice") or each.value not in {*self._neighbours.values, True, False}:
                    continue
                if self._outcome(each.case) == self.answer.outcome:
                    number += 1
                    yield self._varied(key, each, str(self.answer.outcome))
                    break

    def _given(self) -> Iterator[str]:
        for path, value in self.case.facts.items():
            if isinstance(value, tuple):
                for number, record in enumerate(value, 1):
                    yield from (field_key(path, number, name) for name in record)
            elif self.rulebook.facts[path].sort != "records":
                yield path

    def _of(self, key: str) -> Iterator[NeighbouringCase]:
        """The cases in which one fact, or one field of one record, is otherwise."""
        match = RECORD_KEY.match(key)
        number = None if match is None else int(match["number"]) - 1
        for one in self._neighbours.of(self.case, [without_numbers(key)]):
            if one.number == number:
                yield one

    def _outcome(self, case: Case) -> str | None:
        """The outcome of another case; None where it is open, or the case cannot be so, or is odd."""
        try:
            valued = self._made.value(case, self.ask.readings, self.ask.on).valuation.values
            if next(iter(self._made.oddities(case, valued)), None) is not None:
                return None
            return self._answer(case).outcome
        except ProblemsFound:
            return None

    def _held(self, key: str) -> object:
        """What the case has there."""
        match = RECORD_KEY.match(key)
        if match is None:
            return self.case.facts.get(key)
        listed = self.case.facts.get(match["list"])
        assert isinstance(listed, tuple)
        return listed[int(match["number"]) - 1].get(match["field"])

    def _plain(self, key: str, value: object) -> str | bool | int:
        return encode(self.rulebook.fact(without_numbers(key)), value)  # type: ignore[arg-type]

    def _words(self, key: str, value: object) -> str:
        """How a fact is, of which record it is said where there are several; what is left out as it is valued."""
        fact = self.rulebook.fact(without_numbers(key))
        if value is None:
            value = self._valued(key)
        says = in_words(self.rulebook, fact, value)  # type: ignore[arg-type]
        match = RECORD_KEY.match(key)
        if match is not None and len(self.case.facts[match["list"]] or ()) > 1:  # type: ignore[arg-type]
            return f"{self.rulebook.facts[match['list']].each} {match['number']}: {says}"
        return says

    def _valued(self, key: str) -> Scalar | None:
        values = self._made.value(self.case, self.ask.readings, self.ask.on).valuation.values
        match = RECORD_KEY.match(key)
        if match is None:
            return values.get(key)  # type: ignore[return-value]
        listed = values[match["list"]]
        assert isinstance(listed, tuple)
        return listed[int(match["number"]) - 1].get(match["field"])

    def _varied(self, key: str, one: NeighbouringCase, outcome: str) -> VariedFact:
        return VariedFact(
            key,
            self._plain(key, one.value),
            self._words(key, one.value),
            self._words(key, self._held(key)),
            self._told(key, one.case),
            plain_facts(self.rulebook, one.case.facts),
            outcome,
            predicate(self.rulebook, self.ask.question, outcome),
            outcome != self.answer.outcome,
        )

    def _told(self, key: str, case: Case) -> str:
        """The sentences of a story about one fact, or about the record that it belongs to."""
        if self.story is None:
            return ""
        record = key.partition(".")[0] if "[" not in key else key[: key.index("]") + 1]
        needed: Sequence[str] = [key]
        if "[" in key:
            needed = [*dict.fromkeys((*(one for one in self.story.told if one.startswith(f"{record}.")), key))]
        try:
            told = tell(
                self.rulebook, case, self.ask.question, seed=self._seed, needed=needed, person=self.story.person
            )
        except NotTold:
            return ""
        return "" if told.in_words_of_values else told.text


def _is_ordered(fact: Fact, value: object) -> bool:
    """Whether a value is a day of the calendar, or a number: it lies before or after others."""
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return is_calendar_day(value) if fact.sort == "date" else True
