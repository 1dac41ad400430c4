"""The table of exit codes holds for every verb, and JSON has its keys; errors are JSON too where JSON is wanted."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.json_output import VERSION, Schema
from tests.commands.every_verb import ANSWERING, ARGUMENTS, OF_A_SET, WITHOUT_JSON, as_json, law, prepare
from tests.commands.running import Run

CHECKOUT = Path(__file__).parents[2]
SPEAKING_JSON = sorted(set(ANSWERING) - set(WITHOUT_JSON))


@pytest.fixture
def bridge(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Run:
    """The program in the folder of `every_verb`, with answers to be tabulated and nobody who types."""
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    if "tabulate" in request.node.name:
        assert run("batch", *law("crossing", "table.csv", "--out", "kept.csv")).code == 0
    return run


def objects(text: str) -> list[dict[str, Any]]:
    """One object on many lines, or one a line."""
    return [json.loads(text)] if text.startswith("{\n") else [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("verb", ANSWERING)
def test_an_answer_is_0_whatever_it_is(bridge: Run, verb: str) -> None:
    assert bridge(verb, *ARGUMENTS[verb]).code == ExitCode.ANSWERED
    assert bridge(verb, *ARGUMENTS[verb]).code == ExitCode.ANSWERED  # over its own output, too


@pytest.mark.parametrize("verb", SPEAKING_JSON)
def test_every_object_says_what_it_is(bridge: Run, verb: str) -> None:
    found = objects(bridge(verb, *ARGUMENTS[verb], *as_json(verb)).out)
    assert found
    for one in found:
        assert list(one)[:2] == ["schema", "version"]
        assert one["schema"] in set(Schema)
        assert one["version"] == VERSION


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("check", ("law", "unmet.yaml")),
        ("prove", ("--rules", "wrong")),
        ("lint", ("law", "--scenarios", "unmet.yaml", "--only", "untested-provision", "--strict")),
        ("cover", law("unmet.yaml", "--at-least", "100")),
        ("mutate", law("unmet.yaml", "--jobs", "1", "--sample", "4", "--strict")),
        ("decisions", law("decisions", "another.yaml", "--strict")),
    ],
)
def test_what_does_not_hold_is_1(bridge: Run, verb: str, arguments: tuple[str, ...]) -> None:
    ran = bridge(verb, *arguments)
    assert ran.code == ExitCode.DOES_NOT_HOLD
    assert ran.out
    found = objects(bridge(verb, *arguments, *as_json(verb)).out)
    assert all(one["schema"] != Schema.ERRORS for one in found)  # that is an answer, too


def test_a_mistake_is_2_where_an_expectation_that_is_not_met_is_1(bridge: Run) -> None:
    Path("case.yaml").write_text("facts: {nothing: 1}\n")
    assert bridge("check", "law", "case.yaml").code == ExitCode.WRONG_INPUT


@pytest.mark.parametrize("verb", ANSWERING)
def test_wrong_usage_is_2(bridge: Run, verb: str) -> None:
    ran = bridge(verb, *ARGUMENTS[verb], "--nonsense")
    assert (ran.code, ran.out) == (ExitCode.WRONG_INPUT, "")
    assert "--nonsense" in ran.err
    if verb not in WITHOUT_JSON:
        ran = bridge(verb, *ARGUMENTS[verb], "--nonsense", *as_json(verb))
        (found,) = objects(ran.out)
        assert (ran.code, found["schema"]) == (ExitCode.WRONG_INPUT, Schema.ERRORS)
        assert "--nonsense" in found["errors"][0]["message"]
        assert f"lawmodel {verb} --help" in found["errors"][0]["mend"]
        assert "--nonsense" in ran.err  # people read it there, as without --json


@pytest.mark.parametrize("verb", [verb for verb in ANSWERING if verb not in OF_A_SET])
def test_a_wrong_file_is_2(bridge: Run, verb: str) -> None:
    Path("law/bridge.yaml").write_text("questions: [\n")
    ran = bridge(verb, *ARGUMENTS[verb])
    assert ran.code == ExitCode.WRONG_INPUT
    assert "law/bridge.yaml:1:12" in ran.err + ran.out
    if verb not in WITHOUT_JSON:
        ran = bridge(verb, *ARGUMENTS[verb], *as_json(verb))
        (found,) = objects(ran.out)
        assert ran.code == ExitCode.WRONG_INPUT
        errors = found["problems" if verb == "check" else "errors"]
        (error,) = (one for one in errors if one["file"] == "law/bridge.yaml")
        assert (error["line"], error["column"]) == (1, 12)
        assert error["message"]
        assert error["mend"]


def _raising(error: BaseException) -> Callable[..., Any]:
    def raises(*_: object, **__: object) -> None:
        raise error

    return raises


def test_a_defect_is_70_and_says_whose_fault_it_is(
    bridge: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("lawmodel.commands.options.load_rulebook", _raising(ZeroDivisionError("by \x1b[2J nothing")))
    ran = bridge("decide", *ARGUMENTS["decide"])
    assert (ran.code, ran.out) == (ExitCode.DEFECT, "")
    assert "a mistake of this program, not yours" in ran.err
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err
    (kept,) = tmp_path.glob("lawmodel-traceback-*.txt")
    assert str(kept) in ran.err
    assert "ZeroDivisionError: by" in kept.read_text(encoding="utf-8")
    (found,) = objects(bridge("decide", *ARGUMENTS["decide"], "--json").out)
    assert "ZeroDivisionError" in found["errors"][0]["message"]
    monkeypatch.setenv("LAWMODEL_TRACEBACK", "1")
    ran = bridge("decide", *ARGUMENTS["decide"])
    assert (ran.code, "Traceback" in ran.err) == (ExitCode.DEFECT, True)


def test_engines_that_disagree_are_a_defect(bridge: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from lawmodel.inquiry.decide import EnginesDisagree

    monkeypatch.setattr("lawmodel.verbs.decide.command.decide", _raising(EnginesDisagree("yes and no")))
    ran = bridge("decide", *ARGUMENTS["decide"])
    assert ran.code == ExitCode.DEFECT
    assert "yes and no" in ran.err


def test_the_documentation_has_the_same_table() -> None:
    text = (CHECKOUT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    table = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert table == {*map(int, ExitCode), 129, 143}
    assert all(f"`{one}`" in text for one in Schema)
