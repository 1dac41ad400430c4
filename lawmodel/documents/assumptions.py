"""What an answer depends on and what it assumes, as tables of conditions, each with the outcome that follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.document import Decision, DecisionRow, DecisionTable, Term, Text, reading, text
from lawmodel.results.assumption import Alternative, Assumption, OpenPoint, PendingLaw, Settling
from lawmodel.words.counts import count
from lawmodel.words.outcomes import both

KINDS: Final = {"presumed": "Presumed: ", "left out": "Left out, so: ", "date": "Computed: "}
MOST_NAMED: Final = 3
"""More open points than these, on which another answer would depend, are only counted."""
REMARKS: Final = {"presumed": "presumed", "left out": "left out", "date": "computed"}


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


def _outcome(one: Alternative) -> str:
    """The answer then; where it is open, on what it depends."""
    if not one.depends_on:
        return one.answer
    if len(one.depends_on) > MOST_NAMED:
        return f"depends on {count(len(one.depends_on), 'open point')}"
    return f"depends on {both([each.says for each in one.depends_on])}"


# --- in short -----------------------------------------------------------------------------------------


def assumptions_in_short(answer: Answer) -> Iterator[Term]:
    """What the answer assumes, under one label; facts that lead to one and the same outcome are told together."""
    label = "Assumes"
    if not answer.assumes:
        yield Term(text(label), text("nothing"))
    for together in _alike(answer.assumes):
        first = together[0]
        if len(together) > 1:
            said = text(both([one.says for one in together]), f" ({len(together)} facts {REMARKS[first.kind]})")
            rows: tuple[DecisionRow, ...] = (
                DecisionRow(text("if one of them is otherwise"), text(_outcome(first.otherwise[0]))),
            )
        else:
            said = _reading(answer, first) if first.kind == "reading" else text(f"{first.says} ({REMARKS[first.kind]})")
            rows = _rows(first.otherwise, of_reading=first.kind == "reading")
        yield Term(text(label), said, (DecisionTable((Decision((), "", rows),)),))
        label = ""


def _alike(found: Sequence[Assumption]) -> Iterator[Sequence[Assumption]]:
    """Assumptions; facts in a row with one alternative each, and the same answer with it, together."""

    def key(one: Assumption) -> object:
        if one.kind in ("reading", "date") or len(one.otherwise) > 1:
            return one.input
        return one.kind, one.otherwise[0].answer, one.otherwise[0].depends_on

    yield from (list(together) for _, together in groupby(found, key))


def pending_in_short(answer: Answer) -> Iterator[Term]:
    """The bills that are not law, and what the answer would be if they were."""
    for one in answer.pending_law:
        yield Term(text("Not law"), text(one.says), (DecisionTable((Decision((), "", _pending(one).rows),)),))


def in_few_words(answer: Answer) -> str:
    """How much is assumed, in numbers: 3 contested readings, 2 facts the file does not state and 1 date."""
    kinds = [one.kind for one in answer.assumes]
    silent = kinds.count("presumed") + kinds.count("left out")
    counts = [
        *([count(kinds.count("reading"), "contested reading")] if "reading" in kinds else []),
        *([count(silent, "fact") + " the file does not state"] if silent else []),
        *([count(kinds.count("date"), "date")] if "date" in kinds else []),
    ]
    return both(counts)
