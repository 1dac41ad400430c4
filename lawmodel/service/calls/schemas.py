"""The JSON Schema of what is asked and answered under a rulebook, with its questions, readings and facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from lawmodel.case.schema import case_file_schema
from lawmodel.commands.json_output import VERSION, Schema
from lawmodel.problems import ProblemsFound, no_such
from lawmodel.results.json_schema import schema_of
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.table import CALLS, Call
from lawmodel.verbs.schemas import result_type

Plain = dict[str, Any]
CASE: Final = "case"
DEFINITIONS: Final = "#/$defs/"


def request_schema(rulebook: Rulebook, call: Call, case: Plain) -> Plain:
    """The schema of what a call is given; ``case`` is that of a case within it."""
    schema: Plain = call.request.model_json_schema()
    named = _names(rulebook)
    for name, given in schema["properties"].items():
        if given.pop("x-case", False):
            given.clear()
            given.update(case)
        elif name in named:
            given.update(_with_names(given, named[name]))
        elif name == "readings":
            given.update(case_readings(rulebook))
    return schema


def case_schema(rulebook: Rulebook) -> Plain:
    """The schema of a case as it is sent: that of a case file, in which nobody asks what is expected."""
    schema = case_file_schema(rulebook)
    del schema["$defs"]["expectation"]
    for part in (schema, schema["$defs"]["variant"]):
        part["properties"]["expect"] = {"type": "array", "items": {}, "description": "Read, and not looked at."}
    return schema


def _names(rulebook: Rulebook) -> dict[str, list[str]]:
    """What can stand in the fields that name something, by the name of the field."""
    outcomes = list(dict.fromkeys(one.id for each in rulebook.questions.values() for one in each.outcomes))
    stages = [one.id for one in rulebook.stages]
    provisions = list(rulebook.provisions)
    return {
        "question": list(rulebook.questions),
        "stage": stages,
        "then_stage": stages,
        "told_by": list(rulebook.tellings),
        "outcome": outcomes,
        "to": outcomes,
        "grounds": provisions,
        "only_ground": provisions,
        "brings": list(rulebook.consequences),
        "properties": list(rulebook.properties),
    }


def _with_names(given: Plain, names: Iterable[str]) -> Plain:
    """A schema of a name, of a name or null, or of a list of names, with the names that there are."""
    known: Plain = {"type": "string", "enum": list(names)} if names else {"type": "string"}
    if given.get("type") == "string":
        return known
    if given.get("type") == "array":
        return {"items": known}
    return {"anyOf": [known if one.get("type") == "string" else one for one in given["anyOf"]]}


def case_readings(rulebook: Rulebook) -> Plain:
    """The schema of the readings that are chosen."""
    found: Plain = case_file_schema(rulebook)["properties"]["readings"]
    return found


def named_schema(rulebook: Rulebook, name: str) -> Plain:
    """The schema of a case, or of a result by its name, as `lawmodel schema` writes it; raises `ProblemsFound`."""
    if name == CASE:
        return case_file_schema(rulebook)
    answered = {one.removeprefix("lawmodel/"): one for call in CALLS.values() for one in call.schemas}
    if name not in answered:
        raise ProblemsFound([no_such(name, (CASE, *answered), "/name")])
    return result_schema(answered[name])


def result_schema(schema: Schema) -> Plain:
    """The schema of the JSON of a result."""
    return schema_of(result_type(schema), schema, VERSION)
