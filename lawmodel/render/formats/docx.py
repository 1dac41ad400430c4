"""For Word and other word processors.

Styles are Word's own, by their names: those of the reader's template take their place. Footnotes are footnotes, links
are links, tables repeat their heads; nothing is folded. Time lines and ladders are lists, and above them pictures where
Typst is installed, which draws them. For all else it needs nothing that is not in Python itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, assert_never

from lawmodel.document import (
    Block,
    Chart,
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
    Picture,
    Section,
    SideBySide,
    Span,
    StackedChart,
    Steps,
    Style,
    Table,
    Terms,
    Text,
    TimeLine,
    Verdict,
    plain,
    text,
)
from lawmodel.render.footnote_marks import marks_in, notes_in
from lawmodel.render.formats import _word_package as word
from lawmodel.render.pictures.drawn import alternative, drawings, share_of_page
from lawmodel.render.pictures.lists import as_list
from lawmodel.render.pictures.raster import raster
from lawmodel.render.pictures.standalone import standalone
from lawmodel.render.simpler_blocks import simpler

EXTENSIONS: Final = (".docx",)
MARK: Final = word.MARK
BINARY: Final = True
LEVEL_WORDS: Final = {"note": "", "odd": "Odd: ", "error": "Error: "}
DEEPEST_HEADING: Final = 6
TALLEST: Final = 0.85
"""Of the height of a page, for a picture: its caption stands on the same page."""
STYLES: Final[dict[Style, str]] = {
    "plain": "",
    "faint": "",
    "strong": "Strong",
    "reading": "Reading",
    "identifier": "Identifier",
}
_PLACE: Final = re.compile(r"[^A-Za-z0-9_]")
LONGEST_PLACE: Final = 40
"""Characters of the name of a bookmark in Word."""


def render(document: Document, *, everything: bool = False) -> bytes:
    """The whole document as a file of Word, the same for the same document; what is folded is told as well."""
    return _Writer(document).file()


class _Writer:
    """One writing of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes = {note.number: note.text for note in notes_in(document.blocks)}
        self._marked = {number for number in marks_in(document.blocks) if number in self._notes}
        self._met: set[int] = set()
        self._links: dict[str, int] = {}
        self._places: dict[str, str] = {}
        self._lists = 0
        self._bookmarks = 0
        self._pictures: list[bytes] = []

    def file(self) -> bytes:
        """The document."""
        told = self._document
        parts = [self._paragraph("Title", self._runs(told.title))]
        parts += [self._paragraph("Subtitle", self._runs(told.subject))] if told.subject else []
        parts += self._blocks(told.blocks, 1, 0)
        notes = "".join(self._footnote(number) for number in sorted(self._marked))
        return word.package(plain(told.title), "".join(parts), notes, self._lists, list(self._links), self._pictures)

    # --- blocks ------------------------------------------------------------------------------------------

    def _blocks(self, blocks: Iterable[Block], level: int, depth: int) -> Iterator[str]:
        """Blocks under headings of a level, and within lists of a depth."""
        for block in blocks:
            yield from self._block(block, level, depth)

    def _block(self, block: Block, level: int, depth: int) -> Iterator[str]:
        body = "BodyText" if not depth else _list_style("ListContinue", depth)
        match block:
            case Paragraph(said):
                yield self._paragraph(body, self._runs(said))
            case Items(items, numbered, first):
                yield from self._items(items, level, depth + 1, numbered, first)
            case DecisionTable():
                yield from self._decision_table(block)
            case Table(columns, table_rows, caption):
                if caption:
                    yield self._paragraph("Caption", self._runs(text(caption)))
                cells = [[self._cell(cell) for cell in row] for row in table_rows]
                heads = [text(column.title) for column in columns]
                weights = [_weight([len(plain(row[number])) for row in table_rows]) for number in range(len(columns))]
                yield self._table(heads, cells, weights, caption)
            case Terms(terms):
                for term in terms:
                    label = self._runs(tuple(Span(one.text, "strong", one.link, one.note) for one in term.label))
                    yield self._paragraph("Term", f"{label}<w:r><w:tab/></w:r>{self._runs(term.text)}")
                    yield from self._blocks(term.blocks, level, depth)
            case TimeLine(title) | Ladder(title):
                yield self._paragraph("Caption", self._runs(text(title)))
                yield from self._picture(block)
                yield from self._block(as_list(block), level, depth)
            case Note(said, note_level):
                yield self._paragraph("Quote", self._runs(text(LEVEL_WORDS[note_level], *said)))
            case Listing(words):
                yield self._code(words)
            case Footnotes(notes):
                for note in notes:  # those that no mark leads to would be lost
                    if note.number not in self._marked:
                        yield self._paragraph(body, self._runs(text(f"{note.number}. ", *note.text)))
            case Section(title, inner, remark, anchor, identifier):
                name = text(" ", Span(identifier, "identifier")) if identifier else ()
                yield self._heading(level, text(*title, *name), anchor)
                yield from [self._paragraph("BodyText", self._runs(remark))] if remark else []
                yield from self._blocks(inner, level + 1, 0)
            case Verdict() | Steps() | SideBySide() | Chart() | StackedChart() | Diagnostic() | Fold():
                yield from self._blocks(simpler(block), level, depth)
            case _:
                assert_never(block)

    def _picture(self, picture: Picture) -> Iterator[str]:
        """A drawing, if it can be had in pixels."""
        svg = standalone(drawings(picture))
        width = word.PAGE / 20 * share_of_page(picture)
        found = None if svg is None else raster(svg, width, word.PAGE_HEIGHT / 20 * TALLEST)
        if found is not None:
            self._pictures.append(found.png)
            told = word.picture(len(self._pictures), found.width, found.height, alternative(picture))
            yield self._paragraph("Picture", told)

    def _heading(self, level: int, title: Text, anchor: str) -> str:
        return self._paragraph(f"Heading{min(level, DEEPEST_HEADING)}", self._at(anchor, self._runs(title)))

    def _items(self, items: Sequence[Item], level: int, depth: int, numbered: bool, first: int) -> Iterator[str]:
        if numbered:
            self._lists += 1
            number = word.BULLETS + self._lists
        for place, item in enumerate(items):
            name = text(" ", Span(item.identifier, "identifier")) if item.identifier else ()
            said = self._at(item.anchor, self._runs(text(*item.text, *name)))
            if numbered and first == 1:
                listed = _numbering(number, min(depth, 9))
                yield self._paragraph(_list_style("ListNumber", depth), said, listed)
            else:
                lead = self._runs(text(f"{first + place}. ")) if numbered else ""
                yield self._paragraph(_list_style("ListBullet", depth), f"{lead}{said}", _deeper(depth))
            yield from self._blocks(item.blocks, level, depth)

    # --- tables ------------------------------------------------------------------------------------------

    def _decision_table(self, table: DecisionTable) -> Iterator[str]:
        heads = [text(table.head[0] or "If"), text(table.head[1] or "Then")]
        rows = []
        for decision in table.decisions:
            if decision.subject or decision.identifier:
                rows.append([self._cell(_subject(decision), "TableHeader")])
            for row in decision.rows:
                name = text(" (", Span(row.identifier, "identifier"), ")") if row.identifier else ()
                rows.append([self._cell(row.condition), self._cell(text(row.outcome, name))])
        yield self._table(heads, rows, [3, 2], "")

    def _table(
        self, heads: Sequence[Text], rows: Sequence[Sequence[str]], weights: Sequence[float], caption: str
    ) -> str:
        """A table; a row of one cell goes over all columns. Its head is repeated on each page, its rows stay whole."""
        widths = [round(word.PAGE * weight / sum(weights)) for weight in weights]
        told = f'<w:tblCaption w:val="{word.xml_text(caption)}"/>' if caption else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        inside = [self._row([self._cell(one, "TableHeader") for one in heads], widths, is_head=True)]
        if not any(heads):
            inside = []
        inside += [self._row(row, widths) for row in rows]
        if not inside:
            return ""
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:noVBand="1"/>{told}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(inside)}</w:tbl>"
            f"{self._paragraph('TableText', '')}"  # Word joins tables between which nothing stands
        )

    def _row(self, cells: Sequence[str], widths: Sequence[int], *, is_head: bool = False) -> str:
        said = []
        spans = len(cells) == 1 and len(widths) > 1
        for cell, width in zip(cells, [sum(widths)] if spans else widths, strict=True):
            over = f'<w:gridSpan w:val="{len(widths)}"/>' if spans else ""
            inside = cell or self._paragraph("TableText", "")
            said.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}</w:tcPr>{inside}</w:tc>')
        repeated = "<w:tblHeader/>" if is_head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(said)}</w:tr>"

    def _cell(self, said: Text, style: str = "TableText") -> str:
        return self._paragraph(style, self._runs(said))

    # --- paragraphs and runs -------------------------------------------------------------------------------

    @staticmethod
    def _paragraph(style: str, runs: str, listed: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{listed}</w:pPr>{runs}</w:p>'

    def _code(self, words: str) -> str:
        lines = "<w:br/>".join(
            f'<w:t xml:space="preserve">{word.xml_text(line)}</w:t>' for line in words.rstrip("\n").split("\n")
        )
        return self._paragraph("Code", f"<w:r>{lines}</w:r>")

    def _at(self, anchor: str, runs: str) -> str:
        """Runs to which a link leads, at the first of several of this name."""
        if not anchor or anchor in self._places:
            return runs
        self._places[anchor] = _place(anchor)
        return self._bookmark(self._places[anchor], runs)

    def _bookmark(self, name: str, runs: str) -> str:
        self._bookmarks += 1
        number = self._bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'

    def _runs(self, said: Text) -> str:
        return "".join(self._span(span) for span in said)

    def _span(self, span: Span) -> str:
        runs = self._linked(span, self._letters(span)) if span.text else ""
        return runs if span.note is None else f"{runs}{self._mark(span.note)}"

    def _letters(self, span: Span) -> str:
        is_web = span.link is not None and span.link.kind == "web"
        style = "Hyperlink" if is_web and not STYLES[span.style] else STYLES[span.style]
        properties = f'<w:rStyle w:val="{style}"/>' if style else ""
        properties += f'<w:lang w:val="{word.xml_text(span.language)}"/>' if span.language else ""
        shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        lines = (f'<w:t xml:space="preserve">{word.xml_text(line)}</w:t>' for line in span.text.split("\n"))
        return f"<w:r>{shown}{'<w:br/>'.join(lines)}</w:r>"

    def _linked(self, span: Span, runs: str) -> str:
        link = span.link
        if link is None:
            return runs
        if link.kind == "web" and link.to.startswith(("https://", "http://")):
            number = self._links.setdefault(link.to, len(self._links))
            return f'<w:hyperlink r:id="{word.link_id(number)}">{runs}</w:hyperlink>'
        if link.kind == "step":
            return f'<w:hyperlink w:anchor="{_place(link.to)}">{runs}</w:hyperlink>'
        if link.kind == "note" and link.to.isdecimal() and int(link.to) in self._marked:
            return _field(f"NOTEREF {_note_place(int(link.to))} \\h", runs)
        return runs

    def _mark(self, number: int) -> str:
        """The mark of a note: the first is the note itself, later ones refer to it."""
        if number not in self._marked:
            return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{number}</w:t></w:r>'
        if number in self._met:
            run = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{number}</w:t></w:r>'
            return _field(f"NOTEREF {_note_place(number)} \\f \\h", run)
        self._met.add(number)
        run = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        return self._bookmark(_note_place(number), run)

    def _footnote(self, number: int) -> str:
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        said = f"{mark}{self._runs(text(' ', *self._notes[number]))}"
        return f'<w:footnote w:id="{number}">{self._paragraph("FootnoteText", said)}</w:footnote>'


def _subject(decision: Decision) -> Text:
    name = text(" ", Span(decision.identifier, "identifier")) if decision.identifier else ()
    return text(*decision.subject, *name)


def _list_style(kind: str, depth: int) -> str:
    level = min(depth, word.DEEPEST_LIST)
    return kind if level == 1 else f"{kind}{level}"


def _numbering(number: int, depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth - 1}"/><w:numId w:val="{number}"/></w:numPr>'


def _deeper(depth: int) -> str:
    """Bullets below those for which Word has styles."""
    return "" if depth <= word.DEEPEST_LIST else _numbering(word.BULLETS, min(depth, 9))


def _field(instruction: str, runs: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} ">{runs}</w:fldSimple>'


def _note_place(number: int) -> str:
    return f"_RefNote{number}"


def _place(anchor: str) -> str:
    """The name of a place: letters, digits and lines, none of which means anything else."""
    return f"p_{_PLACE.sub('_', anchor)}"[:LONGEST_PLACE]


def _weight(lengths: Sequence[int]) -> float:
    """How wide a column is to be among others: long cells wrap, and need less than in proportion."""
    return math.pow(max(12, max(lengths, default=0)), 0.6)
