"""Receipts: written where they may go, whole in every value, and read strictly."""

from __future__ import annotations

import datetime
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel import load_cases, load_rulebook
from lawmodel.answer.receipt import PARTS, receipt_of
from lawmodel.case.case import Case
from lawmodel.case.file import BASE
from lawmodel.commands.json_output import Schema, json_line
from lawmodel.commands.main import main
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decide import answer_to
from lawmodel.inquiry.receipts import checked_receipt, engine_checks
from lawmodel.inquiry.sheet import questions_of
from lawmodel.law_files import case_files
from lawmodel.problems import ProblemsFound
from lawmodel.results.canonical_json import hash_of
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.verify.verify import verify
from tests.chosen_scenarios import chosen_scenarios
from tests.commands.every_verb import files, prepare
from tests.commands.running import Run
from tests.sizes import examples, one_in


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bridge")
    prepare(made)
    return made


@pytest.fixture(scope="module")
def bridge(folder: Path) -> Rulebook:
    return load_rulebook(folder / "law")


@pytest.fixture(scope="module")
def receipt(folder: Path, bridge: Rulebook) -> dict[str, Any]:
    """A receipt of an answer that depends, with readings, a day and a stage of its own."""
    case = load_cases(bridge, folder / "case.yaml")[0]
    asked = Ask(bridge, case, "crossing", readings={"arms": "unknown"}, stage="drafted")
    written: dict[str, Any] = json.loads(json_line(Schema.RECEIPT, checked_receipt(asked).to_json()))
    return written


def verdict(bridge: Rulebook, plain: Any) -> str:
    return verify(bridge, json.dumps(plain)).verdict


