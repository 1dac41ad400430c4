"""Formulas as expressions of FEEL, the language of DMN.

FEEL's `and`, `or` and `not` are those of strong Kleene logic, and null is open; so are its functions `any` and `all`.
`=` and `some` are not: what is compared with null is guarded, and `any(for … return …)` stands for `some`. Engines part
over `null <= null`, so that it is not asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Final, Literal, TypeAlias, assert_never

from lawmodel.case.values import ABOVE_EVERY_NUMBER, SPECIAL_DAYS
from lawmodel.dataclass import dataclass
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, LAW_DATE, NO_DAY, Scalar, is_calendar_day
from lawmodel.reasoning.evaluation import agreement, compare
from lawmodel.reasoning.formula import (
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
    Same,
    SomeRecord,
    Spaced,
    Term,
    free_lists,
)
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.time_spans import Spans, TimeSpan
from lawmodel.verbs.export.dmn.names import WORD, FactNames, FeelNames

_IF, _OR, _AND, _COMPARED, _ALONE = range(5)
"""How tightly an expression holds together."""
_WIDTH: Final = 100
_BEFORE: Final = 'date("0000-01-01")'
_AFTER: Final = 'date("9999-12-31") + duration("P1D")'


Use: TypeAlias = tuple[Literal["fact", "decision", "entry"], str]
"""What an expression names: a fact, list or field by its path; a decision; an entry beside a condition on a record."""


@dataclass(frozen=True, slots=True)
class Feel:
    """An expression."""

    text: str
    binding: int = _ALONE
    uses: frozenset[Use] = frozenset()

    def named(self, kind: Literal["fact", "decision", "entry"]) -> set[str]:
        """What it names of one kind."""
        return {name for one, name in self.uses if one == kind}

    def within(self, binding: int) -> str:
        """The expression as a part of one that holds together so tightly."""
        return self.text if self.binding > binding or self.binding == _ALONE else f"({self.text})"


Truth: TypeAlias = Feel | bool
"""An expression, or what holds in every case, or in none."""


@dataclass(frozen=True, slots=True)
class ModelDecision:
    """A decision of the model."""

    name: str
    kind: str
    """``concept``, ``provision``, or another kind of `Named`; ``rule`` for what a provision concludes; ``answer``."""
    id: str
    value: Feel


@dataclass(slots=True)
class _Scope:
    """What stands beside a condition on a record: the entries of a context that is made for each record."""

    names: FeelNames
    outer: _Scope | None
    entries: list[tuple[str, Feel]] = field(default_factory=list)
    known: dict[int, Truth] = field(default_factory=dict)
    record: dict[str, str] = field(default_factory=dict)
    """The name of the record at hand, by its list."""


class FeelLaw:
    """The conditions of a question in FEEL: a decision for each part of the law that has a name."""

    def __init__(
        self,
        rulebook: Rulebook,
        readings: Mapping[str, str | None],
        on: datetime.date | None,
        names: FeelNames,
    ) -> None:
        """Take readings as they are settled (None: open), and the law of one day, or of the day of each case."""
        self.rulebook = rulebook
        self.decisions: dict[str, ModelDecision] = {}
        """In an order in which each uses only those before it."""
        self.facts = FactNames(rulebook, names)
        self._names = names
        self._readings = readings
        self._law_day: Term = Input(rulebook.law_date) if on is None else Fixed(on.toordinal())
        self._known: dict[int, Truth] = {}
        self._same: dict[tuple[str, str, str], Feel] = {}

    def decide(self, kind: str, name: str, wanted: str, value: Feel) -> Feel:
        """Add a decision, and give the expression by which others use it."""
        made = ModelDecision(self._names.give(wanted), kind, name, value)
        self.decisions[made.name] = made
        return Feel(made.name, uses=frozenset({("decision", made.name)}))

    def truth(self, formula: Formula, scope: _Scope | None = None) -> Truth:
        """The expression of a formula; about a record, within the conditions on it."""
        match formula:
            case Constant(value):
                return value
            case Named():
                return self._named(formula, scope)
            case Not(part):
                return negation(self.truth(part, scope))
            case All(parts):
                return conjunction([self.truth(part, scope) for part in parts])
            case Any(parts):
                return disjunction([self.truth(part, scope) for part in parts])
            case AtLeast(count, parts):
                return _at_least(count, [self.truth(part, scope) for part in parts])
            case Choose(reading, branches):
                option = self._readings[reading]
                if option is not None:
                    return self.truth(dict(branches)[option], scope)
                return _agreed([self.truth(branch, scope) for _, branch in branches])
            case SomeRecord():
                return self._some(formula, scope)
            case OneOf(term, values):
                return self._one_of(self._looked_up(term), values, scope)
            case Same(left, right):
                one, other = self._value(left, scope), self._value(right, scope)
                said = f"if {one.text} = null or {other.text} = null then null else {one.text} = {other.text}"
                return Feel(said, _IF, one.uses | other.uses)
            case Ordered(left, right, strict, of_days):
                return self._ordered(left, right, strict, of_days, scope)
            case Spaced(left, right, spans, moves_left, strict):
                moved = (spans, ()) if moves_left else ((), spans)
                return self._ordered(left, right, strict, True, scope, moved)
            case _:
                assert_never(formula)

    # --- parts with a name, and records -------------------------------------------------------------------

    def _named(self, named: Named, scope: _Scope | None) -> Truth:
        """The value of a decision of its own; of what is about a record, of an entry beside the condition on it."""
        if scope is not None and free_lists(named):
            return self._entry(named, scope)
        if (known := self._known.get(id(named.body))) is None:
            known = self.truth(named.body)
            if isinstance(known, Feel):
                place = named.kind, named.id, known.text
                if place not in self._same:
                    wanted = wanted_name(named.kind, named.id)
                    self._same[place] = self.decide(named.kind, named.id, wanted, known)
                known = self._same[place]
            self._known[id(named.body)] = known
        return known

    def _entry(self, named: Named, scope: _Scope) -> Truth:
        one: _Scope | None = scope
        while one is not None:
            if (known := one.known.get(id(named.body))) is not None:
                return known
            one = one.outer
        found = self.truth(named.body, scope)
        if isinstance(found, Feel):
            name = scope.names.give(wanted_name(named.kind, named.id))
            scope.entries.append((name, found))
            found = Feel(name, uses=frozenset({("entry", name)}))
        scope.known[id(named.body)] = found
        return found

    def _some(self, some: SomeRecord, outer: _Scope | None) -> Truth:
        record = self._names.give(f"one_of_{some.records.replace('.', '_')}")
        names = FeelNames(set(self._names.taken) if outer is None else set(outer.names.taken))
        scope = _Scope(names, outer, record={**(outer.record if outer else {}), some.records: record})
        listed = self.facts.expression(some.records)
        found = self.truth(some.such_that, scope)
        self._names.taken.discard(record)  # it is a name only within this condition
        uses = frozenset[Use]({("fact", some.records)})
        if isinstance(found, bool):
            known = f"count({listed}) >= {some.at_least}" if found else "false"
            return Feel(f"if {listed} = null then null else {known}", _IF, uses)
        found = _beside(scope.entries, found)
        each = f"for {record} in {listed} return {found.text}"
        held = f"any({each})" if some.at_least == 1 else _counted(each, some.at_least)
        return Feel(f"if {listed} = null then null else {held}", _IF, uses | found.uses)

    # --- comparisons --------------------------------------------------------------------------------------

    def _looked_up(self, term: Term) -> Term:
        return self._law_day if isinstance(term, Input) and term.key == LAW_DATE else term

    def _fact(self, term: Input | Field) -> Fact:
        return self.rulebook.fact(term.key if isinstance(term, Input) else f"{term.records}.{term.name}")

    def _value(self, term: Input | Field, scope: _Scope | None) -> Feel:
        """The fact as it was given."""
        if isinstance(term, Input):
            return Feel(self.facts.expression(term.key), uses=frozenset({("fact", term.key)}))
        assert scope is not None
        name = self.facts.fields[term.records][term.name]
        uses = frozenset[Use]({("fact", f"{term.records}.{term.name}")})
        return Feel(f"{scope.record[term.records]}.{name}", uses=uses)

    def _one_of(self, term: Term, values: frozenset[Scalar], scope: _Scope | None) -> Truth:
        if isinstance(term, Fixed):
            return term.value in values
        fact, given = self._fact(term), self._value(term, scope)
        value = given.text
        if fact.sort == "yes/no" and len(values) == 1:
            return given if True in values else negation(given)
        words = _words_of(fact)
        plain = sorted({_literal(fact, one) for one in values if one not in words.values()})
        known = "true" if fact.sort == "yes/no" and values else _member(value, plain)
        unless_known = f"if {value} = null then null else {known}"
        if not words:
            return Feel(unless_known, _IF, given.uses)
        said = _member(value + WORD, [as_text(word) for word, meant in words.items() if meant in values])
        return Feel(f"if {value}{WORD} != null then {said} else {unless_known}", _IF, given.uses)

    def _ordered(
        self,
        left: Term,
        right: Term,
        strict: bool,
        of_days: bool,
        scope: _Scope | None,
        moved: tuple[Spans, Spans] = ((), ()),
    ) -> Truth:
        sides = self._looked_up(left), self._looked_up(right)
        one, other = sides
        if isinstance(one, Fixed) and isinstance(other, Fixed) and not any(moved):
            truth = compare(one.value, other.value, strict)
            assert truth is not None
            return truth
        if of_days and any(isinstance(side, Fixed) and side.value == NO_DAY for side in sides):
            return False
        never: list[str] = []
        first, then = (self._side(side, spans, of_days, scope, never) for side, spans in zip(sides, moved, strict=True))
        first_said, then_said = first.within(_COMPARED), then.within(_COMPARED)
        compared = Feel(f"{first_said} {'<' if strict else '<='} {then_said}", _COMPARED)
        if not strict and not any(isinstance(side, Fixed) for side in sides):
            compared = Feel(f"not({then_said} < {first_said})")
        uses = first.uses | then.uses
        if never:
            return Feel(f"if {' or '.join(never)} then false else {compared.text}", _IF, uses)
        return Feel(compared.text, compared.binding, uses)

    def _side(self, term: Term, spans: Spans, of_days: bool, scope: _Scope | None, never: list[str]) -> Feel:
        """A day or a number; adds to ``never`` how it is said that there is no such day."""
        if isinstance(term, Fixed):
            return _fixed(term.value, spans) if of_days else Feel(str(term.value))
        fact, given = self._fact(term), self._value(term, scope)
        found = _moved(given, spans)
        for word, meant in reversed(_words_of(fact).items()):
            said = f"{given.text}{WORD} = {as_text(word)}"
            if of_days and meant == NO_DAY:
                never.append(said)
            else:
                special = _special_day(meant) if of_days else str(meant)
                found = Feel(f"if {said} then {special} else {found.text}", _IF, given.uses)
        return found


def wanted_name(kind: str, name: str) -> str:
    """What the decision of a named part of the law would be called, as a statement."""
    endings = {
        "law": "_is_law",
        "repeal": "_supersedes",
        "in-force": "_in_force",
        "exception": "_has_exception",
        "provision": "_applies",
    }
    return name + endings.get(kind, "")


# --- truths -------------------------------------------------------------------------------------------------


def negation(truth: Truth) -> Truth:
    """Open stays open."""
    return not truth if isinstance(truth, bool) else Feel(f"not({truth.text})", uses=truth.uses)


def conjunction(truths: Iterable[Truth]) -> Truth:
    """All hold."""
    found = list(truths)
    if any(one is False for one in found):
        return False
    return _joined([one for one in found if isinstance(one, Feel)], "and", _AND, True)


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Some one holds."""
    found = list(truths)
    if any(one is True for one in found):
        return True
    return _joined([one for one in found if isinstance(one, Feel)], "or", _OR, False)


