"""How long "at least six of twelve" takes where nothing is known, beside clingo and beside trying all completions.

Run it by hand: pip install clingo, then ``python benchmarks/counting.py`` (``--json`` for plain data). The law is made
for it: one provision, which counts twelve facts, or the records of an unknown list. ``--written-out`` also decides the
same law with its 924 ways to choose six of twelve written out, as had to be done without counts. Seconds are those of
the processor, the least of some rounds: they say more than the clock on a machine that is shared.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import combinations, product
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import clingo

from lawmodel import decide, load_cases, load_rulebook, turns_on
from lawmodel.case.case import Case
from lawmodel.case.valuation import value_case
from lawmodel.inquiry.decider import decider
from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.export.export import as_answer_set_program

ROUNDS = 5
NAMES = [f"act.f{number}" for number in range(12)]
LAW = """
rulebook: {title: Six of twelve, law_date: act.day, stages: [{id: valid, says: valid}]}
sources: [{id: act, title: The Act, kind: instrument}]
facts:
  - {id: act.day, type: date, title: the day, phrase: "on {}", ask: When?}
FACTS
  - id: service
    type: records
    title: service
    each: period
    none: no service
    ask: Which?
    of: [{id: fought, type: yes/no, title: combat, yes: in combat, no: not in combat, ask: In combat?}]
questions:
  - {id: six, title: Six, asks: Are there six?, outcomes: [{id: held, says: yes, means: there are},
     {id: not_held, says: no, means: there are not}]}
provisions:
  - {id: act-1, question: six, title: One, citation: Act s. 1, text: Text., certainty: text, sources: [{id: act}],
     when: WHEN, concludes: held}
"""
FACT = "  - {id: %s, type: yes/no, title: it, yes: it holds, no: it does not, ask: It?}"
EACH = [f"{{{name}: yes}}" for name in NAMES]
COUNT = f"{{at_least: 6, of: [{', '.join(EACH)}]}}"
RECORDS = "{some: service, such_that: {fought: yes}, at_least: 6}"
WAYS = ",\n     ".join(f"{{all: [{', '.join(six)}]}}" for six in combinations(EACH, 6))
WRITTEN_OUT = f"{{any: [{WAYS}]}}"


def least(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The seconds of the processor, of the quickest of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return min(taken)


def by_clingo(program: str) -> dict[str, set[str]]:
    """The outcomes in some answer set, and those in all."""
    found: dict[str, set[str]] = {}
    for mode in ("brave", "cautious"):
        control = clingo.Control([f"--enum-mode={mode}", "0"])
        control.add("base", [], program)
        control.ground([("base", [])])
        with control.solve(yield_=True) as handle:
            for model in handle:
                found[mode] = {one.arguments[0].string for one in model.symbols(shown=True) if one.name == "outcome"}
    return found


def by_evaluation(rulebook: Rulebook, case: Case) -> set[str | None]:
    """The outcomes of all completions, one after the other."""
    values = dict(value_case(rulebook, case).valuation.values)
    evaluation = Evaluation(decider(rulebook, "six").question)
    return {
        evaluation.outcome({**values, **dict(zip(NAMES, chosen, strict=True))})
        for chosen in product((True, False), repeat=len(NAMES))
    }


def by_hand() -> tuple[set[bool], set[int]]:
    """The outcomes, and the facts that they turn on, by a function that knows this one law."""
    outcomes, turning = set(), set()
    for chosen in product((True, False), repeat=12):
        found = sum(chosen) >= 6
        outcomes.add(found)
        turning |= {place for place in range(12) if (sum(chosen) + (-1 if chosen[place] else 1) >= 6) != found}
    return outcomes, turning


def process(*arguments: str) -> float:
    """The seconds of the processor of a whole process and its children, of the quickest of some."""
    taken = []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--written-out", action="store_true")
    options = parser.parse_args()
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:

        def law(name: str, when: str) -> tuple[Rulebook, Case]:
            rules = Path(folder, name)
            rules.mkdir()
            (rules / "law.yaml").write_text(
                LAW.replace("FACTS", "\n".join(FACT % name for name in NAMES)).replace("WHEN", when), encoding="utf-8"
            )
            (rules.parent / "case.yaml").write_text("facts: {act: {day: 2026-11-29}}\n", encoding="utf-8")
            rulebook = load_rulebook(rules)
            return rulebook, load_cases(rulebook, rules.parent / "case.yaml")[0]

        rulebook, case = law("count", COUNT)
        assert set(decide(rulebook, case, "six").possible) == {"held", "not_held"}
        program = as_answer_set_program(rulebook, case, "six")
        assert by_clingo(program) == {"brave": {"held", "not_held"}, "cautious": set()}
        assert by_evaluation(rulebook, case) == {"held", "not_held"}
        assert by_hand() == ({True, False}, set(range(12)))

        def solver() -> None:
            rooms = (f"lawmodel.reasoning.open_cases.{room}.diagram_of" for room in ("completions", "certain_answers"))
            with ExitStack() as patched:
                for room in rooms:
                    patched.enter_context(patch(room, lambda *_: None))
                exact = CertainAnswers(decider(rulebook, "six").question, value_case(rulebook, case).valuation)
                assert len(exact.possible()) == 2
                assert len(exact.turns_on()) == 12

        seconds["`decide`: everything an answer says"] = least(lambda: decide(rulebook, case, "six"))
        seconds["`turns_on`, with the share of each fact"] = least(lambda: turns_on(rulebook, case, "six"))
        seconds["z3: what is possible, and what it turns on"] = least(solver)
        seconds["clingo on the export: what is possible, what is certain"] = least(lambda: by_clingo(program))
        seconds["all 4,096 completions by evaluation: what is possible"] = least(lambda: by_evaluation(rulebook, case))
        seconds[
            "all 4,096 completions by a function that knows this law alone: what is possible, and what it turns on"
        ] = least(by_hand)
        records, unknown = law("records", RECORDS)
        seconds["`decide`, at least six records of an unknown list"] = least(lambda: decide(records, unknown, "six"))
        exported = as_answer_set_program(records, unknown, "six")
        seconds["clingo on its export: what is possible, what is certain"] = least(lambda: by_clingo(exported))
        start = (sys.executable, "-c", "from lawmodel.commands.main import main; main()")
        seconds["whole process: `lawmodel decide`, of twelve facts"] = process(
            *start, "decide", f"{folder}/case.yaml", "--rules", f"{folder}/count"
        )
        seconds["whole process: bare Python"] = process(sys.executable, "-c", "")
        if options.written_out:
            long, open_case = law("long", WRITTEN_OUT)
            seconds["`decide`, of 924 ways written out"] = least(lambda: decide(long, open_case, "six"), 1)
    if options.json:
        print(json.dumps(seconds))
        return
    print("| six of twelve, nothing known | milliseconds of the processor |\n| --- | ---: |")
    for name, taken in seconds.items():
        print(f"| {name} | {taken * 1e3:,.1f} |")


if __name__ == "__main__":
    main()
