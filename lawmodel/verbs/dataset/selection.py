"""Which of the cases that are drawn are kept: as many of each answer and label as there can be, no two alike."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject
from lawmodel.verbs.dataset.drawn import CaseDrawing
from lawmodel.verbs.dataset.labelled import CaseAnswers, Label, LabelledCase

TRIES: Final = 40
"""For each case that is wanted, so many are drawn at most."""
PATIENCE: Final = 400
"""After so many that were not kept it is taken that there are no more."""
CONTESTED: Final = 0.7
"""So often a case is looked for that is decided otherwise under another reading: most of these are not."""
STEPS: Final = 10
"""In so many steps the groups are allowed to differ in size."""
SEVERAL: Final = "several"
"""In the place of the outcome of a case that has none."""


@dataclass(frozen=True, slots=True)
class CaseGroup(ValueObject):
    """Cases with the same answer and label."""

    question: str
    outcome: str
    """An outcome, or ``several`` where several are possible."""
    label: Label


@dataclass(frozen=True, slots=True)
class Selected(ValueObject):
    """The cases, and how they came to be."""

    cases: tuple[LabelledCase, ...]
    drawn: int
    alike: int
    """Cases that were dropped, since the law sees nothing in them that another one does not have."""


def select(
    rulebook: Rulebook,
    questions: Sequence[str],
    count: int,
    seed: int,
    *,
    stage: str | None = None,
    most_reasons: int,
    progress: Callable[[int], None],
) -> Selected:
    """So many cases of some questions, as evenly spread as can be; the same for the same rulebook and seed."""
    shares = [count // len(questions) + (number < count % len(questions)) for number in range(len(questions))]
    cases: list[LabelledCase] = []
    drawn = alike = 0
    for question, share in zip(questions, shares, strict=True):
        one = _Selecting(rulebook, question, share, random.Random(f"{seed}:{question}"), stage)  # noqa: S311 - no secret
        for found in one.kept():
            cases.append(found.labelled(most_reasons))
            progress(len(cases))
        drawn, alike = drawn + one.drawn, alike + one.alike
    return Selected(tuple(cases), drawn, alike)


class _Selecting:
    """The cases of one question."""

    def __init__(self, rulebook: Rulebook, question: str, count: int, chance: random.Random, stage: str | None) -> None:
        self._rulebook, self._question, self._count, self._stage = rulebook, question, count, stage
        self._drawing = CaseDrawing(rulebook, question, stage, chance)
        self._chance = chance
        self._outcomes = [one.id for one in rulebook.questions[question].outcomes]
        self._seen: set[str] = set()
        self._groups: Counter[CaseGroup] = Counter()
        self.drawn = 0
        self.alike = 0

    def kept(self) -> Iterator[CaseAnswers]:
        """Cases one by one, each of a group that has no more than its share so far."""
        most = self._count * TRIES
        done = last = 0
        while done < self._count and self.drawn < min(most, last + PATIENCE):
            # The longer it takes, the more a group may have: what is rare in law stays rare.
            allowed = 1 + done // max(len(self._groups), 1) + self._count * (self.drawn * STEPS // most) // (2 * STEPS)
            found = self._one(allowed)
            if found is not None:
                done, last = done + 1, self.drawn
                yield found

    def _one(self, allowed: int) -> CaseAnswers | None:
        self.drawn += 1
        case = self._drawing.case(self._rarest(), contested=self._chance.random() < CONTESTED)
        if case is None:
            return None
        try:
            found = CaseAnswers(self._rulebook, case, self._question, self._stage)
        except ProblemsFound:
            return None
        group = CaseGroup(self._question, found.possible[0] if len(found.possible) == 1 else SEVERAL, found.label)
        if self._groups[group] >= allowed or found.is_odd:
            return None
        hashed = found.alike()
        if hashed in self._seen:
            self.alike += 1
            return None
        self._seen.add(hashed)
        self._groups[group] += 1
        return found

    def _rarest(self) -> str:
        """The outcome that is looked for: mostly one that few cases have."""
        counted = Counter(dict.fromkeys(self._outcomes, 0))
        for group, number in self._groups.items():
            counted[group.outcome] += number
        ordered = sorted(self._outcomes, key=lambda outcome: (counted[outcome], self._chance.random()))
        return ordered[min(int(self._chance.expovariate(1.5)), len(ordered) - 1)]
