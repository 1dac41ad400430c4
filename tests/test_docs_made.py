"""What commands have made of the documentation is as they make it now."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SLOW = ("legal-changes.md",)


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("made_pages", CHECKOUT / ".ci" / "made_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MADE = _module()


@pytest.mark.parametrize(
    "page", [pytest.param(one, id=one.name, marks=[pytest.mark.long] * (one.name in SLOW)) for one in MADE.pages()]
)
def test_a_page_is_as_it_is_made_now(page: Path) -> None:
    """In a process of its own: a command that was called by itself forgets how the program has its options."""
    program = [sys.executable, str(CHECKOUT / ".ci" / "made_pages.py"), page.name]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    made = subprocess.run(program, check=False, capture_output=True, encoding="utf-8", env=environment)
    assert (made.returncode, made.stdout) == (0, ""), made.stderr


def test_what_is_not_so_is_noticed() -> None:
    page = "A\n<!-- made by: lawmodel schema --help -->\nold\n<!-- made until here -->\nB\n"
    made = MADE.made(page)
    assert "Usage: lawmodel schema" in made
    assert made.startswith("A\n")
    assert made.endswith("\nB\n")
    assert MADE.made(made) == made


def test_a_command_that_fails_is_no_page() -> None:
    with pytest.raises(SystemExit, match="exit code 2"):
        MADE.made("<!-- made by: lawmodel law there-is-none -->\n<!-- made until here -->")
