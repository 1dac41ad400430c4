"""Cases as they would be with a set of changes carried out, to be decided anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lawmodel.case.case import Case
from lawmodel.case.values import decode_text
from lawmodel.inputs import LAW_DATE, GivenRecord, Scalar
from lawmodel.inquiry.decide import decide
from lawmodel.results.changes import Changes, ChangeSet
from lawmodel.results.encoder import encode
from lawmodel.rulebook.model import Rulebook

Assigned = Mapping[str, Any]
"""Values by the names of inputs, as `--json` has them; of a record whether it is there."""


def tried(found: Changes, one: ChangeSet) -> Iterator[Assigned]:
    """The changes of a set with some of the values that are said to work: each, and both ends of every span."""
    findings: dict[str, Any] = {}
    for finding in one.findings:
        findings |= {finding.name: finding.value if finding.value is not None else not finding.name.endswith("[+]")}
        findings |= {each.name: each.value for each in finding.record}
    plain = [encode(change) for change in one.changes]
    records = {each["input"]: each["value"] for change in plain for each in change["after"].get("record", ())}
    if len(plain) == 1 and plain[0]["after"]["values"]:
        for value in plain[0]["after"]["values"]:
            for bound in {value["from"], value["to"]} - {None} if isinstance(value, dict) else [value]:
                yield {plain[0]["input"]: bound, **findings}
        return
    chosen: dict[str, Any] = {}
    for change in plain:
        for value in change["after"]["values"]:
            chosen[change["input"]] = value["from"] if isinstance(value, dict) else value
        if change["kind"] == "record":
            chosen[change["input"]] = False
        if change["kind"] == "further" and not change["after"].get("record"):
            chosen[change["input"]] = True
    yield {**chosen, **records, **findings}


def beyond(one: ChangeSet) -> Iterator[Assigned]:
    """Days and numbers just beyond the spans that are said to work."""
    for change in one.changes if len(one.changes) == 1 else ():
        spans = [value for value in change.values if isinstance(value, dict)]
        inside = {bound for span in spans for bound in span.values()}
        for span in spans:
            for bound, step in ((span["from"], -1), (span["to"], 1)):
                if bound not in (None, 0) and (value := next_to(bound, step)) not in inside:
                    yield {change.before.name: value}


def next_to(bound: str | int, step: int) -> str | int:
    if isinstance(bound, int):
        return bound + step
    return (datetime.date.fromisoformat(bound) + datetime.timedelta(step)).isoformat()


def possible_with(rulebook: Rulebook, case: Case, question: str, assigned: Assigned) -> tuple[str, ...]:
    """The outcomes that are possible once inputs have other values; the day of the law is given as `LAW_DATE`."""
    facts = {path: list(value) if isinstance(value, tuple) else value for path, value in case.facts.items()}
    readings = {name: str(value) for name, value in assigned.items() if name in rulebook.readings}
    for name in sorted(assigned, key=len, reverse=True):  # fields before the records that they are in
        if name not in rulebook.readings and name != LAW_DATE:
            assign(rulebook, facts, name, assigned[name])
    changed = replace(case, facts={path: kept(value) for path, value in facts.items()})
    on = assigned.get(LAW_DATE)
    day = None if on is None else datetime.date.fromisoformat(on)
    return decide(rulebook, changed, question, readings=readings, on=day, forward_chaining=False).possible


def assign(rulebook: Rulebook, facts: dict[str, Any], name: str, value: Any) -> None:
    records, bracket, rest = name.partition("[")
    number, _, field = rest.partition("].")
    if not bracket:
        facts[name] = decoded(rulebook, name, value)
    elif number == "+]":  # a record of which nothing matters, or that there are no further ones
        facts[records] = [*(facts.get(records) or ()), *([{}] if value else ())]
    elif field:
        listed = facts[records] = facts.get(records) or []
        while len(listed) < int(number):
            listed.append({})
        listed[int(number) - 1] = {**listed[int(number) - 1], field: decoded(rulebook, f"{records}.{field}", value)}
    elif value:
        listed = facts[records] = facts.get(records) or []
        listed += [{}] if len(listed) < int(rest[:-1]) else []
    else:
        facts[records][int(rest[:-1]) - 1] = None


def kept(value: Any) -> Any:
    """A list without the records taken out."""
    return tuple(record for record in value if record is not None) if isinstance(value, list) else value


def decoded(rulebook: Rulebook, path: str, value: Any) -> Scalar | None:
    text = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    return decode_text(rulebook, rulebook.fact(path), text)


def records_of(case: Case, path: str) -> tuple[GivenRecord, ...]:
    value = case.facts.get(path)
    return value if isinstance(value, tuple) else ()
