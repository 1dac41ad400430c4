"""Receipts of answers, with what further engines say of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

from lawmodel.answer.answer import Answer
from lawmodel.answer.receipt import DerivedAgain, EngineCheck, Receipt, SolvedAgain, dated, receipt_of
from lawmodel.inputs import Valuation, field_key
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decide import answer_to
from lawmodel.reasoning.formula import ResolvedQuestion
from lawmodel.reasoning.open_cases.completions import Completions
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.solving.solver import Solver, SolverGaveUp, solver_version

FORWARD_CHAINING: Literal["forward chaining"] = "forward chaining"
SOLVER: Literal["z3"] = "z3"


def checked_receipt(ask: Ask, on: datetime.date | None = None) -> Receipt:
    """The receipt of the answer to what is asked, which further engines have checked.

    ``on`` is the day of the law that was asked for. Raises what `decide` raises, and ValueError where no file holds the
    rulebook. It takes some tenths of a second: z3 has to be loaded.
    """
    ask = ask.of_case(dated(ask.rulebook, ask.case, ask.on))
    answer = answer_to(ask)
    return receipt_of(answer, on, tuple(engine_checks(ask, answer)))


def engine_checks(ask: Ask, answer: Answer) -> Iterator[EngineCheck]:
    """What the engines of this installation say of an answer; nothing of one that is missing or has given up."""
    if FORWARD_CHAINING in answer.engines:
        yield DerivedAgain(FORWARD_CHAINING, True)  # otherwise there would be no answer
    try:
        yield from _solved(ask, answer)
    except SolverGaveUp:
        return


def _solved(ask: Ask, answer: Answer) -> tuple[SolvedAgain, ...]:
    """Whether another outcome can be, and whether each that is said to be possible can: the solver works out both anew.

    It is told the whole question and every value of the case; nothing is put in before, as evaluation does.
    """
    question, valuation = ask.decider().question, ask.valued().valuation
    residual = Residual(question, valuation, _given(question, valuation))
    completions = Completions(residual)
    encoding = completions.encoding
    given = (
        f"(assert {encoding.has_value(key, value, '')})"
        for key, value in residual.pinned.items()
        if key in encoding.variables
    )
    solver = Solver("\n".join([completions.text(""), *given]))

    def can_be(outcome: str) -> bool:
        return outcome in completions.outcomes and solver.can_hold([completions.literal(outcome)])

    others = [one for one in completions.outcomes if one not in answer.possible]
    version, bounds = solver_version(), dict(sorted(encoding.slots.items()))
    another, each = any(map(can_be, others)), all(map(can_be, answer.possible))
    return (
        SolvedAgain(SOLVER, version, "another outcome", _verdict(another), bounds),
        SolvedAgain(SOLVER, version, "each possible outcome", _verdict(each), bounds),
    )


def _verdict(can_be: bool) -> Literal["sat", "unsat"]:
    return "sat" if can_be else "unsat"


def _given(question: ResolvedQuestion, valuation: Valuation) -> list[str]:
    """The keys of all single inputs that have a value, fields of listed records among them."""
    found: list[str] = []
    for key, value in valuation.values.items():
        if isinstance(value, tuple):
            for number, record in enumerate(value, start=1):
                found += [field_key(key, number, name) for name, one in record.items() if one is not None]
        elif value is not None and question.domains[key].kind != "records":
            found.append(key)
    return found
