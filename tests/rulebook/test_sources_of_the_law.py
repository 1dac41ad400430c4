"""The sources of the supplied law can be followed: addresses, how they were seen, operative words, and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.uses import citations

LOCATOR = re.compile(r"(Arts?\.|Chapter|item|§|L)\s?[0-9IVX(].*|\([a-z]\)|[0-9]{7}|explanatory note")


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(Path("rules"))


def test_every_source_says_how_it_was_seen_and_where(law: Rulebook) -> None:
    for source in law.sources.values():
        assert source.seen is not None, source.id
        assert source.address is not None or source.seen.how == "none", source.id


def test_what_is_sure_as_a_text_quotes_its_words(law: Rulebook) -> None:
    assert [one.id for one in law.provisions.values() if one.certainty == "text" and one.words is None] == []


def test_the_source_of_every_quotation_stands_among_the_sources_and_has_an_address(law: Rulebook) -> None:
    for one in law.provisions.values():
        if one.words is not None:
            assert one.words.source in {source.id for source in one.sources}, one.id
            assert law.sources[one.words.source].address, one.id


def test_every_provision_leads_to_an_address(law: Rulebook) -> None:
    for one in law.provisions.values():
        assert any(law.sources[source.id].address for source in one.sources), one.id


def test_no_reading_of_item_7_is_surer_than_its_words(law: Rulebook) -> None:
    words = law.provisions["cpc-464-1-7"].certainty
    for name in ("persons", "combat", "theatre", "contract", "force", "requester", "purpose", "offence-nexus"):
        assert law.readings[name].certainty == words == "report"


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
