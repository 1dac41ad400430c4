"""What is open in a row is filled consistently: an invented rulebook in which only contradictory days would matter."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from pathlib import Path

import pytest

from lawmodel.batch.rows.plan import Asked
from lawmodel.inputs import Scalar, Value
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.batch.tables import answered, by_decide, table_of
from tests.sizes import sizes

GUESTS = """
rulebook:
  title: Guests
  law_date: asked.on
  stages: [{id: valid, says: valid}]
sources:
  - {id: house-rules, title: House rules, kind: instrument}
choices:
  - {id: rooms, title: Rooms, of: {a: A, b: B, c: C, d: D}}
facts:
  - {id: asked.on, type: date, title: the day of the question, phrase: "asked on {}", ask: When?}
  - {id: invited.on, type: date, title: the invitation, phrase: "invited on {}", ask: When?}
  - {id: came.on, type: date, title: the arrival, phrase: "came on {}", ask: When?}
  - {id: room.one, type: choice, choices: rooms, title: one room, phrase: "in {}", ask: Which?}
  - {id: room.other, type: choice, choices: rooms, title: a room, phrase: "in {}", ask: Which?}
  - {id: paid, type: number, title: what was paid, phrase: "paid {}", ask: How much?}
  - id: stays
    type: records
    title: stays
    each: stay
    none: no stay
    ask: Which stays?
    of:
      - {id: from, type: date, title: first day, phrase: "from {}", ask: Since when?}
      - {id: to, type: date, title: last day, phrase: "to {}", ask: Until when?}
      - {id: room, type: choice, choices: rooms, title: room, phrase: "in {}", ask: Which?}
consistency:
  - {order: [invited.on, came.on], says: nobody comes before the invitation}
  - {order: [stays.from, stays.to], says: a stay cannot end before it begins}
questions:
  - id: welcome
    title: Welcome
    asks: Is the guest turned away?
    outcomes:
      - {id: away, says: "yes", means: turned away}
      - {id: waits, says: perhaps, means: has to wait}
      - {id: welcome, says: "no", means: welcome}
provisions:
%s
"""
CONDITIONS = {
    "away": [
        "{all: [{invited.on: {after: 2020-03-10}}, {came.on: {before: 2020-03-05}}]}",
        "{came.on: {before: invited.on}}",
        "{some: stays, such_that: {all: [{from: {after: 2020-03-10}}, {to: {before: 2020-03-05}}]}}",
        "{some: stays, such_that: {all: [{room: a}, {to: {before: from}}]}}",
        "{all: [{room.one: {same_as: room.other}}, {paid: {less_than: 3}}]}",
    ],
    "waits": [
        "{some: stays, such_that: {all: [{to: {on: from}}, {room: b}]}}",
        "{all: [{came.on: {on: invited.on}}, {asked.on: {on: came.on}}]}",
        "{all: [{some: stays, such_that: {from: {on_or_before: came.on}}}, {paid: {at_least: 5}}]}",
        "{all: [{came.on: {after: 2020-03-07}}, {not: {room.one: b}}]}",
    ],
}
PROVISION = """
  - id: rule-{number}
    question: welcome
    title: Rule {number}
    citation: Rule {number}
    text: A rule.
    certainty: text
    sources: [{{id: house-rules}}]
    when: {when}
    concludes: {outcome}
"""


@pytest.fixture(scope="module")
def guests(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    rules = [(when, outcome) for outcome, each in CONDITIONS.items() for when in each]
    written = [PROVISION.format(number=n, when=when, outcome=outcome) for n, (when, outcome) in enumerate(rules, 1)]
    file: Path = tmp_path_factory.mktemp("guests") / "rules.yaml"
    file.write_text(GUESTS % "".join(written), encoding="utf-8")
    return load_rulebook(file)


DAYS = [datetime.date(2020, 3, day).toordinal() for day in (4, 5, 6, 8, 10, 11, 30)]


def some_row(chance: random.Random) -> dict[str, Value]:
    """A row of which about a quarter is open; its days are in their order where both are known."""

    def days() -> tuple[int | None, int | None]:
        first, then = sorted(chance.choices(DAYS, k=2))
        return (None if chance.random() < 0.3 else first), (None if chance.random() < 0.3 else then)

    def stay() -> dict[str, Scalar | None]:
        first, last = days()
        return {"from": first, "to": last, "room": chance.choice([None, "a", "b", "c"])}

    invited, came = days()
    return {
        "asked.on": chance.choice([None, *DAYS]),
        "invited.on": invited,
        "came.on": came,
        "room.one": chance.choice([None, "a", "b", "c"]),
        "room.other": chance.choice([None, "b", "c", "d"]),
        "paid": chance.choice([None, 2, 3, 4, 5, 6]),
        "stays": tuple(stay() for _ in range(chance.choice([0, 1, 1, 2]))),
    }


@pytest.mark.parametrize("count", sizes(50, 1500))
def test_rows_are_answered_as_decide_does(guests: Rulebook, count: int) -> None:
    chance = random.Random(count)  # noqa: S311 - reproducible
    rows = [some_row(chance) for _ in range(count)]
    asked = Asked(guests, "welcome", {})
    table = table_of(guests, rows, guests.facts, typed=True)
    found, rejected, run = answered(asked, table, turns_on=False)
    assert not rejected
    assert run.ways[0].patterns.patterns < run.ways[0].patterns.rows / 3, "most are decided together"
    for number, facts in enumerate(rows, 1):
        expected = by_decide(asked, facts)
        assert expected is not None
        assert found[number] == replace(expected, turns_on=()), facts


@pytest.mark.parametrize(
    "open_days",
    [
        {"came.on": None},
        {"invited.on": None},
        {"stays": ({"from": DAYS[-1], "to": None, "room": "a"},)},
        {"stays": ({"from": None, "to": DAYS[0], "room": "a"}, {"from": None, "to": None, "room": "a"})},
    ],
)
def test_no_completion_contradicts_itself(guests: Rulebook, open_days: dict[str, Value]) -> None:
    row: dict[str, Value] = {
        "asked.on": DAYS[0],
        "invited.on": DAYS[-1],
        "came.on": DAYS[-1],
        "room.one": "b",
        "room.other": "c",
        "paid": 6,
        "stays": (),
    }
    table = table_of(guests, [{**row, **open_days}], guests.facts, typed=True)
    found, _, run = answered(Asked(guests, "welcome", {}), table, turns_on=False)
    assert run.ways[0].patterns.rows == 1
    assert run.ways[0].patterns.patterns == 0
    assert "away" not in found[1].possible
