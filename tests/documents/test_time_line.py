"""The time line of an answer has every day of the case, the law that bears on it, and the answer where it changes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from lawmodel import compare_dates, load_rulebook
from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.case.values import day_in_words
from lawmodel.document import DayRange, Lane, TimeLine, plain
from lawmodel.documents.time_line import timeline_of
from lawmodel.inputs import DayBounds, GivenValue, is_calendar_day
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.sheet import questions_of
from lawmodel.law_files import scenarios_folder
from lawmodel.render.pictures.lists import as_list
from lawmodel.render.pictures.time_line import days_of
from tests.chosen_scenarios import chosen_scenarios
from tests.render.documents import texts_in
from tests.render.drawings import drawn, in_order
from tests.sizes import one_in

RULEBOOK = load_rulebook()
BRITISH = Path("examples/british-nationality")
COOK = scenarios_folder() / "extradition/04-serving-cook.yaml"


def answered(case: Case, question: str = "extradition", **asked: object) -> Answer:
    return decide(RULEBOOK, case, question, forward_chaining=False, **asked)  # type: ignore[arg-type]


def line_of(answer: Answer) -> TimeLine:
    found = timeline_of(answer)
    assert found is not None
    return found


def told(line: TimeLine) -> str:
    return " ".join(texts_in(as_list(line)))


def lane(line: TimeLine, beginning: str) -> Lane:
    return next(one for one in line.lanes if plain(one.title).startswith(beginning))


def days_in(value: GivenValue) -> Iterator[int]:
    if isinstance(value, DayBounds):
        return
    if isinstance(value, tuple):
        for record in value:
            yield from (day for one in record.values() for day in days_in(one))
    elif is_calendar_day(value) and isinstance(value, int):
        yield value


def stated_days(case: Case) -> set[int]:
    """The days that a case states: of facts that are days, in lists or not."""
    dated = {
        (path, one.id) for path, fact in RULEBOOK.facts.items() for one in (fact.of or (fact,)) if one.sort == "date"
    }
    found: set[int] = set()
    for path, value in case.facts.items():
        if isinstance(value, tuple):
            fields = ({name: one for name, one in record.items() if (path, name) in dated} for record in value)
            found |= set(days_in(tuple(fields)))
        elif (path, path) in dated:
            found |= set(days_in(value))
    return found


@pytest.fixture(scope="module")
def cook() -> Case:
    return load_cases(RULEBOOK, COOK)[0]


@pytest.mark.parametrize("file", one_in(8, chosen_scenarios()), ids=lambda file: file.stem)
def test_each_day_of_a_case_is_told_and_drawn(file: Path) -> None:
    case = load_cases(RULEBOOK, file)[0]
    for question in questions_of(RULEBOOK, case)[:2]:
        found = timeline_of(answered(case, question))
        if found is None:
            assert not stated_days(case)
            continue
        words = told(found)
        assert [day for day in stated_days(case) if day_in_words(day) not in words] == []
        assert stated_days(case) <= {day.toordinal() for day in days_of(found)}
        for one in drawn(found):
            in_order(one)


def test_the_law_behind_a_ground_has_its_steps_and_the_computed_day_is_marked(cook: Case) -> None:
    law = lane(line_of(answered(cook)), "Federal Law No. 50-FZ")
    assert [mark.is_step for mark in law.marks] == [True] * 6 + [False]
    assert [mark.is_doubtful for mark in law.marks] == [False] * 6 + [True]
    assert plain(law.marks[-1].says) == "19 March 2026  in force (computed)"
    day = datetime.date(2026, 3, 19)
    assert law.spans[0].first == DayRange(day, day)
    assert law.spans[0].last is None


def test_law_that_no_provision_behind_the_answer_needs_is_left_out(cook: Case) -> None:
    assert len([one for one in line_of(answered(cook)).lanes if one.spans and one.spans[0].is_law]) == 1


def test_what_lasts_has_its_ends_and_what_is_said_of_it(cook: Case) -> None:
    line = line_of(answered(cook))
    citizenship, service = lane(line, "Citizenship 1"), lane(line, "Service 1")
    assert (citizenship.spans[0].first, citizenship.spans[0].last) == (None, None)
    assert plain(citizenship.remark) == "citizen of Uzbekistan"
    assert plain(service.spans[0].says) == "on strength from 5 February 2025, still serving"
    assert [plain(mark.says) for mark in service.marks] == ["signed on 3 February 2025"]


def test_it_says_when_what_a_ground_asks_for_is_tested(cook: Case) -> None:
    assert "the critical date: 22 April 2026 (CPC Art. 464(1)(7))" in _joined(line_of(answered(cook)))
    request = answered(cook, readings={"critical-date": "request"})
    assert "the critical date: 30 March 2026" in _joined(line_of(request))


def _joined(line: TimeLine) -> str:
    return "".join(texts_in(as_list(line)))


def test_the_answer_by_the_law_of_each_day_is_that_of_the_comparison(cook: Case) -> None:
    found = answered(cook).by_day
    rows = compare_dates(RULEBOOK, cook, "extradition").rows
    told_rows = [(row.first, row.last, row.answer.possible) for row in rows if row.answer is not None]
    iso = [tuple(None if day is None else day.isoformat() for day in (one.first, one.last)) for one in found]
    assert [(*days, one.possible) for days, one in zip(iso, found, strict=True)] == told_rows
    spans = lane(line_of(answered(cook)), "The answer").spans
    assert [plain(span.says) for span in spans] == [
        "may be granted, until 18 March 2026",
        "must be refused, from 19 March 2026",
    ]


def test_it_follows_the_stage_that_is_asked_for(cook: Case) -> None:
    law = lane(line_of(answered(cook, stage="passed_duma")), "Federal Law No. 50-FZ")
    assert [mark.is_step for mark in law.marks] == [True, True, True, False, False, False, False]


def test_a_day_that_is_not_known_lies_between_those_that_the_rulebook_orders_around_it(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "presume: ordinary\nfacts:\n  person:\n    citizenships: [{state: UZ, from: 1999-05-01, to: unknown}]\n"
        "  service: []\n  request: {state: UZ, received: unknown}\n  decision: {made: 2026-04-22}\n",
        encoding="utf-8",
    )
    line = line_of(answered(load_cases(RULEBOOK, file)[0]))
    span = lane(line, "Citizenship 1").spans[0]
    assert span.last == DayRange(datetime.date(1999, 5, 1), None)
    received = next(mark for mark in lane(line, "Days").marks if "receipt" in plain(mark.says))
    assert received.day == DayRange(None, datetime.date(2026, 4, 22))
    assert plain(received.says) == "not known: receipt of the request (to 22 April 2026)"
    for one in drawn(line):
        assert {"unknown", "maybe"} & set(one.classes)
        in_order(one)


def test_the_law_of_another_country_needs_nothing_of_this_one() -> None:
    rulebook = load_rulebook(BRITISH / "rules")
    case = load_cases(rulebook, BRITISH / "cases/10-armed-forces.yaml")[0]
    line = line_of(decide(rulebook, case, "citizenship-by-birth", forward_chaining=False))
    titles = [plain(one.title) for one in line.lanes]
    assert titles == [
        "The answer, by the law of each day",
        "Borders, Citizenship and Immigration Act 2009, sections 42 and 47",
        "Parent 1",
        "Days of the case",
    ]
    assert "born on 13 January 2010" in told(line)


def test_where_nothing_has_a_day_there_is_no_time_line() -> None:
    assert timeline_of(answered(Case(facts={"request.kind": "notice_only"}))) is None


def test_of_what_the_case_leaves_out_only_days_are_told_on_which_the_answer_turns(cook: Case) -> None:
    left = {path: value for path, value in cook.facts.items() if path != "request.received"}
    answer = answered(Case(facts={**left, "decision.made": None}, presume=True))
    turning = {name for group in answer.turns_on for name in group}
    assert "decision.made" in turning
    assert "not known: the decision" in told(line_of(answer))
    assert "appeal" not in told(line_of(answer))
