"""Ladders say what the trace of a provision says, and without a case what the provision asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lawmodel import load_rulebook
from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.document import Ladder, Rung, Truth, plain, text
from lawmodel.documents.case_ladder import ladder_of_case
from lawmodel.documents.law_ladder import ladder_of_law
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.sheet import questions_of
from lawmodel.law_files import scenarios_folder
from lawmodel.reasoning.trace import FactComparison, Trace
from lawmodel.render.pictures.lists import as_list
from lawmodel.rulebook.condition import AllOf, AnyOf, FactIs, NotThis
from lawmodel.words.outline import Outline
from lawmodel.words.traces import asked
from tests.chosen_scenarios import chosen_scenarios
from tests.render.documents import texts_in
from tests.render.drawings import drawn, in_order
from tests.sizes import one_in

RULEBOOK = load_rulebook()
COOK = scenarios_folder() / "extradition/04-serving-cook.yaml"
ITEM = "cpc-464-1-7"
TRUTHS: dict[bool | None, Truth] = {True: "met", False: "not met", None: "not known"}


def answered(case: Case, question: str = "extradition", **asked: object) -> Answer:
    return decide(RULEBOOK, case, question, forward_chaining=False, **asked)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def cook() -> Case:
    return load_cases(RULEBOOK, COOK)[0]


def walk(rungs: Iterable[Rung]) -> Iterator[Rung]:
    for rung in rungs:
        yield rung
        yield from walk(rung.rungs)


def says(ladder: Ladder) -> list[str]:
    return [plain(rung.says) for rung in walk(ladder.rungs)]


def conditions(ladder: Ladder) -> list[Truth]:
    return [rung.truth for rung in ladder.rungs if not any(one.is_end for one in walk((rung,))) and rung.truth]


def together(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return "not met" if "not met" in found else "not known" if "not known" in found else "met"


@pytest.mark.parametrize("file", one_in(12, chosen_scenarios()), ids=lambda file: file.stem)
def test_the_rungs_come_to_what_the_provision_comes_to(file: Path) -> None:
    case = load_cases(RULEBOOK, file)[0]
    for question in questions_of(RULEBOOK, case)[:1]:
        answer = answered(case, question)
        for step in answer.trace:
            ladder = ladder_of_case(answer, str(step.id))
            if step.id not in {one.id for one in answer.grounds}:
                assert together(conditions(ladder)) == TRUTHS[step.truth], step.id
            for one in drawn(ladder):
                in_order(one)


def test_the_cook_gets_through_and_the_readings_are_named(cook: Case) -> None:
    ladder = ladder_of_case(answered(cook), ITEM)
    said = says(ladder)
    assert "No further condition, as these are read: requester, purpose, offence-nexus, pending-requests" in said
    assert "service 1" in said
    ends = {plain(rung.says): rung.truth for rung in walk(ladder.rungs) if rung.is_end}
    assert ends == {"Extradition must be refused": "met", "Extradition may be refused": "not met"}
    assert set(conditions(ladder)) == {"met"}


def test_alternatives_stand_side_by_side_with_what_each_asks_for(cook: Case) -> None:
    rungs = list(walk(ladder_of_case(answered(cook), ITEM).rungs))
    either = next(one for one in rungs if one.joint == "any" and plain(one.rungs[0].says) == "serving at the time")
    assert [one.truth for one in either.rungs] == ["met", "not met"]
    # what is asked for is said, and not its contrary with a cross beside it
    assert [plain(one.says) for one in either.rungs[1].rungs] == [
        "no longer serving at the time",
        "took part in fighting that counts",
    ]


def test_it_ends_where_the_case_fails(cook: Case) -> None:
    ladder = ladder_of_case(answered(cook, readings={"combat": "everyone"}), ITEM)
    failing = [plain(rung.says) for rung in walk(ladder.rungs) if rung.truth == "not met" and not rung.rungs]
    assert "took part in fighting (here: did not take part in fighting)" in failing
    assert {rung.truth for rung in walk(ladder.rungs) if rung.is_end} == {"not met"}
    for one in drawn(ladder):
        assert one.said.count("here it ends") == 1


def test_a_fact_that_fails_says_what_is_asked_for_and_how_it_is() -> None:
    case = load_cases(RULEBOOK, scenarios_folder() / "extradition/34-every-question-at-once.yaml")[0]
    said = says(ladder_of_case(answered(case), "const-63-2"))
    assert any(one.startswith("persecution for political opinions") and "(here: no persecution" in one for one in said)


def test_an_open_reading_has_its_options_side_by_side(cook: Case) -> None:
    ladder = ladder_of_case(answered(cook, readings={"combat": "unknown"}), ITEM)
    rung = next(one for one in walk(ladder.rungs) if plain(one.says).startswith("Reading combat (open)"))
    assert rung.joint == "open"
    assert [plain(one.says).split(":")[0] for one in rung.rungs] == ["if former-only", "if everyone", "if no-one"]
    assert [one.truth for one in rung.rungs] == ["met", "not met", "met"]
    listed = plain_list(ladder)
    assert "one of these is the law, and it is open which" in listed
    for one in drawn(ladder):
        assert "here it ends" not in one.said
        assert "perhaps" in one.classes


def plain_list(ladder: Ladder) -> str:
    return " ".join(texts_in(as_list(ladder)))


def test_of_a_count_it_is_said_how_many_and_not_that_one_is_enough() -> None:
    counted = Rung(
        text("1 of 3 holds (at least 2)"), "not met", "count", (Rung(text("a"), "met"), Rung(text("b"), "not met"))
    )
    assert "enough" not in plain_list(Ladder("a rule", (counted,)))


@pytest.mark.parametrize("folder", ["rules", *(f"examples/{one}/rules" for one in ("british-nationality", "terms"))])
def test_each_provision_has_a_ladder_without_a_case_that_ends_in_what_it_concludes(folder: str) -> None:
    rulebook = load_rulebook(folder)
    for provision in rulebook.provisions.values():
        ladder = ladder_of_law(rulebook, provision, Outline(rulebook))
        assert all(rung.truth is None for rung in walk(ladder.rungs))
        ends = [rung for rung in walk(ladder.rungs) if rung.is_end]
        assert bool(ends) is (provision.concludes is not None or provision.brings is not None), provision.id
        for one in drawn(ladder):
            in_order(one)


def test_what_must_not_be_so_is_said_as_that(cook: Case) -> None:
    presence = says(ladder_of_case(answered(cook), "cpc-462-1-presence"))
    assert presence[0] == "not on Russian territory (here: on Russian territory)"
    step = Trace("concept", False, "a citizen of Russia", "russian", notes={"negated": True})
    assert asked(RULEBOOK, step) == "not a citizen of Russia"
    assert asked(RULEBOOK, replace(step, notes={})) == RULEBOOK.concepts["russian"].yes
    political = FactComparison("offence.political", None, None, "is one of", True, True, (True,))
    assert asked(RULEBOOK, Trace("fact", False, comparison=political)) == "the act is not a political offence"


def test_without_a_case_the_contrary_of_all_is_any_contrary_and_of_any_all() -> None:
    provision = RULEBOOK.provisions[ITEM]
    at = provision.place
    parts = (FactIs("offence.political", ("yes",), at), FactIs("person.consents", ("yes",), at))
    contrary = ["the act is not a political offence", "the person does not want to be surrendered"]
    for stated, joint in ((AllOf(parts, at), "any"), (AnyOf(parts, at), "all")):
        changed = replace(provision, when=NotThis(stated, at), unless=None, concludes=None, enacted_by=None)
        ladder = ladder_of_law(RULEBOOK, changed, Outline(RULEBOOK))
        rungs = ladder.rungs[0].rungs if joint == "any" else ladder.rungs
        assert ladder.rungs[0].joint == joint
        assert [plain(one.says) for one in rungs] == contrary
