"""Each use of the day of the law in a question by itself: what it is compared with, and by which law.

Every use is given a day of its own, an input with a key of its own. So it can be asked what the answer would be if,
from one day to the next, one law had changed and another had not, or one period of a case had begun.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Literal, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.formula import (
    LAW_DATE,
    Domain,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    Ordered,
    ResolvedQuestion,
    Spaced,
    Term,
    children,
    rebuild,
)
from lawmodel.reasoning.rewrite import with_conditions


@dataclass(frozen=True, slots=True)
class Use:
    """What the day of the law is compared with."""

    kind: Literal["law", "fact", "day"]
    """The dates of an instrument; a fact or a field of a record; another day that the law names."""
    id: str
    """The instrument; the path; what the day is called, or the number of the day."""
    value: int | None = None
    """Of a day that the law names: that day."""

    @property
    def key(self) -> str:
        """The key of the input that stands for the day of the law in this use."""
        return f"{LAW_DATE} {self.kind} {self.id}"


def day_uses(question: ResolvedQuestion, moving: Collection[str]) -> tuple[ResolvedQuestion, tuple[Use, ...]]:
    """The question with a day for each use, and the uses; ``moving`` are the keys of inputs that are that day."""
    separate = _SeparateUses(frozenset(moving))

    rules = tuple(with_conditions(rule, lambda condition: separate.out(condition, None)) for rule in question.rules)
    domains = {**question.domains, **{use.key: Domain("date") for use in separate.uses}}
    return replace(question, rules=rules, domains=domains), tuple(separate.uses)


class _SeparateUses:
    def __init__(self, moving: frozenset[str]) -> None:
        self._moving = moving
        self._known: dict[tuple[int, str | None], Formula] = {}
        self._kept: list[Formula] = []
        self.uses: dict[Use, None] = {}

    def out(self, formula: Formula, law: str | None) -> Formula:
        """The formula with a day for each use; ``law`` is the instrument inside whose dates it stands."""
        place = (id(formula), law)
        if place not in self._known:
            self._known[place] = self._written(formula, law)
            self._kept.append(formula)  # so that its identity stays its own
        return self._known[place]

    def _written(self, formula: Formula, law: str | None) -> Formula:
        match formula:
            case Named("law", name, body):
                return Named("law", name, self.out(body, name))
            case Ordered(left, right) | Spaced(left, right):
                if self._is_moving(left) == self._is_moving(right):
                    return formula
                if self._is_moving(left):
                    return replace(formula, left=self._used_for(right, law))
                return replace(formula, right=self._used_for(left, law))
            case _:
                return rebuild(formula, [self.out(part, law) for part in children(formula)])

    def _is_moving(self, term: Term) -> bool:
        return isinstance(term, Input) and term.key in self._moving

    def _used_for(self, other: Term, law: str | None) -> Input:
        use = _use(other) if law is None else Use("law", law)
        self.uses[use] = None
        return Input(use.key)


def _use(other: Term) -> Use:
    match other:
        case Field(records, name):
            return Use("fact", f"{records}.{name}")
        case Input(key):
            return Use("fact", key)
        case Fixed(value, label):
            return Use("day", label or str(value), value)
        case _:
            assert_never(other)
