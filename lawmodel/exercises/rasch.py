"""How hard items are by what was answered: the Rasch model, with the prior difficulty as so many answers more.

The probability that a student is right is the logistic function of the student's ability less the item's difficulty.
Also how well an item goes with the rest: the correlation of being right on it with the share of the others that are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.value_object import ValueObject

ENOUGH_ANSWERS: Final = 20
"""With fewer answers to an item its difficulty is not told."""
PRIOR_ANSWERS: Final = 10.0
ROUNDS: Final = 200
STILL: Final = 1e-9
LEAST_DISCRIMINATION: Final = 0.1


@dataclass(frozen=True, slots=True)
class ItemFit(ValueObject):
    """What the answers say of an item."""

    item: str
    answers: int
    right: int
    difficulty: float | None
    """On the scale of abilities, of which the mean is 0; None where there are too few answers."""
    discrimination: float | None
    """None where it cannot be told, since all were right or all wrong."""


def fitted(answers: Mapping[str, Mapping[str, bool]], prior: Mapping[str, float]) -> dict[str, float]:
    """The difficulty of each item of ``prior``, by student and item whether the answer was right.

    ``prior`` is on any scale: it is brought to the mean 0 and the deviation 1. The posterior mode is found by Newton's
    steps, items and students in turn.
    """
    standard = standardised(prior)
    place = dict(standard)
    ability = dict.fromkeys(answers, 0.0)
    for _ in range(ROUNDS):
        moved = 0.0
        for student, given in answers.items():
            chances = [
                (_logistic(ability[student] - place[item]), right) for item, right in given.items() if item in place
            ]
            slope = math.fsum(right - chance for chance, right in chances) - ability[student]
            step = slope / (1 + math.fsum(chance * (1 - chance) for chance, _ in chances))
            ability[student] += step
            moved = max(moved, abs(step))
        for item, first in standard.items():
            chances = [
                (_logistic(ability[one] - place[item]), given[item]) for one, given in answers.items() if item in given
            ]
            expected, at = _logistic(-first), _logistic(-place[item])
            slope = math.fsum(chance - right for chance, right in chances) + PRIOR_ANSWERS * (at - expected)
            curve = math.fsum(chance * (1 - chance) for chance, _ in chances) + PRIOR_ANSWERS * at * (1 - at)
            place[item] += slope / curve
            moved = max(moved, abs(slope / curve))
        if moved < STILL:
            break
    return place


def standardised(prior: Mapping[str, float]) -> dict[str, float]:
    """Numbers brought to the mean 0 and the deviation 1; all 0 where they are alike."""
    mean = math.fsum(prior.values()) / max(1, len(prior))
    spread = math.sqrt(math.fsum((one - mean) ** 2 for one in prior.values()) / max(1, len(prior)))
    return {name: (one - mean) / spread if spread else 0.0 for name, one in prior.items()}


def item_fits(answers: Mapping[str, Mapping[str, bool]], prior: Mapping[str, float]) -> tuple[ItemFit, ...]:
    """What the answers say of each item, in the order of ``prior``."""
    place = fitted(answers, prior)
    found = []
    for item in prior:
        given = [each[item] for each in answers.values() if item in each]
        found.append(
            ItemFit(
                item,
                len(given),
                sum(given),
                place[item] if len(given) >= ENOUGH_ANSWERS else None,
                _discrimination(answers, item) if len(given) >= ENOUGH_ANSWERS else None,
            )
        )
    return tuple(found)


def _discrimination(answers: Mapping[str, Mapping[str, bool]], item: str) -> float | None:
    pairs = []
    for given in answers.values():
        rest = [right for name, right in given.items() if name != item]
        if item in given and rest:
            pairs.append((float(given[item]), sum(rest) / len(rest)))
    return _correlation(pairs)


def _correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    count = len(pairs)
    if count < 3:
        return None
    left = math.fsum(one for one, _ in pairs) / count
    right = math.fsum(other for _, other in pairs) / count
    spread = math.fsum((one - left) ** 2 for one, _ in pairs) * math.fsum((other - right) ** 2 for _, other in pairs)
    if spread <= 0:
        return None
    return math.fsum((one - left) * (other - right) for one, other in pairs) / math.sqrt(spread)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else 1 - 1 / (1 + math.exp(value))
