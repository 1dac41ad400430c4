"""What the library gives can be looked at, compared, put into sets, copied, and sent to other processes."""

from __future__ import annotations

import copy
import datetime
import pickle
from dataclasses import fields, replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

import lawmodel
from lawmodel import Case, Interview, Rulebook, View, Wanted
from lawmodel.inquiry.ask import Ask
from lawmodel.value_object import LONGEST_REPR, ValueObject, in_full, one_line
from lawmodel.verbs.diff.diff import diff
from tests.case.library import TEXT as LOANS

COOK = "scenarios/extradition/04-serving-cook.yaml"
WHAT = "extradition"


@cache
def law() -> Rulebook:
    return lawmodel.load_rulebook()


@cache
def values() -> dict[str, Any]:
    """A value of every kind that a function of the library gives, or takes."""
    cook = lawmodel.load_cases(law(), COOK)[0]
    answer = lawmodel.decide(law(), cook, WHAT)
    views = [View("old", on=datetime.date(2026, 3, 18)), View("new", on=datetime.date(2026, 3, 19))]
    return {
        "rulebook": law(),
        "case": cook,
        "empty case": Case(),
        "typed case": lawmodel.case_model(law()).from_case(cook),
        "answer": answer,
        "open answer": lawmodel.decide(law(), cook, WHAT, readings={"combat": "unknown"}),
        "ground": answer.grounds[0],
        "trace": answer.trace[-1],
        "ask": Ask(law(), cook, WHAT, readings={"combat": "everyone"}, on=datetime.date(2026, 4, 2)),
        "change": lawmodel.change(law(), cook, WHAT, "may_grant", up_to=1),
        "why": lawmodel.why(law(), cook, WHAT, most=1),
        "why_not": lawmodel.why_not(law(), cook, WHAT, "may_grant", most=1),
        "whatif": lawmodel.whatif(law(), cook, WHAT, {"combat": "everyone"}),
        "turns_on": lawmodel.turns_on(law(), cook, WHAT, readings={"combat": "unknown"}),
        "compare_dates": lawmodel.compare_dates(law(), cook, WHAT),
        "compare_readings": lawmodel.compare_readings(law(), cook, WHAT),
        "compare_stages": lawmodel.compare_stages(law(), cook, WHAT),
        "group_tellings": lawmodel.group_tellings(law(), cook, WHAT),
        "found": next(lawmodel.find(law(), WHAT, views)),
        "verdict": lawmodel.prove(law(), law().properties["citizen-is-never-surrendered"]),
        "diff": diff(law(), *views, questions=["citizenship"]),
        "view": views[0],
        "wanted": Wanted("must_refuse", ("cpc-464-1-7",)),
        "fact": law().facts["service"],
        "provision": law().provisions["cpc-464-1-7"],
    }


NAMES = (
    "rulebook", "case", "empty case", "typed case", "answer", "open answer", "ground", "trace", "ask", "change", "why",
    "why_not", "whatif", "turns_on", "compare_dates", "compare_readings", "compare_stages", "group_tellings", "found",
    "verdict", "diff", "view", "wanted", "fact", "provision",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_value_is_shown_in_one_line_hashed_copied_and_sent(name: str) -> None:
    value = values()[name]
    assert len(repr(value)) <= LONGEST_REPR
    assert repr(value).isprintable()
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), copy.copy(value)):  # noqa: S301 - our own
        assert again == value
        assert hash(again) == hash(value)
        assert repr(again) == repr(value)
    assert len({value, copy.copy(value)}) == 1


def test_every_name_is_tried() -> None:
    assert set(values()) == set(NAMES)


def test_what_is_shown_says_what_it_is() -> None:
    shown = {name: repr(value) for name, value in values().items()}
    assert shown["answer"] == "<Answer must_refuse of extradition: 'A serving cook who never fought'>"
    assert shown["open answer"].startswith("<Answer depends: must_refuse or may_grant of extradition")
    assert shown["rulebook"].startswith("<Rulebook 'Extradition and deployment, Russia 2026': 8 questions, ")
    assert shown["case"].startswith("<Case 'A serving cook who never fought': person.citizenships (1), service (1), ")
    assert shown["empty case"] == "<Case nothing given>"
    assert shown["trace"].startswith("<Trace provision ")
    assert shown["verdict"] == "<PropertyVerdict refuted: citizen-is-never-surrendered>"


