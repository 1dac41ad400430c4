"""Whether a case can be as it is written, and what is odd about it, for every question that it asks."""

from __future__ import annotations

from lawmodel.case.case import Case
from lawmodel.inquiry.decider import decider, place_in
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook


def consistency_of(rulebook: Rulebook, case: Case) -> tuple[list[Problem], list[Problem]]:
    """Why no case can be so, and what is odd, each once; of a case that asks nothing, for every question."""
    impossible: dict[Problem, None] = {}
    odd: dict[Problem, None] = {}
    for question in case.asked() or rulebook.questions:
        made = decider(rulebook, question, case.stage, on_a_day=case.on is not None)
        try:
            values = made.value(case, case.readings, case.on).valuation.values
        except ProblemsFound as found:
            impossible.update(dict.fromkeys(found.problems))
            continue
        for rule in made.oddities(case, values):
            mend = f"If it is meant so, leave it: the answer is the same (`{rule.id}`)."
            odd[Problem(f"{case.variant or 'the case'}: {rule.says}", mend, *place_in(case, rule))] = None
    return [*impossible], [*odd]
