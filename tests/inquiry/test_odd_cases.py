"""What the supplied rulebook says that no case can be, and what is odd: each is refused, or remarked on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases, parse_cases
from lawmodel.commands.main import program
from lawmodel.inquiry.decide import decide
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

ODD = "scenarios/consistency/odd.yaml"
IMPOSSIBLE = {
    "a citizenship cannot end": "person: {citizenships: [{state: UZ, from: 2020-01-02, to: 2020-01-01}]}",
    "a period of service cannot end": "service: [{from: 2025-02-03, to: 2025-02-02}]",
    "a request is received before": "request: {received: 2026-04-23}, decision: {made: 2026-04-22}",
    "decided before anyone is handed over": "decision: {made: 2026-04-22, surrender: 2026-04-21}",
    "nobody is told of a decision": "decision: {made: 2026-04-22, notified: 2026-04-21}",
    "an appeal is decided after": "decision: {made: 2026-04-22, appeal_decided: 2026-04-21}",
    "a removal decided after the day of the law": "removal: {decided: 2026-04-23}, decision: {made: 2026-04-22}",
}


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(Path("rules"))


@pytest.fixture(scope="module")
def odd_cases(law: Rulebook) -> dict[str | None, Case]:
    return {case.variant: case for case in load_cases(law, Path(ODD))}


def test_every_odd_case_is_remarked_on_by_its_rule_alone(law: Rulebook, odd_cases: dict[str | None, Case]) -> None:
    rules = [one.id for one in law.consistency if one.level == "warning" and one.id is not None]
    assert sorted(rules) == sorted(name for name in odd_cases if name is not None)
    for variant, case in odd_cases.items():
        answer = decide(law, case, "extradition")
        assert [one.id for one in answer.remarks] == ([] if variant is None else [variant])


def test_check_shows_each_odd_case(law: Rulebook) -> None:
    ran = CliRunner().invoke(program, ["check", ODD, "--no-expect", "--json"])
    assert ran.exit_code == 0
    shown = [one["message"] for one in json.loads(ran.stdout)["remarks"]]
    assert sorted(shown) == sorted(f"{rule.id}: {rule.says}" for rule in law.consistency if rule.level == "warning")


@pytest.mark.parametrize(("says", "facts"), IMPOSSIBLE.items())
def test_what_no_case_can_be_is_refused(law: Rulebook, tmp_path: Path, says: str, facts: str) -> None:
    written = f"questions: [removal]\nfacts: {{{facts}}}\n"
    with pytest.raises(ProblemsFound, match=says):
        decide(law, parse_cases(law, written)[0], "removal")
    path = tmp_path / "case.yaml"
    path.write_text(written, encoding="utf-8")
    ran = CliRunner().invoke(program, ["check", str(path)])
    assert ran.exit_code == 2
    assert says in " ".join(ran.stdout.split())


def test_every_error_of_the_rulebook_is_tried(law: Rulebook) -> None:
    errors = [one.says for one in law.consistency if one.level != "warning"]
    assert all(any(part in says for part in IMPOSSIBLE) for says in errors)


def test_a_removal_after_the_day_of_the_law_counts_for_removal_alone(law: Rulebook) -> None:
    text = "facts: {removal: {decided: 2026-04-23}, decision: {made: 2026-04-22}}\n"
    (case,) = parse_cases(law, text)
    assert decide(law, case, "expulsion").remarks == ()


@pytest.mark.parametrize(
    ("end", "odd"), [("2020-02-29", True), ("2020-02-28", False), ("still", True), ("unknown", False)]
)
def test_sixty_years_are_counted_to_the_end_or_to_the_day_of_the_law(law: Rulebook, end: str, odd: bool) -> None:
    text = f"facts: {{service: [{{from: 1960-02-29, to: {end}}}], decision: {{made: 2026-04-22}}}}\n"
    (case,) = parse_cases(law, text)
    assert [one.id for one in decide(law, case, "enlistment").remarks] == (["service-of-sixty-years"] if odd else [])
