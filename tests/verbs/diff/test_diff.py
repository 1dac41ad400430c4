"""Two versions of the law compared: the cases told are exactly those on which the answers differ."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lawmodel.case.file import parse_cases
from lawmodel.case.valuation import value_case
from lawmodel.inputs import LAW_DATE, Scalar
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.expectations import unmet
from lawmodel.inquiry.searching.find import View
from lawmodel.inquiry.searching.found_case import settled
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.evaluation import NO_RECORD, Evaluation, Values, meaning
from lawmodel.reasoning.formula import Constant, Fixed, Formula, Input, OneOf, Ordered, ResolvedQuestion
from lawmodel.reasoning.resolve import resolve
from lawmodel.reasoning.rewrite import rewritten
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.diff.diff import diff
from lawmodel.verbs.diff.differences import ClauseLiteral, Diff, KeyChange, OutcomeChange, QuestionDiff
from lawmodel.verbs.diff.formula_words import FormulaWords
from tests.inquiry.complete_cases import complete_cases
from tests.inquiry.ferry import ferry
from tests.random_rulebooks import DAYS, QUESTION, STAGES, RandomLaw, random_laws
from tests.sizes import examples, one_in

ROOT = Path(__file__).resolve().parents[3]
RULEBOOK = load_rulebook(ROOT / "rules")
NATIONALITY = load_rulebook(ROOT / "examples/british-nationality/rules")
BILL = load_rulebook(ROOT / "rules", ROOT / "examples/deserter-bill/deserter-bill.yaml")
DAY_18, DAY_19 = datetime.date(2026, 3, 18), datetime.date(2026, 3, 19)


def of(found: Diff, question: str) -> QuestionDiff:
    return next(one for one in found.questions if one.question == question)


def says(clause: Sequence[ClauseLiteral]) -> list[str]:
    return [said.line.says for said in clause]


# --- exactly those cases ----------------------------------------------------------------------------


class Sides:
    """Two views, evaluated on complete cases by the definition of formulas."""

    def __init__(self, rulebook: Rulebook, views: Sequence[View]) -> None:
        self.laws = [view.rulebook or rulebook for view in views]
        self.settled: list[Mapping[str, Scalar]] = [
            settled(law, view.readings, view.on) for law, view in zip(self.laws, views, strict=True)
        ]
        self.questions = [
            decider(law, QUESTION, view.stage).question for law, view in zip(self.laws, views, strict=True)
        ]
        self._evaluations = [Evaluation(question) for question in self.questions]
        self._exchanged = []
        days = [view.on for view in views]
        if None not in days and days[0] != days[1]:
            self._exchanged = [
                Evaluation(with_law_of(question, fixed))
                for question, fixed in zip(self.questions, self.settled, strict=True)
            ]

    def values(self, side: int, values: Values) -> Values:
        tied = values if LAW_DATE in self.settled[side] else {**values, LAW_DATE: values[self.laws[side].law_date]}
        return {**tied, **self.settled[side]}

    def outcome(self, side: int, values: Values) -> str | None:
        return self._evaluations[side].outcome(self.values(side, values))

    def grounds(self, side: int, values: Values) -> set[str]:
        supports = self._evaluations[side].supports(self.values(side, values))
        return set(supports[str(self.outcome(side, values))])

    def by_law(self, values: Values) -> bool:
        """Whether on one of two days the outcome would be another by the law of the other."""
        if not self._exchanged:
            return True
        return any(
            self._exchanged[1 - side].outcome(self.values(side, values)) != self.outcome(side, values)
            for side in (0, 1)
        )

    def grounds_by_law(self, values: Values) -> set[str]:
        """The grounds on one side alone, but for those that are so on each day by both laws."""
        found = self.grounds(0, values) ^ self.grounds(1, values)
        if not self._exchanged:
            return found
        changed = set()
        for side in (0, 1):
            evaluation = self._exchanged[1 - side]
            mixed = self.values(side, values)
            changed |= self.grounds(side, values) ^ set(evaluation.supports(mixed)[str(evaluation.outcome(mixed))])
        return found & changed

    def meets(self, clause: Sequence[ClauseLiteral], values: Values) -> bool:
        return all(
            meaning(said.formula)(self.values(said.side == "after", values), NO_RECORD) is said.holds for said in clause
        )

    def checked(self, found: QuestionDiff, seed: int) -> int:
        """That what is said holds of random cases; how many of them the two sides decide differently."""
        domains = {key: domain for question in self.questions for key, domain in question.domains.items()}
        apart = 0
        for values in complete_cases(domains, self.questions[0].orderings, seed, 80):
            pair = self.outcome(0, values), self.outcome(1, values)
            differs = pair[0] != pair[1] and self.by_law(values)
            apart += differs
            told = [turn for turn in found.changes if (turn.before, turn.after) == pair]
            assert told or not differs
            for turn in found.changes:
                self._exact(turn, values, pair, differs)
            if pair[0] == pair[1]:
                assert self.grounds_by_law(values) <= set(found.grounds)
        return apart

    def _exact(self, turn: OutcomeChange, values: Values, pair: tuple[str | None, str | None], differs: bool) -> None:
        inside = differs and pair == (turn.before, turn.after)
        among = pair[0] == turn.before if turn.among == "before" else pair[1] == turn.after
        meets = any(self.meets(clause, values) for clause in turn.clauses)
        assert not (among and meets) or inside
        assert not (inside and turn.every) or meets
        assert not inside or self.meets(turn.besides, values)


def with_law_of(question: ResolvedQuestion, settled: Mapping[str, Scalar]) -> ResolvedQuestion:
    """The question with whatever is law on a day, on any day; also what a provision says of days that it names."""

    def changed(formula: Formula) -> Formula | None:
        match formula:
            case Ordered(Input(key), Fixed()) | Ordered(Fixed(), Input(key)) if key == LAW_DATE:
                return Constant(meaning(formula)(settled, NO_RECORD) is True)
        return None

    rules = tuple(
        replace(
            rule,
            applies=rewritten(rule.applies, changed),
            concludes=tuple((name, rewritten(further, changed)) for name, further in rule.concludes),
        )
        for rule in question.rules
    )
    return replace(question, rules=rules)


@given(random_laws(), st.integers(0, 10**6), st.sampled_from(["reading", "stage", "date"]))
@examples(quick=6, full=40)
def test_the_clauses_are_met_by_exactly_the_cases_that_differ(law: RandomLaw, seed: int, kind: str) -> None:
    rulebook = law.rulebook()
    match kind:
        case "reading":
            views = [View(option, {"strictness": option}) for option in ("strict", "lax")]
        case "stage":
            views = [View(stage, stage=stage) for stage in STAGES[1:]]
        case _:
            views = [View(day, on=datetime.date.fromisoformat(day)) for day in DAYS[1:3]]
    try:
        found = diff(rulebook, views[0], views[1], most=40)
    except ProblemsFound:
        assume(False)
    Sides(rulebook, views).checked(of(found, QUESTION), seed)


@given(random_laws(), random_laws(), st.integers(0, 10**6))
@examples(quick=5, full=25)
def test_so_it_is_with_two_rulebooks(law: RandomLaw, another: RandomLaw, seed: int) -> None:
    """The second has other provisions, and the concepts that these use."""
    provisions: list[dict[str, Any]] = [*law.sections["provisions"][:-1], *another.sections["provisions"][-1:]]
    names = [one["id"] for one in provisions]
    provisions = [
        {**one, "disapplies": [name for name in one.get("disapplies", []) if name in names[number + 1 :]]}
        for number, one in enumerate(provisions)
    ]
    provisions = [{key: value for key, value in one.items() if value != []} for one in provisions]
    try:
        laws = law.rulebook(), law.with_sections(provisions=provisions).rulebook()
    except ProblemsFound:
        assume(False)
    views = [View(name, rulebook=one) for name, one in zip(("first", "second"), laws, strict=True)]
    found = diff(laws[1], views[0], views[1], most=40)
    Sides(laws[1], views).checked(of(found, QUESTION), seed)
    assert {one.id for one in found.changes if one.kind == "provision"} <= {*names, *laws[0].provisions}


def test_choices_are_named_in_the_order_of_the_rulebook() -> None:
    some = OneOf(Input("request.kind"), frozenset({"extradition", "temporary_surrender", "transit"}))
    first, second, third = list(RULEBOOK.choices_of(RULEBOOK.facts["request.kind"]).values())[:3]
    assert FormulaWords(RULEBOOK, {}).line(some).says == f"{first} or {second} or {third}"


def test_a_rulebook_differs_in_nothing_from_itself() -> None:
    again = replace(NATIONALITY, digest="another")
    found = diff(NATIONALITY, View("one", rulebook=NATIONALITY), View("other", rulebook=again))
    assert found.changes == ()
    assert all(one.equivalent for one in found.questions)


# --- the law of the project -------------------------------------------------------------------------


def test_the_day_on_which_the_amendment_came_into_force() -> None:
    by = {"treaty-conflict": "treaty-prevails"}  # the item then protects in two ways
    views = View("18", by, on=DAY_18), View("19", by, on=DAY_19)
    found = diff(RULEBOOK, *views, questions=["extradition", "deployment"])
    assert [(one.kind, one.id, one.how) for one in found.changes] == [
        ("instrument", "law-50-fz", "becomes law"),
        ("provision", "cpc-464-1-7", "comes into force"),
    ]
    assert of(found, "deployment").equivalent
    turns = of(found, "extradition").changes
    assert {(turn.before, turn.after) for turn in turns} == {
        ("not_available", "must_refuse"),
        ("may_refuse", "must_refuse"),
        ("may_grant", "must_refuse"),
        ("may_grant", "may_refuse"),
    }
    assert all(turn.every for turn in turns)
    granted = next(turn for turn in turns if (turn.before, turn.after) == ("may_grant", "must_refuse"))
    assert len(granted.clauses) == 2
    for clause in granted.clauses:
        (service,) = [said for said in clause if said.line.name == "service"]
        assert service.line.below[0].says == RULEBOOK.concepts["contract-service"].yes
        assert "more than transit through Russia is asked for" in says(clause)


DAY_17 = datetime.date(2026, 3, 17)


def test_what_a_passing_day_changes_is_no_difference_of_the_law() -> None:
    """No law changes on 18 March 2026; a citizenship or a service of a case may."""
    found = diff(RULEBOOK, View("17", on=DAY_17), View("18", on=DAY_18))
    assert found.two_days
    assert found.changes == ()
    assert [one.question for one in found.questions if not one.equivalent] == []


@pytest.mark.parametrize("question", ["citizenship", "enlistment"])
def test_nor_on_the_day_of_a_law_that_the_question_does_not_ask_about(question: str) -> None:
    found = diff(RULEBOOK, View("18", on=DAY_18), View("19", on=DAY_19), questions=[question])
    assert found.changes
    assert of(found, question).equivalent


def test_what_the_law_changes_stays_though_a_day_passes() -> None:
    """A decree of 4 January 2024 let in those under a shorter contract, whatever else a day changes."""
    days = datetime.date(2024, 1, 3), datetime.date(2024, 1, 4)
    found = diff(RULEBOOK, *(View(day.isoformat(), on=day) for day in days), questions=["citizenship"])
    turns = of(found, "citizenship").changes
    assert ("ordinary", "simplified") in {(turn.before, turn.after) for turn in turns}
    for turn in turns:
        assert turn.example is not None
        (case,) = parse_cases(RULEBOOK, turn.example.to_yaml())
        assert list(unmet(RULEBOOK, case)) == []


def test_years_apart_only_what_the_law_has_changed_is_told() -> None:
    """In each example the law of the other day, on the same day, would give another outcome."""
    days = datetime.date(2021, 1, 1), datetime.date(2026, 7, 1)
    views = [View(day.isoformat(), on=day) for day in days]
    found = of(diff(RULEBOOK, *views, questions=["citizenship"]), "citizenship")
    question = resolve(RULEBOOK, "citizenship", dated="by_choice")
    assert found.changes
    for turn in found.changes:
        assert turn.example is not None
        seen = []
        for law in days:
            of_law = Evaluation(with_law_of(question, {LAW_DATE: law.toordinal()}))
            for day in days:
                values = value_case(RULEBOOK, turn.example.case, turn.example.readings, day).valuation.values
                seen.append(of_law.outcome(values))
        assert (seen[0], seen[3]) == (turn.before, turn.after)
        assert seen[0] != seen[2] or seen[3] != seen[1]


def test_an_example_is_a_case_that_passes_its_own_expectations() -> None:
    found = diff(RULEBOOK, View("a", {"combat": "former-only"}), View("b", {"combat": "everyone"}))
    examples = [turn.example for one in found.questions for turn in one.changes]
    assert examples
    for example in examples:
        assert example is not None
        (case,) = parse_cases(RULEBOOK, example.to_yaml())
        assert len(case.expectations) == 2
        assert list(unmet(RULEBOOK, case)) == []


def test_what_a_bill_changes_and_what_is_so_in_each_case() -> None:
    views = View("law", rulebook=RULEBOOK, stage="introduced"), View("bill", rulebook=BILL, stage="introduced")
    found = diff(BILL, *views)
    assert {(one.kind, one.id, one.how) for one in found.changes} == {
        (kind, name, "added")
        for kind, name in [
            ("instrument", "deserter-bill"),
            ("provision", "deserter-bill-1"),
            ("source", "deserter-bill"),
        ]
    }
    assert [one.question for one in found.questions if not one.equivalent] == ["extradition"]
    for turn in of(found, "extradition").changes:
        assert turn.among == "after"
        assert "some service: deserted" in says(turn.besides)


def test_what_is_given_narrows_the_cases() -> None:
    (russian,) = parse_cases(RULEBOOK, "facts: {person: {citizenships: [{state: RU}]}}")
    found = diff(RULEBOOK, View("18", on=DAY_18), View("19", on=DAY_19), questions=["extradition"], given=russian)
    assert found.questions[0].equivalent


def test_a_changed_entry_is_told_key_by_key(tmp_path: Path) -> None:
    one = ferry(tmp_path)
    other = replace(
        one,
        provisions={
            **one.provisions,
            "pass-6": replace(one.provisions["pass-6"], when=one.provisions["arms-1"].when, title="Arms earn a pass"),
        },
        digest="other",
    )
    found = diff(other, View("one", rulebook=one), View("other", rulebook=other), questions=["pass"])
    (change,) = found.changes
    assert (change.kind, change.id, change.how) == ("provision", "pass-6", "changed")
    assert change.keys is not None
    assert change.keys["title"] == KeyChange("Pass earned", "Arms earn a pass")
    assert change.keys["when"].before == "{cargo.value: {at_least: 1000}}"
    assert {(one.before, one.after) for one in found.questions[0].changes} == {
        ("earned", "none"),
        ("none", "earned"),
    }


def test_consequences_are_compared_too(tmp_path: Path) -> None:
    found = diff(ferry(tmp_path), View("high", {"toll": "high"}), View("low", {"toll": "low"}), questions=["crossing"])
    (one,) = found.questions
    assert one.changes == ()
    assert set(one.consequences) == {"toll-high", "toll-low"}
    assert not one.equivalent


@pytest.mark.parametrize(
    "reading", one_in(5, ["theatre", "critical-date", "citizenship-fraud", "authoriser", "formations"])
)
def test_a_reading_has_a_short_account(reading: str) -> None:
    """All clauses are found within the usual number, and no account needs more than a handful of points a clause."""
    options = [one.id for one in RULEBOOK.readings[reading].options][:2]
    found = diff(RULEBOOK, *(View(option, {reading: option}) for option in options))
    for one in found.questions:
        for turn in one.changes:
            assert turn.every
            assert max(map(len, turn.clauses)) <= 7


def test_facts_of_different_types_cannot_be_merged(tmp_path: Path) -> None:
    one = ferry(tmp_path)
    armed = replace(one.facts["traveller.armed"], type="number", phrase="{} arms")
    other = replace(one, facts={**one.facts, "traveller.armed": armed}, digest="arms are counted")
    with pytest.raises(ValueError, match=r"traveller\.armed is a fact of the type yes/no in one and number in"):
        diff(other, View("one", rulebook=one), View("other", rulebook=other), questions=["weather"])


def test_what_is_ordinary_in_one_law_alone_is_not_left_out_of_an_example(tmp_path: Path) -> None:
    """Else the example would be another case on each side."""
    one = ferry(tmp_path)
    sober = replace(one.facts["traveller.drunk"], ordinary="no")
    other = replace(one, facts={**one.facts, "traveller.drunk": sober}, digest="sober ordinarily")
    found = diff(
        other, View("one", {"arms": "carried"}, rulebook=one), View("other", {"arms": "drunk-only"}, rulebook=other)
    )
    examples = [turn.example for turn in of(found, "crossing").changes]
    assert examples
    for example in examples:
        assert example is not None
        assert example.case.facts["traveller.drunk"] is False


def test_interrupted_it_says_what_was_found_so_far() -> None:
    met = iter(RULEBOOK.questions)

    def progress(_: str) -> None:
        if next(met) == "deployment":
            raise KeyboardInterrupt

    found = diff(RULEBOOK, View("18", on=DAY_18), View("19", on=DAY_19), progress=progress)
    assert found.interrupted
    assert [one.question for one in found.questions] == ["extradition", "surrender"]
