"""Cases that show what none shows yet: pairs that differ in one fact, and part because of one limb of the law.

As few as a simple rule finds: a pair is made for the first limb of which something is missing, all that it shows is
crossed off, and so on; at the end each pair is left out again that the others make superfluous.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple, TypeAlias

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.writing import case_text
from lawmodel.dataclass import dataclass
from lawmodel.inquiry.covering.covering import Covering, Missing
from lawmodel.inquiry.covering.limbs import AS_WRITTEN, Limb
from lawmodel.inquiry.covering.pair_file import PairFile
from lawmodel.inquiry.covering.switched_question import AskedQuestion, Shown
from lawmodel.inquiry.distinguishing.compiled_question import Level
from lawmodel.inquiry.distinguishing.distinguishing_case import (
    Circumstances,
    as_ordinary_as_can_be,
    lightened,
    simplest_case,
)
from lawmodel.inquiry.distinguishing.expected_answers import Answered, ExpectedAnswer, changed, expected_answers
from lawmodel.inquiry.distinguishing.neighbouring_cases import CaseNeighbourhood, NeighbouringCase
from lawmodel.inquiry.distinguishing.readable_values import ReadableValues
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.condition import names_in, walk
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.uses import EntryNode, Uses, full_path

Kind: TypeAlias = Literal["decides too", "follows"]
"""What the second case of a pair shows: that the limb decides there too; or only that the answer follows it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A case file with one variant (or none), and what it shows."""

    name: str
    """The name of the file."""
    text: str
    shows: frozenset[Shown]


class Completed(NamedTuple):
    """What was made to show what is missing."""

    pairs: list[Pair]
    failed: list[Shown]
    """What could not be shown by a case of which all is settled."""
    interrupted: bool
    """From the keyboard: the pairs are those that were made so far."""


def complete(
    covering: Covering,
    missing: Missing,
    cases: Iterable[Case],
    progress: Callable[[int, int], None],
) -> Completed:
    """Pairs that show all that is missing. They speak of what ``cases`` speak of, where it makes no difference."""
    making = _Making(covering, ReadableValues(covering.rulebook, cases))
    wanted = dict(missing)
    made: list[Pair] = []
    failed: list[Shown] = []
    while wanted:
        progress(len(missing) - len(wanted), len(missing))
        shown, (level, question) = next(iter(wanted.items()))
        try:
            found = making.pair(shown, level, question)
        except KeyboardInterrupt:
            return Completed(without_superfluous(made), failed, True)
        shows = frozenset[Shown]() if found is None else making.shows(found[1], missing)
        if found is None or shown not in shows:
            failed.append(shown)
            del wanted[shown]
            continue
        made.append(Pair(*found, shows))
        wanted = {one: how for one, how in wanted.items() if one not in shows}
    return Completed(without_superfluous(made), failed, False)


def without_superfluous(pairs: list[Pair]) -> list[Pair]:
    """The pairs without those that the others make superfluous, those that show least looked at first."""
    kept = list(pairs)
    for one in sorted(pairs, key=lambda pair: len(pair.shows)):
        others = frozenset().union(*(other.shows for other in kept if other is not one))
        if one.shows <= others:
            kept.remove(one)
    return kept


class _Making:
    """Makes pairs for one rulebook."""

    def __init__(self, covering: Covering, readable: ReadableValues) -> None:
        self._covering, self._readable = covering, readable
        self._rulebook: Rulebook = covering.rulebook
        self._uses = Uses(covering.rulebook)
        self._alternatives: dict[str, CaseNeighbourhood] = {}

    # --- a test of one's own -----------------------------------------------------------------------

    def _test(self, case: Case, question: str, circumstances: Circumstances, level: Level) -> ExpectedAnswer:
        expectation = circumstances.expectation(question)
        if level == "consequences":
            expectation = replace(expectation, consequences=())
        (test,) = expected_answers(self._rulebook, [replace(case, expectations=(expectation,))])
        test.values.update(self._covering.switched.as_written())
        return test

    def _answers(self, asked: AskedQuestion, test: ExpectedAnswer, shown: Shown) -> tuple[Answered, Answered]:
        """The answer as the law is written, and as it would be."""
        before = asked.heard(test)
        key = self._covering.limb(shown).switch
        test.values[key] = shown.forced
        after = asked.heard_again(test, before, shown.limb)
        test.values[key] = AS_WRITTEN
        return asked.answered(before), asked.answered(after)

    def shows(self, text: str, wanted: Missing) -> frozenset[Shown]:
        """What of this a case file shows."""
        tests = expected_answers(self._rulebook, parse_cases(self._rulebook, text))
        return frozenset(shown for test in tests for shown in self._covering.shown_by(test, wanted))

    # --- one pair ----------------------------------------------------------------------------------

    def pair(self, shown: Shown, level: Level, question: str) -> tuple[str, str] | None:
        """The name and the text of a case file that shows something; None where no settled case does."""
        asked = self._covering.questions[question]
        search = asked.search(shown, level == "consequences")
        circumstances = as_ordinary_as_can_be(
            self._rulebook, search, lambda further: search.case(level == "outcome", further)
        )
        if circumstances is None:
            return None

        def serves(case: Case, under: Circumstances) -> bool:
            one, other = self._answers(asked, self._test(case, question, under, level), shown)
            settled = None not in (one.said.outcome, one.said.grounds, other.said.outcome, other.said.grounds)
            return settled and changed(one, other) == level

        sides = asked.sides(shown, level == "consequences")
        found = simplest_case(self._rulebook, sides, circumstances, level == "outcome", serves)
        if found is None:
            return None
        case, under = found
        telling = self._alternatives_of(question).values
        case = self._readable.of(case, telling, lambda one: _is(serves, one, under))
        contrast = self._contrast(shown, level, question, case, under)
        if contrast is None:
            case = lightened(self._rulebook, case, lambda one: serves(one, under))
            contrast = self._contrast(shown, level, question, case, under)
            return self._file(shown, level, question, case, under, contrast)
        kind, way = contrast

        def both(one: Case) -> bool:
            other = way.again(one)
            return (
                serves(one, under)
                and other is not None
                and self._kind(shown, level, question, one, other, under) == kind
            )

        case = lightened(self._rulebook, case, both)
        again = way.again(case)
        return self._file(shown, level, question, case, under, None if again is None else (kind, again))

    def _contrast(
        self, shown: Shown, level: Level, question: str, case: Case, circumstances: Circumstances
    ) -> tuple[Kind, NeighbouringCase] | None:
        """The case with one fact otherwise: the limb is, and decides too; or at least the answer follows it."""
        second: NeighbouringCase | None = None
        limb = self._covering.limb(shown)
        own = self._in_reach(limb)
        for candidate in self._alternatives_of(question).of(case, [*own, self._rulebook.law_date]):
            try:
                kind = self._kind(shown, level, question, case, candidate, circumstances)
            except ProblemsFound:  # days that contradict each other
                continue
            if kind == "decides too":
                return kind, candidate
            if second is None and kind == "follows" and candidate.path in own:
                second = candidate
        return None if second is None else ("follows", second)

    def _kind(
        self, shown: Shown, level: Level, question: str, case: Case, candidate: NeighbouringCase, under: Circumstances
    ) -> Kind | None:
        """What a case with one fact otherwise has to do with a limb; None: nothing that is settled."""
        asked = self._covering.questions[question]
        one, other = self._answers(asked, self._test(case, question, under, level), shown)
        opposite = Shown(shown.limb, not shown.so)
        now, then = self._answers(asked, self._test(candidate.case, question, under, level), opposite)
        settled = now.said.outcome is not None and (level == "outcome" or now.said.grounds is not None)
        if not settled or changed(one, now) is None:
            return None
        if then.said.outcome is not None and changed(now, then) == level:
            return "decides too"
        follows = now.said.outcome == other.said.outcome if level == "outcome" else now == other
        return "follows" if follows else None

    def _alternatives_of(self, question: str) -> CaseNeighbourhood:
        if question not in self._alternatives:
            self._alternatives[question] = CaseNeighbourhood(
                self._rulebook, self._covering.questions[question].resolved
            )
        return self._alternatives[question]

    def _in_reach(self, limb: Limb) -> list[str]:
        """The facts that a limb reads, itself or through concepts; and the day of the law, where that may matter."""
        found: dict[str, None] = {}
        for one in walk(limb.stated):
            named = names_in(one)
            for name in named.concepts:
                node = EntryNode("concept", name)
                found.update(dict.fromkeys(self._uses.ids(node, "fact")))
                found.update(dict.fromkeys(self._laws(node)))
            if named.instruments:
                found[self._rulebook.law_date] = None
            found.update(dict.fromkeys(full_path(self._rulebook, path, limb.records) for path in named.facts))
        known = {*self._rulebook.facts}
        fields = {f"{path}.{one.id}" for path, fact in self._rulebook.facts.items() for one in fact.of}
        return [path for path in found if path in known | fields]

    def _laws(self, node: EntryNode) -> Iterator[str]:
        if self._uses.ids(node, "instrument"):
            yield self._rulebook.law_date

    # --- the file ----------------------------------------------------------------------------------

    def _file(
        self,
        shown: Shown,
        level: Level,
        question: str,
        case: Case,
        circumstances: Circumstances,
        contrast: tuple[Kind, NeighbouringCase] | None,
    ) -> tuple[str, str]:
        asked = self._covering.questions[question]
        limb = self._covering.limb(shown)
        here = [one for one in self._covering.limbs if (one.section, one.entry) == (limb.section, limb.entry)]
        one, other = self._answers(asked, self._test(case, question, circumstances, level), shown)
        writing = PairFile(self._rulebook, limb, shown.so, question, circumstances, asked.following is not None)
        answer = self._full(asked, case, question, circumstances)
        content = writing.of_case(case, answer, other, level)
        if contrast is not None:
            _, otherwise = contrast
            answered = self._full(asked, otherwise.case, question, circumstances)
            content["variants"] = [writing.of_variant(otherwise, answered)]
        assert one.said == answer.said
        return f"{limb.entry}-{here.index(limb) + 1}{'' if shown.so else '-not'}.yaml", case_text(content)

    def _full(self, asked: AskedQuestion, case: Case, question: str, circumstances: Circumstances) -> Answered:
        """The answer with its consequences."""
        return asked.answered(asked.heard(self._test(case, question, circumstances, "consequences")))


def _is(serves: Callable[[Case, Circumstances], bool], case: Case, under: Circumstances) -> bool:
    try:
        return serves(case, under)
    except ProblemsFound:
        return False
