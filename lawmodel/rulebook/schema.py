"""The JSON Schema of a rulebook's files, so that editors complete and check them.

It is derived from the classes of the model; conditions, conclusions and dates, which are parsed before the model
sees them, are described here as they are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from lawmodel.inputs import LAW_DATE
from lawmodel.rulebook.entries import ENTRY_CLASSES
from lawmodel.rulebook.model import Stage
from lawmodel.rulebook.read import JURISDICTION
from lawmodel.rulebook.statement_parser import (
    BOUNDS,
    CONDITION_WORDS,
    DATE_COMPARISONS,
    NUMBER_COMPARISONS,
    NUMBER_NAME,
)
from lawmodel.time_spans import ANY_DAY, CALENDAR_KEYS, COUNT, DURATION_FORM, SPAN_FORM

Schema = dict[str, Any]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
TEXT: Final[Schema] = {"type": ["string", "number", "boolean"]}
"""Whatever stands there is read as text, also what other readers of YAML take for a number or a truth value."""
PATH: Final = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"
ISO_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
NUMBER: Final = NUMBER_NAME.pattern.removesuffix(r"\Z")
COUNTED: Final = SPAN_FORM.removesuffix(ANY_DAY).replace(COUNT, f"({COUNT}|{NUMBER})", 1)
DAY_COUNTED: Final = f"^{COUNTED}\\d{{4}}-\\d{{2}}-\\d{{2}}$"
"""A day that is counted from a day of the calendar."""
RULEBOOK_HEAD: Final = "rulebook"


def rulebook_file_schema() -> Schema:
    """The schema of a file of a rulebook (draft 2020-12)."""
    definitions: Schema = {}
    sections: Schema = {}
    for section, wanted in ENTRY_CLASSES.items():
        sections[section] = {"type": "array", "items": _reference(wanted, definitions)}
    head = {
        "title": TEXT,
        "law_date": {**TEXT, "description": "The fact that dates the law, or a named date."},
        "stages": {"type": "array", "minItems": 1, "items": _reference(Stage, definitions)},
    }
    version = {**TEXT, "description": "Of the rulebook, as it is to be cited."}
    as_of = {"type": "string", "format": "date", "pattern": ISO_DAY, "description": "Up to when the law is known."}
    whose = "The code of the state whose law it is."
    of = {"type": "string", "pattern": f"^{JURISDICTION.pattern}$", "description": whose}
    order = {"type": "array", "items": TEXT, "description": "The order in which questions are shown."}
    calendar = {**_closed(_calendar_rule()), "description": "How spans of time are counted, unless one says otherwise."}
    off = "Days on which nobody works, beside Saturdays and Sundays: 01-01 of each year, 2026-03-09 of one."
    day_off = {"type": "string", "pattern": "^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$"}
    days_off = {"type": "array", "items": day_off, "description": off}
    further = {"version": version, "as_of": as_of, "jurisdiction": of, "questions": order, "calendar": calendar}
    further["days_off"] = days_off
    definitions = {name: _as_written(content) for name, content in any_text(definitions).items()}
    for name in ("Place", "DateName", "DateSwitch", "FirstDay"):
        definitions.pop(name, None)
    definitions["Consistency"]["anyOf"] = [
        {"required": ["order"]},
        {"required": ["when", "id"]},
        {"required": ["overlap", "id", "level"]},
    ]
    return {
        "$schema": DRAFT,
        "title": "A file of a rulebook",
        **_closed(
            {
                RULEBOOK_HEAD: {
                    **_closed({**head, **further}),
                    "required": list(head),
                },
                **sections,
            }
        ),
        "$defs": {**definitions, **_statements(), "NamedDate": _named_date(definitions["NamedDate"])},
    }


def any_text(schema: Any) -> Any:
    """A derived schema with every text allowed to look like a number or a truth value, and without null."""
    if isinstance(schema, list):
        return [any_text(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "string" and not {"format", "pattern", "enum", "const"} & schema.keys():
        schema = {**schema, **TEXT}
    if schema.get("type") == "boolean":
        schema = {**{key: value for key, value in schema.items() if key != "type"}, "enum": ["yes", "no", True, False]}
    changed = {key: any_text(value) for key, value in schema.items() if not (key == "default" and value in (None, []))}
    branches = [branch for branch in changed.get("anyOf", ()) if branch != {"type": "null"}]
    if len(branches) == 1:
        changed = {**branches[0], **{key: value for key, value in changed.items() if key != "anyOf"}}
    elif branches:
        changed["anyOf"] = branches
    return changed


def _reference(wanted: type[Any], definitions: Schema) -> Schema:
    """A reference to the schema of a class, which joins the definitions with all it needs."""
    derived: Schema = TypeAdapter(wanted).json_schema()
    definitions.update(derived.pop("$defs", {}))
    if "$ref" not in derived:
        definitions[wanted.__name__] = derived
    return {"$ref": f"#/$defs/{wanted.__name__}"}


def _as_written(schema: Any) -> Any:
    """The schema of what stands in a file: no places; statements as they are written; days as days."""
    if isinstance(schema, list):
        return [_as_written(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "x-written" in schema:
        return {"$ref": f"#/$defs/{schema['x-written']}"}
    if schema.get("format") == "date":
        return {"type": "string", "pattern": f"{ISO_DAY}|{DAY_COUNTED}"}
    if isinstance(schema.get("$ref"), str) and schema["$ref"].endswith("/DateName"):
        return {**schema, "$ref": "#/$defs/date"}
    changed = {key: _as_written(value) for key, value in schema.items()}
    if isinstance(changed.get("properties"), dict):  # a name that Python has taken ends in an underscore there
        kept = {name.rstrip("_"): value for name, value in changed["properties"].items() if name != "place"}
        changed["properties"] = kept
    if isinstance(changed.get("required"), list):
        changed["required"] = [name.rstrip("_") for name in changed["required"] if name != "place"]
    changed.pop("title" if isinstance(changed.get("title"), str) else "", None)
    return changed


def _closed(properties: Mapping[str, Any]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _just(required: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> Schema:
    return {**_closed({**required, **(optional or {})}), "required": list(required)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _calendar_rule() -> Schema:
    return {key: {"enum": list(answers)} for key, answers in CALENDAR_KEYS.items()}


def _switch(branch: str) -> Schema:
    """A reading with a branch for each of its options."""
    return {
        "type": "object",
        "properties": {"reading": {**TEXT, "description": "One branch for each option of this reading."}},
        "required": ["reading"],
        "minProperties": 2,
        "additionalProperties": _ref(branch),
    }


def _statements() -> Schema:
    """Conditions, conclusions and dates as they are written; see docs/rulebook.md."""
    several = {"type": "array", "minItems": 1, "items": _ref("condition")}
    word = {"type": "string"}
    named = {"type": "string", "pattern": f"^{NUMBER}$", "description": "A number of the rulebook, by its name."}
    number = {"anyOf": [{"type": "integer", "minimum": 0}, named]}
    long = {"type": "string", "pattern": f"^({NUMBER} (day|week|month|year)s?|{DURATION_FORM})$"}
    such_that = {"such_that": _ref("condition")}
    comparisons = [
        _just({"same_as": {**word, "description": "The same value as this fact."}}),
        *(_just({name: {"anyOf": [number, {"type": "string", "pattern": PATH}, long]}}) for name in NUMBER_COMPARISONS),
        *(_just({name: _ref("date")}) for name in DATE_COMPARISONS),
    ]
    conditions = [
        {"anyOf": [{"enum": ["always", "never"]}, {**word, "description": "A concept, by its name."}]},
        _just({"all": {**several, "description": "Every one of these holds."}}),
        _just({"any": {**several, "description": "One of these holds."}}),
        *(_just({bound: number, "of": {**several, "description": "So many of these hold."}}) for bound in BOUNDS),
        _just({"not": _ref("condition")}),
        _just({"some": {**word, "description": "Some one record of this list …"}}, such_that),
        *(
            _just({"some": {**word, "description": "So many records of this list …"}, bound: number}, such_that)
            for bound in BOUNDS
        ),
        _just({"every": {**word, "description": "Every record of this list …"}, **such_that}),
        _just({"none": {**word, "description": "No record of this list …"}}, such_that),
        _just({"law": {"anyOf": [word, _just({"instrument": word}, {"version": TEXT})]}}),
        _just({"concept": word}, {"at": _ref("date")}),
        _switch("condition"),
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {
                "anyOf": [{"const": LAW_DATE}, {"pattern": PATH, "not": {"enum": [*CONDITION_WORDS, "otherwise"]}}]
            },
            "additionalProperties": _ref("fact-test"),
        },
    ]
    cases = {
        "type": "array",
        "minItems": 1,
        "items": {
            "anyOf": [
                _just({"when": _ref("condition"), "then": _ref("conclusion")}),
                _just({"otherwise": _ref("conclusion")}),
            ]
        },
    }
    return {
        "condition": {"description": "A condition of law.", "anyOf": conditions},
        "fact-test": {
            "description": "A value of the fact, several of which it has one, or a comparison.",
            "anyOf": [TEXT, {"type": "array", "minItems": 1, "items": TEXT}, *comparisons],
        },
        "conclusion": {
            "description": "An outcome, a shared conclusion, `nothing`, cases, or a reading's switch.",
            "anyOf": [word, cases, _switch("conclusion")],
        },
        "date": {
            "description": (
                "A day (YYYY-MM-DD), a fact, a named date, `law-date`, `at`, or the day of a law; "
                "`10 days after …` or `18 years before …` a day that the law names."
            ),
            "anyOf": [word, _just({"became_law": word}), _just({"day": word}, _calendar_rule())],
        },
        "day-rule": {
            "description": "A day, or a list of days: the first of them that there is.",
            "anyOf": [_ref("date"), {"type": "array", "minItems": 2, "items": _ref("date")}],
        },
        "telling-case": {"type": "object", "description": "The facts of a case, in groups, as a case file has them."},
        "SameAs": _just({"same_as": {"type": "string", "pattern": PATH}}),
    }


def _named_date(derived: Schema) -> Schema:
    """A named date: its keys, and `is` or a reading with a day for each option."""
    properties = {key: value for key, value in derived["properties"].items() if key != "value"}
    return {
        "description": derived["description"],
        "type": "object",
        "properties": {**properties, "is": _ref("day-rule"), "reading": TEXT},
        "required": [key for key in derived["required"] if key != "value"],
        "anyOf": [{"required": ["is"]}, {"required": ["reading"]}],
        "additionalProperties": _ref("day-rule"),
    }
