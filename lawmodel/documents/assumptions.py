"""What an answer depends on and what it assumes, as tables of conditions, each with the outcome that follows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.document import Decision, DecisionRow, DecisionTable, Term, Text, reading, text
from lawmodel.results.assumption import Alternative, Assumption, OpenPoint, PendingLaw, Settling
from lawmodel.words.counts import count
from lawmodel.words.law import day
from lawmodel.words.outcomes import both, either

KINDS: Final = {"presumed": "Presumed: ", "left out": "Left out, so: ", "date": "Computed: "}
MOST_NAMED: Final = 3
"""More open points than these, on which another answer would depend, are only counted."""
MOST_IN_SHORT: Final = 64
"""In more signs than these, which fill a line, what one of several answers assumes is only counted."""


def depends_on(points: Sequence[OpenPoint]) -> DecisionTable:
    """What is open and can change the answer, and the answer for each possibility."""
    return DecisionTable(tuple(map(_open_point, points)), ("Depends on", ""))


def _open_point(point: OpenPoint) -> Decision:
    rows = _rows(point.options, of_reading=point.kind == "reading")
    if point.kind == "reading":
        name = point.inputs[0]
        return Decision(text("Reading ", reading(name, name), f" (open): {point.asks}"), "", rows)
    return Decision(text(point.asks), " ".join(point.inputs), rows)


def settled_by(found: Sequence[Settling]) -> DecisionTable:
    """What the case states of which another value would settle the answer."""
    decisions = (Decision(text("Now: ", one.says), one.input, _rows(one.otherwise, of_reading=False)) for one in found)
    return DecisionTable(tuple(decisions), ("What would settle this case", ""))


def assumptions(answer: Answer) -> DecisionTable:
    """What the answer assumes, and what it would be otherwise."""
    decisions = tuple(_assumption(answer, one) for one in answer.assumes)
    return DecisionTable(decisions, ("Assumes", "Otherwise"))


def pending_law(found: Sequence[PendingLaw]) -> DecisionTable:
    """The bills that are not law, and what the answer would be if they were."""
    return DecisionTable(tuple(map(_pending, found)), ("Not law", ""))


def _pending(one: PendingLaw) -> Decision:
    return Decision(text(one.says), one.instrument, (DecisionRow(text("if it were law"), text(one.answer)),))


def _assumption(answer: Answer, one: Assumption) -> Decision:
    rows = _rows(one.otherwise, of_reading=one.kind == "reading")
    if one.kind == "reading":
        return Decision(_reading(answer, one), "", rows)
    return Decision(text(KINDS[one.kind], one.says), one.input, rows)


def _reading(answer: Answer, one: Assumption) -> Text:
    silent = f"; {answer.told_by} is silent" if answer.told_by is not None else ""
    return text("Reading ", reading(one.input, one.input), f" (default{silent}): {one.says}")


def _rows(alternatives: Sequence[Alternative], *, of_reading: bool) -> tuple[DecisionRow, ...]:
    return tuple(
        DecisionRow(text("if ", one.says), text(_outcome(one)), ", ".join(map(str, one.values)) if of_reading else "")
        for one in alternatives
    )


def _outcome(one: Alternative, most: int = MOST_NAMED) -> str:
    """The answer then; where it is open, on what it depends, or on how much if that is more than ``most``."""
    if not one.depends_on:
        return one.answer
    if len(one.depends_on) > most:
        return f"depends on {count(len(one.depends_on), 'open point')}"
    return f"depends on {both([each.says for each in one.depends_on])}"


# --- in short -----------------------------------------------------------------------------------------


def assumptions_in_short(answer: Answer) -> Term:
    """What the answer assumes and what it would be otherwise, in a line: what is assumed by name, or how much it is."""
    said = "; ".join(map(_in_short, answer.assumes))
    otherwise = dict.fromkeys(_outcome(each, 0) for one in answer.assumes for each in one.otherwise)
    then = f" (if not: {either([*otherwise])})" if otherwise else ""
    readings = [one.input for one in answer.assumes if one.kind == "reading"]
    if 0 < len(readings) <= MOST_NAMED:
        names = [text(", " if number else "reading ", reading(name, name)) for number, name in enumerate(readings)]
        rest = "; ".join(_counts(answer, ("fact", "date")))
        return Term(text("Assumes"), text(*names, f"; {rest}" if rest else "", then))
    named = said if not readings and len(said) <= MOST_IN_SHORT else in_few_words(answer)
    return Term(text("Assumes"), text(f"{named or 'nothing'}{then}"))


def _in_short(one: Assumption) -> str:
    """What is assumed; of a date not what is in force since, which is the ground."""
    return f"in force since {day(datetime.date.fromisoformat(one.value))}" if one.kind == "date" else one.says


def pending_in_short(answer: Answer) -> Iterator[Term]:
    """The bills that are not law, how far each had got, and what the answer would be if it were law."""
    stages = {one.id: one.says for one in answer.rulebook.stages}
    for one in answer.pending_law:
        got = f"a bill that had only been {stages[one.stage]} ({day(datetime.date.fromisoformat(one.date))})"
        yield Term(text("Not law"), text(f"{got}; if it were law: {one.answer}"))


def in_few_words(answer: Answer) -> str:
    """How much is assumed, in numbers: 3 contested readings, 2 facts the file does not state and 1 date."""
    return both(_counts(answer, ("reading", "fact", "date")))


def _counts(answer: Answer, of: Sequence[str]) -> list[str]:
    """How many readings, facts and dates are assumed, each in words where there are any."""
    kinds = ["fact" if one.kind in ("presumed", "left out") else one.kind for one in answer.assumes]
    said = {"reading": ("contested reading", ""), "fact": ("fact", " the file does not state"), "date": ("date", "")}
    return [count(kinds.count(kind), said[kind][0]) + said[kind][1] for kind in of if kind in kinds]
