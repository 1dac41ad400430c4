"""The provisions behind an answer: what carries its grounds, which provisions yield, and why others are not met."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject
from lawmodel.words.outcomes import predicate
from lawmodel.words.steps import Condenser, Line, first_failure, further


@dataclass(frozen=True, slots=True)
class NotMet(ValueObject):
    """A provision that does not apply."""

    id: str
    citation: str
    title: str
    because: str
    """The first thing that it fails on."""


@dataclass(frozen=True, slots=True)
class Overridden(ValueObject):
    """A provision that applies and speaks for an outcome that yields to the stronger one of the answer."""

    id: str
    citation: str
    title: str
    outcome: str
    says: str
    """What it would come to by itself, in words."""


def not_met(rulebook: Rulebook, trace: Iterable[Trace]) -> Iterator[NotMet]:
    """The provisions that do not apply, each with the first thing that it fails on."""
    for step in trace:
        if step.truth is False:
            provision = rulebook.provisions[str(step.id)]
            yield NotMet(provision.id, provision.citation, provision.title, failing(step))


def failing(step: Trace) -> str:
    """The first thing that keeps a provision from applying, in words; empty where nothing does."""
    found = first_failure(step)
    if found is None or found.reading is None:
        return "" if found is None else found.says
    taken = found.reading
    how = f"told by {taken.by}" if taken.by else taken.chosen
    return f"{found.says} (reading {taken.id}: {taken.option}, {how})"


def overridden(rulebook: Rulebook, question: str, step: Trace, outcome: str) -> Overridden:
    """A provision whose outcome yields."""
    provision = rulebook.provisions[str(step.id)]
    says = predicate(rulebook, question, outcome)
    return Overridden(provision.id, provision.citation, provision.title, outcome, says)


def spoken_for(step: Trace, concludes: Iterable[str], among: Collection[str]) -> list[str]:
    """The outcomes among some for which a provision that applies speaks, or may; ``concludes``: all that it can."""
    said = {str(one.id): one.truth for one in step.children if one.kind == "conclusion"}
    return [name for name in concludes if name in among and said.get(name, True) is not False]


def carrying(
    step: Trace, outcome: str | None, matters: Collection[str], idle: Collection[str]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What carries a provision, and what the outcome hangs on besides; without the steps between (`Line.carrying`)."""
    condenser = Condenser()
    applies, concludes = condenser.lines(step.children), condenser.lines(further(step, outcome))
    return _carrying(applies, matters, idle), _carrying(concludes, matters, idle)


def _carrying(lines: Iterable[Line], matters: Collection[str], idle: Collection[str]) -> tuple[Line, ...]:
    return tuple(one for line in lines for one in line.carrying(matters, idle))
