"""Sets of changes: carried out they give the outcome that was wanted, just beyond they do not; what may not change."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases, parse_cases
from lawmodel.inquiry.change import change
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder, scenarios_folder
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.reasons.correction_sets import CorrectionSets
from lawmodel.reasoning.reasons.minimal_sets import Subset
from lawmodel.results.changes import Changes
from lawmodel.results.encoder import encode
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.why_not.why_not import why_not
from tests.inquiry.ferry import FERRY, ferry
from tests.inquiry.otherwise import beyond, possible_with, tried
from tests.sizes import one_in

ARMED = """
title: An armed traveller
facts: {crossing: {made: 2022-05-01}, traveller: {armed: yes, drunk: no}, passes: [{from: 2020-01-01}]}
"""
BRITISH = Path(__file__).parents[2] / "examples" / "british-nationality"


@pytest.fixture
def river(tmp_path: Path) -> Rulebook:
    return ferry(tmp_path)


@pytest.fixture(scope="module")
def supplied() -> Rulebook:
    return load_rulebook(rules_folder())


def armed(river: Rulebook, text: str = ARMED) -> Case:
    return parse_cases(river, text)[0]


def sets(found: Changes) -> list[dict[str, tuple[Any, ...]]]:
    """Each set: the names of its changes, with the values."""
    return [{each.before.name: each.values for each in one.changes} for one in found.sets]


# --- on invented law -----------------------------------------------------------------------------------


def test_every_single_change_with_all_values_that_work(river: Rulebook) -> None:
    """The law follows the day of the crossing: before 2021 there was none, and before 2020 no pass."""
    found = change(river, armed(river), "crossing", "free", up_to=1)
    assert (found.status, found.every, found.possible) == ("found", True, ("delayed",))
    assert sets(found) == [
        {"crossing.made": ({"from": "2020-01-01", "to": "2020-12-31"},)},
        {"traveller.armed": (False,)},
        {"arms": ("drunk-only",)},
    ]
    assert found.sets[0].changes[0].says == "crossed on a day from 1 January 2020 to 31 December 2020"
    assert all(each.every for one in found.sets for each in one.changes)


def test_with_a_day_named_the_law_is_an_input_of_its_own(river: Rulebook) -> None:
    found = change(river, armed(river), "crossing", "free", on=datetime.date(2022, 5, 1), up_to=1)
    assert sets(found)[0] == {"traveller.armed": (False,)}
    assert {"law-date": ({"from": "2020-01-01", "to": "2020-12-31"},)} in sets(found)
    assert not any("crossing.made" in one for one in sets(found))


def test_records_are_added_and_taken_out(river: Rulebook) -> None:
    unarmed = "facts: {crossing: {made: 2022-05-01}, traveller: {armed: no, drunk: no}, passes: [{from: 2020-01-01}]}"
    found = change(river, armed(river, unarmed), "crossing", "delayed", up_to=1)
    assert {"passes[1]": ()} in sets(found)
    none = "facts: {crossing: {made: 2022-05-01}, traveller: {armed: no, drunk: no}, passes: []}"
    (added, *_) = change(river, armed(river, none), "crossing", "free", up_to=1).sets
    assert added.changes[0].says == "a pass: from 1 May 2022"
    assert encode(added.changes[0])["after"]["record"] == [
        {"input": "passes[1].from", "says": "from 1 May 2022", "value": "2022-05-01"}
    ]


def test_larger_sets_have_an_example_that_works_together(river: Rulebook) -> None:
    strict = {"severity": "strict"}
    found = change(river, armed(river), "crossing", "delayed", readings=strict, keep=["severity"], up_to=2)
    pairs = [one for one in found.sets if len(one.changes) == 2]
    assert {"traveller.armed", "passes[1]"} in [{each.before.name for each in one.changes} for one in pairs]
    for one in pairs:
        for assigned in tried(found, one):
            assert possible_with(river, armed(river), "crossing", {**strict, **assigned}) == ("delayed",)


def test_what_is_fixed_is_held_unless_it_is_let_go(tmp_path: Path) -> None:
    fixed = FERRY.replace('"no": unarmed, ask: Armed?}', '"no": unarmed, ask: Armed?, fixed: yes}')
    assert fixed != FERRY
    river = ferry(tmp_path, law=fixed)
    found = change(river, armed(river), "crossing", "free", up_to=1)
    assert [one.name for one in found.kept] == ["traveller.armed"]
    assert [*map(set, sets(found))] == [{"crossing.made"}, {"arms"}]
    for free in ("traveller.armed", "traveller"):
        assert {"traveller.armed": (False,)} in sets(change(river, armed(river), "crossing", "free", free=[free]))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"keep": ["crossing"]}, [{"traveller.armed"}, {"arms"}]),
        ({"keep": ["arms", "crossing.made"]}, [{"traveller.armed"}]),
        ({"keep": ["traveller"], "free": ["traveller.armed"]}, [{"crossing.made"}, {"traveller.armed"}, {"arms"}]),
        ({"only": "readings"}, [{"arms"}]),
        ({"only": "facts"}, [{"crossing.made"}, {"traveller.armed"}]),
        ({"only": "readings", "free": ["traveller"]}, [{"traveller.armed"}, {"arms"}]),
    ],
)
def test_the_longest_name_says_what_may_change(
    river: Rulebook, options: dict[str, Any], expected: list[set[str]]
) -> None:
    found = change(river, armed(river), "crossing", "free", up_to=1, **options)
    assert [set(one) for one in sets(found)] == expected


def test_a_name_of_a_list_stands_for_its_records_and_for_further_ones(river: Rulebook) -> None:
    unarmed = armed(river, ARMED.replace("armed: yes", "armed: no"))
    found = change(river, unarmed, "crossing", "delayed", keep=["passes"], up_to=1)
    assert not any(name.startswith("passes") for one in sets(found) for name in one)
    assert {"passes[1]", "passes[1].from", "passes[1].to", "passes[+]"} <= {one.name for one in found.kept}
    field = change(river, unarmed, "crossing", "delayed", keep=["passes"], free=["passes.to"], up_to=1)
    assert {"passes[1].to": ({"from": "2020-01-01", "to": "2022-04-30"},)} in sets(field)


def test_where_nothing_has_to_change_what_is_to_be_found_is_said(river: Rulebook) -> None:
    text = "facts: {crossing: {made: 2022-05-01}, traveller: {armed: unknown, drunk: no}, passes: [{from: 2020-01-01}]}"
    found = change(river, armed(river, text), "crossing", "delayed")
    assert found.status == "possible"
    ((only,), provisions) = found.sets[0].findings, found.sets[0].provisions
    assert (only.name, only.says, only.value, provisions) == ("traveller.armed", "armed", True, ("arms-1",))
    assert not found.sets[0].changes


def test_a_change_may_need_a_finding_besides(river: Rulebook) -> None:
    text = "facts: {crossing: {made: 2022-05-01}, traveller: {armed: unknown, drunk: no}, passes: [{from: 2020-01-01}]}"
    found = change(river, armed(river, text), "crossing", "refused")
    strict = next(one for one in found.sets if {each.before.name for each in one.changes} == {"severity"})
    assert [(one.name, one.value) for one in strict.findings] == [("traveller.armed", True)]


def test_what_the_answer_is_already_needs_no_change(river: Rulebook) -> None:
    found = change(river, armed(river), "crossing", "delayed")
    assert (found.status, found.sets) == ("answer", ())


def test_where_more_changes_are_needed_than_were_asked_for_the_least_number_is_said(river: Rulebook) -> None:
    unarmed = armed(river, ARMED.replace("armed: yes", "armed: no"))
    found = change(river, unarmed, "crossing", "refused", up_to=1)
    assert (found.status, found.sets, found.least) == ("larger", (), 2)
    assert {"traveller.armed", "severity"} in [*map(set, sets(change(river, unarmed, "crossing", "refused", up_to=2)))]


def test_where_no_change_gives_it_what_stands_in_the_way_is_said(river: Rulebook) -> None:
    found = change(river, armed(river), "crossing", "free", keep=["traveller", "arms"], only="readings")
    assert found.status == "none"
    assert [{one.name for one in inputs} for inputs in found.in_the_way] == [
        {"crossing.made"},
        {"traveller.armed"},
        {"arms"},
    ]


def test_what_no_case_can_have_is_said_to_be_so(river: Rulebook) -> None:
    assert change(river, armed(river), "weather", "asked").status == "never"


def test_interrupted_it_gives_what_it_has_found(river: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: CorrectionSets, found: Subset) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(CorrectionSets, "_exclude", interrupted)
    found = change(river, armed(river), "crossing", "free")
    assert found.interrupted
    assert not found.sets


def test_an_outcome_there_is_not_is_refused(river: Rulebook) -> None:
    with pytest.raises(ProblemsFound):
        change(river, armed(river), "crossing", "lost")


# --- on the law supplied, and on another ------------------------------------------------------------------

SCENARIOS = [
    ("extradition/04-serving-cook.yaml", "base", "extradition", "may_grant"),
    ("extradition/04-serving-cook.yaml", "discharged", "extradition", "must_refuse"),
    ("extradition/09-signed-never-enrolled.yaml", "base", "extradition", "must_refuse"),
    ("extradition/09-signed-never-enrolled.yaml", "not-known", "extradition", "not_available"),
    ("extradition/12-deceived-and-homesick.yaml", "naturalised", "extradition", "may_grant"),
    ("deployment/25-international-courts.yaml", "base", "deployment", "authorised"),
    ("deployment/25-international-courts.yaml", "b-special-tribunal", "deployment", "not_authorised"),
    ("exactness/nothing-known.yaml", "base", "extradition", "must_refuse"),
    ("exactness/decision-day-unknown.yaml", "base", "extradition", "may_grant"),
    ("exactness/service-list-unknown.yaml", "base", "extradition", "may_refuse"),
    ("expulsion/31-bill-and-law.yaml", "base", "expulsion", "expulsion_possible"),
]


@pytest.mark.parametrize(("file", "variant", "question", "outcome"), one_in(2, SCENARIOS))
def test_changes_carried_out_give_the_outcome(
    supplied: Rulebook, file: str, variant: str, question: str, outcome: str
) -> None:
    cases = load_cases(supplied, scenarios_folder() / file)
    case = next(one for one in cases if (one.variant or "base") == variant)
    check(supplied, case, change(supplied, case, question, outcome, free=["request", "offence", "service"]))


@pytest.mark.parametrize(("number", "outcome"), [("03", "citizen"), ("07", "not_citizen"), ("10", "citizen")])
def test_changes_under_another_law(number: str, outcome: str) -> None:
    rulebook = load_rulebook(BRITISH / "rules")
    (file,) = (BRITISH / "cases").glob(f"{number}-*.yaml")
    case = load_cases(rulebook, file)[0]
    check(rulebook, case, change(rulebook, case, by_outcome(rulebook, outcome), outcome))


def by_outcome(rulebook: Rulebook, outcome: str) -> str:
    return next(name for name, one in rulebook.questions.items() if outcome in [each.id for each in one.outcomes])


def check(rulebook: Rulebook, case: Case, found: Changes) -> None:
    """The outcome is certain with the values said to work, and is not with those just beyond; nothing is spared."""
    before = decide(rulebook, case, found.question, forward_chaining=False).possible
    assert before == found.possible
    if found.outcome in before:
        assert found.status in ("answer", "possible")
    for one in found.sets:
        for assigned in tried(found, one):
            assert possible_with(rulebook, case, found.question, assigned) == (found.outcome,), assigned
        for assigned in beyond(one) if not one.findings else ():
            try:
                assert possible_with(rulebook, case, found.question, assigned) != (found.outcome,), assigned
            except ProblemsFound:
                continue  # the day would contradict another: it does not work either


@pytest.mark.parametrize("file", one_in(3, ["04-serving-cook", "09-signed-never-enrolled", "12-deceived-and-homesick"]))
def test_every_reason_against_an_outcome_meets_every_set_of_changes(supplied: Rulebook, file: str) -> None:
    """A record that is taken out takes all that is known of it along."""
    case = load_cases(supplied, scenarios_folder() / "extradition" / f"{file}.yaml")[0]
    for outcome in ("not_extradition", "must_refuse", "not_available", "may_refuse", "may_grant"):
        found = why_not(supplied, case, "extradition", outcome, most=3).found
        changes = change(supplied, case, "extradition", outcome, free=["service", "offence", "request", "person"])
        for reason in found.reasons if found is not None else ():
            members = {one.name for one in reason.inputs}
            for one in changes.sets:
                changed = {each.before.name for each in one.changes}
                gone = tuple(f"{each.before.name}." for each in one.changes if each.before.kind == "record")
                assert members & changed or any(name.startswith(gone) for name in members if gone)
