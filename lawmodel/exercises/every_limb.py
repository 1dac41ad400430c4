"""A set that tests every limb of a question from both sides, as far as exercises can: as few as a simple rule finds.

A limb is tested by a case in which it alone changes the answer. Of many cases, and of such as are made for limbs that
none of them tests, the one is taken that tests most that is not tested yet, and so on; at the end each exercise is left
out again that the others make superfluous.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case, Expectation
from lawmodel.case.file import parse_cases
from lawmodel.dataclass import dataclass
from lawmodel.exercises.checks.checked import findings_of
from lawmodel.exercises.drawn_cases import DrawnCases
from lawmodel.exercises.every_answer import exercise_on
from lawmodel.exercises.exercise import AnswerInBrief, Exercise, ExerciseSet, LeftOut
from lawmodel.exercises.expected_cases import expected_cases
from lawmodel.exercises.joined_cases import AnsweredCase, joined_cases, misconceptions_of
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import Making
from lawmodel.exercises.words import SLIP, sentence
from lawmodel.inquiry.covering.covering import Covering
from lawmodel.inquiry.covering.minimal_pairs import complete
from lawmodel.inquiry.covering.switched_question import Shown
from lawmodel.inquiry.distinguishing.compiled_question import Level
from lawmodel.inquiry.distinguishing.expected_answers import Answered, expected_answers
from lawmodel.inquiry.searching.lifelike import lifelike
from lawmodel.problems import ProblemsFound
from lawmodel.results.header import RulebookUsed
from lawmodel.words.outline import Outline

DRAWN: Final = 100
"""So many cases are drawn."""
LIFELIKE: Final = 3
"""Of a case that is made for a limb so many are tried that are like one from life."""
NEVER: Final = "no case whatever shows it, which is proved"
FOLLOWS: Final = "it shows only in what follows from an answer, which no exercise asks for"
OPEN: Final = "it shows only in cases in which something stays open"
OTHER_LAW: Final = "it shows only at another stage of the law, or on another day than that of the case"
ODD: Final = "every case that was found to show it is odd, or tells of days that are hardly so"
UNTOLD: Final = "no case that was found to show it can be told"
REFUSED: Final = "an exercise on it was refused by the check"
NONE_FOUND: Final = "no case was found that shows it"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A case of which an exercise may be made, with what it shows, and what the answer would be otherwise."""

    answered: AnsweredCase
    shows: Mapping[Shown, Answered]


def every_limb_set(
    laws: Laws, seed: int = 1, progress: Callable[[str], None] = lambda _: None, drawn: int = DRAWN
) -> ExerciseSet:
    """Exercises on a question that together test all of its limbs; the same for the same seed and the same rulebook.

    What no exercise tests is in ``left_out``, with the reason.
    """
    making = _MakingAll(laws, seed, progress)
    candidates = making.candidates(one.case for one in joined_cases(laws, seed, drawn, progress))
    cases = [one.answered.case for one in candidates]
    making.choose([*candidates, *making.made_for(making.shown_by_none(candidates), cases)])
    making.choose(making.made_for(making.untested(), cases))  # of which some case gave no exercise
    exercises = making.needed()
    title = laws.rulebook.questions[laws.question].title
    return ExerciseSet(title, seed, RulebookUsed.of(laws.rulebook), exercises, making.left_out())


