"""Distinguishing tests: known cases on which a question as written and as altered (a mutant) come apart.

The truth of a condition is a whole number with a bit for each alteration: whether the condition holds under that one.
So one evaluation answers for all of them. The lowest bit belongs to no alteration: the question as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.evaluation import NO_RECORD, Values, meaning
from lawmodel.reasoning.formula import (
    All,
    Any,
    AtLeast,
    Choose,
    Constant,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Record,
    ResolvedQuestion,
    Rule,
    Same,
    SomeRecord,
    Spaced,
    distinct,
    inputs_in,
    reading_key,
)
from lawmodel.reasoning.rewrite import conditions_of, subformulas
from lawmodel.reasoning.whole_law.nearby import Borders, near

MOST_LOOKED_AT: Final = 2
"""Of so many of the provisions that an alteration touches, the cases near one that tells it are tried."""
MOST_IN_VAIN: Final = 15
"""After so many cases in a row that tell nothing more, no more are tried."""

_AS_WRITTEN: Final = 1
_Bits: TypeAlias = int
_Holds: TypeAlias = Callable[[Values, Record], _Bits]


@dataclass(frozen=True, slots=True)
class Effects:
    """What a provision does; equal conditions of all provisions are one object."""

    speaks: Mapping[str, Formula]
    """The outcomes for which it can speak, each with the condition."""
    brings: Sequence[Formula]
    """When it brings each of its consequences, if it is a ground or concludes nothing."""
    concludes: bool


class DistinguishingTests:
    """The alterations that some known case tells from the question as written, by outcome, ground or consequence."""

    def __init__(self, altered: ResolvedQuestion, effects: Sequence[Effects], key: str) -> None:
        """Take the altered question, what its provisions do, and the input whose choices are the alterations."""
        self.question = altered
        self.touched: dict[str, list[int]] = {}
        """The provisions that an alteration touches, by their numbers."""
        for number, rule in enumerate(altered.rules):
            for name in dict.fromkeys(_alterations(rule, key)):
                self.touched.setdefault(name, []).append(number)
        self.told: set[str] = set()
        self._names = [*self.touched]
        under = _UnderEach(key, self._names)
        self._every = under.every
        self._effects = [
            (
                {outcome: under.of_rule(one.speaks[outcome]) for outcome in one.speaks},
                [under.of_rule(condition) for condition in one.brings],
                one.concludes,
            )
            for one in effects
        ]
        self._drawn: dict[str, Borders] = {}

    def learn(self, alteration: str, values: Values) -> None:
        """Take in a case that tells an alteration, and try all cases near it on the provisions that it touches."""
        self.told.add(alteration)
        for number in self.touched[alteration][:MOST_LOOKED_AT]:
            self.learn_of(self.question.rules[number], values)

    def learn_of(self, rule: Rule, values: Values) -> None:
        """Try a case on which a provision is decisive, and all cases near it."""
        complete: Values = {**dict.fromkeys(self.question.domains), **values}
        number = next(place for place, one in enumerate(self.question.rules) if one.id == rule.id)
        mine = {name for name, touched in self.touched.items() if number in touched}
        in_vain = 0
        for one in chain((complete,), near(self.question, self._borders(rule), complete)):
            left = mine - self.told
            in_vain = in_vain + 1 if left == mine else 0
            if not left or in_vain > MOST_IN_VAIN:
                return
            mine = left
            self.told |= self.told_by(one)

    def _borders(self, rule: Rule) -> Borders:
        if rule.id not in self._drawn:
            self._drawn[rule.id] = Borders()
            for formula in conditions_of(rule):
                self._drawn[rule.id].note(formula)
        return self._drawn[rule.id]

    def told_by(self, values: Values) -> set[str]:
        """Every alteration that a case tells; all inputs that bear on the question have a value in it."""
        apart = 0
        for bits in self._answer(values):
            apart |= self._every ^ bits if bits & _AS_WRITTEN else bits
        return {name for number, name in enumerate(self._names, 1) if apart >> number & 1}

    def _answer(self, values: Values) -> Iterator[_Bits]:
        """Under which alterations each outcome is reached, each provision a ground, each consequence brought."""
        spoken = [{name: holds(values, NO_RECORD) for name, holds in speaks.items()} for speaks, _, _ in self._effects]
        reached: dict[str, _Bits] = {}
        left = self._every
        for outcome in self.question.outcomes[:-1]:
            some = 0
            for one in spoken:
                some |= one.get(outcome, 0)
            reached[outcome] = some & left
            left &= ~some
        yield from reached.values()
        for one, (_, brings, concludes) in zip(spoken, self._effects, strict=True):
            ground = 0
            for name, bits in one.items():
                ground |= bits & reached[name]
            yield ground
            for holds in brings:
                yield holds(values, NO_RECORD) & (ground if concludes else self._every)


class _UnderEach:
    """Makes conditions functions of a case that give a bit for each alteration."""

    def __init__(self, key: str, names: Sequence[str]) -> None:
        self._key = key
        self._bits = {name: _AS_WRITTEN << number for number, name in enumerate(names, 1)}
        self.every: _Bits = (_AS_WRITTEN << len(names) + 1) - 1
        self._made: dict[int, _Holds] = {}
        self._kept: list[Formula] = []
        """So that no other formula has the identity of one that is gone."""

    def holds(self, formula: Formula) -> _Holds:
        """Under which alterations a condition holds; worked out once for a case, or a record of it."""
        if id(formula) not in self._made:
            self._kept.append(formula)
            self._made[id(formula)] = self._of(formula)
        return self._made[id(formula)]

    def of_rule(self, formula: Formula) -> _Holds:
        """The same of a whole condition of a rule: most read nothing in which a case differs from the one before."""
        return _while_the_same(self._read_by(formula), self.holds(formula))

    def _read_by(self, formula: Formula) -> Collection[str]:
        """The inputs of a case that a condition reads."""
        return dict.fromkeys(key for one in distinct([formula]) for key in inputs_in(one) if key != self._key)

    def _of(self, formula: Formula) -> _Holds:
        match formula:
            case OneOf(Input(key), values) if key == self._key:
                under = sum(self._bits.get(str(one), 0) for one in values)
                return lambda values, record: under
            case Named(_, _, body):
                return self.holds(body)
            case Not(part):
                inner, every = self.holds(part), self.every
                return lambda values, record: every ^ inner(values, record)
            case All(parts):
                return _once(_all([self.holds(part) for part in parts], self.every))
            case Any(parts):
                return _once(_any([self.holds(part) for part in parts], self.every))
            case AtLeast(count, parts):
                return _once(_at_least(count, [self.holds(part) for part in parts], self.every))
            case SomeRecord(records, such_that, at_least):
                each = _of_each_record(self._read_by(such_that), self.holds(such_that))
                return _once(_some(records, each, at_least, self.every))
            case Choose(reading, branches):
                by_option = {option: self.holds(branch) for option, branch in branches}
                chosen = reading_key(reading)
                return lambda values, record: by_option[str(values[chosen])](values, record)
            case Constant(value):
                constant = self.every if value else 0
                return lambda values, record: constant
            case OneOf() | Same() | Ordered() | Spaced():
                plain, everywhere = meaning(formula), self.every
                return lambda values, record: everywhere if plain(values, record) else 0
            case _:
                assert_never(formula)


def _once(holds: _Holds) -> _Holds:
    """The same, and worked out anew only for another case or record."""
    last: tuple[Values | None, Record | None] = None, None
    known = 0

    def kept(values: Values, record: Record) -> _Bits:
        nonlocal last, known
        if last[0] is not values or last[1] is not record:
            last, known = (values, record), holds(values, record)
        return known

    return kept


def _while_the_same(reads: Collection[str], holds: _Holds) -> _Holds:
    """The same, and worked out anew only where one of these inputs has another value than in the last case."""
    last: Values | None = None
    known = 0

    def kept(values: Values, record: Record) -> _Bits:
        nonlocal last, known
        if _differ(last, values, reads):
            last, known = values, holds(values, record)
        return known

    return kept


def _of_each_record(reads: Collection[str], holds: _Holds) -> Callable[[Values, Sequence[Record]], list[_Bits]]:
    """The same of each record of a list; of a record that stood in the last list, kept likewise."""
    last: Values | None = None
    known: dict[int, tuple[Record, _Bits]] = {}  # by identity; the records are kept, so that no other has it

    def each(values: Values, listed: Sequence[Record]) -> list[_Bits]:
        nonlocal last, known
        before = {} if _differ(last, values, reads) else known
        last, known = values, {id(one): before.get(id(one)) or (one, holds(values, one)) for one in listed}
        return [known[id(one)][1] for one in listed]

    return each


def _differ(last: Values | None, values: Values, reads: Collection[str]) -> bool:
    """Whether some of these inputs may have another value than in the last case."""
    return last is None or any(values[key] is not last[key] for key in reads)


def _all(parts: Collection[_Holds], every: _Bits) -> _Holds:
    def holds(values: Values, record: Record) -> _Bits:
        found = every
        for part in parts:
            found &= part(values, record)
            if not found:
                break
        return found

    return holds


def _any(parts: Collection[_Holds], every: _Bits) -> _Holds:
    def holds(values: Values, record: Record) -> _Bits:
        found = 0
        for part in parts:
            found |= part(values, record)
            if found == every:
                break
        return found

    return holds


def _at_least(count: int, parts: Collection[_Holds], every: _Bits) -> _Holds:
    def holds(values: Values, record: Record) -> _Bits:
        return _where_so_many(count, (part(values, record) for part in parts), every)

    return holds


def _some(records: str, each: Callable[[Values, Sequence[Record]], list[_Bits]], at_least: int, every: _Bits) -> _Holds:
    def holds(values: Values, record: Record) -> _Bits:
        listed = values[records]
        assert isinstance(listed, tuple)
        return _where_so_many(at_least, each(values, listed), every)

    return holds


def _where_so_many(count: int, found: Iterable[_Bits], every: _Bits) -> _Bits:
    """Under which alterations at least so many hold of what is found."""
    so_many = [every] + [0] * count
    """By number: where at least so many of those that were looked at hold."""
    for bits in found:
        for number in range(count, 0, -1):
            so_many[number] |= so_many[number - 1] & bits
    return so_many[count]


def _alterations(rule: Rule, key: str) -> Iterable[str]:
    for formula in conditions_of(rule):
        for one in subformulas(formula):
            match one:
                case OneOf(Input(name), values) if name == key:
                    yield from map(str, values)
