"""Documents drawn at random: every kind of block, nested a little, with texts that could be taken for markup."""

from __future__ import annotations

import datetime
from typing import Any, get_args

from hypothesis import strategies as st

from lawmodel.document import (
    Bar,
    Block,
    Chart,
    Column,
    DayRange,
    Decision,
    DecisionRow,
    DecisionTable,
    Diagnostic,
    Document,
    Fold,
    Footnote,
    Footnotes,
    Item,
    Items,
    Ladder,
    Lane,
    LaneMark,
    LaneSpan,
    Link,
    Listing,
    Note,
    Paragraph,
    ReasonStep,
    Rung,
    Section,
    SideBySide,
    Span,
    StackedBar,
    StackedChart,
    Steps,
    Table,
    Term,
    Terms,
    Text,
    TimeLine,
    Verdict,
)
from lawmodel.render.pictures.lists import as_list

WORDS = st.sampled_from(
    ["extradition", "must be refused", "1 < 2", "a & b", "*not bold*", "<b>", "`x`", "[a](b)", "| pipe", "#", "ж", "1."]
)
SPANS = st.builds(
    Span,
    WORDS,
    st.sampled_from(["plain", "strong", "faint", "reading", "identifier"]),
    st.none()
    | st.builds(Link, st.sampled_from(["law", "source", "case", "step", "web"]), st.just("https://a.example/"))
    | st.builds(Link, st.just("note"), st.sampled_from(["1", "2", "9"])),
    st.none() | st.integers(1, 3),
)
TEXTS: st.SearchStrategy[Text] = st.lists(SPANS, min_size=1, max_size=3).map(tuple)
NAMES = st.sampled_from(["", "combat", "service[1].to", "cpc-464-1-7"])
TRUTHS = st.sampled_from([None, "met", "not met", "not known"])
STEPS = st.recursive(
    st.builds(ReasonStep, TEXTS, TRUTHS, st.just(()) | TEXTS),
    lambda inner: st.builds(ReasonStep, TEXTS, TRUTHS, st.just(()), st.lists(inner, max_size=2).map(tuple)),
    max_leaves=4,
)
ROWS = st.builds(DecisionRow, TEXTS, TEXTS, NAMES)
TABLES = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        Table,
        st.lists(st.builds(Column, WORDS), min_size=width, max_size=width).map(tuple),
        st.lists(st.lists(TEXTS, min_size=width, max_size=width).map(tuple), max_size=3).map(tuple),
    )
)
STACKED_CHARTS = st.integers(1, 3).flatmap(
    lambda parts: st.builds(
        StackedChart,
        st.lists(WORDS, min_size=parts, max_size=parts).map(tuple),
        st.lists(
            st.builds(StackedBar, TEXTS, st.lists(st.integers(0, 99), min_size=parts, max_size=parts).map(tuple)),
            max_size=3,
        ).map(tuple),
        WORDS,
    )
)
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)) | st.dates(
    datetime.date(2025, 1, 1), datetime.date(2026, 12, 31)
)
RANGES = (
    st.builds(lambda day: DayRange(day, day), DAYS)
    | st.builds(lambda one, other: DayRange(min(one, other), max(one, other)), DAYS, DAYS)
    | st.builds(DayRange, st.none() | DAYS, st.none())
    | st.builds(DayRange, st.none(), DAYS)
)
MARKED = st.builds(LaneMark, RANGES, TEXTS, st.booleans(), st.booleans())


@st.composite
def spans(draw: st.DrawFn) -> LaneSpan:
    """Something that lasts: what is known of its end does not come before its beginning."""
    first, last = draw(st.none() | RANGES), draw(st.none() | RANGES)
    begins = None if first is None else first.first or first.last
    ends = None if last is None else last.last or last.first
    if begins is not None and ends is not None and ends < begins:
        first, last = last, first
    return LaneSpan(first, last, draw(TEXTS), draw(st.booleans()))


