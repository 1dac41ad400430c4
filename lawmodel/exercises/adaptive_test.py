"""A test that adapts: each student is asked the item whose answer would tell most, until enough is known."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.exercises.diagnosis import (
    SLIP_RATE,
    AnswerSheet,
    DiagnosticItem,
    Hypothesis,
    StudentDiagnosis,
    diagnosed,
    even_prior,
    posterior,
)
from lawmodel.exercises.entropy import entropy

ENOUGH: Final = 0.97
"""From this probability on no further item is asked."""
MOST_ITEMS: Final = 40
"""So many items are asked of one student at most."""


def next_item(
    items: Sequence[DiagnosticItem],
    asked: Collection[str],
    probable: Mapping[str, float],
    slip_rate: float = SLIP_RATE,
) -> DiagnosticItem | None:
    """The item, of those not asked yet, whose answer tells most (`information`).

    The first of several; None where no item is left that could tell anything.
    """
    best: tuple[float, DiagnosticItem] | None = None
    for item in items:
        if item.id in asked:
            continue
        said = information(item, probable, slip_rate)
        if best is None or said > best[0] + 1e-12:
            best = said, item
    return None if best is None or best[0] <= 1e-9 else best[1]


def information(item: DiagnosticItem, probable: Mapping[str, float], slip_rate: float = SLIP_RATE) -> float:
    """How much an answer tells: the entropy of the answer less that of slips, in bits (mutual information)."""
    whole, within = [0.0] * len(item.offered), 0.0
    shares: dict[str | None, float] = {}
    for name, share in probable.items():
        if share > 0:
            expected = item.predicted.get(name)
            shares[expected] = shares.get(expected, 0.0) + share
    for expected, share in shares.items():  # few of them: most hypotheses expect what others do
        chances = [item.chance(expected, answer, slip_rate) for answer in item.offered]
        within += share * entropy(chances)
        for number, chance in enumerate(chances):
            whole[number] += share * chance
    return entropy(whole) - within


def is_known(items: Sequence[DiagnosticItem], asked: Collection[str], probable: Mapping[str, float]) -> bool:
    """Whether enough is known: something is probable enough, with what no item that is left tells from it."""
    left = [item for item in items if item.id not in asked]
    together: dict[tuple[str | None, ...], list[float]] = {}
    for name, share in probable.items():
        together.setdefault(tuple(item.predicted.get(name) for item in left), []).append(share)
    return max(map(math.fsum, together.values())) >= ENOUGH


@dataclass
class AdaptiveTest:
    """Asks one student item after item, each time the one that tells most, until enough is known."""

    items: Sequence[DiagnosticItem]
    hypotheses: Sequence[Hypothesis]
    student: str = ""
    slip_rate: float = SLIP_RATE
    prior: Mapping[str, float] = field(default_factory=dict)
    answers: dict[str, str | None] = field(default_factory=dict)

    def sheet(self) -> AnswerSheet:
        """What was answered so far."""
        return AnswerSheet(self.student, dict(self.answers))

    def next(self) -> DiagnosticItem | None:
        """The item to be asked next; None where enough is known, or nothing more can be."""
        if len(self.answers) >= MOST_ITEMS:
            return None
        probable = posterior(self.items, self.sheet(), self._prior(), self.slip_rate)
        if is_known(self.items, self.answers, probable):
            return None
        return next_item(self.items, self.answers, probable, self.slip_rate)

    def answer(self, item: str, answer: str | None) -> None:
        """Note an answer; None for "I do not know"."""
        self.answers[item] = answer

    def diagnosis(self) -> StudentDiagnosis:
        """What the answers so far are most like."""
        return diagnosed(self.items, self.hypotheses, self.sheet(), self._prior(), self.slip_rate)

    def _prior(self) -> Mapping[str, float]:
        return self.prior or even_prior(self.hypotheses)
