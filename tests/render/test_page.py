"""A page can be read by everyone: its structure by a screen reader, and its colours by weak eyes, in light and dark."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given

from lawmodel import load_rulebook
from lawmodel.case.file import load_cases
from lawmodel.document import Document, Link, Paragraph, Section, identifier, original, strong, text
from lawmodel.documents.answer import document
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.sheet import questions_of
from lawmodel.law_files import scenarios_folder
from lawmodel.render.formats import html
from tests.render.documents import DOCUMENTS, links_in
from tests.sizes import examples

STYLE = files("lawmodel.render.formats").joinpath("page.css").read_text(encoding="utf-8")
SCENARIOS = ("extradition/04-serving-cook.yaml", "extradition/34-every-question-at-once.yaml")
VOID = ("meta", "rect", "circle", "path", "br")
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: of text on its ground; 3 is enough for what only shows where the focus is (1.4.11)."""


class Page(HTMLParser):
    """What stands in a page, as far as its structure goes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.source = page
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[tuple[str, str]] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.words.append((self.open[-1], data.strip()))

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        return [held for tag, held in self.tags if tag in tags]


def answered(name: str) -> Document:
    rulebook = load_rulebook()
    case = load_cases(rulebook, scenarios_folder() / name)[0]
    return document([decide(rulebook, case, one, forward_chaining=False) for one in questions_of(rulebook, case)])


@pytest.fixture(scope="module", params=SCENARIOS)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(html.render(answered(request.param)))


def test_it_has_a_language_a_title_one_first_heading_and_one_main_part(page: Page) -> None:
    assert page.of("html") == [{"lang": "en"}]
    assert [words for tag, words in page.words if tag == "title" and words]
    assert len(page.of("h1")) == len(page.of("main")) == 1


def test_no_level_of_heading_is_passed_over(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_head_of_a_table_says_of_what_it_is(page: Page) -> None:
    assert all(head.get("scope") in ("col", "rowgroup") for head in page.of("th"))


@given(DOCUMENTS)
@examples(quick=15, full=200)
def test_no_two_places_have_the_same_name(told: Document) -> None:
    names = Counter(held["id"] for _, held in Page(html.render(told)).tags if "id" in held)
    assert set(names.values()) <= {1}


@given(DOCUMENTS)
@examples(quick=15, full=200)
def test_what_has_a_page_elsewhere_is_led_to(told: Document) -> None:
    elsewhere = Counter(f"/{one.kind}" for one in links_in(told.blocks) if one.kind not in ("web", "step", "note"))
    led = Counter(str(held["href"]) for held in Page(html.blocks(told.blocks, 2, lambda link: f"/{link.kind}")).of("a"))
    assert Counter({place: number for place, number in led.items() if place in elsewhere}) == elsewhere
    assert not [held for held in Page(html.blocks(told.blocks)).of("a") if str(held["href"]) in elsewhere]


def test_an_address_of_another_page_cannot_end_its_attribute() -> None:
    told = (Section(text("a"), (Paragraph(text(identifier("b", Link("law", '"><script>')))),)),)
    assert "<script>" not in html.blocks(told, 2, lambda link: f"/law/{link.to}")


def test_words_of_an_original_are_said_in_its_language() -> None:
    told = (Paragraph(text("as in ", original("«служба … по контракту»", "ru"), " (", strong("п. 7"), ") & so on")),)
    said = 'as in <span lang="ru">«служба … по контракту»</span> (<strong>п. 7</strong>) &amp; so on'
    assert html.blocks(told) == f"<p>{said}</p>"


def test_what_can_be_scrolled_can_be_reached_by_keys_and_is_no_landmark(page: Page) -> None:
    for held in page.of("pre", "div"):
        assert (held["tabindex"], held["role"]) == ("0", "group")
        assert held["aria-label"]


def test_no_label_of_a_list_is_empty(page: Page) -> None:
    assert page.of("dt")
    assert "<dt></dt>" not in page.source


# --- colours ------------------------------------------------------------------------------------------


def palette(scheme: int) -> dict[str, str]:
    """The colours of the light (0) or dark (1) page by their names."""
    found = re.findall(r"--([a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", STYLE)
    return {name: colours[scheme] for name, *colours in found}


def luminance(colour: str) -> float:
    """The relative luminance of an sRGB colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "quiet"])
def test_words_stand_out_from_their_ground(scheme: int, ground: str) -> None:
    colours = palette(scheme)
    for name in ("words", "second", "link", "reading"):
        assert contrast(colours[name], colours[ground]) >= LEAST_CONTRAST, name
    assert contrast(colours["focus"], colours[ground]) >= 3


def test_every_colour_comes_from_the_palette() -> None:
    rules = STYLE.partition("}")[2]
    assert not re.search(r"#[0-9a-f]{3,8}\b|\b(rgb|hsl)a?\(", rules)
    assert set(re.findall(r"var\(--([a-z]+)\)", rules)) <= set(palette(0))


@given(DOCUMENTS)
def test_no_element_has_a_style_of_its_own(told: Document) -> None:
    """A page with a strict policy shows the same pieces: its style sheet alone says how they look."""
    assert not [held for _, held in Page(html.render(told)).tags if "style" in held]
