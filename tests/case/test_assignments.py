"""Assignments: what each means, what it makes of a case, and what is refused with what advice."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from lawmodel.case.assignments import (
    FactAssigned,
    FieldAssigned,
    ListAssigned,
    NotAnAssignment,
    ReadingAssigned,
    RecordTakenOut,
    assignment_texts,
    parse_assignment,
)
from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.supposed import ABSENT, InputValue, Supposed, suppose
from lawmodel.case.valuation import value_case
from lawmodel.inputs import AFTER_EVERY_DAY, GivenValue
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from tests.inquiry.ferry import FERRY, ferry

FOLLOWING = """
facts:
  - {id: crossing.landed, type: date, title: the landing, phrase: "landed on {}", ask: When?,
     left_out: {same_as: crossing.made}}
  - {id: traveller.severity, type: yes/no, title: temper, "yes": severe, "no": gentle, ask: Severe?, ordinary: no}
"""
DAY = datetime.date(2022, 5, 1).toordinal()


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"), FOLLOWING, law=FERRY)


def case_of(rulebook: Rulebook, facts: str, more: str = "") -> Case:
    return parse_cases(rulebook, f"facts: {facts}\n{more}")[0]


@pytest.fixture
def case(rulebook: Rulebook) -> Case:
    return case_of(
        rulebook,
        "{crossing: {made: 2022-05-01}, traveller: {armed: yes}, passes: [{from: 2020-01-01}, {from: 2021-01-01}]}",
    )


def supposed(rulebook: Rulebook, case: Case, *texts: str, readings: Mapping[str, str] | None = None) -> Supposed:
    return suppose(rulebook, case, texts, readings=readings)


def passes(rulebook: Rulebook, case: Case, *texts: str) -> GivenValue:
    return supposed(rulebook, case, *texts).case.facts["passes"]


def day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()


# --- what a text means --------------------------------------------------------------------------------


def test_what_each_kind_of_assignment_means(rulebook: Rulebook) -> None:
    def meant(text: str) -> object:
        return parse_assignment(rulebook, text)

    assert meant("traveller.armed=no") == FactAssigned("traveller.armed=no", "traveller.armed", False)
    assert meant(" cargo.value = 12 ") == FactAssigned(" cargo.value = 12 ", "cargo.value", 12)
    assert meant("cargo.value=unknown") == FactAssigned("cargo.value=unknown", "cargo.value", None)
    assert meant("crossing.made=2022-05-01") == FactAssigned("crossing.made=2022-05-01", "crossing.made", DAY)
    assert meant("arms=drunk-only") == ReadingAssigned("arms=drunk-only", "arms", "drunk-only")
    assert meant("reading:arms=unknown") == ReadingAssigned("reading:arms=unknown", "arms", "unknown")
    assert meant("passes=[]") == ListAssigned("passes=[]", "passes", False)
    assert meant("passes=unknown") == ListAssigned("passes=unknown", "passes", True)
    assert meant("passes[2]=none") == RecordTakenOut("passes[2]=none", "passes", 2)
    assert meant("passes[2].to=still") == FieldAssigned("passes[2].to=still", "passes", 2, "to", AFTER_EVERY_DAY)
    assert meant("passes.to=unknown") == FieldAssigned("passes.to=unknown", "passes", None, "to", None)


def test_values_of_python_are_written_as_in_a_file() -> None:
    changes = {"a": True, "b": 12, "c": datetime.date(2022, 5, 1), "d": "unknown", "e": []}
    assert assignment_texts(changes) == ("a=yes", "b=12", "c=2022-05-01", "d=unknown", "e=[]")
    assert assignment_texts(["a=yes"]) == ("a=yes",)
    with pytest.raises(NotAnAssignment, match="a NoneType cannot be assigned"):
        assignment_texts({"a": None})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("arms", "nothing is assigned. Write arms=VALUE"),
        ("arms=", "the value is missing. Write arms=VALUE; arms=unknown leaves it open"),
        ("=yes", "the name is missing"),
        ("", "an empty text: nothing is assigned"),
        ("traveler.armed=yes", "there is no fact or reading `traveler.armed`. Did you mean traveller.armed"),
        ("armed=yes", "Did you mean traveller.armed?"),
        ("to=still", "Did you mean passes.to?"),
        ("traveller=drunk", "is a group of facts. Assign one of them: traveller.armed, traveller.drunk"),
        ("law-date=2022-01-01", "Assign crossing.made, which dates it"),
        ("zzz=1", "Name a fact by its path, a field such as list[1].field, or a reading."),
        ("traveller.armed=maybe", "`maybe` is neither yes nor no"),
        ("cargo.value=-1", "`-1` is not a whole number"),
        ("passes[1].to=stil", "Did you mean still?"),
        ("crossing.made=2022-02-30", "is not a day of the calendar"),
        ("arms=carryed", "the reading `arms` has no option `carryed`. Did you mean carried?"),
        ("severity=yes", "Its options are: strict, mild, unknown. The fact of a like name is traveller.severity."),
        ("passes=none", "Write passes=[] for none"),
        ("passes[1]=[]", "can only be taken out. Write passes[1]=none"),
        ("passes[0].to=still", "`0` is not the number of a record"),
        ("passes[one].to=still", "`one` is not the number of a record"),
        ("passes[1].too=still", "`passes` has no field `too`. Did you mean to?"),
        ("passes.until=still", "`passes` has no field `until`. Its fields are: from, to"),
        ("pases[1].to=still", "there is no list of records `pases`. Did you mean passes?"),
        ("traveller.armed[1].to=still", "there is no list of records `traveller.armed`. The lists are: passes."),
    ],
)
def test_what_means_nothing_is_refused_with_advice(rulebook: Rulebook, case: Case, text: str, message: str) -> None:
    with pytest.raises(NotAnAssignment) as refused:
        suppose(rulebook, case, [text])
    assert message in str(refused.value)
    assert str(refused.value) == f"{refused.value.text}: {refused.value.message}. {refused.value.mend}"


# --- what it makes of a case --------------------------------------------------------------------------


def test_facts_and_readings(rulebook: Rulebook, case: Case) -> None:
    found = supposed(
        rulebook,
        case,
        "traveller.armed=no",
        "cargo.value=3",
        "arms=unknown",
        readings={"toll": "low", "arms": "carried"},
    )
    assert found.case.facts == {**case.facts, "traveller.armed": False, "cargo.value": 3}
    assert found.readings == {"toll": "low", "arms": "unknown"}
    assert [(one.key, one.before, one.after) for one in found.changes] == [
        ("traveller.armed", InputValue(True, "given"), InputValue(False, "given")),
        ("cargo.value", InputValue(None, "left out"), InputValue(3, "given")),
        ("arms", InputValue("carried", "chosen"), InputValue(None, "chosen")),
    ]
    assert case.facts["traveller.armed"] is True, "the case itself has changed"


def test_fields_of_the_records_and_a_new_one(rulebook: Rulebook, case: Case) -> None:
    texts = ("passes[3].to=still", "passes[2].to=2021-02-01", "passes[3].from=2022-01-01", "passes[4].to=unknown")
    assert passes(rulebook, case, *texts) == (
        {"from": day("2020-01-01")},
        {"from": day("2021-01-01"), "to": day("2021-02-01")},
        {"to": AFTER_EVERY_DAY, "from": day("2022-01-01")},
        {"to": None},
    )
    changes = {one.key: one for one in supposed(rulebook, case, *texts).changes}
    assert changes["passes[2].to"].before == InputValue(AFTER_EVERY_DAY, "left out")
    assert changes["passes[3].to"].before == ABSENT


def test_numbers_are_those_of_the_case_as_it_was(rulebook: Rulebook, case: Case) -> None:
    found = supposed(rulebook, case, "passes[1]=none", "passes[2].from=2021-06-01", "passes[3].from=2022-01-01")
    assert found.case.facts["passes"] == ({"from": day("2021-06-01")}, {"from": day("2022-01-01")})
    assert found.numbers == {"passes[1]": "passes[2]", "passes[2]": "passes[3]"}
    assert [one.key for one in found.changes] == ["passes[1]", "passes[2].from", "passes[3].from"]
    assert found.changes[0].before == InputValue({"from": day("2020-01-01")}, "given")
    assert found.changes[0].after == ABSENT
    assert not supposed(rulebook, case, "passes[2]=none").numbers


def test_a_whole_list(rulebook: Rulebook, case: Case) -> None:
    assert passes(rulebook, case, "passes=[]") == ()
    assert passes(rulebook, case, "passes=unknown") is None
    assert passes(rulebook, case, "passes[1].from=2022-01-01", "passes=[]") == ({"from": day("2022-01-01")},)
    changes = supposed(rulebook, case, "passes=[]", "passes[1].from=2022-01-01").changes
    assert [(one.key, one.before == ABSENT) for one in changes] == [("passes", False), ("passes[1].from", True)]


def test_the_only_record_needs_no_number(rulebook: Rulebook, case: Case) -> None:
    alone = case_of(rulebook, "{passes: [{from: 2020-01-01}]}")
    found = supposed(rulebook, alone, "passes.to=2020-02-01")
    assert found.case.facts["passes"] == ({"from": day("2020-01-01"), "to": day("2020-02-01")},)
    assert [one.key for one in found.changes] == ["passes[1].to"]


@pytest.mark.parametrize(
    ("facts", "texts", "message"),
    [
        ("{passes: [{}, {}]}", ["passes.to=still"], "`passes` has 2 records. Say which: passes[1].to or passes[2].to."),
        ("{passes: []}", ["passes.to=still"], "`passes` has no record. Write passes[1].to to add one."),
        ("{passes: unknown}", ["passes.to=still"], "it is not known which records `passes` has"),
        ("{passes: unknown}", ["passes[1].to=still"], "Assign passes=[] beside"),
        ("{traveller: {armed: yes}}", ["passes[1]=none"], "it is not known which records `passes` has"),
        ("{passes: [{}]}", ["passes[3].to=still"], "`passes` has 1 record. The next new one is passes[2]."),
        (
            "{passes: [{}]}",
            ["passes=[]", "passes[2].to=still"],
            "`passes` has no records. The next new one is passes[1].",
        ),
        ("{passes: [{}]}", ["passes[2]=none"], "Only one that is there can be taken out."),
        ("{passes: [{}]}", ["passes=[]", "passes[1]=none"], "`passes` has no records"),
        ("{passes: [{}]}", ["passes[1]=none", "passes[1].to=still"], "passes[1] is both changed and taken out"),
        ("{passes: [{}]}", ["passes=unknown", "passes[1].to=still"], "assigned both as a whole and in part"),
        ("{passes: [{}]}", ["passes.to=still", "passes[1].to=unknown"], "`passes[1].to` is assigned twice"),
        ("{passes: [{}]}", ["arms=carried", "reading:arms=carried"], "`arms` is assigned twice"),
        ("{passes: [{}]}", ["cargo.value=1", "cargo.value=2"], "`cargo.value` is assigned twice"),
        (f"{{passes: [{', '.join(['{}'] * 50)}]}}", ["passes[51].to=still"], "no list has more than 50 records"),
    ],
)
def test_what_does_not_fit_the_case_is_refused(rulebook: Rulebook, facts: str, texts: list[str], message: str) -> None:
    with pytest.raises(NotAnAssignment) as refused:
        suppose(rulebook, case_of(rulebook, facts), texts)
    assert message in str(refused.value)


def test_what_is_already_so_is_known_to_be(rulebook: Rulebook) -> None:
    presuming = case_of(rulebook, "{traveller: {armed: yes}}", "presume: ordinary")
    texts = ["traveller.armed=yes", "cargo.limit=100", "arms=carried", "traveller.severity=yes", "passes=unknown"]
    changes = {one.key: (one.already_so, one.before.origin) for one in suppose(rulebook, presuming, texts).changes}
    assert changes == {
        "traveller.armed": (True, "given"),
        "cargo.limit": (True, "presumed"),
        "arms": (True, "default"),
        "traveller.severity": (False, "presumed"),
        "passes": (True, "left out"),
    }


def test_what_is_assigned_to_be_unknown_is_not_presumed(rulebook: Rulebook) -> None:
    presuming = case_of(rulebook, "{traveller: {armed: yes}}", "presume: [cargo.limit, traveller.severity]")
    found = supposed(rulebook, presuming, "cargo.limit=unknown")
    valued = value_case(rulebook, found.case)
    assert valued.valuation.values["cargo.limit"] is None
    assert dict(valued.presumed) == {"traveller.severity": False}


def test_what_is_left_out_follows_what_it_is_the_same_as(rulebook: Rulebook, case: Case) -> None:
    found = supposed(rulebook, case, "crossing.made=2022-06-01")
    assert [(one.key, one.before, one.after) for one in found.changes] == [
        ("crossing.made", InputValue(DAY, "given"), InputValue(day("2022-06-01"), "given")),
        ("crossing.landed", InputValue(DAY, "follows"), InputValue(day("2022-06-01"), "follows")),
    ]
    both = supposed(rulebook, case, "crossing.made=2022-06-01", "crossing.landed=2022-06-02")
    assert [one.key for one in both.changes] == ["crossing.made", "crossing.landed"]


def test_another_day_of_the_law_moves_what_it_dates_where_that_is_left_out(rulebook: Rulebook) -> None:
    undated = case_of(rulebook, "{traveller: {armed: yes}}")
    first, second = datetime.date(2020, 5, 1), datetime.date(2022, 5, 1)
    changes = suppose(rulebook, undated, (), on=first, then_on=second).changes
    assert [(one.key, one.before.value, one.after.value) for one in changes] == [
        ("crossing.made", first.toordinal(), second.toordinal()),
        ("crossing.landed", first.toordinal(), second.toordinal()),
    ]


def test_days_that_contradict_each_other_are_named_by_what_was_assigned(rulebook: Rulebook, case: Case) -> None:
    with pytest.raises(ProblemsFound) as found:
        suppose(rulebook, case, ["passes[1]=none", "passes[2].to=2020-12-31"])
    (problem,) = found.value.problems
    assert problem.heading() == "what if passes[1]=none passes[2].to=2020-12-31"
    assert problem.message.startswith("a pass cannot end before it begins: 1 January 2021")
    assert problem.mend == "Correct passes[2].from or passes[2].to. Several can be assigned at once."
