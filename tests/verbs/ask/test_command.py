"""`lawmodel ask`: an interview through a pipe, as a user would see it."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from lawmodel.problems import Problem, ProblemsFound
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


@pytest.fixture
def somebody(tmp_path: Path) -> Path:
    """A case of which nothing is known, and all that has an ordinary value is presumed."""
    file = tmp_path / "somebody.yaml"
    file.write_text("presume: ordinary\n", encoding="utf-8")
    return file


def test_an_interview_from_the_first_question_to_the_answer(talk: Run, cook: Path) -> None:
    ran = talk("1\n1\n2025-02-05\n1\nstill\n", "extradition", "--case", str(cook), "--on", "2026-04-22")
    assert ran.code == 0
    assert "That settles it, after 5 questions." in ran.out
    assert "EXTRADITION MUST BE REFUSED" in ran.out
    assert "Service 1: On what basis did the person serve?" in ran.out
    assert "did the person take part in fighting" not in ran.out.lower()  # who still serves need not have fought


def test_what_is_typed_wrongly_is_explained_and_asked_again(talk: Run, somebody: Path) -> None:
    ran = talk("many\n99\n1\nzz\nUzbekistan\n!\n", "extradition", "--case", str(somebody))
    assert ran.code == 0
    assert "`many` is not a number of records" in ran.out
    assert "99 are too many" in ran.out
    assert "`zz` is none of the answers" in ran.out
    assert "Stopped after 2 questions" in ran.out


BRIDGE = """
rulebook: {title: A bridge, law_date: crossing.on, stages: [{id: valid, says: valid}]}
sources: [{id: board, title: The board at the bridge, kind: instrument}]
facts:
  - {id: crossing.on, type: date, title: the crossing, phrase: "on {}", ask: When?}
  - {id: crossing.paid, type: yes/no, title: toll, "yes": toll paid, "no": toll not paid, ask: Paid?}
  - {id: crossing.doctor, type: yes/no, title: doctor, "yes": a doctor, "no": no doctor, ask: A doctor?}
  - {id: crossing.night, type: yes/no, title: night, "yes": by night, "no": by day, ask: By night?}
questions:
  - id: passage
    title: Passage
    asks: May one pass?
    outcomes: [{id: open, says: "yes", means: one may pass}, {id: shut, says: "no", means: nobody may pass}]
provisions:
  - id: s-1
    question: passage
    title: Who may pass
    citation: the board
    text: Whoever has paid, every doctor, and anybody by night.
    certainty: text
    sources: [{id: board}]
    when: {any: [{crossing.paid: yes}, {crossing.doctor: yes}, {crossing.night: yes}]}
    concludes: open
