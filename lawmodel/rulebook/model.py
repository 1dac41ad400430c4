"""What a rulebook is: the entries of its sections, as plain immutable values.

The same classes are what the files are validated against (pydantic reads stdlib dataclasses), what editors are
offered as JSON Schema, and what the engines' resolver reads. ``place`` is where an entry stands.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place, Problem, ProblemsFound, kind_of
from lawmodel.rulebook.condition import DateName
from lawmodel.rulebook.date_rule import (
    DateRule,
    DateSwitch,
    FirstDay,
    NamedDate,
    days_in,
)
from lawmodel.rulebook.entry_types import STRICT, Conclusion, Condition
from lawmodel.rulebook.fact import (
    Choices,
    Fact,
    FactType,
    LikelyValues,
    SameAs,
    Word,
)
from lawmodel.rulebook.instrument import (
    Ceases,
    DateCertainty,
    Instrument,
    OtherDate,
    Stage,
    Step,
)
from lawmodel.rulebook.misconception import Misconception
from lawmodel.rulebook.phrases import (
    Detail,
    PartOfStory,
    Phrases,
    Register,
)
from lawmodel.rulebook.property import Change, Claims, Property
from lawmodel.rulebook.question import (
    LeadsTo,
    Outcome,
    OutcomeConsequence,
    Question,
)
from lawmodel.rulebook.reading import (
    AddedOption,
    Held,
    Option,
    Reading,
    WouldSettle,
)
from lawmodel.rulebook.source import (
    AS_SURE_AS,
    CERTAINTIES,
    MOST_OF_SHORT,
    MOST_WORDS,
    Certainty,
    HowSeen,
    Seen,
    Source,
    SourceRef,
    Words,
)
from lawmodel.rulebook.telling import Telling, ToldReading, ToldRemark
from lawmodel.value_object import ValueObject, in_brief, summary

__all__ = [
    "AS_SURE_AS",
    "CERTAINTIES",
    "MOST_OF_SHORT",
    "MOST_WORDS",
    "STRICT",
    "AddedOption",
    "Ceases",
    "Certainty",
    "Change",
    "Choices",
    "Claims",
    "Concept",
    "Conclusion",
    "Condition",
    "Consequence",
    "Consistency",
    "DateCertainty",
    "DateRule",
    "DateSwitch",
    "Detail",
    "EarlierId",
    "Fact",
    "FactType",
    "Figure",
    "FirstDay",
    "Gap",
    "Held",
    "HowSeen",
    "Instrument",
    "LeadsTo",
    "Level",
    "LikelyValues",
    "NamedDate",
    "Number",
    "Option",
    "OtherDate",
    "Outcome",
    "OutcomeConsequence",
    "PartOfStory",
    "Phrases",
    "Property",
    "Provision",
    "Question",
    "Reading",
    "Register",
    "Rulebook",
    "SameAs",
    "Seen",
    "SharedConclusion",
    "Source",
    "SourceRef",
    "Stage",
    "Step",
    "Telling",
    "ToldReading",
    "ToldRemark",
    "Word",
    "Words",
    "WouldSettle",
    "days_in",
    "raise_unless_rulebook",
]

Level: TypeAlias = Literal["error", "warning"]
"""What it means that a case is as a rule of consistency says: no case can be so, or it is odd."""


@dataclass(frozen=True, kw_only=True)
class Consistency(ValueObject):
    """Days in their order (``order``: each is the same as or before the next), or what no case is, or what is odd.

    The latter has an ``id``. It is a condition (``when``); or it is odd that two records of a list share more than a
    day (``overlap``).
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    says: str
    order: tuple[str, ...] = ()
    id: str | None = None
    level: Level | None = None
    """Of a condition: left out, an error."""
    when: Condition | None = None
    overlap: tuple[str, ...] = ()
    """The first and the last day of a record, as fields of one list."""
    same: tuple[str, ...] = ()
    """Of an overlap: the fields in which the two records are alike."""
    questions: tuple[str, ...] = ()
    """Those for which it counts, if it is no order; without any, all."""
    place: Place

    def counts_for(self, question: str | None) -> bool:
        """Whether it counts where this question is asked; None: whatever is asked."""
        return not self.questions or question in self.questions


