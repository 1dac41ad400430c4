"""The same question in OpenFisca, on the same columns in memory, in the same run; and the same answers.

Run it by hand: pip install openfisca-core, then python benchmarks/beside_openfisca.py [ROWS].

The question is flattened: its lists of records are empty, and OpenFisca is not told of them at all. Every named part of
the law is a variable of OpenFisca, and so is every provision, and whether it is a ground; choices and days are numbers.
Nothing is unknown, which OpenFisca could not express. Both start from encoded columns and end with the outcome and the
grounds of every case, as vectors; and lawmodel once more from columns of Arrow to numbered answers, as `batch` does.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

import lawmodel
from benchmarks.batch import run_of, table
from lawmodel.batch.rows.evaluated import Evaluated
from lawmodel.batch.rows.plan import Plan
from lawmodel.batch.rows.verdicts import settled
from lawmodel.batch.running.run import ROWS, Run
from lawmodel.batch.tables.columns import EPOCH
from lawmodel.inputs import NO_DAY
from lawmodel.reasoning.formula import (
    All,
    Choose,
    Constant,
    Fixed,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Same,
    SomeRecord,
)
from lawmodel.reasoning.formula import (
    Any as AnyOf,
)

PERSON = build_entity(key="person", plural="persons", label="A case", is_person=True)
ROUNDS = 3
Column = Callable[[Any, Any], Any]


class Encoded:
    """A plan as variables of OpenFisca."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.system = TaxBenefitSystem([PERSON])
        self.codes: dict[str, dict[Any, int]] = {}
        self._named: dict[int, str] = {}
        for path in plan.singles:
            fact = plan.asked.rulebook.facts[path]
            self._add(f"input_{path}", bool if fact.type == "yes/no" else int, None)
            if fact.type == "choice":
                self.codes[path] = {one: n for n, one in enumerate(plan.asked.rulebook.choices_of(fact))}
        for number, one in enumerate(plan.speaks):
            self._add(f"speaks_{number}", bool, self._column(one.condition))
        self._add("outcome", int, self._outcome)
        for number, one in enumerate(plan.speaks):
            self._add(f"ground_{number}", bool, _ground(number, one.outcome))

    def _add(self, name: str, kind: type, formula: Column | None) -> None:
        known: dict[str, Any] = {"value_type": kind, "entity": PERSON, "definition_period": DateUnit.YEAR}
        if formula is not None:

            def found(entity: Any, period: Any) -> Any:
                return formula(entity, period)

            known["formula"] = found
        self.system.add_variable(type(name, (Variable,), known))

    def _outcome(self, person: Any, period: Any) -> Any:
        last = len(self.plan.outcomes) - 1
        found = np.full(person.count, last)
        for outcome in range(last, -1, -1):
            for number, one in enumerate(self.plan.speaks):
                if one.outcome == outcome:
                    found = np.where(person(f"speaks_{number}", period), outcome, found)
        return found

    def _column(self, formula: Formula) -> Column:
        match formula:
            case Constant(value):
                return lambda person, period: np.full(person.count, value)
            case SomeRecord():
                return lambda person, period: np.zeros(person.count, dtype=np.bool_)
            case Named(_, _, body):
                if id(formula) not in self._named:
                    self._named[id(formula)] = f"named_{len(self._named)}"
                    self._add(self._named[id(formula)], bool, self._column(body))
                name = self._named[id(formula)]
                return lambda person, period: person(name, period)
            case Not(part):
                inner = self._column(part)
                return lambda person, period: ~inner(person, period)
            case All(parts) | AnyOf(parts):
                inners = [self._column(part) for part in parts]
                combine = np.logical_and if isinstance(formula, All) else np.logical_or

                def combined(person: Any, period: Any) -> Any:
                    found = inners[0](person, period)
                    for one in inners[1:]:
                        found = combine(found, one(person, period))
                    return found

                return combined
            case OneOf(Input(key), values):
                if key not in self.codes:
                    [only] = values
                    return lambda person, period: person(f"input_{key}", period) == only
                codes = [self.codes[key][value] for value in values]
                if len(codes) == 1:
                    return lambda person, period: person(f"input_{key}", period) == codes[0]
                return lambda person, period: np.isin(person(f"input_{key}", period), codes)
            case Ordered(left, right, strict, _):
                first, then = self._side(left), self._side(right)
                return lambda person, period: (np.less if strict else np.less_equal)(
                    first(person, period), then(person, period)
                )
            case Same(Input(left), Input(right)):
                return lambda person, period: person(f"input_{left}", period) == person(f"input_{right}", period)
            case Choose():
                raise SystemExit("a reading is open: choose one for each")
            case _:
                raise SystemExit(f"not to be flattened: {formula}")

    def _side(self, term: Any) -> Column:
        if isinstance(term, Fixed):
            if term.value == NO_DAY:
                raise SystemExit("a day that never is")
            return lambda person, period: term.value
        return lambda person, period: person(f"input_{term.key}", period)

    def columns(self, path: Path) -> dict[str, Any]:
        """The columns of the table as OpenFisca holds them."""
        found = {}
        for name, column in zip(self.plan.singles, pq.read_table(path, columns=list(self.plan.singles)), strict=True):
            fact = self.plan.asked.rulebook.facts[name]
            match fact.type:
                case "choice":
                    coded = column.combine_chunks().dictionary_encode()
                    table = np.array([self.codes[name][text] for text in coded.dictionary.to_pylist()], dtype=np.int32)
                    found[name] = table[np.asarray(coded.indices)]
                case "date":
                    found[name] = np.asarray(column.cast("int32")) + np.int32(EPOCH)
                case "yes/no":
                    found[name] = np.asarray(column)
                case _:
                    found[name] = np.asarray(column).astype(np.int32)
        return found

    def answered(self, columns: dict[str, Any]) -> tuple[Any, list[Any]]:
        """Outcome and grounds of every case."""
        count = len(next(iter(columns.values())))
        simulation = SimulationBuilder().build_default_simulation(self.system, count)
        for path, values in columns.items():
            simulation.set_input(f"input_{path}", "2026", values)
        outcome = simulation.calculate("outcome", "2026")
        return outcome, [simulation.calculate(f"ground_{n}", "2026") for n in range(len(self.plan.speaks))]


