"""Time between facts: not later than ten days after notice, under eighteen on the day of the contract, six months."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.valuation import day_by_name
from lawmodel.document import Paragraph, plain
from lawmodel.inputs import Value
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.serialise import as_written
from lawmodel.testing import around_dates
from lawmodel.time_spans import TimeSpan, moved_by
from lawmodel.verbs.turns_on.document import document
from lawmodel.verbs.turns_on.turns_on import turns_on
from lawmodel.verbs.why_not.why_not import why_not
from lawmodel.words.outline import Outline
from tests.testing.rulebooks import draw_many

LAW = """
rulebook: {title: Service, law_date: decision.made, stages: [{id: valid, says: valid}]}
sources: [{id: act, title: The Act, kind: instrument}]
facts:
  - {id: decision.made, type: date, title: the decision, phrase: "decided on {}", ask: When?}
  - {id: decision.notified, type: date, title: the notice, phrase: "given notice on {}", ask: When?}
  - {id: person.born, type: date, title: the birth, phrase: "born on {}", ask: When?}
  - id: service
    type: records
    title: service
    each: period
    none: no service
    ask: Which?
    of:
      - {id: signed, type: date, title: the contract, phrase: "signed on {}", ask: When?}
      - {id: to, type: date, title: last day, phrase: "to {}", ask: Until?, left_out: still,
         words: {still: {means: after_every_day, says: still serving}, never: {means: no_day, says: never ended}}}
concepts:
  - {id: at-the-time, title: t, "yes": early, "no": late, when: {decision.notified: {on_or_after: at}}}
dates:
  - {id: end-of-term, title: the end of the term, is: 10 days after decision.notified, sources: [{id: act}],
     certainty: text}
questions:
  - {id: release, title: Release, asks: Is she released?, outcomes: [{id: released, says: "yes", means: released},
     {id: held, says: "no", means: held}]}
provisions:
  - {id: act-1, question: release, title: One, citation: Act s. 1, text: Text., certainty: text, sources: [{id: act}],
     at: end-of-term, when: WHEN, concludes: released}
