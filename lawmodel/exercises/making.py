"""Making one exercise: what all kinds share. A kind drafts, and here the draft becomes an exercise.

A draft is given up where its case cannot be told, where another exercise of the set is its twin, or where a check finds
something wrong with it; then the kind drafts another.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from lawmodel.case.case import Case
from lawmodel.case.plain import plain_facts
from lawmodel.exercises.checks.length import stands_out_among
from lawmodel.exercises.difficulty import COUNTED, difficulty_of, is_in_reach, is_too_hard, level_of
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.drawn_cases import DrawnCases
from lawmodel.exercises.exercise import (
    AnswerInBrief,
    AnswerOption,
    Difficulty,
    Exercise,
    Kind,
    Level,
    OtherReading,
    with_id,
)
from lawmodel.exercises.explaining import Explanation
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.parting import PartingStep, parting
from lawmodel.exercises.prose.story import NotTold, Story, tell
from lawmodel.exercises.words import feedback
from lawmodel.results.header import RulebookUsed

PRESUMED = "ordinary"
EASY: Final = 2
"""Up to this level an exercise is easy."""
BY_THEIR_REASON: Final[tuple[Kind, ...]] = ("outcome", "ground")
"""Kinds that are about why, so that another reason makes another exercise."""
WHATEVER_ELSE: Final[tuple[Kind, ...]] = (*BY_THEIR_REASON, "day")
"""Kinds in which another day, or another option that is nobody's answer, makes no other exercise."""
CASE_FILE = "case.yaml"
"""What the file of an exercise's case is called in the commands of its proof."""


