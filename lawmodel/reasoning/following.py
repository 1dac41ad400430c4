"""What follows beside the outcome, as a question of its own, of which the grounds are the consequences."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lawmodel.reasoning.formula import FALSE, TRUE, Formula, Not, ResolvedQuestion, Rule, all_of, any_of

FOLLOWS: Final = "follows"
NOTHING: Final = "nothing"


def following(question: ResolvedQuestion) -> ResolvedQuestion | None:
    """A question of which the grounds are the consequences that follow; None where there can be none.

    A consequence follows where a provision that brings it applies and, if the provision concludes anything, supports
    the outcome; or from the outcome itself.
    """
    found: dict[str, list[Formula]] = {}
    for rule in question.rules:
        for name, condition in rule.brings:
            found.setdefault(name, []).append(all_of(rule.applies, condition, supports_the_outcome(question, rule)))
    for name, outcomes in question.follows:
        found.setdefault(name, []).extend(_is_the_outcome(question, outcome) for outcome in outcomes)
    if not found:
        return None
    rules = tuple(Rule(name, any_of(*conditions), ((FOLLOWS, TRUE),)) for name, conditions in found.items())
    return replace(question, outcomes=(FOLLOWS, NOTHING), rules=rules, follows=())


def followed(question: ResolvedQuestion, consequence: str) -> Formula:
    """That a consequence follows."""
    follows = following(question)
    rules = () if follows is None else follows.rules
    return next((rule.applies for rule in rules if rule.id == consequence), FALSE)


def supports_the_outcome(question: ResolvedQuestion, rule: Rule) -> Formula:
    """That a rule that applies speaks for the outcome; true of one that concludes nothing."""
    if not rule.concludes:
        return TRUE
    supported = [all_of(condition, Not(_stronger(question, outcome))) for outcome, condition in rule.concludes]
    return any_of(*supported)


def _is_the_outcome(question: ResolvedQuestion, outcome: str) -> Formula:
    """That a question comes to this outcome: a rule speaks for it, unless it is the last, and none for a stronger."""
    if outcome == question.outcomes[-1]:
        return Not(_stronger(question, outcome))
    speaking = (
        all_of(rule.applies, condition)
        for rule in question.rules
        for concluded, condition in rule.concludes
        if concluded == outcome
    )
    return all_of(any_of(*speaking), Not(_stronger(question, outcome)))


def _stronger(question: ResolvedQuestion, outcome: str) -> Formula:
    """That some rule speaks for a stronger outcome."""
    stronger = question.outcomes[: question.outcomes.index(outcome)]
    speaking = [
        all_of(rule.applies, condition)
        for rule in question.rules
        for concluded, condition in rule.concludes
        if concluded in stronger and condition != FALSE
    ]
    return any_of(*speaking)
