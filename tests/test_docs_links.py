"""Every link of the documentation to a file, or to a heading in it, leads somewhere."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/*.md"), *CHECKOUT.glob("examples/**/*.md")],
)
MARKDOWN = MarkdownIt("commonmark").enable("table")


def headings(page: Path) -> set[str]:
    """The anchors of a page: what its headings say, as those who show Markdown make anchors of them."""
    found: dict[str, int] = {}
    names = set()
    tokens = MARKDOWN.parse(page.read_text(encoding="utf-8"))
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            words = "".join(one.content for one in token.children or () if one.type in ("text", "code_inline"))
            name = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
            number = found.get(name, 0)
            found[name] = number + 1
            names.add(f"{name}-{number}" if number else name)
    return names | set(re.findall(r'<a (?:id|name)="([^"]+)"', page.read_text(encoding="utf-8")))


def links(page: Path) -> list[str]:
    tokens = MARKDOWN.parse(page.read_text(encoding="utf-8"))
    children = (one for token in tokens for one in token.children or ())
    return [str(one.attrs["href"]) for one in children if one.type == "link_open"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_links(page: Path) -> None:
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            assert link.startswith(("https://", "http://")), link
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / unquote(path)).resolve() if path else page
        assert target.exists(), link
        assert CHECKOUT in (target, *target.parents), link
        if anchor:
            assert unquote(anchor) in headings(target), link


def test_every_page_of_the_documentation_is_in_the_readme() -> None:
    named = {link.partition("#")[0] for link in links(CHECKOUT / "README.md")}
    assert {f"docs/{page.name}" for page in CHECKOUT.glob("docs/*.md")} <= named
