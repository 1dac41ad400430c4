"""Stopped wherever it is, every verb ends with 130, says nothing that could pass for an answer, and leaves nothing."""

from __future__ import annotations

import inspect
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.commands.every_verb import ANSWERING, ARGUMENTS, WITHOUT_JSON, as_json, files, law, prepare
from tests.commands.running import Run
from tests.sizes import one_in

CHECKOUT = Path(__file__).parents[2]
ROOMS = tuple(
    f"{os.sep}lawmodel{os.sep}{room}{os.sep}" for room in ("verbs", "inquiry", "reasoning", "answer", "batch", "case")
)
AT = [(0.3, 0.99), pytest.param((0.02, 0.6, 0.9), marks=pytest.mark.long)]
"""How far the work has come when it is stopped, by calls of functions."""
WRITES = {
    "find": ("--out", "written"),
    "prove": ("--out", "written"),
    "diff": ("--out", "written"),
    "cover": ("--complete", "written"),
    "mutate": ("--out", "written"),
    "look": ("--out", "written.txt"),
    "population": ("--out", "drawn.csv"),
    "tabulate": ("--out", "counts.csv"),
    "schema": ("--out", "case.json"),
    "export": ("--out", "case.lp"),
}


@contextmanager
def stopped_at(call: int) -> Iterator[list[int]]:
    """Raises an interrupt at this call of one of our functions (never, where it is 0); how many there were."""
    calls = [0]

    def profile(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and any(room in frame.f_code.co_filename for room in ROOMS) and _may_be_stopped(frame):
            calls[0] += 1
            if calls[0] == call:
                sys.setprofile(None)
                raise KeyboardInterrupt

    sys.setprofile(profile)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def _may_be_stopped(frame: FrameType | None) -> bool:
    """Whether an interrupt can come there, and be heard.

    Not in a generator, which may be about to be closed, where nobody hears of what is raised; not in an import, of
    which half would break what comes after in this process; nor in production rules, or at the gate of the engines,
    where a signal has to wait.
    """
    if frame is not None and frame.f_code.co_flags & inspect.CO_GENERATOR:
        return False
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith("<frozen importlib") or f"{os.sep}chaining{os.sep}" in file:
            return False
        if os.path.basename(file) == "engine_calls.py":
            return False
        frame = frame.f_back
    return True


# Stopped between opening a file and what closes it: the file is closed when it is forgotten.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("parts", AT)
@pytest.mark.parametrize("verb", one_in(4, list(ANSWERING)))
def test_stopped_wherever_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, parts: tuple[float, ...]
) -> None:
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    if verb == "tabulate":
        assert run("batch", *law("crossing", "table.csv", "--out", "kept.csv")).code == 0
    arguments = (*ARGUMENTS[verb], *WRITES.get(verb, ()), *(() if verb in WITHOUT_JSON else as_json(verb)))
    before = files(tmp_path)
    run(verb, *arguments)  # whatever is made once is made
    whole = files(tmp_path)
    with stopped_at(0) as calls:
        complete = run(verb, *arguments)
    stopped = 0
    for part in parts:
        for name in whole.keys() - before.keys():
            (tmp_path / name).unlink(missing_ok=True)
        call = max(1, int(calls[0] * part))
        with stopped_at(call) as made:
            ran = run(verb, *arguments)
        left = files(tmp_path)
        if made[0] < call:  # another way than before, with fewer calls
            continue
        stopped += 1
        assert ran.code == 130, (part, ran.err)
        assert not ran.out, part
        assert "Interrupted." in ran.err
        assert "Traceback" not in ran.err
        assert {name: left[name] for name in before} == before
        assert {name: left[name] for name in left.keys() - before.keys()}.items() <= whole.items(), part
    assert stopped
    ran = run(verb, *arguments)
    if verb != "batch":  # which tells its time
        assert ran.out == complete.out


PROGRAM = """
import os, signal, sys
from lawmodel.commands.main import main
from lawmodel.verbs.mutate import mutation_run
def told(self, now=False):
    if not now:
        os.kill(os.getpid(), signal.SIGTERM)
mutation_run.MutationRun._save = told
try:
    main()
finally:
    import multiprocessing
    print(len(multiprocessing.active_children()), "children", file=sys.stderr)
"""


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    prepare(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "mutate", *law("cases", "--jobs", "2"), "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (128 + signal.SIGTERM, ""), done.stderr
    assert done.stderr.endswith("Ended.\n0 children\n")
    assert "Stopped: " in done.stderr


WRITING = """
import os, signal
# whoever runs the tests may ignore signals, as nohup does
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from lawmodel import output_files
from lawmodel.commands.main import main
output_files.os.replace = lambda *_: os.kill(os.getpid(), signal.{name})
main()
"""


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_leaves_no_temporary_files(tmp_path: Path, name: str, code: int) -> None:
    prepare(tmp_path)
    (tmp_path / "old.json").write_text('{"$schema": ""}')
    before = files(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", WRITING.format(name=name), "schema", *law("case", "--out", "old.json")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert files(tmp_path) == before


def lawmodel(*arguments: str, **streams: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from lawmodel.commands.main import main; main()", *arguments]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, check=False, **streams)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("arguments", [("--help",), ("schema", "rules"), ("check", "--nonsense", "--json")])
def test_a_full_disk_is_told(arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = lawmodel(*arguments, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert b"standard output: it cannot be written (No space left on device)" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_the_exit_code_is_right_where_nobody_can_be_told() -> None:
    with open("/dev/full", "wb") as full:
        for arguments in (("check", "--nonsense"), ("decide", "nowhere.yaml")):
            assert lawmodel(*arguments, stdout=full, stderr=full).returncode == 2


def test_a_closed_pipe_is_no_mistake() -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = lawmodel("schema", "rules", stdout=write, stderr=subprocess.PIPE)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def closed(*numbers: int) -> Any:
    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


def test_streams_that_are_closed(tmp_path: Path) -> None:
    out = tmp_path / "rules.json"
    done = lawmodel("schema", "rules", preexec_fn=closed(1), stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert b"standard output: it cannot be written (it is closed)" in done.stderr
    done = lawmodel("schema", "rules", "--out", str(out), preexec_fn=closed(0, 1, 2))
    assert done.returncode == 0  # nothing was to be said
    assert json.loads(out.read_text(encoding="utf-8"))  # and nothing was written into the file by mistake
    done = lawmodel("schema", "rules", preexec_fn=closed(2), stdout=subprocess.PIPE)
    assert done.returncode == 0
    assert json.loads(done.stdout)
