"""A case that no address holds: its text is sent, and its answer comes back as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.service.pages.address import NEW, Address
from lawmodel.service.pages.exchange import PageRequest, PageResponse
from lawmodel.service.pages.take_away import KINDS, take_away
from lawmodel.service.pages.workbench import EMPTY, Workbench

CASE_FILE: Final = "case.yaml"
"""What the file is called in the messages: its own name is the sender's."""


def sent_case(workbench: Workbench, asked: PageRequest) -> PageResponse:
    """The file that is wanted of the case that was sent, or of the variant whose number is sent with it, from 0.

    Raises `ProblemsFound` with what is wrong with the case, or with its facts.
    """
    sent = dict(asked.sent)
    cases = parse_cases(workbench.rulebook, asked.content, CASE_FILE)
    number = sent.get("case", "0")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
    if not place < len(cases):
        raise ProblemsFound([Problem("there is no case of this number in the file", "Send the file again.", CASE_FILE)])
    kind = sent.get("as", "html")
    return take_away(workbench, address_of(cases[place], asked.language), kind if kind in KINDS else "html")


def address_of(case: Case, language: str) -> Address:
    """The page of a case that was sent, under the readings and the law that it names; what it expects is left out."""
    bare = replace(case, expectations=(), places={}, name="", variant=None)
    asked = case.asked()
    return Address(
        NEW,
        EMPTY,
        replace(bare, readings={}, on=None, stage=None),
        asked[0] if asked else "",
        dict(case.readings),
        case.on,
        case.stage or "",
        language=language,
    )
