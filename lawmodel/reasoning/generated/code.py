"""Circuits as functions of Python: syntax trees, compiled; never text, least of all of a rulebook.

A gate that is used more than once becomes a local variable, worked out where it is first needed, so that a function
which returns early has done no more than it had to. A list of records becomes a loop.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, TypeAlias, assert_never

from lawmodel.reasoning.formula import Field, Fixed, Input, Scalar, Term, Value
from lawmodel.reasoning.generated.gates import (
    And,
    Before,
    Circuit,
    CountGate,
    Equal,
    Exists,
    Gate,
    IsOneOf,
    Known,
    Negation,
    Number,
    Or,
    Select,
    Truth,
    parts_of,
)
from lawmodel.time_spans import Spans, moved_by

Loaded: TypeAlias = tuple[Any, ...]
"""The values of a case as a generated function takes them: see `Layout`."""
MOST_NESTED: Final = 20
"""So many gates stand inside one another in one expression: Python's compiler goes through them by recursion."""


class Layout:
    """Which values of a case a generated function takes, in which order.

    A list of records becomes a tuple of tuples (or None), each with the fields that occur.
    """

    def __init__(self, circuits: Iterable[Circuit]) -> None:
        inputs: dict[str, None] = {}
        fields: dict[str, dict[str, None]] = {}
        for circuit in circuits:
            for gate in circuit.gates:
                match gate:
                    case Exists(records):
                        fields.setdefault(records, {})
                    case Select(key, _, _):
                        inputs[key] = None
                for term in terms_of(gate):
                    match term:
                        case Input(key):
                            inputs[key] = None
                        case Field(records, name):
                            fields.setdefault(records, {})[name] = None
                        case Fixed():
                            pass
                        case _:
                            assert_never(term)
        self.keys = (*(key for key in inputs if key not in fields), *fields)
        self.fields = {records: tuple(names) for records, names in fields.items()}
        self._single = len(self.keys) - len(self.fields)
        self._read = _reader(self.keys)
        self._readers = [_reader(names) for names in self.fields.values()]

    def load(self, values: Mapping[str, Value]) -> tuple[Loaded, bool]:
        """The values of a case in order, and whether all are known. Linear in the values that occur."""
        found = self._read(values)
        complete = None not in found
        if not self.fields:
            return found, complete
        loaded = list(found)
        for place, read in enumerate(self._readers, self._single):
            records = loaded[place]
            if records is not None:
                loaded[place] = listed = [read(record) for record in records]
                if complete:
                    for record in listed:
                        if None in record:
                            complete = False
                            break
        return tuple(loaded), complete


