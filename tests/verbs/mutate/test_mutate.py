"""Mutation: what is said to be noticed is, what is the same law is so, and what is shown tells the laws apart."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lawmodel
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases, parse_cases
from lawmodel.inputs import reading_key
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.distinguishing.compiled_question import CompiledQuestion, consequences_of
from lawmodel.inquiry.distinguishing.expected_answers import expected_answers
from lawmodel.inquiry.distinguishing.mutants import Mutant, mutants
from lawmodel.inquiry.expectations import unmet
from lawmodel.law_files import case_files, rules_folder
from lawmodel.reasoning.following import following
from lawmodel.reasoning.whole_law.every_stage import resolve_at_every_stage
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.mutate.mutate import MutationAnalysis
from lawmodel.verbs.mutate.mutation import MutantResult
from lawmodel.verbs.mutate.mutation_run import MutationRun, chosen, digest_of_run, distinguishing_cases
from lawmodel.verbs.mutate.question_as_is import QuestionAsIs
from tests.inquiry.complete_cases import complete_cases
from tests.inquiry.ferry import ferry
from tests.random_rulebooks import QUESTION, STAGES, RandomLaw, random_laws
from tests.sizes import examples, sizes

RULEBOOK = load_rulebook(rules_folder())
TOY = load_rulebook(Path(__file__).parents[2] / "toy" / "rules")
SCENARIOS = Path(__file__).parents[3] / "scenarios"


def silent(done: int, of: int) -> None:
    """No progress is shown."""


def ran(rulebook: Rulebook, cases: list[Case], **how: Any) -> tuple[MutationAnalysis, MutationRun]:
    analysis = MutationAnalysis(rulebook, cases)
    run = MutationRun(analysis, how.get("mutants", analysis.mutants), how.get("kept"), silent)
    run.go(how.get("jobs", 1))
    return analysis, run


@pytest.mark.parametrize(("count", "unnoticed"), [(20, 12), pytest.param(None, 150, marks=pytest.mark.long)])
def test_a_whole_rulebook_is_told_from_its_mutants_by_the_cases_that_are_shown(
    count: int | None, unnoticed: int
) -> None:
    """From some of them, or from all."""
    analysis = MutationAnalysis(TOY, [])
    some = chosen(analysis.mutants, None, count, 2)
    _, run = ran(TOY, [], mutants=some)
    found = run.result()
    assert found.counted.by_case == 0
    assert len(found.unnoticed) > unnoticed
    assert all(one.result.case is not None for one in found.unnoticed)
    written = distinguishing_cases(analysis, found.unnoticed)
    cases = [case for name, text in written for case in parse_cases(TOY, text, name)]
    assert not [problem for case in cases for problem in unmet(TOY, case)]
    _, again = ran(TOY, cases, mutants=some)
    assert {one.number: one.result.status for one in again.result().seen if one.result.status != "by_case"} == {
        one.number: "same" for one in found.seen if one.result.status == "same"
    }


@pytest.mark.parametrize("count", sizes(20, 300))
def test_an_answer_is_the_same_where_most_rules_are_known_already(count: int) -> None:
    """As if each rule were asked anew."""
    stages = [one.id for one in RULEBOOK.stages]
    cases = [case for file in case_files([SCENARIOS])[::6] for case in load_cases(RULEBOOK, file)]
    answers = list(expected_answers(RULEBOOK, cases, every_stage=True))
    others = 0
    for mutant in chosen([one for one in mutants(RULEBOOK) if one.section == "provisions"], None, count, 3):
        name = RULEBOOK.provisions[mutant.entry].question
        base, resolved = (resolve_at_every_stage(one, name, stages) for one in (RULEBOOK, mutant.make()))
        known = {rule.id: rule for rule in base.rules}
        rules = tuple(known[rule.id] if rule == known.get(rule.id) else rule for rule in resolved.rules)
        shared = replace(resolved, rules=rules)
        as_is = QuestionAsIs(CompiledQuestion(base), consequences_of(base))
        anew = QuestionAsIs(CompiledQuestion(resolved), consequences_of(resolved))
        compiled = CompiledQuestion(shared, like=as_is.compiled)
        follows = consequences_of(shared, like=as_is.following)
        for one, before in (as_is.tested_by(one) for one in answers if one.expectation.question == name):
            found = as_is.answered_otherwise(compiled, follows, one) or before
            _, expected = anew.tested_by(one.answer)
            assert found.said == expected.said
            assert one.answer.expectation.consequences is None or found.consequences == expected.consequences
            others += found != before
    assert others > 10


@pytest.mark.parametrize(("count", "unnoticed"), [(30, 20), pytest.param(None, 60, marks=pytest.mark.long)])
def test_every_case_that_is_shown_tells_the_two_laws_apart(tmp_path: Path, count: int | None, unnoticed: int) -> None:
    rulebook = ferry(tmp_path)
    analysis, run = ran(rulebook, [], mutants=chosen(list(mutants(rulebook)), None, count, 2))
    shown = 0
    for one in run.result().unnoticed:
        assert one.result.case is not None
        (case,) = parse_cases(rulebook, one.result.case)
        assert not list(unmet(rulebook, case))
        assert list(unmet(analysis.mutants[one.number - 1].make(), case, forward_chaining=False)), one
        shown += 1
    assert shown > unnoticed


@pytest.mark.parametrize("count", sizes(40, 120))
def test_what_is_noticed_is_noticed_by_that_expectation(count: int) -> None:
    folders = [SCENARIOS / "enlistment", SCENARIOS / "removal", SCENARIOS / "citizenship", SCENARIOS / "exactness"]
    cases = [case for file in case_files(folders) for case in load_cases(RULEBOOK, file)]
    analysis = MutationAnalysis(RULEBOOK, cases)
    noticed = 0
    for mutant in chosen(analysis.mutants, None, count, 1):
        if not analysis.notices(mutant):
            continue
        result = analysis.result_of(mutant)
        name, _, line = str(result.by).rpartition(":")
        (case,) = [one for one in cases if one.name == name]
        (one,) = [one for one in case.expectations if one.place and one.place.line == int(line)]
        alone = replace(case, expectations=(one,))
        assert not list(unmet(RULEBOOK, alone, forward_chaining=False))
        assert list(unmet(mutant.make(), alone, forward_chaining=False)), mutant
        noticed += 1
    assert noticed > count // 6


def test_of_the_supplied_law_no_slip_of_a_sample_goes_unnoticed() -> None:
    cases = [case for file in case_files([SCENARIOS]) for case in load_cases(RULEBOOK, file)]
    analysis = MutationAnalysis(RULEBOOK, cases)
    mutant_results = [analysis.result_of(mutant) for mutant in chosen(analysis.mutants, None, 60, 6)]
    assert [one for one in mutant_results if one.status == "unnoticed"] == []


def test_a_moved_default_is_noticed_by_what_does_not_choose_the_reading() -> None:
    cases = load_cases(RULEBOOK, SCENARIOS / "extradition" / "04-serving-cook.yaml")
    analysis = MutationAnalysis(RULEBOOK, cases)
    (moved,) = [one for one in analysis.mutants if one.entry == "combat" and one.kind == "default moved"]
    assert (moved.was, moved.would_be) == ("former-only", "everyone")
    assert analysis.result_of(moved).status == "by_case"
    choosing = [
        replace(case, expectations=tuple(one for one in case.expectations if "combat" in one.readings))
        for case in cases
    ]
    assert not MutationAnalysis(RULEBOOK, choosing).notices(moved)


def test_a_property_notices_what_no_case_does() -> None:
    contract = RULEBOOK.concepts["contract-service"].yes
    (mutant,) = [
        one
        for one in mutants(RULEBOOK)
        if (one.entry, one.key, one.kind, one.was) == ("cpc-464-1-7", "when", "always", contract)
    ]
    result = MutationAnalysis(RULEBOOK, []).result_of(mutant)
    assert (result.status, result.by in RULEBOOK.properties) == ("by_property", True)


def test_a_sample_is_drawn_by_its_number_and_told_in_the_order_of_the_law() -> None:
    every = list(mutants(TOY))
    some = chosen(every, None, 20, 1)
    assert [one.number for one in some] == sorted({one.number for one in some})
    assert (len(some), some) == (20, chosen(every, None, 20, 1))
    assert some != chosen(every, None, 20, 2)
    assert chosen(every, None, len(every), 1) == every


@given(law=random_laws(), seed=st.integers(0, 10**6))
@examples(quick=4, full=15)
def test_the_same_answer_in_briefs_every_case_alike(law: RandomLaw, seed: int) -> None:
    rulebook = law.rulebook()
    analysis = MutationAnalysis(rulebook, [])
    for mutant in chosen(analysis.mutants, None, 8, seed):
        result = analysis.result_of(mutant)
        if result.status == "same":
            changed = mutant.make()
            assert _told_apart(rulebook, changed, mutant, seed) is None
        elif result.case is not None:
            (case,) = parse_cases(rulebook, result.case)
            assert not list(unmet(rulebook, case, forward_chaining=False))
            assert list(unmet(mutant.make(), case, forward_chaining=False))


def _told_apart(rulebook: Rulebook, changed: Rulebook, mutant: Mutant, seed: int) -> str | None:
    """A stage at which some complete case has another answer."""
    for stage in STAGES:
        laws = [decider(one, QUESTION, stage) for one in (rulebook, changed)]
        question = laws[0].question
        for values in complete_cases(question.domains, question.orderings, seed, 40):
            both = [dict(values), dict(values)]
            if mutant.section == "readings":
                for one, own in zip((rulebook, changed), both, strict=True):
                    own[reading_key(mutant.entry)] = one.readings[mutant.entry].default
            answers = []
            for made, own in zip(laws, both, strict=True):
                outcome = made.evaluation.outcome(own)
                assert outcome is not None
                answers.append((outcome, set(made.evaluation.supports(own)[outcome])))
            if answers[0] != answers[1]:
                return stage
    assert following(question) is None
    return None


def test_what_is_known_is_kept_and_not_worked_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept.json"
    analysis = MutationAnalysis(TOY, [])
    some = chosen(analysis.mutants, None, 6, 3)
    first = MutationRun(analysis, some, kept, silent)
    first.go(1)
    monkeypatch.setattr(
        MutationAnalysis, "result_of", lambda self, mutant: MutantResult(mutant.number, "by_case", "by nobody")
    )
    again = MutationRun(analysis, some, kept, silent)
    again.go(1)
    assert again.mutant_results == first.mutant_results
    more = MutationRun(analysis, chosen(analysis.mutants, None, 7, 3), kept, silent)
    more.go(1)
    assert [one.by for one in more.mutant_results.values()].count("by nobody") >= 1
    other = MutationRun(MutationAnalysis(RULEBOOK, []), [], kept, silent)  # another rulebook: nothing is known of it
    assert other.mutant_results == {}


def test_what_was_kept_and_cannot_be_is_not_known(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    analysis = MutationAnalysis(TOY, [])
    some = chosen(analysis.mutants, None, 2, 3)
    MutationRun(analysis, some, kept, silent).go(1)
    whole = json.loads(kept.read_text(encoding="utf-8"))
    for mutant_results in (
        [{"number": "1"}],
        [{"number": 1, "status": "none"}],
        [{"number": 1, "status": ["same"]}],
        [7],
        7,
    ):
        kept.write_text(json.dumps({**whole, "fates": mutant_results}), encoding="utf-8")
        assert MutationRun(analysis, some, kept, silent).mutant_results == {}
    kept.write_text("[" * 100_000, encoding="utf-8")
    assert MutationRun(analysis, some, kept, silent).mutant_results == {}
    kept.unlink()
    kept.symlink_to("/dev/zero")
    assert MutationRun(analysis, some, kept, silent).mutant_results == {}


def test_an_interrupted_run_keeps_what_it_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept.json"
    analysis = MutationAnalysis(TOY, [])
    some = chosen(analysis.mutants, None, 6, 3)
    original = MutationAnalysis.result_of

    def until_the_fourth(self: MutationAnalysis, mutant: Mutant) -> MutantResult:
        if mutant is some[3]:
            raise KeyboardInterrupt
        return original(self, mutant)

    monkeypatch.setattr(MutationAnalysis, "result_of", until_the_fourth)
    run = MutationRun(analysis, some, kept, silent)
    with pytest.raises(KeyboardInterrupt):
        run.go(1)
    assert len(run.result().seen) == 3
    assert set(MutationRun(analysis, some, kept, silent).mutant_results) == {one.number for one in some[:3]}
    assert [file.name for file in tmp_path.iterdir()] == ["kept.json"]


def test_several_processes_find_what_one_finds() -> None:
    analysis = MutationAnalysis(TOY, [])
    some = chosen(analysis.mutants, None, 12, 5)
    mutant_results = []
    for jobs in (1, 2):
        run = MutationRun(analysis, some, None, silent)
        run.go(jobs)
        mutant_results.append(
            {number: (result.status, result.by, result.level) for number, result in run.mutant_results.items()}
        )
    assert mutant_results[0] == mutant_results[1]


def test_what_another_version_of_the_program_kept_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever of the program is another: reasoning, too."""
    file = tmp_path / "reasoning" / "formula.py"
    file.parent.mkdir()
    monkeypatch.setattr(lawmodel, "__file__", str(tmp_path / "__init__.py"))
    digests = []
    for text in ("one", "other"):
        file.write_text(text, encoding="utf-8")
        digests.append(digest_of_run(TOY, []))
    assert digests[0] != digests[1]
