"""What a resolved question answers, rule by rule: quick where a few rules of it are changed, and the rest are not.

Evaluation is cautious (`lawmodel.reasoning.evaluation`): an answer that it leaves open is None here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.inputs import Value
from lawmodel.reasoning.evaluation import NO_RECORD, Meaning, Truth, conjunction, meaning
from lawmodel.reasoning.following import following
from lawmodel.reasoning.formula import ResolvedQuestion, Rule

Level: TypeAlias = Literal["outcome", "grounds", "consequences"]
"""What of an answer changes."""
Spoken: TypeAlias = tuple[tuple[int, Truth], ...]
"""The outcomes for which a rule speaks, or may, by their places."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer without its explanation."""

    outcome: str | None
    """None where evaluation leaves it open."""
    grounds: tuple[str, ...] | None
    """None where evaluation leaves some of them open."""


class CompiledRule:
    """A rule as functions of the values of a case."""

    def __init__(self, rule: Rule, outcomes: Sequence[str]) -> None:
        self.id = rule.id
        self._applies = meaning(rule.applies)
        self._concludes: list[tuple[int, Meaning]] = [
            (outcomes.index(outcome), meaning(condition)) for outcome, condition in rule.concludes
        ]

    def spoken(self, values: Mapping[str, Value]) -> Spoken:
        """The outcomes for which the rule speaks, or may."""
        applies = self._applies(values, NO_RECORD)
        if applies is False:
            return ()
        found = []
        for place, condition in self._concludes:
            truth = conjunction((applies, condition(values, NO_RECORD)))
            if truth is not False:
                found.append((place, truth))
        return tuple(found)


class CompiledQuestion:
    """A question as functions of the values of a case, one for each rule."""

    def __init__(self, question: ResolvedQuestion, like: CompiledQuestion | None = None) -> None:
        """Compile a question; rules that are the same objects as those of ``like`` are taken from there."""
        self.question = question
        known: dict[int, CompiledRule] = {}
        if like is not None:
            known = {id(rule): made for rule, made in zip(like.question.rules, like.rules, strict=True)}
        self.rules: list[CompiledRule] = [
            known.get(id(rule)) or CompiledRule(rule, question.outcomes) for rule in question.rules
        ]

    def spoken(self, values: Mapping[str, Value]) -> list[Spoken]:
        """For each rule the outcomes for which it speaks, or may."""
        return [rule.spoken(values) for rule in self.rules]

    def spoken_again(
        self, values: Mapping[str, Value], like: CompiledQuestion, before: Sequence[Spoken]
    ) -> list[Spoken]:
        """The same, where it is known what the rules of another question say, of which some are rules of this one."""
        known = {id(rule): one for rule, one in zip(like.rules, before, strict=True)}
        return [known[id(rule)] if id(rule) in known else rule.spoken(values) for rule in self.rules]

    def said(self, spoken: Sequence[Spoken]) -> Said:
        """The answer to which the rules come together."""
        outcomes = self.question.outcomes
        last = len(outcomes) - 1
        strongest, settled = last, True
        for one in spoken:
            for place, truth in one:
                if place < strongest or (place == strongest < last and truth and not settled):
                    strongest, settled = place, truth is True
        if not settled:
            return Said(None, None)
        grounds: list[str] = []
        for rule, one in zip(self.rules, spoken, strict=True):
            for place, truth in one:
                if place == strongest:
                    if truth is None:
                        return Said(outcomes[strongest], None)
                    grounds.append(rule.id)
        return Said(outcomes[strongest], tuple(grounds))


def consequences_of(question: ResolvedQuestion) -> CompiledQuestion | None:
    """The question what follows beside the outcome, of which the grounds are the consequences."""
    asked = following(question)
    return None if asked is None else CompiledQuestion(asked)
