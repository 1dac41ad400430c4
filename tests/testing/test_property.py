"""A property is stated as a plain function, and is tested as one."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import Phase, settings

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.testing import DrawnCase, cases, days, holds_for_all, near, property_of
from tests.testing.rulebooks import draw_many

LAW = load_rulebook(rules_folder())
QUICK = settings(
    max_examples=12, database=None, derandomize=True, deadline=None, phases=[Phase.generate], report_multiple_bugs=False
)
BORDER = near(LAW, "cpc-464-1-7")
CITIZEN = {"person.citizenships": [{"state": "RU"}], "request.kind": "extradition"}


@holds_for_all(LAW, question="extradition", given=CITIZEN, settings=QUICK)
def test_citizens_are_never_handed_over(answer: Answer) -> bool:
    """A citizen is not extradited."""
    return answer.outcome not in ("may_grant", "may_refuse")


@holds_for_all(LAW, question="extradition", given=BORDER, readings="any", settings=QUICK)
def test_a_ground_is_what_the_outcome_needs(case: Case, answer: Answer) -> None:
    assert case.questions == ("extradition",)
    if answer.outcome == "must_refuse":
        assert answer.grounds


def test_what_was_stated_is_there_as_data() -> None:
    stated = property_of(test_citizens_are_never_handed_over)
    assert (stated.question, stated.stage, stated.says) == ("extradition", None, "A citizen is not extradited.")
    assert stated.rulebook is LAW
    with pytest.raises(TypeError, match="was not made by holds_for_all"):
        property_of(test_what_was_stated_is_there_as_data)


@holds_for_all(LAW, question="extradition", given=BORDER, on=days(LAW, "extradition"), settings=QUICK)
def test_the_law_of_the_drawn_day_is_asked_for(case: DrawnCase, answer: Answer) -> None:
    assert case.on is not None
    assert answer.law_date == case.on.isoformat()
    assert f"--on {case.on}" in case.command()


def test_without_a_day_it_is_the_law_of_the_day_of_the_case() -> None:
    seen = set()

    @holds_for_all(LAW, question="extradition", given=BORDER, settings=QUICK)
    def same(case: DrawnCase, answer: Answer) -> bool:
        seen.add(answer.law_date)
        day = case.facts["decision.made"]
        return case.on is None and isinstance(day, int) and answer.law_date == f"{datetime.date.fromordinal(day)}"

    same()
    assert len(seen) > 1


def test_a_day_on_which_the_law_was_not_yet_law_is_found() -> None:
    before = datetime.date(2020, 1, 1)

    @holds_for_all(LAW, question="extradition", given=near(LAW, "cpc-464-1-7"), on=before, settings=QUICK)
    def never(answer: Answer) -> bool:
        return all(ground.id != "cpc-464-1-7" for ground in answer.grounds)

    never()
    with pytest.raises(AssertionError) as failed:
        holds_for_all(LAW, question="extradition", given=BORDER, on=before, settings=QUICK)(refused)()
    assert "--on 2020-01-01" in "\n".join(failed.value.__notes__)


def test_the_stage_under_which_a_provision_applies_comes_along() -> None:
    seen = set()

    @holds_for_all(LAW, question="removal", given=near(LAW, "dep-bar", stage="first_reading"), settings=QUICK)
    def whatever(case: DrawnCase, answer: Answer) -> None:
        seen.add(answer.stage)
        assert "--stage first_reading" in case.command()

    whatever()
    assert seen == {"first_reading"}


def refused(answer: Answer) -> bool:
    """Everyone is refused."""
    return answer.outcome == "must_refuse"


def test_what_is_wrong_is_shown_as_a_case_file() -> None:
    @holds_for_all(LAW, question="extradition", given=BORDER, readings={"combat": "everyone"}, settings=QUICK)
    def protected(answer: Answer) -> bool:
        """Everyone is protected."""
        return answer.outcome == "must_refuse"

    with pytest.raises(AssertionError, match="this does not hold: Everyone is protected") as failed:
        protected()
    shown = "\n".join(failed.value.__notes__)
    assert "# A case that a test has found. Save it as found.yaml, then:" in shown
    assert "\n#   lawmodel decide found.yaml --reading combat=everyone\n" in shown
    assert "\nfacts:\n  decision:\n    made: " in shown
    assert "The answer is:\n" in shown


def test_a_claim_that_returns_nothing_asserts_by_itself() -> None:
    @holds_for_all(LAW, question="extradition", settings=QUICK)
    def silent(answer: Answer) -> None:
        assert answer.determined or answer.turns_on

    silent()


def test_wrong_statements_are_refused() -> None:
    with pytest.raises(ProblemsFound, match="Did you mean extradition"):
        holds_for_all(LAW, question="extradicion")
    with pytest.raises(ProblemsFound, match=r'Write \{reading: option\}, or "any"'):
        holds_for_all(LAW, question="extradition", readings="all")  # type: ignore[arg-type]
    with pytest.raises(ProblemsFound, match="there is no `dreamt`"):
        holds_for_all(LAW, question="extradition", stage="dreamt")
    with pytest.raises(ProblemsFound, match="a day is needed"):
        holds_for_all(LAW, question="extradition", on="2026-01-01")  # type: ignore[arg-type]
    with pytest.raises(ProblemsFound, match="should be a function of `case` and `answer`"):

        @holds_for_all(LAW, question="extradition")
        def about_something_else(weather: str) -> bool:
            return True


def test_a_case_is_asked_under_other_readings() -> None:
    @holds_for_all(LAW, question="extradition", given=BORDER, readings={"combat": "everyone"}, settings=QUICK)
    def narrower(case: DrawnCase, answer: Answer) -> None:
        assert case.answer() == answer
        default = case.answer(readings={})
        assert (answer.readings["combat"], default.readings["combat"]) == ("everyone", "former-only")
        assert answer.outcome != "must_refuse" or default.outcome == "must_refuse"

    narrower()
    with pytest.raises(ValueError, match="name a question: the case has 0"):
        draw_many(cases(LAW), 1)[0].answer()
