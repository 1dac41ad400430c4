"""The JSON of results: every dataclass by the same few rules, so that its type says what its JSON is.

By default a field stands under its own name. A class says otherwise in ``json_keys``: a mapping from key to the field
or property that stands under it, in their order; what is not named there is no part of the JSON. What
``json_optional`` names is left out where it is None or empty. Tuples become lists and days ISO texts; what is already
plain stays as it is. What ``json_merged`` names is an object whose keys stand among those of the class itself, or None:
in the place where ``json_keys`` names it, else after the others. What ``json_written`` names is an entry of the
rulebook, a part of one, or several, in the form in which a rulebook is written (`lawmodel.rulebook.serialise`).
What ``json_in_full`` names is left out in brief; ``json_brief`` names the fields that in brief stand under some keys
instead. What says ``json_is_brief`` is always told in brief, with all its parts. `lawmodel.results.json_schema` reads
the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from lawmodel.rulebook.serialise import as_written


@lru_cache(maxsize=512)
def json_keys(of: type) -> Mapping[str, str]:
    """The keys of a result's JSON in their order, each with the field or property that stands under it."""
    named: Mapping[str, str] | None = getattr(of, "json_keys", None)
    return {one.name: one.name for one in fields(of)} if named is None else named


@lru_cache(maxsize=512)
def optional_keys(of: type) -> Collection[str]:
    """The keys that are left out where there is nothing to say."""
    return frozenset(getattr(of, "json_optional", ()))


def merged_fields(of: type) -> Collection[str]:
    """The fields whose own keys stand in the place of the field."""
    named: Collection[str] = getattr(of, "json_merged", ())
    return named


def written_fields(of: type) -> Collection[str]:
    """The fields that hold what a rulebook says, in its own form."""
    named: Collection[str] = getattr(of, "json_written", ())
    return named


def keys_in_full(of: type) -> Collection[str]:
    """The keys that are left out in brief."""
    named: Collection[str] = getattr(of, "json_in_full", ())
    return named


def encode(value: Any, *, brief: bool = False) -> Any:
    """Plain data: dicts, lists, texts, numbers, booleans and None; ``brief``: without what is named so, at any depth.

    Raises TypeError for what is none of them and no dataclass: a set, for instance, has no order to keep.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        plain: dict[str, Any] = {}
        of = type(value)
        brief = brief or getattr(of, "json_is_brief", False)
        optional, merged, written = optional_keys(of), merged_fields(of), written_fields(of)
        left_out: Collection[str] = keys_in_full(of) if brief else ()
        instead: Mapping[str, str] = getattr(of, "json_brief", {}) if brief else {}
        named = json_keys(of)
        for key, name in named.items():
            if key in left_out:
                continue
            found = getattr(value, instead.get(key, name))
            if key in optional and (found is None or found in ((), {}, "")):
                continue
            told = as_written(found) if name in written else encode(found, brief=brief)
            if name in merged:
                plain |= told or {}
            else:
                plain[key] = told
        for name in merged:
            if name not in named.values():
                plain |= encode(getattr(value, name), brief=brief) or {}
        return plain
    if isinstance(value, Mapping):
        return {str(name): encode(one, brief=brief) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [encode(one, brief=brief) for one in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON")
