"""No verb writes over what it reads, over its other output, or over a file of another kind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.commands.every_verb import ARGUMENTS, files, law, prepare
from tests.commands.running import Run

REFUSED = (
    "would replace",
    "what is written would be read with it",
    "would be written to the same place",
    "is nothing that",
    "this is a folder",
    "this is no folder",
    "there is no folder",
    "is no folder of answers",
)
SHOWN = ("decide", "ask", "why", "why-not", "whatif", "change", "turns-on", "compare", "report", "tellings")
"""The verbs whose result goes, with --out, to a file in any form."""


@pytest.fixture
def bridge(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in the folder of `every_verb`, with a file of notes, and other names of the files that are there."""
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("mine\n")
    for name in ("table.csv", "case.yaml"):
        Path(f"link-{name}").symlink_to(name)
        os.link(name, f"hard-{name}")
    for name in ("notes.csv", "notes.html", "notes.parquet", "notes.jsonl", "folder.csv/found-1.yaml"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("mine\n")
    return run


@pytest.mark.parametrize(
    "command",
    [
        # what is read
        "batch crossing table.csv --rules law --out table.csv",
        "batch crossing table.csv --rules law --out link-table.csv",
        "batch crossing table.csv --rules law --out hard-table.csv",
        "batch crossing table.csv --rules law --out answers.csv --rejects table.csv",
        "batch crossing table.csv --rules law --out answers.csv --rejects ./law/../hard-table.csv",
        "tabulate kept.csv --rules law --out kept.csv",
        "tabulate kept.csv --rules law --against kept2.csv --out kept2.csv",
        "tabulate kept.csv --rules law --cases table.csv --out table.csv",
        "export case.yaml --rules law --to asp --out case.yaml",
        "export case.yaml --rules law --to asp --out hard-case.yaml",
        "export case.yaml --rules law --to asp --out law/bridge.yaml",
        "schema case --rules law --out law/bridge.yaml",
        "schema case --rules law --out law/other.yaml",
        "schema stub --rules law/bridge.yaml --out law/bridge.yaml",
        "ask crossing --rules law --case case.yaml --save case.yaml",
        "ask crossing --rules law --case case.yaml --save link-case.yaml",
        "ask crossing --rules law --save law/bridge.yaml",
        "ask crossing --rules law --save new.html --out new.html",
        "decide case.yaml cases --rules law --format html --out cases/case.yaml",
        "decide cases --rules law --format text --out cases/new.yaml",
        "decide case.yaml#base --rules law --format html --out case.yaml",
        "ask crossing --rules law --save law/other.yaml",
        "find --outcome refused --rules law --out law",
        "find --outcome refused --rules law --given folder/found-1.yaml --out folder",
        "prove --rules law --out law",
        "diff date 2020-12-31 2021-01-01 --rules law --out law/new",
        "diff rules law wrong --out law",
        "cover cases --rules law --complete law",
        "mutate cases --rules law --jobs 1 --out law",
        "mutate cases --rules law --jobs 1 --resume cases/case.yaml",
        "population spec.yaml --rules law --out link-spec.csv",
        # two outputs in one place
        "batch crossing table.csv --rules law --out answers.csv --rejects answers.csv",
        "batch crossing table.csv --rules law --out answers.csv --rejects ANSWERS.csv",
        # what is no output of the kind
        "schema case --rules law --out notes.txt",
        "schema stub --rules law --out notes.txt",
        "export case.yaml --rules law --to asp --out notes.txt",
        "ask crossing --rules law --save notes.txt",
        "tabulate kept.csv --rules law --out notes.csv",
        "tabulate kept.csv --rules law --out notes.html",
        "tabulate kept.csv --rules law --out table.csv",
        "batch crossing table.csv --rules law --out notes.csv",
        "batch crossing table.csv --rules law --out notes.parquet",
        "batch crossing table.csv --rules law --out notes.jsonl",
        "batch crossing table.csv --rules law --out answers.csv --rejects notes.csv",
        "batch crossing table.csv --rules law --out law",
        "population spec.yaml --rules law --rows 5 --out notes.csv",
        "population spec.yaml --rules law --rows 5 --out notes.parquet",
        "find --outcome refused --rules law --out folder.csv",
        "mutate cases --rules law --jobs 1 --sample 1 --resume notes.txt",
        # where nothing can be written
        "schema case --rules law --out law",
        "find --outcome refused --rules law --out notes.txt",
        "ask crossing --rules law --save nowhere/case.yaml",
        "tabulate kept.csv --rules law --out nowhere/counts.csv",
        "population spec.yaml --rules law --rows 5 --out nowhere/cases.csv",
    ],
)
def test_nothing_is_lost(bridge: Run, tmp_path: Path, command: str) -> None:
    if "kept" in command:
        for name in ("kept.csv", "kept2.csv"):
            assert bridge("batch", "crossing", "table.csv", "--rules", "law", "--out", name).code == 0
    Path("folder").mkdir()
    Path("folder/found-1.yaml").write_text(Path("case.yaml").read_text())
    Path("spec.csv").symlink_to("spec.yaml")
    Path("link-spec.csv").symlink_to("spec.csv")
    before = files(tmp_path)
    ran = bridge(*command.split())
    assert (ran.code, ran.out) == (2, ""), ran
    assert any(said in ran.err for said in REFUSED), ran.err
    assert files(tmp_path) == before


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
@pytest.mark.parametrize("verb", SHOWN)
def test_no_verb_that_shows_a_result_writes_over_anything(bridge: Run, tmp_path: Path, verb: str, form: str) -> None:
    before = files(tmp_path)
    for place in ("case.yaml", "link-case.yaml", "hard-case.yaml", "law/bridge.yaml", "law", "notes.txt", "no/where"):
        ran = bridge(verb, *ARGUMENTS[verb], "--format", form, "--out", place)
        assert ran.code == 2, (place, ran)
        assert any(said in (ran.out if form == "json" else ran.err) for said in REFUSED), ran
        assert files(tmp_path) == before, place


def test_a_folder_of_answers_that_is_read_is_not_replaced(bridge: Run, tmp_path: Path) -> None:
    bridge("population", "spec.yaml", "--rules", "law", "--rows", "5", "--out", "cases.parquet")
    run = ("batch", "crossing", "cases.parquet", "--rules", "law", "--out", "answers")
    assert bridge(*run).code == 0
    assert bridge(*run).code == 0  # over its own
    Path("cases.parquet").rename("answers/cases.parquet")
    before = files(tmp_path)
    assert bridge("batch", "crossing", "answers/cases.parquet", "--rules", "law", "--out", "answers").code == 2
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "command",
    [
        "schema case --rules law --out OUT.json",
        "schema stub --rules law --out OUT.pyi",
        "export case.yaml --rules law --to asp --out OUT.lp",
        "ask crossing --rules law --case case.yaml --save OUT.yaml",
        "find --outcome refused --rules law --out OUT",
        "prove --rules law --out OUT",
        "diff date 2020-12-31 2021-01-01 --rules law --out OUT",
        "cover cases --rules law --complete OUT",
        "mutate cases --rules law --jobs 1 --sample 3 --out OUT --resume OUT.state",
        "population spec.yaml --rules law --rows 5 --out OUT.csv",
        "population spec.yaml --rules law --rows 5 --out OUT.jsonl",
        "population spec.yaml --rules law --rows 5 --out OUT.parquet",
        "batch crossing table.csv --rules law --out OUT.csv --rejects OUT-r.csv",
        "batch crossing table.csv --rules law --out OUT.jsonl --rejects OUT-r.jsonl",
        "batch crossing table.csv --rules law --out OUT.parquet",
        "batch crossing table.csv --rules law --each-reading arms --out OUT.csv",
        "batch crossing table.csv --rules law --out OUT.duckdb",
        "tabulate kept.csv --rules law --out OUT.csv",
        "tabulate kept.csv --rules law --out OUT.html",
        "tabulate kept.csv --rules law --against kept2.csv --out OUT.csv",
    ],
)
def test_an_older_output_of_the_same_kind_is_replaced(bridge: Run, tmp_path: Path, command: str) -> None:
    Path("table.csv").write_text("case,crossing.made,traveller.armed\n1,2022-01-01,yes\n2,2022-01-01,perhaps\n")
    if "kept" in command:
        for name in ("kept.csv", "kept2.csv"):
            assert bridge("batch", "crossing", "table.csv", "--rules", "law", "--out", name).code == 0
    for _ in range(2):
        ran = bridge(*command.replace("OUT", str(tmp_path / "out")).split())
        assert ran.code == 0, ran
        assert not list(tmp_path.glob(".lawmodel-*"))


def test_cases_are_added_to_those_that_are_there(bridge: Run) -> None:
    before = Path("cases/case.yaml").read_bytes()
    assert bridge("cover", "cases", "--rules", "law", "--complete", "cases").code == 0
    assert len(list(Path("cases").iterdir())) > 1
    assert Path("cases/case.yaml").read_bytes() == before
    assert bridge("cover", "cases", "--rules", "law", "--complete", "cases", "--at-least", "100").code == 0


def test_a_text_may_go_to_a_device(bridge: Run) -> None:
    for command in (*ARGUMENTS["export"], "--out", os.devnull), law("case", "--out", os.devnull):
        verb = "export" if "--to" in command else "schema"
        assert bridge(verb, *command) == (0, "", "")
    assert bridge("batch", *law("crossing", "table.csv", "--out", os.devnull)).code == 2
