"""Sheets of `lawmodel decide`: four of them word for word, and what holds of all.

After a change that is meant, write the golden files anew with ``pytest tests/verbs/decide --renew-golden``, and read
the difference before you commit it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from lawmodel import load_rulebook
from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.document import Document
from lawmodel.documents.answer import brief_document, document, rows_document
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.sheet import questions_of
from lawmodel.render.terminal import WIDEST, show
from tests.chosen_scenarios import chosen_scenarios
from tests.sizes import one_in

RULEBOOK = load_rulebook()
FILES = chosen_scenarios()
GOLDEN = Path(__file__).parent / "golden"
UNWRAPPED = 2000


def cases_in(file: Path) -> list[Case]:
    """The cases of a file, under names that do not depend on where it lies."""
    return [replace(case, name=case.name.replace(str(file), file.name)) for case in load_cases(RULEBOOK, file)]


def answers(case: Case) -> list[Answer]:
    """Without forward chaining, since not every Python can import it, and the sheet names the engines."""
    asked = questions_of(RULEBOOK, case)
    return [decide(RULEBOOK, case, question, forward_chaining=False) for question in asked]


def shown(told: Document, width: int = WIDEST, *, everything: bool = False) -> str:
    stream = io.StringIO()
    show(told, Console(file=stream, width=width, highlight=False), everything=everything)
    return stream.getvalue()


@pytest.mark.parametrize(("number", "variant"), [(4, "base"), (25, "b-special-tribunal"), (28, "base"), (34, "base")])
def test_it_reads_as_it_did(number: int, variant: str, renew_golden: bool) -> None:
    file = next(file for file in FILES if file.name.startswith(f"{number:02}-"))
    case = next(case for case in cases_in(file) if (case.variant or "base") == variant)
    golden = GOLDEN / f"{number:02}-{variant}.txt"
    found = shown(document(answers(case)))
    if renew_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found.splitlines() == golden.read_text(encoding="utf-8").splitlines(), "pytest --renew-golden renews it"


def test_eight_questions_fit_on_a_page() -> None:
    file = next(file for file in FILES if file.name.startswith("34-"))
    assert len(shown(document(answers(cases_in(file)[0]))).splitlines()) < 80


# --- all cases that come with the program -------------------------------------------------------------


@pytest.fixture(scope="module", params=one_in(15, FILES), ids=lambda file: file.stem)
def answered(request: pytest.FixtureRequest) -> list[list[Answer]]:
    """The answers on each case of a file: worked out once, since pytest runs the tests of one file together."""
    return [answers(case) for case in cases_in(request.param)]


def documents(answered: list[list[Answer]]) -> Iterator[Document]:
    """Every form in which answers are told."""
    for of_case in answered:
        yield from (document([answer]) for answer in of_case)
        yield from (brief_document([answer]) for answer in of_case)
        yield from (document(of_case), brief_document(of_case), rows_document(of_case, "Variants"))


def test_no_line_is_too_long_or_ends_in_blanks(answered: list[list[Answer]]) -> None:
    for told in documents(answered):
        for width in (60, 80):
            for line in shown(told, width).splitlines():
                assert line == line.rstrip()
                assert len(line) <= width, line


def test_the_sheet_says_what_the_answer_is(answered: list[list[Answer]]) -> None:
    for answer in (answer for of_case in answered for answer in of_case):
        asked = RULEBOOK.questions[answer.question]
        sheet, brief = shown(document([answer]), UNWRAPPED), shown(brief_document([answer]), UNWRAPPED)
        everything = shown(document([answer]), UNWRAPPED, everything=True)
        for text in (sheet, brief):
            assert (asked.subject or asked.title).rstrip(",").upper() in text
            assert ("IT DEPENDS" in text) is not answer.determined
        if answer.outcome is not None:
            assert str(asked.outcome(answer.outcome).predicate).upper() in sheet
        assert all(f"Ground  {ground.citation}" in sheet for ground in answer.grounds)
        assert all(one.says in sheet for one in answer.assumes)
        assert all(one.asks in everything for one in answer.depends_on)
        assert all(one.citation in everything for one in answer.not_met)
        assert answer.header.program.name in everything


def test_nothing_unknown_is_marked_where_a_ground_is_certain(answered: list[list[Answer]]) -> None:
    for answer in (answer for of_case in answered for answer in of_case):
        for ground in answer.grounds:
            if ground.in_every_case:
                steps = answer.carrying(ground.id)
                assert all(step.truth is not False for step in steps), (answer.case, answer.question)
