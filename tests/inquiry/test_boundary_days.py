"""The days on which the law, or what it finds in a case, changes: the day before, the day itself, the day after.

No date of a law is typed in here: they come from the date lines of the rulebook.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from lawmodel.answer.answer import Answer
from lawmodel.case.file import parse_cases
from lawmodel.inputs import LAW_DATE
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import Formula, Named
from lawmodel.reasoning.resolve import resolve
from lawmodel.reasoning.rewrite import formulas
from lawmodel.rulebook.dateline import counts_as_law
from lawmodel.rulebook.law_day import ends_in
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import DateSwitch, Instrument, days_in
from lawmodel.rulebook.uses import EntryNode, Uses
from tests.sizes import one_in

RULEBOOK = load_rulebook(rules_folder())
STAGES = [stage.id for stage in RULEBOOK.stages]
INSTRUMENTS = sorted(
    {
        name
        for provision in RULEBOOK.provisions
        for name in Uses(RULEBOOK).ids(EntryNode("provision", provision), "instrument")
    }
)
ONE_DAY = datetime.timedelta(days=1)


def first_day(instrument: Instrument, stage: str) -> datetime.date | None:
    """The first day on which it had reached a stage, or a later one."""
    late = STAGES[STAGES.index(stage) :]
    return min((step.date for step in instrument.steps if step.stage in late), default=None)


def is_law(instrument: Instrument, stage: str, day: datetime.date) -> bool:
    since = first_day(instrument, stage)
    return since is not None and since <= day and (instrument.ceases is None or day < instrument.ceases.date)


def round_about(days: Iterable[datetime.date | None]) -> list[datetime.date]:
    return sorted({day + step * ONE_DAY for day in days if day is not None for step in (-1, 0, 1)})


def days_of(instrument: Instrument) -> list[datetime.date]:
    """Round about each of its dates."""
    ceases = [] if instrument.ceases is None else [instrument.ceases.date]
    return round_about([*(step.date for step in instrument.steps), *ceases])


def wording(instrument: Instrument, day: datetime.date) -> str | None:
    worded = [step.version for step in instrument.steps if step.version is not None and step.date <= day]
    return worded[-1] if worded else None


@cache
def laws(question: str, stage: str) -> dict[str, list[Formula]]:
    """By instrument: each condition of the question that it is law on a day that is chosen."""
    found: dict[str, dict[Formula, None]] = {}
    for one in formulas(resolve(RULEBOOK, question, stage, dated="by_choice")):
        if isinstance(one, Named) and one.kind == "law":
            found.setdefault(one.id, {})[one] = None
    return {name: list(conditions) for name, conditions in found.items()}


def test_the_law_depends_on_instruments() -> None:
    assert INSTRUMENTS
    used = {name for question in RULEBOOK.questions for name in laws(question, STAGES[-1])}
    assert set(INSTRUMENTS) >= used


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", INSTRUMENTS)
def test_an_instrument_is_law_from_its_day_on(name: str, stage: str) -> None:
    instrument = RULEBOOK.instruments[name]
    days = days_of(instrument)
    for day in days:
        assert counts_as_law(RULEBOOK, instrument, stage, day) == is_law(instrument, stage, day), day
    versions = {None, *(step.version for step in instrument.steps)}
    expected = {
        tuple(is_law(instrument, stage, day) and version in (None, wording(instrument, day)) for day in days)
        for version in versions
    }
    for question in RULEBOOK.questions:
        for condition in laws(question, stage).get(name, ()):
            holds = meaning(condition)
            assert tuple(holds({LAW_DATE: day.toordinal()}, NO_RECORD) for day in days) in expected, question


@pytest.mark.parametrize(
    "name", one_in(4, sorted({one.enacted_by for one in RULEBOOK.provisions.values() if one.enacted_by}))
)
def test_its_provisions_come_into_force_with_it(name: str) -> None:
    instrument = RULEBOOK.instruments[name]
    enacted = [one for one in RULEBOOK.provisions.values() if one.enacted_by == name and one.repealed_by is None]
    case = parse_cases(RULEBOOK, "facts: {}")[0]
    for question in {one.question for one in enacted}:
        for day in days_of(instrument):
            answer = decide(RULEBOOK, case, question, on=day, forward_chaining=False)
            steps = {step.id: step for step in answer.trace}
            for provision in (one for one in enacted if one.question == question):
                (in_force,) = (step for step in steps[provision.id].children if step.kind == "in-force")
                assert in_force.truth == is_law(instrument, STAGES[-1], day), (provision.id, day)
                assert in_force.truth or steps[provision.id].truth is False


@pytest.mark.parametrize("name", sorted({one.repealed_by for one in RULEBOOK.provisions.values() if one.repealed_by}))
def test_what_it_repeals_goes_with_its_coming(name: str) -> None:
    instrument = RULEBOOK.instruments[name]
    case = parse_cases(RULEBOOK, "facts: {}")[0]
    for provision in RULEBOOK.provisions.values():
        if provision.repealed_by == name and provision.enacted_by is None and provision.in_force is None:
            for day in days_of(instrument):
                answer = decide(RULEBOOK, case, provision.question, on=day, forward_chaining=False)
                (step,) = (step for step in answer.trace if step.id == provision.id)
                (in_force,) = (child for child in step.children if child.kind == "in-force")
                assert in_force.truth is not is_law(instrument, STAGES[-1], day), day


# --- one answer, flipping ----------------------------------------------------------------------------

SERVING = """
presume: ordinary
facts:
  person: {citizenships: [{state: UZ}]}
  service: [{formation: armed_forces, basis: contract, signed: 2024-02-01, from: 2024-02-05, fought: no}]
  request: {state: UZ, received: 2025-06-02}
  decision: {made: 2027-05-03}
