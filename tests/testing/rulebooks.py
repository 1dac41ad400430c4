"""The rulebooks on which strategies are tried, and how cases are drawn outside a Hypothesis test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.inquiry.ferry import ferry

CHECKOUT = Path(__file__).resolve().parents[2]
Drawn = TypeVar("Drawn")


def every_rulebook() -> dict[str, Rulebook]:
    """The rulebook that comes with the program, and three others."""
    with TemporaryDirectory() as folder:
        river = ferry(Path(folder))
    return {
        "supplied": load_rulebook(rules_folder()),
        "toy": load_rulebook(CHECKOUT / "tests" / "toy" / "rules"),
        "nationality": load_rulebook(CHECKOUT / "examples" / "british-nationality" / "rules"),
        "ferry": river,
    }


def draw_many(strategy: st.SearchStrategy[Drawn], count: int) -> list[Drawn]:
    """So many things, always the same ones."""
    found: list[Drawn] = []

    @settings(
        max_examples=count,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(one: Drawn) -> None:
        found.append(one)

    collecting: Callable[[], None] = collect
    collecting()
    return found
