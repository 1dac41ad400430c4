"""PDF files that are handed in can be read aloud: what of PDF/UA-1 can be checked without its reference validator.

pypdf looks at tags, alternative texts, headings, languages and fonts. `pdfua`, which nobody here wrote, checks a part
of the rules of PDF/UA-1; it is run where the folder `LAWMODEL_PDF_CHECKER` has it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from lawmodel.document import (
    Column,
    Decision,
    DecisionRow,
    DecisionTable,
    Document,
    Item,
    Items,
    Ladder,
    Listing,
    Paragraph,
    Rung,
    Section,
    Table,
    text,
)
from lawmodel.render.formats import pdf
from tests.commands.running import Run
from tests.render.opened import pdf_file

pytest.importorskip("pypdf")
pytest.importorskip("typst")
CHECKER = "LAWMODEL_PDF_CHECKER"
SOLDIER = "scenarios/extradition/34-every-question-at-once.yaml"
FILES = {
    "memorandum": ("report", SOLDIER, "--variant", "base", "--question", "extradition"),
    "annotated article": ("annotate", "Art. 464"),
    "answer": ("decide", "scenarios/extradition/04-serving-cook.yaml", "--variant", "base"),
    "comparison": ("compare", "scenarios/extradition/04-serving-cook.yaml", "--variant", "base"),
}
TOLD = Document(
    text("Every kind of part"),
    (
        Section(
            text("1. Parts"),
            (
                Table((Column("Left"), Column("Right")), ((text("x"), text("y")),), "A table"),
                Table((Column(), Column()), ((text("without"), text("a head")),)),
                DecisionTable((Decision(text("subject"), rows=(DecisionRow(text("if"), text("then")),)),)),
                Section(text("1.1 Deeper"), (Items((Item(text("an item"), blocks=(Listing("a file"),)),)),)),
            ),
        ),
        Ladder("A picture", (Rung(text("a rung"), "met"),)),
        Paragraph(text("the end")),
    ),
)


@cache
def elements() -> tuple[dict[str, Any], ...]:
    """The elements of the tree of tags, from the top down."""

    def walk(one: Any) -> Iterator[dict[str, Any]]:
        node = one.get_object()
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    return tuple(walk(pdf_file(pdf.render(TOLD)).trailer["/Root"]["/StructTreeRoot"]))


def test_each_picture_has_words_in_its_place() -> None:
    figures = [one for one in elements() if one["/S"] == "/Figure"]
    assert [str(one["/Alt"]) for one in figures] == ["A picture. The list below says the same."]


def test_headings_skip_no_level() -> None:
    names = [str(one["/S"]) for one in elements()]
    levels = [int(found[1]) for one in names if (found := re.fullmatch(r"/H(\d)", one))]
    assert levels[0] == 1
    assert 2 in levels
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_table_has_heads_of_its_columns_and_what_has_none_is_no_table() -> None:
    tables = [one for one in elements() if one["/S"] == "/Table"]
    heads = [one for one in elements() if one["/S"] == "/TH"]
    assert len(tables) == 2
    assert len(heads) == 4


def test_every_font_is_embedded() -> None:
    found = 0
    for page in pdf_file(pdf.render(TOLD)).pages:
        for font in page["/Resources"]["/Font"].values():
            for one in font.get_object().get("/DescendantFonts", [font]):
                described = one.get_object()["/FontDescriptor"].get_object()
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described)
                found += 1
    assert found >= 3


@pytest.mark.long
@pytest.mark.parametrize("name", list(FILES))
def test_a_checker_that_nobody_here_wrote_finds_nothing(name: str, run: Run, tmp_path: Path) -> None:
    folder = os.environ.get(CHECKER)
    if not folder:
        pytest.skip(f"{CHECKER} names no folder")
    file = tmp_path / "file.pdf"
    assert run(*FILES[name], "--out", str(file)).code == 0
    ran = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", "--format", "json", str(file)],
        env={**os.environ, "PYTHONPATH": str(Path(folder).resolve())},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    told = json.loads(ran.stdout)
    assert told["findings"] == []
    assert told["summary"]["rules_run"] >= 11
