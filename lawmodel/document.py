"""A document: what there is to tell, as a few kinds of block. It knows no law and no way of showing itself.

A verb makes a document of its result; a file in `lawmodel.render` turns any document into text for a terminal, Markdown
or HTML. The blocks are a closed union: a renderer that forgets one does not pass the type checker.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal, TypeAlias

from lawmodel.dataclass import dataclass

Style: TypeAlias = Literal["plain", "strong", "faint", "reading", "identifier"]
"""How a piece of text is set. ``reading`` is for the names of readings and for nothing else."""

LinkKind: TypeAlias = Literal["law", "source", "case", "step", "web", "note"]

Truth: TypeAlias = Literal["met", "not met", "not known"]
"""What is said of a step: of this case it is true, it is false, or nobody knows."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a piece of text leads to."""

    kind: LinkKind
    """``law``: an entry of the rulebook; ``source``: of its register; ``case``: a file or ``FILE#variant``; ``step``:
    an anchor of the same document; ``web``: an address; ``note``: a footnote, by its number."""
    to: str


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style."""

    text: str
    style: Style = "plain"
    link: Link | None = None
    note: int | None = None
    """The number of the footnote whose mark stands after it. A note may have several marks."""
    language: str = ""
    """The language of the words, by its code (`ru`), where it is not that of the document, and is known."""


Text: TypeAlias = tuple[Span, ...]


def text(*pieces: str | Span | Text) -> Text:
    """Text made of plain strings, spans and other texts; empty pieces are left out."""
    spans: list[Span] = []
    for piece in pieces:
        if isinstance(piece, str):
            spans += [Span(piece)] if piece else []
        elif isinstance(piece, Span):
            spans += [piece] if piece.text or piece.note is not None else []
        else:
            spans += piece
    return tuple(spans)


def strong(words: str) -> Span:
    """Words that carry the answer."""
    return Span(words, "strong")


def faint(words: str) -> Span:
    """Words that are never needed to understand the rest."""
    return Span(words, "faint")


def reading(words: str, name: str = "") -> Span:
    """The name of a reading; ``name``: its id, where it is to be looked up."""
    return Span(words, "reading", Link("law", name) if name else None)


def original(words: str, language: str) -> Span:
    """Words of an original, in its language; empty where that is not known."""
    return Span(words, language=language)


def identifier(name: str, link: Link | None = None) -> Span:
    """A name that can be typed."""
    return Span(name, "identifier", link)


def of_law(words: str, name: str) -> Span:
    """Words that lead to an entry of the rulebook."""
    return Span(words, link=Link("law", name))


def noted(number: int) -> Span:
    """The mark of a footnote."""
    return Span("", note=number)


def capitalised(said: Text) -> Text:
    """The text with a capital first letter; links, marks and styles in it stay."""
    if not said:
        return said
    first = said[0]
    return (
        Span(first.text[:1].upper() + first.text[1:], first.style, first.link, first.note, first.language),
        *said[1:],
    )


def plain(words: Text) -> str:
    """The words of a text alone."""
    return "".join(span.text for span in words)


# --- blocks ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, in one sentence, with what has to be said at once about it."""

    sentence: Text
    identifier: str = ""
    """The outcome as it is typed; several are separated by blanks."""
    remarks: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list: a line, its name where it has one, and what belongs to it."""

    text: Text
    identifier: str = ""
    blocks: tuple[Block, ...] = ()
    anchor: str = ""
    """The name by which a link leads to it."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list. Numbered where its entries are referred to by number."""

    items: tuple[Item, ...]
    numbered: bool = False
    first: int = 1
    """The number of the first entry: a list may go on with the numbers of one before."""


@dataclass(frozen=True, slots=True)
class ReasonStep:
    """A step of a reason, and the steps below it. Without a truth it is said of the law, not of the case."""

    text: Text
    truth: Truth | None = None
    remark: Text = ()
    steps: tuple[ReasonStep, ...] = ()
    anchor: str = ""
    """The name by which the step is cited, and a link leads to it. Of several with one name the first is meant."""


