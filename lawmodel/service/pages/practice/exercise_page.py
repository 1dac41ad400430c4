"""An exercise on a page. Nothing of its key is among what the page is made of before it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import Exercise, OneChoice, SeveralChoices, StepOrder, WrittenCase
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.marking import HINTS as HINT_COSTS
from lawmodel.inputs import reading_key
from lawmodel.service.pages.practice.answer_form import AnswerForm, parameters_of
from lawmodel.service.pages.practice.set_address import SetAsked, set_href
from lawmodel.service.pages.practice.set_address import parameters_of as parameters_of_set

ON_A_READING: Final = ("outcome", "missing-fact")
"""The kinds in which it can be said on which reading one answers."""


@dataclass(frozen=True, slots=True)
class OfferedAnswer:
    """Something that can be answered, as it stands in the form."""

    letter: str
    says: str
    chosen: bool
    place: int = 0
    """Of a step: the place that it was given."""


def exercise_page(laws: Laws, asked: SetAsked, place: int, exercise: Exercise, form: AnswerForm) -> dict[str, Any]:
    """What the template needs to ask: the story, the question, the options without their key, the hints so far."""
    response = exercise.response
    if isinstance(response, OneChoice):
        control = "radio"
    elif isinstance(response, SeveralChoices):
        control = "checkbox"
    else:
        control = "order" if isinstance(response, StepOrder) else "case"
    # why there is no such case is asked of those who have said so: else the list would say it
    are_offered = control != "case" or (isinstance(response, WrittenCase) and not response.possible and form.none)
    offered = tuple(
        OfferedAnswer(letter, one.says, letter in form.letters, form.places.get(letter, 0))
        for letter, one in (lettered(exercise) if are_offered else ())
    )
    cost = HINT_COSTS[form.hints] if form.hints < len(HINT_COSTS) else None
    return {
        "set": asked,
        "place": place,
        "kind": exercise.kind,
        "level": exercise.level,
        "story": paragraphs(exercise.story),
        "stem": exercise.stem,
        "control": control,
        "offered": offered,
        "form": form,
        "hints": exercise.hints[: form.hints],
        "hint_cost": None if cost is None else int(cost * 100),
        "readings": tuple(_readings(laws)) if exercise.kind in ON_A_READING and exercise.case else (),
        "kept": {**parameters_of_set(asked), **parameters_of(form)},
        "answered": None,
        "action": set_href(asked, place).partition("?")[0],
    }


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [" ".join(one.split()) for one in text.split("\n\n") if one.strip()]


def _readings(laws: Laws) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The readings of the question, each with its other options as they are sent, and what they say."""
    for name, reading in laws.rulebook.readings.items():
        if reading_key(name) in laws.law.comparisons.occurring:
            others = [(f"{name}={one.id}", one.says) for one in reading.options if one.id != reading.default]
            yield reading.title, others
