"""A page as its template makes it: the texts of the interface, and blocks of documents whose links lead to pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lawmodel.document import Block, Text
from lawmodel.render.formats import html
from lawmodel.render.formats.html import LeadsTo
from lawmodel.safe_text import safe
from lawmodel.service.pages.address import Address, href, with_query
from lawmodel.service.pages.catalogue import LANGUAGES, Catalogue, catalogue
from lawmodel.service.pages.exchange import PageRequest
from lawmodel.service.pages.links import law_address, leading
from lawmodel.service.pages.practice.set_address import SetAsked
from lawmodel.service.pages.static_files import SCRIPT_ADDRESS, STYLE_ADDRESS
from lawmodel.service.pages.workbench import Workbench
from lawmodel.version import VERSION


class PageTemplates:
    """The templates of one workbench's pages."""

    def __init__(self, workbench: Workbench, entries: Collection[str]) -> None:
        """``entries``: the names of all entries of the rulebook, to which links lead."""
        self._workbench, self._entries = workbench, entries
        self._templates = Environment(
            loader=PackageLoader("lawmodel.service.pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "style": STYLE_ADDRESS,
            "script": SCRIPT_ADDRESS,
            "version": VERSION,
            "rulebook": workbench.rulebook,
            "rulebook_hash": workbench.rulebook_hash,
            "href": partial(href, workbench.rulebook),
            "entry_href": _entry_href,
        }

    def page(
        self, asked: PageRequest, template: str, values: Mapping[str, Any], kept: Mapping[str, str] | None = None
    ) -> str:
        """The page; ``kept``: what the addresses of pages of the law say besides the language."""
        other, switch = asked.in_other_language
        address = values.get("address")
        made_by = address.rulebook if isinstance(address, Address | SetAsked) else ""
        language = {} if asked.language == LANGUAGES[0] else {"ui": asked.language}
        to = leading(self._workbench, self._entries, kept or language, language)
        page = {
            "blocks": partial(blocks_leading, to),
            "inline": partial(_inline, to),
            "t": catalogue(asked.language),
            "path": asked.path,
            "switch": switch,
            "other_rulebook": self._workbench.other_rulebook(made_by),
            "other_language": other,
            "ui": with_query("", language),
            **values,
        }
        # whatever a reader has written may stand on it, in messages as well
        return safe(self._templates.get_template(template).render(page))


def _entry_href(name: str, t: Catalogue) -> str:
    """The address of an entry of the rulebook."""
    return law_address(name, {} if t.language == LANGUAGES[0] else {"ui": t.language})


def blocks_leading(to: LeadsTo, blocks: Iterable[Block], level: int = 3) -> Markup:
    """Blocks of a document as HTML, whose links lead where it is said."""
    return Markup(html.blocks(blocks, level, to))  # noqa: S704 - the renderer escapes every text


def _inline(to: LeadsTo, text: Text) -> Markup:
    return Markup(html.inline(text, to))  # noqa: S704 - the renderer escapes every text