def _ground(number: int, outcome: int) -> Column:
    return lambda person, period: person(f"speaks_{number}", period) & (person("outcome", period) == outcome)


def compare(run: Run, found: list[Any], outcome: Any, grounds: list[Any]) -> None:
    """Stop where the two engines differ."""
    [way] = run.ways
    numbers = np.concatenate([one.answers[0] for one in found])
    for number, answer in enumerate(way.answers.every):
        here = numbers == number
        assert (outcome[here] == way.plan.outcomes.index(str(answer.outcome))).all(), answer
        for speaks, ground in zip(way.plan.speaks, grounds, strict=True):
            said = speaks.rule in answer.grounds and way.plan.outcomes[speaks.outcome] == answer.outcome
            assert (ground[here] == said).all(), (answer, speaks.rule)


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """The least seconds that some work takes in several rounds, and what it comes to."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - began)
    return min(taken), found


def main() -> None:
    """Both engines, the best of some rounds, and the ratio."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    rulebook = lawmodel.load_rulebook()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cases.parquet")
        pq.write_table(table(rulebook, rows, records=False), path)
        run = run_of(rulebook, path)
        [way] = run.ways
        slices = list(run.source.slices(run.wanted(), ROWS))
        blocks = [run.block(one) for one in slices]
        encoded = Encoded(way.plan)
        columns = encoded.columns(path)
        theirs, (outcome, grounds) = best(lambda: encoded.answered(columns))
        vectors, _ = best(lambda: [settled(way.plan, Evaluated(one)) for one in blocks])
        numbers, found = best(lambda: [run.decide(one) for one in slices])
        compare(run, found, outcome, grounds)
    print(f"{rows:,} cases, {len(columns)} columns, {len(grounds)} provisions; the same answers")
    variables = len(encoded.system.variables)
    for what, seconds in (
        (f"OpenFisca, {variables} variables", theirs),
        ("lawmodel, outcome and grounds as vectors", vectors),
        ("lawmodel, from columns of Arrow to numbered answers", numbers),
    ):
        print(f"{what:52} {rows / seconds / 1e6:7.2f} M cases/s   {theirs / seconds:5.1f} times OpenFisca")


if __name__ == "__main__":
    main()
