"""Small generated questions and cases, for comparing forward chaining with evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hypothesis import strategies as st

from lawmodel.reasoning.formula import (
    AFTER_EVERY_DAY,
    FALSE,
    LAW_DATE,
    NO_DAY,
    TRUE,
    All,
    Any,
    AtLeast,
    Choose,
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
    SomeRecord,
    Term,
    Value,
    reading_key,
)

OUTCOMES: Final = ("strongest", "weaker", "weakest", "none")
READINGS: Final = {"wide": ("yes", "no"), "shape": ("round", "square", "flat")}
LISTS: Final = ("stays", "jobs")

YES_NO: Final = st.sampled_from([True, False, None])
COLOUR: Final = st.sampled_from(["red", "blue", "green", None])
DAY: Final = st.sampled_from([1, 2, 3, NO_DAY, AFTER_EVERY_DAY, None])

SINGLE: Final[Mapping[str, st.SearchStrategy[Value]]] = {
    **dict.fromkeys(("tall", "old", "rich", "odd"), YES_NO),
    **dict.fromkeys(("hat", "coat"), COLOUR),
    **dict.fromkeys(("born", "died", LAW_DATE), DAY),
    **{reading_key(name): st.sampled_from([*options, None]) for name, options in READINGS.items()},
}
FIELDS: Final[Mapping[str, st.SearchStrategy[Value]]] = {"paid": YES_NO, "sign": COLOUR, "since": DAY}
RECORD: Final = st.fixed_dictionaries(dict(FIELDS))
LISTED: Final[st.SearchStrategy[Value]] = st.one_of(st.none(), st.lists(RECORD, max_size=3).map(tuple))


def cases() -> st.SearchStrategy[dict[str, Value]]:
    """The values of a case: of every fact, reading and list."""
    listed: Mapping[str, st.SearchStrategy[Value]] = dict.fromkeys(LISTS, LISTED)
    return st.fixed_dictionaries({**SINGLE, **listed})


def _comparisons(records: str | None) -> list[Formula]:
    """Every kind of comparison: of the case, and of a record of the list that is at hand."""
    days: list[Term] = [Input("born"), Input("died"), Input(LAW_DATE), Fixed(2, "the day it became law")]
    colours = [Input("hat"), Input("coat")]
    yes_no = [Input(key) for key in ("tall", "old", "rich", "odd")]
    if records is None:
        found: list[Formula] = [OneOf(term, frozenset({True})) for term in yes_no]
        found += [Ordered(left, right, strict) for left in days for right in days for strict in (False, True)]
        found += [Same(*colours), Same(yes_no[0], yes_no[1]), OneOf(colours[0], frozenset({"red", "blue"}))]
        return found
    paid, sign, since = (Field(records, name) for name in FIELDS)
    found = [OneOf(paid, frozenset({True})), OneOf(sign, frozenset({"red"})), OneOf(yes_no[0], frozenset({True}))]
    found += [Same(sign, colour) for colour in colours]
    found += [Ordered(since, day) for day in days] + [Ordered(day, since, True) for day in days]
    return found


def _choice(reading: str, branch: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    options = READINGS[reading]
    return st.tuples(*[branch] * len(options)).map(
        lambda found: Choose(reading, tuple(zip(options, found, strict=True)))
    )


def formulas(records: str | None = None) -> st.SearchStrategy[Formula]:
    """Formulas of every kind; inside ``such_that`` those about a record of the list."""

    def grow(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(inner, max_size=4).map(tuple)
        return st.one_of(
            several.map(All),
            several.map(Any),
            st.builds(AtLeast, st.integers(0, 4), several),
            inner.map(Not),
            inner.map(lambda body: Named("concept", "named", body)),
            *(_choice(name, inner) for name in READINGS),
        )

    simple: st.SearchStrategy[Formula] = st.sampled_from([*_comparisons(records), TRUE, FALSE])
    if records is None:
        simple = st.one_of(simple, *(_some(each) for each in LISTS))
    return st.recursive(simple, grow, max_leaves=12)


def _some(each: str) -> st.SearchStrategy[Formula]:
    return st.builds(SomeRecord, st.just(each), _SUCH_THAT[each], st.sampled_from([1, 1, 2]))


_SUCH_THAT: Final[Mapping[str, st.SearchStrategy[Formula]]] = {each: formulas(each) for each in LISTS}


def questions() -> st.SearchStrategy[ResolvedQuestion]:
    """Questions of a few rules that speak for one outcome, for one or another, or only disapply."""

    def conclusions(condition: Formula) -> list[tuple[tuple[str, Formula], ...]]:
        return [
            (("strongest", TRUE),),
            (("weaker", TRUE),),
            (("strongest", condition), ("weakest", Not(condition))),
            (("weaker", condition), ("none", Not(condition))),
            (),
        ]

    def question(parts: list[tuple[Formula, Formula, int]]) -> ResolvedQuestion:
        rules = [
            Rule(f"rule-{number}", applies, conclusions(condition)[which])
            for number, (applies, condition, which) in enumerate(parts, start=1)
        ]
        # As where one provision disapplies another: what it says stands in the other.
        first, last = rules[0], rules[-1]
        rules.append(
            Rule("rule-0", All((Not(Named("provision", first.id, first.applies)), last.applies)), first.concludes)
        )
        return ResolvedQuestion("question", OUTCOMES, tuple(rules), {}, ())

    rule = st.tuples(formulas(), formulas(), st.integers(0, 4))
    return st.lists(rule, min_size=1, max_size=4).map(question)
