"""Facts that change nothing, told beside the case: by them other provisions nearly apply, or somebody finds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from lawmodel.case.case import Case
from lawmodel.case.values import UNKNOWN, decode_text
from lawmodel.exercises.exercise import AnswerInBrief
from lawmodel.exercises.making import Making
from lawmodel.inputs import GivenValue
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook

TRIED: Final = 8
"""So many facts are tried."""
MOST_BESIDE: Final = 2
"""So many are told beside a case at most: more would be ornament."""
WEIGHT_BESIDE: Final = 4
"""What they add to the weight of a case, nearly always at most: each another provision that nearly applies."""
Worth: TypeAlias = Callable[[Case, AnswerInBrief], int]
"""How many options a case gives that are more than fillers."""


def with_facts_beside(
    making: Making, case: Case, ours: AnswerInBrief, worth: Worth, wanted: int
) -> tuple[Case, AnswerInBrief]:
    """The case with facts that leave outcome and grounds as they are, until it is worth as much as wanted, or more.

    Of the facts of other cases each is tried, one after the other; the answer may have more provisions beside.
    """
    best = worth(case, ours)
    added = 0
    for path, value in _facts(making, case):
        if best >= wanted or added == MOST_BESIDE:
            break
        changed = replace(case, facts={**case.facts, path: value})
        try:
            theirs = making.laws.answer(changed)
            if (theirs.outcome, theirs.grounds) != (ours.outcome, ours.grounds) or not making.can_be(changed):
                continue
            found = worth(changed, theirs)
        except ProblemsFound:
            continue
        if found > best:
            case, ours, best, added = changed, theirs, found, added + 1
    return case, ours


def _facts(making: Making, case: Case) -> Sequence[tuple[str, GivenValue]]:
    """Single facts that are not as usual, in an order of chance: what the question reads, and what other cases say.

    Those come first that count for somebody alone who errs.
    """
    law = making.laws.rulebook
    read = {path for paths in making.laws.law.inputs_by_rule for path in paths}
    likely: list[tuple[str, GivenValue]] = [
        (path, held) for path in sorted(read) if (held := _otherwise(law, path)) is not None
    ]
    likely += [
        (path, value)
        for other in making.laws.telling_cases
        for path, value in other.facts.items()
        if not law.facts[path].of
        and law.facts[path].sort != "date"
        and value is not None
        and not _is_usual(law, path, value)
    ]
    drawn = [one for one in dict.fromkeys(likely) if one[0] not in case.facts]
    making.chosen.shuffle(drawn)
    by_some = frozenset[str]().union(*making.laws.read_besides.values())
    return sorted(drawn, key=lambda one: one[0] not in by_some)[:TRIED]


def _otherwise(law: Rulebook, path: str) -> bool | None:
    """Of what is yes or no: what it usually is not; None of everything else, or where nothing is usual."""
    fact = law.facts.get(path)
    if fact is None or fact.sort != "yes/no":
        return None
    return next((held for held in (True, False) if _is_usual(law, path, not held)), None)


def _is_usual(law: Rulebook, path: str, value: GivenValue) -> bool:
    """Whether a value is the ordinary one, or that which leaving out means."""
    usual = law.facts[path].ordinary or law.facts[path].left_out
    return isinstance(usual, str) and usual != UNKNOWN and value == decode_text(law, law.facts[path], usual)
