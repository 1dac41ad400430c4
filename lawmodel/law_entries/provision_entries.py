"""Questions as results, the provisions that answer them, and what provisions are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from lawmodel.dataclass import dataclass
from lawmodel.law_entries.entry_result import READS, DependentEntry, EntryResult
from lawmodel.law_entries.law_view import LawView
from lawmodel.law_entries.source_entries import InstrumentEntry, ReadingEntry
from lawmodel.law_entries.standing import Standing
from lawmodel.law_entries.versions import Version
from lawmodel.rulebook.model import (
    Concept,
    Consequence,
    NamedDate,
    Number,
    Outcome,
    Provision,
    Question,
    SharedConclusion,
)
from lawmodel.rulebook.uses import EntryNode
from lawmodel.value_object import ValueObject
from lawmodel.words.outline import ConclusionOutline, Outline, OutlineLine

# --- questions and outcomes --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProvisionOfQuestion(ValueObject):
    """A provision in the list of those that speak to a question."""

    id: str
    citation: str
    title: str
    in_force: bool | None
    """None: that is open."""
    standing: str
    """Since or until when it is law, and why."""
    outcomes: tuple[str, ...]
    """What it can conclude, itself or through shared conclusions."""


@dataclass(frozen=True, slots=True)
class QuestionEntry(EntryResult):
    """A question, its outcomes and its provisions."""

    view: LawView
    written: Question
    kind: Literal["question"] = "question"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "provisions": "answered_by",
        "id": "id",
    }

    @property
    def answered_by(self) -> tuple[ProvisionOfQuestion, ...]:
        """The provisions that speak to it, in the order of the rulebook."""
        law = self.view.law
        return tuple(
            ProvisionOfQuestion(
                one.id, one.citation, one.title, *_force(law.provision(one)), outcomes_of(self.view, one)
            )
            for one in self.view.rulebook.provisions.values()
            if one.question == self.id
        )


def _force(standing: Standing) -> tuple[bool | None, str]:
    return standing.is_law, standing.says


def outcomes_of(view: LawView, provision: Provision) -> tuple[str, ...]:
    """The outcomes that a provision can conclude, itself or through shared conclusions."""
    return view.uses.ids(EntryNode("provision", provision.id), "outcome")


@dataclass(frozen=True, slots=True)
class OutcomeEntry(EntryResult):
    """An outcome, and the provisions that can conclude it."""

    view: LawView
    written: Outcome
    question: str
    """The question that it answers."""
    kind: Literal["outcome"] = "outcome"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "question": "question",
        "provisions": "provisions",
        "id": "id",
    }

    @property
    def provisions(self) -> tuple[str, ...]:
        """The provisions of the question that can conclude it."""
        return tuple(
            one.id
            for one in self.view.rulebook.provisions.values()
            if one.question == self.question and self.id in outcomes_of(self.view, one)
        )


# --- provisions and what they are made of -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProvisionWords(ValueObject):
    """What a provision asks for and what it comes to, as outlines in words."""

    when: tuple[OutlineLine, ...]
    unless: tuple[OutlineLine, ...]
    in_force: tuple[OutlineLine, ...]
    brings: OutlineLine | None
    concludes: OutlineLine | None

    json_optional: ClassVar[tuple[str, ...]] = ("unless", "in_force", "brings", "concludes")


@dataclass(frozen=True, slots=True)
class ProvisionEntry(DependentEntry):
    """A provision: since when it is law, its conditions in words, and everything that it reads."""

    view: LawView
    written: Provision
    kind: Literal["provision"] = "provision"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "standing": "standing",
        "versions": "versions",
        "in_words": "in_words",
        "outcomes": "outcomes",
        "consequences": "consequences",
        "disapplied_by": "disapplied_by",
        "instruments": "instruments",
        "readings": "readings",
        "concepts": "concepts",
        "facts": "facts",
        "id": "id",
    }

    @property
    def standing(self) -> Standing:
        """Whether it is in force on the day and at the stage asked for."""
        return self.view.law.provision(self.written)

    @property
    def versions(self) -> tuple[Version, ...]:
        """The stretches of days on which it is law, with the ids by which they are cited."""
        return self.view.versions(self.written)

    def outline(self, *, spelled_out: bool = False) -> Outline:
        """How its conditions are put into words; concepts are spelled out where they are used if so wanted."""
        words = Outline(self.view.rulebook, spelled_out=spelled_out)
        at = self.written.at
        return words if at is None else Outline(self.view.rulebook, at=words.day(at), spelled_out=spelled_out)

    def concluding(self, words: Outline) -> ConclusionOutline:
        """How its conclusions are put into words."""
        return ConclusionOutline(words, self.view.rulebook.questions[self.written.question])

    @property
    def in_words(self) -> ProvisionWords:
        """Its conditions and conclusions in words, concepts by their names."""
        one, words = self.written, self.outline()
        then = self.concluding(words)
        return ProvisionWords(
            words.lines(one.when),
            () if one.unless is None else words.lines(one.unless),
            () if one.in_force is None else words.lines(one.in_force),
            None if one.brings is None else then.line(one.brings),
            None if one.concludes is None else then.line(one.concludes),
        )

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What it can conclude, itself or through shared conclusions."""
        return outcomes_of(self.view, self.written)

    @property
    def consequences(self) -> tuple[str, ...]:
        """What it can bring besides."""
        return self.ids("consequence")

    @property
    def disapplied_by(self) -> tuple[str, ...]:
        """The provisions that displace it where they apply."""
        return tuple(user.id for user in self.view.uses.users(self.node) if user.kind == "provision")

    @property
    def instruments(self) -> tuple[InstrumentEntry, ...]:
        """The instruments on which it rests."""
        view = self.view
        return tuple(InstrumentEntry(view, view.rulebook.instruments[name]) for name in self.ids("instrument"))

    @property
    def readings(self) -> tuple[ReadingEntry, ...]:
        """The readings on which it depends, itself or through concepts."""
        view = self.view
        return tuple(ReadingEntry(view, view.rulebook.readings[name]) for name in self.reading_ids)


