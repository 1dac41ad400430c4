"""`lawmodel turns-on`: what weighs how much, as a user sees it."""

from __future__ import annotations

import json

import pytest

from lawmodel.answer.reasons.weights import Weight, Weights
from lawmodel.results.json_schema import schema_of
from tests.commands.running import Run

TRIBUNAL = ("scenarios/deployment/25-international-courts.yaml", "--variant", "b-special-tribunal")
FIGHTING = "scenarios/extradition/06-what-is-fighting.yaml"
COOK = "scenarios/extradition/04-serving-cook.yaml"


def test_an_open_reading_that_alone_decides(run: Run) -> None:
    ran = run("turns-on", *TRIBUNAL, "--question", "deployment")
    assert ran.code == 0
    assert "DEPLOYMENT ABROAD UNDER RUSSIAN LAW: IT DEPENDS on 1 open point" in ran.out
    assert "authoriser  ████████████████  100 %  3  Who must authorise" in ran.out
    assert "is authorised     ██████████▋       67 %  2" in ran.out, "a bar is full where it is the whole"
    assert "Ask first: authoriser." in ran.out


def test_a_reading_left_open_is_weighed(run: Run) -> None:
    ran = run("turns-on", COOK, "--json", "--reading", "combat=unknown", "--reading", "force=unknown")
    plain = json.loads(ran.out)
    assert plain["situations"] == 6
    assert plain["outcomes"] == {"must_refuse": 2, "may_refuse": 2, "may_grant": 2}
    assert plain["inputs"] == [{"input": "combat", "flips": 6}, {"input": "force", "flips": 4}]


def test_the_influence_of_an_input_goes_by_its_earlier_name_too() -> None:
    """In JSON it is ``flips``, of which the schema says what it counts."""
    heavy = Weight(("combat",), 6)
    assert heavy.flips == heavy.influence == 6
    described = schema_of(Weights, "turns-on", 1)["$defs"]["InputWeight"]["properties"]["flips"]["description"]
    assert described.startswith("In how many situations another value of it alone gives another outcome")


def test_an_answer_that_is_certain_turns_on_nothing(run: Run) -> None:
    ran = run("turns-on", COOK)
    assert "Nothing that is open could change the answer." in ran.out
    assert "--reading combat=unknown" in ran.out


def test_too_many_orders_of_days_are_not_weighed_but_named(run: Run) -> None:
    ran = run(
        "turns-on",
        "scenarios/exactness/nothing-known.yaml",
        "--question",
        "extradition",
        "--reading",
        "critical-date=unknown",
    )
    assert ran.code == 0
    assert "Not weighed" in ran.out
    assert "can stand to each other in too many ways" in " ".join(ran.out.split())
    assert "request.by" in ran.out


def test_every_input_of_turns_on_weighs_something(run: Run) -> None:
    """Of refuge the home of a person without citizenship is asked, which can be the same as too many other states."""
    settled = ("--reading", "refugee-destination=any-state")
    ran = run("turns-on", "scenarios/exactness/nothing-known.yaml", "--json", *settled)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert "extradition" in [plain["question"] for plain in answers if plain["inputs"]]
    for plain in answers:
        assert all(one["flips"] > 0 for one in plain["inputs"])
        assert sum(plain["outcomes"].values()) == plain["situations"]
        assert list(plain["outcomes"]) == plain["possible"]


def test_what_is_not_weighed_has_no_weight(run: Run) -> None:
    ran = run("turns-on", "scenarios/exactness/nothing-known.yaml", "--question", "extradition", "--json")
    plain = json.loads(ran.out)
    assert (plain["situations"], plain["outcomes"]) == (None, {})
    assert {"input": "request.state", "flips": None} in plain["inputs"]
    assert all(one["flips"] is None for one in plain["inputs"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([COOK, "--question", "extraditon"], "Did you mean extradition"),
        ([COOK, "--variant", "discharge"], "Did you mean discharged"),
        (["nowhere.yaml"], "nowhere.yaml"),
    ],
)
def test_wrong_input(run: Run, arguments: list[str], message: str) -> None:
    ran = run("turns-on", *arguments)
    assert ran.code == 2
    assert message in ran.err
