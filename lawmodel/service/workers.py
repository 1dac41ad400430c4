"""What the workers of a service do for its pages. What makes these is imported there: the server begins without it."""

from __future__ import annotations

from functools import partial
from typing import Final

from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.exchange import PageRequest, PageResponse, Supplied
from lawmodel.service.pool import WorkerPool

FIRST: Final = PageRequest("cases", "", (), "/cases")
"""The page that is asked for first."""


def worker_pool(rulebook: Rulebook, supplied: Supplied) -> WorkerPool:
    """Workers that have at hand what every page needs."""
    return WorkerPool(rulebook, ready=partial(make_ready, supplied=supplied))


def page_of(rulebook: Rulebook, supplied: Supplied, asked: PageRequest) -> PageResponse:
    """A page."""
    from lawmodel.service.pages.pages import respond

    return respond(rulebook, supplied, asked)


def make_ready(rulebook: Rulebook, supplied: Supplied) -> None:
    """Read the cases, and make the first page."""
    page_of(rulebook, supplied, FIRST)
