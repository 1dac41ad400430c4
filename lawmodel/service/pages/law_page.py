"""The law as pages: at a glance, where sources differ, what is found in its texts, and each entry by its name."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from lawmodel.cached_property import cached_property
from lawmodel.case.values import NotAValue, parse_day
from lawmodel.dataclass import dataclass
from lawmodel.document import Block, Document, Ladder, Text, TimeLine
from lawmodel.law_entries.entries import entry_result
from lawmodel.law_entries.entry_document import entry_document
from lawmodel.law_entries.law_view import Entry, LawView
from lawmodel.law_entries.standing import LawOn
from lawmodel.problems import LONGEST_NAME, did_you_mean
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.uses import EntryNode
from lawmodel.service.pages.address import Mistake, with_query
from lawmodel.service.pages.catalogue import LANGUAGES
from lawmodel.service.pages.exchange import PageRequest
from lawmodel.service.pages.links import CONTESTED, ENTRY, SEARCH, law_address
from lawmodel.service.pages.tested_by import MOST_SHOWN, TestedBy, TestingCase
from lawmodel.service.pages.workbench import Workbench
from lawmodel.verbs.law.document import citation_document, contested_document, overview_document, search_document
from lawmodel.verbs.law.overview import Contested, Overview
from lawmodel.verbs.law.search import search, similar

MOST_VIEWS: Final = 4
"""The law of so many days and stages is kept at hand."""
LONGEST_DAY: Final = 20
"""So much of a day that is asked for is read."""
MOST_NEAR: Final = 4
"""So many names are offered in place of one that there is not."""


@dataclass(frozen=True, slots=True)
class LawPart:
    """A document on a page of the law, with what the page says beside it."""

    title: Text
    subject: Text
    blocks: tuple[Block, ...]
    anchor: str = ""
    kind: str = ""
    """Of the entry that it tells; empty where it tells none."""
    pictures: tuple[Block, ...] = ()
    """They stand beside the rest where there is room."""
    tested_by: tuple[TestingCase, ...] = ()
    parting: tuple[tuple[str, str], ...] = ()
    """Of a reading: the questions on which its options may part, and the address of the case on which they do."""


@dataclass(frozen=True, slots=True)
class AskedLaw:
    """Of which law a page is asked to tell, and in which language of the interface."""

    day: datetime.date | None
    """None: of today."""
    stage: str
    """Empty: law in force."""
    language: str
    mistakes: tuple[Mistake, ...]

    @property
    def kept(self) -> dict[str, str]:
        """What the addresses of other pages of the law say besides."""
        day = "" if self.day is None else self.day.isoformat()
        language = "" if self.language == LANGUAGES[0] else self.language
        return {name: value for name, value in (("on", day), ("stage", self.stage), ("ui", language)) if value}


TODAY: Final = AskedLaw(None, "", LANGUAGES[0], ())


def asked_law(rulebook: Rulebook, asked: PageRequest) -> AskedLaw:
    """The day and the stage that are asked for; each that cannot be read is noted and passed over."""
    mistakes: list[Mistake] = []
    day, stage = None, asked.value("stage")
    try:
        day = parse_day(asked.value("on", LONGEST_DAY)) if asked.value("on") else None
    except NotAValue as problem:
        mistakes.append(Mistake("on", problem.message, problem.mend))
    stages = [one.id for one in rulebook.stages]
    if stage and stage not in stages:
        mend = did_you_mean(stage, stages, f"There are: {', '.join(stages)}.")
        mistakes.append(Mistake("stage", f"there is no stage `{stage}`", mend))
        stage = ""
    return AskedLaw(day, stage, asked.language, tuple(mistakes))


class LawPages:
    """The pages of the law of one workbench."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._tested_by = TestedBy(workbench)
        self._views: dict[tuple[datetime.date, str], LawView] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of all entries."""
        return frozenset(entry.id for entry in self._view(TODAY).entries)

    @cached_property
    def _examples(self) -> tuple[str, ...]:
        """What can be looked for: the first reading and the first citation that there are."""
        rulebook = self._workbench.rulebook
        cited = (one.citation for one in rulebook.provisions.values())
        return tuple(first for one in (iter(rulebook.readings), cited) if (first := next(one, None)) is not None)

    def page(self, asked: PageRequest) -> tuple[dict[str, Any], int]:
        """What the template of the law needs, and the status of the page: 404 where there is no entry of the name."""
        law = asked_law(self._workbench.rulebook, asked)
        view, words, name = self._view(law), asked.value("search").strip(), asked.name
        page: dict[str, Any] = {
            "page": "entry",
            "name": name,
            "search": words,
            "law_in_words": view.law_in_words,
            "on": asked.value("on", LONGEST_DAY),
            "stage": view.law.stage,
            "stages": self._workbench.rulebook.stages,
            "mistakes": law.mistakes,
            "kept": law.kept,
            "query": with_query("", law.kept),
            "near": (),
            "parts": (),
            "contents": (),
            "most_shown": MOST_SHOWN,
            "examples": self._examples,
        }
        if not name:
            return page | {"page": "all", "parts": (_part(overview_document(Overview(view), hints=False)),)}, 200
        if name == CONTESTED:
            found = Contested(view)
            contents = tuple((one.id, f"#reading-{one.id}") for one in found.readings)
            return page | {"page": name, "parts": (_part(contested_document(found)),), "contents": contents}, 200
        if name == SEARCH:
            return page | {"page": name, **self._search(view, words, law.kept)}, 200
        return self._entry(page, view, name.removeprefix(ENTRY), law.kept)

    def beside(self, name: str) -> tuple[Text, tuple[Block, ...]] | None:
        """An entry as it is shown beside a case: its title, and what is told of it; None where there is none."""
        view = self._view(TODAY)
        found = view.named(name)
        if not found:
            return None
        told = entry_document(entry_result(view, found[0]))
        return told.title, told.blocks

    def _view(self, law: AskedLaw) -> LawView:
        rulebook = self._workbench.rulebook
        of = law.day or datetime.date.today(), law.stage or rulebook.ordinary_stage
        if of not in self._views:
            while len(self._views) >= MOST_VIEWS:
                self._views.pop(next(iter(self._views)), None)
            self._views[of] = LawView(rulebook, LawOn(rulebook, *of))
        return self._views[of]

    def _search(self, view: LawView, words: str, kept: Mapping[str, str]) -> dict[str, Any]:
        """What is found by name or citation, and in the texts; words that look like these, where nothing is."""
        if not words:
            return {}
        found = search(view, words)
        in_texts = [one.entry for one in found.entries]
        cited = [one for one in view.cited(words) if one not in in_texts]
        parts = [_part(citation_document(words, cited, hints=False))] if cited else []
        if in_texts:
            so_called_first = sorted(found.entries, key=lambda one: one.id != words)
            parts.append(_part(search_document(replace(found, entries=tuple(so_called_first)), (), hints=False)))
        near = [] if parts else similar(view, words)
        return {
            "parts": tuple(parts),
            "near": [(one, with_query(f"/law/{SEARCH}", {"search": one, **kept})) for one in near],
        }

    def _entry(
        self, page: dict[str, Any], view: LawView, name: str, kept: Mapping[str, str]
    ) -> tuple[dict[str, Any], int]:
        """The entries of a name or citation; those of a citation that several have are listed."""
        named = view.named(name)
        cited = () if named else view.cited(name)
        if len(cited) > 1:
            return page | {"page": "citation", "parts": (_part(citation_document(name, cited, hints=False)),)}, 200
        entries = named or cited
        if not entries:
            near = tuple((one, law_address(one, kept)) for one in _near(view, name))
            return page | {"page": "nothing", "name": name, "near": near}, 404
        here = frozenset((entry.kind, entry.id) for entry in entries if entry.kind != "outcome")
        return page | {"parts": tuple(self._told(view, entry, here, kept) for entry in entries)}, 200

    def _told(self, view: LawView, entry: Entry, here: frozenset[tuple[str, str]], kept: Mapping[str, str]) -> LawPart:
        told = entry_document(entry_result(view, entry), here, pictures=True)
        drawn = tuple(block for block in told.blocks if isinstance(block, Ladder | TimeLine))
        said = tuple(block for block in told.blocks if block not in drawn)
        parting = tuple(self._parting(view, entry.id, kept)) if entry.kind == "reading" else ()
        tested = self._tested_by.of(entry)
        return LawPart(told.title, told.subject, said, told.anchor, entry.kind, drawn, tested, parting)

    def _parting(self, view: LawView, reading: str, kept: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The questions on which a reading bears, and where its options part on each."""
        rulebook = self._workbench.rulebook
        provisions = view.uses.provisions(EntryNode("reading", reading))
        for question in dict.fromkeys(rulebook.provisions[one].question for one in provisions):
            language = {"ui": kept["ui"]} if "ui" in kept else {}
            address = with_query(f"/parting/{quote(reading, safe='')}", {"question": question, **language})
            yield rulebook.questions[question].asks, address


def _part(told: Document) -> LawPart:
    return LawPart(told.title, told.subject, told.blocks, told.anchor)


def _near(view: LawView, name: str) -> list[str]:
    """The facts of a group that is so called, or else the names that look most like one that there is not."""
    group = [path for path in view.rulebook.facts if path.startswith(f"{name}.")]
    if group or len(name) > LONGEST_NAME:
        return group
    known = {one.casefold(): one for one in view.names()}
    return [known[one] for one in difflib.get_close_matches(name.casefold(), known, MOST_NEAR)]
