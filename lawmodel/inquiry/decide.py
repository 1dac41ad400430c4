"""Deciding a case: the outcome, its grounds, what it turns on, what it rests on, and why."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lawmodel.answer.answer import Answer, Distinction, Ground
from lawmodel.case.case import Case
from lawmodel.case.valuation import Valued
from lawmodel.inputs import Valuation, reading_key
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.consequences import consequences
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.explained import explained
from lawmodel.inquiry.gaps import texts_of_question, touching_gaps
from lawmodel.inquiry.grounds import certain_grounds
from lawmodel.inquiry.otherwise import Otherwise
from lawmodel.inquiry.sensitivity import in_order, rests_on, uncertain_dates
from lawmodel.inquiry.varied_case import VariedCase
from lawmodel.reasoning.engine_record import engines_recorded
from lawmodel.reasoning.evaluation import Supports
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import Rulebook

if TYPE_CHECKING:
    from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers


class EnginesDisagree(RuntimeError):
    """Two engines give different answers: a defect of this program, never an answer."""


def decide(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
    told_by: str | None = None,
    forward_chaining: bool = True,
) -> Answer:
    """The answer to a question on a case.

    ``readings`` chooses options (``unknown`` leaves a reading open); ``on`` picks the law of a day, ``stage`` counts
    every bill that had got so far as law; ``told_by`` takes both as a source tells them, where they are not given.
    What none of them chooses is as the case itself says.
    Raises `ProblemsFound` for whatever is wrong with what is given: a name that there is not, a value that is none,
    days that contradict each other; and `EnginesDisagree` where this program is defective.
    """
    ask = Ask(rulebook, case, question, readings=readings, on=on, stage=stage, told_by=told_by)
    return answer_to(ask, forward_chaining=forward_chaining)


def answer_to(ask: Ask, *, forward_chaining: bool = True) -> Answer:
    """The answer to what is asked; raises what `decide` raises for the days of a case."""
    made, valued = ask.decider(), ask.valued()
    valuation = valued.valuation
    engines = ["evaluation"]
    supports = made.evaluation.supports(valuation.values)
    without = _cross_check(made, valuation, supports, engines) if forward_chaining else None
    soft = [*(reading_key(name) for name in valued.defaults), *valued.presumed]
    outcome = made.evaluation.strongest(supports)
    exact: CertainAnswers | None = None
    turns_on: tuple[tuple[str, ...], ...] = ()
    with engines_recorded() as taken:
        if outcome is not None:
            possible: tuple[str, ...] = (outcome,)
            resting = rests_on(VariedCase(made, valuation, supports), soft, outcome)
        else:
            exact = made.exact(valuation, soft)
            possible = exact.possible()
            if len(possible) == 1:
                outcome = possible[0]
            else:
                turns_on = tuple(tuple(in_order(made, group)) for group in exact.turns_on())
            resting = exact.rests_on()
        grounds, distinction = _why(ask, made, valued, outcome, supports, exact)
        doubtful = tuple(uncertain_dates(made, valuation, valued.law_date, possible))
        weighed = [*(name for group in turns_on for name in group), *in_order(made, resting)]
        missing = tuple(touching_gaps(made, valuation.values, supports, possible, weighed))
        following = tuple(consequences(made, valuation, possible, [ground.id for ground in grounds]))
    engines += sorted(taken)
    return Answer(
        header=ask.header(valued, tuple(engines)),
        status="determined" if outcome is not None else "depends",
        outcome=outcome,
        possible=possible,
        grounds=grounds,
        consequences=following,
        turns_on=turns_on,
        rests_on=tuple(in_order(made, resting)),
        presumed=valued.presumed,
        distinction=distinction,
        uncertain_dates=doubtful,
        remarks=ask.remarks(valued, determined=outcome is not None),
        gaps=missing,
        against=texts_of_question(made) if outcome == made.question.outcomes[-1] else (),
        without=without,
        works_out=Otherwise(ask, valued, possible, supports, exact.known() if exact else ()),
    )


def _cross_check(made: Decider, valuation: Valuation, supports: Supports, engines: list[str]) -> str | None:
    """Run forward chaining beside evaluation; why it could not run, where it could not."""
    chaining = made.forward_chaining
    if isinstance(chaining, str):
        return chaining
    from lawmodel.reasoning.chaining.written_program import TooManyRules

    try:
        derived = chaining.supports(valuation.values)
    except TooManyRules as refused:
        return str(refused)
    engines.append("forward chaining")
    if derived != supports:
        raise EnginesDisagree(
            f"on the question {made.question.id} evaluation finds {supports} and forward chaining {derived}: "
            "this is a defect of the program, so there is no answer; please report the case"
        )
    return None


def _why(
    ask: Ask, made: Decider, valued: Valued, outcome: str | None, supports: Supports, exact: CertainAnswers | None
) -> tuple[tuple[Ground, ...], Distinction | None]:
    """The grounds of an outcome, and the cases that are distinguished where no single provision is certain."""
    if outcome is None:
        return (), None
    if exact is None:
        certain = certain_grounds(made, valued.valuation, outcome, supports[outcome])
        return _grounds(ask, made, valued, certain), None
    from lawmodel.inquiry.distinction import distinguish

    certain = tuple(rule.id for rule in made.question.rules if exact.certain(rule.id, outcome))
    distinction = distinguish(made, valued, exact)
    if certain or outcome == made.question.outcomes[-1]:
        return _grounds(ask, made, valued, certain), distinction
    between = [] if distinction is None else [name for leaf in distinction.leaves() for name in leaf.grounds]
    grounds = _grounds(ask, made, valued, between, in_every_case=False)
    return grounds, distinction


def _grounds(
    ask: Ask, made: Decider, valued: Valued, names: Sequence[str], *, in_every_case: bool = True
) -> tuple[Ground, ...]:
    rules = {rule.id: rule for rule in made.question.rules}
    steps = explained(ask, valued, (rules[name] for name in dict.fromkeys(names)))
    return tuple(_ground(made, step, in_every_case) for step in steps)


def _ground(made: Decider, step: Trace, in_every_case: bool = True) -> Ground:
    provision = made.rulebook.provisions[str(step.id)]
    law = next(
        (one for one in step.walk() if one.kind == "law" and one.truth is not False and "date" in one.notes), None
    )
    sources = [made.rulebook.sources[one.id] for one in provision.sources]
    limbs = tuple(str(one.id) for one in step.walk() if one.kind == "concept" and "citation" in one.notes and one.truth)
    return Ground(
        id=provision.id,
        citation=provision.citation,
        title=provision.title,
        certainty=provision.certainty,
        version=None if law is None else law.says,
        date_certainty=None if law is None else law.notes["date_certainty"],
        sources=provision.sources,
        in_every_case=in_every_case,
        limbs=tuple(dict.fromkeys(limbs)),
        in_force=None if law is None else str(law.notes["date"]),
        words=provision.words,
        addresses={one.id: one.address for one in sources if one.address is not None},
        seen={one.id: one.seen for one in sources if one.seen is not None},
    )
