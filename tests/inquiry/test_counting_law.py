"""What a user is told of a law that counts conditions and records."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.inquiry.change import change
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.distinguishing.mutants import mutants
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.rulebook.model import Rulebook
from lawmodel.testing.case_strategies import cases
from lawmodel.testing.drawn_case import DrawnCase
from lawmodel.verbs.export.export import as_answer_set_program
from lawmodel.words.outline import Outline
from tests.inquiry.counting_law import combat_pay
from tests.reasoning.answer_sets import consequences
from tests.testing.rulebooks import draw_many

FOUGHT = "{fought: yes, paid: yes}"
NOT_FOUGHT = "{fought: no, paid: yes}"
UNPAID = "{fought: no, paid: no}"


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return combat_pay(tmp_path_factory.mktemp("law"))


def case(law: Rulebook, unit: str = "", service: str = "[]") -> Case:
    text = f"facts: {{claim: {{made: 2025-06-01}}, unit: {{{unit}}}, service: {service}}}"
    return parse_cases(law, text)[0]


@pytest.mark.parametrize(
    ("unit", "service", "outcomes"),
    [
        ("abroad: yes, armed: yes", "[]", ["double"]),
        ("abroad: yes, armed: no", "[]", ["double", "none_due"]),
        ("abroad: yes, armed: no, attacked: no", "[]", ["none_due"]),
        ("abroad: no, armed: no", "[]", ["none_due"]),
        ("abroad: no, armed: no", f"[{FOUGHT}]", ["none_due"]),
        ("abroad: no, armed: no", f"[{FOUGHT}, {FOUGHT}]", ["triple"]),
        ("abroad: no, armed: no", f"[{FOUGHT}, {FOUGHT}, {NOT_FOUGHT}]", ["none_due"]),
        ("abroad: no, armed: no", f"[{FOUGHT}, {FOUGHT}, {FOUGHT}, {NOT_FOUGHT}]", ["triple"]),
        ("abroad: no, armed: no", f"[{UNPAID}]", ["single"]),
        ("abroad: no, armed: no", f"[{UNPAID}, {UNPAID}]", ["none_due"]),
        ("abroad: no, armed: no", f"[{FOUGHT}, {{paid: yes}}]", ["triple", "none_due"]),
        ("abroad: no, armed: no", "unknown", ["triple", "single", "none_due"]),
    ],
)
def test_what_is_counted_decides(law: Rulebook, unit: str, service: str, outcomes: list[str]) -> None:
    answer = decide(law, case(law, unit, service), "pay")
    assert list(answer.possible) == outcomes
    assert answer.without is None


def told(law: Rulebook, provision: str, unit: str, service: str) -> list[str]:
    answer = decide(law, case(law, unit, service), "pay")
    trace = next(one for one in answer.trace if one.id == provision)
    return [step.says for step in trace.walk() if step.kind == "count"]


def test_the_trace_says_how_many_hold_and_how_many_have_to(law: Rulebook) -> None:
    assert told(law, "two-of-three", "abroad: yes, armed: no", "[]") == ["1 of 3 holds, 1 is not known (at least 2)"]
    assert told(law, "two-of-three", "abroad: yes, armed: yes, attacked: no", "[]") == ["2 of 3 hold (at least 2)"]
    assert told(law, "unpaid-once", "", f"[{UNPAID}, {UNPAID}]") == ["period: 2 of 2 hold (at most 1)"]
    assert told(law, "unpaid-once", "", "[]") == ["never served (at most 1)"]
    assert told(law, "unpaid-once", "", "unknown") == ["not known: periods of service"]


def test_the_trace_holds_the_count_as_data(law: Rulebook) -> None:
    answer = decide(law, case(law, "abroad: yes"), "pay")
    (count,) = (one.count for step in answer.trace if step.id == "two-of-three" for one in step.walk() if one.count)
    assert (count.operator, count.bound, count.hold, count.open, count.of) == ("at least", 2, 1, 2, 3)


def test_a_change_counts_further_records(law: Rulebook) -> None:
    """Of three periods in two of which they fought: no third, fighting in it, or one more."""
    found = change(law, case(law, "abroad: no, armed: no", f"[{FOUGHT}, {FOUGHT}, {NOT_FOUGHT}]"), "pay", "triple")
    assert [[one.name for one in each.changes] for each in found.sets] == [
        ["service[3]"],
        ["service[3].fought"],
        ["service[+]"],
    ]
    assert found.every


def test_the_simplest_case_has_as_many_records_as_are_counted(law: Rulebook) -> None:
    found = next(find(law, "pay", [View("")], Wanted("triple")))
    (written,) = parse_cases(law, found.to_yaml())
    assert [dict(one)["fought"] for one in written.facts["service"]] == [True, True]  # type: ignore[union-attr, arg-type]


def test_numbers_that_are_off_by_one_are_slips(law: Rulebook) -> None:
    slips = {(mutant.was, mutant.would_be) for mutant in mutants(law) if mutant.kind == "number off by one"}
    assert ("period: at least 3: fought", "period: at least 4: fought") in slips
    assert ("period: exactly 1: was not paid", "period: exactly 0: was not paid") in slips
    assert not any("at least 0" in would_be for _, would_be in slips)
    two = "at least 2 of: the unit is abroad; the unit is armed; attacked"
    assert {would_be for was, would_be in slips if was == two} == {two.replace("2", "1"), two.replace("2", "3")}


def test_the_outline_says_how_many(law: Rulebook) -> None:
    lines = [line.says for line in Outline(law).lines(law.provisions["three-periods"].when)[0].below]
    assert lines == ["period: at least 3 of which this is true", "all of this"]
    (line,) = Outline(law).lines(law.provisions["two-of-three"].when)
    assert line.says == "at least 2 of this"
    assert Outline(law).line(law.provisions["two-of-three"].when, so=False).says == "fewer than 2 of this"


def test_the_answer_set_program_counts_with_an_aggregate(law: Rulebook) -> None:
    program = as_answer_set_program(law, case(law, "abroad: yes", f"[{FOUGHT}]"), "pay")
    assert '3 <= #count { R : record("service", R), field("service", R, "fought", yes) }' in program
    brave = consequences(program).brave
    assert brave is not None
    assert brave["outcome"] == {("double",), ("none_due",)}


def test_drawn_cases_have_as_many_records_as_are_counted(law: Rulebook) -> None:
    def most(drawn: st.SearchStrategy[DrawnCase]) -> int:
        return max(len(one.facts.get("service", ())) for one in draw_many(drawn, 60))  # type: ignore[arg-type]

    assert most(cases(law, "pay")) == 3
    assert most(cases(law, "pay", most_records=2)) == 2


@pytest.mark.parametrize(
    ("service", "truth"),
    [(f"[{UNPAID}]", True), (f"[{UNPAID}, {UNPAID}]", False), (f"[{UNPAID}, {{fought: no}}]", None)],
)
def test_a_step_of_a_count_holds_as_the_count_does(law: Rulebook, service: str, truth: bool | None) -> None:
    answer = decide(law, case(law, "abroad: no, armed: no", service), "pay")
    steps = [one for step in answer.trace if step.id == "unpaid-once" for one in step.walk() if one.kind == "count"]
    assert [one.truth for one in steps] == [truth]
