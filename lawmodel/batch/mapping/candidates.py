"""The facts that a column may be, and how likely it is each of them: by its heading, and by its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lawmodel.batch.mapping.likeness import NO, YES, Values, alike, words
from lawmodel.batch.mapping.mapping import Target, target_of, targets
from lawmodel.batch.tables.cell_values import DayForms, decode_cell
from lawmodel.case.values import NotAValue, folded
from lawmodel.dataclass import dataclass
from lawmodel.inputs import MOST_RECORDS
from lawmodel.rulebook.model import Rulebook

DAY: Final = re.compile(r"([0-9]{1,2})([-./ ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])")
"""A day in an order that depends on the country."""
NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?:\s*(?P<unit>[^\W\d]+))?\Z")
"""A number, perhaps with a word behind it."""
_FITS: Final = 0.5
"""So large a share of the cells must be values of a fact, for a column to be of it."""
_FEW: Final = 0.25
"""So large a share, where the heading says what it is, or several different cells do."""
_SAYS_IT: Final = 0.9
"""From so many points on, a heading says what a column is."""
_IS_ITS_NAME: Final = 2.5
"""From so many points on, it says so whatever the cells are: they are then to be understood."""
_LIKE: Final = 0.6
"""How well a cell fits that is only like a value."""
_IS_DAY: Final = 0.5
"""How well a day fits: it may be of any fact that is a day. A word of the rulebook in the place of one fits better."""
_ORDINAL: Final = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)?\b")
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact that a column may be, with the words by which it is known."""

    rulebook: Rulebook
    target: Target
    weights: Mapping[str, float]
    """By word: those of its own name say most."""
    values: Values

    def at(self, target: Target) -> Candidate:
        """The same, of a record of another number."""
        return Candidate(self.rulebook, target, self.weights, self.values)

    def numbered(self, heading: str) -> Target:
        """What the column of a heading would be."""
        one = self.target
        return one if one.record is None else Target(one.fact, one.path, _record(heading) or 1)

    def like(self, heading: str) -> float:
        """How much of a heading is said of the fact: from nothing to 3.5."""
        said = [one for one in words(_ORDINAL.sub(" ", heading)) if one not in _ORDINALS]
        each = (max((w for word, w in self.weights.items() if alike(one, word)), default=0.0) for one in said)
        more = 0.5 if self.target.record is not None and _record(heading) is not None else 0.0
        found = sum(each) / max(len(said), 1)
        return found + more if found else 0.0

    def score(self, heading: str, cells: Mapping[str, int], days: DayForms) -> float:
        """How likely a column is the fact: nothing where its cells are no values of it, or where it has none."""
        like, total = self.like(heading), sum(cells.values())
        is_shared = isinstance(self.target.fact.choices, str)  # such a list is that of several facts
        if not total or (like == 0 and is_shared):
            return 0.0
        fits = {cell: self.fits(cell, days) for cell in cells}
        share = sum(cells[cell] for cell, points in fits.items() if points) / total
        told = sum(cells[cell] * points for cell, points in fits.items()) / total
        match self.target.fact.sort:
            case "choice":
                several = sum(points > 0 for points in fits.values()) > 1
                least = 0.0 if like >= _IS_ITS_NAME else _FEW if like >= _SAYS_IT or several else _FITS
                return like + told * (0.5 if is_shared else 2.5) if share >= least else 0.0
            case "date":
                by_word = sum(cells[cell] * points for cell, points in fits.items() if points > _IS_DAY) / total
                return like + 2 * by_word + 0.5 * share if share >= _FITS and (like >= _SAYS_IT or by_word) else 0.0
            case _:
                return like + 0.5 * share if share >= _FITS and like >= _SAYS_IT else 0.0

    def fits(self, cell: str, days: DayForms) -> float:
        """How well a cell is a value of the fact: from nothing to 1."""
        match self.target.fact.sort:
            case "yes/no":
                return float(folded(cell) in YES | NO)
            case "number" if self.target.fact.unit is not None:
                return float(self.is_value(cell, days))
            case "number":
                return float(NUMBER.match(cell.strip()) is not None)
            case "date" if DAY.match(cell.strip()) or (
                folded(cell) not in self.target.fact.words and self.is_value(cell, days)
            ):
                return _IS_DAY
            case "choice" | "date":
                likely = self.values.likely(cell.strip())
                return 0.0 if likely is None else _LIKE if likely.why else 1.0
            case _:
                return 0.0

    def is_value(self, cell: str, days: DayForms) -> bool:
        """Whether a cell is read as a value without more being said."""
        try:
            decode_cell(self.rulebook, self.target.fact, cell, days)
        except NotAValue:
            return False
        return True


def candidates(rulebook: Rulebook) -> list[Candidate]:
    """Every fact and every field, with its words."""
    found: list[Candidate] = []
    shared: dict[str, Values] = {}
    for name in targets(rulebook):
        target = target_of(rulebook, name)
        if target is not None:
            key = target.fact.choices if isinstance(target.fact.choices, str) else name
            if key not in shared:
                shared[key] = Values(rulebook, target.fact)
            found.append(Candidate(rulebook, target, _weights(rulebook, target), shared[key]))
    return found


def _weights(rulebook: Rulebook, target: Target) -> dict[str, float]:
    """The words by which a fact is known."""
    fact, outer = target.fact, target.path.split(".")
    each = ""
    if target.record is None:
        outer = outer[:-1]
    else:
        each = rulebook.facts[target.path].each or ""
    says = rulebook.choices_of(fact).values() if isinstance(fact.choices, Mapping) else ()
    found: dict[str, float] = {}
    for text, weight in (
        (fact.id.rpartition(".")[2], 3.0),
        (fact.title, 2.0),
        *((one, 2.0) for one in (*outer, each)),
        (fact.ask, 1.0),
        *((one, 0.5) for one in says),
    ):
        for word in words(text.replace("_", " ")):
            found[word] = max(weight, found.get(word, 0.0))
    return found


def _record(heading: str) -> int | None:
    """The number of the record of which a heading speaks."""
    number = _ORDINAL.search(heading)
    if number is not None and 1 <= int(number[1]) <= MOST_RECORDS:
        return int(number[1])
    return next((_ORDINALS[word] for word in words(heading) if word in _ORDINALS), None)
