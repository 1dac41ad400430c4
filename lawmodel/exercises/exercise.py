"""What an exercise is: a case in words, a question about it, the options, and all that marks and explains an answer.

Everything that is right or wrong in it was worked out by the engine under one rulebook, whose hash it names. It is a
value that can be written as JSON and read back (`lawmodel.exercises.exercise_file`); how it is shown, and what other
systems make of it, is said elsewhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any, Final, Literal, TypeAlias, get_args

from lawmodel.dataclass import dataclass
from lawmodel.inquiry.answer_in_brief import AnswerInBrief as AnswerInBrief
from lawmodel.results.header import RulebookUsed, hash_of
from lawmodel.results.result import Result
from lawmodel.value_object import ValueObject, summary

Kind: TypeAlias = Literal[
    "outcome",
    "ground",
    "missing-fact",
    "least-change",
    "reading",
    "contested",
    "day",
    "statement",
    "build",
    "order",
]
"""What an exercise asks for."""
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Level: TypeAlias = Literal[1, 2, 3, 4]
LAW: Final = "law"
"""The id of an option that is the answer of the law, where there is one such option."""
ID_LENGTH: Final = 10
"""So many digits of a hash tell exercises apart."""


@dataclass(frozen=True, slots=True)
class OtherReading(ValueObject):
    """A reading, with an option other than the one that the exercise goes by."""

    reading: str
    option: str


@dataclass(frozen=True, slots=True)
class AnswerOption(ValueObject):
    """What can be answered: a choice, a step to be put in its place, or a reason."""

    id: str
    """The same in every exercise for the same mistake: the id of a misconception, or ``law``; else what it names."""
    says: str
    right: bool
    """Of a step: whether it belongs to the order at all."""
    misconception: str | None = None
    """The misconception of the rulebook whose answer it is."""
    reading: OtherReading | None = None
    """The reading on which it is right, although it is not on those that the exercise goes by."""
    feedback: str = ""
    """What is said to somebody who chose it."""
    answered: AnswerInBrief | None = None
    """What the law answers that this option stands for."""
    weight: int = 2
    """What it counts where several are right, in halves: 4 for a ground without which the outcome is another, 1 for a
    provision that only applies beside those on which the outcome rests."""


@dataclass(frozen=True, slots=True)
class OneChoice(ValueObject):
    """One option is right."""

    form: Literal["one choice"] = "one choice"


@dataclass(frozen=True, slots=True)
class SeveralChoices(ValueObject):
    """All options that are right are to be chosen, and no others."""

    form: Literal["several choices"] = "several choices"
    alone: str | None = None
    """The option that says that none of the others is right."""


@dataclass(frozen=True, slots=True)
class StepOrder(ValueObject):
    """The options are steps, to be put in an order in which each has what it needs."""

    before: tuple[tuple[str, str], ...] = ()
    """Pairs of steps of which the first has to come before the second; any order that keeps them is right."""
    form: Literal["ordering"] = "ordering"


@dataclass(frozen=True, slots=True)
class WrittenCase(ValueObject):
    """A case is to be written that comes to an answer; or it is to be said that there is none.

    Where there is none, the options are reasons for that, and one of them is right.
    """

    outcome: str
    grounds: tuple[str, ...]
    """Each of these is to be a ground of it."""
    only_these: bool = False
    """Whether no other provision may be a ground."""
    possible: bool = True
    """Whether there is such a case."""
    example: Mapping[str, Any] = field(default_factory=dict)
    """One that is right, as a case file has it; nothing where there is none."""
    form: Literal["case"] = "case"


Response: TypeAlias = OneChoice | SeveralChoices | StepOrder | WrittenCase
"""How an exercise is answered."""


@dataclass(frozen=True, slots=True)
class ReadingSide(ValueObject):
    """One side of a contested text, and who supports it."""

    reading: str
    option: str
    says: str
    possible: tuple[str, ...]
    """The outcomes of the case on this side."""
    sources: tuple[str, ...]
    """The sources that support it, by their ids."""


@dataclass(frozen=True, slots=True)
class ProofStep(ValueObject):
    """A command that shows the key, and what it shows. ``case.yaml`` stands for a file with the exercise's case."""

    command: str
    shows: str


