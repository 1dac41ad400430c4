"""A rulebook at a glance, and all that is contested in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import ClassVar

from lawmodel.dataclass import dataclass
from lawmodel.law_entries.law_view import LawResult, LawView
from lawmodel.law_entries.provision_entries import QuestionEntry
from lawmodel.law_entries.source_entries import InstrumentEntry, ReadingEntry
from lawmodel.rulebook.model import (
    Ceases,
    DateCertainty,
    FactType,
    Gap,
    Instrument,
    NamedDate,
    Number,
    OtherDate,
    SourceRef,
    Stage,
    Step,
)
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class EntryCounts(ValueObject):
    """How many entries there are of each kind; a field of a list counts as a fact."""

    questions: int
    provisions: int
    readings: int
    open_readings: int
    """Those without a default."""
    concepts: int
    facts: int
    consequences: int
    tellings: int
    properties: int
    instruments: int
    sources: int


@dataclass(frozen=True, slots=True)
class OptionInBrief(ValueObject):
    """An option of a reading."""

    id: str
    says: str
    sources: int
    """How many support it."""


@dataclass(frozen=True, slots=True)
class ReadingInBrief(ValueObject):
    """A reading and its options."""

    id: str
    title: str
    default: str | None
    open: bool
    """Whether there is no default."""
    options: tuple[OptionInBrief, ...]


@dataclass(frozen=True, slots=True)
class ConsequenceInBrief(ValueObject):
    """What can follow beside an outcome."""

    id: str
    says: str


@dataclass(frozen=True, slots=True)
class TellingInBrief(ValueObject):
    """The law as one source tells it."""

    id: str
    title: str
    source: str
    stage: str
    """Bills that had got so far are law by this source."""


@dataclass(frozen=True, slots=True)
class ConceptInBrief(ValueObject):
    """A concept."""

    id: str
    title: str | None
    yes: str
    """What is said where it holds."""
    no: str
    """What is said where it does not."""
    about: str | None
    """The list of whose records it is said."""


@dataclass(frozen=True, slots=True)
class FactInBrief(ValueObject):
    """Something that can be known of a case."""

    id: str
    """The path; of a field with its list."""
    type: FactType
    title: str


@dataclass(frozen=True, slots=True)
class Overview(LawResult):
    """A rulebook at a glance."""

    view: LawView

    json_keys: ClassVar[Mapping[str, str]] = {
        "title": "title",
        "rulebook": "rulebook",
        "program": "program",
        "law": "law",
        "law_date": "law_date",
        "law_day": "law_day",
        "counts": "counts",
        "stages": "stages",
        "questions": "questions",
        "readings": "readings",
        "instruments": "instruments",
        "numbers": "numbers",
        "dates": "dates",
        "consequences": "consequences",
        "tellings": "tellings",
        "concepts": "concepts",
        "facts": "facts",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("law_day",)
    json_written: ClassVar[tuple[str, ...]] = ("stages", "numbers", "dates")

    @property
    def title(self) -> str:
        """The title of the rulebook."""
        return self.view.rulebook.title

    @property
    def law_date(self) -> str:
        """The fact that dates the law of a case."""
        return self.view.rulebook.law_date

    @property
    def law_day(self) -> str | None:
        """The named date that dates the law, where it is not the fact alone."""
        return self.view.rulebook.law_day

    @property
    def counts(self) -> EntryCounts:
        """How many entries there are of each kind."""
        rulebook = self.view.rulebook
        return EntryCounts(
            questions=len(rulebook.questions),
            provisions=len(rulebook.provisions),
            readings=len(rulebook.readings),
            open_readings=sum(reading.default is None for reading in rulebook.readings.values()),
            concepts=len(rulebook.concepts),
            facts=sum(len(fact.of) or 1 for fact in rulebook.facts.values()),
            consequences=len(rulebook.consequences),
            tellings=len(rulebook.tellings),
            properties=len(rulebook.properties),
            instruments=len(rulebook.instruments),
            sources=len(rulebook.sources),
        )

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that a bill passes, in their order."""
        return self.view.rulebook.stages

    @property
    def questions(self) -> tuple[QuestionEntry, ...]:
        """The questions with their outcomes and provisions."""
        return tuple(QuestionEntry(self.view, one) for one in self.view.rulebook.questions.values())

    @property
    def readings(self) -> tuple[ReadingInBrief, ...]:
        """The readings and their options."""
        return tuple(
            ReadingInBrief(
                one.id,
                one.title,
                one.default,
                one.default is None,
                tuple(OptionInBrief(option.id, option.says, len(option.supporters)) for option in one.options),
            )
            for one in self.view.rulebook.readings.values()
        )

    @property
    def instruments(self) -> tuple[InstrumentEntry, ...]:
        """The laws and decrees with their date lines."""
        return tuple(InstrumentEntry(self.view, one) for one in self.view.rulebook.instruments.values())

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that the law names."""
        return tuple(self.view.rulebook.numbers.values())

    @property
    def dates(self) -> tuple[NamedDate, ...]:
        """The dates that the law speaks of."""
        return tuple(self.view.rulebook.dates.values())

    @property
    def consequences(self) -> tuple[ConsequenceInBrief, ...]:
        """What can follow beside the outcomes."""
        return tuple(ConsequenceInBrief(one.id, one.says) for one in self.view.rulebook.consequences.values())

    @property
    def tellings(self) -> tuple[TellingInBrief, ...]:
        """The sources by which the law can be told."""
        found = self.view.rulebook.tellings.values()
        return tuple(TellingInBrief(one.id, one.title, one.source, one.stage) for one in found)

    @property
    def concepts(self) -> tuple[ConceptInBrief, ...]:
        """The concepts."""
        found = self.view.rulebook.concepts.values()
        return tuple(ConceptInBrief(one.id, one.title, one.yes, one.no, one.about) for one in found)

    @property
    def facts(self) -> tuple[FactInBrief, ...]:
        """What can be known of a case; of a list its fields."""
        found = [one for one in self.view.entries if one.kind == "fact" and not one.value.of]
        return tuple(FactInBrief(one.id, one.value.type, one.value.title) for one in found)


# --- what is contested -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DoubtfulDate(ValueObject):
    """A step of an instrument whose date is derived, open, disputed, or stated with a remark."""

    instrument: str
    stage: str | None
    """None where the instrument ceases."""
    date: datetime.date
    certainty: DateCertainty
    remark: str | None
    sources: tuple[SourceRef, ...]
    disputed_by: tuple[OtherDate, ...] = ()

    json_keys: ClassVar[Mapping[str, str]] = {
        "instrument": "instrument",
        "stage": "stage",
        "date": "date",
        "certainty": "certainty",
        "uncertain": "uncertain",
        "disputed_by": "disputed_by",
        "remark": "remark",
        "sources": "sources",
    }
    json_written: ClassVar[tuple[str, ...]] = ("disputed_by", "sources")

    @property
    def uncertain(self) -> bool:
        """Whether the date was derived or is open; otherwise it is disputed, or there is only a remark on it."""
        return self.certainty in ("derived", "open")


@dataclass(frozen=True, slots=True)
class Contested(LawResult):
    """The points of a rulebook on which sources differ, the dates that are not certain, and what is missing."""

    view: LawView

    json_keys: ClassVar[Mapping[str, str]] = {
        "rulebook": "rulebook",
        "program": "program",
        "law": "law",
        "readings": "readings",
        "dates": "dates",
        "gaps": "gaps",
    }
    json_written: ClassVar[tuple[str, ...]] = ("gaps",)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What was looked for and not found, or not read."""
        return tuple(self.view.rulebook.gaps.values())

    @property
    def readings(self) -> tuple[ReadingEntry, ...]:
        """Every reading."""
        return tuple(ReadingEntry(self.view, one) for one in self.view.rulebook.readings.values())

    @property
    def dates(self) -> tuple[DoubtfulDate, ...]:
        """The steps whose date is derived or open, disputed, or has a remark."""
        return tuple(date for one in self.view.rulebook.instruments.values() for date in _doubtful_dates(one))


def _doubtful_dates(instrument: Instrument) -> Iterator[DoubtfulDate]:
    last = () if instrument.ceases is None else (instrument.ceases,)
    steps: tuple[Step | Ceases, ...] = (*instrument.steps, *last)
    for step in steps:
        found = DoubtfulDate(
            instrument.id,
            step.stage if isinstance(step, Step) else None,
            step.date,
            step.certainty,
            step.remark,
            step.sources or instrument.sources,
            step.disputed_by if isinstance(step, Step) else (),
        )
        if found.uncertain or found.disputed_by or found.remark:
            yield found
