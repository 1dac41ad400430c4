"""Where law comes from, as results: its sources, instruments and stages, and how its text is read and told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from lawmodel.dataclass import dataclass
from lawmodel.law_entries.entry_result import EntryResult
from lawmodel.law_entries.law_view import LawView
from lawmodel.law_entries.standing import Standing
from lawmodel.rulebook.dateline import became_law, latest_step
from lawmodel.rulebook.model import (
    Held,
    Instrument,
    Reading,
    Source,
    SourceRef,
    Stage,
    Step,
    Telling,
)
from lawmodel.rulebook.uses import citations
from lawmodel.value_object import ValueObject

# --- readings and tellings -------------------------------------------------------------------------------


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
