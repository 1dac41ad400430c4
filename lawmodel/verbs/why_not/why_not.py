"""Why another outcome is not reached: each path to it, and the smallest sets of what a case holds that exclude it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from lawmodel.answer.provisions import failing
from lawmodel.case.arguments import count_problems, outcome_problems, raise_problems
from lawmodel.case.case import Case
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.reasons.explained_case import ExplainedCase
from lawmodel.inquiry.reasons.instances_in_words import InstancesInWords
from lawmodel.inquiry.reasons.sufficient_reasons import MOST, reasons_for
from lawmodel.reasoning.evaluation import conjunction
from lawmodel.reasoning.explain import Explainer
from lawmodel.reasoning.formula import FALSE
from lawmodel.reasoning.trace import Trace
from lawmodel.results.changes import ChangeSet
from lawmodel.results.reasons import ReasonsFound
from lawmodel.results.why_not import Path, Status, WhyNot
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.steps import further
from lawmodel.words.traces import in_sentences


def why_not(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    outcome: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
    most: int = MOST,
    readings_too: bool = True,
) -> WhyNot:
    """What stands in the way of an outcome: the provisions that could speak for it, and what excludes it.

    What excludes it are the smallest sets of inputs that the case holds, such that no consistent completion that agrees
    with the case on them reaches it, whatever everything else is; but no more than so many. The readings are taken as
    they are, unless ``readings_too``. It raises what `decide` raises.
    """
    ask = Ask(rulebook, case, question, readings=readings, on=on, stage=stage)
    raise_problems(*outcome_problems(rulebook, question, outcome, "outcome"), *count_problems(most, "most"))
    held = ExplainedCase(ask, readings_too=readings_too)
    possible = held.possible
    status: Status = "excluded" if outcome not in possible else "answer" if len(possible) == 1 else "possible"
    found: ReasonsFound | None = None
    ways: tuple[ChangeSet, ...] = ()
    if status == "excluded":
        found = reasons_for(held, held.ways_to(outcome), most, None)
    elif status == "possible":
        ways = _ways(held, outcome, most)
    return WhyNot(
        rulebook=rulebook,
        case=held.case.name,
        title=held.case.title,
        question=question,
        outcome=outcome,
        possible=possible,
        law_date=None if held.valued.law_date is None else held.valued.law_date.isoformat(),
        stage=held.made.stage,
        status=status,
        paths=tuple(_paths(held, outcome)) if status == "excluded" else (),
        overriding=tuple(_overriding(held, outcome)) if status == "excluded" else (),
        found=found,
        ways=ways,
    )


def _ways(held: ExplainedCase, outcome: str, most: int) -> tuple[ChangeSet, ...]:
    found: list[ChangeSet] = []
    for one in InstancesInWords(held, outcome).without_changes():
        if len(found) == most:
            break
        found.append(one)
    return tuple(found)


def _paths(held: ExplainedCase, outcome: str) -> Iterator[Path]:
    """The provisions that could speak for an outcome, and how far each gets."""
    explainer = Explainer(held.rulebook, held.made.stage, held.valued.valuation, held.valued.defaults)
    for rule in held.made.question.rules:
        condition = dict(rule.concludes).get(outcome, FALSE)
        if condition == FALSE:
            continue
        step = in_sentences(held.rulebook, explainer.rule(rule))
        then = explainer.step(condition)
        speaks = conjunction((step.truth, then.truth))
        if step.truth is False:
            yield Path(rule.id, speaks, step.truth, step, failing(step))
        else:
            concluding = Trace("provision", then.truth, step.says, rule.id, further(step, outcome))
            yield Path(rule.id, speaks, step.truth, concluding, failing(concluding))


def _overriding(held: ExplainedCase, outcome: str) -> Iterator[tuple[str, str]]:
    """The provisions that speak for a stronger outcome in every completion of the case."""
    supports = held.made.evaluation.supports(held.valued.valuation.values)
    outcomes = held.made.question.outcomes
    for stronger in outcomes[: outcomes.index(outcome)]:
        for rule, truth in supports[stronger].items():
            if truth:
                yield rule, stronger