def _joined(parts: Sequence[Feel], word: str, binding: int, empty: bool) -> Truth:
    parts = list(dict.fromkeys(parts))
    if len(parts) < 2:
        return parts[0] if parts else empty
    said = [one.within(binding) for one in parts]
    return Feel(_laid_out(said, f"{word} ", f" {word} "), binding, _uses(parts))


def _at_least(count: int, truths: Sequence[Truth]) -> Truth:
    count -= sum(one is True for one in truths)
    open_parts = [one for one in truths if isinstance(one, Feel)]
    if count <= 0:
        return True
    if count > len(open_parts):
        return False
    listed = _laid_out([one.text for one in open_parts], "", ", ", ",")
    return Feel(_counted(f"[{listed}]", count), uses=_uses(open_parts))


def _counted(truths: str, count: int) -> str:
    """That so many of a list of truths hold."""
    certain = "sum(for one in truths return if one = true then 1 else 0)"
    possible = "sum(for one in truths return if one = false then 0 else 1)"
    told = f"if {certain} >= {count} then true else if {possible} >= {count} then null else false"
    return context([("truths", Feel(truths)), ("enough", Feel(told))]).text + ".enough"


def _agreed(truths: Sequence[Truth]) -> Truth:
    """What holds whichever option an open reading has."""
    if not any(isinstance(one, Feel) for one in truths):
        agreed = agreement(bool(one) for one in truths)
        return Feel("null") if agreed is None else agreed
    said = [one.text if isinstance(one, Feel) else "true" if one else "false" for one in truths]
    ways = f"[{_laid_out(said, '', ', ', ',')}]"
    told = "if all(options) then true else if any(options) = false then false else null"
    found = [one for one in truths if isinstance(one, Feel)]
    made = context([("options", Feel(ways)), ("agreed", Feel(told))])
    return Feel(f"{made.text}.agreed", uses=_uses(found))


