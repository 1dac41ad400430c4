"""Two answers side by side, with only what differs: two cells of a table, or a case and what a reader made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lawmodel.document import Block
from lawmodel.service.pages.address import NEW, Address, href, parameters_of
from lawmodel.service.pages.controls import Lead, mark_of
from lawmodel.service.pages.workbench import Workbench
from lawmodel.verbs.whatif.between import between
from lawmodel.verbs.whatif.document import document
from lawmodel.words.outcomes import predicates


def beside(workbench: Workbench, one: Address, other: Address, heads: tuple[str, str]) -> tuple[Block, ...]:
    """Two answers side by side, with only what differs; ``heads`` names the sides."""
    return document([between(workbench.ask(one), workbench.ask(other))], heads).blocks


def as_it_was(workbench: Workbench, address: Address, heads: tuple[str, str]) -> dict[str, Any]:
    """What the template needs: the case as it was supplied, and as the reader has it, for the question asked now."""
    rulebook, question = workbench.rulebook, workbench.question(address)
    was = Address(address.name, address.base, address.base, question, language=address.language)
    sides = []
    for says, one in zip(heads, (was, address), strict=True):
        possible = workbench.decide(one).possible
        marks = tuple(mark_of(rulebook, question, each) for each in possible)
        sides.append((says, Lead("", predicates(rulebook, question, possible), marks, href(rulebook, one))))
    return {
        "title": address.case.title or address.base.title,
        "sides": sides,
        "differs": beside(workbench, was, address, heads),
        "back": href(rulebook, address),
    }


def is_otherwise(workbench: Workbench, address: Address) -> bool:
    """Whether a reader has made something else of a supplied case."""
    same = replace(address, question="", language="en", rulebook="")
    return address.name != NEW and bool(parameters_of(workbench.rulebook, same))
