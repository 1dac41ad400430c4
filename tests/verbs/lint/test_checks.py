"""Every check of a rulebook: a small rulebook that has the defect, and the same without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.case.file import parse_cases
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.expectations import unmet
from lawmodel.reasoning.evaluation import Evaluation, Values
from lawmodel.reasoning.whole_law.reachability import under_option
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.lint.checking import checks, run_checks
from lawmodel.verbs.lint.findings import Finding
from lawmodel.verbs.lint.surveyed_law import ALTERED, SurveyedLaw, alteration
from tests.inquiry.complete_cases import complete_cases
from tests.random_rulebooks import QUESTION, RandomLaw, random_laws
from tests.sizes import examples

CHECKS = checks()

GATE = """
rulebook:
  title: The gate
  law_date: entry.made
  stages: [{id: passed, says: passed}, {id: in_force, says: in force}]
sources:
  - {id: gate-law, title: Gate Law, kind: instrument}
  - {id: night-law, title: Night Law, kind: instrument}
instruments:
  - id: gate-law
    title: Gate Law
    sources: [{id: gate-law}]
    steps:
      - {stage: passed, date: 2019-06-01, certainty: text}
      - {stage: in_force, date: 2020-01-01, certainty: text}
facts:
  - {id: entry.made, type: date, title: the entry, phrase: "entered on {}", ask: When?}
  - {id: visitor.drunk, type: yes/no, title: drink, "yes": drunk, "no": sober, ask: Drunk?, ordinary: "no"}
  - {id: visitor.armed, type: yes/no, title: arms, "yes": armed, "no": unarmed, ask: Armed?, ordinary: "no"}
  - {id: visitor.age, type: number, title: age, phrase: "{} years of age", ask: How old?, ordinary: 30}
  - id: visits
    type: records
    title: earlier visits
    each: visit
    none: never came before
    ask: Which visits?
    of:
      - {id: quiet, type: yes/no, title: quiet, "yes": quiet, "no": noisy, ask: Quiet?}
readings:
  - id: arms
    title: When do arms matter?
    why: the law says no more
    certainty: text
    default: carried
    options:
      - {id: carried, says: when carried, supported_by: [{id: gate-law}]}
      - {id: drunk-only, says: in the hands of a drunk}
      - {id: by-night, says: never by day}
concepts:
  - {id: noisy-visitor, "yes": was noisy, "no": was never noisy, when: {some: visits, such_that: {quiet: no}}}
questions:
  - id: entry
    title: Entry
    asks: Is entry refused?
    outcomes:
      - {id: refused, says: "yes", means: it is refused}
      - {id: warned, says: perhaps, means: there is a warning}
      - {id: free, says: "no", means: it is free}
"""

EXEMPTION = '      - {id: exempt, says: "no", means: it is free whatever else is true}\n'
PROVISION = """
  - id: {id}
    question: entry
    title: {id}
    citation: Gate Law s. {id}
    text: What it says.
    certainty: text
    sources: [{{id: {source}}}]
