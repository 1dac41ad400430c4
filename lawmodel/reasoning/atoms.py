"""The comparisons that conditions are made of."""

from __future__ import annotations

from collections.abc import Iterable

from lawmodel.reasoning.formula import All, Any, Atom, Choose, Formula, Not, OneOf, Ordered, Same, SomeRecord


def atoms_of(conditions: Iterable[Formula]) -> list[Atom]:
    """The comparisons of facts in conditions of one residual, each object once; readings are none."""
    found: dict[int, Atom] = {}
    seen: set[int] = set()
    waiting = list(conditions)
    while waiting:
        formula = waiting.pop()
        if id(formula) in seen:
            continue
        seen.add(id(formula))
        match formula:
            case OneOf() | Same() | Ordered():
                found[id(formula)] = formula
            case All(parts) | Any(parts):
                waiting += parts
            case Not(part) | SomeRecord(_, part):
                waiting.append(part)
            case Choose(_, branches):
                waiting += [part for _, part in branches]
    return list(found.values())
