"""What a user is told of a law that counts conditions and records."""

from __future__ import annotations

import pytest

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.inquiry.decide import decide
from lawmodel.rulebook.model import Rulebook
from tests.inquiry.counting_law import combat_pay

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
