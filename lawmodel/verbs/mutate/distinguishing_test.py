"""Two laws that differ: whether any case tells them apart, and the simplest one that does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from lawmodel.case.case import Case
from lawmodel.case.plain import plain_facts
from lawmodel.case.writing import case_text
from lawmodel.dataclass import dataclass
from lawmodel.inputs import Scalar, Valuation
from lawmodel.inquiry.distinguishing.compiled_question import CompiledQuestion, Level
from lawmodel.inquiry.distinguishing.distinguishing_case import (
    Circumstances,
    as_ordinary_as_can_be,
    lightened,
    simplest_case,
)
from lawmodel.inquiry.distinguishing.expected_answers import Answered, changed, expected_answers
from lawmodel.inquiry.distinguishing.mutants import Mutant
from lawmodel.inquiry.distinguishing.neighbouring_cases import CaseNeighbourhood
from lawmodel.inquiry.distinguishing.readable_values import ReadableValues
from lawmodel.inquiry.searching.found_case import open_valuation
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.solving.self_composition import Copy, Product
from lawmodel.reasoning.whole_law.distinguishing_search import DistinguishingSearch
from lawmodel.reasoning.whole_law.every_stage import of_every_law
from lawmodel.rulebook.model import Rulebook


@dataclass(slots=True)
class ChangedQuestion:
    """A question as one law answers it, and as another does."""

    question: str
    before: CompiledQuestion
    after: CompiledQuestion
    following_before: CompiledQuestion | None
    following_after: CompiledQuestion | None
    settled_before: Mapping[str, Scalar] = field(default_factory=dict)
    """Readings that one law takes by default, and the other otherwise."""
    settled_after: Mapping[str, Scalar] = field(default_factory=dict)
    _searches: dict[bool, DistinguishingSearch | None] = field(default_factory=dict)

    def sides(self, consequences: bool) -> tuple[Copy, Copy] | None:
        """The question under both laws; or that of the consequences, if there can be any."""
        one, other = self.before.question, self.after.question
        if consequences:
            if self.following_before is None and self.following_after is None:
                return None
            some = self.following_before or self.following_after
            assert some is not None
            nothing = replace(some.question, rules=())
            one = nothing if self.following_before is None else self.following_before.question
            other = nothing if self.following_after is None else self.following_after.question
        return Copy(one, self.settled_before), Copy(other, self.settled_after)

    def search(self, rulebook: Rulebook, consequences: bool) -> DistinguishingSearch | None:
        """What is asked whether they part."""
        if consequences not in self._searches:
            sides = self.sides(consequences)
            values = {**open_valuation(rulebook).values, **of_every_law(rulebook)}
            self._searches[consequences] = (
                None if sides is None else DistinguishingSearch(Product(sides, Valuation(values, {})))
            )
        return self._searches[consequences]

    def level(self, rulebook: Rulebook) -> Level | None:
        """What of the answer some case has otherwise, the strongest first; None: nothing, which is proved."""
        outright = self.search(rulebook, False)
        assert outright is not None
        if outright.case(True) is not None:
            return "outcome"
        if outright.case(False) is not None:
            return "grounds"
        besides = self.search(rulebook, True)
        return "consequences" if besides is not None and besides.case(False) is not None else None

    def answers(self, rulebook: Rulebook, case: Case, under: Circumstances) -> tuple[Answered, Answered]:
        """The answer on a case under both laws."""
        expectation = under.expectation(self.question)
        (asked,) = expected_answers(rulebook, [replace(case, expectations=(expectation,))], every_stage=True)
        before, after = {**asked.values, **self.settled_before}, {**asked.values, **self.settled_after}
        return (
            _answered(self.before, self.following_before, before),
            _answered(self.after, self.following_after, after),
        )


def _answered(compiled: CompiledQuestion, following: CompiledQuestion | None, values: Mapping[str, Any]) -> Answered:
    follows = () if following is None else following.said(following.spoken(values)).grounds
    return Answered(compiled.said(compiled.spoken(values)), follows)


def distinguishing_test(
    rulebook: Rulebook, mutant: Mutant, difference: ChangedQuestion, level: Level, readable: ReadableValues
) -> str | None:
    """The text of the simplest case file that tells the law as it is from a mutant; None where none is settled."""
    search = difference.search(rulebook, level == "consequences")
    sides = difference.sides(level == "consequences")
    assert search is not None
    assert sides is not None
    under = as_ordinary_as_can_be(rulebook, search, lambda further: search.case(level == "outcome", further))
    if under is None:
        return None

    def serves(case: Case, circumstances: Circumstances) -> bool:
        one, other = difference.answers(rulebook, case, circumstances)
        settled = None not in (one.said.outcome, one.said.grounds, other.said.outcome, other.said.grounds)
        if level == "consequences":
            settled = settled and None not in (one.consequences, other.consequences)
        return settled and changed(one, other) == level

    found = simplest_case(rulebook, sides, under, level == "outcome", serves)
    if found is None:
        return None
    case, under = found
    telling = CaseNeighbourhood(rulebook, difference.before.question).values

    def still(one: Case) -> bool:
        try:
            return serves(one, under)
        except ProblemsFound:
            return False

    case = lightened(rulebook, readable.of(case, telling, still), still)
    one, _ = difference.answers(rulebook, case, under)
    return case_text(_plain(rulebook, mutant, difference, case, under, one))


def _plain(
    rulebook: Rulebook, mutant: Mutant, difference: ChangedQuestion, case: Case, under: Circumstances, answer: Answered
) -> dict[str, Any]:
    expected: dict[str, Any] = {"question": difference.question}
    if under.readings:
        expected["readings"] = dict(under.readings)
    if under.on is not None:
        expected["on"] = under.on
    if under.stage is not None:
        expected["stage"] = under.stage
    expected |= {"outcome": answer.said.outcome, "grounds": list(answer.said.grounds or ())}
    if difference.following_before is not None and answer.consequences is not None:
        expected["consequences"] = list(answer.consequences)
    entry = getattr(rulebook, mutant.section)[mutant.entry]
    return {
        "title": f"{getattr(entry, 'title', None) or mutant.entry}: {mutant.was}",
        "point": f"Tells {mutant.entry} from a slip ({mutant.kind}). It says: {mutant.was}. With the slip it would "
        f"say: {mutant.would_be}; and the case would have another answer.",
        "questions": [difference.question],
        "presume": "ordinary",
        "facts": plain_facts(rulebook, case.facts),
        "expect": [expected],
    }
