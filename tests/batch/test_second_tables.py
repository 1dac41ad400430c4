"""Records in tables of their own: the same answers as with columns of lists, and what does not fit is said."""

from __future__ import annotations

import csv
import datetime
import json
import random
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import lawmodel
from lawmodel.batch.rows.plan import Asked
from lawmodel.batch.tables import sorted_records
from lawmodel.batch.tables.databases import own_database
from lawmodel.batch.tables.joined import with_records
from lawmodel.batch.tables.sources import TableSource, source_of
from lawmodel.inputs import MOST_RECORDS
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.batch.command import command
from tests.batch.splitting import SERVED, asked_and_rows, split, stored
from tests.batch.tables import Memory, answered, by_decide, table_of
from tests.batch.test_batch_is_decide import collected
from tests.random_rulebooks import RandomLaw, random_laws
from tests.sizes import examples

CASES = "case,decision.made,person.citizenships\n" + "".join(
    f'{name},2026-04-22,"[{{""state"": ""UZ""}}]"\n' for name in ("cook", "gunner", "merchant")
)
EXAMPLE = {"service": "service.csv", "person.citizenships": "citizenships.csv"}
SERVICE = (
    "from,case,formation,basis,to,fought\n"
    "2024-06-01,gunner,armed_forces,contract,2025-06-01,yes\n"
    "2025-02-05,cook,armed_forces,contract,still,no\n"
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


def written(folder: Path, name: str, table: Memory, kind: str) -> str:
    """A table as a file of some kind; what to call it on the command line."""
    arrays = {
        key: one.dictionary_decode() if pa.types.is_dictionary(one.type) else one for key, one in table.arrays.items()
    }
    path = folder / f"{name}.{kind}"
    match kind:
        case "parquet":
            pq.write_table(pa.table(dict(table.arrays)), path, row_group_size=5)
        case "csv":
            pa_csv.write_csv(pa.table(arrays), path)
        case "jsonl":
            lines = (json.dumps(row, default=str) for row in pa.table(arrays).to_pylist())
            path.write_text("".join(f"{line}\n" for line in lines))
        case _:
            stored(path, {name: dict(table.arrays), "another": {"x": pa.array([1])}})
            return f"{path}#{name}"
    return str(path)


def in_tables(folder: Path, chance: random.Random, rulebook: Rulebook, cases: list[Any], *, typed: bool) -> TableSource:
    """The cases, split over files of any kind."""
    first, seconds = split(chance, rulebook, cases, typed=typed)
    kinds = ["parquet", "duckdb"] if typed else ["parquet", "duckdb", "csv", "jsonl"]
    main = Path(written(folder, "cases", first, chance.choice(kinds)))
    records = [
        (path, Path(written(folder, f"records_{number}", second, chance.choice(kinds))))
        for number, (path, second) in enumerate(seconds.items())
        if second.total or not path
    ]
    empty = [path for path, second in seconds.items() if not second.total]
    for number, path in enumerate(empty):
        records.append((path, Path(written(folder, f"empty_{number}", seconds[path], "parquet"))))
    return with_records(rulebook, source_of(main, rulebook), main, records, strict=True)


@examples(quick=4, full=20)
@given(law=random_laws(room=30), seed=st.integers(0, 10**6))
def test_random_laws(tmp_path_factory: pytest.TempPathFactory, law: RandomLaw, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible
    asked, rows = asked_and_rows(chance, law, lists=True)
    if not rows:
        return
    typed = seed % 2 == 0
    table = in_tables(tmp_path_factory.mktemp("second"), chance, asked.rulebook, rows, typed=typed)
    found, rejected, _ = answered(asked, table, rows=chance.choice([3, 7, 1000]))
    memory, refused, _ = answered(asked, table_of(asked.rulebook, rows, rows[0], typed=typed))
    assert found == memory
    assert [(one.row, one.column, one.value, one.reason) for one in rejected] == [
        (one.row, one.column, one.value, one.reason) for one in refused
    ]
    for number, facts in enumerate(rows, 1):
        assert found.get(number) == by_decide(asked, facts), (number, facts)


@pytest.mark.parametrize("typed", [True, False])
def test_the_rulebook_supplied(tmp_path: Path, typed: bool) -> None:
    rulebook = lawmodel.load_rulebook()
    lists = {path: () for path, fact in rulebook.facts.items() if fact.type == "records"}
    rows = [
        {**row, **{path: () for path in lists if row[path] is None}}
        for row in collected(rulebook, "extradition", 0.1, 40)
    ]
    table = in_tables(tmp_path, random.Random(len(rows)), rulebook, rows, typed=typed)  # noqa: S311 - reproducible
    asked = Asked(rulebook, "extradition", {})
    found, rejected, _ = answered(asked, table, rows=7)
    assert not rejected
    for number, facts in enumerate(rows, 1):
        assert found[number] == by_decide(asked, facts), facts


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "cases.csv").write_text(CASES)
    (tmp_path / "service.csv").write_text(SERVICE)
    return tmp_path / "cases.csv", tmp_path / "service.csv"


def grounds(path: Path) -> dict[str, Any]:
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return {row["case"]: (row["outcome"], row["grounds"]) for row in rows}


def test_the_first_table_gives_the_order_and_a_case_without_records_has_none(files: tuple[Path, Path]) -> None:
    cases, service = files
    out = cases.with_name("a.jsonl")
    arguments = ("--presume", "--reading", "treaty-conflict=code-prevails", "--out", out)
    result = run("extradition", cases, "--records", f"service={service}", *arguments)
    assert result.exit_code == 0, result.output
    found = grounds(out)
    assert list(found) == ["cook", "gunner", "merchant"]
    with cases.open() as stream:
        rows = list(csv.DictReader(stream))
    lists = {"cook": [SERVED], "merchant": []}
    lists["gunner"] = [{**SERVED, "from": "2024-06-01", "to": "2025-06-01", "fought": "yes"}]
    one = cases.with_name("one.jsonl")
    citizens = [{"state": "UZ"}]
    one.write_text(
        "".join(
            json.dumps({**row, "person.citizenships": citizens, "service": lists[row["case"]]}) + "\n" for row in rows
        )
    )
    assert run("extradition", one, *arguments).exit_code == 0
    assert grounds(out) == found
    assert found["cook"][1] == ["cpc-464-1-7"]
    assert found["cook"] != found["merchant"]


def test_strays_are_counted_and_named(files: tuple[Path, Path]) -> None:
    cases, service = files
    with service.open("a") as stream:
        stream.writelines(f"2024-06-01,{name},armed_forces,contract,still,no\n" for name in ("x", "", "y", "x", "z"))
    out = cases.with_name("a.csv")
    result = run("extradition", cases, "--records", f"service={service}", "--out", out, "--presume", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["rows"] == 3
    assert f"{service}: 5 records belong to no case of {cases}, and to no answer" in result.stderr
    assert "The first of them name: `x`, (empty), `y`." in result.stderr
    out.unlink()
    out.with_name("a.csv.json").unlink()
    result = run("extradition", cases, "--records", f"service={service}", "--out", out, "--presume", "--strict")
    assert (result.exit_code, "5 records belong to no case" in result.output) == (2, True)
    assert sorted(one.name for one in cases.parent.iterdir()) == ["cases.csv", "service.csv"]


def test_bad_records_are_bad_rows(files: tuple[Path, Path]) -> None:
    cases, service = files
    with cases.open("a") as stream:
        stream.write("short\n,2026-04-22,[]\nlast,2026-04-22,[]\n")
    text = service.read_text() + "".join(f"2026-04-0{day},merchant,armed_forces,contract,still,no\n" for day in "123")
    service.write_text(
        text.replace("gunner,armed_forces", "gunner,armed_force").replace("still,no", "2024-01-01,no", 1)
    )
    rejects = cases.with_name("bad.jsonl")
    result = run(
        "extradition",
        cases,
        "--records",
        f"service={service}",
        "--out",
        cases.with_name("a.jsonl"),
        "--presume",
        "--rejects",
        rejects,
    )
    assert result.exit_code == 0, result.output
    assert list(grounds(cases.with_name("a.jsonl"))) == ["merchant", "last"]
    found = [json.loads(line) for line in rejects.read_text().splitlines()]
    assert [(one["row"], one["line"], one["column"], one["value"]) for one in found] == [
        (1, 2, "service[1].to", "2024-01-01"),
        (2, 3, "service.formation", "armed_force"),
        (4, 5, "", "short"),
        (5, 6, "case", ""),
    ]
    assert found[1]["mend"] == "Did you mean armed_forces?"
    assert "no name, by which records would find it" in found[3]["reason"]


@pytest.mark.long
def test_a_flood_of_records_of_one_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"c{number}" for number in range(30)]
    owners = [name for name in names for _ in range(MOST_RECORDS)] + ["c7"] * 5000
    pq.write_table(pa.table({"case": names}), tmp_path / "cases.parquet")
    records = {"formation": ["armed_forces"] * len(owners), "fought": [False] * len(owners)}
    pq.write_table(pa.table({"case": owners, **records}), tmp_path / "service.parquet")
    rulebook = lawmodel.load_rulebook()
    source = with_records(
        rulebook,
        source_of(tmp_path / "cases.parquet", rulebook),
        tmp_path / "cases.parquet",
        [("service", tmp_path / "service.parquet")],
    )
    most: list[int] = []
    kept = sorted_records.InOrder.of

    def watched(self: Any, rows: Any) -> Any:
        found = kept(self, rows)
        most.append(len(found[0]))
        return found

    monkeypatch.setattr(sorted_records.InOrder, "of", watched)
    found, rejected, _ = answered(Asked(rulebook, "extradition", {}), source, rows=10)
    assert (len(found), [one.row for one in rejected]) == (29, [8])
    assert f"more than {MOST_RECORDS} records" in rejected[0].reason
    assert max(most) == 10 * MOST_RECORDS + 1


def test_the_day_of_a_moment_is_the_same_in_a_list_and_in_a_table(tmp_path: Path) -> None:
    zone = pa.timestamp("us", tz="Asia/Vladivostok")
    moment = pa.array([1_776_900_000_000_000], pa.timestamp("us", tz="UTC")).cast(zone)  # already the next day there
    record = {**{name: pa.array([text]) for name, text in SERVED.items()}, "from": moment}
    struct = pa.StructArray.from_arrays(list(record.values()), names=list(record))
    cases = {"case": pa.array([7]), "decision.made": pa.array(["2026-04-22"])}
    lists = pa.ListArray.from_arrays(pa.array([0, 1], pa.int32()), struct)
    one, main, service = (tmp_path / f"{name}.parquet" for name in ("one", "main", "service"))
    pq.write_table(pa.table({**cases, "service": lists}), one)
    pq.write_table(pa.table(cases), main)
    pq.write_table(pa.table({"case": pa.array(["7"]), **record}), service)
    rulebook = lawmodel.load_rulebook()
    found = []
    for source in (
        source_of(one, rulebook),
        with_records(rulebook, source_of(main, rulebook), main, [("service", service)]),
    ):
        (block,) = source.slices({"case": None, "service": {"from"}}, 10)
        moments = block.arrays["service"].flatten().field("from")
        found.append(moments.cast(pa.date32(), safe=False).to_pylist())  # as every column of moments is read
    assert found == [[datetime.date(2026, 4, 23)]] * 2


def second(path: Path, rows: Mapping[str, list[Any]]) -> Path:
    pq.write_table(pa.table(dict(rows)), path)
    return path


@pytest.mark.parametrize(
    ("cases", "service", "records", "says"),
    [
        ({}, {}, "sevice={}", "there is no fact `sevice` that is records. Did you mean service?"),
        ({}, {}, "decision.made={}", "there is no fact `decision.made` that is records"),
        ({}, {}, "{}", "should be FACT=FILE"),
        ({}, {}, "service=", "should be FACT=FILE"),
        ({}, {}, "service={}.gone", "there is no such file"),
        (
            {},
            {"case": None},
            "service={}",
            "it has no column `case`, which says whose record a row is. It has: formation",
        ),
        (
            {},
            {"case": [1.5]},
            "service={}",
            "the column `case` holds double. To find records by it, write texts or whole numbers",
        ),
        (
            {"case": [1.5]},
            {},
            "service={}",
            "the column `case` holds double. To find records by it, write texts or whole numbers",
        ),
        ({}, {"number": [1]}, "service={}", "`service` has no `number`. Its fields are: formation"),
        ({}, {"formation.word": ["x"]}, "service={}", "`service` has no `formation.word`"),
        ({}, {"formation": [1.5]}, "service={}", "the column `service.formation` holds double"),
        ({"service": [[{"formation": "armed_forces"}]]}, {}, "service={}", "it has a column `service`, and "),
        ({"case": None}, {}, "service={}", "it has no column `case`, by which records"),
        ({"case": ["a", "b", "a"]}, {}, "service={}", "two cases are called `a`, in rows 1 and 3"),
    ],
)
def test_what_does_not_fit_is_said(
    tmp_path: Path, cases: dict[str, Any], service: dict[str, Any], records: str, says: str
) -> None:
    first = {"case": ["a"], **cases}
    many = len(first["case"] or [1])
    first = {**{name: one for name, one in first.items() if one is not None}, "decision.made": ["2026-04-22"] * many}
    rows = {name: one for name, one in {"case": ["a"], "formation": ["armed_forces"], **service}.items() if one}
    main = second(tmp_path / "cases.parquet", first)
    other = second(tmp_path / "service.parquet", rows)
    before = sorted(tmp_path.iterdir())
    result = run("extradition", main, "--records", records.format(other), "--out", tmp_path / "a.parquet")
    assert result.exit_code == 2, result.output
    assert says in " ".join(result.output.split()), result.output
    assert sorted(tmp_path.iterdir()) == before


def test_columns_without_meaning_and_facts_named_twice(files: tuple[Path, Path]) -> None:
    cases, service = files
    lines = service.read_text().splitlines()
    service.write_text(
        "\n".join(f"{line},{number}" for number, line in enumerate(lines)).replace("fought,0", "fought,id")
    )
    arguments = ("extradition", cases, "--out", cases.with_name("a.csv"), "--records", f"service={service}")
    result = run(*arguments)
    assert (result.exit_code, "Or pass --ignore service.id." in result.output) == (2, True)
    assert run(*arguments, "--ignore", "service.id").exit_code == 0
    result = run(*arguments, "--ignore", "service.id", "--records", f"service={service}")
    assert (result.exit_code, "Put its records into one table" in result.output) == (2, True)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "service.csv",
            SERVICE + "short\n",
            "line 4: there is 1 cell instead of 6, so that nobody knows whose record",
        ),
        (
            "service.csv",
            SERVICE + "2024-06-01,cook,\udcff,contract,still,no\n",
            "service.csv: line 4 cannot be read: the file is not UTF-8",
        ),
        ("service.jsonl", '{"case": "cook"}\n[]\n', "line 2: no case: it is no object, so that nobody knows"),
        ("service.jsonl", '{"case": "cook", "to": ["still"]}\n', "line 1: `to` has one value, so that nobody knows"),
    ],
)
def test_records_that_cannot_be_read(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / "cases.csv").write_text(CASES)
    (tmp_path / name).write_text(text, errors="surrogateescape")
    before = sorted(tmp_path.iterdir())
    result = run(
        "extradition", tmp_path / "cases.csv", "--records", f"service={tmp_path / name}", "--out", tmp_path / "a.csv"
    )
    assert result.exit_code == 2, result.output
    assert says in " ".join(result.output.split())
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["service.csv", "service.jsonl"])
def test_a_second_table_without_rows(tmp_path: Path, name: str) -> None:
    (tmp_path / "cases.csv").write_text(CASES)
    (tmp_path / name).write_text(SERVICE.splitlines()[0] + "\n" if name.endswith("csv") else "")
    out = tmp_path / "a.jsonl"
    table = f"service={tmp_path / name}"
    assert run("extradition", tmp_path / "cases.csv", "--records", table, "--out", out, "--presume").exit_code == 0
    assert len(set(map(str, grounds(out).values()))) == 1


