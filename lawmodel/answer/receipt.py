"""A receipt of an answer: all that it is a function of, what it comes to, and hashes by which both are known again.

It says the program, the rulebook, the case and what was asked, and nothing of the day, the machine or the folder in
which it was made. Hashes are SHA-256 of the canonical form of RFC 8785; see docs/citing.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Final

from lawmodel.answer.answer import Answer
from lawmodel.case.plain import plain_case
from lawmodel.case.values import UNKNOWN
from lawmodel.dataclass import dataclass
from lawmodel.results.encoder import encode
from lawmodel.results.header import OF_THE_CASE, LawApplied, ProgramUsed, RulebookUsed, hash_of
from lawmodel.results.result import Result
from lawmodel.value_object import ValueObject, summary

FORM: Final = 1
"""The form of receipts."""
APART: Final = ("case", "header", "engines", "without")
"""What of an answer no hash is of: names of files, and what is installed."""


@dataclass(frozen=True, slots=True)
class ReceivedRulebook(ValueObject):
    """The rulebook, and the hash of each of its files."""

    used: RulebookUsed
    files: Mapping[str, str]
    """By their names inside the rulebook; ``sha256`` is of them all."""

    json_merged: ClassVar[tuple[str, ...]] = ("used",)
    json_keys: ClassVar[Mapping[str, str]] = {"files": "files"}


@dataclass(frozen=True, slots=True)
class ReceivedCase(ValueObject):
    """The case: its facts, and what may be presumed."""

    title: str
    content: Mapping[str, Any]
    """``facts`` and ``presume``, as a case file has them."""
    sha256: str


@dataclass(frozen=True, slots=True)
class ReceivedQuestion(ValueObject):
    """What was asked, so that it can be asked again."""

    question: str
    on: str | None
    """The day of the law that was chosen; None where the case gives it."""
    stage: str
    readings: Mapping[str, str]
    """Those that were chosen otherwise than by a source or by default; ``unknown`` leaves one open."""
    told_by: str | None
    law: LawApplied
    """The law that was applied."""


@dataclass(frozen=True, slots=True)
class ReceivedAnswer(ValueObject):
    """What the answer comes to, by ids alone: no better word changes it."""

    status: str
    outcome: str | None
    possible: tuple[str, ...]
    grounds: tuple[str, ...]
    consequences: Mapping[str, bool]
    """Each with whether it is certain."""
    turns_on: tuple[tuple[str, ...], ...]
    rests_on: tuple[str, ...]
    uncertain_dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt(Result):
    """A receipt of an answer."""

    receipt: int
    program: ProgramUsed
    rulebook: ReceivedRulebook
    case: ReceivedCase
    asked: ReceivedQuestion
    answer: ReceivedAnswer
    answer_sha256: str
    words_sha256: str
    """Of all that was said with it: sentences, steps, trace."""
    engines: tuple[str, ...]
    """Those that took part; not every installation has all."""
    sha256: str
    """Of everything above but the engines."""

    def __repr__(self) -> str:
        return summary(self, f"{self.answer.outcome or 'depends'} of {self.asked.question}:", self.sha256[:8])


def receipt_of(answer: Answer, on: datetime.date | None = None) -> Receipt:
    """The receipt of an answer; ``on`` is the day of the law that was asked for, if one was.

    Raises ValueError where the rulebook was changed after it was read, so that no file holds it. Milliseconds.
    """
    rulebook, case = answer.rulebook, answer.header.case
    if case is None or not rulebook.content_hash:
        raise ValueError("no file holds this rulebook, or no case was decided")
    day = on or case.on
    if day is None and rulebook.law_date not in case.facts and answer.law_date is not None:
        day = datetime.date.fromisoformat(answer.law_date)  # of today: the receipt is read on another day
    plain = plain_case(rulebook, case)
    content: dict[str, Any] = {name: plain[name] for name in OF_THE_CASE if name in plain}
    chosen = {
        name: one.option or UNKNOWN for name, one in answer.header.readings.items() if one.by in ("asked", "case")
    }
    asked = ReceivedQuestion(
        answer.question,
        None if day is None else day.isoformat(),
        answer.stage,
        chosen,
        answer.told_by,
        answer.law,
    )
    comes_to = _comes_to(answer)
    said = {name: value for name, value in answer.to_json().items() if name not in APART}
    made = Receipt(
        FORM,
        answer.header.program,
        ReceivedRulebook(RulebookUsed.of(rulebook), rulebook.file_hashes),
        ReceivedCase(case.title, content, hash_of(content)),
        asked,
        comes_to,
        hash_of(encode(comes_to)),
        hash_of(said),
        answer.engines,
        "",
    )
    return replace(made, sha256=hash_of_content(made.to_json()))


def hash_of_content(plain: Mapping[str, Any]) -> str:
    """The hash of the plain data of a receipt."""
    return hash_of(
        {name: value for name, value in plain.items() if name not in ("schema", "version", "engines", "sha256")}
    )


def _comes_to(answer: Answer) -> ReceivedAnswer:
    return ReceivedAnswer(
        answer.status,
        answer.outcome,
        answer.possible,
        tuple(one.id for one in answer.grounds),
        {one.id: one.certain for one in sorted(answer.consequences, key=lambda one: one.id)},
        tuple(sorted(tuple(sorted(group)) for group in answer.turns_on)),
        tuple(sorted(answer.rests_on)),
        tuple(sorted(f"{one.instrument} {one.stage} {one.date}" for one in answer.uncertain_dates)),
    )
