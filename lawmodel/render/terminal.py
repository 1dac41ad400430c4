"""A document on a terminal, laid out with rich: the one place where texts, tables and trees get to the screen.

At most 80 columns, since answers are pasted into papers and read aloud; no line ends in blanks. Below 72 columns the
identifiers at the right go; below 60 an outcome stands under its condition. Nothing hangs on a colour.

No character of a text steers the terminal (`lawmodel.safe_text`), since it is made safe before it is coloured. What is
coloured goes past the guard of the streams; so nothing is written with rich but here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, pairwise, starmap
from typing import IO, Final, assert_never

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table as Grid
from rich.text import Text as RichText

from lawmodel.document import (
    Block,
    Chart,
    Column,
    Decision,
    DecisionTable,
    Diagnostic,
    Document,
    Fold,
    Item,
    Items,
    Listing,
    Note,
    Paragraph,
    ReasonStep,
    Section,
    SideBySide,
    StackedChart,
    Steps,
    Table,
    Terms,
    Text,
    Truth,
    Verdict,
    plain,
    strong,
)
from lawmodel.render.bars import FILLS, PLAIN_FILLS, bar, stacked_bar
from lawmodel.safe_text import safe, unguarded

WIDEST: Final = 80
WITHOUT_IDENTIFIERS: Final = 72
NARROW: Final = 60
CONDITION: Final = 42
"""Columns of a condition beside its outcome."""
STYLES: Final = {"plain": "", "strong": "bold", "faint": "dim", "reading": "red", "identifier": "dim"}
MARKS: Final[dict[Truth, str]] = {"met": "✓", "not met": "✗", "not known": "?"}
PLAIN_MARKS: Final[dict[Truth, str]] = {"met": "[x]", "not met": "[ ]", "not known": "[?]"}
NAME_COLUMNS: Final = 15
"""Columns of a name beside an outcome; a longer one stands below it."""
BAR_COLUMNS: Final = 16
TABLE_GAP: Final = 2
"""Columns between those of a table."""
UNBROKEN: Final = 12
"""Cells of a table up to this width stay on one line."""
LABEL_COLUMNS: Final = 24
"""Columns of a label beside a bar, at most."""
LEVELS: Final = {"note": "", "odd": "yellow", "error": "bold"}
LEVEL_WORDS: Final = {"note": "", "odd": "ODD  ", "error": "ERROR  "}


def console(stream: IO[str] | None = None) -> Console:
    """A console on standard output: colour on a terminal unless NO_COLOR is set, at most `WIDEST` columns wide."""
    target = stream or sys.stdout
    found = Console(file=target, highlight=False, markup=False, emoji=False)
    piped = not found.is_terminal and "COLUMNS" not in os.environ
    width = WIDEST if piped else min(found.width, WIDEST)
    return Console(file=target, highlight=False, markup=False, emoji=False, width=width)


def show(document: Document, to: Console, *, everything: bool = False) -> None:
    """Write a document; what is folded is told in full if ``everything``."""
    Terminal(to, everything).show(document)


def show_blocks(blocks: Sequence[Block], to: Console, *, indent: int = 0) -> None:
    """Write blocks without a title: a piece of a conversation."""
    Terminal(to).show_blocks(blocks, indent)


def write(to: Console, parts: Iterable[RenderableType]) -> None:
    """Write texts, tables and trees; no line ends in blanks, since answers are pasted into papers.

    A text that says ``no_wrap`` stays on one line however long it is.
    """
    with to.capture() as captured:
        for part in parts:
            to.print(_Safe(part), soft_wrap=isinstance(part, RichText) and bool(part.no_wrap))
    stream = unguarded(to.file)
    for line in captured.get().splitlines():
        stream.write(line.rstrip() + "\n")


class _Safe:
    """What is to be shown, with its texts made safe once they are laid out; what the console adds to them stays."""

    def __init__(self, part: RenderableType) -> None:
        self.part = part

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for one in console.render(self.part, options):
            yield one if one.control else Segment(safe(one.text), one.style)


class Terminal:
    """One showing of documents on one console."""

    def __init__(self, to: Console, everything: bool = False) -> None:
        self.to = to
        self.everything = everything
        encoding = (getattr(to.file, "encoding", None) or "utf-8").lower().replace("-", "")
        utf = encoding.startswith("utf")
        self.marks, self.fills = (MARKS, FILLS) if utf else (PLAIN_MARKS, PLAIN_FILLS)

    def show(self, document: Document) -> None:
        """Write the document. No line of it ends in blanks."""
        heading = self._beside(_rich(document.title, "bold"), document.subject)
        write(self.to, [heading, "", *self._inside(document.blocks, self.to.width, 0)])

    def show_blocks(self, blocks: Sequence[Block], indent: int) -> None:
        """Write blocks, likewise."""
        write(self.to, self._inside(blocks, self.to.width, indent))

    # -- blocks

    def _block(self, block: Block, width: int) -> Iterator[RenderableType]:
        match block:
            case Verdict(sentence, identifier, remarks):
                yield self._line(_rich(_capitals(sentence), "bold"), identifier, width)
                yield from (_rich(remark) for remark in remarks)
            case Paragraph(text):
                yield _rich(text)
            case Items(items, numbered, first):
                for number, item in enumerate(items, first):
                    yield from self._item(item, f"{number}  " if numbered else "· ", width)
            case Steps(steps):
                yield from self._steps(steps)
            case SideBySide():
                yield from self._side_by_side(block)
            case DecisionTable():
                yield from self._decision_table(block, width)
            case Table():
                yield from self._table(block, width)
            case Terms():
                yield from self._terms(block, width)
            case Chart():
                yield from self._chart(block)
            case StackedChart():
                yield from self._stacked_chart(block, width)
            case Diagnostic(place, message, mend, excerpt):
                yield RichText.assemble((f"{place}: ", "bold"), _rich(message), no_wrap=True)
                lines = [*(excerpt.split("\n") if excerpt else ()), plain(mend)]
                yield from (RichText(f"  {line}", no_wrap=True) for line in lines)
            case Note(text, level):
                yield RichText.assemble((LEVEL_WORDS[level], LEVELS[level]), _rich(text))
            case Listing(text):
                yield from (RichText(line, no_wrap=True) for line in text.rstrip("\n").split("\n"))
            case Section():
                yield from self._section(block, width)
            case Fold(summary, blocks):
                title = plain(summary)
                yield from self._section(Section((strong(title[:1].upper() + title[1:]),), blocks), width)
            case _:
                assert_never(block)

    def _section(self, section: Section, width: int) -> Iterator[RenderableType]:
        title = _rich(section.title, "bold")
        if section.title and section.title[0].style == "identifier" and not section.remark:
            title.no_wrap = True  # a place in a file is one piece, for editors and eyes
        if section.remark:
            title = RichText.assemble(title, "  ", _rich(section.remark))
        yield self._line(title, section.identifier, width)
        yield from self._inside(section.blocks, width, 2)

    def _inside(self, blocks: Sequence[Block], width: int, by: int) -> Iterator[RenderableType]:
        shown = blocks if self.everything else [block for block in blocks if not isinstance(block, Fold)]
        for before, block in _with_former(shown):
            if before is not None and _apart(before, block):
                yield RichText()
            for part in self._block(block, width - by):
                yield _indented(part, by)
        if by == 0 and not self.everything and (folds := [*_folds(blocks)]):
            yield RichText()
            yield from self._not_shown(folds)

    def _not_shown(self, folds: Sequence[Fold]) -> Iterator[RenderableType]:
        """One line that says what is folded, and how it is unfolded."""
        grid = Grid.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(no_wrap=True)
        grid.add_column(ratio=1)
        said = " · ".join(dict.fromkeys(plain(fold.summary) for fold in folds))
        grid.add_row(RichText("Not shown", "bold"), RichText(f"{said} (--all shows them)", "dim"))
        yield grid

    def _item(self, item: Item, lead: str, width: int) -> Iterator[RenderableType]:
        yield self._hanging(lead, self._line(_rich(item.text), item.identifier, width - len(lead)))
        yield from self._inside(item.blocks, width, len(lead))

    def _steps(self, steps: Iterable[ReasonStep]) -> Iterator[RenderableType]:
        for step in steps:
            lead = "" if step.truth is None else f"{self.marks[step.truth]} "
            said = _rich(step.text)
            if step.remark:
                said = RichText.assemble(said, "  ", _rich(step.remark, "dim"))
            yield self._hanging(lead, said)
            for part in self._steps(step.steps):
                yield Padding(part, (0, 0, 0, 2))

    def _side_by_side(self, block: SideBySide) -> Iterator[RenderableType]:
        grid = Grid.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(ratio=1)
        grid.add_column(ratio=1)
        grid.add_row(*(RichText(title, "dim") for title in block.head))
        for row in block.rows:
            sides = [Group(*self._steps((side,))) if side is not None else RichText("-", "dim") for side in row]
            grid.add_row(*sides)
        yield grid

    def _decision_table(self, table: DecisionTable, width: int) -> Iterator[RenderableType]:
        if width < NARROW:
            if table.head[0]:
                yield RichText(table.head[0], "bold")
            for decision in table.decisions:
                if decision.subject:
                    yield self._line(_rich(decision.subject), decision.identifier, width)
                for row in decision.rows:
                    yield Padding(self._hanging("", _rich(row.condition)), (0, 0, 0, 2))
                    yield Padding(self._hanging("→ ", _rich(row.outcome)), (0, 0, 0, 2))
            return
        with_names = self._names_shown() and any(row.identifier for one in table.decisions for row in one.rows)
        if any(table.head):
            yield _grid([(CONDITION + 4, table.head[0], "bold"), (None, table.head[1], "bold")])
        for decision in table.decisions:
            if decision.subject:
                yield Padding(self._line(_rich(decision.subject), decision.identifier, width - 2), (0, 0, 0, 2))
            if decision.rows:
                yield self._decision_rows(decision, with_names)

    @staticmethod
    def _decision_rows(decision: Decision, with_names: bool) -> RenderableType:
        grid = Grid.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(width=CONDITION)
        grid.add_column(ratio=1)
        room = NAME_COLUMNS
        if with_names:
            lengths = [len(row.identifier) for row in decision.rows]
            if max(lengths) > room:
                room -= 1  # a longer one stands below, and needs the room
            widest = max((length for length in lengths if length <= room), default=0)
            grid.add_column(style="dim", width=widest, no_wrap=True, justify="right")
        for row in decision.rows:
            outcome, name = _rich(row.outcome), row.identifier
            if with_names and len(name) > room:
                outcome, name = RichText.assemble(outcome, "\n", (name, "dim")), ""
            grid.add_row(_rich(row.condition), outcome, *([RichText(name)] if with_names else []))
        return Padding(grid, (0, 0, 0, 4))

    def _table(self, table: Table, width: int) -> Iterator[RenderableType]:
        if table.caption:
            yield RichText(table.caption, "bold")
        shown = [number for number, one in enumerate(table.columns) if one.kind != "identifier" or self._names_shown()]
        columns = [table.columns[number] for number in shown]
        rows = [[_rich(row[number]) for number in shown] for row in table.rows]
        widest = [max((row[place].cell_len for row in rows), default=0) for place in range(len(shown))]
        room = width + TABLE_GAP - TABLE_GAP * len(shown)
        crowded = sum(max(cell, len(one.title)) for cell, one in zip(widest, columns, strict=True)) > room
        if crowded and sum(starmap(_least_width, zip(columns, widest, strict=True))) > room:
            yield from self._table_as_lines(columns, rows)
            return
        titled = any(column.title for column in columns)
        grid = Grid(
            box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=titled, header_style="dim", show_edge=False
        )
        for column, cell in zip(columns, widest, strict=True):
            grid.add_column(
                column.title.replace(" ", "\n") if crowded and column.kind == "number" else column.title,
                style="dim" if column.kind == "identifier" else "",
                justify="right" if column.kind == "number" else "left",
                no_wrap=column.kind == "number" or cell <= UNBROKEN,
                overflow="fold",
            )
        for row in rows:
            grid.add_row(*row)
        yield grid

    def _table_as_lines(
        self, columns: Sequence[Column], rows: Sequence[Sequence[RichText]]
    ) -> Iterator[RenderableType]:
        """Each row as lines of its own, where its cells have no room beside each other."""
        for row in rows:
            yield self._hanging("· ", row[0])
            for column, cell in zip(columns[1:], row[1:], strict=True):
                said = RichText.assemble((f"{column.title}  ", "dim"), cell) if column.title else cell
                yield Padding(said, (0, 0, 0, 2))

    def _terms(self, terms: Terms, width: int) -> Iterator[RenderableType]:
        widest = min(max((_rich(term.label).cell_len for term in terms.terms), default=0), width // 3)
        for term in terms.terms:
            grid = Grid.grid(padding=(0, 2, 0, 0), expand=True)
            grid.add_column(width=widest, overflow="fold")
            grid.add_column(ratio=1, overflow="fold")
            grid.add_row(_rich(term.label), _rich(term.text))
            yield grid
            yield from self._inside(term.blocks, width, 2)

    def _chart(self, chart: Chart) -> Iterator[RenderableType]:
        if chart.caption:
            yield RichText(chart.caption)
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(overflow="fold", max_width=LABEL_COLUMNS)
        grid.add_column(width=BAR_COLUMNS, no_wrap=True)
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(ratio=1)
        for one in chart.bars:
            drawn = RichText(bar(one.share, BAR_COLUMNS))
            grid.add_row(_rich(one.label), drawn, RichText(one.figure), _rich(one.remark))
        yield grid

    def _stacked_chart(self, chart: StackedChart, width: int) -> Iterator[RenderableType]:
        if chart.caption:
            yield RichText(chart.caption)
        for fill, name in zip(cycle(self.fills), chart.series, strict=False):
            yield self._hanging(f"{fill} ", RichText(name))
        longest = max((one.total for one in chart.bars), default=0)
        figures = max((len(f"{one.total:,}") for one in chart.bars), default=0)
        labels = min(max((_rich(one.label).cell_len for one in chart.bars), default=0), LABEL_COLUMNS, width // 3)
        columns = max(width - labels - figures - 4, 1)
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=labels, overflow="fold")
        grid.add_column(width=columns, no_wrap=True)
        grid.add_column(width=figures, no_wrap=True, justify="right")
        for one in chart.bars:
            drawn = stacked_bar(one.counts, longest, columns, self.fills)
            grid.add_row(_rich(one.label), RichText(drawn), RichText(f"{one.total:,}"))
        yield grid

    # -- lines

    def _names_shown(self) -> bool:
        return self.to.width >= WITHOUT_IDENTIFIERS

    def _line(self, said: RichText, identifier: str, width: int) -> RenderableType:
        """A line with a name at its right end; where both do not fit beside each other, the name goes under it."""
        name = RichText(identifier, "dim")
        if not identifier or not self._names_shown():
            return said
        if name.cell_len > width // 3 and said.cell_len + name.cell_len + 2 > width:
            return Group(said, Padding(name, (0, 0, 0, 2)))
        grid = Grid.grid(expand=True)
        grid.add_column(ratio=1)
        grid.add_column(justify="right", width=name.cell_len + 2)
        grid.add_row(said, name)
        return grid

    def _beside(self, title: RichText, subject: Text) -> RenderableType:
        """The title with its subject at the right, or under it where there is no room."""
        said = _rich(subject, "dim")
        if not subject or title.cell_len + said.cell_len + 3 > self.to.width:
            return Group(title, said) if subject else title
        return RichText.assemble(title, " " * (self.to.width - title.cell_len - said.cell_len), said)

    @staticmethod
    def _hanging(lead: str, said: RenderableType) -> RenderableType:
        """A line after its mark; what is wrapped hangs under its own text."""
        if not lead:
            return said
        grid = Grid.grid(expand=True)
        grid.add_column(width=len(lead))
        grid.add_column(ratio=1)
        grid.add_row(RichText(lead), said)
        return grid


def _indented(part: RenderableType, by: int) -> RenderableType:
    if isinstance(part, RichText) and part.no_wrap:
        return RichText.assemble(" " * by, part, no_wrap=True)
    return Padding(part, (0, 0, 0, by))


def _least_width(column: Column, widest: int) -> int:
    """The fewest columns in which a column of a table can be read; ``widest`` is the widest of its cells."""
    if column.kind == "number":
        return max(widest, *map(len, column.title.split(" ")))
    return min(widest, UNBROKEN)


def _folds(blocks: Iterable[Block]) -> Iterator[Fold]:
    """The folds that stand nowhere inside another, in their order."""
    for block in blocks:
        match block:
            case Fold():
                yield block
            case Section(_, inner):
                yield from _folds(inner)
            case Items(items):
                for item in items:
                    yield from _folds(item.blocks)
            case (
                Verdict()
                | Paragraph()
                | Steps()
                | SideBySide()
                | DecisionTable()
                | Table()
                | Terms()
                | Chart()
                | StackedChart()
                | Diagnostic()
                | Note()
                | Listing()
            ):
                pass
            case _:
                assert_never(block)


def _with_former(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, Block]]:
    """Each block with the one before it."""
    yield from ((None, block) for block in blocks[:1])
    yield from pairwise(blocks)


def _apart(before: Block | None, block: Block) -> bool:
    """Whether a blank line stands before a block: between parts, not between the lines of one."""
    if before is None:
        return False
    if isinstance(before, Section) and isinstance(block, Section) and before.close and block.close:
        return False
    lines = (Paragraph, Steps, Note, Terms)
    return not (isinstance(before, lines) and isinstance(block, lines))


def _capitals(sentence: Text) -> Text:
    """The strong part of a sentence in capitals: it is found by eye without colour."""
    return tuple(replace(span, text=span.text.upper()) if span.style == "strong" else span for span in sentence)


def _rich(text: Text, style: str = "") -> RichText:
    """A text with its styles, over a style for all of it."""
    return RichText.assemble(*((span.text, STYLES[span.style]) for span in text), style=style, overflow="fold")


def _grid(cells: Sequence[tuple[int | None, str, str]]) -> RenderableType:
    """One row of cells with widths; None is what is left."""
    grid = Grid.grid(padding=(0, 2, 0, 0), expand=True)
    for width, _, _ in cells:
        grid.add_column(width=width, ratio=None if width else 1)
    grid.add_row(*(RichText(said, style) for _, said, style in cells))
    return grid
