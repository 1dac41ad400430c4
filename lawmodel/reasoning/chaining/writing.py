"""Writing the program of a question: its formulas as production rules in rulesets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from lawmodel.reasoning.chaining.production_rules import ProductionRules
from lawmodel.reasoning.chaining.rules_engine import rules_text
from lawmodel.reasoning.chaining.rulesets import Limits, Ruleset, split
from lawmodel.reasoning.chaining.signed_literals import Compared, OtherOption, RecordPlace, SignedLiterals
from lawmodel.reasoning.chaining.written_program import (
    Expression,
    SignedExpressions,
    WrittenComparison,
    WrittenProgram,
    WrittenRuleset,
)
from lawmodel.reasoning.formula import Atom, Formula, ResolvedQuestion, reading_key

LIMITS: Final = Limits()


def written_program(question: ResolvedQuestion, counts: Mapping[str, int | None]) -> WrittenProgram:
    """The rules of a question for given numbers of records; raises `TooManyRules`."""
    literals = SignedLiterals(counts)
    rules = ProductionRules(literals)
    labels: dict[Expression, str] = {}

    def signed(formula: Formula, named: str) -> SignedExpressions:
        holds, fails = (literals.concluded(literals.derives(formula, truth)) for truth in (True, False))
        for expression, sign in ((holds, "yes"), (fails, "no")):
            rules.derive(expression)
            labels.setdefault(expression, f"{named}: {sign}")
        return SignedExpressions(holds, fails)

    applies = {rule.id: signed(rule.applies, rule.id) for rule in question.rules}
    concludes = {
        rule.id: tuple((outcome, signed(condition, f"{rule.id}, {outcome}")) for outcome, condition in rule.concludes)
        for rule in question.rules
    }
    for expression, named in literals.names.items():
        labels.setdefault(expression, named)
    rulesets = split(rules.rules, LIMITS)
    used = dict.fromkeys(expression for ruleset in rulesets for expression in ruleset.inputs)
    comparisons, other_options = known_literals(literals, used)
    return WrittenProgram(applies, concludes, tuple(map(_written, rulesets)), comparisons, other_options, labels)


def known_literals(
    literals: SignedLiterals, wanted: Iterable[Expression]
) -> tuple[tuple[WrittenComparison, ...], tuple[tuple[str, str, Expression], ...]]:
    """How to find which of some literals hold in a case: comparisons, each tested once, and options."""
    signs: dict[tuple[Atom, RecordPlace | None], dict[bool, Expression]] = {}
    options: list[tuple[str, str, Expression]] = []
    for expression in wanted:
        match literals.shape(expression):
            case Compared(atom, place, truth):
                signs.setdefault((atom, place), {})[truth] = expression
            case OtherOption(reading, option):
                options.append((reading_key(reading), option, expression))
            case _:
                pass
    comparisons = (
        WrittenComparison(atom, None if place is None else (place.records, place.number), by_truth)
        for (atom, place), by_truth in signs.items()
    )
    return tuple(comparisons), tuple(options)


def _written(ruleset: Ruleset) -> WrittenRuleset:
    facts = {expression: number for number, expression in enumerate(ruleset.inputs, start=1)}
    text = rules_text(
        [[facts[expression] for expression in clause] for clause in production.clauses]
        for production in ruleset.productions
    )
    derives = tuple(
        (one.derives, facts[one.derives] if one.derives in ruleset.chained else None) for one in ruleset.productions
    )
    return WrittenRuleset(text, facts, derives)
