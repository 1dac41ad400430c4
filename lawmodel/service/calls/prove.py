"""Properties of the law: each proved for every case, or refuted by the simplest one."""

from __future__ import annotations

from pydantic import Field

from lawmodel.case.arguments import question_problems, raise_problems
from lawmodel.inquiry.searching.prove import prove
from lawmodel.inquiry.searching.proved import Proofs
from lawmodel.problems import Problem, ProblemsFound, no_such
from lawmodel.results.header import Header
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.request import Name, Names, Request, placed


class ProveRequest(Request, frozen=True):
    """Which of the properties that the rulebook states."""

    properties: Names = Field([])
    """These properties; without any, all."""
    question: Name | None = None
    """Only the properties of this question."""


def answer(rulebook: Rulebook, request: ProveRequest) -> Proofs:
    """What `lawmodel prove` answers; raises `ProblemsFound`."""
    with placed(request):
        if not rulebook.properties:
            mend = "Ask a rulebook that has a section `properties`."
            raise ProblemsFound([Problem("this rulebook states no properties", mend, "properties")])
        if request.question is not None:
            raise_problems(*question_problems(rulebook, request.question))
        known = rulebook.properties
        raise_problems(
            *(
                no_such(one, known, f"properties {number}")
                for number, one in enumerate(request.properties)
                if one not in known
            )
        )
        chosen = [known[name] for name in dict.fromkeys(request.properties)] or list(known.values())
        stated = [one for one in chosen if request.question in (None, one.question)]
        return Proofs(Header(rulebook), tuple(prove(rulebook, one) for one in stated))
