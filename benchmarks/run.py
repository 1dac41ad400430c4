"""Benchmarks: how fast an answer comes, each figure beside a peer measured in the same run.

Run by hand from the checkout: ``python benchmarks/run.py`` (``--json`` for plain data). The figures in
docs/performance.md are from such a run. Times are medians; ratios matter more than they do.
"""

from __future__ import annotations

import argparse
import compileall
import datetime
import gc
import itertools
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace  # noqa: TID251
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.handwritten import grounds as by_hand
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases, parse_cases
from lawmodel.case.valuation import value_case
from lawmodel.inputs import Valuation
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.reasoning.explain import Explainer
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

CASE = "scenarios/extradition/04-serving-cook.yaml"
OPEN = """
presume: ordinary
facts:
  person: {citizenships: [{state: KG, to: unknown}], former_residence: KG, protection: unknown,
           present_in_russia: unknown, consents: unknown}
  service: [{formation: unknown, basis: contract, signed: 2025-01-10, from: 2025-02-03, to: unknown, fought: unknown}]
  request: {received: 2026-04-01, state: KG, treaty: minsk_convention}
  decision: {made: 2026-05-12}
  offence: {crime_in_russia: unknown, committed_in_russia: unknown, private_prosecution: unknown}
"""


@dataclass(frozen=True)
class Figure:
    """One measurement beside its peer, in seconds."""

    what: str
    aim: float | None
    median: float
    peer: str
    peer_median: float

    def row(self) -> str:
        """A row of a Markdown table."""
        aim = "" if self.aim is None else _time(self.aim)
        ratio = self.median / self.peer_median if self.peer_median else float("nan")
        return f"| {self.what} | {aim} | {_time(self.median)} | {self.peer} | {_time(self.peer_median)} | {ratio:.2f} |"


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size * 0.9995 or unit == "µs":
            return f"{seconds / size:.3g} {unit}"
    return ""


