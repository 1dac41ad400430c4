"""Answers to exercises as somebody types them: letters, or the name of a file with a case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, assert_never

from lawmodel.exercises.exercise import Exercise, OneChoice, OtherReading, SeveralChoices, StepOrder, WrittenCase
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.marking import MOST_CHARACTERS, Chosen, Given, NotAnAnswer, OrderedSteps, WrittenAnswer
from lawmodel.user_files import Unreadable, read_file
from lawmodel.words.counts import count

NONE: Final = "none"
"""What is typed to say that there is no such case."""
_BETWEEN: Final = re.compile(r"[\s,;]+")
_SHOWN: Final = 40
"""So many letters of what was typed are repeated."""


def parse_answer(exercise: Exercise, typed: str) -> Given:
    """What somebody answers who types this; raises `NotAnAnswer`."""
    match exercise.response:
        case OneChoice():
            words = [one for one in _BETWEEN.split(typed) if one]
            reading = _reading(words.pop()) if words and "=" in words[-1] and not _is_option(exercise, typed) else None
            chosen = _options(exercise, [typed] if _is_option(exercise, typed) else words)
            if len(chosen) != 1:
                raise NotAnAnswer("Type the letter of one option.")
            return Chosen(tuple(chosen), reading)
        case SeveralChoices():
            return Chosen(tuple(dict.fromkeys(_chosen(exercise, typed))))
        case StepOrder():
            steps = _chosen(exercise, typed)
            if len({*steps}) < len(steps):
                raise NotAnAnswer("A step stands twice. Type each letter once.")
            return OrderedSteps(tuple(steps))
        case WrittenCase():
            return _case(exercise, typed)
        case _:
            assert_never(exercise.response)


def _is_option(exercise: Exercise, typed: str) -> bool:
    return any(typed == one.id for one in exercise.options)


def _chosen(exercise: Exercise, typed: str) -> list[str]:
    chosen = _options(exercise, [one for one in _BETWEEN.split(typed) if one])
    if not chosen:
        raise NotAnAnswer(f"Type letters, such as {' '.join(letter for letter, _ in lettered(exercise)[:2])}.")
    return chosen


def _options(exercise: Exercise, words: Sequence[str]) -> list[str]:
    """The options that are named by their letters, of which several may stand together, or by their ids."""
    letters = {letter.casefold(): one.id for letter, one in lettered(exercise)}
    found: list[str] = []
    for word in words:
        folded = word.casefold().rstrip(".)")
        if folded in letters:
            found.append(letters[folded])
        elif _is_option(exercise, word):
            found.append(word)
        elif folded.isalpha() and all(one in letters for one in folded):
            found += [letters[one] for one in folded]
        else:
            first, last = lettered(exercise)[0][0], lettered(exercise)[-1][0]
            raise NotAnAnswer(f"`{word[:_SHOWN]}` is none of the options. Type letters from {first} to {last}.")
    return found


def _reading(word: str) -> OtherReading:
    name, _, option = word.partition("=")
    return OtherReading(name, option)


def _case(exercise: Exercise, typed: str) -> WrittenAnswer:
    name, _, reason = typed.partition(" ")
    if name.casefold() == NONE:
        reasons = _options(exercise, [reason.strip()]) if reason.strip() and exercise.options else []
        if exercise.options and len(reasons) != 1:
            why = count(len(exercise.options), "reason")
            raise NotAnAnswer(f"Say why: one of {why}, by its letter.")
        return WrittenAnswer(None, reasons[0] if reasons else None)
    try:
        return WrittenAnswer(read_file(Path(typed), 4 * MOST_CHARACTERS).decode())
    except UnicodeDecodeError:
        raise NotAnAnswer("This file is no text in UTF-8.") from None
    except Unreadable as unread:
        raise NotAnAnswer(f"{typed[:_SHOWN]}: {unread.message}. {unread.mend}") from None
