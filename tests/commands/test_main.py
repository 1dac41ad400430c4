"""The command line as a whole: its version, its help, completion by shells, and verbs that there are not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lawmodel.commands.main import VERBS
from lawmodel.version import VERSION
from tests.commands.running import Run

CHECKOUT = Path(__file__).parents[2]
COOK = str(CHECKOUT / "scenarios" / "extradition" / "04-serving-cook.yaml")


def test_it_says_its_version(run: Run) -> None:
    rulebook = "rulebook: Extradition and deployment, Russia 2026, version 0.2.0, as of 28 November 2026"
    assert run("--version") == (0, f"lawmodel {VERSION}\n{rulebook}\n", "")


def test_it_lists_its_verbs(run: Run) -> None:
    for option in ("--help", "-h"):
        ran = run(option)
        assert (ran.code, ran.err) == (0, "")
        assert all(verb in ran.out for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_explains_itself(run: Run, verb: str) -> None:
    ran = run(verb, "--help")
    assert ran.code == 0
    assert f"Usage: lawmodel {verb}" in ran.out


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_can_be_read_on_a_terminal_of_80_columns(run: Run, verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_, **__: os.terminal_size((80, 24)))
    ran = run(*filter(None, [verb]), "--help")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert not re.search(r"\\|[\0-\t\v-\x1f]", ran.out)  # what only keeps lines apart is not shown
    assert "INTEGER" not in ran.out


def test_the_kinds_of_diff_stand_in_a_table(run: Run) -> None:
    lines = run("diff", "--help").out.splitlines()
    assert "  stage    of two stages of its bills   stage passed_duma in_force" in lines
    assert "  rules    two rulebooks                rules rules rules+BILL.yaml" in lines


def test_a_verb_that_there_is_not(run: Run) -> None:
    ran = run("decde", COOK)
    assert ran.code == 2
    assert "Did you mean decide?" in ran.err


def as_a_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from lawmodel.commands.main import main; main()", *arguments]
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT), **environment}
    return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete_it(shell: str) -> None:
    done = as_a_process(_LAWMODEL_COMPLETE=f"{shell}_source")
    if shell == "bash" and done.returncode:
        assert "bash" in done.stderr.lower()  # no bash, or too old a one
        return
    assert done.returncode == 0, done.stderr
    assert "_LAWMODEL_COMPLETE" in done.stdout


def test_verbs_and_options_are_completed() -> None:
    words = {"COMP_WORDS": "lawmodel decid", "COMP_CWORD": "1"}
    assert as_a_process(_LAWMODEL_COMPLETE="bash_complete", **words).stdout.split() == ["plain,decide"]
    words = {"COMP_WORDS": "lawmodel decide --rea", "COMP_CWORD": "2"}
    assert "plain,--reading" in as_a_process(_LAWMODEL_COMPLETE="bash_complete", **words).stdout.split()


def test_text_is_written_as_utf_8_whatever_the_locale() -> None:
    done = as_a_process("decide", COOK, "--variant", "base", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "✓" in done.stdout