"""


def test_why_unknown_and_back(talk: Run, tmp_path: Path) -> None:
    bridge = tmp_path / "bridge.yaml"
    bridge.write_text(BRIDGE, encoding="utf-8")
    ran = talk("?\n<\n-\n<\nwhy\n-\n-\nno\n", "passage", "--rules", str(bridge))
    assert ran.code == 0
    assert ran.out.count("What each answer would come to") == 2
    text = " ".join(ran.out.split())
    assert "settled: one may pass" in text
    assert "still open: " in text
    assert "This is the first question." in ran.out
    assert "Nothing more to ask, after 3 questions" in ran.out


def test_going_back_shows_the_former_answer_and_takes_it_again(talk: Run, somebody: Path) -> None:
    ran = talk("1\nUZ\n<\n\n!\n", "extradition", "--case", str(somebody), "--json")
    assert "was UZ > " in ran.err
    assert json.loads(ran.out)["facts"]["person.citizenships"][0]["state"] == "UZ"
    ran = talk("1\nUZ\n<\nTJ\n!\n", "extradition", "--case", str(somebody), "--json")
    assert json.loads(ran.out)["facts"]["person.citizenships"][0]["state"] == "TJ"


def test_it_ends_with_the_answer_in_short(talk: Run, cook: Path) -> None:
    ran = talk("1\n1\n2025-02-05\n1\n2026-03-15\n-\n", "extradition", "--case", str(cook), "--on", "2026-04-22")
    end = ran.out.partition("Nothing more to ask")[2]
    assert "EXTRADITION: IT DEPENDS on 1 unknown fact" in end
    assert re.search(r"if took part in fighting +must be refused", end)
    assert re.search(r"if did not take part in fighting +may be granted", end)
    assert "Apart from that it assumes" in end
    assert "Possible ground" not in end
    assert len(end.splitlines()) < 20


def test_what_would_be_asked_next_is_data(talk: Run, cook: Path) -> None:
    plain = json.loads(talk("1\n", "extradition", "--case", str(cook), "--on", "2026-04-22", "--json").out)
    step = plain["next"]
    assert (step["number"], step["input"], step["kind"]) == (2, "service[1].basis", "choice")
    assert step["asks"] == "On what basis did the person serve?"
    assert step["record"] == "service 1"
    assert {"value": "contract", "says": "under contract"} in step["choices"]
    assert "cpc-464-1-7" in step["bears_on"]
    settled = [reply for reply in step["replies"] if len(reply["possible"]) == 1]
    assert settled[0]["answer"] == "may be granted"
    assert "conscription" in settled[0]["values"]
    assert step["possible"] == ["must_refuse", "may_grant"]
    assert plain["header"]["question"] == "extradition"


def test_the_answer_may_go_into_a_file_while_the_talk_is_on_the_screen(talk: Run, cook: Path, tmp_path: Path) -> None:
    out = tmp_path / "answer.html"
    ran = talk("0\n", "extradition", "--case", str(cook), "--out", str(out))
    assert (ran.code, ran.out) == (0, "")
    assert "How many periods of service" in ran.err
    assert "Extradition may be granted" in out.read_text(encoding="utf-8")


def test_the_answer_is_written_once_in_every_form(talk: Run, cook: Path, tmp_path: Path) -> None:
    asked = ("extradition", "--case", str(cook))
    assert talk("0\n", *asked).out.count("That settles it") == 1
    assert talk("0\n", *asked, "--format", "markdown").out.count("That settles it") == 1
    assert talk("0\n", *asked, "--json").out.count("lawmodel/interview") == 1
    out = tmp_path / "answer.json"
    assert talk("0\n", *asked, "--out", str(out)).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["answer"]["outcome"] == "may_grant"


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
        "1\n1\n2025-02-05\n1\n-\nyes\n",
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
    assert "How many periods of service" in ran.err


def test_readings_without_a_default_are_asked_last(talk: Run) -> None:
    file = "scenarios/deployment/25-international-courts.yaml"
    ran = talk("president-alone\n", "deployment", "--case", file, "--variant", "b-special-tribunal")
    assert "a reading: the text is silent" in " ".join(ran.out.split())
    assert "That settles it, after 1 question." in ran.out
    assert "IS AUTHORISED" in ran.out


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
    assert ran.out == ""  # before anything is asked


def test_what_the_user_owns_is_not_replaced(talk: Run, cook: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("facts: {}\n", encoding="utf-8")
    assert "it is not replaced" in talk("", "extradition", "--save", str(mine)).err
    assert "would replace what is read" in talk("", "extradition", "--case", str(cook), "--save", str(cook)).err
    assert cook.read_text(encoding="utf-8") == COOK
    saved = tmp_path / "saved.yaml"
    for _ in range(2):  # what an interview has saved gives way to another
        assert talk("0\n", "extradition", "--case", str(cook), "--save", str(saved)).code == 0


def test_a_saved_case_is_gone_on_with_under_the_same_law(talk: Run, run: Run, somebody: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.yaml"
    law = ("--on", "2026-05-20", "--stage", "passed_duma", "--reading", "combat=everyone")
    ran = talk("1\nUZ\n!\n", "extradition", "--case", str(somebody), "--save", str(saved), *law)
    assert "Stopped after 2 questions" in ran.out
    for key in ("'on': 2026-05-20", "stage: passed_duma", "combat: everyone", "- extradition"):
        assert key in saved.read_text(encoding="utf-8")
    again = talk("!\n", "--case", str(saved))
    assert ran.out.splitlines()[1] == again.out.splitlines()[1]
    plain = json.loads(run("decide", str(saved), "--json", "--brief").out)
    assert plain["law"] == {"date": "2026-05-20", "stage": "passed_duma"}
    assert plain["readings"]["combat"]["option"] == "everyone"
    chosen = json.loads(run("decide", str(saved), "--json", "--brief", "--on", "2026-01-01").out)
    assert chosen["law"]["date"] == "2026-01-01"


def test_the_law_of_today_is_kept_as_that_day(talk: Run, tmp_path: Path) -> None:
    saved = tmp_path / "saved.yaml"
    talk("0\n!\n", "extradition", "--save", str(saved))
    kept = saved.read_text(encoding="utf-8")
    assert re.search(r"^'on': [0-9]{4}-[0-9]{2}-[0-9]{2}$", kept, re.MULTILINE)


class _Interrupted(io.StringIO):
    """Lines that are typed, and then Ctrl-C."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


@pytest.mark.parametrize("kept", [True, False])
def test_what_was_answered_before_an_interrupt_is_kept(
    kept: bool, run: Run, monkeypatch: pytest.MonkeyPatch, somebody: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", _Interrupted("1\nUZ\n"))
    saved = tmp_path / "saved.yaml"
    ran = run("ask", "extradition", "--case", str(somebody), *(["--save", str(saved)] if kept else []))
    assert ran.code == 130
    assert "IT DEPENDS" not in ran.out  # no answer is claimed
    assert "state: UZ" in (saved.read_text(encoding="utf-8") if kept else ran.err)


def test_a_place_that_goes_away_meanwhile_loses_nothing(
    talk: Run, monkeypatch: pytest.MonkeyPatch, somebody: Path, tmp_path: Path
) -> None:
    def full(path: Path, text: str) -> None:
        raise ProblemsFound([Problem("the file cannot be written (No space left on device)", "Make room.", str(path))])

    monkeypatch.setattr("lawmodel.verbs.ask.command.save_text", full)
    ran = talk("1\nUZ\n!\n", "extradition", "--case", str(somebody), "--save", str(tmp_path / "saved.yaml"))
    assert ran.code == 2
    assert ran.err.count("No space left") == 1
    assert "state: UZ" in ran.err


def test_a_state_by_its_name_and_not_by_a_number(talk: Run, somebody: Path) -> None:
    ran = talk("1\n2\nCongo\nunited\nuZbekistan\n!\n", "extradition", "--case", str(somebody))
    said = " ".join(ran.out.split())
    assert "`2` is none of the answers. Type a name or a code." in said
    assert "`Congo` can mean the Democratic Republic of the Congo (CD), the Republic of the Congo (CG)." in said
    assert "`united` can mean the United Arab Emirates (AE), the United Kingdom (GB), " in said
    assert "Stopped after 2 questions" in ran.out
