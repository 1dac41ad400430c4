"""Small random questions that measure time between days, with values enough to go through every kind of completion."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from random import Random

from lawmodel.inputs import (
    AFTER_EVERY_DAY,
    BEFORE_EVERY_DAY,
    FIRST_DAY,
    LAST_DAY,
    LAW_DATE,
    NO_DAY,
    READING_PREFIX,
    DayBounds,
    field_key,
)
from lawmodel.reasoning.formula import (
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
    Scalar,
    SomeRecord,
    Spaced,
    Valuation,
    Value,
)
from lawmodel.time_spans import Direction, TimeSpan, Unit

OUTCOMES = ("strong", "middle", "weak")
DAYS = ("day.one", "day.two", LAW_DATE)
FIELDS = ("start", "end")
SPECIAL = (frozenset[int](), frozenset[int](), frozenset({NO_DAY}), frozenset({AFTER_EVERY_DAY, BEFORE_EVERY_DAY}))


@dataclass(frozen=True)
class Calendar:
    """Around which days a question is asked, which spans it measures, and how far from there its days can lie."""

    centre: int
    units: tuple[tuple[Unit, tuple[int, ...]], ...]
    reach: int
    """So far that whatever can be satisfied is satisfied there, with so many open days as there are here."""
    ends: int
    """So many days at either end of the calendar count as well."""
    apart: tuple[int, ...] = (0,)
    """Days lie around each of these, counted from the centre."""

    def window(self, domain: Domain) -> list[Scalar]:
        if domain.kind == "yes/no":
            return [False, True]
        if domain.kind == "choice":
            return list(domain.choices)
        around = (self.centre + day for day in self.apart)
        days = {day for one in around for day in range(one - self.reach, one + self.reach + 1)}
        days |= {*range(FIRST_DAY, FIRST_DAY + self.ends), *range(LAST_DAY - self.ends + 1, LAST_DAY + 1)}
        return [*sorted(domain.special), *sorted(days)]


OF_DAYS = Calendar(100, (("day", (0, 1, 2, 3)),), 14, 8)
OF_MONTHS = Calendar(datetime.date(3, 3, 1).toordinal(), (("month", (1,)),), 8, 0, (-59, -28, 0, 31, 61))
"""Around the first days of January to May: two days that are open can lie two months from one that is known."""


@dataclass
class SpacedQuestions:
    """Makes a question and a case of a seed."""

    random: Random
    calendar: Calendar
    most_open: int = 2

    def spans(self) -> tuple[TimeSpan, ...]:
        unit, counts = self.random.choice(self.calendar.units)
        direction: Direction = self.random.choice(("after", "before"))
        span = TimeSpan(self.random.choice(counts), unit, direction)
        if self.random.random() < 0.4:
            past_end = unit == "month" and self.random.random() < 0.7
            span = replace(span, past_end=past_end, counts_first=span.count > 0 and self.random.random() < 0.5)
        spans = (span,)
        return spans if self.calendar is not OF_DAYS or self.random.random() < 0.85 else (*spans, *spans)

    def atom(self, records: bool) -> Formula:
        chance = self.random
        sides: list[Input | Field] = [*map(Input, DAYS)]
        if records:
            sides = [*sides, *(2 * [Field("spell", name) for name in FIELDS])]
        if chance.random() < 0.15:
            return OneOf(Input("flag"), frozenset({True}))
        left, right = chance.sample(sides, 2)
        if left == right or chance.random() < 0.3:
            day = self.calendar.centre + chance.choice((0, 1))
            strict = chance.random() < 0.5
            return Ordered(left, Fixed(day), strict) if chance.random() < 0.5 else Ordered(Fixed(day), left, strict)
        if chance.random() < 0.2:
            return Ordered(left, right, strict=chance.random() < 0.5)
        return Spaced(left, right, self.spans(), chance.random() < 0.5, chance.random() < 0.5)

    def formula(self, depth: int, records: bool = False) -> Formula:
        chance = self.random
        if depth == 0 or chance.random() < 0.2:
            return self.atom(records)
        match chance.choice(("all", "all", "any", "not", "some" if not records else "all", "choose")):
            case "any":
                return Any(tuple(self.formula(depth - 1, records) for _ in range(2)))
            case "not":
                return Not(self.formula(depth - 1, records))
            case "some":
                return SomeRecord("spell", self.formula(depth - 1, True))
            case "choose":
                return Choose("way", tuple((one, self.formula(depth - 1, records)) for one in ("narrow", "wide")))
            case _:
                return All(tuple(self.formula(depth - 1, records) for _ in range(2)))

    def value(self) -> int:
        return self.calendar.centre + self.random.randrange(-3, 4)

    def case(self) -> tuple[ResolvedQuestion, Valuation]:
        chance = self.random
        domains = {key: Domain("date", special=chance.choice(SPECIAL)) for key in DAYS}
        fields = tuple((name, Domain("date", special=chance.choice(SPECIAL))) for name in FIELDS)
        domains |= {
            "flag": Domain("yes/no"),
            "spell": Domain("records", fields=fields),
            f"{READING_PREFIX}way": Domain("choice", ("narrow", "wide")),
        }
        rules = tuple(
            Rule(f"rule-{number}", self.formula(2), ((outcome, Constant(True)),))
            for number, outcome in enumerate(OUTCOMES[:2])
        )
        orderings = [Ordering(*chance.sample(DAYS, 2))] if chance.random() < 0.3 else []
        orderings += [Ordering("start", "end", "spell")] if chance.random() < 0.3 else []
        values: dict[str, Value] = {key: self.value() for key in DAYS}
        record: Record = {name: self.value() for name in FIELDS}
        opened = chance.sample([*DAYS, *FIELDS], chance.randrange(self.most_open + 1))
        values |= {key: None for key in opened if key in DAYS}
        listed = tuple({**record, **{key: None for key in opened if key in FIELDS}} for _ in range(chance.randrange(2)))
        values |= {"flag": chance.choice((True, None)), "spell": listed, f"{READING_PREFIX}way": "narrow"}
        same_as = {}
        if chance.random() < 0.15:
            same_as[LAW_DATE] = "day.two"
            values[LAW_DATE] = values["day.two"]
        days = [key for key in opened if key in DAYS and key not in same_as]
        numbers = range(1, len(listed) + 1)
        days += [field_key("spell", number, key) for number in numbers for key in opened if key in FIELDS]
        valuation = Valuation(values, same_as, {key: self.bounds() for key in days if chance.random() < 0.3})
        return ResolvedQuestion("question", OUTCOMES, rules, domains, tuple(orderings)), valuation

    def bounds(self) -> DayBounds:
        """Between which days it is known that an open day is."""
        first, last = sorted((self.value(), self.value()))
        return self.random.choice((DayBounds(first), DayBounds(last=last), DayBounds(first, last)))
