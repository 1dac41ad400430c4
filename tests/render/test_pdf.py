"""PDF files: tagged, titled, in a language, the same each time; and no text of a document is code of the typesetter."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given

from lawmodel import decide, load_cases, load_rulebook
from lawmodel.document import (
    Column,
    Document,
    Footnote,
    Footnotes,
    Ladder,
    Link,
    Paragraph,
    Rung,
    Section,
    Span,
    Table,
    identifier,
    noted,
    original,
    text,
)
from lawmodel.documents.answer import document
from lawmodel.problems import ProblemsFound
from lawmodel.render.formats import pdf
from lawmodel.safe_text import SIGN
from tests.render.documents import DOCUMENTS
from tests.render.opened import pdf_file
from tests.sizes import examples

pytest.importorskip("pypdf")
pytest.importorskip("typst")
CODE = '#panic("run") #read("/etc/passwd") *b* _i_ $x$ `r` <l> @l = H \\ "q" // c [x] #[y] \x00\x1b[2J'


def words_of(written: bytes) -> str:
    """What is read on its pages, without blanks: lines are broken anywhere."""
    return re.sub(r"[\s\u200b]+", "", "".join(page.extract_text() for page in pdf_file(written).pages))


def tags(written: bytes) -> list[str]:
    """The tags of the file, from the top down."""
    found: list[str] = []

    def walk(one: Any) -> None:
        node = one.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(pdf_file(written).trailer["/Root"]["/StructTreeRoot"])
    return found


TOLD = Document(
    text("A memorandum"),
    (
        Section(
            text("1. Facts"),
            (
                Paragraph(text("One", noted(1), " and again", noted(1), "; ", original("«видача особи»", "uk"), ".")),
                Table((Column("Left"), Column("Right")), ((text("x", noted(2)), text("y")),), "A table"),
            ),
        ),
        Ladder("A picture", (Rung(text("a rung"), "met"),)),
        Footnotes(
            (
                Footnote(1, text("First, ", Span("here", link=Link("web", "https://a.example/")), ".")),
                Footnote(2, text("As the first (n. ", Span("1", link=Link("note", "1")), ").")),
            )
        ),
    ),
    text("a subject"),
)


@cache
def written() -> bytes:
    return pdf.render(TOLD)


def test_it_is_tagged_titled_and_in_a_language() -> None:
    root = pdf_file(written()).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or str(root["/MarkInfo"]["/Marked"]) == "True"
    assert str(root["/Lang"]).lower().startswith("en")
    assert str(root["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    assert pdf_file(written()).metadata.title == "A memorandum"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert pdf.MARK.encode() in written()


def test_its_parts_have_the_tags_of_what_they_are() -> None:
    found = tags(written())
    assert {"/H1", "/P", "/Table", "/TH", "/TD", "/Note", "/Link", "/Figure", "/L", "/LI"} <= set(found)
    assert found.count("/Note") == 2


def test_words_of_another_language_are_marked() -> None:
    assert "видачаособи" in words_of(written())
    pages = b"".join(page.get_contents().get_data() for page in pdf_file(written()).pages)
    assert re.findall(rb"/Lang\s?\((\w+)\)", pages) == [b"uk"]


def test_every_word_and_every_note_stands_on_a_page() -> None:
    held = words_of(written())
    for words in ("Amemorandum", "asubject", "1.Facts", "Left", "First,here.", "Asthefirst(n.1).", "arung"):
        assert words in held


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf.render(TOLD) == written()
    assert pdf_file(written()).metadata.creation_date_raw in (None, "D:19800101000000Z")


@given(DOCUMENTS)
@examples(quick=10, full=150)
def test_every_document_is_set(told: Document) -> None:
    assert pdf.render(told).startswith(b"%PDF-")


def test_no_text_is_code_of_the_typesetter() -> None:
    told = Document(text(CODE), (Paragraph(text(CODE, identifier(CODE))), Section(text(CODE), (), anchor=CODE)))
    held = words_of(pdf.render(told))
    assert '#panic("run")#read("/etc/passwd")*b*_i_$x$`r`<l>@l=H' in held
    assert "root:" not in held


def test_letters_that_no_font_has_are_shown_as_such_and_no_reason_to_fail() -> None:
    assert pdf.render(Document(text("T"), (Paragraph(text("汉字 and ก and 😀")),))).startswith(b"%PDF-")
    assert SIGN in words_of(pdf.render(Document(text("T"), (Paragraph(text(SIGN)),))))


def test_a_word_that_is_wider_than_the_page_is_broken() -> None:
    held = words_of(pdf.render(Document(text("T"), (Paragraph(text("wide" * 400)),))))
    assert "wide" * 400 in held


def test_an_answer_with_its_pictures_is_set() -> None:
    rulebook = load_rulebook("rules")
    case = load_cases(rulebook, "scenarios/extradition/04-serving-cook.yaml")[0]
    made = pdf.render(document([decide(rulebook, case, "extradition")], pictures=True))
    assert tags(made).count("/Figure") == 2
    assert "Extraditionmustberefused" in words_of(made)


def test_without_the_typesetter_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ProblemsFound) as found:
        pdf.render(TOLD)
    assert "pip install 'lawmodel[report]'" in found.value.problems[0].mend


@pytest.mark.long
def test_ten_thousand_rows_are_set() -> None:
    rows = tuple((text(f"row {number}"), text("of many")) for number in range(10_000))
    assert "row9999" in words_of(pdf.render(Document(text("T"), (Table((Column("A"), Column("B")), rows),))))
