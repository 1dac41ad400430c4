"""How hard items are by what was answered, against the likelihood itself."""

from __future__ import annotations

import math
import random

import pytest

from lawmodel.exercises.rasch import ENOUGH_ANSWERS, PRIOR_ANSWERS, fitted, item_fits, standardised

TRUE = {"a": -1.5, "b": -0.5, "c": 0.0, "d": 0.7, "e": 1.6}


def answered(students: int, seed: int = 3) -> dict[str, dict[str, bool]]:
    draw = random.Random(seed)  # noqa: S311 - reproducible chance
    found = {}
    for number in range(students):
        ability = draw.gauss(0, 1)
        found[str(number)] = {item: draw.random() < 1 / (1 + math.exp(hard - ability)) for item, hard in TRUE.items()}
    return found


def posterior_of(
    answers: dict[str, dict[str, bool]], prior: dict[str, float], place: dict[str, float], ability: dict[str, float]
) -> float:
    """The logarithm of what is to be greatest."""

    def chance(one: float) -> float:
        return 1 / (1 + math.exp(-one))

    whole = sum(
        math.log(chance(ability[student] - place[item]) if right else 1 - chance(ability[student] - place[item]))
        for student, given in answers.items()
        for item, right in given.items()
    )
    whole -= sum(one**2 / 2 for one in ability.values())
    for item, first in standardised(prior).items():
        expected = chance(-first)
        whole += PRIOR_ANSWERS * (
            expected * math.log(chance(-place[item])) + (1 - expected) * math.log(1 - chance(-place[item]))
        )
    return whole


def test_it_is_where_the_posterior_is_greatest() -> None:
    answers, prior = answered(25), {"a": 4.0, "b": 7.0, "c": 9.0, "d": 12.0, "e": 16.0}
    place = fitted(answers, prior)
    ability = {}
    for student, given in answers.items():  # by bisection, knowing nothing of Newton
        low, high = -9.0, 9.0
        for _ in range(80):
            middle = (low + high) / 2
            slope = sum(right - 1 / (1 + math.exp(place[item] - middle)) for item, right in given.items()) - middle
            low, high = (middle, high) if slope > 0 else (low, middle)
        ability[student] = low
    best = posterior_of(answers, prior, place, ability)
    for item in place:
        for step in (-0.01, 0.01):
            assert posterior_of(answers, prior, {**place, item: place[item] + step}, ability) < best


def test_what_was_planted_is_found() -> None:
    place = fitted(answered(400), dict.fromkeys(TRUE, 1.0))
    assert sorted(place, key=lambda one: place[one]) == list(TRUE)
    assert all(abs(place[item] - hard) < 0.5 for item, hard in TRUE.items())


def test_without_answers_the_prior_stays() -> None:
    prior = {"a": 1.0, "b": 2.0, "c": 3.0}
    assert fitted({}, prior) == pytest.approx(standardised(prior))
    assert standardised({"a": 2.0, "b": 2.0}) == {"a": 0.0, "b": 0.0}


def test_few_answers_are_not_told() -> None:
    few, many = item_fits(answered(ENOUGH_ANSWERS - 1), TRUE), item_fits(answered(ENOUGH_ANSWERS), TRUE)
    assert all(one.difficulty is None and one.discrimination is None for one in few)
    assert all(one.difficulty is not None for one in many)
    assert [one.answers for one in few] == [ENOUGH_ANSWERS - 1] * 5


def test_an_item_that_goes_against_the_rest_is_seen() -> None:
    answers = answered(60)
    for given in answers.values():
        given["f"] = sum(given[item] for item in TRUE) < 2
    found = {one.item: one for one in item_fits(answers, {**TRUE, "f": 0.0})}
    assert (found["f"].discrimination or 0) < -0.5
    assert all((found[item].discrimination or 0) > found["f"].discrimination for item in TRUE)  # type: ignore[operator]
