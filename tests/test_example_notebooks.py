"""The example notebooks run, and what stands below their cells is what the cells show now.

After a change that is meant: ``pytest tests/test_example_notebooks.py --renew-golden``, and read what is different.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.run_notebook import read_notebook, run, write_notebook

CHECKOUT = Path(__file__).parents[1]
NOTEBOOKS = sorted((CHECKOUT / "examples" / "notebooks").glob("*.ipynb"))
CHANGES = re.compile(r"[0-9a-f]{64}|<style>.*?</style>|(?<=-)[0-9a-f]{10}\b")
"""What may be another without anything being otherwise: the style, the hash of the rulebook, and ids made of it."""


def shown(notebook: dict[str, Any]) -> list[str]:
    """What stands below each cell, without what may be another."""
    return [
        CHANGES.sub("…", json.dumps(cell.get("outputs", []), ensure_ascii=False, sort_keys=True, indent=1))
        for cell in notebook["cells"]
    ]


@pytest.mark.long
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_it_says(path: Path, monkeypatch: pytest.MonkeyPatch, renew_golden: bool) -> None:
    monkeypatch.chdir(path.parent)
    kept = read_notebook(path)
    made = run(kept)
    if renew_golden:
        write_notebook(path, made)
        return
    for number, (before, now) in enumerate(zip(shown(kept), shown(made), strict=True), 1):
        assert before == now, f"cell {number}: pytest --renew-golden renews it"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_as_jupyter_keeps_it(path: Path) -> None:
    plain = read_notebook(path)
    assert (plain["nbformat"], plain["nbformat_minor"]) == (4, 5)
    code = [cell for cell in plain["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert all("".join(cell["source"]).strip() for cell in plain["cells"])
    assert len({cell["id"] for cell in plain["cells"]}) == len(plain["cells"])
    written = path.read_text(encoding="utf-8")
    assert str(CHECKOUT) not in written
    for cell in code:
        assert not any(output["output_type"] == "error" for output in cell["outputs"])
        assert "<script" not in json.dumps(cell["outputs"])
