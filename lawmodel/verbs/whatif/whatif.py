"""What if something were otherwise: the question decided on both sides, and the provisions that differ."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from lawmodel.case.arguments import day_problems, raise_problems, stage_problems
from lawmodel.case.assignments import assignment_texts
from lawmodel.case.case import Case
from lawmodel.case.supposed import suppose
from lawmodel.inputs import Valuation
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.decide import answer_to
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import Formula, Rule, all_of
from lawmodel.reasoning.open_cases.exact_truth import exact_truth
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.whatif.record_numbers import RecordNumbers
from lawmodel.verbs.whatif.result import DifferingProvision, Effect, WhatIf
from lawmodel.verbs.whatif.trace_difference import trace_difference


def whatif(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    changes: Mapping[str, object] | Iterable[str] = (),
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
    then_on: datetime.date | None = None,
    then_stage: str | None = None,
) -> WhatIf:
    """Both answers to a question on a case, as it is and with changes, and what differs.

    ``changes`` are texts ``"NAME=VALUE"``, or a mapping from names to values. ``readings``, ``on`` and
    ``stage`` hold for both answers; ``then_on`` and ``then_stage`` are another law for the second.
    Raises `NotAnAssignment`, a `ProblemsFound`, for a change that means nothing; and what `decide` raises.
    """
    before = Ask(rulebook, case, question, readings=readings, on=on, stage=stage)
    raise_problems(*day_problems(then_on, "then_on"), *stage_problems(rulebook, then_stage, "then_stage"))
    texts = assignment_texts(changes)
    supposed = suppose(rulebook, before.case, texts, readings=before.readings, on=before.on, then_on=then_on)
    numbers = RecordNumbers(supposed.numbers)
    after = Ask(
        rulebook,
        supposed.case,
        question,
        readings=supposed.readings,
        on=then_on or before.on,
        stage=then_stage or before.stage,
    )
    was, now = answer_to(before), answer_to(after)
    differing = _differing(was.trace, tuple(map(numbers.trace, now.trace)), _effects(before), _effects(after))
    return WhatIf(was, now, supposed.changes, tuple(differing), numbers)


def _effects(ask: Ask) -> dict[str, Effect]:
    """What each provision comes to, by id."""
    made, valuation = ask.decider(), ask.valued().valuation
    return {rule.id: _effect(made, rule, valuation) for rule in made.question.rules}


def _effect(made: Decider, rule: Rule, valuation: Valuation) -> Effect:
    """What a provision comes to on a case, whatever completes it."""
    applies = exact_truth(made.question, rule.applies, valuation)
    if applies is False:
        return Effect(applies=False, speaks_for={}, brings={})

    def reached(conditions: Iterable[tuple[str, Formula]]) -> dict[str, bool]:
        found: dict[str, bool] = {}
        for name, further in conditions:
            truth = meaning(further)(valuation.values, NO_RECORD)
            if truth is None:
                truth = exact_truth(made.question, all_of(rule.applies, further), valuation)
            elif truth:
                truth = applies
            if truth is not False:
                found[name] = truth is True
        return found

    return Effect(applies, reached(rule.concludes), reached(rule.brings))


def _differing(
    was: Iterable[Trace], now: Iterable[Trace], before: Mapping[str, Effect], after: Mapping[str, Effect]
) -> Iterator[DifferingProvision]:
    """The provisions that differ, in the order of the traces, which is the same at every stage of the law."""
    for one, other in zip(was, now, strict=True):
        name = str(one.id)
        difference = trace_difference(one, other)
        if difference is not None or before[name] != after[name]:
            yield DifferingProvision(name, before[name], after[name], difference)
