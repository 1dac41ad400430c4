"""What is said to an answer: its mark, why, where it parts from the law, and on which reading it would be right."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, TypeAlias

from lawmodel.case.case import Case
from lawmodel.case.writing import case_text
from lawmodel.dataclass import dataclass
from lawmodel.document import Block
from lawmodel.documents.grounds import grounds, without_effect
from lawmodel.documents.time_line import timeline_of
from lawmodel.exercises.exercise import AnswerOption, Exercise, OneChoice, SeveralChoices, StepOrder, WrittenCase
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.marking import (
    Chosen,
    Given,
    Mark,
    NotKnown,
    OrderedSteps,
    WrittenAnswer,
    mark,
)
from lawmodel.exercises.predictions import asked_case
from lawmodel.exercises.progress import logged
from lawmodel.exercises.step_orders import an_order
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decide import decide
from lawmodel.results.encoder import encode
from lawmodel.rulebook.held_law import readings_held
from lawmodel.safe_text import json_text
from lawmodel.service.pages.address import NEW, Address, href
from lawmodel.service.pages.case_page import titled
from lawmodel.service.pages.catalogue import Catalogue
from lawmodel.service.pages.controls import Lead, mark_of
from lawmodel.service.pages.practice.answer_form import AnswerForm
from lawmodel.service.pages.practice.exercise_page import paragraphs
from lawmodel.service.pages.practice.twin_table import twin_table
from lawmodel.service.pages.workbench import EMPTY, Workbench
from lawmodel.verbs.whatif.between import between
from lawmodel.verbs.whatif.document import differing
from lawmodel.words.outcomes import predicates

Verdict: TypeAlias = Literal["right", "reading", "part", "wrong", "unknown"]
BEFORE_ALL: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Stands in the place of a time that only the browser knows."""
BESIDE_THE_LAW: Final = ("outcome", "ground")
"""The kinds in which the law and what somebody takes for it decide the exercise's own case."""
MOST_LINKS: Final = 4
MOST_PROVISIONS: Final = 2
"""So many provisions on which the two part are shown step by step."""
LINKED: Final = ("provision", "reading", "instrument")
"""The limbs of an exercise that have a page of the law."""


@dataclass(frozen=True, slots=True)
class AnsweredOption:
    """An option with what came of it."""

    letter: str
    says: str
    right: bool
    chosen: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Holders:
    """A reading on which the answer is right, and who holds it."""

    reading: str
    option: str
    says: str
    held_by: tuple[tuple[str, str], ...]
    """The titles of the sources, each with its id."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contested text: what it leads to, and who supports it."""

    reading: str
    title: str
    says: str
    lead: Lead
    held_by: tuple[tuple[str, str], ...]


def feedback(
    workbench: Workbench, laws: Laws, exercise: Exercise, form: AnswerForm, given: Given, t: Catalogue
) -> dict[str, Any]:
    """What the template needs beside the exercise; ``t`` are the texts of the interface.

    Raises `NotAnAnswer` for an answer to something else.
    """
    rulebook, heads = workbench.rulebook, (t("practise.by_law"), t("practise.by_answer"))
    marked = mark(exercise, given, rulebook=rulebook, hints=form.hints, tries=form.tries)
    plain = mark(exercise, given, rulebook=rulebook)
    asked = asked_case(rulebook, exercise)
    case = None if asked is None else asked.case
    chosen = _chosen(exercise, given)
    held = _held(laws, chosen)
    on_readings = [one for one in chosen if one.reading is not None and not one.right and exercise.kind != "reading"]
    on_reading = next(iter(on_readings), None)
    start = None if case is None else Address(NEW, EMPTY, case, exercise.question, language=t.language)
    answer = None if case is None else decide(rulebook, case, exercise.question, forward_chaining=False)
    beside = held if held is not None and exercise.kind in BESIDE_THE_LAW else None
    return {
        "mark": marked,
        "record": _record(exercise, given, marked, form),
        "percent": round(marked.share * 100),
        "verdict": _verdict(exercise, given, plain),
        "says": [part for one in _said(exercise, plain, on_reading) for part in paragraphs(one)],
        "why": paragraphs(exercise.explanation) if exercise.explanation not in plain.says else [],
        "options": tuple(_options(exercise, given)),
        "ordered": an_order(exercise, exercise.response) if isinstance(exercise.response, StepOrder) else (),
        "written": given.text if isinstance(given, WrittenAnswer) else None,
        "example": case_text(exercise.response.example).rstrip("\n")
        if isinstance(exercise.response, WrittenCase) and exercise.response.example
        else "",
        "holders": tuple(_holders(workbench, one) for one in on_readings),
        "table": None if start is None else twin_table(workbench, laws, exercise, (start, chosen), heads),
        "sides": tuple(_sides(workbench, exercise, start)),
        "differs": _differs(laws, exercise, case, beside, heads) if case is not None and beside is not None else (),
        "steps": () if answer is None else (*grounds(answer), *without_effect(answer)),
        "axis": () if answer is None or (line := timeline_of(answer)) is None else (line,),
        "open": "" if start is None else href(rulebook, start),
        "read": tuple(_read(workbench, exercise))[:MOST_LINKS],
    }


