"""A question asked of a second case means the same as the question on that case by itself."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.reasoning.formula import LAW_DATE, ResolvedQuestion, Valuation
from lawmodel.reasoning.whole_law.second_copy import SecondCopy, further_field, second_key
from tests.reasoning.random_questions import DOMAINS, LISTS, READINGS, SINGLE, questions, window

SINGLES = [key for key in SINGLE if key != LAW_DATE]
FIELDS = [f"{records}.{name}" for records, fields in LISTS.items() for name, _ in fields]


@st.composite
def values(draw: st.DrawFn) -> dict[str, Any]:
    """All inputs of one case, known."""
    found: dict[str, Any] = {key: draw(st.sampled_from(window(domain))) for key, domain in SINGLE.items()}
    found |= {f"reading:{name}": draw(st.sampled_from(options)) for name, options in READINGS.items()}
    for records, fields in LISTS.items():
        record = st.fixed_dictionaries({name: st.sampled_from(window(domain)) for name, domain in fields})
        found[records] = tuple(draw(st.lists(record, max_size=2)))
    return found


@given(questions(), values(), values(), st.lists(st.sampled_from([*SINGLES, *FIELDS, *LISTS]), unique=True), st.data())
def test_what_differs_is_read_from_the_second_case(
    question: ResolvedQuestion, first: dict[str, Any], other: dict[str, Any], differs: list[str], data: st.DataObject
) -> None:
    lists = [path for path in differs if path in LISTS]
    fields = [path for path in differs if path in FIELDS and path.partition(".")[0] not in lists]
    second = {**first, **{path: other[path] for path in differs if path in DOMAINS}}
    for path in fields:
        records, _, name = path.partition(".")
        drawn = [data.draw(st.sampled_from(window(dict(LISTS[records])[name]))) for _ in first[records]]
        second[records] = tuple({**one, name: new} for one, new in zip(second[records], drawn, strict=True))
    another = SecondCopy(question, differs)
    both = {**first, **{second_key(path): other[path] for path in differs if path in DOMAINS}}
    for records in LISTS:
        both[records] = tuple(
            {
                **one,
                **{
                    second_key(path.partition(".")[2]): new[path.partition(".")[2]]
                    for path in fields
                    if path.startswith(f"{records}.")
                },
            }
            for one, new in zip(
                first[records], second[records] if records not in lists else first[records], strict=True
            )
        )
    assert Evaluation(another.first(question)).outcome(both) == Evaluation(question).outcome(first)
    assert Evaluation(another.second(question)).supports(both) == Evaluation(question).supports(second)
    assert another.domains.keys() == both.keys()


@given(questions(), values(), values(), st.sampled_from(sorted(LISTS)))
def test_one_more_record_is_read_as_if_it_were_listed(
    question: ResolvedQuestion, first: dict[str, Any], other: dict[str, Any], records: str
) -> None:
    more = {name: other[records][0][name] if other[records] else window(domain)[0] for name, domain in LISTS[records]}
    both = {**first, **{further_field(records, name): value for name, value in more.items()}}
    another = SecondCopy(question, one_more=records)
    second = {**first, records: (*first[records], more)}
    assert Evaluation(another.second(question)).supports(both) == Evaluation(question).supports(second)


@given(questions())
def test_of_the_second_case_nothing_is_known_and_its_days_are_in_order_too(question: ResolvedQuestion) -> None:
    another = SecondCopy(question, ["day.two", "spell.end", "mark"], "spell")
    known = Valuation(dict.fromkeys(DOMAINS, None), {LAW_DATE: "day.two"})
    assert another.valuation(known).values.keys() == another.domains.keys()
    assert another.valuation(known).same_as == known.same_as
    for one in question.orderings:
        if one.records == "spell":
            assert (one.first, second_key(one.then), "spell") in order_of(another)
            assert (further_field("spell", one.first), further_field("spell", one.then), None) in order_of(another)
        elif "day.two" in (one.first, one.then):
            renamed = [second_key(name) if name == "day.two" else name for name in (one.first, one.then)]
            assert (*renamed, None) in order_of(another)
        assert (one.first, one.then, one.records) in order_of(another)


def order_of(another: SecondCopy) -> list[tuple[str, str, str | None]]:
    return [(one.first, one.then, one.records) for one in another.orderings]


def test_there_must_be_such_an_input() -> None:
    question = ResolvedQuestion("question", ("yes", "no"), (), DOMAINS, ())
    with pytest.raises(KeyError):
        SecondCopy(question, ["spell.colour"])
