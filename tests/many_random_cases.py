"""Many random cases of random laws that count and measure time: the machine against two readings that share none of it.

Each law is read from its YAML. On each case the exact answer (which outcomes are possible, and on what they turn) is
that of all completions, and the outcome of each completion is what the YAML says, read off it by `tests.plain_reading`.

    python -m tests.many_random_cases SEED LAWS CASES_OF_EACH
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from lawmodel.case.case import Case
from lawmodel.case.valuation import value_case
from lawmodel.case.values import decode_text
from lawmodel.inputs import FIRST_DAY, LAST_DAY, Scalar, Value, is_calendar_day
from lawmodel.inquiry.decider import decider
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.formula import Domain, Ordered, ResolvedQuestion, Spaced, constants, distinct
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.reasoning.spaced_days import days_apart
from lawmodel.rulebook.model import Rulebook
from tests.plain_reading import PlainReading
from tests.random_rulebooks import OUTCOMES, QUESTION, READINGS, RandomLaw, as_yaml, random_laws, values_of
from tests.reasoning.brute_force import BruteForce, TooManyCompletions
from tests.reasoning.random_questions import window

BOUNDS = ("at_least:", "at_most:", "exactly:")
MOST_COMPLETIONS = 2000
MOST_READ = 12
"""So many completions of a case are read off the YAML; which, is chosen at random."""


def laws(number: int, count: int) -> list[RandomLaw]:
    """So many laws that count conditions or records and measure time, the same for the same seed."""
    found: list[RandomLaw] = []

    @seed(number)
    @settings(
        max_examples=4 * count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(random_laws(room=1))
    def keep(law: RandomLaw) -> None:
        text = as_yaml({name: law.sections[name] for name in ("concepts", "conclusions", "provisions")})
        counts = any(f"{bound}" in text and "of:" in text for bound in BOUNDS)
        if counts and (" after " in text or " before " in text) and len(found) < count:
            found.append(law)

    keep()
    return found


def random_case(chance: Random, law: RandomLaw, rulebook: Rulebook) -> Case:
    """A case of which one to three facts are open."""
    spots: list[tuple[str, int | None, dict[str, Any]]] = []
    for fact in law.sections["facts"]:
        if fact["type"] != "records":
            spots.append((fact["id"], None, fact))
        else:
            spots += [(fact["id"], at, field) for at in range(chance.randrange(3)) for field in fact["of"]]
    open_spots = chance.sample(range(len(spots)), chance.choice([0, 1, 1, 2, 2, 3]))
    facts: dict[str, Value] = {"visits": None if chance.random() < 0.05 else ()}
    visits: dict[int, dict[str, Any]] = {}
    for number, (path, at, fact) in enumerate(spots):
        text = "unknown" if number in open_spots else chance.choice(values_of(fact))
        value = decode_text(rulebook, rulebook.fact(path if at is None else f"{path}.{fact['id']}"), text)
        if at is None:
            facts[path] = value
        else:
            visits.setdefault(at, {})[fact["id"]] = value
    if visits and facts["visits"] is not None:
        facts["visits"] = tuple(visits.values())
    readings = {name: chance.choice([*options, *options, "unknown"]) for name, options in READINGS.items()}
    return Case(facts=facts, readings=readings)


def window_of(question: ResolvedQuestion) -> Callable[[Domain], list[Scalar]]:
    """Values enough to meet every kind: also days around each that the law names, and so long from there as it says."""
    orders = [one for rule in question.rules for one in distinct([rule.applies, *(each for _, each in rule.concludes)])]
    named = {day for one in orders if isinstance(one, Ordered) and one.of_days for day in constants(one)}
    spans = {one.spans for one in orders if isinstance(one, Spaced)}
    days = {day for day in named if is_calendar_day(day) and isinstance(day, int)}
    apart = {other for day in days for other in days_apart(day, spans)}
    near = {day + step for day in days | apart for step in (-1, 0, 1)}
    near |= {FIRST_DAY + step for step in range(3)} | {LAST_DAY - step for step in range(3)}  # spans lead beyond them

    def values(domain: Domain) -> list[Scalar]:
        return window(domain) if domain.kind != "date" else list(dict.fromkeys([*window(domain), *sorted(near)]))

    return values


def compare(number: int, count: int, cases: int) -> Counter[str]:
    """Compare on so many cases of so many laws; how many there were of each kind.

    Raises AssertionError where they are not alike, with the seed, the law and the case.
    """
    told: Counter[str] = Counter()
    for place, law in enumerate(laws(number, count)):
        rulebook, chance = law.rulebook(), Random(f"{number} {place}")  # noqa: S311 - the same each time
        question = decider(rulebook, QUESTION).question
        values, told["laws"] = window_of(question), told["laws"] + 1
        while told["cases"] < told["laws"] * cases:
            case = random_case(chance, law, rulebook)
            where = number, place, told["cases"]
            try:
                valuation = value_case(rulebook, case).valuation
                truth = BruteForce(question, valuation, MOST_COMPLETIONS, values)
            except ProblemsFound:
                told["passed over: days in no order"] += 1
                continue
            except TooManyCompletions:
                told["passed over: too many completions"] += 1
                continue
            if not truth.completions:
                told["passed over: days in no order"] += 1
                continue
            exact = CertainAnswers(question, valuation)
            assert exact.possible() == truth.possible(), where
            assert {*exact.turns_on()} == {*truth.turns_on()}, where
            for each in chance.sample(truth.completions, min(len(truth.completions), MOST_READ)):
                assert each.outcome == PlainReading(law, each.values).outcome(), where
                told["completions read"] += 1
            told["cases"] += 1
            told["open cases"] += len(truth.completions) > 1
            told["answers that depend"] += len(truth.possible()) > 1
            told[f"outcome {truth.possible()[0]}"] += truth.possible()[0] in OUTCOMES
    return told


if __name__ == "__main__":
    for name, found in sorted(compare(*map(int, sys.argv[1:4])).items()):
        sys.stdout.write(f"{name}: {found:,}\n")
