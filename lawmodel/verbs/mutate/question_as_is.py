"""A question as the law is, with the expectations that test it: what they are answered under a law that is another."""

from __future__ import annotations

from dataclasses import field

from lawmodel.dataclass import dataclass
from lawmodel.inquiry.distinguishing.compiled_question import CompiledQuestion, Spoken
from lawmodel.inquiry.distinguishing.expected_answers import Answered, ExpectedAnswer


@dataclass(frozen=True, slots=True)
class Tested:
    """An expectation that the law as it is meets, and what the rules say on it."""

    answer: ExpectedAnswer
    spoken: list[Spoken]
    following: list[Spoken] | None
    """What they say of the consequences, if the expectation names some and there can be any."""
    settled: bool
    """Whether evaluation settles the outcome."""


@dataclass(slots=True)
class QuestionAsIs:
    """A question as the law is, with the expectations that test it."""

    compiled: CompiledQuestion
    following: CompiledQuestion | None
    tested: list[Tested] = field(default_factory=list)

    def tested_by(self, answer: ExpectedAnswer) -> tuple[Tested, Answered]:
        """An expectation with what the rules say on it, and the answer to which they come together."""
        values, following, follows = answer.values, self.following, None
        if following is not None and answer.expectation.consequences is not None:
            follows = following.spoken(values)
        spoken = self.compiled.spoken(values)
        answered = _answered(self.compiled, following, spoken, follows)
        return Tested(answer, spoken, follows, answered.said.outcome is not None), answered

    def answered_otherwise(
        self, compiled: CompiledQuestion, following: CompiledQuestion | None, one: Tested
    ) -> Answered | None:
        """The answer to an expectation under a law of which most rules are the same; None: each rule says the same."""
        values = one.answer.values
        spoken = compiled.spoken_again(values, one.spoken)
        follows = None
        if following is not None and one.answer.expectation.consequences is not None:
            before = one.following
            follows = following.spoken(values) if before is None else following.spoken_again(values, before)
        if spoken == one.spoken and follows == one.following and (follows is None or self._brings_as(following)):
            return None
        return _answered(compiled, following, spoken, follows)

    def _brings_as(self, following: CompiledQuestion | None) -> bool:
        """Whether another law knows the same consequences, in the same order."""
        known, others = ([] if one is None else one.rules for one in (self.following, following))
        return [one.id for one in known] == [one.id for one in others]


def _answered(
    compiled: CompiledQuestion, following: CompiledQuestion | None, spoken: list[Spoken], follows: list[Spoken] | None
) -> Answered:
    """The answer to which rules come together; of its consequences None where nobody asked."""
    if following is None:
        return Answered(compiled.said(spoken), ())
    return Answered(compiled.said(spoken), None if follows is None else following.said(follows).grounds)
