"""The set-up of ``cli.py``, with all that it would start replaced: what it installs, and what later starts do."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest

CHECKOUT = Path(__file__).parents[1]
ENGINE = "import durable.engine"
RENAMED_FUNCTION = "-DPyEval_CallObject=PyObject_CallObject"
WRITES_NOTHING = """
import os, runpy, sys

def forbid(event, arguments):
    if event == "open":
        writes = arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    else:
        writes = event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.utime", "os.truncate")
    if writes:
        raise PermissionError(f"{event}: {arguments}")

def become(path, command, environment):
    print("started", command[-1])
    raise SystemExit

os.execve = become
sys.addaudithook(forbid)
sys.argv = ["cli.py", "decide"]
runpy.run_path({cli!r}, run_name="__main__")
"""


class Started(NamedTuple):
    """A program that the set-up has started."""

    command: list[str]
    variables: Mapping[str, str]


class Programs:
    """Stands for the programs that the set-up starts: notes each, and leaves behind what it would leave behind."""

    def __init__(self, cli: ModuleType) -> None:
        self.cli = cli
        self.started: list[Started] = []
        self.failing: list[str] = []  # each is a word of a command that is to fail, once
        self.stopped = False

    def run(self, command: list[str], *, env: Mapping[str, str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.started.append(Started(command, env))
        if self.stopped and "install" in command:
            raise KeyboardInterrupt
        for word in self.failing:
            if word in command:
                self.failing.remove(word)
                return subprocess.CompletedProcess(command, 1, f"{word} failed")
        if "venv" in command:
            Path(self.cli.PYTHON).parent.mkdir(parents=True)
            Path(self.cli.PYTHON).touch()
        return subprocess.CompletedProcess(command, 0, "")

    def installs(self) -> list[Started]:
        return [one for one in self.started if "install" in one.command]


@pytest.fixture
def cli(tmp_path: Path) -> ModuleType:
    """``cli.py`` in a checkout of its own, the path of which has letters and spaces that paths may have."""
    folder = tmp_path / "Закон и порядок"
    folder.mkdir()
    for name in ("cli.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(CHECKOUT / name, folder)
    spec = importlib.util.spec_from_file_location("cli_of_a_checkout", folder / "cli.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def programs(cli: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Programs:
    for name in ("CPPFLAGS", "PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT"):
        monkeypatch.delenv(name, raising=False)
    made = Programs(cli)
    monkeypatch.setattr(subprocess, "run", made.run)
    return made


def paths(addresses: str) -> list[Path]:
    """The files that a variable of pip's names; pip parts it at spaces."""
    return [Path(unquote(urlsplit(address).path)) for address in addresses.split()]


def test_pip_installs_and_builds_with_the_locked_versions(cli: ModuleType, programs: Programs) -> None:
    cli.set_up("test")
    assert len(programs.installs()) == 2
    for one in programs.installs():
        assert paths(one.variables["PIP_CONSTRAINT"]) == [Path(cli.CONSTRAINTS)]
        assert paths(one.variables["PIP_BUILD_CONSTRAINT"]) == [Path(cli.CONSTRAINTS)]


def test_constraints_of_the_users_own_stay(
    cli: ModuleType, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_CONSTRAINT", "/ours.txt")
    cli.set_up()
    assert paths(programs.installs()[0].variables["PIP_CONSTRAINT"]) == [Path("/ours.txt"), Path(cli.CONSTRAINTS)]


def test_uv_installs_and_builds_with_the_locked_versions(
    cli: ModuleType, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/uv" if name == "uv" else None)
    programs.failing = ["--version"] * 6  # neither pip is there, at each of three looks
    cli.set_up()
    assert [one.command[0] for one in programs.installs()] == ["/bin/uv", "/bin/uv"]
    for one in programs.installs():
        assert [one.command[one.command.index(option) + 1] for option in ("-c", "-b")] == [cli.CONSTRAINTS] * 2


def test_versions_that_have_changed_are_installed(cli: ModuleType, programs: Programs) -> None:
    cli.set_up("test")
    assert cli.is_ready("test")
    with open(cli.CONSTRAINTS, "a", encoding="utf-8") as file:
        file.write("another==1\n")
    assert not cli.is_ready()
    programs.started.clear()
    cli.set_up()
    assert cli.is_ready("test")
    assert cli.CHECKOUT in programs.installs()[0].command
    assert not [one for one in programs.started if "venv" in one.command]


@pytest.mark.parametrize("extra", ["batch", "web", "teach", "mcp", "report"])
def test_who_has_what_tests_need_has_what_the_verbs_need(cli: ModuleType, programs: Programs, extra: str) -> None:
    cli.set_up()
    assert not cli.is_ready(extra)
    cli.set_up("test")
    assert cli.is_ready(extra)


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["decide", "case.yaml"], []),
        ([], []),
        (["batch", "QUESTION", "table.csv"], ["polars", "duckdb"]),
        (["look", "table.csv"], ["polars"]),
        (["serve"], ["starlette", "uvicorn", "jinja2", "python-multipart"]),
        (["mcp"], ["mcp"]),
        (["report", "case.yaml", "--to", "md"], []),
        (["report", "case.yaml", "--out", "memorandum.docx"], ["typst"]),
        (["report", "case.yaml", "--out", "memorandum.PDF"], ["typst"]),
        (["decide", "case.yaml", "--format=pdf"], ["typst"]),
        (["tabulate", "kept.csv", "--out", "counts.pdf"], ["polars", "typst"]),
    ],
)
def test_a_verb_has_what_it_needs_installed_when_it_is_first_used(
    cli: ModuleType, programs: Programs, monkeypatch: pytest.MonkeyPatch, arguments: list[str], needed: list[str]
) -> None:
    cli.set_up()
    programs.started.clear()
    monkeypatch.setattr(cli, "become", lambda command: 0)
    monkeypatch.setattr(cli, "is_installed_here", lambda: False)
    cli.main(arguments)
    installed = [word for one in programs.installs() for word in one.command]
    assert bool(installed) == bool(needed)
    for name in needed:
        assert [word for word in installed if word.startswith(f"{name}>=")]
    programs.started.clear()
    cli.main(arguments)
    cli.main(["decide", "case.yaml"])
    assert not programs.installs()  # it is there


