"""What no case is, and what is odd: conditions of `consistency`, on the ferry."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.testing import DrawnCase, cases
from tests.inquiry.ferry import ferry

RULES = """
consistency:
  - id: armed-and-sober
    level: warning
    says: sober travellers carry no arms
    when: {traveller.armed: yes, traveller.drunk: no}
  - id: worth-without-limit
    says: cargo is never worth more than its limit allows
    when: {cargo.value: {more_than: 900}, cargo.limit: {less_than: 50}}
  - id: pass-of-tomorrow
    level: error
    says: nobody holds a pass that begins after the crossing
    when: {some: passes, such_that: {from: {after: crossing.made}}}
    questions: [crossing]
  - id: crossed-after-today
    says: a crossing lies in the past
    when: {crossing.made: {after: law-date}}
    questions: [crossing]
"""


EARNED = Wanted(outcome="earned")


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"), RULES)


def case_of(law: Rulebook, text: str) -> Case:
    return parse_cases(law, "facts:\n" + text)[0]


def test_what_is_odd_is_remarked_on_and_changes_nothing(law: Rulebook, tmp_path: Path) -> None:
    written = (
        "  traveller.armed: yes\n  traveller.drunk: no\n  passes: []\n  cargo.limit: 60\n  crossing.made: 2022-01-01\n"
    )
    answer = decide(law, case_of(law, written), "crossing", on=datetime.date(2022, 1, 1))
    assert [(one.id, one.level, one.says) for one in answer.remarks] == [
        ("armed-and-sober", "warning", "sober travellers carry no arms")
    ]
    plain = decide(ferry(tmp_path), case_of(law, written), "crossing", on=datetime.date(2022, 1, 1))
    assert (plain.possible, plain.turns_on, plain.remarks) == (answer.possible, answer.turns_on, ())
    assert answer.to_json()["remarks"] == [
        {"id": "armed-and-sober", "level": "warning", "says": "sober travellers carry no arms"}
    ]


@pytest.mark.parametrize(
    "written", ["  traveller.armed: yes\n", "  traveller.armed: yes\n  traveller.drunk: unknown\n"]
)
def test_what_is_not_written_is_not_odd(law: Rulebook, written: str) -> None:
    assert decide(law, case_of(law, written), "weather").remarks == ()


def test_what_is_only_presumed_is_not_odd(tmp_path: Path) -> None:
    odd = "consistency:\n  - {id: low, level: warning, says: low, when: {cargo.limit: {at_most: 100}}}\n"
    law = ferry(tmp_path, odd)
    silent, said = Case(presume=True), Case(facts={"cargo.limit": 100})
    assert decide(law, silent, "crossing").remarks == ()
    assert [one.id for one in decide(law, said, "crossing").remarks] == ["low"]


def test_what_no_case_is_is_refused_at_its_place(law: Rulebook) -> None:
    case = case_of(law, "  cargo.limit: 10\n  cargo.value: 1000\n")
    with pytest.raises(ProblemsFound) as found:
        decide(law, case, "pass")
    (problem,) = found.value.problems
    assert problem.message == "cargo is never worth more than its limit allows"
    assert "worth-without-limit" in problem.mend
    assert (problem.file, problem.line) == ("case", 3)


def test_what_no_case_is_may_count_for_one_question_alone(law: Rulebook) -> None:
    case = case_of(law, "  passes: [{from: 2022-06-01}]\n  crossing.made: 2022-01-01\n")
    with pytest.raises(ProblemsFound, match="nobody holds a pass"):
        decide(law, case, "crossing")
    assert decide(law, case, "pass", on=datetime.date(2022, 7, 1)).outcome == "held"


def test_a_day_after_another_is_an_order_that_is_left_out_of_what_is_possible(law: Rulebook) -> None:
    """A crossing that is not dated lies, for the question of which this is said, not after the day of the law."""
    late = case_of(law, "  crossing.made: 2022-03-01\n")
    with pytest.raises(ProblemsFound, match="a crossing lies in the past: 1 March 2022 comes after 1 January 2022"):
        decide(law, late, "crossing", on=datetime.date(2022, 1, 1))
    assert decide(law, late, "weather", on=datetime.date(2022, 1, 1)).outcome == "not_asked"


ORDERED = """
rulebook: {title: Post, law_date: post.sent, stages: [{id: valid, says: valid}]}
sources: [{id: rules, title: Rules, kind: instrument}]
facts:
  - {id: post.sent, type: date, title: sending, phrase: "sent on {}", ask: When?}
  - {id: post.read, type: date, title: reading, phrase: "read on {}", ask: When?}
  - {id: post.burnt, type: date, title: burning, phrase: "burnt on {}", ask: When?}
