"""`lawmodel drill` through a pipe: predictions, until the border is found."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.commands.every_verb import CASE, LAW
from tests.commands.running import Ran, Run

COOK: Final = ("scenarios/extradition/04-serving-cook.yaml", "--variant", "base", "--question", "extradition")


@pytest.fixture
def drill(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `drill` with lines typed into a pipe."""

    def ran(typed: str, *arguments: str) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return run("drill", *arguments)

    return ran


@pytest.fixture
def bridge(tmp_path: Path) -> tuple[str, ...]:
    """The case of an armed traveller, under the law of a bridge."""
    (tmp_path / "law.yaml").write_text(LAW.replace("HOLDS", "no"), encoding="utf-8")
    (tmp_path / "case.yaml").write_text(CASE.replace("OUTCOME", "refused"), encoding="utf-8")
    return (str(tmp_path / "case.yaml"), "--rules", str(tmp_path / "law.yaml"))


@pytest.fixture
def student(drill: Run) -> Callable[..., dict[str, Any]]:
    """A student who predicts by a rule: what comes of it. What is asked does not depend on right answers."""

    def held(predicts: Callable[[dict[str, Any] | None], str], *arguments: str) -> dict[str, Any]:
        typed: list[str] = []
        while True:
            plain: dict[str, Any] = json.loads(drill("".join(f"{one}\n" for one in typed), *arguments, "--json").out)
            if not plain["stopped"] or len(typed) > 40:
                return plain
            # Whatever is asked next is seen once it is answered.
            seen = json.loads(drill("".join(f"{one}\n" for one in (*typed, "?")), *arguments, "--json").out)
            typed.append(predicts(seen["predictions"][-1]))

    return held


def test_who_predicts_all_right_finds_the_border_with_one_question_for_each_side(
    student: Callable[..., dict[str, Any]], bridge: tuple[str, ...]
) -> None:
    plain = student(lambda asked: str(asked and asked["outcome"]), *bridge)
    assert all(one["right"] for one in plain["predictions"])
    assert plain["found"] == [one["input"] for one in plain["border"]["facts"]] == ["crossing.made", "traveller.armed"]
    sides = sum(1 + bool(one["inside"]) for one in plain["border"]["facts"])
    assert len(plain["predictions"]) == 1 + sides + len(plain["border"]["beside"])


def test_a_side_that_was_predicted_wrong_comes_again_until_it_is_right(drill: Run, bridge: tuple[str, ...]) -> None:
    first = json.loads(drill("?\n" * 60, *bridge, "--json").out)
    assert first["stopped"] is False  # enough was asked
    assert first["found"] == []
    assert len(first["predictions"]) == 60
    again = [one["varied"]["input"] for one in first["predictions"] if one["side"] == "outside"]
    assert again.count("traveller.armed") > 5


def test_the_border_is_a_table_at_the_end_however_it_ends(drill: Run) -> None:
    ran = drill("B\nq\n", *COOK)
    said = " ".join(ran.out.split())
    assert ran.code == 0
    assert "And if only this were otherwise?" in ran.out
    assert "1 of 1 prediction right." in ran.out
    assert "You have found the border of 0 of 5 facts." in said
    assert "last day on strength" in ran.out
    assert "on strength until 21 April" in said


def test_what_is_said_names_what_fails_and_what_applies_all_the_same(drill: Run) -> None:
    said = " ".join(drill("B\n" * 30, *COOK).out.split())
    assert "Right. Extradition must be refused. CPC Art. 464(1)(7) applies: Foreigners who serve" in said
    assert "CPC Art. 464(1)(7) applies all the same." in said
    assert "Not so. Extradition may be granted. CPC Art. 464(1)(7) fails:" in said
    assert "CPC Art. 464(1)(7) still applies, but the answer is another." in said


def test_what_is_no_letter_is_asked_again(drill: Run, bridge: tuple[str, ...]) -> None:
    ran = drill("z\n\n\x1b[31m\nrefused\n", *bridge)
    assert ran.out.count("Type a letter from A to B, or ? if you do not know.") == 3
    assert "Right. The crossing is refused." in ran.out or "Right." in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.long
def test_the_same_seed_asks_in_the_same_order(drill: Run) -> None:
    orders = {
        seed: [
            (one["side"], one["varied"] and one["varied"]["value"])
            for one in json.loads(drill("?\n" * 8, *COOK, "--seed", seed, "--json").out)["predictions"]
        ]
        for seed in ("1", "2")
    }
    assert orders["1"] != orders["2"]
    again = json.loads(drill("?\n" * 8, *COOK, "--seed", "1", "--json").out)["predictions"]
    assert [(one["side"], one["varied"] and one["varied"]["value"]) for one in again] == orders["1"]


def test_readings_and_laws_are_those_that_are_chosen(drill: Run) -> None:
    plain = json.loads(drill("E\n", *COOK, "--reading", "combat=everyone", "--facts", "20", "--json").out)
    assert plain["outcome"] == "may_grant"
    fought = next(one for one in plain["border"]["facts"] if one["input"] == "service[1].fought")
    assert [(one["value"], one["outcome"]) for one in fought["outside"]] == [(True, "must_refuse")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("scenarios/no-such.yaml",), "there is no such file"),
        ((*COOK[:3], "--question", "extraditon"), "extradition"),
        (("scenarios/extradition/09-signed-never-enrolled.yaml#not-known", "--question", "extradition"), "is open"),
        ((*COOK, "--facts", "0"), "--facts"),
        (("scenarios/extradition/34-every-question-at-once.yaml",), "a drill is about one question"),
    ],
)
def test_what_makes_no_sense_is_refused(drill: Run, arguments: tuple[str, ...], says: str) -> None:
    ran = drill("B\n", *arguments)
    assert ran.code == 2
    assert says in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_a_drill_that_is_broken_off_shows_the_border_on_standard_error(
    run: Run, bridge: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def line() -> str:
        raise KeyboardInterrupt

    stdin = io.StringIO()
    monkeypatch.setattr(stdin, "readline", line)
    monkeypatch.setattr("sys.stdin", stdin)
    ran = run("drill", *bridge, "--json")
    assert (ran.code, ran.out) == (130, "")
    assert "Where the answer ends" in ran.err
