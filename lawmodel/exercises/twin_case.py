"""The twin of a case: another, on which a reason that happened to lead to the right outcome leads to a wrong one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from lawmodel.case.case import Case
from lawmodel.case.plain import plain_facts
from lawmodel.case.telling_case import telling_case
from lawmodel.dataclass import dataclass
from lawmodel.exercises.diagnosis import Hypothesis
from lawmodel.exercises.exercise import LAW, Exercise
from lawmodel.exercises.making import PRESUMED
from lawmodel.exercises.predictions import AskedCase, HeldLaws, asked_case
from lawmodel.exercises.prose.story import NotTold, tell
from lawmodel.exercises.words import outcome_sentence
from lawmodel.inquiry.searching.find import View, find
from lawmodel.rulebook.held_law import held_law
from lawmodel.value_object import ValueObject

SEED: Final = 1
"""The same twin is told each time."""


@dataclass(frozen=True, slots=True)
class TwinCase(ValueObject):
    """A case on which the law, and whoever holds a misconception, come to different outcomes."""

    misconception: str
    story: str
    case: Mapping[str, Any]
    """``facts`` and ``presume`` as a case file has them."""
    by_law: str
    """What the law answers there, as a sentence."""
    by_misconception: str
    """What one answers there who holds the misconception, as a sentence."""


def reaches_the_same(laws: HeldLaws, exercise: Exercise, misconception: str) -> bool:
    """Whether one who holds a misconception comes to the outcome of the law on the case of an exercise."""
    asked = asked_case(laws.rulebook, exercise)
    outcomes = None if asked is None else _outcomes(laws, asked, misconception)
    return outcomes is not None and outcomes[0] == outcomes[1]


def twin_case(laws: HeldLaws, question: str, misconception: str) -> TwinCase | None:
    """The case that the rulebook gives for a misconception, or else the simplest that shows it.

    None where no case that can be told shows it by its outcome.
    """
    rulebook = laws.rulebook
    for case in _cases(laws, question, misconception):
        outcomes = _outcomes(laws, AskedCase(misconception, case, question), misconception)
        if outcomes is None or outcomes[0] == outcomes[1]:
            continue
        try:
            story = tell(rulebook, case, question, seed=SEED)
        except NotTold:
            continue
        written = {"presume": PRESUMED, "facts": plain_facts(rulebook, case.facts)}
        by_law, theirs = (outcome_sentence(rulebook, question, one) for one in outcomes)
        return TwinCase(misconception, story.text, written, by_law, theirs)
    return None


def _outcomes(laws: HeldLaws, asked: AskedCase, misconception: str) -> tuple[str, str] | None:
    """The outcome of the law and that of the misconception; None where one of them is open, or there is no such."""
    if misconception not in laws.rulebook.misconceptions:
        return None
    hypotheses = (Hypothesis(LAW, ""), Hypothesis(misconception, "", (misconception,)))
    ours, theirs = (laws.answer(one, asked) for one in hypotheses)
    if ours is None or theirs is None or ours.outcome is None or theirs.outcome is None:
        return None
    return ours.outcome, theirs.outcome


def _cases(laws: HeldLaws, question: str, misconception: str) -> Iterator[Case]:
    rulebook = laws.rulebook
    one = rulebook.misconceptions.get(misconception)
    if one is None:
        return
    if one.question == question and not one.readings and one.on is None and one.stage is None:
        yield telling_case(rulebook, one)
    views = [View(LAW), View(misconception, rulebook=held_law(rulebook, misconception))]
    found = next(find(rulebook, question, views, seed=SEED), None)
    if found is not None:
        yield found.case
