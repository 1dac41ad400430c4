"""A case told in one paragraph, as a lawyer would write it for the file."""

from __future__ import annotations

import random
from collections.abc import Collection
from itertools import pairwise
from typing import Final

from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.exercises.prose.composing import Composer, usable_wordings
from lawmodel.exercises.prose.facts_told import (
    Told,
    always_told,
    facts_given,
    paths_read,
)
from lawmodel.exercises.prose.person import ANY_STATE, Person, Sex, invent
from lawmodel.exercises.prose.read_back import StoryNotUnderstood, read_back
from lawmodel.exercises.prose.said_of_case import SaidOfCase
from lawmodel.exercises.prose.wordings import resolved, wordings, words_in
from lawmodel.exercises.prose.written_sentences import CannotBeTold
from lawmodel.exercises.single_facts import RECORD_KEY, without_numbers
from lawmodel.inputs import LAW_DATE
from lawmodel.inquiry.decider import decider
from lawmodel.rulebook.model import Register, Rulebook
from lawmodel.value_object import ValueObject

DRAWS: Final = 24
"""So many stories are composed, of which the best is told."""
MOST_WORDS: Final = 22
"""So many words a sentence has at most, on average."""
LONGEST_SENTENCE: Final = 34
FEWEST_SENTENCES: Final = 3
MOST_SENTENCES: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(ValueObject):
    """A case in words."""

    text: str
    told: tuple[str, ...]
    """The inputs that it tells; what it does not tell is as usual, or is not known."""
    person: Person
    in_words_of_values: int
    """How many sentences had to be told in the words of values, since the rulebook has no phrase."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences."""
        return tuple(f"{one.removesuffix('.')}." for one in self.text.split(". "))


class NotTold(Exception):
    """A case cannot be told; says why."""


def tell(
    rulebook: Rulebook,
    case: Case,
    question: str,
    *,
    seed: int,
    needed: Collection[str] | None = None,
    beside: Collection[str] = (),
    register: Register = "note",
    taken: Collection[str] = (),
    person: Person | None = None,
) -> Story:
    """The story of a case for a question; the same for the same seed.

    ``needed`` are the inputs that have to be told: without it, whatever the case gives that the question reads and
    that silence would not say. ``beside`` are inputs told besides, which are true and of no weight. What is not
    ordinary in ``needed`` is always told. ``taken`` are names that others in a set have; ``person``
    is the one that it is told of, if that is somebody of another story. Raises `NotTold`.
    """
    known, told = wordings(rulebook), facts_to_tell(rulebook, case, question, needed, beside)
    if not told:
        raise NotTold("the case gives nothing that the question reads")
    draw = random.Random(f"{seed}:{question}:{sorted(map(repr, told.items()))}")  # noqa: S311 - reproducible chance
    sexes: tuple[Sex, Sex] = ("male", "female") if draw.random() < 0.7 else ("female", "male")
    why = ""
    usable = usable_wordings(known, told, question, register)
    drafts: list[tuple[float, int, str, int, Person]] = []
    for sex in sexes if person is None else (person.sex,):
        of = person or invent(_state(rulebook, case), sex, draw, taken)
        of_case = SaidOfCase(known, told, of)
        for number in range(DRAWS):
            chance = random.Random(f"{draw.random()}:{number}")  # noqa: S311 - reproducible chance
            composer = Composer(of_case, question, chance, usable)
            try:
                sentences = composer.compose()
            except CannotBeTold as error:
                why = str(error)
                continue
            faults = faults_of(sentences, composer.fallen_back)
            drafts.append((faults, len(drafts), " ".join(sentences), composer.fallen_back, of))
        if drafts and not min(drafts, key=lambda one: one[:2])[3]:
            break  # where phrases are for a man alone, or a woman, the other is tried
    for _, _, text, fallen_back, of in sorted(drafts, key=lambda one: one[:2]):
        story = Story(text=text, told=tuple(told), person=of, in_words_of_values=fallen_back)
        average = words_in(text) / len(story.sentences)
        wrong = f"its sentences have {average:.0f} words on average" if average > MOST_WORDS else None
        wrong = wrong or _misread(story, told, rulebook)
        if wrong is None:
            return story
        why = wrong
    raise NotTold(why)


