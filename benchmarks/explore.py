"""How long the verbs that explore a case take on the scenarios, beside deciding the same cases.

Run by hand: ``python benchmarks/explore.py`` (``--every N`` takes one case in so many, ``--json`` for plain data). Each
function of the library is timed once for each question that a scenario asks, in one process.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lawmodel import change, compare_dates, compare_readings, decide, load_cases, load_rulebook, turns_on, why
from lawmodel.case.case import Case
from lawmodel.law_files import case_files
from lawmodel.verbs.ask.interview import Interview


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rulebook = load_rulebook(ROOT / "rules")
    cases = [case for file in case_files([ROOT / "scenarios"]) for case in load_cases(rulebook, file)]
    asked = [(case, question) for case in cases for question in case.asked() or tuple(rulebook.questions)]
    verbs: dict[str, Callable[[Case, str], object]] = {
        "decide": lambda case, question: decide(rulebook, case, question),
        "ask: the next question": lambda case, question: Interview(rulebook, question, case).next(),
        "turns-on": lambda case, question: turns_on(rulebook, case, question),
        "compare by reading": lambda case, question: compare_readings(rulebook, case, question),
        "compare by date": lambda case, question: compare_dates(rulebook, case, question),
        "why": lambda case, question: why(rulebook, case, question, readings_too=False),
        "change, to the weakest outcome": lambda case, question: change(
            rulebook, case, question, rulebook.questions[question].outcomes[-1].id
        ),
    }
    taken: dict[str, list[tuple[float, str]]] = {name: [] for name in verbs}
    for case, question in asked[:: options.every]:
        for name, run in verbs.items():
            start = time.perf_counter()
            run(case, question)
            taken[name].append((time.perf_counter() - start, f"{case.name}, {question}"))
    median = {name: statistics.median(seconds for seconds, _ in found) for name, found in taken.items()}
    worst = {name: max(found) for name, found in taken.items()}
    if options.json:
        print(json.dumps({"median": median, "worst": worst}))
        return
    print("| verb | median | beside deciding | worst | on |\n| --- | --- | --- | --- | --- |")
    for name in verbs:
        seconds, where = worst[name]
        ratio = median[name] / median["decide"]
        print(f"| {name} | {median[name] * 1e3:.1f} ms | {ratio:.1f} | {seconds * 1e3:.0f} ms | {where} |")


if __name__ == "__main__":
    main()
