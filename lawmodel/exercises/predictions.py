"""What each hypothesis answers to each item: the law, and the laws of those who hold misconceptions."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.telling_case import telling_case
from lawmodel.dataclass import dataclass
from lawmodel.exercises.diagnosis import GUESSES, DiagnosticItem, Hypothesis
from lawmodel.exercises.exercise import LAW, Exercise, OneChoice, SeveralChoices, StepOrder, WrittenCase
from lawmodel.inquiry.answer_in_brief import AnswerInBrief, answer_in_brief
from lawmodel.inquiry.consequences import consequences
from lawmodel.inquiry.decider import Decider
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.held_law import held_law
from lawmodel.rulebook.model import Rulebook

JOINED: Final = "+"
"""Between misconceptions that one holds together."""
CHOSEN_TOGETHER: Final = "|"
"""Between options that were chosen together."""
IN_ORDER: Final = "in order"
NOT_IN_ORDER: Final = "not in order"
"""The answers to an item that is an order of steps."""
SO: Final = "so"
NOT_SO: Final = "not so"
"""The answers to an item that is a case somebody wrote."""
WRITTEN: Final = "written:"
"""Before the id of such an item."""
FEWEST_OFFERED: Final = 4
"""So many answers at least are taken to be on offer where any may be given: whoever slips has a choice."""


@dataclass(frozen=True, slots=True)
class AskedCase:
    """A case that is put to students, with the question and the law that is asked for."""

    id: str
    case: Case
    question: str
    on: datetime.date | None = None
    stage: str | None = None
    readings: tuple[tuple[str, str], ...] = ()
    limbs: tuple[str, ...] = ()
    title: str = ""


class HeldLaws:
    """The law, and what those take for it who hold misconceptions, ready to be asked."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._rulebooks: dict[str, Rulebook] = {LAW: rulebook}
        self._deciders: dict[tuple[str, str, str], Decider] = {}

    def hypotheses(self, pairs: Iterable[tuple[str, str]] = ()) -> tuple[Hypothesis, ...]:
        """The law, each misconception, the pairs that are named, and guesses."""
        known = self.rulebook.misconceptions
        single = [Hypothesis(name, one.says, (name,)) for name, one in known.items()]
        double = [
            Hypothesis(JOINED.join(pair), " ".join(known[name].says for name in pair), tuple(pair)) for pair in pairs
        ]
        return (
            Hypothesis(LAW, "The law"),
            *single,
            *double,
            Hypothesis(GUESSES, "Guessing"),
        )

    def pairs(self, among: Sequence[str]) -> list[tuple[str, str]]:
        """The pairs of misconceptions, among some, that change different entries of the rulebook."""
        known = self.rulebook.misconceptions
        changed = {name: {edit.changed for edit in known[name].edit} for name in among}
        return [(one, other) for one, other in combinations(among, 2) if not changed[one] & changed[other]]

    def says(self, hypothesis: Hypothesis, asked: AskedCase) -> str | None:
        """The same as one word, with the consequences that certainly follow."""
        answer = self.answer(hypothesis, asked)
        if answer is None:
            return None
        made = self._deciders[self._key(hypothesis, asked)]
        if not any(rule.brings for rule in made.question.rules) and not made.question.follows:
            return label(answer)
        valuation = made.value(asked.case, {**asked.case.readings, **dict(asked.readings)}, asked.on or asked.case.on)
        follow = consequences(made, valuation.valuation, answer.possible)
        certain = sorted(one.id for one in follow if one.certain)
        return f"{label(answer)}, with {', '.join(certain)}" if certain else label(answer)

    def _key(self, hypothesis: Hypothesis, asked: AskedCase) -> tuple[str, str, str]:
        return hypothesis.id, asked.question, asked.stage or asked.case.stage or self.rulebook.ordinary_stage

    def answer(self, hypothesis: Hypothesis, asked: AskedCase) -> AnswerInBrief | None:
        """What one answers who holds this; None for guesses, and where the case cannot be so under that law."""
        if hypothesis.id == GUESSES:
            return None
        key = self._key(hypothesis, asked)
        if key not in self._deciders:
            self._deciders[key] = Decider(self._rulebook(hypothesis), *key[1:])
        try:
            return answer_in_brief(self._deciders[key], asked.case, dict(asked.readings), asked.on)
        except ProblemsFound:
            return None

    def _rulebook(self, hypothesis: Hypothesis) -> Rulebook:
        if hypothesis.id not in self._rulebooks:
            held = self.rulebook
            for name in hypothesis.misconceptions:
                held = held_law(held, name)
            self._rulebooks[hypothesis.id] = held
        return self._rulebooks[hypothesis.id]


