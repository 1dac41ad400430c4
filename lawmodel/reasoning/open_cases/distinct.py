"""Formulas of a residual looked through, in which equal formulas are one object: each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawmodel.reasoning.formula import All, Any, Choose, Formula, Named, Not, SomeRecord


def distinct(formulas: Iterable[Formula]) -> Iterator[Formula]:
    """The formulas and everything in them, each object once."""
    seen: set[int] = set()
    waiting = list(formulas)
    while waiting:
        formula = waiting.pop()
        if id(formula) in seen:
            continue
        seen.add(id(formula))
        yield formula
        match formula:
            case All(parts) | Any(parts):
                waiting += parts
            case Not(part) | SomeRecord(_, part) | Named(_, _, part):
                waiting.append(part)
            case Choose(_, branches):
                waiting += [part for _, part in branches]