"""
TERM = "{decision.made: {on_or_before: 10 days after decision.notified}}"
MINOR = "{some: service, such_that: {signed: {before: 18 years after person.born}}}"
SIX_MONTHS = "{some: service, such_that: {to: {on_or_after: 6 months after signed}}}"


def law(folder: Path, when: str) -> Rulebook:
    moment = "at: end-of-term, " if "after at" in when else ""
    (folder / "rulebook.yaml").write_text(LAW.replace("at: end-of-term, ", moment).replace("WHEN", when))
    return load_rulebook(folder)


def day(text: str | None) -> Value:
    words: dict[str, Value] = {"still": 10_000_000, "never": -1}
    return None if text is None else words.get(text, 0) or datetime.date.fromisoformat(text).toordinal()


def answer(rulebook: Rulebook, made: str | None = "2026-06-01", **facts: str | None) -> Answer:
    """``signed`` and ``to`` are of one period of service, by default of none."""
    period = {name: day(facts.pop(name)) for name in ("signed", "to") if name in facts}
    given: dict[str, Value] = {"service": (period,) if period else ()}  # type: ignore[dict-item]
    given |= {{"born": "person.born", "notified": "decision.notified"}[key]: day(one) for key, one in facts.items()}
    return decide(rulebook, Case(facts={"decision.made": day(made), **given}), "release")


@pytest.mark.parametrize(
    ("when", "facts", "last_yes", "first_no"),
    [
        (TERM, {"notified": "2026-03-01"}, {"made": "2026-03-11"}, {"made": "2026-03-12"}),
        (TERM, {"made": "2026-03-11"}, {"notified": "2026-03-01"}, {"notified": "2026-02-28"}),
        (MINOR, {"born": "2008-02-29"}, {"signed": "2026-02-27"}, {"signed": "2026-02-28"}),
        (MINOR, {"signed": "2026-02-28"}, {"born": "2008-03-01"}, {"born": "2008-02-29"}),
        (SIX_MONTHS, {"signed": "2025-08-31"}, {"to": "2026-02-28"}, {"to": "2026-02-27"}),
        (SIX_MONTHS, {"signed": "2025-08-31"}, {"to": "still"}, {"to": "never"}),
        ("{decision.made: {on: 1 week after decision.notified}}", {"notified": "2026-03-01"}, {"made": "2026-03-08"},
         {"made": "2026-03-07"}),
        ("{decision.made: {on_or_before: end-of-term}}", {"notified": "2026-03-01"}, {"made": "2026-03-11"},
         {"made": "2026-03-12"}),
        ("{decision.made: {before: 1 month after end-of-term}}", {"notified": "2026-01-21"}, {"made": "2026-02-27"},
         {"made": "2026-02-28"}),
        ("{concept: at-the-time, at: 5 days before law-date}", {"made": "2026-03-11"}, {"notified": "2026-03-06"},
         {"notified": "2026-03-05"}),
        ("{decision.made: {on_or_before: 3 days after at}}", {"notified": "2026-03-01"}, {"made": "2026-03-14"},
         {"made": "2026-03-15"}),
    ],
)  # fmt: skip
def test_a_line_says_it_and_the_answer_turns_on_the_day(
    tmp_path: Path, when: str, facts: dict[str, str], last_yes: dict[str, str], first_no: dict[str, str]
) -> None:
    rulebook = law(tmp_path, when)
    assert answer(rulebook, **(facts | last_yes)).outcome == "released"
    assert answer(rulebook, **(facts | first_no)).outcome == "held"
    if last_yes.keys() != {"to"}:
        for key in {**facts, **last_yes}:
            assert set(answer(rulebook, **(facts | last_yes | {key: None})).possible) == {"released", "held"}
    nothing = dict.fromkeys({**facts, **last_yes})
    assert set(answer(rulebook, **nothing).possible) == {"released", "held"}


def test_an_answer_on_open_days_is_exact(tmp_path: Path) -> None:
    """Notice may be any day: no day lies between two that follow each other, and each is within a term or after it."""
    later = "{decision.made: {after: decision.notified}}"
    within = f"{{all: [{later}, {{decision.made: {{before: 1 day after decision.notified}}}}]}}"
    assert answer(law(tmp_path, within), made=None, notified=None).outcome == "held"
    assert answer(law(tmp_path, f"{{any: [{TERM}, {later}]}}"), made=None, notified=None).outcome == "released"


def test_what_an_open_answer_turns_on(tmp_path: Path) -> None:
    found = answer(law(tmp_path, TERM), made=None, notified=None)
    assert set(found.turns_on) == {("decision.made",), ("decision.notified",)}


@pytest.mark.parametrize(
    ("when", "facts", "said"),
    [
        (TERM, {"notified": "2026-03-01", "made": "2026-03-12"},
         "decided on 12 March 2026, later than 10 days after the notice (11 March 2026; counted from 1 March 2026, "
         "11 full days have passed)"),
        (TERM, {"notified": None, "made": "2026-03-12"}, "decided on 12 March 2026; not known: the notice"),
        (MINOR, {"born": "2007-03-01", "signed": "2025-02-10"},
         "signed on 10 February 2025, earlier than 18 years after the birth (1 March 2025; counted from 1 March 2007, "
         "17 full years have passed)"),
        (SIX_MONTHS, {"signed": "2025-08-31", "to": "2025-08-01"},
         "to 1 August 2025, earlier than 6 months after the contract (28 February 2026; counted from 31 August 2025)"),
        (SIX_MONTHS, {"signed": "2025-08-31", "to": "still"}, "still serving"),
    ],
)  # fmt: skip
def test_the_trace_says_how_much_time_has_passed(
    tmp_path: Path, when: str, facts: dict[str, str | None], said: str
) -> None:
    steps = [one.says for step in answer(law(tmp_path, when), **facts).trace for one in step.walk()]
    assert said in steps


def test_it_is_written_and_outlined_as_it_is_read(tmp_path: Path) -> None:
    rulebook = law(tmp_path, TERM)
    when = rulebook.provisions["act-1"].when
    assert as_written(rulebook.provisions["act-1"])["when"] == {
        "decision.made": {"on_or_before": "10 days after decision.notified"}
    }
    assert Outline(rulebook).line(when).says == "the decision: not later than 10 days after the notice"


def test_the_solver_looks_at_few_of_the_months_of_the_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lawmodel.reasoning.solving.solver.MOST_TOLD", 40)
    rulebook = law(tmp_path, f"{{any: [{MINOR}, {SIX_MONTHS}, {TERM}]}}")
    period = {"signed": None, "to": None}
    facts: dict[str, Value] = {"decision.made": None, "decision.notified": None, "person.born": None}
    found = decide(rulebook, Case(facts={**facts, "service": (period, period)}), "release")
    assert {key for group in found.turns_on for key in group} >= {*facts, "service[1].signed", "service[2].to"}
    why_not(rulebook, Case(facts={**facts, "service": None}), "release", "held")


@pytest.mark.parametrize("when", [TERM, MINOR, SIX_MONTHS])
@pytest.mark.parametrize("outcome", ["released", "held"])
def test_a_case_is_found_and_answered_as_it_says(tmp_path: Path, when: str, outcome: str) -> None:
    rulebook = law(tmp_path, when)
    found = next(find(rulebook, "release", [View("")], Wanted(outcome)))
    (case,) = parse_cases(rulebook, found.to_yaml())
    assert decide(rulebook, case, "release").outcome == outcome


def test_that_there_is_no_case_is_proved(tmp_path: Path) -> None:
    grown = "{signed: {on_or_after: 18 years after person.born}}"
    for years in (18, 17):
        younger = f"{{signed: {{before: {years} years after person.born}}}}"
        (tmp_path / str(years)).mkdir()
        rulebook = law(tmp_path / str(years), f"{{some: service, such_that: {{all: [{grown}, {younger}]}}}}")
        assert next(find(rulebook, "release", [View("")], Wanted("released")), None) is None


def test_drawn_cases_lie_at_the_very_border(tmp_path: Path) -> None:
    drawn = draw_many(around_dates(law(tmp_path, MINOR), "release"), 300)
    left = set()
    for case in drawn:
        born, periods = case.facts.get("person.born"), case.facts["service"]
        for period in periods if isinstance(born, int) and isinstance(periods, tuple) else ():
            signed = period.get("signed")
            if isinstance(signed, int):
                left.add(signed - moved_by(born, (TimeSpan(18, "year", "after"),)))  # type: ignore[arg-type]
    assert {-1, 0} <= left


def test_open_days_between_which_time_is_measured_are_weighed(tmp_path: Path) -> None:
    facts: dict[str, Value] = {"decision.made": None, "decision.notified": None, "person.born": None, "service": ()}
    weights = turns_on(law(tmp_path, TERM), Case(facts=facts), "release")
    assert (weights.total, dict(weights.outcomes)) == (2, {"released": 1, "held": 1})
    assert {one.inputs: one.influence for one in weights.inputs} == {("decision.made",): 2, ("decision.notified",): 2}


def test_where_they_cannot_be_weighed_the_sheet_says_why(tmp_path: Path) -> None:
    """After a month and before thirty days: a circle that gains time in some months alone."""
    notified = "decision.notified"
    month = f"{{decision.made: {{after: 1 month after {notified}}}}}"
    rulebook = law(tmp_path, f"{{all: [{month}, {{decision.made: {{before: 30 days after {notified}}}}}]}}")
    facts: dict[str, Value] = {"decision.made": None, notified: None, "person.born": None, "service": ()}
    weights = turns_on(rulebook, Case(facts=facts), "release")
    assert (weights.total, weights.measured, weights.inputs[0].influence) == (None, True, None)
    said = [plain(block.text) for block in document(weights).blocks if isinstance(block, Paragraph)]
    assert any(one.endswith("The law measures the time between them.") for one in said)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("10 days after decision.notified", 110),
        ("{day: 10 days after decision.notified, first_day: counted}", 109),
        ("0001-04-10", 100),
        ("1 day after 0001-04-10", 101),
        ("1 day after law-date", 201),
    ],
)
def test_a_named_date_is_its_day_in_the_case(tmp_path: Path, day: str, expected: int) -> None:
    text = LAW.replace("is: 10 days after decision.notified", f"is: {day}").replace("WHEN", MINOR)
    (tmp_path / "rulebook.yaml").write_text(text.replace("at: end-of-term, ", ""))
    values: dict[str, Value] = {"decision.notified": 100, "law-date": 200}
    assert day_by_name(load_rulebook(tmp_path), "end-of-term", values) == expected
