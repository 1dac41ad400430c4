"""What a resolved question answers, rule by rule: quick where a few rules of it are changed, and the rest are not.

Evaluation is cautious (`lawmodel.reasoning.evaluation`): an answer that it leaves open is None here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
        known = {} if like is None else {id(rule): place for place, rule in enumerate(like.question.rules)}
        self._places = [known.get(id(rule)) for rule in question.rules]
        """Of each rule the place in ``like``, if it is taken from there."""
        self.rules: list[CompiledRule] = [
            CompiledRule(rule, question.outcomes) if like is None or place is None else like.rules[place]
            for rule, place in zip(question.rules, self._places, strict=True)
        ]

    def spoken(self, values: Mapping[str, Value]) -> list[Spoken]:
        """For each rule the outcomes for which it speaks, or may."""
        return [rule.spoken(values) for rule in self.rules]

    def spoken_again(self, values: Mapping[str, Value], before: Sequence[Spoken]) -> list[Spoken]:
        """The same, where it is known what the rules of the question say of which some were taken."""
        return [
            rule.spoken(values) if place is None else before[place]
            for rule, place in zip(self.rules, self._places, strict=True)
        ]

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


def consequences_of(question: ResolvedQuestion, like: CompiledQuestion | None = None) -> CompiledQuestion | None:
    """The question what follows beside the outcome, of which the grounds are the consequences.

    ``like`` is that of another question: of rules that are equal, those compiled there are taken.
    """
    asked = following(question)
    if asked is None:
        return None
    known = {} if like is None else {rule.id: rule for rule in like.question.rules}
    rules = tuple(known[rule.id] if rule == known.get(rule.id) else rule for rule in asked.rules)
    return CompiledQuestion(replace(asked, rules=rules), like)
