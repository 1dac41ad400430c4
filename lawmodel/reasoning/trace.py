"""The trace: why an answer is what it is, down to the facts, as data. `lawmodel.words.traces` makes its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, ClassVar, Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.inputs import ChosenBy
from lawmodel.value_object import ValueObject, in_brief, summary

TRUTH_WORDS: Final[Mapping[bool | None, Literal["yes", "no", "open"]]] = {True: "yes", False: "no", None: "open"}

Kind: TypeAlias = Literal[
    "provision",
    "conclusion",
    "consequence",
    "in-force",
    "law",
    "concept",
    "exception",
    "all",
    "any",
    "count",
    "some",
    "none",
    "record",
    "reading",
    "option",
    "fact",
    "always",
]
Operator: TypeAlias = Literal[
    "is one of",
    "is the same as",
    "before",
    "on or before",
    "after",
    "on or after",
    "less than",
    "at most",
    "more than",
    "at least",
]
Standing: TypeAlias = Literal["became law", "ceased", "no law"]
Written: TypeAlias = str | bool | int
"""A value as a case file has it."""


@dataclass(slots=True)  # not frozen, as steps are not
class FactComparison(ValueObject):
    """A fact, and with what it is compared."""

    fact: str
    """A single fact, or the list to whose record ``field`` belongs; or ``law-date``."""
    field: str | None
    record: int | None
    """The number of the record, from 1."""
    operator: Operator
    negated: bool
    """Whether the step holds where the comparison does not."""
    value: Written | dict[str, str] | None
    """As a case file has it, with ``before`` and ``after`` where no more is known of a day; None: it is not known."""
    bound: Written | tuple[Written, ...] | None
    """With what it is compared; None: it is not known."""
    bound_is: str | None = None
    """Of what the bound is the value: another fact, ``law-date``, or the day of an event in words."""
    span: str | None = None
    """Where time is measured from ``bound_is``: how much, as ``10 days after``. The bound is the day so found."""
    counted_from: Written | None = None
    """The day from which it is measured; None: it is not known."""

    json_optional: ClassVar[tuple[str, ...]] = ("field", "record", "bound_is", "span", "counted_from")


@dataclass(slots=True)
class HoldingCount(ValueObject):
    """How many of several conditions, or of the records of a list, hold, and how many have to."""

    operator: Literal["at least", "at most"]
    bound: int
    hold: int
    """How many are known to."""
    open: int
    """Of how many it is not known."""
    of: int
    """How many there are."""


@dataclass(slots=True)  # not frozen: a trace has hundreds of steps, and frozen ones take thrice the time to make
class Trace(ValueObject):
    """One step of the reasoning.

    ``truth`` is whether this step supports what stands above it (negation is pushed down to the facts), while
    ``says`` states, in the law's words, how things are.
    """

    kind: Kind
    truth: bool | None
    says: str = ""
    """Made of everything else by `lawmodel.words.traces`."""
    id: str | None = None
    """The provision, concept, reading, instrument, list of records, or the key of the input."""
    children: tuple[Trace, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)
    """What else belongs to the step: a citation, a date and its certainty, whether a reading is the default."""
    step: str = field(default="", compare=False)
    """By what it is cited: the provision and the place in it, such as ``speed-1.when.2``; below a list with the number
    of the record, ``speed-1.when.3.record-1.2``. It changes only if what the provision itself says does."""
    comparison: FactComparison | None = None
    """Of a fact: its value, and with what it is compared."""
    count: HoldingCount | None = None
    """Of a count: how many hold; none where the list is not known."""

    def __repr__(self) -> str:
        return summary(self, self.kind, self.id, f"({TRUTH_WORDS[self.truth]}):", in_brief(self.says))

    def walk(self) -> Iterator[Trace]:
        """This step and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    json_keys: ClassVar[Mapping[str, str]] = {
        "step": "step",
        "kind": "kind",
        "holds": "holds",
        "id": "id",
        "says": "says",
        "comparison": "comparison",
        "count": "count",
        "negated": "negated",
        "citation": "citation",
        "title": "title",
        "certainty": "certainty",
        "words": "words",
        "translation": "translation",
        "instrument": "instrument",
        "standing": "standing",
        "supersedes": "supersedes",
        "stage": "stage",
        "date": "date",
        "date_certainty": "date_certainty",
        "reached": "reached",
        "reached_on": "reached_on",
        "day": "day",
        "records": "records",
        "displaces": "displaces",
        "reading": "reading",
        "option": "option",
        "default": "default",
        "chosen_by": "chosen_by",
        "asks_nothing": "asks_nothing",
        "told_by": "told_by",
        "open": "open",
        "because": "children",
    }
    json_optional: ClassVar[tuple[str, ...]] = tuple(key for key in json_keys if key not in ("kind", "holds"))

    @property
    def holds(self) -> Literal["yes", "no", "open"]:
        """The truth in a word."""
        return TRUTH_WORDS[self.truth]

    @property
    def citation(self) -> str | None:
        """Where the law says it."""
        return self.notes.get("citation")

    @property
    def title(self) -> str | None:
        """What a provision is called."""
        return self.notes.get("title")

    @property
    def certainty(self) -> str | None:
        """How sure the text of a provision is."""
        return self.notes.get("certainty")

    @property
    def words(self) -> str | None:
        """The operative words of a provision, in the original."""
        return self.notes.get("words")

    @property
    def translation(self) -> str | None:
        """What the operative words mean."""
        return self.notes.get("translation")

    @property
    def instrument(self) -> str | None:
        """The law or decree whose being law is asked."""
        return self.notes.get("instrument")

    @property
    def negated(self) -> bool | None:
        """Whether it supports the step above by not being so."""
        return self.notes.get("negated")

    @property
    def standing(self) -> Standing | None:
        """Of a law or decree, what the date is of: it became law, or ceased; or it is no law, and has none."""
        return self.notes.get("standing")

    @property
    def supersedes(self) -> bool | None:
        """Whether it is asked whether a law or decree supersedes the provision."""
        return self.notes.get("supersedes")

    @property
    def stage(self) -> str | None:
        """The stage from which it counts as law."""
        return self.notes.get("stage")

    @property
    def date(self) -> str | None:
        """The day from which it counts as law, or no longer does."""
        return self.notes.get("date")

    @property
    def reached(self) -> str | None:
        """Of what is no law, the last stage that it had reached on the day of the law."""
        return self.notes.get("reached")

    @property
    def reached_on(self) -> str | None:
        """The day on which it reached that."""
        return self.notes.get("reached_on")

    @property
    def day(self) -> str | None:
        """The day of the law, on which it is asked whether a law or decree is law."""
        return self.notes.get("day")

    @property
    def records(self) -> int | None:
        """How many records a list has; none where that is not known."""
        return self.notes.get("records")

    @property
    def displaces(self) -> bool | None:
        """Whether an exception is another provision that displaces this one."""
        return self.notes.get("displaces")

    @property
    def date_certainty(self) -> str | None:
        """How sure that day is."""
        return self.notes.get("date_certainty")

    @property
    def reading(self) -> str | None:
        """The reading of which it is an option."""
        return self.notes.get("reading")

    @property
    def option(self) -> str | None:
        """How a reading was taken."""
        return self.notes.get("option")

    @property
    def default(self) -> bool | None:
        """Whether a reading was taken by default."""
        return self.notes.get("default")

    @property
    def chosen_by(self) -> ChosenBy | None:
        """Who chose how a contested text is read; ``nobody``: it is open."""
        return self.notes.get("chosen_by")

    @property
    def asks_nothing(self) -> bool | None:
        """Whether nothing is asked of the facts under a reading."""
        return self.notes.get("asks_nothing")

    @property
    def told_by(self) -> str | None:
        """The source, and the place in it, that reads it so."""
        return self.notes.get("told_by")

    @property
    def open(self) -> bool | None:
        """Whether a reading is open."""
        return self.notes.get("open")
