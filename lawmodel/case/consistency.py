"""Whether the days of a case are in an order in which they can have happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lawmodel.case.values import day_in_words
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, Value, field_key
from lawmodel.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two days in the wrong order."""

    first: str
    then: str
    """The keys of the inputs."""
    says: str


def contradictions(rulebook: Rulebook, facts: Mapping[str, Value]) -> Iterator[Contradiction]:
    """Every pair of known days that cannot stand in this order."""
    for entry in rulebook.consistency:
        for first, then in zip(entry.order, entry.order[1:], strict=False):
            for one, other, a, b in _pairs(rulebook, facts, first, then):
                if _is_day(a) and _is_day(b) and a > b:  # type: ignore[operator]
                    said = f"{entry.says}: {day_in_words(a)} comes after {day_in_words(b)}"  # type: ignore[arg-type]
                    yield Contradiction(one, other, said)


def _pairs(
    rulebook: Rulebook, facts: Mapping[str, Value], first: str, then: str
) -> Iterator[tuple[str, str, Value, Value]]:
    if first in rulebook.facts:
        yield first, then, facts.get(first), facts.get(then)
        return
    records, _, field = first.rpartition(".")
    listed = facts.get(records)
    if isinstance(listed, tuple):
        other = then.rpartition(".")[2]
        for number, record in enumerate(listed, 1):
            yield (
                field_key(records, number, field),
                field_key(records, number, other),
                record.get(field),
                record.get(other),
            )


def _is_day(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and BEFORE_EVERY_DAY < value < AFTER_EVERY_DAY
