"""Provisions explained in sentences, on the case and under the readings of what is asked."""

from __future__ import annotations

from collections.abc import Iterable

from lawmodel.case.valuation import Valued
from lawmodel.inquiry.ask import Ask
from lawmodel.reasoning.explain import Explainer
from lawmodel.reasoning.formula import Rule
from lawmodel.reasoning.trace import Trace
from lawmodel.words.traces import in_sentences


def explained(ask: Ask, valued: Valued, rules: Iterable[Rule]) -> tuple[Trace, ...]:
    """The steps of some provisions of a question, down to the facts; linear in what the provisions say written out."""
    explainer = Explainer(ask.rulebook, ask.stage, valued.valuation, valued.defaults, ask.told, chosen_by=ask.chosen_by)
    return tuple(in_sentences(ask.rulebook, explainer.rule(rule)) for rule in rules)
