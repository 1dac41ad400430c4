"""From answers to what their giver takes for the law: Bayes' rule over the law, misconceptions, and mere guesses.

Each hypothesis is a law; it predicts one answer to each item. Whoever holds it gives that answer but for a slip, of
which the rate is estimated; whoever guesses gives each answer alike. What is not answered, or with "I do not know",
says nothing. The figures are about answers: they are those of somebody who holds this, which is no fact about a person.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import LAW
from lawmodel.value_object import ValueObject

GUESSES: Final = "guesses"
"""The id of the hypothesis of whoever guesses."""
SLIP_RATE: Final = 0.1
"""How often an answer is a slip, as long as nothing is known of it."""
LAW_PRIOR: Final = 0.4
GUESSES_PRIOR: Final = 0.05
PAIR_WEIGHT: Final = 0.1
"""How probable two misconceptions at once are, beside one of them."""
FOUND: Final = 0.8
"""From this probability on a hypothesis is found."""
WORTH_NAMING: Final = 0.05
"""Hypotheses less probable than this are not named as undecided."""
Verdict: TypeAlias = Literal["found", "undecided", "nothing known"]


@dataclass(frozen=True, slots=True)
class Hypothesis(ValueObject):
    """What somebody may take for the law."""

    id: str
    """``law``, ``guesses``, the id of a misconception, or several of them joined by ``+``."""
    says: str
    misconceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DiagnosticItem(ValueObject):
    """An item of a test: what may be answered, and what each hypothesis predicts."""

    id: str
    offered: tuple[str, ...]
    predicted: Mapping[str, str]
    """By hypothesis; of what is not among them nothing is predicted."""
    limbs: tuple[str, ...] = ()
    title: str = ""

    def probability(self, hypothesis: str, answer: str, slip_rate: float) -> float:
        """How probable an answer is for somebody who holds this."""
        return self.chance(self.predicted.get(hypothesis), answer, slip_rate)

    def chance(self, expected: str | None, answer: str, slip_rate: float) -> float:
        """How probable an answer is for somebody of whom another is expected, or nothing."""
        ways = max(2, len(self.offered))
        if expected is None:
            return 1 / ways
        return 1 - slip_rate if answer == expected else slip_rate / (ways - 1)


@dataclass(frozen=True, slots=True)
class AnswerSheet(ValueObject):
    """The answers of one student: by item, what was answered; None for "I do not know"."""

    student: str
    answers: Mapping[str, str | None]

    def given(self, items: Iterable[DiagnosticItem]) -> list[tuple[DiagnosticItem, str]]:
        """The items that were answered, with the answers."""
        return [(item, answer) for item in items if (answer := self.answers.get(item.id)) is not None]


@dataclass(frozen=True, slots=True)
class Weighed(ValueObject):
    """A hypothesis, and how probable it is."""

    id: str
    says: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentDiagnosis(ValueObject):
    """What the answers of one student are most like."""

    student: str
    answered: int
    verdict: Verdict
    hypotheses: tuple[Weighed, ...]
    """The most probable first; those that are hardly probable are left away."""
    next_item: str | None = None
    """Where it is undecided: the item on which the two most probable part."""
    alike: tuple[str, ...] = ()
    """Hypotheses that no item tells from the most probable one."""


def even_prior(hypotheses: Sequence[Hypothesis]) -> dict[str, float]:
    """The law first, guesses seldom, every misconception alike, and two at once seldom."""
    others = {
        one.id: 1.0 if len(one.misconceptions) < 2 else PAIR_WEIGHT
        for one in hypotheses
        if one.id not in (LAW, GUESSES)
    }
    left = 1 - LAW_PRIOR - GUESSES_PRIOR
    prior = {name: left * weight / sum(others.values()) for name, weight in others.items()}
    for name, share in ((LAW, LAW_PRIOR), (GUESSES, GUESSES_PRIOR)):
        if any(one.id == name for one in hypotheses):
            prior[name] = share
    whole = sum(prior.values())
    return {one.id: prior[one.id] / whole for one in hypotheses}


def posterior(
    items: Iterable[DiagnosticItem], sheet: AnswerSheet, prior: Mapping[str, float], slip_rate: float = SLIP_RATE
) -> dict[str, float]:
    """How probable each hypothesis is after these answers."""
    given = sheet.given(items)
    logs = {
        name: math.log(share) + math.fsum(math.log(item.probability(name, answer, slip_rate)) for item, answer in given)
        for name, share in prior.items()
        if share > 0
    }
    return normalised(logs, prior)


def normalised(logs: Mapping[str, float], every: Iterable[str]) -> dict[str, float]:
    """Probabilities from logarithms of what they are proportional to; 0 for those that have none."""
    most = max(logs.values())
    weights = {name: math.exp(value - most) for name, value in logs.items()}
    whole = math.fsum(weights.values())
    return {name: weights.get(name, 0.0) / whole for name in every}


def diagnosed(
    items: Sequence[DiagnosticItem],
    hypotheses: Sequence[Hypothesis],
    sheet: AnswerSheet,
    prior: Mapping[str, float] | None = None,
    slip_rate: float = SLIP_RATE,
) -> StudentDiagnosis:
    """What one student's answers are most like; of what is undecided, between what, and the item that parts it."""
    prior = even_prior(hypotheses) if prior is None else prior
    answered = sheet.given(items)
    if not answered:
        return StudentDiagnosis(student=sheet.student, answered=0, verdict="nothing known", hypotheses=())
    probable = posterior(items, sheet, prior, slip_rate)
    says = {one.id: one.says for one in hypotheses}
    order = sorted(probable, key=lambda name: (-probable[name], list(probable).index(name)))
    best = order[0]
    alike = tuple(name for name in order[1:] if name != GUESSES and _same(items, best, name))
    share = math.fsum(probable[name] for name in (best, *alike))
    named = tuple(Weighed(name, says[name], probable[name]) for name in order if probable[name] >= WORTH_NAMING)
    parting = None
    if share < FOUND:
        rival = next(name for name in order[1:] if name not in alike)
        parting = parting_item(items, best, rival, [item.id for item, _ in answered])
    return StudentDiagnosis(
        student=sheet.student,
        answered=len(answered),
        verdict="found" if share >= FOUND else "undecided",
        hypotheses=named,
        next_item=None if parting is None else parting.id,
        alike=alike,
    )


