"""What one diagram shows of several inputs is what a diagram of each alone shows."""

from __future__ import annotations

from random import Random

from hypothesis import given

from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.reasoning.open_cases.joint_diagram import JointDiagram
from tests.reasoning.small_questions import DOMAINS, SmallQuestions, small_questions
from tests.sizes import examples


@given(small_questions())
@examples(quick=80, full=1_000)
def test_each_value_reaches_what_it_reaches_by_itself(made: SmallQuestions) -> None:
    question, valuation = made.case()
    asked = [key for key in DOMAINS if key not in valuation.same_as]
    joint = JointDiagram(question, valuation, asked)
    for key in asked:
        if not joint.knows(key):
            continue
        reached = joint.reached(key)
        assert set(reached) == ({False, True} if DOMAINS[key].kind == "yes/no" else set(DOMAINS[key].choices))
        family = (key, *(other for other, end in valuation.same_as.items() if end == key))
        for value, outcomes in reached.items():
            changed = valuation.with_values({**valuation.values, **dict.fromkeys(family, value)})
            assert outcomes == set(CertainAnswers(question, changed).possible()), f"{key} = {value}"


def test_enough_is_known() -> None:
    """Of most single inputs that are known and no day."""
    known = wanted = 0
    for seed in range(60):
        question, valuation = SmallQuestions(Random(seed)).case()  # noqa: S311 - the same each time
        asked = [key for key in DOMAINS if DOMAINS[key].kind in {"yes/no", "choice"} and key not in valuation.same_as]
        given_values = [key for key in asked if valuation.values[key] is not None]
        joint = JointDiagram(question, valuation, asked)
        known += sum(map(joint.knows, given_values))
        wanted += len(given_values)
    assert known > wanted / 2 > 10
