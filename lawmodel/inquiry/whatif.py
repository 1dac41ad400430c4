"""What if something were otherwise: the question decided on both sides, and the provisions that differ."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lawmodel.answer.answer import Answer
from lawmodel.answer.comparing.trace_difference import trace_difference
from lawmodel.answer.comparing.whatif import DifferingProvision, Effect, WhatIf
from lawmodel.answer.record_numbers import RecordNumbers
from lawmodel.case.assignments import assignment_texts
from lawmodel.case.case import Case
from lawmodel.case.supposed import suppose
from lawmodel.case.valuation import value_case
from lawmodel.inputs import Valuation
from lawmodel.inquiry.decide import TypedCase, decide
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import Formula, Rule, all_of
from lawmodel.reasoning.open_cases.exact_truth import exact_truth
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class _Side:
    """The case on one side, and the law that is applied to it."""

    rulebook: Rulebook
    question: str
    case: Case
    readings: Mapping[str, str] | None
    on: datetime.date | None
    stage: str | None

    def answer(self) -> Answer:
        return decide(self.rulebook, self.case, self.question, readings=self.readings, on=self.on, stage=self.stage)

    def effects(self) -> dict[str, Effect]:
        """What each provision comes to, by id."""
        made = decider(self.rulebook, self.question, self.stage)
        valuation = value_case(self.rulebook, self.case, self.readings, self.on).valuation
        return {rule.id: _effect(made, rule, valuation) for rule in made.question.rules}


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
    Raises `NotAnAssignment` for a change that means nothing; KeyError and `ProblemsFound` as `decide` does.
    """
    if not isinstance(case, Case):
        case = case.to_case()
    supposed = suppose(rulebook, case, assignment_texts(changes), readings=readings, on=on, then_on=then_on)
    numbers = RecordNumbers(supposed.numbers)
    before = _Side(rulebook, question, case, readings, on, stage)
    after = _Side(rulebook, question, supposed.case, supposed.readings, then_on or on, then_stage or stage)
    was, now = before.answer(), after.answer()
    provisions = tuple(_differing(was.trace, tuple(map(numbers.trace, now.trace)), before.effects(), after.effects()))
    return WhatIf(was, now, supposed.changes, provisions, numbers)


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
