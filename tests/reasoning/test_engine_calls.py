"""Calls of engines: signals are delivered after them, whoever forks waits for them, and what they hold is released."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from types import FrameType

import pytest

from lawmodel.reasoning.engine_calls import EngineCall, HeldByEngine


@pytest.fixture
def came() -> Iterator[list[int]]:
    """The signals that have reached handlers; that of SIGTERM raises."""
    found: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        found.append(number)
        if number == signal.SIGTERM:
            raise SystemExit(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    yield found
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_signal_waits_until_the_call_has_ended(came: list[int]) -> None:
    with EngineCall():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        assert came == []
    assert came == [signal.SIGINT]
    signal.raise_signal(signal.SIGINT)
    assert came == [signal.SIGINT] * 2


def test_what_a_handler_raises_comes_after_the_call_and_keeps_no_other_back(came: list[int]) -> None:
    def call() -> None:
        with EngineCall():
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGINT)
            assert came == []

    with pytest.raises(SystemExit):
        call()
    assert sorted(came) == [signal.SIGINT, signal.SIGTERM]


def test_an_interruption_is_raised_where_the_call_fails_too() -> None:
    def call() -> None:
        with EngineCall():
            signal.raise_signal(signal.SIGINT)
            raise ValueError

    with pytest.raises(KeyboardInterrupt):
        call()


def test_signals_that_are_ignored_stay_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with EngineCall():
            assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_long_work_goes_on_when_a_handler_raises_nothing(came: list[int]) -> None:
    handled = threading.Event()

    def work() -> str:
        os.kill(os.getpid(), signal.SIGINT)
        while signal.SIGINT not in came:
            handled.wait(0.01)
        return "to the end"

    with EngineCall() as call:
        assert call.run(work, lambda: pytest.fail("cancelled")) == "to the end"
    assert came == [signal.SIGINT]


def test_long_work_is_cancelled_when_a_handler_raises(came: list[int]) -> None:
    cancelled = threading.Event()
    ended = []

    def work() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        cancelled.wait()
        ended.append("cut short")
        raise ValueError

    def call() -> None:
        with EngineCall() as made:
            made.run(work, cancelled.set)

    with pytest.raises(SystemExit):
        call()
    assert ended == ["cut short"]
    assert came == [signal.SIGTERM]


def test_what_long_work_raises_is_raised_where_it_is_waited_for() -> None:
    def work() -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"), EngineCall() as call:
        call.run(work, lambda: None)


def test_another_thread_leaves_signals_alone(came: list[int]) -> None:
    handlers = []

    def call() -> None:
        with EngineCall() as made:
            handlers.append(signal.getsignal(signal.SIGINT))
            assert made.run(lambda: threading.current_thread().name, lambda: None) == "itself"

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=call, name="itself")
    thread.start()
    thread.join()
    assert handlers == [before]


FORKING = """
import os, threading, time
from lawmodel.reasoning.engine_calls import EngineCall

begun, told = threading.Event(), []

def call():
    with EngineCall():
        begun.set()
        time.sleep(0.3)
        told.append("call ended")

thread = threading.Thread(target=call)
thread.start()
begun.wait()
child = os.fork()
told.append("forked")
if child == 0:
    with EngineCall():
        os._exit(7 if told == ["call ended", "forked"] else 1)
with EngineCall():
    pass
thread.join()
print(*told, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), sep=", ")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_whoever_forks_waits_for_the_calls_of_other_threads() -> None:
    program = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKING]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("call ended, forked, 7\n", "")


class Owner:
    pass


def test_what_is_held_is_released_once_its_owner_is_gone() -> None:
    held: HeldByEngine[Owner, str] = HeldByEngine()
    one, other = Owner(), Owner()
    held.hold(one, "one")
    held.hold(other, "other")
    assert list(held.released()) == []
    del one
    assert list(held.released()) == ["one"]
    assert list(held.released()) == []
