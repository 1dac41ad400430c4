"""The table of limits in the docs is that of the program."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
NAMED = re.compile(r"\b(MOST(_\w+)?|LONGEST(_\w+)?|LARGEST_\w+)\b")
ROW = re.compile(r"\| ([0-9,]+) \| .+ \| `([a-z0-9_/]+)\.py` `([A-Z_]+)` \|")


def in_docs() -> dict[tuple[str, str], int]:
    text = (CHECKOUT / "docs" / "limits.md").read_text(encoding="utf-8")
    rows = [ROW.fullmatch(line) for line in text.splitlines() if line.startswith("| ")]
    return {(row[2].replace("/", "."), row[3]): int(row[1].replace(",", "")) for row in rows if row is not None}


def in_program() -> Iterator[tuple[str, str]]:
    for file in (CHECKOUT / "lawmodel").rglob("*.py"):
        module = ".".join(file.relative_to(CHECKOUT / "lawmodel").with_suffix("").parts)
        text = file.read_text(encoding="utf-8")
        for line in ast.parse(text).body if NAMED.search(text) else ():
            targets = (
                line.targets
                if isinstance(line, ast.Assign)
                else [line.target]
                if isinstance(line, ast.AnnAssign)
                else []
            )
            for target in targets:
                if isinstance(target, ast.Name) and NAMED.fullmatch(target.id):
                    yield module, target.id


def test_every_limit_of_the_program_is_in_the_docs_and_the_other_way_round() -> None:
    """How much of an answer is shown need not be told: nothing but the screen is smaller for it."""
    limits = set(in_program())
    shown = {one for one in limits if one[0].startswith(("answer.", "documents.")) or one[0].endswith(".document")}
    assert set(in_docs()) | shown == limits


def test_the_docs_give_each_limit_as_it_is() -> None:
    for (module, name), value in in_docs().items():
        assert getattr(importlib.import_module(f"lawmodel.{module}"), name) == value, name
