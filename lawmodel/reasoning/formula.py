"""The resolved form of law: formulas over the inputs of a case, and the one way to walk them.

Choosing the stage of the law turns a rulebook into these few kinds of formula. Each engine gives them a
meaning in one file of its own; nothing else is shared between the engines.

What treats every kind of formula in its own way matches `Formula` to the end (`assert_never`). What only passes
through goes by `children`, `rebuild`, `distinct` or `fold`, and by `terms` below a comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final, TypeAlias, TypeVar, assert_never

from lawmodel.dataclass import dataclass
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
    Sort as Sort,
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
from lawmodel.time_spans import Spans

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
class AtLeast:
    """At least so many of the parts hold, a part that stands twice counted twice.

    That at most so many hold is the negation of one more. It is monotone: a part that holds where it did not before
    cannot make it fail.
    """

    count: int
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Formula


@dataclass(frozen=True, slots=True)
class SomeRecord:
    """At least so many records of the list, by default some one, have all of this; each record is counted."""

    records: str
    such_that: Formula
    at_least: int = 1


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
class Spaced:
    """``left <= right`` (``<`` if strict), of days of which one is moved by spans; false if either is `NO_DAY`.

    It is a difference constraint: it bounds the time between two days that only a case settles.
    """

    left: Input | Field
    right: Input | Field
    spans: Spans
    """By which a side is moved before it is compared; of what the law settles itself that is worked out (`Fixed`)."""
    moves_left: bool
    strict: bool = False

    @property
    def about_right(self) -> bool:
        """Whether the law speaks of the right side: of the one that is not moved."""
        return self.moves_left

    @property
    def moved(self) -> Input | Field:
        """The day that is moved before it is compared."""
        return self.left if self.moves_left else self.right


@dataclass(frozen=True, slots=True)
class Named:
    """A concept or another named part of the law: means what its body means."""

    kind: str
    """``concept``, ``law``, ``repeal``, ``in-force``, ``exception``, or ``provision`` (one that displaces another)."""
    id: str
    body: Formula


Atom: TypeAlias = OneOf | Same | Ordered | Spaced
"""A comparison: a formula that reads inputs itself and has no parts."""
Formula: TypeAlias = Constant | All | Any | AtLeast | Not | SomeRecord | Choose | Named | Atom

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


# --- walking ---------------------------------------------------------------------------------------

Result = TypeVar("Result")


def children(formula: Formula) -> tuple[Formula, ...]:
    """The immediate parts of a formula, in the order of the text; none of a constant or a comparison."""
    match formula:  # the most frequent first, and attributes by name: it is called at every step of every walk
        case OneOf() | Ordered():
            return ()
        case All() | Any() | AtLeast():
            return formula.parts
        case Named():
            return (formula.body,)
        case Not():
            return (formula.part,)
        case SomeRecord():
            return (formula.such_that,)
        case Choose():
            return tuple([branch for _, branch in formula.branches])
        case Constant() | Same() | Spaced():
            return ()
        case _:
            assert_never(formula)


def rebuild(formula: Formula, parts: Iterable[Formula]) -> Formula:
    """The formula with other immediate parts: as many as `children` gives, in that order.

    Raises:
        ValueError: there are more or fewer.
    """
    match formula:  # the most frequent first
        case OneOf() | Ordered():
            () = parts
            return formula
        case All(old):
            return All(_as_many(old, parts))
        case Any(old):
            return Any(_as_many(old, parts))
        case Not():
            (part,) = parts
            return Not(part)
        case AtLeast(count, old):
            return AtLeast(count, _as_many(old, parts))
        case SomeRecord(records, _, at_least):
            (part,) = parts
            return SomeRecord(records, part, at_least)
        case Named(kind, name, _):
            (part,) = parts
            return Named(kind, name, part)
        case Choose(reading, branches, of_date):
            options = [option for option, _ in branches]
            return Choose(reading, tuple(zip(options, parts, strict=True)), of_date)
        case Constant() | Same() | Spaced():
            () = parts
            return formula
        case _:
            assert_never(formula)


def _as_many(old: tuple[Formula, ...], parts: Iterable[Formula]) -> tuple[Formula, ...]:
    new = tuple(parts)
    if len(new) != len(old):
        raise ValueError(f"{len(new)} parts in place of {len(old)}")
    return new


def distinct(formulas: Iterable[Formula]) -> Iterator[Formula]:
    """The formulas and everything in them, each object once, from the last to the first.

    In a residual equal formulas are one object; what is shared there is met once. It takes time in proportion to the
    objects, and no stack.
    """
    seen: set[int] = set()
    waiting = list(formulas)
    while waiting:
        formula = waiting.pop()
        if id(formula) not in seen:
            seen.add(id(formula))
            yield formula
            waiting += children(formula)


def fold(
    formula: Formula,
    combine: Callable[[Formula, Sequence[Result]], Result],
    known: dict[int, Result] | None = None,
) -> Result:
    """The result of a formula, combined from the results of its `children`; of each object once, the inmost first.

    ``known`` holds results by the identity of the formula. Whoever gives it keeps these formulas alive; it can then be
    given again. It takes time in proportion to the objects, and no stack, however deep the formula is.
    """
    known = {} if known is None else known
    waiting = [formula]
    while waiting:
        one = waiting[-1]
        parts = children(one)
        missing = [part for part in parts if id(part) not in known]
        if missing:
            waiting += reversed(missing)
            continue
        waiting.pop()
        if id(one) not in known:
            known[id(one)] = combine(one, [known[id(part)] for part in parts])
    return known[id(formula)]


def terms(atom: Atom) -> tuple[Term, ...]:
    """What a comparison compares, the left side first."""
    match atom:
        case OneOf():
            return (atom.term,)
        case Ordered() | Same() | Spaced():
            return atom.left, atom.right
        case _:
            assert_never(atom)


def constants(atom: Atom) -> frozenset[Scalar]:
    """The values that a comparison names."""
    match atom:
        case OneOf(_, values):
            return values
        case Same() | Ordered() | Spaced():
            return frozenset(term.value for term in terms(atom) if isinstance(term, Fixed))
        case _:
            assert_never(atom)


def atoms_of(conditions: Iterable[Formula]) -> list[Atom]:
    """The comparisons of facts in conditions of one residual, each object once; readings are none."""
    return [one for one in distinct(conditions) if isinstance(one, Atom)]


def path_of(term: Input | Field) -> str:
    """The key of an input; ``list.field`` of a field."""
    match term:
        case Input(key):
            return key
        case Field(records, name):
            return f"{records}.{name}"
        case _:
            assert_never(term)


def inputs_in(formula: Formula) -> tuple[str, ...]:
    """The keys of the inputs that a formula itself reads, whatever its parts do; of fields none."""
    match formula:
        case OneOf() | Ordered() | Same() | Spaced():
            return tuple([term.key for term in terms(formula) if isinstance(term, Input)])
        case SomeRecord():
            return (formula.records,)
        case Choose():
            return (reading_key(formula.reading),)
        case Constant() | All() | Any() | AtLeast() | Not() | Named():
            return ()
        case _:
            assert_never(formula)


def free_lists(formula: Formula) -> frozenset[str]:
    """The lists about whose record at hand a formula speaks (its free variables).

    None where it stands for itself: a field inside a `SomeRecord` is of the record that this gives.
    """
    return fold(formula, _free)


def _free(formula: Formula, inner: Sequence[frozenset[str]]) -> frozenset[str]:
    if isinstance(formula, Atom):
        return frozenset(term.records for term in terms(formula) if isinstance(term, Field))
    return frozenset() if isinstance(formula, SomeRecord) else frozenset[str]().union(*inner)


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
    laws: frozenset[str] | None = field(default=None, compare=False)
    """The instruments of which the steps and dates decide what it says; None: that is not known."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What an open input may be."""

    kind: Sort
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
    follows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Consequences that follow from outcomes themselves, each with those from which it certainly does."""
    excluded: tuple[Formula, ...] = ()
    """What no case is, beside the orders of days. Searches for cases keep to it; answers on one open case do not yet,
    and say so (`lawmodel.reasoning.combinations`)."""
    laws: frozenset[str] | None = field(default=None, compare=False)
    """The instruments of which the steps and dates decide orderings and what is excluded; None: that is not known."""
