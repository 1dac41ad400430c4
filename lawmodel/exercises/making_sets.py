"""Making a set of exercises: so many, of these kinds, the same for the same seed and the same rulebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from lawmodel.case.arguments import question_problems, raise_problems
from lawmodel.exercises.checks.checked import findings_among, findings_of
from lawmodel.exercises.checks.finding import ExerciseFinding
from lawmodel.exercises.difficulty import least_level, level_of
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import KINDS, Exercise, ExerciseSet, Kind, LeftOut, Level
from lawmodel.exercises.kinds import (
    build,
    contested,
    day,
    ground,
    least_change,
    missing_fact,
    order,
    outcome,
    reading,
    statement,
)
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import Making
from lawmodel.problems import Problem, no_such
from lawmodel.results.header import RulebookUsed
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.counts import count

DRAFTS: Final[Mapping[Kind, Callable[[Making], ExerciseDraft | None]]] = {
    "outcome": outcome.draft,
    "ground": ground.draft,
    "missing-fact": missing_fact.draft,
    "least-change": least_change.draft,
    "reading": reading.draft,
    "contested": contested.draft,
    "day": day.draft,
    "statement": statement.draft,
    "build": build.draft,
    "order": order.draft,
}
"""What makes a draft of each kind."""
TRIES: Final = 24
"""So many drafts are given up in a row before a kind is."""
TRIES_OF_A_LEVEL: Final = 60
"""The same where only one level is wanted."""
CASES_OF_A_LEVEL: Final = 120
"""So many cases are looked at for one exercise of a level. Cases are counted and not seconds: a set is everywhere the
same."""
GIVEN_UP: Final = 8
"""So many times no case gave one."""
MOST: Final = 500
"""So many exercises has a set at most."""


def make(
    laws: Laws,
    kinds: Sequence[Kind] = KINDS,
    count: int = 10,
    seed: int = 0,
    level: Level | None = None,
    title: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> ExerciseSet:
    """So many exercises on a question, spread evenly over these kinds; and what could not be made, with the reason.

    With a ``level`` only exercises of that level. Raises `ProblemsFound` for a kind that there is not, or a count
    that is none.
    """
    made: list[Exercise] = []
    left_out: list[LeftOut] = []
    progress(f"0 of {count} exercises")
    for one in made_in_turn(laws, kinds, count, seed, level):
        if isinstance(one, LeftOut):
            left_out.append(one)
        else:
            made.append(one)
            progress(f"{len(made)} of {count} exercises")
    asked = laws.rulebook.questions[laws.question]
    return ExerciseSet(title or asked.title, seed, RulebookUsed.of(laws.rulebook), tuple(made), tuple(left_out))


def made_in_turn(
    laws: Laws, kinds: Sequence[Kind] = KINDS, count: int = 10, seed: int = 0, level: Level | None = None
) -> Iterator[Exercise | LeftOut]:
    """The exercises of a set in its order, each made when it is asked for; of a kind that gives too few, that too.

    Raises `ProblemsFound` as `make` does.
    """
    raise_problems(*_problems(laws.rulebook, laws.question, kinds, count))
    taken: list[str] = []
    seen: set[object] = set()
    every: list[Exercise] = []
    sources = {kind: _Source(laws, kind, seed, level, taken, seen, every) for kind in dict.fromkeys(kinds)}
    for place, (kind, source) in enumerate(sources.items()):
        wanted = count // len(sources) + (place < count % len(sources))
        for made in range(wanted):
            one = source.next()
            if one is None:
                yield LeftOut(kind, wanted, made, source.why)
                break
            yield one


def _problems(rulebook: Rulebook, question: str, kinds: Sequence[str], count: int) -> Iterator[Problem]:
    yield from question_problems(rulebook, question)
    for kind in kinds:
        if kind not in KINDS:
            yield no_such(kind, KINDS, "kinds")
    if not kinds:
        yield Problem("no kind of exercise is named", "Name one.", "kinds")
    if not 1 <= count <= MOST:
        yield Problem(f"a set has from 1 to {MOST} exercises", "Ask for so many.", "count")


class _Source:
    """The exercises of one kind, one after the other."""

    def __init__(
        self,
        laws: Laws,
        kind: Kind,
        seed: int,
        level: Level | None,
        taken: list[str],
        seen: set[object],
        made: list[Exercise],
    ) -> None:
        self._making, self._draft = Making(laws, kind, seed, taken, level), DRAFTS[kind]
        self._laws, self._level, self._seen = laws, level, seen
        self._made = made
        self._refused = Counter[str]()
        self._why = "no case gives one"

    @property
    def why(self) -> str:
        """Why no more could be made, with the checks by which drafts were refused."""
        why = self._why or self._none_of_the_level()
        if not self._refused:
            return why
        by = ", ".join(f"{name} ({number})" for name, number in self._refused.most_common())
        return f"{why}; refused by checks: {by}"

    def _none_of_the_level(self) -> str:
        """That no more of the level was found, and in how many cases."""
        none = "no other" if any(one.kind == self._making.kind for one in self._made) else "none"
        cases = f" in {count(looked, 'case')}" if (looked := self._making.looked_at) else ""
        return f"{none} of level {self._level} was found{cases}"

    def next(self) -> Exercise | None:
        """The next that is no twin of another, and of the level that is wanted; None where none comes."""
        in_vain = 0
        if self._level is not None:
            least = least_level(self._making.kind)
            if self._level < least:
                self._why = f"exercises of this kind are of level {least} at least"
                return None
            self._why = ""
            self._making.look_at(CASES_OF_A_LEVEL)
        for _ in range(TRIES if self._level is None else TRIES_OF_A_LEVEL):
            drafted = self._draft(self._making)
            if drafted is None:
                in_vain += 1
                if in_vain == GIVEN_UP:
                    return None
                continue
            if self._level not in (None, level_of(self._making.difficulty(drafted))):
                continue
            twin = self._making.told_apart_by(drafted)
            if twin in self._seen:
                self._why = "what could be made would repeat an exercise of the set"
                continue
            exercise = self._making.finished(drafted)
            if exercise is None:
                self._why = "a case could not be told"
                continue
            fault = self._fault(exercise)
            if fault is not None:
                self._refused[fault.check] += 1
                self._making.give_back(exercise)
                continue
            self._seen.add(twin)
            self._making.note(exercise)
            self._made.append(exercise)
            return exercise
        return None

    def _fault(self, exercise: Exercise) -> ExerciseFinding | None:
        """What a check finds wrong with an exercise, by itself or beside those of the set; None where all is well.

        What is wrong with all of a set is the fault of the last only if the set was well without it.
        """
        found = next(findings_of(self._laws, exercise), None)
        if found is not None:
            return found
        known = {(one.check, one.says) for one in findings_among(self._laws, self._made)}
        return next(
            (one for one in findings_among(self._laws, [*self._made, exercise]) if (one.check, one.says) not in known),
            None,
        )
