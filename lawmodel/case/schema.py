"""The JSON Schema of case files, so that editors complete and check them: the facts are those of a rulebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from lawmodel.case.model import case_model
from lawmodel.case.shape import HEADINGS
from lawmodel.case.typed_values import day_schema
from lawmodel.case.values import UNKNOWN
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.schema import DRAFT, TEXT, any_text

Schema = dict[str, Any]

IN_VARIANTS: Final = ("title", "point", "questions", "presume", "readings", "on", "stage", "facts", "expect")


def case_file_schema(rulebook: Rulebook) -> Schema:
    """The schema of a case file under a rulebook (draft 2020-12)."""
    model = case_model(rulebook)
    derived: Schema = any_text(model.model_json_schema())
    keys = {member.name: member.key for member in model.shape.members}
    by_name = {field.alias or name: keys.get(name, name) for name, field in model.model_fields.items()}
    properties: Schema = derived["properties"]
    head = {key: properties.pop(key) for key in HEADINGS}
    several = {"type": "array", "items": head["questions"]["items"]}
    head["questions"] = {"anyOf": [several, several["items"]]}
    for name in ("hypothetical", "title", "point", "questions", "presume"):
        for noise in ("default", "title"):
            head[name].pop(noise, None)
        head[name]["description"] = DESCRIPTIONS[name]
    head["readings"] = _readings(rulebook)
    head["on"] = _on()
    head["stage"] = _stage(rulebook)
    head["hypothetical"] = {"type": "integer", "minimum": 0, "description": DESCRIPTIONS["hypothetical"]}
    top = {
        **head,
        "facts": {"$ref": "#/$defs/facts"},
        "expect": {"type": "array", "items": {"$ref": "#/$defs/expectation"}, "description": DESCRIPTIONS["expect"]},
    }
    variant = {"id": {**TEXT, "description": "A short word."}, **{key: top[key] for key in IN_VARIANTS}}
    return {
        "$schema": DRAFT,
        "title": f"A case under the rulebook: {rulebook.title}",
        **closed({**top, "variants": {"type": "array", "items": {"$ref": "#/$defs/variant"}}}),
        "$defs": {
            **derived.get("$defs", {}),
            "facts": closed({by_name[key]: content for key, content in properties.items()}),
            "expectation": _expectation(rulebook),
            "variant": {**closed(variant), "required": ["id"]},
        },
    }


DESCRIPTIONS: Final[Mapping[str, str]] = {
    "title": "What the case is called.",
    "hypothetical": "Its number, if it has one.",
    "point": "What the case is to show.",
    "questions": "What is answered if nothing else is asked; without it what is expected, else every question.",
    "presume": "`ordinary`: whatever is left out has its ordinary value. Or the facts of which that may be presumed.",
    "expect": "What makes the case a test; a key that is left out is not checked.",
}


def closed(properties: Mapping[str, Any]) -> Schema:
    """A mapping with these keys alone."""
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _names(names: Iterable[str]) -> Schema:
    """A list of names, each at most once."""
    return {"type": "array", "items": {"enum": list(names)}, "uniqueItems": True}


def _expectation(rulebook: Rulebook) -> Schema:
    inputs = _inputs(rulebook)
    properties: Schema = {
        "question": {
            "enum": list(rulebook.questions),
            "enumDescriptions": [one.asks for one in rulebook.questions.values()],
        },
        "readings": _readings(rulebook),
        "on": _on(),
        "stage": _stage(rulebook),
        "status": {"enum": ["determined", "depends"]},
        "outcome": {"description": "The one outcome that every completion of the case has."},
        "possible": {"type": "array", "description": "Every outcome that some completion has, and no other."},
        "grounds": {"type": "array", "description": "Exactly these provisions."},
        "turns_on": {
            "type": "array",
            "items": {"anyOf": [inputs, {"type": "array", "items": inputs, "minItems": 1}]},
            "description": "Exactly these inputs; those that must move together in a list of their own.",
        },
        "rests_on": {
            **_names([*rulebook.readings, *rulebook.facts]),
            "description": "Exactly these readings, by their ids, and presumed facts, by their paths.",
        },
        "consequences": {
            **_names(list(rulebook.consequences)),
            "description": "Exactly these, of those that certainly follow.",
        },
    }
    if rulebook.tellings:
        says = "Stage and readings as this source tells them, where they are not given."
        properties["told_by"] = {"enum": list(rulebook.tellings), "description": says}
    return {
        **closed(properties),
        "required": ["question"],
        "allOf": [_of_question(rulebook, name) for name in rulebook.questions],
    }


def _on() -> Schema:
    return {**day_schema(), "description": "The law of this day."}


def _stage(rulebook: Rulebook) -> Schema:
    return {
        "enum": [stage.id for stage in rulebook.stages],
        "enumDescriptions": [stage.says for stage in rulebook.stages],
        "description": "As if every bill that had got as far as this stage were law.",
    }


def _of_question(rulebook: Rulebook, name: str) -> Schema:
    """What else holds of an expectation if it is about this question."""
    outcome = outcome_schema(rulebook, name)
    return {
        "if": {"properties": {"question": {"const": name}}, "required": ["question"]},
        "then": {
            "properties": {
                "outcome": outcome,
                "possible": _names(outcome["enum"]),
                "grounds": provisions_schema(rulebook, name),
            }
        },
    }


def outcome_schema(rulebook: Rulebook, question: str) -> Schema:
    """An outcome of a question."""
    outcomes = rulebook.questions[question].outcomes
    return {"enum": [one.id for one in outcomes], "enumDescriptions": [one.means for one in outcomes]}


def provisions_schema(rulebook: Rulebook, question: str) -> Schema:
    """Some provisions of a question."""
    provisions = [one.id for one in rulebook.provisions.values() if one.question == question]
    return _names(provisions) if provisions else {"maxItems": 0}


def _readings(rulebook: Rulebook) -> Schema:
    properties = {
        name: {
            "enum": [*(option.id for option in reading.options), UNKNOWN],
            "enumDescriptions": [*(option.says for option in reading.options), "the reading is left open"],
            "description": reading.title,
        }
        for name, reading in rulebook.readings.items()
    }
    return {**closed(properties), "description": "Under these readings."}


def _inputs(rulebook: Rulebook) -> Schema:
    """Names of inputs: facts, fields of records, readings."""
    fields = [
        {"type": "string", "pattern": rf"^{re.escape(path)}\[[1-9][0-9]*\]\.({'|'.join(one.id for one in fact.of)})$"}
        for path, fact in rulebook.facts.items()
        if fact.of
    ]
    return {"anyOf": [{"enum": [*rulebook.facts, *rulebook.readings]}, *fields]}
