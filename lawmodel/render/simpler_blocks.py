"""Blocks that formats for paper tell by simpler ones: one file says how, for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Final, TypeAlias, assert_never

from lawmodel.document import (
    Block,
    Chart,
    Column,
    Diagnostic,
    Fold,
    Item,
    Items,
    Listing,
    Paragraph,
    ReasonStep,
    Section,
    SideBySide,
    Span,
    StackedChart,
    Steps,
    Table,
    Text,
    Truth,
    Verdict,
    capitalised,
    strong,
    text,
)
from lawmodel.render.bars import FILLS, stacked_bar

MARKS: Final[dict[Truth, str]] = {"met": "✓ ", "not met": "✗ ", "not known": "? "}
BAR_COLUMNS: Final = 30
"""Characters of the longest bar of a stacked chart."""
Told: TypeAlias = Verdict | Steps | SideBySide | Chart | StackedChart | Diagnostic | Fold
"""What is told by simpler blocks."""


def simpler(block: Told) -> Iterator[Block]:
    """The paragraphs, lists, tables and sections by which a block is told on paper; nothing is folded there."""
    match block:
        case Verdict(sentence, identifier, remarks):
            names = [Span(f" {name}", "identifier") for name in identifier.split()]
            yield Paragraph(text(*(strong(one.text) for one in sentence), *names))
            yield from map(Paragraph, remarks)
        case Steps(steps):
            yield Items(tuple(map(_item, steps)))
        case SideBySide(rows, head):
            cells = tuple(tuple(() if side is None else _lines(side) for side in row) for row in rows)
            yield Table((Column(head[0]), Column(head[1])), cells)
        case Chart(bars, caption):
            lengths = tuple((one.label, text(one.figure), one.remark) for one in bars)
            yield Table((Column(), Column("Share"), Column()), lengths, caption)
        case StackedChart():
            yield from _stacked(block)
        case Diagnostic(place, message, mend, excerpt):
            yield Paragraph(text(Span(place, "identifier"), " ", message))
            yield from [Listing(excerpt)] if excerpt else []
            yield Paragraph(mend)
        case Fold(summary, inner):
            yield Section(capitalised(summary), inner)
        case _:
            assert_never(block)


def _item(step: ReasonStep) -> Item:
    below = (Items(tuple(map(_item, step.steps))),) if step.steps else ()
    return Item(_said(step), blocks=below, anchor=step.anchor)


def _said(step: ReasonStep) -> Text:
    mark = "" if step.truth is None else MARKS[step.truth]
    remark = text(" (", step.remark, ")") if step.remark else ()
    return text(mark, step.text, remark)


def _lines(step: ReasonStep, depth: int = 0) -> Text:
    """A step with those below it, each on a line of its own, set in by its depth."""
    below = [text("\n", _lines(one, depth + 1)) for one in step.steps]
    return text("\N{EN SPACE}" * depth, _said(step), *below)


def _stacked(chart: StackedChart) -> Iterator[Block]:
    longest = max((one.total for one in chart.bars), default=0)
    yield Listing("\n".join(f"{fill} {name}" for fill, name in zip(cycle(FILLS), chart.series, strict=False)))
    rows = []
    for one in chart.bars:
        drawn = stacked_bar(one.counts, longest, BAR_COLUMNS)
        parts = "; ".join(f"{name} {number:,}" for name, number in zip(chart.series, one.counts, strict=True))
        rows.append((one.label, text(Span(drawn, "identifier"), f"\n{parts}")))
    yield Table((Column(), Column()), tuple(rows), chart.caption)
