"""The simplest case of which a formula is true, by the law in force and the readings taken by default."""

from __future__ import annotations

from lawmodel.case.case import Case
from lawmodel.case.valuation import value_case
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.searching.found import Found, SideAnswer
from lawmodel.inquiry.searching.found_case import facts_of, open_valuation, preferences, settled, trimmed
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import Formula
from lawmodel.reasoning.solving.self_composition import Copy, Product
from lawmodel.rulebook.model import Rulebook

SHOWN = "shown"


def shown_case(rulebook: Rulebook, question: str, formula: Formula) -> Found | None:
    """The case, with nothing in it that it does not need; None is a proof that there is none.

    Readings without a default are open, and stay as the case that was found needs them.
    """
    made = decider(rulebook, question)
    space = Product([Copy(made.question, settled(rulebook, {}, None), {SHOWN: formula})], open_valuation(rulebook))
    values = space.simplest([space.stated(0, SHOWN)], list(preferences(rulebook, space.encoding.variables)))
    if values is None:
        return None
    readings = {
        name: str(value) for key, value in values.items() if (name := key.partition(":")[2]) in rulebook.readings
    }
    holds = meaning(formula)
    outcome = made.evaluation.outcome

    def serves(case: Case) -> bool:
        try:
            known = value_case(rulebook, case, readings).valuation.values
        except ProblemsFound:
            return False
        return holds(known, NO_RECORD) is True and outcome(known) is not None

    case = Case(facts=facts_of(rulebook, values), presume=True, questions=(question,))
    case = trimmed(case, {rulebook.law_date}, serves) if serves(case) else case
    answer = decide(rulebook, case, question, readings=readings, forward_chaining=False)
    return Found(rulebook, question, case, readings, (SideAnswer("", readings, None, None, answer),))
