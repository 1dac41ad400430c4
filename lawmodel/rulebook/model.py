"""What a rulebook is: the entries of its sections, as plain immutable values.

The same classes are what the files are validated against (pydantic reads stdlib dataclasses), what editors are
offered as JSON Schema, and what the engines' resolver reads. ``place`` is where an entry stands.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.inputs import Sort
from lawmodel.problems import Place, Problem, ProblemsFound, kind_of
from lawmodel.rulebook import condition as statements
from lawmodel.rulebook.condition import DateName, Written
from lawmodel.rulebook.misconception import Misconception
from lawmodel.time_spans import Measure
from lawmodel.value_object import ValueObject, in_brief, summary

FactType: TypeAlias = Literal["yes/no", "date", "number", "span", "choice", "records"]
"""How a fact is declared, asked and written; `Fact.sort` is what the engines see of it."""
Certainty: TypeAlias = Literal["text", "report", "inference", "memory"]
CERTAINTIES: Final[tuple[Certainty, ...]] = ("text", "report", "inference", "memory")
"""The surest first."""
HowSeen: TypeAlias = Literal["text", "translation", "report", "memory", "none"]
AS_SURE_AS: Final[Mapping[HowSeen, Certainty]] = {
    "text": "text",
    "translation": "report",
    "report": "report",
    "memory": "memory",
    "none": "memory",
}
"""How sure at best is what rests on a source that was seen so."""
MOST_WORDS: Final = 15
"""So many words of the original are quoted at most."""
DateCertainty: TypeAlias = Literal["text", "report", "derived", "open"]
PartOfStory: TypeAlias = Literal["person", "history", "circumstances", "demand", "decision"]
"""What a sentence of a story is about: who, what happened, what else is known, what is wanted, who decides when."""
Register: TypeAlias = Literal["note", "plain"]
"""How a story is told: as a lawyer's note for the file, or in the plainest words."""
Level: TypeAlias = Literal["error", "warning"]
"""What it means that a case is as a rule of consistency says: no case can be so, or it is odd."""

Condition: TypeAlias = Annotated[statements.Condition, Written("condition")]
Conclusion: TypeAlias = Annotated[statements.Conclusion, Written("conclusion")]

STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class SourceRef(ValueObject):
    """A source and where in it: a clause, or a line of an article."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    json_keys: ClassVar[Mapping[str, str]] = {"id": "id", "at": "at"}
    id: str
    at: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Seen(ValueObject):
    """How a source was seen by those who wrote the rulebook, and on which day."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    how: HowSeen
    on: datetime.date | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Words(ValueObject):
    """The operative words on which a provision rests: in the original, translated, and where they stand."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    source: str
    at: str | None = None
    original: str
    translation: str


@dataclass(frozen=True, kw_only=True)
class Source(ValueObject):
    """An entry of the register of sources."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    kind: Literal["instrument", "press", "report"]
    remark: str | None = None
    date: datetime.date | None = None
    address: str | None = None
    """Where it can be read (https:// or http://); it is shown, and never fetched."""
    seen: Seen | None = None
    short: str | None = None
    """What it is called where it was cited in full before, as in a footnote."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Stage(ValueObject):
    """A stage that a bill passes."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class OtherDate(ValueObject):
    """Another date that a source gives for the same step, as it gives it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    at: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Step(ValueObject):
    """A dated step of an instrument; ``version`` names its wording from here on."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    stage: str
    date: datetime.date
    certainty: DateCertainty
    version: str | None = None
    remark: str | None = None
    disputed_by: tuple[OtherDate, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class Ceases(ValueObject):
    """The first day on which an instrument is law no longer."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    date: datetime.date
    certainty: DateCertainty
    remark: str | None = None
    sources: tuple[SourceRef, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class Instrument(ValueObject):
    """A law or decree, with its date line."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    sources: tuple[SourceRef, ...]
    steps: tuple[Step, ...]
    ceases: Ceases | None = None
    remark: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Choices(ValueObject):
    """A named list of choices that several facts share."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    of: Mapping[str, str]
    place: Place


@dataclass(frozen=True, kw_only=True)
class Word(ValueObject):
    """A word that may stand for a day, or for a number that is greater than every other."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    means: Literal["before_every_day", "after_every_day", "no_day", "above_every_number"]
    says: str
    place: Place


@dataclass(frozen=True)
class SameAs(ValueObject):
    """Left out, a fact has the value of another."""

    path: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class LikelyValues(ValueObject):
    """How a fact mostly is in life: what cases are made up with. Nothing is presumed or decided by it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    values: tuple[str, ...] = ()
    """Those that it mostly has."""
    same_as: str | None = None
    """Of a choice: it is mostly what this fact is, or this field of the first record (``list.field``)."""
    records: int | None = None
    """Of a list: it mostly has so many, and not fewer."""
    before: str | None = None
    """Of a day: it mostly lies so many days (from, to) before another."""
    after: str | None = None
    days: tuple[int, ...] = ()
    working_day: bool | None = None
    """Of a day: it mostly is no Saturday and no Sunday."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Fact(ValueObject):
    """Something that can be known of a case; or a field of a record; or a list of records."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    type: FactType
    title: str
    ask: str
    yes: str | None = None
    no: str | None = None
    choices: Mapping[str, str] | str | None = None
    phrase: str | None = None
    unit: Measure | None = None
    """In what a span of time is told."""
    words: Mapping[str, Word] = field(default_factory=dict)
    left_out: str | SameAs = "unknown"
    ordinary: str | None = None
    fixed: bool = False
    judgment: bool = False
    """Whether it states what is a judgment of law, so that a case which gives it has judged already."""
    each: str | None = None
    none: str | None = None
    likely: LikelyValues | None = None
    of: tuple[Fact, ...] = ()
    place: Place

    @property
    def sort(self) -> Sort:
        """What it ranges over. Where only this matters it is asked, so that types of one sort need no words there."""
        match self.type:
            case "yes/no" | "date" | "number" | "choice" | "records":
                return self.type
            case "span":
                return "number"
            case _:
                assert_never(self.type)


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


@dataclass(frozen=True)
class FirstDay(ValueObject):
    """The first of several days that there is: what never happens has none. The last is taken whatever it is."""

    days: tuple[DateName, ...]
    place: Place


@dataclass(frozen=True)
class DateSwitch(ValueObject):
    """A day for each option of a reading (``otherwise`` for the rest)."""

    reading: str
    branches: Mapping[str, DateName | FirstDay]
    place: Place


DateRule: TypeAlias = DateName | FirstDay | DateSwitch
"""What a named date stands for."""


def days_in(rule: DateRule) -> tuple[DateName, ...]:
    """Every day that a rule names, under whatever option."""
    match rule:
        case DateName():
            return (rule,)
        case FirstDay(days):
            return days
        case DateSwitch(_, branches):
            return tuple(day for one in branches.values() for day in days_in(one))
        case _:
            assert_never(rule)


@dataclass(frozen=True, kw_only=True)
class NamedDate(ValueObject):
    """A date that the law speaks of, for instance the critical date."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    value: DateName | FirstDay | DateSwitch
    sources: tuple[SourceRef, ...]
    certainty: Certainty
    why: str | None = None
    place: Place


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
class Held(ValueObject):
    """Since when somebody has read a text so, as far as is known."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    since: datetime.date
    says: str | None = None
    sources: tuple[SourceRef, ...]
    place: Place


@dataclass(frozen=True, kw_only=True)
class WouldSettle(ValueObject):
    """What would settle a point on which careful readers differ."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    says: str
    sources: tuple[SourceRef, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class Option(ValueObject):
    """One way to read a contested text, and who reads it so."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    supported_by: tuple[SourceRef, ...] = ()
    held: Held | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class AddedOption(ValueObject):
    """An option that is added to a reading which another file declares.

    Where the law is read by that reading it is read like another option, but for the conditions of ``branches``, by the
    id of the provision or concept in which they stand.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    reading: str
    id: str
    says: str
    like: str
    supported_by: tuple[SourceRef, ...] = ()
    held: Held | None = None
    branches: Mapping[str, Condition] = field(default_factory=dict)
    place: Place


@dataclass(frozen=True, kw_only=True)
class Reading(ValueObject):
    """A point on which careful readers differ. Without a default it is open."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    why: str
    certainty: Certainty
    options: tuple[Option, ...]
    default: str | None = None
    sources: tuple[SourceRef, ...] = ()
    would_settle: tuple[WouldSettle, ...] = ()
    place: Place

    def option(self, name: str) -> Option:
        """The option of this id; KeyError if there is none."""
        for option in self.options:
            if option.id == name:
                return option
        raise KeyError(name)


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
class ToldReading(ValueObject):
    """How a source reads a contested point, and where."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    reading: str
    option: str
    at: str
    says: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class ToldRemark(ValueObject):
    """What a source says that no reading holds."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    at: str
    says: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Telling(ValueObject):
    """The law as a reader of one source alone would know it; where that is silent, the defaults stand."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    source: str
    stage: str
    stage_at: str | None = None
    readings: tuple[ToldReading, ...] = ()
    remarks: tuple[ToldRemark, ...] = ()
    place: Place

    def chosen(self) -> dict[str, str]:
        """The option of each reading on which the source speaks."""
        return {told.reading: told.option for told in self.readings}


@dataclass(frozen=True, kw_only=True)
class LeadsTo(ValueObject):
    """What an outcome can make true: one more record that other questions then read."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    says: str
    add: str
    record: Mapping[str, str | SameAs]
    """Field to value, as in a case file; ``law-date`` is the day of the law, and a fact of type date its day."""
    place: Place

    def taken(self, rulebook: Rulebook) -> Mapping[str, str]:
        """The fields that have what the case has for a fact, each with the fact."""
        sorts = {field.id: field.sort for field in rulebook.facts[self.add].of}
        found = {}
        for name, value in self.record.items():
            if isinstance(value, SameAs):
                found[name] = value.path
            elif sorts.get(name) == "date" and value in rulebook.facts:
                found[name] = value
        return found


@dataclass(frozen=True, kw_only=True)
class Outcome(ValueObject):
    """An answer that a question can have."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    means: str
    predicate: str | None = None
    """What it says of the question's subject: ``must be refused``."""
    leads_to: LeadsTo | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class OutcomeConsequence(ValueObject):
    """What follows from the outcome itself, whatever provision it rests on: certainly of some, possibly of others."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    """Of the consequence."""
    citation: str
    certain: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    place: Place

    def follows(self, outcomes: Collection[str]) -> bool | None:
        """Whether it follows from whatever outcome of these there is; None where it may."""
        if all(one in self.certain for one in outcomes):
            return True
        return None if any(one in self.certain or one in self.possible for one in outcomes) else False


@dataclass(frozen=True, kw_only=True)
class Question(ValueObject):
    """What can be asked; the strongest outcome first, the last holds when no rule speaks."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    asks: str
    outcomes: tuple[Outcome, ...]
    subject: str | None = None
    """What the answers are statements about; without it, the title."""
    remark: str | None = None
    consequences: tuple[OutcomeConsequence, ...] = ()
    place: Place

    def outcome(self, name: str) -> Outcome:
        """The outcome of this id; KeyError if there is none."""
        for outcome in self.outcomes:
            if outcome.id == name:
                return outcome
        raise KeyError(name)


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
    place: Place


@dataclass(frozen=True, kw_only=True)
class Change(ValueObject):
    """In what a second case, or the law under which it is looked at, differs from the first; in nothing else."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    facts: tuple[str, ...] = ()
    """Facts, fields (``list.field``) and lists that may be anything in the second case."""
    to: Mapping[str, str] = field(default_factory=dict)
    """Facts that have these values in the second case."""
    one_more: str | None = None
    """A list that has one more record in the second case."""
    such_that: Condition | None = None
    """What holds of that record."""
    readings: Mapping[str, str] = field(default_factory=dict)
    on: datetime.date | None = None
    stage: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Claims(ValueObject):
    """What a property claims of every case, or of every two; all of it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    always: tuple[str, ...] = ()
    """The outcome is one of these."""
    never: tuple[str, ...] = ()
    """The outcome is none of these."""
    ground: tuple[str, ...] = ()
    """Each of these provisions is a ground."""
    no_ground: tuple[str, ...] = ()
    brings: tuple[str, ...] = ()
    """Each of these consequences follows."""
    never_brings: tuple[str, ...] = ()
    compared: Literal["same_outcome", "same_answer", "no_weaker", "no_stronger"] | None = None
    """How the second answer stands to the first; an outcome is weaker than those before it in the question."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Property(ValueObject):
    """A statement about the law itself, for every case: proved, or refuted by one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    question: str
    claims: Claims
    holds: bool
    given: Condition | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    """Those that are settled; of all others every option is meant, unless they are taken by default."""
    by_default: bool = False
    """Whether readings that are not settled, and have a default, have it."""
    on: datetime.date | None = None
    """The day of the law; without it, every day (``since`` and ``until``)."""
    since: datetime.date | None = None
    until: datetime.date | None = None
    stages: tuple[str, ...] = ()
    """The stages that bills may have reached; without any, the last."""
    changed: Change | None = None
    because: str | None = None
    """Why it holds, or what the case shows that refutes it."""
    sources: tuple[SourceRef, ...] = ()
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


@dataclass(frozen=True, kw_only=True)
class Detail(ValueObject):
    """Invented details of a story, of which one is taken: they tell no fact."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: tuple[str, ...]
    not_beside: tuple[str, ...] = ()
    """Facts beside which it is not told, since it would be odd."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Phrases(ValueObject):
    """How facts of one subject are told in prose; `lawmodel.rulebook.phrase_template` is the form of each text.

    What no entry tells is told in the words that values have.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    of: str
    """A list, whose records are told one after the other; or what stands before the dot in the names of facts."""
    part: PartOfStory
    register: Register | None = None
    """Without it, every one."""
    questions: tuple[str, ...] = ()
    """Those on which it is used; without any, all."""
    always: tuple[str, ...] = ()
    """Fields that are told whatever they are: a reader would take silence for something else."""
    sentences: tuple[str, ...] = ()
    """Whole sentences without their stop, of one fact or several."""
    clauses: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Whole sentences that tell one value of one fact: by fact, then by value."""
    fragments: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """What stands in the hole of a fact: by fact, then by value."""
    appositions: tuple[str, ...] = ()
    """What may stand behind the full name of the person, with its commas."""
    none: tuple[str, ...] = ()
    """Sentences that say that a list is empty."""
    details: tuple[Detail, ...] = ()
    named_by: str | None = None
    """The fact that says of which state the names of persons are; or the code of a state, in capitals."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Rulebook(ValueObject):
    """The law as data: all sections of all files, each entry by its id, in the order of the files."""

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
    law_day: str | None = None
    """The named date that dates the law, where a single fact does not."""
    phrases: Mapping[str, Phrases] = field(default_factory=dict)
    """How facts are told in prose."""
    content_hash: str = field(default="", compare=False)
    """The SHA-256 by which the rulebook is cited, the same wherever it lies; empty where it was changed since."""
    file_hashes: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The SHA-256 of each file, of which the other is made, by its name inside the rulebook."""

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
