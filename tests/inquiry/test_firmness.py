"""What an answer rests on, where days have an order: values that cannot be do not count."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.case.file import parse_cases
from lawmodel.inquiry.decide import decide
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

POST = """
rulebook: {title: Post, law_date: letter.answered, stages: [{id: in_force, says: in force}]}
sources: [{id: rules, title: Rules, kind: instrument}]
facts:
  - {id: letter.sent, type: date, title: sending, phrase: "sent on {}", ask: When?, ordinary: 2020-03-02}
  - {id: letter.came, type: date, title: coming, phrase: "came on {}", ask: When?}
  - {id: letter.answered, type: date, title: answer, phrase: "answered on {}", ask: When?}
consistency:
  - {order: [letter.sent, letter.came, letter.answered], says: "it is sent, comes, and is answered"}
questions:
  - id: late
    title: Late
    asks: Is it late?
    outcomes: [{id: late, says: yes, means: it is late}, {id: in_time, says: no, means: it is in time}]
provisions:
  - id: spring
    question: late
    title: Sent too late
    citation: Rules s. 1
    text: A letter is late if it is sent after the tenth of March.
    certainty: text
    sources: [{id: rules}]
    when: {letter.sent: {after: 2020-03-10}}
    concludes: late
"""


@pytest.fixture
def post(tmp_path: Path) -> Rulebook:
    (tmp_path / "post.yaml").write_text(POST, encoding="utf-8")
    return load_rulebook(tmp_path)


def rests_on(post: Rulebook, came: str, answered: str) -> tuple[str, ...]:
    text = f"presume: ordinary\nfacts: {{letter: {{came: {came}, answered: {answered}}}}}"
    answer = decide(post, parse_cases(post, text)[0], "late")
    assert answer.outcome == "in_time"
    return answer.rests_on


def test_a_presumed_day_that_could_have_been_later_carries_the_answer(post: Rulebook) -> None:
    assert rests_on(post, "2020-03-11", "2020-04-01") == ("letter.sent",)
    assert rests_on(post, "unknown", "2020-03-11") == ("letter.sent",)


def test_a_presumed_day_that_could_not_have_been_later_does_not(post: Rulebook) -> None:
    assert rests_on(post, "2020-03-10", "2020-04-01") == ()


def test_a_known_day_reaches_through_one_that_is_not_known(post: Rulebook) -> None:
    assert rests_on(post, "unknown", "2020-03-10") == ()


def test_days_in_the_wrong_order_are_refused_through_one_that_is_not_known(post: Rulebook) -> None:
    text = "facts: {letter: {sent: 2020-03-05, came: unknown, answered: 2020-03-04}}"
    with pytest.raises(ProblemsFound, match="5 March 2020 comes after 4 March 2020"):
        decide(post, parse_cases(post, text)[0], "late")
