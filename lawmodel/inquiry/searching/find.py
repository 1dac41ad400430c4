"""Finding: the simplest case that shows something, or the proof that there is none.

A case shows something if it has an outcome, or a ground, or looks different from two sides: under two readings, two
days, two stages, two tellings. It is looked for among all cases there can be, with as little in it as possible that is
out of the ordinary; then everything is left out again that it does not need.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Final, TypeAlias

from lawmodel.case.arguments import law_problems, outcome_problems, question_problems, raise_problems, readings_problems
from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.inputs import GivenValue, reading_key
from lawmodel.inquiry.ask import TypedCase, as_case
from lawmodel.inquiry.consequences import consequences
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.grounds import grounds_of
from lawmodel.inquiry.searching.found import Found, SideAnswer
from lawmodel.inquiry.searching.found_case import (
    chosen_in,
    facts_of,
    given_with,
    known_to,
    open_valuation,
    preferences,
    settled,
    trimmed,
)
from lawmodel.inquiry.searching.lifelike import lifelike
from lawmodel.problems import Problem, ProblemsFound, kind_of, no_such
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.following import followed
from lawmodel.reasoning.solving.self_composition import Copy, Product
from lawmodel.reasoning.solving.z3_encoding import joined
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class View(ValueObject):
    """One side from which a case is looked at."""

    name: str
    readings: Mapping[str, str] = field(default_factory=dict)
    on: datetime.date | None = None
    stage: str | None = None
    rulebook: Rulebook | None = None
    """Another rulebook, where the case is looked at under the law of that one."""


@dataclass(frozen=True, slots=True)
class Wanted(ValueObject):
    """What the case is to show, besides that the sides (if there are several) come to different outcomes."""

    outcome: str | None = None
    grounds: tuple[str, ...] = ()
    """Provisions that must be among the grounds."""
    only_ground: str | None = None
    """The provision that must be the only ground."""
    brings: tuple[str, ...] = ()
    """Consequences that must follow beside the outcome."""


ANYTHING: Final = Wanted()
Shown: TypeAlias = tuple[str | None, tuple[str, ...], tuple[str, ...]]
"""The outcome, its grounds, and what follows of that which is wanted."""


def find(
    rulebook: Rulebook,
    question: str,
    views: Sequence[View],
    wanted: Wanted = ANYTHING,
    *,
    given: Case | TypedCase | None = None,
    readings: Mapping[str, str] | None = None,
    seed: int | None = None,
) -> Iterator[Found]:
    """The simplest case that shows what is wanted, then the simplest essentially different one, and so on.

    Cases are essentially different if the outcomes or the grounds that they have are. When there is none left the
    iterator ends, and that is a proof. ``given`` is what all of them have in common, the law and the readings of that
    case included; ``readings`` settles others. With a ``seed`` each case is made like one from life, as far as the same
    is true of it: with persons, values and days that the rulebook calls likely.
    Raises `ProblemsFound` for whatever is wrong with what is given, at once and not only when a case is asked for.
    """
    case = as_case(rulebook, given or Case())
    raise_problems(*_kind_problems(views, wanted))
    raise_problems(*readings_problems(rulebook, readings), *_problems(rulebook, question, views, wanted))
    sides = [replace(view, on=view.on or case.on, stage=view.stage or case.stage) for view in views]
    return _found(_Search(rulebook, question, sides, wanted, case, {**case.readings, **(readings or {})}, seed))


def _found(search: _Search) -> Iterator[Found]:
    while (found := search.next()) is not None:
        yield found


def _kind_problems(views: object, wanted: object) -> Iterator[Problem]:
    """Whether these are sides at all, and something that can be wanted."""
    sides = list(views) if isinstance(views, Sequence) and not isinstance(views, str) else [views]
    if not sides or not isinstance(views, Sequence) or not all(isinstance(one, View) for one in sides):
        yield Problem("at least one side is needed, each a View", 'Give a list, such as [View("")].', "views")
    if not isinstance(wanted, Wanted):
        yield Problem(f"a Wanted is needed, and this is {kind_of(wanted)}", 'Such as Wanted("outcome").', "wanted")


def _problems(rulebook: Rulebook, question: str, views: Sequence[View], wanted: Wanted) -> Iterator[Problem]:
    """Everything in what is to be found that the law does not know."""
    unknown_question = list(question_problems(rulebook, question))
    yield from unknown_question
    yield from view_problems(rulebook, views)
    for view in views:
        if view.rulebook is not None:
            yield from question_problems(view.rulebook, question)
    if wanted.outcome is not None and not unknown_question:
        yield from outcome_problems(rulebook, question, wanted.outcome, "wanted, outcome")
    law = views[0].rulebook or rulebook
    provisions = [name for name, one in law.provisions.items() if one.question == question]
    for ground in (*wanted.grounds, *([] if wanted.only_ground is None else [wanted.only_ground])):
        if ground not in provisions:
            yield no_such(ground, provisions, "wanted, grounds")
    for name in wanted.brings:
        if name not in law.consequences:
            yield no_such(name, law.consequences, "wanted, brings")


def view_problems(rulebook: Rulebook, views: Sequence[View]) -> Iterator[Problem]:
    """Whether the law knows what the sides choose from which a case is looked at."""
    for view in views:
        law = view.rulebook or rulebook
        yield from law_problems(law, view.readings, view.on, view.stage, of=f"view {view.name or 'without a name'}, ")


def seen_from(view: View, law: Rulebook, question: str, case: Case, readings: Mapping[str, str]) -> SideAnswer:
    """The answer from one side, by its law, with those of the chosen readings that bear on the question."""
    chosen = chosen_in(law, {**readings, **view.readings})
    known = known_to(law, case)
    answer = decide(law, known, question, readings=chosen, on=view.on, stage=view.stage, forward_chaining=False)
    bearing = decider(law, question, view.stage, on_a_day=view.on is not None).comparisons.occurring
    shown = {name: option for name, option in chosen.items() if reading_key(name) in bearing}
    return SideAnswer(view.name, shown, view.on, view.stage, answer)


class _Search:
    def __init__(
        self,
        rulebook: Rulebook,
        question: str,
        views: Sequence[View],
        wanted: Wanted,
        given: Case,
        readings: Mapping[str, str],
        seed: int | None = None,
    ) -> None:
        self._seed = seed
        self._rulebook, self._question, self._views = rulebook, question, list(views)
        self._wanted, self._given, self._readings = wanted, given, readings
        laws = [view.rulebook for view in self._views if view.rulebook is not None]
        self._space = Product([self._side(view) for view in views], open_valuation(rulebook, laws, given))
        self._preferences = list(preferences(rulebook, self._space.encoding.variables))
        self._conditions = list(self._wanting())

    def _law(self, view: View) -> Rulebook:
        return view.rulebook or self._rulebook

    def _side(self, view: View) -> Copy:
        law = self._law(view)
        resolved = decider(law, self._question, view.stage, on_a_day=view.on is not None).question
        brought = {name: followed(resolved, name) for name in self._wanted.brings}
        return Copy(resolved, settled(law, {**self._readings, **view.readings}, view.on), brought)

    def _wanting(self) -> Iterator[str]:
        space, wanted = self._space, self._wanted
        if len(self._views) > 1:
            pairs = [(one, other) for other in range(len(self._views)) for one in range(other)]
            yield joined("or", [space.differ(one, other) for one, other in pairs])
        if wanted.outcome is not None:
            yield space.outcome(0, wanted.outcome)
        for ground in (*wanted.grounds, *([wanted.only_ground] if wanted.only_ground else [])):
            yield space.ground(0, ground)
        yield from (space.stated(0, name) for name in wanted.brings)
        if wanted.only_ground is not None:
            others = [rule.id for rule in space.sides[0].question.rules if rule.id != wanted.only_ground]
            yield joined("and", [f"(not {space.ground(0, other)})" for other in others])

    # --- one case after the other ------------------------------------------------------------------

    def next(self) -> Found | None:
        values = self._space.simplest(self._conditions, self._preferences)
        if values is None:
            return None
        case, readings = self._case(values)
        found = [self._gist(view, case, readings) for view in self._views]
        self._conditions.append(self._otherwise(found))
        case, readings = self._trimmed(case, readings, found)
        if self._seed is not None:
            case = self._as_in_life(case, readings, found, self._seed)
        seen = tuple(seen_from(view, self._law(view), self._question, case, readings) for view in self._views)
        return Found(self._rulebook, self._question, case, readings, seen)

    def _as_in_life(self, case: Case, readings: Mapping[str, str], wanted: Sequence[Shown], seed: int) -> Case:
        """The case with likely persons, values and days, as far as all sides come to the same."""
        given, odd = self._given.facts, self._odd(case)

        def serves(changed: Case) -> bool:
            if any(changed.facts.get(path) != value for path, value in given.items()):
                return False
            return self._shows(changed, readings, wanted) and self._odd(changed) <= odd

        return lifelike(self._rulebook, case, random.Random(f"{seed} {case.facts}"), serves)  # noqa: S311 - no secret

    def _odd(self, case: Case) -> set[str]:
        """What is odd about a case."""
        made = decider(self._rulebook, self._question, self._views[0].stage)
        known = known_to(self._rulebook, case)
        return {one.says for one in made.oddities(known, made.value(known, None, None).valuation.values)}

    def _case(self, values: Values) -> tuple[Case, dict[str, str]]:
        """The case of a completion, with what is ordinary left out; and the options of readings that are open."""
        facts: dict[str, GivenValue] = {}
        for law in (self._rulebook, *(view.rulebook for view in self._views if view.rulebook is not None)):
            facts |= facts_of(law, values)
        facts |= given_with(self._given, values)
        readings = dict(self._readings)
        for key, value in values.items():
            name = key.partition(":")[2]
            if name in self._rulebook.readings:
                readings[name] = str(value)
        return Case(facts=facts, presume=True, title=self._given.title, questions=(self._question,)), readings

    def _gist(self, view: View, case: Case, readings: Mapping[str, str]) -> Shown:
        """The outcome from one side, if it is certain, with what it has throughout: grounds, and what is wanted."""
        law = self._law(view)
        made = decider(law, self._question, view.stage, on_a_day=view.on is not None)
        valued = made.value(known_to(law, case), chosen_in(law, {**readings, **view.readings}), view.on)
        possible = made.possible(valued.valuation)
        if len(possible) != 1:
            return None, (), ()
        follows = consequences(made, valued.valuation, possible) if self._wanted.brings else []
        brought = [one.id for one in follows if one.certain and one.id in self._wanted.brings]
        return possible[0], grounds_of(made, valued.valuation, possible[0])[0], tuple(brought)

    def _shows(self, case: Case, readings: Mapping[str, str], wanted: Sequence[Shown]) -> bool:
        """Whether there can be such a case on every side, and it shows the same there."""
        try:
            return [self._gist(view, case, readings) for view in self._views] == wanted
        except ProblemsFound:
            return False

    def _otherwise(self, found: Sequence[Shown]) -> str:
        """That a case is essentially different from one with these outcomes and grounds."""
        parts = []
        for side, (outcome, grounds, _) in enumerate(found):
            if outcome is None:
                raise AssertionError("a completion that the solver found is not determined")
            parts.append(self._space.outcome(side, outcome))
            for rule in self._space.sides[side].question.rules:
                if outcome in dict(rule.concludes):
                    ground = self._space.ground(side, rule.id)
                    parts.append(ground if rule.id in grounds else f"(not {ground})")
        return f"(not {joined('and', parts)})"

    # --- leaving out what is not needed ------------------------------------------------------------

    def _trimmed(self, case: Case, readings: dict[str, str], wanted: Sequence[Shown]) -> tuple[Case, dict[str, str]]:
        """The case without anything that can be left open while all sides come to the same outcomes and grounds."""
        for name in [name for name in readings if name not in self._readings]:
            fewer = {other: option for other, option in readings.items() if other != name}
            readings = fewer if self._shows(case, fewer, wanted) else readings
        keep = {*self._given.facts, self._rulebook.law_date}
        return trimmed(case, keep, lambda candidate: self._shows(candidate, readings, wanted)), readings
