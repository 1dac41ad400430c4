"""What a phrase of a rulebook is: a text with holes, some of which may be left out.

``{fought}`` is what is said of a fact's value, ``{}`` the value itself; ``{fought=yes}`` prints nothing, and says that
the phrase tells this value. ``{He}``, ``{him}`` and the like are the person, ``{any charge}`` is a detail that tells no
fact, ``{also}`` or ``{then}`` says that a further record begins; ``{male}`` or ``{female}`` prints nothing, and
is for a man or a woman alone. What stands in ``[…]`` is left out where a fact in it is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from lawmodel.dataclass import dataclass

PERSON_WORDS: Final = ("He", "he", "him", "His", "his", "himself")
"""The person, as a subject, an object and so on; capitals where the sentence begins."""
FURTHER: Final = ("also", "then")
SEX: Final = ("male", "female")
_HOLE: Final = re.compile(r"\{([^{}]*)\}|([\[\]{}])")
_NAMED: Final = re.compile(r"([a-z][a-z0-9_.\[\]]*)(?:=([A-Za-z0-9_-]+))?\Z")


@dataclass(frozen=True)
class Text:
    """Words that stand as they are."""

    says: str


@dataclass(frozen=True)
class ValueItself:
    """The value that the phrase is about."""

    hole: str = "{}"


@dataclass(frozen=True)
class FactHole:
    """What is said of a fact; with a ``value`` nothing is printed, and the phrase tells that value."""

    name: str
    value: str | None = None


@dataclass(frozen=True)
class PersonHole:
    """The person, in one of `PERSON_WORDS`."""

    word: str


@dataclass(frozen=True)
class FurtherHole:
    """Empty for the first record of a list; for a later one the word that says so, with the blank behind it.

    ``{also}`` says that it is beside the one before, ``{then}`` that it came later, if it did.
    """

    word: str


@dataclass(frozen=True)
class SexHole:
    """Prints nothing: the phrase is for a man, or for a woman, alone."""

    sex: str


@dataclass(frozen=True)
class DetailHole:
    """An invented detail, which tells no fact."""

    name: str


@dataclass(frozen=True)
class Segment:
    """What is left out where one of its facts is not told."""

    parts: tuple[Part, ...]


Part: TypeAlias = Text | ValueItself | FactHole | PersonHole | FurtherHole | SexHole | DetailHole | Segment
Template: TypeAlias = tuple[Part, ...]


class NotATemplate(ValueError):
    """What is written is no phrase; says what is wrong and how to mend it."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(f"{message}. {mend}")
        self.message, self.mend = message, mend


def parse_template(text: str) -> Template:
    """The parts of a phrase; raises `NotATemplate`."""
    found: list[list[Part]] = [[]]
    end = 0
    for match in _HOLE.finditer(text):
        if match.start() > end:
            found[-1].append(Text(text[end : match.start()]))
        end = match.end()
        sign = match[2]
        if sign is None:
            found[-1].append(_hole(match[1]))
        elif sign == "[" and len(found) == 1:
            found.append([])
        elif sign == "]" and len(found) == 2:
            segment = Segment(tuple(found.pop()))
            if not any(isinstance(part, FactHole | DetailHole) for part in segment.parts):
                raise NotATemplate("a part in [ ] names no fact", "Name one, or take the brackets away.")
            if not any(isinstance(part, Text) for part in segment.parts):
                raise NotATemplate(
                    "a part in [ ] has no words", "Write words in it: without them nobody could read it."
                )
            found[-1].append(segment)
        else:
            raise NotATemplate(
                f"`{sign}` stands alone", "Write {fact} for a fact, and [ … ] around what may be left out."
            )
    if len(found) > 1:
        raise NotATemplate("`[` stands alone", "Write [ … ] around what may be left out.")
    if end < len(text):
        found[0].append(Text(text[end:]))
    return tuple(found[0])


def _hole(inside: str) -> Part:
    if not inside:
        return ValueItself()
    if inside in PERSON_WORDS:
        return PersonHole(inside)
    if inside in FURTHER:
        return FurtherHole(inside)
    if inside in SEX:
        return SexHole(inside)
    if inside.startswith("any "):
        return DetailHole(inside.removeprefix("any "))
    named = _NAMED.match(inside)
    if named is None:
        raise NotATemplate(
            f"`{{{inside}}}` is no hole", "Write {fact}, {fact=value}, {He}, {also}, {then} or {any detail}."
        )
    return FactHole(named[1], named[2])


def parts_in(template: Template) -> Iterator[Part]:
    """Every part, those of segments included."""
    for part in template:
        yield part
        if isinstance(part, Segment):
            yield from parts_in(part.parts)
