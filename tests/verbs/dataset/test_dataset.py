"""`lawmodel dataset`: what stands in the files is what `decide` answers, and the same seed gives the same files."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lawmodel.case.file import load_cases, parse_cases
from lawmodel.case.writing import case_text
from lawmodel.exercises.prose.read_back import read_back
from lawmodel.exercises.prose.story import facts_to_tell
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.dataset.labelled import LABELS
from lawmodel.verbs.dataset.selection import select
from tests.commands.every_verb import law, prepare
from tests.commands.running import Run
from tests.sizes import sizes

TOY = Path(__file__).parents[2] / "toy" / "rules"


@pytest.fixture(scope="module")
def toy() -> Rulebook:
    return load_rulebook(TOY)


@pytest.fixture
def bridge(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    return run


def _lines(folder: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in Path(folder, "cases.jsonl").read_text(encoding="utf-8").splitlines()]


def _selected(rulebook: Rulebook, count: int, seed: int = 3) -> list[Any]:
    questions = tuple(rulebook.questions)
    return list(select(rulebook, questions, count, seed, most_reasons=1, progress=lambda _: None).cases)


@pytest.mark.parametrize("size", sizes(12, 80))
def test_every_answer_is_that_of_decide(toy: Rulebook, tmp_path: Path, size: int) -> None:
    """By default, and under each option that is told; and a case is contested as its label says."""
    cases = _selected(toy, size)
    assert cases
    for one in cases:
        file = tmp_path / "case.yaml"
        file.write_text(case_text({"title": "a case", **one.case}), encoding="utf-8")
        (case,) = load_cases(toy, file)
        answer = decide(toy, case, one.question, forward_chaining=False)
        assert (answer.outcome, answer.possible, answer.rests_on) == (one.outcome, one.possible, one.rests_on)
        assert tuple(ground.id for ground in answer.grounds) == one.grounds
        assert answer.law_date == one.day
        reached = set()
        for told in one.by_reading:
            found = decide(toy, case, one.question, readings={told.reading: told.option}, forward_chaining=False)
            assert found.possible == told.possible
            if told.sources or told.default:
                reached.add(told.possible)
        if one.label == "uncontested":
            assert len(reached) <= 1
            assert not one.over
        else:
            assert one.over
        assert (one.status == "determined") == (one.outcome is not None)
    assert len({one.id for one in cases}) == len(cases)


def test_no_two_cases_are_alike_and_groups_are_even(toy: Rulebook) -> None:
    cases = _selected(toy, 24)
    facts = [json.dumps(one.case, sort_keys=True, default=str) for one in cases]
    assert len(set(facts)) == len(facts)
    groups = Counter((one.question, one.possible, one.label) for one in cases)
    assert max(groups.values()) <= 24 // 2
    assert {one.label for one in cases} <= set(LABELS)
    assert len({one.possible for one in cases}) > 1


def test_the_same_seed_gives_the_same_cases_and_another_others(toy: Rulebook) -> None:
    first, again, other = (_selected(toy, 8, seed) for seed in (1, 1, 2))
    assert first == again
    assert [one.id for one in first] != [one.id for one in other]


def test_the_files_say_the_same_and_describe_themselves(bridge: Run) -> None:
    ran = bridge("dataset", *law("--count", "6", "--seed", "5", "--out", "set"))
    assert ran.code == 0, ran
    lines = _lines("set")
    table = pq.read_table("set/cases.parquet")
    assert [{**one, "case": json.loads(one["case"])} for one in table.to_pylist()] == lines
    package = json.loads(Path("set/datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = Path("set", resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert [one["name"] for one in resource["schema"]["fields"]] == list(lines[0])
    assert package["licenses"] == [{"name": "MIT"}]
    assert package["lawmodel"]["seed"] == 5
    assert package["lawmodel"]["cases"] == len(lines)
    assert all(one["rulebook"] == package["lawmodel"]["rulebook"]["sha256"] for one in lines)
    bridge("dataset", *law("--count", "6", "--seed", "5", "--out", "again"))
    for name in ("cases.jsonl", "cases.parquet", "datapackage.json"):
        assert Path("set", name).read_bytes() == Path("again", name).read_bytes()
    assert bridge("dataset", *law("--count", "6", "--out", "set")).code == 0  # its own files give way


def test_a_reason_names_what_settles_the_outcome(bridge: Run) -> None:
    assert bridge("dataset", *law("--count", "6", "--out", "set", "--reasons", "2")).code == 0
    settled = [one for one in _lines("set") if one["outcome"] == "refused"]
    assert settled
    assert any(said["input"] == "traveller.armed" for one in settled for said in one["reasons"][0])
    assert bridge("dataset", *law("--count", "6", "--out", "none", "--reasons", "0")).code == 0
    assert all(one["reasons"] == [] for one in _lines("none"))


def test_what_stands_in_the_way_is_left_as_it_is(bridge: Run) -> None:
    Path("set").mkdir()
    Path("set/cases.jsonl").write_text("mine\n", encoding="utf-8")
    ran = bridge("dataset", *law("--count", "2", "--out", "set"))
    assert ran.code == 2
    assert "is not replaced" in ran.err
    assert Path("set/cases.jsonl").read_text(encoding="utf-8") == "mine\n"
    assert not Path("set/datapackage.json").exists()
    assert bridge("dataset", *law("--count", "2", "--out", "law")).code == 2
    assert bridge("dataset", *law("--question", "crosing")).code == 2
    assert bridge("dataset", *law("--count", "0")).code == 2


def test_where_the_law_has_no_more_cases_it_says_so(bridge: Run) -> None:
    ran = bridge("dataset", *law("--count", "1000"))
    assert ran.code == 0
    assert "1000 cases were wanted, and no more were found." in ran.out or "1,000 cases" in ran.out


def test_a_story_tells_the_case_and_nothing_of_the_answer() -> None:
    law = load_rulebook(rules_folder())
    selected = select(law, ("deployment",), 6, 3, most_reasons=0, progress=lambda _: None)
    told = [one for one in selected.cases if one.story is not None]
    assert len(told) >= 3
    for one in told:
        assert one.story is not None
        (case,) = parse_cases(law, case_text({"title": "a case", **one.case}), "case.yaml")
        assert read_back(law, one.story) == facts_to_tell(law, case, one.question, None, ())
        outcomes = law.questions[one.question].outcomes
        assert not [outcome for outcome in outcomes if outcome.predicate and outcome.predicate in one.story]
