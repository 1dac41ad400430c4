"""The canonical form of JSON, beside an independent implementation of RFC 8785."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.json_text import MOST_NUMBER
from lawmodel.results.canonical_json import NotCanonical, canonical_json, hash_of
from tests.sizes import examples

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("e\u0301o\u0308\u1100\u1161\u212b"), max_size=6
)
"""Among them characters that make one with their neighbour in form NFC."""
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-MOST_NUMBER, MOST_NUMBER) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def in_nfc(value: Any) -> Any:
    """The same data with its texts in form NFC; a ValueError where two keys come to the same."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [in_nfc(one) for one in value]
    if isinstance(value, dict):
        found = {in_nfc(key): in_nfc(one) for key, one in value.items()}
        if len(found) < len(value):
            raise ValueError
        return found
    return value


@given(PLAIN)
@examples(quick=100, full=2_000)
def test_it_is_what_another_implementation_writes(plain: Any) -> None:
    try:
        normal = in_nfc(plain)
    except ValueError:
        with pytest.raises(NotCanonical, match="twice"):
            canonical_json(plain)
        return
    assert canonical_json(plain).encode() == rfc8785.dumps(normal)
    assert hash_of(plain) == hashlib.sha256(rfc8785.dumps(normal)).hexdigest()


def test_keys_stand_in_the_order_of_their_code_units() -> None:
    """A character beyond U+FFFF begins with U+D83D in UTF-16, and so stands before U+FF21."""
    keys = ["\uff21", "\u20ac", "\r", "1", "\U0001f600", "\x80", "\u00f6"]
    expected = '{"\\r":0,"1":0,"\x80":0,"\u00f6":0,"\u20ac":0,"\U0001f600":0,"\uff21":0}'
    assert canonical_json(dict.fromkeys(keys, 0)) == expected
    assert list(json.loads(expected)) != sorted(keys)


def test_texts_are_normal_before_keys_are_sorted() -> None:
    """As they are written, e with an accent of its own stands before f, and é after it."""
    assert canonical_json(["e\u0301", "\u212b"]) == '["\u00e9","\u00c5"]'
    assert canonical_json({"f": 1, "e\u0301": 2}) == canonical_json({"\u00e9": 2, "f": 1}) == '{"f":1,"\u00e9":2}'


@pytest.mark.parametrize(
    "plain",
    [1.5, float("nan"), 2**53, [-(2**53)], {"a": "\ud800"}, {"\udc00": 1}, {1, 2}, b"", {"\u00e9": 1, "e\u0301": 1}],
)
def test_what_has_no_canonical_form(plain: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(plain)
