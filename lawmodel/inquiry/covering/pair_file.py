"""The case file of a pair: a case that a limb decides, and as a variant the same case with one fact otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lawmodel.case.case import Case
from lawmodel.case.plain import plain_facts
from lawmodel.case.values import in_words
from lawmodel.dataclass import dataclass
from lawmodel.inputs import GivenValue
from lawmodel.inquiry.covering.limbs import Limb
from lawmodel.inquiry.distinguishing.compiled_question import Level
from lawmodel.inquiry.distinguishing.distinguishing_case import Circumstances
from lawmodel.inquiry.distinguishing.expected_answers import Answered
from lawmodel.inquiry.distinguishing.neighbouring_cases import NeighbouringCase
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.outline import Outline


@dataclass(frozen=True, slots=True)
class PairFile:
    """Writes the file of a pair, as plain data."""

    rulebook: Rulebook
    limb: Limb
    so: bool
    question: str
    circumstances: Circumstances
    brings: bool
    """Whether the question can have consequences."""

    def of_case(self, case: Case, answer: Answered, otherwise: Answered, level: Level) -> dict[str, Any]:
        """The case itself, with what it shows; ``otherwise`` is the answer if the limb were otherwise."""
        return {
            "title": f"{self._title()}: {self._says()}",
            "point": f"{self._where()}: {self._says(True)}. {self._decides()}, {self._effect(otherwise, level)}.",
            "questions": [self.question],
            "presume": "ordinary",
            "facts": plain_facts(self.rulebook, case.facts),
            "expect": [self._expected(answer)],
        }

    def of_variant(self, contrast: NeighbouringCase, answer: Answered) -> dict[str, Any]:
        """The same case with one fact otherwise."""
        changed = contrast.path if contrast.path in self.rulebook.facts else contrast.path.rpartition(".")[0]
        return {
            "id": "otherwise",
            "title": f"The same, but: {self._in_words(contrast.path, contrast.value)}",
            "facts": plain_facts(self.rulebook, {changed: contrast.case.facts[changed]}),
            "expect": [self._expected(answer)],
        }

    def _expected(self, answer: Answered) -> dict[str, Any]:
        under = self.circumstances
        expected: dict[str, Any] = {"question": self.question}
        if under.readings:
            expected["readings"] = dict(under.readings)
        if under.on is not None:
            expected["on"] = under.on
        if under.stage is not None:
            expected["stage"] = under.stage
        expected["outcome"] = answer.said.outcome
        if answer.said.grounds is not None:
            expected["grounds"] = list(answer.said.grounds)
        if self.brings and answer.consequences is not None:
            expected["consequences"] = list(answer.consequences)
        return expected

    # --- in words ----------------------------------------------------------------------------------

    def _title(self) -> str:
        entry: Any = self._entry()
        return str(entry.title or self.limb.entry)

    def _entry(self) -> Any:
        entries: Mapping[str, Any] = getattr(self.rulebook, self.limb.section)
        return entries[self.limb.entry]

    def _where(self) -> str:
        citation = self._entry().citation
        kind = self.limb.section.removesuffix("s")
        return f"A limb of {citation} ({self.limb.entry})" if citation else f"A limb of the {kind} {self.limb.entry}"

    def _decides(self) -> str:
        return (
            "This decides here: were it never so" if self.so else "That this is not so decides here: were it always so"
        )

    def _says(self, so: bool | None = None) -> str:
        outline = Outline(self.rulebook, records=self.limb.records)
        return outline.line(self.limb.stated, self.so if so is None else so).says

    def _effect(self, otherwise: Answered, level: Level) -> str:
        if level == "outcome":
            assert otherwise.said.outcome is not None
            means = self.rulebook.questions[self.question].outcome(otherwise.said.outcome).means
            return f"the answer would be: {means}"
        if level == "grounds":
            grounds = ", ".join(otherwise.said.grounds or ())
            return f"the grounds would be {grounds}" if grounds else "there would be no ground"
        follow = [self.rulebook.consequences[one].says for one in otherwise.consequences or ()]
        return f"this would follow: {'; '.join(follow)}" if follow else "nothing would follow besides"

    def _in_words(self, path: str, value: GivenValue) -> str:
        fact = self.rulebook.fact(path)
        if isinstance(value, tuple):
            return f"one {fact.each} less"
        return in_words(self.rulebook, fact, value)
