"""Evaluation: the definition of what formulas mean, in strong Kleene logic.

A formula is compiled into a function of the values of a case. Its result is True, False or None (open).
It is cautious, never wrong: where it says True or False every completion of the case agrees; it may say None
although they all agree (`lawmodel.reasoning.open_cases.certain_answers` settles that).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, assert_never

from lawmodel.inputs import DayBounds
from lawmodel.reasoning.formula import (
    NO_DAY,
    All,
    Any,
    AtLeast,
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
    ResolvedQuestion,
    Same,
    Scalar,
    SomeRecord,
    Spaced,
    Term,
    Value,
    reading_key,
)
from lawmodel.time_spans import moved_by

Truth: TypeAlias = bool | None
Values: TypeAlias = Mapping[str, Value]
Meaning: TypeAlias = Callable[[Values, Record], Truth]
Reader: TypeAlias = Callable[[Values, Record], "Value"]

Supports: TypeAlias = dict[str, dict[str, Truth]]
"""Of each outcome: the provisions that speak for it (True), or may (None)."""

NO_RECORD: Record = {}


def conjunction(truths: Iterable[Truth]) -> Truth:
    """True if all are; false if some one is; else open."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def disjunction(truths: Iterable[Truth]) -> Truth:
    """True if some one is; false if all are; else open."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def threshold(count: int, truths: Iterable[Truth]) -> Truth:
    """True if at least so many are; false if, with all that are open, there would be fewer; else open."""
    known = possible = 0
    for truth in truths:
        known += truth is True
        possible += truth is not False
    return True if known >= count else None if possible >= count else False


def negation(truth: Truth) -> Truth:
    """Open stays open."""
    return None if truth is None else not truth


def agreement(truths: Iterable[Truth]) -> Truth:
    """What all agree on; else open."""
    found = set(truths)
    return found.pop() if len(found) == 1 else None


def compare(left: Value, right: Value, strict: bool) -> Truth:
    """``left <= right``, or ``<``; what never happened is neither before nor after a day."""
    if left == NO_DAY or right == NO_DAY:
        return False
    if left is None or right is None:
        return None
    return left < right if strict else left <= right  # type: ignore[operator]


def compare_spaced(atom: Spaced, left: Value, right: Value) -> Truth:
    """The truth of a comparison of which one side is moved, of the days on its sides."""
    if atom.moves_left:
        left = moved_by(left, atom.spans) if isinstance(left, int) else left
    else:
        right = moved_by(right, atom.spans) if isinstance(right, int) else right
    return compare(left, right, atom.strict)


def compare_bounded(left: Value | DayBounds, right: Value | DayBounds, strict: bool) -> Truth:
    """As `compare`, where of a day that is not known it may be known between which others it is."""
    (earliest, latest), (since, until) = _ends(left), _ends(right)
    always, ever = compare(latest, since, strict), compare(earliest, until, strict)
    return always if always == ever else None


def compare_spaced_bounded(atom: Spaced, left: Value | DayBounds, right: Value | DayBounds) -> Truth:
    """As `compare_spaced`, likewise: what is later is not moved to an earlier day."""
    (earliest, latest), (since, until) = _ends(left), _ends(right)
    always, ever = compare_spaced(atom, latest, since), compare_spaced(atom, earliest, until)
    return always if always == ever else None


def one_of_bounded(bounds: DayBounds, accepted: frozenset[Scalar]) -> Truth:
    """Whether a day between others is one of some days."""
    within = [day for day in accepted if isinstance(day, int) and bounds.first <= day <= bounds.last]
    return False if not within else True if len(within) == bounds.last - bounds.first + 1 else None


def _ends(value: Value | DayBounds) -> tuple[Value, Value]:
    return (value.first, value.last) if isinstance(value, DayBounds) else (value, value)


def read(term: Term) -> Reader:
    """How to look a term up."""
    match term:
        case Input(key):
            return lambda values, record: values[key]
        case Field(_, name):
            return lambda values, record: record[name]
        case Fixed(value):
            return lambda values, record: value
        case _:
            assert_never(term)


def meaning(formula: Formula, known: dict[int, Meaning] | None = None) -> Meaning:
    """The function from the values of a case (and the record at hand) to the truth of a formula.

    ``known`` holds the functions of formulas by their identity: one that is used twice is compiled once. Whoever gives
    it keeps these formulas alive; it can then be given again.
    """
    known = {} if known is None else known
    found = known.get(id(formula))
    if found is None:
        found = known[id(formula)] = _compiled(formula, known)
    return found


def _compiled(formula: Formula, known: dict[int, Meaning]) -> Meaning:
    match formula:  # the most frequent first
        case All(parts):
            return _all([meaning(part, known) for part in parts])
        case OneOf(term, accepted):
            look = read(term)

            def one_of(values: Values, record: Record) -> Truth:
                value = look(values, record)
                return None if value is None else value in accepted

            return one_of
        case Ordered(left, right, strict):
            look_left, look_right = read(left), read(right)
            return lambda values, record: compare(look_left(values, record), look_right(values, record), strict)
        case Choose(reading, branches):
            return _choose(reading_key(reading), {option: meaning(branch, known) for option, branch in branches})
        case Named(_, _, body):
            return meaning(body, known)
        case Not(part):
            inner = meaning(part, known)
            return lambda values, record: negation(inner(values, record))
        case Any(parts):
            return _any([meaning(part, known) for part in parts])
        case Constant(value):
            return lambda values, record: value
        case SomeRecord(records, such_that, at_least):
            return _some(records, meaning(such_that, known), at_least)
        case AtLeast(count, parts):
            return _at_least(count, [meaning(part, known) for part in parts])
        case Same(left, right):
            look_left, look_right = read(left), read(right)

            def same(values: Values, record: Record) -> Truth:
                a, b = look_left(values, record), look_right(values, record)
                return None if a is None or b is None else a == b

            return same
        case Spaced(left, right):
            look_left, look_right = read(left), read(right)
            return lambda values, record: compare_spaced(formula, look_left(values, record), look_right(values, record))
        case _:
            assert_never(formula)


# `_all`, `_any` and `_some_one` are `conjunction` and `disjunction` over parts that are worked out one by one; they are
# written as loops, because generators make the whole evaluation take twice as long.


def _all(parts: list[Meaning]) -> Meaning:
    def holds(values: Values, record: Record) -> Truth:
        result: Truth = True
        for part in parts:
            truth = part(values, record)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return holds


def _any(parts: list[Meaning]) -> Meaning:
    def holds(values: Values, record: Record) -> Truth:
        result: Truth = False
        for part in parts:
            truth = part(values, record)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    return holds


def _at_least(count: int, parts: list[Meaning]) -> Meaning:
    return lambda values, record: threshold(count, (part(values, record) for part in parts))


def _some(records: str, such_that: Meaning, at_least: int) -> Meaning:
    if at_least == 1:
        return _some_one(records, such_that)

    def holds(values: Values, record: Record) -> Truth:
        listed = values[records]
        if listed is None:
            return None
        assert isinstance(listed, tuple)
        return threshold(at_least, (such_that(values, one) for one in listed))

    return holds


def _some_one(records: str, such_that: Meaning) -> Meaning:
    def holds(values: Values, record: Record) -> Truth:
        listed = values[records]
        if listed is None:
            return None
        assert isinstance(listed, tuple)
        result: Truth = False
        for one in listed:
            truth = such_that(values, one)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    return holds


def _choose(key: str, branches: Mapping[str, Meaning]) -> Meaning:
    def holds(values: Values, record: Record) -> Truth:
        option = values[key]
        if option is None:
            return agreement(branch(values, record) for branch in branches.values())
        return branches[option](values, record)  # type: ignore[index]

    return holds


class Evaluation:
    """A question, compiled once, to be evaluated on any number of cases."""

    def __init__(self, question: ResolvedQuestion, like: Evaluation | None = None) -> None:
        """``like`` is of another question, with which it shares formulas: these are compiled already."""
        self.question = question
        self.like = like
        self.known: dict[int, Meaning] = {} if like is None else {**like.known}
        """The functions of the formulas of both questions, by identity; these are kept here, and so stay the same."""
        self._applies = [meaning(rule.applies, self.known) for rule in question.rules]
        self._concludes = [
            [(outcome, meaning(condition, self.known)) for outcome, condition in rule.concludes]
            for rule in question.rules
        ]
        self._speaking: dict[str, list[tuple[int, Meaning]]] = {outcome: [] for outcome in question.outcomes}
        """For each outcome the provisions that can speak for it, by their number, with the further condition."""
        for number, concludes in enumerate(self._concludes):
            for outcome, condition in concludes:
                self._speaking[outcome].append((number, condition))

    def applies(self, values: Values) -> dict[str, Truth]:
        """Whether each provision applies, by id."""
        return {
            rule.id: applies(values, NO_RECORD)
            for rule, applies in zip(self.question.rules, self._applies, strict=True)
        }

    def supports(self, values: Values) -> Supports:
        """For each outcome but the last: the provisions that speak for it, or may; those that don't are left out."""
        found: dict[str, dict[str, Truth]] = {outcome: {} for outcome in self.question.outcomes}
        for rule, applies, concludes in zip(self.question.rules, self._applies, self._concludes, strict=True):
            truth = applies(values, NO_RECORD)
            if truth is False:
                continue
            for outcome, condition in concludes:
                speaks = conjunction((truth, condition(values, NO_RECORD)))
                if speaks is not False:
                    found[outcome][rule.id] = speaks
        return found

    def speaks(self, number: int, values: Values) -> tuple[Truth, ...]:
        """Whether one provision, by its number, speaks for each of the outcomes that it concludes."""
        truth = self._applies[number](values, NO_RECORD)
        if truth is False:
            return (False,) * len(self._concludes[number])
        return tuple([conjunction((truth, condition(values, NO_RECORD))) for _, condition in self._concludes[number]])

    def outcome(self, values: Values) -> str | None:
        """The strongest outcome for which a provision speaks; None where it is open.

        It is what `strongest` finds in `supports`; provisions are looked at only as far as it takes to know it.
        """
        applies: dict[int, Truth] = {}
        for outcome in self.question.outcomes[:-1]:
            may_be = False
            for number, condition in self._speaking[outcome]:
                if number not in applies:
                    applies[number] = self._applies[number](values, NO_RECORD)
                truth = applies[number]
                speaks = truth if truth is False else conjunction((truth, condition(values, NO_RECORD)))
                if speaks:
                    return outcome
                may_be |= speaks is None
            if may_be:
                return None
        return self.question.outcomes[-1]

    def strongest(self, supports: Supports) -> str | None:
        """The outcome that follows from what `supports` has found; None where it is open."""
        for outcome in self.question.outcomes[:-1]:
            truth = disjunction(supports[outcome].values())
            if truth is not False:
                return outcome if truth else None
        return self.question.outcomes[-1]
