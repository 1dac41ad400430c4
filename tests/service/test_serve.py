"""`lawmodel serve`, as a process on this machine: where it listens, how it ends, and that it waits for nobody."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import pytest

from lawmodel.service.command import _listening
from tests.commands.running import Run
from tests.inquiry.ferry import FERRY

CHECKOUT = Path(__file__).parents[2]
IMPATIENT = """
import sys
from lawmodel.service import limits
for name, seconds in {"HEAD_SECONDS": 0.5, "READ_SECONDS": 0.5, "BODY_SECONDS": 0.5}.items():
    setattr(limits, name, seconds)
from lawmodel.commands.main import main
main()
"""


class Served(NamedTuple):
    process: subprocess.Popen[str]
    host: str
    port: int
    said: list[str]

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        connection = HTTPConnection(self.host, self.port, timeout=20)
        try:
            connection.request("GET", path, headers=headers)
            told = connection.getresponse()
            return told.status, told.read()
        finally:
            connection.close()

    def post(self, path: str, plain: object) -> tuple[int, bytes]:
        connection = HTTPConnection(self.host, self.port, timeout=20)
        try:
            connection.request("POST", path, json.dumps(plain), {"Content-Type": "application/json"})
            told = connection.getresponse()
            return told.status, told.read()
        finally:
            connection.close()


@contextmanager
def served(*arguments: str, program: str = "from lawmodel.commands.main import main; main()") -> Iterator[Served]:
    """The program while it serves; what it has said so far."""
    command = [sys.executable, "-c", program, "serve", *arguments]
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, stdout=pipe, stderr=pipe, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        address = re.search(r"http://([^:/]+):([0-9]+)/", "".join(said))
        try:
            assert address is not None, said
            yield Served(process, address[1], int(address[2]), said)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("ferry") / "ferry.yaml"
    file.write_text(FERRY, encoding="utf-8")
    return str(file)


def _ended(one: Served, number: int) -> tuple[int, str, str]:
    one.process.send_signal(number)
    out, err = one.process.communicate(timeout=20)
    return one.process.returncode, out, err


@pytest.mark.skipif(os.name == "nt", reason="signals are sent")
@pytest.mark.parametrize(("number", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_it_says_where_it_is_and_ends_cleanly(law: str, number: str, code: int) -> None:
    with served("--port", "0", "--rules", law) as one:
        assert one.said[0].startswith(f"The ferry: http://127.0.0.1:{one.port}/")
        assert one.get("/api/v1/law/arms-1")[0] == 200
        left, out, err = _ended(one, getattr(signal, number))
    assert left == code
    assert out == ""
    assert err.strip() in ("Interrupted.", "Ended.")
    with pytest.raises(ConnectionRefusedError):
        one.get("/api/v1/law")


def test_what_is_answered_is_sent_at_once() -> None:
    with _listening("127.0.0.1", 0) as listening:
        # asyncio tells only such a socket not to wait until more is to be sent, which takes 40 ms
        assert listening.proto == socket.IPPROTO_TCP


def test_it_ends_while_it_works(law: str) -> None:
    """Also for one who is connected and says nothing, and while a worker is at work."""
    with served("--port", "0", "--rules", law) as one, socket.create_connection((one.host, one.port)):
        assert one.get("/api/v1/law/arms-1")[0] == 200
        begun = time.monotonic()
        assert _ended(one, signal.SIGTERM)[0] == 143
        assert time.monotonic() - begun < 10


def test_the_usual_port_is_taken(law: str, run: Run) -> None:
    with served("--rules", law) as one, served("--rules", law) as other:
        assert one.port != other.port
        assert any("is taken, so it is" in line for line in other.said)
        ran = run("serve", "--rules", law, "--port", str(one.port))
        assert ran.code == 2
        assert "Choose another with --port" in ran.err


def test_it_is_not_reached_from_elsewhere_by_mistake(law: str, run: Run) -> None:
    ran = run("serve", "--rules", law, "--host", "0.0.0.0")  # noqa: S104 - it is refused
    assert ran.code == 2
    assert "--allow-outside" in ran.err
    ran = run("serve", "--rules", law, "--host", "no such host")
    assert ran.code == 2


def test_from_elsewhere_with_a_token(law: str) -> None:
    with served("--rules", law, "--host", "0.0.0.0", "--port", "0", "--allow-outside") as one:  # noqa: S104 - of this test
        told = "".join(one.said)
        token = re.search(r"\?token=([\w-]{43})\n", told)
        assert token is not None
        assert "not encrypted" in told
        here = one._replace(host="127.0.0.1")
        assert here.get("/api/v1/law")[0] == 401
        assert here.get("/api/v1/law", Authorization=f"Bearer {token[1]}")[0] == 200


def test_behind_another_server_it_goes_by_that_ones_name(law: str) -> None:
    with served("--rules", law, "--port", "0", "--allow-outside") as one:
        token = re.search(r"\?token=([\w-]{43})\n", "".join(one.said))
        assert token is not None
        assert one.get("/api/v1/law", Host="law.example")[0] == 401
        assert one.get("/api/v1/law", Host="law.example", Authorization=f"Bearer {token[1]}")[0] == 200


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked at")
def test_workers_do_not_outlive_it(law: str) -> None:
    """However it ends."""
    with served("--port", "0", "--rules", law) as one:
        assert one.get("/api/v1/law/arms-1")[0] == 200
        below = _below(one.process.pid)
        assert len(below) >= 2
        one.process.kill()
        until = time.monotonic() + 10
        while any(Path(f"/proc/{process}").exists() for process in below) and time.monotonic() < until:
            time.sleep(0.05)
        assert not [process for process in below if Path(f"/proc/{process}").exists()]


def _below(process: int) -> list[int]:
    """The processes that a process has begun, and those that they have."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(file.read_text().rpartition(")")[2].split()[1]) == process:
                found += [int(file.parent.name), *_below(int(file.parent.name))]
    return found


