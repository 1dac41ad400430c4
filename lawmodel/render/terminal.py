"""A document on a terminal: the one place where texts, tables and trees get to the screen.

At most 80 columns, since answers are pasted into papers and read aloud; no line ends in blanks. Below 72 columns the
identifiers at the right go; below 60 an outcome stands under its condition. Nothing hangs on a colour.

Lines are laid out by `lawmodel.render.layout`. What that cannot do is done with rich, which is imported only then, for
it takes long: colours on a terminal, letters that take no column or two, and tables and charts whose columns have to
share what room there is.

No character of a text steers the terminal (`lawmodel.safe_text`), since it is made safe before it is coloured. What is
coloured goes past the guard of the streams; so nothing is written with rich but here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, pairwise, starmap
from typing import IO, TYPE_CHECKING, Final, assert_never

from lawmodel.cached_property import cached_property
from lawmodel.document import (
    Block,
    Chart,
    Column,
    Decision,
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
    plain,
    strong,
)
from lawmodel.render.bars import FILLS, PLAIN_FILLS, bar, stacked_bar
from lawmodel.render.layout import Below, Beside, Cell, Inset, Piece, ScreenLine, ScreenPart, SimpleText, is_simple
from lawmodel.safe_text import safe, unguarded

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text as RichText

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


BY_ENVIRONMENT: Final = ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE")
"""What the environment may say of a stream, terminal or not."""


class Screen:
    """Where documents are shown: a stream, and its width; at most `WIDEST` where none is given."""

    def __init__(self, stream: IO[str], width: int | None = None) -> None:
        self.stream = stream
        self._asks_rich = stream.isatty() or any(name in os.environ for name in BY_ENVIRONMENT)
        self.width = width or self._own_width()

    def _own_width(self) -> int:
        if not self._asks_rich or not (self.console.is_terminal or "COLUMNS" in os.environ):
            return WIDEST
        return min(self.console.width, WIDEST)

    @cached_property
    def console(self) -> Console:
        """For what rich is needed."""
        from rich.console import Console

        return Console(file=self.stream, highlight=False, markup=False, emoji=False)

    def write(self, parts: Iterable[ScreenPart]) -> None:
        """Write parts, in colour where the screen shows any; no line ends in blanks."""
        lines = [line for part in parts for line in part.lines(self.width)]
        if self._asks_rich:
            with self.console.capture() as captured:
                for line in lines:
                    pieces = [(safe(text), style) for text, style in line.pieces]
                    self.console.print(rich_text(*pieces), soft_wrap=True)
            told = captured.get().splitlines()
        else:
            told = [safe("".join([text for text, _ in line.pieces])) for line in lines]
        unguarded(self.stream).write("".join([f"{line.rstrip()}\n" for line in told]))


def console(stream: IO[str] | None = None) -> Screen:
    """Standard output, or another stream: colour on a terminal unless NO_COLOR is set, at most `WIDEST` columns."""
    return Screen(stream or sys.stdout)


def show(document: Document, to: Screen, *, everything: bool = False) -> None:
    """Write a document; what is folded is told in full if ``everything``."""
    Terminal(to, everything).show(document)


def show_blocks(blocks: Sequence[Block], to: Screen, *, indent: int = 0) -> None:
    """Write blocks without a title: a piece of a conversation."""
    Terminal(to).show_blocks(blocks, indent)


def rich_text(*pieces: Piece) -> RichText:
    """A text as rich has it; a word that is longer than a line is broken."""
    from rich.text import Text as RichText

    return RichText.assemble(*pieces, overflow="fold")


class LaidOutByRich:
    """What rich lays out: its columns share what room there is."""

    def __init__(self, part: RenderableType, to: Screen) -> None:
        self.part, self.to = part, to

    def lines(self, width: int) -> list[ScreenLine]:
        """Its lines."""
        console = self.to.console
        drawn = console.render_lines(self.part, console.options.update_width(max(width, 1)), pad=False)
        return [
            ScreenLine(tuple((one.text, one.style) for one in line), sum(one.cell_length for one in line))
            for line in drawn
        ]


class UnusualText(SimpleText):
    """A text with letters that take no column, or two."""

    __slots__ = ("to",)

    def __init__(self, to: Screen, *pieces: Piece, no_wrap: bool = False) -> None:
        super().__init__(*pieces, no_wrap=no_wrap)
        self.to = to

    @property
    def columns(self) -> int:
        """So many it takes on one line."""
        return rich_text(*self.pieces).cell_len

    def lines(self, width: int) -> list[ScreenLine]:
        """The text, wrapped by rich."""
        console, overflow = self.to.console, "ignore" if self.no_wrap else "fold"
        wrapped = rich_text(*self.pieces).wrap(console, max(width, 1), overflow=overflow, no_wrap=self.no_wrap)  # type: ignore[arg-type]
        return [
            ScreenLine(tuple((one.text, one.style) for one in line.render(console)), line.cell_len) for line in wrapped
        ]


class Terminal:
    """One showing of documents on one screen."""

    def __init__(self, to: Screen, everything: bool = False) -> None:
        self.to = to
        self.everything = everything
        encoding = (getattr(to.stream, "encoding", None) or "utf-8").lower().replace("-", "")
        utf = encoding.startswith("utf")
        self.marks, self.fills = (MARKS, FILLS) if utf else (PLAIN_MARKS, PLAIN_FILLS)

    def show(self, document: Document) -> None:
        """Write the document. No line of it ends in blanks."""
        heading = self._beside(self._text(document.title, "bold"), document.subject)
        self.to.write([heading, SimpleText(), *self._inside(document.blocks, self.to.width, 0)])

    def show_blocks(self, blocks: Sequence[Block], indent: int) -> None:
        """Write blocks, likewise."""
        self.to.write(self._inside(blocks, self.to.width, indent))

    # -- blocks

    def _block(self, block: Block, width: int) -> Iterator[ScreenPart]:
        match block:
            case Verdict(sentence, identifier, remarks):
                yield self._line(self._text(_capitals(sentence), "bold"), identifier, width)
                yield from (self._text(remark) for remark in remarks)
            case Paragraph(text):
                yield self._text(text)
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
            case TimeLine(title) | Ladder(title):
                from lawmodel.render.pictures.lists import as_list

                yield self._words((title, "bold"))
                yield from self._inside((as_list(block),), width, 2)
            case Diagnostic(place, message, mend, excerpt):
                yield self._words((f"{place}: ", "bold"), *_pieces(message), no_wrap=True)
                lines = [*(excerpt.split("\n") if excerpt else ()), plain(mend)]
                yield from (self._words((f"  {line}", ""), no_wrap=True) for line in lines)
            case Note(text, level):
                yield self._words((LEVEL_WORDS[level], LEVELS[level]), *_pieces(text))
            case Listing(text):
                yield from (self._words((line, ""), no_wrap=True) for line in text.rstrip("\n").split("\n"))
            case Footnotes(notes):
                for note in notes:
                    yield self._hanging(f"[{note.number}] ", self._text(note.text))
            case Section():
                yield from self._section(block, width)
            case Fold(summary, blocks):
                title = plain(summary)
                yield from self._section(Section((strong(title[:1].upper() + title[1:]),), blocks), width)
            case _:
                assert_never(block)

    def _section(self, section: Section, width: int) -> Iterator[ScreenPart]:
        pieces = _pieces(section.title, "bold")
        if section.remark:
            pieces += (("  ", ""), *_pieces(section.remark))
        # A place in a file is one piece, for editors and eyes.
        no_wrap = bool(section.title) and section.title[0].style == "identifier" and not section.remark
        yield self._line(self._words(*pieces, no_wrap=no_wrap), section.identifier, width)
        yield from self._inside(section.blocks, width, 2)

    def _inside(self, blocks: Sequence[Block], width: int, by: int) -> Iterator[ScreenPart]:
        shown = blocks if self.everything else [block for block in blocks if not isinstance(block, Fold)]
        for before, block in _with_former(shown):
            if before is not None and _apart(before, block):
                yield SimpleText()
            for part in self._block(block, width - by):
                yield self._inset(part, by)
        if by == 0 and not self.everything and (folds := [*_folds(blocks)]):
            yield SimpleText()
            yield from self._not_shown(folds)

    def _not_shown(self, folds: Sequence[Fold]) -> Iterator[ScreenPart]:
        """One line that says what is folded, and how it is unfolded."""
        title = SimpleText(("Not shown", "bold"))
        said = " · ".join(dict.fromkeys(plain(fold.summary) for fold in folds))
        yield Beside(Cell(title, title.columns, 2), Cell(self._words((f"{said} (--all shows them)", "dim"))))

    def _item(self, item: Item, lead: str, width: int) -> Iterator[ScreenPart]:
        yield self._hanging(lead, self._line(self._text(item.text), item.identifier, width - len(lead)))
        yield from self._inside(item.blocks, width, len(lead))

    def _steps(self, steps: Iterable[ReasonStep]) -> Iterator[ScreenPart]:
        for step in steps:
            lead = "" if step.truth is None else f"{self.marks[step.truth]} "
            remark = (("  ", ""), *_pieces(step.remark, "dim")) if step.remark else ()
            yield self._hanging(lead, self._words(*_pieces(step.text), *remark))
            for part in self._steps(step.steps):
                yield Inset(part, 2)

    def _side_by_side(self, block: SideBySide) -> Iterator[ScreenPart]:
        yield _halves([self._words((title, "dim")) for title in block.head])
        for row in block.rows:
            yield _halves([SimpleText(("-", "dim")) if side is None else Below(*self._steps((side,))) for side in row])

    def _decision_table(self, table: DecisionTable, width: int) -> Iterator[ScreenPart]:
        if width < NARROW:
            if table.head[0]:
                yield self._words((table.head[0], "bold"))
            for decision in table.decisions:
                if decision.subject:
                    yield self._line(self._text(decision.subject), decision.identifier, width)
                for row in decision.rows:
                    yield Inset(self._text(row.condition), 2)
                    yield Inset(self._hanging("→ ", self._text(row.outcome)), 2)
            return
        with_names = self._names_shown() and any(row.identifier for one in table.decisions for row in one.rows)
        if any(table.head):
            condition, outcome = (self._words((title, "bold")) for title in table.head)
            yield Beside(Cell(condition, CONDITION + 4, 2), Cell(outcome))
        for decision in table.decisions:
            if decision.subject:
                yield Inset(self._line(self._text(decision.subject), decision.identifier, width - 2), 2)
            yield from (Inset(row, 4) for row in self._decision_rows(decision, with_names))

    def _decision_rows(self, decision: Decision, with_names: bool) -> Iterator[ScreenPart]:
        lengths = [len(row.identifier) for row in decision.rows]
        room = NAME_COLUMNS
        if max(lengths, default=0) > room:
            room -= 1  # a longer one stands below, and needs the room
        widest = max((length for length in lengths if length <= room), default=0)
        for row in decision.rows:
            outcome, name = _pieces(row.outcome), row.identifier
            if with_names and len(name) > room:
                outcome, name = (*outcome, ("\n", ""), (name, "dim")), ""
            cells = [Cell(self._text(row.condition), CONDITION, 2), Cell(self._words(*outcome), None, 2 * with_names)]
            if with_names:
                cells.append(Cell(self._words((name, "dim")), widest, right=True))
            yield Beside(*cells)

    def _table(self, table: Table, width: int) -> Iterator[ScreenPart]:
        if table.caption:
            yield self._words((table.caption, "bold"))
        shown = [number for number, one in enumerate(table.columns) if one.kind != "identifier" or self._names_shown()]
        columns = [table.columns[number] for number in shown]
        styled = [(number, "dim" if table.columns[number].kind == "identifier" else "") for number in shown]
        rows = [[self._text(row[number], style) for number, style in styled] for row in table.rows]
        widest = [max((row[place].columns for row in rows), default=0) for place in range(len(shown))]
        taken = [max(cell, len(one.title)) for cell, one in zip(widest, columns, strict=True)]
        room = width + TABLE_GAP - TABLE_GAP * len(shown)
        crowded = sum(taken) > room
        if crowded and sum(starmap(_least_width, zip(columns, widest, strict=True))) > room:
            yield from self._table_as_lines(columns, rows)
        elif crowded or any("\n" in one.title for one in columns):
            yield self._table_by_rich(columns, rows, widest, crowded)
        else:
            titles = [self._words((one.title, "dim")) for one in columns]
            for row in [*([titles] if any(one.title for one in columns) else ()), *rows]:
                yield Beside(*starmap(_table_cell, zip(row, taken, columns, strict=True)))

    def _table_by_rich(
        self, columns: Sequence[Column], rows: Sequence[Sequence[SimpleText]], widest: Sequence[int], crowded: bool
    ) -> ScreenPart:
        """A table of which the columns have to share the room."""
        from rich.table import Table as Grid

        titled = any(column.title for column in columns)
        grid = Grid(
            box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=titled, header_style="dim", show_edge=False
        )
        for column, cell in zip(columns, widest, strict=True):
            grid.add_column(
                column.title.replace(" ", "\n") if crowded and column.kind == "number" else column.title,
                justify="right" if column.kind == "number" else "left",
                no_wrap=column.kind == "number" or cell <= UNBROKEN,
                overflow="fold",
            )
        for row in rows:
            grid.add_row(*(rich_text(*cell.pieces) for cell in row))
        return LaidOutByRich(grid, self.to)

    def _table_as_lines(self, columns: Sequence[Column], rows: Sequence[Sequence[SimpleText]]) -> Iterator[ScreenPart]:
        """Each row as lines of its own, where its cells have no room beside each other."""
        for row in rows:
            yield self._hanging("· ", row[0])
            for column, cell in zip(columns[1:], row[1:], strict=True):
                title = ((f"{column.title}  ", "dim"),) if column.title else ()
                yield Inset(self._words(*title, *cell.pieces), 2)

    def _terms(self, terms: Terms, width: int) -> Iterator[ScreenPart]:
        labels = [self._text(term.label) for term in terms.terms]
        widest = min(max((label.columns for label in labels), default=0), width // 3)
        for term, label in zip(terms.terms, labels, strict=True):
            yield Beside(Cell(label, widest, 2), Cell(self._text(term.text)))
            yield from self._inside(term.blocks, width, 2)

    def _chart(self, chart: Chart) -> Iterator[ScreenPart]:
        from rich.table import Table as Grid

        if chart.caption:
            yield self._words((chart.caption, ""))
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(overflow="fold", max_width=LABEL_COLUMNS)
        grid.add_column(width=BAR_COLUMNS, no_wrap=True)
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(ratio=1)
        for one in chart.bars:
            label, remark = rich_text(*_pieces(one.label)), rich_text(*_pieces(one.remark))
            grid.add_row(label, bar(one.share, BAR_COLUMNS), one.figure, remark)
        yield LaidOutByRich(grid, self.to)

    def _stacked_chart(self, chart: StackedChart, width: int) -> Iterator[ScreenPart]:
        if chart.caption:
            yield self._words((chart.caption, ""))
        for fill, name in zip(cycle(self.fills), chart.series, strict=False):
            yield self._hanging(f"{fill} ", self._words((name, "")))
        longest = max((one.total for one in chart.bars), default=0)
        figures = max((len(f"{one.total:,}") for one in chart.bars), default=0)
        labels = [self._text(one.label) for one in chart.bars]
        widest = min(max((label.columns for label in labels), default=0), LABEL_COLUMNS, width // 3)
        columns = max(width - widest - figures - 4, 1)
        for one, label in zip(chart.bars, labels, strict=True):
            drawn = SimpleText((stacked_bar(one.counts, longest, columns, self.fills), ""), no_wrap=True)
            figure = SimpleText((f"{one.total:,}", ""), no_wrap=True)
            yield Beside(Cell(label, widest, 2), Cell(drawn, columns, 2), Cell(figure, figures, right=True))

    # -- lines

    def _text(self, text: Text, style: str = "") -> SimpleText:
        """A text with its styles, over a style for all of it. An address that stands alone is not broken."""
        address = len(text) == 1 and text[0].link is not None and text[0].link.kind == "web"
        return self._words(*_pieces(text, style), no_wrap=address)

    def _words(self, *pieces: Piece, no_wrap: bool = False) -> SimpleText:
        if all(is_simple(text) for text, _ in pieces):
            return SimpleText(*pieces, no_wrap=no_wrap)
        return UnusualText(self.to, *pieces, no_wrap=no_wrap)

    def _names_shown(self) -> bool:
        return self.to.width >= WITHOUT_IDENTIFIERS

    def _line(self, said: SimpleText, identifier: str, width: int) -> ScreenPart:
        """A line with a name at its right end; where both do not fit beside each other, the name goes under it."""
        if not identifier or not self._names_shown():
            return said
        name = self._words((identifier, "dim"))
        if name.columns > width // 3 and said.columns + name.columns + 2 > width:
            return Below(said, Inset(name, 2))
        return Beside(Cell(said), Cell(name, name.columns + 2, right=True))

    def _beside(self, title: SimpleText, subject: Text) -> ScreenPart:
        """The title with its subject at the right, or under it where there is no room."""
        said = self._text(subject, "dim")
        if not subject or title.columns + said.columns + 3 > self.to.width:
            return Below(title, said) if subject else title
        between = " " * (self.to.width - title.columns - said.columns)
        return self._words(*title.pieces, (between, ""), *said.pieces)

    @staticmethod
    def _hanging(lead: str, said: ScreenPart) -> ScreenPart:
        """A line after its mark; what is wrapped hangs under its own text."""
        return Beside(Cell(SimpleText((lead, ""), no_wrap=True), len(lead)), Cell(said)) if lead else said

    def _inset(self, part: ScreenPart, by: int) -> ScreenPart:
        if isinstance(part, SimpleText) and part.no_wrap:
            return self._words((" " * by, ""), *part.pieces, no_wrap=True)
        return Inset(part, by)


def _halves(parts: Sequence[ScreenPart]) -> ScreenPart:
    left, right = parts
    return Beside(Cell(left, None, 2), Cell(right))


def _table_cell(cell: SimpleText, width: int, column: Column) -> Cell:
    return Cell(cell, width, TABLE_GAP, right=column.kind == "number")


def _pieces(text: Text, style: str = "") -> tuple[Piece, ...]:
    return tuple((_marked(span), f"{style} {STYLES[span.style]}".strip()) for span in text)


def _marked(span: Span) -> str:
    """The words of a span, with the mark of its footnote."""
    return span.text if span.note is None else f"{span.text}[{span.note}]"


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
                | TimeLine()
                | Ladder()
                | Diagnostic()
                | Note()
                | Listing()
                | Footnotes()
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
