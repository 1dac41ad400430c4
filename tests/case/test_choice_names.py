"""A state, and whatever else a rulebook has names for, by its name wherever by its code; days in the one form."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lawmodel import Case, ProblemsFound, Rulebook, case_model, load_rulebook
from lawmodel.case.assignments import FactAssigned, parse_assignment
from lawmodel.case.file import parse_cases
from lawmodel.case.values import NotAValue, decode_text, parse_day
from lawmodel.testing import cases
from lawmodel.verbs.whatif.whatif import whatif
from tests.case.library import TEXT as LOANS


@cache
def law() -> Rulebook:
    return load_rulebook()


def _in_a_file(text: str) -> object:
    return parse_cases(law(), f"facts: {{request: {{state: {text}}}}}")[0].facts["request.state"]


def _assigned(text: str) -> object:
    assigned = parse_assignment(law(), f"request.state={text}")
    assert isinstance(assigned, FactAssigned)
    return assigned.value


def _typed(text: str) -> object:
    model: Any = case_model(law())
    return model(request={"state": text}).to_case().facts["request.state"]


@pytest.mark.parametrize("written", [_in_a_file, _assigned, _typed], ids=["file", "assignment", "typed case"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GB", "GB"),
        ("the United Kingdom", "GB"),
        ("UNITED  kingdom", "GB"),
        ("uzbekistan", "UZ"),
        ("Côte d'Ivoire".replace("ô", "o\u0302"), "CI"),
        ("TU\u0308RKI\u0307YE".replace("I\u0307", "I"), "TR"),
        ("unknown", None),
    ],
)
def test_a_state_by_name(written: Any, text: str, code: str | None) -> None:
    assert written(text) == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("united", "`united` is no value of `request.state`"),
        ("Untied Kingdom", "Did you mean"),
        ("2", "Use a code or a name of the list, or unknown."),
    ],
)
def test_what_is_no_state(text: str, said: str) -> None:
    with pytest.raises(ProblemsFound) as refused:
        parse_assignment(law(), f"request.state={text}")
    assert said in str(refused.value)


def test_phrases_are_no_names(tmp_path: Path) -> None:
    (tmp_path / "loans.yaml").write_text(LOANS.replace("B-2: the second", "B-2: The First"), encoding="utf-8")
    loans = load_rulebook(tmp_path)
    assert decode_text(loans, loans.facts["title.bool"], "norwegian") == "NO"
    with pytest.raises(NotAValue, match=r"names more than one .* Write A1 \(the first\) or B-2 \(The First\)\."):
        decode_text(loans, loans.facts["title.bool"], "first")
    with pytest.raises(NotAValue):  # its choices have phrases, which stand for no value of a file
        decode_text(loans, next(one for one in loans.facts["reader"].of if one.id == "class"), "an adult")


DAYS = {
    "2026-4-2": "Days are written year-month-day, with all their digits: 2026-04-02",
    "2026/04/02": "with all their digits: 2026-04-02",
    "2026-02-30": "`2026-02-30` is not a day of the calendar",
    "2 April 2026": "Write year-month-day, such as 2026-03-19",
    "2.4.2026": "Write year-month-day, such as 2026-03-19",
    "٢٠٢٦-٠٤-٠٢": "is not a day",
}


@pytest.mark.parametrize("text", DAYS)
def test_a_day_says_its_form_wherever_it_is_read(text: str) -> None:
    assert parse_day("2026-04-02") == datetime.date(2026, 4, 2)
    for call in (
        lambda: parse_day(text),
        lambda: parse_cases(law(), f'facts: {{decision: {{made: "{text}"}}}}'),
        lambda: parse_cases(law(), f'on: "{text}"\nfacts: {{}}'),
        lambda: parse_cases(law(), f'facts: {{}}\nexpect: [{{question: extradition, on: "{text}"}}]'),
        lambda: whatif(law(), Case(), "extradition", {"decision.made": text}),
        lambda: cases(law(), "extradition", known={"decision.made": text}),
        lambda: case_model(law())(decision={"made": text}),  # type: ignore[call-arg]
        lambda: case_model(law())(on=text),  # type: ignore[arg-type]
    ):
        with pytest.raises(ValueError) as refused:  # noqa: PT011 - the text is looked at below
            call()
        assert DAYS[text] in str(refused.value)
