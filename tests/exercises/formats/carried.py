"""What of an exercise a reader of a format is to find, and texts compared by their words alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from lawmodel.exercises.exercise import Exercise, SeveralChoices
from lawmodel.exercises.formats import Exported


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.found.append(" ")

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_of_html(html: str | None) -> str:
    """The words that a reader of HTML is shown."""
    reader = _Words()
    reader.feed(html or "")
    reader.close()
    return words("".join(reader.found))


def words(text: str) -> str:
    """A text with one blank where it has some; what no XML can hold has a sign in its place."""
    return " ".join("".join("\ufffd" if _is_none(one) else one for one in text).split())


def _is_none(letter: str) -> bool:
    return letter in "\ufffe\uffff" or (unicodedata.category(letter) == "Cc" and letter not in "\t\n\r")


class Found(NamedTuple):
    """A choice, as a reader finds it."""

    asked: str
    several: bool
    options: tuple[tuple[str, str], ...]
    """What each says, and what is said of it."""


def expected(exercise: Exercise) -> Found:
    """What is to be found of an exercise that is a choice."""
    return Found(
        words(f"{exercise.story} {exercise.stem}"),
        isinstance(exercise.response, SeveralChoices),
        tuple((words(one.says), words(one.feedback)) for one in exercise.options),
    )


def choices(exported: Exported) -> Iterator[Exercise]:
    """The exercises of a file that are choices."""
    return (one for one in exported.exercises if one.response.form in ("one choice", "several choices"))


def all_told(exported: Exported, exercises: Iterable[Exercise]) -> bool:
    """Whether every exercise is either in the file or told to be left out, and none both."""
    left_out = [name for loss in exported.losses if loss.left_out for name in loss.exercises]
    return sorted([*left_out, *(one.id for one in exported.exercises)]) == sorted(one.id for one in exercises)
