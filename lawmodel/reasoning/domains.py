"""What the inputs of a rulebook may be, and the orders in which its days stand: what makes a completion consistent."""

from __future__ import annotations

from lawmodel.case.values import SPECIAL_DAYS
from lawmodel.reasoning.formula import LAW_DATE, Domain, Ordering, reading_key
from lawmodel.rulebook.model import Fact, Rulebook


def domains(rulebook: Rulebook) -> dict[str, Domain]:
    """What each input may be: facts, lists of records, readings, and the day of the law."""
    found = {path: domain(rulebook, fact) for path, fact in rulebook.facts.items()}
    for name, reading in rulebook.readings.items():
        found[reading_key(name)] = Domain("choice", tuple(option.id for option in reading.options))
    found[LAW_DATE] = Domain("date")
    return found


def domain(rulebook: Rulebook, fact: Fact) -> Domain:
    """What a fact may be."""
    return Domain(
        kind=fact.sort,
        choices=tuple(rulebook.choices_of(fact)),
        special=frozenset(SPECIAL_DAYS[word.means] for word in fact.words.values() if fact.sort == "date"),
        fields=tuple((field.id, domain(rulebook, field)) for field in fact.of),
    )


def orderings(rulebook: Rulebook) -> tuple[Ordering, ...]:
    """The consistency of days, two by two."""
    found = []
    for entry in rulebook.consistency:
        for first, then in zip(entry.order, entry.order[1:], strict=False):
            records = None if first in rulebook.facts else first.rpartition(".")[0]
            if records is None:
                found.append(Ordering(first, then))
            else:
                found.append(Ordering(first.rpartition(".")[2], then.rpartition(".")[2], records))
    return tuple(found)
