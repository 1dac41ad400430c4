"""Coverage: what is said to be tested fails where the limb is changed; what is said never to matter never does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases, parse_cases
from lawmodel.case.valuation import value_case
from lawmodel.inquiry.consequences import consequences
from lawmodel.inquiry.covering.coverage import Coverage, CoveredLimb
from lawmodel.inquiry.covering.covering import Covering, cover, result
from lawmodel.inquiry.covering.minimal_pairs import Pair, complete, without_superfluous
from lawmodel.inquiry.covering.switched_question import Shown
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.distinguishing.expected_answers import expected_answers
from lawmodel.inquiry.expectations import unmet
from lawmodel.law_files import case_files, rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.condition import Always
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.parts import parts, with_entries, with_part
from tests.inquiry.ferry import ferry
from tests.random_rulebooks import QUESTION, READINGS, STAGES, Plain, RandomLaw, random_laws, single_facts, values_of
from tests.sizes import examples, one_in

RULEBOOK = load_rulebook(rules_folder())
TOY = load_rulebook(Path(__file__).parents[2] / "toy" / "rules")


def cases_in(*folders: str) -> list[Case]:
    scenarios = Path(__file__).parents[3] / "scenarios"
    return [case for file in case_files([scenarios / one for one in folders]) for case in load_cases(RULEBOOK, file)]


def otherwise(rulebook: Rulebook, limb: CoveredLimb, always: bool) -> Rulebook:
    """The rulebook with a limb always so, or never: by putting a word in its place, without any switch."""
    if limb.key in ("enacted_by", "repealed_by"):
        provision = rulebook.provisions[limb.entry]
        changed: dict[str, Any] = {limb.key: None}
        gone = replace(provision, **changed)
        if always == (limb.key == "repealed_by"):
            gone = replace(gone, in_force=Always(False, provision.place))
        entries = {**rulebook.provisions, limb.entry: gone}
        return with_entries(rulebook, "provisions", entries, f"{limb.entry} {limb.key} {always}")
    (part,) = [one for one in parts(rulebook) if one.entry == limb.entry and _stands_for(one, limb)]
    return with_part(rulebook, part, Always(always, part.place))


def _stands_for(part: Any, limb: CoveredLimb) -> bool:
    return (part.section, part.key, part.place) == (limb.section, limb.key, limb.place) and not _has_parts(part.stated)


def _has_parts(stated: Any) -> bool:
    return any(hasattr(stated, name) for name in ("parts", "part", "such_that", "branches", "cases"))


@pytest.mark.long
def test_what_is_covered_would_be_noticed() -> None:
    cases = cases_in("removal", "enlistment", "citizenship")
    by_name = {case.name: case for case in cases}
    covering = Covering(RULEBOOK)
    answers = list(expected_answers(RULEBOOK, cases))
    covering.add(answers)
    among = {"dep-bar", "decree-1126-bar", "enl-foreign", "enl-stateless", "cit-papers", "cit-family", "cit-821"}
    found = result(covering, covering.missing(among), len(cases), len(answers), among)
    covered = [(limb, half) for limb in found.limbs for half in limb.halves if half.state == "covered"]
    assert len(covered) > 25
    for limb, half in covered:
        case = by_name[str(half.case)]
        (one,) = [one for one in case.expectations if one.place and one.place.line == half.line]
        alone = replace(case, expectations=(one,))
        assert not list(unmet(RULEBOOK, alone, forward_chaining=False))
        changed = otherwise(RULEBOOK, limb, always=not half.so)
        assert list(unmet(changed, alone, forward_chaining=False)), (limb.entry, limb.says, half)


@pytest.mark.long
def test_the_supplied_cases_test_every_limb_of_the_supplied_law() -> None:
    found = cover(RULEBOOK, cases_in("."))
    assert [(limb.entry, limb.says) for limb in found.limbs if limb.missing] == []
    assert found.unmet == 0


def test_open_facts_count_by_the_outcomes_that_are_possible() -> None:
    cases = cases_in("exactness")
    covering = Covering(RULEBOOK)
    answers = list(expected_answers(RULEBOOK, cases))
    covering.add(answers)
    among = {"authority-of-amendment", "def-10.1", "council-resolved"}
    found = result(covering, covering.missing(among), len(cases), len(answers), among)
    by_name = {case.name: case for case in cases}
    depending = 0
    for limb in found.limbs:
        for half in limb.halves:
            if half.state == "covered":
                case = by_name[str(half.case)]
                (one,) = [one for one in case.expectations if one.place and one.place.line == half.line]
                depending += one.outcome is None
                alone = replace(case, expectations=(one,))
                assert list(unmet(otherwise(RULEBOOK, limb, not half.so), alone, forward_chaining=False))
    assert depending


@pytest.mark.parametrize("name", one_in(2, ["ferry", "toy"]))
def test_what_is_written_shows_all_that_can_be_shown(name: str, tmp_path: Path) -> None:
    rulebook = TOY if name == "toy" else ferry(tmp_path)
    covering = Covering(rulebook)
    missing = covering.missing()
    assert missing
    pairs, failed, _ = complete(covering, missing, [], lambda done, of: None)
    assert not failed
    assert len(pairs) < len(missing)
    cases = [case for pair in pairs for case in parse_cases(rulebook, pair.text, pair.name)]
    assert not [problem for case in cases for problem in unmet(rulebook, case)]
    found = cover(rulebook, cases)
    assert (found.shown, found.percent, found.unmet) == (found.to_be_shown, 100.0, 0)


@pytest.mark.long
def test_pairs_differ_in_one_fact() -> None:
    covering = Covering(RULEBOOK)
    cases = cases_in("removal")
    covering.add(list(expected_answers(RULEBOOK, cases)))
    missing = covering.missing({"dep-bar", "spared-removal"})
    pairs, _, _ = complete(covering, missing, cases, lambda done, of: None)
    assert pairs
    for pair in pairs:
        base, *variants = parse_cases(RULEBOOK, pair.text)
        for variant in variants:
            assert len(list(_differences(base, variant))) == 1
            assert base.expectations[0].outcome != variant.expectations[0].outcome


def _differences(one: Case, other: Case) -> Iterator[str]:
    for path in other.facts:
        held, changed = one.facts.get(path), other.facts[path]
        if isinstance(held, tuple) and isinstance(changed, tuple) and len(held) == len(changed):
            for before, after in zip(held, changed, strict=True):
                yield from (f"{path}.{name}" for name in after if before.get(name) != after[name])
        elif held != changed:
            yield path


LOAN = """
presume: ordinary
facts: {reader: {home: upper_town}, loan: {asked_on: 2024-05-01, branch: upper_town}, loans: []}
expect: [{question: loan, outcome: OUTCOME, status: STATUS}]
"""


def test_of_two_files_that_show_the_same_one_is_written() -> None:
    one, other, both, third = ((Shown(number, True) for number in numbers) for numbers in ((1,), (1,), (1, 2), (3,)))
    pairs = [Pair(name, "", frozenset(shows)) for name, shows in zip("abcd", (one, other, both, third), strict=True)]
    assert [pair.name for pair in without_superfluous(pairs)] == ["c", "d"]
    assert [pair.name for pair in without_superfluous([*pairs[:2], pairs[3]])] == ["b", "d"]
    assert [pair.name for pair in without_superfluous(pairs[:2])] == ["b"]


def shown_by(text: str) -> tuple[int, int]:
    """How many expectations of a case of the toy rulebook are not met, and how much it shows."""
    covering = Covering(TOY)
    covering.add(list(expected_answers(TOY, parse_cases(TOY, text))))
    found = result(covering, {}, 1, 1)
    return found.unmet, found.shown


def test_an_expectation_that_is_not_met_shows_nothing() -> None:
    town = next(iter(TOY.choices_of(TOY.facts["reader.home"])))
    outcomes = [one.id for one in TOY.questions["loan"].outcomes]
    shown = {}
    for outcome in outcomes:
        text = LOAN.replace("upper_town", town).replace("OUTCOME", outcome).replace("STATUS", "determined")
        shown[outcome] = shown_by(text)
    met = [one for one in outcomes if shown[one][0] == 0]
    assert len(met) == 1
    assert shown[met[0]][1] > 0
    assert all(shown[one] == (1, 0) for one in outcomes if one not in met)


def test_an_expectation_shows_only_what_it_expects() -> None:
    town = next(iter(TOY.choices_of(TOY.facts["reader.home"])))
    text = LOAN.replace("upper_town", town).replace("outcome: OUTCOME, ", "").replace("STATUS", "determined")
    assert shown_by(text) == (0, 0)


@given(law=random_laws(), seed=st.integers(0, 10**6))
@examples(quick=3, full=30)
def test_what_can_never_matter_never_does(law: RandomLaw, seed: int) -> None:
    rulebook = law.rulebook()
    found = _nothing_tested(rulebook)
    chance = random.Random(seed)  # noqa: S311 - reproducible
    cases = [_complete_case(rulebook, chance) for _ in range(6)]
    for limb in found.limbs:
        for half in limb.halves:
            if half.state != "covered" and half.level != "outcome":
                changed = otherwise(rulebook, limb, always=not half.so)
                for case, readings in cases:
                    for stage in STAGES:
                        before, after = (_answer(law, case, readings, stage) for law in (rulebook, changed))
                        kept = {None: 3, "consequences": 2, "grounds": 1}[half.level]
                        assert before[:kept] == after[:kept], (limb.says, half)


def _nothing_tested(rulebook: Rulebook) -> Coverage:
    covering = Covering(rulebook)
    return result(covering, covering.missing(), 0, 0)


def _complete_case(rulebook: Rulebook, chance: random.Random) -> tuple[Case, dict[str, str]]:
    """A case in which everything is known, and its days are in order; and an option of each reading."""
    while True:
        facts: dict[str, Any] = {}
        for fact in _declared(rulebook):
            if fact["id"] == "visits":
                fields: list[Plain] = fact["of"]
                facts["visits"] = [
                    {one["id"]: chance.choice(values_of(one)) for one in fields} for _ in range(chance.randrange(3))
                ]
            else:
                facts[fact["id"]] = chance.choice(values_of(fact))
        try:
            (case,) = parse_cases(rulebook, _as_text(facts))
        except ProblemsFound:
            continue
        return case, {name: chance.choice(options) for name, options in READINGS.items()}


def _declared(rulebook: Rulebook) -> list[Plain]:
    return single_facts(_always_false)  # type: ignore[arg-type]


def _always_false(strategy: st.SearchStrategy[Any]) -> bool:
    return False


def _as_text(facts: dict[str, Any]) -> str:
    import json

    nested: dict[str, Any] = {}
    for path, value in facts.items():
        group, _, name = path.rpartition(".")
        (nested.setdefault(group, {}) if group else nested)[name] = value
    return json.dumps({"facts": nested})


def _answer(rulebook: Rulebook, case: Case, readings: dict[str, str], stage: str) -> tuple[Any, ...]:
    made = decider(rulebook, QUESTION, stage)
    valuation = value_case(rulebook, case, readings).valuation
    outcome = made.evaluation.outcome(valuation.values)
    assert outcome is not None
    grounds = tuple(made.evaluation.supports(valuation.values)[outcome])
    return outcome, grounds, tuple(one.id for one in consequences(made, valuation, outcome))
