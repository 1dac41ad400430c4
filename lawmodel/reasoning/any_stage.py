"""A question with the stage of the law left open: it becomes one more input, in the form of a reading.

What is asked of a resolved question is then asked of every stage that bills may have reached, at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from lawmodel.reasoning.formula import FALSE, Choose, Domain, Formula, ResolvedQuestion, Rule, reading_key
from lawmodel.reasoning.resolve import resolve
from lawmodel.rulebook.dateline import became_law
from lawmodel.rulebook.model import Rulebook

STAGE: Final = "stage:of-law"
"""The name of the reading that the stage is: no reading of a rulebook can be called so."""
STAGE_KEY: Final = reading_key(STAGE)

Conditions: TypeAlias = "tuple[tuple[str, Formula], ...]"


def resolve_any_stage(rulebook: Rulebook, question: str, stages: Sequence[str] = ()) -> ResolvedQuestion:
    """A question of the rulebook, with its stage as an input; KeyError if there is no such question.

    ``stages`` are those that the input can be; by default one for each law that there is at some stage.
    """
    resolved = {stage: resolve(rulebook, question, stage) for stage in stages or stages_that_differ(rulebook)}
    first = next(iter(resolved.values()))
    named = tuple(resolved)
    rules = tuple(_of_any_stage(named, [one.rules[place] for one in resolved.values()]) for place in _places(first))
    return replace(first, rules=rules, domains={**first.domains, STAGE_KEY: Domain("choice", named)})


def stages_that_differ(rulebook: Rulebook) -> list[str]:
    """The last stage, and of the others the last of those at which the same is law since the same days."""
    return list(dict.fromkeys(standing_for(rulebook).values()))


def standing_for(rulebook: Rulebook) -> dict[str, str]:
    """For each stage, the last one first, the stage at which the same is law since the same days."""
    found: dict[tuple[datetime.date | None, ...], str] = {}
    named: dict[str, str] = {}
    for stage in reversed(rulebook.stages):
        steps = [became_law(rulebook, one, stage.id) for one in rulebook.instruments.values()]
        named[stage.id] = found.setdefault(tuple(None if one is None else one.date for one in steps), stage.id)
    return named


def _places(question: ResolvedQuestion) -> range:
    return range(len(question.rules))


def _of_any_stage(stages: Sequence[str], rules: Sequence[Rule]) -> Rule:
    applies = _either(stages, [rule.applies for rule in rules])
    concludes = _each(stages, [rule.concludes for rule in rules])
    return Rule(rules[0].id, applies, concludes, _each(stages, [rule.brings for rule in rules]))


def _each(stages: Sequence[str], conditions: Sequence[Conditions]) -> Conditions:
    by_name: list[Mapping[str, Formula]] = [dict(one) for one in conditions]
    names = dict.fromkeys(name for one in by_name for name in one)
    return tuple((name, _either(stages, [one.get(name, FALSE) for one in by_name])) for name in names)


def _either(stages: Sequence[str], formulas: Sequence[Formula]) -> Formula:
    """What a formula is at each stage; the formula itself where it is the same at all."""
    if all(one == formulas[0] for one in formulas):
        return formulas[0]
    return Choose(STAGE, tuple(zip(stages, formulas, strict=True)))
