"""Questions and production rules in the cache: the same as if they had been made, and never anything else."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from lawmodel import kept_objects
from lawmodel.inquiry.decider import Decider
from lawmodel.law_files import rules_folder
from lawmodel.reasoning import kept_questions
from lawmodel.reasoning.chaining import forward_chaining
from lawmodel.reasoning.chaining.forward_chaining import ForwardChaining, why_unavailable
from lawmodel.reasoning.kept_questions import kept_question, of_rulebook
from lawmodel.reasoning.resolve import WAYS_OF_DATING, resolve, resolve_otherwise
from lawmodel.reasoning.rewrite import what_is_read
from lawmodel.reasoning.whole_law.every_stage import resolve_at_each_stage
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Instrument, Rulebook
from tests.random_rulebooks import RandomLaw, random_laws
from tests.sizes import examples

TOY = Path(__file__).parent.parent / "toy" / "rules"


@pytest.fixture
def rulebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """The toy rulebook, with an empty cache."""
    rulebook = load_rulebook(TOY)
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path))
    return rulebook


def nothing_is_made(*_: object, **__: object) -> None:
    raise AssertionError("it was made again")


def check_kept(rulebook: Rulebook, patch: pytest.MonkeyPatch) -> int:
    """Each question is resolved once; then it is read back, and is the same."""
    count = 0
    for question in rulebook.questions:
        for dated in WAYS_OF_DATING:
            asked = question, rulebook.ordinary_stage, dated
            first = kept_question(rulebook, *asked)
            made = [resolve(rulebook, question, dated=dated), first.question]
            with patch.context() as now:
                now.setattr(kept_questions, "resolve", nothing_is_made)
                again = kept_question(rulebook, *asked)
            made.append(again.question)
            assert first.read == again.read == what_is_read(made[0])
            assert made[0] == made[1] == made[2]
            assert [[rule.laws for rule in one.rules] for one in made[1:]] == [
                [rule.laws for rule in made[0].rules]
            ] * 2
            count += 1
    return count


@given(random_laws())
@examples(quick=6, full=60)
def test_random_questions_are_kept_whole(law: RandomLaw) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAWMODEL_CACHE", f"{place}/cache")
        rulebook = load_rulebook(law.write(Path(place) / "rules"))
        count = check_kept(rulebook, patch)
        assert len([*Path(place, "cache").glob("question-*")]) == count


def test_the_questions_that_come_with_the_program_are_kept_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rulebook = load_rulebook(rules_folder())
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path))
    check_kept(rulebook, monkeypatch)


def test_a_rulebook_that_was_changed_keeps_nothing(rulebook: Rulebook, tmp_path: Path) -> None:
    changed = replace(rulebook, content_hash="")
    for question in changed.questions:
        assert of_rulebook(changed, question, changed.ordinary_stage, "by_facts") == ()
        kept_question(changed, question, changed.ordinary_stage, "by_facts")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.skipif(why_unavailable() is not None, reason="the engine is not there")
def test_the_rules_of_each_number_of_records_are_kept(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for question in rulebook.questions:
        made = Decider(rulebook, question, rulebook.ordinary_stage)
        lists = {path: fact for path, fact in rulebook.facts.items() if fact.sort == "records"}
        open_case = dict.fromkeys(made.question.domains)
        cases = [
            open_case | {path: tuple([{field.id: None for field in fact.of}] * count) for path, fact in lists.items()}
            for count in range(3)
        ]
        cases.append(open_case)
        derived = [ForwardChaining(made.question).derive(case) for case in cases]
        for _ in range(2):
            chaining = made.forward_chaining
            assert isinstance(chaining, ForwardChaining)
            assert [chaining.derive(case) for case in cases] == derived
            made = Decider(rulebook, question, rulebook.ordinary_stage)
            monkeypatch.setattr("lawmodel.reasoning.chaining.writing.written_program", nothing_is_made)
        monkeypatch.undo()
        monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path))
    assert [*tmp_path.glob("program-*")]


@pytest.mark.parametrize("kind", ["question", "program"])
def test_what_is_no_question_and_no_program_is_passed_over(kind: str, rulebook: Rulebook) -> None:
    kept = {"question": kept_questions.KEPT, "program": forward_chaining.KEPT}[kind]
    kept.keep(["one"], {"a": frozenset({1})})
    assert kept.recall(["one"]) == {"a": frozenset({1})}
    for odd in (Path("/"), rulebook, print):
        kept.keep(["one"], odd)
        assert kept.file(["one"]).is_file()
        assert kept.recall(["one"]) is None
    asked = next(iter(rulebook.questions)), rulebook.ordinary_stage, WAYS_OF_DATING[0]
    kept_questions.KEPT.keep(of_rulebook(rulebook, *asked), "none")
    assert kept_question(rulebook, *asked).question == resolve(rulebook, asked[0], dated=asked[2])
    assert kept_objects.folder().is_dir()


def otherwise(instrument: Instrument) -> Iterator[Instrument]:
    yield replace(instrument, steps=())
    moved = (replace(step, date=step.date + datetime.timedelta(days=400)) for step in instrument.steps)
    yield replace(instrument, steps=tuple(moved))


@given(random_laws())
@examples(quick=6, full=60)
def test_with_other_dates_of_a_law_only_what_depends_on_it_is_resolved(law: RandomLaw) -> None:
    check_otherwise(law.rulebook())


@given(random_laws())
@examples(quick=6, full=60)
def test_at_another_stage_only_what_became_law_on_another_day_is_resolved(law: RandomLaw) -> None:
    check_stages(law.rulebook())


def test_at_the_stages_of_the_law_that_comes_with_the_program() -> None:
    check_stages(load_rulebook(rules_folder()))


def check_stages(rulebook: Rulebook) -> None:
    """The same as if the question were resolved at each stage by itself."""
    stages = [one.id for one in rulebook.stages]
    for question in rulebook.questions:
        found = resolve_at_each_stage(rulebook, question, stages)
        assert found == {stage: resolve(rulebook, question, stage, dated="either") for stage in stages}


def test_with_other_dates_of_the_laws_that_come_with_the_program() -> None:
    assert check_otherwise(load_rulebook(rules_folder())) > 20


def check_otherwise(rulebook: Rulebook) -> int:
    """The same as if all of it were resolved; how many questions then are others."""
    count = 0
    stage = rulebook.ordinary_stage
    for question in rulebook.questions:
        resolved = resolve(rulebook, question)
        for name, instrument in rulebook.instruments.items():
            for other in otherwise(instrument):
                changed = replace(rulebook, instruments={**rulebook.instruments, name: other})
                expected = resolve(changed, question)
                found = resolve_otherwise(resolved, [name], changed, stage, "by_facts")
                assert found == expected
                assert [one.laws for one in found.rules] == [one.laws for one in expected.rules]
                same = [one for one in found.rules if any(one is rule for rule in resolved.rules)]
                assert all(one.laws is not None and name not in one.laws for one in same)
                count += found != resolved
    return count
