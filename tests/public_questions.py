"""Everything that the library can be asked, to be asked in any order, from any thread, of any process.

Run as a program (``FOLDER ORDER THREADS CALLS``) it first asks from so many threads at once, each in an order of its
own, then once from one, and prints as JSON every answer that there was to each question, with who got it.
"""

from __future__ import annotations

import datetime
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any, TypeAlias

import lawmodel
from lawmodel.law_files import scenarios_folder
from tests.inquiry.ferry import TELLINGS, ferry

Questions: TypeAlias = Mapping[str, Callable[[], Any]]
"""What is asked by a name, with what asks it and gives the answer as plain data."""
Answers: TypeAlias = dict[str, dict[str, str]]
"""By question every answer that there was, with who got it first."""

CASES = """
facts: {crossing: {made: 2022-05-01}, traveller: {armed: unknown, drunk: no}, passes: unknown}
variants:
  - {id: armed, facts: {traveller: {armed: yes}, passes: [{from: 2020-01-01}]}}
  - {id: rich, facts: {traveller: {armed: no}, cargo: {value: unknown}, passes: [{from: unknown, to: unknown}]}}
"""
PROPERTY = """
properties:
  - id: arms-delay
    question: crossing
    says: whoever is armed is delayed
    given: {traveller.armed: yes}
    claims: {never: [free]}
    holds: no
    because: the law of the day may have no such provision yet
"""


def of_the_ferry(folder: Path) -> dict[str, Callable[[], Any]]:
    """Questions about an invented law, quick to be answered."""
    law = ferry(folder, TELLINGS, PROPERTY)
    (folder / "cases.yaml").write_text(CASES, encoding="utf-8")
    cases = lawmodel.load_cases(law, folder / "cases.yaml")
    asked: dict[str, Callable[[], Any]] = {
        "load_rulebook": lambda: lawmodel.load_rulebook(*sorted(folder.glob("ferry-*.yaml"))).digest,
        "load_cases": lambda: [repr(one) for one in lawmodel.load_cases(law, folder / "cases.yaml")],
        "find": lambda: [one.to_json() for one in lawmodel.find(law, "crossing", _two_days())],
        "prove": lambda: lawmodel.prove(law, law.properties["arms-delay"]).to_json(),
        "case_model": lambda: lawmodel.case_model(law).model_json_schema(),
        "near": lambda: _drawn(law),
    }
    for case in cases:
        asked |= {f"{name} {case.name}": ask for name, ask in _about(law, case, "crossing", "free").items()}
    return asked


def of_the_law_supplied() -> dict[str, Callable[[], Any]]:
    """Questions about large law, some of them for the solver."""
    law = lawmodel.load_rulebook()
    several = _case(law, "extradition/02-naturalised-meanwhile.yaml", "serving-too")
    open_list = _case(law, "exactness/service-list-unknown.yaml", "private-charge")
    either = _case(law, "extradition/28-foreign-or-stateless.yaml", "citizenships-not-known")
    return {
        "change several days": lambda: lawmodel.change(law, several, "extradition", "may_grant").to_json(),
        "decide open list": lambda: lawmodel.decide(law, open_list, "extradition").to_json(),
        "decide either way": lambda: lawmodel.decide(law, either, "extradition").to_json(),
        "why_not open list": lambda: lawmodel.why_not(law, open_list, "extradition", "may_grant").to_json(),
    }


def _case(law: lawmodel.Rulebook, file: str, variant: str) -> lawmodel.Case:
    cases = lawmodel.load_cases(law, scenarios_folder() / file)
    return next(one for one in cases if one.name.endswith(f"#{variant}"))


