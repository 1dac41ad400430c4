"""The sources of the supplied law can be followed: addresses, how they were seen, operative words, and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.uses import citations

NOT_QUOTED = {
    "cpc-462-1-crime",
    "cpc-464-2-1",
    "no-extradition-international-body",
}
"""Provisions that are sure as a text, and of which nobody has written down the operative words."""
LOCATOR = re.compile(r"(Arts?\.|Chapter|item|§|L)\s?[0-9IVX(].*|\([a-z]\)|[0-9]{7}|explanatory note")


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(Path("rules"))


def test_every_source_says_how_it_was_seen_and_where(law: Rulebook) -> None:
    for source in law.sources.values():
        assert source.seen is not None, source.id
        assert source.address is not None or source.seen.how == "none", source.id


def test_what_is_sure_as_a_text_quotes_its_words(law: Rulebook) -> None:
    silent = {name for name, one in law.provisions.items() if one.certainty == "text" and one.words is None}
    assert silent == NOT_QUOTED


def locators(law: Rulebook) -> Iterator[tuple[str, str]]:
    for one in citations(law):
        if one.source.at is not None:
            yield one.id, one.source.at
    for name, provision in law.provisions.items():
        if provision.words is not None and provision.words.at is not None:
            yield name, provision.words.at


def test_a_locator_is_a_clause_or_a_line(law: Rulebook) -> None:
    found = [*locators(law)]
    assert len(found) > 200
    assert [(name, at) for name, at in found if not LOCATOR.fullmatch(at)] == []
