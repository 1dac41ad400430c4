"""What a program asks is answered as the command line answers it, and each mistake has its place in the request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.table import CALLS, answer, as_json
from tests.commands.running import Run
from tests.inquiry.ferry import ferry
from tests.service.asking_ferry import CASE, LAW

Plain = dict[str, Any]
ARMED: Plain = {"case": CASE, "question": "crossing"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ferry")
    (made / "case.json").write_text(json.dumps(CASE), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def law(folder: Path) -> Rulebook:
    return ferry(folder, *LAW[1:])


AS_ON_THE_COMMAND_LINE: list[tuple[str, Plain, list[str]]] = [
    ("decide", ARMED, ["decide", "CASE", "--question", "crossing"]),
    (
        "decide",
        {**ARMED, "told_by": "gazette", "on": "2026-01-05", "brief": True},
        ["decide", "CASE", "--question", "crossing", "--as-told-by", "gazette", "--on", "2026-01-05", "--brief"],
    ),
    (
        "whatif",
        {**ARMED, "changes": {"severity": "strict", "traveller.drunk": False, "passes[1]": "none"}},
        ["whatif", "CASE", "--question", "crossing", "severity=strict", "traveller.drunk=no", "passes[1]=none"],
    ),
    (
        "why",
        {**ARMED, "readings": {"severity": "strict"}, "readings_too": True},
        ["why", "CASE", "--question", "crossing", "--reading", "severity=strict", "--readings"],
    ),
    ("why-not", {**ARMED, "outcome": "free"}, ["why-not", "CASE", "free"]),
    ("change", {**ARMED, "to": "free", "up_to": 2}, ["change", "CASE", "--to", "free", "--up-to", "2"]),
    ("turns-on", {"question": "crossing"}, ["turns-on", "NOTHING", "--question", "crossing"]),
    ("compare", ARMED, ["compare", "CASE", "--question", "crossing"]),
    (
        "compare",
        {**ARMED, "by": "date", "first": "2020-06-01"},
        ["compare", "CASE", "--question", "crossing", "--by", "date", "--from", "2020-06-01"],
    ),
    ("compare", {**ARMED, "by": "stage"}, ["compare", "CASE", "--question", "crossing", "--by", "stage"]),
    ("compare", {**ARMED, "by": "telling"}, ["compare", "CASE", "--question", "crossing", "--by", "telling"]),
    (
        "find",
        {"differ": "reading", "names": ["severity"], "more": 1},
        ["find", "--differ", "reading", "severity", "--more", "1"],
    ),
    ("law", {}, ["law"]),
    ("law", {"names": ["arms-1", "severity"]}, ["law", "arms-1", "severity"]),
    ("law", {"contested": True}, ["law", "--contested"]),
    ("law", {"search": "drunk", "stage": "drafted"}, ["law", "--search", "drunk", "--stage", "drafted"]),
]


@pytest.mark.parametrize(("call", "plain", "typed"), AS_ON_THE_COMMAND_LINE)
def test_as_on_the_command_line(
    law: Rulebook, folder: Path, run: Run, call: str, plain: Plain, typed: list[str]
) -> None:
    (folder / "nothing.json").write_text('{"facts": {}}', encoding="utf-8")
    files = {"CASE": str(folder / "case.json"), "NOTHING": str(folder / "nothing.json")}
    rules = [part for file in sorted(folder.glob("ferry-*.yaml")) for part in ("--rules", str(file))]
    ran = run(*(files.get(one, one) for one in typed), *rules, "--json")
    assert ran.code == 0, ran.err
    shown = json.loads(ran.out)
    told = json.loads(json.dumps(as_json(answer(law, call, plain), brief=plain.get("brief", False))))
    assert told == without_files(shown, set(files.values()))
    assert told["schema"] in CALLS[call].schemas


def without_files(shown: Any, files: set[str]) -> Any:
    """What the command line says, but for the name of the case's file."""
    if isinstance(shown, dict):
        return {key: without_files(value, files) for key, value in shown.items()}
    if isinstance(shown, list):
        return [without_files(one, files) for one in shown]
    return "" if shown in files else shown