def label(answer: AnswerInBrief) -> str:
    """An answer as one word: the outcome, or all that are possible, with the grounds."""
    outcome = answer.outcome or "depends:" + "/".join(answer.possible)
    return f"{outcome} ({', '.join(sorted(answer.grounds))})" if answer.grounds else outcome


def telling_cases(rulebook: Rulebook) -> list[AskedCase]:
    """The case of each misconception, as an item."""
    return [
        AskedCase(
            name,
            telling_case(rulebook, one),
            one.question,
            one.on,
            one.stage,
            tuple(one.readings.items()),
            tuple(":".join(edit.changed) for edit in one.edit),
            one.says,
        )
        for name, one in rulebook.misconceptions.items()
    ]


def items_of_cases(
    laws: HeldLaws, asked: Iterable[AskedCase], hypotheses: Sequence[Hypothesis]
) -> list[DiagnosticItem]:
    """Items to which the outcome and its grounds are the answer."""
    found = []
    for one in asked:
        predicted = {each.id: said for each in hypotheses if (said := laws.says(each, one)) is not None}
        offered = list(dict.fromkeys(predicted.values()))
        offered += [f"another answer {number}" for number in range(len(offered), FEWEST_OFFERED)]
        found.append(DiagnosticItem(one.id, tuple(offered), predicted, one.limbs, one.title))
    return found


def items_of_exercises(
    laws: HeldLaws, exercises: Iterable[Exercise], hypotheses: Sequence[Hypothesis]
) -> list[DiagnosticItem]:
    """An item for each exercise in which no case is written; of those that answer no case only the key is known.

    An order is in order or not, whichever of the right ones it is. What cases were written are items of their own
    (`items_of_written_cases`), since each may be another case.
    """
    return [
        _item(laws, one, hypotheses)
        for one in exercises
        if not isinstance(one.response, WrittenCase) or not one.response.possible
    ]


def written_case_item(name: str) -> str:
    """The id of the item that is a case somebody wrote; ``name`` is that of the exercise and the hash of the case."""
    return f"{WRITTEN}{name}"


def exercise_of(item: str) -> str:
    """The exercise of an item that is a written case; of another it is the item's own id."""
    return item.removeprefix(WRITTEN).rpartition("#")[0] if item.startswith(WRITTEN) else item


def items_of_written_cases(
    laws: HeldLaws, exercises: Iterable[Exercise], hypotheses: Sequence[Hypothesis], written: Mapping[str, str]
) -> list[DiagnosticItem]:
    """An item for each case that was written: whoever wrote it says that it comes to the answer that was asked for.

    ``written`` are the cases as YAML or JSON, by the id of the item. A hypothesis predicts `SO` where the case comes to
    that answer by its law, else `NOT_SO`. A case that cannot be is no item: it tells nothing of what somebody holds.
    """
    known = {one.id: one for one in exercises}
    found = []
    for name, text in written.items():
        exercise = known[exercise_of(name)]
        assert isinstance(exercise.response, WrittenCase)
        try:
            case = parse_cases(laws.rulebook, text, exercise.id)[0]
        except ProblemsFound:
            continue
        asked = AskedCase(name, case, exercise.question, exercise.day, exercise.stage, tuple(exercise.readings.items()))
        predicted = {}
        for each in hypotheses:
            answer = laws.answer(each, asked)
            if answer is not None:
                predicted[each.id] = SO if _comes_to(answer, exercise.response) else NOT_SO
        if LAW in predicted:
            found.append(DiagnosticItem(name, (SO, NOT_SO), predicted, exercise.limbs, exercise.title))
    return found


