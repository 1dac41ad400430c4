"""Scenario files are tests of pytest, where they are asked for and nowhere else."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
import yaml  # noqa: F401 - before pytester, which drops what a run imports: PyYAML's C part is imported but once

pytest_plugins = ["pytester"]

MODULE = "lawmodel.testing.pytest_plugin"
INSTALLED = any(one.value == MODULE for one in entry_points(group="pytest11"))
PLUGIN = ["-p", "no:xdist", "-p", "no:cacheprovider", *([] if INSTALLED else ["-p", MODULE])]
SCENARIO = """\
title: A man without a state
presume: ordinary
facts:
  person: {citizenships: []}
  service: []
  request: {state: UZ, received: 2026-03-30}
  decision: {made: 2026-04-22}
expect:
  - question: extradition
    outcome: may_grant
  - question: extradition
    readings: {combat: everyone}
    outcome: %s
variants:
  - id: citizen
    facts: {person: {citizenships: [{state: RU}]}}
    expect:
      - {question: extradition, outcome: must_refuse}
"""


@pytest.fixture
def folder(pytester: pytest.Pytester) -> pytest.Pytester:
    cases = pytester.mkdir("cases")
    (cases / "one.yaml").write_text(SCENARIO % "may_grant", encoding="utf-8")
    pytester.makepyfile(test_own="def test_own(): pass")
    return pytester


def test_it_does_nothing_unless_asked(folder: pytest.Pytester) -> None:
    folder.runpytest(*PLUGIN).assert_outcomes(passed=1)
    folder.runpytest(*PLUGIN, "cases").assert_outcomes()


def test_scenarios_are_collected_beside_other_tests(folder: pytest.Pytester) -> None:
    folder.runpytest(*PLUGIN, "--lawmodel-scenarios", "cases").assert_outcomes(passed=4)
    folder.runpytest(*PLUGIN, "test_own.py", "--lawmodel-scenarios", "cases/one.yaml").assert_outcomes(passed=4)


def test_every_expectation_has_a_name(folder: pytest.Pytester) -> None:
    ran = folder.runpytest(*PLUGIN, "cases", "--lawmodel-scenarios", "cases", "--collect-only", "-q")
    ran.stdout.fnmatch_lines(
        [
            "cases/one.yaml::base: extradition",
            "cases/one.yaml::base: extradition combat=everyone",
            "cases/one.yaml::citizen: extradition",
        ]
    )


def test_one_variant_is_collected_by_the_name_that_the_program_prints(folder: pytest.Pytester) -> None:
    named = "cases/one.yaml#citizen"
    ran = folder.runpytest(*PLUGIN, "cases", "--lawmodel-scenarios", named, "--collect-only", "-q")
    ran.stdout.fnmatch_lines(["cases/one.yaml::citizen: extradition"])
    ran.stdout.no_fnmatch_line("*base*")
    ran = folder.runpytest(*PLUGIN, "cases", "--lawmodel-scenarios", "cases/one.yaml#citizn")
    ran.stdout.fnmatch_lines(["*there is no variant `citizn`*", "*Did you mean citizen?"])


def test_the_ini_file_can_name_them(folder: pytest.Pytester) -> None:
    folder.makeini("[pytest]\nlawmodel_scenarios = cases\n")
    folder.runpytest(*PLUGIN).assert_outcomes(passed=4)
    folder.runpytest(*PLUGIN, "test_own.py").assert_outcomes(passed=1)


def test_a_failure_says_what_was_expected_where_and_what_is_the_answer(folder: pytest.Pytester) -> None:
    (folder.path / "cases" / "one.yaml").write_text(SCENARIO % "must_refuse", encoding="utf-8")
    ran = folder.runpytest(*PLUGIN, "--lawmodel-scenarios", "cases")
    ran.assert_outcomes(passed=3, failed=1)
    ran.stdout.fnmatch_lines(
        [
            "*one.yaml:11: base: extradition combat=everyone",
            "  A man without a state",
            "  outcome  expected  must_refuse",
            "           found     may_grant",
            "  Extradition may be granted*",
        ]
    )


def test_a_file_that_is_wrong_is_one_error_with_its_place(folder: pytest.Pytester) -> None:
    (folder.path / "cases" / "two.yaml").write_text("facts: {person: {present: yes}}\n", encoding="utf-8")
    ran = folder.runpytest(*PLUGIN, "--lawmodel-scenarios", "cases")
    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines(["*two.yaml:1:*there is no fact `person.present`*"])


def test_other_rules_can_be_named(folder: pytest.Pytester) -> None:
    ran = folder.runpytest(*PLUGIN, "--lawmodel-scenarios", "cases", "--lawmodel-rules", "nowhere")
    assert ran.ret != 0
    ran.stdout.fnmatch_lines(["*nowhere*"])


def test_a_path_there_is_not_is_a_usage_error(folder: pytest.Pytester) -> None:
    ran = folder.runpytest(*PLUGIN, "--lawmodel-scenarios", "elsewhere")
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines(["*there is no file or folder*elsewhere*"])


def test_it_loads_nothing_of_the_machine_and_not_hypothesis() -> None:
    script = f"import pytest, sys; had = set(sys.modules); import {MODULE}; print(*sorted(set(sys.modules) - had))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert MODULE in loaded
    assert {one for one in loaded if one.startswith(("lawmodel.", "hypothesis", "rich", "pydantic", "yaml", "z3"))} == {
        "lawmodel.testing",
        "lawmodel.testing.expectation_items",
        "lawmodel.testing.property_items",
        "lawmodel.testing.tested_rulebook",
        MODULE,
    }


PROPERTY = """\
properties:
  - id: citizens-stay
    says: No citizen is surrendered.
    question: extradition
    given: {concept: russian, at: %s}
    claims: {never: [may_grant]}
    holds: yes
"""


def test_properties_are_proofs_beside_the_rulebook(folder: pytest.Pytester) -> None:
    (folder.path / "own.yaml").write_text(PROPERTY % "critical-date", encoding="utf-8")
    ran = folder.runpytest(*PLUGIN, "--lawmodel-properties", "own.yaml", "--lawmodel-scenarios", "cases", "-v")
    ran.assert_outcomes(passed=5)
    ran.stdout.fnmatch_lines(["own.yaml::citizens-stay PASSED*"])


def test_a_refuted_property_shows_the_case(folder: pytest.Pytester) -> None:
    (folder.path / "own.yaml").write_text(PROPERTY % "decision.made", encoding="utf-8")
    ran = folder.runpytest(*PLUGIN, "--lawmodel-properties", "own.yaml")
    ran.assert_outcomes(passed=1, failed=1)
    ran.stdout.fnmatch_lines(
        [
            "*own.yaml:2: No citizen is surrendered.",
            "  It is said to hold, and this case refutes it:",
            "*outcome: may_grant",
        ]
    )


def test_properties_with_a_mistake_are_one_error(folder: pytest.Pytester) -> None:
    (folder.path / "own.yaml").write_text(PROPERTY % "decision.mad", encoding="utf-8")
    ran = folder.runpytest(*PLUGIN, "--lawmodel-properties", "own.yaml")
    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines(["*own.yaml:5:*there is no day `decision.mad`*"])