def _same(items: Iterable[DiagnosticItem], one: str, other: str) -> bool:
    return all(item.predicted.get(one) == item.predicted.get(other) for item in items)


def parting_item(
    items: Sequence[DiagnosticItem], one: str, other: str, asked: Collection[str] = ()
) -> DiagnosticItem | None:
    """An item to which two hypotheses answer otherwise, rather one that was not asked; None where there is none."""
    parting = [
        item
        for item in items
        if {one, other} <= {*item.predicted, GUESSES} and item.predicted.get(one) != item.predicted.get(other)
    ]
    return next((item for item in parting if item.id not in asked), next(iter(parting), None))


def chosen_items(
    items: Sequence[DiagnosticItem],
    hypotheses: Sequence[Hypothesis],
    most: int,
    times: int = 3,
    accepted: Callable[[DiagnosticItem], bool] = lambda _: True,
) -> list[DiagnosticItem]:
    """Items for a test that is the same for everybody: every two hypotheses part on so many of them, where they can.

    Of the items that are left, the one is taken that parts most pairs which are not yet parted so often, where a pair
    counts half of what it did with each item that parts it; the first of several. One that is not accepted is
    passed over.
    """
    names = [one.id for one in hypotheses if one.id != GUESSES]
    lacking = dict.fromkeys(combinations(names, 2), times)
    left = {
        item.id: (item, [pair for pair in lacking if item.predicted.get(pair[0]) != item.predicted.get(pair[1])])
        for item in items
    }
    chosen: list[DiagnosticItem] = []
    while left and len(chosen) < most:
        gains = {name: sum(2 ** lacking[pair] - 1 for pair in parted) for name, (_, parted) in left.items()}
        best = max(gains, key=lambda name: gains[name])
        if not gains[best]:
            break
        item, parted = left.pop(best)
        if not accepted(item):
            continue
        chosen.append(item)
        for pair in parted:
            lacking[pair] = max(0, lacking[pair] - 1)
    return chosen