def _said(exercise: Exercise, plain: Mark, on_reading: AnswerOption | None) -> Sequence[str]:
    """What is said to the answer as a whole; what is said of one option of several stands with it.

    That the answer is right on a reading stands with those who hold it.
    """
    match exercise.response:
        case OneChoice() if on_reading is not None and on_reading.feedback in plain.says:
            return (on_reading.feedback,)
        case SeveralChoices():
            of_options = {one.feedback for one in exercise.options}
            return [one for one in plain.says if one not in of_options]
        case _:
            return plain.says


def _record(exercise: Exercise, given: Given, marked: Mark, form: AnswerForm) -> str:
    """The answer as a log has it, but for its time, which is the browser's; nothing where it is not to be noted."""
    if form.tries > 1:
        return ""
    return json_text(encode(logged(exercise, given, marked, form.hints, BEFORE_ALL)))


def _verdict(exercise: Exercise, given: Given, plain: Mark) -> Verdict:
    if isinstance(given, NotKnown):
        return "unknown"
    if plain.right:
        return "right"
    one = _chosen(exercise, given)
    if isinstance(exercise.response, OneChoice) and one and one[0].reading is not None and exercise.kind != "reading":
        return "reading"
    return "part" if plain.share else "wrong"


def _chosen(exercise: Exercise, given: Given) -> list[AnswerOption]:
    match given:
        case Chosen(options):
            return [exercise.option(one) for one in options]
        case OrderedSteps(steps):
            return [exercise.option(one) for one in steps]
        case WrittenAnswer(_, str(reason)):
            return [exercise.option(reason)]
        case _:
            return []


def _options(exercise: Exercise, given: Given) -> Iterator[AnsweredOption]:
    """The options, in the order of the form; steps in the order in which they were put, and then the others."""
    chosen = [one.id for one in _chosen(exercise, given)]
    offered = lettered(exercise)
    if isinstance(exercise.response, StepOrder):
        offered.sort(key=lambda one: chosen.index(one[1].id) if one[1].id in chosen else len(chosen))
    if isinstance(exercise.response, WrittenCase) and not chosen:
        return
    for letter, one in offered:
        yield AnsweredOption(letter, one.says, one.right, one.id in chosen, one.feedback)


def _held(laws: Laws, chosen: Sequence[AnswerOption]) -> HeldLaw | None:
    """What whoever answers so takes for the law, where the rulebook has a name for it."""
    names = [one.misconception for one in chosen if one.misconception is not None and not one.right]
    return next((laws.held[name] for name in names if name in laws.held), None)


def _holders(workbench: Workbench, chosen: AnswerOption) -> Holders:
    rulebook, one = workbench.rulebook, chosen.reading
    assert one is not None
    option = rulebook.readings[one.reading].option(one.option)
    held_by = tuple((titled(rulebook, each), each.id) for each in option.supported_by)
    return Holders(one.reading, one.option, option.says, held_by)


def _sides(workbench: Workbench, exercise: Exercise, start: Address | None) -> Iterator[Side]:
    rulebook = workbench.rulebook
    for one in exercise.sides:
        option = rulebook.readings[one.reading].option(one.option)
        held_by = tuple((titled(rulebook, each), each.id) for each in option.supported_by)
        says = predicates(rulebook, exercise.question, one.possible)
        marks = tuple(mark_of(rulebook, exercise.question, each) for each in one.possible)
        lead = Lead(
            one.says,
            says,
            marks,
            "" if start is None else href(rulebook, replace(start, readings={one.reading: one.option})),
        )
        yield Side(one.reading, rulebook.readings[one.reading].title, one.says, lead, held_by)


def _differs(laws: Laws, exercise: Exercise, case: Case, held: HeldLaw, heads: tuple[str, str]) -> tuple[Block, ...]:
    """The law's answer and that of who holds something else, side by side, with only what differs."""
    one = Ask(laws.rulebook, case, exercise.question, readings=exercise.readings)
    readings = {**readings_held(laws.rulebook, held.rulebook), **exercise.readings}
    other = Ask(held.rulebook, case, exercise.question, readings=readings)
    return differing(between(one, other), heads)[:MOST_PROVISIONS]


def _read(workbench: Workbench, exercise: Exercise) -> Iterator[tuple[str, str]]:
    """The entries of the law that the exercise tests: what they are called, and their ids."""
    rulebook = workbench.rulebook
    for limb in exercise.limbs:
        kind, _, name = limb.partition(":")
        if kind in LINKED:
            entries = getattr(rulebook, f"{kind}s")
            if name in entries:
                yield (entries[name].citation if kind == "provision" else entries[name].title), name
