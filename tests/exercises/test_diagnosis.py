"""From answers to what they are like: the arithmetic, against a computation that shares nothing with it."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.exercises.adaptive_test import ENOUGH, AdaptiveTest, information, next_item
from lawmodel.exercises.class_diagnosis import Estimate, diagnose_class, estimate, wilson
from lawmodel.exercises.diagnosis import (
    GUESSES,
    AnswerSheet,
    DiagnosticItem,
    Hypothesis,
    chosen_items,
    diagnosed,
    even_prior,
    parting_item,
    posterior,
)
from lawmodel.exercises.exercise import LAW

OFFERED = ("M", "G", "Y", "N")
ANSWERS = {
    LAW: "MGGMMM",
    "fighting-of-all": "GGGGMG",
    "service-once-is-enough": "MMMMMM",
    "halves-added": "MGMMMM",
    "combat-crimes-only": "GGGGGM",
}
HYPOTHESES = tuple(Hypothesis(name, name, () if name == LAW else (name,)) for name in ANSWERS)
ITEMS = [
    DiagnosticItem(
        str(number), OFFERED, {name: answers[number - 1] for name, answers in ANSWERS.items()}, (f"limb-{number % 2}",)
    )
    for number in range(1, 7)
]
PRIOR = dict.fromkeys(ANSWERS, 0.15) | {LAW: 0.4}


def sheet(answers: str, student: str = "1") -> AnswerSheet:
    return AnswerSheet(student, {str(number): None if one == "?" else one for number, one in enumerate(answers, 1)})


def by_hand(answers: str, prior: dict[str, Fraction], slip: Fraction) -> dict[str, Fraction]:
    weights = {}
    for name, predicted in ANSWERS.items():
        weights[name] = prior[name]
        for one, answer in zip(predicted, answers, strict=True):
            if answer != "?":
                weights[name] *= 1 - slip if one == answer else slip / 3
    return {name: weight / sum(weights.values()) for name, weight in weights.items()}


@pytest.mark.parametrize(
    ("answers", "best", "probability"),
    [
        ("GGGGMM", "undecided", 0.48),
        ("MGMMMM", "halves-added", 0.88),
        ("MMMMMM", "service-once-is-enough", 0.96),
        ("GGGGMG", "fighting-of-all", 1.0),
    ],
)
def test_four_students(answers: str, best: str, probability: float) -> None:
    found = diagnosed(ITEMS, HYPOTHESES, sheet(answers), PRIOR, 0.1)
    assert round(found.hypotheses[0].probability, 2) == probability
    if best == "undecided":
        assert found.verdict == "undecided"
        assert {one.id for one in found.hypotheses[:2]} == {"fighting-of-all", "combat-crimes-only"}
        assert found.next_item == "5"
    else:
        assert (found.verdict, found.hypotheses[0].id) == ("found", best)


@given(st.text("MGYN?", min_size=6, max_size=6), st.integers(1, 40))
def test_it_is_bayes_rule(answers: str, slips: int) -> None:
    slip = Fraction(slips, 100)
    exact = by_hand(answers, {name: Fraction(str(share)) for name, share in PRIOR.items()}, slip)
    found = posterior(ITEMS, sheet(answers), PRIOR, float(slip))
    assert math.isclose(sum(found.values()), 1)
    for name, share in exact.items():
        assert math.isclose(found[name], share, abs_tol=1e-12)
    turned = posterior(ITEMS[::-1], sheet(answers), dict(reversed(PRIOR.items())), float(slip))
    assert all(math.isclose(turned[name], share, abs_tol=1e-12) for name, share in found.items())


def test_i_do_not_know_says_nothing() -> None:
    assert posterior(ITEMS, sheet("??????"), PRIOR) == pytest.approx(PRIOR)
    assert diagnosed(ITEMS, HYPOTHESES, sheet("??????")).verdict == "nothing known"


def test_one_who_guesses_is_taken_for_that() -> None:
    guessing = (*HYPOTHESES, Hypothesis(GUESSES, "guesses"))
    many = [DiagnosticItem(f"{one.id}-{n}", OFFERED, one.predicted) for one in ITEMS for n in range(4)]
    draw = random.Random(4)  # noqa: S311 - reproducible chance
    answers = {one.id: draw.choice(OFFERED) for one in many}
    found = diagnosed(many, guessing, AnswerSheet("1", answers))
    assert (found.verdict, found.hypotheses[0].id) == ("found", GUESSES)


def test_the_item_that_tells_most_is_asked_next() -> None:
    """Entropy by the definition, over all answers of all hypotheses."""

    def told(item: DiagnosticItem, slip: float) -> float:
        joint = {
            (name, answer): PRIOR[name] * (1 - slip if item.predicted[name] == answer else slip / 3)
            for name in PRIOR
            for answer in OFFERED
        }
        by_answer = {answer: sum(joint[name, answer] for name in PRIOR) for answer in OFFERED}
        return sum(
            share * math.log2(share / (PRIOR[name] * by_answer[answer])) for (name, answer), share in joint.items()
        )

    for item in ITEMS:
        assert information(item, PRIOR, 0.05) == pytest.approx(told(item, 0.05))
    best = max(ITEMS, key=lambda one: told(one, 0.05))
    chosen = next_item(ITEMS, (), PRIOR, 0.05)
    assert chosen is not None
    assert told(chosen, 0.05) == pytest.approx(told(best, 0.05))
    assert next_item(ITEMS, [one.id for one in ITEMS], PRIOR) is None


def test_what_no_item_parts_is_said_to_be_alike() -> None:
    twins = (*HYPOTHESES, Hypothesis("twin", "the same as halves-added"))
    items = [DiagnosticItem(one.id, OFFERED, {**one.predicted, "twin": one.predicted["halves-added"]}) for one in ITEMS]
    found = diagnosed(items, twins, AnswerSheet("1", sheet("MGMMMM").answers), even_prior(twins), 0.05)
    assert found.verdict == "found"
    assert {found.hypotheses[0].id, *found.alike} == {"halves-added", "twin"}
    assert parting_item(items, "halves-added", "twin") is None


def test_a_fixed_test_parts_every_two_hypotheses_that_can_be_parted() -> None:
    chosen = chosen_items(ITEMS, HYPOTHESES, 6, times=1)
    assert len(chosen) < len(ITEMS)
    for one, other in itertools.combinations(ANSWERS, 2):
        assert any(item.predicted[one] != item.predicted[other] for item in chosen)


def simulated(planted: Sequence[str], items: Sequence[DiagnosticItem], slip: float, seed: int) -> list[AnswerSheet]:
    draw = random.Random(seed)  # noqa: S311 - reproducible chance

    def answer(item: DiagnosticItem, name: str) -> str:
        right = item.predicted[name]
        if draw.random() >= slip:
            return right
        return draw.choice([one for one in item.offered if one != right])

    return [AnswerSheet(str(n), {one.id: answer(one, name) for one in items}) for n, name in enumerate(planted, 1)]


def test_the_slip_rate_and_the_shares_of_a_class_are_estimated() -> None:
    many = [DiagnosticItem(f"{one.id}-{n}", OFFERED, one.predicted, one.limbs) for one in ITEMS for n in range(3)]
    planted = [LAW] * 12 + ["halves-added"] * 12 + ["fighting-of-all"] * 6
    sheets = simulated(planted, many, 0.05, 3)
    found = estimate(many, HYPOTHESES, sheets)
    assert 0.03 < found.slip_rate < 0.08
    # One step of the estimation, from where it ended, by hand: it stays where it is.
    held, slips, answers = dict.fromkeys(ANSWERS, 0.0), 0.0, 0.0
    for one in sheets:
        weights = {}
        for name in ANSWERS:
            hits = sum(one.answers[item.id] == item.predicted[name] for item in many)
            misses = len(many) - hits
            weights[name] = found.prior[name] * (1 - found.slip_rate) ** hits * (found.slip_rate / 3) ** misses
        for name, weight in weights.items():
            share = weight / sum(weights.values())
            held[name] += share
            slips += share * sum(one.answers[item.id] != item.predicted[name] for item in many)
            answers += share * len(many)
    assert found.slip_rate == pytest.approx((slips + 20 * 0.1) / (answers + 20), abs=1e-4)
    first = even_prior(HYPOTHESES)
    for name, share in held.items():
        assert found.prior[name] == pytest.approx((share + 10 * first[name]) / (len(sheets) + 10), abs=1e-3)


def test_a_class_has_its_shares_its_limbs_and_a_case_for_the_board() -> None:
    many = [DiagnosticItem(f"{one.id}-{n}", OFFERED, one.predicted, one.limbs) for one in ITEMS for n in range(3)]
    planted = [LAW] * 5 + ["halves-added"] * 10 + ["fighting-of-all"] * 4
    found = diagnose_class(many, HYPOTHESES, simulated(planted, many, 0.02, 5))
    assert [one.hypotheses[0].id for one in found.students] == planted
    shares = {one.id: one for one in found.shares}
    assert found.shares[0].id == LAW
    assert shares["halves-added"].students == pytest.approx(10, abs=0.3)
    assert shares["halves-added"].low < 10 / 19 < shares["halves-added"].high
    assert found.board is not None
    item = next(one for one in many if one.id == found.board)
    assert item.predicted["halves-added"] != item.predicted[LAW]
    assert found.board_parts[0] == "halves-added"
    assert {row.limb for row in found.limbs} == {"limb-0", "limb-1"}
    assert all(len(row.held) == len(planted) for row in found.limbs)
    assert all(row.held[0] == "held" for row in found.limbs)


def test_a_limb_that_nobody_was_asked_about_is_not_tested() -> None:
    found = diagnose_class(ITEMS, HYPOTHESES, [AnswerSheet("1", {"1": "M"}), AnswerSheet("2", {"1": "G"})])
    assert {row.limb: row.held for row in found.limbs} == {
        "limb-1": ("held", "not held"),
        "limb-0": ("not tested", "not tested"),
    }


def test_an_item_that_the_best_miss_is_suspect() -> None:
    many = [DiagnosticItem(f"{one.id}-{n}", OFFERED, one.predicted) for one in ITEMS for n in range(3)]
    sheets = [AnswerSheet(one.student, {**one.answers, "2-1": "N"}) for one in simulated([LAW] * 9, many, 0.0, 1)]
    assert diagnose_class(many, HYPOTHESES, sheets, Estimate(0.05, PRIOR)).suspect == ("2-1",)


@pytest.mark.parametrize(
    ("held", "students", "low", "high"),
    [(0, 30, 0.0, 0.1135), (3, 30, 0.0346, 0.2562), (15, 30, 0.3315, 0.6685), (30, 30, 0.8865, 1.0)],
)
def test_intervals(held: int, students: int, low: float, high: float) -> None:
    """As tables of Wilson's interval have them."""
    assert wilson(held, students) == pytest.approx((low, high), abs=2e-4)


def test_a_test_that_adapts_ends_when_enough_is_known() -> None:
    many = [DiagnosticItem(f"{one.id}-{n}", OFFERED, one.predicted) for one in ITEMS for n in range(3)]
    for planted, answers in ANSWERS.items():
        test = AdaptiveTest(many, HYPOTHESES, planted, slip_rate=0.05)
        while (item := test.next()) is not None:
            test.answer(item.id, answers[int(item.id[0]) - 1])
        found = test.diagnosis()
        assert (found.verdict, found.hypotheses[0].id) == ("found", planted)
        assert found.hypotheses[0].probability >= ENOUGH
        assert len(test.answers) <= 10