def _reader(keys: tuple[str, ...]) -> Callable[[Mapping[str, Any]], Loaded]:
    """`itemgetter`, whatever the number of keys."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda values: tuple(values[key] for key in keys)


def terms_of(gate: Gate) -> tuple[Term, ...]:
    """What a gate compares."""
    match gate:
        case Known(term) | IsOneOf(term, _):
            return (term,)
        case Equal(left, right) | Before(left, right):
            return (left, right)
        case Truth() | And() | Or() | CountGate() | Negation() | Exists() | Select():
            return ()
        case _:
            assert_never(gate)


class CodeWriter:
    """Writes a function over the gates of a circuit, statement by statement."""

    def __init__(self, circuit: Circuit, layout: Layout, roots: Iterable[Number]) -> None:
        self._gates = circuit.gates
        self._layout = layout
        self._variables: dict[Term, str] = {Input(key): f"input_{number}" for number, key in enumerate(layout.keys)}
        self._in_record = _in_record(circuit.gates)
        self._complete = circuit.complete
        self._shared = self._worth_a_name(roots)
        self._names: dict[Number, str] = {}
        self._spans: dict[Spans, str] = {}
        """What spans are called in the function."""
        self._statements: list[ast.stmt] = [_assigned_each([*self._variables.values()], _name("loaded"))]

    def add(self, *statements: ast.stmt) -> None:
        """Put statements at the end of the function."""
        self._statements += statements

    def expression(self, root: Number) -> ast.expr:
        """The truth of a gate; what it shares with others is worked out first, by statements at the end."""
        for number in sorted(self._needed(root)):
            match self._gates[number]:
                case Exists() as exists:
                    self.add(*self._loop(number, exists))
                case _ if number in self._shared and number not in self._in_record:
                    self.add(assigned(f"truth_{number}", self._expression(number)))
                case _:
                    continue
            self._names[number] = f"truth_{number}"
        return self._expression(root)

    def function(self) -> Callable[[Loaded], Any]:
        """The function that was written."""
        module = ast.parse("def generated(loaded): pass")
        [written] = module.body
        assert isinstance(written, ast.FunctionDef)
        written.body = self._statements
        found: dict[str, Any] = {moved_by.__name__: moved_by, **{name: one for one, name in self._spans.items()}}
        exec(compile(ast.fix_missing_locations(module), "<formulas>", "exec"), found)  # noqa: S102 - made of gates alone
        return found["generated"]  # type: ignore[no-any-return]

    def _needed(self, root: Number) -> set[Number]:
        """The gates below one that are not worked out yet."""
        reached: set[Number] = set()
        todo = [root]
        while todo:
            number = todo.pop()
            if number not in reached and number not in self._names:
                reached.add(number)
                todo += parts_of(self._gates[number])
        return reached

    def _worth_a_name(self, roots: Iterable[Number], within: frozenset[Number] | None = None) -> frozenset[Number]:
        """The gates that become variables: used more than once, or at the top of a deep expression.

        With ``within``, only those gates are looked at. Where values are not all known, an order is compared only
        behind the tests that they are, so it has no name.
        """
        used, reached, todo = Counter[Number](), set[Number](), [*roots]
        used.update(todo)
        while todo:
            number = todo.pop()
            if number not in reached and (within is None or number in within):
                reached.add(number)
                used.update(parts_of(self._gates[number]))
                todo += parts_of(self._gates[number])
        height: dict[Number, int] = {}
        found = set[Number]()
        for number in sorted(reached):
            gate = self._gates[number]
            height[number] = 1 + max((height.get(part, 0) for part in parts_of(gate)), default=0)
            if isinstance(gate, Truth) or (not self._complete and _is_order(self._gates, gate)):
                continue
            if height[number] > MOST_NESTED or used[number] > self._cheap(gate):
                found.add(number)
                height[number] = 0
        return frozenset(found)

    def _cheap(self, gate: Gate) -> int:
        """How often a gate is worked out in its place rather than once and for all, needed or not."""
        return sys.maxsize if _is_test_of_identity(self._gates, gate) else 1 if parts_of(gate) else 2

    def _loop(self, number: Number, exists: Exists) -> list[ast.stmt]:
        """Whether some record, or so many, have this."""
        records, such_that, at_least = exists.records, exists.such_that, exists.at_least
        variables: dict[Term, str] = {
            Field(records, name): f"field_{place}" for place, name in enumerate(self._layout.fields[records])
        }
        self._variables.update(variables)
        body: list[ast.stmt] = []
        here: list[Number] = []
        inside = frozenset(self._needed(such_that)) & self._in_record
        for inner in sorted(self._worth_a_name([such_that], inside)):
            body.append(assigned(f"truth_{inner}", self._expression(inner)))
            self._names[inner] = f"truth_{inner}"
            here.append(inner)
        found: list[ast.stmt] = [assigned(f"truth_{number}", ast.Constant(True)), ast.Break()]
        start: list[ast.stmt] = [assigned(f"truth_{number}", ast.Constant(False))]
        if at_least > 1:
            counter = f"count_{number}"
            start.append(assigned(counter, ast.Constant(0)))
            enough = _compared(_name(counter), ast.Eq(), ast.Constant(at_least))
            found = [
                assigned(counter, ast.BinOp(_name(counter), ast.Add(), ast.Constant(1))),
                ast.If(enough, found, []),
            ]
        body.append(ast.If(self._expression(such_that), found, []))
        for inner in here:  # another loop has a record of its own
            del self._names[inner]
        listed = ast.BoolOp(ast.Or(), [self._read(Input(records)), ast.Tuple([], ast.Load())])
        return [*start, ast.For(_targets([*variables.values()]), listed, body, [], None)]

    def _expression(self, number: Number) -> ast.expr:
        if number in self._names:
            return _name(self._names[number])
        match self._gates[number]:
            case Truth(value):
                return ast.Constant(value)
            case And(parts):
                return ast.BoolOp(ast.And(), [self._expression(part) for part in parts])
            case Or(parts):
                return ast.BoolOp(ast.Or(), [self._expression(part) for part in parts])
            case CountGate(at_least, parts):
                truths = ast.Tuple([self._expression(part) for part in parts], ast.Load())
                counted = ast.Call(_name("sum"), [truths], [])
                return _compared(counted, ast.GtE(), ast.Constant(at_least))
            case Negation(part):
                return negated(self._expression(part))
            case Select(key, branches, otherwise):
                chosen = self._expression(otherwise)
                for option, branch in reversed(branches):
                    test = _compared(self._read(Input(key)), ast.Eq(), ast.Constant(option))
                    chosen = ast.IfExp(test, self._expression(branch), chosen)
                return chosen
            case Known(term):
                return _compared(self._read(term), ast.IsNot(), ast.Constant(None))
            case IsOneOf(term, values):
                return _one_of(self._read(term), values)
            case Equal(left, right):
                return _compared(self._read(left), ast.Eq(), self._read(right))
            case Before(left, right, strict, spans, moves_left):
                first = self._moved(left, spans if moves_left else ())
                then = self._moved(right, () if moves_left else spans)
                return _compared(first, ast.Lt() if strict else ast.LtE(), then)
            case Exists():
                raise AssertionError("a loop is a statement")
            case gate:
                assert_never(gate)

    def _moved(self, term: Term, spans: Spans) -> ast.expr:
        if not spans:
            return self._read(term)
        name = self._spans.setdefault(spans, f"spans_{len(self._spans)}")
        return ast.Call(_name(moved_by.__name__), [self._read(term), _name(name)], [])

    def _read(self, term: Term) -> ast.expr:
        return ast.Constant(term.value) if isinstance(term, Fixed) else _name(self._variables[term])


def _in_record(gates: Sequence[Gate]) -> frozenset[Number]:
    """The gates that are about the record at hand."""
    found: set[Number] = set()
    for number, gate in enumerate(gates):
        fields = any(isinstance(term, Field) for term in terms_of(gate))
        if fields or (not isinstance(gate, Exists) and not found.isdisjoint(parts_of(gate))):
            found.add(number)
    return frozenset(found)


def _is_order(gates: Sequence[Gate], gate: Gate) -> bool:
    return isinstance(gate, Before) or (isinstance(gate, Negation) and isinstance(gates[gate.part], Before))


def _is_test_of_identity(gates: Sequence[Gate], gate: Gate) -> bool:
    """Whether it is no dearer than to look a variable up twice."""
    match gate:
        case Negation(part):
            return _is_test_of_identity(gates, gates[part])
        case IsOneOf(_, values):
            return len(values) == 1 and isinstance(next(iter(values)), bool | None)
        case _:
            return isinstance(gate, Known)


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _targets(names: Sequence[str]) -> ast.expr:
    return ast.Tuple([ast.Name(name, ast.Store()) for name in names], ast.Store())


def _assigned_each(names: Sequence[str], value: ast.expr) -> ast.stmt:
    return ast.Assign([_targets(names)], value)


def assigned(name: str, value: ast.expr) -> ast.stmt:
    """A statement that gives a variable its value."""
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _compared(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    return ast.Compare(left, [operator], [right])


def _one_of(value: ast.expr, values: frozenset[Scalar | None]) -> ast.expr:
    ordered: list[ast.expr] = [
        ast.Constant(one) for one in sorted(values, key=lambda one: (type(one).__name__, str(one)))
    ]
    if len(ordered) > 1:
        return _compared(value, ast.In(), ast.Set(ordered))
    [only] = values
    same: ast.cmpop = ast.Is() if only is None or isinstance(only, bool) else ast.Eq()
    return _compared(value, same, ordered[0])


_OPPOSITES: Final[tuple[tuple[type[ast.cmpop], type[ast.cmpop]], ...]] = (
    (ast.Is, ast.IsNot),
    (ast.In, ast.NotIn),
    (ast.Eq, ast.NotEq),
    (ast.Lt, ast.GtE),
    (ast.LtE, ast.Gt),
)
_OPPOSITE: Final = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}


def negated(value: ast.expr) -> ast.expr:
    """Not this; a comparison becomes its opposite."""
    if isinstance(value, ast.Compare):
        return ast.Compare(value.left, [_OPPOSITE[type(value.ops[0])]()], value.comparators)
    return ast.UnaryOp(ast.Not(), value)
