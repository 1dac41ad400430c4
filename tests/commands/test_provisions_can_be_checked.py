"""A lawyer who has the rules and the addresses alone: what is quoted can be looked up, and no address is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.commands.running import Run


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(Path("rules"))


def test_the_source_of_every_quotation_stands_among_the_sources_and_has_an_address(law: Rulebook) -> None:
    for one in law.provisions.values():
        if one.words is not None:
            assert one.words.source in {source.id for source in one.sources}, one.id
            assert law.sources[one.words.source].address, one.id


def test_what_is_sure_as_text_quotes_it(law: Rulebook) -> None:
    assert [one.id for one in law.provisions.values() if one.certainty == "text" and one.words is None] == []


def test_every_provision_leads_to_an_address(law: Rulebook) -> None:
    for one in law.provisions.values():
        assert any(law.sources[source.id].address for source in one.sources), one.id


def test_no_address_is_broken(run: Run, law: Rulebook) -> None:
    for name in ("peace-operations", "def-10-3-foreign-courts"):
        lines = [line.strip() for line in run("law", name).out.splitlines()]
        for source in law.provisions[name].sources:
            address = law.sources[source.id].address
            assert address is None or address in lines


def test_no_reading_of_item_7_is_surer_than_its_words(law: Rulebook) -> None:
    words = law.provisions["cpc-464-1-7"].certainty
    for name in ("persons", "combat", "theatre", "contract", "force", "requester", "purpose", "offence-nexus"):
        assert law.readings[name].certainty == words == "report"


def test_a_gap_in_a_law_touches_no_answer_of_an_earlier_day(run: Run) -> None:
    case = "scenarios/deployment/46-treaty-task-in-kazakhstan.yaml"
    assert "defence-amendment-publication" not in run("decide", case).out
    assert "defence-amendment-publication" in run("decide", case, "--on", "2026-07-01").out
