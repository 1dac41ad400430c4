"""A class: what its members' answers are like, which limbs are held, and what to put on the board."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.exercises.diagnosis import (
    FOUND,
    GUESSES,
    SLIP_RATE,
    AnswerSheet,
    DiagnosticItem,
    Hypothesis,
    StudentDiagnosis,
    diagnosed,
    even_prior,
    normalised,
    posterior,
)
from lawmodel.exercises.exercise import LAW
from lawmodel.value_object import ValueObject

ROUNDS: Final = 60
"""Of the estimation, at most."""
STILL: Final = 1e-7
"""The estimation ends where the slip rate moves no more than this."""
SLIP_WEIGHT: Final = 20.0
"""For so many answers the first slip rate counts."""
PRIOR_WEIGHT: Final = 10.0
"""For so many students the first shares count."""
LEAST_SLIP: Final = 0.005
GREATEST_SLIP: Final = 0.4
NORMAL_95: Final = 1.959963984540054
GOOD_SHARE: Final = 1 / 3
Held: TypeAlias = Literal["held", "not held", "not tested"]


@dataclass(frozen=True, slots=True)
class Estimate(ValueObject):
    """What the class as a whole is like: how often an answer is a slip, and how many hold what."""

    slip_rate: float
    prior: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ShareOfClass(ValueObject):
    """How many of the class hold something, and between what bounds the share lies (95 %, Wilson)."""

    id: str
    says: str
    students: float
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LimbRow(ValueObject):
    """A limb, and who holds it."""

    limb: str
    held: tuple[Held, ...]
    """In the order of the students."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDiagnosis(ValueObject):
    """What the answers of a class are like."""

    students: tuple[StudentDiagnosis, ...]
    slip_rate: float
    shares: tuple[ShareOfClass, ...]
    """The largest first; what hardly anybody holds is left away."""
    limbs: tuple[LimbRow, ...]
    board: str | None
    """The item that parts the largest group that is wrong from the law."""
    board_parts: tuple[str, ...]
    """Who answers otherwise than the law there, by hypothesis."""
    suspect: tuple[str, ...]
    """Items that most of the best third missed: it is rather the item that is wrong."""


def estimate(
    items: Sequence[DiagnosticItem], hypotheses: Sequence[Hypothesis], sheets: Sequence[AnswerSheet]
) -> Estimate:
    """The slip rate and the shares of a class under which its answers are most probable (expectation maximisation).

    Both begin with what is supposed of every class, which keeps some weight.
    """
    names = [one.id for one in hypotheses]
    first = even_prior(hypotheses)
    prior, slip_rate = dict(first), SLIP_RATE
    counted = [_counted(items, names, sheet) for sheet in sheets]
    for _ in range(ROUNDS):
        held, slips, answers = dict.fromkeys(names, 0.0), 0.0, 0.0
        for table in counted:
            probable = _probable(table, prior, slip_rate)
            for name, share in probable.items():
                held[name] += share
                hits, misses, *_ = table[name]
                slips += share * misses
                answers += share * (hits + misses)
        before = slip_rate
        slip_rate = (slips + SLIP_WEIGHT * SLIP_RATE) / (answers + SLIP_WEIGHT)
        slip_rate = min(GREATEST_SLIP, max(LEAST_SLIP, slip_rate))
        whole = len(sheets) + PRIOR_WEIGHT
        prior = {name: (held[name] + PRIOR_WEIGHT * first[name]) / whole for name in names}
        if abs(slip_rate - before) < STILL:
            break
    return Estimate(slip_rate, prior)


_Counts: TypeAlias = tuple[int, int, float, float]
"""How many answers are as predicted and otherwise; the logarithm of the ways to slip; of those to guess."""


def _counted(items: Sequence[DiagnosticItem], names: Sequence[str], sheet: AnswerSheet) -> dict[str, _Counts]:
    given = sheet.given(items)
    found: dict[str, _Counts] = {}
    for name in names:
        hits, misses, ways, guessed = 0, 0, 0.0, 0.0
        for item, answer in given:
            expected, offered = item.predicted.get(name), max(2, len(item.offered))
            if expected is None:
                guessed += math.log(offered)
            elif answer == expected:
                hits += 1
            else:
                misses += 1
                ways += math.log(offered - 1)
        found[name] = hits, misses, ways, guessed
    return found


def _probable(table: Mapping[str, _Counts], prior: Mapping[str, float], slip_rate: float) -> dict[str, float]:
    stay, slip = math.log(1 - slip_rate), math.log(slip_rate)
    logs = {
        name: math.log(prior[name]) + hits * stay + misses * slip - ways - guessed
        for name, (hits, misses, ways, guessed) in table.items()
    }
    return normalised(logs, table)


