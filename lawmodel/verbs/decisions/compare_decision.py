"""A reported decision compared with a rulebook, under every reading that bears on its question."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import reduce
from typing import Final, cast

from lawmodel.case.reported_decision import ReportedDecision, Verdict
from lawmodel.case.values import UNKNOWN
from lawmodel.inputs import READING_PREFIX, Value, reading_key
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decide import answer_to
from lawmodel.inquiry.sensitivity import in_order
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.reasoning.comparing.as_decided import AS_DECIDED, OTHERWISE, as_decided
from lawmodel.reasoning.comparing.choice_functions import ChoiceSpace
from lawmodel.reasoning.comparing.possible_by_reading import PossibleByReading
from lawmodel.reasoning.comparing.smallest_changes import SmallestChanges, smallest_changes
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.decisions.result import ComparedDecision

MOST_READINGS: Final = 40
"""So many readings are let go at once."""


def compare_decision(rulebook: Rulebook, decision: ReportedDecision) -> ComparedDecision:
    """How a decision stands to the rulebook, and what changes of readings would make it stand otherwise.

    The readings that the file chooses stay as they are. Raises `ProblemsFound` where no case can be as it is reported,
    or where too many readings bear on the question.
    """
    ask = Ask(rulebook, decision.case, decision.question)
    made, valued = ask.decider(), ask.valued()
    asked = as_decided(made.question, decision.outcome, decision.grounds)
    chosen = {name for name, option in ask.readings.items() if option != UNKNOWN}
    occurring = made.comparisons.occurring
    let_go = [name for name in rulebook.readings if reading_key(name) in occurring and name not in chosen]
    if len(let_go) > MOST_READINGS:
        message = f"{len(let_go)} readings bear on the question; {MOST_READINGS} are let go at most"
        raise ProblemsFound([Problem(message, "Choose some of them: `readings: {…}`.", decision.name)])
    keys = list(map(reading_key, let_go))
    space = ChoiceSpace({key: made.question.domains[key].choices for key in keys})
    function = PossibleByReading(asked, valued.valuation, space).function
    taken = {key: _by_default(valued.valuation.values[key]) for key in keys}
    now = set(space.values(space.fixed(function, {key: one for key, one in taken.items() if one is not None})))
    verdict = _verdict(reduce(_join, now))
    turns_on: tuple[tuple[str, ...], ...] = ()
    if verdict == "open":
        exact = CertainAnswers(asked, valued.valuation)
        turns_on = tuple(tuple(in_order(made, group)) for group in exact.turns_on())

    def changes(*verdicts: Verdict) -> SmallestChanges:
        found = smallest_changes(space, function, taken, lambda value: _verdict(value) in verdicts, _join)
        return SmallestChanges(tuple(map(_named, found.sets)), found.every)

    agreeing = None if verdict == "agrees" else changes("agrees")
    return ComparedDecision(
        decision=decision,
        answer=answer_to(ask),
        verdict=verdict,
        turns_on=turns_on,
        let_go=tuple(let_go),
        agrees_under=agreeing,
        open_under=changes("open") if verdict == "departs" and agreeing is not None and not agreeing.sets else None,
        not_under=changes("open", "departs") if verdict == "agrees" else None,
    )


def _by_default(value: Value) -> str | None:
    """The option of a reading; None where it is open."""
    return value if isinstance(value, str) else None


def _join(one: Hashable, other: Hashable) -> Hashable:
    """What is possible if either may be so."""
    either = {*cast("tuple[str, ...]", one), *cast("tuple[str, ...]", other)}
    return tuple(outcome for outcome in (AS_DECIDED, OTHERWISE) if outcome in either)


def _verdict(possible: Hashable) -> Verdict:
    if possible == (AS_DECIDED,):
        return "agrees"
    return "departs" if possible == (OTHERWISE,) else "open"


def _named(changes: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(READING_PREFIX): option for name, option in changes.items()}
