"""A receipt of an answer: all that it is a function of, what it comes to, and hashes by which both are known again.

It says the program, the rulebook, the case and what was asked, and nothing of the day, the machine or the folder in
which it was made. Hashes are SHA-256 of the canonical form of RFC 8785; see docs/citing.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, ClassVar, Final, Literal, TypeAlias

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.plain import plain_case
from lawmodel.case.values import UNKNOWN
from lawmodel.dataclass import dataclass
from lawmodel.results.canonical_json import hash_of
from lawmodel.results.encoder import encode
from lawmodel.results.header import OF_THE_CASE, RulebookUsed
from lawmodel.results.result import Result
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject, summary

FORM: Final = 1
"""The form of receipts."""
STRICT: Final = {"extra": "forbid", "strict": True}
"""How receipts are read: with no key more, and every value of its own type."""
APART: Final = ("case", "header", "engines", "without")
"""What of an answer no hash is of: names of files, and what is installed."""


@dataclass(frozen=True, slots=True)
class ReceivedProgram(ValueObject):
    """The program, and its version."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class ReceivedRulebook(ValueObject):
    """The rulebook, and the hash of each of its files."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    title: str
    version: str | None
    """None where the rulebook has none."""
    sha256: str
    """Of all its files, by ``files``."""
    files: Mapping[str, str]
    """The SHA-256 of each, by its name inside the rulebook."""
    as_of: str | None = None
    """The day up to which its authors know the law; left out where they do not say."""

    json_optional: ClassVar[tuple[str, ...]] = ("as_of",)


@dataclass(frozen=True, slots=True)
class ReceivedCase(ValueObject):
    """The case: its facts, and what may be presumed, as a case file has them."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    title: str
    sha256: str
    """Of ``facts`` and ``presume``."""
    facts: Mapping[str, Any]
    presume: str | list[str] | None = None
    """Left out where nothing is presumed."""

    json_optional: ClassVar[tuple[str, ...]] = ("presume",)

    @property
    def content(self) -> dict[str, Any]:
        """What its hash is of."""
        presumed = {} if self.presume is None else {"presume": self.presume}
        return {"facts": self.facts, **presumed}


@dataclass(frozen=True, slots=True)
class ReceivedQuestion(ValueObject):
    """What was asked, so that it can be asked again."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    question: str
    on: str | None
    """The day of the law that was chosen; None where the case gives it."""
    stage: str
    """Bills that had got so far counted as law."""
    readings: Mapping[str, str]
    """Those that were chosen otherwise than by a source or by default; ``unknown`` leaves one open."""
    told_by: str | None


@dataclass(frozen=True, slots=True)
class ReceivedAnswer(ValueObject):
    """What the answer comes to, by ids alone: no better word changes it."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    status: Literal["determined", "depends"]
    outcome: str | None
    possible: tuple[str, ...]
    """The outcomes that can be, the strongest first."""
    grounds: tuple[str, ...]
    consequences: Mapping[str, bool]
    """Each with whether it is certain."""
    turns_on: tuple[tuple[str, ...], ...]
    rests_on: tuple[str, ...]
    uncertain_dates: tuple[str, ...]
    sha256: str
    """Of all the others."""


@dataclass(frozen=True, slots=True)
class ReceivedTrace(ValueObject):
    """All that was said with the answer: sentences and steps."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    sha256: str


@dataclass(frozen=True, slots=True)
class DerivedAgain(ValueObject):
    """Production rules were run beside the evaluation of the conditions."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    engine: Literal["forward chaining"]
    agrees: bool
    """Whether they derive the same."""


@dataclass(frozen=True, slots=True)
class SolvedAgain(ValueObject):
    """A solver was asked whether the outcomes are those that can be."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    engine: Literal["z3"]
    version: str
    of: Literal["another outcome", "each possible outcome"]
    """What it was asked: whether some completion of the case reaches it."""
    verdict: Literal["sat", "unsat"]
    """``sat``: some does. ``unsat``: none does."""
    bounds: Mapping[str, int]
    """Of each list that is not known, how many records it was given. More would add nothing."""


EngineCheck: TypeAlias = DerivedAgain | SolvedAgain
"""What a further engine has said of the answer."""


@dataclass(frozen=True, slots=True)
class PartHashes(ValueObject):
    """The hash of each part as it stands in the receipt, so that a change is told by the name of its part."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    program: str
    rulebook: str
    case: str
    asked: str
    answer: str
    trace: str
    checks: str


