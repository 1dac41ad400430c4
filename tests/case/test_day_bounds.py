"""A day that is not known, of which a case says before or after which others it is."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.model import case_model
from lawmodel.case.plain import plain_case
from lawmodel.case.schema import case_file_schema
from lawmodel.case.writing import case_text
from lawmodel.commands.main import program
from lawmodel.inputs import DayBounds, GivenScalar, GivenValue
from lawmodel.inquiry.change import change
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.ask.interview import Interview
from lawmodel.verbs.whatif.whatif import whatif
from lawmodel.verbs.why.why import why
from tests.sizes import sizes

TOY: Final = load_rulebook(Path(__file__).parents[1] / "toy" / "rules")
LAW: Final = load_rulebook(rules_folder())
FROM: Final = "person.citizenships[2].from"
CITIZEN: Final = """
presume: ordinary
facts:
  person: {citizenships: [{state: UZ}, {state: RU, from: SOME_DAY}]}
  service: []
  request: {state: UZ, received: 2026-04-01}
  decision: {made: 2026-05-06}
"""


def citizen_from(day: str) -> Case:
    (case,) = parse_cases(LAW, CITIZEN.replace("SOME_DAY", day))
    return case


# --- what it means -------------------------------------------------------------------------------------


def test_every_day_that_it_can_be_leads_to_the_answer() -> None:
    answer = decide(LAW, citizen_from("{before: 2026-04-01}"), "extradition")
    assert answer.outcome == "must_refuse"
    assert {ground.id for ground in answer.grounds} == {"cpc-464-1-1", "const-61-1"}
    held = next(one for one in answer.facts if one.name == FROM)
    assert held.says == "citizenship held from a day before 1 April 2026 (not known which)"
    assert held.value == {"before": "2026-04-01"}
    steps = [step for ground in answer.trace for step in ground.walk() if step.id == FROM and step.truth]
    assert steps[0].says.endswith("(not known which), before the decision (6 May 2026)")


@pytest.mark.parametrize(
    ("day", "possible"),
    [
        ("{before: 2026-05-07}", ("must_refuse",)),  # 6 May at the latest, the day of the decision
        ("{before: 2026-05-08}", ("must_refuse", "may_grant")),
        ("{after: 2026-05-05}", ("must_refuse", "may_grant")),
        ("{after: 2026-05-06}", ("may_grant",)),
        ("{after: 2026-05-05, before: 2026-05-07}", ("must_refuse",)),
    ],
)
def test_the_days_that_are_named_are_excluded(day: str, possible: tuple[str, ...]) -> None:
    answer = decide(LAW, citizen_from(day), "extradition")
    assert answer.possible == possible
    assert answer.turns_on == (((FROM,),) if len(possible) > 1 else ())


def test_it_is_a_day_of_the_calendar_and_no_word() -> None:
    """A citizen by birth is not one since some day: of a Russian by birth this is another case."""
    (case,) = parse_cases(TOY, "facts: {reader: {joined: {after: 2000-01-01}}}")
    (never,) = parse_cases(TOY, "facts: {reader: {joined: never}}")
    assert case.facts["reader.joined"] == DayBounds(datetime.date(2000, 1, 2).toordinal())
    for question in TOY.questions:
        found = decider(TOY, question).value(case, None, None)
        assert found.valuation.values["reader.joined"] is None
    assert never.facts["reader.joined"] == -1


def toy_cases(seed: int) -> tuple[Case, dict[str, DayBounds]]:
    """A case of the toy library with a few days between near bounds."""
    chance = Random(seed)  # noqa: S311 - the same each time
    centre = datetime.date(2001, 3, 1).toordinal() + chance.choice((0, 0, 400))

    def day() -> int:
        return centre + chance.randrange(-3, 4)

    def bounds() -> DayBounds:
        first = day()
        return DayBounds(first, first + chance.randrange(4))

    records: tuple[dict[str, GivenScalar | None], ...] = tuple(
        {
            "lent": day(),
            "returned": chance.choice((day(), 10_000_000)),
            "damaged": chance.random() < 0.5,
            "branch": next(iter(TOY.choices["towns"].of)),
        }
        for _ in range(chance.randrange(3))
    )
    facts: dict[str, GivenValue] = {
        "loan.asked_on": day(),
        "reader.joined": day(),
        "loans": records,
        "reader.age": chance.randrange(5, 70),
    }
    if chance.random() < 0.5:
        facts["loan.needed_on"] = day()
    places: list[str] = [path for path in ("loan.asked_on", "reader.joined", "loan.needed_on") if path in facts]
    places += [f"loans[{number}].{name}" for number in range(1, len(records) + 1) for name in ("lent", "returned")]
    opened = {key: bounds() for key in chance.sample(places, min(len(places), chance.randrange(1, 4)))}
    return Case(facts=with_days(facts, opened), presume=True), opened


def with_days(facts: Mapping[str, GivenValue], days: Mapping[str, Any]) -> dict[str, GivenValue]:
    changed = dict(facts)
    for key, day in days.items():
        records, bracket, rest = key.partition("[")
        if not bracket:
            changed[key] = day
            continue
        listed = changed[records]
        assert isinstance(listed, tuple)
        number, _, name = rest.partition("].")
        place = int(number) - 1
        changed[records] = (*listed[:place], {**listed[place], name: day}, *listed[place + 1 :])
    return changed


def by_each_day(rulebook: Rulebook, case: Case, question: str, days: Mapping[str, Iterable[int]]) -> set[str]:
    """Every outcome that some of the days leads to."""
    made, reached = decider(rulebook, question), set[str]()
    for chosen in product(*days.values()):
        supposed = replace(case, facts=with_days(case.facts, dict(zip(days, chosen, strict=True))))
        try:
            valued = made.value(supposed, None, None)
        except ProblemsFound:  # no case can be so
            continue
        reached.update(made.possible(valued.valuation))
    return reached


@pytest.mark.parametrize("count", sizes(40, 300))
def test_it_has_the_outcomes_of_the_cases_with_each_day(count: int) -> None:
    depends = contradictory = 0
    for seed in range(count):
        case, opened = toy_cases(seed)
        days = {key: range(one.first, one.last + 1) for key, one in opened.items()}
        for question in TOY.questions:
            expected = by_each_day(TOY, case, question, days)
            try:
                answer = decide(TOY, case, question)
            except ProblemsFound:
                contradictory += 1
                assert not expected, seed
                continue
            assert set(answer.possible) == expected, (seed, question)
            depends += len(expected) > 1
    assert depends
    assert contradictory


@pytest.mark.parametrize("count", sizes(8, 40))
def test_it_has_on_a_question_of_the_law_too(count: int) -> None:
    """Service and citizenship on days around the decision and around the day of the amendment."""
    depends = 0
    for seed in range(count):
        chance = Random(seed)  # noqa: S311 - the same each time
        decided = datetime.date(2026, 3, 19).toordinal() + chance.choice((0, 20))

        def bounds(chance: Random = chance, decided: int = decided) -> DayBounds:
            first = decided + chance.randrange(-3, 2)
            return DayBounds(first, first + chance.randrange(1, 4))

        facts: dict[str, GivenValue] = {
            "decision.made": decided,
            "request.state": "UZ",
            "person.citizenships": ({"state": "UZ"}, {"state": chance.choice(("RU", "KZ")), "from": None}),
            "service": (
                {
                    "formation": "armed_forces",
                    "basis": chance.choice(("contract", "conscription")),
                    "signed": decided - 400,
                    "from": decided - 390,
                    "to": decided,
                    "fought": chance.random() < 0.5,
                },
            ),
        }
        opened = {"person.citizenships[2].from": bounds(), "service[1].to": bounds()}
        case = Case(facts=with_days(facts, opened), presume=True)
        days = {key: range(one.first, one.last + 1) for key, one in opened.items()}
        expected = by_each_day(LAW, case, "extradition", days)
        assert set(decide(LAW, case, "extradition").possible) == expected, seed
        depends += len(expected) > 1
    assert depends


# --- asking further ------------------------------------------------------------------------------------


def test_the_interview_asks_for_the_day_only_where_it_matters() -> None:
    assert Interview(LAW, "extradition", citizen_from("{before: 2026-04-01}")).next() is None
    interview = Interview(LAW, "extradition", citizen_from("{before: 2026-06-01}"))
    asking = interview.next()
    assert asking is not None
    assert asking.key == FROM
    interview.give(DayBounds(last=datetime.date(2026, 5, 20).toordinal()))
    assert interview.next() is None  # whoever says so does not know the day
    assert interview.possible() == ("must_refuse", "may_grant")
    assert "before: 2026-05-21" in case_text(plain_case(LAW, interview.to_case()))


def test_who_does_not_know_the_day_keeps_what_is_known_of_it() -> None:
    (case,) = parse_cases(TOY, "facts: {reader: {joined: {after: 2001-03-01}}}")
    for question in TOY.questions:
        interview = Interview(TOY, question, case)
        while interview.next() is not None:
            interview.do_not_know()
        assert interview.case.facts["reader.joined"] == case.facts["reader.joined"]


def test_a_reason_names_it_and_a_change_can_let_go_of_it() -> None:
    case = citizen_from("{before: 2026-04-01}")
    found = why(LAW, case, "extradition").found
    assert found is not None
    assert all(FROM in {one.name for one in reason.inputs} for reason in found.reasons)
    freed = change(LAW, case, "extradition", "may_grant", free=[FROM], only="facts")
    (changed,) = (one for found in freed.sets for one in found.changes if one.name == FROM)
    assert changed.was.value == {"before": "2026-04-01"}
    assert changed.says == "citizenship held from a day after 6 May 2026"


def test_what_if_takes_it_as_text_and_from_python() -> None:
    case = citizen_from("2026-04-20")
    bounds = DayBounds(last=datetime.date(2026, 5, 31).toordinal())
    for changes in ([f"{FROM}=before 2026-06-01"], {FROM: bounds}, {FROM: "before 2026-06-01"}):
        found = whatif(LAW, case, "extradition", changes)
        assert found.after.possible == ("must_refuse", "may_grant")
    both = whatif(LAW, case, "extradition", [f"{FROM}=after 2026-05-06 before 2026-06-01"])
    assert both.after.possible == ("may_grant",)


def test_a_search_finds_a_day_within_it() -> None:
    given = citizen_from("{after: 2026-05-04, before: 2026-05-09}")
    found = next(find(LAW, "extradition", [View("the law")], Wanted("must_refuse"), given=given))
    listed = found.case.facts["person.citizenships"]
    assert isinstance(listed, tuple)
    day = listed[1]["from"]
    assert isinstance(day, int)
    assert datetime.date.fromordinal(day) in (datetime.date(2026, 5, 5), datetime.date(2026, 5, 6))


# --- how it is written ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day", ["{before: 2026-04-01}", "{after: 2026-04-01}", "{after: 2026-04-01, before: 2026-05-01}"]
)
def test_a_case_that_is_written_is_read_as_the_same(day: str) -> None:
    case = citizen_from(day)
    (again,) = parse_cases(LAW, case_text(plain_case(LAW, case)))
    assert again.facts == case.facts
    as_json = json.dumps(plain_case(LAW, case))
    (again,) = parse_cases(LAW, as_json)
    assert again.facts == case.facts
    schema = Draft202012Validator(case_file_schema(LAW))
    assert not list(schema.iter_errors(json.loads(as_json)))
    assert list(schema.iter_errors(json.loads(as_json.replace('"before"', '"until"').replace('"after"', '"since"'))))


def test_a_typed_case_takes_and_gives_it() -> None:
    typed: Any = case_model(LAW)
    person = {"citizenships": [{"state": "RU", "from": {"before": datetime.date(2026, 4, 1)}}]}
    case = typed(person=person)
    assert case.facts()["person.citizenships"] == (
        {"state": "RU", "from": DayBounds(last=datetime.date(2026, 3, 31).toordinal())},
    )
    assert typed.model_validate_json(case.model_dump_json()) == case
    assert typed.from_case(case.to_case()) == case
    with pytest.raises(ValueError, match="there is no day after 2026-04-01 and before 2026-04-02"):
        typed(person={"citizenships": [{"from": {"after": "2026-04-01", "before": "2026-04-02"}}]})


def test_a_table_cannot_hold_it(tmp_path: Path) -> None:
    table, out = tmp_path / "cases.csv", tmp_path / "answers.csv"
    table.write_text("request.received,decision.made\nbefore 2026-03-01,2026-04-22\n", encoding="utf-8")
    found = CliRunner().invoke(program, ["batch", "extradition", str(table), "--presume", "--out", str(out)])
    said = " ".join((found.output + found.stderr).split())
    assert "`before 2026-03-01` is not a day" in said
    assert "can be said in a case file alone" in said


def test_what_no_case_can_be_is_refused_by_what_is_known_of_a_day() -> None:
    """Also where it is a condition, and no order of days."""
    text = CITIZEN.replace("SOME_DAY", "birth").replace("decision:", "removal: {decided: SOME_DAY}\n  decision:")
    with pytest.raises(ProblemsFound, match="no existing decision"):
        decide(LAW, parse_cases(LAW, text.replace("SOME_DAY", "{after: 2026-05-06}"))[0], "removal")
    decide(LAW, parse_cases(LAW, text.replace("SOME_DAY", "{before: 2026-05-08}"))[0], "removal")
