"""One person, every question: which questions a case speaks to, and where one answer feeds another."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case, Expectation
from lawmodel.case.file import load_cases
from lawmodel.inputs import NO_DAY, Value
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.sheet import Feed, feeds, questions_of
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.uses import EntryNode, Uses
from lawmodel.verbs.lint.checks import unasked_fact
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from tests.inquiry.ferry import FERRY, TELLINGS, ferry

NATURALISATION = Path(__file__).parents[2] / "scenarios" / "feeding" / "naturalisation.yaml"
DAY = datetime.date(2022, 5, 1)
QUESTIONS = ("crossing", "pass")
PASSENGER: dict[str, Value] = {"passes": (), "traveller.armed": False, "traveller.drunk": False}
RICH: dict[str, Value] = {**PASSENGER, "cargo.value": 5000}


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"), TELLINGS)


# --- the questions of a case -------------------------------------------------------------------------


def test_the_questions_that_a_case_names(law: Rulebook) -> None:
    case = Case(facts=PASSENGER, questions=("weather",), expectations=(Expectation(question="pass"),))
    assert questions_of(law, case) == ("weather",)


def test_else_those_that_it_expects_an_answer_to(law: Rulebook) -> None:
    expected = (Expectation(question="pass"), Expectation(question="pass"), Expectation(question="crossing"))
    assert questions_of(law, Case(facts=PASSENGER, expectations=expected)) == ("pass", "crossing")


@pytest.mark.parametrize(
    ("given", "questions"),
    [
        ({"traveller.armed": True}, ("crossing",)),
        ({"cargo.value": None}, ("pass",)),  # unknown, but spoken of
        ({"passes": ()}, ("crossing", "pass")),
        ({"traveller.armed": True, "cargo.value": 7}, ("crossing", "pass")),
    ],
)
def test_else_those_on_which_its_facts_bear(law: Rulebook, given: dict[str, Value], questions: tuple[str, ...]) -> None:
    assert questions_of(law, Case(facts=given)) == questions
    assert questions_of(law, Case(facts={"crossing.made": DAY.toordinal(), **given})) == questions


@pytest.mark.parametrize("given", [{}, {"crossing.made": DAY.toordinal()}, {"cargo.limit": 3}])
def test_and_all_where_none_is_spoken_to(law: Rulebook, given: dict[str, Value]) -> None:
    assert questions_of(law, Case(facts=given)) == ("crossing", "pass", "weather")


# --- what feeds what ---------------------------------------------------------------------------------


def fed(law: Rulebook, facts: dict[str, Value], questions: Sequence[str] = QUESTIONS, **how: Any) -> list[Feed]:
    """Where the answers on a case feed each other."""
    case = Case(facts=facts)

    def ask(one: Case, question: str) -> Answer:
        return decide(law, one, question, **how)

    return list(feeds(law, case, [ask(case, question) for question in questions], ask))


def changes(feed: Feed) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The possible outcomes before and after, by question."""
    return {before.question: (before.possible, after.possible) for before, after in feed.changed}


def test_an_outcome_changes_other_answers_and_its_own(law: Rulebook) -> None:
    (feed,) = fed(law, RICH, on=DAY)
    assert (feed.question, feed.outcome, feed.says) == ("pass", "earned", "the pass is issued")
    assert changes(feed) == {"crossing": (("delayed",), ("free",)), "pass": (("earned",), ("held",))}


def test_the_record_begins_on_the_day_of_the_law(law: Rulebook) -> None:
    (feed,) = fed(law, RICH, on=DAY)
    (before, after) = next(pair for pair in feed.changed if pair[0].question == "crossing")
    assert (before.law_date, after.law_date) == ("2022-05-01", "2022-05-01")
    steps = [step.says for tree in after.trace for step in tree.walk()]
    assert any("from 1 May 2022" in says for says in steps)


def test_only_the_questions_asked_are_compared(law: Rulebook) -> None:
    (feed,) = fed(law, RICH, ("pass",), on=DAY)
    assert set(changes(feed)) == {"pass"}
    assert fed(law, RICH, ("crossing", "weather"), on=DAY) == []


def test_an_outcome_that_is_merely_possible_feeds_too(law: Rulebook) -> None:
    (feed,) = fed(law, {**PASSENGER, "cargo.value": None}, on=DAY)
    assert feed.outcome == "earned"
    assert changes(feed)["pass"] == (("earned", "none"), ("held",))


def test_other_outcomes_lead_nowhere(law: Rulebook) -> None:
    assert fed(law, {**PASSENGER, "cargo.value": 3}, on=DAY) == []
    assert fed(law, {**RICH, "passes": ({"from": 1},)}, on=DAY) == []  # held already


def test_an_answer_that_stands_all_the_same_is_not_among_the_changed(law: Rulebook) -> None:
    sure: dict[str, Value] = {**RICH, "traveller.armed": True}
    (feed,) = fed(law, sure, ("crossing", "pass"), on=DAY, readings={"severity": "strict"})
    assert set(changes(feed)) == {"pass"}  # refused for the arms, pass or not


