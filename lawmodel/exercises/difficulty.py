"""How difficult an exercise is, counted: what the way to its answer needs. A prior, until enough answers are known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.exercises.exercise import Difficulty, Kind, Level
from lawmodel.exercises.explaining import Explanation
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.single_facts import without_numbers
from lawmodel.inputs import reading_key
from lawmodel.inquiry.answer_in_brief import answer_in_brief
from lawmodel.inquiry.decider import Decider
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.trace import Trace
from lawmodel.results.given_input import GivenInput

OF_KIND: Final[Mapping[Kind, int]] = {
    "outcome": 0,
    "order": 0,
    "ground": 1,
    "missing-fact": 1,
    "day": 1,
    "least-change": 2,
    "reading": 2,
    "contested": 2,
    "build": 3,
    "statement": 3,
}
"""What a kind asks for beyond an outcome."""
HARD: Final = 3
"""A kind from this on is of the third level at least."""
OF_A_PROOF: Final = 8
LEVELS: Final[tuple[tuple[float, Level], ...]] = ((8, 1), (13, 2), (18, 3))
COUNTED: Final = 4
OF_OPEN: Final = 2


def weight(one: Difficulty) -> float:
    """All parts together: facts, misconceptions and hidden readings once, readings by half, the rest twice."""
    twice = one.comparisons + one.further_records + one.near_misses + one.boundaries + one.kind
    readings = one.readings / 2 + OF_OPEN * min(1, one.open_readings)
    return one.facts + one.misconceptions + one.hidden_readings + 2 * twice + readings + OF_A_PROOF * one.proof


def level_of(one: Difficulty) -> Level:
    """The level, from 1 to 4."""
    found = level_at(weight(one))
    return 3 if one.kind >= HARD and found < HARD else found


def level_at(weighs: float) -> Level:
    """The level of what weighs so much, where its kind sets none."""
    return next((level for most, level in LEVELS if weighs <= most), 4)


def least_level(kind: Kind) -> Level:
    """The lowest level that an exercise of a kind can have."""
    return level_of(Difficulty(kind=OF_KIND[kind]))


def is_in_reach(
    level: Level, kind: Kind, explained: Explanation, otherwise: Iterable[str] = (), more: float = COUNTED
) -> bool:
    """Whether an exercise about a case may be of a level; asked before the parts of it are made that cost much.

    ``otherwise`` are those of whom it is known that they answer otherwise, ``more`` is what may be added to the weight
    that is known then. The smallest reason, which costs most, is looked for only where less does not tell.
    """
    if is_too_hard(level, kind, explained):
        return False
    besides = _besides(kind, explained, otherwise)
    least, most = (weight(_with_reason(explained, besides, facts)) for facts in (explained.needed, explained.given))
    if not level_at(least) <= level <= level_at(most + more):
        return False
    if level_at(most) <= level <= level_at(least + more):
        return True
    known = weight(_with_reason(explained, besides, explained.told_facts))
    return level_at(known) <= level <= level_at(known + more)


def is_too_hard(level: Level, kind: Kind, explained: Explanation, misconceptions: int = 0) -> bool:
    """Whether every exercise about a case is above a level, by what every reason has; found without one.

    ``misconceptions``: so many at least answer otherwise.
    """
    besides = replace(_of_trace(kind, explained), misconceptions=misconceptions)
    return level_of(_with_reason(explained, besides, explained.needed)) > level


def difficulty_of(kind: Kind, explained: Explanation, otherwise: Iterable[str]) -> Difficulty:
    """The difficulty of an exercise about a case; ``otherwise`` are those who answer otherwise than the law."""
    return _with_reason(explained, _besides(kind, explained, otherwise), explained.told_facts)


def _with_reason(explained: Explanation, besides: Difficulty, facts: Collection[GivenInput]) -> Difficulty:
    """The difficulty where these facts are told in the smallest reason."""
    rulebook = explained.laws.rulebook
    records = {one.name.partition("[")[2].partition("]")[0] for one in facts if "[" in one.name}
    return replace(
        besides,
        facts=len(facts),
        comparisons=sum(rulebook.fact(without_numbers(one.name)).sort == "date" for one in facts),
        further_records=max(0, len(records) - 1),
    )


def _besides(kind: Kind, explained: Explanation, otherwise: Iterable[str]) -> Difficulty:
    """What counts besides the facts of the smallest reason."""
    laws, case = explained.laws, explained.case
    matter = readings_that_matter(laws, case)
    return replace(
        _of_trace(kind, explained),
        misconceptions=min(COUNTED, sum(laws.is_a_mistake(name) for name in set(otherwise))),
        readings=len(matter),
        open_readings=sum(laws.rulebook.readings[name].default is None for name in matter),
        hidden_readings=len(hidden_readings(laws, case, explained.answered.grounds) - {*matter}),
    )


def _of_trace(kind: Kind, explained: Explanation) -> Difficulty:
    """What is counted in one trace of the decision."""
    boundaries = len(_boundaries(explained.answer.trace))
    return Difficulty(near_misses=len(explained.near), boundaries=boundaries, kind=OF_KIND[kind])


def hidden_readings(laws: Laws, case: Case, grounds: Iterable[str]) -> set[str]:
    """The readings that would matter if one of the grounds were taken away."""
    return {name for ground in grounds for name in readings_that_matter(laws, case, laws.without(ground))}


def readings_that_matter(
    laws: Laws, case: Case, decider: Decider | None = None
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The readings of which some option that a source supports makes another outcome possible, by the law or another.

    Each with the outcomes under each of its supported options, all other readings as they are taken.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    law = decider or laws.law
    before = answer_in_brief(law, case).possible
    for name, reading in laws.rulebook.readings.items():
        if reading_key(name) not in laws.law.comparisons.occurring:
            continue
        options: dict[str, tuple[str, ...]] = {}
        for option in reading.options:
            if option.supported_by or option.id == reading.default:
                try:
                    options[option.id] = answer_in_brief(law, case, {name: option.id}).possible
                except ProblemsFound:
                    continue
        if len({*options.values()} | {before}) > 1:
            found[name] = options
    return found


def _boundaries(trace: Iterable[Trace]) -> set[tuple[str, str]]:
    """The numbers and days that lie exactly on a boundary, each with the boundary."""
    found = set()
    for provision in trace:
        for step in provision.walk():
            compared = step.comparison
            if compared is None or compared.operator in ("is one of", "is the same as") or compared.value is None:
                continue
            if compared.value == compared.bound and not isinstance(compared.bound, bool):
                found.add((str(step.id), str(compared.bound_is or compared.bound)))
    return found
