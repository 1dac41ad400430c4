"""What follows beside the outcome: what provisions bring, or follows from the outcome itself, with its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawmodel.answer.answer import Brought
from lawmodel.inputs import Valuation, Value
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.reasoning.following import supports_the_outcome
from lawmodel.reasoning.formula import FALSE, TRUE, Formula, Rule, all_of
from lawmodel.rulebook.model import Figure

BROUGHT, NOT_BROUGHT = "brought", "not-brought"


def consequences(
    decider: Decider, valuation: Valuation, possible: Sequence[str], grounds: Sequence[str] = ()
) -> Iterator[Brought]:
    """Every consequence that follows, or may, with the outcomes that are ``possible``, and ``grounds`` if it is one.

    It follows where its provision applies and, if the provision concludes anything, supports the outcome; where that is
    open: the outcome that the completion at hand has. Or it follows from the outcome, whatever that rests on.
    """
    yield from brought_by_provisions(decider, valuation, possible[0] if len(possible) == 1 else None)
    for one in decider.rulebook.questions[decider.question.id].consequences:
        follows = one.follows(possible)
        if follows is not False:
            found = _brought(decider, valuation, one.id, one.citation, follows is True)
            outcomes = tuple(name for name in possible if one.follows((name,)) is not False)
            yield replace(found, outcomes=outcomes, grounds=tuple(grounds))


def brought_by_provisions(decider: Decider, valuation: Valuation, outcome: str | None) -> Iterator[Brought]:
    """What provisions bring beside an outcome; None: beside whatever the completion at hand has."""
    for rule in decider.question.rules:
        for name, condition in rule.brings:
            decides: Formula = TRUE
            if rule.concludes and outcome is not None:
                decides = dict(rule.concludes).get(outcome, FALSE)
            elif rule.concludes:
                decides = supports_the_outcome(decider.question, rule)
            possible = _possible(decider, valuation, rule.id, all_of(rule.applies, condition, decides))
            if BROUGHT in possible:
                citation = decider.rulebook.provisions[rule.id].citation
                found = _brought(decider, valuation, name, citation, possible == (BROUGHT,))
                yield replace(found, provision=rule.id)


def _possible(decider: Decider, valuation: Valuation, rule: str, formula: Formula) -> tuple[str, ...]:
    """Whether a formula holds in every completion, in some, or in none: asked as a question of its own."""
    asked = replace(decider.question, outcomes=(BROUGHT, NOT_BROUGHT), rules=(Rule(rule, formula, ((BROUGHT, TRUE),)),))
    return decider.possible(valuation, Evaluation(asked))


def _brought(decider: Decider, valuation: Valuation, name: str, citation: str, certain: bool) -> Brought:
    consequence = decider.rulebook.consequences[name]
    return Brought(
        id=name,
        provision=None,
        says=consequence.says,
        figures=tuple(_figure(figure, valuation) for figure in consequence.figures),
        certainty=consequence.certainty,
        sources=consequence.sources,
        citation=citation,
        certain=certain,
    )


def _figure(figure: Figure, valuation: Valuation) -> dict[str, str | int | None]:
    return {
        "kind": figure.kind,
        "from": _bound(figure.from_, valuation),
        "to": _bound(figure.to, valuation),
        "unit": figure.unit,
    }


def _bound(bound: str | None, valuation: Valuation) -> str | int | None:
    if bound is None or bound.isdigit():
        return None if bound is None else int(bound)
    value: Value = valuation.values[bound]
    return value if isinstance(value, int) else "unknown"
