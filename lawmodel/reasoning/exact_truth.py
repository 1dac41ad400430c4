"""The truth of one condition in all completions of what a case leaves open.

Strong Kleene logic may leave a condition open although every completion agrees on it. Here it is open only if two of
them differ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lawmodel.reasoning.diagram import Diagram
from lawmodel.reasoning.evaluation import NO_RECORD, Truth, meaning
from lawmodel.reasoning.formula import TRUE, Formula, ResolvedQuestion, Rule, Valuation
from lawmodel.reasoning.residual import Residual
from lawmodel.reasoning.situations import TooManySituations
from lawmodel.reasoning.spelled_out import spelled_out

_HOLDS: Final = "holds"
_FAILS: Final = "fails"


def exact_truth(question: ResolvedQuestion, formula: Formula, valuation: Valuation) -> Truth:
    """Whether a condition holds in every consistent completion, in none, or in some (None).

    ``question`` is one that it belongs to: its inputs and the orders of its days are what is completed. Diagrams
    answer; z3 is asked only where there are too many situations for them.
    """
    truth = meaning(formula)(valuation.values, NO_RECORD)
    if truth is not None:
        return truth
    asked = replace(question, outcomes=(_HOLDS, _FAILS), rules=(Rule("", formula, ((_HOLDS, TRUE),)),))
    try:
        reached = set(Diagram(spelled_out(Residual(asked, valuation))).reached())
    except TooManySituations:
        from lawmodel.reasoning.exactness import Exact

        reached = set(Exact(asked, valuation).possible())
    return None if len(reached) > 1 else reached == {_HOLDS}
