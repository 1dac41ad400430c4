"""The answer under the law of every day: each day against `decide`, and why it changes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases, parse_cases
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.compare_dates import compare_dates
from lawmodel.verbs.compare.comparisons import DatedEvent, DayComparison, DayRow
from tests.chosen_scenarios import chosen_scenarios
from tests.inquiry.ferry import FERRY, ferry
from tests.random_rulebooks import QUESTION, STAGES, RandomLaw, random_laws
from tests.sizes import examples, one_in

RULEBOOK = load_rulebook(rules_folder())
FAR = [datetime.date(1000, 1, 1), datetime.date(2500, 1, 1)]


def row_on(found: DayComparison, day: datetime.date) -> DayRow:
    (row,) = (
        row
        for row in found.rows
        if (row.first is None or datetime.date.fromisoformat(row.first) <= day)
        and (row.last is None or day <= datetime.date.fromisoformat(row.last))
    )
    return row


def answered(rulebook: Rulebook, case: Case, question: str, day: datetime.date, stage: str | None) -> Answer | None:
    try:
        return decide(rulebook, case, question, on=day, stage=stage, forward_chaining=False)
    except ProblemsFound:
        return None


def check_days(
    rulebook: Rulebook,
    case: Case,
    question: str,
    days: Iterable[datetime.date],
    found: DayComparison,
    stage: str | None = None,
) -> None:
    """Each day has what `decide` says on it."""
    for day in days:
        row, answer = row_on(found, day), answered(rulebook, case, question, day, stage)
        assert (row.answer is None) == (answer is None), day
        if row.answer is not None and answer is not None:
            assert row.answer.possible == answer.possible, day
            assert set(row.answer.grounds) == {one.id for one in answer.grounds if one.in_every_case}, day
            expected: dict[str, bool] = {}
            for one in (each for each in answer.consequences if each.provision is not None):
                expected[one.id] = expected.get(one.id, False) or one.certain
            assert {one.id: one.certain for one in row.answer.consequences} == expected, day


def check_neighbours(found: DayComparison) -> None:
    """The rows are all days, in their order, and two that are neighbours differ."""
    assert found.rows[0].first is None
    assert found.rows[-1].last is None
    for before, now in pairwise(found.rows):
        last, first = (datetime.date.fromisoformat(str(day)) for day in (before.last, now.first))
        assert last + datetime.timedelta(1) == first
        assert (before.answer, before.excluded_by) != (now.answer, now.excluded_by)


def around(found: DayComparison) -> list[datetime.date]:
    """The days on which the answer changes, and those next to them."""
    changes = [datetime.date.fromisoformat(row.first) for row in found.rows if row.first is not None]
    return sorted({day + datetime.timedelta(step) for day in changes for step in (-2, -1, 0, 1)})


@given(random_laws(room=40), st.booleans(), st.sampled_from(STAGES))
@examples(quick=6, full=30)
def test_every_day_has_the_answer_of_its_row(law: RandomLaw, left_out: bool, stage: str) -> None:
    rulebook = law.rulebook()
    if left_out:  # the day of the law then dates the decision as well
        law = replace(law, facts={path: value for path, value in law.facts.items() if path != "order.decided"})
    try:
        case = law.case(rulebook)
        found = compare_dates(rulebook, case, QUESTION, stage=stage)
    except ProblemsFound:
        assume(condition=False)
        raise
    check_neighbours(found)
    window = [datetime.date.fromordinal(number) for number in range(94, 109)]
    check_days(rulebook, case, QUESTION, [*window, *FAR], found, stage)


@pytest.mark.parametrize("file", one_in(8, chosen_scenarios()), ids=lambda file: file.stem)
def test_the_days_around_each_change_in_the_scenarios(file: Path) -> None:
    case = load_cases(RULEBOOK, file)[0]
    for question in case.asked()[:2]:
        found = compare_dates(RULEBOOK, case, question)
        check_neighbours(found)
        check_days(RULEBOOK, case, question, [*around(found), *FAR], found)


def case_of(name: str, variant: str | None = None) -> Case:
    (file,) = (file for file in chosen_scenarios() if file.name.startswith(name))
    (case,) = (case for case in load_cases(RULEBOOK, file) if case.variant == variant)
    return case


def days(found: DayComparison) -> list[tuple[str | None, str | None, tuple[str, ...] | None]]:
    return [(row.first, row.last, None if row.answer is None else row.answer.possible) for row in found.rows]


def dated(found: DayComparison) -> DatedEvent:
    """The one thing that happens to an instrument on the first day of the second row."""
    ((event,),) = found.rows[1].because
    assert isinstance(event, DatedEvent)
    return event


def test_a_law_that_comes_into_force() -> None:
    found = compare_dates(RULEBOOK, case_of("04"), "extradition")
    assert days(found) == [(None, "2026-03-18", ("may_grant",)), ("2026-03-19", None, ("must_refuse",))]
    assert [row.of_case for row in found.rows] == [False, True]
    change = dated(found)
    assert (change.kind, change.id, change.date, change.certainty) == ("begins", "law-50-fz", "2026-03-19", "derived")
    assert change.remark is not None
    assert "ten full days" in change.remark


def test_at_an_earlier_stage_it_begins_earlier() -> None:
    found = compare_dates(RULEBOOK, case_of("04"), "extradition", stage="passed_duma")
    assert days(found)[1] == ("2026-02-26", None, ("must_refuse",))
    change = dated(found)
    assert change.says == "Federal Law No. 50-FZ of 8 March 2026 is passed by the State Duma"
    assert change.certainty == "text"


def test_a_law_that_ends() -> None:
    found = compare_dates(RULEBOOK, case_of("interim-measures"), "extradition")
    events = [event for row in found.rows for together in row.because for event in together]
    ended = [event for event in events if isinstance(event, DatedEvent) and event.kind == "ends"]
    assert [(change.id, change.date) for change in ended] == [("echr", "2022-09-16")]


def test_a_period_of_the_case_that_begins_and_ends() -> None:
    found = compare_dates(RULEBOOK, case_of("stateless-route", "discharged-in-october"), "citizenship")
    because = [[[change.id for change in together] for together in row.because] for row in found.rows]
    assert because == [[], [["service[1].from"]], [["service[1].to"]]]
    assert found.rows[1].because[0][0].says == "service 1: on strength from 21 July 2025"


def test_a_window_and_another_day_that_is_marked() -> None:
    first, last = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
    on = datetime.date(2026, 3, 18)
    found = compare_dates(RULEBOOK, case_of("04"), "extradition", first=first, last=last, on=on)
    assert days(found) == [("2026-01-01", "2026-03-18", ("may_grant",)), ("2026-03-19", "2026-12-31", ("must_refuse",))]
    assert [row.of_case for row in found.rows] == [True, False]
    later = compare_dates(RULEBOOK, case_of("04"), "extradition", first=datetime.date(2026, 4, 1))
    assert days(later) == [("2026-04-01", None, ("must_refuse",))]
    assert later.rows[0].because == ()  # nothing changes on the day on which the window begins


def test_a_day_of_the_law_that_is_not_known_marks_nothing() -> None:
    found = compare_dates(RULEBOOK, case_of("decision-day-unknown"), "extradition")
    assert found.law.date is None
    assert not any(row.of_case for row in found.rows)
    assert [row.first for row in found.rows] == [None, "2026-03-19"]


# --- the ferry -------------------------------------------------------------------------------------------

CHANGING = FERRY.replace(
    "      - {stage: drafted, date: 2020-01-10, certainty: report}\n"
    "      - {stage: valid, date: 2021-01-01, certainty: text}\n",
    "      - {stage: drafted, date: 2020-01-10, certainty: report, version: old}\n"
    "      - {stage: valid, date: 2021-01-01, certainty: text, version: new,\n"
    "         disputed_by: [{id: gazette, says: the year before, at: p. 7}]}\n",
).replace(
    "    when: {traveller.drunk: yes}\n    brings: notice\n",
    "    when: {all: [{traveller.drunk: yes}, {law: {instrument: ferry-law, version: new}}]}\n    brings: notice\n",
)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"))


@pytest.mark.parametrize("passes", ["[]", "unknown", "[{from: 2020-06-01, to: unknown}]", "[{from: unknown}]"])
@pytest.mark.parametrize("made", ["", "crossing: {made: 2021-05-01}, ", "crossing: {made: unknown}, "])
def test_each_day_of_the_ferry(law: Rulebook, passes: str, made: str) -> None:
    case = parse_cases(law, f"facts: {{{made}traveller: {{armed: yes, drunk: unknown}}, passes: {passes}}}")[0]
    found = compare_dates(law, case, "crossing")
    check_neighbours(found)
    check_days(law, case, "crossing", [*around(found), *FAR], found)


def test_another_wording_and_who_disputes_its_date(tmp_path: Path) -> None:
    law = ferry(tmp_path, law=CHANGING)
    case = Case(facts={"passes": ({"from": 1},), "traveller.armed": False, "traveller.drunk": True})
    found = compare_dates(law, case, "crossing", readings={"toll": "low"}, stage="drafted")
    assert [(row.first, [one.id for one in row.answer_if_any.consequences]) for row in found.rows] == [
        (None, ["receipt"]),
        ("2021-01-01", ["notice", "receipt"]),
    ]
    change = dated(found)
    assert (change.kind, change.says, change.certainty) == ("wording", "Ferry Law has the wording new", "disputed")
    assert change.remark == "gazette p. 7 has the year before"


ORDERED = """
rulebook: {title: Post, law_date: letter.answered, stages: [{id: in_force, says: in force}]}
sources: [{id: rules, title: Rules, kind: instrument}]
facts:
  - {id: letter.came, type: date, title: coming, phrase: "came on {}", ask: When?}
  - {id: letter.answered, type: date, title: answer, phrase: "answered on {}", ask: When?}
