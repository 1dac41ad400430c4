"""What is asked of a page and what it comes to, as values that can go to another process and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from lawmodel.cached_property import cached_property
from lawmodel.dataclass import dataclass
from lawmodel.service.pages.catalogue import LANGUAGES


@dataclass(frozen=True, slots=True)
class Supplied:
    """Where the files are that the pages are made from: those of the cases, and those of the rulebook."""

    scenarios: Path | None = None
    rules: tuple[Path, ...] = ()


@dataclass(frozen=True)
class PageRequest:
    """A request for a page."""

    view: str
    """The first part of the path, such as ``cases``."""
    name: str
    """The rest of the path."""
    query: tuple[tuple[str, str], ...] = ()
    asked: str = ""
    """The address as it was asked for."""
    content: str = ""
    """The text of a file that was sent."""
    sent: tuple[tuple[str, str], ...] = ()
    """The other fields that were sent with it."""

    @property
    def path(self) -> str:
        """The path of the address."""
        return self.asked.partition("?")[0]

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The query; the last value of a parameter counts."""
        return dict(self.query)

    def value(self, name: str, longest: int = 200) -> str:
        """A parameter of the query; empty where it is not there."""
        return self.values.get(name, "")[:longest]

    def all(self, name: str) -> list[str]:
        """All values of a parameter."""
        return [value for one, value in self.query if one == name]

    @property
    def language(self) -> str:
        """The language of the interface."""
        asked = self.value("ui")
        return asked if asked in LANGUAGES else LANGUAGES[0]

    @property
    def in_other_language(self) -> tuple[str, str]:
        """The other language, and the address of this page in it."""
        other = next(one for one in LANGUAGES if one != self.language)
        kept = [(name, value) for name, value in self.query if name != "ui"]
        query = urlencode([*kept, *([("ui", other)] if other != LANGUAGES[0] else [])])
        return other, f"{self.path}?{query}" if query else self.path


@dataclass(frozen=True, slots=True)
class PageResponse:
    """What is sent back."""

    body: str
    status: int = 200
    media_type: str = "text/html"
    location: str = ""
    """Where the page is instead."""
    file: str = ""
    """The name of the file that it is saved as; empty for a page that is shown."""
    content: bytes = b""
    """What is sent in place of the body, where that is no text."""
    then: str = ""
    """The address of the page that is asked for next as a rule: it is made ready while this one is read."""