def median_of(run: Callable[[], object], times: int, batch: int = 1) -> float:
    """The median time of one run, in seconds, over ``times`` batches."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        for _ in range(batch):
            run()
        taken.append((time.perf_counter() - start) / batch)
    return statistics.median(taken)


def process(*command: str) -> Callable[[], object]:
    """A whole process."""
    return lambda: subprocess.run([sys.executable, *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def first_answer() -> Iterator[Figure]:
    """From the start of the process to the first answer, with the byte code that an installation has."""
    compileall.compile_dir(ROOT / "lawmodel", quiet=1)
    start = "from lawmodel.commands.main import main; main()"
    bare = median_of(process("-c", "pass"), 15)
    for what, case in (
        ("whole process, complete case", CASE),
        ("whole process, open case (z3)", "scenarios/extradition/28-foreign-or-stateless.yaml"),
    ):
        taken = median_of(process("-c", start, "decide", case, "--variant", "base"), 15)
        yield Figure(what, 0.15, taken, "bare Python", bare)
    taken = median_of(process("-c", start, "decide", CASE, "--variant", "base"), 15)
    yield Figure(
        "whole process, complete case",
        0.15,
        taken,
        "importing pydantic alone",
        median_of(process("-c", "import pydantic.main"), 15),
    )


def complete_case(rulebook: Rulebook) -> Iterator[Figure]:
    """One complete case in a running process."""
    case = load_cases(rulebook, ROOT / CASE)[0]
    made = decider(rulebook, "extradition")
    valued = value_case(rulebook, case)
    values = valued.valuation.values
    day = datetime.date(2026, 4, 22).toordinal()
    outcome, grounds = by_hand(values, day)
    supports = made.evaluation.supports(values)
    if outcome != made.evaluation.outcome(values) or grounds != [
        name for name, truth in supports[outcome].items() if truth
    ]:
        raise SystemExit("the handwritten peer and the rulebook disagree")
    hand = median_of(lambda: by_hand(values, day), 30, 2000)
    yield Figure(
        "outcome and grounds",
        10e-6,
        median_of(lambda: made.evaluation.supports(values), 30, 200),
        "written by hand, no reasons",
        hand,
    )

    def explained() -> object:
        explainer = Explainer(rulebook, made.stage, valued.valuation, valued.defaults)
        return [explainer.rule(rule) for rule in made.question.rules]

    yield Figure("full trace", 200e-6, median_of(explained, 30, 20), "written by hand, no reasons", hand)
    chaining = made.forward_chaining
    if not isinstance(chaining, str):
        chained = median_of(lambda: chaining.supports(values), 30, 20)
        yield Figure(
            "forward chaining as well",
            2e-3,
            chained,
            "evaluation",
            median_of(lambda: made.evaluation.supports(values), 30, 200),
        )
    yield Figure(
        "decide: everything an answer says",
        2.5e-3,
        median_of(lambda: decide(rulebook, case, "extradition"), 15),
        "written by hand, no reasons",
        hand,
    )


def open_case(rulebook: Rulebook) -> Iterator[Figure]:
    """A case with ten facts and two readings open, exactly."""
    from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers

    case = parse_cases(rulebook, OPEN)[0]
    made = decider(rulebook, "extradition")
    valued = value_case(rulebook, case, {"combat": "unknown", "treaty-conflict": "unknown"})

    def exactly() -> object:
        exact = CertainAnswers(made.question, valued.valuation)
        return exact.possible(), exact.turns_on()

    found = CertainAnswers(made.question, valued.valuation).possible()
    enumerated = _enumerate(made, case, valued.valuation)
    if set(found) != enumerated:
        raise SystemExit(f"possible are {found}, by enumeration {enumerated}")
    peer = median_of(lambda: _enumerate(made, case, valued.valuation), 3)
    yield Figure(
        "ten facts, two readings open: possible and turns_on",
        20e-3,
        median_of(exactly, 15),
        "trying all completions (possible only)",
        peer,
    )


def _enumerate(made: Decider, case: Case, valuation: Valuation) -> set[str]:
    """Every outcome, by trying all values (days: one before, on and after each day that is compared)."""
    values = dict(valuation.values)
    citizenships, services = values["person.citizenships"], values["service"]
    assert isinstance(citizenships, tuple)
    assert isinstance(services, tuple)
    citizenship, service = citizenships[0], services[0]
    day = values["decision.made"]
    assert isinstance(day, int)
    spans = [day - 1, day, day + 1]
    flags = [
        "person.present_in_russia",
        "person.consents",
        "offence.crime_in_russia",
        "offence.committed_in_russia",
        "offence.private_prosecution",
    ]
    found: set[str] = set()
    for protection in made.question.domains["person.protection"].choices:
        for formation in (
            "armed_forces",
            "other_military_formation",
            "volunteer_formation",
            "private_military_company",
        ):
            for lost, left, fought, combat, treaty in itertools.product(
                spans, spans, (True, False), ("former-only", "everyone", "no-one"), ("code-prevails", "treaty-prevails")
            ):
                for truths in itertools.product((True, False), repeat=len(flags)):
                    values.update(zip(flags, truths, strict=True))
                    values["offence.crime_in_russia_at_act"] = values["offence.crime_in_russia"]
                    values["person.protection"] = protection
                    values["person.citizenships"] = ({**citizenship, "to": lost},)
                    values["service"] = ({**service, "formation": formation, "to": left, "fought": fought},)
                    values["reading:combat"], values["reading:treaty-conflict"] = combat, treaty
                    outcome = made.evaluation.outcome(values)
                    assert outcome is not None
                    found.add(outcome)
    return found


def memory(rulebook: Rulebook, cases: int) -> dict[str, int]:
    """The growth of memory over many cases in one process, in kilobytes, after the first tenth of them."""
    case = load_cases(rulebook, ROOT / CASE)[0]
    made = decider(rulebook, "extradition")
    chaining = made.forward_chaining
    before, first = 0, datetime.date(2026, 4, 22).toordinal()
    for number in range(cases):
        changed = replace(case, facts={**case.facts, "decision.made": first + number % 60})
        values = value_case(rulebook, changed).valuation.values
        made.evaluation.supports(values)
        if not isinstance(chaining, str):
            chaining.supports(values)
        if number == cases // 10:
            gc.collect()
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    gc.collect()
    return {"cases": cases, "grown_kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before}


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cases", type=int, default=100_000, help="cases for the memory figure")
    options = parser.parse_args()
    rulebook = load_rulebook(ROOT / "rules")
    figures = [*complete_case(rulebook), *open_case(rulebook), *first_answer()]
    grown = memory(rulebook, options.cases)
    if options.json:
        print(json.dumps({"figures": [vars(figure) for figure in figures], "memory": grown}))
        return
    print("| what | aim | median | peer | its median | ratio |\n| --- | --- | --- | --- | --- | --- |")
    for figure in figures:
        print(figure.row())
    print(
        f"\nMemory grown over {grown['cases']:,} cases (evaluation and forward chaining): "
        f"{grown['grown_kilobytes']:,} kB"
    )


if __name__ == "__main__":
    main()
