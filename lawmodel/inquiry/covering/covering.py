"""Coverage of the law by cases: for each limb, is there a case in which it alone changes the answer?

What is to be shown of a limb has two halves. *Where it is so*: a case whose answer would be another if the limb were
never so. *Where it is not so*: a case whose answer would be another if the limb were always so. Everything else is held
as it is. (In the testing of programs this is called masking MC/DC.)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from lawmodel.case.case import Case, Expectation
from lawmodel.dataclass import dataclass
from lawmodel.inquiry.covering.coverage import Coverage, CoveredLimb, Half
from lawmodel.inquiry.covering.limbs import AS_WRITTEN, Limb, switched
from lawmodel.inquiry.covering.switched_question import AskedQuestion, Heard, Shown, everything_open
from lawmodel.inquiry.distinguishing.compiled_question import Level
from lawmodel.inquiry.distinguishing.expected_answers import (
    Answered,
    ExpectedAnswer,
    changed,
    expected_answers,
    meets,
    meets_outcome,
    possible,
)
from lawmodel.inquiry.size_of_law import refuse_beyond
from lawmodel.reasoning.evaluation import Values
from lawmodel.results.header import Header
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.outline import Outline

LEVELS: Final[tuple[Level, ...]] = ("outcome", "grounds", "consequences")

Missing: TypeAlias = "Mapping[Shown, tuple[Level, str]]"
"""What no test shows, with what of which answer would change."""


@dataclass(slots=True)
class By:
    """A test that shows something."""

    level: Level
    test: ExpectedAnswer

    @property
    def question(self) -> str:
        """The question whose answer changes."""
        return self.test.expectation.question


class Covering:
    """The limbs of a rulebook, and what some tests show of them; further tests may be added."""

    def __init__(self, rulebook: Rulebook, questions: Collection[str] = ()) -> None:
        """Take a rulebook; with ``questions`` only what the answers to these show, of the limbs that they read."""
        refuse_beyond(rulebook, "cover")
        self.rulebook = rulebook
        self.switched = switched(rulebook)
        self.shown: dict[Shown, By] = {}
        """By the strongest change that a test shows."""
        self.unmet = 0
        self.questions = {name: AskedQuestion.of(self.switched, name) for name in questions or rulebook.questions}
        read = frozenset().union(*(one.limbs for one in self.questions.values()))
        self._read = tuple(one for one in self.switched.limbs if not questions or one.number in read)
        self._open: dict[Shown, list[ExpectedAnswer]] = {}
        """The tests which may show something, and which evaluation alone does not settle."""
        self._possible: dict[int, tuple[str, ...]] = {}
        self._changes_outcome: dict[Shown, str] = {}
        """What is known to change the outcome of some case, and of which question."""
        self._nothing_known = everything_open(self.switched.rulebook)

    @property
    def limbs(self) -> tuple[Limb, ...]:
        """All that are looked at, in the order of the text."""
        return self._read

    def limb(self, shown: Shown) -> Limb:
        """The limb of which something is to be shown."""
        return self.switched.limbs[shown.limb - 1]

    def everything(self) -> Iterator[Shown]:
        """All that is to be shown."""
        for limb in self.limbs:
            yield Shown(limb.number, True)
            yield Shown(limb.number, False)

    # --- what tests show ---------------------------------------------------------------------------

    def add(
        self, tests: Sequence[ExpectedAnswer], progress: Callable[[int, int], None] = lambda done, of: None
    ) -> None:
        """Note all that further tests show; those that evaluation settles first."""
        written = self.switched.as_written()
        later = []
        for number, test in enumerate(tests, 1):
            progress(number, len(tests))
            if test.expectation.question not in self.questions:
                continue
            test.values.update(written)
            if not self._test(test, self.questions[test.expectation.question]):
                later.append(test)
        for test in later:
            self._note_open(test, self.questions[test.expectation.question])

    def _test(self, test: ExpectedAnswer, asked: AskedQuestion) -> bool:
        """Note what a test shows; False where evaluation leaves its answer open, and nothing is noted."""
        before = asked.heard(test)
        base = asked.answered(before)
        if base.said.outcome is None:
            return False
        if not meets(test.expectation, base):
            self.unmet += 1
            return True
        for shown, heard in self.otherwise(test, before, self._wanted(asked)):
            other = asked.answered(heard)
            if other.said.outcome is None:
                self._open.setdefault(shown, []).append(test)
            elif not meets(test.expectation, other):
                self._note(shown, changed(base, other), test)
        return True

    def shown_by(self, test: ExpectedAnswer, wanted: Missing) -> dict[Shown, Answered]:
        """What of this a test shows that is settled, with the answer that would be if the limb were otherwise.

        Nothing is noted. What changes has to be what is wanted: the outcome, the grounds or the consequences.
        """
        test.values.update(self.switched.as_written())
        asked = self.questions[test.expectation.question]
        before = asked.heard(test)
        base, found = asked.answered(before), {}
        for shown, heard in self.otherwise(test, before, [one for one in wanted if one.limb in asked.limbs]):
            other = asked.answered(heard)
            if None not in (base.said.outcome, other.said.outcome) and changed(base, other) == wanted[shown][0]:
                found[shown] = other
        return found

    def _note_open(self, test: ExpectedAnswer, asked: AskedQuestion) -> None:
        """Keep a test of which the answer is open for what it may show."""
        before = asked.heard(test)
        for shown, _ in self.otherwise(test, before, self._wanted(asked), also_open=True):
            self._open.setdefault(shown, []).append(test)

    def otherwise(
        self, test: ExpectedAnswer, before: Heard, wanted: Iterable[Shown], also_open: bool = False
    ) -> Iterator[tuple[Shown, Heard]]:
        """What of this a test may show: what its rules say once that limb is otherwise, where that is something else.

        ``also_open``: also where some rule that reads the limb is open both ways.
        """
        asked = self.questions[test.expectation.question]
        for shown in wanted:
            key = self.limb(shown).switch
            test.values[key] = shown.forced
            heard = asked.heard_again(test, before, shown.limb)
            test.values[key] = AS_WRITTEN
            if heard != before or (also_open and asked.some_open(heard, shown.limb)):
                yield shown, heard

    def _wanted(self, asked: AskedQuestion) -> list[Shown]:
        """What this question can show and is not shown by an outcome yet."""
        return [
            shown
            for number in sorted(asked.limbs)
            for shown in (Shown(number, True), Shown(number, False))
            if shown not in self.shown or self.shown[shown].level != "outcome"
        ]

    def _note(self, shown: Shown, level: Level | None, test: ExpectedAnswer) -> None:
        known = self.shown.get(shown)
        if level is not None and (known is None or LEVELS.index(level) < LEVELS.index(known.level)):
            self.shown[shown] = By(level, test)

    # --- what can be shown at all ------------------------------------------------------------------

    def level(self, shown: Shown) -> tuple[Level, str] | None:
        """What of an answer can change at all, the strongest first, and in which question; None: nothing ever can."""
        known = self.shown.get(shown)
        for level in LEVELS:
            if known is not None and known.level == level:
                return level, known.question
            if level == "outcome" and shown in self._changes_outcome:
                return level, self._changes_outcome[shown]
            for name, asked in self.questions.items():
                values = asked.case(shown, level)
                if values is not None:
                    if level == "outcome":
                        self._learn(name, values)
                    return level, name
        return None

    def _learn(self, question: str, values: Values) -> None:
        """Note all that changes the outcome of a completion: so the solver need not be asked of each."""
        all_values = {**self._nothing_known.values, **values, **self.switched.as_written()}
        case = ExpectedAnswer(Case(), Expectation(question=question), all_values, {})
        asked = self.questions[question]
        before = asked.heard(case)
        base = asked.answered(before)
        wanted = [Shown(number, so) for number in sorted(asked.limbs) for so in (True, False)]
        wanted = [shown for shown in wanted if shown not in self._changes_outcome]
        for shown, heard in self.otherwise(case, before, wanted):
            other = asked.answered(heard).said.outcome
            if base.said.outcome != other and None not in (base.said.outcome, other):
                self._changes_outcome[shown] = question

    def missing(self, among: Collection[str] = ()) -> Missing:
        """What no test shows and some case would; of the limbs in these entries, or of all."""
        found = {}
        for shown in self.everything():
            if among and self.limb(shown).entry not in among:
                continue
            if shown in self.shown and self.shown[shown].level == "outcome":
                continue
            best = self.level(shown)
            if best is None:
                continue
            if shown in self.shown and self.shown[shown].level == best[0]:
                continue
            if best[0] != "outcome" or not self._by_open_case(shown):
                found[shown] = best
        return found

    def _by_open_case(self, shown: Shown) -> bool:
        """Whether a case in which facts are open shows it, by the outcomes that are possible."""
        key = self.limb(shown).switch
        for test in self._open.get(shown, ()):
            resolved = self.questions[test.expectation.question].resolved
            if id(test) not in self._possible:
                self._possible[id(test)] = possible(resolved, test)
            base = self._possible[id(test)]
            test.values[key] = shown.forced
            other = possible(resolved, test)
            test.values[key] = AS_WRITTEN
            met = meets_outcome(test.expectation, base)
            if set(base) != set(other) and met and not meets_outcome(test.expectation, other):
                self.shown[shown] = By("outcome", test)
                return True
        return False


def cover(rulebook: Rulebook, cases: Sequence[Case]) -> Coverage:
    """The coverage of a rulebook by the expectations of cases."""
    covering = Covering(rulebook)
    tests = list(expected_answers(rulebook, cases))
    covering.add(tests)
    return result(covering, covering.missing(), len(cases), len(tests))


def result(
    covering: Covering, missing: Missing, cases: int, expectations: int, among: Collection[str] = ()
) -> Coverage:
    """What was found, in the law's words; of the limbs in these entries, or of all."""
    return Coverage(
        header=Header(covering.rulebook),
        cases=cases,
        expectations=expectations,
        unmet=covering.unmet,
        limbs=tuple(_in_words(covering, limb, missing) for limb in covering.limbs if not among or limb.entry in among),
    )


def _in_words(covering: Covering, limb: Limb, missing: Missing) -> CoveredLimb:
    outline = Outline(covering.rulebook, records=limb.records)
    so, not_so = outline.line(limb.stated), outline.line(limb.stated, False)
    halves = tuple(_half(covering, Shown(limb.number, one), missing) for one in (True, False))
    return CoveredLimb(
        number=limb.number,
        section=limb.section,
        entry=limb.entry,
        key=limb.key,
        place=limb.place,
        says=so.says,
        says_not=not_so.says,
        name=so.name,
        halves=(halves[0], halves[1]),
    )


def _half(covering: Covering, shown: Shown, missing: Missing) -> Half:
    if shown in missing:
        level, question = missing[shown]
        return Half(shown.so, "missing", level, question, None)
    by = covering.shown.get(shown)
    if by is None:
        return Half(shown.so, "never", None, None, None)
    return Half(shown.so, "covered", by.level, by.question, by.test.name, by.test.line)
