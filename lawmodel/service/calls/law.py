"""The rulebook: at a glance, an entry of it, all that is contested in it, or what is found in its texts."""

from __future__ import annotations

import datetime
from typing import TypeAlias

from pydantic import Field

from lawmodel.case.arguments import raise_problems, stage_problems
from lawmodel.law_entries.entries import LawEntries, entry_result
from lawmodel.law_entries.law_view import LawView
from lawmodel.law_entries.standing import LawOn
from lawmodel.problems import Problem, ProblemsFound, no_such
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.request import Day, Name, Names, Request, placed
from lawmodel.verbs.law.overview import Contested, Overview
from lawmodel.verbs.law.search import LawSearch, search

LawAnswer: TypeAlias = Overview | LawEntries | Contested | LawSearch


class LawRequest(Request, frozen=True):
    """What of the rulebook; without anything, all of it at a glance."""

    names: Names = Field([])
    """Entries by their ids, facts by their paths, or citations."""
    contested: bool = False
    """Where sources differ, and which dates are not certain."""
    search: Name | None = None
    """The entries in whose texts these words occur."""
    on: Day | None = None
    """The law of this day. Without it: today."""
    stage: Name | None = None
    """As if every bill that had got so far were law."""


def answer(rulebook: Rulebook, request: LawRequest) -> LawAnswer:
    """What `lawmodel law` answers; raises `ProblemsFound`."""
    given = {"names": request.names, "contested": request.contested, "search": request.search is not None}
    wanted = [name for name, one in given.items() if one]
    with placed(request):
        if len(wanted) > 1:
            message = f"{' and '.join(wanted)} ask for different things"
            raise ProblemsFound([Problem(message, "Leave out all but one.", wanted[0])])
        raise_problems(*stage_problems(rulebook, request.stage))
        view = LawView(rulebook, LawOn(rulebook, request.on or datetime.date.today(), request.stage))
        if request.search is not None:
            if not request.search.strip():
                raise ProblemsFound([Problem("no words are given", "Name some that a text may hold.", "search")])
            return search(view, request.search.strip())
        if request.contested:
            return Contested(view)
        return _entries(view, request.names) if request.names else Overview(view)


def _entries(view: LawView, names: list[str]) -> LawEntries:
    found = {name: view.named(name) or view.cited(name) for name in names}
    raise_problems(
        *(no_such(one, view.names(), f"names {number}") for number, one in enumerate(names) if not found[one])
    )
    every = dict.fromkeys(entry for entries in found.values() for entry in entries)
    return LawEntries(view, tuple(entry_result(view, entry) for entry in every))