"""

ARMED = (
    "when: {reading: arms, carried: {visitor.armed: yes}, by-night: never, "
    "drunk-only: {all: [{visitor.armed: yes}, {visitor.drunk: yes}]}}"
)
GOOD: Mapping[str, tuple[str, ...]] = {
    "armed": ("enacted_by: gate-law", ARMED, "concludes: refused"),
    "drunk": ("when: {any: [{visitor.drunk: yes}, noisy-visitor]}", "concludes: warned"),
    "young": ("when: {visitor.age: {less_than: 18}}", "concludes: refused", "SOURCE night-law"),
}


def gate(changed: Mapping[str, tuple[str, ...]] | None = None, head: str = GATE) -> Rulebook:
    """The rulebook, with further provisions or others in the place of its own."""
    if changed and any("concludes: exempt" in lines for lines in changed.values()):
        head = head.replace("    outcomes:\n", f"    outcomes:\n{EXEMPTION}")
    text = head + "provisions:"
    for name, lines in {**GOOD, **(changed or {})}.items():
        source = next((line.split()[1] for line in lines if line.startswith("SOURCE")), "gate-law")
        text += PROVISION.format(id=name, source=source)
        text += "".join(f"    {line}\n" for line in lines if not line.startswith("SOURCE"))
    with TemporaryDirectory() as folder:
        (Path(folder) / "gate.yaml").write_text(text, encoding="utf-8")
        return load_rulebook(folder)


def found_by(check: str, rulebook: Rulebook, *cases: str) -> list[Finding]:
    tests = [case for text in cases for case in parse_cases(rulebook, text)] if cases else None
    return list(CHECKS[check].check(SurveyedLaw(rulebook, tests)))


def entries(check: str, rulebook: Rulebook, *cases: str) -> list[str]:
    return [one.entry for one in found_by(check, rulebook, *cases)]


@pytest.fixture(scope="module")
def good() -> Rulebook:
    return gate()


def test_a_rulebook_without_defects_is_clean(good: Rulebook) -> None:
    """But for the note on cases to which nothing speaks."""
    report = run_checks(SurveyedLaw(good), list(CHECKS.values()))
    assert [one.finding.check for one in report.findings] == ["silent-default"]


REFUSED, WARNED, EXEMPT = "concludes: refused", "concludes: warned", "concludes: exempt"
BY_ARMS = "when: {reading: arms, carried: {visitor.armed: yes}, otherwise: {visitor.armed: yes}}"
BY_NIGHT = "when: {reading: arms, by-night: never, otherwise: {visitor.armed: yes}}"
SMALL = "{visitor.age: {less_than: 6}}"
OLD = ("when: {visitor.age: {at_least: 90}}", EXEMPT, "SOURCE night-law")


def odd(when: str, *lines: str) -> dict[str, tuple[str, ...]]:
    """One more provision."""
    return {"odd": (f"when: {when}", *lines)}


def drunk(when: str, *lines: str) -> dict[str, tuple[str, ...]]:
    """Another rule on drunks."""
    return {"drunk": (f"when: {when}", *lines)}


@pytest.mark.parametrize(
    ("check", "changed", "expected"),
    [
        ("never-applies", odd(f"{{all: [{SMALL}, {{visitor.age: {{at_least: 6}}}}]}}", WARNED), ["odd"]),
        ("never-applies", odd("{all: [noisy-visitor, {not: {some: visits, such_that: always}}]}", WARNED), ["odd"]),
        ("never-applies", odd("{all: [noisy-visitor, {some: visits, such_that: {quiet: yes}}]}", WARNED), []),
        ("always-applies", odd("{any: [{visitor.drunk: yes}, {visitor.drunk: no}]}", WARNED), ["odd"]),
        ("always-applies", odd("always", WARNED), []),
        ("never-a-ground", drunk("{all: [{visitor.drunk: yes}, {visitor.age: {less_than: 18}}]}", WARNED), ["drunk"]),
        ("never-a-ground", drunk("{all: [{visitor.drunk: yes}, {visitor.age: {less_than: 19}}]}", WARNED), []),
        ("never-decides", odd("{visitor.age: {less_than: 6}}", REFUSED), ["odd"]),
        ("never-decides", odd("{visitor.age: {less_than: 6}}", WARNED), []),
        ("idle-disapplication", odd("{visitor.age: {at_least: 18}}", "disapplies: [young]"), ["odd"]),
        ("idle-disapplication", odd("{visitor.drunk: yes}", "disapplies: [young]"), []),
        ("condition-without-effect", odd(f"{{all: [{SMALL}, {{visitor.drunk: yes}}]}}", WARNED), ["odd"]),
        ("condition-without-effect", odd(f"{{all: [{SMALL}, {{visitor.drunk: yes}}]}}", REFUSED), []),
        ("superfluous-condition", odd(f"{{all: [{SMALL}, {{visitor.age: {{less_than: 7}}}}]}}", REFUSED), ["odd"]),
        ("superfluous-condition", odd(f"{{all: [{SMALL}, {{visitor.drunk: yes}}]}}", REFUSED), []),
        ("outcome-out-of-reach", drunk("never", WARNED), ["warned"]),
        ("outcome-out-of-reach", odd("{visitor.age: {at_least: 18}}", REFUSED), ["warned", "free"]),
        ("unasked-fact", drunk("{visitor.drunk: yes}", WARNED), ["visits"]),
        ("unasked-fact", drunk("{some: visits, such_that: always}", WARNED), ["visits.quiet"]),
        ("unused-entry", drunk("{visitor.drunk: yes}", WARNED), ["noisy-visitor"]),
        ("reading-without-effect", {"armed": ("enacted_by: gate-law", BY_ARMS, REFUSED)}, ["arms"]),
        ("options-alike", {"armed": ("enacted_by: gate-law", BY_NIGHT, REFUSED)}, ["arms"]),
        ("opposite-provisions", {"old": OLD}, ["armed", "drunk"]),  # nobody is under 18 and over 90
        ("opposite-provisions", {"old": (*OLD, "disapplies: [drunk]")}, ["armed"]),
        ("opposite-provisions", {"old": OLD[:2]}, []),  # of the same law
        ("silent-default", odd("always", EXEMPT), []),
        ("uncited-source", {"young": ("when: {visitor.age: {less_than: 18}}", REFUSED)}, ["night-law"]),
    ],
)  # fmt: skip
def test_the_defect_is_found(check: str, changed: Mapping[str, tuple[str, ...]], expected: list[str]) -> None:
    assert entries(check, gate(changed)) == expected


def test_no_check_finds_what_is_not_there(good: Rulebook) -> None:
    for name in CHECKS:
        assert entries(name, good) == (["entry"] if name == "silent-default" else [])


def test_which_of_two_options_comes_first_makes_no_difference(good: Rulebook) -> None:
    law = SurveyedLaw(good)
    for one, other in permutations(["carried", "drunk-only", "by-night"], 2):
        assert law.can_tell_option("arms", one, other)
        assert law.can_tell_option("arms", other)


def test_what_matters_at_an_earlier_stage_matters() -> None:
    """A bill that is not law yet can apply at the stage that it has reached, and its conditions matter there."""
    steps = "      - {stage: in_force, date: 2020-01-01, certainty: text}\n"
    assert steps in GATE
    bill = gate(head=GATE.replace(steps, ""))
    assert entries("never-applies", bill) == []
    assert entries("condition-without-effect", bill) == []
    assert entries("reading-without-effect", bill) == []


def test_a_provision_is_tested_by_an_expectation(good: Rulebook) -> None:
    case = "facts: {visitor: {drunk: yes}}\nexpect: [{question: entry, grounds: [drunk]}]"
    assert entries("untested-provision", good, case) == ["armed", "young"]
    assert entries("untested-provision", good) == []


def test_a_place_is_that_of_the_condition() -> None:
    odd = ("when: {all: [{visitor.age: {less_than: 6}}, {visitor.age: {less_than: 7}}]}", REFUSED)
    (found,) = found_by("superfluous-condition", gate({"odd": odd}))
    assert found.place.column > found.message.count("\n")
    assert "less than 7 years of age" in found.message


@pytest.mark.parametrize("check", ["never-decides", "silent-default", "opposite-provisions"])
def test_an_example_is_a_case_that_shows_it(check: str) -> None:
    law = gate(
        {
            "odd": ("when: {visitor.age: {less_than: 6}}", "concludes: refused"),
            "old": OLD,
        }
    )
    found = [one for one in found_by(check, law) if one.example is not None]
    assert found
    for one in found:
        (case,) = parse_cases(law, str(one.example))
        assert list(unmet(law, case)) == []
        answer = decide(law, case, "entry")
        applying = {step.id for step in answer.trace if step.truth}
        match check:
            case "never-decides":
                assert len(answer.grounds) > 1
            case "silent-default":
                assert not applying
            case _:
                assert "old" in applying
                assert len(applying) > 1


def test_interrupted_it_reports_what_was_found_so_far(good: Rulebook) -> None:
    def progress(said: str) -> None:
        if "stop" in said:
            raise KeyboardInterrupt

    stopping: Any = SimpleNamespace(ABOUT=replace(CHECKS["silent-default"].ABOUT, id="stop"))
    law = SurveyedLaw(good, progress=progress)
    report = run_checks(law, [CHECKS["silent-default"], stopping, CHECKS["unused-entry"]])
    assert report.interrupted
    assert [one.finding.check for one in report.findings] == ["silent-default"]


# --- what is said never to be so is so in no case ---------------------------------------------------


@given(random_laws(), st.integers(0, 10**6))
@examples(quick=5, full=25)
def test_never_is_never(law: RandomLaw, seed: int) -> None:
    """No random case, at no stage, contradicts a proof."""
    rulebook = law.rulebook()
    surveyed = SurveyedLaw(rulebook)
    survey = surveyed.survey(QUESTION)
    idle = [
        alteration(number, value)
        for number, part in enumerate(surveyed.conditions)
        for value in (True, False)
        if surveyed.bears(part) and not surveyed.can_tell(part, value)
    ]
    idle += [
        under_option(name, option.id)
        for name, reading in rulebook.readings.items()
        for option in reading.options
        if not surveyed.can_tell_option(name, option.id)
    ]
    applying = {rule.id for rule in survey.question.rules if survey.can_apply(rule.id)}
    reached = {outcome for outcome in survey.question.outcomes if survey.can_reach(outcome)}
    deciding = {rule.id for rule in survey.question.rules if survey.can_decide(rule.id)}
    written, altered = Evaluation(survey.question), Evaluation(survey.altered)
    for values in complete_cases(survey.question.domains, survey.question.orderings, seed):
        assert {name for name, truth in written.applies(values).items() if truth} <= applying
        outcome, grounds = answer(written, values)
        assert outcome in reached
        assert len(grounds) != 1 or grounds[0] in deciding
        for name in idle:
            assert answer(altered, {**values, ALTERED: name}) == (outcome, grounds), name


def answer(evaluation: Evaluation, values: Values) -> tuple[str | None, list[str]]:
    outcome = evaluation.outcome(values)
    return outcome, list(evaluation.supports(values)[str(outcome)])


def each_near_the_last(cases: Iterable[Values]) -> Iterator[Values]:
    """Cases that take on the values of the next one by one: of what two of them share, the objects are the same."""
    now: Values = {}
    for number, values in enumerate(cases):
        for key in values if 0 < number < 3 else ():
            before, value = now[key], values[key]
            if isinstance(before, tuple) and isinstance(value, tuple):
                yield {**now, key: (*before[:1], *value[:1])}
            now = {**now, key: value}
            yield now
        now = values
        yield now


@given(random_laws(), st.integers(0, 10**6))
@examples(quick=4, full=25)
def test_a_case_tells_what_evaluation_tells(law: RandomLaw, seed: int) -> None:
    survey = SurveyedLaw(law.rulebook()).survey(QUESTION)
    altered = Evaluation(survey.altered)
    for values in each_near_the_last(complete_cases(survey.question.domains, survey.question.orderings, seed)):
        told = survey.told_by(values)
        written = answer(Evaluation(survey.question), values)
        for name in survey.altered.domains[ALTERED].choices:
            assert (answer(altered, {**values, ALTERED: name}) != written) == (name in told), name


@given(random_laws())
@examples(quick=4, full=15)
def test_the_solver_confirms_what_known_cases_tell(law: RandomLaw) -> None:
    surveyed = SurveyedLaw(law.rulebook())
    survey = surveyed.survey(QUESTION)
    for part in surveyed.conditions:
        surveyed.can_tell(part, value=True)
    for name in survey.told:
        assert survey.can_tell(name, by_proof=True)
