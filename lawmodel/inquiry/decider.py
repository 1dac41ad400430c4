"""One question, at one stage of the law, made ready to be asked of any number of cases."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lawmodel.cached_property import cached_property
from lawmodel.case.arguments import raise_problems
from lawmodel.case.case import Case
from lawmodel.case.valuation import Silence, Valued, as_written, silence_on, value_case
from lawmodel.inputs import Valuation
from lawmodel.problems import Place, Problem
from lawmodel.reasoning.combinations import TestedCombinations
from lawmodel.reasoning.compared_places import ComparedPlaces, compared_places
from lawmodel.reasoning.evaluation import Evaluation, Meaning, Values, meaning
from lawmodel.reasoning.formula import Formula, Named
from lawmodel.reasoning.generated.repeated_evaluation import RepeatedEvaluation
from lawmodel.reasoning.kept_questions import kept_question, of_rulebook
from lawmodel.reasoning.resolve import Dated, combinations, resolve_condition, resolve_otherwise
from lawmodel.reasoning.rewrite import Comparisons, comparisons, formulas, inputs_by_rule, laws_in
from lawmodel.rulebook.condition import Always, names_in, walk
from lawmodel.rulebook.dateline import dates
from lawmodel.rulebook.model import Consistency, Instrument, Rulebook

if TYPE_CHECKING:
    from lawmodel.reasoning.chaining.forward_chaining import ForwardChaining
    from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers

MOST_KEPT = 64


class Decider:
    """A resolved question with its engines; engines other than evaluation are made when first needed."""

    def __init__(self, rulebook: Rulebook, question: str, stage: str, on_a_day: bool = False) -> None:
        self.rulebook = rulebook
        self.stage = stage
        self.dated: Dated = "by_choice" if on_a_day else "by_facts"
        kept = kept_question(rulebook, question, stage, self.dated)
        self.question, self._read = kept.question, kept.read
        self.evaluation: Evaluation = RepeatedEvaluation(self.question)
        self._with_instrument: dict[tuple[object, ...], Evaluation] = {}

    @cached_property
    def forward_chaining(self) -> ForwardChaining | str:
        """The production-rule engine; or, where it cannot be had, why."""
        from lawmodel.reasoning.chaining import forward_chaining

        reason = forward_chaining.why_unavailable()
        made_from = of_rulebook(self.rulebook, self.question.id, self.stage, self.dated)
        return forward_chaining.ForwardChaining(self.question, made_from) if reason is None else reason

    @cached_property
    def combinations(self) -> TestedCombinations:
        """What no case is where this is asked, and what is odd."""
        stated = combinations(self.rulebook, self.question.id, self.stage, dated=self.dated)
        return TestedCombinations(stated)

    @cached_property
    def _silence(self) -> Mapping[str, Silence]:
        return silence_on(self.rulebook)

    def value(self, case: Case, readings: Mapping[str, str] | None, on: datetime.date | None) -> Valued:
        """The values of all inputs of a case; raises `ProblemsFound` where no case can be so."""
        valued = value_case(self.rulebook, case, readings, on, self.combinations.orders, self._silence)
        found = self.errors(valued.valuation)
        raise_problems(*(refused(case, rule) for rule, certain in found if certain))
        return valued

    def errors(self, valuation: Valuation) -> Iterator[tuple[Consistency, bool]]:
        """What a case is that no case can be, or may be (False); orders of days apart."""
        if not valuation.bounds:
            yield from self.combinations.errors(valuation.values)
            return
        from lawmodel.reasoning.open_cases.exact_truth import exact_truth

        for one in self.combinations.excluded:
            if (truth := exact_truth(self.question, one.formula, valuation)) is not False:
                yield one.written, truth is True

    def oddities(self, case: Case, values: Values) -> Iterator[Consistency]:
        """What is odd about a case as it is written; ``values`` are all that it has with what it presumes."""
        if self.combinations.odd:
            yield from self.combinations.warnings(as_written(self.rulebook, case, values))

    @cached_property
    def comparisons(self) -> Comparisons:
        """What the inputs of the question are compared with."""
        return self._read.comparisons if self._read else comparisons(self.question)

    @cached_property
    def places(self) -> Mapping[str, ComparedPlaces]:
        """With what the days and numbers of the question are compared."""
        return self._read.places if self._read else compared_places(self.question)

    @cached_property
    def inputs_by_rule(self) -> Sequence[frozenset[str]]:
        """The inputs that occur in each provision of the question, in their order."""
        return self._read.by_rule if self._read else inputs_by_rule(self.question)

    @cached_property
    def rules_reading(self) -> Mapping[str, Sequence[int]]:
        """The provisions that read each input, by their numbers in the question's order."""
        found: dict[str, list[int]] = {}
        for number, read in enumerate(self.inputs_by_rule):
            for name in read:
                found.setdefault(name, []).append(number)
        return found

    @cached_property
    def concluded(self) -> list[tuple[int, ...]]:
        """By provision, in their order, the numbers of the outcomes that it concludes."""
        numbers = {outcome: number for number, outcome in enumerate(self.question.outcomes)}
        return [tuple(numbers[outcome] for outcome, _ in rule.concludes) for rule in self.question.rules]

    @cached_property
    def gap_conditions(self) -> dict[str, Meaning]:
        """When each gap of the rulebook may touch a case."""
        always = Always(True, Place("", 0, 0))
        return {
            name: meaning(resolve_condition(self.rulebook, gap.when or always, self.stage, dated=self.dated))
            for name, gap in self.rulebook.gaps.items()
        }

    @cached_property
    def laws(self) -> Sequence[str]:
        """The instruments on whose being law the question depends."""
        return self._read.laws if self._read else laws_in(self.question)

    @cached_property
    def concepts(self) -> dict[Formula, str]:
        """The concepts of the question, by what they mean."""
        return {one.body: one.id for one in formulas(self.question) if isinstance(one, Named) and one.kind == "concept"}

    def possible(self, valuation: Valuation, evaluation: Evaluation | None = None) -> tuple[str, ...]:
        """Every outcome that some completion of the case reaches."""
        evaluation = evaluation or self.evaluation
        outcome = evaluation.outcome(valuation.values)
        if outcome is not None:
            return (outcome,)
        return self.exact(valuation, evaluation=evaluation).possible()

    def exact(
        self, valuation: Valuation, soft: Collection[str] = (), evaluation: Evaluation | None = None
    ) -> CertainAnswers:
        """The exact answers on a case."""
        from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers

        return CertainAnswers((evaluation or self.evaluation).question, valuation, soft)

    def with_instrument(self, instrument: Instrument) -> Evaluation:
        """The question as it would be if an instrument had another date line."""
        key = (instrument.id, *((one.date, getattr(one, "stage", "")) for one in dates(instrument)))
        kept = self._with_instrument.get(key)
        if kept is None:
            others = {**self.rulebook.instruments, instrument.id: instrument}
            changed = self.rulebook.with_instruments(others)
            question = resolve_otherwise(self.question, [instrument.id], changed, self.stage, self.dated)
            kept = RepeatedEvaluation(question, self.evaluation)
            if len(self._with_instrument) >= MOST_KEPT:
                self._with_instrument.clear()
            self._with_instrument[key] = kept
        return kept


