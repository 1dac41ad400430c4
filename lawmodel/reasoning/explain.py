"""Explaining: the same meaning as `lawmodel.reasoning.evaluation`, with every step kept and put in words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar

from lawmodel.case.values import day_in_words, in_words
from lawmodel.reasoning.evaluation import (
    NO_RECORD,
    Truth,
    Values,
    agreement,
    compare,
    conjunction,
    disjunction,
    negation,
)
from lawmodel.reasoning.formula import (
    AFTER_EVERY_DAY,
    BEFORE_EVERY_DAY,
    LAW_DATE,
    All,
    Any,
    Choose,
    Constant,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Record,
    Rule,
    Same,
    SomeRecord,
    Term,
    Value,
    field_key,
    reading_key,
)
from lawmodel.reasoning.phrases import day_says, declared, not_yet_law
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.dateline import became_law
from lawmodel.rulebook.model import Rulebook


class Explainer:
    """Explains rules on the values of one case."""

    def __init__(
        self,
        rulebook: Rulebook,
        stage: str,
        values: Values,
        defaults: Sequence[str] = (),
        told: Mapping[str, str] = MappingProxyType({}),
        assumed: Mapping[tuple[Formula, int], bool] = MappingProxyType({}),
    ) -> None:
        """Take the values of a case.

        ``told`` names who reads a reading as it was chosen; ``assumed`` supposes comparisons (with the number of the
        record, or 0) that the values leave open.
        """
        self.rulebook = rulebook
        self.stage = stage
        self.values = values
        self.defaults = frozenset(defaults)
        self.told = told
        self.assumed = assumed
        self._record: Record = NO_RECORD
        self._number = 0
        self._known_steps: dict[tuple[int, int, bool], Trace] = {}

    def rule(self, rule: Rule) -> Trace:
        """Whether a provision applies, and why."""
        provision = self.rulebook.provisions[rule.id]
        steps = self.steps(rule.applies)
        truth = conjunction(step.truth for step in steps)
        conclusions = [self._further("conclusion", outcome, condition) for outcome, condition in rule.concludes]
        conclusions += [self._further("consequence", name, condition) for name, condition in rule.brings]
        notes = {"citation": provision.citation, "title": provision.title, "certainty": provision.certainty}
        return Trace("provision", truth, provision.title, rule.id, (*steps, *filter(None, conclusions)), notes)

    def _further(self, kind: str, name: str, condition: Formula) -> Trace | None:
        """On what it depends whether a provision that applies comes to this; None where on nothing."""
        step = self.step(condition)
        if step.kind == "always":
            return None
        return Trace(kind, step.truth, id=name, children=step.children if step.kind == "all" else (step,))

    def steps(self, formula: Formula) -> tuple[Trace, ...]:
        """The steps of a conjunction, or the one step of anything else."""
        step = self.step(formula)
        return step.children if step.kind == "all" else (step,)

    def step(self, formula: Formula, negated: bool = False) -> Trace:
        """A formula (or its negation) explained; one that is met again in the same record is the same step."""
        met = (id(formula), self._number, negated)
        known = self._known_steps.get(met)
        if known is None:
            known = self._explainers[type(formula)](self, formula, negated)
            if self.assumed:
                known = self._suppose(known, formula, negated)
            self._known_steps[met] = known
        return known

    def _suppose(self, step: Trace, formula: Formula, negated: bool) -> Trace:
        supposed = self.assumed.get((formula, self._number)) if step.truth is None else None
        return step if supposed is None else replace(step, truth=supposed is not negated)

    def _constant(self, formula: Constant, negated: bool) -> Trace:
        return Trace("always", formula.value is not negated)

    def _not(self, formula: Not, negated: bool) -> Trace:
        return self.step(formula.part, not negated)

    def _joined(self, formula: All | Any, negated: bool) -> Trace:
        if isinstance(formula, All) is not negated:
            children = self._flat("all", formula.parts, negated)
            return Trace("all", conjunction([child.truth for child in children]), children=children)
        children = self._flat("any", formula.parts, negated)
        return Trace("any", disjunction([child.truth for child in children]), children=children)

    def _one_of(self, formula: OneOf, negated: bool) -> Trace:
        value = self._look(formula.term)
        held: Truth = None if value is None else value in formula.values
        return self._fact(self._turn(held, negated), formula.term, self._says(formula.term, value))

    def _same(self, formula: Same, negated: bool) -> Trace:
        one, other = self._look(formula.left), self._look(formula.right)
        equal: Truth = None if one is None or other is None else one == other
        says = f"{self._says(formula.left, one)}; {self._says(formula.right, other)}"
        return self._fact(self._turn(equal, negated), formula.left, says)

    def _flat(self, kind: str, parts: Sequence[Formula], negated: bool) -> tuple[Trace, ...]:
        """Conjunctions in a conjunction are one; what always holds is not worth a word."""
        found: list[Trace] = []
        for part in parts:
            step = self.step(part, negated)
            if step.kind == kind:
                found += step.children
            elif step.kind != "always" or step.truth is not (kind == "all"):
                found.append(step)
        return tuple(found)

    @staticmethod
    def _turn(truth: Truth, negated: bool) -> Truth:
        return negation(truth) if negated else truth

    def _named(self, formula: Named, negated: bool) -> Trace:
        kind, name, body = formula.kind, formula.id, formula.body
        step = self.step(body, negated)
        truth = step.truth
        children = step.children if step.kind == "all" else (step,)
        children = tuple(child for child in children if child.kind != "always")
        held = self._turn(truth, negated)
        match kind:
            case "concept":
                concept = self.rulebook.concepts[name]
                says = concept.yes if held else concept.no if held is False else f"not known whether: {concept.yes}"
                notes: dict[str, object] = {} if concept.citation is None else {"citation": concept.citation}
                if held is None and negated:
                    notes["negated"] = True
                return Trace("concept", truth, says, name, children, notes)
            case "law":
                return self._law(name, truth, held)
            case "repeal":
                law = self._law(name, truth, held)
                by = {True: "superseded by", False: "not yet superseded by", None: "perhaps superseded by"}[held]
                said = f"{by} {law.says.replace(':', ',', 1)}" if law.notes else f"not yet superseded: {law.says}"
                return replace(law, says=said)
            case "in-force":
                said = {True: "in force", False: "not in force", None: "whether it is in force is open"}[held]
                return Trace("in-force", truth, said, name, children)
            case "exception":
                said = {
                    True: "an exception applies",
                    False: "no exception applies",
                    None: "whether an exception applies is open",
                }[held]
                return Trace("exception", truth, said, name, children)
            case _:
                citation = self.rulebook.provisions[name].citation
                said = {True: "displaces it", False: "does not displace it", None: "may displace it"}[held]
                return Trace("exception", truth, f"{citation} {said}", name, children)

    def _law(self, name: str, truth: Truth, held: Truth) -> Trace:
        instrument = self.rulebook.instruments[name]
        step = became_law(self.rulebook, instrument, self.stage)
        stage = {one.id: one.says for one in self.rulebook.stages}
        law_day = self.values[LAW_DATE]
        if step is None:
            on = datetime.date.fromordinal(law_day) if isinstance(law_day, int) else None
            return Trace("law", truth, f"{instrument.title} is {not_yet_law(self.rulebook, instrument, on)}", name)
        ceases = instrument.ceases
        day = day_in_words(step.date.toordinal())
        notes: dict[str, object] = {
            "instrument": name,
            "stage": step.stage,
            "date": step.date.isoformat(),
            "date_certainty": step.certainty,
        }
        if isinstance(law_day, int) and ceases is not None and law_day >= ceases.date.toordinal():
            says = f"{name}: law no longer since {day_in_words(ceases.date.toordinal())}"
            notes.update(date=ceases.date.isoformat(), date_certainty=ceases.certainty)
        else:
            says = f"{name}: {stage[step.stage]} {'only ' if held is False else ''}{day}"
        return Trace("law", truth, says, name, notes=notes)

    def _choice(self, formula: Choose, negated: bool) -> Trace:
        reading, branches, of_date = formula.reading, dict(formula.branches), formula.of_date
        option = self.values[reading_key(reading)]
        entry = self.rulebook.readings[reading]
        if option is None:
            children = tuple(
                Trace("option", step.truth, entry.option(name).says, name, () if step.kind == "always" else (step,))
                for name, step in ((name, self.step(branch, negated)) for name, branch in branches.items())
            )
            truth = agreement(child.truth for child in children)
            return Trace("reading", truth, entry.title, reading, children, {"open": True})
        assert isinstance(option, str)
        step = self.step(branches[option], negated)
        if of_date:
            return step
        default = reading in self.defaults
        children = step.children if step.kind == "all" else (step,)
        children = tuple(child for child in children if child.kind != "always")
        notes: dict[str, object] = {"option": option, "default": default}
        if step.kind == "always":
            notes["asks_nothing"] = not negated
        if reading in self.told:
            notes["told_by"] = self.told[reading]
        return Trace("reading", step.truth, entry.option(option).says, reading, children, notes)

    def _some(self, formula: SomeRecord, negated: bool) -> Trace:
        records, such_that = formula.records, formula.such_that
        listed = self.values[records]
        fact = self.rulebook.facts[records]
        kind = "none" if negated else "some"
        if listed is None:
            return Trace(kind, None, f"not known: {fact.title}", records)
        assert isinstance(listed, tuple)
        if not listed:
            return Trace(kind, negated, fact.none or "", records)
        outside = self._record, self._number
        children = []
        for number, record in enumerate(listed, 1):
            self._record, self._number = record, number
            step = self.step(such_that, negated)
            parts = step.children if step.kind == "all" else (step,)
            children.append(Trace("record", step.truth, f"{fact.each} {number}", f"{records}[{number}]", parts))
        self._record, self._number = outside
        truths = [child.truth for child in children]
        return Trace(kind, conjunction(truths) if negated else disjunction(truths), "", records, tuple(children))

    # -- facts in words

    def _look(self, term: Term) -> Value:
        if isinstance(term, Input):
            return self.values[term.key]
        return self._record[term.name] if isinstance(term, Field) else term.value

    def _key(self, term: Input | Field) -> str:
        return field_key(term.records, self._number, term.name) if isinstance(term, Field) else term.key

    def _says(self, term: Input | Field, value: Value) -> str:
        assert not isinstance(value, tuple)
        return in_words(self.rulebook, declared(self.rulebook, term), value)

    def _fact(self, truth: Truth, term: Input | Field, says: str) -> Trace:
        return Trace("fact", truth, says, self._key(term))

    def _ordered(self, formula: Ordered, negated: bool) -> Trace:
        left, right = self._look(formula.left), self._look(formula.right)
        truth = self._turn(compare(left, right, formula.strict), negated)
        subject, value, other, bound = (
            (formula.right, right, formula.left, left)
            if formula.about_right
            else (formula.left, left, formula.right, right)
        )
        if isinstance(subject, Fixed) or subject == Input(LAW_DATE):
            says, key = day_says(self.rulebook, subject, value), LAW_DATE
            says = f"not known: {says}" if value is None else says
        else:
            says, key = self._says(subject, value), self._key(subject)
        if isinstance(value, int) and BEFORE_EVERY_DAY < value < AFTER_EVERY_DAY:
            says += self._relation(formula, value, other, bound)
        elif value is not None and truth is None:
            says += f"; not known: {day_says(self.rulebook, other, None)}"
        return Trace("fact", truth, says, key)

    def _relation(self, formula: Ordered, value: int, other: Term, bound: Value) -> str:
        if not formula.of_days:
            if not isinstance(bound, int):
                return ""
            word = "less than" if value < bound else "exactly" if value == bound else "more than"
            return f" ({word} {bound:,})" if value != bound else f" (exactly {bound:,})"
        if not isinstance(bound, int):
            return f"; not known: {day_says(self.rulebook, other, None)}"
        if not BEFORE_EVERY_DAY < bound < AFTER_EVERY_DAY:
            return ""
        word = "before" if value < bound else "on" if value == bound else "after"
        return f", {word} {day_says(self.rulebook, other, bound)}"

    _explainers: ClassVar[dict[type, Callable[..., Trace]]] = {
        Constant: _constant,
        Not: _not,
        All: _joined,
        Any: _joined,
        Named: _named,
        Choose: _choice,
        SomeRecord: _some,
        OneOf: _one_of,
        Same: _same,
        Ordered: _ordered,
    }