consistency:
  - {order: [letter.came, letter.answered], says: an answer comes after the letter}
questions:
  - id: late
    title: Late
    asks: Is it late?
    outcomes: [{id: late, says: yes, means: it is late}, {id: in_time, says: no, means: it is in time}]
provisions:
  - id: spring
    question: late
    title: Answered too late
    citation: Rules s. 1
    text: A letter is late if it is answered after the tenth of March.
    certainty: text
    sources: [{id: rules}]
    when: {letter.answered: {after: 2020-03-10}}
    concludes: late
"""


def test_days_that_the_case_excludes(tmp_path: Path) -> None:
    law = ferry(tmp_path, law=ORDERED)
    case = parse_cases(law, "facts: {letter: {came: 2020-03-05}}")[0]
    found = compare_dates(law, case, "late", on=datetime.date(2020, 3, 10))
    assert days(found) == [
        (None, "2020-03-04", None),
        ("2020-03-05", "2020-03-10", ("in_time",)),
        ("2020-03-11", None, ("late",)),
    ]
    assert found.rows[0].excluded_by == "an answer comes after the letter"
    assert found.rows[1].because == ()
    assert [[change.kind for change in together] for together in found.rows[2].because] == [["day"]]


def test_a_fact_that_is_the_same_as_the_day_of_the_law_moves_with_it(tmp_path: Path) -> None:
    sent = (
        '  - {id: letter.sent, type: date, title: T, phrase: "sent {}", ask: T?, left_out: {same_as: letter.answered}}'
    )
    text = ORDERED.replace("consistency:", f"{sent}\nconsistency:").replace("answered: {after", "sent: {after")
    law = ferry(tmp_path, law=text)
    found = compare_dates(law, parse_cases(law, "facts: {}")[0], "late", on=datetime.date(2020, 3, 10))
    assert days(found) == [(None, "2020-03-10", ("in_time",)), ("2020-03-11", None, ("late",))]
    assert [[change.kind for change in together] for together in found.rows[1].because] == [["day"]]


def test_a_case_that_contradicts_itself_on_every_day_is_refused(tmp_path: Path) -> None:
    law = ferry(tmp_path, law=ORDERED)
    came, answered_on = (datetime.date(2020, 3, day).toordinal() for day in (5, 1))
    case = Case(facts={"letter.came": came, "letter.answered": answered_on})
    with pytest.raises(ProblemsFound, match="an answer comes after the letter"):
        compare_dates(law, case, "late")
