"""The keys and closed values of every verb's JSON, which programs of others rely on: none goes or changes unnoticed.

After a change that is meant, write the file anew with ``pytest tests/verbs/test_json_keys.py --renew-golden``, and tell
of it in CHANGELOG.md. A key may come; where one goes or changes its meaning, the version of the JSON rises.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lawmodel.commands.json_output import VERSION
from lawmodel.results.json_schema import schema_of
from lawmodel.verbs.schemas import RESULTS, result_type

GOLDEN = Path(__file__).parent / "golden" / "json_keys.txt"


def lines() -> Iterator[str]:
    """Each object once, by the shortest way to it, with its keys; whatever the classes in the program are called."""
    met: set[tuple[str, str]] = set()
    for schema in sorted(RESULTS):
        plain = schema_of(result_type(schema), schema, VERSION)
        named = plain.get("$defs", {})
        left = deque([(str(schema), plain)])
        while left:
            at, found = left.popleft()
            if "$ref" in found:
                name = found["$ref"].rpartition("/")[2]
                found = named[name]
                if (name, str(found)) in met:
                    continue
                met.add((name, str(found)))
            if keys := found.get("properties"):
                required = found.get("required", ())
                yield f"{at}: {', '.join(_key(key, value, key in required) for key, value in keys.items())}"
                left.extend((f"{at}.{key}", one) for key, one in keys.items())
            left.extend((at, one) for kind in ("anyOf", "allOf", "oneOf") for one in found.get(kind, ()))
            left.extend((f"{at}[]", one) for one in _items(found))
            if isinstance(others := found.get("additionalProperties"), dict):
                left.append((f"{at}.*", others))


def _key(key: str, value: dict[str, Any], required: bool) -> str:
    closed = "|".join(map(str, value.get("enum", [value["const"]] if "const" in value else [])))
    return f"{key}{'' if required else '?'}{f'={closed}' if closed else ''}"


def _items(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from found.get("prefixItems", ())
    if isinstance(items := found.get("items"), dict):
        yield items


def test_no_key_of_json_goes_unnoticed(renew_golden: bool) -> None:
    found = list(lines())
    if renew_golden:
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text("".join(f"{line}\n" for line in found), encoding="utf-8", newline="\n")
    assert found == GOLDEN.read_text(encoding="utf-8").splitlines(), "pytest --renew-golden renews it"
