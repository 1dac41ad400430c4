"""A property that is stated once is proved, and tested on drawn cases."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings

from lawmodel.case.file import parse_cases
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.searching.proved import PropertyVerdict
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Property, Rulebook
from lawmodel.testing import theorem

LAW = load_rulebook(rules_folder())
QUICK = settings(max_examples=15, database=None, derandomize=True, deadline=None, phases=[Phase.generate])


@theorem(
    LAW,
    """
    question: extradition
    given: {concept: russian, at: critical-date}
    claims: {never: [may_grant]}
    """,
    settings=QUICK,
)
def test_a_citizen_at_the_critical_date_stays() -> None:
    """Nobody who is a citizen of Russia at the critical date is surrendered."""


@theorem(
    LAW,
    "{question: extradition, on: 2026-03-18, changed: {on: 2026-03-19}, claims: {compared: no_weaker}}",
    settings=QUICK,
)
def test_the_amendment_weakens_nothing() -> None:
    """What was refused before is refused still."""


@theorem(LAW, "{question: extradition, changed: {one_more: service}, claims: {compared: no_weaker}}")
def test_more_service() -> None:
    """More service never weakens the bar."""


def test_a_false_one_fails_with_the_case_that_refutes_it() -> None:
    @theorem(LAW, "{question: extradition, given: {concept: russian, at: decision.made}, claims: {never: [may_grant]}}")
    def test_citizens() -> None:
        """No citizen is surrendered."""

    with pytest.raises(AssertionError, match="this does not hold: No citizen is surrendered") as failed:
        test_citizens()
    (case,) = parse_cases(LAW, str(failed.value).partition("The case that refutes it:\n\n")[2])
    (expected,) = case.expectations
    assert (expected.outcome, set(expected.readings)) == ("may_grant", {"critical-date"})
    assert decide(LAW, case, "extradition", readings=expected.readings).outcome == "may_grant"
    assert decide(LAW, case, "extradition").outcome == "must_refuse", "the reading is given and does nothing"


def test_a_wrong_proof_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def proved(_: Rulebook, stated: Property) -> PropertyVerdict:
        return PropertyVerdict(stated, None, {}, (), 0)

    monkeypatch.setattr("lawmodel.testing.proved_and_tested.prove", proved)

    @theorem(LAW, "{question: extradition, claims: {always: [may_grant]}}", settings=QUICK)
    def test_nobody_stays() -> None:
        """Everybody may be surrendered."""

    with pytest.raises(AssertionError, match="this was proved, and yet a case contradicts it") as failed:
        test_nobody_stays()
    assert "# A case that a test has found." in "\n".join(failed.value.__notes__)


def test_what_says_nothing_is_no_theorem() -> None:
    given = "{all: [{person.present_in_russia: yes}, {person.present_in_russia: no}]}"

    @theorem(LAW, f"{{question: extradition, given: {given}, claims: {{always: [must_refuse]}}}}")
    def test_whoever_is_here_and_is_not() -> None:
        """Whoever is here and is not stays."""

    with pytest.raises(AssertionError, match="no case is as it gives"):
        test_whoever_is_here_and_is_not()


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(ProblemsFound, match="there is no concept `rusian`"):
        theorem(LAW, "{question: extradition, given: rusian, claims: {never: [may_grant]}}")(test_more_service)
    with pytest.raises(ProblemsFound, match="`holds` does not stand here"):
        theorem(LAW, "{question: extradition, claims: {never: [may_grant]}, holds: no}")(test_more_service)
