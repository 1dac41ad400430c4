"""What is asked for next as a rule is made while a page is read; but not where anybody waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lawmodel.service.pages.exchange import PageRequest, PageResponse, Supplied
from lawmodel.service.pages.routes import routes
from lawmodel.service.pool import Busy, OutOfTime, WorkFailed


class NotedCalls:
    """A pool that answers nothing but what a page may say, and notes what it is asked."""

    def __init__(self, *, is_idle: bool) -> None:
        self.is_idle = is_idle
        self.asked: list[tuple[bool, PageRequest]] = []

    async def run(self, slow: bool, work: Callable[..., Any], supplied: Supplied, asked: PageRequest) -> PageResponse:
        """A page that leads on."""
        self.asked.append((slow, asked))
        return PageResponse("a page", then="/practise/some%20thing/2?count=3&seed=1")


def asked(pool: NotedCalls, address: str) -> list[tuple[bool, PageRequest]]:
    """What a pool is asked when a page is."""
    client = TestClient(Starlette(routes=routes(pool, Supplied())))  # type: ignore[arg-type]
    assert client.get(address).text == "a page"
    return pool.asked


def test_the_next_page_is_made_ready_as_if_it_were_asked_for() -> None:
    first, then = asked(NotedCalls(is_idle=True), "/practise")
    assert (first[0], first[1].view, first[1].name) == (False, "practise", "")
    assert then == (
        True,
        PageRequest(
            "practise",
            "some thing/2",
            (("count", "3"), ("seed", "1")),
            "/practise/some%20thing/2?count=3&seed=1",
        ),
    )


def test_nothing_is_made_ready_where_anybody_waits() -> None:
    assert len(asked(NotedCalls(is_idle=False), "/practise")) == 1


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (Busy(), 503, "Слишком много запросов"),
        (OutOfTime(60), 504, "Работа остановлена через 60"),
        (WorkFailed("a traceback"), 500, "Программа не справилась"),
    ],
)
def test_where_no_worker_answers_a_page_says_so_and_can_be_tried_again(
    error: Exception, status: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the parts of every page: a script that puts it in the place of another would show nothing else."""
    pool = NotedCalls(is_idle=True)

    async def fails(*_: object) -> PageResponse:
        raise error

    monkeypatch.setattr(pool, "run", fails)
    client = TestClient(Starlette(routes=routes(pool, Supplied())))  # type: ignore[arg-type]
    response = client.get("/cases/a?title=%22%3E%3Cscript%3E&ui=ru")
    assert response.status_code == status
    assert says in response.text
    assert '<div id="page">' in response.text
    assert 'href="/cases/a?title=%22%3E%3Cscript%3E&amp;ui=ru"' in response.text
    assert "traceback" not in response.text
    sent = client.post("/upload?ui=ru", data={"content": "a case"}).text
    assert "Попробовать ещё раз" not in sent  # what was sent is in no address


def test_what_is_sent_comes_with_its_other_fields() -> None:
    pool = NotedCalls(is_idle=False)
    client = TestClient(Starlette(routes=routes(pool, Supplied())))  # type: ignore[arg-type]
    client.post("/progress", data={"sets": "/practise/x/1", "content": "a log"})
    client.post("/progress", files={"file": ("log.json", "in the file")}, data={"content": "a log"})
    sent = [(one.content, one.sent) for _, one in pool.asked]
    assert sent == [("a log", (("sets", "/practise/x/1"),)), ("in the file", ())]
    assert all(slow for slow, _ in pool.asked)