def _about(law: lawmodel.Rulebook, case: lawmodel.Case, question: str, outcome: str) -> dict[str, Callable[[], Any]]:
    asked = (law, case, question)
    reading = {"severity": "strict"}
    return {
        "decide": lambda: lawmodel.decide(*asked).to_json(),
        "decide told": lambda: lawmodel.decide(*asked, told_by="gazette", readings={"toll": "unknown"}).to_json(),
        "turns_on": lambda: lawmodel.turns_on(*asked).to_json(),
        "whatif": lambda: lawmodel.whatif(*asked, reading).to_json(),
        "change": lambda: lawmodel.change(*asked, outcome).to_json(),
        "why": lambda: lawmodel.why(*asked).to_json(),
        "why_not": lambda: lawmodel.why_not(*asked, outcome).to_json(),
        "compare_readings": lambda: lawmodel.compare_readings(*asked).to_json(),
        "compare_dates": lambda: lawmodel.compare_dates(*asked).to_json(),
        "compare_stages": lambda: lawmodel.compare_stages(*asked).to_json(),
        "group_tellings": lambda: lawmodel.group_tellings(*asked).to_json(),
        "interview": lambda: list(_interviewed(*asked)),
    }


def _two_days() -> list[lawmodel.View]:
    days = (datetime.date(2020, 6, 1), datetime.date(2021, 6, 1))
    return [lawmodel.View(str(day), on=day) for day in days]


def _interviewed(law: lawmodel.Rulebook, case: lawmodel.Case, question: str) -> Iterator[Any]:
    interview = lawmodel.Interview(law, question, case)
    while (asking := interview.next()) is not None:
        yield asking.name, interview.possible()
        if comes_to := interview.if_so():
            interview.give(comes_to[-1].values[0])
        else:
            interview.do_not_know()
    yield interview.possible()


def _drawn(law: lawmodel.Rulebook) -> list[str]:
    from hypothesis import given, settings

    from lawmodel.testing import near

    drawn: list[str] = []

    @settings(max_examples=5, derandomize=True, database=None, deadline=None)
    @given(near(law, "arms-1"))
    def draws(case: lawmodel.Case) -> None:
        drawn.append(repr(case))

    draws()
    return drawn


def every_question(folder: Path) -> dict[str, Callable[[], Any]]:
    """All questions; the files that they are about are written into a folder."""
    return {**of_the_ferry(folder), **of_the_law_supplied()}


def plain(answer: object) -> str:
    """An answer as text, to be compared with others."""
    return json.dumps(answer, default=str, ensure_ascii=False)


def in_some_order(questions: Questions, seed: int, calls: int) -> list[str]:
    """The names of so many questions; of as many as there are, each."""
    chance = random.Random(seed)  # noqa: S311 - reproducible chance
    names = [
        name for _ in range(-(-calls // len(questions))) for name in chance.sample(list(questions), len(questions))
    ]
    return names[:calls]


def from_threads(questions: Questions, seed: int, threads: int, calls: int) -> Answers:
    """Ask so often from each of some threads that begin together."""
    found: Answers = {name: {} for name in questions}
    start = Barrier(threads)

    def ask(number: int) -> None:
        order = in_some_order(questions, seed + number, calls)
        start.wait()
        for name in order:
            try:
                answer = plain(questions[name]())
            except Exception as error:
                answer = repr(error)
            found[name].setdefault(answer, f"thread {number}")

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(ask, range(threads)))
    return found


def from_one(questions: Questions, seed: int) -> Answers:
    """Ask each once, from this thread."""
    order = in_some_order(questions, seed, len(questions))
    return {name: {plain(questions[name]()): "alone"} for name in order}


if __name__ == "__main__":
    order, threads, calls = map(int, sys.argv[2:5])
    asked = every_question(Path(sys.argv[1]))
    together = from_threads(asked, order, threads, calls) if threads else {}
    alone = from_one(asked, order)
    found = {name: {**together.get(name, {}), **answers} for name, answers in alone.items()}
    assert sys.modules["z3.z3"]._main_ctx is None, "z3's context for the whole process was used"
    sys.stdout.write(json.dumps(found))
