"""What if something were otherwise: the question decided on both sides, and the provisions that differ."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from lawmodel.case.arguments import day_problems, raise_problems, stage_problems
from lawmodel.case.assignments import assignment_texts
from lawmodel.case.case import Case
from lawmodel.case.supposed import SupposedChange, suppose
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.decide import answer_to
from lawmodel.inquiry.distinguishing.differing_provisions import differing_provisions, effects
from lawmodel.problems import no_such
from lawmodel.rulebook.held_law import held_law, readings_held
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.whatif.record_numbers import RecordNumbers
from lawmodel.verbs.whatif.result import WhatIf


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
    then_held_by: str | None = None,
) -> WhatIf:
    """Both answers to a question on a case, as it is and with changes, and what differs.

    ``changes`` are texts ``"NAME=VALUE"``, or a mapping from names to values. ``readings``, ``on`` and
    ``stage`` hold for both answers; ``then_on`` and ``then_stage`` are another law for the second, and
    ``then_held_by`` is a misconception by which it is answered.
    Raises `NotAnAssignment`, a `ProblemsFound`, for a change that means nothing; and what `decide` raises.
    """
    before = Ask(rulebook, case, question, readings=readings, on=on, stage=stage)
    raise_problems(*day_problems(then_on, "then_on"), *stage_problems(rulebook, then_stage, "then_stage"))
    if then_held_by is not None and then_held_by not in rulebook.misconceptions:
        raise_problems(no_such(then_held_by, rulebook.misconceptions, "then_held_by"))
    texts = assignment_texts(changes)
    supposed = suppose(rulebook, before.case, texts, readings=before.readings, on=before.on, then_on=then_on)
    law = rulebook if then_held_by is None else held_law(rulebook, then_held_by)
    after = Ask(
        law,
        supposed.case,
        question,
        readings={**readings_held(rulebook, law), **supposed.readings},
        on=then_on or before.on,
        stage=then_stage or before.stage,
    )
    return side_by_side(before, after, supposed.changes, RecordNumbers(supposed.numbers))


def side_by_side(before: Ask, after: Ask, changes: tuple[SupposedChange, ...], numbers: RecordNumbers) -> WhatIf:
    """Both answers to a question, and what differs; ``changes`` lead from the first case to the second."""
    was, now = answer_to(before), answer_to(after)
    differing = differing_provisions(was.trace, tuple(map(numbers.trace, now.trace)), effects(before), effects(after))
    return WhatIf(was, now, changes, tuple(differing), numbers)
