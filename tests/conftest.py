"""What holds for all tests: which run, reproducible random tests, a cache of their own, golden files to renew."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.sizes import ALL, QUICK

settings.load_profile(QUICK)

LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all",
        action="store_true",
        help="Run the tests that are marked long, too. Without it they are left out, unless named (FILE::TEST).",
    )
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="Write the golden files anew, as the program answers now. Read what has changed before you commit it.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Before any test is imported: its size is decided then.

    A run in the background of a script is started with interrupts ignored: the tests of them would wait for ever.
    """
    settings.load_profile(ALL if config.getoption("--all") else QUICK)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and not hasattr(config, "workerinput"):
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is long, and count it; with ``--all`` every random test is, since it tries more than otherwise."""
    if config.getoption("--all"):
        for item in items:
            if is_hypothesis_test(getattr(item, "obj", None)):
                item.add_marker("long")
        return
    left_out = {item: None for item in items if item.get_closest_marker("long") and not is_named(config, item)}
    config.stash[LEFT_OUT] = len(left_out)
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def is_named(config: pytest.Config, item: pytest.Item) -> bool:
    """Whether the test, its class or its function is an argument by name, as in FILE::TEST."""
    for argument in config.args:
        file, separator, names = argument.partition("::")
        if separator and (config.invocation_params.dir / file).resolve() == item.path.resolve():
            rest = item.nodeid.partition("::")[2]
            if rest == names or rest.startswith((names + "::", names + "[")):
                return True
    return False


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among what is there for good: it was a fifth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With several processes, the tests are collected by the workers, and the summary is written by another."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over the count of a worker; every worker collects all tests."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if count := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"long tests left out: {count} (--all runs them too)")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Compiled rulebooks are kept apart from the user's, and from those of earlier runs."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("LAWMODEL_CACHE", str(folder))
        yield folder


@pytest.fixture
def renew_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--renew-golden"))


@pytest.fixture
def mypy_cache(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where mypy keeps what it has found, for the next run of the test too; only where the checkout may be written."""
    cache = getattr(request.config, "cache", None)
    return Path(cache.mkdir(f"mypy-{request.path.stem}")) if cache else tmp_path / "mypy"
