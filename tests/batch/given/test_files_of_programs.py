"""One table, written by the programs that people have, is decided alike; `files/README.md` says which and how."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.batch.cafes import RULES, Ran

FILES = Path(__file__).with_name("files")
OPTIONS: dict[str, tuple[str, ...]] = {
    "pandas-index.csv": ("--ignore", "column 1", "--dates", "dd.mm.yyyy"),
    "r2.csv": ("--encoding", "utf-16-le"),
    "libreoffice-western.csv": ("--encoding", "cp1252"),
}
WITHOUT_CYRILLIC = "????; x"
CASES = {
    "an": ("often", "determined"),
    "bé": (None, "depends"),
    "Юлия; x": (None, "depends"),
    'd "q"\nr': (None, "depends"),
}
TABLES = sorted(file.name for file in FILES.iterdir() if file.name != "README.md")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_decided_alike_whoever_wrote_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    shutil.copy(FILES / name, tmp_path)
    ran = Ran(tmp_path / name, *OPTIONS.get(name, ()))
    found = {str(one["case"]): (one["outcome"], one["status"]) for one in ran.answers}
    if WITHOUT_CYRILLIC in found:  # what Windows-1252 has no letters for
        found["Юлия; x"] = found.pop(WITHOUT_CYRILLIC)
    assert {name.replace("\r\n", "\n"): answer for name, answer in found.items()} == CASES, ran.said
    assert ran.counts == (4, 4, 0, 0)


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_what_is_not_certain_is_said_with_its_option(tmp_path: Path, name: str) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    shutil.copy(FILES / name, tmp_path)
    option, value = OPTIONS[name][:2]
    ran = Ran(tmp_path / name)
    assert ran.code == 2
    assert option in ran.said
    assert value in ran.said