def test_nothing_changes_where_the_record_is_no_help(tmp_path: Path) -> None:
    law = ferry(tmp_path, law=FERRY.replace("record: {from: law-date}", "record: {from: 2030-01-01}"))
    (feed,) = fed(law, RICH, on=DAY)
    assert feed.changed == ()


def test_an_unknown_list_is_not_added_to(law: Rulebook) -> None:
    assert fed(law, {**RICH, "passes": None}, on=DAY) == []
    assert fed(law, {name: value for name, value in RICH.items() if name != "passes"}, on=DAY) == []


def test_on_an_unknown_day_nothing_is_added(law: Rulebook) -> None:
    assert fed(law, {**RICH, "crossing.made": None}) == []
    assert len(fed(law, {**RICH, "crossing.made": None}, on=DAY)) == 1


def test_a_record_that_contradicts_the_days_of_the_case_is_passed_over(tmp_path: Path) -> None:
    law = ferry(tmp_path, law=FERRY.replace("record: {from: law-date}", "record: {from: law-date, to: 2021-12-31}"))
    assert fed(law, RICH, on=DAY) == []
    assert len(fed(law, RICH, on=datetime.date(2021, 12, 31))) == 1


def test_the_case_is_left_as_it_was(law: Rulebook) -> None:
    case = Case(facts=RICH)
    before = replace(case)
    answers = [decide(law, case, "pass", on=DAY)]
    list(feeds(law, case, answers, lambda one, question: decide(law, one, question, on=DAY)))
    assert case == before


def test_answers_are_fed_under_the_readings_and_the_telling_they_were_given_under(law: Rulebook) -> None:
    armed: dict[str, Value] = {**RICH, "traveller.armed": True, "traveller.drunk": True}
    (feed,) = fed(law, armed, on=DAY, told_by="gazette")  # refuses whoever is armed and drunk
    assert "crossing" not in changes(feed)
    (feed,) = fed(law, armed, on=DAY, told_by="gazette", readings={"arms": "carried", "severity": "mild"})
    assert "crossing" in {after.question for _, after in feed.changed}
    assert all(after.told_by == "gazette" for _, after in feed.changed)


# --- what is taken from a fact ------------------------------------------------------------------------

DELIVERED = """  - id: pass.delivered
    type: date
    title: delivery
    phrase: "delivered on {}"
    words: {never: {means: no_day, says: never delivered}}
    left_out: LEFT_OUT
    ask: When?
"""


def delivering(folder: Path, left_out: str = "unknown") -> Rulebook:
    """The ferry, where a pass that is earned begins with its delivery."""
    facts = DELIVERED.replace("LEFT_OUT", left_out)
    law = FERRY.replace("record: {from: law-date}", "record: {from: pass.delivered}")
    return ferry(folder, law=law.replace("facts:\n", f"facts:\n{facts}", 1))


def test_a_record_begins_on_the_day_of_a_fact(tmp_path: Path) -> None:
    law = delivering(tmp_path)
    (feed,) = fed(law, {**RICH, "pass.delivered": DAY.toordinal()}, on=DAY)
    assert changes(feed) == {"crossing": (("delayed",), ("free",)), "pass": (("earned",), ("held",))}
    (feed,) = fed(law, {**RICH, "pass.delivered": DAY.toordinal() + 1}, on=DAY)
    assert feed.changed == ()  # delivered a day too late for today's crossing


def test_what_is_not_known_of_the_fact_is_not_known_of_the_record(tmp_path: Path) -> None:
    law = delivering(tmp_path)
    for facts in ({**RICH, "pass.delivered": None}, RICH):
        (feed,) = fed(law, facts, on=DAY)
        assert changes(feed) == {
            "crossing": (("delayed",), ("delayed", "free")),
            "pass": (("earned",), ("held", "earned")),
        }


def test_a_day_that_never_comes_leads_to_nothing(tmp_path: Path) -> None:
    assert fed(delivering(tmp_path), {**RICH, "pass.delivered": NO_DAY}, on=DAY) == []


def test_a_fact_that_is_left_out_has_what_that_means(tmp_path: Path) -> None:
    (feed,) = fed(delivering(tmp_path, "{same_as: crossing.made}"), {**RICH, "crossing.made": DAY.toordinal()})
    assert changes(feed)["pass"] == (("earned",), ("held",))
    assert fed(delivering(tmp_path, "never"), RICH, on=DAY) == []


def test_a_field_that_has_a_word_for_it_can_be_a_day_that_never_comes(tmp_path: Path) -> None:
    law = FERRY.replace("record: {from: law-date}", "record: {from: law-date, to: pass.delivered}")
    law = law.replace("facts:\n", "facts:\n" + DELIVERED.replace("LEFT_OUT", "unknown"), 1)
    law = law.replace("words: {still:", "words: {never: {means: no_day, says: not valid any more}, still:")
    (feed,) = fed(ferry(tmp_path, law=law), {**RICH, "pass.delivered": NO_DAY}, on=DAY)
    assert feed.changed == ()  # it is valid on no day


