"""A pool of formulas: equal ones are one object, so that they can be told apart by identity, and are worked on once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import assert_never

from lawmodel.reasoning.formula import (
    FALSE,
    TRUE,
    All,
    Any,
    AtLeast,
    Atom,
    Choose,
    Constant,
    Formula,
    Named,
    Not,
    OneOf,
    Ordered,
    Same,
    SomeRecord,
    Spaced,
)


class Pool:
    """Makes formulas such that equal ones are one object, and settled ones are constants."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Formula] = {}

    def _keep(self, key: Hashable, formula: Formula) -> Formula:
        return self._kept.setdefault(key, formula)

    def rebuild(self, formula: Formula, parts: Sequence[Formula]) -> Formula:
        """The one object for a formula with other immediate parts (of this pool); what these settle is a constant.

        Names fall away: a residual has none.
        """
        match formula:
            case All():
                return self.conjunction(parts)
            case Any():
                return self.disjunction(parts)
            case AtLeast(count, _):
                return self.at_least(count, parts)
            case Not():
                return self.negation(*parts)
            case SomeRecord(records, _, at_least):
                (part,) = parts
                return self.some(records, part, at_least)
            case Choose(reading, branches):
                return self.choice(reading, tuple((one, part) for (one, _), part in zip(branches, parts, strict=True)))
            case Named():
                (part,) = parts
                return part
            case Constant(value):
                return TRUE if value else FALSE
            case OneOf() | Same() | Ordered() | Spaced():
                return self.atom(formula)
            case _:
                assert_never(formula)

    def atom(self, atom: Atom) -> Formula:
        """The one object for an atom."""
        return self._keep(atom, atom)

    def some(self, records: str, such_that: Formula, at_least: int = 1) -> Formula:
        """The one object for a condition on an unknown list."""
        key = ("some", records, id(such_that), at_least)
        return self._keep(key, SomeRecord(records, such_that, at_least))

    def negation(self, part: Formula) -> Formula:
        """Not the part."""
        if isinstance(part, Constant):
            return FALSE if part.value else TRUE
        return part.part if isinstance(part, Not) else self._keep(("not", id(part)), Not(part))

    def conjunction(self, parts: Iterable[Formula]) -> Formula:
        """All of the parts."""
        return self._join(parts, TRUE, FALSE)

    def disjunction(self, parts: Iterable[Formula]) -> Formula:
        """Any of the parts."""
        return self._join(parts, FALSE, TRUE)

    def at_least(self, count: int, parts: Iterable[Formula]) -> Formula:
        """So many of the parts: what is settled is counted, and a count of one or of all is *any* or *all*."""
        kept: list[Formula] = []
        for part in parts:
            if not isinstance(part, Constant):
                kept.append(part)
            elif part.value:
                count -= 1
        if count <= 0:
            return TRUE
        if count > len(kept):
            return FALSE
        if count == 1:
            return self.disjunction(kept)
        if count == len(kept):
            return self.conjunction(kept)
        return self._keep(("at least", count, *sorted(map(id, kept))), AtLeast(count, tuple(kept)))

    def _join(self, parts: Iterable[Formula], neutral: Constant, settling: Constant) -> Formula:
        kept: dict[int, Formula] = {}
        for part in parts:
            if isinstance(part, Constant):
                if part.value == settling.value:
                    return settling
            else:
                kept[id(part)] = part
        if len(kept) < 2:
            return next(iter(kept.values()), neutral)
        joined = tuple(kept.values())
        return self._keep((neutral.value, *kept), All(joined) if neutral.value else Any(joined))

    def choice(self, reading: str, branches: tuple[tuple[str, Formula], ...]) -> Formula:
        """The branch of the option that an open reading has; a constant where all branches are that constant."""
        found = {branch.value if isinstance(branch, Constant) else None for _, branch in branches}
        if len(found) == 1 and (value := found.pop()) is not None:
            return TRUE if value else FALSE
        key = ("choice", reading, *((option, id(part)) for option, part in branches))
        return self._keep(key, Choose(reading, branches))
