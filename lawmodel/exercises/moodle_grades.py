"""Parts of a mark as Moodle knows them: percentages of a short list, of which those that are right make 100 together.

The importers of Moodle round or refuse any other figure (``gradeoptions`` in its question bank).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import Exercise, OneChoice

ON_ANOTHER_READING: Final = Fraction(3, 10)
"""What an answer gets that is right on another reading, where the reading was not named."""
_PERCENTAGES: Final = (
    "100",
    "90",
    "83.33333",
    "80",
    "75",
    "70",
    "66.66667",
    "60",
    "50",
    "40",
    "33.33333",
    "30",
    "25",
    "20",
    "16.66667",
    "14.28571",
    "12.5",
    "11.11111",
    "10",
    "5",
    "0",
)
_EXACT: Final = {Fraction(written).limit_denominator(20) / 100: written for written in _PERCENTAGES}


@dataclass(frozen=True, slots=True)
class Grades:
    """What each option counts, by its id."""

    shares: dict[str, str]
    """In per cent, as Moodle writes it; what takes away has a minus."""
    by_weight: bool
    """Whether the options that are right count as much as they do here; else all alike."""
    exact: bool
    """Whether the shares are what they are to be; else the nearest of the list."""


def grades_of(exercise: Exercise) -> Grades:
    """What each option of a choice counts: of several, a wrong one takes away as much as a right one gives."""
    right = exercise.right
    if isinstance(exercise.response, OneChoice):
        on_reading = _written(ON_ANOTHER_READING)
        shares = {
            one.id: "100" if one.right else on_reading if exercise.is_right_on_a_reading(one) else "0"
            for one in exercise.options
        }
        return Grades(shares, True, True)
    total = sum(one.weight for one in right)
    weighted = {one.id: Fraction(one.weight, total) for one in right}
    by_weight = all(share in _EXACT for share in weighted.values())
    each = Fraction(1, len(right))
    counted = weighted if by_weight else dict.fromkeys(weighted, each)
    shares = {one.id: _written(counted[one.id]) if one.right else f"-{_written(each)}" for one in exercise.options}
    return Grades(shares, by_weight, each in _EXACT)


def _written(share: Fraction) -> str:
    nearest = min(_EXACT, key=lambda known: abs(known - share))
    return _EXACT[nearest]
