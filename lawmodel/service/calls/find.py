"""The simplest case that shows something, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final, Literal

from pydantic import Field

from lawmodel.case.arguments import law_problems, raise_problems
from lawmodel.inquiry.searching.find import View, Wanted
from lawmodel.problems import Problem, ProblemsFound, no_such
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import PlainCase, case_of
from lawmodel.service.calls.request import Day, Name, Names, Readings, Request, placed
from lawmodel.service.limits import MOST_FOUND
from lawmodel.verbs.find.found_cases import FoundCases
from lawmodel.verbs.find.sought import found_cases, questions_sought, sides

GIVEN_AS: Final = {"question": "question", "outcome": "outcome", "grounds": "grounds"}


class FindRequest(Request, frozen=True):
    """What a case is to show."""

    differ: Literal["reading", "date", "stage", "telling"] | None = None
    """A case that two of the names decide differently."""
    names: Names = Field([])
    """Of `differ`: a reading and, if you like, its options; or two days, stages or tellings."""
    outcome: Name | None = None
    """A case with this outcome."""
    grounds: Names = Field([])
    """A case with these provisions among its grounds."""
    only_ground: Name | None = None
    """A case with this ground and no other."""
    brings: Names = Field([])
    """A case that brings these consequences."""
    question: Name | None = None
    """The question, where several could be meant."""
    case: PlainCase = Field({})
    more: int = Field(0, ge=0, lt=MOST_FOUND)
    """This many more cases, essentially different."""
    readings: Readings = Field({})
    """Readings to take, each with its option."""
    on: Day | None = None
    """The law of this day."""
    stage: Name | None = None
    """As if every bill that had got so far were law."""


def answer(rulebook: Rulebook, request: FindRequest) -> FoundCases:
    """What `lawmodel find` answers; raises `ProblemsFound`."""
    with placed(request):
        _raise_unless_known(rulebook, request)
        base = View("", on=request.on, stage=request.stage)
        differ = request.differ
        views = [base] if differ is None else sides(rulebook, differ, request.names, base, "names")
        wanted = Wanted(request.outcome, tuple(request.grounds), request.only_ground, tuple(request.brings))
        questions = questions_sought(rulebook, request.question, wanted, views, GIVEN_AS)
        given = case_of(rulebook, request.case)
        return found_cases(
            rulebook,
            questions,
            views,
            wanted,
            given=given,
            readings=request.readings,
            most=request.more + 1,
            differ=differ,
        )


def _raise_unless_known(rulebook: Rulebook, request: FindRequest) -> None:
    if request.differ is None and not (request.outcome or request.grounds or request.only_ground or request.brings):
        mend = "Give differ, outcome, grounds, only_ground or brings."
        raise ProblemsFound([Problem("say what the case is to show", mend, "")])
    if request.differ is None and request.names:
        raise ProblemsFound([Problem("names go with differ", "Give differ, or leave names out.", "names")])
    provisions = {f"grounds {number}": one for number, one in enumerate(request.grounds)}
    if request.only_ground is not None:
        provisions["only_ground"] = request.only_ground
    consequences = {f"brings {number}": one for number, one in enumerate(request.brings)}
    raise_problems(
        *law_problems(rulebook, request.readings, request.on, request.stage),
        *_unknown(provisions, rulebook.provisions),
        *_unknown(consequences, rulebook.consequences),
    )


def _unknown(given: Mapping[str, str], known: Collection[str]) -> Iterator[Problem]:
    """The names that there are not; by what each was given as."""
    return (no_such(name, known, given_as) for given_as, name in given.items() if name not in known)
