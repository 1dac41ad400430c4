"""For notes and papers.

CommonMark with tables; what is folded is a ``<details>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import cycle
from typing import Final, assert_never

from lawmodel.document import (
    Block,
    Chart,
    DecisionTable,
    Diagnostic,
    Document,
    Fold,
    Footnotes,
    Item,
    Items,
    Ladder,
    Listing,
    Note,
    Paragraph,
    ReasonStep,
    Section,
    SideBySide,
    Span,
    StackedChart,
    Steps,
    Table,
    Terms,
    Text,
    TimeLine,
    Truth,
    Verdict,
)
from lawmodel.render.bars import FILLS, stacked_bar
from lawmodel.render.pictures.lists import as_list

MARKS: Final[dict[Truth, str]] = {"met": "✓", "not met": "✗", "not known": "?"}
SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#~])")
LEVEL_WORDS: Final = {"note": "", "odd": "**Odd:** ", "error": "**Error:** "}
EXTENSIONS: Final = (".md", ".markdown")
MARK: Final = "<!-- written by lawmodel -->"
DEEPEST: Final = 6
"""Levels of heading that Markdown has."""
BAR_COLUMNS: Final = 40
"""Columns of the longest bar of a stacked chart."""


def render(document: Document, *, everything: bool = False) -> str:
    """The whole document as Markdown text; it ends in a line break."""
    lines = [f"# {_inline(document.title)}"]
    if document.subject:
        lines += ["", _inline(document.subject)]
    lines += _blocks(document.blocks, 2)
    if everything:
        lines = [re.sub("^( *)<details>$", r"\1<details open>", line) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + f"\n\n{MARK}\n"


def _blocks(blocks: Iterable[Block], level: int) -> Iterator[str]:
    for block in blocks:
        yield ""
        yield from _block(block, level)


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Verdict(sentence, identifier, remarks):
            names = " ".join(f"`{name}`" for name in identifier.split())
            yield f"**{_inline(sentence, strong=True)}** {names}".rstrip()
            for remark in remarks:
                yield ""
                yield _inline(remark)
        case Paragraph(text):
            yield _inline(text)
        case Items(items, numbered, first):
            for number, item in enumerate(items, first):
                yield from _item(item, f"{number}. " if numbered else "- ", level)
        case Steps(steps):
            yield from _steps(steps, "")
        case SideBySide(rows, head):
            yield from (_row(map(_escaped, head)), _row("---" for _ in head))
            yield from (_row("" if side is None else _beside(side) for side in row) for row in rows)
        case DecisionTable():
            yield from _decision_table(block)
        case Table(columns, rows, caption):
            if caption:
                yield from (f"**{_escaped(caption)}**", "")
            yield _row(_escaped(column.title) for column in columns)
            yield _row("---:" if column.kind == "number" else "---" for column in columns)
            for row in rows:
                yield _row(
                    _code(cell) if column.kind == "identifier" else _inline(cell)
                    for cell, column in zip(row, columns, strict=True)
                )
        case Terms(terms):
            for term in terms:
                if term.label:
                    yield f"- **{_inline(term.label, strong=True)}**: {_inline(term.text)}"
                else:  # said under the one before
                    yield from ("", f"  {_inline(term.text)}")
                yield from _indented(_blocks(term.blocks, level), "  ")
        case Chart(bars, caption):
            if caption:
                yield from (_escaped(caption), "")
            yield from (_row(("", "Share", "")), _row(("---", "---:", "---")))
            for bar in bars:
                yield _row((_inline(bar.label), _escaped(bar.figure), _inline(bar.remark)))
        case StackedChart():
            yield from _stacked_chart(block)
        case TimeLine(title) | Ladder(title):
            yield f"**{_escaped(title)}**"
            yield from _blocks((as_list(block),), level)
        case Diagnostic(place, message, mend, excerpt):
            yield f"- `{place}`: {_inline(message)}"
            for part in (_listing(excerpt) if excerpt else (), (_inline(mend),)):
                yield from _indented(("", *part), "  ")
        case Note(text, note_level):
            yield f"> {LEVEL_WORDS[note_level]}{_inline(text)}"
        case Listing(text, language):
            yield from _listing(text, language)
        case Footnotes(notes):
            for note in notes:
                yield f"[^{note.number}]: {_inline(note.text)}"
        case Section(title, blocks, remark, _, identifier):
            name = f" `{identifier}`" if identifier else ""
            yield f"{'#' * min(level, DEEPEST)} {_inline(title, strong=True)}{name}"
            if remark:
                yield from ("", _inline(remark))
            yield from _blocks(blocks, level + 1)
        case Fold(summary, blocks):
            yield from ("<details>", f"<summary>{_inline(summary)}</summary>")
            yield from _blocks(blocks, level)
            yield from ("", "</details>")
        case _:
            assert_never(block)


def _item(item: Item, lead: str, level: int) -> Iterator[str]:
    yield lead + _inline(item.text) + (f" `{item.identifier}`" if item.identifier else "")
    yield from _indented(_blocks(item.blocks, level), " " * len(lead))


def _steps(steps: Iterable[ReasonStep], indent: str) -> Iterator[str]:
    for step in steps:
        mark = "" if step.truth is None else f"{MARKS[step.truth]} "
        remark = f" ({_inline(step.remark)})" if step.remark else ""
        yield f"{indent}- {mark}{_inline(step.text)}{remark}"
        yield from _steps(step.steps, indent + "  ")


def _beside(step: ReasonStep) -> str:
    """A step, with those below it, in a cell of a table."""
    mark = "" if step.truth is None else f"{MARKS[step.truth]} "
    remark = f" ({_inline(step.remark)})" if step.remark else ""
    return "; ".join((f"{mark}{_inline(step.text)}{remark}", *map(_beside, step.steps)))


def _decision_table(table: DecisionTable) -> Iterator[str]:
    yield _row((_escaped(table.head[0]), _escaped(table.head[1]), ""))
    yield _row(("---", "---", "---"))
    for decision in table.decisions:
        name = f"`{decision.identifier}`" if decision.identifier else ""
        if decision.subject:
            yield _row((f"**{_inline(decision.subject, strong=True)}**", "", name))
        for row in decision.rows:
            name = f"`{row.identifier}`" if row.identifier else ""
            yield _row((_inline(row.condition), _inline(row.outcome), name))


def _stacked_chart(chart: StackedChart) -> Iterator[str]:
    """The bars as characters, in a listing of their own; the labels to their left."""
    longest = max((one.total for one in chart.bars), default=0)
    labels = ["".join(span.text for span in one.label).replace("\n", " ") for one in chart.bars]
    wide = max(map(len, labels), default=0)
    legend = [f"{fill} {name}" for fill, name in zip(cycle(FILLS), chart.series, strict=False)]
    bars = [
        f"{label:{wide}}  {stacked_bar(one.counts, longest, BAR_COLUMNS):{BAR_COLUMNS}}  {one.total:,}"
        for label, one in zip(labels, chart.bars, strict=True)
    ]
    if chart.caption:
        yield from (_escaped(chart.caption), "")
    yield from _listing("\n".join([*legend, "", *bars]), "text")


def _listing(text: str, language: str = "text") -> tuple[str, str, str]:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{language}", text.rstrip("\n"), fence


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("\n", " ") for cell in cells) + " |"


def _indented(lines: Iterable[str], indent: str) -> Iterator[str]:
    for line in lines:
        for part in line.split("\n"):
            yield indent + part if part else ""


def _inline(text: Text, *, strong: bool = False) -> str:
    """A text; ``strong`` where all of it stands in strong type already."""
    return "".join(_span(span, strong) for span in text)


def _span(span: Span, within_strong: bool) -> str:
    said = _escaped(span.text)
    if span.style == "identifier":
        said = f"`{span.text}`" if "`" not in span.text else said
    elif span.style in ("strong", "reading") and said.strip() and not within_strong:
        said = f"**{said.strip()}**" + " " * (len(said) - len(said.rstrip()))
    if span.link is not None and span.link.kind == "web":
        said = f"[{said}](<{span.link.to}>)" if not set(span.link.to) & set("<>\n") else said
    return said if span.note is None else f"{said}[^{span.note}]"


def _code(cell: Text) -> str:
    words = "".join(span.text for span in cell)
    return f"`{words}`" if words and "`" not in words else _escaped(words)


def _escaped(words: str) -> str:
    """No character of a user's text becomes Markdown or HTML."""
    return SPECIAL.sub(r"\\\1", words).replace("\n", " ")
