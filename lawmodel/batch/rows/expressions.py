"""The conditions of a question as Ibis expressions: for those whose tables live in a database, or outgrow one machine.

The three truths of strong Kleene logic are those of SQL: NULL is open. What several conditions share is a column of its
own, worked out once, in as many steps as they are deep. The answers are those of `lawmodel.batch.rows.verdicts`; rows
that are left open (outcome NULL) are for the exact engine.

Columns have the types of a Parquet table: booleans, texts, whole numbers, dates (with words beside them), and arrays of
structs. Arrays need a backend that can map their elements, and find the largest: DuckDB, Spark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, Final, assert_never

import ibis

from lawmodel.batch.rows.moved_days import MOVED, worked_out
from lawmodel.batch.rows.plan import Plan, atoms_in, direct_parts
from lawmodel.batch.tables.columns import EPOCH, WORD
from lawmodel.case.values import ABOVE_EVERY_NUMBER, SPECIAL_DAYS, UNKNOWN
from lawmodel.inputs import NO_DAY, Scalar
from lawmodel.reasoning.formula import (
    All,
    AtLeast,
    Atom,
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
    Same,
    SomeRecord,
    Spaced,
    Term,
)
from lawmodel.reasoning.formula import Any as AnyOf
from lawmodel.rulebook.model import Fact
from lawmodel.time_spans import LARGER, Measure, Spans

OUTCOME: Final = "outcome"
GROUNDS: Final = "grounds_bits"
"""A bit for each provision that speaks for the outcome, in the order of `rules_of`."""
MOST_RULES: Final = 62
_INPUT, _PART, _SPEAKS = "input ", "part ", "speaks "
_FALSE, _OPEN, _TRUE = 0, 1, 2


def settled(plan: Plan, table: Any) -> Any:
    """A table (of Ibis) with outcome and grounds of every row; both NULL where Kleene logic leaves one of them open.

    Raises:
        ValueError: more provisions speak for one outcome than a number has bits.
    """
    rules = [[one for one in plan.speaks if one.outcome == number] for number in range(len(plan.outcomes))]
    if max(map(len, rules)) > MOST_RULES:
        raise ValueError(f"{plan.asked.question}: more than {MOST_RULES} provisions speak for one outcome")
    columns = _Columns(plan, table)
    told = columns.staged()
    speaks = {id(one): told[f"{_SPEAKS}{number}"] for number, one in enumerate(plan.speaks)}
    outcome: list[tuple[Any, Any]] = []
    grounds: list[tuple[Any, Any]] = []
    for number, speaking in enumerate(rules):
        zero = ibis.literal(0, type="int64")
        # A sum with NULL in it is NULL: so it is known only where each of them is.
        bits = sum((speaks[id(one)].cast("int64") * (1 << bit) for bit, one in enumerate(speaking)), zero)
        here = bits.isnull() | (bits > 0)
        if number + 1 == len(rules):
            here = ibis.literal(True)
        outcome.append((here, ibis.ifelse(bits.isnull(), ibis.null("string"), plan.outcomes[number])))
        grounds.append((here, bits))
    kept = list(table.columns)
    return told.select(*kept, **{OUTCOME: ibis.cases(*outcome), GROUNDS: ibis.cases(*grounds)})


def rules_of(plan: Plan, outcome: str, bits: int) -> tuple[str, ...]:
    """The provisions that the bits of an outcome stand for."""
    rules = [one.rule for one in plan.speaks if plan.outcomes[one.outcome] == outcome]
    return tuple(rule for bit, rule in enumerate(rules) if bits >> bit & 1)


class _Columns:
    def __init__(self, plan: Plan, table: Any) -> None:
        self.plan = plan
        self.table = table
        self._uses: Counter[int] = Counter()
        self._heights: dict[int, int] = {}
        self._parts: dict[int, Formula] = {}
        self._moved: dict[tuple[Input | Field, Spans], str] = {}
        """By the day that is moved: the name of the column, or of the field, that it is moved to."""
        for one in plan.speaks:
            self._note(one.condition)

    def _note(self, formula: Formula) -> int:
        """How deep a formula is; counts how often each one is used."""
        self._uses[id(formula)] += 1
        if id(formula) not in self._heights:
            height = 1 + max((self._note(part) for part in direct_parts(formula)), default=0)
            self._heights[id(formula)] = height
            self._parts[id(formula)] = formula
        return self._heights[id(formula)]

    def staged(self) -> Any:
        """The table with the inputs as numbers, then what is shared, the least deep first, then who speaks."""
        facts = self.plan.asked.rulebook.facts
        inputs = {_INPUT + path: _encoded(facts[path], self.table, path) for path in self.plan.singles}
        for path, fields in self.plan.lists.items():
            inputs[_INPUT + path] = _records(facts[path], self.table[path], fields)
        self.table = self.table.mutate(**inputs)
        self._work_out_moved_days()
        shared = [key for key, uses in self._uses.items() if uses > 1 and self._heights[key] > 1]
        self._known: dict[int, str] = {}
        for height in sorted({self._heights[key] for key in shared}):
            here = [key for key in shared if self._heights[key] == height]
            made = {f"{_PART}{key}": self.truth(self._parts[key]) for key in here}
            self.table = self.table.mutate(**made)
            self._known |= {key: f"{_PART}{key}" for key in here}
        speaks = {f"{_SPEAKS}{n}": self.truth(one.condition) for n, one in enumerate(self.plan.speaks)}
        self.table = self.table.mutate(**speaks)
        return self.table

    def _work_out_moved_days(self) -> None:
        """A column, or a field of records, for each day that is moved, and for each step that this takes."""
        for atom, _ in atoms_in(one.condition for one in self.plan.speaks):
            if isinstance(atom, Spaced) and (term := atom.moved, atom.spans) not in self._moved:
                self._moved[term, atom.spans] = f"moved_{len(self._moved)}"
                self._work_out(term, atom.spans)

    def _work_out(self, term: Input | Field, spans: Spans) -> None:
        prefix, source = self._moved[term, spans], term.name if isinstance(term, Field) else _INPUT + term.key
        for number, span in enumerate(spans):
            names = {"day": source}
            for step, made in worked_out(span, ibis.ifelse):
                names[step] = prefix if step == MOVED and number + 1 == len(spans) else f"{prefix}_{number}_{step}"
                self._add(term, names, step, made)
            source = names[MOVED]

    def _add(self, term: Input | Field, names: Mapping[str, str], step: str, made: Callable[[Any], Any]) -> None:
        """Add what a step makes of those before it, if the day is known in some row."""
        table = self.table
        if isinstance(term, Input):
            if names["day"] in table.columns:
                at = {one: table[name] for one, name in names.items() if one != step}
                self.table = table.mutate(**{names[step]: made(at)})
            return

        def extended(record: Any) -> Any:
            at = {one: record[name] for one, name in names.items() if one != step}
            return ibis.struct({**{name: record[name] for name in record.type().names}, names[step]: made(at)})

        listed = _INPUT + term.records
        if listed in table.columns and names["day"] in table[listed].type().value_type.names:
            self.table = table.mutate(**{listed: table[listed].map(extended)})

    def truth(self, formula: Formula, record: Any = None) -> Any:
        """The expression of a formula, about a record of a list if there is one at hand."""
        if record is None and id(formula) in self._known:
            return self.table[self._known[id(formula)]]
        match formula:
            case Constant(value):
                return ibis.literal(value)
            case Named(_, _, body):
                return self.truth(body, record)
            case Not(part):
                return ~self.truth(part, record)
            case All(parts):
                return reduce(and_, (self.truth(part, record) for part in parts))
            case AnyOf(parts):
                return reduce(or_, (self.truth(part, record) for part in parts))
            case Choose(_, branches):
                found = [self.truth(branch, record) for _, branch in branches]
                return reduce(and_, found) | (reduce(or_, found) & ibis.null("boolean"))
            case AtLeast(count, parts):
                found = [self.truth(part, record) for part in parts]
                zero = ibis.literal(0, type="int64")
                return _threshold(count, sum(map(_certain, found), zero), sum(map(_possible, found), zero))
            case SomeRecord(records, such_that, at_least):
                return self._some(records, such_that, at_least)
            case OneOf() | Same() | Ordered() | Spaced():
                return self._compared(formula, record)
            case _:
                assert_never(formula)

    def _some(self, records: str, such_that: Formula, at_least: int) -> Any:
        name = _INPUT + records
        if name not in self.table.columns:
            return ibis.null("boolean")
        listed = self.table[name]

        if at_least > 1:
            certain = listed.map(lambda one: _certain(self.truth(such_that, one))).sums()
            possible = listed.map(lambda one: _possible(self.truth(such_that, one))).sums()
            return ibis.cases(
                (listed.isnull(), ibis.null("boolean")),
                (listed.length() == 0, ibis.literal(False)),
                else_=_threshold(at_least, certain, possible),
            )

        def of_one(one: Any) -> Any:
            truth = self.truth(such_that, one)
            # Not `isnull`: `x IN (…) IS NULL`, as Ibis writes it, is no SQL of Spark.
            return ibis.cases((truth, _TRUE), (~truth, _FALSE), else_=_OPEN)

        most = listed.map(of_one).maxs()
        return ibis.cases(
            (listed.isnull(), ibis.null("boolean")),
            (listed.length() == 0, ibis.literal(False)),
            (most == _OPEN, ibis.null("boolean")),
            else_=most == _TRUE,
        )

    def _compared(self, atom: Atom, record: Any) -> Any:
        match atom:
            case OneOf(term, values):
                side = self._side(term, record)
                return ibis.null("boolean") if side is None else side.isin(sorted(values, key=str))
            case Same(left, right):
                one, other = self._side(left, record), self._side(right, record)
                return ibis.null("boolean") if one is None or other is None else one == other
            case Ordered(left, right, strict, of_days):
                sides = [self._side(left, record), self._side(right, record)]
                if any(isinstance(term, Fixed) and term.value == NO_DAY and of_days for term in (left, right)):
                    return ibis.literal(False)
                return _in_order(sides, strict, of_days)
            case Spaced(left, right, spans, moves_left, strict):
                sides = [self._side(left, record), self._side(right, record)]
                moving = 0 if moves_left else 1
                if sides[moving] is not None:
                    known = self.table if isinstance(atom.moved, Input) else record
                    sides[moving] = known[self._moved[atom.moved, spans]]
                return _in_order(sides, strict, of_days=True)
            case _:
                assert_never(atom)

    def _side(self, term: Term, record: Any) -> Any:
        """An expression; None where it is open in every row."""
        match term:
            case Fixed(value):
                return ibis.literal(value, type="int64")
            case Field(_, name):
                return record[name] if name in record.type().names else None
            case Input(key):
                return self.table[_INPUT + key] if key in self.plan.singles else None
            case _:
                assert_never(term)


def _in_order(sides: Sequence[Any], strict: bool, of_days: bool) -> Any:
    """An order of two expressions (None: open in every row), neither of which must be a day that never was."""
    first, then = sides
    never = [side == NO_DAY for side in sides if side is not None] if of_days else []
    if first is None or then is None:
        return reduce(lambda found, one: found & ~one, never, ibis.null("boolean"))
    holds = first < then if strict else first <= then
    return reduce(lambda found, one: found & ~one, never, holds)


def _certain(truth: Any) -> Any:
    """1 where it is true, else 0."""
    return ibis.cases((truth, 1), else_=0).cast("int64")


def _possible(truth: Any) -> Any:
    """0 where it is false, else 1."""
    return ibis.cases((~truth, 0), else_=1).cast("int64")


def _threshold(count: int, certain: Any, possible: Any) -> Any:
    return ibis.cases(
        (certain >= count, ibis.literal(True)), (possible >= count, ibis.null("boolean")), else_=ibis.literal(False)
    )


def _records(fact: Fact, array: Any, fields: Sequence[str]) -> Any:
    """An array of records with the fields that are read, as the engines hold them."""
    known: Mapping[str, Fact] = {field.id: field for field in fact.of}

    def encoded(record: Any) -> Any:
        names = record.type().names
        sides = {name: record[name] for name in names}
        return ibis.struct({name: _held(known[name], sides, name) for name in fields})

    return array.map(encoded) if fields else array


def _encoded(fact: Fact, table: Any, path: str) -> Any:
    return _held(fact, {name: table[name] for name in (path, path + WORD) if name in table.columns}, path)


def _held(fact: Fact, sides: Mapping[str, Any], name: str) -> Any:
    """A value as `lawmodel.inputs` says that it is held."""
    value = sides[name]
    match fact.sort:
        case "date":
            days = _day(fact, value)
            if name + WORD in sides:
                days = ibis.coalesce(_day(fact, sides[name + WORD]), days)
            return days
        case "choice":
            return value.nullif(UNKNOWN)
        case "number":
            return _number(fact, value)
        case "yes/no" | "records":
            return value
        case _:
            assert_never(fact.sort)


def _number(fact: Fact, value: Any) -> Any:
    if not value.type().is_string():
        return value.cast("int64")
    number = value.nullif("").nullif(UNKNOWN)
    for word in fact.words:
        number = number.nullif(word)
    said = [(value == word, ibis.literal(ABOVE_EVERY_NUMBER, type="int64")) for word in fact.words]
    whole = number.cast("int64") if fact.unit is None else _months_or_days(number, fact.unit)
    return ibis.cases(*said, else_=whole) if said else whole


def _months_or_days(text: Any, unit: Measure) -> Any:
    """How long a span is that is written `12 months`, or `1 year 6 months`."""
    smaller, (larger, size) = unit.removesuffix("s"), LARGER[unit]
    form = rf"^([0-9]+) ({larger}|{smaller})s?(?: ([0-9]+) {smaller}s?)?$"
    many, named, more = (text.re_extract(form, group).nullif("") for group in (1, 2, 3))
    return many.cast("int64") * ibis.ifelse(named == larger, size, 1) + ibis.coalesce(more.cast("int64"), 0)


def _day(fact: Fact, value: Any) -> Any:
    if not value.type().is_string():
        return value.cast("date").epoch_days().cast("int64") + EPOCH
    words: dict[str, Scalar] = {word: SPECIAL_DAYS[meaning.means] for word, meaning in fact.words.items()}
    day = value.nullif("").nullif(UNKNOWN)
    for word in words:
        day = day.nullif(word)
    ordinal = day.cast("date").epoch_days().cast("int64") + EPOCH
    said = [(value == word, ibis.literal(number, type="int64")) for word, number in words.items()]
    return ibis.cases(*said, else_=ordinal) if said else ordinal
