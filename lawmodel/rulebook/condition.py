"""Conditions and conclusions as a rulebook states them: concepts by name, readings as switches.

`lawmodel.reasoning.resolve` turns them into formulas for a stage of the law. (No slots here and in the model: a
rulebook is read back from the cache at every start, and classes with slots are slow to read back.)

`Condition` and `Conclusion` are closed: what treats each kind in its own way matches them to the end (`assert_never`);
what only passes through goes by `parts_of`, `walk`, `rebuilt` and `names_in`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.time_spans import Duration, TimeSpan
from lawmodel.value_object import ValueObject

AT: Final = "at"
"""The name of the moment at which a provision tests its conditions."""


Bound: TypeAlias = Literal["at_least", "at_most", "exactly"]
"""How a number of conditions or of records is bounded."""
Quantifier: TypeAlias = Literal["some", "every", "none"] | Bound


class Stated(ValueObject):
    """What a rulebook states: a condition or a conclusion, at its place in a file."""

    place: Place


class Written:
    """Marks a field of the model as a statement: it is parsed before validation, which accepts what it is given."""

    def __init__(self, name: str) -> None:
        """Take the name of the written form in `lawmodel.rulebook.schema`."""
        self.name = name

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Accept instances only: the parser has made them."""
        from pydantic_core import core_schema

        return core_schema.is_instance_schema(source, cls_repr=self.name)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """A mark, in the place of which `lawmodel.rulebook.schema` puts the written form."""
        return {"x-written": self.name}


@dataclass(frozen=True)
class DateName(ValueObject):
    """A day by its name: ISO day, fact, named date, ``at`` or ``law-date``; or the day an instrument became law.

    With a ``span`` it is the day so long after, or before, the one that is named.
    """

    name: str
    place: Place
    became_law: bool = False
    span: TimeSpan | None = None
    named: str | None = None
    """The number of the rulebook that says how long the span is; None where it is written in digits."""
    calendar: tuple[tuple[str, str], ...] = ()
    """What is written of the calendar rule at the span itself."""


@dataclass(frozen=True)
class Always(Stated):
    """Holds always, or never."""

    value: bool
    place: Place


@dataclass(frozen=True)
class AllOf(Stated):
    """Every part holds."""

    parts: tuple[Condition, ...]
    place: Place


@dataclass(frozen=True)
class AnyOf(Stated):
    """Some part holds."""

    parts: tuple[Condition, ...]
    place: Place


@dataclass(frozen=True)
class Count(Stated):
    """At least, at most or exactly so many of the parts hold."""

    bound: Bound
    number: int
    parts: tuple[Condition, ...]
    place: Place
    named: str | None = None
    """The number of the rulebook that the bound is; None where it is written in digits."""


@dataclass(frozen=True)
class NotThis(Stated):
    """The part does not hold."""

    part: Condition
    place: Place


@dataclass(frozen=True)
class FactIs(Stated):
    """A fact has one of these values (as written)."""

    path: str
    values: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class FactSameAs(Stated):
    """A fact has the same value as another."""

    path: str
    other: str
    place: Place


@dataclass(frozen=True)
class FactCompared(Stated):
    """A fact compared with a number or a day: ``at_least``, ``before`` and so on."""

    path: str
    comparison: str
    number: int | str | None
    """A number, or the path of a fact of that type."""
    date: DateName | None
    place: Place
    named: str | None = None
    """The number of the rulebook that the bound is; None where it is written in digits."""
    duration: Duration | None = None
    """How the number is written where it is a span of time."""


@dataclass(frozen=True)
class ConceptHolds(Stated):
    """A concept, by its name; ``at`` the moment at which it is tested, where it is another than the provision's."""

    concept: str
    at: DateName | None
    place: Place


@dataclass(frozen=True)
class Some(Stated):
    """Some one record for which all of this holds; or every record, none, or so many."""

    records: str
    such_that: Condition
    place: Place
    quantifier: Quantifier = "some"
    number: int = 1
    """How many, where the quantifier is a bound."""
    named: str | None = None
    """The number of the rulebook that the bound is; None where it is written in digits."""


@dataclass(frozen=True)
class Switch(Stated):
    """One branch for each option of a reading."""

    reading: str
    branches: Mapping[str, Condition]
    otherwise: Condition | None
    place: Place


@dataclass(frozen=True)
class CountsAsLaw(Stated):
    """An instrument (in this wording) counts as law on the day and at the stage asked for."""

    instrument: str
    version: str | None
    place: Place


@dataclass(frozen=True)
class Concludes(Stated):
    """An outcome, or a shared conclusion, by its id; None for nothing."""

    name: str | None
    place: Place


@dataclass(frozen=True)
class ConclusionCases(Stated):
    """The first of these whose condition holds."""

    cases: tuple[tuple[Condition, Conclusion], ...]
    otherwise: Conclusion
    place: Place


