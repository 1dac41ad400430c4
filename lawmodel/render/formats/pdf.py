"""For printing and handing in: PDF with tags for screen readers (PDF/UA-1).

It is set by Typst, which comes with the extra `report`. What a document says goes to Typst as data, so that no text of
it is code. The fonts are those that Typst brings along; the same document gives the same bytes.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Any, Final, TypeAlias, assert_never

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
    Verdict,
    plain,
    text,
)
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.render.footnote_marks import marks_in, notes_in, parts_of
from lawmodel.render.formats import raise_unless_ready
from lawmodel.render.pictures.drawn import alternative, drawings, share_of_page
from lawmodel.render.pictures.lists import as_list
from lawmodel.render.pictures.standalone import UNCOMMON, standalone
from lawmodel.render.simpler_blocks import simpler
from lawmodel.safe_text import SIGN, safe

EXTENSIONS: Final = (".pdf",)
MARK: Final = "written by lawmodel"
"""Among the keywords of the file, which are not compressed."""
BINARY: Final = True
NEEDS: Final = ("typst", "report")
"""A package, and the extra that brings it."""
LEVEL_WORDS: Final = {"note": "", "odd": "Odd: ", "error": "Error: "}
DEEPEST_HEADING: Final = 6
LONGEST_LABEL: Final = 15
"""Characters of a label beside which its text begins where those of other labels do."""
LONGEST_WORD: Final = 60
"""A longer word may be broken anywhere, so that it stays on the page."""
MOST_FONTS_TRIED: Final = 40
"""So many characters that no font has are found one by one."""
TIME: Final = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
"""Of every file: the time of writing is not in it."""
_LONG: Final = re.compile(rf"\S{{{LONGEST_WORD}}}")
_UNSHOWN: Final = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
Node: TypeAlias = dict[str, Any]


def render(document: Document, *, everything: bool = False) -> bytes:
    """The whole document as PDF, the same for the same document; what is folded is told as well."""
    raise_unless_ready("pdf")
    told = _Teller(document).told()
    source = files("lawmodel.render.formats").joinpath("document.typ").read_bytes()
    own = _set(source, told, own_fonts=True)
    if isinstance(own, bytes):
        return own
    for _ in range(MOST_FONTS_TRIED):  # a letter that the fonts of Typst do not have: those of this computer may
        found = _set(source, told, own_fonts=False)
        if isinstance(found, bytes):
            return found
        told = told.replace(found, SIGN)
    last = _set(source, UNCOMMON.sub(SIGN, told), own_fonts=False)
    if isinstance(last, bytes):
        return last
    raise ProblemsFound([Problem("no font has some letters of this document", "Write it as html or docx.", "pdf")])


def _set(source: bytes, told: str, *, own_fonts: bool) -> bytes | str:
    """The PDF; or a piece of the text that no font can show."""
    import typst

    try:
        made: bytes = typst.compile(
            source,
            format="pdf",
            sys_inputs={"told": told},
            pdf_standards=["ua-1"],
            timestamp=TIME,
            ignore_system_fonts=own_fonts,
        )
    except typst.TypstError as error:
        unshown = _UNSHOWN.search(str(error))
        if unshown is None:
            raise
        return unshown[1]
    return made


class _Teller:
    """Tells one document as the data of `document.typ`."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes = {note.number: note.text for note in notes_in(document.blocks)}
        self._marked = {number for number in marks_in(document.blocks) if number in self._notes}
        self._met: set[int] = set()
        self._places: dict[str, str] = {}
        self._wanted = _places_in(document.blocks)

    def told(self) -> str:
        """The document as JSON."""
        told = self._document
        subject = self._said(told.subject)
        blocks = [*self._blocks(told.blocks, 1)]
        data = {
            "title": safe(plain(told.title)) or "A document",
            "mark": MARK,
            "subject": subject,
            "blocks": blocks,
            "notes": {str(number): self._said(self._notes[number]) for number in sorted(self._marked)},
        }
        return json.dumps(data, ensure_ascii=False)

    # --- blocks ------------------------------------------------------------------------------------------

    def _blocks(self, blocks: Iterable[Block], level: int) -> Iterator[Node]:
        for block in blocks:
            yield from self._block(block, level)

    def _block(self, block: Block, level: int) -> Iterator[Node]:
        match block:
            case Paragraph(said):
                yield self._paragraph(said)
            case Items(items, numbered, first):
                told = [self._item(item, level) for item in items]
                tight = all(isinstance(inner, Items) for item in items for inner in item.blocks)
                yield {"k": "list", "numbered": numbered, "first": first, "tight": tight, "items": told}
            case DecisionTable():
                yield self._decision_table(block)
            case Table(columns, table_rows, caption):
                heads = [text(column.title) for column in columns]
                weights = [_weight([len(plain(row[number])) for row in table_rows]) for number in range(len(columns))]
                yield self._table(heads, table_rows, weights, caption)
            case Terms(terms):
                told = [
                    {
                        "label": self._said(term.label),
                        "short": len(plain(term.label)) <= LONGEST_LABEL,
                        "t": self._said(term.text),
                        "b": [*self._blocks(term.blocks, level)],
                    }
                    for term in terms
                ]
                yield {"k": "terms", "terms": told}
            case TimeLine(title) | Ladder(title):
                yield {"k": "caption", "t": self._said(text(title))}
                yield from self._picture(block)
                yield from self._block(as_list(block), level)
            case Note(said, note_level):
                yield {"k": "note", "t": self._said(text(LEVEL_WORDS[note_level], said))}
            case Listing(words):
                yield _code(words)
            case Footnotes(notes):
                for note in notes:  # those that no mark leads to would be lost
                    if note.number not in self._marked:
                        yield self._paragraph(text(f"{note.number}. ", note.text))
            case Section(title, inner, remark, anchor, identifier):
                name = text(" ", Span(identifier, "identifier")) if identifier else ()
                yield self._heading(level, text(title, name), anchor)
                yield from [self._paragraph(remark)] if remark else []
                yield from self._blocks(inner, level + 1)
            case Verdict() | Steps() | SideBySide() | Chart() | StackedChart() | Diagnostic() | Fold():
                yield from self._blocks(simpler(block), level)
            case _:
                assert_never(block)

    def _paragraph(self, said: Text) -> Node:
        return {"k": "p", "t": self._said(said)}

    def _heading(self, level: int, title: Text, anchor: str) -> Node:
        return {"k": "h", "l": min(level, DEEPEST_HEADING), "t": self._said(title), "a": self._place(anchor)}

    def _item(self, item: Item, level: int) -> Node:
        name = text(" ", Span(item.identifier, "identifier")) if item.identifier else ()
        said, place = self._said(text(item.text, name)), self._place(item.anchor)
        return {"t": said, "a": place, "b": [*self._blocks(item.blocks, level)]}

    def _decision_table(self, table: DecisionTable) -> Node:
        rows: list[Sequence[Text]] = []
        for decision in table.decisions:
            if decision.subject or decision.identifier:
                rows.append([_subject(decision)])
            for row in decision.rows:
                name = text(" (", Span(row.identifier, "identifier"), ")") if row.identifier else ()
                rows.append([row.condition, text(row.outcome, name)])
        return self._table([text(table.head[0] or "If"), text(table.head[1] or "Then")], rows, [3, 2])

    def _table(
        self, heads: Sequence[Text], rows: Sequence[Sequence[Text]], weights: Sequence[float], caption: str = ""
    ) -> Node:
        """A table; a row of one cell goes over all columns."""
        head = [self._said(one) for one in heads] if any(heads) else None
        told = [[self._said(cell) for cell in row] for row in rows]
        return {"k": "table", "w": [*weights], "head": head, "rows": told, "caption": safe(caption)}

    def _picture(self, picture: Picture) -> Iterator[Node]:
        """A drawing, if there is one."""
        svg = standalone(drawings(picture))
        if svg is not None:
            yield {"k": "picture", "svg": svg, "alt": safe(alternative(picture)), "w": share_of_page(picture) * 100}

    # --- texts -------------------------------------------------------------------------------------------

    def _place(self, anchor: str) -> str | None:
        """The name of a place, at the first of several, if a link leads there."""
        if not anchor or anchor in self._places or anchor not in self._wanted:
            return None
        self._places[anchor] = f"place-{anchor}"
        return self._places[anchor]

    def _said(self, said: Text) -> list[Node]:
        return [node for span in said for node in self._span(span)]

    def _span(self, span: Span) -> Iterator[Node]:
        if span.text:
            language = {"g": span.language} if span.language else {}
            yield {"t": _breakable(safe(span.text)), "s": span.style} | language | self._leads(span)
        if span.note is None:
            return
        if span.note not in self._marked:
            yield {"t": "", "s": "plain", "mark": str(span.note)}
        else:
            yield {"t": "", "s": "plain", "note": str(span.note), "first": span.note not in self._met}
            self._met.add(span.note)

    def _leads(self, span: Span) -> Node:
        link = span.link
        if link is None:
            return {}
        if link.kind == "web" and link.to.startswith(("https://", "http://")):
            return {"u": safe(link.to)}
        if link.kind == "note" and link.to.isdecimal() and int(link.to) in self._marked:
            return {"to": f"note-{int(link.to)}"}
        if link.kind == "step" and link.to in self._wanted:
            return {"to": f"place-{link.to}"}
        return {}


def _places_in(blocks: Iterable[Block]) -> frozenset[str]:
    """The places of a document to which a link of it leads."""
    places: set[str] = set()
    wanted: set[str] = set()
    for one in parts_of(tuple(blocks)):
        if isinstance(one, Section | Item | ReasonStep) and one.anchor:
            places.add(one.anchor)
        if isinstance(one, Span) and one.link is not None and one.link.kind == "step":
            wanted.add(one.link.to)
    return frozenset(places & wanted)


def _code(words: str) -> Node:
    return {"k": "code", "t": _breakable(safe(words.rstrip("\n")))}


def _subject(decision: Decision) -> Text:
    name = text(" ", Span(decision.identifier, "identifier")) if decision.identifier else ()
    return text(decision.subject, name)


def _weight(lengths: Sequence[int]) -> float:
    """How wide a column is to be among others: long cells wrap, and need less than in proportion."""
    return round(math.pow(max(12, max(lengths, default=0)), 0.6), 2)


def _breakable(words: str) -> str:
    """Words of which a very long one may be broken."""
    return _LONG.sub(lambda found: f"{found[0]}\N{ZERO WIDTH SPACE}", words)
