"""Why an outcome is certain although no single step is: the cases distinguished, each with what then holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from lawmodel.answer.answer import Distinction
from lawmodel.case.valuation import Valued
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.explain import Explainer
from lawmodel.reasoning.formula import Formula
from lawmodel.reasoning.suppositions import Suppositions
from lawmodel.reasoning.trace import Trace
from lawmodel.words.traces import in_sentences

if TYPE_CHECKING:
    from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
    from lawmodel.reasoning.open_cases.distinction import Distinction as Cases

Assumed = Mapping[tuple[Formula, int], bool]


def distinguish(decider: Decider, valued: Valued, exact: CertainAnswers) -> Distinction | None:
    """The cases in words; None where none has to be distinguished."""
    found = _in_words(decider, valued, exact.distinction(), {})
    if found is None or found.if_so is None:
        return None
    return _telling_apart(found)


def _in_words(decider: Decider, valued: Valued, cases: Cases | None, assumed: Assumed) -> Distinction | None:
    """Cases that consistency rules out are left out."""
    from lawmodel.reasoning.open_cases.distinction import SettledCase

    if cases is None:
        return None
    explainer = Explainer(decider.rulebook, decider.stage, valued.valuation, assumed=assumed)
    if isinstance(cases, SettledCase):
        rules = [rule for rule in decider.question.rules if rule.id in cases.rules]
        traces = [in_sentences(decider.rulebook, explainer.rule(rule)) for rule in rules]
        because = tuple(dict.fromkeys(says for trace in traces for says in _outermost(trace)))
        return Distinction("", outcome=cases.outcome, grounds=cases.rules, because=because)
    key = (cases.condition, cases.record or 0)
    so = _in_words(decider, valued, cases.if_true, {**assumed, key: True})
    otherwise = _in_words(decider, valued, cases.if_false, {**assumed, key: False})
    if so is None or otherwise is None:
        return so or otherwise
    concept = decider.concepts.get(cases.condition)
    if concept is not None:
        return Distinction(decider.rulebook.concepts[concept].yes, so, otherwise)
    suppositions = Suppositions(decider.rulebook, valued.valuation.values)
    return Distinction(suppositions.supposition(cases.condition, cases.record), so, otherwise)


def _outermost(step: Trace) -> list[str]:
    """The concepts that hold, in words, outermost first."""
    if not step.truth:
        return []
    here = [step.says] if step.kind == "concept" else []
    return here + [says for child in step.children for says in _outermost(child)]


def _telling_apart(distinction: Distinction) -> Distinction:
    """What holds in a case and not in the one beside it; of that the outermost is enough."""
    so, otherwise = distinction.if_so, distinction.if_not
    if so is None or otherwise is None:
        return distinction
    return replace(distinction, if_so=_beside(so, otherwise), if_not=_beside(otherwise, so))


def _beside(distinction: Distinction, other: Distinction) -> Distinction:
    if distinction.if_so is not None:
        return _telling_apart(distinction)
    shared = set.intersection(*(set(leaf.because) for leaf in other.leaves()))
    return replace(distinction, because=tuple([says for says in distinction.because if says not in shared][:1]))
