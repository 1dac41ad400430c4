"""An interrupt comes through once, and none is lost."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process sends itself no such signal")
BEGIN = """
import os, signal, sys, time
from lawmodel.commands.interrupts import each_once

def ctrl_c():
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(1000):
        pass

"""


def told(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", BEGIN + code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout


def test_an_interrupt_where_nothing_can_be_raised_comes_again() -> None:
    code = """
class Gone:
    def __del__(self):
        ctrl_c()

with each_once():
    try:
        Gone()
        print("went on")
        time.sleep(120)  # longer than this process is waited for
        print("never")
    except KeyboardInterrupt:
        print("interrupted")
"""
    assert told(code) == "went on\ninterrupted\n"


def test_a_second_interrupt_does_not_break_off_what_the_first_began() -> None:
    code = """
with each_once():
    try:
        try:
            ctrl_c()
            print("never")
        finally:
            ctrl_c()
            print("tidied up")
    except KeyboardInterrupt:
        print("interrupted")
ctrl_c()
print("ended")
"""
    assert told(code) == "tidied up\ninterrupted\nended\n"


def test_without_an_interrupt_nothing_is_changed() -> None:
    code = """
with each_once():
    pass
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
"""
    assert told(code) == "True\n"


def test_other_mistakes_in_such_places_are_still_told() -> None:
    code = """
class Gone:
    def __del__(self):
        raise ValueError("mine")

sys.unraisablehook = lambda what: print(what.exc_value)
with each_once():
    Gone()
"""
    assert told(code) == "mine\n"


@pytest.mark.parametrize("error", ["click.UsageError('it cannot be read')", "RuntimeError('query interrupted')"])
def test_what_a_library_makes_of_an_interrupt_is_still_one(error: str) -> None:
    code = f"""
import click
from lawmodel.commands.ending import run

def work():
    try:
        ctrl_c()
    except KeyboardInterrupt:
        raise {error} from None

sys.stderr = sys.stdout
print(run(work, []))
"""
    assert told(code) == "Interrupted.\n130\n"
