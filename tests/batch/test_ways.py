"""One table asked in several ways at once: each reading, each telling; and such answers counted."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import lawmodel
from lawmodel.batch.counting.answer_files import CannotTabulate
from lawmodel.batch.counting.tabulated import Tabulated, tabulate
from lawmodel.batch.rows.plan import Asked
from lawmodel.batch.rows.ways import CannotAsk, as_told_by, ways_of
from lawmodel.batch.running.run import Run
from lawmodel.batch.tables.matched import matched
from lawmodel.render.formats.markdown import render
from lawmodel.verbs.batch.command import command
from lawmodel.verbs.tabulate.command import command as tabulate_command
from lawmodel.verbs.tabulate.document import document
from tests.batch.tables import answered, table_of
from tests.batch.test_batch_is_decide import random_row
from tests.random_rulebooks import QUESTION, READINGS, RandomLaw, random_laws
from tests.sizes import examples

READING = "treaty-conflict=treaty-prevails"
LAW = lawmodel.load_rulebook()
COOK = {"formation": "armed_forces", "basis": "contract", "from": "2025-02-05", "to": "still", "fought": "no"}
LEFT = {**COOK, "to": "2026-03-31"}
UZBEK = {"person.citizenships": [{"state": "UZ"}], "decision.made": "2026-04-22", "request.treaty_obliges": "no"}
ROWS = [
    {"case": "cook", "service": [COOK], **UZBEK},
    {"case": "left", "service": [LEFT], **UZBEK},
    {"case": "fought", "service": [{**LEFT, "fought": "yes"}], **UZBEK},
    {"case": "never", "service": [], **UZBEK},
    {"case": "obliged", "service": [COOK], **UZBEK, "request.treaty_obliges": "yes"},
]
OUTCOMES = {
    "combat=former-only": ["must_refuse", "may_grant", "must_refuse", "may_grant", "may_grant"],
    "combat=everyone": ["may_grant", "may_grant", "must_refuse", "may_grant", "may_grant"],
    "combat=no-one": ["must_refuse", "must_refuse", "must_refuse", "may_grant", "may_grant"],
}
"""As the amended article reads: who serves, or has served; under `former-only` only who left must have fought.

