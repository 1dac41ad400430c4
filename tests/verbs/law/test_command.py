"""`lawmodel law` on the toy rulebook, and on the law that comes with the program."""

from __future__ import annotations

import datetime
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from lawmodel.commands.json_output import VERSION, Schema
from lawmodel.law_entries.law_view import LawView
from lawmodel.law_entries.standing import LawOn
from lawmodel.law_files import rules_folder
from lawmodel.results.json_schema import schema_of
from lawmodel.rulebook.load import load_rulebook
from lawmodel.verbs.law.command import command
from lawmodel.verbs.schemas import result_type
from tests.sizes import one_in

TOY = Path(__file__).parents[2] / "toy" / "rules"
NATIONALITY = Path(__file__).parents[3] / "examples" / "british-nationality" / "rules"
LAWS = one_in(3, [TOY, rules_folder(), NATIONALITY])


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.delenv("COLUMNS", raising=False)


def law(*arguments: str, rules: Path = TOY) -> Result:
    result = CliRunner().invoke(command, [*arguments, "--rules", str(rules)], catch_exceptions=False)
    assert result.exit_code in (0, 2), result.output
    return result


def said(*arguments: str, rules: Path = TOY) -> list[str]:
    result = law(*arguments, rules=rules)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def plain(*arguments: str, rules: Path = TOY) -> dict[str, Any]:
    result = law(*arguments, "--json", rules=rules)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def between(lines: list[str], first: str) -> list[str]:
    """The lines after the one that begins so, up to an empty one."""
    start = next(number for number, line in enumerate(lines) if line.startswith(first))
    rest = lines[start + 1 :]
    return rest[: rest.index("")] if "" in rest else rest


def flat(*arguments: str, rules: Path = TOY) -> str:
    """The words of a sheet, wherever its lines break."""
    return " ".join(" ".join(said(*arguments, rules=rules)).split())


# -- conditions in words


def test_a_condition_is_an_outline_in_the_words_of_the_law() -> None:
    lines = said("maps-stay")
    assert between(lines, "Applies if  all of this is true") == [
        "  a map is asked for or a recording is asked for  loan.kind",
        "  a reader of another town  concept local",
        "  a reader with a late loan (at the day of the law)  concept late-reader",
        "  the day of need: on or after the day on which amendment became law",
        "  loan.needed_on",
        "  at least 1 of this (reasons that are enough)",
        "    for more than 18 months  loan.term",
        "    banned for at least 14 days  reader.banned",
        "    less than 18 years of age (years after which a reader is grown up)",
        "    reader.age",
        "    day of joining: after 31 December 2019  reader.joined",
        "    never joined  reader.joined",
        "    day of joining: exactly 1 month after 31 January 2020 (reasons that are",
        "    enough) (29 February 2020)  reader.joined",
        "  no loan of which all of this is true  loans",
        "    returned with damage  loans.damaged",
        "    branch of the earlier loan: the same as town of the branch  loans.branch",
    ]
    assert between(lines, "In force if") == [
        "  Reading novelty: Is the rule on maps new?",
        "    if new (default): amendment in the wording as-adopted is law  instrument",
        "    amendment",
        "    if old: always",
    ]
    assert between(lines, "Then") == [
        "  Reading maps: Are maps lent out?",
        "    if lent: nothing",
        "    if kept: it must be refused  refuse",
    ]


def test_exceptions_and_shared_conclusions_are_put_into_words() -> None:
    lines = said("late-readers")
    assert between(lines, "Unless  any of this is true") == [
        "  at least 65 years of age  reader.age",
        "  the reader offers to pay  reader.pays",
    ]
    assert between(lines, "Then") == [
        "  Refusal unless a map is asked for  conclusion refusal",
        "    if a map is asked for  loan.kind",
        "      → the librarian decides  ask_librarian",
        "    otherwise",
        "      → it must be refused  refuse",
    ]


def test_a_reading_that_decides_what_is_concluded_follows_the_arrow() -> None:
    assert "→ Reading force: Must extradition be refused" in flat("cpc-464-1-7", rules=rules_folder())


def test_how_sure_a_shared_conclusion_is() -> None:
    assert "Text text of the law seen" in flat("mandatory-ground-of-464", rules=rules_folder())


def test_concepts_are_spelled_out_when_asked() -> None:
    def applies(*arguments: str) -> str:
        return " ".join(" ".join(between(said("late-readers", *arguments), "Applies if")).split())

    assert "if not-back (default): out on that day concept out" in applies("--all")
    assert "on or before the day on which loans are looked at loans.lent" in applies("--all")
    assert "loans.lent" not in applies()


def test_what_a_provision_brings_and_its_figures() -> None:
    fees = flat("fees")
    assert "if old: the first of these that is true" in fees
    assert "if the day of the law: on or after 1 January 2010 law-date" in fees
    figures = flat("fee-per-year")
    assert "fee: 2 to age coins" in figures
    assert "work in the library: up to 1,500 minutes" in figures


