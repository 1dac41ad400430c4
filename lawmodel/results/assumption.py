"""What an answer assumes, and what it would be otherwise; what it depends on, and what each possibility leads to."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from lawmodel.dataclass import dataclass

AssumptionKind: TypeAlias = Literal["reading", "presumed", "left out", "date"]
"""How the value came to be assumed: the default of a contested reading; the ordinary value of a fact that the case
leaves out; what leaving a fact out means by the rulebook; a computed or disputed date of an instrument."""


@dataclass(frozen=True, slots=True)
class OpenInput:
    """A fact or reading that is open."""

    input: str
    says: str
    """What it is, in few words."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other values of an input, and the answer with each of them, everything else as it is."""

    values: tuple[Any, ...]
    """Options, values as in a case file, or spans with ``from`` and ``to``."""
    says: str
    """What would be so, in words."""
    possible: tuple[str, ...]
    """The outcomes that are then possible, strongest first."""
    answer: str
    """The answer then, in words."""
    depends_on: tuple[OpenInput, ...] = ()
    """Where several are possible: the open inputs on which it then depends."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something taken to be so of which another value would change the answer."""

    input: str
    """A reading, a fact, or the instrument whose date it is."""
    kind: AssumptionKind
    value: Any
    """The option, the value as in a case file, or the date."""
    says: str
    """What is taken to be so, in words."""
    otherwise: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Settling:
    """Something that the case states of which another value would settle an answer that is open."""

    input: str
    value: Any
    """As in a case file."""
    says: str
    """What the case states, in words."""
    otherwise: tuple[Alternative, ...]
    """The values with which one outcome is certain."""


@dataclass(frozen=True, slots=True)
class PendingLaw:
    """A bill that is not law on the day of the law, and that would change the answer if it were."""

    instrument: str
    title: str
    stage: str
    """The last stage that it had reached by then."""
    date: str
    """The day on which it reached that."""
    says: str
    """That it is not law, and how far it had got."""
    possible: tuple[str, ...]
    """The outcomes that would be possible if it were law."""
    answer: str
    """The answer then, in words."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """An open input (or several whose order matters) that can still change the answer."""

    inputs: tuple[str, ...]
    kind: Literal["reading", "fact"]
    asks: str
    options: tuple[Alternative, ...]
    """Empty where several inputs are bound together by the order of their days, and for a list that is not known."""