def values(plain: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where each value stands that is neither a list nor an object, or is an empty one."""
    inside = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    if not inside or not plain:
        yield path
    for step, value in inside:
        yield from values(value, (*path, step))


def changed(plain: Any, path: tuple[str | int, ...], value: Any) -> Any:
    made = json.loads(json.dumps(plain))
    within = made
    for step in path[:-1]:
        within = within[step]
    within[path[-1]] = value
    return made


# --- what a receipt holds ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", one_in(60, [str(one) for one in chosen_scenarios()]))
def test_the_receipt_of_every_answer_verifies(path: str) -> None:
    rulebook = load_rulebook()
    for case in load_cases(rulebook, path):
        for question in questions_of(rulebook, case):
            made = checked_receipt(Ask(rulebook, case, question))
            assert made.checks
            found = verify(rulebook, json_line(Schema.RECEIPT, made.to_json()))
            assert found.verdict == "same answer, same rules"
            assert {one.found for one in found.checks} == {"the same"}
            assert found.holds


@given(
    st.sampled_from([None, True, False]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, "2019-12-31", "2020-06-01", "2022-01-01"]),
    st.dictionaries(st.just("arms"), st.sampled_from(["carried", "drunk-only", "unknown"])),
    st.none() | st.dates(datetime.date(2019, 1, 1), datetime.date(2023, 1, 1)),
    st.sampled_from([None, "drafted", "valid"]),
    st.sampled_from([None, "gazette"]),
)
@examples(quick=15, full=300)
def test_whatever_is_asked_has_a_receipt_that_verifies(
    bridge: Rulebook,
    armed: bool | None,
    drunk: bool | None,
    made: str | None,
    readings: dict[str, str],
    on: datetime.date | None,
    stage: str | None,
    told_by: str | None,
) -> None:
    day = None if made is None else datetime.date.fromisoformat(made).toordinal()
    case = Case(facts={"traveller.armed": armed, "traveller.drunk": drunk, "crossing.made": day})
    ask = Ask(bridge, case, "crossing", readings=readings, on=on, stage=stage, told_by=told_by)
    found = verify(bridge, json_line(Schema.RECEIPT, checked_receipt(ask, on).to_json()))
    assert found.verdict == "same answer, same rules"
    assert found.holds


def test_an_answer_by_the_law_of_today_is_asked_again_by_the_law_of_that_day(bridge: Rulebook) -> None:
    """Otherwise the receipt would be of another question tomorrow."""
    case = Case(facts={"traveller.armed": True})
    today = checked_receipt(Ask(bridge, case, "crossing"))
    assert today.asked.on is None
    assert today.case.facts["crossing"] == {"made": datetime.date.today().isoformat()}
    assert verify(bridge, json_line(Schema.RECEIPT, today.to_json())).verdict == "same answer, same rules"


def test_the_day_of_today_is_among_the_facts_of_a_receipt() -> None:
    """Asked again by the law of that day, as if it had been chosen, what is assumed would be told otherwise."""
    rulebook = load_rulebook()
    (case, *_) = load_cases(rulebook, "scenarios/exactness/nothing-known.yaml")
    made = checked_receipt(Ask(rulebook, case, "deployment"))
    assert made.case.facts["decision"]["made"] == datetime.date.today().isoformat()
    assert verify(rulebook, json_line(Schema.RECEIPT, made.to_json())).verdict == "same answer, same rules"


def test_the_law_of_another_country_has_receipts_too() -> None:
    folder = Path("examples/british-nationality")
    rulebook = load_rulebook(folder / "rules")
    for case in load_cases(rulebook, case_files([folder / "cases"])[0]):
        for question in questions_of(rulebook, case):
            made = checked_receipt(Ask(rulebook, case, question))
            assert verify(rulebook, json_line(Schema.RECEIPT, made.to_json())).holds


def test_it_says_nothing_of_the_place_where_it_was_made(folder: Path, bridge: Rulebook, tmp_path: Path) -> None:
    shutil.copytree(folder / "law", tmp_path / "elsewhere")
    shutil.copy(folder / "case.yaml", tmp_path / "another.yaml")
    elsewhere = load_rulebook(tmp_path / "elsewhere")
    one, other = (
        checked_receipt(Ask(law, load_cases(law, case)[0], "crossing"))
        for law, case in ((bridge, folder / "case.yaml"), (elsewhere, tmp_path / "another.yaml"))
    )
    assert one == other
    unchecked = receipt_of(answer_to(Ask(bridge, load_cases(bridge, folder / "case.yaml")[0], "crossing")))
    assert unchecked.checks == ()
    assert one.sha256 == other.sha256 == unchecked.sha256
    text = json.dumps(one.to_json())
    assert str(folder) not in text
    assert "case.yaml" not in text


def test_what_the_solver_says_is_worked_out(bridge: Rulebook, folder: Path) -> None:
    """Told that another outcome is the answer, it says that it is not."""
    ask = Ask(bridge, load_cases(bridge, folder / "case.yaml")[0], "crossing")
    answer = answer_to(ask)
    assert [one.verdict for one in engine_checks(ask, answer) if one.engine == "z3"] == ["unsat", "sat"]
    wrong = replace(answer, outcome="free", possible=("free",))
    assert [one.verdict for one in engine_checks(ask, wrong) if one.engine == "z3"] == ["sat", "unsat"]


def test_an_open_answer_is_each_of_its_outcomes(receipt: dict[str, Any]) -> None:
    assert receipt["answer"]["possible"] == ["refused", "free"]
    assert [one["verdict"] for one in receipt["checks"] if one["engine"] == "z3"] == ["unsat", "sat"]
    assert receipt["asked"]["readings"] == {"arms": "unknown"}


def test_lists_that_are_not_known_are_bounded() -> None:
    rulebook = load_rulebook()
    case = load_cases(rulebook, "scenarios/extradition/04-serving-cook.yaml")[0]
    facts = {**case.facts, "service": None}
    made = checked_receipt(Ask(rulebook, type(case)(name="x", facts=facts, presume=True), "extradition"))
    bounds = [one.bounds for one in made.checks if one.engine == "z3"]
    assert bounds[0].keys() == {"service"}
    assert bounds[0]["service"] >= 2


def test_any_implementation_of_the_canonical_form_can_check_it(
    receipt: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the lines that the documentation shows."""
    (code,) = re.findall(r"```python\n(.*?)```", Path("docs/citing.md").read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "receipt.json").write_text(json.dumps(receipt), encoding="utf-8")
    subprocess.run([sys.executable, "-c", code], check=True)
    altered = changed(receipt, ("case", "title"), "Another")
    (tmp_path / "receipt.json").write_text(json.dumps(altered), encoding="utf-8")
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 1


# --- whatever is changed is noticed --------------------------------------------------------------------


@given(st.data())
@examples(quick=60, full=3_000)
def test_a_change_of_any_one_value_is_noticed(receipt: dict[str, Any], bridge: Rulebook, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(values(receipt), key=str)))
    was: Any = receipt
    for step in path:
        was = was[step]
    other = data.draw(
        st.one_of(
            st.none(), st.booleans(), st.integers(0, 3), st.text("ab\u00e9", max_size=3), st.just([]), st.just({})
        )
    )
    if json.dumps(other) == json.dumps(was):
        return
    text = json.dumps(changed(receipt, path, other))
    try:
        found = verify(bridge, text)
    except ProblemsFound:  # with its place: the tests below
        return
    assert found.verdict == "altered"
    assert found.altered == (path[1] if path[0] == "hashes" else path[0],)