LANES = st.builds(
    Lane, TEXTS, st.lists(spans(), max_size=2).map(tuple), st.lists(MARKED, max_size=5).map(tuple), st.just(()) | TEXTS
)
TIME_LINES = st.builds(TimeLine, WORDS, st.lists(LANES, min_size=1, max_size=4).map(tuple)) | st.builds(
    TimeLine, WORDS, st.lists(LANES, max_size=3).map(tuple), DAYS, TEXTS
)
LEAVES = st.builds(Rung, TEXTS, TRUTHS, is_end=st.booleans())
RUNGS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        Rung,
        st.just(()) | TEXTS,
        TRUTHS,
        st.sampled_from(["all", "any", "count", "open"]),
        st.lists(inner, min_size=1).map(tuple),
    ),
    max_leaves=8,
)
LADDERS = st.builds(Ladder, WORDS, st.lists(RUNGS, min_size=1, max_size=4).map(tuple))
PLAIN: dict[type, st.SearchStrategy[Any]] = {
    Verdict: st.builds(Verdict, TEXTS, NAMES, st.lists(TEXTS, max_size=2).map(tuple)),
    Paragraph: st.builds(Paragraph, TEXTS),
    Steps: st.builds(Steps, st.lists(STEPS, min_size=1, max_size=3).map(tuple)),
    DecisionTable: st.builds(
        DecisionTable,
        st.lists(st.builds(Decision, TEXTS, NAMES, st.lists(ROWS, max_size=2).map(tuple)), min_size=1, max_size=2).map(
            tuple
        ),
        st.just(("Assumes", "Otherwise")),
    ),
    Table: TABLES,
    SideBySide: st.builds(
        SideBySide,
        st.lists(st.tuples(st.none() | STEPS, st.none() | STEPS), min_size=1, max_size=3).map(tuple),
        st.just(("Before", "After")),
    ),
    Terms: st.builds(Terms, st.lists(st.builds(Term, TEXTS, TEXTS), min_size=1, max_size=3).map(tuple)),
    Chart: st.builds(
        Chart,
        st.lists(st.builds(Bar, TEXTS, st.floats(0, 1), st.just("50 %"), TEXTS), min_size=1, max_size=2).map(tuple),
        WORDS,
    ),
    StackedChart: STACKED_CHARTS,
    Diagnostic: st.builds(
        Diagnostic, st.just("case.yaml:7:56"), TEXTS, TEXTS, st.sampled_from(["", "7 | to: x\n  |     ^"])
    ),
    TimeLine: TIME_LINES,
    Ladder: LADDERS,
    Note: st.builds(Note, TEXTS, st.sampled_from(["note", "odd", "error"])),
    Footnotes: st.builds(
        Footnotes,
        st.lists(st.builds(Footnote, st.integers(1, 3), TEXTS), max_size=3, unique_by=lambda one: one.number).map(
            tuple
        ),
    ),
    Listing: st.builds(Listing, st.just("title: a case\nfacts: {}\n"), st.just("yaml")),
}
"""Blocks that hold no others."""


def holding(inner: st.SearchStrategy[Any]) -> dict[type, st.SearchStrategy[Any]]:
    """Blocks that hold such blocks."""
    items = st.builds(Item, TEXTS, NAMES, st.lists(inner, max_size=1).map(tuple))
    return {
        Section: st.builds(
            Section, TEXTS, st.lists(inner, max_size=2).map(tuple), st.just(()) | TEXTS, st.just(""), NAMES
        ),
        Fold: st.builds(Fold, TEXTS, st.lists(inner, max_size=2).map(tuple)),
        Items: st.builds(Items, st.lists(items, min_size=1, max_size=2).map(tuple), st.booleans()),
    }


PLAIN_BLOCKS = st.one_of(*PLAIN.values())
OF_KIND = {**PLAIN, **holding(PLAIN_BLOCKS)}
"""A block of each kind."""
BLOCKS: st.SearchStrategy[Block] = st.recursive(
    PLAIN_BLOCKS, lambda inner: st.one_of(*holding(inner).values()), max_leaves=4
)
DOCUMENTS = st.builds(Document, TEXTS, st.lists(BLOCKS, max_size=4).map(tuple), st.just(()) | TEXTS)


def texts_in(value: object) -> list[str]:
    """The words of every span of a document, wherever it stands."""
    if isinstance(value, Span):
        return [value.text]
    if isinstance(value, tuple):
        return [text for one in value for text in texts_in(one)]
    fields = getattr(type(value), "__dataclass_fields__", {})
    return [text for name in fields for text in texts_in(getattr(value, name))]


def links_in(value: object) -> list[Link]:
    """Every link of a document, wherever it stands."""
    if isinstance(value, Link):
        return [value]
    if isinstance(value, TimeLine | Ladder):
        return links_in(as_list(value))  # of a picture the list leads there, and not the drawing
    if isinstance(value, tuple):
        return [link for one in value for link in links_in(one)]
    fields = getattr(type(value), "__dataclass_fields__", {})
    return [link for name in fields for link in links_in(getattr(value, name))]


KINDS = get_args(Block)