@dataclass(frozen=True, slots=True)
class Steps:
    """A tree of steps."""

    steps: tuple[ReasonStep, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Steps of two reasons beside each other: before and after, of one and of another."""

    rows: tuple[tuple[ReasonStep | None, ReasonStep | None], ...]
    """None where the other side has nothing in its place."""
    head: tuple[str, str]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """If a condition holds, this is the outcome."""

    condition: Text
    outcome: Text
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Something on which an outcome depends: what it is, and the rows for what it can come to."""

    subject: Text
    """Empty where what it is stands above the table."""
    identifier: str = ""
    rows: tuple[DecisionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """Conditions, and the outcome of each."""

    decisions: tuple[Decision, ...]
    head: tuple[str, str] = ("", "")
    """Over the conditions, and over the outcomes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    title: str = ""
    kind: Literal["text", "number", "identifier"] = "text"
    """Identifiers may be left out where there is no room."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as many in each as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a row of another length."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table has a cell for each column")


@dataclass(frozen=True, slots=True)
class Term:
    """A label and what is said under it."""

    label: Text
    text: Text
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """Labels with what is said under each: since when, by whom, how sure."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: how much of the whole, from 0 to 1, and the figure in words."""

    label: Text
    share: float
    figure: str
    remark: Text = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on one scale; a full bar is the whole."""

    bars: tuple[Bar, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class StackedBar:
    """A bar of several parts."""

    label: Text
    counts: tuple[int, ...]
    """How long each part is, in the order of the series of the chart."""

    @property
    def total(self) -> int:
        """How long the whole bar is."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class StackedChart:
    """Bars on one scale, each divided into the same parts: how often each of several things is so, by group."""

    series: tuple[str, ...]
    """What each part stands for."""
    bars: tuple[StackedBar, ...]
    caption: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a bar of more or fewer parts."""
        if any(len(bar.counts) != len(self.series) for bar in self.bars):
            raise ValueError("every bar of a stacked chart has a part for each of its series")


@dataclass(frozen=True, slots=True)
class DayRange:
    """A day: known where the two are the same, else some day between them, both included; None: without a bound."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    @property
    def known(self) -> datetime.date | None:
        """The day; None where it is not known."""
        return self.first if self.first == self.last else None


@dataclass(frozen=True, slots=True)
class LaneMark:
    """Something on a single day."""

    day: DayRange
    says: Text
    """What it is, the day included."""
    is_step: bool = False
    """Whether it only leads to what counts: a bill on its way."""
    is_doubtful: bool = False
    """Whether the day is computed or disputed."""


@dataclass(frozen=True, slots=True)
class LaneSpan:
    """Something that lasts."""

    first: DayRange | None
    """None: it has no beginning."""
    last: DayRange | None
    """The last day; None: it has no end."""
    says: Text = ()
    """What it is, its days included; empty where marks on the same lane say it."""
    is_law: bool = False
    """Whether it is law that is in force, and nothing of the case."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One thing on a time line: what lasts of it, and what happens to it on single days."""

    title: Text
    spans: tuple[LaneSpan, ...] = ()
    marks: tuple[LaneMark, ...] = ()
    remark: Text = ()
    """What is said of it without a day."""


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Lanes on one axis of days."""

    title: str
    lanes: tuple[Lane, ...]
    pointer: datetime.date | None = None
    """A day that is pointed out across all lanes."""
    pointer_says: Text = ()


Joint: TypeAlias = Literal["all", "any", "count", "open"]
"""Of several conditions, whether all have to be met, one below the other; or, side by side, one of them, as many as is
said, or that one which is the law, where it is open how the law is to be read."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A condition, or several that are joined; or, at the end, what then follows."""

    says: Text = ()
    """The condition in words; of several what they belong to, if that is to be said."""
    truth: Truth | None = None
    """None: it is said of the law, without a case."""
    joint: Joint = "all"
    rungs: tuple[Rung, ...] = ()
    """The conditions that are joined; none where it is a condition itself."""
    is_end: bool = False
    """Whether it is no condition but what follows from those above it."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The conditions of a rule from the top down, and how far a case gets."""

    title: str
    rungs: tuple[Rung, ...]
    """All of them have to be met, one after the other."""


Picture: TypeAlias = TimeLine | Ladder
"""What is drawn where there is room and ink, and told as a list elsewhere."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong at a place of a file, as compilers say it, and what to do about it."""

    place: str
    """``file:line:column``, or the file alone."""
    message: Text
    mend: Text
    excerpt: str = ""
    """The line of the file, letter by letter, with a caret below it."""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that stands apart."""

    text: Text
    level: Literal["note", "odd", "error"] = "note"


@dataclass(frozen=True, slots=True)
class Listing:
    """A file or a command, letter by letter."""

    text: str
    language: Literal["yaml", "console", "text"] = "text"


@dataclass(frozen=True, slots=True)
class Footnote:
    """What is said to a mark: where the words before it come from."""

    number: int
    text: Text


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The footnotes of a document, once and for all of it, in the order of their marks.

    Formats that have pages put each below the page of its mark; the others tell them where the block stands.
    """

    notes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document under a heading of its own."""

    title: Text
    blocks: tuple[Block, ...]
    remark: Text = ()
    """What is said beside the heading."""
    anchor: str = ""
    identifier: str = ""
    close: bool = False
    """Whether it is one of several short parts, which stand close to each other."""


@dataclass(frozen=True, slots=True)
class Fold:
    """What is told only to those who ask for all: in its place stands a line that says what it is."""

    summary: Text
    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Verdict
    | Paragraph
    | Items
    | Steps
    | SideBySide
    | DecisionTable
    | Table
    | Terms
    | Chart
    | StackedChart
    | TimeLine
    | Ladder
    | Diagnostic
    | Note
    | Listing
    | Footnotes
    | Section
    | Fold
)


@dataclass(frozen=True, slots=True)
class Document:
    """All that a verb has to tell."""

    title: Text
    blocks: tuple[Block, ...]
    subject: Text = ()
    """What it is about, beside the title: a file, a case, a law."""
    anchor: str = ""
    """The name by which it is led to where it stands on a page with others."""


def together(documents: Sequence[Document]) -> Document:
    """Several documents as one, each as a section. Raises ValueError for none."""
    if not documents:
        raise ValueError("there is no document")
    if len(documents) == 1:
        return documents[0]
    sections = tuple(Section(one.title, one.blocks, one.subject, one.anchor) for one in documents)
    return Document(text(f"{len(documents)} results"), sections)