PARTS: Final = tuple(one.name for one in fields(PartHashes))


@dataclass(frozen=True, slots=True)
class Receipt(Result):
    """A receipt of an answer."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    receipt: Literal[1]
    """The form of receipts."""
    program: ReceivedProgram
    rulebook: ReceivedRulebook
    case: ReceivedCase
    asked: ReceivedQuestion
    answer: ReceivedAnswer
    trace: ReceivedTrace
    checks: tuple[EngineCheck, ...]
    """What further engines have said; not every installation has all."""
    hashes: PartHashes

    @property
    def sha256(self) -> str:
        """By which the receipt itself is known: of the hashes of its parts but the checks, which not all can make."""
        return hash_of({name: one for name, one in encode(self.hashes).items() if name != "checks"})

    def __repr__(self) -> str:
        return summary(self, f"{self.answer.outcome or 'depends'} of {self.asked.question}:", self.answer.sha256[:8])


def receipt_of(answer: Answer, on: datetime.date | None = None, checks: Sequence[EngineCheck] = ()) -> Receipt:
    """The receipt of an answer; ``on`` is the day of the law that was asked for, if one was.

    ``checks`` is what further engines have said of it (`lawmodel.inquiry.receipts.engine_checks`).
    Raises ValueError where the rulebook was changed after it was read, so that no file holds it. Milliseconds.
    """
    rulebook, case = answer.rulebook, answer.header.case
    if case is None or not rulebook.content_hash:
        raise ValueError("no file holds this rulebook, or no case was decided")
    day = on or case.on
    plain = plain_case(rulebook, dated(rulebook, case, day))
    content: dict[str, Any] = {name: plain[name] for name in OF_THE_CASE if name in plain}
    chosen = {
        name: one.option or UNKNOWN for name, one in answer.header.readings.items() if one.by in ("asked", "case")
    }
    program = answer.header.program
    said = {name: value for name, value in answer.to_json().items() if name not in APART}
    parts = {
        "program": ReceivedProgram(program.name, program.version),
        "rulebook": _received(rulebook),
        "case": ReceivedCase(case.title, hash_of(content), content["facts"], content.get("presume")),
        "asked": ReceivedQuestion(
            answer.question, None if day is None else day.isoformat(), answer.stage, chosen, answer.told_by
        ),
        "answer": _comes_to(answer),
        "trace": ReceivedTrace(hash_of(said)),
        "checks": tuple(checks),
    }
    hashes = PartHashes(**{name: hash_of(encode(part)) for name, part in parts.items()})
    return Receipt(receipt=FORM, **parts, hashes=hashes)  # type: ignore[arg-type]


def dated(rulebook: Rulebook, case: Case, on: datetime.date | None) -> Case:
    """The case with the day of today where it is that which dates the law: on another day it is to be the same case."""
    if on is not None or case.on is not None or rulebook.law_date in case.facts:
        return case
    return replace(case, facts={**case.facts, rulebook.law_date: datetime.date.today().toordinal()})


def hash_of_answer(answer: ReceivedAnswer) -> str:
    """The hash by which an answer is cited: of all that it comes to."""
    return hash_of({name: value for name, value in encode(answer).items() if name != "sha256"})


def _received(rulebook: Rulebook) -> ReceivedRulebook:
    used = RulebookUsed.of(rulebook)
    return ReceivedRulebook(used.title, used.version, rulebook.content_hash, rulebook.file_hashes, used.as_of)


def _comes_to(answer: Answer) -> ReceivedAnswer:
    made = ReceivedAnswer(
        status=answer.status,
        outcome=answer.outcome,
        possible=answer.possible,
        grounds=tuple(one.id for one in answer.grounds),
        consequences={one.id: one.certain for one in sorted(answer.consequences, key=lambda one: one.id)},
        turns_on=tuple(sorted(tuple(sorted(group)) for group in answer.turns_on)),
        rests_on=tuple(sorted(answer.rests_on)),
        uncertain_dates=tuple(sorted(f"{one.instrument} {one.stage} {one.date}" for one in answer.uncertain_dates)),
        sha256="",
    )
    return replace(made, sha256=hash_of_answer(made))
