"""Comparisons as text: what holds of all of them, on every scenario and on random laws."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from lawmodel.answer.comparing.comparison_of_law_text import by_date, by_stage, by_telling
from lawmodel.answer.comparing.comparison_text import by_reading
from rich.console import Console, RenderableType

from lawmodel.answer.console import WIDTH_OF_A_PIPE, write
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.compare_dates import compare_dates
from lawmodel.verbs.compare.compare_readings import compare_readings
from lawmodel.verbs.compare.compare_stages import compare_stages
from lawmodel.verbs.compare.compare_tellings import group_tellings
from tests.chosen_scenarios import chosen_scenarios
from tests.random_rulebooks import QUESTION, RandomLaw, random_laws
from tests.sizes import examples, one_in

RULEBOOK = load_rulebook(rules_folder())
JARGON = re.compile(
    r"\b(literals?|models?|pin(ned)?|unsat|cubes?|primes?|None|True|False|frozenset|Kleene)\b|\{|\}|  +$"
)


def text_of(parts: Iterable[RenderableType], width: int = WIDTH_OF_A_PIPE) -> str:
    stream = io.StringIO()
    write(Console(file=stream, width=width, highlight=False), parts)
    return stream.getvalue()


def texts(rulebook: Rulebook, case: Case, question: str) -> Iterator[str]:
    yield text_of(by_reading(compare_readings(rulebook, case, question)))
    yield text_of(by_date(compare_dates(rulebook, case, question)))
    yield text_of(by_stage(compare_stages(rulebook, case, question)))
    yield text_of(by_telling(group_tellings(rulebook, case, question)))


def check(rulebook: Rulebook, case: Case, question: str) -> None:
    asks = rulebook.questions[question].asks
    for text in texts(rulebook, case, question):
        lines = text.splitlines()
        assert lines[0] == asks
        assert all(len(line) <= WIDTH_OF_A_PIPE and line == line.rstrip() for line in lines)
        said = next(line for line in lines if line.startswith("  "))
        assert said.strip()[0].isupper() or not said.strip()[0].isalpha()
        assert not [line for line in lines if JARGON.search(line.replace(case.title, ""))]
        assert ".." not in text.replace(case.name, "")


@pytest.mark.parametrize("file", one_in(6, chosen_scenarios()), ids=lambda file: file.stem)
def test_every_scenario(file: Path) -> None:
    for case in load_cases(RULEBOOK, file)[:2]:
        for question in case.asked()[:2]:
            check(RULEBOOK, case, question)


@given(random_laws(room=40))
@examples(quick=15, full=30)
def test_random_laws(law: RandomLaw) -> None:
    rulebook = law.rulebook()
    try:
        case = law.case(rulebook)
        compare_readings(rulebook, case, QUESTION)
    except ProblemsFound:
        assume(condition=False)
        raise
    check(rulebook, case, QUESTION)


def test_a_narrow_terminal_breaks_nothing() -> None:
    (file,) = (file for file in chosen_scenarios() if file.name.startswith("04-"))
    case = load_cases(RULEBOOK, file)[0]
    found = compare_readings(RULEBOOK, case, "extradition")
    assert all(len(line) <= 60 for line in text_of(by_reading(found), 60).splitlines())
