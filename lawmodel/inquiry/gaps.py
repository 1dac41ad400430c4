"""Which gaps in what is known of the law could touch an answer, or a proof."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lawmodel.inputs import reading_key
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.evaluation import NO_RECORD, Supports, Values
from lawmodel.results.gap import TouchingGap
from lawmodel.rulebook.model import Gap


def touching_gaps(
    made: Decider, values: Values, supports: Supports, possible: Collection[str], readings: Collection[str]
) -> Iterator[TouchingGap]:
    """The gaps that could touch an answer with these outcomes, which rests on or turns on these ``readings``."""
    if not made.rulebook.gaps:
        return
    grounds = {rule for outcome in possible for rule, truth in supports.get(outcome, {}).items() if truth is not False}
    for name, gap in made.rulebook.gaps.items():
        if not touches(made, gap, grounds, readings, possible):
            continue
        if made.gap_conditions[name](values, NO_RECORD) is not False:
            yield TouchingGap.of(gap)


def touches(
    made: Decider, gap: Gap, provisions: Collection[str], readings: Collection[str], possible: Collection[str]
) -> bool:
    """Whether a gap is about what is asked: the question itself, or a provision, reading or instrument behind it."""
    of_outcome = not gap.outcomes or not set(possible).isdisjoint(gap.outcomes)
    return (
        (made.question.id in gap.questions and of_outcome)
        or not set(provisions).isdisjoint(gap.provisions)
        or not set(readings).isdisjoint(gap.readings)
        or not set(made.laws).isdisjoint(gap.instruments)
    )


def gaps_of_question(made: Decider) -> tuple[TouchingGap, ...]:
    """The gaps that could touch some answer to a question, and so what is proved of all of them."""
    provisions = [rule.id for rule in made.question.rules]
    bearing = [name for name in made.rulebook.readings if reading_key(name) in made.comparisons.occurring]
    outcomes = made.question.outcomes
    found = (gap for gap in made.rulebook.gaps.values() if touches(made, gap, provisions, bearing, outcomes))
    return tuple(map(TouchingGap.of, found))


def texts_of_question(made: Decider) -> tuple[str, ...]:
    """The instruments, by their ids as sources, against which a question is answered: those that its rules cite."""
    rulebook = made.rulebook
    cited = [one for rule in made.question.rules for one in rulebook.provisions[rule.id].sources]
    cited += [one for name in made.laws for one in rulebook.instruments[name].sources]
    named = {one.id for one in cited if rulebook.sources[one.id].kind == "instrument"}
    return tuple(name for name in rulebook.sources if name in named)
