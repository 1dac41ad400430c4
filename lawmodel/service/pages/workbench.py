"""What every page is made from: a rulebook, the cases beside it, and nothing of any reader."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from lawmodel.answer.answer import Answer
from lawmodel.cached_property import cached_property
from lawmodel.case.case import Case
from lawmodel.case.file import BASE, MOST_BYTES, read_cases
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decide import answer_to
from lawmodel.inquiry.sheet import questions_of
from lawmodel.law_files import case_files
from lawmodel.problems import Collector
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.address import NEW, Address, href
from lawmodel.service.pages.catalogue import LANGUAGES
from lawmodel.service.pages.exchange import Supplied
from lawmodel.service.pages.readers import Readers
from lawmodel.user_files import Unreadable, read_file
from lawmodel.words.citations import short

VARIANT: Final = "@"
"""Between the name of a case and that of its variant."""
EMPTY: Final = Case(presume=True)
NUMBERED: Final = b"hypothetical"
"""The key of a case file without which none is numbered."""
MOST_AT_HAND: Final = 8
"""So many answers are kept in a process, with what was worked out of them."""


class Workbench:
    """A rulebook and the supplied cases. Its pages are functions of these and of their address."""

    def __init__(self, rulebook: Rulebook, supplied: Supplied) -> None:
        self.rulebook = rulebook
        self.supplied = supplied
        self.readers = Readers(rulebook)
        self._read: dict[str, Mapping[str, Case]] = {}
        self._lately: dict[tuple[str, datetime.date], Answer] = {}

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """The files of the supplied cases, by the names that their cases have in addresses."""
        scenarios = self.supplied.scenarios
        if scenarios is None:
            return {}
        return {file.relative_to(scenarios).with_suffix("").as_posix(): file for file in case_files([scenarios])}

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        """The supplied cases and their variants, by the names they have in addresses; those in error are left out."""
        return {name: case for file in self.files for name, case in self.variants(file).items()}

    @cached_property
    def numbered(self) -> Mapping[str, Case]:
        """Those of `cases` that are numbered, without the others being read: that would take a quarter of a second."""
        files = [name for name, file in self.files.items() if NUMBERED in _content(file)]
        found = {name: case for file in files for name, case in self.variants(file).items()}
        return {name: case for name, case in found.items() if case.hypothetical is not None}

    def case(self, name: str) -> Case | None:
        """A supplied case, or the one without facts; None where there is none of this name."""
        return EMPTY if name == NEW else self.variants(name).get(name)

    def variants(self, name: str) -> Mapping[str, Case]:
        """The case of a file and its variants; a file is read once."""
        named = name.partition(VARIANT)[0]
        if named not in self._read:
            file = self.files.get(named)
            if file is None:
                return {}
            self._read[named] = dict(self._cases_of(named, file))
        return self._read[named]

    def _cases_of(self, name: str, file: Path) -> Iterator[tuple[str, Case]]:
        for case in read_cases(self.rulebook, file, Collector()):
            called = name if case.variant in (None, BASE) else f"{name}{VARIANT}{case.variant}"
            yield called, replace(case, name=called)  # a page tells no path of the file system

    @property
    def rulebook_hash(self) -> str:
        """The hash by which the rulebook is cited in prose; empty where no file holds it."""
        return short(self.rulebook.content_hash)

    def other_rulebook(self, sha256: str) -> str:
        """The beginning of the hash of another rulebook; empty where it is this one, or none is named."""
        here = self.rulebook.content_hash
        return "" if not here or here.startswith(sha256) else short(sha256)

    def question(self, address: Address) -> str:
        """What is asked: what the reader chose, else the first that the case asks."""
        return address.question or questions_of(self.rulebook, address.case)[0]

    def law_asked(self, address: Address) -> dict[str, Any]:
        """Readings, day and stage as the functions of the library take them; of a telling, where one is followed."""
        readings, stage = dict(address.readings), address.stage or None
        if address.told_by:
            telling = self.rulebook.tellings[address.told_by]
            readings, stage = {**telling.chosen(), **readings}, stage or telling.stage
        return {"readings": readings, "on": address.on, "stage": stage}

    def decide(self, address: Address) -> Answer:
        """The answer at an address; raises `ProblemsFound` where the facts contradict each other.

        Those given last are at hand: what was asked stays when the law is opened beside it, or the answer taken away.
        """
        asked = href(self.rulebook, replace(address, language=LANGUAGES[0])), datetime.date.today()
        if (known := self._lately.get(asked)) is not None:
            return known
        answer = answer_to(self.ask(address))
        while len(self._lately) >= MOST_AT_HAND:
            self._lately.pop(next(iter(self._lately)), None)
        return self._lately.setdefault(asked, answer)

    def ask(self, address: Address) -> Ask:
        """What is asked at an address."""
        return Ask(
            self.rulebook,
            address.case,
            self.question(address),
            readings=address.readings,
            on=address.on,
            stage=address.stage or None,
            told_by=address.told_by or None,
        )


def _content(file: Path) -> bytes:
    """The text of a case file; nothing where it cannot be read."""
    try:
        return read_file(file, MOST_BYTES)
    except Unreadable:
        return b""
