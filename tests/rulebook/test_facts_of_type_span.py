"""Facts that are spans of time: a contract of so many months, a notice of so many days; the two are not compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.schema import case_file_schema
from lawmodel.case.stub import stub
from lawmodel.case.values import NotAValue
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.distinguishing.mutated_statements import statement_slips
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.problems import ProblemsFound
from lawmodel.results.encoder import encode
from lawmodel.rulebook.condition import FactCompared
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.parts import parts
from lawmodel.rulebook.serialise import as_written
from lawmodel.testing import near
from lawmodel.verbs.ask.interview import Asking
from lawmodel.verbs.ask.parse_reply import parse_reply
from lawmodel.words.outline import Outline
from tests.testing.rulebooks import draw_many

LAW = """
rulebook: {title: Contracts, law_date: contract.signed, stages: [{id: valid, says: valid}]}
sources: [{id: act, title: The Act, kind: instrument}]
numbers:
  - {id: long, value: 2, says: years that are long, sources: [{id: act}]}
facts:
  - {id: contract.signed, type: date, title: signature, phrase: "signed on {}", ask: When?}
  - {id: contract.term, type: span, unit: months, title: the term, phrase: "a contract of {}", ask: How long?,
     words: {open: {means: above_every_number, says: a contract without end}}}
  - {id: contract.usual, type: span, unit: months, title: the usual term, phrase: "usually {}", ordinary: 1 year,
     ask: How long?}
  - {id: contract.notice, type: span, unit: days, title: the notice, phrase: "notice of {}", left_out: 2 weeks,
     ask: How long?}
  - {id: contract.pages, type: number, title: pages, phrase: "{} pages", ask: How many?}
  - id: breaks
    type: records
    title: breaks
    each: break
    none: no break
    ask: Which?
    of: [{id: length, type: span, unit: days, title: the length, phrase: "a break of {}", ask: How long?}]
questions:
  - {id: long, title: Length, asks: Is it long?, outcomes: [{id: long, says: "yes", means: long},
     {id: short, says: "no", means: short}]}
provisions:
  - {id: act-1, question: long, title: One, citation: Act s. 1, text: Text., certainty: text, sources: [{id: act}],
     when: WHEN, concludes: long}
