"""What whoever marks by hand needs: a right answer, and how others are told right from wrong."""

from __future__ import annotations

from lawmodel.case.writing import case_text
from lawmodel.exercises.exercise import Exercise, OneChoice, SeveralChoices, StepOrder, WrittenCase
from lawmodel.exercises.step_orders import an_order


def model_answer(exercise: Exercise) -> str:
    """A right answer in words, a paragraph for each thing."""
    match exercise.response:
        case OneChoice() | SeveralChoices():
            return "\n\n".join(one.says for one in exercise.right)
        case StepOrder() as order:
            steps = an_order(exercise, order)
            return "\n".join(f"{number}. {one.says}" for number, one in enumerate(steps, 1))
        case WrittenCase(outcome, grounds, only_these, possible, example):
            asked = f"Outcome: {outcome}."
            if grounds:
                asked += f" Grounds: {', '.join(grounds)}{', and no other' if only_these else ''}."
            if not possible:
                reasons = [f"{'Right' if one.right else 'Wrong'}: {one.says}" for one in exercise.options]
                return "\n\n".join((asked, "There is no such case.", *reasons))
            return "\n\n".join((asked, "Any case with this answer is right, for instance:", case_text(example)))
