"""What is left of formulas when the truth of some of their comparisons is assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, assert_never

from lawmodel.reasoning.formula import (
    FALSE,
    TRUE,
    All,
    Any,
    AtLeast,
    Choose,
    Constant,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Same,
    SomeRecord,
    Spaced,
    children,
    reading_key,
)
from lawmodel.reasoning.open_cases.pool import Pool

Deciding: TypeAlias = tuple[tuple[str, Formula], ...]
"""The outcomes that are not excluded, strongest first, each with the condition of it; true for the last."""
Assumed: TypeAlias = Mapping[int, bool]
"""By the identity of a comparison in the pool: whether it is assumed to hold."""


def trimmed(deciding: Iterable[tuple[str, Formula]]) -> Deciding:
    """Without outcomes that are excluded, and without those weaker than one that is certain."""
    kept: list[tuple[str, Formula]] = []
    for outcome, condition in deciding:
        if condition is not FALSE:
            kept.append((outcome, condition))
        if condition is TRUE:
            break
    return tuple(kept)


def option_atom(pool: Pool, reading: str, option: str) -> Formula:
    """The comparison that says that a reading has an option."""
    return pool.atom(OneOf(Input(reading_key(reading)), frozenset({option})))


def under(
    pool: Pool,
    formula: Formula,
    assumed: Assumed,
    memory: dict[int, Formula],
    is_untouched: Callable[[Formula], bool] | None = None,
) -> Formula:
    """What is left of a formula of the pool; ``memory`` is kept between formulas under the same assumption.

    ``is_untouched`` may say of which formulas, and of which parts, nothing is assumed: these are not gone through.
    """
    if isinstance(formula, Constant):
        return formula
    known = memory.get(id(formula))
    if known is None:
        if is_untouched is not None and is_untouched(formula):
            return formula
        known = memory[id(formula)] = _left(pool, formula, assumed, memory, is_untouched)
    return known


def _left(
    pool: Pool,
    formula: Formula,
    assumed: Assumed,
    memory: dict[int, Formula],
    is_untouched: Callable[[Formula], bool] | None,
) -> Formula:
    match formula:
        case All() | Any() | AtLeast() | Not() | Named() | Constant():
            parts = [under(pool, part, assumed, memory, is_untouched) for part in children(formula)]
            return pool.rebuild(formula, parts)
        case Choose(reading, branches):
            truths = [assumed.get(id(option_atom(pool, reading, option))) for option, _ in branches]
            kept = [branch for branch, truth in zip(branches, truths, strict=True) if truth]
            kept = kept or [branch for branch, truth in zip(branches, truths, strict=True) if truth is None]
            left = tuple((option, under(pool, part, assumed, memory, is_untouched)) for option, part in kept)
            return left[0][1] if len(left) == 1 else pool.choice(reading, left)
        # A condition on an unknown list is assumed as a whole.
        case OneOf() | Same() | Ordered() | Spaced() | SomeRecord():
            truth = assumed.get(id(formula))
            return formula if truth is None else TRUE if truth else FALSE
        case _:
            assert_never(formula)
