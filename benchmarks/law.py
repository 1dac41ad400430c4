"""How long the questions about the law itself take: properties proved, cases found, and the verbs as whole processes.

Run by hand: ``python benchmarks/law.py`` (``--json`` for plain data; ``--without VERB`` leaves out a slow one). The
peer of the functions is deciding one case, and of the processes bare Python, both in the same run.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lawmodel import View, Wanted, decide, find, load_cases, load_rulebook, prove

OTHER = ROOT / "examples/british-nationality"
PROCESSES: dict[str, list[str]] = {
    "find --differ reading combat": ["find", "--differ", "reading", "combat"],
    "find --differ telling, of two articles": [
        *("find", "--differ", "telling", "press-signed", "press-adopted", "--question", "extradition")
    ],
    "find, and there is none": ["find", "--outcome", "must_refuse", "--ground", "cpc-464-2-3"],
    "prove, all properties": ["prove"],
    "diff of 18 and 19 March 2026": ["diff", "date", "2026-03-18", "2026-03-19"],
    "lint": ["lint"],
    "lint, of the other rulebook": ["lint", str(OTHER / "rules"), "--scenarios", str(OTHER / "cases")],
    "cover": ["cover"],
    "mutate": ["mutate"],
}
START = "from lawmodel.commands.main import main; main()"
REPEATED = 3


def seconds_of(run: Callable[[], object]) -> float:
    """How long it takes once."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def process(arguments: list[str]) -> tuple[float, float]:
    """How long a process of Python takes, and how many seconds of the processor, those of its own processes as well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = seconds_of(lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=True))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure, and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--without", action="append", default=[])
    options = parser.parse_args()
    rulebook = load_rulebook(ROOT / "rules")
    case = load_cases(rulebook, ROOT / "scenarios/extradition/04-serving-cook.yaml")[0]
    decide(rulebook, case, "extradition")
    peer = statistics.median(seconds_of(lambda: decide(rulebook, case, "extradition")) for _ in range(20))
    proving = {one.id: seconds_of(partial(prove, rulebook, one)) for one in rulebook.properties.values()}
    sides = [View(option.id, {"combat": option.id}) for option in rulebook.readings["combat"].options]
    finding = seconds_of(lambda: next(find(rulebook, "extradition", sides)))
    none = seconds_of(lambda: list(find(rulebook, "extradition", [View("")], Wanted("must_refuse", ("cpc-464-2-3",)))))
    slowest = max(proving, key=lambda name: proving[name])
    inside = {
        f"prove, all {len(proving)} properties": sum(proving.values()),
        f"prove, the slowest: {slowest}": proving[slowest],
        "find, a case on which three options part": finding,
        "find, that there is none": none,
    }
    bare = _least(process(["-c", "pass"]) for _ in range(5))
    outside = {
        name: _least(process(["-c", START, *arguments]) for _ in range(REPEATED))
        for name, arguments in PROCESSES.items()
        if arguments[0] not in options.without
    }
    if options.json:
        print(json.dumps({"decide": peer, "inside": inside, "bare": bare, "outside": outside}))
        return
    print("| in one process | seconds | beside deciding one case |\n| --- | --- | --- |")
    for name, seconds in inside.items():
        print(f"| {name} | {seconds:.2f} | {seconds / peer:,.0f} |")
    print("\n| whole process | seconds | of the processor | beside bare Python |\n| --- | --- | --- | --- |")
    for name, (seconds, of_processor) in outside.items():
        print(f"| {name} | {seconds:.2f} | {of_processor:.2f} | {of_processor / bare[1]:,.0f} |")


def _least(measured: Iterable[tuple[float, float]]) -> tuple[float, float]:
    times, of_processor = zip(*measured, strict=True)
    return min(times), min(of_processor)


if __name__ == "__main__":
    main()
