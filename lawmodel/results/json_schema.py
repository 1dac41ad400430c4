"""JSON Schema (2020-12) of results, read off their types: the same fields and keys as `lawmodel.results.encoder`."""

from __future__ import annotations

import ast
import datetime
import inspect
import textwrap
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin

from lawmodel.cached_property import cached_property
from lawmodel.results.encoder import json_keys, keys_in_full, merged_fields, optional_keys, written_fields

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
PLAIN: Final[Mapping[Any, dict[str, Any]]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    types.NoneType: {"type": "null"},
    datetime.date: {"type": "string", "format": "date"},
    Any: {},
}
WRITTEN: Final = "written-"
"""Before the name of a definition that is that of a rulebook's files."""


def schema_of(result: type, name: str, version: int) -> dict[str, Any]:
    """The schema of the JSON that a verb writes of a result, with the keys ``schema`` and ``version`` before its own.

    Dataclasses stand under ``$defs``, with what their docstrings say. Raises TypeError for a type that the encoder has
    no JSON for.
    """
    definitions: dict[str, Any] = {}
    _schema(result, definitions)
    whole = definitions[result.__name__]
    return {
        "$schema": DIALECT,
        "title": name,
        **whole,
        "properties": {"schema": {"const": name}, "version": {"const": version}, **whole["properties"]},
        "required": ["schema", "version", *whole["required"]],
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(of: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if of in PLAIN:
        return dict(PLAIN[of])
    if isinstance(of, typing.TypeAliasType if hasattr(typing, "TypeAliasType") else ()):
        return _schema(of.__value__, definitions)
    origin, arguments = get_origin(of), get_args(of)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_schema(one, definitions) for one in arguments]}
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is tuple:
        members = [_schema(one, definitions) for one in arguments]
        return {"type": "array", "prefixItems": members, "minItems": len(members), "maxItems": len(members)}
    if origin in (list, Sequence):
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin in (dict, Mapping) and arguments[0] is str:
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if is_dataclass(of) and isinstance(of, type):
        return _of_dataclass(of, definitions)
    raise TypeError(f"{of} has no JSON")


def _of_dataclass(of: type, definitions: dict[str, Any]) -> dict[str, Any]:
    reference = {"$ref": f"#/$defs/{of.__name__}"}
    if of.__name__ in definitions:
        return reference
    definitions[of.__name__] = {}  # a class may hold itself
    says, optional = _docs(of), {*optional_keys(of), *keys_in_full(of)}
    named, merged, written = json_keys(of), merged_fields(of), written_fields(of)
    properties: dict[str, Any] = {}
    required: dict[str, None] = {}
    further: Any = False
    for key, name in (*named.items(), *((name, name) for name in merged if name not in named.values())):
        type_of = _type_of(of, name)
        if name in merged:
            inner = _inner(_plain_type(type_of), definitions, name in written)
            properties |= inner["properties"]
            required |= dict.fromkeys(inner["required"] if _plain_type(type_of) is type_of else ())
            further = further or inner["additionalProperties"]
            continue
        properties[key] = _written(type_of, definitions) if name in written else _schema(type_of, definitions)
        if name in says:
            properties[key] = {**properties[key], "description": says[name]}
        required |= dict.fromkeys(() if key in optional else (key,))
    definitions[of.__name__] = {
        "type": "object",
        "description": _first_line(of),
        "properties": properties,
        "required": list(required),
        "additionalProperties": further,
    }
    return reference


def _inner(of: Any, definitions: dict[str, Any], written: bool) -> dict[str, Any]:
    """The schema of an object whose keys stand among those of another."""
    if written:
        found: dict[str, Any] = definitions[_written(of, definitions)["$ref"].removeprefix("#/$defs/")]
        return found
    stands_alone = of.__name__ in definitions
    _schema(of, definitions)
    inner: dict[str, Any] = definitions[of.__name__]
    if not stands_alone:
        del definitions[of.__name__]
    return inner


@cache
def _of_files() -> Mapping[str, Any]:
    """The definitions of the schema of a rulebook's files."""
    from lawmodel.rulebook.schema import rulebook_file_schema

    found: Mapping[str, Any] = rulebook_file_schema()["$defs"]
    return found


def _written(of: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of what a rulebook says, which is that of its files; the definitions that it needs join the others."""
    origin, arguments = get_origin(of), get_args(of)
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [dict(PLAIN[one]) if one in PLAIN else _written(one, definitions) for one in arguments]}
    if origin is tuple:
        return {"type": "array", "items": _written(arguments[0], definitions)}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": _written(arguments[1], definitions)}
    of_files = _of_files()

    def named(schema: Any) -> Any:
        """The schema with the names under which definitions of files stand here."""
        if isinstance(schema, list):
            return [named(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        reference = schema.get("$ref")
        if isinstance(reference, str):
            return {**schema, "$ref": f"#/$defs/{define(reference.removeprefix('#/$defs/'))}"}
        return {key: named(one) for key, one in schema.items()}

    def define(name: str) -> str:
        here = f"{WRITTEN}{name}"
        if here not in definitions:
            definitions[here] = {}  # a condition may hold others
            definitions[here] = named(of_files[name])
        return here

    return {"$ref": f"#/$defs/{define(of.__name__)}"}


def _plain_type(of: Any) -> Any:
    """The type without None."""
    return next((one for one in get_args(of) if one is not types.NoneType), of)


def _type_of(of: type, name: str) -> Any:
    """The type of a field, or of what a property returns."""
    held = inspect.getattr_static(of, name, None)
    if isinstance(held, property):
        return typing.get_type_hints(held.fget)["return"]
    if isinstance(held, cached_property):
        return typing.get_type_hints(held.func)["return"]
    return typing.get_type_hints(of)[name]


def _first_line(of: type) -> str:
    return (inspect.getdoc(of) or "").partition("\n\n")[0].replace("\n", " ")


def _docs(of: type) -> dict[str, str]:
    """What the fields and properties of a dataclass say of themselves, where the source can be had."""
    found: dict[str, str] = {}
    for one in reversed([base for base in of.__mro__ if is_dataclass(base)]):
        try:
            body = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
        except (OSError, TypeError, SyntaxError):
            continue
        assert isinstance(body, ast.ClassDef)
        for before, after in zip(body.body, body.body[1:], strict=False):
            if (
                isinstance(before, ast.AnnAssign)
                and isinstance(before.target, ast.Name)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
                and isinstance(after.value.value, str)
            ):
                found[before.target.id] = " ".join(after.value.value.split())
    for name in json_keys(of).values():
        held = inspect.getattr_static(of, name, None)
        if isinstance(held, property | cached_property) and held.__doc__:
            found[name] = held.__doc__.partition("\n\n")[0].replace("\n", " ")
    return found
