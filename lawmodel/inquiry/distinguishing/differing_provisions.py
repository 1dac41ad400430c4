"""The provisions that come to something else on a case after something is otherwise: a fact, or the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from lawmodel.dataclass import dataclass
from lawmodel.inputs import Valuation
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.distinguishing.trace_difference import StepDifference, trace_difference
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import Formula, Rule, all_of
from lawmodel.reasoning.open_cases.exact_truth import exact_truth
from lawmodel.reasoning.trace import TRUTH_WORDS, Trace
from lawmodel.value_object import ValueObject
from lawmodel.words.steps import Holds


@dataclass(frozen=True, slots=True)
class Effect(ValueObject):
    """What a provision comes to, in all completions of what is left open."""

    applies: bool | None
    """None: in some completions it does, in others it does not."""
    speaks_for: Mapping[str, bool]
    """The outcomes for which it speaks in some completion, each with whether it does in all."""
    brings: Mapping[str, bool]
    """The consequences that it brings beside an outcome, likewise."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "applies": "does_apply",
        "speaks_for": "outcomes",
        "brings": "consequences",
    }

    @property
    def does_apply(self) -> Holds:
        """Whether it applies."""
        return TRUTH_WORDS[self.applies]

    @property
    def outcomes(self) -> Mapping[str, Holds]:
        """The outcomes for which it speaks, or may."""
        return _in_words(self.speaks_for)

    @property
    def consequences(self) -> Mapping[str, Holds]:
        """The consequences that it brings, or may."""
        return _in_words(self.brings)


def _in_words(reached: Mapping[str, bool]) -> dict[str, Holds]:
    return {name: TRUTH_WORDS[True if certain else None] for name, certain in reached.items()}


@dataclass(frozen=True, slots=True)
class DifferingProvision(ValueObject):
    """A provision that comes to something else, or to the same for other reasons."""

    id: str
    before: Effect
    after: Effect
    difference: StepDifference | None
    """Where its traces differ; None where only what follows from all of them together does."""

    @property
    def same_effect(self) -> bool:
        """Whether it comes to what it came to before, and only its reasons differ."""
        return self.before == self.after

    json_keys: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "same_effect": "same_effect",
        "before": "before",
        "after": "after",
        "difference": "difference",
    }


def effects(ask: Ask) -> dict[str, Effect]:
    """What each provision comes to, by id."""
    made, valuation = ask.decider(), ask.valued().valuation
    return {rule.id: _effect(made, rule, valuation) for rule in made.question.rules}


def _effect(made: Decider, rule: Rule, valuation: Valuation) -> Effect:
    """What a provision comes to on a case, whatever completes it."""
    applies = exact_truth(made.question, rule.applies, valuation)
    if applies is False:
        return Effect(applies=False, speaks_for={}, brings={})

    def reached(conditions: Iterable[tuple[str, Formula]]) -> dict[str, bool]:
        found: dict[str, bool] = {}
        for name, further in conditions:
            truth = meaning(further)(valuation.values, NO_RECORD)
            if truth is None:
                truth = exact_truth(made.question, all_of(rule.applies, further), valuation)
            elif truth:
                truth = applies
            if truth is not False:
                found[name] = truth is True
        return found

    return Effect(applies, reached(rule.concludes), reached(rule.brings))


def differing_provisions(
    was: Iterable[Trace], now: Iterable[Trace], before: Mapping[str, Effect], after: Mapping[str, Effect]
) -> Iterator[DifferingProvision]:
    """The provisions that differ, in the order of the traces, which is the same at every stage of the law."""
    for one, other in zip(was, now, strict=True):
        name = str(one.id)
        difference = trace_difference(one, other)
        if difference is not None or before[name] != after[name]:
            yield DifferingProvision(name, before[name], after[name], difference)