def diagnose_class(
    items: Sequence[DiagnosticItem],
    hypotheses: Sequence[Hypothesis],
    sheets: Sequence[AnswerSheet],
    estimated: Estimate | None = None,
) -> ClassDiagnosis:
    """What the answers of a class are like, each student's and all together."""
    found = estimated or estimate(items, hypotheses, sheets)
    students = tuple(diagnosed(items, hypotheses, sheet, found.prior, found.slip_rate) for sheet in sheets)
    probable = [posterior(items, sheet, found.prior, found.slip_rate) for sheet in sheets if sheet.given(items)]
    board, parts = _board(items, probable)
    return ClassDiagnosis(
        students=students,
        slip_rate=found.slip_rate,
        shares=_shares(hypotheses, probable),
        limbs=_limbs(items, sheets),
        board=board,
        board_parts=parts,
        suspect=_suspect(items, sheets),
    )


def wilson(held: float, students: int) -> tuple[float, float]:
    """Between what bounds a share lies, of which ``held`` of so many were found (Wilson's score interval, 95 %)."""
    if not students:
        return 0.0, 1.0
    share, square = held / students, NORMAL_95**2
    middle = (share + square / (2 * students)) / (1 + square / students)
    spread = (
        math.sqrt(share * (1 - share) / students + square / (4 * students**2)) * NORMAL_95 / (1 + square / students)
    )
    return max(0.0, middle - spread), min(1.0, middle + spread)


def _shares(hypotheses: Sequence[Hypothesis], probable: Sequence[Mapping[str, float]]) -> tuple[ShareOfClass, ...]:
    found = []
    for one in hypotheses:
        held = math.fsum(each.get(one.id, 0.0) for each in probable)
        if held >= 0.5 or one.id == LAW:
            low, high = wilson(min(held, len(probable)), len(probable))
            found.append(ShareOfClass(one.id, one.says, held, held / max(1, len(probable)), low, high))
    return tuple(sorted(found, key=lambda one: (one.id != LAW, -one.students)))


def _limbs(items: Sequence[DiagnosticItem], sheets: Sequence[AnswerSheet]) -> tuple[LimbRow, ...]:
    """Held is a limb of which more than half the items that test it were answered as by the law."""
    by_limb: dict[str, list[DiagnosticItem]] = {}
    for item in items:
        for limb in item.limbs:
            by_limb.setdefault(limb, []).append(item)
    return tuple(LimbRow(limb, tuple(_held(sheet, testing) for sheet in sheets)) for limb, testing in by_limb.items())


def _held(sheet: AnswerSheet, items: Sequence[DiagnosticItem]) -> Held:
    right = [answer == item.predicted.get(LAW) for item, answer in sheet.given(items)]
    if not right:
        return "not tested"
    return "held" if 2 * sum(right) > len(right) else "not held"


def _board(
    items: Sequence[DiagnosticItem], probable: Sequence[Mapping[str, float]]
) -> tuple[str | None, tuple[str, ...]]:
    """The item to which most of the class answer otherwise than the law, because of what they hold."""
    groups: Counter[str] = Counter()
    for each in probable:
        best = max(each, key=lambda name: each[name])
        if each[best] >= FOUND and best not in (LAW, GUESSES):
            groups[best] += 1
    best_item, most = None, (0, 0)
    for item in items:
        apart = [name for name in groups if item.predicted.get(name) != item.predicted.get(LAW)]
        # The largest group first, then as many others as there are.
        parted = (max((groups[name] for name in apart), default=0), sum(groups[name] for name in apart))
        if parted > most:
            best_item, most = item, parted
    if best_item is None:
        return None, ()
    apart = [name for name in groups if best_item.predicted.get(name) != best_item.predicted.get(LAW)]
    return best_item.id, tuple(sorted(apart, key=lambda name: -groups[name]))


def _suspect(items: Sequence[DiagnosticItem], sheets: Sequence[AnswerSheet]) -> tuple[str, ...]:
    """Items that more than half of the best third of the class missed."""

    def right(sheet: AnswerSheet) -> float:
        given = sheet.given(items)
        return sum(answer == item.predicted.get(LAW) for item, answer in given) / max(1, len(given))

    best = sorted(sheets, key=right, reverse=True)[: math.ceil(len(sheets) * GOOD_SHARE)]
    if len(best) < 3:
        return ()
    found = []
    for item in items:
        missed = [answer != item.predicted.get(LAW) for sheet in best for _, answer in sheet.given([item])]
        if len(missed) >= 3 and 2 * sum(missed) > len(missed):
            found.append(item.id)
    return tuple(found)