def test_wrong_files_and_options(law: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text("questions: [\n")
    ran = run("serve", "--rules", str(tmp_path / "wrong.yaml"))
    assert ran.code == 2
    assert "wrong.yaml:1:12" in ran.err
    assert run("serve", "--rules", law, "--port", "70000").code == 2


def test_without_the_extra_it_says_what_to_install(law: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("lawmodel.service.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "starlette.applications", None)
    ran = run("serve", "--rules", law)
    assert ran.code == 2
    assert "pip install 'lawmodel[web]'" in ran.err


# --- those who are slow, and those who are many ----------------------------------------------------------


def _is_dropped(connection: socket.socket) -> bool:
    """Whether the other side ends it within a few seconds."""
    connection.settimeout(8)
    try:
        while connection.recv(65_536):
            pass
    except ConnectionError:
        pass
    except TimeoutError:
        return False
    return True


def test_nobody_is_waited_for(law: str) -> None:
    """A head, a body and a reader that do not come to an end; meanwhile others are answered."""
    with served("--port", "0", "--rules", law, program=IMPATIENT) as one:
        place = (one.host, one.port)
        with (
            socket.create_connection(place) as silent,
            socket.create_connection(place) as dripping,
            socket.create_connection(place) as half,
        ):

            def drip() -> None:
                with suppress(OSError):
                    for letter in b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200:
                        dripping.send(bytes([letter]))
                        time.sleep(0.05)

            threading.Thread(target=drip, daemon=True).start()
            head = "POST /api/v1/decide HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            half.sendall(f"{head}Content-Length: 1000\r\n\r\n{{".encode())
            assert one.get("/api/v1/law/arms-1")[0] == 200
            half.settimeout(8)
            assert half.recv(100).startswith(b"HTTP/1.1 408")
            assert _is_dropped(silent)
            assert _is_dropped(dripping)


def _ask_until(until: float, connection: socket.socket, asked: bytes) -> None:
    """Ask again and again, at last for more than the buffers on the way hold."""
    while time.monotonic() < until:
        connection.sendall(asked)
        time.sleep(0.001)


def test_one_who_does_not_read_is_dropped(law: str) -> None:
    with served("--port", "0", "--rules", law, program=IMPATIENT) as one, socket.socket() as reader:
        assert one.get("/api/v1/openapi.json")[0] == 200
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect((one.host, one.port))
        reader.settimeout(8)
        asked = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
        until = time.monotonic() + 8
        with pytest.raises((ConnectionError, TimeoutError)):
            _ask_until(until, reader, asked)
        assert time.monotonic() < until
        assert one.get("/api/v1/law/arms-1")[0] == 200


def test_a_flood_of_200_requests(law: str) -> None:
    """Each is answered, or told to come again; none is lost, and after it everything is as before."""
    asked = {"question": "crossing", "case": {"facts": {"traveller": {"armed": True}}}, "brief": True}
    with served("--port", "0", "--rules", law) as one:
        assert one.post("/api/v1/decide", asked)[0] == 200
        with ThreadPoolExecutor(200) as many:
            told = list(many.map(lambda _: one.post("/api/v1/decide", asked), range(200)))
        codes = {status for status, _ in told}
        assert codes <= {200, 503}
        answered = {body for status, body in told if status == 200}
        assert len(answered) == 1
        assert one.post("/api/v1/decide", asked) == (200, *answered)