# -- what is law when


@pytest.mark.parametrize(
    ("provision", "on", "stage", "is_law"),
    [
        ("late-readers", "2001-02-28", "in_force", False),
        ("late-readers", "2001-03-01", "in_force", True),
        ("maps-stay", "2020-03-01", "in_force", False),
        ("maps-stay", "2020-03-02", "in_force", True),
        ("maps-stay", "2020-02-20", "adopted", True),
        ("maps-stay", "2020-02-19", "proposed", False),  # the bill counts, but its wording is still another
        ("open-house", "2020-03-01", "in_force", True),
        ("open-house", "2020-03-02", "in_force", False),
        ("fees", "2020-12-31", "in_force", True),
        ("fees", "2021-01-01", "in_force", False),
        ("map-fees", "2020-12-31", "in_force", None),
        ("map-fees", "2021-01-01", "in_force", False),  # however the open reading is read
        ("night-loans", "2026-01-01", "in_force", False),
        ("night-loans", "2026-01-01", "proposed", True),
    ],
)
def test_a_provision_is_law_on_a_day_and_at_a_stage(provision: str, on: str, stage: str, is_law: bool | None) -> None:
    entry = plain(provision, "--on", on, "--stage", stage)["entries"][0]
    assert entry["standing"]["is_law"] is is_law
    overview = plain("--on", on, "--stage", stage)
    listed = {one["id"]: one["in_force"] for question in overview["questions"] for one in question["provisions"]}
    assert listed[provision] is is_law
    words = {True: r" law[,:] ", False: r" (not law[,:]|law no longer since) ", None: r" open whether law[,:] "}[is_law]
    sheet = flat(provision, "--on", on, "--stage", stage)
    assert re.search(words, sheet.partition("Text")[0]), sheet


def test_the_date_line_marks_what_counts_at_the_stage() -> None:
    assert between(said("amendment"), "Date line") == [
        "     10 January 2020   proposed: wording draft                       as reported",
        "     20 February 2020  adopted by the council: wording as-adopted;   as reported",
        "                       town-paper p. 2",
        "  →  2 March 2020      in force: wording as-adopted; ten days after  computed",
        "                       adoption",
    ]
    adopted = between(said("amendment", "--stage", "adopted"), "Date line")
    assert [line.split()[:4] for line in adopted if "→" in line] == [["→", "20", "February", "2020"]]
    entries = plain("amendment", "--stage", "adopted", "--on", "2020-02-25")["entries"]
    assert entries[0]["became_law"] == entries[0]["latest_step"] == "adopted"
    assert entries[0]["standing"]["is_law"] is True


def test_an_open_reading_names_the_laws_it_leads_to() -> None:
    assert plain("map-fees", "--on", "2020-12-31")["entries"][0]["standing"]["says"] == (
        "reading maps: open; fee-order: in force since 1 January 2005 (report)"
    )


# -- the views


def test_the_overview_lists_everything() -> None:
    text = flat("--all")
    found = plain()
    assert found["title"] == "Lending in the town library"
    assert found["counts"] == {
        "questions": 2,
        "provisions": 6,
        "readings": 4,
        "open_readings": 1,
        "concepts": 4,
        "facts": 14,
        "consequences": 1,
        "tellings": 1,
        "properties": 0,
        "instruments": 4,
        "sources": 5,
    }
    assert [one["id"] for one in found["questions"][0]["outcomes"]] == ["refuse", "ask_librarian", "lend"]
    ids = [one["id"] for section in ("questions", "readings", "concepts", "instruments") for one in found[section]]
    ids += [one["id"] for question in found["questions"] for one in question["provisions"]]
    assert [name for name in ids if name not in text] == []
    assert "open: lent (1) · kept (1)" in text
    assert "default not-back (2) · ever (1) · damaged-too (0)" in text
    assert "Fee: a fee is due" in flat()
    assert "6 provisions · 4 readings (1 open)" in flat()


