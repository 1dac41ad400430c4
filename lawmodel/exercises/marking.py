"""Marks for an answer to an exercise, and what is said to whoever gave it.

A mark is a share of 1, counted in fractions. What is right on another reading is never called wrong; the right outcome
for another reason is told apart. A case that was written is decided by the law, whoever wrote it: it is untrusted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final, TypeAlias

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import (
    AnswerInBrief,
    AnswerOption,
    Exercise,
    OneChoice,
    OtherReading,
    SeveralChoices,
    StepOrder,
    WrittenCase,
)
from lawmodel.inquiry.answer_in_brief import answer_in_brief
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.problems import ProblemsFound, rendered
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject

RIGHT: Final = Fraction(1)
OUTCOME_ALONE: Final = Fraction(2, 5)
"""The right outcome for a reason that would fail in another case."""
GROUND_ALONE: Final = Fraction(3, 10)
"""The right ground, with the wrong outcome."""
READING_NAMED: Final = Fraction(4, 5)
"""Right on a reading that is named, where the exercise goes by another."""
READING_NOT_NAMED: Final = Fraction(3, 10)
HINTS: Final = (Fraction(1, 10), Fraction(2, 10), Fraction(3, 10))
"""What each hint costs, in the order in which they are given."""
AFTER_FEEDBACK: Final = Fraction(1, 2)
"""The most that a further try can have."""
BUILT_OUTCOME: Final = Fraction(5, 10)
BUILT_GROUNDS: Final = Fraction(3, 10)
BUILT_LEAN: Final = Fraction(2, 10)
"""For a case with hardly a fact that makes no difference."""
NEEDLESS_ALLOWED: Final = 3
NONE_SAID: Final = Fraction(4, 10)
"""For saying that there is no such case; the rest is for the reason."""
CONTESTED_SAID: Final = Fraction(1, 3)
"""For saying that a case is contested, of the three marks that such an exercise has."""
MOST_CHARACTERS: Final = 100_000
"""Of a case that was written."""
MOST_FACTS_TRIED: Final = 60
"""So many facts of a case that was written are tried without; a longer one is not lean."""


@dataclass(frozen=True, slots=True)
class Chosen(ValueObject):
    """Options that were chosen, in any order; with the reading on which they are right, if one was named."""

    options: tuple[str, ...]
    reading: OtherReading | None = None


@dataclass(frozen=True, slots=True)
class OrderedSteps(ValueObject):
    """Steps in the order in which they were put."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenAnswer(ValueObject):
    """A case that was written, as a case file has it; None says that there is no such case, for a reason."""

    text: str | None
    reason: str | None = None
    """The option that was chosen as the reason."""


@dataclass(frozen=True, slots=True)
class NotKnown(ValueObject):
    """That the answer is not known: no marks, and no evidence of any misconception."""

    says: str = "I do not know"


