"""The interface for programs: every call good and bad, and the document that describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from lawmodel.rulebook.model import Rulebook
from lawmodel.service.app import application
from lawmodel.service.calls.table import answer, as_json
from lawmodel.service.limits import MOST_BYTES, MOST_DEPTH, MOST_VALUES
from tests.inquiry.ferry import ferry
from tests.service.asking_ferry import CASE, LAW

ARMED = {"case": CASE, "question": "crossing"}
ROOT = "/api/v1"


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"), *LAW[1:])


@pytest.fixture(scope="module")
def client(law: Rulebook) -> Iterator[TestClient]:
    with TestClient(application(law), base_url="http://localhost:8765", raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    told: dict[str, Any] = client.get(f"{ROOT}/openapi.json").json()
    return told


@pytest.mark.parametrize(
    ("call", "plain"),
    [
        ("decide", ARMED),
        ("decide", {**ARMED, "brief": True}),
        ("whatif", {**ARMED, "changes": {"severity": "strict"}}),
        ("why", ARMED),
        ("why-not", {**ARMED, "outcome": "free"}),
        ("change", {**ARMED, "to": "free"}),
        ("turns-on", {"question": "crossing"}),
        ("compare", {**ARMED, "by": "telling"}),
        ("find", {"differ": "reading", "names": ["severity"]}),
        ("interview", {"question": "crossing"}),
    ],
)
def test_a_call_is_answered(law: Rulebook, client: TestClient, call: str, plain: dict[str, Any]) -> None:
    told = client.post(f"{ROOT}/{call}", json=plain)
    assert told.status_code == 200, told.text
    assert told.headers["content-type"] == "application/json"
    assert told.json() == json.loads(json.dumps(as_json(answer(law, call, plain), brief="brief" in plain)))


def test_the_law_is_read(law: Rulebook, client: TestClient) -> None:
    assert client.get(f"{ROOT}/law").json()["schema"] == "lawmodel/law"
    assert client.get(f"{ROOT}/law", params={"contested": "true"}).json()["schema"] == "lawmodel/law-contested"
    assert client.get(f"{ROOT}/law", params={"search": "drunk"}).json()["schema"] == "lawmodel/law-search"
    told = client.get(f"{ROOT}/law/arms-1", params={"on": "2020-06-01", "stage": "drafted"}).json()
    assert [one["id"] for one in told["entries"]] == ["arms-1"]
    cited = client.get(f"{ROOT}/law/Ferry Law s. 1").json()
    assert [one["id"] for one in cited["entries"]] == ["arms-1"]


@pytest.mark.parametrize(
    ("address", "status", "place", "says"),
    [
        ("law/arms-7", 404, "id", "there is no `arms-7`"),
        ("law?on=soon", 422, "on", "is not a day"),
        ("law?stage=vlid", 422, "stage", "Did you mean valid"),
        ("law?day=2020-01-01", 422, "day", "there is no key `day`"),
        ("law?on=2020-01-01&on=2020-01-02", 400, "on", "twice"),
        ("law?contested=maybe", 422, "contested", "valid boolean"),
        ("law/arms-1?search=x", 400, "search", "is no parameter"),
        ("law?names=arms-1", 400, "names", "is no parameter"),
        ("schemas/anser", 404, "name", "Did you mean answer"),
        ("nothing", 404, "", "nothing at this address"),
        ("decide", 405, "", "not asked in this way"),
    ],
)
def test_a_wrong_address(client: TestClient, address: str, status: int, place: str, says: str) -> None:
    told = client.get(f"{ROOT}/{address}")
    assert told.status_code == status
    _is_problem(told, place, says)


def _is_problem(told: Any, place: str, says: str) -> None:
    assert told.headers["content-type"] == "application/problem+json"
    plain = told.json()
    assert plain["status"] == told.status_code
    found = [f"{one['message']}. {one['mend']}" for one in plain["errors"] if one["place"] == place]
    assert any(says in one for one in found), plain


def test_what_makes_no_sense_is_told_with_every_place(client: TestClient) -> None:
    facts = {"traveller": {"armed": "perhaps"}, "cargo": {"valeu": 3}}
    told = client.post(f"{ROOT}/decide", json={"question": "crossing", "case": {"facts": facts}})
    assert told.status_code == 422
    _is_problem(told, "/case/facts/traveller/armed", "neither yes nor no")
    _is_problem(told, "/case/facts/cargo/valeu", "Did you mean value")
    assert told.json()["detail"].startswith("There are 2 mistakes. The first: ")


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (b"", 400, "not JSON"),
        (b"{", 400, "line 1, column 2"),
        (b'{"question": "crossing", "question": "pass"}', 400, "`question` stands twice"),
        (b'{"case": {"facts": {"a": 1, "a": 2}}}', 400, "`a` stands twice"),
        (b'{"most": NaN}', 400, "no number NaN"),
        (b'{"most": -Infinity}', 400, "no number -Infinity"),
        (b'{"question": "cross\xffing"}', 400, "byte 19 of the body is not UTF-8"),
        (b"\xef\xbb\xbf{}", 400, "not JSON"),
        (b"[" * 100_000, 400, f"more than {MOST_DEPTH} deep"),
        (b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1), 400, f"more than {MOST_DEPTH} deep"),
        (b"[" + b"0," * MOST_VALUES + b"0]", 400, f"more than {MOST_VALUES:,} values"),
        (b'{"most": ' + b"9" * 5000 + b"}", 400, "more than 400 digits"),
        (b'{"question": "\\ud800"}', 422, "string"),
        (b'{"case": {"title": "\\u001b[31m"}}', 422, "control character"),
        (b'{"question": "' + b"x" * 10_000_000 + b'"}', 413, "more than 1,000,000 bytes"),
    ],
    ids=range(15),
)
def test_a_hostile_body(client: TestClient, body: bytes, status: int, says: str) -> None:
    told = client.post(f"{ROOT}/decide", content=body, headers={"Content-Type": "application/json"})
    assert told.status_code == status, told.text
    assert says in told.text
    assert told.headers["content-type"] == "application/problem+json"
    assert len(told.content) < 2_000


def test_a_body_that_does_not_say_how_long_it_is(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(30):
            yield b" " * (MOST_BYTES // 20)

    told = client.post(f"{ROOT}/decide", content=parts(), headers={"Content-Type": "application/json"})
    assert told.status_code == 413


def test_ten_thousand_records(client: TestClient) -> None:
    records: list[dict[str, str]] = [{}] * 10_000
    asked = {"case": {"facts": {"passes": records}}, "question": "crossing"}
    told = client.post(f"{ROOT}/decide", json=asked)
    assert told.status_code == 422
    _is_problem(told, "/case/facts/passes", "more than 50 records")


def test_ten_thousand_mistakes(client: TestClient) -> None:
    told = client.post(f"{ROOT}/decide", json={"case": {f"key{n}": 1 for n in range(10_000)}})
    assert told.status_code == 422
    assert len(told.json()["errors"]) == 200
    assert "There are 10,000 mistakes" in told.json()["detail"]


def test_a_whole_number_may_have_a_point(client: TestClient) -> None:
    """As JSON Schema has it."""
    body = b'{"question": "crossing", "outcome": "free", "most": 2.0, "case": {"facts": {"cargo": {"value": 1e2}}}}'
    told = client.post(f"{ROOT}/why-not", content=body, headers={"Content-Type": "application/json"})
    assert told.status_code == 200, told.text
    headers = {"Content-Type": "application/json"}
    told = client.post(f"{ROOT}/why-not", content=body.replace(b"2.0", b"2.5"), headers=headers)
    _is_problem(told, "/most", "integer")


def test_nothing_is_presumed_by_null(client: TestClient) -> None:
    told = client.post(f"{ROOT}/decide", json={"question": "crossing", "case": {**CASE, "presume": None}})
    assert told.status_code == 200
    assert told.json()["presumed"] == {}


def test_an_infinite_number(client: TestClient) -> None:
    body = b'{"question": "crossing", "case": {"facts": {"cargo": {"value": 1e999}}}}'
    told = client.post(f"{ROOT}/decide", content=body, headers={"Content-Type": "application/json"})
    assert told.status_code == 422
    _is_problem(told, "/case/facts/cargo/value", "not a whole number")


def test_a_form_is_no_request(client: TestClient) -> None:
    told = client.post(f"{ROOT}/decide", data={"question": "crossing"})
    assert told.status_code == 415
    _is_problem(told, "", "Content-Type: application/json")


# --- the document ----------------------------------------------------------------------------------------


def test_every_example_of_the_document_works(client: TestClient, document: dict[str, Any]) -> None:
    tried = 0
    for path, ways in document["paths"].items():
        for method, operation in ways.items():
            if method == "post":
                asked = operation["requestBody"]["content"]["application/json"]["example"]
                told = client.post(path, json=asked)
            else:
                known = {one["name"]: one.get("example", "") for one in operation.get("parameters", [])}
                told = client.get(path.format_map(known))
            if path.endswith("/prove"):
                assert told.status_code == 422  # this law states no properties
                continue
            assert told.status_code == 200, (path, told.text)
            tried += 1
    assert tried >= 13


def test_requests_and_answers_are_as_the_document_says(client: TestClient, document: dict[str, Any]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    components = {"components": document["components"]}

    def validated(plain: Any, schema: dict[str, Any]) -> None:
        jsonschema.Draft202012Validator({**schema, **components}).validate(plain)

    for path, ways in document["paths"].items():
        operation = ways.get("post")
        if operation is None or path.endswith("/prove"):
            continue
        content = operation["requestBody"]["content"]["application/json"]
        validated(content["example"], content["schema"])
        told = client.post(path, json=content["example"])
        validated(told.json(), operation["responses"]["200"]["content"]["application/json"]["schema"])
        refused = client.post(path, json={"question": "crosing"})
        problem = document["components"]["responses"]["422"]["content"]["application/problem+json"]
        validated(refused.json(), problem["schema"])


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    def references(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                yield part["$ref"]
            for value in part.values():
                yield from references(value)
        elif isinstance(part, list):
            for value in part:
                yield from references(value)

    found = set(references(document))
    assert len(found) > 50
    for reference in found:
        at: Any = document
        assert reference.startswith("#/")
        for step in reference[2:].split("/"):
            at = at[step.replace("~1", "/").replace("~0", "~")]
    assert "$defs" not in json.dumps(document)


def test_the_document_names_what_the_law_knows(document: dict[str, Any]) -> None:
    asked = document["components"]["schemas"]["DecideRequest"]["properties"]
    assert asked["question"]["anyOf"][0]["enum"] == ["crossing", "pass", "weather"]
    assert asked["told_by"]["anyOf"][0]["enum"] == ["gazette", "almanac"]
    assert asked["case"]["$ref"] == "#/components/schemas/Case"


def test_a_schema_is_that_of_the_command_line(client: TestClient) -> None:
    told = client.get(f"{ROOT}/schemas/why-not").json()
    assert told["title"] == "lawmodel/why-not"
    assert client.get(f"{ROOT}/schemas/case").json()["title"].endswith("The ferry")
