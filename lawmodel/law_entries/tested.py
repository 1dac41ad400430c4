"""What of a rulebook a case tests: what its expectations name, and the facts that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lawmodel.case.case import Case, Expectation
from lawmodel.rulebook.model import Rulebook

Named: TypeAlias = tuple[str, str]
"""A kind and an id; of an outcome its question and id."""


def tested_by_case(rulebook: Rulebook, case: Case) -> Iterator[Named]:
    """Each entry that a case tests, perhaps more than once."""
    yield from (("reading", name) for name in case.readings)
    for path, value in case.facts.items():
        yield "fact", path
        if isinstance(value, tuple):
            yield from (("fact", f"{path}.{name}") for record in value for name in record)
    for one in case.expectations:
        yield from _expected(rulebook, one)


def _expected(rulebook: Rulebook, one: Expectation) -> Iterator[Named]:
    yield "question", one.question
    yield from (("provision", name) for name in one.grounds or ())
    yield from (("consequence", name) for name in one.consequences or ())
    yield from ((one.question, name) for name in (one.possible or ()) + ((one.outcome,) if one.outcome else ()))
    if one.told_by is not None:
        yield "telling", one.told_by
    if one.stage is not None:
        yield "stage", one.stage
    turned_on = (name for group in one.turns_on or () for name in group)
    for name in (*one.readings, *(one.rests_on or ()), *turned_on):
        if name in rulebook.readings:
            yield "reading", name