"""


def extradition(
    text: str,
    facts: Mapping[str, Any] | None = None,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
) -> Answer:
    """The answer on a case, with some facts changed."""
    case = parse_cases(RULEBOOK, text)[0]
    case = replace(case, facts={**case.facts, **(facts or {})})
    return decide(RULEBOOK, case, "extradition", readings=readings, on=on, stage=stage)


@pytest.mark.parametrize("stage", STAGES)
def test_the_amendment_protects_from_the_day_of_each_stage(stage: str) -> None:
    since = first_day(RULEBOOK.instruments["law-50-fz"], stage)
    assert since is not None
    for day, expected in ((-1, "may_grant"), (0, "must_refuse"), (1, "must_refuse")):
        answer = extradition(SERVING, on=since + day * ONE_DAY, stage=stage)
        assert answer.outcome == expected, day
        assert [ground.id for ground in answer.grounds] == (["cpc-464-1-7"] if day >= 0 else [])
        assert answer.law_date == (since + day * ONE_DAY).isoformat()


def test_the_stages_come_one_after_the_other() -> None:
    days = [first_day(RULEBOOK.instruments["law-50-fz"], stage) for stage in STAGES]
    assert None not in days
    assert days == sorted(day for day in days if day is not None)
    assert len(set(days)) > 4


def test_interim_measures_bind_while_the_convention_does() -> None:
    convention = RULEBOOK.instruments["echr"]
    assert convention.ceases is not None
    text = (
        "presume: ordinary\nfacts: {court: {interim_measure: yes}, person: {citizenships: [{state: UZ}]}, service: []}"
    )
    for day in days_of(convention):
        answer = extradition(text, on=day)
        grounds = {ground.id for ground in answer.grounds}
        assert ("echr-interim-measure" in grounds) == is_law(convention, STAGES[-1], day), day
        assert answer.outcome == ("must_refuse" if grounds else "may_grant")
    assert "echr-interim-measure" not in {one.id for one in extradition(text, on=convention.ceases.date).grounds}


# --- the critical date -------------------------------------------------------------------------------

THREE_DAYS = """
presume: ordinary
facts:
  person: {citizenships: [{state: UZ}, {state: RU}]}
  service: []
  request: {state: UZ, received: 2026-04-06}
  decision: {made: 2026-05-04, surrender: 2026-06-01}
"""
SWITCH = RULEBOOK.dates["critical-date"].value
assert isinstance(SWITCH, DateSwitch)
OPTIONS = {option: str(ends_in(RULEBOOK.dates, days_in(day)[-1].name)) for option, day in SWITCH.branches.items()}
"""By option the fact in which its day ends."""


def critical_day(option: str) -> int:
    """The day that an option picks in this case, as an ordinal."""
    day = parse_cases(RULEBOOK, THREE_DAYS)[0].facts[OPTIONS[option]]
    assert isinstance(day, int)
    return day


UZBEK = {"state": "UZ"}
SOLDIER = {"formation": "armed_forces", "basis": "contract", "fought": False}


@pytest.mark.parametrize("step", [-1, 0, 1])
@pytest.mark.parametrize("option", OPTIONS)
def test_a_citizenship_counts_from_its_first_day_to_its_last(option: str, step: int) -> None:
    critical = critical_day(option)
    assert len({critical_day(one) for one in OPTIONS}) == len(OPTIONS)
    day = critical + step
    for border in ("from", "to"):

        def is_citizen(on: int, border: str = border) -> bool:
            return on >= day if border == "from" else on <= day

        facts = {"person.citizenships": (UZBEK, {"state": "RU", border: day})}
        answer = extradition(THREE_DAYS, facts, readings={"critical-date": option})
        expected = {"cpc-464-1-1": is_citizen(critical), "const-61-1": is_citizen(critical_day("surrender"))}
        assert {one.id for one in answer.grounds} == {ground for ground, speaks in expected.items() if speaks}, border
        assert answer.outcome == ("must_refuse" if any(expected.values()) else "may_grant"), border


@pytest.mark.parametrize("step", [-1, 0, 1])
@pytest.mark.parametrize("option", OPTIONS)
def test_the_first_and_the_last_day_of_service_are_days_of_service(option: str, step: int) -> None:
    critical = critical_day(option)
    day = critical + step
    for service, serving in (
        ({**SOLDIER, "from": day}, day <= critical),
        ({**SOLDIER, "from": critical - 400, "to": day}, day >= critical),
    ):
        facts = {"service": (service,), "person.citizenships": (UZBEK,)}
        answer = extradition(THREE_DAYS, facts, readings={"critical-date": option})
        assert answer.outcome == ("must_refuse" if serving else "may_grant"), service


@pytest.mark.parametrize(("option", "covered_from"), [("covered", None), ("not-covered", "law-50-fz")])
def test_requests_that_were_pending_when_it_became_law(option: str, covered_from: str | None) -> None:
    since = first_day(RULEBOOK.instruments["law-50-fz"], STAGES[-1])
    assert since is not None
    for step in (-1, 0, 1):
        day = since + step * ONE_DAY
        answer = extradition(SERVING, {"request.received": day.toordinal()}, readings={"pending-requests": option})
        assert answer.outcome == ("must_refuse" if covered_from is None or step >= 0 else "may_grant"), day
