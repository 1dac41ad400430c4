"""Conditions put as suppositions: what would have to be so, whatever the case says of it."""

from __future__ import annotations

from typing import assert_never

from lawmodel.case.values import amount, in_words
from lawmodel.inputs import READING_PREFIX, Value, reading_key
from lawmodel.reasoning.evaluation import Values
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
)
from lawmodel.reasoning.phrases import day_says, declared
from lawmodel.rulebook.model import Rulebook
from lawmodel.time_spans import compared_with, spans_of


class Suppositions:
    """Puts conditions in words, with what is known of a case beside them."""

    def __init__(self, rulebook: Rulebook, values: Values) -> None:
        self.rulebook = rulebook
        self.values = values
        self._number = 0

    def supposition(self, formula: Formula, number: int | None) -> str:
        """A condition that is not known to hold, as something to be supposed."""
        match formula:
            case OneOf(Input(key), values) if key.startswith(READING_PREFIX):
                reading = key.removeprefix(READING_PREFIX)
                return f"reading {reading}: {' or '.join(sorted(map(str, values)))}"
            case OneOf(term, values):
                fact = declared(self.rulebook, term)
                said = [in_words(self.rulebook, fact, value) for value in sorted(values, key=str)]
                return self._of_record(number, term) + " or ".join(said)
            case SomeRecord(records, such_that, at_least):
                each, inner = self.rulebook.facts[records].each, self.condition_in_words(such_that)
                return f"some {each}: {inner}" if at_least == 1 else f"{each}: at least {at_least} of which {inner}"
            case Same(left, right):
                titles = declared(self.rulebook, left).title, declared(self.rulebook, right).title
                return f"{self._of_record(number, left, right)}{titles[0]}: the same as {titles[1]}"
            case Ordered(left, right, strict, of_days):
                self._number = number or 0
                subject, other = (right, left) if formula.about_right else (left, right)
                where = self._of_record(number, left, right)
                if not of_days and not isinstance(subject, Fixed):
                    turned = "more than" if strict else "at least"
                    word = turned if formula.about_right else "less than" if strict else "at most"
                    fact = declared(self.rulebook, subject)
                    if isinstance(other, Fixed):
                        bound = amount(fact, other.value)
                    else:
                        bound = declared(self.rulebook, other).title
                    return where + (fact.phrase or "{}").replace("{}", f"{word} {bound}")
                turned = "after" if strict else "on or after"
                word = turned if formula.about_right else "before" if strict else "on or before"
                return f"{where}{self._day(subject)} is {word} {self._day(other)}"
            case Spaced(left, right, spans, moves_left, strict):
                self._number = number or 0
                subject, other = (right, left) if moves_left else (left, right)
                turned = "after" if strict else "on or after"
                word = turned if moves_left else "before" if strict else "on or before"
                where = self._of_record(number, left, right)
                return f"{where}{self._day(subject)} is {compared_with(word, spans_of(spans, self._day(other)))}"
            case Constant() | All() | Any() | AtLeast() | Not() | Choose() | Named():
                return self.condition_in_words(formula)
            case _:
                assert_never(formula)

    def _of_record(self, number: int | None, *terms: Term) -> str:
        """Which record is meant, if one is."""
        field = next((term for term in terms if isinstance(term, Field)), None)
        return "" if field is None or number is None else f"{self.rulebook.facts[field.records].each} {number}: "

    def condition_in_words(self, formula: Formula) -> str:
        """A condition as a phrase, whatever the case says of it."""
        match formula:
            case Named("concept", name, _):
                return self.rulebook.concepts[name].yes
            case Not(Named("concept", name, _)):
                return self.rulebook.concepts[name].no
            case Named(_, _, body):
                return self.condition_in_words(body)
            case Not(part):
                return f"not ({self.condition_in_words(part)})"
            case All(parts):
                return ", ".join(self.condition_in_words(part) for part in parts)
            case Any(parts):
                return " or ".join(self.condition_in_words(part) for part in parts)
            case AtLeast(count, parts):
                return f"at least {count} of ({'; '.join(self.condition_in_words(part) for part in parts)})"
            case Choose(reading, branches):
                option = self.values[reading_key(reading)]
                chosen = dict(branches).get(str(option))
                return reading if chosen is None else self.condition_in_words(chosen)
            case Constant(value):
                return "always" if value else "never"
            case OneOf() | Same() | Ordered() | Spaced() | SomeRecord():
                return self.supposition(formula, None)
            case _:
                assert_never(formula)

    def _day(self, term: Term) -> str:
        value = term.value if isinstance(term, Fixed) else self._known(term)
        return day_says(self.rulebook, term, value)

    def _known(self, term: Input | Field) -> Value:
        if isinstance(term, Input):
            return self.values.get(term.key)
        listed = self.values.get(term.records)
        return listed[self._number - 1].get(term.name) if isinstance(listed, tuple) and self._number else None
