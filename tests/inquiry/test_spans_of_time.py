"""Terms and ages: a lawyer writes them in a line, and every answer turns on the right day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from lawmodel.case.case import Case
from lawmodel.inquiry.decide import decide
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.serialise import as_written
from tests.inquiry.ferry import FERRY, ferry

TERMS = """
dates:
  - {id: notice, title: the notice, is: {became_law: ferry-law}, sources: [{id: ferry-law}], certainty: text}
  - id: end-of-term
    title: the end of the term
    reading: toll
    high: 10 days after notice
    low: 1 month after 2021-01-31
    sources: [{id: ferry-law}]
    certainty: text
"""

PASS = ({"from": 1, "to": 10_000_000},)
"""A pass that holds on every day."""


def _steps(step: Trace) -> Iterator[Trace]:
    yield step
    for child in step.children:
        yield from _steps(child)


def law(folder: Path, condition: str) -> Rulebook:
    whole = FERRY.replace(
        "when: {traveller.drunk: yes}\n    brings: notice", f"when: {condition}\n    concludes: refused"
    )
    assert whole != FERRY
    return ferry(folder, TERMS, law=whole)


def outcome(rulebook: Rulebook, day: str | None, toll: str = "low") -> tuple[str, ...]:
    made = None if day is None else datetime.date.fromisoformat(day).toordinal()
    facts = {"crossing.made": made, "traveller.armed": False, "traveller.drunk": False, "passes": PASS}
    on = datetime.date(2026, 1, 1)
    return decide(rulebook, Case(facts=facts), "crossing", readings={"toll": toll}, on=on).possible


@pytest.mark.parametrize(
    ("condition", "before", "since"),
    [
        ("{crossing.made: {after: 10 days after 2026-03-01}}", "2026-03-11", "2026-03-12"),
        ("{crossing.made: {on_or_after: 2 weeks before 2026-03-01}}", "2026-02-14", "2026-02-15"),
        ("{crossing.made: {after: 1 month after 2024-01-31}}", "2024-02-29", "2024-03-01"),
        ("{not: {crossing.made: {on_or_before: 18 years before 2022-02-28}}}", "2004-02-28", "2004-02-29"),
        ("{crossing.made: {after: end-of-term}}", "2021-02-28", "2021-03-01"),
        ("{crossing.made: {on_or_after: 1 year after end-of-term}}", "2022-02-27", "2022-02-28"),
    ],
)
def test_the_answer_turns_on_the_day_that_is_counted(tmp_path: Path, condition: str, before: str, since: str) -> None:
    rulebook = law(tmp_path, condition)
    assert outcome(rulebook, before) == ("free",)
    assert outcome(rulebook, since) == ("refused",)
    assert set(outcome(rulebook, None)) == {"refused", "free"}


def test_a_reading_chooses_from_which_day_is_counted(tmp_path: Path) -> None:
    rulebook = law(tmp_path, "{crossing.made: {after: end-of-term}}")
    assert outcome(rulebook, "2021-01-12", "high") == ("refused",)
    assert outcome(rulebook, "2021-01-11", "high") == ("free",)
    assert set(outcome(rulebook, "2021-01-12", "unknown")) == {"refused", "free"}


def test_the_trace_names_the_span_and_the_day(tmp_path: Path) -> None:
    rulebook = law(tmp_path, "{crossing.made: {after: 10 days after 2026-03-01}}")
    made = datetime.date(2026, 3, 12).toordinal()
    case = Case(facts={"crossing.made": made, "traveller.armed": False, "passes": PASS})
    answer = decide(rulebook, case, "crossing", readings={"toll": "low"})
    said = " ".join(one.says for step in answer.trace for one in _steps(step))
    assert "crossed on 12 March 2026, later than 10 days after 1 March 2026 (11 March 2026)" in said


def test_the_days_of_an_instrument_can_be_counted(tmp_path: Path) -> None:
    counted = FERRY.replace("date: 2021-01-01", "date: 11 days after 2020-12-21")
    assert counted != FERRY
    rulebook, plain = ferry(tmp_path, law=counted), ferry(tmp_path, law=FERRY)
    assert as_written(rulebook.instruments["ferry-law"]) == as_written(plain.instruments["ferry-law"])
