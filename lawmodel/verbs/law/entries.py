"""Entries of a rulebook as results: as they are written, with what follows from them beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, Literal, TypeAlias, cast

from lawmodel.dataclass import dataclass
from lawmodel.rulebook.dateline import became_law, latest_step
from lawmodel.rulebook.model import (
    Choices,
    Concept,
    Consequence,
    Consistency,
    Fact,
    Gap,
    Held,
    Instrument,
    NamedDate,
    Outcome,
    Property,
    Provision,
    Question,
    Reading,
    SharedConclusion,
    Source,
    SourceRef,
    Stage,
    Step,
    Telling,
)
from lawmodel.rulebook.uses import Kind, Node, citations
from lawmodel.value_object import ValueObject
from lawmodel.verbs.law.law_view import Entry, EntryKind, LawResult, LawView
from lawmodel.verbs.law.standing import Standing
from lawmodel.words.outline import ConclusionOutline, Outline, OutlineLine


@dataclass(frozen=True, slots=True)
class UsedBy(ValueObject):
    """An entry that reads another itself."""

    kind: Kind
    id: str
    title: str
    """What it is, in a few words."""


class EntryResult(ValueObject):
    """The base of entries as results: what is written of one stands among its own keys."""

    __slots__ = ()
    view: LawView
    kind: EntryKind
    json_merged: ClassVar[tuple[str, ...]] = ("written",)
    json_written: ClassVar[tuple[str, ...]] = ("written",)

    @property
    def id(self) -> str:
        """The id; of a field with its list."""
        found: str = self.written.id  # type: ignore[attr-defined]
        return found

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """The ids of one kind among everything that the entry reads, itself or through others."""
        return self.view.uses.ids(self.node, kind)

    @property
    def node(self) -> Node:
        """The entry among what reads and is read."""
        return Node(cast("Kind", self.kind), self.id)

    @property
    def used_by(self) -> tuple[UsedBy, ...]:
        """What reads the entry itself."""
        titles = self.view.titles
        return tuple(
            UsedBy(one.kind, one.id, titles.get((one.kind, one.id), "")) for one in self.view.uses.users(self.node)
        )

    @property
    def provisions(self) -> tuple[str, ...]:
        """The provisions that read the entry, themselves or through others."""
        return self.view.uses.provisions(self.node)

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that the entry reads, itself or through others."""
        return self.ids("concept")

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that the entry reads, itself or through others."""
        return self.ids("fact")


READS: Final = {
    "concepts": "concepts",
    "readings": "reading_ids",
    "facts": "facts",
    "used_by": "used_by",
    "provisions": "provisions",
}


class DependentEntry(EntryResult):
    """The base of entries that read others and are read."""

    __slots__ = ()

    @property
    def reading_ids(self) -> tuple[str, ...]:
        """The readings that the entry reads, itself or through others."""
        return self.ids("reading")


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
    return view.uses.ids(Node("provision", provision.id), "outcome")


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
class DateEntry(DependentEntry):
    """A date that the law speaks of."""

    view: LawView
    written: NamedDate
    kind: Literal["date"] = "date"

    json_keys: ClassVar[Mapping[str, str]] = {"entry": "kind", "written": "written", **READS, "id": "id"}


# --- readings, tellings, properties --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadingOption(ValueObject):
    """A way in which a contested text is read."""

    supported_by: tuple[SourceRef, ...]
    id: str
    says: str
    held: Held | None = None
    """Since when it is held."""

    json_optional: ClassVar[tuple[str, ...]] = ("held",)
    json_written: ClassVar[tuple[str, ...]] = ("supported_by", "held")


@dataclass(frozen=True, slots=True)
class ReadingEntry(EntryResult):
    """A reading, its options and who supports each, and what it bears on."""

    view: LawView
    written: Reading
    kind: Literal["reading"] = "reading"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "open": "open",
        "options": "options",
        "read_by": "used_by",
        "provisions": "provisions",
        "id": "id",
    }

    @property
    def open(self) -> bool:
        """Whether no option is taken by default."""
        return self.written.default is None

    @property
    def options(self) -> tuple[ReadingOption, ...]:
        """The options, in the order of the rulebook."""
        return tuple(ReadingOption(one.supported_by, one.id, one.says, one.held) for one in self.written.options)


@dataclass(frozen=True, slots=True)
class TellingEntry(EntryResult):
    """The law as one source tells it."""

    view: LawView
    written: Telling
    kind: Literal["telling"] = "telling"

    json_keys: ClassVar[Mapping[str, str]] = {"entry": "kind", "written": "written", "id": "id"}


@dataclass(frozen=True, slots=True)
class PropertyEntry(EntryResult):
    """A property that the rulebook states of its law."""

    view: LawView
    written: Property
    kind: Literal["property"] = "property"

    json_keys: ClassVar[Mapping[str, str]] = {"entry": "kind", "written": "written", "id": "id"}


@dataclass(frozen=True, slots=True)
class GapEntry(EntryResult):
    """What was looked for and not found, or not read, and what it could touch."""

    view: LawView
    written: Gap
    kind: Literal["gap"] = "gap"

    json_keys: ClassVar[Mapping[str, str]] = {"entry": "kind", "written": "written", "id": "id"}


# --- instruments, stages, sources ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InstrumentEntry(EntryResult):
    """A law or decree, and what counts of it on the day and at the stage asked for."""

    view: LawView
    written: Instrument
    kind: Literal["instrument"] = "instrument"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "standing": "standing",
        "became_law": "became_law",
        "latest_step": "latest_step",
        "provisions": "provisions",
        "id": "id",
    }

    @property
    def standing(self) -> Standing:
        """Whether it counts as law, and since or until when."""
        return self.view.law.instrument(self.written)

    @property
    def became_law(self) -> str | None:
        """The stage of the step by which it counts as law, now or later; None where it never does."""
        step = became_law(self.view.rulebook, self.written, self.view.law.stage)
        return None if step is None else step.stage

    @property
    def latest_step(self) -> str | None:
        """The stage that it had reached by the day."""
        step = latest_step(self.written, self.view.law.date)
        return None if step is None else step.stage


@dataclass(frozen=True, slots=True)
class CountsSince(ValueObject):
    """The step by which an instrument counts as law at a stage."""

    id: str
    counts_since: Step | None
    """None: it does not count at all."""

    json_written: ClassVar[tuple[str, ...]] = ("counts_since",)


@dataclass(frozen=True, slots=True)
class StageEntry(EntryResult):
    """A stage of the law, and since when each instrument counts as law at it."""

    view: LawView
    written: Stage
    kind: Literal["stage"] = "stage"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "instruments": "instruments",
        "id": "id",
    }

    @property
    def instruments(self) -> tuple[CountsSince, ...]:
        """Every instrument of the rulebook."""
        rulebook = self.view.rulebook
        return tuple(
            CountsSince(name, became_law(rulebook, one, self.id)) for name, one in rulebook.instruments.items()
        )


@dataclass(frozen=True, slots=True)
class CitedBy(ValueObject):
    """A place that cites a source."""

    kind: str
    id: str
    part: str | None
    """The option of a reading, the step of an instrument, or the reading of which a telling speaks."""
    at: str | None
    """The place in the source; None for the whole of it."""


@dataclass(frozen=True, slots=True)
class SourceEntry(EntryResult):
    """A source, and every place that cites it."""

    view: LawView
    written: Source
    kind: Literal["source"] = "source"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "cited_by": "cited_by",
        "id": "id",
    }

    @property
    def cited_by(self) -> tuple[CitedBy, ...]:
        """The places that cite it, in the order of the rulebook."""
        found = (one for one in citations(self.view.rulebook) if one.source.id == self.id)
        return tuple(CitedBy(one.kind, one.id, one.part, one.source.at) for one in found)


# --- facts ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactEntry(EntryResult):
    """What can be known of a case: a fact, or a field of the records of a list."""

    view: LawView
    written: Fact
    within: str | None
    """The list whose records have it; None where it is no field."""
    kind: Literal["fact"] = "fact"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "choices": "choices",
        "choices_list": "choices_list",
        "dates_the_law": "dates_the_law",
        "used_by": "used_by",
        "provisions": "provisions",
        "consistency": "consistency",
        "id": "id",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("choices", "choices_list")
    json_written: ClassVar[tuple[str, ...]] = ("written", "consistency")

    @property
    def id(self) -> str:
        """The path; of a field with its list."""
        return self.written.id if self.within is None else f"{self.within}.{self.written.id}"

    @property
    def choices(self) -> Mapping[str, str] | None:
        """The values that it may have, in words, wherever they are listed; None where it is no choice."""
        return None if self.written.choices is None else self.view.rulebook.choices_of(self.written)

    @property
    def choices_list(self) -> str | None:
        """The list in which its values stand, where several facts share one."""
        return self.written.choices if isinstance(self.written.choices, str) else None

    @property
    def dates_the_law(self) -> bool:
        """Whether the law that is applied is that of this day, or can be."""
        return self.id == self.view.rulebook.law_date or self.node in self.view.uses.in_law_day

    @property
    def consistency(self) -> tuple[Consistency, ...]:
        """The orders of days in which it has a place, and what no case is, or is odd, that speaks of it."""
        rules, named = self.view.rulebook.consistency, Node("fact", self.id)
        return tuple(one for one in rules if self.id in one.order or named in self.view.uses.in_rule(one))


@dataclass(frozen=True, slots=True)
class ChoicesEntry(EntryResult):
    """A list of choices, and the facts that share it."""

    view: LawView
    written: Choices
    kind: Literal["choices"] = "choices"

    json_keys: ClassVar[Mapping[str, str]] = {"entry": "kind", "written": "written", "facts": "sharing", "id": "id"}

    @property
    def sharing(self) -> tuple[str, ...]:
        """The facts whose values stand in it."""
        return tuple(one.id for one in self.view.entries if one.kind == "fact" and one.value.choices == self.id)


AnyEntry: TypeAlias = (
    QuestionEntry
    | OutcomeEntry
    | ProvisionEntry
    | ConceptEntry
    | ConclusionEntry
    | ConsequenceEntry
    | DateEntry
    | ReadingEntry
    | TellingEntry
    | PropertyEntry
    | GapEntry
    | InstrumentEntry
    | StageEntry
    | SourceEntry
    | FactEntry
    | ChoicesEntry
)
OF_KIND: Final[Mapping[EntryKind, Callable[[LawView, Any], AnyEntry]]] = {
    "question": QuestionEntry,
    "provision": ProvisionEntry,
    "concept": ConceptEntry,
    "conclusion": ConclusionEntry,
    "consequence": ConsequenceEntry,
    "date": DateEntry,
    "reading": ReadingEntry,
    "telling": TellingEntry,
    "property": PropertyEntry,
    "gap": GapEntry,
    "instrument": InstrumentEntry,
    "stage": StageEntry,
    "source": SourceEntry,
    "choices": ChoicesEntry,
}


def entry_result(view: LawView, entry: Entry) -> AnyEntry:
    """An entry with what follows from it."""
    if entry.kind == "fact":
        return FactEntry(view, entry.value, entry.within)
    if entry.kind == "outcome":
        return OutcomeEntry(view, entry.value, str(entry.within))
    return OF_KIND[entry.kind](view, entry.value)


@dataclass(frozen=True, slots=True)
class LawEntries(LawResult):
    """Several entries, and the law that they are shown for."""

    view: LawView
    entries: tuple[AnyEntry, ...]

    json_keys: ClassVar[Mapping[str, str]] = {
        "rulebook": "rulebook",
        "program": "program",
        "law": "law",
        "entries": "entries",
    }
