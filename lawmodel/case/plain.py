"""A case as plain data in the order of a case file, to be written by `lawmodel.case.writing` or as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lawmodel.case.case import Case
from lawmodel.case.values import UNKNOWN, encode_given
from lawmodel.inputs import GivenValue
from lawmodel.rulebook.model import Fact, Rulebook


def plain_case(rulebook: Rulebook, case: Case) -> dict[str, Any]:
    """A case as a case file has it, without what is expected of it; what is not given is left out."""
    presume = {True: "ordinary", False: None}[case.presume] if isinstance(case.presume, bool) else list(case.presume)
    content = {
        "title": case.title,
        "hypothetical": case.hypothetical,
        "point": case.point,
        "questions": list(case.questions),
        "presume": presume,
        "readings": dict(case.readings),
        "on": case.on,
        "stage": case.stage,
    }
    nothing: tuple[object, ...] = (None, "", [], {})
    given = {key: value for key, value in content.items() if value not in nothing or (key, value) == ("presume", [])}
    return {**given, "facts": plain_facts(rulebook, case.facts)}


def plain_facts(rulebook: Rulebook, facts: Mapping[str, GivenValue]) -> dict[str, Any]:
    """Facts in their groups, in the rulebook's order, as a case file has them."""
    written: dict[str, Any] = {}
    for path, fact in rulebook.facts.items():
        if path in facts:
            group, _, key = path.rpartition(".")
            (written.setdefault(group, {}) if group else written)[key] = plain_value(fact, facts[path])
    return written


def plain_value(fact: Fact, value: GivenValue) -> Any:
    """The value of a fact, or the records of a list, as a case file has it."""
    if fact.sort != "records":
        return encode_given(fact, value)  # type: ignore[arg-type]
    if value is None:
        return UNKNOWN
    fields = {field.id: field for field in fact.of}
    assert isinstance(value, tuple)
    return [{name: encode_given(fields[name], record[name]) for name in fields if name in record} for record in value]
