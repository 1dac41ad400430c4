"""Why the right answer is right: the smallest reason for it, what nearly applies, and hints on the way there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from lawmodel.answer.answer import Answer
from lawmodel.cached_property import cached_property
from lawmodel.case.case import Case
from lawmodel.exercises.exercise import AnswerInBrief
from lawmodel.exercises.failing_steps import failing_facts, fails_on, is_no_law
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.parting import PartingStep, titled
from lawmodel.exercises.single_facts import facts_by_key, with_fact, without_numbers
from lawmodel.exercises.words import DATE_SAID, NO_GROUND, applies, known_otherwise, outcome_sentence, sentence
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.case_facts import case_facts
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.reasons.explained_case import ExplainedCase
from lawmodel.inquiry.reasons.sufficient_reasons import reasons_for
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.trace import Trace
from lawmodel.results.given_input import GivenInput
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.law import day
from lawmodel.words.outcomes import statement
from lawmodel.words.steps import Line, first_failure

NOT_SURE = ("derived", "open")
"""Of how sure days are: what neither a text nor a report states."""
STANDINGS = ("in force", "not in force")
"""Lines that say of something else, which they do not name, whether it is law."""
LINES_TOLD = 6
"""So many lines of a ground are told."""


class Explanation:
    """What carries the answer of the law on a case; each part is worked out when it is asked for."""

    def __init__(self, laws: Laws, case: Case, answered: AnswerInBrief) -> None:
        self.laws, self.case, self.answered = laws, case, answered

    @cached_property
    def answer(self) -> Answer:
        """The answer in full."""
        return decide(self.laws.rulebook, self.case, self.laws.question, forward_chaining=False)

    @cached_property
    def reason(self) -> tuple[GivenInput, ...]:
        """The inputs of the smallest reason; none where the answer is open."""
        if self.answered.outcome is None:
            return ()
        held = ExplainedCase(Ask(self.laws.rulebook, self.case, self.laws.question))
        found = reasons_for(held, held.ways_out_of(self.answered.outcome), 1, None)  # its parts are not asked for
        if found.interrupted:
            raise KeyboardInterrupt
        return found.reasons[0].inputs if found.reasons else ()

    @cached_property
    def told_reason(self) -> tuple[GivenInput, ...]:
        """Those of them that the case gives."""
        return tuple(one for one in self.reason if one.kind in ("fact", "record") and one.origin == "given")

    @cached_property
    def told_facts(self) -> tuple[GivenInput, ...]:
        """The single facts, and fields of records, among those."""
        return tuple(one for one in self.told_reason if one.kind == "fact")

    @cached_property
    def given(self) -> tuple[GivenInput, ...]:
        """The single facts, and fields of records, that the case gives."""
        ask = Ask(self.laws.rulebook, self.case, self.laws.question)
        found = case_facts(ask, ask.valued())
        return tuple(one for one in found if one.origin == "given" and one.kind == "fact")

    @cached_property
    def needed(self) -> tuple[GivenInput, ...]:
        """Those of ``given`` without each of which the answer is open: every reason has them; found without one."""
        return tuple(one for one in self.given if self._is_open_without(one.name))

    def _is_open_without(self, key: str) -> bool:
        opened, law = with_fact(self.case, key, None), self.laws.law
        try:
            return opened is not None and len(law.possible(law.value(opened, opened.readings, opened.on).valuation)) > 1
        except ProblemsFound:
            return False

    @cached_property
    def usual(self) -> frozenset[str]:
        """Those of them that are what the rulebook calls likely, so that less is to be seen from them."""
        found = []
        for one in self.given:
            likely = self.laws.rulebook.fact(without_numbers(one.name)).likely
            if likely is not None and (likely.same_as is not None or one.value in likely.values):
                found.append(one.name)
        return frozenset(found)

    @cached_property
    def near(self) -> tuple[Trace, ...]:
        """The provisions that fail on one condition alone, which the case tells."""
        told = {path.partition("[")[0] for path in self.case.facts}
        found = []
        for step in self.failing:
            facts = failing_facts(step)
            if not is_no_law(step) and fails_on(step) == 1 and any(one.partition("[")[0] in told for one in facts):
                found.append(step)
        return tuple(found)

    @cached_property
    def nearly(self) -> tuple[Trace, ...]:
        """The provisions that meet something which the case tells and which is not as usual, and fail on one thing.

        One that is not law on that day nearly applies if nothing else is missing.
        """
        told = {one.name for one in self.given} - self.usual - {self.laws.rulebook.law_date}

        def applies_nearly(step: Trace) -> bool:
            if fails_on(step) > 1:
                return False
            return is_no_law(step) or any(
                one.kind == "fact" and one.truth and str(one.id) in told for one in step.walk()
            )

        return tuple(step for step in self.failing if applies_nearly(step))

    @cached_property
    def failing(self) -> tuple[Trace, ...]:
        """The provisions that do not apply, those first that fail on least."""
        return tuple(sorted((step for step in self.answer.trace if step.truth is False), key=fails_on))

    def met(self, provision: str) -> str:
        """What of the case meets the conditions of a ground, as sentences."""
        lines = [
            line
            for ground in self.answer.grounds_with_steps
            if ground.id == provision
            for line in ground.steps
            if line.reading is None and line.says and line.says not in STANDINGS and not self._is_presumed(line)
        ]
        reason = {one.name for one in self.reason}
        first = sorted(lines, key=lambda line: not line.inputs or reason.isdisjoint(line.inputs))[:LINES_TOLD]
        return " ".join(sentence(self.said(line)) for line in lines if line in first)

    def failure(self, step: Trace) -> str:
        """Why a provision does not apply, as a sentence; empty where that has no words, or is a figure nobody told."""
        failed = first_failure(step)
        if failed is None or not failed.says or (self._is_presumed(failed) and self._has_figure(failed)):
            return ""
        return f"It does not apply: {self.said(failed)}."

    def text(self, part: PartingStep | None = None) -> str:
        """The answer, and what carries it or keeps provisions from speaking."""
        rulebook, question = self.laws.rulebook, self.laws.question
        assert self.answered.outcome is not None
        said = [outcome_sentence(rulebook, question, self.answered.outcome)]
        for ground in self.answer.grounds_with_steps:
            said.append(f"{applies(ground.citation)}: {ground.title}. {self.met(ground.id)}".strip())
        if not self.answer.grounds:
            said.append(NO_GROUND)
        near = [
            one for one in self.answer.trace if part is not None and one.id == part.provision and one.truth is False
        ]
        for step in near:
            failed = first_failure(step)
            if failed is not None:
                provision = rulebook.provisions[str(step.id)]
                same = any(ground.citation == provision.citation for ground in self.answer.grounds_with_steps)
                named = f"{provision.citation} ({provision.title})" if same else provision.citation
                said.append(f"{named} does not apply: {self.said(failed)}.")
        said += [
            f"{applies(rulebook.provisions[name].citation)} as well. {weaker(self.laws, name)}"
            for name in self.answered.beside
        ]
        return " ".join((*said, *self.how_sure()))

    def how_sure(self) -> Iterator[str]:
        """Of each ground that is not sure, that it is not; and of the day on which it became law."""
        for step in self.answer.trace:
            if step.id in self.answered.grounds:
                yield from how_sure(self.laws.rulebook, step)

    def hints(self, part: PartingStep | None) -> tuple[str, str, str]:
        """Where to look, what to test, and which fact to look at: never the answer itself."""
        rulebook = self.laws.rulebook
        provision = part.provision if part is not None else next(iter(self.answered.grounds), None)
        first = "Go through the provisions one by one, and note for each what it asks for."
        second = "Which of them asks for nothing that is missing here?"
        if provision is not None:
            first = f"Look at {rulebook.provisions[provision].citation}: what does it ask for?"
            second = "For each condition of it, find the fact that meets it or does not."
        if part is not None and part.asks:
            second = part.asks if part.asks.endswith("?") else f"One thing to test is this: {part.asks.rstrip('.')}."
        third = "Which of the facts that are told does that condition speak of?"
        telling = self.most_telling(part)
        if telling is not None:
            third = f"Look at this fact: {telling.says}."
        return first, second, third

    def most_telling(self, part: PartingStep | None = None) -> GivenInput | None:
        """The fact that the case gives on which most hangs: where somebody parts from the law, or of a ground."""
        reason = {one.name for one in self.told_reason}
        tested = {
            str(step.id)
            for ground in self.answer.trace
            if ground.id in self.answered.grounds
            for step in ground.walk()
            if step.kind == "fact"
        }
        parted = () if part is None else part.inputs
        dates = self.laws.rulebook.law_date
        found = [one for one in self.given if one.name in parted or one.name in reason]
        return min(
            found,
            key=lambda one: (
                one.name not in parted,
                one.name == dates and len(parted) > 1,
                one.name not in tested,
                _is_day(one),
                one.name in self.usual,
            ),
            default=None,
        )

    def _is_presumed(self, line: Line) -> bool:
        """Whether a line is about nothing that the case tells."""
        given = facts_by_key(self.case)
        facts = self._facts_of(line)
        return bool(facts) and not any(name in given for name in facts)

    def _facts_of(self, line: Line) -> list[str]:
        """The facts that a line is about, by key."""
        return [name for name in line.inputs if name.partition("[")[0] in self.laws.rulebook.facts]

    def _has_figure(self, line: Line) -> bool:
        """Whether a line speaks of a number or a day."""
        fact = self.laws.rulebook.fact
        return any(fact(without_numbers(name)).sort in ("number", "date") for name in self._facts_of(line))

    def said(self, line: Line) -> str:
        """A line without the number of its record, where there is only one."""
        records, colon, rest = line.says.partition(": ")
        lists = [(path, str(fact.each)) for path, fact in self.laws.rulebook.facts.items() if fact.of]
        alone = {f"{each} 1" for path, each in lists if _is_one(self.case, path)}
        return titled(self.laws.rulebook, rest if colon and records in alone else line.says)


def how_sure(rulebook: Rulebook, step: Trace) -> Iterator[str]:
    """That a provision is inferred or told from memory, and that the day is worked out on which it became law."""
    provision = rulebook.provisions[str(step.id)]
    if said := known_otherwise(provision):
        yield said
    for law in step.walk():
        certainty = str(law.notes.get("date_certainty"))
        if law.kind == "law" and law.truth and certainty in NOT_SURE:
            became = day(datetime.date.fromisoformat(str(law.notes["date"])))
            yield f"{rulebook.instruments[str(law.id)].title} has been in force since {became}. {DATE_SAID[certainty]}"


def weaker(laws: Laws, provision: str) -> str:
    """What a provision leads to that applies and does not carry the answer, as a sentence."""
    rule = next(rule for rule in laws.law.question.rules if rule.id == provision)
    outcomes = [name for name, _ in rule.concludes]
    if len(outcomes) != 1:
        return "What it leads to is weaker."
    return f"By itself it would only lead to this: {statement(laws.rulebook, laws.question, outcomes[0])}."


def _is_day(one: GivenInput) -> bool:
    """Whether an input is a day: of other facts more can be seen."""
    return isinstance(one.value, str) and one.value[:1].isdigit()


def _is_one(case: Case, path: str) -> bool:
    listed = case.facts.get(path)
    return isinstance(listed, tuple) and len(listed) == 1


def citations(laws: Laws, provisions: Sequence[str]) -> str:
    """Provisions by their citations."""
    return ", ".join(laws.rulebook.provisions[name].citation for name in provisions)
