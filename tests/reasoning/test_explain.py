"""The explanation against the definition: the same truths, with every step kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import assume, given

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.case.valuation import Valued, value_case
from lawmodel.inputs import LAW_DATE
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.evaluation import (
    NO_RECORD,
    Evaluation,
    agreement,
    conjunction,
    disjunction,
    meaning,
    negation,
)
from lawmodel.reasoning.explain import Explainer
from lawmodel.reasoning.formula import (
    All,
    Any,
    AtLeast,
    Choose,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Same,
    Spaced,
)
from lawmodel.reasoning.rewrite import formulas
from lawmodel.reasoning.suppositions import Suppositions
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.traces import in_sentences
from tests.chosen_scenarios import chosen_scenarios
from tests.random_rulebooks import QUESTION, RandomLaw, random_laws
from tests.sizes import examples, one_in

RULEBOOK = load_rulebook(rules_folder())
FILES = chosen_scenarios()
PLACE = re.compile(r"(?P<records>[a-z_.]+)\[(?P<number>\d+)\]\.(?P<field>[a-z_]+)")


def explainer(rulebook: Rulebook, made: Decider, valued: Valued) -> Explainer:
    return Explainer(rulebook, made.stage, valued.valuation, valued.defaults)


@dataclass(frozen=True)
class Explained:
    """A question on a case, with the explanation of each of its provisions."""

    made: Decider
    valued: Valued
    steps: list[Trace]


@pytest.fixture(scope="module", params=one_in(8, FILES), ids=lambda file: file.stem)
def explained(request: pytest.FixtureRequest) -> list[Explained]:
    """Every question on the cases of a file: explained once, since pytest runs the tests of one file together."""
    found = []
    for case in cases_in(request.param):
        for question in RULEBOOK.questions:
            made, valued = decider(RULEBOOK, question), value_case(RULEBOOK, case)
            explaining = explainer(RULEBOOK, made, valued)
            steps = [in_sentences(RULEBOOK, explaining.rule(rule)) for rule in made.question.rules]
            found.append(Explained(made, valued, steps))
    return found


def cases_in(file: Path) -> list[Case]:
    return load_cases(RULEBOOK, file)


# --- every case that comes with the program ----------------------------------------------------------


def test_every_provision_is_explained_as_it_is_evaluated(explained: list[Explained]) -> None:
    for one in explained:
        values = one.valued.valuation.values
        applies = one.made.evaluation.applies(values)
        for rule, step in zip(one.made.question.rules, one.steps, strict=True):
            # what is known of a day settles steps that evaluation, which does not see it, leaves open
            settled = applies[rule.id] is None and bool(one.valued.valuation.bounds)
            assert settled or step.truth is applies[rule.id], rule.id
            assert_each_step_follows(step)
            for kind, conditions in (("conclusion", rule.concludes), ("consequence", rule.brings)):
                shown = {child.id: child.truth for child in step.children if child.kind == kind}
                for name, condition in conditions:
                    truth = meaning(condition)(values, NO_RECORD)
                    assert shown.get(name, True) is truth, (rule.id, name)


def test_every_line_on_a_fact_names_a_fact_of_the_case(explained: list[Explained]) -> None:
    for one in explained:
        values = one.valued.valuation.values
        for step in (line for rule in one.steps for line in rule.walk()):
            if step.kind != "fact":
                continue
            assert step.says
            place = PLACE.fullmatch(str(step.id))
            if place is None:
                assert step.id == LAW_DATE or step.id in RULEBOOK.facts, step.id
                continue
            listed = values[place["records"]]
            assert isinstance(listed, tuple)
            assert place["field"] in listed[int(place["number"]) - 1]


def test_what_is_not_known_is_said_not_to_be_known(explained: list[Explained]) -> None:
    """A line on a fact is open exactly where a value is missing, and then says so."""
    for one in explained:
        for step in (line for rule in one.steps for line in rule.walk()):
            if step.kind == "fact" and step.truth is None:
                assert "not known" in step.says, step.says


def assert_each_step_follows(step: Trace) -> None:
    """The truth of each step is what the steps below it come to."""
    below = [child.truth for child in step.children if child.kind not in ("conclusion", "consequence")]
    match step.kind:
        case "provision" | "all" | "record":
            assert step.truth is conjunction(below), step
        case "none" if below:
            assert step.truth is conjunction(below), step
        case "any":
            assert step.truth is disjunction(below), step
        case "some" if below:
            assert step.truth is disjunction(below), step
        case "reading" if step.notes.get("open"):
            assert step.truth is agreement(below), step
    for child in step.children:
        assert_each_step_follows(child)


# --- random law --------------------------------------------------------------------------------------


def known(law: RandomLaw) -> tuple[Rulebook, Decider, Valued]:
    rulebook = law.rulebook()
    try:
        return rulebook, decider(rulebook, QUESTION), value_case(rulebook, law.case(rulebook))
    except ProblemsFound:
        assume(condition=False)
        raise


@given(random_laws())
@examples(quick=12, full=150)
def test_negation_is_pushed_down_to_the_facts(law: RandomLaw) -> None:
    rulebook, made, valued = known(law)
    explaining = explainer(rulebook, made, valued)
    for formula in filter(stands_alone, formulas(made.question)):
        truth = meaning(formula)(valued.valuation.values, NO_RECORD)
        contrary = Not(formula)
        twice = Not(contrary)
        plain, denied = explaining.step(formula), explaining.step(contrary)
        assert plain.truth is truth
        assert denied.truth is negation(truth)
        assert explaining.step(twice) == plain
        assert_each_step_follows(plain)
        assert_each_step_follows(denied)


@given(random_laws())
@examples(quick=10, full=60)
def test_random_provisions_are_explained_as_they_are_evaluated(law: RandomLaw) -> None:
    rulebook, made, valued = known(law)
    explaining = explainer(rulebook, made, valued)
    found = {rule.id: explaining.rule(rule).truth for rule in made.question.rules}
    assert found == Evaluation(made.question).applies(valued.valuation.values)


@given(random_laws())
@examples(quick=10, full=60)
def test_every_condition_can_be_said_as_a_supposition(law: RandomLaw) -> None:
    rulebook, made, valued = known(law)
    suppositions = Suppositions(rulebook, valued.valuation.values)
    for formula in formulas(made.question):
        if stands_alone(formula):
            assert suppositions.condition_in_words(formula).strip()
            assert suppositions.supposition(formula, None).strip()


def stands_alone(formula: Formula) -> bool:
    """Whether it reads no field of a record that is not there."""
    match formula:
        case OneOf(term):
            return not isinstance(term, Field)
        case Same(left, right) | Ordered(left, right) | Spaced(left, right):
            return not isinstance(left, Field) and not isinstance(right, Field)
        case All(parts) | Any(parts) | AtLeast(_, parts):
            return all(stands_alone(part) for part in parts)
        case Not(part) | Named(_, _, part):
            return stands_alone(part)
        case Choose(_, branches):
            return all(stands_alone(branch) for _, branch in branches)
    return True


# --- words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        (Ordered(Input("reader.age"), Fixed(17), of_days=False), "at most 17 years of age"),
        (Ordered(Input("reader.age"), Fixed(18), strict=True, of_days=False), "less than 18 years of age"),
        (Ordered(Fixed(65), Input("reader.age"), of_days=False, about_right=True), "at least 65 years of age"),
        (Same(Input("reader.home"), Input("loan.branch")), "home of the reader: the same as town of the branch"),
        (OneOf(Input("loan.kind"), frozenset({"map", "book"})), "a book is asked for or a map is asked for"),
        (
            Ordered(Fixed(734_503), Input("loan.needed_on"), about_right=True),
            "the day of need is on or after 1 January 2012",
        ),
    ],
)
def test_suppositions_in_words(formula: Formula, says: str) -> None:
    rulebook = load_rulebook(Path(__file__).parent.parent / "toy" / "rules")
    values = value_case(rulebook, Case(facts={})).valuation.values
    assert Suppositions(rulebook, dict.fromkeys(values)).supposition(formula, None) == says
