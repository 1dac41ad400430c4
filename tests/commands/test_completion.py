"""What shells offer on Tab: whatever the rulebook names, and never an error."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lawmodel.commands import completion
from lawmodel.commands.main import COMPLETE, NAME, program

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)


class Shell:
    """A shell of which the last word is being typed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capfd = monkeypatch, capfd

    def offers(self, *words: str, into: str = "bash") -> list[str]:
        typed = [NAME, *words]
        cword = str(len(words)) if into == "bash" else typed[-1] if into == "fish" else str(len(words))
        with self._monkeypatch.context() as patch:
            patch.setenv(COMPLETE, f"{into}_complete")
            patch.setenv("COMP_WORDS", "\n".join(word or '""' for word in typed))
            patch.setenv("COMP_CWORD", cword)
            assert completion.complete(program, NAME, COMPLETE, f"{into}_complete") in (0, 1)
        out, err = self._capfd.readouterr()
        assert err == ""
        return [line.partition(",")[2] for line in out.splitlines() if line] if into == "bash" else out.splitlines()


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capfd)


OPTIONS = ["former-only", "everyone", "no-one", "unknown"]
COMBAT = [f"combat={option}" for option in OPTIONS]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["decide", "--reading", "comb"], COMBAT),
        (["decide", "--reading", "combat", "="], OPTIONS),
        (["decide", "--reading", "combat", "=", "ev"], ["everyone"]),
        (["decide", "--reading", "=", "comb"], COMBAT),
        (["decide", "--reading", "=", "combat", "=", "ev"], ["everyone"]),
        (["decide", "--question", "ex"], ["extradition", "expulsion"]),
        (["ask", "ex"], ["extradition", "expulsion"]),
        (["batch", "deployment-"], ["deployment-international"]),
        (["why", "--stage", "in_"], ["in_force"]),
        (["whatif", "--then-stage", "in_"], ["in_force"]),
        (["decide", "--as-told-by", "press-d"], ["press-deployment", "press-duma"]),
        (["change", "case.yaml", "--to", "may"], ["may_refuse", "may_grant"]),
        (["change", "--question", "deployment", "--to", "decision"], ["decision_missing"]),
        (["why-not", "case.yaml", "may_g"], ["may_grant"]),
        (["change", "--keep", "service.fo"], ["service.formation", "service.fought"]),
        (["change", "--free", "comb"], ["combat"]),
        (["whatif", "case.yaml", "service.fo"], ["service.formation=", "service.fought="]),
        (["whatif", "case.yaml", "service.fought", "="], ["yes", "no", "unknown"]),
        (["whatif", "case.yaml", "comb"], COMBAT),
        (["find", "--where", "decision.ma"], ["decision.made=", "decision.made=unknown"]),
        (["find", "--ground", "cpc-464-1-7"], ["cpc-464-1-7"]),
        (["find", "--differ", "telling", "press-du"], ["press-duma"]),
        (["diff", "reading", "comb"], ["combat"]),
        (["diff", "reading", "combat", "e"], ["everyone"]),
        (["diff", "stage", "passed"], ["passed_duma"]),
        (["diff", "rules", "x"], []),
        (["prove", "citizen-is"], ["citizen-is-never-surrendered"]),
        (["law", "cpc-464-1-7"], ["cpc-464-1-7"]),
        (["law", "service.fou"], ["service.fought"]),
        (["law", "law-50"], ["law-50-fz"]),
        (["cover", "--provision", "cpc-464-1-7"], ["cpc-464-1-7"]),
        (["tabulate", "answers.csv", "--by", "grou"], ["ground"]),
        (["compare", "case.yaml", "--by", "da"], ["date"]),
        (["decide", "--reading", "nothing-like-this"], []),
    ],
)
def test_what_the_rulebook_names_is_completed(shell: Shell, words: list[str], offered: list[str]) -> None:
    assert sorted(shell.offers(*words)) == sorted(offered)


def test_the_rulebook_is_the_one_that_was_named(shell: Shell) -> None:
    assert shell.offers("decide", "--rules", "tests/toy/rules", "--question", "l") == ["loan"]


@pytest.mark.parametrize("rules", ["nowhere", "tests/bad/heads", "/dev/null", "README.md"])
def test_where_no_rulebook_can_be_read_nothing_is_offered(shell: Shell, rules: str) -> None:
    assert shell.offers("decide", "--rules", rules, "--question", "e") == []


@pytest.mark.parametrize("variable", ["COMP_WORDS", "COMP_CWORD"])
def test_a_shell_that_says_nothing_gets_nothing(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv("COMP_WORDS", "lawmodel decide '")
    monkeypatch.setenv("COMP_CWORD", "many")
    monkeypatch.delenv(variable)
    assert completion.complete(program, NAME, COMPLETE, "bash_complete") == 1


def test_zsh_and_fish_say_what_each_is(shell: Shell) -> None:
    says = "fighting is required of everyone, of those who serve as well"
    assert shell.offers("decide", "--reading", "combat=ev", into="zsh") == ["plain", "combat=everyone", says]
    assert shell.offers("decide", "--reading", "combat=ev", into="fish") == [f"plain,combat=everyone\t{says}"]


BASH = shutil.which("bash")
TYPED = """
eval "$(_LAWMODEL_COMPLETE=bash_source lawmodel)"
COMP_WORDS=(lawmodel decide --reading combat = ev) COMP_CWORD=5
_lawmodel_completion lawmodel
echo "${COMPREPLY[@]}"
"""


@pytest.mark.skipif(BASH is None or os.name == "nt", reason="there is no bash here")
def test_bash_itself_gets_the_end_of_the_word(tmp_path: Path) -> None:
    program = tmp_path / "lawmodel"
    program.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from lawmodel.commands.main import main; main()" "$@"\n'
    )
    program.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run([str(BASH), "--norc", "-c", TYPED], env=env, capture_output=True, text=True, check=False)
    if "not supported" in done.stderr:
        pytest.skip("bash is older than 4.4")
    assert (done.stdout, done.stderr) == ("everyone\n", "")