@dataclass(frozen=True, slots=True)
class ConceptWords(ValueObject):
    """When a concept holds, as an outline in words."""

    when: tuple[OutlineLine, ...]


@dataclass(frozen=True, slots=True)
class ConceptEntry(DependentEntry):
    """A concept, what it reads and what reads it."""

    view: LawView
    written: Concept
    kind: Literal["concept"] = "concept"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "in_words": "in_words",
        **READS,
        "id": "id",
    }

    @property
    def in_words(self) -> ConceptWords:
        """When it holds, in words."""
        return ConceptWords(Outline(self.view.rulebook, records=self.written.about).lines(self.written.when))


@dataclass(frozen=True, slots=True)
class ConclusionWords(ValueObject):
    """What a shared conclusion comes to, as an outline in words."""

    concludes: OutlineLine


@dataclass(frozen=True, slots=True)
class ConclusionEntry(DependentEntry):
    """A conclusion that provisions share."""

    view: LawView
    written: SharedConclusion
    kind: Literal["conclusion"] = "conclusion"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "in_words": "in_words",
        **READS,
        "id": "id",
    }

    @property
    def in_words(self) -> ConclusionWords:
        """What it comes to, in words."""
        outline = ConclusionOutline(Outline(self.view.rulebook), None)
        return ConclusionWords(outline.line(self.written.concludes))


@dataclass(frozen=True, slots=True)
class ConsequenceEntry(DependentEntry):
    """What follows beside an outcome."""

    view: LawView
    written: Consequence
    kind: Literal["consequence"] = "consequence"

    json_keys: ClassVar[Mapping[str, str]] = {"entry": "kind", "written": "written", **READS, "id": "id"}


@dataclass(frozen=True, slots=True)
class NumberEntry(EntryResult):
    """A number that the law names once."""

    view: LawView
    written: Number
    kind: Literal["number"] = "number"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "used_by": "used_by",
        "provisions": "provisions",
        "id": "id",
    }


@dataclass(frozen=True, slots=True)
class DateEntry(DependentEntry):
    """A date that the law speaks of."""

    view: LawView
    written: NamedDate
    kind: Literal["date"] = "date"

    json_keys: ClassVar[Mapping[str, str]] = {"entry": "kind", "written": "written", **READS, "id": "id"}