@given(st.randoms(use_true_random=False), st.sampled_from([None, 1, 4, "\t"]), st.booleans())
@examples(quick=25, full=300)
def test_order_and_layout_make_no_difference(
    receipt: dict[str, Any], bridge: Rulebook, by: random.Random, indent: int | str | None, ascii_alone: bool
) -> None:
    def shuffled(plain: Any) -> Any:
        if isinstance(plain, dict):
            keys = list(plain)
            by.shuffle(keys)
            return {key: shuffled(plain[key]) for key in keys}
        return [shuffled(one) for one in plain] if isinstance(plain, list) else plain

    text = json.dumps(shuffled(receipt), indent=indent, ensure_ascii=ascii_alone)
    assert verify(bridge, text).verdict == "same answer, same rules"


@pytest.mark.parametrize(
    ("path", "value", "part"),
    [
        (("asked", "on"), "2022-01-02", "asked"),
        (("asked", "stage"), "valid", "asked"),
        (("program", "version"), "0.0.9", "program"),
        (("case", "title"), "Another title", "case"),
        (("case", "facts", "traveller", "drunk"), True, "case"),
        (("rulebook", "title"), "Another bridge", "rulebook"),
        (("rulebook", "files", "bridge.yaml"), "0" * 64, "rulebook"),
        (("answer", "grounds"), ["arms-1"], "answer"),
        (("trace", "sha256"), "0" * 64, "trace"),
        (("checks", 0, "version"), "1", "checks"),
        (("hashes", "trace"), "0" * 64, "trace"),
    ],
)
def test_what_was_changed_is_told_by_its_name(
    receipt: dict[str, Any], bridge: Rulebook, path: tuple[str | int, ...], value: object, part: str
) -> None:
    if path[:2] == ("checks", 0):
        path = ("checks", len(receipt["checks"]) - 1, *path[2:])
    assert part in PARTS
    assert verify(bridge, json.dumps(changed(receipt, path, value))).altered == (part,)


@pytest.mark.parametrize("part", ["rulebook", "case", "answer"])
def test_the_hash_inside_a_part_is_checked_too(receipt: dict[str, Any], bridge: Rulebook, part: str) -> None:
    plain = changed(receipt, (part, "sha256"), "0" * 64)
    plain["hashes"][part] = hash_of(plain[part])
    assert verify(bridge, json.dumps(plain)).altered == (part,)


