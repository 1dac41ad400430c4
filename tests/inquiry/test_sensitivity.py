"""What an answer rests on, where days have an order: values that cannot be do not count."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.case.file import parse_cases
from lawmodel.case.valuation import value_case
from lawmodel.inputs import FIRST_DAY, LAST_DAY
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.sizes import examples

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


STAY = """
rulebook: {title: Stay, law_date: decided, stages: [{id: in_force, says: in force}]}
sources: [{id: rules, title: Rules, kind: instrument}]
choices: [{id: places, title: Places, of: {PLACES}}]
facts:
  - {id: applied, type: date, title: application, phrase: "applied on {}", ask: When?, ordinary: 2023-01-01}
  - {id: home, type: choice, title: home, choices: places, phrase: "at home in {}", ask: Where?, ordinary: p3}
  - {id: paid, type: date, title: payment, phrase: "paid on {}", ask: When?}
  - {id: decided, type: date, title: decision, phrase: "decided on {}", ask: When?}
  - id: stays
    type: records
    title: stays
    each: stay
    none: no stay
    ask: Which?
    of:
      - {id: begun, type: date, title: begin, phrase: "since {}", ask: When?}
      - {id: place, type: choice, title: place, choices: places, phrase: "in {}", ask: Where?}
consistency: CONSISTENCY
questions:
  - id: granted
    title: Grant
    asks: Is it granted?
    outcomes: [{id: granted, says: yes, means: it is granted}, {id: refused, says: no, means: it is refused}]
provisions:
  - id: stayed
    question: granted
    title: Stayed
    citation: Rules s. 1
    text: It is granted to those who stayed.
    certainty: text
    sources: [{id: rules}]
    when: WHEN
    concludes: granted
"""
PLACES = [f"p{number}" for number in range(30)]


def stay(folder: Path, when: object, consistency: str = "[]") -> Rulebook:
    places = ", ".join(f"{name}: {name.upper()}" for name in PLACES)
    text = STAY.replace("PLACES", places).replace("WHEN", json.dumps(when)).replace("CONSISTENCY", consistency)
    folder.mkdir(exist_ok=True)
    (folder / "stay.yaml").write_text(text, encoding="utf-8")
    return load_rulebook(folder)


def firm(law: Rulebook, stays: str, paid: str = "unknown") -> tuple[str, ...]:
    text = f"presume: ordinary\nfacts: {{decided: 2024-01-01, paid: {paid}, stays: {stays}}}"
    answer = decide(law, parse_cases(law, text)[0], "granted")
    assert answer.determined
    return answer.rests_on


def test_a_presumed_day_is_tried_beside_the_days_of_records(tmp_path: Path) -> None:
    law = stay(tmp_path, {"some": "stays", "such_that": {"begun": {"on_or_before": "applied"}}})
    assert firm(law, "[{begun: 2023-04-11, place: p1}]") == ("applied",)
    assert firm(law, "[]") == ()


def test_a_presumed_choice_is_tried_beside_the_choices_of_records(tmp_path: Path) -> None:
    law = stay(tmp_path, {"some": "stays", "such_that": {"place": {"same_as": "home"}}})
    assert firm(law, "[{begun: 2023-04-11, place: p29}]") == ("home",)
    assert firm(law, "[]") == ()


def test_a_presumed_day_is_tried_where_another_day_is_open(tmp_path: Path) -> None:
    law = stay(tmp_path, {"all": [{"paid": {"on_or_after": "2023-05-05"}}, {"paid": {"on_or_before": "applied"}}]})
    assert firm(law, "[]") == ("applied",)


def test_a_reading_with_many_options_is_tried_in_each(tmp_path: Path) -> None:
    options = [f"option-{number}" for number in range(30)]
    when = {"reading": "which", **dict.fromkeys(options, "never"), options[-1]: "always"}
    law = stay(
        tmp_path,
        when,
        "[]\nreadings:\n  - {id: which, title: Which?, why: it is said, certainty: text, "
        "sources: [{id: rules}], default: option-0, options: ["
        + ", ".join(f"{{id: {one}, says: {one}}}" for one in options)
        + "]}",
    )
    assert firm(law, "[]") == ("which",)


FIRST = datetime.date(2023, 1, 1).toordinal()
LAW_DAYS, CASE_DAYS = (
    [datetime.date.fromordinal(FIRST + number).isoformat() for number in numbers] for numbers in ((4, 8), (2, 6, 10))
)
COMPARED = ["before", "on_or_before", "on", "on_or_after", "after"]


def days(one: str, others: list[str]) -> st.SearchStrategy[Any]:
    return st.builds(lambda how, other: {one: {how: other}}, st.sampled_from(COMPARED), st.sampled_from(others))


def conditions() -> st.SearchStrategy[Any]:
    home = st.builds(
        lambda names: {"home": names}, st.lists(st.sampled_from(PLACES), min_size=1, max_size=2, unique=True)
    )
    begun = days("begun", ["applied", "applied", "paid", *LAW_DAYS])
    of_record = st.lists(begun | begun | st.just({"place": {"same_as": "home"}}) | home, min_size=1, max_size=2)
    stayed = st.builds(
        lambda kind, of: {"some": "stays", "such_that": {kind: of}}, st.sampled_from(["all", "any"]), of_record
    )
    single = days("applied", ["paid", *LAW_DAYS]) | days("paid", ["applied", *LAW_DAYS]) | home
    either = stayed | single | st.builds(lambda one: {"not": one}, stayed)
    joined = st.builds(
        lambda kind, of: {kind: of}, st.sampled_from(["all", "any"]), st.lists(either, min_size=2, max_size=3)
    )
    return stayed | joined


@given(
    conditions(),
    st.lists(
        st.tuples(
            st.sampled_from([*CASE_DAYS, *CASE_DAYS, "unknown"]), st.sampled_from([*PLACES[:4], PLACES[-1], "unknown"])
        ),
        min_size=1,
        max_size=2,
    ),
    st.sampled_from([*CASE_DAYS, "unknown"]),
    st.sampled_from(["[]", "[{order: [applied, paid, decided], says: in order}]"]),
)
@examples(quick=15, full=60)
def test_it_rests_on_exactly_what_some_other_value_changes(
    when: Any, stays: list[tuple[str, str]], paid: str, consistency: str
) -> None:
    """Every day of two weeks, the ends of the calendar, and every place is tried."""
    with TemporaryDirectory() as folder:
        law = stay(Path(folder), when, consistency)
    listed = [{"begun": begun, "place": place} for begun, place in stays]
    text = f"presume: ordinary\nfacts: {{decided: 2024-01-01, paid: {paid}, stays: {json.dumps(listed)}}}"
    case = parse_cases(law, text)[0]
    answer = decide(law, case, "granted", forward_chaining=False)

    def possible(**changed: Any) -> tuple[str, ...] | None:
        other = replace(case, facts={**case.facts, **changed})
        try:
            return decider(law, "granted").possible(value_case(law, other).valuation)
        except ProblemsFound:
            return None

    tried = {"applied": [FIRST_DAY, *range(FIRST, FIRST + 13), LAST_DAY], "home": PLACES}
    expected = {
        name
        for name, values in tried.items()
        if any(possible(**{name: value}) not in (None, answer.possible) for value in values)
    }
    assert set(answer.rests_on) == expected
