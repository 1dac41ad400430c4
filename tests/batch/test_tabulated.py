"""Answers counted: by what the cases have in common, and what moved between two runs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lawmodel.batch.counting.answer_files import CannotTabulate
from lawmodel.batch.counting.tabulated import Tabulated, tabulate
from lawmodel.law_files import rules_folder
from lawmodel.render.formats.html import render
from lawmodel.results.encoder import encode
from lawmodel.rulebook.load import load_rulebook
from lawmodel.verbs.tabulate.command import csv_of
from lawmodel.verbs.tabulate.document import after, document

LAW = load_rulebook(rules_folder())
ITEM_7 = "cpc-464-1-7"
CASES: list[dict[str, Any]] = [
    {
        "case": number,
        "person.consents": consents,
        "decision.made": day,
        "service": service,
    }
    for number, (consents, day, service) in enumerate(
        [
            (True, "2026-04-01", [{"formation": "armed_forces", "to": None, "to.word": "still"}]),
            (False, "2026-04-02", [{"formation": "armed_forces", "to": "2025-05-05", "to.word": None}]),
            (None, "2027-01-01", []),
            (False, None, None),
            (
                False,
                "2026-04-01",
                [
                    {"formation": "volunteer_formation", "to": None, "to.word": None},
                    {"formation": "armed_forces", "to": None, "to.word": "still"},
                ],
            ),
        ],
        start=1,
    )
]
FIRST = [
    ("must_refuse", [ITEM_7]),
    ("must_refuse", [ITEM_7, "refugees-10"]),
    ("may_grant", []),
    (None, []),
    ("may_grant", []),
]
SECOND = [
    ("may_grant", []),
    ("must_refuse", ["refugees-10"]),
    ("may_grant", []),
    ("may_grant", []),
    ("must_refuse", [ITEM_7]),
]


def answers(path: Path, found: Sequence[tuple[str | None, list[str]]], combat: str) -> Path:
    about = {
        "question": "extradition",
        "rulebook": "R & D",
        "law_date": None,
        "stage": "in_force",
        "readings": {"combat": combat},
    }
    rows = [
        {"case": number, "outcome": outcome, "grounds": grounds} for number, (outcome, grounds) in enumerate(found, 1)
    ]
    if path.suffix == ".parquet":
        schema = pa.schema([("case", pa.int64()), ("outcome", pa.string()), ("grounds", pa.list_(pa.string()))])
        with pq.ParquetWriter(path, schema) as writer:
            writer.write_table(pa.Table.from_pylist(rows, schema))
            writer.add_key_value_metadata({"lawmodel": json.dumps(about)})
        return path
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer_ = csv.writer(stream)
        writer_.writerow(["case", "outcome", "grounds"])
        writer_.writerows([number, one or "", ";".join(grounds)] for number, (one, grounds) in enumerate(found, 1))
    path.with_name(f"{path.name}.json").write_text(json.dumps({"lawmodel": about}), encoding="utf-8")
    return path


@pytest.fixture(params=[".parquet", ".csv"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path, Path]:
    first = answers(tmp_path / f"first{request.param}", FIRST, "former-only")
    second = answers(tmp_path / f"second{request.param}", SECOND, "everyone")
    cases = tmp_path / f"cases{request.param}"
    if request.param == ".parquet":
        pq.write_table(pa.Table.from_pylist(CASES), cases)
    else:
        with cases.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(CASES[0])
            for row in CASES:
                plain = [json.dumps(one) if isinstance(one, list) else one for one in row.values()]
                writer.writerow(
                    "" if one is None else {True: "yes", False: "no"}.get(one, one) if isinstance(one, bool) else one
                    for one in plain
                )
    return first, second, cases


def counts(table: Tabulated) -> dict[tuple[str, ...], dict[str, int]]:
    return {one.labels: dict(one.counts) for one in table.groups}


def test_all_cases_together(files: tuple[Path, Path, Path]) -> None:
    table = tabulate(LAW, files[0])
    assert counts(table) == {(): {"must_refuse": 2, "may_grant": 2, "depends": 1}}
    assert table.outcomes == ("must_refuse", "may_grant", "depends")
    assert table.total == 5


def test_by_facts_of_the_cases(files: tuple[Path, Path, Path]) -> None:
    table = tabulate(LAW, files[0], cases=files[2], by=["person.consents"])
    assert counts(table) == {
        ("no",): {"must_refuse": 1, "may_grant": 1, "depends": 1},
        ("yes",): {"must_refuse": 1},
        ("unknown",): {"may_grant": 1},
    }
    assert table.groups[0].labels == ("no",)  # the most first


def test_days_count_by_their_year_and_lists_by_all_their_values(files: tuple[Path, Path, Path]) -> None:
    assert set(counts(tabulate(LAW, files[0], cases=files[2], by=["decision.made"]))) == {
        ("2026",),
        ("2027",),
        ("unknown",),
    }
    formations = counts(tabulate(LAW, files[0], cases=files[2], by=["service.formation"]))
    assert formations == {
        ("armed_forces",): {"must_refuse": 2},
        ("armed_forces + volunteer_formation",): {"may_grant": 1},
        ("none",): {"may_grant": 1},
        ("unknown",): {"depends": 1},
    }


def test_words_in_the_place_of_days_are_counted(tmp_path: Path) -> None:
    first = answers(tmp_path / "first.parquet", FIRST, "former-only")
    pq.write_table(pa.Table.from_pylist(CASES), tmp_path / "cases.parquet")
    found = counts(tabulate(LAW, first, cases=tmp_path / "cases.parquet", by=["service.to"]))
    assert set(found) == {("still",), ("2025",), ("none",), ("unknown",), ("still + unknown",)}


def test_by_ground_counts_a_case_once_for_each(files: tuple[Path, Path, Path]) -> None:
    table = tabulate(LAW, files[0], by=["ground"])
    assert counts(table) == {
        (ITEM_7,): {"must_refuse": 2},
        ("refugees-10",): {"must_refuse": 1},
        ("none",): {"may_grant": 2, "depends": 1},
    }
    assert table.total == 5


def test_what_moved_is_told_with_the_grounds_gained_and_lost(files: tuple[Path, Path, Path]) -> None:
    table = tabulate(LAW, files[0], against=files[1])
    assert {(one.before, one.after, one.gained, one.lost, one.count) for one in table.moved} == {
        ("must_refuse", "may_grant", (), (ITEM_7,), 1),
        ("must_refuse", "must_refuse", (), (ITEM_7,), 1),
        ("depends", "may_grant", (), (), 1),
        ("may_grant", "must_refuse", (ITEM_7,), (), 1),
    }
    assert [(one.before, one.after) for one in table.moved] == sorted((one.before, one.after) for one in table.moved)
    assert [dict(one.counts) for one in after(table)] == [{"must_refuse": 2, "may_grant": 3}]
    lines = list(csv.DictReader(io.StringIO(csv_of(table))))
    assert sum(int(line["cases"]) for line in lines) == 4
    assert json.loads(json.dumps(encode(table)))["moved"][0]["count"] == 1


def test_after_is_what_the_second_run_has(files: tuple[Path, Path, Path]) -> None:
    by = ["person.consents"]
    both = tabulate(LAW, files[0], cases=files[2], by=by, against=files[1])
    alone = tabulate(LAW, files[1], cases=files[2], by=by)
    assert {one.labels: dict(one.counts) for one in after(both)} == counts(alone)


def test_the_page_needs_nothing_else_and_lets_nothing_through(files: tuple[Path, Path, Path]) -> None:
    table = tabulate(LAW, files[0], cases=files[2], by=["service.formation"], against=files[1])
    page = render(document(LAW, table))
    assert "combat: former-only → everyone" in page
    assert "3 (60.0%) of 5 cases have another outcome" in page
    assert "in the armed forces + in a volunteer formation" in page
    assert "R &amp; D" in page
    assert "http:" not in page
    assert "https:" not in page
    assert "<script" not in page
    assert "<title>must be refused: 2 of 2</title>" in page


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (["person.consent"], "Did you mean person.consents"),
        (["service"], "it is a list. Name one of its fields: service.formation"),
        (["offence.political"], "has no column `offence.political`"),
        (["service.fought"], "has no field `fought` in `service`"),
    ],
)
def test_what_is_not_there_is_named(tmp_path: Path, by: list[str], message: str) -> None:
    first = answers(tmp_path / "first.parquet", FIRST, "former-only")
    pq.write_table(pa.Table.from_pylist(CASES), tmp_path / "cases.parquet")
    with pytest.raises(CannotTabulate, match="(?s)" + message):
        tabulate(LAW, first, cases=tmp_path / "cases.parquet", by=by)


def test_what_is_no_table_of_answers_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(CASES), tmp_path / "cases.parquet")
    with pytest.raises(CannotTabulate, match=r"does not say which question|no table of answers"):
        tabulate(LAW, tmp_path / "cases.parquet")
    with pytest.raises(CannotTabulate, match="no table of answers"):
        tabulate(LAW, tmp_path / "gone.parquet")
    first = answers(tmp_path / "first.parquet", FIRST, "former-only")
    with pytest.raises(CannotTabulate, match="Name the table of the cases"):
        tabulate(LAW, first, by=["person.consents"])
