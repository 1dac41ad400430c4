"""What uses what, in the toy rulebook."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.uses import EntryNode, Uses, citations

TOY = load_rulebook(Path(__file__).parents[1] / "toy" / "rules")
USES = Uses(TOY)


def test_a_provision_reads_through_concepts_and_named_dates() -> None:
    node = EntryNode("provision", "late-readers")
    assert USES.ids(node, "concept") == ("late-reader", "late-loan", "out")
    assert set(USES.ids(node, "reading")) == {"late", "tested-on"}
    assert set(USES.ids(node, "fact")) == {
        *("loan.kind", "reader.age", "reader.pays", "loans", "loan.asked_on", "loan.needed_on"),
        *("loans.damaged", "loans.lent", "loans.returned"),
    }


def test_a_field_has_the_path_of_its_list_and_the_same_word_elsewhere_does_not() -> None:
    facts = USES.ids(EntryNode("provision", "maps-stay"), "fact")
    assert "loans.branch" in facts
    assert "loan.branch" in facts
    assert "branch" not in facts


def test_a_law_is_read_in_conditions_dates_and_what_enacts() -> None:
    assert USES.provisions(EntryNode("instrument", "amendment")) == ("maps-stay", "open-house")


def test_the_day_of_the_law_is_no_fact() -> None:
    assert "law-date" not in USES.ids(EntryNode("provision", "fees"), "fact")


def test_outcomes_are_reached_through_shared_conclusions() -> None:
    assert set(USES.ids(EntryNode("provision", "late-readers"), "outcome")) == {"ask_librarian", "refuse"}
    assert USES.ids(EntryNode("provision", "maps-stay"), "outcome") == ("refuse",)


def test_what_a_provision_brings_is_no_outcome() -> None:
    node = EntryNode("provision", "fees")
    assert USES.ids(node, "outcome") == ("fee_due",)
    assert USES.ids(node, "consequence") == ("fee-per-year",)
    assert "reader.age" in USES.ids(node, "fact")


def test_a_provision_does_not_read_what_it_displaces() -> None:
    assert "late" not in USES.ids(EntryNode("provision", "open-house"), "reading")


@pytest.mark.parametrize(
    ("node", "users"),
    [
        (EntryNode("reading", "tested-on"), [EntryNode("date", "test-day")]),
        (EntryNode("fact", "loans.damaged"), [EntryNode("concept", "late-loan"), EntryNode("provision", "maps-stay")]),
        (EntryNode("concept", "out"), [EntryNode("concept", "late-loan")]),
        (EntryNode("provision", "late-readers"), [EntryNode("provision", "open-house")]),
    ],
)
def test_users_are_those_that_read_it_themselves(node: EntryNode, users: list[EntryNode]) -> None:
    assert list(USES.users(node)) == users


def test_every_citation_is_found() -> None:
    places = [(one.kind, one.id, one.part, one.source.at) for one in citations(TOY) if one.source.id == "town-paper"]
    assert sorted(places, key=str) == sorted(
        [
            ("provision", "late-readers", None, "p. 1"),
            ("provision", "night-loans", None, None),
            ("reading", "late", "ever", "p. 1"),
            ("reading", "late", "ever", "p. 1"),
            ("reading", "maps", None, None),
            ("reading", "tested-on", "need", None),
            ("reading", "maps", "kept", "p. 3"),
            ("reading", "novelty", "old", "p. 4"),
            ("telling", "town-paper", None, "p. 2"),
            ("telling", "town-paper", "late", "p. 1"),
            ("telling", "town-paper", "maps", "p. 3"),
            ("instrument", "night-order", None, None),
            ("instrument", "amendment", "adopted", "p. 2"),
        ],
        key=str,
    )
