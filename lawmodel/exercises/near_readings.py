"""Readings that are near to a case: those of the provisions that speak of it, or would under some reading."""

from __future__ import annotations

from collections.abc import Iterable

from lawmodel.case.case import Case
from lawmodel.exercises.laws import Laws
from lawmodel.inputs import reading_key


def disputed(laws: Laws) -> list[str]:
    """The readings of the question of which several options have a source."""
    return [
        name
        for name, reading in laws.rulebook.readings.items()
        if reading_key(name) in laws.law.comparisons.occurring
        and sum(bool(option.supported_by) for option in reading.options) > 1
    ]


def provisions_with(laws: Laws, reading: str) -> list[str]:
    """The provisions of the question that read a reading."""
    return [
        rule.id
        for rule, read in zip(laws.law.question.rules, laws.law.inputs_by_rule, strict=True)
        if reading_key(reading) in read
    ]


def near_readings(laws: Laws, cases: Iterable[Case]) -> set[str]:
    """The readings of provisions that carry the answer of somebody, or stand beside it, on one of the cases.

    What half the provisions read is near to none of them.
    """
    grounds: set[str] = set()
    for case in cases:
        for answer in (laws.answer(case), *laws.answers(case).values()):
            grounds.update((*answer.grounds, *answer.beside))
    most = max(1, len(laws.law.question.rules) // 2)
    reads = {name: provisions_with(laws, name) for name in disputed(laws)}
    return {name for name, found in reads.items() if len(found) <= most and any(one in grounds for one in found)}


def titled(laws: Laws, reading: str) -> str:
    """The point in dispute as a question, with the provision that it is about where there is one."""
    title, provisions = laws.rulebook.readings[reading].title, provisions_with(laws, reading)
    citations = {laws.rulebook.provisions[name].citation for name in provisions}
    return f"{citations.pop()}: {title}" if len(citations) == 1 else title
