"""Distinguishing tests: known cases on which a question as written and as altered (a mutant) come apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.evaluation import NO_RECORD, Meaning, Values, meaning
from lawmodel.reasoning.formula import (
    FALSE,
    TRUE,
    Formula,
    Input,
    OneOf,
    ResolvedQuestion,
    Rule,
    children,
)
from lawmodel.reasoning.open_cases.pool import Pool
from lawmodel.reasoning.rewrite import conditions_of, subformulas, with_conditions
from lawmodel.reasoning.whole_law.nearby import Borders, near

MOST_LOOKED_AT: Final = 2
"""Of so many of the provisions that an alteration touches, the cases near one that tells it are tried."""
MOST_IN_VAIN: Final = 15
"""After so many cases in a row that tell nothing more, no more are tried."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A provision made ready to be evaluated."""

    applies: Meaning
    speaks: tuple[tuple[str, Meaning], ...]
    brings: tuple[tuple[str, Meaning], ...]
    concludes: bool

    def on(self, values: Values) -> Said:
        """For which outcomes it speaks, and what it brings."""
        if not self.applies(values, NO_RECORD):
            return Said((), ())
        return Said(
            tuple(name for name, holds in self.speaks if holds(values, NO_RECORD)),
            tuple(name for name, holds in self.brings if holds(values, NO_RECORD)),
        )


class Said(NamedTuple):
    """What a provision says on a case."""

    speaks: tuple[str, ...]
    brings: tuple[str, ...]


class DistinguishingTests:
    """The alterations that some known case tells from the question as written, by outcome, ground or consequence."""

    def __init__(self, written: ResolvedQuestion, altered: ResolvedQuestion, key: str) -> None:
        self.question = written
        self._key = key
        self._outcomes = written.outcomes
        self._written = [_ready(rule) for rule in written.rules]
        self._altered = altered.rules
        self._ready: dict[str, list[tuple[int, _Ready]]] = {}
        self.touched: dict[str, list[int]] = {}
        """The provisions that an alteration touches, by their numbers."""
        for number, rule in enumerate(altered.rules):
            for name in dict.fromkeys(_alterations(rule, key)):
                self.touched.setdefault(name, []).append(number)
        self.told: set[str] = set()
        self._drawn: dict[str, Borders] = {}

    def learn(self, alteration: str, values: Values) -> None:
        """Take in a case that tells an alteration, and try all cases near it on the provisions that it touches."""
        self.told.add(alteration)
        for number in self.touched[alteration][:MOST_LOOKED_AT]:
            self.learn_of(self.question.rules[number], values)

    def learn_of(self, rule: Rule, values: Values) -> None:
        """Try a case on which a provision is decisive, and all cases near it."""
        complete: Values = {**dict.fromkeys(self.question.domains), **values}
        borders = self._borders(rule)
        number = next(place for place, one in enumerate(self.question.rules) if one.id == rule.id)
        mine = [name for name, touched in self.touched.items() if number in touched]
        in_vain = 0
        for one in chain((complete,), near(self.question, borders, complete)):
            left = [name for name in mine if name not in self.told]
            in_vain = in_vain + 1 if left == mine else 0
            if not left or in_vain > MOST_IN_VAIN:
                return
            mine = left
            self._try(one, mine)

    def _borders(self, rule: Rule) -> Borders:
        if rule.id not in self._drawn:
            self._drawn[rule.id] = Borders()
            for formula in conditions_of(rule):
                self._drawn[rule.id].note(formula)
        return self._drawn[rule.id]

    def _try(self, values: Values, names: Iterable[str]) -> None:
        known: dict[int, Said] = {}

        def as_written(number: int) -> Said:
            if number not in known:
                known[number] = self._written[number].on(values)
            return known[number]

        numbers = range(len(self._written))
        for name in names:
            changed = {number: ready.on(values) for number, ready in self._ready_for(name)}
            if all(as_written(number) == found for number, found in changed.items()):
                continue
            written = [as_written(number) for number in numbers]
            if self._answer([changed.get(number, written[number]) for number in numbers]) != self._answer(written):
                self.told.add(name)

    def _ready_for(self, name: str) -> Sequence[tuple[int, _Ready]]:
        """The provisions that an alteration touches, as it leaves them."""
        if name not in self._ready:
            self._ready[name] = [(number, self._with(self._altered[number], name)) for number in self.touched[name]]
        return self._ready[name]

    def _with(self, rule: Rule, name: str) -> _Ready:
        pool = Pool()

        def put(formula: Formula) -> Formula:
            match formula:
                case OneOf(Input(key), values) if key == self._key:
                    return TRUE if name in values else FALSE
                case _:
                    return pool.rebuild(formula, [put(part) for part in children(formula)])

        return _ready(with_conditions(rule, put))

    def _answer(self, found: Sequence[Said]) -> object:
        """Outcome, grounds and consequences."""
        spoken = {outcome for one in found for outcome in one.speaks}
        reached = next((outcome for outcome in self._outcomes if outcome in spoken), self._outcomes[-1])
        grounds = tuple(number for number, one in enumerate(found) if reached in one.speaks)
        follows = tuple(
            (number, one.brings)
            for number, one in enumerate(found)
            if one.brings and (number in grounds or not self._written[number].concludes)
        )
        return reached, grounds, follows


def _ready(rule: Rule) -> _Ready:
    return _Ready(
        meaning(rule.applies),
        tuple((outcome, meaning(condition)) for outcome, condition in rule.concludes),
        tuple((name, meaning(condition)) for name, condition in rule.brings),
        bool(rule.concludes),
    )


def _alterations(rule: Rule, key: str) -> Iterator[str]:
    for formula in conditions_of(rule):
        for one in subformulas(formula):
            match one:
                case OneOf(Input(name), values) if name == key:
                    yield from map(str, values)
