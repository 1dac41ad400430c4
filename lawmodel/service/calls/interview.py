"""A step of an interview: what is asked next, and what each answer would leave possible."""

from __future__ import annotations

from pydantic import Field

from lawmodel.case.values import NotAValue
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import ToldRequest, asked_of
from lawmodel.service.calls.request import Name, Names, Request, Scalar, placed
from lawmodel.verbs.ask.interview import Interview
from lawmodel.verbs.ask.interview_result import InterviewResult
from lawmodel.verbs.ask.parse_reply import parse_reply

INPUT, VALUE = "/reply/input", "/reply/value"


class Reply(Request, frozen=True):
    """The answer to what was asked last."""

    input: Name
    """What was asked for, as `next.input` has it."""
    value: Scalar | None
    """A value as in a case file; of a list, how many records there are; null: it is not known."""


class InterviewRequest(ToldRequest, frozen=True):
    """Where an interview stands: the case so far, and the answer to what was asked last.

    To go on, send the `case` and the `not_known` of the result with the answer to its `next`. To change an earlier
    answer, change the case.
    """

    not_known: Names = Field([])
    """Inputs that are not asked for, since nothing is known of them."""
    thorough: bool = False
    """Ask also for what a case file may leave out, such as rare obstacles."""
    reply: Reply | None = None
    """The answer to what was asked last."""


def answer(rulebook: Rulebook, request: InterviewRequest) -> InterviewResult:
    """The answer so far, and what is asked next; raises `ProblemsFound`."""
    with placed(request):
        asked = asked_of(rulebook, request)
        interview = Interview(
            rulebook,
            asked.question,
            asked.case,
            **asked.law,
            thorough=request.thorough,
            not_known=request.not_known,
        )
        if request.reply is not None:
            _give(interview, request.reply)
        return interview.result()


def _give(interview: Interview, reply: Reply) -> None:
    """Answer what is asked; raises `ProblemsFound` where that is no answer, or something else is asked."""
    asking = interview.next()
    if asking is None or asking.name != reply.input:
        mend = "Change the case itself to change an earlier answer." if asking is None else f"Answer {asking.name}."
        raise ProblemsFound([Problem(f"`{reply.input}` is not what is asked", mend, INPUT)])
    if reply.value is None:
        interview.do_not_know()
        return
    try:
        interview.give(parse_reply(interview.rulebook, asking, _typed(reply.value)))
    except NotAValue as wrong:
        raise ProblemsFound([Problem(wrong.message, wrong.mend, VALUE)]) from None
    except ProblemsFound as found:
        raise ProblemsFound([Problem(one.message, one.mend, VALUE) for one in found.problems]) from None


def _typed(value: bool | int | str) -> str:
    """A value as a person would type it."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
