"""Cases of any rulebook, as keyword arguments of its model."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from lawmodel.case.shape import Group, Member, shape_of
from lawmodel.rulebook.model import Fact, Rulebook

WORDS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")))
"""What a text of a case may hold: no character that steers a terminal."""
DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31))


def any_value(rulebook: Rulebook, fact: Fact) -> st.SearchStrategy[Any]:
    """A value of a single fact, or unknown."""
    unknown = st.just("unknown")
    match fact.type:
        case "yes/no":
            return st.booleans() | unknown
        case "number":
            return st.integers(0, 10**15 - 1) | unknown
        case "date":
            return DAYS | st.sampled_from([*fact.words, "unknown"])
        case _:
            return st.sampled_from([*rulebook.choices_of(fact), "unknown"])


def any_facts(rulebook: Rulebook, group: Group) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the facts of a group, or fields of a record, by their names in Python."""
    return st.fixed_dictionaries({}, optional={one.name: _any_member(rulebook, one) for one in group.members})


def any_case(rulebook: Rulebook) -> st.SearchStrategy[dict[str, Any]]:
    """The arguments of a case; its days may contradict each other."""
    ordinary = [path for path, fact in rulebook.facts.items() if fact.ordinary is not None]
    listed = st.lists(st.sampled_from(ordinary), unique=True, max_size=3)
    heading = st.fixed_dictionaries(
        {},
        optional={
            "title": WORDS,
            "point": WORDS | st.sampled_from(["no", "2026-03-19", "- a: b", "# x", "null", "~", "1e3", "'", "a: b"]),
            "hypothetical": st.none() | st.integers(0, 10**6),
            "questions": st.lists(st.sampled_from(list(rulebook.questions)), unique=True),
            "presume": st.sampled_from(["ordinary", "nothing"]) | listed,
        },
    )
    return st.builds(lambda one, other: {**one, **other}, heading, any_facts(rulebook, shape_of(rulebook)))


def _any_member(rulebook: Rulebook, member: Member) -> st.SearchStrategy[Any]:
    if member.group is None:
        assert member.fact is not None
        return st.none() | any_value(rulebook, member.fact)
    inner = any_facts(rulebook, member.group)
    if member.fact is None:
        return inner
    return st.none() | st.just("unknown") | st.lists(inner, max_size=2)
