"""What if: both answers are those of `decide`, all that differs is shown, and effects are those of brute force."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases, parse_cases
from lawmodel.case.model import case_model
from lawmodel.case.valuation import value_case
from lawmodel.inputs import Valuation
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.law_files import rules_folder, scenarios_folder
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.whatif.between import between
from lawmodel.verbs.whatif.result import Effect, Moved, WhatIf
from lawmodel.verbs.whatif.whatif import whatif
from tests.inquiry.ferry import FERRY, ferry
from tests.random_rulebooks import QUESTION, READINGS, RandomLaw, random_laws, values_of
from tests.reasoning.brute_force import BruteForce, TooManyCompletions
from tests.sizes import examples

COOK = scenarios_folder() / "extradition" / "04-serving-cook.yaml"


@dataclass(frozen=True)
class Supposition:
    """A law with a case, some changes as texts, and the same case with the changes written into it."""

    law: RandomLaw
    rulebook: Rulebook
    texts: tuple[str, ...]
    written: RandomLaw
    readings: Mapping[str, str]

    @property
    def case(self) -> Case:
        return case_of(self.law, self.rulebook)

    def whatif(self) -> WhatIf:
        try:
            return whatif(self.rulebook, self.case, QUESTION, self.texts)
        except ProblemsFound:
            assume(condition=False)
            raise


def case_of(law: RandomLaw, rulebook: Rulebook) -> Case:
    """The case; those whose days contradict each other are passed over."""
    try:
        case = law.case(rulebook)
        value_case(rulebook, case)
    except ProblemsFound:
        assume(condition=False)
        raise
    return case


@st.composite
def suppositions(draw: st.DrawFn, *, restorable: bool = False) -> Supposition:
    """Changes of every kind; if ``restorable`` only of what was given, so that it can be changed back."""
    law = draw(random_laws(room=40))
    facts: dict[str, Any] = {}
    texts: list[str] = []
    for fact in law.sections["facts"]:
        path = fact["id"]
        may_be = fact["type"] != "records" and (path in law.facts or not restorable)
        if may_be and not draw(st.integers(0, 4)):
            facts[path] = draw(st.sampled_from([*values_of(fact), "unknown"]))
            texts.append(f"{path}={facts[path]}")
        elif fact["type"] == "records" and draw(st.booleans()):
            changes, changed = _changed_list(draw, fact, law.facts.get(path), restorable)
            texts += changes
            facts |= {path: changed} if changes else {}
    readings: dict[str, str] = {}
    for name, options in READINGS.items() if not restorable else ():
        if not draw(st.integers(0, 2)):
            readings[name] = draw(st.sampled_from([*options, "unknown"]))
            texts.append(f"{name}={readings[name]}")
    order = draw(st.permutations(texts))
    return Supposition(law, law.rulebook(), tuple(order), law.with_facts(facts), readings)


def _changed_list(draw: st.DrawFn, fact: Mapping[str, Any], given: Any, restorable: bool) -> tuple[list[str], Any]:
    """Changes of a list of records, and the list as it then stands in a file."""
    path, fields = fact["id"], {field["id"]: field for field in fact["of"]}
    if not restorable and (given is None or not draw(st.integers(0, 3))):
        unknown = draw(st.booleans())
        return [f"{path}={'unknown' if unknown else '[]'}"], "unknown" if unknown else []
    texts: list[str] = []
    records = [dict(record) for record in given or ()]
    was = len(records)
    for number in range(1, was + (1 if restorable else 2)):
        taken = number <= was and not restorable and not draw(st.integers(0, 3))
        names = [] if taken else draw(st.lists(st.sampled_from(list(fields)), unique=True, max_size=2))
        if taken:
            texts.append(f"{path}[{number}]=none")
            records[number - 1] = {"taken out": "yes"}
        elif names and number > was:
            records.append({})
        for name in names:
            records[number - 1][name] = draw(st.sampled_from([*values_of(fields[name]), "unknown"]))
            texts.append(f"{path}[{number}].{name}={records[number - 1][name]}")
    return texts, [record for record in records if "taken out" not in record]


def written(law: RandomLaw, path: str) -> str:
    """What a fact or field has in the file."""
    records, bracket, rest = path.partition("[")
    if not bracket:
        return str(law.facts[path])
    number, _, field = rest.partition("].")
    return str(law.facts[records][int(number) - 1][field])


# --- both answers -------------------------------------------------------------------------------------


@given(suppositions())
@examples(quick=5, full=150)
def test_the_answer_after_is_that_on_a_case_written_so(one: Supposition) -> None:
    found = one.whatif()
    expected = decide(one.rulebook, one.written.case(one.rulebook), QUESTION, readings=one.readings)
    assert found.after.to_json() == expected.to_json()
    assert found.before.to_json() == decide(one.rulebook, one.case, QUESTION).to_json()


@given(suppositions())
@examples(quick=5, full=100)
def test_it_is_refused_if_and_only_if_the_case_written_so_is(one: Supposition) -> None:
    case = one.case
    try:
        value_case(one.rulebook, one.written.case(one.rulebook))
        refused = False
    except ProblemsFound:
        refused = True
    if not refused:
        whatif(one.rulebook, case, QUESTION, one.texts)
        return
    with pytest.raises(ProblemsFound) as found:
        whatif(one.rulebook, case, QUESTION, one.texts)
    assert all(problem.file == f"what if {' '.join(one.texts)}" for problem in found.value.problems)


@given(suppositions())
@examples(quick=5, full=80)
def test_two_cases_side_by_side_differ_in_what_was_changed(one: Supposition) -> None:
    found = one.whatif()
    assume(not found.numbers.before)  # records taken out are told apart by their place alone
    before = Ask(one.rulebook, one.case, QUESTION)
    after = Ask(one.rulebook, one.written.case(one.rulebook), QUESTION, readings=one.readings)
    beside = between(before, after)
    assert beside.before.to_json() == found.before.to_json()
    assert beside.after.to_json() == found.after.to_json()
    assert beside.provisions == found.provisions
    assert not any(each.already_so for each in beside.inputs)
    facts = one.rulebook.facts
    told = {each.key for each in found.inputs if not each.already_so}
    single = {path for path, fact in facts.items() if fact.sort != "records"}
    assert {each.key for each in beside.inputs} & single == told & single
    assert [(each.before, each.after) for each in between(after, before).inputs] == [
        (each.after, each.before) for each in beside.inputs
    ]


# --- what differs -------------------------------------------------------------------------------------


@given(random_laws(room=40))
@examples(quick=5, full=80)
def test_where_nothing_is_otherwise_nothing_differs(law: RandomLaw) -> None:
    rulebook = law.rulebook()
    case = case_of(law, rulebook)
    found = whatif(rulebook, case, QUESTION)
    assert not found.changed
    assert not found.inputs
    assert not found.provisions
    again = [f"{path}={value}" for path, value in law.facts.items() if isinstance(value, str)]
    same = whatif(rulebook, case, QUESTION, again)
    assert not same.changed
    assert all(one.already_so for one in same.inputs)


@given(suppositions())
@examples(quick=5, full=100)
def test_a_provision_is_shown_if_and_only_if_its_trace_or_its_effect_differs(one: Supposition) -> None:
    found = one.whatif()
    assume(not found.numbers.before)
    shown = {each.id for each in found.provisions}
    for was, now in zip(found.before.trace, found.after.trace, strict=True):
        if was != now:
            assert was.id in shown
    for each in found.provisions:
        was, now = ({step.id: step for step in side.trace}[each.id] for side in (found.before, found.after))
        assert (each.difference is None) == (was == now)
        assert each.difference is not None or not each.same_effect


@given(suppositions(restorable=True))
@examples(quick=5, full=100)
def test_the_other_way_round_what_was_gained_is_lost(one: Supposition) -> None:
    found = one.whatif()
    back = [f"{name}={written(one.law, name)}" for name in (text.partition("=")[0] for text in one.texts)]
    other = whatif(one.rulebook, one.written.case(one.rulebook), QUESTION, back)

    def turned(moved: Moved[Any]) -> Moved[Any]:
        return Moved(moved.lost, moved.gained)

    assert other.before.to_json() == found.after.to_json()
    assert other.after.to_json() == found.before.to_json()
    assert other.grounds == turned(found.grounds)
    assert other.turns_on == turned(found.turns_on)
    assert other.rests_on == turned(found.rests_on)
    assert other.uncertain_dates == turned(found.uncertain_dates)
    assert other.same_outcome == found.same_outcome
    assert other.changed == found.changed
    assert [(each.id, each.after, each.before) for each in other.provisions] == [
        (each.id, each.before, each.after) for each in found.provisions
    ]


@given(suppositions())
@examples(quick=5, full=100)
def test_what_is_gained_and_lost_makes_one_answer_the_other(one: Supposition) -> None:
    found = one.whatif()
    grounds = found.grounds
    kept = {ground.id for ground in found.before.grounds} - {ground.id for ground in grounds.lost}
    assert kept | {ground.id for ground in grounds.gained} == {ground.id for ground in found.after.grounds}
    rests_on = set(found.before.rests_on) - set(found.rests_on.lost) | set(found.rests_on.gained)
    assert rests_on == set(found.after.rests_on)
    assert set(found.rests_on.gained).isdisjoint(found.before.rests_on)
    turning = {frozenset(group) for group in found.before.turns_on}
    lost, gained = ({frozenset(group) for group in groups} for groups in (found.turns_on.lost, found.turns_on.gained))
    after = {frozenset(map(found.numbers.name, group)) for group in found.after.turns_on}
    assert turning - lost | gained == after


# --- what provisions come to --------------------------------------------------------------------------


def effects(rulebook: Rulebook, valuation: Valuation) -> dict[str, Effect]:
    """What each provision comes to, by going through all completions."""
    question = decider(rulebook, QUESTION).question
    try:
        completions = BruteForce(question, valuation).completions
    except TooManyCompletions:
        assume(condition=False)
        raise
    assume(completions)
    evaluation = Evaluation(question)
    found: dict[str, Effect] = {}
    applying = [evaluation.applies(each.values) for each in completions]
    speaking = [evaluation.supports(each.values) for each in completions]
    for rule in question.rules:
        truths = {each[rule.id] for each in applying}
        speaks = {outcome: [each[outcome].get(rule.id, False) for each in speaking] for outcome, _ in rule.concludes}
        found[rule.id] = Effect(
            applies=truths.pop() if len(truths) == 1 else None,
            speaks_for={outcome: all(each) for outcome, each in speaks.items() if any(each)},
            brings={},
        )
    return found


@given(suppositions())
@examples(quick=5, full=100)
def test_effects_are_what_all_completions_come_to(one: Supposition) -> None:
    found = one.whatif()
    before = effects(one.rulebook, value_case(one.rulebook, one.case).valuation)
    changed = one.written.case(one.rulebook)
    after = effects(one.rulebook, value_case(one.rulebook, changed, one.readings).valuation)
    shown = {each.id: each for each in found.provisions}
    for name in before:
        if name in shown:
            assert (shown[name].before, shown[name].after) == (before[name], after[name])
        else:
            assert before[name] == after[name]


# --- on law that is not random ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(rules_folder())


@pytest.fixture(scope="module")
def cook(law: Rulebook) -> Case:
    return load_cases(law, COOK)[0]


def ids(found: Moved[Any]) -> tuple[list[str], list[str]]:
    return [one.id for one in found.gained], [one.id for one in found.lost]


def answers(found: WhatIf) -> tuple[str | None, str | None]:
    return found.before.outcome, found.after.outcome


def test_the_cook_read_as_if_everyone_must_have_fought(law: Rulebook, cook: Case) -> None:
    found = whatif(law, cook, "extradition", ["combat=everyone"])
    assert answers(found) == ("must_refuse", "may_grant")
    assert ids(found.grounds) == ([], ["cpc-464-1-7"])
    (provision,) = found.provisions
    assert (provision.id, provision.before.applies, provision.after.applies) == ("cpc-464-1-7", True, False)
    assert provision.before.speaks_for == {"must_refuse": True}
    assert provision.difference is not None
    (some,) = provision.difference.below
    (record,) = some.below
    (reading,) = record.below
    assert (reading.step.kind, reading.step.id) == ("reading", "combat")


def test_values_of_python_and_a_typed_case(law: Rulebook, cook: Case) -> None:
    model = case_model(law)
    typed = model.from_case(cook)
    changes = {"combat": "everyone", "service.fought": True, "decision.made": datetime.date(2026, 5, 4)}
    found = whatif(law, typed, "extradition", changes)
    assert answers(found) == ("must_refuse", "must_refuse")
    days = ["decision.made", "decision.notified", "decision.surrender"]
    assert [one.key for one in found.inputs] == ["combat", "service[1].fought", *days]
    assert found.after.law_date == "2026-05-04"


def test_another_law_for_the_second_answer(law: Rulebook, cook: Case) -> None:
    then = datetime.date(2026, 3, 18)
    found = whatif(law, cook, "extradition", then_on=then)
    assert answers(found) == ("must_refuse", "may_grant")
    assert (found.before.law_date, found.after.law_date) == ("2026-04-22", "2026-03-18")
    as_if = whatif(law, cook, "extradition", on=then, then_stage="signed")
    assert answers(as_if) == ("may_grant", "must_refuse")
    assert (as_if.before.stage, as_if.after.stage) == ("in_force", "signed")


def test_readings_hold_for_both_and_assignments_for_the_second(law: Rulebook, cook: Case) -> None:
    found = whatif(law, cook, "extradition", ["service.fought=yes"], readings={"combat": "everyone"})
    assert answers(found) == ("may_grant", "must_refuse")
    back = whatif(law, cook, "extradition", ["combat=no-one"], readings={"combat": "everyone"})
    assert answers(back) == ("may_grant", "must_refuse")
    assert back.inputs[0].before.value == "everyone"


def test_a_ground_that_kleene_logic_leaves_open_is_known_to_apply(law: Rulebook) -> None:
    file = scenarios_folder() / "exactness" / "discharge-day-unknown.yaml"
    found = whatif(law, load_cases(law, file)[0], "extradition", {"service.fought": False})
    (provision,) = (one for one in found.provisions if not one.same_effect)
    assert provision.difference is not None
    assert provision.difference.before is not None
    assert provision.difference.before.truth is None
    assert (provision.before.applies, provision.after.applies) == (True, None)


def test_a_record_taken_out_leaves_the_others_their_numbers(tmp_path: Path) -> None:
    rulebook = ferry(tmp_path)
    text = "facts: {crossing: {made: 2022-05-01}, passes: [{from: 2021-01-01}, {from: unknown}, {from: 2023-01-01}]}"
    case = parse_cases(rulebook, text)[0]
    found = whatif(rulebook, case, "pass", ["passes[1]=none", "passes[3].to=unknown"])
    assert found.numbers.before == {"passes[1]": "passes[2]", "passes[2]": "passes[3]"}
    assert found.after.turns_on == (("cargo.value",), ("passes[1].from",))
    assert ("passes[2].from",) in found.turns_on.gained
    (provision,) = found.provisions
    assert provision.difference is not None
    records = provision.difference.below[0].below[0].below
    assert [(one.step.id, one.after is None) for one in records] == [("passes[1]", True), ("passes[3]", False)]
    assert found.to_json()["renumbered"] == {"passes[1]": "passes[2]", "passes[2]": "passes[3]"}


def test_consequences_and_what_brings_them(tmp_path: Path) -> None:
    rulebook = ferry(tmp_path, law=FERRY)
    facts = "facts: {crossing: {made: 2022-05-01}, traveller: {armed: no, drunk: no}, passes: [], cargo: {value: 9}}"
    case = parse_cases(rulebook, facts)[0]
    found = whatif(rulebook, case, "crossing", {"toll": "high", "traveller.drunk": True})
    assert found.same_outcome
    assert ids(found.consequences) == (["toll-high", "notice"], ["toll-high", "toll-low"])
    assert [one.certain for one in found.consequences.lost] == [False, False]
    effects_of = {one.id: (one.before.brings, one.after.brings) for one in found.provisions}
    assert effects_of["toll-2"] == ({"toll-high": False, "toll-low": False}, {"toll-high": True})
    assert effects_of["drink-3"] == ({}, {"notice": True})
    assert {one.id for one in found.provisions if one.same_effect} == {"receipt-4"}


def test_a_question_that_there_is_not(law: Rulebook, cook: Case) -> None:
    with pytest.raises(ProblemsFound):
        whatif(law, cook, "no-such-question", ["combat=everyone"])


def test_grounds_in_some_cases_differ_from_those_in_every_case(law: Rulebook) -> None:
    file = scenarios_folder() / "exactness" / "naturalisation-day-unknown.yaml"
    found = whatif(law, load_cases(law, file)[0], "extradition", ["person.citizenships[2].from=2026-05-01"])
    assert answers(found) == ("must_refuse", "must_refuse")
    assert {(one.id, one.in_every_case) for one in found.grounds.gained} == {
        ("cpc-464-1-1", True),
        ("const-61-1", True),
    }
    assert {(one.id, one.in_every_case) for one in found.grounds.lost} == {
        ("cpc-464-1-1", False),
        ("const-61-1", False),
        ("cpc-464-1-7", False),
    }
