"""Pages asked for in this process, as a browser without a script would ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

from lawmodel import load_rulebook
from lawmodel.law_files import rules_folder, scenarios_folder
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.exchange import PageRequest, PageResponse, Supplied
from lawmodel.service.pages.pages import respond

Get: TypeAlias = Callable[[str], PageResponse]
SUPPLIED = Supplied(scenarios_folder().resolve(), (rules_folder().resolve(),))
COOK = "/cases/extradition/04-serving-cook"


@cache
def law() -> Rulebook:
    """The rulebook that comes with the program."""
    return load_rulebook()


def get(address: str, content: str = "", **sent: str) -> PageResponse:
    """A page; a redirection is followed. ``sent``: other fields beside the content."""
    for _ in range(3):
        parts = urlsplit(address)
        view, _, name = unquote(parts.path).strip("/").partition("/")
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        response = respond(law(), SUPPLIED, PageRequest(view, name, query, address, content, tuple(sent.items())))
        if not response.location:
            return response
        address, content = response.location, ""
    raise AssertionError(f"{address} leads in a circle")


class Form(HTMLParser):
    """What a browser would send with the first form of a page that has this action."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._action, self._inside, self._select, self._first = action, False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is filled in, chosen and hidden."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("action") == self._action
        if not self._inside:
            return
        if tag == "input" and "name" in given:
            chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
            self.fields += [(given["name"], given.get("value", ""))] if chosen else []
        elif tag == "select":
            self._select, self._first = given["name"], ""
            self.fields.append((self._select, "\0"))
        elif tag == "option" and self._select and (self.fields[-1][1] == "\0" or "selected" in given):
            self.fields[-1] = (self._select, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a choice."""
        if tag == "form":
            self._inside = False
        if tag == "select":
            self._select = ""


class Answer(HTMLParser):
    """The sentence of the answer on a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said, self._depth = "", 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter the answer."""
        if ("id", "answer") in attrs or (self._depth and tag not in ("rect", "path")):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        if self._depth and tag not in ("rect", "path"):
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """What it says."""
        self.said += data if self._depth else ""


def answer(page: str) -> str:
    """The answer of the page of a case, in words."""
    return " ".join(Answer(page).said.split())
