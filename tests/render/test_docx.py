"""Word files: opened by a reader that shares nothing with the writer, and looked at part by part."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from functools import cache

import pytest
from hypothesis import given

from lawmodel.document import (
    Column,
    Document,
    Footnote,
    Footnotes,
    Item,
    Items,
    Ladder,
    Link,
    Paragraph,
    Rung,
    Section,
    Span,
    Table,
    noted,
    original,
    text,
)
from lawmodel.render.formats import docx
from lawmodel.render.formats._word_package import PAGE_HEIGHT
from lawmodel.render.pictures import raster
from tests.render.documents import DOCUMENTS, texts_in
from tests.render.opened import parts, tree, words_of_part
from tests.sizes import examples

HOSTILE = "</w:t> <b> & \"q\" 'q' ]]> \x00\x07\x1b[2J \ud800 \ufffe {{ }} %s"
NOTED = Document(
    text("Notes"),
    (
        Paragraph(text("One", noted(1), " two", noted(2), " one again", noted(1), ".")),
        Table((Column("A"), Column("B")), ((text("x", noted(3)), text("y")),), "A table"),
        Footnotes(
            (
                Footnote(1, text("The first, ", Span("here", link=Link("web", "https://a.example/?b=1&c=2")), ".")),
                Footnote(2, text("The first (n. ", Span("1", link=Link("note", "1")), ").")),
                Footnote(3, text("The third.")),
                Footnote(4, text("Nobody marks this.")),
            )
        ),
    ),
)


@cache
def noted_parts() -> dict[str, str]:
    return parts(docx.render(NOTED))


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words).lower()


@given(DOCUMENTS)
@examples(quick=25, full=200)
def test_every_word_is_in_it_and_every_part_is_xml(told: Document) -> None:
    found = parts(docx.render(told))
    for content in found.values():
        tree(content)
    held = squeezed(words_of_part(found["word/document.xml"]) + words_of_part(found["word/footnotes.xml"]))
    assert all(squeezed(words) in held for words in texts_in(told))


@given(DOCUMENTS)
@examples(quick=15, full=200)
def test_what_it_refers_to_is_there(told: Document) -> None:
    """Styles, numbered lists, footnotes, links and places: each that is named is defined, places once each."""
    found = parts(docx.render(told))
    body = found["word/document.xml"] + found["word/footnotes.xml"]
    styles = set(re.findall(r'w:styleId="(\w+)"', found["word/styles.xml"]))
    assert set(re.findall(r'<w:(?:p|r|tbl)Style w:val="(\w+)"', body)) <= styles
    assert set(re.findall(r'<w:numId w:val="(\d+)"', body)) <= set(
        re.findall(r'<w:num w:numId="(\d+)"', found["word/numbering.xml"])
    )
    notes = set(re.findall(r'<w:footnote w:id="(\d+)"', found["word/footnotes.xml"]))
    assert re.findall(r'<w:footnoteReference w:id="(\d+)"', body) == list(
        dict.fromkeys(re.findall(r'<w:footnoteReference w:id="(\d+)"', body))
    )
    assert set(re.findall(r'<w:footnoteReference w:id="(\d+)"', body)) == notes
    places = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"', body)
    assert len(set(places)) == len(places)
    assert set(re.findall(r"NOTEREF (\w+) ", body)) <= set(places)
    links = set(re.findall(r'r:id="(link\d+)"', body))
    assert links <= set(re.findall(r'Id="(link\d+)"', found["word/_rels/document.xml.rels"]))


def test_footnotes_are_footnotes_and_a_second_mark_refers_to_the_first() -> None:
    body, notes = noted_parts()["word/document.xml"], noted_parts()["word/footnotes.xml"]
    assert re.findall(r'<w:footnoteReference w:id="(\d+)"', body) == ["1", "2", "3"]
    assert 'w:instr=" NOTEREF _RefNote1 \\f \\h "' in body
    assert 'w:instr=" NOTEREF _RefNote1 \\h "' in notes
    assert "Nobody marks this." in words_of_part(body)
    assert 'Target="https://a.example/?b=1&amp;c=2"' in noted_parts()["word/_rels/footnotes.xml.rels"]


def test_a_reader_that_shares_nothing_with_the_writer_finds_text_notes_and_tables() -> None:
    reader = pytest.importorskip("docx2python")
    with reader.docx2python(io.BytesIO(docx.render(NOTED))) as found:
        assert "Notes" in found.text
        assert "footnote1)" in found.text
        assert "The third." in found.text
        assert any(cell == ["x----footnote3----"] for table in found.body for row in table for cell in row)
        assert found.core_properties["title"] == "Notes"


def test_the_head_of_a_table_is_repeated_and_its_rows_stay_whole() -> None:
    rows = re.findall(r"<w:trPr>(.*?)</w:trPr>", noted_parts()["word/document.xml"])
    assert rows == ["<w:cantSplit/><w:tblHeader/>", "<w:cantSplit/>"]
    assert '<w:tblCaption w:val="A table"/>' in noted_parts()["word/document.xml"]


def test_headings_have_the_names_of_word_and_skip_no_level() -> None:
    inner: tuple[Section, ...] = ()
    for number in range(8):
        inner = (Section(text(f"Level {8 - number}"), inner),)
    body = parts(docx.render(Document(text("T"), inner)))["word/document.xml"]
    assert re.findall(r'w:val="(Heading\d)"', body) == [
        *(f"Heading{level}" for level in range(1, 7)),
        *["Heading6"] * 2,
    ]
    styles = parts(docx.render(Document(text("T"), inner)))["word/styles.xml"]
    for name in (
        "Title",
        "Subtitle",
        "heading 1",
        "Body Text",
        "List Number",
        "Table Grid",
        "footnote text",
        "caption",
    ):
        assert f'<w:name w:val="{name}"/>' in styles


def test_each_numbered_list_begins_anew() -> None:
    items = Items((Item(text("a")), Item(text("b"))), numbered=True)
    body = parts(docx.render(Document(text("T"), (items, items))))["word/document.xml"]
    assert re.findall(r'<w:numId w:val="(\d+)"', body) == ["2", "2", "3", "3"]


def test_the_languages_of_words_are_marked() -> None:
    said = text("The words ", original("«видача особи»", "uk"), " mean surrender; выдача is not known to be Russian.")
    found = parts(docx.render(Document(text("T"), (Paragraph(said),))))
    assert re.findall(
        r'<w:lang w:val="(\w+)"/></w:rPr><w:t xml:space="preserve">([^<]+)<', found["word/document.xml"]
    ) == [("uk", "«видача особи»")]
    assert '<w:lang w:val="en-GB"' in found["word/styles.xml"]


def test_no_text_becomes_markup_and_no_character_breaks_the_file() -> None:
    told = Document(text(HOSTILE), (Paragraph(text(HOSTILE)), Section(text(HOSTILE), (), anchor=HOSTILE)))
    found = parts(docx.render(told))
    for content in found.values():
        tree(content)
    assert "</w:t> <b> & \"q\" 'q' ]]>" in words_of_part(found["word/document.xml"])
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", found["word/document.xml"])


def test_no_time_user_or_machine_is_in_it_and_the_same_document_gives_the_same_bytes() -> None:
    written = docx.render(NOTED)
    assert written == docx.render(NOTED)
    assert {one.date_time for one in zipfile.ZipFile(io.BytesIO(written)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = noted_parts()["docProps/core.xml"]
    assert not re.search("creator|lastModifiedBy|created|modified|revision", core)
    assert docx.MARK.encode() in written


LADDER = Ladder("A rule", (Rung(text("a condition")), Rung(text("what follows"), is_end=True)))


def test_a_picture_is_drawn_with_words_for_whoever_does_not_see_it_and_told_as_a_list() -> None:
    pytest.importorskip("typst")
    written = docx.render(Document(text("A law"), (LADDER,)))
    body = parts(written)["word/document.xml"]
    assert re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body) == ["A rule. The list below says the same."]
    assert "a condition" in body
    with zipfile.ZipFile(io.BytesIO(written)) as file:
        png = file.read("word/media/picture1.png")
        assert 'Id="picture1"' in file.read("word/_rels/document.xml.rels").decode()
    assert png.startswith(b"\x89PNG")
    pixels = struct.unpack(">II", png[16:24])
    wide, high = (int(one) for one in re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"', body)[0])
    assert pixels[0] / pixels[1] == pytest.approx(wide / high, rel=0.02)
    assert docx.render(Document(text("A law"), (LADDER,))) == written


def test_a_picture_is_never_taller_than_a_page() -> None:
    pytest.importorskip("typst")
    long = Ladder("A rule", tuple(Rung(text(f"condition {number}")) for number in range(40)))
    body = parts(docx.render(Document(text("A law"), (long,))))["word/document.xml"]
    assert int(re.findall(r'<wp:extent cx="\d+" cy="(\d+)"', body)[0]) < PAGE_HEIGHT * 635


@pytest.mark.parametrize("said", ["a condition \u5b57", "a condition"])
def test_where_a_picture_cannot_be_drawn_the_list_alone_is_there(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if said.isascii():
        monkeypatch.setattr(raster, "find_spec", lambda _: None)
    written = docx.render(Document(text("A law"), (Ladder("A rule", (Rung(text(said)),)),)))
    assert "<w:drawing>" not in parts(written)["word/document.xml"]
    assert said in parts(written)["word/document.xml"]


def test_many_rows_and_a_very_long_text_are_written() -> None:
    rows = tuple((text(f"row {number}"), text("of many")) for number in range(10_000))
    told = Document(text("T"), (Table((Column("A"), Column("B")), rows), Paragraph(text("long" * 100_000))))
    body = parts(docx.render(told))["word/document.xml"]
    assert body.count("<w:tr>") == 10_001
    assert "long" * 100_000 in body
