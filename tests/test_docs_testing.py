"""The code of docs/testing.md runs as it stands, and its property fails with the case file that is shown there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = (CHECKOUT / "docs" / "testing.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.S | re.M)
SHOWN = re.findall(r"^```text\n(.*?)^```$", PAGE, re.S | re.M)


def test_code_runs_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(CHECKOUT)
    names: dict[str, object] = {"folder": tmp_path}
    assert len(BLOCKS) > 2
    for number, block in enumerate(BLOCKS, 1):
        exec(compile(block, f"docs/testing.md, block {number}", "exec"), names)  # noqa: S102
    stated: Callable[[], None] = names["test_my_reading_takes_protection_from_no_one"]  # type: ignore[assignment]
    with pytest.raises(AssertionError) as failed:
        stated()
    (shown,) = SHOWN
    assert shown.strip() in "\n".join(failed.value.__notes__)
    assert (tmp_path / "found.yaml").read_text("utf-8").startswith("# A case that a test has found.")