def facts_to_tell(
    rulebook: Rulebook, case: Case, question: str, needed: Collection[str] | None, beside: Collection[str]
) -> Told:
    """What a story of a case tells, by key, in the order of the rulebook's facts."""
    given = facts_given(rulebook, case)
    read = paths_read(rulebook, decider(rulebook, question).question, given) | {rulebook.law_date}
    wanted = None if needed is None else {*needed, *beside, *({rulebook.law_date} if LAW_DATE in needed else ())}
    found = {
        key: value
        for key, value in given.items()
        if (without_numbers(key) in read if wanted is None else key in wanted or _list_of(key, wanted)) or key in beside
    }
    for key in list(found):
        match = RECORD_KEY.match(key)
        if match and match["list"] not in found:
            found[match["list"]] = given[match["list"]]
    found |= always_told(rulebook, found)
    order = {key: number for number, key in enumerate([*given, *(key for key in found if key not in given)])}
    return {key: found[key] for key in sorted(found, key=lambda one: _place(rulebook, one, order))}


def _list_of(key: str, wanted: Collection[str]) -> bool:
    """Whether it is a list of which a record is told."""
    return any(one.startswith(f"{key}[") for one in wanted)


def _place(rulebook: Rulebook, key: str, order: dict[str, int]) -> tuple[int, int, int, int]:
    match = RECORD_KEY.match(key)
    path = match["list"] if match else key
    facts = list(rulebook.facts)
    if match is None:
        return facts.index(path), 0, 0, 0
    fields = [one.id for one in rulebook.facts[path].of]
    return facts.index(path), 1, int(match["number"]), fields.index(match["field"])


def _state(rulebook: Rulebook, case: Case) -> str:
    """The state by whose names the person is called: the first that the case gives."""
    given = facts_given(rulebook, case)
    for entry in rulebook.phrases.values():
        if entry.named_by is not None and entry.named_by.isupper():
            return entry.named_by
        if entry.named_by is not None:
            path = resolved(rulebook, entry.of, entry.named_by)
            for key, value in given.items():
                if without_numbers(key) == path and isinstance(value, str):
                    return value
    return ANY_STATE


def faults_of(sentences: list[str], in_words_of_values: int) -> float:
    """How far sentences are from what one would write: the number of sentences, their length, how they begin."""
    lengths = [words_in(one) for one in sentences]
    faults = 3.0 * in_words_of_values
    faults += 2.0 * max(0, FEWEST_SENTENCES - len(sentences)) + 2.0 * max(0, len(sentences) - MOST_SENTENCES)
    faults += sum(max(0, length - LONGEST_SENTENCE) for length in lengths)
    faults += max(0.0, sum(lengths) / len(lengths) - MOST_WORDS) * 4
    faults += sum(0.7 for length in lengths if length < 4)
    openings = [one.split()[0] for one in sentences]
    faults += sum(0.8 for one, other in pairwise(openings) if one == other)
    return faults


def _misread(story: Story, told: Told, rulebook: Rulebook) -> str | None:
    """How a story is read otherwise than it was meant; None where it is not."""
    try:
        read = read_back(rulebook, story.text)
    except StoryNotUnderstood as error:
        return str(error)
    return None if read == dict(told) else _difference(told, read)


def _difference(told: Told, read: Told) -> str:
    """What is read otherwise than it was told."""
    for key in {**told, **read}:
        if key not in read:
            return f"{key} is not read back"
        if key not in told:
            return f"{key} is read, and was not told"
        if told[key] != read[key]:
            return f"{key} is read as {read[key]}, and is {told[key]}"
    return "the order differs"
