"""docs/testing.md, followed in an empty folder: the property fails with the case that is shown, and that is decided."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = (CHECKOUT / "docs" / "testing.md").read_text("utf-8")
PROBE, *OTHERS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.S | re.M)
(SHOWN,) = re.findall(r"^```text\n(.*?)^```$", PAGE, re.S | re.M)
OWN_READING = CHECKOUT / "examples" / "own-reading"
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist")


def ran(*command: str, at: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)


@pytest.mark.long
def test_the_page_can_be_followed_in_an_empty_folder(tmp_path: Path) -> None:
    shutil.copy(OWN_READING / "war-crimes.yaml", tmp_path)
    (tmp_path / "test_probe.py").write_text(PROBE, encoding="utf-8")
    failed = ran(*PYTEST, "--hypothesis-seed=1", "test_probe.py", at=tmp_path)
    assert failed.returncode == 1, failed.stdout + failed.stderr
    found = re.search(r"^E +(# A case that a test has found.*?)^E +,$", failed.stdout, re.S | re.M)
    assert found is not None, failed.stdout
    lines = [line.removeprefix("E").removeprefix("       ") for line in found[1].splitlines()]
    assert "\n".join(lines) == SHOWN.replace("/home/you/lawmodel/rules", shlex.quote(f"{CHECKOUT}/rules")).rstrip()
    (tmp_path / "found.yaml").write_text("\n".join(lines), encoding="utf-8")
    command = shlex.split(lines[1].removeprefix("#   lawmodel "))
    decided = ran(sys.executable, "-c", "from lawmodel.commands.main import main; main()", *command, at=tmp_path)
    assert decided.returncode == 0, decided.stdout + decided.stderr
    assert "may_grant" in decided.stdout


def test_other_code_of_the_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(OWN_READING)
    names: dict[str, object] = {}
    exec(compile(PROBE, "docs/testing.md", "exec"), names)  # noqa: S102
    assert OTHERS
    for block in OTHERS:
        exec(compile(block, "docs/testing.md", "exec"), names)  # noqa: S102


@pytest.mark.long
def test_the_example_holds(tmp_path: Path) -> None:
    shutil.copytree(OWN_READING, tmp_path, dirs_exist_ok=True)
    passed = ran(*PYTEST, "test_war_crimes.py", at=tmp_path)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "3 passed" in passed.stdout