def refused(case: Case, rule: Consistency) -> Problem:
    """That a case is what no case can be."""
    mend = f"Correct one of the facts of which this speaks (`{rule.id}` in the rulebook's `consistency`)."
    return Problem(rule.says, mend, *place_in(case, rule))


def place_in(case: Case, rule: Consistency) -> tuple[str, int, int]:
    """Where the first of the facts stands in a case of which a rule of consistency speaks; else the case itself."""
    named = dict.fromkeys(path.rpartition(".")[0] for path in rule.overlap)
    if rule.when is not None:
        parts = [names_in(part) for part in walk(rule.when)]
        named = dict.fromkeys(name for part in parts for name in (*part.facts, *part.lists))
    places = [place for name in named for key, place in case.places.items() if key.partition("[")[0] == name]
    first = next(iter(places), None)
    return (first.file, first.line, first.column) if first else (case.name or "case", 0, 0)


_kept: dict[tuple[str, str, str, bool], Decider] = {}


def decider(rulebook: Rulebook, question: str, stage: str | None = None, *, on_a_day: bool = False) -> Decider:
    """The decider of a question, kept from the last time; KeyError if there is no such question.

    ``on_a_day``: for the law of a day that is chosen, and not of the one that the facts give (`resolve`).
    """
    chosen, on_a_day = stage or rulebook.ordinary_stage, on_a_day and rulebook.law_day is not None
    key = (rulebook.digest, question, chosen, on_a_day)
    kept = _kept.get(key) if rulebook.digest else None
    if kept is None:
        kept = Decider(rulebook, question, chosen, on_a_day)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = kept
    return kept