@dataclass(frozen=True, slots=True)
class Difficulty(ValueObject):
    """What the way to the answer needs, counted. A prior: what students answer says more."""

    facts: int = 0
    """Facts told in the smallest reason."""
    comparisons: int = 0
    """Comparisons of days in it."""
    further_records: int = 0
    """Records beyond the first."""
    near_misses: int = 0
    """Provisions outside the reason that fail on one told condition alone."""
    boundaries: int = 0
    """Numbers and days that lie exactly on a boundary."""
    misconceptions: int = 0
    """Misconceptions of the rulebook that answer otherwise; four at most."""
    readings: int = 0
    """Readings that matter."""
    open_readings: int = 0
    """Those of them that have no default."""
    hidden_readings: int = 0
    """Readings that would matter if one ground were taken away: a bar that hides a dispute is hard to see through."""
    kind: int = 0
    """What this kind asks for beyond an outcome, from 0 to 3."""
    proof: int = 0
    """1 where it is to be seen that something holds of all cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(Result):
    """An exercise, with its key."""

    id: str
    """The kind, and a hash of what it is made of: not of its words, so that better ones leave it the same."""
    kind: Kind
    question: str
    """The question of the rulebook that it is about."""
    rulebook: RulebookUsed
    seed: int
    title: str
    stem: str
    """What is asked."""
    response: Response
    options: tuple[AnswerOption, ...]
    hints: tuple[str, str, str]
    explanation: str
    """Why the right answer is right."""
    proof: tuple[ProofStep, ...]
    level: Level
    difficulty: Difficulty
    story: str = ""
    """The case in words; nothing where the exercise has no case."""
    case: Mapping[str, Any] = field(default_factory=dict)
    """``facts`` and ``presume`` as a case file has them; nothing where the exercise has no case."""
    told: tuple[str, ...] = ()
    """The inputs that the story tells."""
    day: datetime.date | None = None
    """The day of the law that is asked for, where the case does not give it."""
    stage: str | None = None
    """The stage that bills must have reached to count as law; None: the last."""
    readings: Mapping[str, str] = field(default_factory=dict)
    """Those that are not taken by default."""
    answered: AnswerInBrief | None = None
    """What the law answers on the case."""
    sides: tuple[ReadingSide, ...] = ()
    """Where it is asked over what an answer is contested: the sides of each reading that is right."""
    limbs: tuple[str, ...] = ()
    """The conditions of the law that it tests: ``provision:id`` or ``concept:id``, and the inputs that decide there."""

    def __repr__(self) -> str:
        return summary(self, f"{self.id} (level {self.level}):", self.title)

    def is_right_on_a_reading(self, option: AnswerOption) -> bool:
        """Whether a wrong option is right on another reading; where readings are asked for each option is one."""
        return option.reading is not None and not option.right and self.kind != "reading"

    @property
    def right(self) -> tuple[AnswerOption, ...]:
        """The options that are right."""
        return tuple(one for one in self.options if one.right)

    def option(self, name: str) -> AnswerOption:
        """The option of this id; KeyError if there is none."""
        for one in self.options:
            if one.id == name:
                return one
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class LeftOut(ValueObject):
    """A kind of exercise that was asked for, and what could not be made of it."""

    kind: Kind
    wanted: int
    made: int
    why: str
    limbs: tuple[str, ...] = ()
    """The limbs that no exercise tests for this reason, in words; then ``wanted`` and ``made`` count sides of limbs."""


@dataclass(frozen=True, slots=True)
class ExerciseSet(Result):
    """Exercises made together: the same for everybody who gives the same seed and the same rulebook."""

    title: str
    seed: int
    rulebook: RulebookUsed
    exercises: tuple[Exercise, ...]
    left_out: tuple[LeftOut, ...] = ()
    form: Literal[1] = 1
    """The form of files of exercises."""

    def __repr__(self) -> str:
        return summary(self, f"{len(self.exercises)} exercises:", self.title)


def id_of(exercise: Exercise) -> str:
    """The id of what an exercise is made of: its law, case, question, options and key, and none of its words."""
    response = exercise.response
    made_of: dict[str, Any] = {
        "kind": exercise.kind,
        "question": exercise.question,
        "rulebook": exercise.rulebook.sha256,
        "seed": exercise.seed,
        "case": exercise.case,
        "law": [None if exercise.day is None else exercise.day.isoformat(), exercise.stage, dict(exercise.readings)],
        "options": [[one.id, one.right, one.weight] for one in sorted(exercise.options, key=lambda one: one.id)],
        "response": response.form,
        "limbs": list(exercise.limbs),
    }
    match response:
        case StepOrder(before):
            made_of["before"] = sorted(map(list, before))
        case WrittenCase(outcome, grounds, only_these, possible):
            made_of["wanted"] = [outcome, sorted(grounds), only_these, possible]
        case OneChoice() | SeveralChoices():
            pass
    return f"{exercise.kind}-{hash_of(made_of)[:ID_LENGTH]}"


def with_id(exercise: Exercise) -> Exercise:
    """The exercise under the id that it has to have."""
    return replace(exercise, id=id_of(exercise))
