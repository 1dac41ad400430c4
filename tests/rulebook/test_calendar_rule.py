"""The calendar rule of a span, or of a rulebook: what it answers, who chooses it, and what is wrong with one."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from lawmodel.case.case import Case
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.distinguishing.mutated_statements import slips_of_date
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.condition import DateName, FactCompared
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.outline import Outline

LAW = """
rulebook: {title: Age, law_date: request.made, CALENDARstages: [{id: valid, says: valid}]}
sources: [{id: act, title: The Act, kind: instrument}]
facts:
  - {id: request.made, type: date, title: the request, phrase: "made on {}", ask: When?}
  - {id: person.born, type: date, title: the birth, phrase: "born on {}", ask: When?}
readings:
  - {id: leap, title: Which day?, why: it is said, certainty: text, options: [{id: february, says: the 28th,
     supported_by: [{id: act}]}, {id: march, says: the first, supported_by: [{id: act}]}]}
dates:
  - {id: grown-up, title: the birthday, reading: leap, february: 1 year after person.born,
     march: {day: 1 year after person.born, leap_day: march_1}, sources: [{id: act}], certainty: text}
questions:
  - {id: age, title: Age, asks: Of age?, outcomes: [{id: young, says: "no", means: young}, {id: old, says: "yes",
     means: old}]}
provisions:
  - {id: act-1, question: age, title: One, citation: Act s. 1, text: Text., certainty: text, sources: [{id: act}],
     when: {request.made: {before: DAY}}, concludes: young}
"""


def law(folder: Path, day: str, calendar: str = "") -> Rulebook:
    said = f"calendar: {{{calendar}}}, " if calendar else ""
    (folder / "rulebook.yaml").write_text(LAW.replace("DAY", day).replace("CALENDAR", said))
    return load_rulebook(folder)


def first_day_of_age(rulebook: Rulebook, born: str) -> str:
    """The first day on which the answer is no longer that the person is young."""
    start = datetime.date.fromisoformat(born).toordinal()
    for day in range(start, start + 370):
        if decide(rulebook, Case(facts={"request.made": day, "person.born": start}), "age").possible == ("old",):
            return datetime.date.fromordinal(day).isoformat()
    raise AssertionError


@pytest.mark.parametrize(
    ("day", "calendar", "born", "first"),
    [
        ("1 year after person.born", "", "2024-02-29", "2025-02-28"),
        ("1 year after person.born", "leap_day: march_1", "2024-02-29", "2025-03-01"),
        ("{day: 1 year after person.born, leap_day: february_28}", "leap_day: march_1", "2024-02-29", "2025-02-28"),
        ("{day: 1 month after person.born, end_of_month: next_day}", "leap_day: march_1", "2025-01-30", "2025-03-01"),
        ("{day: 1 month after person.born, first_day: counted}", "", "2025-01-15", "2025-02-14"),
        ("1 week after person.born", "first_day: counted", "2025-01-15", "2025-01-21"),
        ("{day: 1 week after person.born, first_day: not_counted}", "first_day: counted", "2025-01-15", "2025-01-22"),
        ("11 days after 2025-01-01", "first_day: counted", "2025-01-01", "2025-01-11"),
    ],
)
def test_what_stands_at_the_span_goes_before_the_rule_of_the_rulebook(
    tmp_path: Path, day: str, calendar: str, born: str, first: str
) -> None:
    assert first_day_of_age(law(tmp_path, day, calendar), born) == first


def test_a_reading_chooses_between_two_spans(tmp_path: Path) -> None:
    rulebook = law(tmp_path, "grown-up")
    leap, day = (datetime.date.fromisoformat(one).toordinal() for one in ("2024-02-29", "2025-02-28"))
    case = Case(facts={"person.born": leap, "request.made": day})
    assert decide(rulebook, case, "age").turns_on == (("leap",),)
    assert decide(rulebook, Case(facts={**case.facts, "request.made": day + 1}), "age").possible == ("old",)


def test_a_span_says_by_which_rule_it_is_counted(tmp_path: Path) -> None:
    rulebook = law(tmp_path, "{day: 18 years after person.born, leap_day: march_1, first_day: counted}")
    said = Outline(rulebook).line(rulebook.provisions["act-1"].when).says
    assert said == "the request: earlier than 18 years (first day counted; 29 February: 1 March) after the birth"


def test_a_slip_is_that_the_rule_is_forgotten(tmp_path: Path) -> None:
    stated = law(tmp_path, "{day: 1 day after person.born, first_day: counted}").provisions["act-1"].when
    assert isinstance(stated, FactCompared)
    assert isinstance(stated.date, DateName)
    slips = dict(slips_of_date(stated.date))
    forgotten = slips["calendar rule dropped"]
    assert forgotten.span is not None
    assert (forgotten.span.counts_first, forgotten.calendar) == (False, ())
    assert slips["span off by one"].span is not None
    assert slips["span off by one"].span.count == 2, "nought days have no first one"


@pytest.mark.parametrize(
    ("day", "calendar", "said"),
    [
        ("{day: person.born, first_day: counted}", "", "a calendar rule stands at a day that no span leads to"),
        ("{day: 1 month after person.born, leap_day: march_1}", "", "`leap_day` says nothing of a span of months"),
        ("{day: 1 day after person.born, end_of_month: last_day}", "", "`end_of_month` says nothing of a span of days"),
        ("{day: 1 year after person.born, leap_day: march}", "", "`march` is no `leap_day`"),
        ("{day: 1 year after person.born, leap: march_1}", "", "`leap` cannot stand beside `day`"),
        ("{day: 0 days after person.born, first_day: counted}", "", "0 days have no first day that could count"),
        ("1 day after person.born", "first: counted", "`first` cannot stand here"),
        ("1 day after person.born", "first_day: yes", "`yes` is no `first_day`"),
    ],
)
def test_a_wrong_rule_is_said_at_its_place(tmp_path: Path, day: str, calendar: str, said: str) -> None:
    with pytest.raises(ProblemsFound) as raised:
        law(tmp_path, day, calendar)
    assert [one.message for one in raised.value.problems] == [said]
    assert raised.value.problems[0].line in (2, 18)


def test_a_calendar_without_keys_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "rulebook.yaml").write_text(LAW.replace("DAY", "grown-up").replace("CALENDAR", "calendar: usual, "))
    with pytest.raises(ProblemsFound, match="`calendar` needs keys of its own"):
        load_rulebook(tmp_path)
