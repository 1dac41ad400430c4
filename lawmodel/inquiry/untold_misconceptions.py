"""Whether misconceptions show: each on its case, where the law answers one thing and who holds it another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from lawmodel.case.case import Case
from lawmodel.case.telling_case import telling_case
from lawmodel.inquiry.answer_in_brief import answer_in_brief
from lawmodel.inquiry.consequences import consequences
from lawmodel.inquiry.decider import Decider
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.held_law import held_law
from lawmodel.rulebook.misconception import Misconception, ToldAnswer
from lawmodel.rulebook.model import Rulebook


def misconceptions_untold(rulebook: Rulebook) -> Iterator[Problem]:
    """Every misconception whose case has another answer than it says, under the law or as it is held.

    A case that is none is passed over: what is wrong with it `telling_case` says.
    """
    own: dict[tuple[str, str], Decider] = {}
    for one in rulebook.misconceptions.values():
        stage = one.stage or rulebook.ordinary_stage
        law = own.get((one.question, stage)) or Decider(rulebook, one.question, stage)
        own[one.question, stage] = law
        held = Decider(held_law(rulebook, one.id), one.question, stage)
        with suppress(ProblemsFound):
            case = telling_case(rulebook, one)
            yield from _unlike(one, "the law", one.law, law, case)
            yield from _unlike(one, "who holds it", one.held, held, case)


def _unlike(one: Misconception, whose: str, expected: ToldAnswer, made: Decider, case: Case) -> Iterator[Problem]:
    for what, said, found in _differences(expected, made, case):
        yield Problem(
            f"`{one.id}`, {whose}: {what} expected {said}, found {found}",
            "Correct what is expected, the case, or the edit.",
            expected.place.file,
            expected.place.line,
            expected.place.column,
        )


def _differences(expected: ToldAnswer, made: Decider, case: Case) -> Iterator[tuple[str, str, str]]:
    answer = answer_in_brief(made, case)
    if answer.outcome != expected.outcome:
        yield "outcome", expected.outcome, answer.outcome or f"{answer.status} ({', '.join(answer.possible)})"
    if {*answer.grounds} != {*expected.grounds}:
        yield "grounds", f"[{', '.join(expected.grounds)}]", f"[{', '.join(answer.grounds)}]"
    if expected.consequences is not None:
        valuation = made.value(case, case.readings, case.on).valuation
        follow = [each.id for each in consequences(made, valuation, answer.possible) if each.certain]
        if {*follow} != {*expected.consequences}:
            yield "consequences", f"[{', '.join(expected.consequences)}]", f"[{', '.join(follow)}]"
