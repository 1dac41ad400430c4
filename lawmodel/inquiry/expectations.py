"""Whether cases answer as they are expected to: what makes a scenario a test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case, Expectation
from lawmodel.inquiry.decide import decide
from lawmodel.problems import Problem
from lawmodel.rulebook.model import Rulebook


def unmet(rulebook: Rulebook, case: Case, *, forward_chaining: bool = True) -> Iterator[Problem]:
    """Every expectation of a case that its answer does not meet."""
    for expectation in case.expectations:
        answer = decide(
            rulebook,
            case,
            expectation.question,
            readings=expectation.readings,
            on=expectation.on,
            stage=expectation.stage,
            forward_chaining=forward_chaining,
        )
        for what, expected, found in differences(expectation, answer):
            place = expectation.place
            yield Problem(
                f"{case.variant or 'the case'}, {_under(expectation)}: {what} expected {expected}, found {found}",
                "Correct the expectation, or the law that it tests.",
                place.file if place else case.name,
                place.line if place else 0,
                place.column if place else 0,
            )


def differences(expectation: Expectation, answer: Answer) -> Iterator[tuple[str, str, str]]:
    """What differs: the key, what was expected, what was found. Keys that expect nothing are not compared."""
    if expectation.status is not None and expectation.status != answer.status:
        yield "status", expectation.status, answer.status
    if expectation.outcome is not None and expectation.outcome != answer.outcome:
        yield "outcome", expectation.outcome, answer.outcome or f"{answer.status} ({_row(answer.possible)})"
    if expectation.possible is not None and set(expectation.possible) != set(answer.possible):
        yield "possible", _row(expectation.possible), _row(answer.possible)
    grounds = [ground.id for ground in answer.grounds]
    if expectation.grounds is not None and set(expectation.grounds) != set(grounds):
        yield "grounds", _row(expectation.grounds), _row(grounds)
    if expectation.turns_on is not None and set(expectation.turns_on) != {
        tuple(sorted(group)) for group in answer.turns_on
    }:
        yield "turns_on", _row(map(_row, expectation.turns_on)), _row(map(_row, answer.turns_on))
    follow = [one.id for one in answer.consequences if one.certain]
    if expectation.consequences is not None and set(expectation.consequences) != set(follow):
        yield "consequences", _row(expectation.consequences), _row(follow)
    if expectation.rests_on is not None and set(expectation.rests_on) != set(answer.rests_on):
        yield "rests_on", _row(expectation.rests_on), _row(answer.rests_on)


def _under(expectation: Expectation) -> str:
    parts = [expectation.question]
    if expectation.told_by is not None:
        parts.append(f"told by {expectation.told_by}")
    parts += [f"{name}={option}" for name, option in expectation.readings.items()]
    if expectation.on is not None:
        parts.append(f"on {expectation.on}")
    if expectation.stage is not None:
        parts.append(f"at stage {expectation.stage}")
    return ", ".join(parts)


def _row(names: Iterable[str]) -> str:
    return f"[{', '.join(names)}]"
