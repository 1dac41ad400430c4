"""Where the links of documents lead: the pages of the law, and those of the cases."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import quote

from lawmodel.document import Link
from lawmodel.render.formats.html import LeadsTo
from lawmodel.service.pages.address import NEW, with_query
from lawmodel.service.pages.workbench import Workbench

CONTESTED: Final = "contested"
SEARCH: Final = "search"
ENTRY: Final = "entry/"
"""Before the name of an entry that is called as a page of the law is, or begins so."""


def law_address(name: str, kept: Mapping[str, str]) -> str:
    """The page of an entry of the rulebook; ``kept``: what its address says besides."""
    before = ENTRY if name in (CONTESTED, SEARCH) or name.startswith(ENTRY) else ""
    return with_query(f"/law/{before}{quote(name, safe='')}", kept)


def leading(
    workbench: Workbench, entries: Collection[str], kept: Mapping[str, str], language: Mapping[str, str]
) -> LeadsTo:
    """Where links lead from a page: nowhere, if there is no such entry or case.

    ``entries``: the names of all entries; ``kept``: what the addresses of the law say besides, such as its day;
    ``language``: what those of cases do.
    """

    def to(link: Link) -> str | None:
        if link.kind != "case":
            name = re.sub(r"\[\d+\]", "", link.to)  # a field of a record
            return law_address(name, kept) if name in entries else None
        known = link.to != NEW and workbench.case(link.to) is not None
        return with_query(f"/cases/{quote(link.to, safe='/@')}", language) if known else None

    return to