def test_nothing_in_it_steers_a_terminal() -> None:
    case = Case(title="\x1b[2Ja \u202ecase\n" * 100, facts={"a\x07b": "\x9b31m"})
    assert repr(case).isprintable()
    assert len(repr(case)) <= LONGEST_REPR
    assert one_line("a\u2066b") == "a\\u2066b"
    assert len(one_line("\x1b" * 1000 + ">")) <= LONGEST_REPR


def test_every_part_of_a_value_is_shown_in_one_line() -> None:
    seen: set[type] = set()
    waiting = [value for value in values().values() if isinstance(value, ValueObject)]
    while waiting:
        value = waiting.pop()
        if type(value) in seen:
            continue
        seen.add(type(value))
        assert len(repr(value)) <= LONGEST_REPR, type(value)
        for one in (getattr(value, field.name) for field in fields(value)):  # type: ignore[arg-type]
            parts = one if isinstance(one, tuple) else one.values() if isinstance(one, dict) else [one]
            waiting += [part for part in parts if isinstance(part, ValueObject)]
    assert len(seen) > 40


def test_the_same_case_from_two_files_is_equal_but_for_its_name() -> None:
    (one,) = lawmodel.load_cases(law(), f"{COOK}#discharged")
    other = lawmodel.load_cases(law(), COOK)[1]
    assert one == other
    assert one != lawmodel.load_cases(law(), COOK)[0]


def test_an_interview_is_copied_and_sent_as_it_stands() -> None:
    interview = Interview(law(), "deployment-international")
    interview.do_not_know()
    for again in (pickle.loads(pickle.dumps(interview)), copy.deepcopy(interview)):  # noqa: S301 - our own
        assert again.next() == interview.next()
        assert again.answer() == interview.answer()
        again.give(True)
        assert len(again.asked) == len(interview.asked) + 1
        assert again.back()
    assert repr(interview).startswith("<Interview of deployment-international: 1 asked, possible: ")


def test_problems_are_sent_to_other_processes() -> None:
    for call in (
        lambda: lawmodel.decide(law(), Case(), WHAT, readings={"Combat": "x"}),
        lambda: lawmodel.whatif(law(), Case(), WHAT, ["Combat=x"]),
    ):
        with pytest.raises(lawmodel.ProblemsFound) as found:
            call()
        again = pickle.loads(pickle.dumps(found.value))  # noqa: S301 - our own
        assert (type(again), str(again), again.problems) == (
            type(found.value),
            str(found.value),
            found.value.problems,
        )


def test_a_typed_case_of_any_rulebook_is_sent(tmp_path: Any) -> None:
    (tmp_path / "loans.yaml").write_text(LOANS, encoding="utf-8")
    model: Any = lawmodel.case_model(lawmodel.load_rulebook(tmp_path))
    case = model(closed=True)
    again = pickle.loads(pickle.dumps(case))  # noqa: S301 - our own
    assert (again.to_case(), again) == (case.to_case(), case)


def test_what_a_value_holds_in_full_tells_unequal_values_apart() -> None:
    """The digest of a changed law is made of it: a brief `repr` once made two changes the same law."""
    rulebook = lawmodel.load_rulebook()
    texts = [in_full(one) for section in (rulebook.provisions, rulebook.instruments) for one in section.values()]
    assert len(set(texts)) == len(texts)
    instrument = next(iter(rulebook.instruments.values()))
    first, *others = instrument.steps
    moved = replace(instrument, steps=(replace(first, date=first.date + datetime.timedelta(1)), *others))
    assert repr(moved) == repr(instrument)
    assert in_full(moved) != in_full(instrument)


def test_an_answer_of_today_stays_as_it_was_after_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = lawmodel.load_rulebook()
    case = Case(presume=True)

    clock = SimpleNamespace(today=lambda: datetime.date(2026, 3, 18), fromordinal=datetime.date.fromordinal)
    monkeypatch.setattr("lawmodel.case.valuation.datetime", SimpleNamespace(date=clock))
    answers = [lawmodel.decide(rulebook, case, "extradition") for _ in range(2)]
    kept = pickle.dumps(answers[1])
    before = answers[0].to_json()
    clock.today = lambda: datetime.date(2026, 3, 20)
    assert answers[1].to_json() == before
    assert pickle.loads(kept).to_json() == before  # noqa: S301 - it is our own
    assert lawmodel.decide(rulebook, case, "extradition").to_json() != before
