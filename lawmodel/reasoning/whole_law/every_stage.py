"""A question at every stage of its bills at once: which stage it is becomes one more input.

The formulas of a question at two stages differ only in the days from which an instrument counts as law. Where they do,
a choice by the stage stands, so that what is proved of the merged question is proved of every stage.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from lawmodel.reasoning.formula import (
    TRUE,
    Choose,
    Domain,
    Formula,
    ResolvedQuestion,
    Rule,
    Scalar,
    children,
    reading_key,
    rebuild,
)
from lawmodel.reasoning.resolve import DATED_KEY, resolve, resolve_otherwise
from lawmodel.rulebook.dateline import became_law
from lawmodel.rulebook.model import Rulebook

STAGE: Final = "stage of the law"
"""The name of the input; no reading can have it."""
STAGE_KEY: Final = reading_key(STAGE)


def resolve_at_every_stage(rulebook: Rulebook, question: str, stages: Sequence[str] = ()) -> ResolvedQuestion:
    """A question of the rulebook, with its stage as an input; KeyError if there is no such question.

    ``stages`` are those that the input can be; by default one for each law that there is at some stage.
    """
    return at_every_stage(resolve_at_each_stage(rulebook, question, stages or stages_that_differ(rulebook)))


def resolve_at_each_stage(rulebook: Rulebook, question: str, stages: Sequence[str]) -> dict[str, ResolvedQuestion]:
    """A question of the rulebook at some of its stages; what is the same as at the first of them is the same objects.

    Raises `KeyError` if there is no such question.
    """
    first = resolve(rulebook, question, stages[0], dated="either")
    since = _law_since(rulebook, stages[0])
    found = {stages[0]: first}
    for stage in stages[1:]:
        others = [law for law, day in _law_since(rulebook, stage).items() if day != since[law]]
        found[stage] = resolve_otherwise(first, others, rulebook, stage, "either")
    return found


def _law_since(rulebook: Rulebook, stage: str) -> dict[str, datetime.date | None]:
    """The day on which each instrument became law, for bills that reached a stage."""
    steps = {name: became_law(rulebook, one, stage) for name, one in rulebook.instruments.items()}
    return {name: None if step is None else step.date for name, step in steps.items()}


def of_every_law(rulebook: Rulebook) -> dict[str, None]:
    """The inputs that say which law is applied, all open: the stage; and how its day is known, if that can differ."""
    return dict.fromkeys((STAGE_KEY, *([] if rulebook.law_day is None else [DATED_KEY])))


def of_law(rulebook: Rulebook, stage: str, on: datetime.date | None) -> dict[str, Scalar]:
    """Of those inputs the values for a stage, and for a day that is chosen or not."""
    found: dict[str, Scalar] = {STAGE_KEY: stage}
    if rulebook.law_day is not None:
        found[DATED_KEY] = "by_facts" if on is None else "by_choice"
    return found


def stages_that_differ(rulebook: Rulebook) -> list[str]:
    """The last stage, and of the others the last of those at which the same is law since the same days."""
    return list(dict.fromkeys(standing_for(rulebook).values()))


def standing_for(rulebook: Rulebook) -> dict[str, str]:
    """For each stage, the last one first, the stage at which the same is law since the same days."""
    found: dict[tuple[datetime.date | None, ...], str] = {}
    named: dict[str, str] = {}
    for stage in reversed(rulebook.stages):
        named[stage.id] = found.setdefault(tuple(_law_since(rulebook, stage.id).values()), stage.id)
    return named


def at_every_stage(questions: Mapping[str, ResolvedQuestion]) -> ResolvedQuestion:
    """One question for several stages: the same question of one rulebook, by the id of the stage."""
    stages, each = list(questions), list(questions.values())
    rules = []
    for alike in zip(*(one.rules for one in each), strict=True):
        concludes = _merged_cases(stages, [rule.concludes for rule in alike])
        brings = _merged_cases(stages, [rule.brings for rule in alike])
        rules.append(Rule(alike[0].id, _merged(stages, [rule.applies for rule in alike]), concludes, brings))
    domains = {**each[0].domains, STAGE_KEY: Domain("choice", tuple(stages))}
    excluded = tuple(_merged(stages, alike) for alike in zip(*(one.excluded for one in each), strict=True))
    return replace(each[0], rules=tuple(rules), domains=domains, excluded=excluded)


def _merged_cases(
    stages: Sequence[str], cases: Sequence[tuple[tuple[str, Formula], ...]]
) -> tuple[tuple[str, Formula], ...]:
    return tuple(
        (alike[0][0], _merged(stages, [formula for _, formula in alike])) for alike in zip(*cases, strict=True)
    )


def _merged(stages: Sequence[str], formulas: Sequence[Formula]) -> Formula:
    first = formulas[0]
    if all(one is first or one == first for one in formulas):
        return first
    inner = [children(one) for one in formulas]
    heads = {rebuild(one, [TRUE] * len(parts)) for one, parts in zip(formulas, inner, strict=True)}
    if len(heads) == 1 and inner[0]:
        return rebuild(first, [_merged(stages, parts) for parts in zip(*inner, strict=True)])
    return Choose(STAGE, tuple(zip(stages, formulas, strict=True)))
