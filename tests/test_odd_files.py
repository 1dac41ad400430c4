"""Whatever a name of a file leads to: a message that says so, and neither a traceback nor a wait without end."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from lawmodel.commands.main import main
from tests.commands.running import Ran

RULES = Path(__file__).parent / "bad" / "rulebook.yaml"
MESSAGES = {
    "device": "this is a device, and a file is needed",
    "link_to_device": "this is a device, and a file is needed",
    "pipe": "this is a named pipe, and a file is needed",
    "folder": "this is a folder, and a file is needed",
    "socket_in_place": "this is a socket, and a file is needed",
    "sparse": "the file is larger than",
    "link_in_circle": "this is a link that leads back to itself",
    "link_to_nothing": "this is a link, and what it leads to is not there",
    "no_utf_8": "the name of this file is not UTF-8 text",
    "new_line": "the name of this file holds a character that cannot be seen (U+000A)",
    "direction": "the name of this file holds a character that cannot be seen (U+202E)",
    "long_name": "no file can have a name of this length",
    "closed": "the file cannot be read (Permission denied)",
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the program in a folder with a rulebook and a case."""
    monkeypatch.chdir(tmp_path)
    for folder in ("rules", "cases"):
        Path(folder).mkdir()
    shutil.copy(RULES, "rules")
    Path("cases/case.yaml").write_text("facts: {}\n", encoding="utf-8")

    def ran(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capsys.readouterr()
        return Ran(int(ended.value.code or 0), out, err)

    return ran


def odd(kind: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make what is called a YAML file, and is an odd one; its name."""
    names = {
        "no_utf_8": os.fsdecode(b"\xff.yaml"),
        "new_line": "a\n0 problems found.yaml",
        "direction": "\u202elmay.yaml",
        "long_name": f"{'x' * 300}.yaml",
    }
    path = Path(folder, names.get(kind, "x.yaml"))
    match kind:
        case "device":
            return "/dev/zero"
        case "link_to_device":
            path.symlink_to("/dev/zero")
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "socket_in_place":
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(str(path))
        case "sparse":
            path.touch()
            os.truncate(path, 10**12)
        case "link_in_circle":
            path.symlink_to(path.name)
        case "link_to_nothing":
            path.symlink_to("nowhere.yaml")
        case "no_utf_8" | "new_line" | "direction":
            path.write_text("facts: {}\n", encoding="utf-8")
        case "closed":
            path.write_text("facts: {}\n", encoding="utf-8")
            opened = os.open

            def refuse(name: Path | str, *rest: int) -> int:
                if Path(name).name == "x.yaml":
                    raise PermissionError(13, "Permission denied", name)
                return opened(name, *rest)

            monkeypatch.setattr(os, "open", refuse)
    return str(path)


@pytest.mark.parametrize("kind", sorted(MESSAGES))
@pytest.mark.parametrize(
    "verb",
    [
        ("law", "--rules", "rules", "--rules", "ODD"),
        ("decide", "--rules", "rules", "ODD"),
        ("why", "--rules", "rules", "ODD"),
        ("ask", "honey", "--rules", "rules", "--case", "ODD"),
        ("check", "rules", "cases", "ODD"),
        ("diff", "rules", "rules", "rules+ODD"),
        ("lint", "rules", "--accepted", "ODD"),
        ("population", "ODD", "--rules", "rules", "--rows", "1", "--out", "made.parquet"),
        ("look", "table.csv", "--mapping", "ODD", "--rules", "rules"),
    ],
    ids=lambda verb: verb[0],
)
def test_named(verb: tuple[str, ...], kind: str, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    name = odd(kind, ".", monkeypatch)
    ran = run(*(argument.replace("ODD", name) for argument in verb))
    told = ran.out + ran.err
    if verb[0] == "check" and kind == "folder":
        assert "there are no YAML files in this folder" in told
    elif kind == "folder" and verb[0] in ("law", "decide", "diff"):
        assert "there are no YAML files in this folder" in told or "there is no case here" in told
    elif kind in ("no_utf_8", "new_line", "direction"):
        assert "holds a character that cannot be seen" in told
        assert name not in told
    elif verb[0] == "check" and kind == "long_name":
        assert "there is no file or folder" in told
    else:
        assert MESSAGES[kind] in told
    assert ran.code == 2


@pytest.mark.parametrize("kind", sorted(set(MESSAGES) - {"device", "long_name"}))
@pytest.mark.parametrize(
    ("folder", "verb"),
    [
        ("rules", ("law", "--rules", "rules")),
        ("rules", ("check", "rules")),
        ("cases", ("decide", "--rules", "rules", "cases")),
        ("cases", ("check", "rules", "cases")),
    ],
    ids=["law", "check-rules", "decide", "check-cases"],
)
def test_in_a_folder(
    folder: str, verb: tuple[str, ...], kind: str, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    odd(kind, folder, monkeypatch)
    ran = run(*verb)
    assert MESSAGES[kind] in ran.out + ran.err
    assert ran.code == 2


def test_a_folder_that_may_not_be_looked_into(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    """Part of the law would be missing, and nobody would know."""
    Path("rules/inner").mkdir()
    listed = os.scandir

    def refuse(path: str = ".") -> object:
        if str(path).endswith("inner"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    for verb in (("law", "--rules", "rules"), ("check", "rules")):
        ran = run(*verb)
        assert "the folder rules/inner cannot be read (Permission denied)" in ran.out + ran.err
        assert ran.code == 2


def test_a_folder_that_holds_too_much(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lawmodel.user_files.MOST_ENTRIES", 3)
    for number in range(5):
        Path(f"rules/{number}.txt").touch()
    ran = run("law", "--rules", "rules")
    assert "there are more than 3 files and folders below this folder" in ran.err
    assert ran.code == 2


def test_a_rulebook_that_is_too_large(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lawmodel.rulebook.rule_files.MOST_BYTES_OF_ALL", 5_000)
    Path("rules/more.yaml").write_text("#" * 1_000, encoding="utf-8")
    assert "the rulebook is larger than 0.005 MB" in run("law", "--rules", "rules").err


def test_hidden_files_are_no_law(run: Callable[..., Ran]) -> None:
    Path("rules/.x.yaml").write_text("[", encoding="utf-8")
    Path("rules/.git").mkdir()
    Path("rules/.git/x.yaml").write_text("[", encoding="utf-8")
    assert run("law", "--rules", "rules").code == 0