def test_a_fact_of_another_type_is_named_by_same_as(tmp_path: Path) -> None:
    law = FERRY.replace("{from: law-date}", "{from: law-date, worth: {same_as: cargo.value}}").replace(
        "    of:\n      - {id: from,",
        """    of:
      - {id: worth, type: number, title: worth, phrase: "worth {}", ask: Worth?}
      - {id: from,""",
    )
    law = law.replace(
        "such_that: {all: [{from: {on_or_before: at}}",
        "such_that: {all: [{worth: {at_least: 2000}}, {from: {on_or_before: at}}",
    )
    lawbook = ferry(tmp_path, law=law)
    assert "pass" in changes(fed(lawbook, RICH, on=DAY)[0])
    assert fed(lawbook, {**RICH, "cargo.value": 1500}, on=DAY)[0].changed == ()


def test_the_fact_is_used_by_the_outcome_and_decides_no_answer(tmp_path: Path) -> None:
    law = delivering(tmp_path)
    uses, delivered = Uses(law), EntryNode("fact", "pass.delivered")
    assert uses.users(delivered) == (EntryNode("outcome", "earned"),)
    assert uses.provisions(delivered) == ()
    assert not any("pass.delivered" in one.message for one in unasked_fact.check(SurveyedLaw(law)))


WRONG = {
    "an-unknown-day": ("from: pass.deliverd", "`pass.deliverd` is neither a day, nor a word of `from`, nor a fact"),
    "another-type": ("from: {same_as: cargo.value}", "`cargo.value` is a number fact, and `from` a date fact"),
    "no-fact": ("from: {same_as: pass.deliverd}", "there is no fact `pass.deliverd`"),
    "a-word-too-many": ("from: pass.lasting", "`pass.lasting` may be `ever`, which `from` cannot be"),
    "another-key": ("from: {same: pass.delivered}", "`same_as` is missing"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_taken_is_refused_where_it_stands(name: str, tmp_path: Path) -> None:
    written, said = WRONG[name]
    facts = DELIVERED.replace("LEFT_OUT", "unknown")
    facts += facts.replace("pass.delivered", "pass.lasting").replace(
        "never: {means: no_day, says: never delivered}", "ever: {means: after_every_day, says: for ever}"
    )
    law = FERRY.replace("from: law-date}", written + "}").replace("facts:\n", f"facts:\n{facts}", 1)
    with pytest.raises(ProblemsFound) as found:
        ferry(tmp_path, law=law)
    problem = found.value.problems[0]
    assert said in problem.message
    line = law.splitlines()[problem.line - 1]
    assert line.strip().startswith("leads_to")
    assert problem.column > line.index("record: {")


# --- the law that comes with the program -------------------------------------------------------------


@pytest.fixture(scope="module")
def supplied() -> Rulebook:
    return load_rulebook(rules_folder())


def variant(supplied: Rulebook, name: str) -> Case:
    return next(case for case in load_cases(supplied, NATURALISATION) if case.variant == name)


def test_naturalisation_feeds_what_the_variant_after_it_expects(supplied: Rulebook) -> None:
    before, naturalised = variant(supplied, "before"), variant(supplied, "naturalised")

    def ask(case: Case, question: str) -> Answer:
        return decide(supplied, case, question)

    (feed,) = feeds(supplied, before, [ask(before, name) for name in questions_of(supplied, before)], ask)
    assert (feed.question, feed.outcome) == ("citizenship", "simplified")
    assert {after.question for _, after in feed.changed} == set(questions_of(supplied, before))
    for _, after in feed.changed:
        then = ask(naturalised, after.question)
        assert (after.outcome, [one.id for one in after.grounds]) == (then.outcome, [one.id for one in then.grounds])


def test_naturalisation_turns_item_7_into_item_1_and_protects_abroad(supplied: Rulebook) -> None:
    expected = {
        "extradition": (("must_refuse", ["cpc-464-1-7"]), ("must_refuse", ["cpc-464-1-1", "const-61-1"])),
        "deployment": (("not_authorised", []), ("authorised", ["def-10-3-foreign-courts"])),
        "expulsion": (("substitute_penalty", ["koap-4.1-contract"]), ("not_provided", [])),
        "enlistment": (("eligible", ["enl-foreign"]), ("eligible", ["enl-russian"])),
        "citizenship": (("simplified", ["cit-821"]), ("already_citizen", ["cit-already"])),
    }
    for question, answers in expected.items():
        for name, (outcome, grounds) in zip(("before", "naturalised"), answers, strict=True):
            answer = decide(supplied, variant(supplied, name), question)
            assert (answer.outcome, [one.id for one in answer.grounds]) == (outcome, grounds), (question, name)


@pytest.mark.parametrize("facts", [{"person.citizenships": None}, {"decision.made": None, "decision.surrender": None}])
def test_where_citizenships_or_the_day_are_unknown_nothing_is_fed(supplied: Rulebook, facts: dict[str, Value]) -> None:
    case = variant(supplied, "before")
    case = replace(case, facts={**case.facts, **facts})

    def ask(one: Case, question: str) -> Answer:
        return decide(supplied, one, question)

    assert list(feeds(supplied, case, [ask(case, "extradition"), ask(case, "citizenship")], ask)) == []
