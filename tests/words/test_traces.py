"""The trace is data: its English is made of what its JSON holds, and each step has a name by which it is cited."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given

from lawmodel import load_rulebook
from lawmodel.answer.answer import Answer
from lawmodel.case.file import load_cases
from lawmodel.documents.answer import document
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.sheet import questions_of
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.trace import TRUTH_WORDS, FactComparison, HoldingCount, Trace
from lawmodel.render.formats import html
from lawmodel.results.encoder import encode
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.traces import in_sentences
from tests.chosen_scenarios import chosen_scenarios
from tests.commands.every_verb import CASE, LAW
from tests.commands.running import Run
from tests.random_rulebooks import QUESTION, RandomLaw, random_laws
from tests.sizes import examples, one_in

CHECKOUT = Path(__file__).parents[2]
NATIONALITY = CHECKOUT / "examples" / "british-nationality"
COOK = CHECKOUT / "scenarios" / "extradition" / "04-serving-cook.yaml"
COURTS = CHECKOUT / "scenarios" / "deployment" / "25-international-courts.yaml"
FILES = [*chosen_scenarios(), *sorted((NATIONALITY / "cases").glob("*.yaml"))]
TRUTHS = {word: truth for truth, word in TRUTH_WORDS.items()}


@cache
def rulebook_of(file: Path) -> Rulebook:
    return load_rulebook(NATIONALITY / "rules") if NATIONALITY in file.parents else load_rulebook()


def answers(file: Path) -> Iterator[Answer]:
    """Every answer on the cases of a file: as they are, and with three readings left open."""
    rulebook = rulebook_of(file)
    for case in load_cases(rulebook, file):
        for question in questions_of(rulebook, case):
            answer = decide(rulebook, case, question, forward_chaining=False)
            yield answer
            some = dict.fromkeys(answer.bearing[:3], "unknown")
            yield decide(rulebook, case, question, readings=some, forward_chaining=False)


def from_json(plain: dict[str, Any]) -> Trace:
    """A step, by its JSON alone, without its words."""
    parts = {"step", "kind", "holds", "id", "says", "comparison", "count", "because"}
    own = {key: plain[key] for key in plain.keys() - parts}
    counted = plain.get("count")
    count = None if counted is None else HoldingCount(**counted)
    compared = plain.get("comparison")
    if compared is not None:
        bound = compared["bound"]
        held = {one.name: compared.get(one.name) for one in fields(FactComparison)}
        compared = FactComparison(**{**held, "bound": tuple(bound) if isinstance(bound, list) else bound})
    below = tuple(map(from_json, plain.get("because", ())))
    return Trace(plain["kind"], TRUTHS[plain["holds"]], "", plain.get("id"), below, own, plain["step"], compared, count)


def assert_its_words_are_in_its_data(answer: Answer) -> None:
    plain = json.loads(json.dumps(encode(answer.trace)))
    told = [in_sentences(answer.rulebook, from_json(step)) for step in plain]
    assert told == list(answer.trace), answer.case


def assert_each_step_has_a_name(answer: Answer) -> None:
    for provision in answer.trace:
        names = Counter(step.step for step in provision.walk())
        assert names.most_common(1)[0][1] == 1, names.most_common(3)
        assert all(name == provision.id or name.startswith(f"{provision.id}.") for name in names)


@pytest.mark.parametrize("file", one_in(30, FILES), ids=lambda file: file.stem)
def test_english_is_made_of_the_json_alone(file: Path) -> None:
    for answer in answers(file):
        assert_its_words_are_in_its_data(answer)
        assert_each_step_has_a_name(answer)


@given(random_laws())
@examples(quick=10, full=150)
def test_english_of_random_law_is_made_of_the_json_alone(law: RandomLaw) -> None:
    rulebook = law.rulebook()
    try:
        answer = decide(rulebook, law.case(rulebook), QUESTION, forward_chaining=False)
    except ProblemsFound:
        assume(condition=False)
        raise
    assert_its_words_are_in_its_data(answer)
    assert_each_step_has_a_name(answer)


def step_by(answer: Answer, says: str) -> dict[str, Any]:
    """The JSON of the first step that says so."""

    def all_of(plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield plain
        for child in plain.get("because", ()):
            yield from all_of(child)

    steps = (step for plain in encode(answer.trace) for step in all_of(plain))
    return next(step for step in steps if step.get("says") == says)


@pytest.fixture(scope="module")
def cook() -> Answer:
    rulebook = load_rulebook()
    return decide(rulebook, load_cases(rulebook, COOK)[0], "extradition", forward_chaining=False)


def test_a_number_and_its_bound_are_data(cook: Answer) -> None:
    compared = step_by(cook, "a Russian maximum of 60 months (more than 12)")["comparison"]
    assert (compared["fact"], compared["value"], compared["bound"]) == ("offence.max_penalty_months", 60, 12)
    assert compared["operator"] in ("less than", "at most")


def test_a_day_and_its_bound_are_data(cook: Answer) -> None:
    step = step_by(cook, "on strength from 5 February 2025, before the decision (22 April 2026)")
    assert step["comparison"] == {
        "fact": "service",
        "field": "from",
        "record": 1,
        "operator": "on or before",
        "negated": False,
        "value": "2025-02-05",
        "bound": "2026-04-22",
        "bound_is": "decision.made",
    }
    assert step["step"].startswith("cpc-464-1-7.when.")
    assert ".record-1." in step["step"]


def test_who_chose_a_reading_is_data(cook: Answer) -> None:
    asked = decide(cook.rulebook, load_cases(cook.rulebook, COOK)[0], "extradition", readings={"combat": "everyone"})
    said = "fighting is required only of those who have left"
    assert step_by(cook, said)["chosen_by"] == "default"
    assert step_by(asked, "fighting is required of everyone, of those who serve as well")["chosen_by"] == "asked"
    (tribunal,) = (one for one in load_cases(cook.rulebook, COURTS) if one.variant == "b-special-tribunal")
    left_open = decide(cook.rulebook, tribunal, "deployment", forward_chaining=False)
    assert step_by(left_open, cook.rulebook.readings["authoriser"].title)["chosen_by"] == "nobody"


def test_how_far_a_bill_has_got_is_data() -> None:
    file = CHECKOUT / "scenarios" / "extradition" / "34-every-question-at-once.yaml"
    rulebook = load_rulebook()
    answer = decide(rulebook, load_cases(rulebook, file)[0], "removal", forward_chaining=False)
    law = next(step for root in answer.trace for step in root.walk() if step.standing == "no law")
    assert (law.day, law.reached_on) == ("2026-06-25", "2026-01-21")
    assert "21 January 2026" in law.says


# --- names that stay ----------------------------------------------------------------------------------

ANOTHER = """
  - id: a-arms-0
    question: crossing
    title: Fleets
    citation: Bridge Law s. 0
    text: Armed travellers are refused twice.
    certainty: text
    sources: [{id: bridge-law}]
    enacted_by: bridge-law
    when: {traveller.armed: yes}
    concludes: refused
    disapplies: [arms-1]
