"""Tests that are marked long are left out, and it is said; `--all` runs them, and so does naming one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["pytester"]

OWN = """\
import pytest

def test_quick():
    pass

@pytest.mark.long
def test_long():
    pass

@pytest.mark.parametrize("number", [1, *(pytest.param(number, marks=pytest.mark.long) for number in (2, 3))])
def test_each(number):
    pass
"""
CHECKOUT = Path(__file__).parents[1]
PLAIN = ["-p", "no:cacheprovider", "-p", "no:xdist"]


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Iterator[pytest.Pytester]:
    """A folder whose tests are run as ours are; the sizes of our own random tests are put back afterwards."""
    profile = settings.get_current_profile_name()
    pytester.makeconftest((Path(__file__).parent / "conftest.py").read_text(encoding="utf-8"))
    pytester.makeini(f"[pytest]\nstrict_markers = true\nmarkers = long\npythonpath = {CHECKOUT}\n")
    pytester.makepyfile(test_own=OWN)
    yield pytester
    settings.load_profile(profile)


def test_long_tests_are_left_out_and_it_is_said(folder: pytest.Pytester) -> None:
    for chosen in ((), ("test_own.py",)):
        ran = folder.runpytest(*PLAIN, *chosen)
        ran.assert_outcomes(passed=2, deselected=3)
        ran.stdout.fnmatch_lines(["long tests left out: 3 (--all runs them too)"])


def test_all_runs_them_and_a_mark_chooses_among_all(folder: pytest.Pytester) -> None:
    ran = folder.runpytest(*PLAIN, "--all")
    ran.assert_outcomes(passed=5)
    ran.stdout.no_fnmatch_line("*left out*")
    folder.runpytest(*PLAIN, "--all", "-m", "long").assert_outcomes(passed=3, deselected=2)
    folder.runpytest(*PLAIN, "-m", "long").assert_outcomes(deselected=5)


@pytest.mark.parametrize(("name", "passed"), [("test_long", 1), ("test_each", 3), ("test_each[2]", 1)])
def test_a_long_test_that_is_named_runs(folder: pytest.Pytester, name: str, passed: int) -> None:
    folder.runpytest(*PLAIN, f"test_own.py::{name}").assert_outcomes(passed=passed)


def test_a_longer_name_is_another_test(folder: pytest.Pytester) -> None:
    folder.makepyfile(test_own="import pytest\n@pytest.mark.long\nclass TestIt:\n    def test_a(self): pass\n")
    folder.runpytest(*PLAIN, "test_own.py::TestIt").assert_outcomes(passed=1)
    folder.runpytest(*PLAIN, "test_own.py").assert_outcomes(deselected=1)


def test_it_is_said_when_several_processes_run_the_tests(folder: pytest.Pytester) -> None:
    ran = folder.runpytest_subprocess("-p", "no:cacheprovider", "-n1")
    ran.assert_outcomes(passed=2)
    ran.stdout.fnmatch_lines(["long tests left out: 3 (--all runs them too)"])


SIZED = """\
from hypothesis import given
from hypothesis import strategies as st
from tests.sizes import examples, one_in
import pytest

tried, unsized = [], []

@given(st.integers())
@examples(quick=5, full=20)
def test_random(number):
    tried.append(number)

@given(st.integers())
def test_of_no_size(number):
    unsized.append(number)

def test_how_many():
    assert (len(tried), len(unsized)) == %s

@pytest.mark.parametrize("number", one_in(2, [1, 2, 3, 4, 5]))
def test_some(number):
    pass
"""


def test_a_quick_run_tries_less_of_the_same(folder: pytest.Pytester) -> None:
    folder.makepyfile(test_own=SIZED % "(5, 15)")
    folder.runpytest(*PLAIN).assert_outcomes(passed=6, deselected=2)


def test_what_was_tried_in_part_is_long_when_all_is_run(folder: pytest.Pytester) -> None:
    folder.makepyfile(test_own=SIZED % "(20, 40)")
    folder.runpytest(*PLAIN, "--all").assert_outcomes(passed=8)
    folder.runpytest(*PLAIN, "--all", "-m", "long").assert_outcomes(passed=4, deselected=4)