# --- what is none --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("receipt",), True, "`receipt` is not 1"),
        (("receipt",), 2, "`receipt` is not 1"),
        (("schema",), "lawmodel/answer", '`schema` is not "lawmodel/receipt"'),
        (("version",), True, "`version` is not 1"),
        (("remark",), "more", "there is no key `remark` in a receipt"),
        (("asked", "by"), "me", "there is no key `asked.by` in a receipt"),
        (("asked", "readings"), ["arms"], "`asked.readings` is not what a receipt has there"),
        (("case", "facts"), [], "`case.facts` is not what a receipt has there"),
        (("case", "presume"), 1, "`case.presume"),
        (("answer", "status"), "open", "`answer.status` is not what a receipt has there"),
        (("answer", "consequences"), {"a": 1}, "`answer.consequences.a` is not what a receipt has there"),
        (("program", "name"), "another", "this is no receipt of lawmodel"),
        (("checks",), [{"engine": "mine", "agrees": True}], "`checks"),
        (("checks",), [{}], "`checks"),
        (("hashes",), {}, "`hashes.program` is missing"),
    ],
)
def test_what_is_no_receipt_is_refused_with_its_place(
    receipt: dict[str, Any], bridge: Rulebook, path: tuple[str | int, ...], value: object, message: str
) -> None:
    text = json.dumps(changed(receipt, path, value), indent=2)
    with pytest.raises(ProblemsFound) as found:
        verify(bridge, text)
    problem = next(one for one in found.value.problems if message in one.message)
    rest = text.split("\n", problem.line - 1)[-1][problem.column - 1 :]
    told, _ = json.JSONDecoder().raw_decode(rest)
    assert told == value or told in (value if isinstance(value, list) else value.values())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("asked", "question"), "swimming"),
        (("asked", "stage"), "dreamt"),
        (("asked", "readings"), {"legs": "two"}),
        (("asked", "told_by"), "nobody"),
        (("asked", "on"), "2022-02-30"),
        (("case", "facts"), {"traveller": {"armed": "perhaps"}}),
        (("case", "facts"), {"traveller": {"legs": 2}}),
        (("case", "facts"), {"crossing": {"made": None}}),
        (("case", "presume"), ["legs"]),
    ],
)
def test_hashes_that_fit_make_no_sense_of_nonsense(
    receipt: dict[str, Any], bridge: Rulebook, path: tuple[str | int, ...], value: object
) -> None:
    text = json.dumps(hashed_anew(changed(receipt, path, value)), indent=1)
    with pytest.raises(ProblemsFound) as found:
        verify(bridge, text)
    for problem in found.value.problems:
        assert problem.file == "receipt.json"
        assert problem.line > 1, problem


def hashed_anew(plain: Any) -> Any:
    """A receipt as somebody makes it who wants its hashes to fit: they are no signature."""
    made = json.loads(json.dumps(plain))
    case = {name: made["case"][name] for name in ("facts", "presume") if name in made["case"]}
    made["case"]["sha256"] = hash_of(case)
    answer = {name: value for name, value in made["answer"].items() if name != "sha256"}
    made["answer"]["sha256"] = hash_of(answer)
    made["hashes"] = {part: hash_of(made[part]) for part in PARTS}
    return made


@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_a_receipt_that_is_nested_deep_is_refused(receipt: dict[str, Any], bridge: Rulebook, bracket: str) -> None:
    deep = bracket * 600 + "0" + ("]" if bracket == "[" else "}") * 600
    text = json.dumps(changed(receipt, ("case", "facts"), {"deep": "DEEP"})).replace('"DEEP"', deep)
    with pytest.raises(ProblemsFound, match="nested at most 12 deep"):
        verify(bridge, text)


def test_a_receipt_of_very_many_values_is_refused_at_once(receipt: dict[str, Any], bridge: Rulebook) -> None:
    many = changed(receipt, ("case", "facts"), {"traveller": {f"a{one}": 1 for one in range(150_000)}})
    text = json.dumps(many)
    assert 1_500_000 < len(text) < 2_000_000
    start = time.process_time()
    with pytest.raises(ProblemsFound, match="at most 5,000 values"):
        verify(bridge, text)
    few = hashed_anew(changed(receipt, ("case", "facts"), {"traveller": {f"a{one}": 1 for one in range(4_500)}}))
    with pytest.raises(ProblemsFound, match="4,500 problems found"):
        verify(bridge, json.dumps(few))
    assert time.process_time() - start < 5


