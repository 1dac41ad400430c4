"""How many cases Hypothesis draws in a second, beside as many plain whole numbers as a case takes draws.

Run by hand: ``python benchmarks/strategies.py`` (``--json`` for plain data). The peer draws, in one example, as many
whole numbers as the choices that the cases beside it took: what is left is the law's.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from lawmodel import load_rulebook
from lawmodel.testing import around_dates, cases, near

EXAMPLES = 600
TIMES = 5
QUESTION = "extradition"
PROVISIONS = ("cpc-464-1-1", "cpc-464-1-7", "cpc-462-3-2")


def drawn(strategy: st.SearchStrategy[Any], count: int, number: int) -> tuple[float, float]:
    """Seconds of the processor for a case, and how many choices it took."""
    chosen: list[int] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        data.draw(strategy)
        chosen.append(len(data.conjecture_data.nodes))

    start = time.process_time()
    run()
    return (time.process_time() - start) / len(chosen), statistics.mean(chosen)


def median(strategy: st.SearchStrategy[Any]) -> tuple[float, float]:
    """The median of several runs."""
    runs = [drawn(strategy, EXAMPLES, number) for number in range(TIMES)]
    return statistics.median(one for one, _ in runs), statistics.mean(one for _, one in runs)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rulebook = load_rulebook(ROOT / "rules")
    strategies: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
        "cases": lambda: cases(rulebook, QUESTION),
        "cases, unknowns": lambda: cases(rulebook, QUESTION, unknowns=True),
        "around_dates": lambda: around_dates(rulebook, QUESTION),
        **{f"near, {one}": lambda one=one: near(rulebook, one) for one in PROVISIONS},  # type: ignore[misc]
    }
    rows = []
    for name, made in strategies.items():
        seconds, choices = median(made())
        plain, _ = median(st.tuples(*[st.integers(0, 9)] * round(choices)))
        rows.append((name, 1 / seconds, choices, seconds / plain))
    if options.json:
        print(json.dumps(rows))
        return
    print("| strategy | cases a second | choices a case | time beside as many whole numbers |")
    print("| --- | ---: | ---: | ---: |")
    for name, a_second, choices, ratio in rows:
        print(f"| {name} | {a_second:,.0f} | {choices:.0f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
