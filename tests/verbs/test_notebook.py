"""What Python users get back, as a notebook shows it: the document of the verb, escaped, in a style of its own."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from lawmodel import (
    View,
    change,
    compare_dates,
    compare_readings,
    decide,
    find,
    group_tellings,
    load_cases,
    load_rulebook,
    prove,
    report,
    turns_on,
    whatif,
    why,
    why_not,
)
from lawmodel.case.case import Case
from lawmodel.document import Document, Paragraph, text
from lawmodel.exercises.border import Variations
from lawmodel.exercises.marking import Chosen, mark
from lawmodel.exercises.progress import StudentProgress, logged
from lawmodel.inquiry.ask import Ask
from lawmodel.render.in_notebook import as_html
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.notebook import DOCUMENTS, document_of
from tests.commands.every_verb import CASE, LAW
from tests.exercises.written_exercises import EVERY_FORM, ONE

HOSTILE = "<script>alert(1)</script> & <b>bold</b> | `code` \x1b[2J"


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rulebook, Case]:
    """The law of a bridge, and the case of an armed traveller."""
    folder = tmp_path_factory.mktemp("bridge")
    (folder / "law.yaml").write_text(LAW.replace("HOLDS", "no"), encoding="utf-8")
    (folder / "case.yaml").write_text(CASE.replace("OUTCOME", "refused"), encoding="utf-8")
    law = load_rulebook(folder / "law.yaml")
    return law, replace(load_cases(law, folder / "case.yaml")[0], title=HOSTILE, name=HOSTILE)


def the_found(law: Rulebook, case: Case) -> object:
    sides = [View("as carried", readings={"arms": "carried"}), View("as drunk", readings={"arms": "drunk-only"})]
    return next(find(law, "crossing", sides))


def the_progress(law: Rulebook, case: Case) -> object:
    at = datetime.datetime(2026, 11, 29, 21, tzinfo=datetime.UTC)
    given = Chosen(("all-free",))
    return StudentProgress((logged(ONE, given, mark(ONE, given), 0, at),))


VALUES: dict[str, tuple[Callable[[Rulebook, Case], object], str]] = {
    "Answer": (lambda law, case: decide(law, case, "crossing"), "Crossing is refused"),
    "Trace": (lambda law, case: decide(law, case, "crossing").trace[0], "armed"),
    "Why": (lambda law, case: why(law, case, "crossing"), "armed"),
    "WhyNot": (lambda law, case: why_not(law, case, "crossing", "free"), "Bridge Law s. 1"),
    "Changes": (lambda law, case: change(law, case, "crossing", "free"), "unarmed"),
    "ReadingComparison": (lambda law, case: compare_readings(law, case, "crossing"), "When do arms matter?"),
    "DayComparison": (lambda law, case: compare_dates(law, case, "crossing"), "1 January 2021"),
    "TellingComparison": (lambda law, case: group_tellings(law, case, "crossing"), "The gazette"),
    "WhatIf": (lambda law, case: whatif(law, case, "crossing", {"traveller.armed": "no"}), "unarmed"),
    "Weights": (lambda law, case: turns_on(law, case, "crossing", readings={"arms": "unknown"}), "arms"),
    "Report": (lambda law, case: report(law, case, "crossing"), "Crossing is refused"),
    "Found": (the_found, "as drunk"),
    "PropertyVerdict": (lambda law, case: prove(law, law.properties["armed-is-free"]), "Who is armed crosses."),
    "Border": (lambda law, case: Variations(Ask(law, case, "crossing"), 1).border(), "31 December 2020"),
    "Exercise": (lambda law, case: ONE, "Rule 2 says"),
    "ExerciseSet": (lambda law, case: EVERY_FORM, "Toll, section 3"),
    "StudentProgress": (the_progress, "misconception:all-free"),
}


class Seen(HTMLParser):
    """The tags and the texts of a piece of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.feed(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attributes if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("name", VALUES)
def test_it_shows_itself_with_what_it_says(bridge: tuple[Rulebook, Case], name: str) -> None:
    made, says = VALUES[name]
    value: Any = made(*bridge)
    assert type(value).__name__ == name
    page, written = value._repr_html_(), value._repr_markdown_()
    seen = Seen(page)
    assert says in " ".join(" ".join(seen.texts).split())
    assert not seen.tags & {"script", "b", "html", "body", "main", "h1", "h2", "h3"}
    assert "\x1b" not in page + written
    assert written.startswith("# ")
    assert page == value._repr_html_()


def test_every_class_that_is_named_is_there_and_has_its_document() -> None:
    for of, made in DOCUMENTS.items():
        for named in (of, made):
            module, _, name = named.partition(":")
            assert callable(getattr(import_module(module), name)), named
    shown = {of.rpartition(":")[2] for of in DOCUMENTS}
    assert shown - {"Comparison", "Diff", "SourceComparison"} <= {*VALUES}


def test_a_text_of_the_users_is_only_text(bridge: tuple[Rulebook, Case]) -> None:
    page = decide(*bridge, "crossing")._repr_html_()
    assert page is not None
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_what_has_no_document_is_shown_in_one_line(bridge: tuple[Rulebook, Case]) -> None:
    law, case = bridge
    assert document_of(law) is None
    assert (case._repr_html_(), case._repr_markdown_()) == (None, None)


def test_the_style_reaches_nothing_else() -> None:
    """All of it stands in one rule for one class; what a page says of itself is said of that."""
    page = as_html(Document(text("A title"), (Paragraph(text("A word.")),)))
    style = page.partition("<style>")[2].partition("</style>")[0].strip()
    assert style.startswith(".lawmodel.lawmodel.lawmodel {")
    depth = 0
    for number, sign in enumerate(style):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth > 0 or "{" not in style[:number] or number == len(style) - 1
    assert depth == 0
    assert ":root" not in style
    assert not re.search(r"[;}] body ", style)


def test_the_seminar_is_named_in_the_docs() -> None:
    checkout = Path(__file__).parents[2]
    assert "notebooks/seminar-article-464.ipynb" in (checkout / "docs" / "python.md").read_text(encoding="utf-8")