And under the reading that is asked for beside these, nobody whom a treaty obliges to extradite.
"""


@examples(quick=4, full=25)
@given(law=random_laws(room=40), seed=st.integers(0, 10**6))
def test_each_set_is_a_run_of_its_own(law: RandomLaw, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible
    rulebook = law.rulebook()
    rows = [random_row(chance, rulebook, law, chance.choice([0.0, 0.2])) for _ in range(20)]
    table = table_of(rulebook, rows, rulebook.facts, typed=seed % 2 == 0)
    asked = Asked(rulebook, QUESTION, {}, stage=chance.choice([None, *(one.id for one in rulebook.stages)]))
    each = chance.sample(sorted(READINGS), chance.randint(1, len(READINGS)))
    ways = ways_of(asked, each)
    combined = product(*([(name, option) for option in READINGS[name]] for name in each))
    assert {way.label for way in ways} == {", ".join(f"{name}={option}" for name, option in one) for one in combined}
    run = Run(ways, table, matched(rulebook, table.types))
    [block] = run.decided(1000)
    bad = {one.row for one in block.rejected}
    for way, deciding, numbers in zip(ways, run.ways, block.answers, strict=True):
        alone, rejected, _ = answered(Asked(rulebook, QUESTION, way.readings, stage=way.stage), table, turns_on=False)
        assert {one.row for one in rejected} <= bad
        together = {
            int(row): deciding.answers.every[number] for row, number in zip(block.rows, numbers.tolist(), strict=True)
        }
        assert together == {row: answer for row, answer in alone.items() if row not in bad}


def batch(*arguments: object) -> Result:
    return CliRunner().invoke(command, ["extradition", *map(str, arguments), "--presume", f"--reading={READING}"])


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()  # type: ignore[no-any-return]
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_one_set_of_columns_for_each_reading(cases: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"answers{suffix}"
    result = batch(cases, "--each-reading", "combat", "--out", out, "--json")
    assert result.exit_code == 0, result.output
    rows = read(out)
    assert [row["case"] for row in rows] == [row["case"] for row in ROWS]
    for label, outcomes in OUTCOMES.items():
        assert [row[f"outcome[{label}]"] for row in rows] == outcomes
    assert not [name for name in rows[0] if name in ("outcome", "grounds")]
    counts = json.loads(result.stdout)["outcomes"]
    assert counts["combat=everyone"] == {"must_refuse": 1, "may_grant": 4}


def test_each_telling(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers.parquet"
    assert batch(cases, "--each-telling", "--out", out).exit_code == 0
    rows = read(out)
    assert len({tuple(row[f"outcome[{name}]"] for row in rows) for name in LAW.tellings}) > 1
    asked = Asked(LAW, "extradition", {"treaty-conflict": "treaty-prevails"}, presume=True)
    for name in LAW.tellings:
        one = as_told_by(asked, name)
        alone = tmp_path / "alone.parquet"
        told = {reading: option for reading, option in one.readings.items() if reading != "treaty-conflict"}
        arguments = [f"--reading={reading}={option}" for reading, option in told.items()]
        assert batch(cases, "--stage", one.stage, *arguments, "--out", alone).exit_code == 0
        assert [row[f"outcome[{name}]"] for row in rows] == [row["outcome"] for row in read(alone)]


def test_what_is_kept_with_the_answers(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers.parquet"
    batch(cases, "--each-reading", "combat", "--each-telling", "--out", out)
    about = json.loads(pq.read_metadata(out).metadata[b"lawmodel"])
    assert about["question"] == "extradition"
    assert len(about["sets"]) == 3 * len(LAW.tellings)
    label = f"{next(iter(LAW.tellings))}, combat=everyone"
    assert about["sets"][label]["reading"] == "combat=everyone"
    assert about["sets"][label]["readings"]["combat"] == "everyone"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--each-reading", "combt"], "there is no `combt`. Did you mean combat?"),
        (["--each-reading", "combat", "--reading", "combat=everyone"], "Leave out one of the two"),
        (["--each-telling", "--as-told-by", "press-signed"], "Leave out one of the two"),
        (
            [part for name in LAW.readings if name != "treaty-conflict" for part in ("--each-reading", name)],
            "are the most",
        ),
    ],
)
def test_bad_ways(cases: Path, tmp_path: Path, arguments: list[str], says: str) -> None:
    out = tmp_path / "answers.parquet"
    result = batch(cases, *arguments, "--out", out)
    assert result.exit_code == 2
    assert says in result.output
    assert list(tmp_path.iterdir()) == [cases]


def test_no_tellings() -> None:
    with pytest.raises(CannotAsk, match="no tellings"):
        ways_of(Asked(replace(LAW, tellings={}), "extradition", {}), each_telling=True)


@pytest.fixture
def each(cases: Path, tmp_path: Path) -> Path:
    out = tmp_path / "each.parquet"
    batch(cases, "--each-reading", "combat", "--out", out)
    return out


def counts(table: Tabulated) -> dict[tuple[str, ...], dict[str, int]]:
    return {one.labels: dict(one.counts) for one in table.groups}


def test_counted_by_reading(each: Path) -> None:
    table = tabulate(LAW, each)
    assert table.by == ("reading",)
    assert table.total == len(ROWS)
    assert counts(table) == {
        (label,): {name: outcomes.count(name) for name in ("must_refuse", "may_grant")}
        for label, outcomes in OUTCOMES.items()
    }
    assert [one.labels[0] for one in table.groups] == list(OUTCOMES)  # as the rulebook orders them


def test_only_one_set(each: Path) -> None:
    table = tabulate(LAW, each, only="combat=everyone")
    assert table.by == ()
    assert counts(table) == {(): {"must_refuse": 1, "may_grant": 4}}


def test_by_facts_and_grounds_too(each: Path, cases: Path) -> None:
    table = tabulate(LAW, each, cases=cases, by=["service.fought"])
    assert counts(table)["no", "combat=everyone"] == {"may_grant": 3}
    assert counts(table)["no", "combat=no-one"] == {"must_refuse": 2, "may_grant": 1}
    assert counts(tabulate(LAW, each, by=["ground"]))["none", "combat=former-only"] == {"may_grant": 3}


def test_one_set_against_another(each: Path) -> None:
    [moved] = tabulate(LAW, each, only="combat=former-only", against="combat=everyone").moved
    assert (moved.before, moved.after, moved.count) == ("must_refuse", "may_grant", 1)
    assert moved.lost == ("cpc-464-1-7",)


def test_the_chart_says_what_the_bars_are(each: Path, cases: Path, tmp_path: Path) -> None:
    def page(**arguments: Any) -> str:
        return render(document(LAW, tabulate(LAW, **{"answers": each, **arguments})))

    assert "combat: former-only → everyone" in page(only="combat=former-only", against="combat=everyone")
    assert "compared with **combat=everyone**" in page(against="combat=everyone")
    alone = tmp_path / "alone.parquet"
    batch(cases, "--reading", "combat=no-one", "--out", alone)
    assert "combat: former-only → no-one" in page(only="combat=former-only", against=alone)
    assert "compared" not in page(answers=alone)


def test_every_other_set_against_one(each: Path) -> None:
    table = tabulate(LAW, each, against="combat=everyone")
    assert [(one.labels, one.count) for one in table.moved] == [(("combat=no-one",), 2), (("combat=former-only",), 1)]


def test_against_another_file(each: Path, cases: Path, tmp_path: Path) -> None:
    alone, same = tmp_path / "alone.parquet", tmp_path / "same.parquet"
    batch(cases, "--reading", "combat=no-one", "--out", alone)
    assert {one.labels: one.count for one in tabulate(LAW, each, against=alone).moved} == {
        ("combat=former-only",): 1,
        ("combat=everyone",): 2,
    }
    batch(cases, "--each-reading", "combat", "--stage", "adopted_first_reading", "--out", same)
    assert tabulate(LAW, each, against=each).moved == ()
    with pytest.raises(CannotTabulate, match="its sets of answers are"):
        tabulate(LAW, alone, against=each)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--only", "combat=evryone"], "Did you mean combat=everyone or combat=no-one?"),
        (["--against", "combat=nobody"], "there is no such file, and no set of answers `combat=nobody`"),
        (["--only", "combat=no-one", "--against", "combat=no-one"], "compared with itself"),
    ],
)
def test_bad_sets(each: Path, arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(tabulate_command, [str(each), *arguments])
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())
