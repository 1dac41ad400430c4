"""Answers compared: under every reading, on every day, at every stage, and as every source tells the law."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.results.header import Header, OneCaseResult
from lawmodel.rulebook.model import DateCertainty
from lawmodel.value_object import ValueObject, in_brief, summary

# --- what is compared ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Follows(ValueObject):
    """A consequence that follows beside an outcome."""

    id: str
    certain: bool
    """Whether it follows throughout; else it may."""


@dataclass(frozen=True, slots=True)
class ComparedAnswer(ValueObject):
    """What an answer comes to, without its explanation."""

    possible: tuple[str, ...]
    """Every outcome that some completion reaches, the strongest first."""
    grounds: tuple[str, ...] = ()
    """Where one outcome is certain: the provisions that support it throughout."""
    further_grounds: tuple[str, ...] = ()
    """Provisions that support it in some of the cases that are held together here, and not in all."""
    consequences: tuple[Follows, ...] = ()
    """The consequences beside the outcome that follow or may; not those that follow from the outcome itself."""


NO_ANSWER: Final = ComparedAnswer(())
"""Where there is none."""


@dataclass(frozen=True, slots=True)
class Comparison(OneCaseResult):
    """Answers to one question on one case, compared."""

    header: Header
    """The law is that by which the case itself is decided."""
    chosen: Mapping[str, str]
    """The readings that bear on the question and are chosen, each with its option."""
    sentence: str
    """The comparison in few sentences."""

    def in_one_line(self, by: str, rows: int) -> str:
        """The `repr` of a comparison."""
        return summary(self, f"by {by} of {self.question}, {rows} rows:", in_brief(self.title or self.case))


def _keys(**own: str) -> Mapping[str, str]:
    """The keys of a comparison: those that all have, and its own, each with the field under it."""
    first = {name: name for name in ("case", "question", "by", "law", "chosen")}
    return {**first, **own, "sentence": "sentence", "header": "header"}


# --- by reading ----------------------------------------------------------------------------------------

AtDefaults: TypeAlias = Literal["throughout", "partly", "no"]
Options: TypeAlias = Mapping[str, tuple[str, ...]]
"""Readings, each with the options that it has; what is not named may be read in any way."""


@dataclass(frozen=True, slots=True)
class ReadingRow(ValueObject):
    """The answer under some readings, whatever the others are."""

    answer: ComparedAnswer
    says: str
    """The answer in words."""
    readings: Options
    """Empty where it is the row of what remains, or the only one."""
    otherwise: bool
    """Whether this is the row of all readings that no other row holds."""
    at_defaults: AtDefaults
    """Whether the readings taken by default are in this row; those without a default may be any."""

    json_keys: ClassVar[Mapping[str, str]] = {name: name for name in ("says", "readings", "otherwise", "at_defaults")}
    json_merged: ClassVar[tuple[str, ...]] = ("answer",)


@dataclass(frozen=True, slots=True)
class ConditionalAnswer(ValueObject):
    """An answer, and when it is the answer: under some one of these readings."""

    answer: ComparedAnswer
    says: str
    """The answer in words."""
    conditions: tuple[Options, ...]
    when: str
    """The conditions in words."""

    json_keys: ClassVar[Mapping[str, str]] = {"says": "says", "if": "conditions", "when": "when"}
    json_merged: ClassVar[tuple[str, ...]] = ("answer",)


@dataclass(frozen=True, slots=True)
class AnswerUnder(ValueObject):
    """The answer under one option of a reading, the other readings by default, or open."""

    option: str
    reads: str
    """How the text is read then, in words."""
    answer: ComparedAnswer
    """Without its grounds."""
    says: str
    """The answer in words."""

    json_keys: ClassVar[Mapping[str, str]] = {
        name: name for name in ("option", "reads", "says", "possible", "consequences")
    }

    @property
    def possible(self) -> tuple[str, ...]:
        """The outcomes that are then possible, the strongest first."""
        return self.answer.possible

    @property
    def consequences(self) -> tuple[Follows, ...]:
        """What follows beside the outcome, or may."""
        return self.answer.consequences


@dataclass(frozen=True, slots=True)
class SingleReading(ValueObject):
    """A reading that matters, each option of it tried alone."""

    reading: str
    asks: str
    """What is contested, in words."""
    changes_alone: bool
    """Whether it changes the answer alone, the others by default, or only together with others."""
    options: tuple[AnswerUnder, ...]


@dataclass(frozen=True, slots=True)
class ReadingComparison(Comparison):
    """The answer under every reading that matters."""

    bearing: tuple[str, ...]
    """The readings that bear on the question and were let go."""
    matter: tuple[str, ...]
    """Those of which some change alone changes the answer under some choice of the others."""
    defaults: Mapping[str, str | None]
    """The option of each reading that was let go that is taken by default; None: it has no default."""
    rows: tuple[ReadingRow, ...]
    fewest: bool
    """Whether it is certain that fewer rows would not do."""
    at_defaults: tuple[ConditionalAnswer, ...]
    """The answer at the defaults, for each way to read what has no default."""
    exceptions: tuple[ConditionalAnswer, ...]
    """What the answer is instead: the first of these that is true; if none is, that at the defaults."""
    alone: tuple[SingleReading, ...]
    """Every reading that matters, one at a time."""

    json_keys: ClassVar[Mapping[str, str]] = _keys(
        bearing="bearing",
        matter="matter",
        defaults="defaults_that_matter",
        one_at_a_time="alone",
        rows="rows",
        fewest="fewest",
        at_defaults="at_defaults",
        departures="exceptions",
    )

    @property
    def departures(self) -> tuple[ConditionalAnswer, ...]:
        """`exceptions`, by their earlier name."""
        return self.exceptions

    @property
    def by(self) -> Literal["reading"]:
        """What is varied."""
        return "reading"

    @property
    def defaults_that_matter(self) -> Mapping[str, str | None]:
        """The option that is taken by default of each reading that matters; null: it has no default."""
        return {name: self.defaults[name] for name in self.matter}

    def __repr__(self) -> str:
        return self.in_one_line(self.by, len(self.rows))


# --- by date -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event(ValueObject):
    """Something that is otherwise from a day on."""

    kind: Literal["begins", "ends", "wording", "fact", "day", "order"]
    """``begins``, ``ends``, ``wording``: of an instrument. ``fact``: of the case. ``day``: that the law names.
    ``order``: only what the order of days allows."""
    id: str
    """The instrument; the key of the fact; what the law calls the day."""
    says: str


@dataclass(frozen=True, slots=True)
class DatedEvent(Event):
    """What happens to an instrument on a day."""

    date: str
    certainty: DateCertainty | Literal["disputed"]
    """Of the date; ``disputed`` where a source gives another one."""
    remark: str | None


Because: TypeAlias = tuple[tuple[DatedEvent | Event, ...], ...]
"""Alternatives: each the least that has to happen for the new answer."""


@dataclass(frozen=True, slots=True)
class DayRow(ValueObject):
    """Days of the law with the same answer."""

    first: str | None
    """None: since the law that is modelled begins."""
    last: str | None
    """None: for ever."""
    when: str
    """The days in words."""
    answer: ComparedAnswer | None
    """None: the days of the case exclude these."""
    says: str
    """The answer in words; where there is none, why."""
    of_case: bool
    """Whether the day of the case is one of these."""
    because: Because
    """Why the answer is another than on the day before."""
    excluded_by: str | None = None
    """Where the days of the case exclude these: how."""

    json_keys: ClassVar[Mapping[str, str]] = {
        name: name for name in ("first", "last", "when", "says", "of_case", "because", "excluded_by")
    }
    json_merged: ClassVar[tuple[str, ...]] = ("answer_if_any",)

    @property
    def answer_if_any(self) -> ComparedAnswer:
        """The answer; without a possible outcome where there is none."""
        return NO_ANSWER if self.answer is None else self.answer


@dataclass(frozen=True, slots=True)
class DayComparison(Comparison):
    """The answer under the law of every day."""

    rows: tuple[DayRow, ...]

    json_keys: ClassVar[Mapping[str, str]] = _keys(rows="rows")

    @property
    def by(self) -> Literal["date"]:
        """What is varied."""
        return "date"

    def __repr__(self) -> str:
        return self.in_one_line(self.by, len(self.rows))


# --- by stage ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StageReached(ValueObject):
    """The stage that an instrument had reached, and when."""

    stage: str
    date: str


@dataclass(frozen=True, slots=True)
class StageRow(ValueObject):
    """Stages with the same answer, if every bill were law that had reached them by the day of the case."""

    stages: tuple[str, ...]
    answer: ComparedAnswer
    says: str
    """The answer in words."""
    of_case: bool
    """Whether the law that is in force is among these."""
    because: tuple[tuple[str, ...], ...]
    """Why the answer is another than at the stages before: sets of instruments, each enough for it."""
    reached: Mapping[str, StageReached | None]
    """For each of these instruments the stage that it reached last by the day of the case, and when."""

    json_keys: ClassVar[Mapping[str, str]] = {
        name: name for name in ("stages", "says", "of_case", "because", "reached")
    }
    json_merged: ClassVar[tuple[str, ...]] = ("answer",)


@dataclass(frozen=True, slots=True)
class StageComparison(Comparison):
    """The answer as if every bill were law that had reached a stage, for each stage."""

    rows: tuple[StageRow, ...]

    json_keys: ClassVar[Mapping[str, str]] = _keys(rows="rows")

    @property
    def by(self) -> Literal["stage"]:
        """What is varied."""
        return "stage"

    def __repr__(self) -> str:
        return self.in_one_line(self.by, len(self.rows))


# --- by telling ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TellingRow(ValueObject):
    """Tellings whose readers would conclude alike, in outcomes and in what follows beside them."""

    tellings: tuple[str, ...]
    """By id; ``text`` for the text with the defaults."""
    answer: ComparedAnswer
    says: str
    """The answer in words."""

    json_keys: ClassVar[Mapping[str, str]] = {"tellings": "tellings", "says": "says"}
    json_merged: ClassVar[tuple[str, ...]] = ("answer",)


@dataclass(frozen=True, slots=True)
class TellingDifference(ValueObject):
    """A smallest set of differences because of which tellings of two rows lead to different answers."""

    rows: tuple[int, int]
    """Their numbers, counted from 0."""
    over: tuple[str, ...]
    """Readings (or ``stage``): had the one read these as the other does, it would conclude as the other does."""
    pairs: tuple[tuple[str, str], ...]
    """The tellings that differ in these: of the first row, and of the second."""


@dataclass(frozen=True, slots=True)
class TellingComparison(Comparison):
    """What readers of each source would conclude, those together that conclude alike."""

    rows: tuple[TellingRow, ...]
    """That of the text first."""
    silent: tuple[str, ...]
    """The tellings that say nothing of the question."""
    differences: tuple[TellingDifference, ...]
    stages: Mapping[str, str]
    """The stage from which each telling counts bills as law."""
    taken: Mapping[str, Mapping[str, str | None]]
    """How each telling takes the readings in which it differs from another; None: it leaves them open."""

    json_keys: ClassVar[Mapping[str, str]] = _keys(
        rows="rows", silent="silent", partings="differences", stages="stages", taken="taken"
    )

    @property
    def by(self) -> Literal["telling"]:
        """What is varied."""
        return "telling"

    def __repr__(self) -> str:
        return self.in_one_line(self.by, len(self.rows))
