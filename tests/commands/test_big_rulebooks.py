"""Every verb on big rulebooks: an answer within a bound, or a limit that is said; never a traceback."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from lawmodel.reasoning.chaining.production_rules import MOST_STEPS
from tests.big_rulebooks import (
    QUESTION,
    Plain,
    at_least_half_of,
    choices,
    concepts_in_a_chain,
    dates,
    dates_in_order,
    deep,
    nested,
    one_fact_provisions,
    one_long,
    readings,
    records,
    write,
)
from tests.commands.running import Run
from tests.sizes import sizes


def decided(run: Run, folder: Path, law: Plain, verb: str = "decide", *more: str) -> str:
    rules, case = write(folder, law)
    ran = run(verb, case, *more, "--rules", rules)
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize("count", sizes(120, 400))
def test_many_provisions_with_nothing_known(run: Run, tmp_path: Path, count: int) -> None:
    law = one_fact_provisions(count)
    assert f"IT DEPENDS on {count} unknown facts" in decided(run, tmp_path, law)
    assert f"p.a{count - 1}" in decided(run, tmp_path, law, "turns-on")
    assert "p.a7" in decided(run, tmp_path, law, "whatif", "p.a7=yes")
    decided(run, tmp_path, law, "tellings")


def test_a_long_condition_with_nothing_known(run: Run, tmp_path: Path) -> None:
    assert "p.a299" in decided(run, tmp_path, one_long("any")(300), "turns-on")


@pytest.mark.parametrize("steps", sizes(10_000, MOST_STEPS))
def test_production_rules_that_would_be_too_many_are_left_out_and_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    monkeypatch.setattr("lawmodel.reasoning.chaining.production_rules.MOST_STEPS", steps)
    said = decided(run, tmp_path, at_least_half_of(12), "decide", "--json", "--brief")
    assert f'"without": "making its rules takes more than {steps:,} steps"' in said
    assert '"forward chaining"' not in said


def test_a_law_beyond_what_is_gone_through_is_refused_in_words(run: Run, tmp_path: Path) -> None:
    rules, case = write(tmp_path, one_fact_provisions(400))
    for arguments in (("lint", rules), ("cover", case, "--rules", rules), ("mutate", case, "--rules", rules)):
        ran = run(*arguments)
        assert ran.code == 2
        assert "1,200 conditions" in ran.err
        assert "1,000 at most" in ran.err
    rules, case = write(tmp_path, readings(41))
    ran = run("compare", case, "--rules", rules)
    assert ran.code == 2
    assert "--reading NAME=OPTION" in ran.err


def test_the_deepest_law_that_is_accepted_is_answered_and_deeper_ones_are_refused(run: Run, tmp_path: Path) -> None:
    law = deep(100)
    for verb in (
        ("decide",),
        ("why",),
        ("why-not", "granted"),
        ("change", "--to", "granted"),
        ("export", "--to", "asp"),
    ):
        decided(run, tmp_path, law, verb[0], *verb[1:])
    rules, case = write(tmp_path / "deeper", deep(101))
    ran = run("check", rules, case)
    assert ran.code == 2
    assert "the provision `r0` has more than 100 conditions within one another" in ran.out


def test_reasons_under_days_in_a_long_order(run: Run, tmp_path: Path) -> None:
    """z3 is asked what takes it longer to prepare than it is first given."""
    assert '"possible": ["granted", "refused"]' in decided(run, tmp_path, dates_in_order(300), "why", "--json")


def test_tables_under_days_in_a_long_order(run: Run, tmp_path: Path) -> None:
    rules, _ = write(tmp_path, dates_in_order(60))
    (tmp_path / "rows.csv").write_text("decision.made\n2026-01-01\n", encoding="utf-8")
    ran = run("batch", QUESTION, str(tmp_path / "rows.csv"), "--out", str(tmp_path / "out.csv"), "--rules", rules)
    assert ran.code == 0, ran.err


KINDS: dict[str, Callable[[], Plain]] = {
    "provisions": lambda: one_fact_provisions(300),
    "all": lambda: one_long("all")(200),
    "any": lambda: one_long("any")(250),
    "half": lambda: at_least_half_of(12),
    "nested": lambda: nested(24),
    "deep": lambda: deep(100),
    "concepts": lambda: concepts_in_a_chain(40),
    "readings": lambda: readings(100),
    "records": lambda: records(30),
    "choices": lambda: choices(2000),
    "dates": lambda: dates(100),
    "dates-in-order": lambda: dates_in_order(90),
}
NAMED = "--question", QUESTION
VERBS: dict[str, tuple[str, ...]] = {
    "check": ("check", "RULES", "CASE"),
    "decide": ("decide", "CASE"),
    "turns-on": ("turns-on", "CASE"),
    "ask": ("ask", QUESTION),
    "why": ("why", "CASE"),
    "why-not": ("why-not", "CASE", "granted"),
    "change": ("change", "CASE", "--to", "granted"),
    "whatif": ("whatif", "CASE", "decision.made=2026-02-01"),
    "compare": ("compare", "CASE"),
    "compare by date": ("compare", "CASE", "--by", "date"),
    "compare by stage": ("compare", "CASE", "--by", "stage"),
    "compare by telling": ("compare", "CASE", "--by", "telling"),
    "report": ("report", "CASE"),
    "tellings": ("tellings", "CASE"),
    "find": ("find", "--outcome", "granted", *NAMED),
    "prove": ("prove",),
    "diff": ("diff", "date", "2026-01-01", "2026-02-01", *NAMED),
    "lint": ("lint", "RULES", "--scenarios", "CASE"),
    "cover": ("cover", "CASE"),
    "mutate": ("mutate", "CASE", "--provision", "r0", "--sample", "20", "--jobs", "1"),
    "law": ("law",),
    "export": ("export", "CASE", "--to", "asp"),
    "export to dmn": ("export", "--to", "dmn", *NAMED),
    "schema": ("schema", "case"),
    "stub": ("schema", "stub"),
    "batch": ("batch", QUESTION, "ROWS", "--out", "OUT"),
}


@pytest.mark.long
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_verb_answers_or_says_its_limit(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, verb: str
) -> None:
    rules, case = write(tmp_path, KINDS[kind]())
    rows = tmp_path / "rows.csv"
    rows.write_text("decision.made\n2026-01-01\n2026-01-02\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\nno\n\n"))
    places = {"RULES": rules, "CASE": case, "ROWS": str(rows), "OUT": str(tmp_path / "out.parquet")}
    arguments = [places.get(one, one) for one in VERBS[verb]]
    ran = run(*arguments, *(() if rules in arguments else ("--rules", rules)))
    assert ran.code in (0, 1, 2), ran.err
    assert ran.code != 2 or "at most" in ran.err or "more than" in ran.err
