"""The single facts of a case, and the fields of its records, by key: ``person.age``, ``service[1].from``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.inputs import GivenValue

RECORD_KEY: Final = re.compile(r"(?P<list>.+)\[(?P<number>[0-9]+)\]\.(?P<field>[a-z][a-z0-9_]*)\Z")
"""The key of a field of a record, and its parts."""


def without_numbers(key: str) -> str:
    """A key without the number of its record: the path that `Rulebook.fact` knows."""
    match = RECORD_KEY.match(key)
    return f"{match['list']}.{match['field']}" if match else key


def facts_by_key(case: Case) -> Mapping[str, GivenValue]:
    """The single facts and the fields of records that a case gives, by key."""
    found: dict[str, GivenValue] = {}
    for path, value in case.facts.items():
        if isinstance(value, tuple):
            for number, record in enumerate(value, 1):
                found.update({f"{path}[{number}].{name}": one for name, one in record.items()})
        else:
            found[path] = value
    return found


def with_fact(case: Case, key: str, value: GivenValue) -> Case | None:
    """The case with another value of one fact, None where it is not known; None where it has no such record."""
    match = RECORD_KEY.match(key)
    if match is None:
        return replace(case, facts={**case.facts, key: value})
    listed, place = case.facts.get(match["list"]), int(match["number"]) - 1
    if not isinstance(listed, tuple) or place >= len(listed):
        return None
    changed = (*listed[:place], {**listed[place], match["field"]: value}, *listed[place + 1 :])
    return replace(case, facts={**case.facts, match["list"]: changed})  # type: ignore[dict-item]
