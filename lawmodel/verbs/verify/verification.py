"""What becomes of a receipt: the same answer or another, by the same rules or others; or it was altered."""

from __future__ import annotations

from typing import Literal, TypeAlias

from lawmodel.answer.receipt import ReceivedAnswer
from lawmodel.dataclass import dataclass
from lawmodel.results.header import ProgramUsed, RulebookUsed
from lawmodel.results.result import Result
from lawmodel.value_object import ValueObject, summary

Verdict: TypeAlias = Literal["same answer", "same answer, other words", "another answer", "altered"]


@dataclass(frozen=True, slots=True)
class ChangedFile(ValueObject):
    """A file of the rulebook that is not as the receipt has it."""

    name: str
    change: Literal["changed", "added", "gone"]


@dataclass(frozen=True, slots=True)
class Verification(Result):
    """A receipt, and what the answer is now."""

    file: str
    verdict: Verdict
    altered: tuple[str, ...]
    """The parts whose hash does not fit them."""
    same_rules: bool
    changed_files: tuple[ChangedFile, ...]
    same_program: bool
    receipt_program: ProgramUsed
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
    not_checked: tuple[str, ...]
    """Engines that took part then and are not installed here."""

    @property
    def is_same(self) -> bool:
        """Whether the answer is the same."""
        return self.verdict in ("same answer", "same answer, other words")

    def __repr__(self) -> str:
        return summary(self, f"{self.verdict}:", self.file)
