"""The answer under every reading: each choice of options against `decide`, and what is said of rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.compare_readings import compare_readings
from lawmodel.verbs.compare.comparisons import ComparedAnswer, ReadingComparison, ReadingRow
from tests.inquiry.ferry import TELLINGS, ferry
from tests.random_rulebooks import QUESTION, RandomLaw, random_laws
from tests.sizes import examples, one_in

RULEBOOK = load_rulebook(rules_folder())
SCENARIOS = scenarios_folder()
ON = datetime.date(2022, 5, 1)


def choices(rulebook: Rulebook, names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    for options in product(*([one.id for one in rulebook.readings[name].options] for name in names)):
        yield dict(zip(names, options, strict=True))


def row_of(found: ReadingComparison, choice: Mapping[str, str]) -> list[ReadingRow]:
    """The rows that hold a choice of readings."""
    held = [
        row
        for row in found.rows
        if not row.otherwise and all(choice[name] in options for name, options in row.readings.items())
    ]
    return held or [row for row in found.rows if row.otherwise]


def follows(answer: Answer) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for one in (each for each in answer.consequences if each.provision is not None):
        found[one.id] = found.get(one.id, False) or one.certain
    return found


def following(answer: ComparedAnswer) -> dict[str, bool]:
    return {one.id: one.certain for one in answer.consequences}


def certain_grounds(answer: Answer) -> set[str]:
    return {ground.id for ground in answer.grounds if ground.in_every_case}


def check_rows(rulebook: Rulebook, case: Case, question: str, found: ReadingComparison) -> None:
    """Every choice of the readings that matter, the others at random as they come, is told rightly by its rows."""
    grounds: dict[int, list[set[str]]] = {}
    for choice in choices(rulebook, found.matter):
        answer = decide(rulebook, case, question, readings=choice, forward_chaining=False)
        rows = row_of(found, choice)
        assert rows
        for row in rows:
            assert row.answer.possible == answer.possible, choice
            assert following(row.answer) == follows(answer)
            assert set(row.answer.grounds) <= certain_grounds(answer), choice
            grounds.setdefault(id(row), []).append(certain_grounds(answer))
    for row in found.rows:
        if len(row.answer.possible) == 1:
            assert set().union(*grounds[id(row)]) <= {*row.answer.grounds, *row.answer.further_grounds}


def first_true(found: ReadingComparison, choice: Mapping[str, str]) -> ComparedAnswer:
    """What the clauses of the sentence say of a choice of readings."""
    assert found.departures == found.exceptions, "their earlier name"
    for clause in (*found.exceptions, *found.at_defaults):
        if any(all(choice[name] in options for name, options in each.items()) for each in clause.conditions):
            return clause.answer
    raise AssertionError("the clauses say nothing of a choice")


@given(random_laws(room=60))
@examples(quick=8, full=60)
def test_every_choice_of_readings_has_the_answer_of_its_row(law: RandomLaw) -> None:
    rulebook = law.rulebook()
    try:
        case = law.case(rulebook)
        found = compare_readings(rulebook, case, QUESTION)
    except ProblemsFound:
        assume(condition=False)
        raise
    assert found.fewest
    values: dict[tuple[str, ...], tuple[str, ...]] = {}
    for choice in choices(rulebook, found.bearing):
        answer = decide(rulebook, case, QUESTION, readings=choice, forward_chaining=False)
        values[tuple(choice.values())] = answer.possible
        (possible,) = {row.answer.possible for row in row_of(found, choice)}
        assert possible == answer.possible
        assert first_true(found, choice).possible == answer.possible
        for row in row_of(found, choice):
            assert set(row.answer.grounds) <= certain_grounds(answer)
            if answer.determined:
                assert certain_grounds(answer) <= {*row.answer.grounds, *row.answer.further_grounds}
    expected = {
        name
        for place, name in enumerate(found.bearing)
        for one, possible in values.items()
        if any(
            values[*one[:place], option.id, *one[place + 1 :]] != possible for option in rulebook.readings[name].options
        )
    }
    assert set(found.matter) == expected
    by_default = decide(rulebook, case, QUESTION, forward_chaining=False)
    at_defaults = [row for row in found.rows if row.at_defaults != "no"]
    assert set().union(*(row.answer.possible for row in at_defaults)) == set(by_default.possible)
    if any(row.at_defaults == "throughout" for row in at_defaults):
        assert {row.answer.possible for row in at_defaults} == {by_default.possible}


def hypotheticals() -> Iterator[Case]:
    for number in ("04", "09", "12", "25", "20", "26"):
        yield from (
            case
            for file in case_files([SCENARIOS])
            if file.name.startswith(f"{number}-")
            for case in load_cases(RULEBOOK, file)
        )


@pytest.mark.parametrize("case", one_in(3, list(hypotheticals())), ids=lambda case: Path(case.name).name)
def test_the_rows_of_hypotheticals(case: Case) -> None:
    for question in case.asked():
        found = compare_readings(RULEBOOK, case, question)
        check_rows(RULEBOOK, case, question, found)
        for choice in choices(RULEBOOK, found.matter):
            answer = decide(RULEBOOK, case, question, readings=choice, forward_chaining=False)
            assert first_true(found, choice).possible == answer.possible


@pytest.mark.parametrize("case", list(hypotheticals())[::3], ids=lambda case: Path(case.name).name)
def test_one_reading_at_a_time_the_others_are_by_default(case: Case) -> None:
    for question in case.asked():
        found = compare_readings(RULEBOOK, case, question)
        by_default = decide(RULEBOOK, case, question, forward_chaining=False)
        for one in found.alone:
            answers = [
                decide(RULEBOOK, case, question, readings={one.reading: option.option}, forward_chaining=False)
                for option in one.options
            ]
            assert [option.possible for option in one.options] == [answer.possible for answer in answers]
            changed = any((a.possible, follows(a)) != (by_default.possible, follows(by_default)) for a in answers)
            assert one.changes_alone == changed


def case_of(name: str, variant: str | None = None) -> Case:
    (file,) = (file for file in case_files([SCENARIOS]) if file.name.startswith(name))
    (case,) = (case for case in load_cases(RULEBOOK, file) if case.variant == variant)
    return case


def conditions(row: ReadingRow) -> dict[str, tuple[str, ...]] | str:
    return "otherwise" if row.otherwise else dict(row.readings)


def test_the_cook_in_three_rows() -> None:
    found = compare_readings(RULEBOOK, case_of("04"), "extradition")
    assert found.matter == ("combat", "force", "offence-nexus", "treaty-conflict")
    assert {*found.matter, "critical-date", "waiver"} < set(found.bearing)
    assert "authoriser" not in found.bearing
    protected = {
        "combat": ("former-only", "no-one"),
        "offence-nexus": ("none",),
        "treaty-conflict": ("code-prevails",),
    }
    assert [(row.answer.possible, conditions(row), row.answer.grounds, row.at_defaults) for row in found.rows] == [
        (("must_refuse",), {**protected, "force": ("mandatory",)}, ("cpc-464-1-7",), "throughout"),
        (("may_refuse",), {**protected, "force": ("discretionary",)}, ("cpc-464-1-7",), "no"),
        (("may_grant",), "otherwise", (), "no"),
    ]
    assert found.fewest


def test_what_has_no_default_is_in_several_rows() -> None:
    found = compare_readings(RULEBOOK, case_of("25", "b-special-tribunal"), "deployment")
    assert found.matter == ("authoriser", "security-law-power")
    assert [(row.answer.possible, conditions(row), row.at_defaults) for row in found.rows] == [
        (
            ("decision_missing",),
            {"authoriser": ("federation-council-too",), "security-law-power": ("measures-only",)},
            "partly",
        ),
        (("authorised",), "otherwise", "partly"),
    ]
    assert found.rows[1].answer.grounds == ()
    assert set(found.rows[1].answer.further_grounds) == {"def-10-3-foreign-courts", "security-law-8"}


def test_a_chosen_reading_stays_and_an_open_one_has_no_default() -> None:
    found = compare_readings(RULEBOOK, case_of("04"), "extradition", readings={"combat": "everyone"})
    assert (found.matter, found.chosen) == ((), {"combat": "everyone"})
    assert [row.answer.possible for row in found.rows] == [("may_grant",)]
    assert "combat" not in found.bearing
    opened = compare_readings(RULEBOOK, case_of("04"), "extradition", readings={"combat": "unknown"})
    assert opened.chosen == {}
    assert opened.defaults["combat"] is None
    assert [row.at_defaults for row in opened.rows] == ["partly", "no", "partly"]
    assert [clause.answer.possible for clause in opened.at_defaults] == [("must_refuse",), ("may_grant",)]


def test_the_day_and_the_stage_of_the_law_are_those_that_are_asked_for() -> None:
    before = compare_readings(RULEBOOK, case_of("04"), "extradition", on=datetime.date(2026, 3, 18))
    assert (before.law.date, before.matter) == ("2026-03-18", ())
    signed = compare_readings(RULEBOOK, case_of("04"), "extradition", on=datetime.date(2026, 3, 18), stage="signed")
    assert signed.law.stage == "signed"
    assert signed.matter == compare_readings(RULEBOOK, case_of("04"), "extradition").matter != ()


# --- what follows beside the outcome -------------------------------------------------------------------


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"), TELLINGS)


def test_a_reading_matters_as_well_if_it_changes_what_follows(law: Rulebook) -> None:
    case = Case(facts={"passes": (), "traveller.armed": False, "traveller.drunk": False})
    found = compare_readings(law, case, "crossing", on=ON)
    assert found.matter == ("toll",)
    assert [(row.readings, following(row.answer)) for row in found.rows] == [
        ({"toll": ("high",)}, {"toll-high": True, "receipt": True}),
        ({"toll": ("low",)}, {"toll-low": True, "receipt": True}),
    ]
    assert {row.answer.possible for row in found.rows} == {("delayed",)}
    assert [row.answer.grounds for row in found.rows] == [("toll-2",)] * 2


@pytest.mark.parametrize(("armed", "drunk"), list(product([True, False, None], repeat=2)))
@pytest.mark.parametrize("passes", [(), ({"from": 1},), None])
def test_what_follows_under_every_choice(
    law: Rulebook, armed: bool | None, drunk: bool | None, passes: tuple[dict[str, int], ...] | None
) -> None:
    case = Case(facts={"passes": passes, "traveller.armed": armed, "traveller.drunk": drunk, "crossing.made": 738000})
    found = compare_readings(law, case, "crossing")
    check_rows(law, case, "crossing", found)


def test_a_question_on_which_no_reading_bears(law: Rulebook) -> None:
    found = compare_readings(law, Case(), "weather", on=ON)
    assert (found.bearing, found.matter) == ((), ())
    assert [row.answer.possible for row in found.rows] == [("not_asked",)]


def test_a_name_there_is_not(law: Rulebook) -> None:
    with pytest.raises(ProblemsFound):
        compare_readings(law, Case(), "sailing", on=ON)