questions:
  - {id: q, title: Q, asks: Q?, outcomes: [{id: late, says: a, means: late}, {id: early, says: b, means: early}]}
provisions:
  - id: p
    question: q
    title: P
    citation: P
    text: P
    certainty: text
    sources: [{id: rules}]
    when: {post.burnt: {before: post.read}}
    concludes: late
"""


@pytest.mark.parametrize(
    "rule",
    [
        "{order: [post.read, post.burnt], says: burnt after it was read}",
        "{id: burnt, says: burnt after it was read, when: {post.burnt: {before: post.read}}}",
        "{id: burnt, says: burnt after it was read, when: {post.read: {after: post.burnt}}, questions: [q]}",
        "{id: burnt, says: burnt after it was read, when: {any: [{post.read: {after: post.burnt}}]}}",
    ],
)
def test_an_error_that_a_day_comes_after_another_is_an_order_of_days(tmp_path: Path, rule: str) -> None:
    (tmp_path / "law.yaml").write_text(f"{ORDERED}consistency: [{rule}]\n", encoding="utf-8")
    law = load_rulebook(tmp_path / "law.yaml")
    answer = decide(law, Case(), "q")
    assert (answer.possible, answer.remarks) == (("early",), ())
    with pytest.raises(ProblemsFound, match="burnt after it was read: 2 January 2022 comes after 1 January 2022"):
        decide(law, case_of(law, "  post.read: 2022-01-02\n  post.burnt: 2022-01-01\n"), "q")


def test_where_an_open_case_may_be_what_no_case_is_the_answer_says_so(law: Rulebook) -> None:
    answer = decide(law, case_of(law, "  cargo.limit: 10\n"), "pass")
    assert [(one.id, one.level) for one in answer.remarks] == [("worth-without-limit", "error")]
    assert decide(law, case_of(law, "  cargo.limit: 60\n"), "pass").remarks == ()
    assert decide(law, case_of(law, "  cargo.limit: 10\n"), "weather").remarks == ()


def test_a_case_that_is_found_is_none_that_no_case_is(law: Rulebook, tmp_path: Path) -> None:
    given = Case(facts={"cargo.limit": 10})
    assert list(find(law, "pass", [View("law")], EARNED, given=given)) == []
    assert list(find(ferry(tmp_path), "pass", [View("law")], EARNED, given=given)) != []


def test_a_drawn_case_is_none_that_no_case_is(tmp_path: Path) -> None:
    rule = "consistency: [{id: drunk, says: nobody is drunk, when: {traveller.drunk: yes}}]"
    law = ferry(tmp_path, rule)
    seen = []

    @settings(max_examples=30, database=None)
    @given(cases(law, question="crossing"))
    def drawn(case: DrawnCase) -> None:
        seen.append(case.facts.get("traveller.drunk"))
        decide(law, case, "crossing", forward_chaining=False)

    drawn()
    assert True not in seen
    assert False in seen


OVERLAP = """
consistency:
  - id: two-passes
    level: warning
    says: two passes for one time
    overlap: [passes.from, passes.to]
  - {id: still, level: warning, says: still, when: {some: passes, such_that: {to: still}}, questions: [weather]}