WRONG: list[tuple[str, object, str, str]] = [
    ("decide", [], "", "an object is needed here"),
    ("decide", {"case": [], "question": "crossing"}, "/case", "dictionary"),
    ("decide", {**ARMED, "questoin": 1}, "/questoin", "Did you mean question"),
    ("decide", {**ARMED, "rules": "/etc/passwd"}, "/rules", "there is no key `rules` here"),
    ("decide", {**ARMED, "question": "crosing"}, "/question", "Did you mean crossing"),
    ("decide", {**ARMED, "question": 7}, "/question", "string"),
    ("decide", {**ARMED, "question": "x" * 300}, "/question", "at most 200"),
    ("decide", {"case": CASE}, "/question", "several questions"),
    ("decide", {**ARMED, "on": "2026-02-30"}, "/on", "is not a day of the calendar"),
    ("decide", {**ARMED, "on": 20260230}, "/on", "date"),
    ("decide", {**ARMED, "stage": "validd"}, "/stage", "Did you mean valid"),
    ("decide", {**ARMED, "told_by": "gazete"}, "/told_by", "Did you mean gazette"),
    ("decide", {**ARMED, "readings": {"severty": "mild"}}, "/readings", "Did you mean severity"),
    ("decide", {**ARMED, "readings": {"severity": "mld"}}, "/readings/severity", "Did you mean mild"),
    ("decide", {**ARMED, "readings": {"severity": None}}, "/readings/severity", "string"),
    ("decide", {**ARMED, "variant": "none"}, "/variant", "there is no `none`"),
    ("decide", {**ARMED, "case": {"fact": {}}}, "/case/fact", "Did you mean facts"),
    ("decide", {**ARMED, "case": {"facts": {"traveller": {"armd": 1}}}}, "/case/facts/traveller/armd", "armed"),
    ("decide", {**ARMED, "case": {"facts": {"traveller": {"armed": 1}}}}, "/case/facts/traveller/armed", "neither yes"),
    ("decide", {**ARMED, "case": {"facts": {"cargo": {"value": 1.5}}}}, "/case/facts/cargo/value", "whole number"),
    ("decide", {**ARMED, "case": {"facts": {"passes": None}}}, "/case/facts/passes", "null stands here"),
    ("decide", {**ARMED, "case": {"facts": {"a/b~c": 1}}}, "/case/facts/a~1b~0c", "there is no fact"),
    ("decide", {**ARMED, "case": {"title": "a\u202eb"}}, "/case/title", "order of letters"),
    ("decide", {**ARMED, "case": {"facts": {"passes": [{}] * 51}}}, "/case/facts/passes", "more than 50 records"),
    (
        "decide",
        {**ARMED, "case": {"facts": {"passes": [{"from": "2026-02-01", "to": "2026-01-01"}]}}},
        "/case/facts/passes/0/to",
        "cannot end before it begins",
    ),
    ("whatif", ARMED, "/changes", "nothing is otherwise"),
    ("whatif", {**ARMED, "changes": {"severity": "strickt"}}, "/changes/severity", "strict"),
    ("whatif", {**ARMED, "changes": {"traveller.armed": [1]}}, "/changes/traveller.armed", "valid"),
    ("why", {**ARMED, "most": 0}, "/most", "greater than or equal to 1"),
    ("why-not", ARMED, "", "`outcome` is missing"),
    ("why-not", {**ARMED, "outcome": "fre"}, "/outcome", "Did you mean free"),
    ("change", {**ARMED, "to": "free", "keep": ["trveller"]}, "/keep", "Did you mean traveller"),
    ("change", {**ARMED, "to": "free", "only": "fact"}, "/only", "'facts'"),
    ("compare", {**ARMED, "by": "mood"}, "/by", "Write one of"),
    ("compare", {**ARMED, "last": "2026-01-01"}, "/last", "by date"),
    ("compare", {**ARMED, "by": "stage", "stage": "valid"}, "/stage", "all stages"),
    ("compare", {**ARMED, "by": "date", "first": "2026-01-02", "last": "2026-01-01"}, "/first", "comes after"),
    ("find", {}, "", "say what the case is to show"),
    ("find", {"names": ["severity"], "outcome": "free"}, "/names", "names go with differ"),
    ("find", {"differ": "reading", "names": ["severty"]}, "/names", "Did you mean severity"),
    ("find", {"differ": "date", "names": ["2026-01-01", "soon"]}, "/names", "is not a day"),
    ("find", {"grounds": ["arms-1", "arms-2"]}, "/grounds/1", "Did you mean arms-1"),
    ("find", {"brings": ["escrt"]}, "/brings/0", "Did you mean escort"),
    ("find", {"outcome": "fre"}, "/outcome", "Did you mean free"),
    ("prove", {}, "/properties", "states no properties"),
    ("interview", {**ARMED, "not_known": ["traveler.drunk"]}, "/not_known", "Did you mean traveller.drunk"),
    ("law", {"names": ["arms-1"], "contested": True}, "/names", "different things"),
    ("law", {"names": ["arms-1", "arms-7"]}, "/names/1", "there is no `arms-7`"),
    ("law", {"search": " "}, "/search", "no words are given"),
]


