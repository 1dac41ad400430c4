"""The annotated law as a site: a page for each entry and each file of cases, and lists of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.document import (
    Block,
    Column,
    Document,
    Item,
    Items,
    Link,
    Listing,
    Paragraph,
    Section,
    Span,
    Table,
    Text,
    TimeLine,
    faint,
    identifier,
    text,
    together,
)
from lawmodel.documents.heading import by_rulebook
from lawmodel.documents.time_line import instrument_lane
from lawmodel.law_entries.blocks import Page, taken, web
from lawmodel.law_entries.entries import entry_result
from lawmodel.law_entries.law_view import EntryKind, LawView
from lawmodel.law_entries.provision_document import provisions_table
from lawmodel.law_entries.provision_entries import ProvisionEntry
from lawmodel.law_entries.standing import LawOn
from lawmodel.law_entries.tested import Tests, tested_by_case
from lawmodel.law_entries.versions import prefix
from lawmodel.render.site import Site, SitePage, written
from lawmodel.verbs.annotate.annotated import AnnotatedEntry, AnnotatedLaw
from lawmodel.verbs.annotate.document import PARTS, introduction, sheet
from lawmodel.words.law import how_seen

FIRST: Final = "index.html"
NAMED: Final = (Column(), Column(kind="identifier"))
LISTS: Final[Mapping[EntryKind, str]] = {
    "reading": "Readings",
    "concept": "Concepts",
    "instrument": "Instruments",
    "fact": "Facts",
    "telling": "Tellings",
    "misconception": "Misconceptions",
    "property": "Properties",
    "gap": "Gaps",
    "source": "Sources",
}
"""The kinds of entry that have a list of their own, and its title."""
BESIDE: Final[tuple[EntryKind, ...]] = (
    "question",
    "outcome",
    "fact",
    "telling",
    "misconception",
    "property",
    "gap",
    "choices",
)
"""Further kinds that have pages, where the law is annotated as a whole."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of cases: its text, and what is in it."""

    path: str
    """Of its page."""
    text: str
    cases: Sequence[Case]


def site(law: AnnotatedLaw, tests: Tests, cases: Mapping[str, CaseFile]) -> dict[str, str]:
    """Every file of the site by its path. ``cases``: by the name that their cases carry."""
    return written(*_Pages(law, tests, cases).all())


