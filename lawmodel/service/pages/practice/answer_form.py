"""What the form of an exercise says: options go by their letters, so that no name in the page tells which is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final, Literal, TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import (
    Exercise,
    OneChoice,
    OtherReading,
    SeveralChoices,
    StepOrder,
    WrittenCase,
)
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.marking import Chosen, Given, NotKnown, OrderedSteps, WrittenAnswer
from lawmodel.service.pages.exchange import PageRequest

HINTS: Final = 3
MOST_TRIES: Final = 9
LONGEST_CASE: Final = 4_000
"""So many characters has a case that is written on a page: it travels in the address."""
PLACE: Final = "place."
"""Before the letter of a step: the place that it has in the order; empty where it belongs nowhere."""
Button: TypeAlias = Literal["mark", "hint", "unknown", ""]
BUTTONS: Final[Mapping[str, Button]] = {"mark": "mark", "hint": "hint", "unknown": "unknown"}
Incomplete: TypeAlias = Literal["nothing", "twice", "reason", "no_case"]
"""What an answer lacks: nothing was chosen, two steps have one place, it is not said why there is no such case, or what
was written is no case."""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What was filled in, and which button was pressed."""

    button: Button = ""
    letters: tuple[str, ...] = ()
    """Of the options that were chosen."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Of the steps that were given a place, by their letters."""
    case: str = ""
    none: bool = False
    """Whether it is said that there is no such case."""
    reading: str = ""
    """The reading on which the answer is given, as ``READING=OPTION``; empty: those taken by default."""
    hints: int = 0
    """So many hints are shown."""
    tries: int = 1

    @property
    def is_answered(self) -> bool:
        """Whether it is to be marked."""
        return self.button in ("mark", "unknown")


def read_form(asked: PageRequest) -> AnswerForm:
    """What the query of an exercise's page says; what cannot be read is as if it were not there."""
    button = BUTTONS.get(asked.value("do"), "")
    hints = min(HINTS, _number(asked.value("hints")) + (button == "hint"))
    places = {
        name.removeprefix(PLACE): _number(value) for name, value in asked.query if name.startswith(PLACE) and value
    }
    return AnswerForm(
        button,
        tuple(dict.fromkeys(asked.all("answer"))),
        {letter: place for letter, place in places.items() if place},
        asked.value("case", LONGEST_CASE).replace("\r\n", "\n"),
        asked.value("none") == "yes",
        asked.value("reading"),
        hints,
        max(1, min(MOST_TRIES, _number(asked.value("tries")) or 1)),
    )


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 3 else 0


def given(exercise: Exercise, form: AnswerForm) -> Given | Incomplete:
    """The answer that was given, or what it lacks."""
    if form.button == "unknown":
        return NotKnown()
    ids = {letter: option.id for letter, option in lettered(exercise)}
    chosen = tuple(ids[letter] for letter in form.letters if letter in ids)
    match exercise.response:
        case OneChoice():
            return Chosen(chosen[:1], _reading(form.reading)) if chosen else "nothing"
        case SeveralChoices():
            return Chosen(chosen) if chosen else "nothing"
        case StepOrder():
            ordered = sorted((place, ids[letter]) for letter, place in form.places.items() if letter in ids)
            if len({place for place, _ in ordered}) < len(ordered):
                return "twice"
            return OrderedSteps(tuple(name for _, name in ordered)) if ordered else "nothing"
        case WrittenCase(possible=possible):
            if not form.none:
                return WrittenAnswer(form.case) if form.case.strip() else "nothing"
            if possible or chosen:
                return WrittenAnswer(None, chosen[0] if chosen else None)
            return "reason"
        case _:
            assert_never(exercise.response)


def _reading(written: str) -> OtherReading | None:
    reading, sign, option = written.partition("=")
    return OtherReading(reading, option) if sign else None


def parameters_of(form: AnswerForm) -> dict[str, str]:
    """What of a form is kept where the exercise is answered again: the hints, and the number of the try."""
    found = {"hints": str(form.hints)} if form.hints else {}
    return found | ({"tries": str(form.tries)} if form.tries > 1 else {})
