"""What docs/service.md shows works as it stands, but for the port."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from lawmodel.service.calls.table import CALLS
from tests.service.test_serve import Served, served

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "service.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:8765/"


@pytest.fixture(scope="module")
def supplied() -> Iterator[Served]:
    with served("--port", "0") as one:
        yield one


def block(kind: str) -> str:
    found = re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.S | re.M)
    assert len(found) == 1
    return str(found[0])


def test_the_commands(supplied: Served) -> None:
    commands = block("sh no-ci service").splitlines()
    assert len(commands) == 5
    for command in commands:
        _, _, address, *options = shlex.split(command)
        address = address.replace(ADDRESS, f"http://127.0.0.1:{supplied.port}/")
        given = dict(zip(options[::2], options[1::2], strict=True))
        header = dict([given["-H"].split(": ")]) if "-H" in given else {}
        body = given["-d"].encode() if "-d" in given else None
        with urlopen(Request(address, body, header), timeout=60) as told:  # noqa: S310 - of this machine
            assert told.status == 200
            assert json.load(told)


def test_the_program(supplied: Served, capsys: pytest.CaptureFixture[str]) -> None:
    program = block("python").replace(ADDRESS, f"http://127.0.0.1:{supplied.port}/")
    exec(compile(program, "docs/service.md", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out.strip()


def test_the_mistake(supplied: Served) -> None:
    asked = {"question": "extradition", "case": {"facts": {"service": [{"fought": "maybe"}]}}}
    status, told = supplied.post("/api/v1/decide", asked)
    assert status == 422
    assert json.loads(told) == json.loads(block("json"))


def test_every_call_has_its_row() -> None:
    for name in CALLS:
        assert re.search(rf"^\| `(POST|GET) .*/{name}[`{{]", TEXT, re.M) or f"`/{name}`" in TEXT, name
