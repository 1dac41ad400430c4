"""A case as plain data in the order of a case file, to be written by `lawmodel.case.writing` or as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lawmodel.case.values import UNKNOWN, encode
from lawmodel.inputs import Value
from lawmodel.rulebook.model import Fact, Rulebook


def plain_facts(rulebook: Rulebook, facts: Mapping[str, Value]) -> dict[str, Any]:
    """Facts in their groups, in the rulebook's order, as a case file has them."""
    written: dict[str, Any] = {}
    for path, fact in rulebook.facts.items():
        if path in facts:
            group, _, key = path.rpartition(".")
            (written.setdefault(group, {}) if group else written)[key] = plain_value(fact, facts[path])
    return written


def plain_value(fact: Fact, value: Value) -> Any:
    """The value of a fact, or the records of a list, as a case file has it."""
    if fact.type != "records":
        return encode(fact, value)  # type: ignore[arg-type]
    if value is None:
        return UNKNOWN
    fields = {field.id: field for field in fact.of}
    assert isinstance(value, tuple)
    return [{name: encode(fields[name], record[name]) for name in fields if name in record} for record in value]
