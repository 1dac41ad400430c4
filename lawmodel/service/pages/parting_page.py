"""The simplest case on which the options of a reading part, to be opened as a case."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any, Final

from lawmodel.documents.found_case import stated_facts
from lawmodel.inquiry.searching.find import View, find
from lawmodel.service.pages.address import NEW, Address, href
from lawmodel.service.pages.beside_page import beside
from lawmodel.service.pages.controls import mark_of
from lawmodel.service.pages.workbench import EMPTY, Workbench
from lawmodel.words.outcomes import predicates

MOST: Final = 12
"""So many cases are looked for, one after the other."""


def parting_page(workbench: Workbench, reading: str, question: str, number: int) -> dict[str, Any]:
    """What the template needs: the case of this number, from 0, on which some two options differ."""
    rulebook = workbench.rulebook
    options = rulebook.readings[reading].options
    views = [View(one.id, {reading: one.id}) for one in options]
    found = next(islice(find(rulebook, question, views), min(number, MOST), None), None)
    page: dict[str, Any] = {
        "reading": rulebook.readings[reading],
        "asks": rulebook.questions[question].asks,
        "question": question,
        "number": number,
        "more": number < MOST and found is not None,
        "found": found,
        "rows": (),
    }
    if found is None:
        return page
    case = replace(found.case, presume=True, places={}, expectations=())
    start = Address(NEW, EMPTY, case, question)
    rows, sides = [], dict[tuple[str, ...], tuple[str, Address]]()
    for option, seen in zip(options, found.seen, strict=True):
        answer = seen.answer
        here = replace(start, readings={**found.readings, reading: option.id})
        marks = tuple(mark_of(rulebook, question, one) for one in answer.possible)
        sides.setdefault(answer.possible, (option.says, here))
        rows.append((option, marks, predicates(rulebook, question, answer.possible), href(rulebook, here)))
    facts = stated_facts(found.seen[0].answer)
    opened = replace(start, readings=dict(found.readings))
    (one, first), (other, second) = list(sides.values())[:2]
    return {
        **page,
        "rows": rows,
        "differs": beside(workbench, first, second, (one, other)),
        "facts": (facts,),
        "open": href(rulebook, opened),
        "beside": href(rulebook, opened, "contested"),
    }
