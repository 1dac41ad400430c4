"""Who may ask, and what a browser is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from lawmodel.rulebook.model import Rulebook
from lawmodel.service.app import application
from lawmodel.service.limits import LONGEST_ADDRESS
from tests.inquiry.ferry import ferry

LAW = "/api/v1/law/arms-1"
DECIDE = "/api/v1/decide"
ASKED = {"question": "crossing", "case": {}}


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"))


@pytest.fixture(scope="module")
def client(law: Rulebook) -> Iterator[TestClient]:
    with TestClient(application(law), base_url="http://localhost:8765") as made:
        yield made


@pytest.fixture(scope="module")
def outside(law: Rulebook) -> Iterator[TestClient]:
    token = "open-sesame"  # noqa: S105 - of this test
    with TestClient(application(law, token=token), base_url="http://law.example:8765") as made:
        yield made


@pytest.fixture(autouse=True)
def _no_cookies(outside: TestClient) -> None:
    outside.cookies.clear()


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8765", "127.0.0.1:80", "127.9.9.9", "[::1]:8765", "LOCALHOST"]
)
def test_this_machine_may_ask(client: TestClient, host: str) -> None:
    assert client.get(LAW, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.io:8765",
        "192.168.0.7",
        "0.0.0.0",  # noqa: S104 - nobody listens there
        "localhost:8765@evil.example",
        "localhost/",
        "",
        "[::2]",
        "local host",
    ],
)
def test_another_name_is_refused(client: TestClient, host: str) -> None:
    """A page elsewhere can have its own name point here: what it is then asked as is that name."""
    for told in (client.get(LAW, headers={"Host": host}), client.post(DECIDE, json=ASKED, headers={"Host": host})):
        assert told.status_code == 403
        assert told.json()["errors"][0]["message"] == "this service goes by another name"


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://localhost",
        "http://localhost:80",
        "http://localhost:8766",
        "http://127.0.0.1:8765",
        "null",
        "",
        "http://localhost:8765@evil.example",
        "file://",
    ],
)
def test_a_page_from_elsewhere_is_refused(client: TestClient, origin: str) -> None:
    assert client.post(DECIDE, json=ASKED, headers={"Origin": origin}).status_code == 403
    assert client.get(LAW, headers={"Origin": origin}).status_code == 403


def test_a_page_of_its_own_may_ask(client: TestClient, outside: TestClient) -> None:
    assert client.post(DECIDE, json=ASKED, headers={"Origin": "http://localhost:8765"}).status_code == 200
    proved = {"Authorization": "Bearer open-sesame", "Origin": "https://law.example", "Host": "law.example"}
    assert outside.post(DECIDE, json=ASKED, headers=proved).status_code == 200
    foreign = {**proved, "Origin": "https://evil.example"}
    assert outside.post(DECIDE, json=ASKED, headers=foreign).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer open-sesam"},
        {"Authorization": "Basic open-sesame"},
        {"Authorization": "Bearer \xff"},
        {"Cookie": "lawmodel-token=wrong"},
        {"Cookie": "lawmodel-token=\xff; ;;=;"},
    ],
)
def test_reached_from_elsewhere_it_asks_for_a_token(outside: TestClient, headers: dict[str, str]) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    told = outside.get(LAW, headers=raw)  # type: ignore[arg-type]
    assert told.status_code == 401
    assert told.headers["www-authenticate"] == "Bearer"
    assert "open-sesame" not in told.text
    assert outside.get("/", headers=raw).status_code == 401  # type: ignore[arg-type]


def test_with_the_token(outside: TestClient) -> None:
    assert outside.get(LAW, headers={"Authorization": "Bearer open-sesame"}).status_code == 200
    assert outside.get(LAW, headers={"Cookie": "other=1; lawmodel-token=open-sesame"}).status_code == 200


def test_the_address_with_the_token_leads_to_one_without_it(outside: TestClient) -> None:
    told = outside.get(f"{LAW}?on=2020-06-01&token=open-sesame&stage=drafted", follow_redirects=False)
    assert told.status_code == 303
    assert told.headers["location"] == f"{LAW}?on=2020-06-01&stage=drafted"
    cookie = told.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert outside.get(LAW).status_code == 200  # by the cookie
    outside.cookies.clear()
    assert outside.get(f"{LAW}?token=wrong", follow_redirects=False).status_code == 401
    assert outside.get("//evil.example?token=open-sesame", follow_redirects=False).headers["location"].count("//") == 0


def test_what_a_browser_is_told(client: TestClient) -> None:
    told = [
        client.get(LAW),
        client.get("/nowhere"),
        client.get(LAW, headers={"Host": "evil.example"}),
        client.post(DECIDE, content=b"{", headers={"Content-Type": "application/json"}),
    ]
    for one in told:
        policy = one.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; ")
        assert "unsafe" not in policy
        assert one.headers["x-content-type-options"] == "nosniff"
        assert one.headers["referrer-policy"] == "same-origin"
        assert one.headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in one.headers


def test_an_endless_address(client: TestClient) -> None:
    assert client.get("/?" + "x" * LONGEST_ADDRESS).status_code == 414


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999999999999", "1000001"])
def test_a_length_that_is_too_much_or_none(client: TestClient, length: str) -> None:
    told = client.post(DECIDE, content=b"{}", headers={"Content-Length": length, "Content-Type": "application/json"})
    assert told.status_code == 413


def test_the_pages_stand_behind_the_same_gate(client: TestClient, outside: TestClient) -> None:
    told = client.get("/")
    assert told.status_code == 200
    assert told.headers["content-type"].startswith("text/html")
    assert told.headers["content-security-policy"].startswith("default-src 'none'")
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert client.post("/upload", data={"content": "x"}, headers={"Origin": "null"}).status_code == 403
    assert outside.get("/cases").status_code == 401
    assert outside.get("/cases?token=open-sesame").status_code == 200
