"""`lawmodel why`, `why-not` and `change`: what is shown, what is plain data, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import Run
from tests.inquiry.ferry import FERRY

COOK = "scenarios/extradition/04-serving-cook.yaml"
COURTS = "scenarios/deployment/25-international-courts.yaml"
NOTHING = "scenarios/exactness/nothing-known.yaml"
ARMED = """
title: An armed traveller
facts: {crossing: {made: 2022-05-01}, traveller: {armed: yes, drunk: no}, passes: [{from: 2020-01-01}]}
questions: [crossing]
variants:
  - {id: unarmed, facts: {traveller: {armed: no}}}
  - {id: perhaps, facts: {traveller: {armed: unknown}}}
"""


@pytest.fixture
def river(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "rules.yaml").write_text(FERRY, encoding="utf-8")
    (tmp_path / "armed.yaml").write_text(ARMED, encoding="utf-8")
    return str(tmp_path / "armed.yaml"), "--rules", str(tmp_path / "rules.yaml")


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


# --- why -----------------------------------------------------------------------------------------------


def test_why_says_what_settles_the_answer(run: Run, river: tuple[str, ...]) -> None:
    ran = run("why", *river)
    assert ran.code == 0
    shown = lines(ran.out)
    assert shown[0] == "Why: Crossing is delayed"
    assert "Law in force on 1 May 2022." in shown
    assert "These 2 points are enough, whatever else is true" in shown
    assert "Given crossed on 1 May 2022 crossing.made" in shown
    assert "In every case Ferry Law s. 1 applies." in shown
    assert "Not shown 3 known points that have no part in it · the steps of 1 provision (--all shows them)" in " ".join(
        " ".join(shown).split()
    )
    assert "Readings are as in the answer (--readings looks for reasons without them)." in shown
    assert all(line == line.rstrip() for line in ran.out.splitlines())


def test_why_lets_go_of_readings_too(run: Run, river: tuple[str, ...]) -> None:
    shown = lines(run("why", *river, "--readings").out)
    assert "These 4 points are enough, whatever else is true" in shown
    assert "severity (default): an armed traveller waits severity" in shown
    assert not any("Readings are as in the answer" in line for line in shown)


def test_why_lists_what_has_no_effect(run: Run, river: tuple[str, ...]) -> None:
    shown = lines(run("why", *river, "--readings", "--all").out)
    assert "3 known points that have no part in it" not in shown
    assert any(line.endswith("sober traveller.drunk") for line in shown)
    assert any(line.endswith("no further pass passes[+]") for line in shown)


def test_why_of_a_case_with_many_ways(run: Run) -> None:
    shown = lines(run("why", COOK, "--readings").out)
    assert "Every reason needs these 10 points" in shown
    assert sum(line.startswith("Reason ") for line in shown) == 5
    assert "There are more reasons (--most shows more)." in shown


def test_what_would_do_in_the_place_of_one_point_stands_beside_it(run: Run) -> None:
    shown = " ".join(run("why", COOK).out.split())
    assert "These 7 points are enough, whatever else is true" in shown
    assert "decided on 22 April 2026 decision.made (or, in its place: request received on 30" in shown


def test_why_where_nothing_settles_the_answer(run: Run, river: tuple[str, ...]) -> None:
    shown = lines(run("why", *river, "--variant", "perhaps").out)
    assert shown[0] == "Crossing: nothing settles the answer"
    assert "Possible: is delayed or is free. On what it depends: lawmodel turns-on." in shown
    assert shown[shown.index("Excluded: Crossing is refused") + 1] == "In every case, whatever is known."
    too = lines(run("why", *river, "--variant", "perhaps", "--readings").out)
    following = too[too.index("Excluded: Crossing is refused") + 1]
    assert following == "Reading severity (default): an armed traveller waits severity"


def test_why_as_plain_data(run: Run, river: tuple[str, ...]) -> None:
    found = json.loads(run("why", *river, "--json").out)
    assert (found["question"], found["outcome"], found["every"], found["count"]) == ("crossing", "delayed", True, 1)
    assert found["grounds"] == ["arms-1"]
    assert found["needed"] == ["crossing.made", "traveller.armed"]
    assert json.loads(run("why", *river, "--readings", "--json").out)["needed"][2:] == ["arms", "severity"]
    assert found["reasons"][0]["inputs"][0] == {
        "input": "crossing.made",
        "kind": "fact",
        "says": "crossed on 1 May 2022",
        "origin": "given",
        "value": "2022-05-01",
    }


def test_each_question_is_answered(run: Run) -> None:
    plain = [json.loads(line) for line in run("why", COURTS, "--json").out.splitlines()]
    assert [one["question"] for one in plain] == ["deployment", "deployment-international"]


# --- why-not -------------------------------------------------------------------------------------------


def test_why_not_shows_the_paths_and_what_excludes_it(run: Run, river: tuple[str, ...]) -> None:
    ran = run("why-not", river[0], "refused", *river[1:], "--readings")
    assert ran.code == 0
    shown = lines(ran.out)
    assert shown[0] == "Why not: Crossing is refused?"
    whole = " ".join(shown)
    assert "1 provision could lead to it and what each fails on" in whole
    assert "it applies, but to another end" in whole.replace(" arms-1", "")
    assert "reading severity: mild, default" in whole.replace(" arms-1", "")
    assert "This point rules it out, whatever else is true" in shown


def test_why_not_of_what_the_answer_overrides(run: Run) -> None:
    shown = lines(run("why-not", COOK, "may_grant").out)
    assert "Extradition must be refused: CPC Art. 464(1)(7) applies." in shown
    assert "What would have to change: lawmodel change CASE --to may_grant" in shown


def test_why_not_of_the_answer_and_of_what_is_possible(run: Run, river: tuple[str, ...]) -> None:
    assert "It is the answer" in run("why-not", river[0], "delayed", *river[1:]).out
    shown = lines(run("why-not", river[0], "free", *river[1:], "--variant", "perhaps").out)
    assert "It is still possible. It is enough that what is open comes out so:" in shown
    assert "unarmed traveller.armed" in shown


def test_why_not_as_plain_data(run: Run, river: tuple[str, ...]) -> None:
    found = json.loads(run("why-not", river[0], "free", *river[1:], "--json").out)
    assert (found["not"], found["status"]) == ("free", "excluded")
    assert found["overridden_by"] == [{"provision": "arms-1", "outcome": "delayed"}]
    assert found["paths"] == []


def test_an_outcome_of_a_question_that_the_case_does_not_ask(run: Run) -> None:
    ran = run("why-not", COOK, "substitute_penalty")
    assert ran.code == 0
    assert lines(ran.out)[0] == "Why not: Expulsion is replaced by another penalty?"


# --- change --------------------------------------------------------------------------------------------


def test_change_shows_what_was_and_what_would_be(run: Run, river: tuple[str, ...]) -> None:
    ran = run("change", river[0], "--to", "free", *river[1:], "--up-to", "1")
    assert ran.code == 0
    shown = lines(ran.out)
    assert shown[0] == "Crossing: what would have to change, so that it is free?"
    assert "Now it is delayed. It is free if one of these is changed:" in shown
    assert shown[shown.index("2 armed traveller.armed") + 1] == "→ unarmed"
    assert "→ crossed on a day from 1 January 2020 to 31 December 2020" in shown
    assert shown.index("Facts") < shown.index("Readings")
    assert "→ arms matter in the hands of a drunk (drunk-only)" in shown
    assert "There are no other single changes." in shown


def test_change_where_nothing_has_to_change(run: Run) -> None:
    shown = lines(run("change", NOTHING, "--to", "must_refuse", "--on", "2026-05-12", "--most", "1").out)
    assert "No known fact has to change." in " ".join(shown)
    assert "It must be refused if what is open comes out so:" in " ".join(shown)
    assert "There are more ways (--most shows more)." in shown


def test_change_holds_what_is_to_be_kept(run: Run, river: tuple[str, ...]) -> None:
    options = ("--keep", "crossing", "--keep", "arms", "--only", "facts", "--all")
    shown = lines(run("change", river[0], "--to", "free", *river[1:], *options).out)
    assert any("that were not to change (--free NAME frees one)" in line for line in shown)
    assert any("arms (default): arms matter when carried" in line for line in shown)


def test_change_as_plain_data(run: Run, river: tuple[str, ...]) -> None:
    found = json.loads(run("change", river[0], "--to", "free", *river[1:], "--json").out)
    assert (found["to"], found["status"], found["possible"]) == ("free", "found", ["delayed"])
    (first,) = found["sets"][0]["changes"]
    assert first["input"] == "crossing.made"
    assert first["before"] == {"says": "crossed on 1 May 2022", "value": "2022-05-01", "origin": "given"}
    assert first["after"]["values"] == [{"from": "2020-01-01", "to": "2020-12-31"}]
    assert first["after"]["every"] is True


# --- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("why", "no-such-file.yaml"), "no-such-file.yaml"),
        (("why", COOK, "--question", "extraditon"), "Did you mean extradition?"),
        (("why", COOK, "--variant", "dischargd"), "Did you mean discharged"),
        (("why", COOK, "--most", "0"), "0 is not in the range"),
        (("why-not", COOK), "Missing argument 'OUTCOME'"),
        (("why-not", COOK, "may_grnt"), "Did you mean may_grant?"),
        (("why-not", COOK, "authorised", "--question", "extradition"), "there is no `authorised`"),
        (("change", COOK), "Missing option '--to'"),
        (("change", COOK, "--to", "grant"), "there is no `grant`"),
        (("change", COOK, "--to", "may_grant", "--keep", "servce"), "Did you mean service"),
        (
            ("change", COOK, "--to", "may_grant", "--free", "service[2].fought"),
            "--free: there is no `service[2].fought`",
        ),
        (("change", COOK, "--to", "may_grant", "--keep", "combat", "--free", "combat"), "Keep one of the two."),
        (("change", COOK, "--to", "may_grant", "--only", "law"), "'law' is not one of 'facts', 'readings'"),
        (("change", COOK, "--to", "may_grant", "--reading", "combat=nobody"), "there is no `nobody`"),
        (("change", COOK, "--to", "may_grant", "--on", "2026-02-30"), "is not a day of the calendar"),
    ],
)
def test_wrong_input_is_refused_with_what_to_do(run: Run, arguments: tuple[str, ...], says: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert says in ran.err
    assert not ran.out
