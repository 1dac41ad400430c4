"""One slow question harms no other."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress

import anyio
import pytest

from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pool import Busy, OutOfTime, WorkerPool, WorkFailed
from tests.inquiry.ferry import ferry


def title(rulebook: Rulebook) -> tuple[str, int]:
    return rulebook.title, os.getpid()


def endless(rulebook: Rulebook) -> None:
    while True:
        pass


def sleeping(rulebook: Rulebook, seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def wrong(rulebook: Rulebook) -> None:
    raise ProblemsFound([Problem("it is wrong", "Mend it.", "/here")])


def defective(rulebook: Rulebook) -> None:
    raise ZeroDivisionError("of this test")


def ending(rulebook: Rulebook) -> None:
    os._exit(3)


def greedy(rulebook: Rulebook) -> int:
    return len(b"x" * (8 * 2**30))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"))


@pytest.fixture
def pool(law: Rulebook) -> Iterator[WorkerPool]:
    made = WorkerPool(law, workers=2, quick_seconds=20, slow_seconds=0.3, most_waiting=2)
    yield made
    made.close()


@pytest.mark.anyio
async def test_work_is_done_elsewhere_and_its_mistakes_come_back(pool: WorkerPool) -> None:
    named, process = await pool.run(False, title)
    assert named == "The ferry"
    assert process != os.getpid()
    assert (await pool.run(False, title))[1] == process  # it stays warm
    with pytest.raises(ProblemsFound) as found:
        await pool.run(False, wrong)
    assert found.value.problems[0].file == "/here"
    with pytest.raises(WorkFailed, match="of this test"):
        await pool.run(False, defective)
    assert (await pool.run(False, title))[1] == process  # a mistake costs no worker


@pytest.mark.anyio
async def test_a_slow_question_is_stopped_and_others_are_answered_meanwhile(pool: WorkerPool) -> None:
    await pool.run(False, title)

    async def slow() -> None:
        with pytest.raises(OutOfTime):
            await pool.run(True, endless)

    answered = []
    async with anyio.create_task_group() as tasks:
        for _ in range(3):
            tasks.start_soon(slow)
        for _ in range(5):
            answered.append((await pool.run(False, title))[0])
    assert answered == ["The ferry"] * 5
    assert (await pool.run(False, title))[0] == "The ferry"


@pytest.mark.anyio
async def test_who_comes_when_the_queue_is_full_is_turned_away(pool: WorkerPool) -> None:
    turned_away = 0

    async def ask() -> None:
        nonlocal turned_away
        try:
            await pool.run(False, sleeping, 0.2)
        except Busy:
            turned_away += 1

    async with anyio.create_task_group() as tasks:
        for _ in range(10):
            tasks.start_soon(ask)
    assert turned_away == 10 - 2 - 2  # two at work, two waiting
    assert await pool.run(False, sleeping, 0) == 0


@pytest.mark.anyio
async def test_slow_questions_do_not_fill_the_queue_of_others(pool: WorkerPool) -> None:
    async def slow() -> None:
        with suppress(Busy, OutOfTime):
            await pool.run(True, endless)

    async with anyio.create_task_group() as tasks:
        for _ in range(20):
            tasks.start_soon(slow)
        await anyio.sleep(0.05)
        assert (await pool.run(False, title))[0] == "The ferry"


@pytest.mark.anyio
async def test_a_worker_that_ends_or_wants_too_much_memory_harms_nobody(pool: WorkerPool) -> None:
    with pytest.raises(WorkFailed, match="has ended"):
        await pool.run(False, ending)
    with pytest.raises(WorkFailed, match="memory"):
        await pool.run(False, greedy)
    assert (await pool.run(False, title))[0] == "The ferry"


@pytest.mark.anyio
async def test_closing_ends_what_is_at_work_and_nothing_else(law: Rulebook) -> None:
    """Two threads then have to do with one pipe: were both to close it, one would close what was opened meanwhile."""

    async def ask(asked: WorkerPool) -> None:
        with pytest.raises(WorkFailed, match="has ended"):
            await asked.run(False, sleeping, 60)

    for _ in range(8):
        pool = WorkerPool(law, workers=1)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ask, pool)
            await anyio.sleep(0.1)
            pool.close()
        with pytest.raises(Busy):
            await pool.run(False, title)