def test_the_contested_points_are_the_readings_and_the_uncertain_dates() -> None:
    found = plain("--contested")
    assert [(one["id"], one["open"]) for one in found["readings"]] == [
        ("late", False),
        ("tested-on", False),
        ("maps", True),
        ("novelty", False),
    ]
    late = found["readings"][0]
    assert late["options"][2]["supported_by"] == []
    assert late["options"][0]["supported_by"] == [{"id": "lending-rules", "at": "s. 4"}, {"id": "yearbook"}]
    assert late["provisions"] == ["late-readers", "maps-stay", "fees"]
    assert [(one["instrument"], one["stage"], one["certainty"], one["uncertain"]) for one in found["dates"]] == [
        ("amendment", "in_force", "derived", True),
        ("fee-order", "in_force", "report", False),
        ("fee-order", None, "open", True),
    ]
    text = flat("--contested")
    assert "Open, without a default: the report and the yearbook contradict each other" in text
    assert "no source" in text
    assert (
        text.index("Dates computed or disputed") < text.index("Dates with a remark") < text.index("the yearbook gives")
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reader.pays", ["If yes the reader offers to pay", "Left out no", "provision Lending Rules s. 4"]),
        ("loan.asked_on", ["Dates the law the law is that of this day"]),
        ("loan.needed_on", ["Left out the same as loan.asked_on"]),
        ("loans[2].returned", ["not returned yet after every day not_yet", "concept Loan that is out out"]),
        ("loan.kind", ["a map is asked for map", "Ordinarily book"]),
        ("loans", ["Fields", "loans.returned", "left out:"]),
        ("towns", ["Used by reader.home, loan.branch, loans.branch"]),
        ("opening", ["Is 1 March 2001"]),
        ("test-day", ["if asking (default): the day of asking"]),
        ("late-loan", ["If not not a late loan", "About one of loans"]),
        ("fee", ["its amount is another matter", "Fee: a fee is due fee_due"]),
        ("fee_due", ["Leads to: ", "lent loan.needed_on"]),
        ("adopted", ["Stage 2 of 3: proposed → adopted → in_force", "Amendment", "20 February 2020"]),
        ("yearbook", ["Kind report", "instrument fee-order ceases"]),
        ("town-paper", ["telling town-paper", "source town-paper", "the library is old p. 5"]),
        ("maps", ["Open, without a default: ", "On the point: lending-rules s. 9"]),
        ("refusal", ["conclusion refusal", "if a map is asked for loan.kind"]),
        ("lending rules s. 4(2)", ["concept late-reader"]),
    ],
)
def test_whatever_has_an_id_is_shown(name: str, words: list[str]) -> None:
    text = flat(name)
    assert [one for one in words if one.casefold() not in text.casefold()] == []


def test_an_id_of_two_kinds_shows_both_and_several_ids_follow_each_other() -> None:
    assert [(one["entry"], one["id"]) for one in plain("amendment", "late", "amendment")["entries"]] == [
        ("instrument", "amendment"),
        ("source", "amendment"),
        ("reading", "late"),
    ]


def view(folder: Path) -> LawView:
    found = load_rulebook(folder)
    return LawView(found, LawOn(found, datetime.date(2026, 6, 1)))


@pytest.mark.parametrize(
    ("folder", "one_of"),
    [(TOY, 1), (rules_folder(), 10), pytest.param(rules_folder(), 1, marks=pytest.mark.long)],
    ids=["toy", "supplied", "supplied, all"],
)
def test_every_entry_has_a_text_and_plain_data(folder: Path, one_of: int) -> None:
    """Of the supplied law in the quick run some of each kind; an entry of another kind may have the same name."""
    every = view(folder).entries
    kinds = {entry.kind for entry in every}
    some = {one.id for kind in kinds for one in [entry for entry in every if entry.kind == kind][::one_of]}
    entries = [entry for entry in every if entry.id in some]
    names = list(dict.fromkeys(entry.id for entry in entries))
    text = flat(*names, "--all", rules=folder)
    found = plain(*names, rules=folder)["entries"]
    assert sorted((one["entry"], one["id"]) for one in found) == sorted((entry.kind, entry.id) for entry in entries)
    assert [entry.heading for entry in entries if entry.heading not in text] == []


@pytest.mark.parametrize("arguments", [(), ("--contested",), ("maps-stay", "--all")])
def test_a_pipe_gets_plain_lines_of_a_readable_width(arguments: tuple[str, ...]) -> None:
    lines = said(*arguments)
    assert [line for line in lines if line != line.rstrip() or len(line) > 80 or "\x1b" in line] == []


