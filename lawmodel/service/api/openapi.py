"""The OpenAPI document (3.1): made of the models of what is asked and of the types of what is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from lawmodel.commands.json_output import Schema
from lawmodel.results.json_schema import WRITTEN
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.api.problem_details import MEDIA_TYPE
from lawmodel.service.api.problem_details import SCHEMA as PROBLEM
from lawmodel.service.calls.schemas import CASE, DEFINITIONS, case_schema, request_schema, result_schema
from lawmodel.service.calls.table import CALLS, Call, answer, as_json
from lawmodel.service.limits import (
    MOST_BYTES,
    MOST_DEPTH,
    MOST_VALUES,
    QUICK_SECONDS,
    RETRY_AFTER,
    SLOW_SECONDS,
)
from lawmodel.version import VERSION

Plain = dict[str, Any]
COMPONENTS: Final = "#/components/schemas/"
JSON: Final = "application/json"
LAW: Final = "law"
ONE_SCHEMA: Final = frozenset(
    ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
)
SCHEMAS: Final = frozenset(("anyOf", "oneOf", "allOf", "prefixItems"))
TYPES: Final = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
ABOUT: Final = f"""The questions of `lawmodel`, as a program asks them.

Nothing is kept between requests. A body is JSON of at most {MOST_BYTES:,} bytes, nested at most {MOST_DEPTH} deep, with
at most {MOST_VALUES:,} values. A decision, a step of an interview and the law take at most {QUICK_SECONDS:g} seconds,
other questions {SLOW_SECONDS:g}; one who is told to come again (503) waits {RETRY_AFTER} seconds. Every mistake of a
request is told with its place in it."""
REFUSALS: Final = {
    "400": "The body is no JSON, or more of it than is read; or a parameter is not known.",
    "401": "The service asks for a token.",
    "403": "The service goes by another name, or a page from elsewhere asks.",
    "404": "There is no such entry or schema.",
    "408": "The body took too long to come.",
    "413": "The body is too large.",
    "415": "The body is not said to be JSON.",
    "422": "What is asked makes no sense under this law: every mistake with its place.",
    "500": "A mistake of this program.",
    "503": "Too many questions are waiting; Retry-After says when to come again.",
    "504": "The question took too long and was stopped.",
}


def document(rulebook: Rulebook) -> Plain:
    """The whole document, for the questions, readings and facts of this rulebook."""
    components = _Components()
    case = components.named("Case", case_schema(rulebook), prefix="Case")
    components.schemas["Problem"] = dict(PROBLEM)
    paths = {
        f"/api/v1/{call.name}": {"post": _posted(rulebook, call, case, components)}
        for call in CALLS.values()
        if call.name != LAW
    }
    paths |= _law(rulebook, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"lawmodel: {rulebook.title}", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.schemas.items())),
            "responses": {
                status: {"description": says, "content": {MEDIA_TYPE: {"schema": {"$ref": f"{COMPONENTS}Problem"}}}}
                for status, says in REFUSALS.items()
            },
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "Where it is reached from elsewhere."}
            },
        },
    }


class _Components:
    """The schemas of the document by name; what a schema defines for itself joins them."""

    def __init__(self) -> None:
        self.schemas: Plain = {}

    def named(self, name: str, schema: Plain, prefix: str = "") -> Plain:
        """A reference to a schema, which joins the others under this name, and its definitions with this prefix."""
        for defined, definition in schema.get("$defs", {}).items():
            component = f"{prefix}{defined[:1].upper()}{defined[1:]}"
            self.schemas[component] = _in_document(_unless_recursive(defined, definition), prefix)
        whole = {key: value for key, value in schema.items() if key not in ("$defs", "$schema")}
        self.schemas[name] = _in_document(whole, prefix)
        return {"$ref": f"{COMPONENTS}{name}"}

    def answered(self, call: Call, *schemas: Schema) -> Plain:
        """What is answered well: one of some results."""
        found = [self.named(_response_name(one), result_schema(one)) for one in schemas]
        schema = found[0] if len(found) == 1 else {"oneOf": found}
        return {"description": call.says, "content": {JSON: {"schema": schema}}}


def _unless_recursive(defined: str, definition: Plain) -> Plain:
    """Conditions of the law hold conditions, as alternatives without a name of their own: no generator knows these."""
    if defined.startswith(WRITTEN) and definition.get("type") != "object":
        return {"description": "As a file of a rulebook has it: `lawmodel schema rules` says how."}
    return definition


def _in_document(schema: Plain, prefix: str) -> Plain:
    """A schema as generators of clients understand it, with the same meaning.

    Definitions are components. A title would name a class, so there is none. An enumeration has values of one type.
    """
    found: Plain = {}
    for key, value in schema.items():
        if key in ("properties", "patternProperties"):
            found[key] = {name: _in_document(one, prefix) for name, one in value.items()}
        elif key == "$ref":
            defined = value.removeprefix(DEFINITIONS)
            inner = value.startswith(DEFINITIONS)
            found[key] = f"{COMPONENTS}{prefix}{defined[:1].upper()}{defined[1:]}" if inner else value
        elif isinstance(value, dict) and key in ONE_SCHEMA:
            found[key] = _in_document(value, prefix)
        elif isinstance(value, list) and key in SCHEMAS:
            found[key] = [_in_document(one, prefix) for one in value]
        elif key != "title":
            found[key] = value
    if found.get("type") == "array":
        found.setdefault("items", {})
    return _by_type(found) if isinstance(found.get("enum"), list) else found


def _by_type(schema: Plain) -> Plain:
    """An enumeration of values of several types, as one enumeration for each."""
    by_type: dict[str, list[Any]] = {}
    for value in schema["enum"]:
        by_type.setdefault(TYPES[type(value)], []).append(value)
    if not by_type:  # the law has none of these, and an enumeration may not be empty
        return {"type": "string", "description": "There is none under this law."}
    if len(by_type) == 1:
        return {**schema, "type": next(iter(by_type))}
    parts: list[Plain] = []
    for kind, values in by_type.items():
        every = kind == "null" or (kind == "boolean" and len(values) == len((True, False)))
        parts.append({"type": kind} if every else {"type": kind, "enum": values})
    kept = {key: value for key, value in schema.items() if key not in ("enum", "enumDescriptions", "type")}
    return {**kept, "anyOf": parts}


def _response_name(schema: Schema) -> str:
    words = schema.removeprefix("lawmodel/").split("-")
    return "".join(word.capitalize() for word in words) + "Response"


def _refusals(*but: str) -> Plain:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in REFUSALS if status not in but}


def _posted(rulebook: Rulebook, call: Call, case: Plain, components: _Components) -> Plain:
    request = components.named(call.request.__name__, request_schema(rulebook, call, case))
    content = {"schema": request, "example": example(rulebook, call.name)}
    return {
        "operationId": call.name.replace("-", "_"),
        "summary": call.says,
        "requestBody": {"required": True, "content": {JSON: content}},
        "responses": {"200": components.answered(call, *call.schemas), **_refusals("404")},
    }


def _law(rulebook: Rulebook, components: _Components) -> Plain:
    """The paths that are only read."""
    call = CALLS[LAW]
    stages = [one.id for one in rulebook.stages]
    on: Plain = {"name": "on", "in": "query", "schema": {"type": "string", "format": "date"}}
    on["description"] = "The law of this day. Without it: today."
    stage: Plain = {"name": "stage", "in": "query", "schema": {"type": "string", "enum": stages}}
    stage["description"] = "As if every bill that had got so far were law."
    contested: Plain = {"name": "contested", "in": "query", "schema": {"type": "boolean"}}
    contested["description"] = "Where sources differ, and which dates are not certain."
    search: Plain = {"name": "search", "in": "query", "schema": {"type": "string", "minLength": 1, "maxLength": 200}}
    search["description"] = "The entries in whose texts these words occur."
    entry: Plain = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    entry |= {"description": "Of an entry: its id, the path of a fact, or a citation.", "example": _entry(rulebook)}
    name: Plain = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    name |= {"description": "`case`, or the name of what a call answers, as its key `schema` has it.", "example": CASE}
    whole = (Schema.LAW, Schema.LAW_CONTESTED, Schema.LAW_SEARCH)
    schema = {"description": "A JSON Schema.", "content": {JSON: {"schema": {"type": "object"}}}}
    here = {"description": "The document.", "content": {JSON: {"schema": {"type": "object"}}}}
    of_body = ("408", "413", "415")

    def got(operation: str, says: str, answered: Plain, *parameters: Plain, but: tuple[str, ...] = ()) -> Plain:
        found: Plain = {"operationId": operation, "summary": says}
        if parameters:
            found["parameters"] = list(parameters)
        return {"get": {**found, "responses": {"200": answered, **_refusals(*of_body, *but)}}}

    return {
        "/api/v1/law": got(
            "law", call.says, components.answered(call, *whole), contested, search, on, stage, but=("404",)
        ),
        "/api/v1/law/{id}": got(
            "law_entry", "An entry of the rulebook.", components.answered(call, Schema.LAW_ENTRIES), entry, on, stage
        ),
        "/api/v1/schemas/{name}": got("schema", "The schema of a case, or of what a call answers.", schema, name),
        "/api/v1/openapi.json": got("openapi", "This document.", here, but=("404",)),
    }


def _entry(rulebook: Rulebook) -> str:
    return next(iter(rulebook.provisions), next(iter(rulebook.questions)))


def example(rulebook: Rulebook, call: str) -> Plain:
    """A request that works under any rulebook."""
    question = next(iter(rulebook.questions.values()))
    about: Plain = {"question": question.id, "case": {"presume": "ordinary", "facts": {}}}
    further: dict[str, Callable[[], Plain]] = {
        "whatif": lambda: {**about, "changes": _change(rulebook)},
        "why-not": lambda: {**about, "outcome": question.outcomes[0].id},
        "change": lambda: {**about, "to": question.outcomes[0].id},
        "find": lambda: {"outcome": question.outcomes[-1].id, "question": question.id},
        "prove": lambda: {"properties": list(rulebook.properties)[:1]},
        "interview": lambda: {"question": question.id},
        "verify": lambda: {"receipt": as_json(answer(rulebook, "receipt", about))},
    }
    return further.get(call, lambda: about)()


def _change(rulebook: Rulebook) -> Plain:
    """Something that can be supposed to be otherwise."""
    for reading in rulebook.readings.values():
        return {reading.id: reading.options[-1].id}
    return {next(path for path, fact in rulebook.facts.items() if not fact.of): "unknown"}
