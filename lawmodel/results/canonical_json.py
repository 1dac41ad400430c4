"""The canonical form of JSON (RFC 8785), in which equal data is equal text, and the hash of it.

Keys are sorted by the code units of UTF-16, nothing stands between, and texts are in form NFC before they are sorted.
RFC 8785 writes numbers as floating point; here all are whole and small enough to be the same in every language.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from lawmodel.digests import sha256
from lawmodel.json_text import MOST_NUMBER


class NotCanonical(ValueError):
    """This data has no canonical form."""


def hash_of(plain: object) -> str:
    """The SHA-256 of the canonical form of plain data, in hexadecimal; raises `NotCanonical`."""
    return sha256(canonical_json(plain).encode()).hexdigest()


def canonical_json(plain: object) -> str:
    """The canonical form of dicts, lists, texts, whole numbers, booleans and None; raises `NotCanonical`."""
    text = json.dumps(_ordered(plain), ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("a text holds half of a character") from None
    return text


def _ordered(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, int):
        if abs(value) > MOST_NUMBER:
            raise NotCanonical(f"{value} is too large a number")
        return value
    if isinstance(value, list | tuple):
        return [_ordered(one) for one in value]
    if isinstance(value, dict):
        found = {unicodedata.normalize("NFC", key): _ordered(one) for key, one in value.items()}
        if len(found) != len(value):
            raise NotCanonical("a key occurs twice")
        return dict(sorted(found.items(), key=_code_units))
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _code_units(pair: tuple[str, Any]) -> bytes:
    """By them keys are sorted: characters beyond U+FFFF stand before those from U+E000 on."""
    return pair[0].encode("utf-16-be", "surrogatepass")
