"""`lawmodel lint`: what is printed, in which forms, with which exit code; and findings that are accepted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest

from lawmodel.verbs.lint.checking import STALE, checks
from lawmodel.verbs.lint.findings import About, Finding
from tests.commands.running import Run

TOY = "tests/toy/rules"
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {"rules": {"type": "array", "items": {"$ref": "#/definitions/rule"}}},
                            }
                        },
                    },
                    "results": {"type": "array", "items": {"$ref": "#/definitions/result"}},
                },
            },
        },
    },
    "definitions": {
        "text": {
            "type": "object",
            "required": ["text"],
            "properties": {"text": {"type": "string", "minLength": 1}},
        },
        "rule": {
            "type": "object",
            "required": ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration"],
            "properties": {
                "id": {"type": "string", "pattern": "^[a-z-]+$"},
                "shortDescription": {"$ref": "#/definitions/text"},
                "fullDescription": {"$ref": "#/definitions/text"},
                "help": {"$ref": "#/definitions/text"},
                "defaultConfiguration": {"properties": {"level": {"enum": ["error", "warning", "note"]}}},
            },
        },
        "result": {
            "type": "object",
            "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
            "properties": {
                "level": {"enum": ["error", "warning", "note"]},
                "message": {"$ref": "#/definitions/text"},
                "locations": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["physicalLocation"],
                        "properties": {
                            "physicalLocation": {
                                "type": "object",
                                "required": ["artifactLocation", "region"],
                                "properties": {
                                    "artifactLocation": {
                                        "required": ["uri"],
                                        "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                                    },
                                    "region": {
                                        "required": ["startLine", "startColumn"],
                                        "properties": {
                                            "startLine": {"type": "integer", "minimum": 1},
                                            "startColumn": {"type": "integer", "minimum": 1},
                                        },
                                    },
                                },
                            }
                        },
                    },
                },
                "partialFingerprints": {"type": "object", "minProperties": 1},
                "suppressions": {
                    "type": "array",
                    "items": {"required": ["kind"], "properties": {"kind": {"enum": ["inSource", "external"]}}},
                },
            },
        },
    },
}
"""What SARIF 2.1.0 requires of the parts that are written, and what code hosts require beside it."""

QUICK = ["--only", "never-a-ground", "--only", "unasked-fact", "--only", "silent-default", "--only", "unused-entry"]


def test_findings_stand_in_the_order_of_the_files_with_their_places(run: Run, tmp_path: Path) -> None:
    ran = run("lint", str(broken_toy(tmp_path)))
    heads = [line for line in ran.out.splitlines() if line.startswith(str(tmp_path)) and ":" in line]
    places = [line.split(": ")[0].split(":") for line in heads]
    assert places == sorted(places, key=lambda one: (one[0], int(one[1]), int(one[2])))
    assert len(places) > 2
    assert "Lending in the town library" in ran.out
    assert f"{len(checks())} checks: 1 error" in ran.out


def test_a_rulebook_of_every_kind_of_entry_has_no_defect(run: Run) -> None:
    assert run("lint", TOY, "--strict").code == 0


def test_a_warning_fails_only_where_that_is_wanted(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("facts: {}\n", encoding="utf-8")
    untested = ["lint", TOY, "--only", "untested-provision", "--scenarios", str(case)]
    assert "Readers who are late" in run(*untested).out
    assert (run(*untested).code, run(*untested, "--strict").code) == (0, 1)


def test_an_error_fails(run: Run, tmp_path: Path) -> None:
    broken = broken_toy(tmp_path)
    ran = run("lint", str(broken), "--only", "never-applies")
    assert (ran.code, "can never apply" in ran.out) == (1, True)
    assert run("lint", str(broken), "--without", "never-applies", "--only", "uncited-source").code == 0


def broken_toy(folder: Path) -> Path:
    """The toy rulebook, with a provision that can never apply."""
    rules = folder / "rules"
    rules.mkdir()
    for file in Path(TOY).glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("when: always\n", "when: {all: [local, {not: local}]}\n")
        (rules / file.name).write_text(text, encoding="utf-8")
    return rules


def test_what_is_accepted_does_not_count(run: Run, tmp_path: Path) -> None:
    broken = broken_toy(tmp_path)
    (broken / ".lint-accepted.yaml").write_text(
        "- {check: never-applies, entry: night-loans, because: the order never came}\n", encoding="utf-8"
    )
    ran = run("lint", str(broken), "--only", "never-applies", "--strict")
    assert (ran.code, "1 accepted" in ran.out, "can never apply" in ran.out) == (0, True, False)
    assert "Accepted: the order never came" in run("lint", str(broken), "--only", "never-applies", "--all").out
    (found,) = json.loads(run("lint", str(broken), "--only", "never-applies", "--format", "json").out)["findings"]
    assert found["accepted_because"] == "the order never came"
    log = json.loads(run("lint", str(broken), "--only", "never-applies", "--format", "sarif").out)
    (result,) = log["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": "the order never came"}]
    jsonschema.validate(log, SARIF)


def test_an_acceptance_of_nothing_is_itself_found(run: Run, tmp_path: Path) -> None:
    accepted = tmp_path / "accepted.yaml"
    accepted.write_text(
        "# known\n- {check: unused-entry, entry: gone, because: it was meant}\n"
        "- {check: never-applies, entry: gone, because: not looked at now}\n",
        encoding="utf-8",
    )
    ran = run("lint", TOY, "--only", "unused-entry", "--accepted", str(accepted), "--strict")
    assert ran.code == 1
    assert f"{accepted}:2:3: warning  stale-acceptance" in ran.out
    assert "never-applies" not in ran.out


def test_the_folder_of_a_rulebook_may_hold_what_is_accepted(run: Run, tmp_path: Path) -> None:
    """It is read neither as law nor as a case."""
    broken = broken_toy(tmp_path)
    (broken / ".lint-accepted.yaml").write_text("- {check: unused-entry, entry: x, because: y}\n", encoding="utf-8")
    assert run("check", str(broken)).code == 0
    assert run("law", "--rules", str(broken)).code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("check: never-applies", "findings are accepted in a list"),
        ("- never-applies", "an acceptance has keys"),
        ("- {check: never-aplies, entry: x, because: y}", "Did you mean never-applies"),
        ("- {check: never-applies, entry: x}", "`because` is missing"),
        ("- {check: never-applies, entry: x, because: y, why: z}", "an acceptance has no `why`"),
        ("- [", "still open"),
    ],
)
def test_wrong_acceptances(run: Run, tmp_path: Path, text: str, message: str) -> None:
    accepted = tmp_path / "accepted.yaml"
    accepted.write_text(text + "\n", encoding="utf-8")
    ran = run("lint", TOY, *QUICK, "--accepted", str(accepted))
    assert (ran.code, message in ran.err) == (2, True)


def test_sarif_is_as_required(run: Run) -> None:
    log = json.loads(run("lint", TOY, "--format", "sarif").out)
    jsonschema.validate(log, SARIF)
    (one,) = log["runs"]
    results = one["results"]
    assert results
    rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules)) == len(checks())
    for result in results:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert Path(uri).is_file()
        assert uri.startswith("tests/toy/")
    fingerprints = [next(iter(result["partialFingerprints"].values())) for result in results]
    assert len(set(fingerprints)) == len(fingerprints)


def test_json_says_the_same_as_the_text(run: Run) -> None:
    plain = json.loads(run("lint", TOY, *QUICK, "--format", "json").out)
    text = run("lint", TOY, *QUICK).out
    assert [one["id"] for one in plain["checks"]] == [name for name in checks() if name in QUICK]
    for one in plain["findings"]:
        assert f"{one['file']}:{one['line']}:{one['column']}: {one['severity']}  {one['check']}" in text
    assert sum(plain["counts"].values()) == len(plain["findings"]) > 0


def test_every_form_says_the_same(run: Run) -> None:
    for form in ("markdown", "html"):
        ran = run("lint", TOY, "--only", "silent-default", "--format", form)
        assert ran.code == 0
        assert "outcome: lend" in ran.out
        assert "tests/toy/rules/lending.yaml:90:9" in ran.out


def test_a_file_takes_the_findings(run: Run, tmp_path: Path) -> None:
    """Its ending says the format; SARIF is one of this verb alone."""
    log = tmp_path / "findings.sarif"
    assert run("lint", TOY, *QUICK, "--out", str(log)).code == 0
    jsonschema.validate(json.loads(log.read_text(encoding="utf-8")), SARIF)
    assert run("lint", TOY, *QUICK, "--out", str(log)).code == 0  # over an older one
    log.write_text("{}", encoding="utf-8")
    refused = run("lint", TOY, *QUICK, "--out", str(log))
    assert (refused.code, log.read_text(encoding="utf-8")) == (2, "{}")
    other = run("decide", "scenarios/extradition/04-serving-cook.yaml", "--out", str(tmp_path / "answer.sarif"))
    assert (other.code, "says no format" in other.err) == (2, True)


def test_every_check_says_what_it_finds(run: Run) -> None:
    ran = run("lint", "--list")
    for name, check in checks().items():
        assert name in ran.out
        assert check.ABOUT.severity in {"error", "warning", "note"}
        assert name == name.lower().replace("_", "-")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--only", "never-aplies"], "Did you mean never-applies"),
        (["--without", "unasked"], "Did you mean unasked-fact"),
        (["--only", "unasked-fact", "--without", "unasked-fact"], "no check is left"),
        (["nowhere"], "there is no such file"),
        (["--format", "rtf"], "is not one of"),
        ([TOY, "--only", "unasked-fact", "--accepted", "nowhere.yaml"], "there is no such file"),
        ([TOY, "--only", "unasked-fact", "--scenarios", "nowhere.yaml"], "there is no such file"),
    ],
)
def test_wrong_input(run: Run, arguments: list[str], message: str) -> None:
    ran = run("lint", *arguments)
    assert (ran.code, message in ran.err) == (2, True)


def test_others_can_add_a_check(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    added = SimpleNamespace(
        ABOUT=About("long-title", "A long title", "warning", "It is long.", "Shorten it."),
        check=lambda law: (
            Finding("long-title", one.place, "question", name, one.title)
            for name, one in law.rulebook.questions.items()
        ),
        render=lambda finding: f"How long {finding.message} is!",
    )
    entry = SimpleNamespace(load=lambda: added)
    checking = "lawmodel.verbs.lint.checking.entry_points"
    monkeypatch.setattr(checking, lambda group: [entry] * (group == "lawmodel.lint"))
    ran = run("lint", TOY, "--only", "long-title")
    assert "How long Loan is!" in ran.out
    assert "Shorten it." in ran.out


@pytest.mark.long
def test_the_supplied_law_has_no_error(run: Run) -> None:
    ran = run(
        "lint", "--only", "never-applies", "--only", "outcome-out-of-reach", "--only", "uncited-source", "--strict"
    )
    assert ran.code == 0, ran.out


def test_the_docs_list_every_check_with_its_severity() -> None:
    docs = (Path(__file__).parents[3] / "docs" / "linting.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([a-z-]+)` \| [^|]* \| (\w+) \|$", docs, re.MULTILINE))
    assert listed == {name: one.ABOUT.severity for name, one in checks().items()} | {STALE.id: STALE.severity}