def test_what_one_verb_had_installed_is_kept_for_another(cli: ModuleType, programs: Programs) -> None:
    cli.set_up("batch")
    cli.set_up("web")
    with open(cli.CONSTRAINTS, "a", encoding="utf-8") as file:
        file.write("another==1\n")
    cli.set_up("web")
    assert cli.is_ready("web")
    assert cli.is_ready("batch")


def test_the_engine_is_built_for_every_python(
    cli: ModuleType, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPPFLAGS", "-I/opt/include")
    cli.set_up()
    engine = programs.installs()[-1]
    assert engine.command[-1].startswith("durable-rules==")
    assert engine.variables["CPPFLAGS"].split() == ["-I/opt/include", RENAMED_FUNCTION]


def test_an_engine_that_was_kept_of_another_build_is_built_anew(cli: ModuleType, programs: Programs) -> None:
    programs.failing = [ENGINE]
    cli.set_up()
    assert "--no-cache-dir" in programs.installs()[-1].command
    assert "chaining" in cli.read_mark()[0].split()


def test_without_the_engine_all_else_is_set_up(
    cli: ModuleType, programs: Programs, capsys: pytest.CaptureFixture[str]
) -> None:
    programs.failing = [ENGINE, ENGINE]
    cli.set_up()
    assert cli.is_ready()
    assert "going on without forward chaining" in capsys.readouterr().err
    assert f"{ENGINE} failed" in (Path(cli.ENVIRONMENT) / "chaining.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [["decide", "case.yaml"], ["test", "-q"]])
def test_what_is_started_sees_no_packages_from_elsewhere(
    cli: ModuleType, programs: Programs, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    cli.set_up("test")
    started: list[tuple[list[str], Mapping[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda path, command, variables: started.append((command, variables)))
    monkeypatch.setattr(subprocess, "call", lambda command, env: started.append((command, env)))
    monkeypatch.setattr(os, "chdir", lambda folder: None)
    for name in ("PYTHONPATH", "PYTHONHOME", "KEPT"):
        monkeypatch.setenv(name, "elsewhere")
    cli.main(arguments)
    command, variables = started[0]  # where a process is replaced, nothing follows
    assert command[-1] == arguments[-1]
    assert variables["KEPT"] == "elsewhere"
    assert not {"PYTHONPATH", "PYTHONHOME"} & set(variables)


@pytest.mark.skipif(os.name == "nt", reason="there a process cannot be replaced")
def test_a_start_of_what_is_ready_writes_nothing(
    cli: ModuleType, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.set_up()
    monkeypatch.undo()
    script = WRITES_NOTHING.replace("{cli!r}", repr(os.path.join(cli.CHECKOUT, "cli.py")))
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "started decide\n", "")


def test_tests_keep_nothing_in_a_checkout_that_may_not_be_written(
    cli: ModuleType, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.set_up("test")
    started: list[list[str]] = []
    monkeypatch.setattr(cli, "become", started.append)
    monkeypatch.setattr(os, "chdir", lambda folder: None)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    cli.main(["test", "-q"])
    assert started[0][-3:] == ["-p", "no:cacheprovider", "-q"]


def test_who_may_not_write_is_told_who_can_set_it_up(
    cli: ModuleType, programs: Programs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.set_up()
    programs.started.clear()
    os.remove(cli.LOCK)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(SystemExit) as ended:
        cli.set_up("batch")
    assert ended.value.code == 2
    assert not os.path.exists(cli.LOCK)
    assert not programs.started
    told = capsys.readouterr().err
    assert f"you may not write in {cli.CHECKOUT}" in told
    assert "what `batch` needs" in told


def test_a_set_up_that_is_interrupted_is_done_again(
    cli: ModuleType, programs: Programs, capsys: pytest.CaptureFixture[str]
) -> None:
    programs.stopped = True
    with pytest.raises(SystemExit) as ended:
        cli.set_up()
    assert ended.value.code == 130
    assert not cli.is_ready()
    programs.stopped = False
    cli.set_up()
    assert cli.is_ready()


def test_without_a_network_it_says_what_it_takes(
    cli: ModuleType, programs: Programs, capsys: pytest.CaptureFixture[str]
) -> None:
    programs.failing = ["install"]
    with pytest.raises(SystemExit) as ended:
        cli.set_up()
    assert ended.value.code == 2
    assert "needs the network" in capsys.readouterr().err
    assert not cli.is_ready()


@pytest.mark.parametrize("is_folder", [True, False])
def test_what_lies_where_the_environment_goes_is_left_alone(
    cli: ModuleType, programs: Programs, capsys: pytest.CaptureFixture[str], is_folder: bool
) -> None:
    kept = Path(cli.ENVIRONMENT) / "notes" if is_folder else Path(cli.ENVIRONMENT)
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.set_up()
    assert ended.value.code == 2
    assert "move it away" in capsys.readouterr().err
    assert kept.read_text(encoding="utf-8") == "mine"


def test_packages_that_have_gone_are_named(cli: ModuleType) -> None:
    command = [sys.executable, "-I", "-S", "-c", cli.COMMAND]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 2
    assert ran.stderr == "lawmodel: No module named 'lawmodel' in .venv: delete that folder and start again\n"