@dataclass(frozen=True, kw_only=True)
class Number(ValueObject):
    """A number that the law names once: a bound of counts and comparisons, or how long a span of time is."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    """What it is the number of, as a noun phrase."""
    value: int
    sources: tuple[SourceRef, ...]
    place: Place


@dataclass(frozen=True, kw_only=True)
class Concept(ValueObject):
    """A condition that is defined once and named; with a citation it is a limb of a provision."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    yes: str
    no: str
    when: Condition
    title: str | None = None
    about: str | None = None
    citation: str | None = None
    text: str | None = None
    certainty: Certainty | None = None
    sources: tuple[SourceRef, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class SharedConclusion(ValueObject):
    """A conclusion that several provisions share."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    concludes: Conclusion
    title: str | None = None
    text: str | None = None
    citation: str | None = None
    sources: tuple[SourceRef, ...] = ()
    certainty: Certainty | None = None
    words: Words | None = None
    """The words that open the list in which these provisions stand, and say what follows of each."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Figure(ValueObject):
    """A figure of a consequence: so much, from and up to, of a unit. A bound is a number or a fact that holds one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: str
    unit: str
    from_: str | None = None
    """Written ``from``."""
    to: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Consequence(ValueObject):
    """What an applying provision brings beside the outcome; its figures are alternatives."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    sources: tuple[SourceRef, ...]
    certainty: Certainty
    figures: tuple[Figure, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class EarlierId(ValueObject):
    """An id of a version that an earlier edition of the rulebook gave, and the day by which that version goes now."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    was: str
    """``PROVISION@DAY``."""
    now: str
    """What stands behind the @ of the version that took its place."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Provision(ValueObject):
    """A rule of law."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    question: str
    title: str
    citation: str
    text: str
    certainty: Certainty
    sources: tuple[SourceRef, ...]
    when: Condition
    short: str | None = None
    """Why it applies where it does, as a clause of few words; without it, that is told by its conditions or title."""
    words: Words | None = None
    """The operative words on which it rests."""
    enacted_by: str | None = None
    repealed_by: str | None = None
    in_force: Condition | None = None
    at: DateName | None = None
    unless: Condition | None = None
    disapplies: tuple[str, ...] = ()
    concludes: Conclusion | None = None
    brings: Conclusion | None = None
    """Consequences in place of outcomes."""
    earlier_ids: tuple[EarlierId, ...] = ()
    """Ids of versions that are no longer given: no id is ever used again for something else."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Gap(ValueObject):
    """What was looked for and not found, or is known to be there and was not read, and what it could touch."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    """What was looked for, as a noun phrase."""
    on: datetime.date
    """The last day on which it was looked for."""
    where: str
    how: Literal["not_found", "not_read"] = "not_found"
    remark: str | None = None
    """What it could change, or why it was not found."""
    questions: tuple[str, ...] = ()
    """Those of which it could touch every answer, or those with ``outcomes``."""
    outcomes: tuple[str, ...] = ()
    """It could touch an answer to ``questions`` only if one of these is possible."""
    provisions: tuple[str, ...] = ()
    """It could touch an answer of which one of these is a ground, or may be."""
    readings: tuple[str, ...] = ()
    """It could touch an answer that rests on, or turns on, one of these."""
    instruments: tuple[str, ...] = ()
    """It could touch an answer to a question that depends on whether one of these is law."""
    when: Condition | None = None
    """It touches a case only if it may be so."""
    sources: tuple[SourceRef, ...] = ()
    place: Place


READ_APART: Final = "_read_apart"
"""Among the attributes of a rulebook: by the name of a section what reads it."""


@dataclass(frozen=True, kw_only=True)
class Rulebook(ValueObject):
    """The law as data: all sections of all files, each entry by its id, in the order of the files.

    Of one that was read from the cache some sections are read when they are looked at (`lawmodel.rulebook.cache`).
    """

    title: str
    law_date: str
    """The fact that dates the law; where a named date does (``law_day``), the one that it ends in."""
    stages: tuple[Stage, ...]
    sources: Mapping[str, Source]
    instruments: Mapping[str, Instrument]
    choices: Mapping[str, Choices]
    facts: Mapping[str, Fact]
    consistency: tuple[Consistency, ...]
    dates: Mapping[str, NamedDate]
    readings: Mapping[str, Reading]
    concepts: Mapping[str, Concept]
    conclusions: Mapping[str, SharedConclusion]
    consequences: Mapping[str, Consequence]
    tellings: Mapping[str, Telling]
    questions: Mapping[str, Question]
    provisions: Mapping[str, Provision]
    properties: Mapping[str, Property]
    gaps: Mapping[str, Gap]
    digest: str
    """Of the names and the text of all its files: two rulebooks with the same digest are the same, places included."""
    version: str = ""
    as_of: datetime.date | None = None
    """The day up to which its authors know the law."""
    numbers: Mapping[str, Number] = field(default_factory=dict)
    jurisdiction: str = ""
    """Whose law it is, as ids of versions name it: the code of a state, in small letters."""
    misconceptions: Mapping[str, Misconception] = field(default_factory=dict)
    """What somebody may take for the law; they decide nothing."""
    calendar: Mapping[str, str] = field(default_factory=dict)
    """The calendar rule of its spans of time, as far as it is said (`lawmodel.time_spans.CALENDAR_KEYS`)."""
    days_off: tuple[str, ...] = ()
    """Days on which nobody works, beside Saturdays and Sundays: ``01-01`` of each year, ``2026-03-09`` of one."""
    law_day: str | None = None
    """The named date that dates the law, where a single fact does not."""
    phrases: Mapping[str, Phrases] = field(default_factory=dict)
    """How facts are told in prose."""
    content_hash: str = field(default="", compare=False)
    """The SHA-256 by which the rulebook is cited, the same wherever it lies; empty where it was changed since."""
    file_hashes: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The SHA-256 of each file, of which the other is made, by its name inside the rulebook."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """A section that was kept apart, read when it is first looked at."""
            read = vars(self).get(READ_APART, {}).get(name)
            if read is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            found = vars(self)[name] = read()
            return found

        def __getstate__(self) -> dict[str, Any]:
            """All of it, whatever was read apart."""
            return {one.name: getattr(self, one.name) for one in fields(self)}

    def with_instruments(self, instruments: Mapping[str, Instrument]) -> Rulebook:
        """The same with other instruments; of what was kept apart nothing is read for it."""
        changed = object.__new__(Rulebook)
        vars(changed).update(vars(self), instruments=instruments)
        return changed

    def __repr__(self) -> str:
        counted = f"{len(self.questions)} questions, {len(self.provisions)} provisions, {len(self.readings)} readings"
        return summary(self, f"{in_brief(self.title)}: {counted}")

    def __hash__(self) -> int:
        return hash((self.digest, self.title))

    @property
    def ordinary_stage(self) -> str:
        """The last stage: law that is in force."""
        return self.stages[-1].id

    def fact(self, path: str) -> Fact:
        """A single fact or list by its path, or a field as ``list.field``; KeyError if there is none."""
        if path in self.facts:
            return self.facts[path]
        records, _, name = path.rpartition(".")
        for one in self.facts[records].of:
            if one.id == name:
                return one
        raise KeyError(path)

    def language_of(self, words: Words) -> str:
        """The language of operative words, by its code; empty where it is not told."""
        source = self.sources.get(words.source)
        return "" if source is None or source.language is None else source.language

    def choices_of(self, fact: Fact) -> Mapping[str, str]:
        """The choices of a fact: value to phrase, or to name where the fact has a ``phrase`` of its own."""
        if isinstance(fact.choices, str):
            return self.choices[fact.choices].of
        return fact.choices or {}


def raise_unless_rulebook(given: object) -> None:
    """Raise `ProblemsFound` unless this is a rulebook."""
    if not isinstance(given, Rulebook):
        said = f"a rulebook is needed, and this is {kind_of(given)}"
        raise ProblemsFound([Problem(said, "load_rulebook() gives one.", "rulebook")])
