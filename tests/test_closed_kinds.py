"""The kinds of things are closed: whoever adds one is told by mypy of every file that has to know it.

The files stand in docs/developing.md, which is held to what mypy says.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
KINDS = {
    "Condition": "rulebook/condition.py",
    "Conclusion": "rulebook/condition.py",
    "FactType": "rulebook/fact.py",
    "Sort": "inputs.py",
    "Formula": "reasoning/formula.py",
    "Atom": "reasoning/formula.py",
    "Term": "reasoning/formula.py",
    "Block": "document.py",
}
"""Each union, and the file in which it is declared."""


def with_new_members(folder: Path) -> None:
    """Adds to each union a member of which nothing knows, with a name of its own."""
    for name, path in KINDS.items():
        file = folder / "lawmodel" / path
        text = file.read_text(encoding="utf-8")
        declared = re.compile(rf"^{name}: TypeAlias = (Literal\[|\(\n)?", re.MULTILINE)
        found = declared.findall(text)
        assert len(found) == 1, f"{path} declares {name} otherwise than this test expects"
        if found[0] == "Literal[":
            text = declared.sub(f'{name}: TypeAlias = Literal["New{name}", ', text)
        else:
            base = "(Stated)" if name in ("Condition", "Conclusion") else ""
            body = "place: Place" if base else "pass"
            new = f"@dataclass(frozen=True)\nclass New{name}{base}:\n    {body}\n\n\n"
            text = declared.sub(lambda match: f"{new}{name}: TypeAlias = {match[1] or ''}New{name} | ", text)  # noqa: B023
        file.write_text(text, encoding="utf-8")


def named_by_mypy(folder: Path) -> dict[str, set[str]]:
    """For each union the files of which mypy complains once it has a new member."""
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--cache-dir", str(folder / "cache"), "lawmodel"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert said.stderr == ""
    found = defaultdict(set)
    for line in said.stdout.splitlines():
        path, _, complaint = line.partition(": error: ")
        names = {name for name in KINDS if re.search(rf"\bNew{name}\b", complaint)}
        assert names, f"it does not say of which new member it speaks (end the match with assert_never): {line}"
        for name in names:
            found[name].add(path.partition(":")[0].removeprefix("lawmodel/"))
    return found


def listed_in_docs() -> dict[str, set[str]]:
    """What docs/developing.md says, one row of a table for each union."""
    text = (CHECKOUT / "docs" / "developing.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|.*\| (`[^|]*`) \|$", text, re.MULTILINE)
    return {name: set(re.findall(r"`([^`]+)`", files)) for name, files in rows if name in KINDS}


@pytest.mark.long
def test_mypy_names_the_files_that_the_guide_names(tmp_path: Path) -> None:
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(CHECKOUT / "lawmodel", tmp_path / "lawmodel", ignore=left_out)
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    with_new_members(tmp_path)
    assert named_by_mypy(tmp_path) == listed_in_docs()


def test_the_guide_names_files_that_there_are() -> None:
    listed = listed_in_docs()
    assert set(listed) == set(KINDS)
    for files in listed.values():
        assert [file for file in sorted(files) if not (CHECKOUT / "lawmodel" / file).is_file()] == []