@pytest.mark.parametrize(("call", "plain", "place", "says"), WRONG)
def test_a_mistake_has_its_place(law: Rulebook, call: str, plain: object, place: str, says: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        answer(law, call, plain)
    told = [one for one in found.value.problems if one.file == place]
    assert told, found.value.problems
    assert says in f"{told[0].message}. {told[0].mend}"
    assert all(not one.line for one in found.value.problems)  # no excerpt of any file can be shown


def test_every_mistake_is_told_at_once(law: Rulebook) -> None:
    with pytest.raises(ProblemsFound) as found:
        answer(law, "decide", {**ARMED, "case": {"facts": {"cargo": {"value": "much", "limt": 1}}, "points": ""}})
    places = [one.file for one in found.value.problems]
    assert places == ["/case/facts/cargo/limt", "/case/facts/cargo/value", "/case/points"]


def test_an_interview_without_memory(law: Rulebook) -> None:
    """Each step is sent with what the one before has given; what is not known is not asked for again."""
    asking: Plain = {"question": "crossing", "case": {"facts": {"crossing": {"made": "2026-05-01"}}}}
    step = as_json(answer(law, "interview", asking))
    asked = []
    while step["next"] is not None:
        asked.append(step["next"]["input"])
        values = {"traveller.armed": False, "passes": 1, "passes[1].to": "2026-12-31"}
        reply = {"input": asked[-1], "value": values.get(asked[-1])}
        state = {"case": step["case"], "not_known": step["not_known"]}
        step = as_json(answer(law, "interview", {"question": "crossing", **state, "reply": reply}))
    assert len(set(asked)) == len(asked) >= 3
    assert "passes[1].from" in step["not_known"]
    assert step["answer"]["status"] == "depends"
    assert step["case"]["facts"]["traveller"]["armed"] is False


@pytest.mark.parametrize(
    ("reply", "place"),
    [
        ({"input": "cargo.value", "value": 1}, "/reply/input"),
        ({"input": "passes", "value": "perhaps"}, "/reply/value"),
        ({"input": "passes", "value": 51}, "/reply/value"),
        ({"input": "passes", "value": [1]}, "/reply/value"),
        ({"input": "passes"}, "/reply"),
    ],
)
def test_a_wrong_answer_in_an_interview(law: Rulebook, reply: Plain, place: str) -> None:
    """It is asked whether there are passes."""
    with pytest.raises(ProblemsFound) as found:
        answer(law, "interview", {"question": "crossing", "reply": reply})
    assert found.value.problems[0].file == place


def test_a_telling_holds_for_every_call(law: Rulebook) -> None:
    told: Plain = {**ARMED, "told_by": "gazette"}
    by_gazette = as_json(answer(law, "why-not", {**told, "outcome": "delayed"}))
    alike = {**ARMED, "readings": {"arms": "drunk-only", "severity": "strict"}, "stage": "drafted"}
    assert by_gazette == as_json(answer(law, "why-not", {**alike, "outcome": "delayed"}))
    assert by_gazette != as_json(answer(law, "why-not", {**ARMED, "outcome": "delayed"}))


def test_a_receipt_is_verified(law: Rulebook) -> None:
    asked = {**ARMED, "told_by": "gazette", "on": "2026-01-05"}
    receipt = json.loads(json.dumps(as_json(answer(law, "receipt", asked))))
    assert as_json(answer(law, "verify", {"receipt": receipt}))["verdict"] == "same answer, same rules"
    receipt["answer"]["outcome"] = "free"
    found = as_json(answer(law, "verify", {"receipt": receipt}))
    assert (found["verdict"], found["altered"]) == ("altered", ["answer"])


@pytest.mark.parametrize(
    "receipt",
    [{}, {"receipt": 1}, {"schema": "lawmodel/answer"}, {"receipt": 1, "case": {"facts": {"a": "\ud800"}}}],
)
def test_what_is_no_receipt(law: Rulebook, receipt: Plain) -> None:
    with pytest.raises(ProblemsFound) as found:
        answer(law, "verify", {"receipt": receipt})
    assert found.value.problems[0].file == "/receipt"


@pytest.mark.parametrize("facts", [{"traveller": {"armed": "\x1b[2J"}}, {"variants": [1]}, {}])
def test_a_receipt_with_another_case(law: Rulebook, facts: Plain) -> None:
    receipt = json.loads(json.dumps(as_json(answer(law, "receipt", ARMED))))
    receipt["case"]["facts"] = facts
    assert as_json(answer(law, "verify", {"receipt": receipt}))["altered"] == ["case"]


def test_a_receipt_with_half_a_character(law: Rulebook) -> None:
    receipt = json.loads(json.dumps(as_json(answer(law, "receipt", ARMED))))
    receipt["case"]["facts"] = {"title": "\ud800"}
    with pytest.raises(ProblemsFound) as found:
        answer(law, "verify", {"receipt": receipt})
    assert found.value.problems[0].file == "/receipt"


def test_a_case_with_variants_can_be_sent(law: Rulebook) -> None:
    case = {**CASE, "variants": [{"id": "drunk", "facts": {"traveller": {"drunk": True}}}]}
    told = as_json(answer(law, "decide", {"case": case, "question": "crossing", "variant": "drunk"}))
    assert "notice" in [one["id"] for one in told["consequences"]]