class _MakingAll:
    """What is to be tested, and what is so far."""

    def __init__(self, laws: Laws, seed: int, progress: Callable[[str], None]) -> None:
        self._laws, self._seed, self._progress = laws, seed, progress
        self._chance = random.Random(f"{seed} limbs {laws.question}")  # noqa: S311 - a seed is to be followed
        self._drawn = DrawnCases(laws, self._chance)
        self._covering = Covering(laws.rulebook, [laws.question])
        self._why: dict[Shown, str] = {}
        self._wanted: dict[Shown, tuple[Level, str]] = {}
        self._made_for: set[Shown] = set()
        self._making = Making(laws, "outcome", seed, [])
        self._made: dict[str, tuple[Exercise, frozenset[Shown]]] = {}
        every = list(self._covering.everything())
        for number, shown in enumerate(every):
            progress(f"{number} of {len(every)} sides of limbs")
            level = self._covering.level(shown)
            if level is None or level[0] == "consequences":
                self._why[shown] = NEVER if level is None else FOLLOWS
            else:
                self._wanted[shown] = level

    def candidates(self, cases: Iterable[Case]) -> list[_Candidate]:
        """Those of these cases that show something."""
        return [found for one in cases if (found := self._candidate(one)) is not None]

    def _candidate(self, case: Case) -> _Candidate | None:
        try:
            ours = self._laws.answer(case)
            shows = self._shown_by(case, ours)
        except ProblemsFound:
            return None
        if not shows:
            return None
        known = self._laws.answers(case)
        theirs = {
            name: known[name]
            for name in misconceptions_of(self._laws)
            if name in known and known[name].outcome is not None
        }
        return _Candidate(AnsweredCase(case, ours, theirs), shows)

    def _shown_by(self, case: Case, ours: AnswerInBrief) -> dict[Shown, Answered]:
        if ours.outcome is None:
            return {}
        expected = Expectation(
            question=self._laws.question, readings=case.readings, outcome=ours.outcome, grounds=ours.grounds
        )
        (test,) = expected_answers(self._laws.rulebook, [replace(case, expectations=(expected,))])
        return self._covering.shown_by(test, self._wanted)

    def shown_by_none(self, candidates: Iterable[_Candidate]) -> list[Shown]:
        """What none of these shows."""
        shown = {each for one in candidates for each in one.shows}
        return [one for one in self._wanted if one not in shown]

    def untested(self) -> list[Shown]:
        """What no exercise tests so far."""
        tested = {each for _, shows in self._made.values() for each in shows}
        return [one for one in self._wanted if one not in tested]

    def made_for(self, missing: Iterable[Shown], cases: Sequence[Case]) -> list[_Candidate]:
        """Cases that are made for each of this, once; they speak of what ``cases`` speak of."""
        wanted = {one: self._wanted[one] for one in missing if one not in self._made_for}
        self._made_for |= {*wanted}
        made = complete(
            self._covering, wanted, cases, lambda done, of: self._progress(f"{done} of {of} cases for single limbs")
        )
        if made.interrupted:
            raise KeyboardInterrupt
        self._why.update(dict.fromkeys(made.failed, OPEN))
        found: list[_Candidate] = []
        for pair in made.pairs:
            why = ODD
            for case in parse_cases(self._laws.rulebook, pair.text):
                expected = case.expectations[0]
                if expected.on is not None or expected.stage is not None:
                    why = OTHER_LAW
                    continue
                bare = Case(facts=case.facts, presume=case.presume, readings=dict(expected.readings))
                found += self.candidates(self._like_life(bare))
            self._why.update(dict.fromkeys(pair.shows, why))
        return found

    def _like_life(self, case: Case) -> Iterator[Case]:
        """The case with likely values and days, which shows what it did; several times, since not each can be."""
        shows = self._shown_by(case, self._laws.answer(case)).keys()
        was_odd = self._laws.is_odd(case)

        def serves(one: Case) -> bool:
            shows_it = self._shown_by(one, self._laws.answer(one)).keys() >= shows
            return shows_it and (was_odd or not self._laws.is_odd(one))

        for _ in range(LIFELIKE):
            draw = random.Random(self._chance.random())  # noqa: S311 - no secret
            found = lifelike(self._laws.rulebook, case, draw, serves)
            if self._drawn.could_be(found):
                yield found

    def choose(self, candidates: Sequence[_Candidate]) -> None:
        """Make exercises of those of them that show most of what is not tested yet."""
        left = dict(enumerate(candidates))
        while left:
            wanted = {*self.untested()}
            best = max(left, key=lambda number: len(left[number].shows.keys() & wanted))
            candidate = left.pop(best)
            if not candidate.shows.keys() & wanted:
                break
            tested = len(self._wanted) - len(wanted)
            self._progress(f"{len(self._made)} exercises, {tested} of {len(self._wanted)} sides of limbs")
            exercise = exercise_on(self._making, candidate.answered, self._slips(candidate, wanted))
            if exercise is None:
                self._why.update(dict.fromkeys(candidate.shows, UNTOLD))
                continue
            fault = next(findings_of(self._laws, exercise), None)
            if fault is not None or exercise.id in self._made:
                self._making.give_back(exercise)
                if fault is not None:
                    self._why.update(dict.fromkeys(candidate.shows, f"{REFUSED} `{fault.check}`"))
                continue
            self._made[exercise.id] = exercise, self._shown_by_exercise(exercise)

    def _slips(self, candidate: _Candidate, wanted: set[Shown]) -> dict[str, tuple[str, AnswerInBrief]]:
        """What would be answered if a limb were otherwise that the exercise is to test."""
        found = {}
        for shown, other in candidate.shows.items():
            outcome, grounds = other.said.outcome, other.said.grounds
            if shown in wanted and outcome is not None and grounds is not None:
                answer = AnswerInBrief("determined", outcome, (outcome,), grounds)
                name = f"limb-{shown.limb}{'' if shown.so else '-not'}"
                found[name] = f"{SLIP} The answer turns on this: {sentence(self._says(shown))}", answer
        return found

    def _shown_by_exercise(self, exercise: Exercise) -> frozenset[Shown]:
        """What an exercise tests, as `lawmodel cover` sees it."""
        alone = ExerciseSet("", self._seed, exercise.rulebook, (exercise,))
        tests = expected_answers(self._laws.rulebook, expected_cases(self._laws.rulebook, alone, ""))
        return frozenset(shown for test in tests for shown in self._covering.shown_by(test, self._wanted))

    def needed(self) -> tuple[Exercise, ...]:
        """The exercises without those that the others make superfluous, those that show least looked at first."""
        kept = dict(self._made)
        for name, (_, shows) in sorted(self._made.items(), key=lambda one: len(one[1][1])):
            if shows <= frozenset().union(*(other for key, (_, other) in kept.items() if key != name)):
                del kept[name]
        return tuple(exercise for exercise, _ in kept.values())

    def left_out(self) -> tuple[LeftOut, ...]:
        """The limbs that nothing tests, by the reason; of all it is told how many sides are tested."""
        by_reason: dict[str, list[str]] = {}
        every, untested = list(self._covering.everything()), {*self.untested()}
        tested = [one for one in every if one in self._wanted and one not in untested]
        for shown in every:
            if shown not in tested:
                limb = self._covering.limb(shown)
                why = self._why.get(shown, NONE_FOUND)
                by_reason.setdefault(why, []).append(f"{limb.entry}: {self._says(shown)}")
        return tuple(LeftOut("outcome", len(every), len(tested), why, tuple(limbs)) for why, limbs in by_reason.items())

    def _says(self, shown: Shown) -> str:
        limb = self._covering.limb(shown)
        return Outline(self._laws.rulebook, records=limb.records).line(limb.stated, shown.so).says