tellings:
"""


def names(folder: Path, run: Run, law: str, *arguments: str) -> dict[str, str]:
    """The names of the steps of arms-1, each with what it is about."""
    (folder / "law").mkdir(exist_ok=True)
    (folder / "law" / "bridge.yaml").write_text(law.replace("HOLDS", "no"), encoding="utf-8")
    (folder / "case.yaml").write_text(CASE.replace("OUTCOME", "refused"), encoding="utf-8")
    ran = run("decide", f"{folder}/case.yaml", "--rules", f"{folder}/law", *arguments, "--json")
    assert (ran.code, ran.err) == (0, "")
    (arms,) = (step for step in json.loads(ran.out)["trace"] if step["id"] == "arms-1")
    return {step.step: f"{step.kind} {step.id}" for step in from_json(arms).walk()}


def test_names_do_not_move_when_a_provision_is_added(tmp_path: Path, run: Run) -> None:
    before = names(tmp_path, run, LAW)
    assert before["arms-1.when.1"] == "fact traveller.armed"
    assert before["arms-1.when.2"] == "reading arms"
    after = names(tmp_path, run, LAW.replace("\ntellings:\n", ANOTHER))
    assert after == before | {"arms-1.displaced-by.a-arms-0": "exception a-arms-0"} | {
        name: about for name, about in after.items() if name.startswith("arms-1.displaced-by.a-arms-0.")
    }


def test_names_are_the_same_whether_a_reading_is_open_or_chosen(tmp_path: Path, run: Run) -> None:
    chosen = names(tmp_path, run, LAW, "--reading", "arms=drunk-only")
    still_open = names(tmp_path, run, LAW, "--reading", "arms=unknown")
    assert chosen["arms-1.when.2.drunk-only.1"] == "fact traveller.drunk"
    assert chosen.items() <= still_open.items()


# --- links --------------------------------------------------------------------------------------------


def test_a_link_leads_to_every_step_that_a_page_shows(cook: Answer) -> None:
    page = html.render(document([cook]))
    anchors = re.findall(r' id="([^"]*)"', page)
    assert len(anchors) == len(set(anchors))
    (ground,) = cook.to_json()["grounds"]
    assert ground["steps"]
    for step in ground["steps"]:
        assert step["step"] in anchors
    assert {provision.id for provision in cook.trace} <= set(anchors)
    known = {step.step for provision in cook.trace for step in provision.walk()}
    assert set(anchors) <= known