def _beside(entries: Sequence[tuple[str, Feel]], holds: Feel) -> Feel:
    """What holds of a record, with those entries beside it that it uses."""
    known, wanted, waiting = dict(entries), set[str](), [holds]
    while waiting:
        new = waiting.pop().named("entry") - wanted
        wanted |= new & known.keys()
        waiting += [known[name] for name in new if name in known]
    if not wanted:
        return holds
    kept = [(name, one) for name, one in entries if name in wanted]
    uses = _uses([holds, *(one for _, one in kept)]) - {("entry", name) for name in wanted}
    return Feel(context([*kept, ("holds", holds)]).text + ".holds", uses=uses)


def _uses(parts: Iterable[Feel]) -> frozenset[Use]:
    return frozenset[Use]().union(*(one.uses for one in parts))


# --- values -------------------------------------------------------------------------------------------------


def _words_of(fact: Fact) -> dict[str, int]:
    if fact.sort == "number":
        return dict.fromkeys(fact.words, ABOVE_EVERY_NUMBER)
    return {word: SPECIAL_DAYS[meaning.means] for word, meaning in fact.words.items()}


def _member(value: str, accepted: Sequence[str]) -> str:
    if not accepted:
        return "false"
    return f"{value} = {accepted[0]}" if len(accepted) == 1 else f"list contains([{', '.join(accepted)}], {value})"


