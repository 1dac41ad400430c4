"""Comparisons as text: what holds of all of them, on every scenario and on random laws."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.render.formats import html, markdown
from lawmodel.render.terminal import WIDEST, Screen, show
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.compare_dates import compare_dates
from lawmodel.verbs.compare.compare_readings import compare_readings
from lawmodel.verbs.compare.compare_stages import compare_stages
from lawmodel.verbs.compare.compare_tellings import group_tellings
from lawmodel.verbs.compare.compared import AnyComparison
from lawmodel.verbs.compare.document import document
from tests.chosen_scenarios import chosen_scenarios
from tests.random_rulebooks import QUESTION, RandomLaw, random_laws
from tests.sizes import examples, one_in

RULEBOOK = load_rulebook(rules_folder())
JARGON = re.compile(
    r"\b(literals?|models?|pin(ned)?|unsat|cubes?|primes?|None|True|False|frozenset|Kleene)\b|\{|\}|  +$"
)


def text_of(found: AnyComparison, width: int = WIDEST) -> str:
    stream = io.StringIO()
    show(document(found), Screen(stream, width), everything=True)
    return stream.getvalue()


def comparisons(rulebook: Rulebook, case: Case, question: str) -> Iterator[AnyComparison]:
    yield compare_readings(rulebook, case, question)
    yield compare_dates(rulebook, case, question)
    yield compare_stages(rulebook, case, question)
    yield group_tellings(rulebook, case, question)


def check(rulebook: Rulebook, case: Case, question: str) -> None:
    for found in comparisons(rulebook, case, question):
        lines = text_of(found).splitlines()
        assert all(len(line) <= WIDEST and line == line.rstrip() for line in lines)
        assert not [line for line in lines if JARGON.search(line.replace(case.title, ""))]
        assert found.sentence[0].isupper()
        assert found.sentence.endswith(".")
        assert ".." not in found.sentence
        assert markdown.render(document(found))
        assert html.render(document(found))


@pytest.mark.parametrize("file", one_in(12, chosen_scenarios()), ids=lambda file: file.stem)
def test_every_scenario(file: Path) -> None:
    for case in load_cases(RULEBOOK, file)[:2]:
        for question in case.asked()[:2]:
            check(RULEBOOK, case, question)


@given(random_laws(room=40))
@examples(quick=6, full=30)
def test_random_laws(law: RandomLaw) -> None:
    rulebook = law.rulebook()
    try:
        case = law.case(rulebook)
        compare_readings(rulebook, case, QUESTION)
    except ProblemsFound:
        assume(condition=False)
        raise
    check(rulebook, case, QUESTION)


@pytest.mark.parametrize("width", [40, 58, 70])
def test_a_narrow_terminal_breaks_nothing(width: int) -> None:
    (file,) = (file for file in chosen_scenarios() if file.name.startswith("04-"))
    case = load_cases(RULEBOOK, file)[0]
    for found in comparisons(RULEBOOK, case, "extradition"):
        text = text_of(found, width)
        assert all(len(line) <= width for line in text.splitlines())
        assert "must be refused" in " ".join(text.split()).lower()
