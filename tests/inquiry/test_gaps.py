"""What was looked for and not found: said where it could touch an answer or a proof, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.documents.answer import document
from lawmodel.inputs import Value
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.searching.prove import prove
from lawmodel.law_entries.law_view import LawView
from lawmodel.law_entries.standing import LawOn
from lawmodel.problems import ProblemsFound
from lawmodel.render.formats.markdown import render
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.law.document import contested_document
from lawmodel.verbs.law.overview import Contested
from lawmodel.verbs.prove.document import one_verdict
from tests.inquiry.ferry import ferry

GAPS: Final = """
gaps:
  - {id: old-decree, title: a decree on ferries, on: 2026-01-02, where: town, questions: [crossing], outcomes: [free]}
  - id: rich-cargo
    title: a list of prices
    how: not_read
    on: 2026-01-03
    where: the office
    questions: [pass]
    when: {cargo.value: {at_least: 1000}}
  - {id: on-arms, title: a ruling on arms, on: 2026-01-04, where: the courts, provisions: [arms-1], remark: none seen}
  - {id: on-tolls, title: the tariff, on: 2026-01-05, where: the wall, readings: [toll], sources: [{id: gazette}]}
  - {id: publication, title: the publication, on: 2026-01-06, where: the gazette, instruments: [ferry-law]}
properties:
  - id: sober-are-not-told-of
    says: Nobody who is sober is told of.
    question: crossing
    given: {traveller.drunk: no}
    claims: {never_brings: [notice]}
    holds: yes
"""
PEACEFUL: Final[dict[str, Value]] = {
    "passes": ({"from": 1},),
    "traveller.armed": False,
    "traveller.drunk": False,
    "crossing.made": 738000,
}


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"), GAPS)


def asked(law: Rulebook, question: str = "crossing", **changed: Any) -> Answer:
    facts = {**PEACEFUL, **{name.replace("_", "."): value for name, value in changed.items()}}
    return decide(law, Case(facts=facts), question)


def gaps(answer: Answer) -> list[str]:
    return [one.id for one in answer.gaps]


def test_a_gap_about_a_question_touches_answers_with_its_outcomes(law: Rulebook) -> None:
    assert gaps(asked(law)) == ["old-decree", "publication"]
    assert gaps(asked(law, traveller_armed=True)) == ["on-arms", "publication"]
    assert gaps(asked(law, traveller_armed=None)) == ["old-decree", "on-arms", "publication"]


def test_a_gap_with_a_condition_touches_what_may_be_so(law: Rulebook) -> None:
    assert gaps(asked(law, "pass", passes=(), cargo_value=5)) == []
    assert gaps(asked(law, "pass", passes=(), cargo_value=1000)) == ["rich-cargo"]
    assert gaps(asked(law, "pass", passes=(), cargo_value=None)) == ["rich-cargo"]


def test_a_gap_about_a_reading_touches_what_rests_on_it(tmp_path: Path) -> None:
    about = "gaps: [{id: how-severe, title: a ruling, on: 2026-01-04, where: the courts, readings: [severity]}]\n"
    law = ferry(tmp_path, about)
    assert gaps(asked(law, traveller_armed=True)) == ["how-severe"]
    assert gaps(asked(law)) == []


def test_the_answer_says_so_in_a_line_and_in_json(law: Rulebook) -> None:
    answer = asked(law, traveller_armed=None)
    page = render(document([answer]))
    assert "Not found, and it could touch this answer: a decree on ferries" in page
    assert "the publication" in page
    plain = answer.to_json()["gaps"][0]
    assert plain == {"id": "old-decree", "title": "a decree on ferries", "how": "not_found", "on": "2026-01-02"}
    assert "Not read, and it could touch this answer: a list of prices" in render(
        document([asked(law, "pass", passes=(), cargo_value=None)])
    )
    assert asked(law, "weather").to_json()["gaps"] == []


def test_an_answer_for_want_of_a_rule_names_what_was_looked_at(law: Rulebook) -> None:
    answer = asked(law)
    assert (answer.outcome, answer.against) == ("free", ("ferry-law",))
    assert answer.to_json()["against"] == ["ferry-law"]
    assert "No rule speaks, in the instruments that were looked at for it: `ferry-law`" in render(document([answer]))
    armed = asked(law, traveller_armed=True)
    assert armed.against == ()
    assert armed.to_json()["against"] == []


def test_a_proof_names_what_it_was_made_against(law: Rulebook) -> None:
    stated = law.properties["sober-are-not-told-of"]
    verdict = prove(law, stated)
    assert (verdict.holds, verdict.against) == (True, ("ferry-law",))
    assert [one.id for one in verdict.gaps] == ["old-decree", "on-arms", "on-tolls", "publication"]
    page = render(one_verdict(law, verdict))
    assert "the rules of 1 instrument: ferry-law" in page
    assert "Not found, and it could touch this proof: a decree on ferries" in page


def test_what_is_contested_lists_what_is_missing(law: Rulebook) -> None:
    page = render(contested_document(Contested(LawView(law, LawOn(law, law.gaps["publication"].on)))))
    for said in ("a ruling on arms", "the courts; 4 January 2026", "none seen", "crossing, if free is possible"):
        assert said in page.replace("`", "").replace("**", ""), said


WRONG: Final = {
    "no-such-question": ("questions: [crossing]", "questions: [crosing]", "there is no question `crosing`"),
    "no-such-outcome": ("outcomes: [free]", "outcomes: [fre]", "`fre` is no outcome of its `questions`"),
    "no-such-provision": ("provisions: [arms-1]", "provisions: [arms-9]", "there is no provision `arms-9`"),
    "of-nothing": (", instruments: [ferry-law]}", "}", "`publication` touches nothing"),
    "no-day": ("on: 2026-01-05", "on: January", "`January` is not a day"),
    "nowhere": ("where: the courts, ", "", "`where` is missing"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_refused_where_it_stands(name: str, tmp_path: Path) -> None:
    old, new, said = WRONG[name]
    assert GAPS.count(old) == 1
    with pytest.raises(ProblemsFound) as found:
        ferry(tmp_path, GAPS.replace(old, new))
    problem = found.value.problems[0]
    assert problem.message.startswith(said)
    assert problem.column > 1
    before = GAPS[: GAPS.index(old)].count("\n") + 1
    assert problem.line == before


def test_nothing_is_looked_for_after_the_law_is_known(tmp_path: Path) -> None:
    from tests.inquiry.ferry import FERRY

    with pytest.raises(ProblemsFound, match="`rich-cargo` was looked for after that day"):
        ferry(tmp_path, GAPS, law=FERRY.replace("  law_date:", "  as_of: 2026-01-02\n  law_date:", 1))


def test_many_gaps_are_named_and_no_longer_told(tmp_path: Path) -> None:
    each = [
        f"{{id: gap-{n}, title: decree {n}, on: 2026-01-04, where: the press, questions: [crossing]}}" for n in range(5)
    ]
    told = render(document([asked(ferry(tmp_path, f"gaps: [{', '.join(each)}]\n"))]))
    assert "could touch this answer: gap-0, gap-1, gap-2, gap-3, gap-4" in " ".join(told.replace("`", "").split())
    assert "decree 0" not in told
