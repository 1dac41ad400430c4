"""The code of docs/python.md runs as it stands, from the first block to the last, and is typed as it claims."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
BLOCKS = re.findall(r"^```python\n(.*?)^```$", (CHECKOUT / "docs" / "python.md").read_text("utf-8"), re.S | re.M)


def test_code_runs_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(CHECKOUT)
    names: dict[str, object] = {"folder": tmp_path}
    assert len(BLOCKS) > 5
    for number, block in enumerate(BLOCKS, 1):
        exec(compile(block, f"docs/python.md, block {number}", "exec"), names)  # noqa: S102


@pytest.mark.long
def test_code_is_well_typed(tmp_path: Path, mypy_cache: Path) -> None:
    program = tmp_path / "tour.py"
    program.write_text("folder = '.'\n" + "\n".join(BLOCKS), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(mypy_cache), "--follow-imports", "silent"]
    done = subprocess.run([*command, str(program)], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
