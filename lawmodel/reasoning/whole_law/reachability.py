"""Reachability in a question: everything is open, and the question stands beside itself with statements put otherwise.

Whether a provision can apply, whether it is ever a ground, whether an outcome is in reach, and whether anybody could
tell if a statement were another: each is asked of all cases at once, and "never" is a proof (see
`lawmodel.reasoning.solving.self_composition`). One solver serves all these questions.

An **alteration** is a value of one more input, of the kind ``choice``, that only the altered side reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import (
    READING_PREFIX,
    TRUE,
    All,
    Choose,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    ResolvedQuestion,
    Rule,
    Valuation,
    all_of,
    any_of,
    reading_key,
)
from lawmodel.reasoning.resolve import DATED
from lawmodel.reasoning.rewrite import rewritten, with_conditions
from lawmodel.reasoning.solving.self_composition import Copy, Product
from lawmodel.reasoning.solving.solver import Solver
from lawmodel.reasoning.solving.z3_encoding import joined
from lawmodel.reasoning.whole_law.distinguishing_tests import DistinguishingTests, Effects
from lawmodel.reasoning.whole_law.every_stage import STAGE

WRITTEN, ALTERED = 0, 1
"""The numbers of the sides."""
APART: Final = "apart"


class Reachability:
    """A question as it is written, and as it is altered, over all cases, days and readings."""

    def __init__(self, written: ResolvedQuestion, altered: ResolvedQuestion, key: str) -> None:
        """Take the question as written; and as altered, whose alterations are the choices of the input ``key``.

        Every case there can be is meant; the day of the law is open by itself, since any can be asked for.
        """
        self.question, self.altered = written, altered
        self._key = key
        sides = [Copy(written, {}, dict(_aspects(written))), Copy(altered, {}, dict(_brought(altered)))]
        self._space = Product(sides, all_open(altered), finite=True)
        self._solver = Solver(self._space.text, finite=self._space.encoding.finite, hard=True)
        self._defined: dict[str, str] = {}
        self._known_to_be: dict[tuple[str, ...], bool] = {}
        self._define(APART, joined("or", [*self._apart()]))
        self._known = DistinguishingTests(altered, self._effects(), key)
        self._learnt = False

    # --- what can be asked -------------------------------------------------------------------------

    def can_apply(self, rule: str) -> bool:
        """Whether a provision applies in some case."""
        return self._can(self._aspect(f"applies {rule}"))

    def can_fail(self, rule: str) -> bool:
        """Whether a provision that is in force does not apply in some case."""
        return self._can(self._aspect(f"in-force {rule}"), f"(not {self._aspect(f'applies {rule}')})")

    def can_be_ground(self, rule: str) -> bool:
        """Whether a provision is a ground of the outcome in some case."""
        return self._can(self._space.ground(WRITTEN, rule))

    def can_decide(self, rule: str) -> bool:
        """Whether a provision is the only ground of the outcome in some case."""
        others = [one.id for one in self.question.rules if one.id != rule]
        return self._can(
            self._space.ground(WRITTEN, rule),
            *(f"(not {self._space.ground(WRITTEN, other)})" for other in others),
        )

    def can_disapply(self, rule: str, other: str) -> bool:
        """Whether a provision applies in some case in which another would, if this did not disapply it."""
        return self._can(self._aspect(f"applies {rule}"), self._aspect(f"unhindered {rule} {other}"))

    def can_reach(self, outcome: str) -> bool:
        """Whether some case has an outcome."""
        return self._can(self._space.outcome(WRITTEN, outcome))

    @property
    def told(self) -> frozenset[str]:
        """The alterations that a known case has told so far."""
        return frozenset(self._known.told)

    def told_by(self, values: Values) -> set[str]:
        """The alterations that a complete case tells."""
        return self._known.told_by(values)

    def can_tell(
        self, alteration: str, reading: str | None = None, option: str | None = None, *, by_proof: bool = False
    ) -> bool:
        """Whether an outcome, a ground or a consequence becomes another by an alteration, in some case.

        With a reading and an option: in some case under that option. ``by_proof`` asks the solver in any case.
        """
        variables = self._space.encoding.variables
        if self._key not in variables or alteration not in self._known.touched:
            return False
        if option is None and not by_proof:
            self._learn()
            if alteration in self._known.told:
                return True
        conditions = [self._space.encoding.has_value(self._key, alteration, "")]
        if reading is not None and option is not None and reading_key(reading) in variables:
            conditions.append(self._space.encoding.has_value(reading_key(reading), option, ""))
        model = self._solver.model(APART, *self._only_in(alteration), *map(self._name, conditions))
        if model is not None:
            self._known.learn(alteration, self._space.encoding.completion(model, ""))
        return model is not None

    def _learn(self) -> None:
        """Look at the cases near one in which each provision decides, or else is a ground, or else applies."""
        if self._learnt:
            return
        self._learnt = True
        for rule in self.question.rules:
            ground = self._space.ground(WRITTEN, rule.id)
            alone = [f"(not {self._space.ground(WRITTEN, one.id)})" for one in self.question.rules if one is not rule]
            for conditions in ([ground, *alone], [ground], [self._aspect(f"applies {rule.id}")]):
                model = self._solver.model(*map(self._name, conditions))
                if model is not None:
                    self._known.learn_of(rule, self._space.encoding.completion(model, ""))
                    break

    def _effects(self) -> list[Effects]:
        """What each provision does on the altered side."""
        space = self._space
        return [
            Effects(
                {
                    outcome: speaks[rule.id]
                    for outcome in self.altered.outcomes
                    if rule.id in (speaks := space.speaks(ALTERED, outcome))
                },
                tuple(space.stated_formula(ALTERED, _brings(rule, name)) for name, _ in rule.brings),
                bool(rule.concludes),
            )
            for rule in self.altered.rules
        ]

    def _only_in(self, alteration: str) -> list[str]:
        """That the sides differ in a provision which the alteration touches, and in no other.

        This follows from the alteration and from what is to be shown; to work it out takes the solver far longer.
        """
        touched = {self.altered.rules[number].id for number in self._known.touched[alteration]}
        differing = {rule.id: self._name(self._differing(rule)) for rule in self.question.rules}
        somewhere = joined("or", [name for rule, name in differing.items() if rule in touched])
        return [self._name(somewhere), *(f"-{name}" for rule, name in differing.items() if rule not in touched)]

    def _differing(self, rule: Rule) -> str:
        """That a provision speaks for an outcome, or brings a consequence, on one side and not on the other."""
        sides = (WRITTEN, ALTERED)
        said = [[self._space.speaking(side, outcome, rule.id) for side in sides] for outcome in self.question.outcomes]
        said += [[self._aspect(_brings(rule, name), side) for side in sides] for name, _ in rule.brings]
        return joined("or", [f"(xor {one} {other})" for one, other in said if one != other])

    # --- the solver --------------------------------------------------------------------------------

    def _can(self, *conditions: str) -> bool:
        if conditions not in self._known_to_be:
            model = self._solver.model(*(self._name(one) for one in conditions))
            self._known_to_be[conditions] = model is not None
        return self._known_to_be[conditions]

    def _name(self, condition: str) -> str:
        """A Boolean constant that stands for a condition."""
        if condition not in self._defined:
            self._define(f"c{len(self._defined)}", condition)
        return self._defined[condition]

    def _define(self, name: str, condition: str) -> None:
        self._solver.add(f"(declare-const {name} Bool)(assert (= {name} {condition}))")
        self._defined[condition] = self._defined[name] = name

    def _aspect(self, name: str, side: int = WRITTEN) -> str:
        return self._space.stated(side, name)

    def _apart(self) -> Iterator[str]:
        """That the outcomes, the grounds or the consequences of the two sides are not the same."""
        space = self._space
        yield space.differ(WRITTEN, ALTERED)
        for rule in self.question.rules:
            one, other = (space.ground(side, rule.id) for side in (WRITTEN, ALTERED))
            if one != "false" or other != "false":
                yield f"(xor {one} {other})"
        for rule in self.question.rules:
            for name, _ in rule.brings:
                yield f"(xor {self._follows(WRITTEN, rule, name)} {self._follows(ALTERED, rule, name)})"

    def _follows(self, side: int, rule: Rule, consequence: str) -> str:
        brought = self._aspect(_brings(rule, consequence), side)
        return joined("and", [brought, self._space.ground(side, rule.id)]) if rule.concludes else brought


def all_open(question: ResolvedQuestion) -> Valuation:
    """That nothing is known of a case, not even whether its day is that of the law."""
    return Valuation(dict.fromkeys(question.domains), {})


def _aspects(question: ResolvedQuestion) -> Iterator[tuple[str, Formula]]:
    """What can be said of the provisions of a question."""
    for rule in question.rules:
        yield f"applies {rule.id}", rule.applies
        yield f"in-force {rule.id}", in_force(rule)
        for part in _parts(rule.applies):
            match part:
                case Not(Named("provision", other, _)):
                    rest = [one for one in _parts(rule.applies) if one is not part]
                    yield f"unhindered {other} {rule.id}", all_of(*rest)
    yield from _brought(question)


def _brought(question: ResolvedQuestion) -> Iterator[tuple[str, Formula]]:
    for rule in question.rules:
        for name, condition in rule.brings:
            yield _brings(rule, name), all_of(rule.applies, condition)


def _brings(rule: Rule, consequence: str) -> str:
    return f"brings {rule.id} {consequence}"


def _parts(formula: Formula) -> Sequence[Formula]:
    """What must hold together: the parts of a conjunction, or the formula itself."""
    return formula.parts if isinstance(formula, All) else (formula,)


def in_force(rule: Rule) -> Formula:
    """That a provision is in force."""
    return next(
        (one for one in _parts(rule.applies) if isinstance(one, Named) and one.kind == "in-force"),
        TRUE,
    )


# --- readings put otherwise ------------------------------------------------------------------------


def under_option(reading: str, option: str) -> str:
    """The name of the alteration that reads a contested point in one way, whatever is chosen."""
    return f"reading {reading} {option}"


def with_readings_altered(question: ResolvedQuestion, key: str) -> ResolvedQuestion:
    """The question in which each reading can be settled by an alteration."""

    def changed(formula: Formula) -> Formula | None:
        if not isinstance(formula, Choose) or formula.reading in (STAGE, DATED):
            return None
        names = {option: under_option(formula.reading, option) for option, _ in formula.branches}
        altered = OneOf(Input(key), frozenset(names.values()))
        return any_of(
            *(
                all_of(
                    any_of(
                        OneOf(Input(key), frozenset({names[option]})),
                        all_of(Not(altered), OneOf(Input(reading_key(formula.reading)), frozenset({option}))),
                    ),
                    rewritten(branch, changed),
                )
                for option, branch in formula.branches
            )
        )

    rules = tuple(with_conditions(rule, lambda condition: rewritten(condition, changed)) for rule in question.rules)
    readings = [name.removeprefix(READING_PREFIX) for name in question.domains if name.startswith(READING_PREFIX)]
    further = tuple(
        under_option(name, option)
        for name in readings
        if name not in (STAGE, DATED)
        for option in question.domains[reading_key(name)].choices
    )
    domain = question.domains[key]
    domains = {**question.domains, key: replace(domain, choices=(*domain.choices, *further))}
    return replace(question, rules=rules, domains=domains)