# --- where a receipt is written ------------------------------------------------------------------------


def test_nothing_is_written_over(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path)
    os.link(tmp_path / "case.yaml", tmp_path / "same.yaml")
    (tmp_path / "link.json").symlink_to("new.json")
    (tmp_path / "mine.json").write_text('{"mine": 1}', encoding="utf-8")
    run("--version")  # goes to the checkout
    monkeypatch.chdir(tmp_path)
    before = files(tmp_path)
    decide = ("decide", "case.yaml", "--rules", "law")

    def refused(*arguments: str) -> None:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        assert ended.value.code == 2, arguments
        assert files(tmp_path) == before, arguments

    refused(*decide, "--receipt", "new.json", "--out", "new.json")
    refused(*decide, "--receipt", "new.json", "--out", "./law/../new.json")
    refused(*decide, "--receipt", "new.json", "--out", "link.json")
    refused(*decide, "--receipt", "receipt.json", "--out", "receipt.json")
    refused(*decide, "--receipt", "case.yaml")
    refused(*decide, "--receipt", "same.yaml")
    refused(*decide, "--receipt", "law/bridge.yaml")
    refused(*decide, "--receipt", "law/more.yaml")
    refused(*decide, "--receipt", "mine.json")
    refused(*decide, "--receipt", "law")
    refused(*decide, "--receipt", "nowhere/new.json")
    refused(*decide, "--json", "--out", "receipt.json")
    refused("decide", "cases", "case.yaml", "--rules", "law", "--receipt", "new.json")
    refused("verify", "receipt.json", "--rules", "law", "--json", "--out", "receipt.json")


def test_a_receipt_takes_the_place_of_an_older_one(run: Run, tmp_path: Path) -> None:
    prepare(tmp_path)
    law, case, place = (str(tmp_path / name) for name in ("law", "case.yaml", "receipt.json"))
    old = Path(place).read_text(encoding="utf-8")
    out = str(tmp_path / "answer.html")
    ran = run("decide", case, "--rules", law, "--reading", "arms=drunk-only", "--receipt", place, "--out", out)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    new = Path(place).read_text(encoding="utf-8")
    assert new != old
    assert json.loads(new)["asked"]["readings"] == {"arms": "drunk-only"}
    assert "free" in Path(out).read_text(encoding="utf-8")
    assert run("verify", place, "--rules", law).code == 0


def test_a_variant_has_a_receipt_of_its_own(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "receipt.json"
    cook = "scenarios/extradition/04-serving-cook.yaml"
    for arguments in ((f"{cook}#discharged",), (cook, "--variant", "discharged")):
        assert run("decide", *arguments, "--brief", "--receipt", str(place)).code == 0
        assert json.loads(place.read_text(encoding="utf-8"))["answer"]["outcome"] == "may_grant"
    assert run("decide", cook, "--variant", BASE, "--brief", "--receipt", str(place)).code == 0
    assert json.loads(place.read_text(encoding="utf-8"))["answer"]["outcome"] == "must_refuse"


# --- rulebooks of several folders ----------------------------------------------------------------------


def test_files_of_one_name_in_two_folders_are_both_hashed(folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for place in (first, second):
        place.mkdir()
    shutil.copy(folder / "law" / "bridge.yaml", first / "law.yaml")
    (second / "law.yaml").write_text("numbers:\n  - {id: two, value: 2, says: two, sources: [{id: gazette}]}\n")
    both = load_rulebook(first, second)
    assert set(both.file_hashes) == {"law.yaml", "law.yaml (2)"}
    assert load_rulebook(second, first).content_hash == both.content_hash
    hashes = {both.content_hash}
    for place in (first, second):
        with (place / "law.yaml").open("a", encoding="utf-8") as file:
            file.write("# a remark\n")
        hashes.add(load_rulebook(first, second).content_hash)
    assert len(hashes) == 3
