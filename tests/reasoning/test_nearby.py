"""Cases near a case: one thing otherwise, at the borders of the comparisons, and consistent."""

from __future__ import annotations

from lawmodel.inputs import AFTER_EVERY_DAY
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import (
    TRUE,
    All,
    Domain,
    Field,
    Fixed,
    Input,
    OneOf,
    Ordered,
    Ordering,
    ResolvedQuestion,
    Rule,
    SomeRecord,
)
from lawmodel.reasoning.whole_law.nearby import Borders, consistent, near

STAY = SomeRecord("stays", Ordered(Fixed(740), Field("stays", "until")))
RULE = Rule(
    "r", All((OneOf(Input("armed"), frozenset({True})), Ordered(Fixed(18), Input("age")), STAY)), (("no", TRUE),)
)
QUESTION = ResolvedQuestion(
    id="q",
    outcomes=("no", "yes"),
    rules=(RULE,),
    domains={
        "armed": Domain("yes/no"),
        "age": Domain("number"),
        "name": Domain("choice", ("a", "b")),
        "stays": Domain(
            "records",
            fields=(("since", Domain("date")), ("until", Domain("date", special=frozenset({AFTER_EVERY_DAY})))),
        ),
    },
    orderings=(Ordering("since", "until", "stays"),),
)
CASE: Values = {"armed": False, "age": 17, "name": "a", "stays": ({"since": 740, "until": 800},)}


def found() -> list[Values]:
    borders = Borders()
    borders.note(RULE.applies)
    return list(near(QUESTION, borders, CASE))


def test_one_thing_is_otherwise() -> None:
    for one in found():
        assert sum(one[key] != CASE[key] for key in CASE) <= 1
        assert one["name"] == "a", "no comparison is about it"
    assert {one["armed"] for one in found()} == {True, False}
    assert {one["age"] for one in found()} == {17, 18, 19}


def test_days_stay_in_their_order() -> None:
    untils = [one["stays"][0]["until"] for one in found() if one["stays"]]  # type: ignore[index]
    assert {740, 741, AFTER_EVERY_DAY} <= set(untils)
    assert 739 not in untils, "before it began"
    assert any(one["stays"] == () for one in found())


def test_what_is_consistent() -> None:
    assert consistent(QUESTION.orderings, CASE)
    assert not consistent(QUESTION.orderings, {**CASE, "stays": ({"since": 801, "until": 800},)})
    assert consistent(QUESTION.orderings, {**CASE, "stays": ({"since": 801, "until": AFTER_EVERY_DAY},)})
    assert consistent((Ordering("one", "other"),), {"one": 5, "other": None})
    assert not consistent((Ordering("one", "other"),), {"one": 5, "other": 4})
