"""What the tutorials show is what their commands print: each line, in order, between the places that are cut (…)."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.commands.running import Run

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("first-case.md", "lesson.md", "own-reading.md")
BLOCK = re.compile(r"^```(sh(?: no-ci)?|text|yaml)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown(page: str) -> list[tuple[str, str]]:
    """The commands of each block, with the output that is shown below it; empty where none is."""
    blocks = BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))
    found = []
    for (kind, text), (after, output) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind == "sh":
            found.append((text.strip(), output if after == "text" else ""))
    return found


def is_slow(command: str) -> bool:
    return any(f"cli.py {verb}" in command for verb in ("mutate", "exercises"))


COMMANDS = [
    pytest.param(command, output, id=f"{page} {number}", marks=[pytest.mark.long] * is_slow(command))
    for page in PAGES
    for number, (command, output) in enumerate(shown(page), 1)
]


@pytest.mark.parametrize(("commands", "output"), COMMANDS)
def test_a_command_prints_what_is_shown(commands: str, output: str, run: Run, tmp_path: Path) -> None:
    """Files that one of a block writes the next ones read."""
    for command in commands.splitlines():
        before, program, *arguments = shlex.split(command)
        assert (before, program) == ("python3", "cli.py")
        written = arguments[arguments.index("--out") + 1] if "--out" in arguments else None
        here = [one == written or (tmp_path / one).is_file() for one in arguments]
        ran = run(*(str(tmp_path / one) if moved else one for one, moved in zip(arguments, here, strict=True)))
        assert ran.code == 0, ran.err
    rest = ran.out
    for part in output.split("…\n"):
        assert part in rest, part
        rest = rest[rest.index(part) + len(part) :]


def test_the_yaml_that_is_shown_is_that_of_the_files() -> None:
    yaml = [text for page in PAGES for kind, text in BLOCK.findall((DOCS / page).read_text("utf-8")) if kind == "yaml"]
    files = [file.read_text(encoding="utf-8") for file in (DOCS.parent / "examples").rglob("*.yaml")]
    assert len(yaml) > 2
    assert all(any(text in file for file in files) for text in yaml)
