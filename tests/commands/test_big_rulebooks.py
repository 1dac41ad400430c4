"""Every verb on big rulebooks: an answer within a bound, or a limit that is said; never a traceback."""

from __future__ import annotations

from pathlib import Path

from tests.big_rulebooks import Plain, at_least_half_of, one_fact_provisions, one_long, write
from tests.commands.running import Run


def decided(run: Run, folder: Path, law: Plain, verb: str = "decide", *more: str) -> str:
    rules, case = write(folder, law)
    ran = run(verb, case, *more, "--rules", rules)
    assert ran.code == 0, ran.err
    return ran.out


def test_many_provisions_with_nothing_known(run: Run, tmp_path: Path) -> None:
    law = one_fact_provisions(400)
    assert "turns on" in decided(run, tmp_path, law).lower()
    assert "p.a399" in decided(run, tmp_path, law, "turns-on")
    assert "p.a7" in decided(run, tmp_path, law, "whatif", "p.a7=yes")
    decided(run, tmp_path, law, "tellings")


def test_a_long_condition_with_nothing_known(run: Run, tmp_path: Path) -> None:
    assert "p.a299" in decided(run, tmp_path, one_long("any")(300), "turns-on")


def test_production_rules_that_would_be_too_many_are_left_out_and_named(run: Run, tmp_path: Path) -> None:
    said = decided(run, tmp_path, at_least_half_of(12), "decide", "--json", "--brief")
    assert '"without": "making its rules takes more than 300,000 steps"' in said
    assert '"forward chaining"' not in said