def _comes_to(answer: AnswerInBrief, wanted: WrittenCase) -> bool:
    return answer.outcome == wanted.outcome and {*wanted.grounds} <= {*answer.grounds}


def _item(laws: HeldLaws, exercise: Exercise, hypotheses: Sequence[Hypothesis]) -> DiagnosticItem:
    if isinstance(exercise.response, StepOrder):
        return DiagnosticItem(exercise.id, (IN_ORDER, NOT_IN_ORDER), {LAW: IN_ORDER}, exercise.limbs, exercise.title)
    key = chosen_together(one.id for one in exercise.right)
    predicted = {LAW: key}
    asked = asked_case(laws.rulebook, exercise)
    if asked is not None:
        for each in hypotheses:
            answer = laws.answer(each, asked) if each.id != LAW else None
            option = None if answer is None else _option(exercise, answer)
            option = option or _of_misconception(exercise, each)
            if option is not None:
                predicted[each.id] = option
    names = tuple(one.id for one in exercise.options)
    if isinstance(exercise.response, SeveralChoices):
        offered = tuple(dict.fromkeys((*predicted.values(), *names)))
    else:
        offered = names or (key,)
    return DiagnosticItem(exercise.id, offered, predicted, exercise.limbs, exercise.title)


def asked_case(rulebook: Rulebook, exercise: Exercise) -> AskedCase | None:
    """The case of an exercise with the law that it asks for; None where it has no case."""
    if "facts" not in exercise.case:
        return None
    case = parse_cases(rulebook, json.dumps(dict(exercise.case)), exercise.id)[0]
    return AskedCase(
        exercise.id,
        case,
        exercise.question,
        exercise.day,
        exercise.stage,
        tuple(exercise.readings.items()),
        exercise.limbs,
        exercise.title,
    )


def _option(exercise: Exercise, answer: AnswerInBrief) -> str | None:
    """What one chooses who answers so: the option that stands for it; None where there is no such option."""
    match exercise.response:
        case OneChoice():
            said = label(answer)
            return next((one.id for one in exercise.options if one.answered and label(one.answered) == said), None)
        case SeveralChoices(_, alone) if exercise.kind == "ground":
            speaking = {*answer.grounds, *answer.beside}
            chosen = [one.id for one in exercise.options if one.id in speaking]
            return chosen_together(chosen or ([alone] if alone else []))
        case _:
            return None


def _of_misconception(exercise: Exercise, hypothesis: Hypothesis) -> str | None:
    """The only option that is said to be that of the misconception, where one option is chosen."""
    if not isinstance(exercise.response, OneChoice):
        return None
    named = [one.id for one in exercise.options if one.misconception in hypothesis.misconceptions and not one.right]
    return named[0] if len(named) == 1 else None


def chosen_together(options: Iterable[str]) -> str:
    """Options that were chosen, as one answer, whatever their order."""
    return CHOSEN_TOGETHER.join(sorted(options))


def likely_pairs(laws: HeldLaws, probable: Sequence[Mapping[str, float]], most: int = 6) -> list[tuple[str, str]]:
    """Pairs of misconceptions worth weighing: of those that are most probable of somebody, taken alone."""
    known = laws.rulebook.misconceptions
    found: dict[tuple[str, str], None] = {}
    for each in probable:
        among = sorted((name for name in each if name in known), key=lambda name: -each[name])[:most]
        order = list(known)
        found |= dict.fromkeys(laws.pairs(sorted(among, key=order.index)))
    return list(found)
