"""The truth of one condition in all completions of what a case leaves open.

Strong Kleene logic may leave a condition open although every completion agrees on it. Here it is open only if two of
them differ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lawmodel.reasoning.evaluation import NO_RECORD, Truth, meaning
from lawmodel.reasoning.formula import TRUE, Formula, ResolvedQuestion, Rule, Valuation
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers

_HOLDS: Final = "holds"
_FAILS: Final = "fails"


def exact_truth(question: ResolvedQuestion, formula: Formula, valuation: Valuation) -> Truth:
    """Whether a condition holds in every consistent completion, in none, or in some (None).

    ``question`` is one that it belongs to: its inputs and the orders of its days are what is completed.
    """
    truth = meaning(formula)(valuation.values, NO_RECORD)
    if truth is not None:
        return truth
    asked = replace(question, outcomes=(_HOLDS, _FAILS), rules=(Rule("", formula, ((_HOLDS, TRUE),)),))
    possible = CertainAnswers(asked, valuation).possible()
    return None if len(possible) > 1 else possible == (_HOLDS,)
