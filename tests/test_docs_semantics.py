"""The tests that docs/semantics.md names are there, and are random tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (CHECKOUT / "docs" / "semantics.md").read_text(encoding="utf-8"))


def test_it_names_tests() -> None:
    assert len(set(NAMED)) == len(NAMED) > 20


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_theorem_is_checked_by_a_random_test(file: str, name: str) -> None:
    tree = ast.parse((CHECKOUT / file).read_text(encoding="utf-8"))
    [found] = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name]
    said = {ast.unparse(one) for one in found.decorator_list}
    assert any(one.startswith("given(") for one in said), said
