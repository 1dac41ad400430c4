"""Small random questions and cases, for engines to be compared on.

They are made of the resolved form alone. Whole numbers and days stay within small windows, with room at both ends,
so that going through `window` for each open input goes through every kind of completion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from hypothesis import strategies as st

from lawmodel.inputs import FIRST_DAY, LAST_DAY, DayBounds
from lawmodel.reasoning.formula import (
    AFTER_EVERY_DAY,
    LAW_DATE,
    NO_DAY,
    All,
    Any,
    AtLeast,
    Choose,
    Constant,
    Domain,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
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
    Term,
    Valuation,
    Value,
    field_key,
)

YES_NO = Domain("yes/no")
DAY = Domain("date")
COLOUR = Domain("choice", ("red", "green", "blue", "grey"))
SHADE = Domain("choice", ("blue", "grey", "black"))
NUMBER = Domain("number")
SINGLE: dict[str, Domain] = {
    "flag.one": YES_NO,
    "flag.two": YES_NO,
    "colour.one": COLOUR,
    "colour.two": SHADE,
    "amount.one": NUMBER,
    "day.one": DAY,
    "day.two": Domain("date", special=frozenset({NO_DAY})),
    "day.three": Domain("date", special=frozenset({AFTER_EVERY_DAY})),
    LAW_DATE: DAY,
}
SPELL = (
    ("done", YES_NO),
    ("tint", COLOUR),
    ("start", Domain("date", special=frozenset({NO_DAY}))),
    ("end", Domain("date", special=frozenset({AFTER_EVERY_DAY}))),
)
MARK = (("good", YES_NO), ("shade", SHADE), ("on", Domain("date", special=frozenset({NO_DAY}))))
LISTS: dict[str, tuple[tuple[str, Domain], ...]] = {"spell": SPELL, "mark": MARK}
READINGS: dict[str, tuple[str, ...]] = {"narrowness": ("narrow", "wide"), "moment": ("early", "middle", "late")}
DOMAINS: dict[str, Domain] = {
    **SINGLE,
    **{key: Domain("records", fields=fields) for key, fields in LISTS.items()},
    **{f"reading:{key}": Domain("choice", options) for key, options in READINGS.items()},
}
OUTCOMES = ("strong", "middle", "weak")
DAYS = (100, 102)
NUMBERS = (2, 3)
_KINDS = (*("atom", "atom", "all", "all", "any", "any", "count", "not", "some", "some", "choose", "named", "constant"),)
_ORDERINGS = (
    Ordering("day.one", "day.two"),
    Ordering("day.two", "day.three"),
    Ordering("day.three", LAW_DATE),
    Ordering("start", "end", "spell"),
    # Circles hold days equal: they can only move together.
    Ordering("day.two", "day.one"),
    Ordering(LAW_DATE, "day.two"),
)


@dataclass(frozen=True)
class RandomCase:
    """A question, the values of a case, and some of its known single inputs that are taken to be assumed."""

    question: ResolvedQuestion
    valuation: Valuation
    soft: tuple[str, ...]


def listed_records(value: Value) -> tuple[Record, ...]:
    """The records of a list; none if it is unknown."""
    return value if isinstance(value, tuple) else ()


def with_fields(key: str, records: tuple[Record, ...], chosen: Mapping[str, Value]) -> tuple[Record, ...]:
    """The records of a list, with the chosen values (by key) instead of their own."""
    return tuple(
        {field: cast("Scalar | None", chosen.get(field_key(key, number, field), own)) for field, own in record.items()}
        for number, record in enumerate(records, start=1)
    )


def window(domain: Domain) -> list[Scalar]:
    """Enough values of a single input to meet every kind."""
    match domain.kind:
        case "yes/no":
            return [False, True]
        case "choice":
            return list(domain.choices)
        case "number":
            return list(range(7))
        case _:
            return [*sorted(domain.special), *range(96, 107)]


@st.composite
def _atoms(draw: st.DrawFn, records: str | None) -> Formula:
    sides: list[tuple[Input | Field, Domain]] = [(Input(key), domain) for key, domain in SINGLE.items()]
    if records is not None:
        # Twice, so that a condition on records mostly is about them.
        sides = [*sides, *(2 * [(Field(records, name), domain) for name, domain in LISTS[records]])]
    side, domain = draw(st.sampled_from(sides))
    if domain.kind in {"yes/no", "choice"} and draw(st.integers(0, 3)):
        accepted = draw(st.sets(st.sampled_from(window(domain)), min_size=1, max_size=2))
        return OneOf(side, frozenset(accepted))
    alike = [other for other, one in sides if one.kind == domain.kind]
    if domain.kind in {"yes/no", "choice"}:
        return Same(side, draw(st.sampled_from(alike)))
    fixed = [Fixed(value) for value in (NUMBERS if domain.kind == "number" else DAYS)]
    other: Term = draw(st.sampled_from([*fixed, *fixed, *alike]))
    first, then = (side, other) if draw(st.booleans()) else (other, side)
    return Ordered(first, then, strict=draw(st.booleans()), of_days=domain.kind == "date")


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3, records: str | None = None) -> Formula:
    """Formulas of a given depth at most; within a condition on the records of a list, if one is named."""
    if depth == 0:
        return draw(_atoms(records))
    inner = formulas(depth - 1, records)
    match draw(st.sampled_from(_KINDS)):
        case "all":
            return All(tuple(draw(st.lists(inner, min_size=draw(st.sampled_from([0, 2, 2, 2])), max_size=3))))
        case "any":
            return Any(tuple(draw(st.lists(inner, min_size=draw(st.sampled_from([0, 2, 2, 2])), max_size=3))))
        case "count":
            parts = tuple(draw(st.lists(inner, min_size=2, max_size=4)))
            return AtLeast(draw(st.integers(0, len(parts) + 1)), parts)
        case "not":
            return Not(draw(inner))
        case "some":
            inside = draw(st.sampled_from(sorted(LISTS)))
            return SomeRecord(inside, draw(formulas(depth - 1, inside)), draw(st.sampled_from([1, 1, 1, 2, 2, 3])))
        case "choose":
            reading = draw(st.sampled_from(sorted(READINGS)))
            return Choose(reading, tuple((option, draw(inner)) for option in READINGS[reading]))
        case "named":
            return Named("concept", "concept", draw(inner))
        case "constant":
            return Constant(draw(st.booleans()))
        case _:
            return draw(_atoms(records))


@st.composite
def questions(draw: st.DrawFn) -> ResolvedQuestion:
    """Questions of a few rules, of which some share a condition, and of which one may have two conclusions."""
    shared = draw(formulas())
    rules = []
    for number in range(draw(st.integers(2, 4))):
        applies = draw(formulas())
        if draw(st.booleans()):
            applies = All((shared, applies)) if draw(st.booleans()) else Any((shared, applies))
        first, second = draw(st.permutations(OUTCOMES))[:2]
        if draw(st.integers(0, 3)):
            concludes: tuple[tuple[str, Formula], ...] = ((first, Constant(True)),)
        else:
            condition = draw(formulas(1))
            concludes = ((first, condition), (second, Not(condition)))
        rules.append(Rule(f"rule-{number}", applies, concludes))
    orderings = tuple(draw(st.lists(st.sampled_from(_ORDERINGS), unique=True)))
    return ResolvedQuestion("question", OUTCOMES, tuple(rules), DOMAINS, orderings)


def _known(domain: Domain) -> st.SearchStrategy[Scalar]:
    if domain.kind == "date":
        return st.sampled_from([*sorted(domain.special), *range(99, 104)])
    return st.sampled_from(window(domain))


def _open_days(values: Mapping[str, Value], same_as: Mapping[str, str]) -> list[str]:
    """The days that are open, by key: single ones, and fields of listed records."""
    found = [key for key, value in values.items() if value is None and key not in same_as and key not in LISTS]
    found += [
        field_key(records, number, name)
        for records in LISTS
        for number, record in enumerate(listed_records(values.get(records)), start=1)
        for name, value in record.items()
        if value is None
    ]
    return [key for key in found if _domain(key).kind == "date"]


def _domain(key: str) -> Domain:
    records, bracket, rest = key.partition("[")
    return dict(LISTS[records])[rest.partition("].")[2]] if bracket else DOMAINS[key]


@st.composite
def _bounds(draw: st.DrawFn, days: list[str]) -> dict[str, DayBounds]:
    """Of some open days, between which others they are known to be."""
    found = {}
    for key in draw(st.lists(st.sampled_from(days), unique=True, max_size=3)) if days else ():
        ends = sorted(draw(st.tuples(st.integers(98, 104), st.integers(98, 104))))
        first, last = draw(st.sampled_from([(FIRST_DAY, ends[0]), (ends[1], LAST_DAY), tuple(ends)]))
        found[key] = DayBounds(first, last)
    return found


@st.composite
def cases(draw: st.DrawFn, completions: int = 1500) -> RandomCase:
    """Random questions, with cases whose single inputs and fields have no more completions than so many."""
    room = completions

    def scalar(domain: Domain) -> Scalar | None:
        nonlocal room
        size = len(window(domain))
        if size <= room and draw(st.booleans()):
            room //= size
            return None
        return draw(_known(domain))

    values: dict[str, Value] = {}
    same_as = {}
    keys = draw(st.permutations([key for key in DOMAINS if key not in LISTS]))
    for key in keys:
        values[key] = scalar(DOMAINS[key])
    for alias, other in (("day.three", "day.one"), (LAW_DATE, "day.two"), ("flag.two", "flag.one")):
        if not draw(st.integers(0, 3)):
            same_as[alias] = other
            values[alias] = values[other]
    for records, fields in LISTS.items():
        listed: list[Record] | None = None
        if draw(st.integers(0, 2)):
            listed = [{name: scalar(domain) for name, domain in fields} for _ in range(draw(st.integers(0, 2)))]
        values[records] = None if listed is None else tuple(listed)
    known = [key for key in values if key not in LISTS and key not in same_as and values[key] is not None]
    known += [
        field_key(records, number, name)
        for records in LISTS
        for number, record in enumerate(listed_records(values[records]), start=1)
        for name, value in record.items()
        if value is not None
    ]
    soft = draw(st.lists(st.sampled_from(known), unique=True, max_size=4)) if known else []
    bounds = draw(_bounds(_open_days(values, same_as)))
    return RandomCase(draw(questions()), Valuation(values, same_as, bounds), tuple(soft))


@st.composite
def day_cases(draw: st.DrawFn) -> RandomCase:
    """Random questions about open days alone, and the orderings that bind them, often in a circle."""
    days = ("day.one", "day.two", "day.three")
    term = st.sampled_from([*map(Input, days), *map(Fixed, DAYS)])
    atom = st.builds(Ordered, term, term, st.booleans())
    several = st.lists(st.one_of(atom, atom.map(Not)), min_size=1, max_size=2).map(tuple)
    formula = st.lists(several.map(All), min_size=1, max_size=2).map(tuple).map(Any)
    rules = (
        Rule("first", draw(formula), ((OUTCOMES[0], Constant(True)),)),
        Rule("second", draw(formula), ((OUTCOMES[1], Constant(True)),)),
    )
    pairs = [Ordering(one, other) for one in days for other in days if one != other]
    orderings = tuple(draw(st.lists(st.sampled_from(pairs), unique=True, min_size=2, max_size=4)))
    domains = {key: draw(st.sampled_from([DAY, DOMAINS[key]])) for key in days}
    values: dict[str, Value] = dict.fromkeys(days)
    if draw(st.booleans()):
        values["day.three"] = draw(_known(DAY))
    valuation = Valuation(values, {}, draw(_bounds(_open_days(values, {}))))
    return RandomCase(ResolvedQuestion("question", OUTCOMES, rules, domains, orderings), valuation, ())
