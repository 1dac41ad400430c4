"""Cases on which many laws part at once: each is joined of several, so that it lies near several borders.

A case on which a single misconception shows tells little to whoever does not hold it. So something of another case is
put into one on which many part already, again and again, and those go on whose answers differ most.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Final

from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.exercises.drawn_cases import DrawnCases
from lawmodel.exercises.entropy import entropy
from lawmodel.exercises.exercise import AnswerInBrief
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.predictions import label
from lawmodel.inputs import GivenValue
from lawmodel.problems import ProblemsFound

DRAWN: Final = 200
"""So many cases are drawn."""
JOINED: Final = 2
"""So many are joined for each that is drawn."""
MOST_ANSWERS: Final = 6
"""Cases with more different answers are passed over."""
COMPARED: Final = 4
"""Of so many cases the one goes on whose answers differ most."""
FACTS_TAKEN: Final = 3
"""So many facts at most are taken from another case at once."""
RECORDS_TOGETHER: Final = 3
"""A list of two cases has so many records at most."""
TRIES: Final = 4
"""So many cases are joined in vain, for each that is wanted, before it is left."""


@dataclass(frozen=True, slots=True)
class AnsweredCase:
    """A case, with the answers of the law and of those who hold a misconception."""

    case: Case
    ours: AnswerInBrief
    theirs: Mapping[str, AnswerInBrief]

    @property
    def uncertainty(self) -> float:
        """How uncertain the answer is where everybody is as probable, in bits (entropy)."""
        counted = Counter((label(self.ours), *map(label, self.theirs.values())))
        whole = counted.total()
        return entropy(one / whole for one in counted.values())


def joined_cases(
    laws: Laws, seed: int, drawn: int = DRAWN, progress: Callable[[str], None] = lambda _: None
) -> list[AnsweredCase]:
    """Telling cases, so many drawn ones, and others that are joined of them: those on which somebody answers otherwise.

    They are the same for the same seed and the same rulebook.
    """
    chance = random.Random(f"{seed} diagnosis {laws.question}")  # noqa: S311 - a seed is to be followed
    source = DrawnCases(laws, chance)
    joining, wanted = _Joining(laws, chance, source.can_be), drawn * (1 + JOINED)
    for number, case in enumerate((*laws.telling_cases, *islice(source, drawn))):
        joining.add(case)
        progress(f"{number} of at most {wanted} cases")
    for number in range(drawn, wanted) if joining.found else ():
        progress(f"{number} of at most {wanted} cases")
        any(joining.add(case) for case in joining.joined())
    return joining.found


class _Joining:
    """The cases so far."""

    def __init__(self, laws: Laws, chance: random.Random, can_be: Callable[[Case], bool]) -> None:
        self.found: list[AnsweredCase] = []
        self._laws, self._chance, self._can_be = laws, chance, can_be
        self._misconceptions = misconceptions_of(laws)
        self._seen: set[str] = set()
        self._showing: dict[str, list[AnsweredCase]] = {}
        """The cases on which a misconception shows."""

    def add(self, case: Case) -> bool:
        """Note a case that is new, and on which somebody answers otherwise; whether it was one."""
        facts = repr(sorted(case.facts.items()))
        if facts in self._seen:
            return False
        self._seen.add(facts)
        answered = self._answered(case)
        if answered is not None:
            self.found.append(answered)
            for name, answer in answered.theirs.items():
                if label(answer) != label(answered.ours):
                    self._showing.setdefault(name, []).append(answered)
        return answered is not None

    def _answered(self, case: Case) -> AnsweredCase | None:
        try:
            ours = self._laws.answer(case)
        except ProblemsFound:
            return None
        if ours.outcome is None:
            return None
        theirs = {name: answer for name in self._misconceptions if (answer := self._answer(case, name)) is not None}
        different = {label(ours), *map(label, theirs.values())}
        return AnsweredCase(case, ours, theirs) if 1 < len(different) <= MOST_ANSWERS else None

    def _answer(self, case: Case, name: str) -> AnswerInBrief | None:
        try:
            answer = self._laws.answer(case, name)
        except ProblemsFound:
            return None
        return answer if answer.outcome is not None else None

    def joined(self) -> Iterator[Case]:
        """Some cases with something out of another; every misconception shows on as many, so that none is rare."""
        for _ in range(TRIES):
            showing = self._showing[self._chance.choice(sorted(self._showing))]
            several = self._chance.choices(showing, k=COMPARED)
            best = max(several, key=lambda one: one.uncertainty).case
            case = self._with_some_of(best, self._chance.choice(self.found).case)
            if self._can_be(case):
                yield case

    def _with_some_of(self, case: Case, other: Case) -> Case:
        facts, paths = dict(case.facts), sorted(other.facts)
        for path in self._chance.sample(paths, min(len(paths), self._chance.randint(1, FACTS_TAKEN))):
            facts[path] = self._together(facts.get(path), other.facts[path])
        return replace(case, facts=facts)

    def _together(self, ours: GivenValue | None, theirs: GivenValue) -> GivenValue:
        """The other value; of lists perhaps the records of both, or the first with one field of the other's."""
        if not (isinstance(ours, tuple) and isinstance(theirs, tuple) and ours and theirs):
            return theirs
        field = self._chance.choice(sorted(theirs[0]))
        mended = ({**ours[0], field: theirs[0][field]}, *ours[1:])
        return self._chance.choice((theirs, (*ours, *theirs)[:RECORDS_TOGETHER], mended))


def misconceptions_of(laws: Laws) -> list[str]:
    """What may be taken for the law, of what the rulebook names as misconceptions."""
    return [name for name, one in laws.held.items() if one.misconception is not None]
