"""The interview as a page: only what can still change the answer is asked, and every earlier answer can be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from lawmodel.dataclass import dataclass
from lawmodel.documents.answer import at_once, sentence
from lawmodel.inputs import MOST_RECORDS, UNKNOWN
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.address import (
    ENTERED,
    ENTRY,
    Address,
    href,
    otherwise,
    parameter_of_input,
)
from lawmodel.service.pages.controls import Control, Controls, Mark, controls_without_answer, mark_of
from lawmodel.service.pages.workbench import Workbench
from lawmodel.verbs.ask.interview import Asking, Interview
from lawmodel.verbs.ask.interview_result import PossibleReply
from lawmodel.words.outcomes import predicate

MOST_RECORDS_OFFERED: Final = 5
SEPARATOR: Final = ","
"""Between the inputs that were asked for, in the address."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer to the question, and where it leads."""

    value: str
    says: str
    leads: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered: the control of it, or the reading that was chosen."""

    says: str
    value: str
    change: str
    """The address at which it is asked for again."""


def interview_page(workbench: Workbench, address: Address, asked: Sequence[str]) -> dict[str, Any]:
    """What the template needs; raises `ProblemsFound` where the facts contradict each other."""
    rulebook, question = workbench.rulebook, workbench.question(address)
    interview = Interview(
        rulebook,
        question,
        address.case,
        **workbench.law_asked(address),
        not_known=asked,
    )
    asking = interview.next()
    possible = interview.possible()
    # what the answer assumes is told where it is the last step: to find it out takes longer than all else
    answer = interview.answer() if asking is None else None
    known = controls_without_answer(workbench.readers, rulebook, question, address)
    return {
        "title": address.case.title or address.base.title,
        "asks": rulebook.questions[question].asks,
        "question": question,
        "asking": asking,
        "number": len(asked) + 1,
        "left": len(interview.never_needed()),
        "offered": _told_apart(tuple(_offered(rulebook, interview, asking))) if asking is not None else (),
        "entry": _entry(asking) if asking is not None else "",
        "bears_on": [(rulebook.provisions[name].citation, name) for name in interview.bears_on()],
        "sentence": sentence(answer) if answer is not None else None,
        "firm": at_once(answer) if answer is not None else None,
        "possible": [(mark_of(rulebook, question, one), predicate(rulebook, question, one)) for one in possible],
        "given": tuple(_given(rulebook, address, asked, known)),
        "back": href(rulebook, address),
        "before": href(rulebook, *_without(rulebook, address, asked)) if asked else "",
    }


def replied(rulebook: Rulebook, address: Address, asked: Sequence[str], query: Mapping[str, str]) -> tuple[str, str]:
    """The address after a reply, and what is wrong with the reply, one of them empty."""
    name, value = query.get("input", ""), query.get("reply", "")
    if value == ENTERED:
        value = query.get(f"reply{ENTRY}", "").strip()
    if name in rulebook.facts and rulebook.facts[name].sort == "records" and value.isdecimal():
        changed = _counted(rulebook, address, name, int(value[:3]))
    else:
        changed = otherwise(rulebook, address, name, value)
    if changed.mistakes or not value:
        return "", " ".join(f"{one.message}. {one.mend}" for one in changed.mistakes)
    return href(rulebook, changed, "interview", _asked([*asked, name])), ""


def _asked(asked: Sequence[str]) -> dict[str, str]:
    return {"asked": SEPARATOR.join(asked)} if asked else {}


def _counted(rulebook: Rulebook, address: Address, name: str, number: int) -> Address:
    """With so many records, of which nothing is known, not even what a case may leave out."""
    fields = rulebook.facts[name].of
    unknown = tuple({one.id: None for one in fields} for _ in range(min(number, MOST_RECORDS)))
    return replace(address, case=replace(address.case, facts={**address.case.facts, name: unknown}))


def _without(rulebook: Rulebook, address: Address, asked: Sequence[str]) -> tuple[Address, str, dict[str, str]]:
    """One step back: without the last answer."""
    last, rest = asked[-1], asked[:-1]
    return _unanswered(rulebook, address, last), "interview", _asked(rest)


def _unanswered(rulebook: Rulebook, address: Address, name: str) -> Address:
    if name in rulebook.readings:
        return replace(address, readings={one: way for one, way in address.readings.items() if one != name})
    is_field = "[" in name
    return otherwise(rulebook, address, name, UNKNOWN if is_field else "")


def _offered(rulebook: Rulebook, interview: Interview, asking: Asking) -> Iterator[Offered]:
    """The answers that can be listed, each with what it leaves possible."""
    replies = interview.replies()
    if asking.fact is not None and asking.fact.sort == "records":
        for number in range(MOST_RECORDS_OFFERED + 1):
            says = (asking.fact.none or "0") if number == 0 else str(number)
            yield _with_reply(rulebook, interview, str(number), says, _reply_for(replies, min(number, 1)))
        return
    choices: dict[str | bool, str] = dict(interview.choices(asking))
    if asking.fact is not None:
        choices |= {word: meant.says for word, meant in asking.fact.words.items()}
    for value, says in choices.items():
        text = ("yes" if value else "no") if isinstance(value, bool) else value
        yield _with_reply(rulebook, interview, text, says, _reply_for(replies, value))


def _told_apart(offered: tuple[Offered, ...]) -> tuple[Offered, ...]:
    """Where every answer leads to the same, nothing is said of where it leads."""
    same = len({one.leads for one in offered if one.leads}) < 2
    return tuple(replace(one, leads="") for one in offered) if same else offered


def _reply_for(replies: Sequence[PossibleReply], value: object) -> PossibleReply | None:
    return next((one for one in replies if any(type(v) is type(value) and v == value for v in one.values)), None)


def _with_reply(
    rulebook: Rulebook, interview: Interview, value: str, says: str, reply: PossibleReply | None
) -> Offered:
    possible = interview.possible() if reply is None else reply.possible
    marks = tuple(mark_of(rulebook, interview.question, one) for one in possible)
    return Offered(value, says, "" if reply is None else reply.answer, marks)


def _entry(asking: Asking) -> str:
    """What kind of text field the answer needs: ``day``, ``number``, ``span`` or none."""
    kind = asking.fact.type if asking.fact is not None else ""
    return {"date": "day", "number": "number", "span": "span"}.get(kind, "")


def _given(rulebook: Rulebook, address: Address, asked: Sequence[str], known: Controls) -> Iterator[Given]:
    """The answers so far, in the order in which they were given."""
    by_input: dict[str, Control] = {one.input: one for one in (*known.decisive, *known.settled, *known.silent)}
    by_input |= {
        one.input: one
        for listed in known.lists
        for record in listed.records
        for one in (*record.controls, *record.further)
    }
    counts = {listed.parameter: listed for listed in known.lists}
    for number, name in enumerate(asked):
        change = href(
            rulebook, _unanswered(rulebook, address, name), "interview", _asked([*asked[:number], *asked[number + 1 :]])
        )
        if name in rulebook.readings:
            option = address.readings.get(name, "")
            yield Given(
                rulebook.readings[name].title, rulebook.readings[name].option(option).says if option else "", change
            )
        elif name in by_input:
            yield Given(by_input[name].asks, by_input[name].now, change)
        elif parameter_of_input(name) in counts:
            listed = counts[parameter_of_input(name)]
            yield Given(listed.asks, "" if listed.count == UNKNOWN else listed.count, change)
