"""`lawmodel law` on the toy rulebook, and on the law that comes with the program."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lawmodel.answer.law.law_view import LawView
from lawmodel.answer.law.standing import LawOn
from lawmodel.commands.law import command
from rich.text import Text

from lawmodel.answer.console import console, write
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook

TOY = Path(__file__).parents[1] / "toy" / "rules"


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


# -- conditions in words


def test_a_condition_is_an_outline_in_the_words_of_the_law() -> None:
    lines = said("maps-stay")
    assert between(lines, "Applies if all of this is true") == [
        "├── a map is asked for or a recording is asked for  loan.kind",
        "├── a reader of another town  concept local",
        "├── a reader with a late loan (at the day of the law)  concept late-reader",
        "├── the day of need: on or after the day on which amendment became law  loan.needed_on",
        "├── any of this",
        "│   ├── less than 18 years of age  reader.age",
        "│   ├── day of joining: after 31 December 2019  reader.joined",
        "│   └── never joined  reader.joined",
        "└── no loan of which all of this is true  loans",
        "    ├── returned with damage  loans.damaged",
        "    └── branch of the earlier loan: the same as town of the branch  loans.branch",
    ]
    assert between(lines, "In force if") == [
        "└── Is the rule on maps new?  reading novelty",
        "    ├── new (default): amendment in the wording as-adopted is law  instrument amendment",
        "    └── old: always",
    ]
    assert between(lines, "Then") == [
        "└── Are maps lent out?  reading maps",
        "    ├── lent: nothing",
        "    └── kept: it must be refused  refuse",
    ]


def test_exceptions_and_shared_conclusions_are_put_into_words() -> None:
    lines = said("late-readers")
    assert between(lines, "Unless any of this is true") == [
        "├── at least 65 years of age  reader.age",
        "└── the reader offers to pay  reader.pays",
    ]
    assert between(lines, "Then") == [
        "└── Refusal unless a map is asked for  conclusion refusal",
        "    ├── if a map is asked for  loan.kind",
        "    │   └── → the librarian decides  ask_librarian",
        "    └── otherwise",
        "        └── → it must be refused  refuse",
    ]


def test_how_sure_a_shared_conclusion_is() -> None:
    shown = said("mandatory-ground-of-464", rules=rules_folder())
    assert any(line.split()[:2] == ["certainty", "text"] for line in shown)


def test_concepts_are_spelled_out_when_asked() -> None:
    lines = between(said("late-readers", "--all"), "Applies if")
    assert "│               ├── not-back (default): out on that day  concept out" in lines
    assert any("on or before the day on which loans are looked at  loans.lent" in line for line in lines)
    assert not any("loans.lent" in line for line in between(said("late-readers"), "Applies if"))


def test_what_a_provision_brings_and_its_figures() -> None:
    lines = said("fees", "fee-per-year")
    assert "    └── old: the first of these that is true" in between(lines, "Brings")
    assert any("if the day of the law: on or after 1 January 2010  law-date" in line for line in lines)
    assert any("fee: 2 to age coins" in line for line in lines)
    assert any("work in the library: up to 1,500 minutes" in line for line in lines)


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
    mark = {True: "● law", False: "○ not law", None: "◐ open"}[is_law]
    assert any(mark in line for line in said(provision, "--on", on, "--stage", stage))


def test_the_date_line_marks_what_counts_at_the_stage() -> None:
    assert between(said("amendment"), "Date line") == [
        "     10 January 2020   proposed                report   wording draft",
        "     20 February 2020  adopted by the council  report   wording as-adopted · town-paper p. 2",
        "  →  2 March 2020      in force                derived  wording as-adopted · ten days after adoption",
    ]
    adopted = between(said("amendment", "--stage", "adopted"), "Date line")
    assert [line.strip()[0] == "→" for line in adopted] == [False, True, False]
    entries = plain("amendment", "--stage", "adopted", "--on", "2020-02-25")["entries"]
    assert entries[0]["became_law"] == entries[0]["latest_step"] == "adopted"
    assert entries[0]["standing"]["is_law"] is True


def test_an_open_reading_names_the_laws_it_leads_to() -> None:
    assert plain("map-fees", "--on", "2020-12-31")["entries"][0]["standing"]["says"] == (
        "reading maps: open; fee-order: in force since 1 January 2005 (report)"
    )


# -- the views


def test_the_overview_lists_everything() -> None:
    text = "\n".join(said())
    found = plain()
    assert found["title"] == "Lending in the town library"
    assert found["counts"] == {
        "questions": 2,
        "provisions": 6,
        "readings": 4,
        "open_readings": 1,
        "concepts": 4,
        "facts": 12,
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
    assert "OPEN  lent (1) · kept (1)" in text
    assert "● not-back (2) · ever (1) · damaged-too (0)" in text


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
    text = "\n".join(said("--contested"))
    assert "OPEN, no default: the report and the yearbook contradict each other" in text
    assert "no source" in text
    assert text.index("Dates derived or open") < text.index("Dates with a remark") < text.index("the yearbook gives")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("reader.pays", ["  if yes      the reader offers to pay", "  left out    no", "  provision  late-readers"]),
        ("loan.asked_on", ["  dates the law  the law is the law of this day"]),
        ("loan.needed_on", ["  left out    the same as loan.asked_on"]),
        ("loans[2].returned", ["  not_yet  not returned yet  after every day", "  concept    out"]),
        ("loan.kind", ["  map        a map is asked for", "  ordinarily  book"]),
        ("towns", ["  used by  reader.home, loan.branch, loans.branch"]),
        ("opening", ["  is         1 March 2001"]),
        ("test-day", ["├── asking (default): the day of asking"]),
        ("late-loan", ["  if not        not a late loan", "  about one of  loans"]),
        ("fee", ["its amount is another matter", "fee_due"]),
        ("fee_due", ["leads to", "lent law-date"]),
        ("adopted", ["2 of 3: proposed → adopted → in_force", "  amendment      20 February 2020"]),
        ("yearbook", ["report", "  instrument  fee-order   ceases"]),
        ("town-paper", ["telling town-paper", "source town-paper", "  p. 5  the library is old"]),
        ("maps", ["OPEN", "on the point: lending-rules s. 9"]),
        ("refusal", ["conclusion refusal", "├── if a map is asked for  loan.kind"]),
        ("lending rules s. 4(2)", ["concept late-reader"]),
    ],
)
def test_whatever_has_an_id_is_shown(name: str, lines: list[str]) -> None:
    text = "\n".join(said(name))
    assert [line for line in lines if line not in text] == []


def test_an_id_of_two_kinds_shows_both_and_several_ids_follow_each_other() -> None:
    assert [(one["entry"], one["id"]) for one in plain("amendment", "late", "amendment")["entries"]] == [
        ("instrument", "amendment"),
        ("source", "amendment"),
        ("reading", "late"),
    ]


def view(folder: Path) -> LawView:
    found = load_rulebook(folder)
    return LawView(found, LawOn(found, datetime.date(2026, 6, 1)))


@pytest.mark.parametrize("folder", [TOY, rules_folder()], ids=["toy", "supplied"])
def test_every_entry_has_a_text_and_plain_data(folder: Path) -> None:
    entries = view(folder).entries
    names = list(dict.fromkeys(entry.id for entry in entries))
    lines = said(*names, "--all", rules=folder)
    found = plain(*names, rules=folder)["entries"]
    assert sorted((one["entry"], one["id"]) for one in found) == sorted((entry.kind, entry.id) for entry in entries)
    shown = {line.split(" · ")[0] for line in lines}
    assert [entry.heading for entry in entries if entry.heading not in shown] == []


@pytest.mark.parametrize("arguments", [(), ("--contested",), ("maps-stay", "--all")])
def test_a_pipe_gets_plain_lines_of_a_readable_width(arguments: tuple[str, ...]) -> None:
    lines = said(*arguments)
    assert [line for line in lines if line != line.rstrip() or len(line) > 110 or "\x1b" in line] == []


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("no_color", [True, False])
def test_colour_is_for_terminals_and_yields_to_no_color(no_color: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    stream = _Terminal()
    write(console(stream), [Text("said", "cyan")])
    assert ("\x1b[36m" in stream.getvalue()) is not no_color


# -- what is wrong


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("late-reeders",), "there is no entry `late-reeders` in this rulebook. Did you mean late-readers"),
        (("reader",), "Its facts are: reader.age, reader.home, reader.joined, reader.pays."),
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
    outline = between(lines, "Applies if all of this is true")
    assert "│   └── Who must have taken part in fighting?  reading combat" in outline
    found = plain("cpc-464-1-7", rules=rules_folder())["entries"][0]
    names = {one["id"] for one in found["readings"]}
    assert {"combat", "persons", "force", "treaty-conflict", "critical-date", "theatre", "citizenship-fraud"} <= names
    assert {one["id"] for one in found["readings"] if one["open"]} == {"treaty-conflict"}
