"""A first mapping for a table: what its headings and cells seem to say, by the words of the rulebook."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from typing import Final

from lawmodel.batch.mapping.candidates import DAY, NUMBER, Candidate, candidates
from lawmodel.batch.mapping.likeness import NO, UNKNOWN_WORDS, YES, Likely, alike, says_none, words
from lawmodel.batch.mapping.mapping import CASE, IGNORE, NO_RECORD, Target
from lawmodel.batch.mapping.seen import ColumnSeen, TableSeen, look_through
from lawmodel.batch.tables.cell_values import DayForms
from lawmodel.batch.tables.slices import TableSource
from lawmodel.case.values import UNKNOWN, folded
from lawmodel.dataclass import dataclass
from lawmodel.problems import listed
from lawmodel.rulebook.model import Rulebook

MOST_UNDERSTOOD: Final = 1000
"""So many different cells of a column are looked up among the values of its fact."""
_MOST_LOOKED_AT: Final = 200
"""So many different cells of a column tell what it is."""
_ALL_DIFFERENT: Final = 0.99
"""So large a share of the cells of a column that names the cases stands there once."""
_KEYS: Final = frozenset(["no", "nr", "id", "key", "case", "number", "номер", "дело"])
_SUMS: Final = ("total", "subtotal", "sum", "итого", "всего", "summe")
_UNITS: Final[Mapping[tuple[str, str], int]] = {("year", "month"): 12, ("week", "day"): 7}
"""How many of the second the first is."""


@dataclass(slots=True)
class Guess:
    """What a column probably is."""

    heading: str
    fact: str
    """A target, `case` or `ignore`."""
    why: str = ""
    """What is not sure of it, as a comment."""
    values: dict[str, Likely] = field(default_factory=dict)
    """What cells mean that are not written as values of the fact."""
    not_understood: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    """Cells of which nothing fits, or several values do: how many, and which values."""
    more: int = 0
    """Different cells beyond the `MOST_UNDERSTOOD` most frequent ones: nothing is said of them."""
    times: int | None = None
    unit: str | None = None


@dataclass(slots=True)
class Suggestion:
    """A first mapping."""

    columns: list[Guess]
    dates: list[str] = field(default_factory=list)
    unsure_dates: list[str] = field(default_factory=list)
    """Days that may be read in two ways: examples."""
    unknown: list[str] = field(default_factory=list)
    yes: list[str] = field(default_factory=list)
    no: list[str] = field(default_factory=list)
    skip: dict[str, list[str]] = field(default_factory=dict)


def suggested(rulebook: Rulebook, source: TableSource) -> Suggestion:
    """The mapping that a table seems to need; linear in its different cells, times the facts of the rulebook."""
    found, seen = Suggestion([]), look_through(source)
    key = _key(seen)
    if key is not None:
        found.skip = _sums(seen.columns[key])
    if found.skip:
        seen = look_through(source, {name: frozenset(map(folded, cells)) for name, cells in found.skip.items()})
    found.dates, found.unsure_dates = _forms_of_days(seen.columns.values())
    others = {name: one for name, one in seen.columns.items() if name != key}
    chosen = _chosen(candidates(rulebook), others, DayForms.of(found.dates))
    for name, column in seen.columns.items():
        if name == key:
            found.columns.append(Guess(name, CASE))
        elif name in chosen:
            found.columns.append(_guess(column, *chosen[name], found))
        else:
            found.columns.append(Guess(name, IGNORE, "like no fact" if column.counts else "empty"))
            for small in sorted(UNKNOWN_WORDS.intersection(map(folded, column.counts))):
                _add(found.unknown, small)  # its owner may say that it is a fact
    return found


# --- the column that names the cases ---------------------------------------------------------------------


def _key(seen: TableSeen) -> str | None:
    """The column whose cells are all different, and whose heading says that it names or counts."""
    for name, column in seen.columns.items():
        different = sum(count == 1 for count in column.counts.values())
        if any(one in _KEYS for one in words(name)) and column.filled and different >= _ALL_DIFFERENT * column.filled:
            return name
    return None


def _sums(column: ColumnSeen) -> dict[str, list[str]]:
    """Rows that sum others up."""
    found = [cell for cell in column.counts if any(alike(one, word) for one in words(cell)[:1] for word in _SUMS)]
    return {column.heading: found} if found else {}


# --- days ------------------------------------------------------------------------------------------------


def _forms_of_days(columns: Collection[ColumnSeen]) -> tuple[list[str], list[str]]:
    """The forms of days that are certain, since a number above 12 can be no month; and days of which it is not."""
    orders: dict[str, set[str]] = {}
    examples: dict[tuple[str, int], str] = {}
    for match in (DAY.match(cell.strip()) for column in columns for cell in column.counts):
        if match is None:
            continue
        first, sign, second, year = match.groups()
        examples.setdefault((sign, len(year)), match[0])
        order = orders.setdefault(sign, set())
        if int(first) > 12 >= int(second):
            order.add("day")
        elif int(second) > 12 >= int(first):
            order.add("month")
    certain, unsure = [], []
    for (sign, digits), example in examples.items():
        year = "year" if digits == 4 else "yy"
        if len(orders[sign]) == 1:
            first = next(iter(orders[sign]))
            certain.append(sign.join((first, "month" if first == "day" else "day", year)))
        else:
            unsure.append(example)
    return certain, unsure


# --- which fact a column is ------------------------------------------------------------------------------


def _chosen(
    every: Sequence[Candidate], columns: Mapping[str, ColumnSeen], days: DayForms
) -> dict[str, tuple[Candidate, str]]:
    """For each column what it is most likely, and what is not sure of it: the likeliest first, each once."""
    ranked: list[tuple[float, int, str, Candidate]] = []
    for place, (heading, column) in enumerate(columns.items()):
        cells = _telling_cells(column)
        for one in every:
            score = one.score(heading, cells, days)
            if score > 0:
                ranked.append((round(score, 6), place, heading, one))
    ranked.sort(key=lambda one: (-one[0], one[1], one[3].target.written))
    found: dict[str, tuple[Candidate, str]] = {}
    taken: set[str] = set()
    for score, _, heading, one in ranked:
        here = one.numbered(heading)
        if heading in found or here.written in taken:
            continue
        same = [other.target.written for points, _, name, other in ranked if name == heading and points == score]
        rivals = [other for other in same if other != one.target.written and other not in taken]
        why = f"or {listed(rivals, 3)}?" if rivals else "" if one.like(heading) else "by its cells alone"
        found[heading] = one.at(here), why
        taken.add(here.written)
    return found


def _telling_cells(column: ColumnSeen) -> dict[str, int]:
    """The most frequent cells that say something."""
    told = ((cell, n) for cell, n in column.counts.items() if folded(cell) not in (*UNKNOWN_WORDS, UNKNOWN))
    return dict(sorted(told, key=lambda one: (-one[1], one[0]))[:_MOST_LOOKED_AT])


# --- what its cells mean ---------------------------------------------------------------------------------


def _guess(column: ColumnSeen, one: Candidate, why: str, found: Suggestion) -> Guess:
    """A column that is a fact: what is to be said of its cells. What holds for all columns is noted in ``found``."""
    target, fact, days = one.target, one.target.fact, DayForms.of(found.dates)
    guess = Guess(column.heading, target.written, why)
    if fact.type == "number":
        guess.times, guess.unit = _unit(column, target)
    first: dict[str, str] = {}
    guess.more = max(len(column.counts) - MOST_UNDERSTOOD, 0)
    for cell, count in column.counts.most_common(MOST_UNDERSTOOD):
        small, bare = folded(cell), cell.strip()
        is_day = fact.sort == "date" and DAY.match(bare) is not None
        is_number = fact.type == "number" and NUMBER.match(bare) is not None
        if small == UNKNOWN or is_day or is_number or one.is_value(cell, days):
            continue
        likely = one.values.likely(bare)
        if fact.sort == "yes/no" and small in YES | NO:
            _add(found.yes if small in YES else found.no, small)
        elif likely is not None:
            guess.values.setdefault(first.setdefault(small, bare), likely)
        elif small in UNKNOWN_WORDS:
            _add(found.unknown, small)
        elif target.record is not None and says_none(bare, fact):
            guess.values.setdefault(bare, Likely(NO_RECORD, one.rulebook.facts[target.path].none or NO_RECORD))
        else:
            shown = first.setdefault(small, bare)
            before = guess.not_understood.get(shown, (0, ()))[0]
            guess.not_understood[shown] = before + count, tuple(one.values.fitting(words(bare)))
    return guess


def _add(to: list[str], text: str) -> None:
    if text not in to:
        to.append(text)


def _unit(column: ColumnSeen, target: Target) -> tuple[int | None, str | None]:
    """By what numbers are to be multiplied, and the word behind some of them."""
    matches = (NUMBER.match(cell.strip()) for cell in column.counts)
    unit = next((one["unit"] for one in matches if one is not None and one["unit"]), None)
    needed = words(f"{target.fact.phrase or ''} {target.fact.id.replace('_', ' ')}")
    given = (*words(column.heading), *words(unit or ""))
    for (large, small), times in _UNITS.items():
        if any(alike(one, large) for one in given) and any(alike(one, small) for one in needed):
            return times, unit
    return None, unit
