"""The resolved form of law: formulas over the inputs of a case.

Choosing the stage of the law turns a rulebook into these few kinds of formula. Each engine gives them a
meaning in one file of its own; nothing else is shared between the engines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lawmodel.inputs import (
    AFTER_EVERY_DAY as AFTER_EVERY_DAY,
)
from lawmodel.inputs import (
    BEFORE_EVERY_DAY as BEFORE_EVERY_DAY,
)
from lawmodel.inputs import (
    LAW_DATE as LAW_DATE,
)
from lawmodel.inputs import (
    NO_DAY as NO_DAY,
)
from lawmodel.inputs import (
    READING_PREFIX as READING_PREFIX,
)
from lawmodel.inputs import (
    Record as Record,
)
from lawmodel.inputs import (
    Scalar as Scalar,
)
from lawmodel.inputs import (
    Valuation as Valuation,
)
from lawmodel.inputs import (
    Value as Value,
)
from lawmodel.inputs import (
    field_key as field_key,
)
from lawmodel.inputs import (
    reading_key as reading_key,
)

# --- terms: what a comparison compares -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Input:
    """A single fact, or the day of the law."""

    key: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the record at hand; stands only inside `SomeRecord` over the same list."""

    records: str
    name: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A known value; ``label`` says in words what it is (the day on which a law came into force)."""

    value: int
    label: str | None = None


Term: TypeAlias = Input | Field | Fixed

# --- formulas --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    """True or false whatever the case."""

    value: bool


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; true without parts."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Some part holds; false without parts."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Formula


@dataclass(frozen=True, slots=True)
class SomeRecord:
    """Some one record of the list has all of this."""

    records: str
    such_that: Formula


@dataclass(frozen=True, slots=True)
class Choose:
    """The branch of the option that the reading has."""

    reading: str
    branches: tuple[tuple[str, Formula], ...]
    """Every option of the reading, in the rulebook's order."""
    of_date: bool = False
    """The reading only picks a date: the trace names it once, not at each comparison."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A yes/no or choice input has one of these values."""

    term: Input | Field
    values: frozenset[Scalar]


@dataclass(frozen=True, slots=True)
class Same:
    """Two choice or yes/no inputs have the same value."""

    left: Input | Field
    right: Input | Field


@dataclass(frozen=True, slots=True)
class Ordered:
    """``left <= right`` (``left < right`` if strict), of days or of numbers; false if either is `NO_DAY`."""

    left: Term
    right: Term
    strict: bool = False
    of_days: bool = True
    about_right: bool = field(default=False, compare=False)
    """The law speaks of the right side (``after``); only an explanation needs to know."""


@dataclass(frozen=True, slots=True)
class Named:
    """A concept or another named part of the law: means what its body means."""

    kind: str
    """``concept``, ``law``, ``repeal``, ``in-force``, ``exception``, or ``provision`` (one that displaces another)."""
    id: str
    body: Formula


Formula: TypeAlias = Constant | All | Any | Not | SomeRecord | Choose | OneOf | Same | Ordered | Named
Atom: TypeAlias = OneOf | Same | Ordered

TRUE: Final = Constant(True)
FALSE: Final = Constant(False)


def all_of(*parts: Formula) -> Formula:
    """Conjunction, without the parts that say nothing."""
    kept = tuple(part for part in parts if part != TRUE)
    return kept[0] if len(kept) == 1 else All(kept) if kept else TRUE


def any_of(*parts: Formula) -> Formula:
    """Disjunction, without the parts that say nothing."""
    kept = tuple(part for part in parts if part != FALSE)
    return kept[0] if len(kept) == 1 else Any(kept) if kept else FALSE


# --- a question ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """A provision, resolved for a stage of the law."""

    id: str
    applies: Formula
    concludes: tuple[tuple[str, Formula], ...]
    """Each outcome that it can speak for, with the further condition under which it does. The conditions
    exclude each other. Empty for a provision that only disapplies others."""
    brings: tuple[tuple[str, Formula], ...] = ()
    """Each consequence that it can bring beside the outcome, with the further condition under which it does."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What an open input may be."""

    kind: str
    """``yes/no``, ``choice``, ``number``, ``date`` or ``records``."""
    choices: tuple[str, ...] = ()
    special: frozenset[int] = frozenset()
    """The special days that a date may be besides a day of the calendar."""
    fields: tuple[tuple[str, Domain], ...] = ()


@dataclass(frozen=True, slots=True)
class Ordering:
    """Consistency: each day is the same as or before the next, where both are days of the calendar.

    ``records`` is the list whose fields are meant (in each record), or None for single facts.
    """

    first: str
    then: str
    records: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedQuestion:
    """A question as the engines see it."""

    id: str
    outcomes: tuple[str, ...]
    """The strongest first; the last holds when no rule speaks."""
    rules: tuple[Rule, ...]
    domains: Mapping[str, Domain]
    """Of every fact, list of records and reading (by key), and of the day of the law."""
    orderings: tuple[Ordering, ...]
