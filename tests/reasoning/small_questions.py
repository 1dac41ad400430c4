"""Small random questions on cases of which most is known, made so that everything a case could have been can be tried.

Each question is about a few inputs, drawn such that their values have no more combinations than there is time for.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from hypothesis import strategies as st

from lawmodel.inputs import DayBounds, field_key
from lawmodel.reasoning.formula import (
    AFTER_EVERY_DAY,
    LAW_DATE,
    NO_DAY,
    TRUE,
    All,
    Any,
    Choose,
    Constant,
    Domain,
    Field,
    Fixed,
    Formula,
    Input,
    Not,
    OneOf,
    Ordered,
    Ordering,
    Record,
    ResolvedQuestion,
    Rule,
    Same,
    Scalar,
    SomeRecord,
    Valuation,
    Value,
)

Case: TypeAlias = tuple[ResolvedQuestion, Valuation]
Side: TypeAlias = tuple[Input | Field, Domain]

YES_NO = Domain("yes/no")
COLOUR = Domain("choice", ("red", "green", "blue"))
FIELDS = {
    "done": YES_NO,
    "paid": YES_NO,
    "tint": COLOUR,
    "start": Domain("date", special=frozenset({NO_DAY})),
    "end": Domain("date", special=frozenset({AFTER_EVERY_DAY})),
}
SINGLE = {
    "flag.one": YES_NO,
    "flag.two": YES_NO,
    "flag.three": YES_NO,
    "flag.four": YES_NO,
    "flag.five": YES_NO,
    "colour.one": COLOUR,
    "colour.two": COLOUR,
    "amount": Domain("number"),
    "day.one": Domain("date"),
    "day.two": Domain("date", special=frozenset({NO_DAY})),
    LAW_DATE: Domain("date"),
}
READINGS = {"breadth": ("narrow", "wide"), "moment": ("early", "middle", "late")}
LIST = "spell"
DOMAINS = {
    **SINGLE,
    LIST: Domain("records", fields=tuple(FIELDS.items())),
    **{f"reading:{name}": Domain("choice", options) for name, options in READINGS.items()},
}
OUTCOMES = ("strong", "middle", "weak")
DAY, NUMBER = 100, 2
_ORDERINGS = (
    Ordering("day.one", "day.two"),
    Ordering("day.one", LAW_DATE),
    Ordering("day.two", LAW_DATE),
    Ordering("start", "end", LIST),
)
_SIZES = {"yes/no": 2, "choice": 3, "number": 6, "date": 10}


@dataclass(frozen=True)
class SmallQuestions:
    """Makes questions and cases from a source of randomness."""

    random: Random

    def case(self, room: int = 3000) -> Case:
        """A question and the values of a case, most of them known; and one record of the list, or none, or unknown."""
        about = self._about(room)
        rules = []
        for number in range(self.random.randint(2, 4)):
            applies = All(tuple(about.condition() for _ in range(self.random.randint(1, 3))))
            then = about.condition(0) if self._rarely() else TRUE
            rules.append(Rule(f"rule-{number}", applies, ((self.random.choice(OUTCOMES[:2]), then),)))
        orderings = tuple(one for one in _ORDERINGS if self.random.random() < 0.4)
        return ResolvedQuestion("question", OUTCOMES, tuple(rules), DOMAINS, orderings), self._valuation()

    def _rarely(self) -> bool:
        return self.random.random() < 0.15

    def _about(self, room: int) -> About:
        found = About(self.random, [], [], [])
        every = [("single", key) for key in SINGLE] + [("field", name) for name in FIELDS]
        every += [("reading", name) for name in READINGS]
        self.random.shuffle(every)
        for kind, name in every:
            domain = {**SINGLE, **FIELDS}.get(name, YES_NO)
            size = len(READINGS[name]) if kind == "reading" else _SIZES[domain.kind]
            if size > room:
                continue
            room //= size
            if kind == "single":
                found.singles.append((Input(name), domain))
            elif kind == "field":
                found.fields.append((Field(LIST, name), domain))
            else:
                found.readings.append(name)
        return found

    def value(self, domain: Domain) -> Scalar:
        """A value that a case may have."""
        match domain.kind:
            case "yes/no":
                return self.random.choice([False, True])
            case "choice":
                return self.random.choice(domain.choices)
            case "number":
                return self.random.randint(1, 3)
            case _:
                return self.random.choice([*sorted(domain.special), 99, 100, 101])

    def _valuation(self) -> Valuation:
        values: dict[str, Value] = {}
        for key, domain in DOMAINS.items():
            if key == LIST:
                number = self.random.choice([0, 1, 1, 1, 1, None])
                values[key] = None if number is None else tuple(self._record() for _ in range(number))
            else:
                values[key] = None if self._rarely() else self.value(domain)
        same_as: dict[str, str] = {}
        for alias, other in ((LAW_DATE, "day.one"), ("flag.two", "flag.one")):
            if self.random.random() < 0.3:
                same_as[alias] = other
                values[alias] = values[other]
        opened = [key for key, domain in DOMAINS.items() if domain.kind == "date" and values[key] is None]
        opened = [key for key in opened if key not in same_as]
        listed = values[LIST]
        records = listed if isinstance(listed, tuple) else ()
        opened += [
            field_key(LIST, number, name)
            for number, record in enumerate(records, 1)
            for name, value in record.items()
            if value is None and FIELDS[name].kind == "date"
        ]
        return Valuation(values, same_as, {key: self._bounds() for key in opened if self.random.random() < 0.5})

    def _bounds(self) -> DayBounds:
        """Between which days it is known that an open day is."""
        first, last = sorted(self.random.choices(range(98, 103), k=2))
        return self.random.choice((DayBounds(first), DayBounds(last=last), DayBounds(first, last)))

    def _record(self) -> Record:
        return {name: None if self._rarely() else self.value(domain) for name, domain in FIELDS.items()}

    def learned(self, valuation: Valuation, key: str) -> Valuation:
        """The case with one input known that was open: a single fact, a field of the record, or that there are none."""
        values = dict(valuation.values)
        if key == LIST:
            values[key] = ()
        elif "[" not in key:
            value = self.value(DOMAINS[key])
            values |= {key: value, **{alias: value for alias, other in valuation.same_as.items() if other == key}}
        else:
            field = key.rpartition(".")[2]
            listed = values[LIST]
            assert isinstance(listed, tuple)
            values[LIST] = ({**listed[0], field: self.value(FIELDS[field])},)
        return valuation.with_values(values)


@dataclass(frozen=True)
class About:
    """What a question is about; makes conditions such as laws have."""

    random: Random
    singles: list[Side]
    fields: list[Side]
    readings: list[str]

    def condition(self, depth: int = 2) -> Formula:
        """Something and something else, or one of several, or something not."""
        kinds = ["atom", "atom", "any", "all", "not"]
        kinds += ["choose"] * bool(self.readings) + ["some", "none"] * bool(self.fields)
        kind = self.random.choice(kinds) if depth else "atom"
        match kind:
            case "all" | "any":
                parts = tuple(self.condition(depth - 1) for _ in range(self.random.randint(2, 3)))
                return All(parts) if kind == "all" else Any(parts)
            case "not":
                return Not(self.condition(depth - 1))
            case "some" | "none":
                inside = [*self.fields, *(self.singles if self.random.random() < 0.2 else ())]
                some = SomeRecord(LIST, All(tuple(self.atom(inside) for _ in range(self.random.randint(1, 2)))))
                return some if kind == "some" else Not(some)
            case "choose":
                reading = self.random.choice(self.readings)
                return Choose(reading, tuple((option, self.condition(depth - 1)) for option in READINGS[reading]))
            case _:
                return self.atom(self.singles)

    def atom(self, sides: list[Side]) -> Formula:
        """A comparison of one of these."""
        if not sides:
            return Constant(self.random.random() < 0.5)
        term, domain = self.random.choice(sides)
        others = [other for other, one in sides if one.kind == domain.kind and other != term]
        if domain.kind in {"yes/no", "choice"}:
            if others and self.random.random() < 0.2:
                return Same(term, self.random.choice(others))
            values: list[Scalar] = [*(domain.choices or (False, True))]
            return OneOf(term, frozenset(self.random.sample(values, self.random.randint(1, len(values) - 1))))
        fixed = Fixed(DAY if domain.kind == "date" else NUMBER)
        other = self.random.choice([fixed, fixed, *others])
        first, then = (term, other) if self.random.random() < 0.5 else (other, term)
        return Ordered(first, then, strict=self.random.random() < 0.5, of_days=domain.kind == "date")


def small_questions() -> st.SearchStrategy[SmallQuestions]:
    """Sources of small questions."""
    return st.builds(SmallQuestions, st.randoms(use_true_random=True))
