"""A document as a cell of a notebook shows it: a piece of a page with a style of its own, or Markdown.

The style reaches nothing else on the page. Where styles are taken out, as GitHub does, headings, lists and tables
remain. Nothing is run and nothing is fetched.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lawmodel.document import Document
from lawmodel.render.formats import html, markdown
from lawmodel.safe_text import safe

HEADING: Final = 4
"""The level of the title: those above it are the notebook's own."""
PLACE: Final = "lawmodel"
"""The class by which the style knows its place."""
_SELECTOR: Final = f".{PLACE}" * 3
"""So often that it goes before what notebooks say of tables."""
_OWN: Final = (
    "& { padding: .25rem 1rem 1rem; } h4 { font-weight: 600; } table { table-layout: auto; } "
    "tbody tr, tbody tr:hover { background: none; }"
)
_WHOLE_PAGE: Final = re.compile(r"^(\s*)(?::root|body) \{", re.MULTILINE)
_SPACE: Final = re.compile(r"\s+")


def as_html(document: Document) -> str:
    """A piece of a page; every text in it is escaped, and no character in it steers a terminal."""
    subject = f'<p class="subject">{html.inline(document.subject)}</p>' if document.subject else ""
    title = f"<h{HEADING}>{html.inline(document.title)}</h{HEADING}>"
    inside = f"{title}{subject}{html.blocks(document.blocks, HEADING + 1)}"
    return safe(f'<div class="{PLACE}"><style>{_style()}</style>{inside}</div>')


def as_markdown(document: Document) -> str:
    """The same as Markdown."""
    return safe(markdown.render(document))


@cache
def _style() -> str:
    """The style of a page, for what lies inside one element alone."""
    own = _WHOLE_PAGE.sub(r"\1& {", html.style_sheet())
    return _SPACE.sub(" ", f"{_SELECTOR} {{ {own} {_OWN} }}")
