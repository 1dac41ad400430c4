"""What a caller in Python gives is checked as what stands on the command line is, with the same words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

import pytest

import lawmodel
from lawmodel import Case, Interview, ProblemsFound, Rulebook, View, Wanted
from lawmodel.batch.rows.plan import Asked
from lawmodel.batch.rows.ways import as_told_by
from lawmodel.commands.options import readings_of, stage_of
from lawmodel.testing import around_dates, cases, days, holds_for_all, near, readings, theorem
from lawmodel.verbs.export.export import as_answer_set_program
from lawmodel.verbs.tellings.tellings import compare_tellings

SCENARIO = "scenarios/extradition/04-serving-cook.yaml"
WHAT: Any = "extradition"
MOMENT = datetime.datetime(2026, 3, 19, tzinfo=datetime.UTC)
Call: TypeAlias = Callable[..., Any]


@cache
def law() -> Rulebook:
    return lawmodel.load_rulebook()


@cache
def cook() -> Case:
    return lawmodel.load_cases(law(), SCENARIO)[0]


def _interview(rulebook: Any, case: Any, question: Any, **chosen: Any) -> Any:
    return Interview(rulebook, question, case, **chosen)


def _whatif(rulebook: Any, case: Any, question: Any, **chosen: Any) -> Any:
    return lawmodel.whatif(rulebook, case, question, {"combat": "everyone"}, **chosen)


def _change(rulebook: Any, case: Any, question: Any, **chosen: Any) -> Any:
    return lawmodel.change(rulebook, case, question, "may_grant", **chosen)


def _why_not(rulebook: Any, case: Any, question: Any, **chosen: Any) -> Any:
    return lawmodel.why_not(rulebook, case, question, "may_grant", **chosen)


ABOUT_A_CASE: dict[str, Call] = {
    "decide": lawmodel.decide,
    "turns_on": lawmodel.turns_on,
    "whatif": _whatif,
    "change": _change,
    "why": lawmodel.why,
    "why_not": _why_not,
    "compare_dates": lawmodel.compare_dates,
    "compare_readings": lawmodel.compare_readings,
    "compare_stages": lawmodel.compare_stages,
    "group_tellings": lawmodel.group_tellings,
    "Interview": _interview,
    "export": as_answer_set_program,
}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "reading": ({"readings": {"Combat": "everyone"}}, "readings: there is no `Combat`\n  Did you mean combat?"),
    "option": ({"readings": {"combat": "Everyone"}}, "readings combat: there is no `Everyone`\n  Did you mean every"),
    "option None": ({"readings": {"combat": None}}, "readings combat: a name is needed, and this is None"),
    "readings": ({"readings": "combat=everyone"}, "readings: readings are needed, and this is of the type str"),
    "stage": ({"stage": "in-force"}, "stage: there is no `in-force`\n  Did you mean in_force?"),
    "no stage": ({"stage": ""}, "stage: there is no ``"),
    "text for a day": ({"on": "2026-03-19"}, "on: a day is needed, and this is of the type str"),
    "moment": ({"on": MOMENT}, "on: a day is needed, and this is a moment"),
    "question": ({"question": "extradicion"}, "question: there is no `extradicion`\n  Did you mean extradition?"),
    "question None": ({"question": None}, "question: a name is needed, and this is None"),
    "case": ({"case": SCENARIO}, "case: a case is needed, and this is of the type str"),
    "class": ({"case": Case}, "case: a case is needed"),
    "rulebook": ({"rulebook": "rules"}, "rulebook: a rulebook is needed, and this is of the type str"),
    "fact": (
        {"case": Case(facts={"request.kid": "transit"})},
        "there is no fact `request.kid`\n  Did you mean",
    ),
    "choice": (
        {"case": Case(facts={"request.kind": "transitt"})},
        "Did you mean transit?",
    ),
    "date": (
        {"case": Case(facts={"decision.made": datetime.date(2026, 4, 22)})},  # type: ignore[dict-item]
        "`2026-04-22` is no value of `decision.made`",
    ),
    "number for yes": (
        {"case": Case(facts={"person.present_in_russia": 1})},
        "`1` is no value of",
    ),
    "field": (
        {"case": Case(facts={"service": ({"fougth": True},)})},
        "has no `fougth`\n  Did you mean fought",
    ),
    "value of a field": ({"case": Case(facts={"service": ({"fought": 7},)})}, "`7` is no value of `service[1].fought`"),
    "presumed": ({"case": Case(presume=("request.bye",))}, "case, presume: there is no `request.bye`"),
    "presumed text": ({"case": Case(presume="ordinary")}, "what may be presumed is of the type str"),  # type: ignore[arg-type]
    "presumed list": ({"case": Case(presume=(["request.by"],))}, "presume: a name is needed, and this is of the type"),  # type: ignore[arg-type]
    "own reading": ({"case": Case(readings={"Combat": "everyone"})}, "case, readings: there is no `Combat`"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_whatever_is_asked_about_a_case_is_checked(wrong: str) -> None:
    given, message = WRONG[wrong]
    asked: dict[str, Any] = {"rulebook": law(), "case": cook(), "question": WHAT, **given}
    rulebook, case, question = (asked.pop(key) for key in ("rulebook", "case", "question"))
    for name, call in ABOUT_A_CASE.items():
        if name == "compare_stages" and "stage" in asked:  # it goes through all stages
            continue
        with pytest.raises(ProblemsFound) as found:
            call(rulebook, case, question, **asked)
        assert message in str(found.value), name


FURTHER: dict[str, tuple[Call, str]] = {
    "decide, told_by": (
        lambda: lawmodel.decide(law(), cook(), WHAT, told_by="herald"),
        "told_by: there is no `herald`",
    ),
    "case None": (lambda: lawmodel.decide(law(), None, WHAT), "case: a case is needed, and this is None"),  # type: ignore[arg-type]
    "change, to": (lambda: lawmodel.change(law(), cook(), WHAT, to="may grant"), "to: there is no `may grant`"),
    "change, free": (
        lambda: lawmodel.change(law(), cook(), WHAT, "may_grant", free=["servce"]),
        "free: there is no `servce`\n  Did you mean service",
    ),
    "change, keep": (
        lambda: lawmodel.change(law(), cook(), WHAT, "may_grant", keep="service"),
        'keep: a list of names is needed, and this is a text\n  Write ["service"].',
    ),
    "change, both": (
        lambda: lawmodel.change(law(), cook(), WHAT, "may_grant", keep=["combat"], free=["combat"]),
        "keep: `combat` is also let go of with free",
    ),
    "change, only": (
        lambda: lawmodel.change(law(), cook(), WHAT, "may_grant", only="reading"),  # type: ignore[arg-type]
        "only: there is no `reading`\n  Did you mean readings?",
    ),
    "change, up_to": (lambda: lawmodel.change(law(), cook(), WHAT, "may_grant", up_to=0), "up_to: `0` is no number"),
    "why, most": (lambda: lawmodel.why(law(), cook(), WHAT, most=0), "most: `0` is no number from 1 on"),
    "why_not": (lambda: lawmodel.why_not(law(), cook(), WHAT, "may_grants"), "outcome: there is no `may_grants`"),
    "whatif, changes": (lambda: lawmodel.whatif(law(), cook(), WHAT, "combat=everyone"), "changes: changes are needed"),
    "whatif, name": (lambda: lawmodel.whatif(law(), cook(), WHAT, {"Combat": "everyone"}), "Did you mean combat?"),
    "whatif, then_on": (
        lambda: lawmodel.whatif(law(), cook(), WHAT, then_on="2026-03-19"),  # type: ignore[arg-type]
        "then_on: a day is needed",
    ),
    "whatif, then_stage": (lambda: lawmodel.whatif(law(), cook(), WHAT, then_stage="sined"), "then_stage: there is no"),
    "dates, first": (
        lambda: lawmodel.compare_dates(law(), cook(), WHAT, first=MOMENT),
        "first: a day is needed, and this is a moment",
    ),
    "dates, order": (
        lambda: lawmodel.compare_dates(
            law(), cook(), WHAT, first=datetime.date(2026, 2, 1), last=datetime.date(2026, 1, 1)
        ),
        "first: 2026-02-01 comes after 2026-01-01",
    ),
    "tellings": (lambda: compare_tellings(law(), cook(), "extradicion"), "Did you mean extradition?"),
    "find, question": (lambda: lawmodel.find(law(), "extradicion", [View("")]), "Did you mean extradition?"),
    "find, view": (
        lambda: lawmodel.find(law(), WHAT, [View("x", {"combat": "all"})]),
        "view x, readings combat:",
    ),
    "find, day": (
        lambda: lawmodel.find(law(), WHAT, [View("x", on="2026-03-18")]),  # type: ignore[arg-type]
        "view x, on: a day is needed",
    ),
    "find, views": (lambda: lawmodel.find(law(), WHAT, View("x")), "views: at least one side is needed"),  # type: ignore[arg-type]
    "find, outcome": (lambda: lawmodel.find(law(), WHAT, [View("")], Wanted("grant")), "wanted, outcome: there is no"),
    "find, ground": (
        lambda: lawmodel.find(law(), WHAT, [View("")], Wanted(grounds=("cpc-464-1-77",))),
        "wanted, grounds: there is no `cpc-464-1-77`\n  Did you mean cpc-464-1-7",
    ),
    "find, wanted": (lambda: lawmodel.find(law(), WHAT, [View("")], "may_grant"), "wanted: a Wanted is needed"),  # type: ignore[arg-type]
    "find, readings": (
        lambda: lawmodel.find(law(), WHAT, [View("")], readings={"Combat": "x"}),
        "Did you mean combat?",
    ),
    "prove": (
        lambda: lawmodel.prove(law(), "item-7-needs-a-contract"),  # type: ignore[arg-type]
        'Give the property itself: rulebook.properties["item-7-needs-a-contract"].',
    ),
    "load_cases": (lambda: lawmodel.load_cases(law(), None), "path: a path is needed, and this is None"),  # type: ignore[arg-type]
    "load_cases, rulebook": (lambda: lawmodel.load_cases(SCENARIO, SCENARIO), "rulebook: a rulebook is needed"),  # type: ignore[arg-type]
    "load_rulebook": (lambda: lawmodel.load_rulebook(["rules"]), "paths: a path is needed"),  # type: ignore[arg-type]
    "case_model": (lambda: lawmodel.case_model("rules"), "rulebook: a rulebook is needed"),  # type: ignore[arg-type]
    "cases": (lambda: cases(law(), "extradicion"), "question: there is no `extradicion`"),
    "cases, unknowns": (lambda: cases(law(), WHAT, unknowns=7), "unknowns: `7` is no share"),
    "cases, stage": (lambda: cases(law(), WHAT, stage="sined"), "stage: there is no `sined`"),
    "cases, known": (lambda: cases(law(), WHAT, known=["request.kind"]), "known: facts are needed"),  # type: ignore[arg-type]
    "around_dates": (lambda: around_dates(law(), WHAT, unknown="service"), "unknown: a list of facts is needed"),
    "near": (lambda: near(law(), "cpc-464-1-7", readings={"Combat": "everyone"}), "readings: there is no `Combat`"),
    "near, stage": (lambda: near(law(), "cpc-464-1-7", stage="sined"), "stage: there is no `sined`"),
    "near, known": (lambda: near(law(), "cpc-464-1-7", known={"servic": []}), "known: there is no `servic`"),
    "days": (lambda: days(law(), "extradicion"), "question: there is no `extradicion`"),
    "readings": (lambda: readings(law(), "extradicion"), "question: there is no `extradicion`"),
    "holds_for_all": (
        lambda: holds_for_all(law(), question=WHAT, readings={"Combat": "everyone"}),
        "readings: there is no `Combat`\n  Did you mean combat?",
    ),
    "holds_for_all, given": (
        lambda: holds_for_all(law(), question=WHAT, given={"Service": []}),
        "known: there is no `Service`",
    ),
    "theorem": (lambda: theorem(law(), None), "text: a text is needed, and this is None"),  # type: ignore[arg-type]
    "batch": (lambda: Asked(law(), WHAT, {"Combat": "everyone"}), "readings: there is no `Combat`"),
    "batch, told by": (lambda: as_told_by(Asked(law(), WHAT, {}), "herald"), "told_by: there is no `herald`"),
}


@pytest.mark.parametrize("name", FURTHER)
def test_whatever_else_is_given_is_checked(name: str) -> None:
    call, message = FURTHER[name]
    with pytest.raises(ProblemsFound) as found:
        call()
    assert message in str(found.value)


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(ProblemsFound) as found:
        lawmodel.decide(law(), cook(), "extradicion", readings={"Combat": "x", "force": "y"}, stage="z")
    assert [problem.file for problem in found.value.problems] == ["question", "readings", "readings force", "stage"]


def test_it_is_a_value_error_too() -> None:
    with pytest.raises(ValueError, match="there is no `Combat`"):
        lawmodel.decide(law(), cook(), WHAT, readings={"Combat": "everyone"})


def test_the_command_line_says_the_same() -> None:
    for on_the_command_line, in_python in (
        (lambda: readings_of(law(), ["Combat=everyone"]), {"readings": {"Combat": "everyone"}}),
        (lambda: readings_of(law(), ["combat=all"]), {"readings": {"combat": "all"}}),
        (lambda: stage_of(law(), "sined"), {"stage": "sined"}),
    ):
        with pytest.raises(Exception, match="there is no") as refused:
            on_the_command_line()
        with pytest.raises(ProblemsFound) as found:
            lawmodel.decide(law(), cook(), WHAT, **in_python)
        (problem,) = found.value.problems
        assert str(refused.value).partition(": ")[2] == f"{problem.message}. {problem.mend}"


def test_an_answer_in_an_interview_is_checked() -> None:
    interview = Interview(law(), "deployment-international")
    first = interview.next()
    assert first is not None
    with pytest.raises(ProblemsFound, match=f"`yes` is no value of `{re.escape(first.name)}`"):
        interview.give("yes")
    assert not interview.asked
    interview.give(True)
    assert interview.next() is None


def test_what_is_right_is_taken_in_every_form() -> None:
    typed: Any = lawmodel.case_model(law())
    for case in (cook(), typed.from_case(cook())):
        for call in ABOUT_A_CASE.values():
            call(law(), case, WHAT, readings=None, on=None)