# -- what is wrong


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("late-reeders",), "there is no entry `late-reeders` in this rulebook. Did you mean late-readers"),
        (("reader",), "Its facts are: reader.age, reader.home, reader.joined, reader.pays, reader.banned."),
        (("xyzzy",), "`lawmodel law` lists what there is."),
        (("",), "there is no entry ``"),
        (("late", "--contested"), "--contested and IDs ask for different things. Leave out all but one."),
        (("--on", "2026-02-30"), "`2026-02-30` is not a day of the calendar"),
        (("--stage", "adoptd"), "Did you mean adopted?"),
    ],
)
def test_a_wrong_input_is_a_usage_error_that_helps(arguments: tuple[str, ...], message: str) -> None:
    result = law(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in " ".join(result.stderr.split())


# -- the law that comes with the program


def test_the_supplied_law_says_from_when_its_provision_counts() -> None:
    def standing(on: str, stage: str) -> dict[str, Any]:
        found = plain("cpc-464-1-7", "--on", on, "--stage", stage, rules=rules_folder())["entries"][0]
        standing: dict[str, Any] = found["standing"]
        return standing

    assert standing("2026-03-18", "in_force") == {
        "is_law": False,
        "says": "law-50-fz: in force only from 19 March 2026 (derived)",
    }
    assert standing("2026-03-19", "in_force")["is_law"] is True
    assert standing("2026-02-25", "passed_duma")["is_law"] is False
    assert standing("2026-02-26", "passed_duma") == {
        "is_law": True,
        "says": "law-50-fz: passed by the State Duma on 26 February 2026 (text)",
    }


def test_the_supplied_provision_shows_the_readings_on_which_it_depends() -> None:
    lines = said("cpc-464-1-7", rules=rules_folder())
    outline = between(lines, "Applies if  all of this is true")
    assert "    Reading combat: Who must have taken part in fighting?" in outline
    assert "Read in more than one way 18 readings" in flat("cpc-464-1-7", rules=rules_folder())
    found = plain("cpc-464-1-7", rules=rules_folder())["entries"][0]
    names = {one["id"] for one in found["readings"]}
    assert {"combat", "persons", "force", "treaty-conflict", "critical-date", "theatre", "citizenship-fraud"} <= names
    assert {one["id"] for one in found["readings"] if one["open"]} == set()


# -- in other forms


@pytest.mark.parametrize("folder", LAWS, ids=["toy", "supplied", "nationality"])
def test_every_form_of_the_law_is_as_its_schema_says(folder: Path) -> None:
    names = dict.fromkeys(entry.id for entry in view(folder).entries)
    for schema, arguments in (
        (Schema.LAW, ()),
        (Schema.LAW_CONTESTED, ("--contested",)),
        (Schema.LAW_SEARCH, ("--search", "the")),
        (Schema.LAW_ENTRIES, tuple(names)),
    ):
        written = plain(*arguments, rules=folder)
        assert written["rulebook"]["title"] == load_rulebook(folder).title
        Draft202012Validator(schema_of(result_type(schema), schema, VERSION)).validate(written)


class Anchors(HTMLParser):
    """The places of a page, and what its links lead to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.places: list[str] = []
        self.targets: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.places += [str(found["id"])] if "id" in found else []
        self.targets += [str(found["href"])] if tag == "a" else []


def page(tmp_path: Path, *arguments: str, rules: Path = TOY) -> str:
    out = tmp_path / "law.html"
    result = law(*arguments, "--out", str(out), rules=rules)
    assert (result.exit_code, result.stdout) == (0, "")
    return out.read_text(encoding="utf-8")


def test_what_stands_on_a_page_is_linked_to(tmp_path: Path) -> None:
    found = Anchors(page(tmp_path, "late-readers", "amendment", "maps-stay", "reader.pays", "maps", "town-paper"))
    assert {"#provision-late-readers", "#fact-reader.pays", "#reading-maps", "#instrument-amendment"} <= set(
        found.targets
    )
    assert "#provision-late-readers" in found.targets  # from what uses the fact
    assert "#provision-late-readers--reading-late" in found.targets  # told as a part of the provision


@pytest.mark.parametrize("folder", LAWS, ids=["toy", "supplied", "nationality"])
def test_every_link_of_a_page_leads_somewhere_on_it(folder: Path, tmp_path: Path) -> None:
    names = dict.fromkeys(entry.id for entry in view(folder).entries)
    for arguments in ((), ("--contested",), tuple(names)):
        found = Anchors(page(tmp_path, *arguments, rules=folder))
        assert len(found.places) == len(set(found.places))
        assert {one for one in found.targets if one.startswith("#")} <= {f"#{place}" for place in found.places}


def test_a_field_of_a_record_is_linked_to_from_the_condition_that_reads_it(tmp_path: Path) -> None:
    assert "#fact-loans.damaged" in Anchors(page(tmp_path, "maps-stay", "loans.damaged")).targets


def test_what_stands_on_lines_of_its_own_does_so_on_a_page(tmp_path: Path) -> None:
    assert re.search(r"<td[^>]*>Maps<br><span[^>]*>→ ", page(tmp_path, "loan"))


def test_markdown_holds_what_the_screen_folds() -> None:
    written = law("late-readers", "--format", "markdown").stdout
    assert "# Lending Rules s. 4" in written
    assert "<summary>" in written


@pytest.mark.parametrize("rules", LAWS)
def test_a_source_that_supports_an_option_in_several_places_counts_once(rules: Path) -> None:
    rulebook = load_rulebook(rules)
    for one in plain(rules=rules)["readings"]:
        for option in one["options"]:
            supporting = {each.id for each in rulebook.readings[one["id"]].option(option["id"]).supported_by}
            assert option["sources"] == len(supporting), option
