"""Documents shown: nothing that is told is lost, and nothing of it becomes markup."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from lawmodel.document import (
    Column,
    Decision,
    DecisionRow,
    DecisionTable,
    Document,
    Fold,
    Item,
    Items,
    Listing,
    Paragraph,
    ReasonStep,
    Section,
    Span,
    Steps,
    Table,
    Term,
    Terms,
    Verdict,
    reading,
    strong,
    text,
)
from lawmodel.render.formats import html, markdown
from lawmodel.render.terminal import console, show
from lawmodel.safe_text import Guarded
from tests.render.documents import DOCUMENTS, KINDS, OF_KIND, texts_in

VOID = ("meta", "br")


def on_terminal(document: Document, width: int = 80, *, everything: bool = True) -> str:
    """A document as a pipe gets it, at a width."""
    stream = io.StringIO()
    to = console(stream)
    to.width = width
    show(document, to, everything=everything)
    return stream.getvalue()


def squeezed(words: str) -> str:
    """Without blanks, breaks and case, which a line break may change."""
    return re.sub(r"\s", "", words).lower()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_block_is_drawn(kind: type) -> None:
    found = find(OF_KIND[kind], lambda block: isinstance(block, kind), settings=settings(phases=[Phase.generate]))
    document = Document(text("A document"), (found,))
    for shown in (on_terminal(document), markdown.render(document), html.render(document)):
        assert "document" in shown.lower()


@given(DOCUMENTS, st.sampled_from([40, 56, 64, 72, 80]))
def test_a_terminal_tells_everything_within_its_width(document: Document, width: int) -> None:
    shown = on_terminal(document, width)
    lines = shown.splitlines()
    assert all(len(line) <= width or line.startswith(("title: a case", "case.yaml:", " ")) for line in lines)
    assert not any(line.endswith(" ") for line in lines)
    everything = squeezed(shown)
    for words in texts_in(document):
        # a word may be folded into a narrow column, with another column's beside it: look for its pieces
        assert all(piece in everything for piece in map(squeezed, words.split()) if len(piece) < 8)


@given(DOCUMENTS)
def test_html_is_well_formed_and_holds_every_word_as_text(document: Document) -> None:
    page = html.render(document)
    parser = Page()
    parser.feed(page)
    assert not parser.open, "every element is closed"
    assert "script" not in parser.elements
    told = squeezed("".join(parser.text))
    assert all(squeezed(words) in told for words in texts_in(document))


class Page(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@given(DOCUMENTS)
def test_markdown_holds_every_word_and_none_of_it_is_markup(document: Document) -> None:
    told = squeezed(re.sub(r"\\([\\`*_\[\]<>|#~])", r"\1", markdown.render(document)))
    assert all(squeezed(words) in told for words in texts_in(document))


def test_markdown_escapes_what_would_be_markup() -> None:
    shown = markdown.render(Document(text("T"), (Paragraph(text("*a* <b> [c](d) `e` | #")),)))
    assert r"\*a\* \<b\> \[c\](d) \`e\` \| \#" in shown


def test_html_follows_only_addresses_of_the_web() -> None:
    from lawmodel.document import Link

    wicked = Span("here", "plain", Link("web", "javascript:alert(1)"))
    assert "javascript" not in html.render(Document(text("T"), (Paragraph((wicked,)),)))


def test_a_verdict_is_in_capitals_on_a_terminal_alone() -> None:
    document = Document(text("A cook"), (Verdict(text(strong("Extradition must be refused")), "must_refuse"),))
    assert on_terminal(document).splitlines()[2] == "EXTRADITION MUST BE REFUSED" + " " * 42 + "must_refuse"
    assert "<strong>Extradition must be refused</strong>" in html.render(document)


def test_what_is_folded_is_one_line_that_says_how_to_unfold_it() -> None:
    folds = (Fold(text("30 provisions not met"), (Paragraph(text("Art. 1")),)), Fold(text("2 engines"), ()))
    document = Document(text("A cook"), folds)
    folded = on_terminal(document, everything=False)
    assert folded.splitlines()[-1] == "Not shown  30 provisions not met · 2 engines (--all shows them)"
    assert "Art. 1" not in folded
    assert "Art. 1" in on_terminal(document)
    assert "<details><summary>30 provisions not met</summary><p>Art. 1</p></details>" in html.render(document)


def test_what_is_folded_inside_a_section_or_an_item_is_said_too() -> None:
    fold = Fold(text("3 steps"), (Fold(text("more"), ()),))
    inside = (Section(text("Part"), (fold,)), Items((Item(text("one"), blocks=(fold,)),)))
    folded = on_terminal(Document(text("A cook"), inside), everything=False)
    assert folded.splitlines()[-1] == "Not shown  3 steps (--all shows them)"
    assert "Not shown" not in on_terminal(Document(text("A cook"), inside))


CONTESTED = DecisionTable(
    (
        Decision(
            text("Reading ", reading("combat", "combat"), " (default): only those who have left must have fought"),
            "",
            (DecisionRow(text("if everyone must have fought"), text("may be granted"), "everyone"),),
        ),
    ),
    ("Assumes", "Otherwise"),
)


def test_a_condition_stands_beside_its_outcome_and_under_it_where_there_is_no_room() -> None:
    document = Document(text("A cook"), (CONTESTED,))
    wide = on_terminal(document)
    assert "    if everyone must have fought                may be granted          everyone" in wide.splitlines()
    narrow = on_terminal(document, 56)
    assert "→ may be granted" in narrow
    assert "everyone\n" not in narrow, "identifiers go first"


def test_the_heading_of_conditions_is_told_where_there_is_no_room_too() -> None:
    table = DecisionTable(
        (Decision(text("Fought"), "", (DecisionRow(text("if not"), text("may be granted")),)),), ("Assumes", "")
    )
    assert "Assumes\n" in on_terminal(Document(text("Title"), (table,)), 56)


def test_marks_stand_only_before_what_is_said_of_the_case() -> None:
    steps = Steps((ReasonStep(text("in the armed forces"), "met"), ReasonStep(text("Reading combat (default): …"))))
    shown = on_terminal(Document(text("T"), (steps,)))
    assert "✓ in the armed forces\nReading combat (default): …" in shown
    assert '<span class="spoken">met: </span>in the armed forces' in html.render(Document(text("T"), (steps,)))


def test_marks_without_utf_8() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", errors="replace")
    show(Document(text("T"), (Steps((ReasonStep(text("in the army"), "not met"),)),)), console(stream))
    stream.flush()
    assert b"[ ] in the army" in raw.getvalue()


def test_a_file_is_listed_letter_by_letter() -> None:
    long = "facts: {" + "x" * 200 + "}\n"
    assert long in on_terminal(Document(text("T"), (Listing(long, "yaml"),)), 60)
    assert "```yaml\n" + long + "```" in markdown.render(Document(text("T"), (Listing(long, "yaml"),)))


def test_a_row_of_another_length_is_no_table() -> None:
    with pytest.raises(ValueError, match="a cell for each column"):
        Table((Column("a"),), ((text("1"), text("2")),))


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_reach_a_screen_through_its_guard_and_what_steers_it_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "COLUMNS", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    screen = Screen()
    guarded: Any = Guarded(screen)
    show(Document(text("Title"), (Paragraph(text("a \x1b[2J ", reading("combat"))),)), console(guarded))
    assert "a \ufffd[2J \x1b[31mcombat\x1b[0m" in screen.getvalue()


def test_what_has_no_label_is_said_under_the_one_before() -> None:
    told = Document(text("T"), (Terms((Term(text("Given"), text("one")), Term((), text("two")))),))
    assert "- **Given**: one\n\n  two\n" in markdown.render(told)
