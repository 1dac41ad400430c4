"""The program, run in this process from the checkout, with its output as a pipe receives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.commands.main import main
from tests.commands.running import Ran, Run

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the program with some arguments."""
    monkeypatch.chdir(CHECKOUT)
    for name in ("COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def ran(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capsys.readouterr()
        return Ran(int(ended.value.code or 0), out, err)

    return ran


@pytest.fixture(scope="module")
def said() -> dict[tuple[str, ...], Ran]:
    """What the program has said in this module, by its arguments."""
    return {}


@pytest.fixture
def run_once(run: Run, said: dict[tuple[str, ...], Ran]) -> Run:
    """As `run`, but what a test of this module has asked before is not asked again: for what writes no file."""

    def ran(*arguments: str) -> Ran:
        if arguments not in said:
            said[arguments] = run(*arguments)
        return said[arguments]

    return ran