"""


@pytest.mark.parametrize(
    ("passes", "odd"),
    [
        ("{from: 2022-01-01, to: 2022-03-01}, {from: 2022-02-01, to: 2022-04-01}", True),
        ("{from: 2022-02-01, to: 2022-04-01}, {from: 2022-01-01, to: 2022-03-01}", True),
        ("{from: 2022-01-01, to: 2022-03-01}, {from: 2022-03-01, to: 2022-04-01}", False),
        ("{from: 2022-01-01, to: 2022-03-02}, {from: 2022-03-01, to: 2022-04-01}", True),
        ("{from: 2022-01-01}, {from: 2022-03-01, to: 2022-04-01}", True),
        ("{from: 2022-01-01}, {from: 2022-03-01}", True),
        ("{from: 2022-01-01, to: unknown}, {from: 2022-03-01}", False),
        ("{from: 2022-01-01}, {to: 2022-03-01}", False),
        ("{from: 2022-01-01}", False),
    ],
)
def test_two_records_that_share_more_than_a_day_are_odd(tmp_path: Path, passes: str, odd: bool) -> None:
    law = ferry(tmp_path, OVERLAP)
    remarks = decide(law, case_of(law, f"  passes: [{passes}]\n"), "crossing").remarks
    assert [one.id for one in remarks] == (["two-passes"] if odd else [])


def test_a_record_that_is_given_is_whole(tmp_path: Path) -> None:
    """A field that is left out has what leaving it out means; nothing of a record is ever presumed."""
    law = ferry(tmp_path, OVERLAP)
    for passes, odd in (("{from: 2022-01-01}", True), ("{from: 2022-01-01, to: unknown}", False)):
        remarks = decide(law, case_of(law, f"  passes: [{passes}]\n"), "weather").remarks
        assert [one.id for one in remarks] == (["still"] if odd else [])


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{id: a, says: s, overlap: [passes.from, passes.to]}", "an overlap is no error"),
        ("{id: a, level: warning, says: s, overlap: [passes.from]}", "an overlap needs two days"),
        ("{id: a, level: warning, says: s, overlap: [passes.from, crossing.made]}", "`crossing.made` is no date field"),
        ("{id: a, level: warning, says: s, overlap: [passes.from, passes.till]}", "`passes.till` is no date field"),
        (
            "{id: a, level: warning, says: s, overlap: [passes.from, passes.to], same: [passes.by]}",
            "is no field of one",
        ),
        ("{level: warning, says: s, overlap: [passes.from, passes.to]}", "`id` is missing"),
        ("{id: a, level: warning, says: s, when: {traveller.armed: yes}, same: [passes.from]}", "`same` says nothing"),
        (
            "{id: a, level: warning, says: s, when: {traveller.armed: yes}, overlap: [passes.from, passes.to]}",
            "are given",
        ),
    ],
)
def test_an_overlap_that_is_written_wrong_is_named(tmp_path: Path, rule: str, message: str) -> None:
    with pytest.raises(ProblemsFound, match=message):
        ferry(tmp_path, f"consistency: [{rule}]\n")


@pytest.mark.parametrize(
    ("when", "facts", "odd"),
    [
        ("{any: [{traveller.armed: yes}, {traveller.drunk: yes}]}", "  traveller.armed: yes\n", True),
        ("{any: [{traveller.armed: yes}, {traveller.drunk: yes}]}", "  cargo.limit: 1\n", False),
        ("{not: {traveller.armed: yes}}", "  traveller.armed: no\n", True),
        ("{not: {traveller.armed: yes}}", "  cargo.limit: 1\n", False),
        ("{none: passes, such_that: {to: still}}", "  passes: []\n", True),
        ("{none: passes, such_that: {to: still}}", "  cargo.limit: 1\n", False),
        ("{law-date: {on_or_after: 2020-01-01}}", "  cargo.limit: 1\n", True),
        ("{law-date: {on_or_after: 2020-01-01}, traveller.armed: yes}", "  cargo.limit: 1\n", False),
        ("{any: [{law-date: {on_or_after: 2020-01-01}}, {traveller.armed: yes}]}", "  cargo.limit: 1\n", True),
        ("{reading: arms, carried: always, drunk-only: never}", "  cargo.limit: 1\n", True),
    ],
)
def test_a_condition_is_odd_by_what_is_written_alone(tmp_path: Path, when: str, facts: str, odd: bool) -> None:
    law = ferry(tmp_path, f"consistency: [{{id: odd, level: warning, says: odd, when: {when}}}]\n")
    remarks = decide(law, case_of(law, facts), "crossing", on=datetime.date(2022, 1, 1)).remarks
    assert [one.id for one in remarks] == (["odd"] if odd else [])
