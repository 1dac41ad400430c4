"""With what the days and numbers of a question are compared: between two such places, all values are alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.formula import (
    Field,
    Fixed,
    Input,
    OneOf,
    Ordered,
    ResolvedQuestion,
    Same,
    Spaced,
    Term,
    distinct,
)


@dataclass(frozen=True, slots=True)
class ComparedPlaces:
    """With what one single input, or one field of the records of a list, is compared."""

    constants: frozenset[int] = frozenset()
    """The numbers or days that the law itself names."""
    others: frozenset[str] = frozenset()
    """The other inputs, and fields as ``list.field``; a field is compared with fields of its own record."""
    measured: bool = False
    """Whether time is measured between it and another: then more counts than before and after."""


NOWHERE: Final = ComparedPlaces()


def compared_places(question: ResolvedQuestion) -> dict[str, ComparedPlaces]:
    """By key, or as ``list.field``: all inputs that are compared with a number, a day or each other."""
    found: dict[str, ComparedPlaces] = {}
    conditions = (
        condition
        for rule in question.rules
        for condition in (rule.applies, *(one for _, one in (*rule.concludes, *rule.brings)))
    )
    for formula in distinct(conditions):
        match formula:
            case OneOf(term, accepted):
                whole = frozenset(one for one in accepted if isinstance(one, int) and not isinstance(one, bool))
                _note(found, term, whole)
            case Ordered(left, right) | Same(left, right) | Spaced(left, right):
                measured = isinstance(formula, Spaced)
                for one, other in ((left, right), (right, left)):
                    if isinstance(other, Fixed):
                        _note(found, one, frozenset({other.value}))
                    else:
                        _note(found, one, frozenset(), frozenset({place_name(other)}), measured=measured)
    return found


def _note(
    found: dict[str, ComparedPlaces],
    term: Term,
    constants: frozenset[int],
    others: frozenset[str] = frozenset(),
    *,
    measured: bool = False,
) -> None:
    if not isinstance(term, Fixed) and (constants or others):
        name = place_name(term)
        known = found.get(name, NOWHERE)
        found[name] = replace(
            known,
            constants=known.constants | constants,
            others=known.others | others,
            measured=known.measured or measured,
        )


def place_name(term: Input | Field) -> str:
    """The key of an input, or ``list.field``."""
    return term.key if isinstance(term, Input) else f"{term.records}.{term.name}"


def places_of(places: Mapping[str, ComparedPlaces], key: str) -> ComparedPlaces:
    """With what an input is compared, by its key: ``list[1].field`` is the field of a record."""
    records, bracket, rest = key.partition("[")
    return places.get(f"{records}.{rest.partition('].')[2]}" if bracket else key, NOWHERE)