@dataclass(frozen=True, slots=True)
class _Pages:
    law: AnnotatedLaw
    tests: Tests
    cases: Mapping[str, CaseFile]

    def all(self) -> tuple[Site, list[SitePage]]:
        by_name: dict[str, list[AnnotatedEntry]] = {}
        for one in (*self.law.entries, *self._beside()):
            by_name.setdefault(one.entry.id, []).append(one)
        versions = dict(self._versions())
        pages = [
            SitePage(FIRST, self._first()),
            *(SitePage(_list_path(kind), self._list(kind)) for kind in LISTS if self._of_kind(by_name, kind)),
            *(SitePage(_path(name), self._entries(found)) for name, found in by_name.items()),
            *(SitePage(_path(name), told) for name, told in versions.items()),
            *(SitePage(one.path, self._case(name, one)) for name, one in self.cases.items()),
        ]
        if self.cases:
            pages.insert(1, SitePage("cases.html", self._case_list()))
        paths = {page.path for page in pages}
        contents = [("Provisions", FIRST), *((title, _list_path(kind)) for kind, title in LISTS.items())]
        contents += [("Cases", "cases.html")]
        shown = [one for one in contents if one[1] in paths]

        def to(link: Link) -> str | None:
            if link.kind == "case":
                return self.cases[link.to].path if link.to in self.cases else None
            name = re.sub(r"\[\d+\]", "", link.to)  # a field of a record
            return _path(name) if name in by_name or name in versions else None

        return Site(self.law.title, shown, to), pages

    def _beside(self) -> Iterator[AnnotatedEntry]:
        """The entries that no provision reads itself, or that are no part of the one document."""
        view = self.law.view
        for entry in view.entries:
            if entry.kind in BESIDE and (self.law.is_whole or (entry.kind == "fact" and self._is_read(entry.id))):
                key = (entry.kind, entry.id) if entry.kind != "outcome" else (str(entry.within), entry.id)
                yield AnnotatedEntry(entry_result(view, entry), self.tests.of(key))

    def _is_read(self, fact: str) -> bool:
        return any(fact in one.entry.facts for one in self.law.of_kind("provision"))

    @staticmethod
    def _of_kind(by_name: Mapping[str, list[AnnotatedEntry]], kind: EntryKind) -> bool:
        return any(one.entry.kind == kind for found in by_name.values() for one in found)

    def _page(self) -> Page:
        return Page(self.law.view, apart=True, owner="list")

    def _entries(self, found: Sequence[AnnotatedEntry]) -> Document:
        """The entries of one name on one page."""
        here = frozenset((one.entry.kind, one.entry.id) for one in found if one.entry.kind != "outcome")
        return together([sheet(one, here) for one in found])

    def _versions(self) -> Iterator[tuple[str, Document]]:
        """Each version of a provision, by its name: the provision under the law of the first day of the version."""
        view, views = self.law.view, dict[datetime.date, LawView]()
        for one in self.law.of_kind("provision"):
            provision = view.rulebook.provisions[one.entry.id]
            for version in view.versions(provision):
                then = version.first or version.last or view.law.date
                views.setdefault(then, LawView(view.rulebook, LawOn(view.rulebook, then)))
                entry = ProvisionEntry(views[then], provision)
                told = sheet(AnnotatedEntry(entry, one.tested_by), {("provision", provision.id)})
                yield version.name, replace(told, subject=text(faint("version "), identifier(version.id)))
                for earlier in version.replaces:
                    now = identifier(version.id, Link("law", version.name))
                    said = text(faint("version "), identifier(earlier), faint(", which is now "), now)
                    yield earlier.removeprefix(prefix(view.rulebook)), replace(told, subject=said)

    def _first(self) -> Document:
        rulebook = self.law.view.rulebook
        sections: list[Block] = []
        for question in rulebook.questions.values():
            ids = [one.entry.id for one in self.law.provisions_of(question.id)]
            if ids:
                table = provisions_table(self._page(), [rulebook.provisions[name] for name in ids], with_outcomes=True)
                named = identifier(question.id, Link("law", question.id))
                sections.append(Section(text(question.asks), (table,), text(named)))
        return Document(text(self.law.title), (*introduction(self.law), *sections))

    def _list(self, kind: EntryKind) -> Document:
        """All entries of a kind, in a line each."""
        makes = {"reading": self._readings, "instrument": self._instruments, "source": self._sources}
        blocks = makes[kind]() if kind in makes else self._plain(kind)
        says = PARTS[kind][1] if kind in PARTS else ""
        subject = text(faint(says)) if says else ()
        return Document(text(LISTS[kind]), (*blocks, *by_rulebook(self.law.view.rulebook)), subject)

    def _readings(self) -> Iterator[Block]:
        rulebook, page = self.law.view.rulebook, self._page()
        found = [rulebook.readings[one.entry.id] for one in self.law.of_kind("reading")]
        rows = tuple((text(page.named("reading", one.id)), text(one.title), taken(one)) for one in found)
        yield Table((Column("Reading"), Column("Question"), Column("By default")), rows)

    def _instruments(self) -> Iterator[Block]:
        view, page = self.law.view, self._page()
        found = [view.rulebook.instruments[one.entry.id] for one in self.law.of_kind("instrument")]
        yield TimeLine(
            "What became law when", tuple(instrument_lane(view.rulebook, view.law.stage, one) for one in found)
        )
        rows = tuple(
            (text(one.title), text(view.told.instrument(one).says), text(page.named("instrument", one.id)))
            for one in found
        )
        yield Table((Column("Instrument"), Column("Standing"), Column(kind="identifier")), rows)

    def _sources(self) -> Iterator[Block]:
        rulebook, page = self.law.view.rulebook, self._page()
        items = []
        for one in (rulebook.sources[each.entry.id] for each in self.law.of_kind("source")):
            said = (web(one.address), () if one.seen is None else text(faint(how_seen(one.seen))))
            named = text(one.title, "  ", page.named("source", one.id))
            items.append(Item(named, blocks=tuple(Paragraph(line) for line in said if line)))
        yield Items(tuple(items))

    def _plain(self, kind: EntryKind) -> Iterator[Block]:
        page, titles = self._page(), self.law.view.titles
        entries = [one.id for one in self.law.view.entries if one.kind == kind]
        rows = tuple((text(titles[kind, name]), text(page.named(kind, name))) for name in entries)
        yield Table(NAMED, rows)

    def _case_list(self) -> Document:
        found = sorted(self.cases.items(), key=lambda item: _order(item[1].cases[0], item[0]))
        items = tuple(Item(_numbered(one.cases[0], name), blocks=_point(one.cases[0])) for name, one in found)
        return Document(
            text("Cases"), (Items(items),), text(faint("cases that test the law, with the answers they expect"))
        )

    def _case(self, name: str, file: CaseFile) -> Document:
        """A file of cases as it is written, and the entries that it tests."""
        rulebook, titles = self.law.view.rulebook, self.law.view.titles
        named = dict.fromkeys(one for case in file.cases for one in tested_by_case(rulebook, case))
        rows = tuple(
            (text(kind), text(titles[kind, entry]), text(identifier(entry, Link("law", entry))))
            for kind, entry in named
            if kind in ("provision", "reading") and (kind, entry) in titles
        )
        tests = (
            (Section(text("Tests"), (Table((Column(), Column(), Column(kind="identifier")), rows),)),) if rows else ()
        )
        first = file.cases[0]
        title = first.title or name
        return Document(text(title), (*_point(first), *tests, Listing(file.text, "yaml")), text(identifier(name)))


def _path(name: str) -> str:
    return f"law/{name}.html"


def _list_path(kind: EntryKind) -> str:
    return f"{LISTS[kind].lower()}.html"


def _order(case: Case, name: str) -> tuple[bool, int, str]:
    return case.hypothetical is None, case.hypothetical or 0, name


def _numbered(case: Case, name: str) -> Text:
    number = "" if case.hypothetical is None else f"{case.hypothetical}  "
    return text(Span(f"{number}{case.title or name}", link=Link("case", name)))


def _point(case: Case) -> tuple[Block, ...]:
    return (Paragraph(text(case.point)),) if case.point else ()