def _literal(fact: Fact, value: Scalar) -> str:
    if fact.sort == "date":
        assert isinstance(value, int)
        return _special_day(value) if not is_calendar_day(value) else _day(value)
    return as_text(value) if isinstance(value, str) else str(value)


def as_text(value: str) -> str:
    """A text as FEEL writes it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _day(ordinal: int) -> str:
    return f'date("{datetime.date.fromordinal(ordinal).isoformat()}")'


def _special_day(value: int) -> str:
    assert value in (BEFORE_EVERY_DAY, AFTER_EVERY_DAY)
    return _BEFORE if value == BEFORE_EVERY_DAY else _AFTER


def _fixed(value: int, spans: Spans) -> Feel:
    if not is_calendar_day(value):
        return Feel(_special_day(value), _COMPARED if value == AFTER_EVERY_DAY else _ALONE)
    return _moved(Feel(_day(value)), spans)


def _moved(day: Feel, spans: Spans) -> Feel:
    for span in spans:
        day = _moved_by(day, span)
    return day


def _moved_by(day: Feel, span: TimeSpan) -> Feel:
    """Months first, then days; FEEL goes to the last day of a month that has no such day."""
    if span.months:
        start = day.within(_COMPARED)
        later = f"{start} {_signed(span.months, 'M')}"
        if span.past_end:
            text = f'if ({later}).day < ({start}).day then {later} + duration("P1D") else {later}'
            day = Feel(text, _IF, day.uses)
        else:
            day = Feel(later, _COMPARED, day.uses)
    if span.days:
        day = Feel(f"{day.within(_IF)} {_signed(span.days, 'D')}", _COMPARED, day.uses)
    return day


def _signed(count: int, unit: str) -> str:
    return f'{"+" if count > 0 else "-"} duration("P{abs(count)}{unit}")'


# --- lines --------------------------------------------------------------------------------------------------


def _laid_out(parts: Sequence[str], before: str, between: str, behind: str = "") -> str:
    """Parts in a line, or a line for each if it would be too long."""
    line = between.join(parts)
    if len(line) <= _WIDTH and "\n" not in line:
        return line
    lines = [("" if number == 0 else before) + _indented(one) for number, one in enumerate(parts)]
    return f"{behind}\n".join(lines)


def context(entries: Sequence[tuple[str, Feel]]) -> Feel:
    """Expressions with names, of which each may use those before it."""
    said = ",\n  ".join(f"{name}: {_indented(one.text)}" for name, one in entries)
    return Feel(f"{{\n  {said}\n}}", uses=_uses(one for _, one in entries))


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")
