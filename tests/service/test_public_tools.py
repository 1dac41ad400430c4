"""Public tools understand the OpenAPI document: a generator makes a client that works, and a tester finds nothing.

They are run where they can be had: in the folders that `LAWMODEL_API_CLIENT` (openapi-python-client) and
`LAWMODEL_API_TESTER` (schemathesis) name. Elsewhere it says that they were not run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.every_verb import LAW
from tests.service.test_serve import Served, served

CLIENT, TESTER = "LAWMODEL_API_CLIENT", "LAWMODEL_API_TESTER"
LONGEST_SECONDS = 900
PROGRAM = """
import sys
from client import Client
from client.api.default import change, decide, find, interview, law_entry, why_not
from client.models import ChangeRequest, DecideRequest, FindRequest, InterviewRequest, Problem, WhyNotRequest

asking = Client(base_url=sys.argv[1])
facts = {"crossing": {"made": "2022-01-01"}, "traveller": {"armed": True, "drunk": False}}
case = {"presume": "ordinary", "facts": facts}

def given(model, **asked):
    return model.from_dict({"question": "crossing", "case": case, **asked})

answer = decide.sync(client=asking, body=given(DecideRequest))
assert answer.outcome == "refused", answer
assert [ground.id for ground in answer.grounds] == ["arms-1"], answer.grounds
assert why_not.sync(client=asking, body=given(WhyNotRequest, outcome="free")).status == "excluded"
assert change.sync(client=asking, body=given(ChangeRequest, to="free")).sets
found = find.sync(client=asking, body=FindRequest.from_dict({"differ": "reading", "names": ["arms"]}))
assert len(found.cases) == 1
step = interview.sync(client=asking, body=InterviewRequest.from_dict({"question": "crossing"}))
assert step.next_.input_ == "traveller.armed", step.next_
assert law_entry.sync("arms-1", client=asking).entries
wrong = decide.sync(client=asking, body=given(DecideRequest, variant="drunk"))
assert isinstance(wrong, Problem), wrong
assert [(one.place, one.mend) for one in wrong.errors] == [("/variant", "There are: base.")], wrong.errors
print("worked")
"""


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "bridge.yaml").write_text(LAW.replace("HOLDS", "no"), encoding="utf-8")
    with served("--port", "0", "--rules", str(tmp_path / "bridge.yaml")) as one:
        yield one


def _ran(folder: str, *command: str, cwd: Path | None = None) -> str:
    """What a program said that runs with the packages of a folder; it ends well."""
    env = {**os.environ, "PYTHONPATH": folder, "PATH": f"{Path(folder) / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, *command],
        env=env,
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST_SECONDS,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def _folder(name: str) -> str:
    if not (named := os.environ.get(name)):
        pytest.skip(f"{name} names no folder")
    return str(Path(named).resolve())


@pytest.mark.long
def test_a_public_generator_makes_a_client_that_works(bridge: Served, tmp_path: Path) -> None:
    packages = _folder(CLIENT)
    status, document = bridge.get("/api/v1/openapi.json")
    assert status == 200
    (tmp_path / "openapi.json").write_bytes(document)
    made = ["generate", "--path", "openapi.json", "--output-path", "client", "--meta", "none"]
    said = _ran(packages, "-m", "openapi_python_client", *made, cwd=tmp_path)
    assert "WARNING" not in said.upper(), said
    assert "Unable" not in said, said
    address = f"http://{bridge.host}:{bridge.port}"
    assert _ran(packages, "-c", PROGRAM, address, cwd=tmp_path).strip() == "worked"


@pytest.mark.long
def test_a_public_tester_finds_nothing(bridge: Served, tmp_path: Path) -> None:
    """It sends what fits the document and what does not, edges first, and looks whether the answers fit.

    One of its checks is left out: that whatever fits the document is accepted. Days of a case can contradict each
    other, and a question may have no such outcome: no schema says so, and the answer (422) does.
    """
    packages = _folder(TESTER)
    address = f"http://{bridge.host}:{bridge.port}/api/v1/openapi.json"
    left_out = ("--exclude-checks", "positive_data_acceptance")
    tested = ("--max-examples", "10", "--seed", "1", "--continue-on-failure", *left_out)
    said = _ran(packages, "-m", "schemathesis.cli", "run", address, *tested, cwd=tmp_path)
    assert "FAILURES" not in said
