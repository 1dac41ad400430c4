"""Production rules: each expression over signed literals as few rules as an engine can hold.

A rule has *clauses*: it fires when some literal of every clause is there. Any expression can be brought into
this form, by distributing "or" over "and", but the form may grow. Where it would become too big, a part of the
expression is derived by rules of its own first, and stands in the clauses by its number like a literal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import prod
from typing import Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.chaining.signed_literals import Both, Either, SignedLiterals
from lawmodel.reasoning.chaining.written_program import ALWAYS, NEVER, Expression, TooManyRules

MOST_STEPS: Final = 300_000
"""So many clauses are put together to make the rules of a question."""
MOST_RULES: Final = 10_000
"""So many rules are run on a case."""

Clause: TypeAlias = frozenset[Expression]
Form: TypeAlias = tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How big a rule may be."""

    clauses: int = 12
    """The most clauses of a rule."""
    matches: int = 48
    """The most ways in which a rule may match at once: the product of the lengths of its clauses."""

    def allows(self, form: Form) -> bool:
        """Whether the form may be a rule."""
        return len(form) <= self.clauses and prod(len(clause) for clause in form) <= self.matches


@dataclass(frozen=True, slots=True)
class Production:
    """A rule: where some expression of every clause is there, ``derives`` is."""

    derives: Expression
    clauses: tuple[tuple[Expression, ...], ...]


class ProductionRules:
    """Collects the rules that derive the expressions asked for."""

    def __init__(self, literals: SignedLiterals, size: Size | None = None) -> None:
        self._literals = literals
        self._size = size or Size()
        self._forms: dict[Expression, Form] = {}
        self._derived: set[Expression] = set()
        self.steps = 0
        self.rules: list[Production] = []
        """The rules; one that derives something stands before those that use it."""

    def derive(self, expression: Expression) -> None:
        """See to it that rules derive the expression; literals and constants need none."""
        if expression in self._derived or expression in (ALWAYS, NEVER):
            return
        self._derived.add(expression)
        match self._literals.shape(expression):
            case Either(parts):
                forms = self._packed([self._form(part) for part in parts])
            case Both():
                forms = [self._form(expression)]
            case _:
                return
        if len(self.rules) + len(forms) > MOST_RULES:
            raise TooManyRules(f"it would take more than {MOST_RULES:,} rules")
        self.rules.extend(Production(expression, tuple(tuple(sorted(clause)) for clause in form)) for form in forms)

    def _packed(self, alternatives: Sequence[Form]) -> list[Form]:
        """Alternatives as few rules: as long as one rule can hold several of them, it does."""
        packed: list[Form] = []
        for form in sorted(alternatives, key=_weight):
            merged = self._either([packed[-1], form]) if packed else None
            if merged is None:
                packed.append(form)
            else:
                packed[-1] = merged
        return packed

    def _form(self, expression: Expression) -> Form:
        if expression not in self._forms:
            match self._literals.shape(expression):
                case Both(parts):
                    form = self._fitting(parts, self._both, self._literals.both)
                case Either(parts):
                    form = self._fitting(parts, self._either, self._literals.either)
                case _:
                    form = _literal(expression)
            self._forms[expression] = form
        return self._forms[expression]

    def _fitting(
        self,
        parts: Sequence[Expression],
        combine: Callable[[Sequence[Form]], Form | None],
        group: Callable[[Iterable[Expression]], Expression],
    ) -> Form:
        """The combination of the parts; the heaviest parts are derived apart until it fits."""
        parts = list(parts)
        forms = [self._form(part) for part in parts]
        while (whole := combine(forms)) is None:
            self._count_steps(len(parts))
            heaviest = max(range(len(parts)), key=lambda number: _weight(forms[number]))
            if forms[heaviest] == _literal(parts[heaviest]):
                half = (len(parts) + 1) // 2  # nothing but literals, too many of them: one half is derived apart
                parts = [group(parts[:half]), *parts[half:]]
                forms = [(), *forms[half:]]
                heaviest = 0
            self.derive(parts[heaviest])
            forms[heaviest] = _literal(parts[heaviest])
        return whole

    def _both(self, forms: Sequence[Form]) -> Form | None:
        self._count_steps(sum(map(len, forms)))
        whole = _without_weaker(clause for form in forms for clause in form)
        return whole if self._size.allows(whole) else None

    def _either(self, forms: Sequence[Form]) -> Form | None:
        whole: Form = (frozenset(),)
        for form in sorted(forms, key=_weight):
            self._count_steps(len(whole) * len(form))
            whole = _without_weaker(left | right for left in whole for right in form)
            if not self._size.allows(whole):
                return None
        return whole

    def _count_steps(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise TooManyRules(f"making its rules takes more than {MOST_STEPS:,} steps")


def _literal(expression: Expression) -> Form:
    return (frozenset({expression}),)


def _weight(form: Form) -> tuple[int, int]:
    return len(form), prod(len(clause) for clause in form)


def _without_weaker(clauses: Iterable[Clause]) -> Form:
    """The clauses without those that follow from a shorter one."""
    ordered = sorted(set(clauses), key=lambda one: (len(one), sorted(one)))
    if len(ordered) < 2 or not ordered[0]:
        return tuple(ordered[:1])
    kept: list[Clause] = []
    single: set[Expression] = set()
    longer: list[Clause] = []
    for clause in ordered:
        if len(clause) == 1:
            single |= clause
        elif single.isdisjoint(clause) and not any(other <= clause for other in longer):
            longer.append(clause)
        else:
            continue
        kept.append(clause)
    return tuple(kept)