def test_a_view_whose_rows_come_in_another_order_each_time(tmp_path: Path) -> None:
    source = tmp_path / "cases.duckdb"
    with duckdb.connect(source) as made:
        made.execute(
            "CREATE TABLE service AS SELECT i AS \"case\", 'armed_forces' AS formation FROM range(5000) AS t(i)"
        )
        made.execute('CREATE VIEW cases AS SELECT "case" FROM service ORDER BY random()')
    result = run(
        "extradition", f"{source}#cases", "--records", f"service={source}#service", "--out", tmp_path / "a.parquet"
    )
    assert (result.exit_code, "Make a table of what is a view" in result.output) == (2, True), result.output
    assert [one.name for one in tmp_path.iterdir()] == ["cases.duckdb"]


@pytest.mark.long
def test_what_does_not_fit_into_memory_goes_through_files_that_are_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 300_000
    names = [f"a rather long name of a case, so that it takes some room: {number}" for number in range(count)]
    pq.write_table(pa.table({"case": names}), tmp_path / "cases.parquet")
    owners = names[::-1] * 2
    records = {"formation": ["armed_forces"] * len(owners), "fought": [False] * len(owners)}
    pq.write_table(pa.table({"case": owners, **records}), tmp_path / "service.parquet")
    spilling = tmp_path / "spilling"
    spilling.mkdir()
    most = 0

    def small(folder: Path) -> duckdb.DuckDBPyConnection:
        return own_database(folder).execute("SET memory_limit = '60MB'").execute("SET threads = 1")

    monkeypatch.setattr("lawmodel.batch.tables.joined.own_database", small)
    monkeypatch.setattr(tempfile, "tempdir", str(spilling))
    rulebook = lawmodel.load_rulebook()
    source = with_records(
        rulebook,
        source_of(tmp_path / "cases.parquet", rulebook),
        tmp_path / "cases.parquet",
        [("service", tmp_path / "service.parquet")],
    )
    for one in source.slices({"case": None, "service": {"formation"}}, 50_000):
        most = max(most, sum(file.stat().st_size for file in spilling.rglob("*") if file.is_file()))
        assert one.arrays["service"].value_lengths().to_pylist() == [2] * len(one.rows)
    assert most > 1_000_000
    assert not list(spilling.iterdir())


def test_the_example_says_what_the_one_with_lists_says(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "examples" / "batch"
    records = [f"--records={fact}={folder / file}" for fact, file in EXAMPLE.items()]
    for table, out, *more in (("fighters.csv", "a.jsonl"), ("people.csv", "b.jsonl", *records)):
        result = run("extradition", folder / table, "--out", tmp_path / out, "--presume", *more)
        assert result.exit_code == 0, result.output
        assert "1 row set aside" in result.output
    assert (tmp_path / "a.jsonl").read_text() == (tmp_path / "b.jsonl").read_text()