class Making:
    """The exercises of one kind that are being made for a set."""

    def __init__(self, laws: Laws, kind: Kind, seed: int, taken: list[str], level: Level | None = None) -> None:
        """Take the laws; ``taken`` are the names of persons in the set so far, to which others are added."""
        self.laws, self.kind, self.seed = laws, kind, seed
        self.level = level
        self.easy = level is not None and level <= EASY
        """Whether a case is wanted that few answer otherwise."""
        self.chosen = random.Random(f"{seed} {kind} {laws.question}")  # noqa: S311 - a seed is to be followed
        self._drawn = DrawnCases(laws, self.chosen)
        self._cases = iter(self._drawn)
        self._most: int | None = None
        self.looked_at = 0
        """So many cases were drawn, since `look_at` if that was called."""
        self._taken = taken
        self._explained: Explanation | None = None
        self.parted_on: dict[str, tuple[str, ...]] = {}
        """By misconception the inputs over which it parts from the law on the case that shows it, as far as asked."""
        self._looked, self._otherwise = 0, Counter[str]()
        self.used: Counter[str] = Counter()
        """How often something stands in an exercise of the set already, so that other things come first."""
        self.drafted: Counter[str] = Counter()
        """How often somebody's answer stood in a draft."""

    def look_at(self, most: int) -> None:
        """Look at so many cases at most from now on."""
        self.looked_at, self._most = 0, most

    def cases(self, most: int) -> Iterator[Case]:
        """So many cases, drawn; fewer where no more are to be looked at (`look_at`)."""
        for _ in range(most):
            if self.looked_at == self._most:
                return
            self.looked_at += 1
            yield next(self._cases)

    def can_be(self, case: Case) -> bool:
        """Whether a case is such as are drawn: not odd, and on likely days."""
        return self._drawn.can_be(case)

    def other_answers(
        self, case: Case, ours: AnswerInBrief, *, beside: bool = False
    ) -> list[tuple[HeldLaw, AnswerInBrief]]:
        """Those who answer otherwise, in outcome or in grounds: those first of whom the set has fewest.

        With ``beside`` also those for whom only other provisions apply beside the grounds.
        """

        def said(answer: AnswerInBrief) -> tuple[str | None, set[str], set[str]]:
            return answer.outcome, {*answer.grounds}, {*answer.beside} if beside else set()

        found = [
            (self.laws.held[name], answer)
            for name, answer in self.laws.answers(case).items()
            if said(answer) != said(ours) and answer.outcome is not None
        ]
        self.chosen.shuffle(found)
        self._looked += 1
        self._otherwise.update(held.id for held, _ in found)
        return sorted(found, key=lambda one: (not one[0].named, self.used[one[0].id]))

    def worth(self, others: Sequence[tuple[HeldLaw, AnswerInBrief]]) -> float:
        """How many answer otherwise; who did in drafts before counts for less, so that others have their turn."""
        return sum(1 / (1 + self.drafted[held.id]) for held, _ in others)

    def rarity(self, held: HeldLaw) -> float:
        """In what share of the cases so far somebody answers otherwise; where seldom, it is what a case shows."""
        return self._otherwise[held.id] / max(1, self._looked)

    def give_back(self, exercise: Exercise) -> None:
        """Let others have the names of an exercise that was refused."""
        for name in [one for one in self._taken if one in exercise.story]:
            self._taken.remove(name)

    def note(self, exercise: Exercise) -> None:
        """Note what an exercise has that now belongs to the set."""
        self.used.update({*(one.misconception or one.id for one in exercise.options), *exercise.limbs})

    def wrong(
        self, case: Case, held: HeldLaw, answers: tuple[AnswerInBrief, AnswerInBrief], says: str, name: str = ""
    ) -> AnswerOption:
        """The option that is the answer of one who holds something else than the law."""
        said = feedback(self.laws, held, parting(self.laws, case, held, answers))
        return self.option_of(held, AnswerOption(name or held.id, says, False, feedback=said, answered=answers[1]))

    def option_of(self, held: HeldLaw, option: AnswerOption) -> AnswerOption:
        """A wrong option, with whose answer it is."""
        reading = None if held.reading is None else OtherReading(*held.reading)
        return replace(option, misconception=held.misconception, reading=reading)

    def beside(self, right: str, candidates: Sequence[AnswerOption], most: int) -> list[AnswerOption]:
        """The first of some wrong options, and one of the others where the right one would stand out by its length."""
        found = list(candidates[:most])
        sign = stands_out_among(right, [one.says for one in found])
        rest = sorted(candidates[most:], key=lambda one: sign * len(one.says))
        if sign and rest and found and stands_out_among(right, [*(one.says for one in found[:-1]), rest[-1].says]) == 0:
            found[-1] = rest[-1]
        return found

    def tell(self, case: Case, needed: Sequence[str] | None = None, beside: Sequence[str] = ()) -> Story:
        """The story of a case, with what counts for somebody who errs; raises `NotTold`."""
        seed = self.chosen.randrange(2**31)
        return tell(
            self.laws.rulebook,
            case,
            self.laws.question,
            seed=seed,
            needed=needed,
            beside=(*beside, *self.laws.told_beside(case)),
            taken=tuple(self._taken),
        )

    def can_be_told(self, case: Case) -> bool:
        """Whether a case can be told, and in the words that the rulebook has for prose, if it has any."""
        rulebook = self.laws.rulebook
        try:
            plainly = tell(rulebook, case, self.laws.question, seed=0).in_words_of_values
            return not plainly or not self.laws.is_told_in_phrases
        except NotTold:
            return False

    def explained(self, case: Case, answered: AnswerInBrief) -> Explanation:
        """The explanation of an answer; the last one serves again, since its parts cost much."""
        last = self._explained
        if last is None or last.case is not case or last.answered != answered:
            last = self._explained = Explanation(self.laws, case, answered)
        return last

    def is_in_reach(
        self, case: Case, answered: AnswerInBrief, otherwise: Iterable[str] = (), more: float = COUNTED
    ) -> bool:
        """Whether an exercise about a case may be of the level that is wanted, if one is (`difficulty.is_in_reach`)."""
        if self.level is None:
            return True
        return is_in_reach(self.level, self.kind, self.explained(case, answered), otherwise, more)

    def is_too_hard(self, case: Case, answered: AnswerInBrief, misconceptions: int) -> bool:
        """Whether every exercise about a case is above the level that is wanted (`difficulty.is_too_hard`)."""
        explained = self.explained(case, answered)
        return self.level is not None and is_too_hard(self.level, self.kind, explained, misconceptions)

    def told_apart_by(self, draft: ExerciseDraft) -> Hashable:
        """What tells an exercise from its twins: what is right in it and why, and whose answers are wrong in it."""
        every = self.kind not in WHATEVER_ELSE
        options = [one.id for one in draft.options if every or one.right or one.misconception or one.reading]
        return self.kind, draft.reason, self._reason_of(draft), frozenset(options)

    def _reason_of(self, draft: ExerciseDraft) -> tuple[str, ...]:
        """What the answer rests on, but for days and names: with the same reason and options they are twins."""
        if draft.case is None or draft.answered is None or self.kind not in BY_THEIR_REASON:
            return ()
        reason = self.explained(draft.case, draft.answered).told_reason
        return tuple(sorted(f"{one.name}={one.value if isinstance(one.value, bool) else ''}" for one in reason))

    def take_name(self, name: str) -> None:
        """Note the name of a person who now belongs to the set."""
        self._taken.append(name)

    def shuffled(self, options: Sequence[AnswerOption]) -> tuple[AnswerOption, ...]:
        """Options in an order of chance."""
        found = list(options)
        self.chosen.shuffle(found)
        return tuple(found)

    def difficulty(self, draft: ExerciseDraft) -> Difficulty:
        """How difficult the exercise of a draft is, which is known before it is told."""
        if draft.difficulty is not None:
            return draft.difficulty
        assert draft.case is not None
        assert draft.answered is not None
        return difficulty_of(self.kind, self.explained(draft.case, draft.answered), draft.otherwise)

    def finished(self, draft: ExerciseDraft) -> Exercise | None:
        """The exercise of a draft; None where its case cannot be told."""
        laws, case = self.laws, draft.case
        story, told = draft.story or "", tuple[str, ...]()
        if case is not None and draft.story is None:
            try:
                telling = self.tell(draft.told_case or case)
            except NotTold:
                return None
            if telling.in_words_of_values and laws.is_told_in_phrases:
                return None
            self.take_name(telling.person.name)
            story, told = telling.text, telling.told
        explained = None if case is None or draft.answered is None else self.explained(case, draft.answered)
        difficulty = self.difficulty(draft)
        hints, explanation = draft.hints, draft.explanation
        if hints is None:
            assert explained is not None
            hints = explained.hints(draft.part)
        if explanation is None:
            assert explained is not None
            explanation = explained.text(draft.part)
        limbs = draft.limbs
        if not limbs and explained is not None:
            limbs = _limbs(explained, draft.part)
        made = Exercise(
            id="",
            kind=self.kind,
            question=laws.question,
            rulebook=RulebookUsed.of(laws.rulebook),
            seed=self.seed,
            title=draft.title or laws.rulebook.questions[laws.question].title,
            stem=draft.stem,
            response=draft.response,
            options=draft.options,
            hints=hints,
            explanation=explanation,
            proof=draft.proof,
            level=level_of(difficulty),
            difficulty=difficulty,
            story=story,
            case={} if case is None else plain(laws, draft.told_case or case),
            told=told,
            stage=draft.stage,
            readings=draft.readings,
            answered=draft.answered,
            sides=draft.sides,
            limbs=limbs,
        )
        return with_id(made)


def plain(laws: Laws, case: Case) -> dict[str, Any]:
    """A case as an exercise has it: as in a case file, its facts alone; what is not told is presumed to be ordinary."""
    return {"presume": PRESUMED, "facts": plain_facts(laws.rulebook, case.facts)}


def _limbs(explained: Explanation, part: PartingStep | None) -> tuple[str, ...]:
    """What is tested: the grounds with their limbs, and where somebody may part from the law."""
    found = [f"provision:{ground.id}" for ground in explained.answer.grounds]
    found += [f"concept:{limb}" for ground in explained.answer.grounds for limb in ground.limbs]
    if part is not None:
        found += [f"provision:{part.provision}", *(f"fact:{name.partition('[')[0]}" for name in part.inputs)]
    return tuple(dict.fromkeys(found))


def decide_command(laws: Laws, *further: str) -> str:
    """The command that decides the exercise's case."""
    return " ".join(("lawmodel decide", CASE_FILE, "--question", laws.question, *further))