"""
YEAR = "{contract.term: {at_least: 1 year}}"


def law(folder: Path, when: str = YEAR) -> Rulebook:
    (folder / "rulebook.yaml").write_text(LAW.replace("WHEN", when))
    return load_rulebook(folder)


def possible(rulebook: Rulebook, facts: str) -> tuple[str, ...]:
    (case,) = parse_cases(rulebook, f"facts: {{contract: {{signed: 2026-01-01, {facts}}}, breaks: []}}")
    return tuple(decide(rulebook, case, "long").possible)


@pytest.mark.parametrize(
    ("when", "facts", "outcomes"),
    [
        (YEAR, "term: 12 months", ("long",)),
        (YEAR, "term: 1 year", ("long",)),
        (YEAR, "term: 11 months", ("short",)),
        (YEAR, "term: open", ("long",)),
        (YEAR, "term: unknown", ("long", "short")),
        ("{contract.term: {more_than: 1 year 6 months}}", "term: 18 months", ("short",)),
        ("{contract.term: {more_than: 1 year 6 months}}", "term: 1 year 7 months", ("long",)),
        ("{contract.term: {less_than: long years}}", "term: 23 months", ("long",)),
        ("{contract.term: {less_than: long years}}", "term: 2 years", ("short",)),
        ("{contract.term: {at_most: contract.usual}}", "term: 12 months, usual: 1 year", ("long",)),
        ("{contract.term: {same_as: contract.usual}}", "term: 12 months, usual: 1 year", ("long",)),
        ("{contract.term: {same_as: contract.usual}}", "term: unknown, usual: 1 year", ("long", "short")),
        ("{contract.notice: {at_least: 14 days}}", "term: open", ("long",)),
        ("{contract.notice: {at_least: 2 weeks 1 day}}", "term: open", ("short",)),
    ],
)
def test_spans_are_compared_in_their_unit(tmp_path: Path, when: str, facts: str, outcomes: tuple[str, ...]) -> None:
    assert possible(law(tmp_path, when), facts) == outcomes


def test_a_list_is_counted_by_how_long_its_records_are(tmp_path: Path) -> None:
    rulebook = law(tmp_path, "{some: breaks, such_that: {length: {more_than: 1 week}}, at_least: 2}")
    written = "facts: {contract: {signed: 2026-01-01}, breaks: [{length: 8 days}, {length: 2 weeks}, {length: 7 days}]}"
    (case,) = parse_cases(rulebook, written)
    assert decide(rulebook, case, "long").possible == ("long",)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("term: 30 days", "`30 days` is a span of days, and `contract.term` is told in months"),
        ("notice: 1 month", "`1 month` is a span of months, and `contract.notice` is told in days"),
        ("term: 12", "`12` is no span of time"),
        ("term: twelve months", "`twelve months` is no span of time"),
        ("term: 1 month 3 days", "`1 month 3 days` is no span of time"),
        ("term: 6 months 1 year", "`6 months 1 year` is no span of time"),
        ("term: -1 months", "`-1 months` is no span of time"),
        ("term: 9999999999999 years 9 months", None),
        ("term: 99999999999999 years", "`99999999999999 years` is no span of time"),
    ],
)
def test_what_a_case_cannot_say(tmp_path: Path, written: str, said: str | None) -> None:
    rulebook = law(tmp_path)
    if said is None:
        assert possible(rulebook, written) == ("long",)
        return
    with pytest.raises(ProblemsFound) as raised:
        possible(rulebook, written)
    assert [one.message for one in raised.value.problems] == [said]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{contract.term: {at_least: 30 days}}", "`contract.term` is told in months, and `30 days` in days"),
        ("{contract.term: {at_least: 12}}", "`12` is a number, and `contract.term` a span of time"),
        ("{contract.term: {at_least: long}}", "`long` is a number, and `contract.term` a span of time"),
        ("{contract.pages: {at_least: 12 months}}", "`12 months` is a span of time, and `contract.pages` a number"),
        ("{contract.term: {at_least: contract.pages}}", "`contract.pages` is a number fact, not a span of time"),
        ("{contract.pages: {at_least: contract.term}}", "`contract.term` is a span fact, not a number"),
        (
            "{contract.term: {at_least: contract.notice}}",
            "`contract.term` is told in months, and `contract.notice` in days",
        ),
        (
            "{contract.term: {same_as: contract.notice}}",
            "`contract.term` and `contract.notice` have different choices",
        ),
        ("{contract.term: {at_least: few months}}", "there is no number `few`"),
        (
            "{contract.signed: {before: contract.term months after contract.signed}}",
            "`contract.term` is a fact, and how long a span is that is added to a day no fact can say",
        ),
    ],
)
def test_what_a_law_cannot_say(tmp_path: Path, when: str, said: str) -> None:
    with pytest.raises(ProblemsFound) as raised:
        law(tmp_path, when)
    assert [one.message for one in raised.value.problems] == [said]


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        ("unit: months, title: the term,", "title: the term,", "`contract.term` is of type span and has no `unit`"),
        ("ordinary: 1 year", "ordinary: 30 days", "`30 days` is no span for `contract.usual`"),
        ("left_out: 2 weeks", "left_out: 14", "`14` is no span for `contract.notice`"),
        ("type: number, title: pages", "type: number, unit: months, title: pages", "`unit` does nothing for a fact of"),
        ("{open: ", "{3 days: ", "`3 days` is a number"),
        ("left_out: 2 weeks", "left_out: {same_as: contract.term}", "cannot be the same as `contract.term`"),
    ],
)
def test_a_wrong_declaration_is_said_at_its_place(tmp_path: Path, found: str, instead: str, said: str) -> None:
    assert found in LAW
    (tmp_path / "rulebook.yaml").write_text(
        LAW.replace(found, instead).replace("WHEN", "{contract.pages: {at_least: 1}}")
    )
    with pytest.raises(ProblemsFound, match=said):
        load_rulebook(tmp_path)


def test_the_trace_and_what_it_turns_on_say_months(tmp_path: Path) -> None:
    rulebook = law(tmp_path)
    told = json.dumps(encode(decide(rulebook, Case(facts={"contract.signed": 739_000, "contract.term": 11}), "long")))
    assert "a contract of 11 months (less than 12 months)" in told
    compared = "a contract of 11 months"
    assert compared in told
    unknown = decide(rulebook, Case(facts={"contract.signed": 739_000}), "long")
    assert unknown.turns_on == (("contract.term",),)
    stated = rulebook.provisions["act-1"].when
    assert Outline(rulebook).line(stated).says == "a contract of at least 12 months"


def test_a_case_that_is_found_can_be_read_again(tmp_path: Path) -> None:
    rulebook = law(tmp_path, "{contract.term: {more_than: contract.usual}}")
    found = next(find(rulebook, "long", [View("")], Wanted("long")))
    (case,) = parse_cases(rulebook, found.to_yaml())
    assert decide(rulebook, case, "long").outcome == "long"


def test_drawn_cases_lie_at_the_very_border(tmp_path: Path) -> None:
    drawn = draw_many(near(law(tmp_path), "act-1"), 60)
    assert {11, 12} <= {case.facts.get("contract.term") for case in drawn}


def test_what_is_typed_in_an_interview_is_a_span(tmp_path: Path) -> None:
    rulebook = law(tmp_path)
    asking = Asking("contract.term", rulebook.facts["contract.term"], None)
    assert parse_reply(rulebook, asking, "1 year") == 12
    with pytest.raises(NotAValue, match="is told in months"):
        parse_reply(rulebook, asking, "52 weeks")


def test_what_editors_are_told(tmp_path: Path) -> None:
    rulebook = law(tmp_path)
    assert "term: Span = ..." in stub(rulebook)
    schema = Draft202012Validator(case_file_schema(rulebook))

    def fits(term: object) -> bool:
        return schema.is_valid({"facts": {"contract": {"signed": "2026-01-01", "term": term}}})

    assert all(map(fits, ("12 months", "1 year 6 months", "open", "unknown")))
    assert not any(map(fits, (12, "twelve", "12")))


def test_a_slip_is_a_month_more_or_less(tmp_path: Path) -> None:
    rulebook = law(tmp_path)
    slips = [slip for part in parts(rulebook) for slip in statement_slips(rulebook, part)]
    changed = [slip.stated for slip in slips if slip.kind == "number off by one"]
    assert [as_written(one) for one in changed] == [
        {"contract.term": {"at_least": "11 months"}},
        {"contract.term": {"at_least": "13 months"}},
    ]
    assert all(isinstance(one, FactCompared) for one in changed)
