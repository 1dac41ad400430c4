"""Mutation: would anybody notice if the law were another by a slip?

Each mutant is tried on the expectations of cases, quickly first: only rules that are another are evaluated anew. One
that no outcome, ground or consequence notices is compared with the law as it is: if no case at all has another answer,
it is the same law, which is proved. What is left is tried on cases with open facts, on what expectations say besides,
and on the properties of the rulebook; of what is left then, a case is given that would notice it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lawmodel.case.case import Case
from lawmodel.inputs import reading_key
from lawmodel.inquiry.distinguishing.compiled_question import CompiledQuestion, Level, consequences_of
from lawmodel.inquiry.distinguishing.expected_answers import (
    ExpectedAnswer,
    expected_answers,
    meets,
    meets_outcome,
    possible,
)
from lawmodel.inquiry.distinguishing.mutants import Mutant, mutants
from lawmodel.inquiry.distinguishing.mutated_entries import DEFAULT_MOVED
from lawmodel.inquiry.distinguishing.readable_values import ReadableValues
from lawmodel.inquiry.expectations import unmet
from lawmodel.inquiry.searching.property_space import PropertySpace
from lawmodel.inquiry.size_of_law import refuse_beyond
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.formula import ResolvedQuestion
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.whole_law.every_stage import resolve_at_every_stage
from lawmodel.rulebook.model import Property, Provision, Rulebook
from lawmodel.rulebook.uses import EntryNode, Kind, Uses
from lawmodel.verbs.mutate.distinguishing_test import ChangedQuestion, distinguishing_test
from lawmodel.verbs.mutate.mutation import MutantResult
from lawmodel.verbs.mutate.question_as_is import QuestionAsIs

KINDS: dict[str, Kind] = {
    "provisions": "provision",
    "concepts": "concept",
    "conclusions": "conclusion",
    "dates": "date",
    "instruments": "instrument",
    "readings": "reading",
}


class MutationAnalysis:
    """A mutation analysis of a rulebook: its mutants, and all that may notice (kill) one of them."""

    def __init__(self, rulebook: Rulebook, cases: Sequence[Case]) -> None:
        refuse_beyond(rulebook, "mutate")
        self.rulebook = rulebook
        self.cases = cases
        self.mutants = mutants(rulebook)
        self._stages = [one.id for one in rulebook.stages]
        self._uses = Uses(rulebook)
        self._questions: dict[str, QuestionAsIs] = {}
        for name in rulebook.questions:
            resolved = resolve_at_every_stage(rulebook, name, self._stages)
            self._questions[name] = QuestionAsIs(CompiledQuestion(resolved), consequences_of(resolved))
        self.take(cases)
        self._held: dict[str, bool] = {}
        self._readable = ReadableValues(rulebook, cases)

    def take(self, cases: Iterable[Case]) -> None:
        """Further cases whose expectations may notice a change at once."""
        for answer in expected_answers(self.rulebook, cases, every_stage=True):
            self._take(answer)

    def _take(self, answer: ExpectedAnswer) -> None:
        asked = self._questions[answer.expectation.question]
        one, answered = asked.tested_by(answer)
        if not one.settled or meets(answer.expectation, answered):
            asked.tested.append(one)

    # --- one mutant --------------------------------------------------------------------------------

    def result_of(self, mutant: Mutant) -> MutantResult:
        """What becomes of a mutant."""
        changed = mutant.make()
        at_once, differences = self._at_once(mutant, changed)
        return at_once or self._quiet(mutant, changed, differences)

    def notices(self, mutant: Mutant) -> bool:
        """Whether an expectation notices a mutant as far as evaluation settles it."""
        return self._at_once(mutant, mutant.make())[0] is not None

    def _at_once(self, mutant: Mutant, changed: Rulebook) -> tuple[MutantResult | None, list[ChangedQuestion]]:
        if mutant.kind == DEFAULT_MOVED:
            return self._of_default(mutant, changed)
        differences: list[ChangedQuestion] = []
        for name, resolved in self._other_questions(mutant, changed):
            asked = self._questions[name]
            compiled = CompiledQuestion(resolved, like=asked.compiled)
            follows = consequences_of(resolved, like=asked.following)
            noticed = self._noticed(asked, compiled, follows)
            if noticed is not None:
                return MutantResult(mutant.number, "by_case", noticed, name), []
            differences.append(ChangedQuestion(name, asked.compiled, compiled, asked.following, follows))
        return None, differences

    def _other_questions(self, mutant: Mutant, changed: Rulebook) -> Iterator[tuple[str, ResolvedQuestion]]:
        """The questions of which some rule is another."""
        affected = self._affected(mutant)
        asking = {self.rulebook.provisions[one].question for one in affected}
        for name in (one for one in self._questions if one in asking):  # in each run the same order
            base = self._questions[name].compiled.question
            needed = {one for one in affected if one in changed.provisions}
            cut = replace(changed, provisions=_with_those_that_disapply(changed, needed))
            resolved = resolve_at_every_stage(cut, name, self._stages)
            fresh = {rule.id: rule for rule in resolved.rules if rule.id in affected}
            rules = []
            for rule in base.rules:
                if rule.id not in affected:
                    rules.append(rule)
                elif rule.id in fresh:
                    rules.append(rule if fresh[rule.id] == rule else fresh[rule.id])
            if len(rules) != len(base.rules) or any(a is not b for a, b in zip(rules, base.rules, strict=True)):
                yield name, replace(base, rules=tuple(rules))

    def _affected(self, mutant: Mutant) -> set[str]:
        """The provisions that read what is changed, and those that they disapply."""
        node = EntryNode(KINDS[mutant.section], mutant.entry)
        found = {mutant.entry} if mutant.section == "provisions" else set(self._uses.provisions(node))
        waiting = list(found)
        while waiting:
            for other in self.rulebook.provisions[waiting.pop()].disapplies:
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    @staticmethod
    def _noticed(asked: QuestionAsIs, compiled: CompiledQuestion, follows: CompiledQuestion | None) -> str | None:
        """The first expectation that a changed law does not meet, as far as evaluation settles it."""
        for one in asked.tested:
            if one.settled:
                answered = asked.answered_otherwise(compiled, follows, one)
                if answered is None or answered.said.outcome is None:
                    continue
                if not meets(one.answer.expectation, answered):
                    return _named(one.answer)
        return None

    def _of_default(self, mutant: Mutant, changed: Rulebook) -> tuple[MutantResult | None, list[ChangedQuestion]]:
        """A moved default: all that does not choose the reading is looked at under the other option."""
        key = reading_key(mutant.entry)
        option = changed.readings[mutant.entry].default
        differences = []
        for name, asked in self._questions.items():
            for one in asked.tested:
                if one.settled and mutant.entry not in one.answer.expectation.readings:
                    values = {**one.answer.values, key: option}
                    _, answered = asked.tested_by(replace(one.answer, values=values))
                    if answered.said.outcome is not None and not meets(one.answer.expectation, answered):
                        return MutantResult(mutant.number, "by_case", _named(one.answer), name), []
            was = self.rulebook.readings[mutant.entry].default
            assert was is not None
            assert option is not None
            compiled, following = asked.compiled, asked.following
            differences.append(
                ChangedQuestion(name, compiled, compiled, following, following, {key: was}, {key: option})
            )
        return None, differences

    # --- what was not noticed at once --------------------------------------------------------------

    def _quiet(self, mutant: Mutant, changed: Rulebook, differences: Sequence[ChangedQuestion]) -> MutantResult:
        differing = [(one, level) for one in differences if (level := one.level(self.rulebook)) is not None]
        if not differing:
            return MutantResult(mutant.number, "same")
        for one, _ in differing:
            by = self._noticed_by_open(one) or self._noticed_besides(one, changed)
            if by is not None:
                return MutantResult(mutant.number, "by_case", by, one.question)
        questions = {one.question for one, _ in differing}
        for stated in self.rulebook.properties.values():
            if stated.question in questions and self._holds(changed, stated) != self._as_is(stated):
                return MutantResult(mutant.number, "by_property", stated.id, stated.question)
        return self._unnoticed(mutant, differing)

    def _noticed_by_open(self, difference: ChangedQuestion) -> str | None:
        """An expectation of a case with open facts that is not met, by the outcomes that are possible."""
        asked = self._questions[difference.question]
        for one in asked.tested:
            values = {**one.answer.values, **difference.settled_after}
            if any(key in difference.settled_after for key in map(reading_key, one.answer.expectation.readings)):
                continue
            if one.settled:
                said = difference.after.said(difference.after.spoken(values))
                if said.outcome is not None:
                    continue
            answer = replace(one.answer, values=values)
            expected = one.answer.expectation
            if not meets_outcome(expected, possible(difference.before.question, one.answer)):
                continue
            if not meets_outcome(expected, possible(difference.after.question, answer)):
                return _named(one.answer)
        return None

    def _noticed_besides(self, difference: ChangedQuestion, changed: Rulebook) -> str | None:
        """An expectation that is not met by what it says of what the answer turns on and rests on."""
        for one in self._questions[difference.question].tested:
            expected = one.answer.expectation
            if not (expected.turns_on or expected.rests_on is not None) or _left_alike(difference, one.answer):
                continue
            alone = replace(one.answer.case, expectations=(expected,))
            try:
                problems = list(unmet(changed, alone, forward_chaining=False))
            except ProblemsFound:
                continue
            if problems and not list(unmet(self.rulebook, alone, forward_chaining=False)):
                return _named(one.answer)
        return None

    def _as_is(self, stated: Property) -> bool:
        if stated.id not in self._held:
            self._held[stated.id] = self._holds(self.rulebook, stated)
        return self._held[stated.id]

    @staticmethod
    def _holds(rulebook: Rulebook, stated: Property) -> bool:
        """Whether no case contradicts a property."""
        for stage in stated.stages or (rulebook.ordinary_stage,):
            about = PropertySpace(rulebook, stated, stage)
            if about.space.any([*about.contradicting()]) is not None:
                return False
        return True

    def _unnoticed(self, mutant: Mutant, differing: Sequence[tuple[ChangedQuestion, Level]]) -> MutantResult:
        for one, level in differing:
            text = distinguishing_test(self.rulebook, mutant, one, level, self._readable)
            if text is not None:
                return MutantResult(mutant.number, "unnoticed", None, one.question, level, text)
        one, level = differing[0]
        return MutantResult(mutant.number, "unnoticed", None, one.question, level)


def _left_alike(difference: ChangedQuestion, answer: ExpectedAnswer) -> bool:
    """Whether what is known of a case leaves the same of both laws, even if all that was assumed is let go."""
    if difference.settled_before:
        return False
    before, after = difference.before.question, difference.after.question
    kept = {id(rule) for rule in before.rules} & {id(rule) for rule in after.rules}
    left = [
        Residual(
            replace(question, rules=tuple(rule for rule in question.rules if id(rule) not in kept)),
            answer.valuation,
            answer.soft,
        ).speaks
        for question in (before, after)
    ]
    return left[0] == left[1]


def _named(answer: ExpectedAnswer) -> str:
    return f"{answer.name}:{answer.line}"


def _with_those_that_disapply(rulebook: Rulebook, needed: set[str]) -> dict[str, Provision]:
    found = set(needed)
    waiting = list(needed)
    while waiting:
        name = waiting.pop()
        for other in rulebook.provisions.values():
            if name in other.disapplies and other.id not in found:
                found.add(other.id)
                waiting.append(other.id)
    return {name: one for name, one in rulebook.provisions.items() if name in found}
