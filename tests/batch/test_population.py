"""A population: the same for the same seed, as it is described, and such that every case can be decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lawmodel.batch.drawing.population import BLOCK, blocks
from lawmodel.batch.drawing.population_file import Tally, rows_of, save_population
from lawmodel.batch.drawing.population_spec import Population, load_population
from lawmodel.case.file import parse_cases
from lawmodel.case.valuation import value_case
from lawmodel.case.writing import case_text
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook

LAW = load_rulebook(rules_folder())
EXAMPLE = Path("examples/population/foreign-fighters.yaml")
HEAD = "title: T\nassumes: nothing\nfacts:\n"


def population(tmp_path: Path, facts: str) -> Population:
    file = tmp_path / "population.yaml"
    file.write_text(HEAD + facts, encoding="utf-8")
    return load_population(LAW, file)


def drawn(population: Population, rows: int = 20_000, seed: int = 1) -> list[dict[str, Any]]:
    return [row for table in blocks(LAW, population, rows, seed) for row in rows_of(table)]


def test_the_same_seed_draws_the_same_and_a_longer_table_begins_with_a_shorter(tmp_path: Path) -> None:
    found = load_population(LAW, EXAMPLE)
    tables = list(blocks(LAW, found, BLOCK + 10, 7))
    assert [table.num_rows for table in tables] == [BLOCK, 10]
    assert next(blocks(LAW, found, 500, 7)).equals(tables[0].slice(0, 500))
    assert not next(blocks(LAW, found, 500, 8)).equals(tables[0].slice(0, 500))
    assert tables[1]["case"].to_pylist() == list(range(BLOCK + 1, BLOCK + 11))


def test_every_case_of_the_example_is_consistent() -> None:
    for row in drawn(load_population(LAW, EXAMPLE), 300):
        nested: dict[str, Any] = {}
        for path, value in row.items():
            group, _, name = path.rpartition(".")
            if path != "case":
                (nested.setdefault(group, {}) if group else nested)[name] = _without_unknown(value)
        (case,) = parse_cases(LAW, case_text({"facts": nested}))
        value_case(LAW, case)


def _without_unknown(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: "unknown" if one is None else one for name, one in record.items()} for record in value]
    return "unknown" if value is None else value


def test_shares_are_as_described(tmp_path: Path) -> None:
    found = drawn(
        population(
            tmp_path,
            "  person.consents: {share: 30, unknown: 50}\n"
            "  offence.max_penalty_months: {between: [10, 19]}\n"
            "  person.protection: {weights: {none: 3, refugee_status: 1}}\n"
            "  request.harms_sovereignty: no\n",
        )
    )
    share = {name: sum(row["person.consents"] == name for row in found) / len(found) for name in ("yes", "no", None)}
    assert share["yes"] == pytest.approx(0.15, abs=0.01)
    assert share["no"] == pytest.approx(0.35, abs=0.01)
    assert share[None] == pytest.approx(0.5, abs=0.01)
    assert {row["offence.max_penalty_months"] for row in found} == set(range(10, 20))
    refugees = sum(row["person.protection"] == "refugee_status" for row in found)
    assert refugees / len(found) == pytest.approx(0.25, abs=0.01)
    assert {row["request.harms_sovereignty"] for row in found} == {"no"}


def test_later_facts_depend_on_earlier_ones(tmp_path: Path) -> None:
    found = drawn(
        population(
            tmp_path,
            "  service:\n    count: {weights: {0: 1, 2: 1}}\n    each:\n"
            "      formation: {weights: {armed_forces: 1, private_military_company: 1}}\n"
            "      from: {weights: {2024-05-01: 1, never: 1}}\n"
            "      to: {mix: [{weight: 1, after: from, days: [3, 5]}, {weight: 1, is: still}]}\n"
            "      fought: {cases: [{when: {formation: armed_forces}, is: yes}, {is: no}]}\n",
        ),
        3000,
    )
    assert {len(row["service"]) for row in found} == {0, 2}
    records = [record for row in found for record in row["service"]]
    assert all((one["fought"] == "yes") == (one["formation"] == "armed_forces") for one in records)
    assert {one["to"] for one in records if one["from"] == "2024-05-01"} == {
        "2024-05-04",
        "2024-05-05",
        "2024-05-06",
        "still",
    }
    assert {one["to"] for one in records if one["from"] == "never"} == {None, "still"}


def test_days_are_moved_into_their_order(tmp_path: Path) -> None:
    found = drawn(
        population(
            tmp_path,
            "  decision.made: {between: [2026-01-01, 2026-02-01]}\n"
            "  request.received: {between: [2026-01-10, 2026-03-01]}\n",
        ),
        2000,
    )
    assert all(row["request.received"] <= row["decision.made"] for row in found)


def test_what_was_drawn_is_counted_and_the_file_says_what_was_assumed(tmp_path: Path) -> None:
    found = load_population(LAW, EXAMPLE)
    tally = save_population(tmp_path / "cases.parquet", found, blocks(LAW, found, 1000, 3), 3)
    assert tally.rows == 1000
    assert sum(tally.counts()["service.fought"].values()) == sum(
        int(length) * count for length, count in tally.counts()["service: how many"].items()
    )
    written = pq.read_table(tmp_path / "cases.parquet")
    assert written.num_rows == 1000
    assert b"press-adopted" in pq.read_metadata(tmp_path / "cases.parquet").metadata[b"lawmodel"]
    assert [one.name for one in tmp_path.iterdir()] == ["cases.parquet"]


def test_nothing_is_left_of_a_file_that_was_interrupted(tmp_path: Path) -> None:
    found = load_population(LAW, EXAMPLE)

    def interrupted() -> Iterator[pa.Table]:
        yield next(blocks(LAW, found, 10, 1))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_population(tmp_path / "cases.csv", found, interrupted(), 1)
    assert list(tmp_path.iterdir()) == []


def test_unknown_days_are_counted_as_unknown(tmp_path: Path) -> None:
    found = population(tmp_path, "  removal.decided: {weights: {never: 1, unknown: 1, 2026-01-01: 2}}\n")
    tally = Tally()
    for table in blocks(LAW, found, 8000, 1):
        tally.add(table)
    counts = tally.counts()["removal.decided"]
    assert set(counts) == {"2026", "never", "unknown"}
    assert counts["2026"] / 8000 == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("  person.consent: yes\n", "4:3: there is no fact `person.consent`"),
        ("  person.consents: perhaps\n", "4:20: `perhaps` is neither yes nor no"),
        ("  person.consents: {shares: 30}\n", "Did you mean share or same_as?\n\n1 problem found."),
        ("  person.consents: {share: 130}\n", "`share` is a share of a hundred"),
        ("  person.consents: {share: 30, weights: {yes: 1}}\n", "`weights` cannot stand beside `share`"),
        ("  person.protection: {share: 30}\n", "`share` is for yes/no facts"),
        ("  person.protection: {weights: {none: 0}}\n", "no weight is more than zero"),
        ("  person.protection: {weights: {none: many}}\n", "this is no weight"),
        ("  decision.made: {between: [2026-02-01, 2026-01-01]}\n", "the first is after the last"),
        ("  decision.made: {after: request.received, days: [1, 2]}\n", "`request.received` is not drawn before this"),
        ("  decision.made: {between: [2026-01-01]}\n", "a first and a last value are needed"),
        ("  service: {count: 1}\n", "`service` is a list of records"),
        ("  service: {count: 1, each: {fougt: yes}}\n", "Did you mean fought?"),
        ("  service: {count: 21, each: {fought: yes}}\n", "`count` says how many records there are"),
        ("  person.consents: {cases: [{when: {person.protection: none}, is: yes}]}\n", "the last case has a `when`"),
        ("  person.consents: {mix: [{is: yes}]}\n", "each part of a mix has a `weight`"),
        ("  person.consents: [yes]\n", "how `person.consents` is drawn needs keys"),
        (
            "  request.received: {between: [2026-4-2, 2026-05-01]}\n"
            "  decision.made: {after: request.received, days: [1, 2]}\n",
            "Days are written year-month-day, with all their digits: 2026-04-02.\n\n1 problem found.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, facts: str, message: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        population(tmp_path, facts)
    assert message in str(found.value)


def test_a_population_says_whose_it_is(tmp_path: Path) -> None:
    file = tmp_path / "population.yaml"
    file.write_text("titel: T\nfacts: {}\n", encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load_population(LAW, file)
    told = str(found.value)
    for message in ("Did you mean title?", "`assumes` is missing", "no fact is drawn"):
        assert message in told
