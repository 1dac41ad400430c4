"""DMN engines that nobody here wrote, and cases in the form in which they take them.

`feelin` and `dmn-moddle` of npm run in Node, from the folder that `LAWMODEL_DMN_TOOLS` names (its `node_modules`). The
engine of Drools is the program that `LAWMODEL_DMN_ENGINE` names: `jitexecutor` of `@kie-tools/jitexecutor-native`.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from lawmodel.case.values import ABOVE_EVERY_NUMBER, encode
from lawmodel.inputs import LAW_DATE, Value, is_calendar_day, reading_key
from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.rulebook.model import Fact
from lawmodel.verbs.export.dmn.model import DecisionModel
from lawmodel.verbs.export.dmn.names import WORD
from lawmodel.verbs.export.heading import settled_readings

TOOLS, ENGINE = "LAWMODEL_DMN_TOOLS", "LAWMODEL_DMN_ENGINE"
LONGEST_SECONDS = 600
TIMES = int(os.environ.get("LAWMODEL_DMN_TIMES", "1"))
"""So many times as many cases as usual."""
Told = tuple[str | None, list[str] | None]
"""An outcome, and the grounds that certainly speak for it; None for both where the outcome is open."""


def named(variable: str) -> Path:
    """The folder or program that a variable of the environment names; skips the test if it names none."""
    if not (found := os.environ.get(variable)):
        pytest.skip(f"{variable} names nothing")
    return Path(found).resolve()


def by_definition(model: DecisionModel, facts: Mapping[str, Value]) -> Told:
    """What the definition of formulas says of a case."""
    posed = model.posed
    readings = {reading_key(name): option for name, option in settled_readings(posed).items()}
    law_day = facts[posed.rulebook.law_date] if posed.on is None else posed.on.toordinal()
    values = {**facts, **readings, LAW_DATE: law_day}
    evaluation = Evaluation(model.question)
    outcome = evaluation.outcome(values)
    if outcome is None:
        return None, None
    return outcome, [rule for rule, truth in evaluation.supports(values)[outcome].items() if truth]


def given(model: DecisionModel, facts: Mapping[str, Value]) -> dict[str, Any]:
    """The inputs of a model as plain data with days: what the model does not name is left out."""
    rulebook, names = model.posed.rulebook, model.law.facts
    found: dict[str, Any] = {}
    for one in names.inputs.values():
        if not model.is_read(one):
            continue
        if one.alone is not None:
            fact, value = rulebook.facts[one.alone], facts[one.alone]
            day, word = _parts(fact, value) if fact.type != "records" else (_records(model, one.alone, value), None)
            found[one.name] = word if one.of_word else day
            continue
        inner: dict[str, Any] = {}
        for path, name in names.components(one, model.used):
            if rulebook.facts[path].type == "records":
                inner[name] = _records(model, path, facts[path])
            else:
                inner |= _components(rulebook.facts[path], name, facts[path])
        found[one.name] = inner
    return found


def _records(model: DecisionModel, path: str, value: Any) -> list[dict[str, Any]] | None:
    if value is None:
        return None
    names = model.law.facts.fields[path]
    read = [one for one in model.posed.rulebook.facts[path].of if f"{path}.{one.id}" in model.used]
    return [{k: v for f in read for k, v in _components(f, names[f.id], record[f.id]).items()} for record in value]


def _components(fact: Fact, name: str, value: Any) -> dict[str, Any]:
    known, word = _parts(fact, value)
    return {name: known} | ({name + WORD: word} if fact.words else {})


def _parts(fact: Fact, value: Any) -> tuple[Any, str | None]:
    """The value, and the word that stands instead of it."""
    special = fact.sort == "date" and not is_calendar_day(value)
    if value is not None and (special or (fact.words and value == ABOVE_EVERY_NUMBER)):
        return None, str(encode(fact, value))
    return (datetime.date.fromordinal(value) if fact.sort == "date" and value is not None else value), None


def feel(value: Any) -> str:
    """Plain data as an expression of FEEL."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {feel(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(feel, value)) + "]"
    if isinstance(value, datetime.date):
        return f'date("{value.isoformat()}")'
    return json.dumps(value, ensure_ascii=False)


def by_feelin(model: str, cases: Sequence[Mapping[str, Any]], folder: Path) -> list[Told]:
    """What feelin says of the cases; dmn-moddle has read the model, and had nothing to complain of."""
    file = folder / "model.dmn"
    file.write_text(model, encoding="utf-8")
    inputs = json.dumps([{name: feel(value) for name, value in one.items()} for one in cases])
    program = Path(__file__).with_name("run_dmn.mjs")
    node = shutil.which("node")
    assert node is not None
    ran = subprocess.run(
        [node, str(program), str(named(TOOLS)), str(file)],
        input=inputs,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return [(one["outcome"], one["grounds"]) for one in json.loads(ran.stdout)]


class Drools:
    """The engine of Drools, asked over HTTP on this computer."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}/jitdmn/dmnresult"

    def told(self, model: str, inputs: Mapping[str, Any]) -> Told:
        """What it says of one case; it had nothing to complain of."""
        content = {"mainURI": "model.dmn", "resources": [{"URI": "model.dmn", "content": model}], "context": inputs}
        body = json.dumps(content, default=datetime.date.isoformat).encode()
        request = urllib.request.Request(self._address, body, {"Content-Type": "application/json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=LONGEST_SECONDS) as response:  # noqa: S310 - this computer
            found = json.load(response)
        assert found["messages"] == []
        answer = found["dmnContext"]["answer"]
        return answer["outcome"], answer["grounds"]


@contextlib.contextmanager
def drools() -> Iterator[Drools]:
    """The engine, while it runs."""
    program = named(ENGINE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"-Dquarkus.http.port={port}", "-Dquarkus.http.host=127.0.0.1"]
    running = subprocess.Popen([str(program), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        yield Drools(port)
    finally:
        running.terminate()
        running.wait(timeout=60)
