"""A file that is sent: a case becomes an address, and whatever is wrong with a file is told with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from lawmodel.case.case import Case
from lawmodel.case.file import MOST_BYTES, parse_cases
from lawmodel.dataclass import dataclass
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.address import MOST, NEW, Address, href
from lawmodel.service.pages.workbench import EMPTY

CASE_FILE: Final = "case.yaml"
"""What the file is called in the messages: its own name is the sender's."""
CONTEXT: Final = 2
"""So many lines before and after a mistake are shown."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of the file that was sent."""

    number: int
    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class UploadedCase:
    """A case of the file, or a variant, as a page."""

    title: str
    href: str
    """Empty where it is too long for an address."""


def uploaded(rulebook: Rulebook, content: str, language: str) -> dict[str, Any]:
    """What the template needs: the cases of the file as pages, or what is wrong with it."""
    if len(content.encode()) > MOST_BYTES:
        return _page(
            content, [Problem(f"the file is larger than {MOST_BYTES:,} bytes", "Send a smaller one.", CASE_FILE)]
        )
    try:
        cases = parse_cases(rulebook, content, CASE_FILE)
    except ProblemsFound as found:
        return _page(content, found.problems)
    return {**_page(content, ()), "cases": tuple(_as_page(rulebook, case, language) for case in cases)}


def _as_page(rulebook: Rulebook, case: Case, language: str) -> UploadedCase:
    bare = replace(case, expectations=(), places={}, name="", variant=None)
    asked = case.asked()
    address = Address(
        NEW,
        EMPTY,
        replace(bare, readings={}, on=None, stage=None),
        asked[0] if asked else "",
        dict(case.readings),
        case.on,
        case.stage or "",
        language=language,
    )
    leads = href(rulebook, address)
    return UploadedCase(case.title, leads if len(leads) <= MOST else "")


def _page(content: str, problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "content": content[:MOST_BYTES],
        "problems": tuple(problems),
        "lines": tuple(_lines(content, {one.line for one in problems if one.line})),
        "cases": (),
    }


def _lines(content: str, wrong: set[int]) -> Iterator[FileLine]:
    """The lines around the mistakes."""
    near = {one + shift for one in wrong for shift in range(-CONTEXT, CONTEXT + 1)}
    for number, text in enumerate(content.splitlines(), 1):
        if number in near:
            yield FileLine(number, text[:300], number in wrong)


NOTHING_SENT: Final = _page("", ())
"""The page before a file is sent."""
