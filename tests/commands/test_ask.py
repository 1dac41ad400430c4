"""`lawmodel ask`: an interview through a pipe, as a user would see it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.commands.running import Ran, Run

COOK = """
presume: ordinary
facts:
  person: {citizenships: [{state: UZ}]}
  request: {state: UZ, received: 2026-03-30}
"""


@pytest.fixture
def talk(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `ask` with lines typed into a pipe."""

    def talked(typed: str, *arguments: str) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return run("ask", *arguments)

    return talked


@pytest.fixture
def cook(tmp_path: Path) -> Path:
    file = tmp_path / "cook.yaml"
    file.write_text(COOK, encoding="utf-8")
    return file


def test_an_interview_from_the_first_question_to_the_answer(talk: Run, cook: Path) -> None:
    ran = talk("1\n1\n1\n2025-02-05\nstill\n", "extradition", "--case", str(cook), "--on", "2026-04-22")
    assert ran.code == 0
    assert "That settles it, after 5 questions." in ran.out
    assert "YES: it must be refused" in ran.out
    assert "Service 1: On what basis?" in ran.out
    assert "did the person take part in fighting" not in ran.out.lower()  # who still serves need not have fought


def test_what_is_typed_wrongly_is_explained_and_asked_again(talk: Run) -> None:
    ran = talk("many\n99\n1\nzz\nUzbekistan\n!\n", "extradition")
    assert ran.code == 0
    assert "`many` is not a number of records" in ran.out
    assert "99 are too many" in ran.out
    assert "`zz` is none of the answers" in ran.out
    assert "Stopped after 2 questions" in ran.out


def test_why_unknown_and_back(talk: Run) -> None:
    ran = talk("?\n<\n-\n<\nwhy\n-\n-\nno\n", "deployment-international")
    assert ran.code == 0
    assert ran.out.count("What each answer would come to") == 2
    assert "settled: consent, the Security Council or self-defence supports it" in " ".join(ran.out.split())
    assert "still open: compatible, incompatible" in ran.out
    assert "This is the first question." in ran.out
    assert "Nothing more to ask, after 3 questions" in ran.out


def test_the_end_of_the_input_stops_the_interview(talk: Run) -> None:
    ran = talk("", "deployment")
    assert ran.code == 0
    assert "Stopped after 0 questions" in ran.out
    assert "IT DEPENDS" in ran.out


def test_the_question_is_chosen_by_its_number(talk: Run) -> None:
    ran = talk("0\n4\ny\n")
    assert "Type a number from 1 to 8" in ran.out
    assert "compatible" in ran.out
    assert "That settles it, after 1 question." in ran.out
    assert talk("").code == 0


def test_the_case_is_saved_and_answers_as_the_interview_did(talk: Run, run: Run, cook: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.yaml"
    ran = talk(
        "1\n1\n1\n2025-02-05\n-\nyes\n",
        "extradition",
        "--case",
        str(cook),
        "--save",
        str(saved),
        "--on",
        "2026-04-22",
    )
    assert f"Saved: {saved}" in ran.out.replace("\n", "")
    again = run("decide", str(saved), "--json", "--brief", "--on", "2026-04-22")
    assert json.loads(again.out)["outcome"] == "must_refuse"
    assert "to: unknown" in saved.read_text(encoding="utf-8")


def test_plain_data(talk: Run, cook: Path) -> None:
    ran = talk("0\n", "extradition", "--case", str(cook), "--json")
    plain = json.loads(ran.out)
    assert plain["answer"]["outcome"] == "may_grant"
    assert plain["asked"] == ["service"]
    assert plain["facts"]["service"] == []
    assert not plain["stopped"]
    assert "Which periods of service" in ran.err


def test_readings_without_a_default_are_asked_last(talk: Run) -> None:
    file = "scenarios/deployment/25-international-courts.yaml"
    ran = talk("president-alone\n", "deployment", "--case", file, "--variant", "b-special-tribunal")
    assert "a reading: the text is silent" in ran.out
    assert "That settles it, after 1 question." in ran.out
    assert "a ground exists and every decision it requires has been taken" in ran.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extraditon"], "Did you mean extradition"),
        (["--variant", "x"], "name the case with --case"),
        (["extradition", "--case", "nowhere.yaml"], "nowhere.yaml"),
        (["extradition", "--reading", "combat=all"], "there is no `all`"),
        (["extradition", "--on", "tomorrow"], "is not a day"),
    ],
)
def test_wrong_input(talk: Run, arguments: list[str], message: str) -> None:
    ran = talk("", *arguments)
    assert ran.code == 2
    assert message in ran.err


def test_a_file_that_cannot_be_written(talk: Run, tmp_path: Path) -> None:
    ran = talk("", "surrender", "--save", str(tmp_path))
    assert ran.code == 2
    assert "this is a folder" in ran.err
    assert ran.out == ""  # it is said before anything is asked
