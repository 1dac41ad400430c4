"""Answers in a folder: the same as in a file; and a run that is broken off is gone on with."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from lawmodel.batch.running import in_folder
from lawmodel.batch.running.part_runs import carry_out_part
from lawmodel.locked_folder import locked
from lawmodel.verbs.batch.command import command
from lawmodel.verbs.tabulate.command import command as tabulate

FILES, ROWS = 4, 30


def batch(*arguments: object) -> Result:
    return CliRunner().invoke(command, ["extradition", *map(str, arguments), "--presume"])


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    for file in range(FILES):
        # In each file one row is bad: the day of its decision is before that of the request.
        rows = [
            {
                "person.consents": [True, False, None][(row + file) % 3],
                "request.received": "2026-04-01",
                "decision.made": "2026-03-01" if row == file else "2026-05-01",
            }
            for row in range(ROWS)
        ]
        pq.write_table(pa.Table.from_pylist(rows), folder / f"{file}.parquet")
    return folder


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_folder, "MOST_ROWS", ROWS)


def interrupted_after(monkeypatch: pytest.MonkeyPatch, parts: int) -> list[int]:
    """The numbers of the parts that are decided; Ctrl-C comes after so many."""
    decided: list[int] = []

    def decide(shipped: Any, part: Any, *others: Any) -> Any:
        if len(decided) == parts:
            raise KeyboardInterrupt
        decided.append(part.number)
        return carry_out_part(shipped, part, *others)

    monkeypatch.setattr(in_folder, "carry_out_part", decide)
    return decided


def rows_of(path: Path) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist()  # type: ignore[no-any-return]


def test_the_same_answers_and_bad_rows_as_in_a_file(cases: Path, tmp_path: Path) -> None:
    file, folder = tmp_path / "one.parquet", tmp_path / "many"
    for out, bad in ((file, "one.csv"), (folder, "many.csv")):
        assert batch(cases, "--out", out, "--rejects", tmp_path / bad).exit_code == 0
    assert len(list(folder.glob("*.parquet"))) == FILES
    assert rows_of(folder) == rows_of(file)
    assert (tmp_path / "one.csv").read_text() == (tmp_path / "many.csv").read_text()
    with (tmp_path / "many.csv").open(newline="") as stream:
        assert [row["row"] for row in csv.DictReader(stream)] == ["1", "32", "63", "94"]
    counts = [CliRunner().invoke(tabulate, [str(out), "--json"]).stdout for out in (file, folder)]
    assert counts[0] == counts[1]


def test_a_run_that_is_broken_off_is_gone_on_with(cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, out = tmp_path / "whole", tmp_path / "answers"
    asked = ("--out", out, "--rejects", tmp_path / "bad.csv")
    batch(cases, "--out", whole, "--rejects", tmp_path / "all.csv")
    with monkeypatch.context() as first:
        assert interrupted_after(first, 2) == []
        assert batch(cases, *asked).exit_code == 1
    assert not out.exists()
    assert not (tmp_path / "bad.csv").exists()
    with monkeypatch.context() as second:
        decided = interrupted_after(second, FILES)
        result = batch(cases, *asked)
        assert result.exit_code == 0, result.output
        assert decided == [2, 3]  # the first two were done
    assert rows_of(out) == rows_of(whole)
    assert (tmp_path / "bad.csv").read_text() == (tmp_path / "all.csv").read_text()
    assert f"{FILES * (ROWS - 1)} of {FILES * ROWS} rows decided" in result.output
    assert not (tmp_path / "answers.unfinished").exists()


def test_another_question_does_not_go_on(cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "answers"
    with monkeypatch.context() as first:
        interrupted_after(first, 1)
        batch(cases, "--out", out)
    result = batch(cases, "--out", out, "--stage", "signed")
    assert result.exit_code == 2
    assert "asked something else" in result.output
    assert batch(cases, "--out", out).exit_code == 0  # nothing was lost


def test_changed_files_are_noticed(cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "answers"
    with monkeypatch.context() as first:
        interrupted_after(first, 1)
        batch(cases, "--out", out)
    table = pq.read_table(cases / "3.parquet")
    pq.write_table(table.slice(5), cases / "3.parquet")
    result = batch(cases, "--out", out)
    assert result.exit_code == 2
    assert "files that have changed" in result.output


@pytest.mark.parametrize("state", ["", "[]", '{"done": 3}', '{"done": {"x": {}}}'])
def test_a_broken_state_is_said(cases: Path, tmp_path: Path, state: str) -> None:
    unfinished = tmp_path / "answers.unfinished"
    unfinished.mkdir()
    (unfinished / "state.json").write_text(state)
    result = batch(cases, "--out", tmp_path / "answers")
    assert result.exit_code == 2
    assert "Remove it" in result.output


def test_only_answers_are_replaced(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers"
    assert batch(cases, "--out", out).exit_code == 0
    assert batch(cases, "--out", out, "--turns-on").exit_code == 0
    assert "turns_on" in rows_of(out)[0]
    others = tmp_path / "others"
    others.mkdir()
    (others / "notes.txt").write_text("mine")
    for place, says in ((others, "is no folder of answers"), (cases, "--out would replace what is read")):
        result = batch(cases, "--out", place)
        assert result.exit_code != 0
        assert says in result.output + str(result.exception)
    assert len(list(cases.iterdir())) == FILES
    assert (others / "notes.txt").read_text() == "mine"


def test_strict(cases: Path, tmp_path: Path) -> None:
    result = batch(cases, "--out", tmp_path / "answers", "--strict")
    assert result.exit_code == 2
    assert "--strict allows none" in result.output
    assert list(tmp_path.iterdir()) == [cases]


def test_other_tables_are_refused(tmp_path: Path) -> None:
    table = tmp_path / "cases.csv"
    table.write_text("person.consents\nyes\n")
    result = batch(table, "--out", tmp_path / "answers")
    assert result.exit_code == 2
    assert "written for Parquet files" in result.output
    assert list(tmp_path.iterdir()) == [table]


def killed_after(folder: Path, parts: int, cases: Path) -> None:
    """Run it in a process of its own, and kill that once so many parts are done and another has begun."""
    code = (
        "import os, signal, sys\n"
        "from lawmodel.batch.running import in_folder\n"
        "from lawmodel.batch.running import carrying_out\n"
        f"in_folder.MOST_ROWS = {ROWS}\n"
        "count, described = 0, carrying_out.Run.described\n"
        "def killed(run):\n"
        "    if sys._getframe(1).f_code.co_name == 'carry_out':\n"
        "        global count\n"
        f"        if count == {parts}: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        count += 1\n"
        "    return described(run)\n"
        "carrying_out.Run.described = killed\n"
        "from lawmodel.commands.main import main\n"
        f"main(['batch', 'extradition', {str(cases)!r}, '--out', {str(folder)!r}, '--presume'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_nothing_of_a_run_that_was_killed_gets_into_the_folder(cases: Path, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole", tmp_path / "answers"
    assert batch(cases, "--out", whole).exit_code == 0
    killed_after(out, 2, cases)
    unfinished = tmp_path / "answers.unfinished"
    assert list((unfinished / "answers").glob(".*")), "there is something that a killed run leaves"
    assert all(pq.read_metadata(one) for one in unfinished.glob("**/*.parquet"))
    (unfinished / "answers" / "part-000003.parquet").write_bytes(b"half")
    assert batch(cases, "--out", out).exit_code == 0
    assert sorted(one.name for one in out.iterdir()) == sorted(one.name for one in whole.iterdir())
    assert rows_of(out) == rows_of(whole)
    assert not unfinished.exists()


def test_killed_when_the_answers_were_in_their_place(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "answers"
    with monkeypatch.context() as first:
        first.setattr(in_folder.Unfinished, "discard", lambda self: None)
        first.setattr(in_folder.Unfinished, "_begin", lambda self: ((self.folder / "answers").mkdir(), self._save()))
        assert batch(cases, "--out", out).exit_code == 0
    assert (tmp_path / "answers.unfinished" / "state.json").exists()
    before = rows_of(out)
    assert batch(cases, "--out", out).exit_code == 0
    assert rows_of(out) == before
    assert not (tmp_path / "answers.unfinished").exists()


def test_two_runs_do_not_write_into_one_folder(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers"
    with locked(tmp_path / "answers.unfinished"):
        result = batch(cases, "--out", out)
    assert result.exit_code == 2
    assert "another run is writing there. Wait until it has ended" in result.output
    assert list(tmp_path.iterdir()) == [cases]
    assert batch(cases, "--out", out).exit_code == 0


def test_a_folder_of_the_users_is_left_alone(cases: Path, tmp_path: Path) -> None:
    mine = tmp_path / "answers.unfinished" / "answers" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    result = batch(cases, "--out", tmp_path / "answers")
    assert (result.exit_code, "it holds what no run has written (mine.txt)" in result.output) == (2, True)
    assert sorted(mine.parents[1].glob("**/*")) == [mine.parent, mine]
