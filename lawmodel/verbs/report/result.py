"""What a memorandum says, as data: every paragraph of it is made of these, and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias

from lawmodel.answer.answer import Answer
from lawmodel.answer.receipt import Receipt
from lawmodel.dataclass import dataclass
from lawmodel.inputs import ChosenBy
from lawmodel.results.assumption import Alternative
from lawmodel.results.changes import Changes
from lawmodel.results.given_input import GivenInput, Origin
from lawmodel.results.header import Header, OneCaseResult
from lawmodel.rulebook.model import Certainty, SourceRef, Words
from lawmodel.value_object import ValueObject, in_brief, summary

Role: TypeAlias = Literal["ground", "possible ground", "yields", "opening"]
"""A ground of the answer; of an open answer a provision on which it may rest; one that applies and gives way."""
Effect: TypeAlias = Literal["alone", "together", "none", "not worked out"]
"""What a reading does: another option changes what is possible by itself, or only together with other readings; or it
changes nothing however the others are taken."""
Holds: TypeAlias = Literal["yes", "no", "open"]


@dataclass(frozen=True, slots=True)
class GroupedFacts(ValueObject):
    """Facts of one group, or of one record."""

    title: str
    facts: tuple[GivenInput, ...]


@dataclass(frozen=True, slots=True)
class Facts(ValueObject):
    """The facts that bear on the question, by where each comes from."""

    given: tuple[GroupedFacts, ...]
    """What the case states, in the order of its file."""
    judgments: tuple[GivenInput, ...]
    """What the case states although it is a judgment of law; it is among what is given as well."""
    from_silence: tuple[GroupedFacts, ...]
    """What leaving a fact out means by the rulebook."""
    assumed: tuple[GivenInput, ...]
    """What is presumed, and of which another value would change the answer."""
    assumed_without_effect: tuple[GroupedFacts, ...]
    """What is presumed without effect by itself."""
    unknown: tuple[GivenInput, ...]


@dataclass(frozen=True, slots=True)
class LawInForce(ValueObject):
    """A provision behind the answer: what it says, how that is known, and since when it is law."""

    id: str
    citation: str
    title: str
    role: Role
    text: str
    words: Words | None
    certainty: Certainty
    instrument: str | None
    """The title of the instrument that brought it, where that is dated."""
    in_force: str | None
    date_certainty: str | None
    date_remark: str | None
    sources: tuple[SourceRef, ...]

    json_written: ClassVar[tuple[str, ...]] = ("words",)


@dataclass(frozen=True, slots=True)
class ElementFact(ValueObject):
    """A fact on which an element of a provision rests."""

    of: str
    """The record it is about; empty where it is about none."""
    says: str
    holds: Holds
    origin: Origin | None
    """None where it is no single fact of the case."""
    input: str | None


@dataclass(frozen=True, slots=True)
class Element(ValueObject):
    """A condition of a provision, as it stands on this case."""

    of: str
    says: str
    """The condition as it is met or not; empty where nothing but readings is asked."""
    holds: Holds
    facts: tuple[ElementFact, ...]
    readings: tuple[str, ...]
    """The readings on the way, by their ids."""
    citation: str
    asks_nothing: bool
    """Whether nothing is asked of the facts, as the readings are taken."""


@dataclass(frozen=True, slots=True)
class Analysis(ValueObject):
    """How a provision comes to an outcome on this case, condition by condition."""

    provision: str
    citation: str
    title: str
    role: Role
    outcome: str | None
    """For which it speaks; None where that is open."""
    short: str
    """Why it applies, as a clause; empty where the rulebook has no such clause and its conditions are too many."""
    says: str
    """What then follows, in words."""
    in_every_case: bool
    """False where it supports the outcome only in some of the cases left open."""
    applies: tuple[Element, ...]
    concludes: tuple[Element, ...]
    """What its outcome hangs on besides."""


@dataclass(frozen=True, slots=True)
class NotMetHere(ValueObject):
    """A provision that does not apply, and the first thing that it fails on."""

    id: str
    citation: str
    title: str
    because: str
    origins: tuple[Origin, ...]
    """Where the facts come from on which it fails, each once; empty where it fails on the law alone."""


@dataclass(frozen=True, slots=True)
class OptionEffect(ValueObject):
    """An option of a reading that is not taken, and the outcomes with it, everything else as it is."""

    option: str
    says: str
    supported_by: tuple[SourceRef, ...]
    possible: tuple[str, ...]
    """Empty where it was not worked out."""
    answer: str


@dataclass(frozen=True, slots=True)
class ReadingEffect(ValueObject):
    """A contested text on which the question bears: how it is read here, and what that does."""

    id: str
    asks: str
    option: str | None
    """None: it is open."""
    says: str
    chosen_by: ChosenBy
    supported_by: tuple[SourceRef, ...]
    effect: Effect
    others: tuple[OptionEffect, ...]


@dataclass(frozen=True, slots=True)
class Supposition(ValueObject):
    """The same case with one fact otherwise: the one that every least change changes."""

    input: str
    now: str
    says: str
    """What is supposed, in words."""
    possible: tuple[str, ...]
    answer: str
    grounds: tuple[str, ...]
    """Citations."""
    readings: tuple[ReadingEffect, ...]
    """Those that matter then."""


@dataclass(frozen=True, slots=True)
class ToFind(ValueObject):
    """Something that is still to be found out, or to be confirmed."""

    kind: Literal[
        "open fact", "open reading", "assumed", "date", "judgment", "hinge", "not found", "not read", "settles"
    ]
    inputs: tuple[str, ...]
    says: str
    otherwise: tuple[Alternative, ...]
    """What the answer would be for other findings, where that was worked out."""


@dataclass(frozen=True, slots=True)
class FurtherAnswer(ValueObject):
    """The answer to another question on the same facts."""

    question: str
    asks: str
    possible: tuple[str, ...]
    says: str
    grounds: tuple[str, ...]
    """Citations."""
    consequences: tuple[str, ...]
    assumes: tuple[str, ...]
    """In words, each with the answers if it is otherwise."""
    open: tuple[str, ...]
    """The open inputs on which it depends."""


@dataclass(frozen=True)
class Report(OneCaseResult):
    """A memorandum on one question, with the answers to the others."""

    header: Header
    answer: Answer
    facts: Facts
    law_in_force: tuple[LawInForce, ...]
    analysis: tuple[Analysis, ...]
    not_met: tuple[NotMetHere, ...]
    readings: tuple[ReadingEffect, ...]
    supposing: Supposition | None
    """Where no reading changes the answer, and one fact carries it: what readings would then do."""
    to_find: tuple[ToFind, ...]
    change: Changes | None
    """The least change to another outcome; None where several are possible, or there is no other."""
    other_questions: tuple[FurtherAnswer, ...]
    limits: tuple[str, ...]
    """What the rulebook says of the question that it does not model."""
    receipt: Receipt | None
    """None where no file holds the rulebook."""
    command: str
    """By which the memorandum is made again; empty where it was not made by a command."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "case": "case",
        "title": "title",
        "hypothetical": "hypothetical",
        "question": "question",
        "asks": "asks",
        "answer": "answer",
        "facts": "facts",
        "law_in_force": "law_in_force",
        "analysis": "analysis",
        "not_met": "not_met",
        "readings": "readings",
        "supposing": "supposing",
        "to_find": "to_find",
        "change": "change",
        "other_questions": "other_questions",
        "limits": "limits",
        "receipt": "receipt",
        "command": "command",
    }

    @property
    def hypothetical(self) -> int | None:
        """The number of the hypothetical, where the case has one."""
        return None if self.header.case is None else self.header.case.hypothetical

    @property
    def asks(self) -> str:
        """The question in words."""
        return self.rulebook.questions[self.question].asks

    def __repr__(self) -> str:
        comes_to = self.answer.outcome or f"depends: {' or '.join(self.answer.possible)}"
        return summary(self, f"{comes_to} of {self.question}:", in_brief(self.title or self.case))
