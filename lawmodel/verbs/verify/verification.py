"""What becomes of a receipt: the same answer or another, by the same rules or others; or it was altered."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from lawmodel.answer.receipt import EngineCheck, ReceivedAnswer, ReceivedProgram
from lawmodel.dataclass import dataclass
from lawmodel.results.header import ProgramUsed, RulebookUsed
from lawmodel.results.result import Result
from lawmodel.value_object import ValueObject, summary

Verdict: TypeAlias = Literal[
    "same answer, same rules",
    "same answer, other words",
    "same answer, other rules",
    "another answer, same rules",
    "another answer, other rules",
    "altered",
]
SAME: Final = ("same answer, same rules", "same answer, other words", "same answer, other rules")


@dataclass(frozen=True, slots=True)
class ChangedFile(ValueObject):
    """A file of the rulebook that is not as the receipt has it."""

    name: str
    change: Literal["changed", "added", "gone"]


@dataclass(frozen=True, slots=True)
class RepeatedCheck(ValueObject):
    """What another engine said then, and whether it says so again."""

    check: EngineCheck
    found: Literal["the same", "otherwise", "not checked"]
    why: str = ""
    """Why it was not checked."""

    json_optional = ("why",)

    @property
    def says(self) -> str:
        """What was checked, in words."""
        return self.check.engine if self.check.engine == "forward chaining" else f"z3 on {self.check.of}"


@dataclass(frozen=True, slots=True)
class Verification(Result):
    """A receipt, and what the answer is now."""

    file: str
    verdict: Verdict
    altered: tuple[str, ...]
    """The parts whose hash does not fit them."""
    same_rules: bool
    edition: str | None
    """The folder of the earlier edition of the rulebook by which it was decided; None: by the rulebook at hand."""
    changed_files: tuple[ChangedFile, ...]
    same_program: bool
    receipt_program: ReceivedProgram
    program: ProgramUsed
    receipt_rulebook: RulebookUsed
    rulebook: RulebookUsed
    question: str
    before: ReceivedAnswer
    """As the receipt has it."""
    now: ReceivedAnswer | None
    """None where the receipt was altered, or the case means nothing to this rulebook."""
    says_before: str
    says_now: str
    problems: tuple[str, ...]
    """Why the case cannot be decided by this rulebook."""
    checks: tuple[RepeatedCheck, ...]
    """What other engines said then. They are asked again where the answer is the same, by the same rules."""
    what_changed: str | None
    """The command that tells what differs between the two rulebooks; None where they are the same."""

    @property
    def is_same(self) -> bool:
        """Whether the answer is the same."""
        return self.verdict in SAME

    @property
    def holds(self) -> bool:
        """Whether the answer is the same, and no other engine says otherwise than it did."""
        return self.is_same and all(one.found != "otherwise" for one in self.checks)

    def __repr__(self) -> str:
        return summary(self, f"{self.verdict}:", self.file)
