"""How many questions an interview takes, against asking for every open fact in the order of the files.

Run by hand: ``python benchmarks/interview.py`` (``--json`` for plain data). Every scenario and variant
is taken for each question it answers: its facts are hidden, all but the day of the decision and what a case file may
leave out, and then told one by one as they are asked for. The peers ask for the facts that bear on the question as
they stand in the files: stopping when the answer is certain, and not stopping.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.case.valuation import value_case
from lawmodel.inputs import Record, Value
from lawmodel.inquiry.decider import decider
from lawmodel.law_files import case_files
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.ask.interview import Interview
from lawmodel.verbs.ask.open_answer import OpenAnswer


def hidden(rulebook: Rulebook, case: Case) -> Case:
    """The case without what an interview asks for."""
    kept = {
        path: value
        for path, value in case.facts.items()
        if path == rulebook.law_date or rulebook.facts[path].left_out != "unknown"
    }
    return Case(facts=kept)


def interviewed(rulebook: Rulebook, case: Case, question: str, waits: list[float]) -> int:
    """The questions about facts until nothing that is known of the case can change the answer."""
    values = value_case(rulebook, case).valuation.values
    interview = Interview(rulebook, question, hidden(rulebook, case))
    facts = 0
    while True:
        start = time.perf_counter()
        asking = interview.next()
        waits.append(time.perf_counter() - start)
        if asking is None:
            return facts
        facts += asking.reading is None
        value: Value = None
        if asking.records is not None and asking.fact is not None:
            listed = values[asking.records]
            assert isinstance(listed, tuple)
            value = listed[asking.number - 1][asking.fact.id]
        elif asking.reading is None:
            value = values[asking.key]
        if isinstance(value, tuple):
            value = len(value)
        if value is None:
            interview.do_not_know()
        else:
            interview.give(value)


def told(rulebook: Rulebook, case: Case, question: str) -> Iterator[Case]:
    """What is known after each fact that is asked for in the order of the files."""
    values = value_case(rulebook, case).valuation.values
    occurring = decider(rulebook, question).comparisons.occurring
    known = hidden(rulebook, case)
    for path, fact in rulebook.facts.items():
        if path not in occurring or (path in known.facts and fact.type != "records") or fact.left_out != "unknown":
            continue
        value = values[path]
        if not isinstance(value, tuple):
            known = replace(known, facts={**known.facts, path: value})
            yield known
            continue
        records: list[Record] = [{one.id: None for one in fact.of} for _ in value]
        known = replace(known, facts={**known.facts, path: tuple(records)})
        yield known
        for number, record in enumerate(value):
            for field, given in record.items():
                records[number] = {**records[number], field: given}
                known = replace(known, facts={**known.facts, path: tuple(records)})
                yield known


def in_file_order(rulebook: Rulebook, case: Case, question: str) -> tuple[int, int]:
    """The questions until the answer is certain, and all there are."""
    made = decider(rulebook, question)
    steps = [hidden(rulebook, case), *told(rulebook, case, question)]
    for number, known in enumerate(steps):
        if len(OpenAnswer(made, value_case(rulebook, known).valuation).possible) == 1:
            return number, len(steps) - 1
    return len(steps) - 1, len(steps) - 1


def main() -> None:
    """Count, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rulebook = load_rulebook(ROOT / "rules")
    counts: dict[str, list[tuple[int, int, int]]] = {}
    waits: list[float] = []
    for file in case_files([ROOT / "scenarios"]):
        for case in load_cases(rulebook, file):
            for question in case.asked() or tuple(rulebook.questions):
                stopping, every = in_file_order(rulebook, case, question)
                if every:
                    found = interviewed(rulebook, case, question, waits), stopping, every
                    counts.setdefault(question, []).append(found)
    rows = {name: [statistics.mean(column) for column in zip(*found, strict=True)] for name, found in counts.items()}
    everything = [one for found in counts.values() for one in found]
    rows["all"] = [statistics.mean(column) for column in zip(*everything, strict=True)]
    if options.json:
        print(json.dumps({"means": rows, "longest_wait": max(waits), "median_wait": statistics.median(waits)}))
        return
    print("| question | interviews | asked | in file order, stopping | in file order, all |\n" + "| --- " * 5 + "|")
    for name, means in rows.items():
        number = len(everything if name == "all" else counts[name])
        print(f"| {name} | {number} | {means[0]:.1f} | {means[1]:.1f} | {means[2]:.1f} |")
    print(f"\nWait for a question: median {statistics.median(waits) * 1e3:.1f} ms, longest {max(waits) * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
