"""The law of a question as rules of an answer-set program: one predicate for one kind of statement.

A provision ``applies``, and ``speaks`` for an outcome; a concept, an instrument or another named part of the law
``holds``. Where a condition needs a name of its own, it is numbered: ``either`` (one of several holds), ``at_least``
(so many of several hold), ``some_record`` (a list has such a record, or so many), ``as_read`` (the branch of the option
that a reading has), ``compared`` (of two values), ``part`` (anything else that is denied).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias, assert_never

from lawmodel.reasoning.answer_sets.remarks import Remarks
from lawmodel.reasoning.answer_sets.syntax import RECORD, Subject, ValueWriter, moved_day, quoted, remark, rule
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
    ResolvedQuestion,
    Rule,
    Same,
    Scalar,
    SomeRecord,
    Sort,
    Spaced,
    Term,
    free_lists,
    reading_key,
)

Body: TypeAlias = list[str]
"""Conditions all of which have to hold."""
NEVER: Final = "#false"


class LawWriter:
    """Writes the provisions of a question, and whatever they name."""

    def __init__(self, question: ResolvedQuestion, writer: ValueWriter, remarks: Remarks) -> None:
        self._question = question
        self._writer = writer
        self._remarks = remarks
        self._heads: dict[Formula, str] = {}
        self._versions: dict[tuple[str, str], int] = {}
        self._named: list[Named] = []
        self._parts: list[Formula] = []
        self._numbered = 0
        self._variables = 0
        self._alone = True
        """Whether the body at hand has one comparison at most: several in one rule would multiply their values."""
        self._labels: dict[str, None] = {}
        self._applies = {(one.id, one.applies): f"applies({quoted(one.id)})" for one in question.rules}

    def provisions(self) -> list[str]:
        """Whether each provision applies, and what it speaks for."""
        return [line for one in self._question.rules for line in self._provision(one)]

    def definitions(self) -> list[str]:
        """What the provisions name, and what that names in turn; to be called after `provisions`."""
        lines: list[str] = []
        while self._named:
            named = self._named.pop(0)
            lines += ["", *remark(self._remarks.of_law(named.kind, named.id))]
            lines += self._defined(self._heads[named], named.body)
        return lines

    def _provision(self, one: Rule) -> list[str]:
        applies = f"applies({quoted(one.id)})"
        lines = ["", *remark(self._remarks.of_law("provision", one.id)), *self._defined(applies, one.applies)]
        for outcome, condition in one.concludes:
            lines += self._defined(f"speaks({quoted(one.id)}, {quoted(outcome)})", condition, [applies])
        follows = [applies, f"ground({quoted(one.id)})"] if one.concludes else [applies]
        for consequence, condition in one.brings:
            lines += self._defined(f"brings({quoted(one.id)}, {quoted(consequence)})", condition, follows)
        return lines

    def _defined(self, head: str, formula: Formula, first: Sequence[str] = ()) -> list[str]:
        """The rules by which a head holds if a formula does, and what comes first; then those of the parts it needs."""
        rules = self._rules(head, formula, first)
        while self._parts:
            part = self._parts.pop(0)
            about = self._remarks.of_law("reading", part.reading) if isinstance(part, Choose) else ""
            rules += [*remark(about), *self._rules(self._heads[part], part, [])]
        return rules

    def _rules(self, head: str, formula: Formula, first: Sequence[str]) -> list[str]:
        records = _list_at_hand(formula)
        about = [] if records is None else [_there(records)]
        rules = []
        self._labels.clear()
        match formula:
            case SomeRecord(_, _, 1):
                alternatives = self._found(formula)
            case SomeRecord() | AtLeast():
                alternatives = [self._counted(formula)]
            case _:
                alternatives = self._alternatives(formula)
        for body in alternatives:
            rules.append(rule(head, [*first, *about, *body]))
        return [line for label in self._labels for line in remark(label)] + rules

    def _found(self, some: SomeRecord) -> list[Body]:
        return [[_there(some.records), *body] for body in self._alternatives(some.such_that)]

    def _counted(self, formula: SomeRecord | AtLeast) -> Body:
        """An aggregate that counts the records, or the parts by their numbers, of which something holds."""
        self._variables = 0
        if isinstance(formula, SomeRecord):
            least, counted = formula.at_least, [(RECORD, [_there(formula.records)], formula.such_that)]
        else:
            least, counted = formula.count, [(str(number), [], part) for number, part in enumerate(formula.parts, 1)]
        elements = []
        for one, there, part in counted:
            self._alone = _compared(part) < 2
            elements.append(f"{one} : {', '.join([*there, *self._body(part)]) or '#true'}")
        return [f"{least} <= #count {{ {'; '.join(elements)} }}"]

    def _alternatives(self, formula: Formula, within_reading: bool = False) -> list[Body]:
        """Bodies of which one has to hold; within the branch of a reading another reading has a name of its own."""
        match formula:
            case Any(parts):
                return [body for part in parts for body in self._alternatives(part, within_reading)]
            case Choose(reading, branches) if not within_reading:
                chosen = [(self._option(reading, option), part) for option, part in branches]
                return [[option, *body] for option, part in chosen for body in self._alternatives(part, True)]
            case OneOf(term, values) if len(values) != 1:
                subject, kind = self._subject(term)
                return [[atom] for atom in self._having(subject, kind, values)]
            case _:
                self._variables = 0
                self._alone = _compared(formula) < 2
                body = self._body(formula)
                return [] if NEVER in body else [body]

    def _body(self, formula: Formula) -> Body:
        """Conditions all of which have to hold."""
        match formula:
            case Constant(value):
                return [] if value else [NEVER]
            case All(parts):
                return [one for part in parts for one in self._body(part)]
            case Any((part,)):
                return self._body(part)
            case Any(()):
                return [NEVER]
            case Not(part):
                return self._denied(part)
            case OneOf(term, values) if len(atoms := self._having(*self._subject(term), values)) == 1:
                return atoms
            case Same() | Ordered() | Spaced() if not self._alone:
                return [self._head(formula)]
            case Same(left, right):
                variable = self._variable("V")
                return [subject.holding(kind, variable) for subject, kind in map(self._subject, (left, right))]
            case Ordered():
                return self._ordered(formula)
            case Spaced(left, right, spans, moves_left, strict):
                sides = [self._variable("D"), self._variable("D")]
                found = [
                    self._subject(term)[0].holding("date", side)
                    for term, side in zip((left, right), sides, strict=True)
                ]
                moving, moved = (0 if moves_left else 1), self._variable("D")
                found.append(moved_day(spans, sides[moving], moved))
                sides[moving] = moved
                return [*found, f"{sides[0]} {'<' if strict else '<='} {sides[1]}"]
            case _:
                return [self._head(formula)]

    def _denied(self, formula: Formula) -> Body:
        """Conditions all of which have to hold for the formula not to."""
        match formula:
            case Constant(value):
                return [NEVER] if value else []
            case Not(part):
                return self._body(part)
            case Any(parts):
                return [one for part in parts for one in self._denied(part)]
            case All((part,)):
                return self._denied(part)
            case OneOf(term, values):
                subject, kind = self._subject(term)
                return [f"not {self._writer.has(subject, kind, value)}" for value in sorted(values)]
            case _:
                return [f"not {self._head(formula)}"]

    def _having(self, subject: Subject, kind: Sort, values: frozenset[Scalar]) -> list[str]:
        """Atoms of which one has to hold for a subject to have one of these values."""
        if kind == "date" or len(values) == 1:
            return [self._writer.has(subject, kind, value) for value in sorted(values)]
        return [subject.holding(kind, self._writer.one_of(kind, sorted(values)))] if values else []

    def _ordered(self, formula: Ordered) -> Body:
        """A comparison of two days, neither of which is never, or of two numbers."""
        kind: Sort = "date" if formula.of_days else "number"
        found, sides = [], []
        for term in (formula.left, formula.right):
            if isinstance(term, Fixed):
                if term.value == NO_DAY:
                    return [NEVER]
                sides.append(self._fixed(term, kind))
            else:
                sides.append(self._variable("D" if formula.of_days else "N"))
                found.append(self._subject(term)[0].holding(kind, sides[-1]))
        less = "<" if formula.strict else "<="
        if isinstance(formula.left, Fixed):
            return [*found, f"{sides[1]} {less.replace('<', '>')} {sides[0]}"]
        return [*found, f"{sides[0]} {less} {sides[1]}"]

    def _fixed(self, term: Fixed, kind: Sort) -> str:
        text = self._writer.value(kind, term.value)
        if term.label is not None:
            self._labels[f"{text}: {term.label}"] = None
        return text

    def _variable(self, letter: str) -> str:
        self._variables += 1
        return f"{letter}{self._variables}"

    def _option(self, reading: str, option: str) -> str:
        return Subject(reading_key(reading)).holding("choice", quoted(option))

    def _subject(self, term: Term) -> tuple[Subject, Sort]:
        """What a term reads, and of what kind its values are."""
        if isinstance(term, Field):
            fields = dict(self._question.domains[term.records].fields)
            return Subject(term.records, RECORD, term.name), fields[term.name].kind
        assert isinstance(term, Input)
        return Subject(term.key), self._question.domains[term.key].kind

    def _head(self, formula: Formula) -> str:
        """The atom that says that a formula holds; its rules are written later, and once."""
        if isinstance(formula, Named) and formula.kind == "provision" and (formula.id, formula.body) in self._applies:
            return self._applies[formula.id, formula.body]
        if formula not in self._heads:
            of_record = [] if _list_at_hand(formula) is None else [RECORD]
            if isinstance(formula, Named):
                self._named.append(formula)
                self._heads[formula] = f"holds({', '.join([*self._name(formula), *of_record])})"
            else:
                self._parts.append(formula)
                self._numbered += 1
                number = [str(self._numbered), *of_record]
                self._heads[formula] = f"{_predicate(formula)}({', '.join(number)})"
        return self._heads[formula]

    def _name(self, named: Named) -> list[str]:
        """Kind and id; and a number where a part of the law of this name means several things (at other moments)."""
        version = self._versions[named.kind, named.id] = self._versions.get((named.kind, named.id), 0) + 1
        return [named.kind.replace("-", "_"), quoted(named.id), *([f"version({version})"] if version > 1 else [])]


def _there(records: str) -> str:
    return f"record({quoted(records)}, {RECORD})"


def _predicate(formula: Formula) -> str:
    """The predicate of the atoms that stand for formulas of this kind, where these have no name."""
    match formula:
        case Any() | OneOf():
            return "either"
        case AtLeast():
            return "at_least"
        case SomeRecord():
            return "some_record"
        case Choose():
            return "as_read"
        case Same() | Ordered() | Spaced():
            return "compared"
        case Constant() | All() | Not() | Named():
            return "part"
        case _:
            assert_never(formula)


def _compared(formula: Formula) -> int:
    """How many comparisons of values stand in one body with the others."""
    match formula:
        case All(parts):
            return sum(map(_compared, parts))
        case Any((part,)) | Not(Not(part)):
            return _compared(part)
        case Same() | Ordered() | Spaced():
            return 1
        case _:
            return 0


def _list_at_hand(formula: Formula) -> str | None:
    """The list of whose records a formula speaks; None where it speaks of none, or says itself of which."""
    return next(iter(free_lists(formula)), None)