@dataclass(frozen=True)
class ConclusionSwitch(Stated):
    """One branch for each option of a reading."""

    reading: str
    branches: Mapping[str, Conclusion]
    otherwise: Conclusion | None
    place: Place


FactTest: TypeAlias = FactIs | FactSameAs | FactCompared
"""A condition on the value of a fact, or of a field of the record at hand."""
AtomicCondition: TypeAlias = FactTest | ConceptHolds | CountsAsLaw
"""A condition without parts that says something of the case or of the law (a limb of a rule)."""
Condition: TypeAlias = Always | AllOf | AnyOf | Count | NotThis | Some | Switch | AtomicCondition
Conclusion: TypeAlias = Concludes | ConclusionCases | ConclusionSwitch
StatedPart: TypeAlias = Condition | Conclusion


def parts_of(stated: StatedPart) -> Iterator[StatedPart]:
    """The immediate parts of a condition or conclusion, in the order of the text."""
    match stated:
        case AllOf(parts) | AnyOf(parts) | Count(_, _, parts):
            yield from parts
        case NotThis(part):
            yield part
        case Some(_, such_that):
            yield such_that
        case Switch(_, branches, otherwise) | ConclusionSwitch(_, branches, otherwise):
            yield from branches.values()
            if otherwise is not None:
                yield otherwise
        case ConclusionCases(cases, otherwise):
            for condition, conclusion in cases:
                yield condition
                yield conclusion
            yield otherwise
        case Always() | FactIs() | FactSameAs() | FactCompared() | ConceptHolds() | CountsAsLaw() | Concludes():
            pass
        case _:
            assert_never(stated)


def walk(stated: StatedPart) -> Iterator[StatedPart]:
    """The condition or conclusion itself and everything in it."""
    yield stated
    for part in parts_of(stated):
        yield from walk(part)


def rebuilt(whole: StatedPart, inner: Sequence[Any]) -> StatedPart:
    """The statement with these immediate parts, as many as `parts_of` gives, in place of its own."""
    match whole:
        case AllOf() | AnyOf():
            return type(whole)(tuple(inner), whole.place)
        case Count():
            return replace(whole, parts=tuple(inner))
        case NotThis():
            return replace(whole, part=inner[0])
        case Some():
            return replace(whole, such_that=inner[0])
        case Switch(_, branches) | ConclusionSwitch(_, branches):
            options = dict(zip(branches, inner, strict=False))
            otherwise = inner[-1] if len(inner) > len(branches) else None
            return type(whole)(whole.reading, options, otherwise, whole.place)
        case ConclusionCases(cases):
            pairs = tuple((inner[2 * number], inner[2 * number + 1]) for number in range(len(cases)))
            return replace(whole, cases=pairs, otherwise=inner[-1])
        case Always() | FactIs() | FactSameAs() | FactCompared() | ConceptHolds() | CountsAsLaw() | Concludes():
            return whole
        case _:
            assert_never(whole)


@dataclass(frozen=True, slots=True)
class StatedNames:
    """What a condition or conclusion itself names, as it is written; what its parts name is theirs."""

    concepts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """Facts, or fields of the record at hand."""
    lists: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()
    """Outcomes, consequences, or shared conclusions."""
    days: tuple[DateName, ...] = ()
    numbers: tuple[str, ...] = ()
    """Numbers of the rulebook that are bounds; those of spans are named by the ``days``."""


def names_in(stated: StatedPart) -> StatedNames:
    """What a condition or conclusion names, without its parts."""
    match stated:
        case FactIs(path):
            return StatedNames(facts=(path,))
        case FactSameAs(path, other):
            return StatedNames(facts=(path, other))
        case FactCompared(path, _, number, date):
            facts = (path, number) if isinstance(number, str) else (path,)
            return StatedNames(facts=facts, days=() if date is None else (date,), numbers=_named(stated))
        case ConceptHolds(name, at):
            return StatedNames(concepts=(name,), days=() if at is None else (at,))
        case Some(records):
            return StatedNames(lists=(records,), numbers=_named(stated))
        case Count():
            return StatedNames(numbers=_named(stated))
        case Switch(reading) | ConclusionSwitch(reading):
            return StatedNames(readings=(reading,))
        case CountsAsLaw(instrument):
            return StatedNames(instruments=(instrument,))
        case Concludes(name):
            return StatedNames(conclusions=() if name is None else (name,))
        case Always() | AllOf() | AnyOf() | NotThis() | ConclusionCases():
            return StatedNames()
        case _:
            assert_never(stated)


def _named(stated: Count | Some | FactCompared) -> tuple[str, ...]:
    return () if stated.named is None else (stated.named,)
