"""Documents as a small site: a folder of pages that can be read from a disk, without a server and without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from importlib.resources import files
from typing import Final, NamedTuple

from lawmodel.document import Document, Link, plain
from lawmodel.render.formats.html import MARK, main_part, style_sheet

STYLE: Final = "style.css"
POLICY: Final = "default-src 'none'; style-src 'self' 'unsafe-inline' file:"
"""Nothing is run, and nothing is fetched from elsewhere."""
PICTURES: Final = "; img-src 'self' file:"
"""What a site with pictures allows besides."""


class SitePage(NamedTuple):
    """A document and its place in the site."""

    path: str
    """``folder/name.html``, with ``/`` on every system."""
    document: Document


class Site(NamedTuple):
    """What all pages share."""

    title: str
    contents: Sequence[tuple[str, str]]
    """What stands at the top of every page: words, and the path of the page to which they lead."""
    to: Callable[[Link], str | None]
    """The path of the page to which a link leads; None where there is none."""


def written(site: Site, pages: Iterable[SitePage]) -> dict[str, str]:
    """Every file of the site by its path."""
    return {STYLE: style(), **{one.path: _page(site, one) for one in pages}}


def style() -> str:
    """What styles every page."""
    return style_sheet() + files("lawmodel.render").joinpath("site.css").read_text(encoding="utf-8")


def _page(site: Site, page: SitePage) -> str:
    up = "../" * page.path.count("/")

    def to(link: Link) -> str | None:
        path = site.to(link)
        return None if path is None else up + path

    return framed(site, page.path, plain(page.document.title), main_part(page.document, to))


def framed(site: Site, path: str, title: str, main: str, *, pictures: bool = False) -> str:
    """A page of the site with this main part; ``pictures``: it shows files of the site."""
    up = "../" * path.count("/")
    whole = title if title == site.title else f"{title} · {site.title}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}{PICTURES if pictures else ""}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'{MARK}\n<title>{escape(whole)}</title>\n<link rel="stylesheet" href="{up}{STYLE}">\n</head>\n<body>\n'
        f"{_navigation(site, path, up)}\n{main}\n</body>\n</html>\n"
    )


def _navigation(site: Site, here: str, up: str) -> str:
    current = ' aria-current="page"'
    links = "".join(
        f'<li><a href="{up}{path}"{current if path == here else ""}>{escape(words)}</a></li>'
        for words, path in site.contents
    )
    return f'<header class="site"><p>{escape(site.title)}</p><nav aria-label="Pages"><ul>{links}</ul></nav></header>'
