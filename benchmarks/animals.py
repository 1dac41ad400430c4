"""A small problem that is well known, solved by lawmodel and by its peers: durable-rules, and a function in Python.

Run by hand from the checkout: ``python benchmarks/animals.py``. It is the problem of `animals.yaml`, complete cases
only, since neither of the peers knows what is unknown. All must name the same animals before anything is measured.
Times are of the processor, for one case; the ratio is to the function written by hand, in the same run.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from durable import engine

from lawmodel.case.case import Case
from lawmodel.inquiry.decider import decider
from lawmodel.rulebook.load import load_rulebook

RULEBOOK = ROOT / "benchmarks" / "animals.yaml"
CASES = 400
ROUNDS = 15
LACKED = ("does.fly",)
"""What some rule wants not to be so."""
GENERAL: Mapping[str, Sequence[Sequence[str]]] = {
    "mammal": (["has.hair"], ["does.give_milk"]),
    "bird": (["has.feathers"], ["does.fly", "does.lay_eggs"]),
    "carnivore": (["does.eat_meat"], ["has.pointed_teeth", "has.claws", "has.forward_eyes"]),
    "ungulate": (["mammal", "has.hoofs"], ["mammal", "does.chew_cud"]),
}
NAMED: Mapping[str, Sequence[str]] = {
    "cheetah": ["mammal", "carnivore", "has.tawny_colour", "has.dark_spots"],
    "tiger": ["mammal", "carnivore", "has.tawny_colour", "has.black_stripes"],
    "giraffe": ["ungulate", "has.long_neck", "has.long_legs", "has.dark_spots"],
    "zebra": ["ungulate", "has.black_stripes"],
    "ostrich": ["bird", "not does.fly", "has.long_neck", "has.long_legs", "has.two_colours"],
    "penguin": ["bird", "not does.fly", "does.swim", "has.two_colours"],
    "albatross": ["bird", "does.fly_well"],
}


def by_hand(so: Mapping[str, bool]) -> list[str]:
    """The animals that fit, as a programmer would write it for one purpose."""
    found = []
    mammal = so["has.hair"] or so["does.give_milk"]
    bird = so["has.feathers"] or (so["does.fly"] and so["does.lay_eggs"])
    ungulate = mammal and (so["has.hoofs"] or so["does.chew_cud"])
    carnivore = so["does.eat_meat"] or (so["has.pointed_teeth"] and so["has.claws"] and so["has.forward_eyes"])
    if mammal and carnivore and so["has.tawny_colour"]:
        if so["has.dark_spots"]:
            found.append("cheetah")
        if so["has.black_stripes"]:
            found.append("tiger")
    if ungulate:
        if so["has.long_neck"] and so["has.long_legs"] and so["has.dark_spots"]:
            found.append("giraffe")
        if so["has.black_stripes"]:
            found.append("zebra")
    if bird:
        if not so["does.fly"] and so["has.two_colours"]:
            if so["has.long_neck"] and so["has.long_legs"]:
                found.append("ostrich")
            if so["does.swim"]:
                found.append("penguin")
        if so["does.fly_well"]:
            found.append("albatross")
    return found


class ByDurableRules:
    """The same rules for durable-rules, by its own calls: a fact for each thing that is so, and for each derived."""

    def __init__(self) -> None:
        self._found: set[str] = set()
        self._rules: dict[str, dict[str, Any]] = {"case": {"all": [{"m0": {"is": "case"}}], "run": lambda c: None}}
        for name, ways in GENERAL.items():
            for number, wanted in enumerate(ways):
                self._rule(f"{name}-{number}", wanted, name, derives=True)
        for name, wanted in NAMED.items():
            self._rule(name, wanted, name, derives=False)
        # Without the threads that a host starts for timers and stored messages, neither of which there are.
        self._host = type("Host", (engine.Host,), {"_run": lambda self: None})()
        self._host.set_rulesets({"animals": self._rules})

    def _rule(self, called: str, wanted: Sequence[str], name: str, *, derives: bool) -> None:
        def fires(closure: Any) -> None:
            if name not in self._found:
                self._found.add(name)
                if derives:
                    closure.assert_fact({"is": name})

        self._rules[called] = {"all": [{f"m{n}": {"is": one}} for n, one in enumerate(wanted)], "run": fires}

    def __call__(self, so: Mapping[str, bool]) -> list[str]:
        """The animals that fit."""
        self._found.clear()
        facts = [
            "case",
            *(name for name, is_so in so.items() if is_so),
            *(f"not {one}" for one in LACKED if not so[one]),
        ]
        self._host.assert_facts("animals", [{"is": fact} for fact in facts])
        self._host.delete_state("animals")
        return [name for name in NAMED if name in self._found]


def drawn() -> list[dict[str, bool]]:
    """Cases in which an animal fits about as often as not, the same in each run."""
    draw = random.Random(1)  # noqa: S311 - nothing secret
    names = sorted({one.removeprefix("not ") for ways in GENERAL.values() for way in ways for one in way} - {"mammal"})
    names += sorted({one for wanted in NAMED.values() for one in wanted if "." in one and " " not in one} - {*names})
    return [{name: draw.random() < 0.5 for name in names} for _ in range(CASES)]


def least(run: Callable[[Any], object], cases: Sequence[object]) -> float:
    """Seconds of the processor for one case, the least of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for case in cases:
            run(case)
        taken.append((time.process_time() - start) / len(cases))
    return min(taken)


def main() -> None:
    """Compare the answers, measure, and print a table."""
    made = decider(load_rulebook(RULEBOOK), "animal")
    by_durable_rules, cases = ByDurableRules(), drawn()
    as_cases = [Case(facts={**case, "day.seen": 739_000}) for case in cases]
    values = [made.value(case, None, None).valuation.values for case in as_cases]
    chaining = made.forward_chaining

    def ours(case: Mapping[str, Any]) -> list[str]:
        return [name for name, provisions in made.evaluation.supports(case).items() if provisions]

    for so, valued in zip(cases, values, strict=True):
        assert by_hand(so) == by_durable_rules(so) == ours(valued), so
    rows: list[tuple[str, float]] = [
        ("a function written by hand", least(by_hand, cases)),
        ("lawmodel: outcome and grounds, from values", least(made.evaluation.supports, values)),
        (
            "lawmodel: the same, from a case",
            least(lambda case: made.evaluation.supports(made.value(case, None, None).valuation.values), as_cases),
        ),
        ("durable-rules, by its own calls", least(by_durable_rules, cases)),
    ]
    if not isinstance(chaining, str):
        rows.append(("lawmodel: forward chaining, which cross-checks", least(chaining.supports, values)))
    print("| animals: 19 facts, 15 rules | µs a case | beside the function by hand |\n| --- | ---: | ---: |")
    for what, seconds in rows:
        print(f"| {what} | {seconds * 1e6:.1f} | {seconds / rows[0][1]:.1f} |")


if __name__ == "__main__":
    main()