Given: TypeAlias = Chosen | OrderedSteps | WrittenAnswer | NotKnown
"""What somebody answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(ValueObject):
    """What an answer is worth, and what is said to whoever gave it."""

    share: Fraction
    """From 0 to 1."""
    says: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    """Those whose answer it is."""
    readable: bool = True
    """False where what was written is no case: it can be mended, and given again."""
    answered: AnswerInBrief | None = None
    """What the law answers on a case that was written."""

    @property
    def right(self) -> bool:
        """Whether nothing is missing."""
        return self.share == RIGHT


def chosen_in(given: Given) -> tuple[str, ...]:
    """The ids of the options that an answer names; steps in their order."""
    match given:
        case Chosen(options):
            return tuple(dict.fromkeys(options))
        case OrderedSteps(steps):
            return steps
        case WrittenAnswer(_, reason):
            return () if reason is None else (reason,)
        case NotKnown():
            return ()


class NotAnAnswer(ValueError):
    """What is given answers another form of exercise, or names an option that there is not."""


def mark(exercise: Exercise, given: Given, *, rulebook: Rulebook | None = None, hints: int = 0, tries: int = 1) -> Mark:
    """The mark of what was answered, after so many hints, at the first try or a later one.

    ``rulebook`` decides a case that was written; without it such an exercise cannot be marked. Raises `NotAnAnswer`.
    """
    if isinstance(given, NotKnown):
        return Mark(share=Fraction(0), says=(exercise.explanation,))
    found = _marked(exercise, given, rulebook)
    share = found.share - sum(HINTS[: max(0, hints)], Fraction(0))
    if tries > 1:
        share = min(share, AFTER_FEEDBACK)
    says = found.says
    if rulebook is not None and exercise.rulebook.sha256 not in (None, rulebook.content_hash):
        says = (*says, "The law has moved since this exercise was made: it was marked by what it says itself.")
    return replace(found, share=max(Fraction(0), share), says=tuple(filter(None, says)))


def _marked(exercise: Exercise, given: Given, rulebook: Rulebook | None) -> Mark:
    response = exercise.response
    match response, given:
        case OneChoice(), Chosen(options, reading):
            if len(set(options)) != 1:
                raise NotAnAnswer("one option is to be chosen")
            return _one(exercise, _options(exercise, options)[0], reading)
        case SeveralChoices(_, alone), Chosen(options):
            chosen = _options(exercise, options)
            return _contested(exercise, chosen, alone) if exercise.kind == "contested" else _several(exercise, chosen)
        case StepOrder(before), OrderedSteps(steps):
            return _ordered(exercise, before, steps)
        case WrittenCase(), WrittenAnswer(text, reason):
            if rulebook is None:
                raise NotAnAnswer("a case that was written is decided by the law, and no rulebook is given")
            return _no_case(exercise, response, reason) if text is None else _case(exercise, response, text, rulebook)
        case _:
            raise NotAnAnswer(f"this does not answer an exercise of the form `{response.form}`")


def _options(exercise: Exercise, names: Iterable[str]) -> list[AnswerOption]:
    """The options of these names, in the order of the exercise: the order in which they were chosen is of no matter."""
    wanted = set(names)
    unknown = wanted - {one.id for one in exercise.options}
    if unknown:
        raise NotAnAnswer(f"there is no option `{min(unknown)}`")
    return [one for one in exercise.options if one.id in wanted]


def _one(exercise: Exercise, chosen: AnswerOption, reading: OtherReading | None) -> Mark:
    held = () if chosen.misconception is None else (chosen.misconception,)
    if chosen.right:
        return Mark(share=RIGHT, says=(chosen.feedback or exercise.explanation,))
    if chosen.reading is not None and exercise.kind != "reading":  # there readings are what is asked for
        share = READING_NAMED if reading == chosen.reading else READING_NOT_NAMED
        name = f"{chosen.reading.reading}={chosen.reading.option}"
        says = f"Right on another reading than the one that the exercise goes by ({name})."
        return Mark(share=share, says=(says, chosen.feedback), misconceptions=held)
    law, theirs = exercise.answered, chosen.answered
    # an option of another kind has the outcome that is asked for, or is no answer to the case
    if exercise.kind == "outcome" and law is not None and theirs is not None and law.outcome is not None:
        if theirs.outcome == law.outcome:
            says = "The outcome is right, for a reason that would fail in another case."
            return Mark(share=OUTCOME_ALONE, says=(says, chosen.feedback), misconceptions=held)
        if law.grounds and theirs.outcome is not None and set(theirs.grounds) == set(law.grounds):
            says = "The ground is right; what follows from it is not."
            return Mark(share=GROUND_ALONE, says=(says, chosen.feedback), misconceptions=held)
    return Mark(share=Fraction(0), says=(chosen.feedback or exercise.explanation,), misconceptions=held)


def _several(exercise: Exercise, chosen: Collection[AnswerOption]) -> Mark:
    wanted = sum(one.weight for one in exercise.options if one.right)
    hits = sum(one.weight for one in chosen if one.right)
    false = sum(1 if one.reading is not None else 2 for one in chosen if not one.right)
    share = max(Fraction(0), Fraction(hits - false, wanted)) if wanted else Fraction(0 if chosen else 1)
    missed = [one.says.rstrip(".") for one in exercise.options if one.right and one not in chosen]
    says = [one.feedback for one in chosen if not one.right]
    if missed:
        says.append(f"Missing: {'; '.join(missed)}.")
    held = tuple(one.misconception for one in chosen if one.misconception is not None and not one.right)
    return Mark(share=share, says=tuple(says) or (exercise.explanation,), misconceptions=held)


def _contested(exercise: Exercise, chosen: Collection[AnswerOption], alone: str | None) -> Mark:
    """One third for saying whether it is contested, the rest for saying over what."""
    found = _several(exercise, chosen)
    uncontested = any(one.right and one.id == alone for one in exercise.options)
    said_uncontested = {one.id for one in chosen} == {alone}
    if uncontested or said_uncontested or not chosen:
        return replace(found, share=RIGHT if uncontested and said_uncontested else Fraction(0))
    return replace(found, share=CONTESTED_SAID + (1 - CONTESTED_SAID) * found.share)


def _ordered(exercise: Exercise, before: Collection[tuple[str, str]], steps: tuple[str, ...]) -> Mark:
    if len(set(steps)) != len(steps):
        raise NotAnAnswer("a step stands twice")
    place = {step: number for number, step in enumerate(steps)}
    chosen = _options(exercise, steps)
    says = {one.id: one.says.rstrip(".") for one in exercise.options}
    broken = [
        (first, then) for first, then in before if first not in place or then not in place or place[first] > place[then]
    ]
    strangers = [one for one in chosen if not one.right]
    missing = [one for one in exercise.options if one.right and one.id not in place]
    kept = len(before) - len(broken) - len(strangers)
    share = Fraction(max(0, kept), len(before)) if before else Fraction(0 if strangers or missing else 1)
    told = [
        f"“{says[first]}” comes before “{says[then]}”." for first, then in broken if first in place and then in place
    ]
    told += [f"“{says[one.id]}” does not belong there. {one.feedback}".rstrip() for one in strangers]
    told += [f"“{says[one.id]}” is missing." for one in missing]
    if missing:
        share = min(share, Fraction(len(place), len(place) + len(missing)))
    return Mark(share=share, says=tuple(told) or (exercise.explanation,))


def _no_case(exercise: Exercise, wanted: WrittenCase, reason: str | None) -> Mark:
    if wanted.possible:
        return Mark(share=Fraction(0), says=("There is such a case.", exercise.explanation))
    chosen = _options(exercise, (reason,)) if reason is not None else []
    held = tuple(one.misconception for one in chosen if one.misconception is not None and not one.right)
    if any(one.right for one in chosen):
        return Mark(share=RIGHT, says=(exercise.explanation,))
    says = ("Right: there is none. The reason is another.", *(one.feedback for one in chosen))
    return Mark(share=NONE_SAID, says=says, misconceptions=held)


def _case(exercise: Exercise, wanted: WrittenCase, text: str, rulebook: Rulebook) -> Mark:
    """The mark of a case that was written: it is read as strictly as a case file, and decided."""
    if len(text) > MOST_CHARACTERS:
        says = f"A case has at most {MOST_CHARACTERS:,} characters here."
        return Mark(share=Fraction(0), says=(says,), readable=False)
    try:
        cases = parse_cases(rulebook, text, "your case")
        if not cases:
            return Mark(share=Fraction(0), says=("Nothing was written.",), readable=False)
        case = replace(cases[0], readings={}, on=None, stage=None, expectations=())
        made = decider(rulebook, exercise.question, exercise.stage)
        found = answer_in_brief(made, case, exercise.readings, exercise.day)
    except ProblemsFound as error:
        return Mark(share=Fraction(0), says=(rendered(error.problems),), readable=False)
    question = rulebook.questions[exercise.question]
    outcomes = {one.id: one.means for one in question.outcomes}
    reached = f"Your case: {outcomes[found.outcome]}." if found.outcome else "Your case leaves the answer open."
    if found.grounds:
        reached += f" Grounds: {', '.join(rulebook.provisions[name].citation for name in found.grounds)}."
    if not wanted.possible:
        return Mark(share=Fraction(0), says=(reached, exercise.explanation), answered=found)
    right_outcome = found.outcome == wanted.outcome
    right_grounds = set(wanted.grounds) <= set(found.grounds) and (
        not wanted.only_these or set(wanted.grounds) == set(found.grounds)
    )
    told = [reached]
    if not right_outcome:
        told.append(f"Asked for was: {outcomes.get(wanted.outcome, wanted.outcome)}.")
    elif not right_grounds:
        told.append("The outcome is right; the ground is another.")
    share = BUILT_OUTCOME * right_outcome + BUILT_GROUNDS * (right_outcome and right_grounds)
    if right_outcome and right_grounds:
        needless = _needless(made, exercise, case, found)
        if needless is None or len(needless) > NEEDLESS_ALLOWED:
            told.append(f"It could be shorter: without {_some(needless)} the answer is the same.")
        else:
            share += BUILT_LEAN
    return Mark(share=share, says=tuple(told), answered=found)


def _some(needless: list[str] | None) -> str:
    return "most of its facts" if needless is None else ", ".join(needless[:6])


def _needless(made: Decider, exercise: Exercise, case: Case, found: AnswerInBrief) -> list[str] | None:
    """The facts of a case without which, one after the other, the answer stays; None where they are too many to try."""
    dated_by = made.rulebook.law_date  # without it the law would be that of today
    tried = [(path, None, None) for path in case.facts if path != dated_by] + [
        (path, number, name)
        for path, value in case.facts.items()
        if isinstance(value, tuple)
        for number, record in enumerate(value)
        for name in record
    ]
    if len(tried) > MOST_FACTS_TRIED:
        return None
    needless = []
    for path, number, name in tried:
        if path not in case.facts:  # the whole list was needless
            continue
        facts = dict(case.facts)
        if number is None or name is None:
            del facts[path]
        else:
            records = [dict(one) for one in facts[path]]  # type: ignore[union-attr,arg-type]
            if name not in records[number]:
                continue
            del records[number][name]
            facts[path] = tuple(records)
        shorter = replace(case, facts=facts)
        try:
            same = answer_in_brief(made, shorter, exercise.readings, exercise.day)
        except ProblemsFound:
            continue
        if (same.outcome, set(same.grounds)) == (found.outcome, set(found.grounds)):
            needless.append(path if name is None else f"{path}[{(number or 0) + 1}].{name}")
            case = shorter
    return needless


def given_from_json(plain: object) -> Given:
    """What somebody answered, from plain data; raises `NotAnAnswer`.

    ``{"options": [...]}`` or ``{"option": ...}``, with ``"reading": ...`` and ``"as": ...`` where a reading is named;
    ``{"steps": [...]}``; ``{"case": "..."}``; ``{"none": true, "reason": ...}``; ``{"known": false}``.
    """
    if not isinstance(plain, Mapping):
        raise NotAnAnswer("an answer is an object with keys")
    match plain:
        case {"known": False}:
            return NotKnown()
        case {"option": str(option)}:
            return Chosen((option,), _reading(plain))
        case {"options": list(options)} if all(isinstance(one, str) for one in options):
            return Chosen(tuple(options), _reading(plain))
        case {"steps": list(steps)} if all(isinstance(one, str) for one in steps):
            return OrderedSteps(tuple(steps))
        case {"case": str(text)}:
            return WrittenAnswer(text)
        case {"none": True}:
            reason = plain.get("reason")
            if reason is None or isinstance(reason, str):
                return WrittenAnswer(None, reason)
    raise NotAnAnswer("an answer has `option`, `options`, `steps`, `case`, `none`, or `known: false`")


def _reading(plain: Mapping[str, object]) -> OtherReading | None:
    match plain:
        case {"reading": str(reading), "as": str(option)}:
            return OtherReading(reading, option)
    return None
