"""How much work a start is, in instructions: unlike time, nearly the same in each run, on a busy machine too."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lawmodel.reasoning.chaining.forward_chaining import why_unavailable
from lawmodel.render.terminal import BY_ENVIRONMENT

CHECKOUT = Path(__file__).parents[2]
MOST_INSTRUCTIONS = 726_000_000
"""7 % more than it took on Python 3.11 when this was written (docs/performance.md); the law counts as well."""


@pytest.mark.long
def test_the_first_answer_is_not_more_work_than_it_was(tmp_path: Path) -> None:
    """From the start of the process to the answer on the screen, with its trace, cross-checked; byte code is there."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        pytest.skip("valgrind is not installed: it counts the instructions")
    if sys.version_info[:2] != (3, 11):
        pytest.skip("the bound is one for Python 3.11")
    if (reason := why_unavailable()) is not None:
        pytest.skip(f"the answer would not be cross-checked: {reason}")
    counted = [valgrind, "--tool=callgrind", "--trace-children=no", f"--callgrind-out-file={tmp_path / 'profile'}"]
    program = "from lawmodel.commands.main import main; main()"
    command = [sys.executable, "-c", program, "decide", "scenarios/extradition/04-serving-cook.yaml"]
    kept = {"LAWMODEL_CACHE": str(tmp_path / "rulebooks"), "PYTHONPYCACHEPREFIX": str(tmp_path / "code")}
    environment = {**os.environ, **kept, "PYTHONHASHSEED": "0"}
    for name in ("PYTHONDONTWRITEBYTECODE", *BY_ENVIRONMENT):  # a pipe without a word about it is shown in plain text
        environment.pop(name, None)

    def run(*before: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*before, *command], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True
        )

    shown = run().stdout  # it also compiles the program, and keeps the rulebook
    found = run(*counted)
    assert found.stdout == shown
    collected = re.search(r"Collected : (\d+)", found.stderr)
    assert collected is not None
    assert int(collected[1]) < MOST_INSTRUCTIONS
