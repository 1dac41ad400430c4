"""What each tool gives: short, as data, and never one side of a contested text without the other.

Each is a function of the rulebook and plain data, so that a worker can answer it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NotRequired

from typing_extensions import TypedDict

from lawmodel.answer.answer import Answer
from lawmodel.documents.heading import as_known
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.decide import DecideRequest
from lawmodel.service.calls.decide import answer as decide
from lawmodel.service.calls.interview import InterviewRequest
from lawmodel.service.calls.interview import answer as interview
from lawmodel.service.calls.request import request_of
from lawmodel.service.calls.table import CALLS, as_json
from lawmodel.words.law import law_of

MOST_OF_DECISION: Final = 2_000
"""Bytes of what `decide` gives: its lists are shortened until they fit, and it is said by how much."""
MOST_OF_OTHERS: Final = 20_000
"""Bytes of what the other tools give, beside the decision."""
ASKED: Final = ("case", "variant", "question", "readings", "on", "stage", "told_by")
"""What every tool about a case is given."""
HEAVY: Final = ("header", "trace", "engines", "facts", "not_met", "unknown_without_effect")
"""Parts of results that a program may want and an assistant does not read."""


class Parting(TypedDict):
    """A contested reading: how it is taken, and the answer with each other option."""

    reading: str
    taken: str | None
    otherwise: list[dict[str, str]]


class DecisionInBrief(TypedDict):
    """The answer on a case, on what it hangs, and what is asked next."""

    says: str
    certain: bool
    question: str
    outcome: str | None
    possible: list[str]
    law: str
    readings_that_part: list[Parting]
    """The answer is another if the text is read otherwise."""
    depends_on: list[dict[str, str]]
    assumes: list[dict[str, Any]]
    grounds: list[str]
    next: NotRequired[dict[str, Any]]
    further: NotRequired[dict[str, int]]
    """How much of each list was left out."""


def decision(rulebook: Rulebook, given: Mapping[str, Any]) -> DecisionInBrief:
    """The answer, on what it hangs, and what is asked next; raises `ProblemsFound`."""
    answer = decide(rulebook, request_of(DecideRequest, dict(given)))
    found = _decision(answer)
    step = interview(rulebook, request_of(InterviewRequest, dict(given))).next if answer.depends_on else None
    if step is not None:
        choices = [one.value for one in step.choices] or sorted(step.words)
        found["next"] = {"input": step.input, "kind": step.kind, "asks": step.asks, "choices": choices[:12]}
    return _fitting(found)


def beside_decision(rulebook: Rulebook, call: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What another call answers, with the decision that it is about; raises `ProblemsFound`."""
    asked = CALLS[call]
    result = as_json(asked.answer(rulebook, request_of(asked.request, dict(given))))
    plain = {key: value for key, value in result.items() if key not in HEAVY}
    return {
        "decision": decision(rulebook, {key: value for key, value in given.items() if key in ASKED}),
        "result": _bounded(plain),
    }


def about_law(rulebook: Rulebook, call: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a call about the law itself answers, with the decision on a case that it finds; raises `ProblemsFound`."""
    asked = CALLS[call]
    plain = as_json(asked.answer(rulebook, request_of(asked.request, dict(given))))
    found: dict[str, Any] = {"result": _bounded({key: value for key, value in plain.items() if key not in HEAVY})}
    for case in plain.get("cases", [])[:1]:
        law = {key: given[key] for key in ("on", "stage") if key in given}
        facts = {"presume": "ordinary", "facts": case["facts"]}
        about = {"case": facts, "question": case["question"], "readings": case["readings"], **law}
        found["decision"] = decision(rulebook, about)
    return found


def _decision(answer: Answer) -> DecisionInBrief:
    law = f"{law_of(answer.rulebook, answer.stage, answer.law_date)}{as_known(answer.rulebook)}"
    return {
        "says": answer.says,
        "certain": answer.determined,
        "question": answer.question,
        "outcome": answer.outcome,
        "possible": list(answer.possible),
        "law": law,
        "readings_that_part": list(_parting(answer)),
        "depends_on": [
            {"input": " ".join(one.inputs), "asks": one.asks} for one in answer.depends_on if one.kind == "fact"
        ],
        "assumes": [
            {"says": one.says, "otherwise": [f"{each.says}: {each.answer}" for each in one.otherwise[:2]]}
            for one in answer.assumes
            if one.kind != "reading"
        ],
        "grounds": [f"{one.citation} ({one.id})" for one in answer.grounds],
    }


def _parting(answer: Answer) -> Iterator[Parting]:
    """The readings on which the answer hangs: how each is taken, and the answer if it is read otherwise."""
    for one in answer.assumes:
        if one.kind == "reading":
            other = [{"if": each.says, "answer": each.answer} for each in one.otherwise]
            yield {"reading": one.input, "taken": one.says, "otherwise": other}
    for point in answer.depends_on:
        if point.kind == "reading":
            other = [{"if": each.says, "answer": each.answer} for each in point.options]
            yield {"reading": point.inputs[0], "taken": None, "otherwise": other}


def _fitting(found: DecisionInBrief) -> DecisionInBrief:
    """The same with its lists shortened until it fits; ``further`` says how much of each was left out."""
    further: dict[str, int] = {}
    lists: dict[str, list[Any]] = {
        "assumes": list(found["assumes"]),
        "grounds": list(found["grounds"]),
        "depends_on": list(found["depends_on"]),
        "readings_that_part": list(found["readings_that_part"]),  # the other side: shortened last
    }
    while _size({**found, **lists, "further": further}) > MOST_OF_DECISION and any(lists.values()):
        name = next((one for one in lists if len(lists[one]) > 1), None) or next(one for one in lists if lists[one])
        lists[name].pop()
        further[name] = further.get(name, 0) + 1
    shortened: DecisionInBrief = {**found, **lists}  # type: ignore[typeddict-item]
    if further:
        shortened["further"] = further
    return shortened


def _bounded(plain: dict[str, Any]) -> dict[str, Any]:
    """A result, its longest list or object cut where it is too large; ``left_out`` says what."""
    left_out: dict[str, int] = {}
    while _size(plain) > MOST_OF_OTHERS:
        longest = max(
            (key for key in plain if isinstance(plain[key], list | dict)),
            key=lambda key: _size(plain[key]),
            default=None,
        )
        if longest is None or not plain[longest]:
            break
        held = plain[longest]
        kept = max(0, len(held) // 2)
        left_out[longest] = left_out.get(longest, 0) + len(held) - kept
        plain = {**plain, longest: held[:kept] if isinstance(held, list) else dict(list(held.items())[:kept])}
    return {**plain, "left_out": left_out} if left_out else plain


def _size(plain: object) -> int:
    return len(json.dumps(plain, ensure_ascii=False, default=str).encode())
