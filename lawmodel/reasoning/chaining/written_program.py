"""The production rules of a question as the engine reads them, with what their facts stand for: plain data.

To make it takes longer than to run it, and it depends on the question and the numbers of records alone, so that it can
be kept. What makes it is in `lawmodel.reasoning.chaining.writing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.formula import Atom

Expression: TypeAlias = int
"""What may be derived, by its number."""
ALWAYS: Final[Expression] = 0
NEVER: Final[Expression] = 1

Fact: TypeAlias = int
"""What may hold in the engine, by a number from 1."""


class TooManyRules(Exception):
    """The rules would be more than can be made, or run, in reasonable time; says so in words."""


@dataclass(frozen=True, slots=True)
class SignedExpressions:
    """What to look for in what was derived, to read a truth off."""

    holds: Expression
    fails: Expression


@dataclass(frozen=True, slots=True)
class WrittenRuleset:
    """Rules that run together in the engine."""

    text: str
    """As it reads them; each is called by its number."""
    facts: Mapping[Expression, Fact]
    """By what some rule uses, the fact that stands for it."""
    derives: tuple[tuple[Expression, Fact | None], ...]
    """What each rule derives, and the fact that it then is for others."""


@dataclass(frozen=True, slots=True)
class WrittenComparison:
    """A comparison that is tested before the rules run, and what holds where it is found true, or false."""

    atom: Atom
    record: tuple[str, int] | None
    """Of which record it is, by its list and its number from 0; None where it reads no field."""
    holds: Mapping[bool, Expression]


@dataclass(frozen=True, slots=True)
class WrittenProgram:
    """All that is needed to run the rules of a question on cases with given numbers of records."""

    applies: Mapping[str, SignedExpressions]
    """Of each provision, that it applies."""
    concludes: Mapping[str, tuple[tuple[str, SignedExpressions], ...]]
    """Of each provision the outcomes for which it can speak, with the further condition under which it does."""
    rulesets: tuple[WrittenRuleset, ...]
    comparisons: tuple[WrittenComparison, ...]
    other_options: tuple[tuple[str, str, Expression], ...]
    """What holds where a reading, by its key, is known and has another option than this one."""
    labels: Mapping[Expression, str]
    """What is derived, in words."""
