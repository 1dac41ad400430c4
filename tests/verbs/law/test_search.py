"""`lawmodel law` with a citation as people type it, and with words that its texts say."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from lawmodel.law_entries.citations import cites
from lawmodel.law_files import rules_folder
from lawmodel.rulebook import model
from lawmodel.verbs.law.search import TEXTS
from tests.commands.running import Run

TOY = str(Path(__file__).parents[2] / "toy" / "rules")
RULES = str(rules_folder())


@pytest.mark.parametrize(
    "typed",
    [
        "464(1)(7)",
        "464 (1) (7)",
        "464-1-7",
        "CPC 464(1)(7)",
        "cpc art 464 1 7",
        "Article 464(1)(7)",
        "ст. 464(1)(7)",
        "ст.464 ч.1 п.7",
        "п. 7 ч. 1 ст. 464",
        "item 7 of part 1 of Article 464",
        "CPC Art. 464(1)(7)",
    ],
)
def test_a_citation_is_found_as_people_type_it(run: Run, typed: str) -> None:
    ran = run("law", typed)
    assert (ran.code, ran.out.splitlines()[0].split()) == (0, ["CPC", "Art.", "464(1)(7)", "provision", "cpc-464-1-7"])


@pytest.mark.parametrize("typed", ["Art. 464", "464", "CPC 464", "ст. 464", "статья 464"])
def test_several_are_listed_with_their_titles(run: Run, typed: str) -> None:
    ran = run("law", typed)
    lines = ran.out.splitlines()
    assert lines[0].split() == [*typed.split(), "12", "entries"]
    assert {"cpc-464-1-7", "cpc-464-2-4"} <= set(ran.out.split())
    assert "Foreigners who serve" in ran.out
    assert "Art. 462(1)" not in ran.out
    assert [line for line in lines[1:] if "CPC Art. 464" in line] == sorted(
        line for line in lines[1:] if "CPC Art. 464" in line
    )


def test_what_is_listed_is_told_in_full_as_data(run: Run) -> None:
    found = json.loads(run("law", "Art. 464(2)", "464(2)(2)", "--json").out)
    assert found["schema"] == "lawmodel/law-entries"
    ids = [one["id"] for one in found["entries"]]
    assert {"cpc-464-2-2", "cpc-464-2-4"} <= set(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("citation", "typed", "cited"),
    [
        ("Act Art. 46", "Art. 4", False),
        ("Act Art. 4(6)", "46", False),
        ("Act Art. 4(6)", "6", False),
        ("Act Art. 4(6)", "(6)", True),
        ("Act Art. 462.1(4)", "462", False),
        ("Act Art. 462.1(4)", "462.1", True),
        ("Act Art. 4; Charter Art. 9", "Charter 9", True),
        ("Act Art. 4; Charter Art. 9", "Act 9", False),
        ("Act Art. 4(1)", "4(1)(2)", False),
        ("Act Art. 4", "", False),
        ("Act Art. 4", "Art.", False),
        ("Act Art. 4", "4" * 100_000, False),
        ("Act § 5", "§5", True),
        ("Act s. 5", "section 5", True),
    ],
)
def test_what_a_citation_is_of(citation: str, typed: str, cited: bool) -> None:
    assert cites(citation, typed) is cited


@pytest.mark.parametrize("typed", ["Art. 464(1)(77)", "Art. 99999", "(((", "ст."])
def test_a_citation_that_there_is_not(run: Run, typed: str) -> None:
    ran = run("law", typed)
    assert ran.code == 2
    assert f"there is no entry `{typed}` in this rulebook." in ran.err
    assert "Did you mean" in ran.err or "--search" in ran.err


# --- words --------------------------------------------------------------------------------------------


def test_words_are_shown_with_what_stands_around_them(run: Run) -> None:
    ran = run("law", "--search", "Late  LOAN", "--rules", TOY)
    assert ran.code == 0
    assert ran.out.splitlines()[0].startswith("“Late  LOAN” ")
    assert "late-reader" in ran.out.split()
    plain = json.loads(run("law", "--search", "late loan", "--rules", TOY, "--json").out)
    assert (plain["schema"], plain["words"]) == ("lawmodel/law-search", "late loan")
    hits = [hit for one in plain["entries"] for hit in one["hits"]]
    assert hits
    assert all(hit["words"].casefold() == "late loan" and hit["words"] in hit["text"] for hit in hits)


@pytest.mark.parametrize(
    ("words", "kind", "entry"),
    [
        ("the library is old", "telling", "town-paper"),  # a remark
        ("Yearbook of the library", "source", "yearbook"),
        ("a map is asked for", "fact", "loan.kind"),  # a choice
        ("perhaps a year later", "instrument", "fee-order"),  # a remark on a date
        ("its amount is another matter", "question", "fee"),
        ("säumig ist", "provision", "late-readers"),  # what a provision rests on, in the original
        ("who is late borrows", "provision", "late-readers"),  # the same, translated
        ("library.example", "source", "fee-order"),  # an address
    ],
)
def test_every_kind_of_text_is_searched(run: Run, words: str, kind: str, entry: str) -> None:
    plain = json.loads(run("law", "--search", words, "--rules", TOY, "--json").out)
    assert (kind, entry) in {(one["entry"], one["id"]) for one in plain["entries"]}


def test_what_no_text_says_and_what_looks_like_it(run: Run) -> None:
    ran = run("law", "--search", "fihgting", "--rules", RULES)
    assert (ran.code, ran.err) == (0, "")
    assert "No text of this rulebook says “fihgting”. Did you mean fighting?" in ran.out.splitlines()
    assert json.loads(run("law", "--search", "fihgting", "--json").out)["entries"] == []


def test_a_search_for_signs_is_a_search_for_these_signs(run: Run) -> None:
    assert "No text" in run("law", "--search", ".*.*.*").out


@pytest.mark.parametrize(
    "arguments", [("--search", "a", "--contested"), ("--search", "a", "combat"), ("--search", " ")]
)
def test_a_search_stands_alone(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run("law", *arguments)
    assert (ran.code, ran.out) == (2, "")


NAMES = (
    "stage version path option like reading source add question enacted_by repealed_by one_more about kind left_out "
    "ordinary default from_ to law_date law_day digest choices content_hash jurisdiction same_as before after "
    "of named_by name named was now language"
)


def test_no_text_of_an_entry_is_left_out_of_the_search() -> None:
    """Every key that holds a text is searched, unless it is known to hold a name."""
    names = set(NAMES.split())
    keys = set()
    for one in vars(model).values():
        if dataclasses.is_dataclass(one) and str(getattr(one, "__module__", "")).startswith("lawmodel.rulebook."):
            hints: dict[str, Any] = get_type_hints(one)
            keys |= {field.name for field in dataclasses.fields(one) if hints[field.name] in (str, str | None)}
    assert keys - TEXTS - names == set()
