"""Blocks of variables, and their situations: what a question can tell apart of the values of its open inputs.

A situation is a cell of the partition by the comparisons: two completions are the same situation if every comparison
that is still open has the same truth in both. Inputs that no comparison and no ordering binds together vary on their
own: each such block (a connected component of what binds them) has its own situations, and those of the whole are all
combinations of theirs.

Days and numbers are enumerated by all orders in which they can stand among the constants and each other: on a
constant, or somewhere between two. Between two constants there is room for every order, or else so little that each
whole number there is made a constant.

Where the law measures time between two of them, more counts than their order. Then they are enumerated by the days that
`lawmodel.reasoning.spaced_days` says are enough: of whatever can be satisfied there is a solution on these. That two
situations lie beside each other is such a question too, of the days that stay, and of two copies of those that move.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations, pairwise, product
from math import prod
from typing import TYPE_CHECKING, Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, NEVER_REACHED
from lawmodel.reasoning.evaluation import NO_RECORD, Meaning, meaning
from lawmodel.reasoning.formula import Atom, Domain, Input, OneOf, Ordered, Scalar, Spaced, constants, terms
from lawmodel.reasoning.open_cases.residual import Side
from lawmodel.reasoning.relevant_values import RelevantChoices
from lawmodel.reasoning.spaced_days import BoundDays, DayStep, later, steps

if TYPE_CHECKING:
    from fractions import Fraction

MOST_WAYS: Final = 2000
"""Beyond so many ways in which the members of one group can stand, they are not enumerated."""
MOST_TRIED: Final = 10_000
"""Nor are they if so many places were tried for single members."""
MOST_MEMBERS: Final = 40
"""Nor those of a group with more members."""
MOST_MEASURED: Final = 3
"""Nor those of a group in which time is measured, with more members."""
MOST_KEPT: Final = 512
WIDEST_GAP: Final = 2**20
"""So far beyond a constant an open number is looked for, where the next one is farther away."""
BITS_OF_A_NUMBER: Final = 53
"""Of the machine, before it is rounded."""

Found: TypeAlias = (
    "tuple[tuple[Truths, ...], tuple[tuple[Point, ...], ...], tuple[tuple[tuple[object, ...], int], ...]]"
)
Truths: TypeAlias = tuple[bool, ...]
Point: TypeAlias = "Scalar | float | Fraction"
"""A value; or, for a day or number between two constants, where among the others there it stands."""


class TooManySituations(Exception):
    """More situations than can be gone through; names the inputs behind it."""

    def __init__(self, inputs: Sequence[str], *, measured: bool = False) -> None:
        """Take the inputs, and whether the law measures the time between them."""
        super().__init__(", ".join(inputs))
        self.inputs = tuple(inputs)
        self.measured = measured


@dataclass(frozen=True, slots=True)
class VariableBlock:
    """Inputs that are bound together, and the situations (cells) they can be in."""

    members: tuple[str, ...]
    atoms: tuple[Atom, ...]
    situations: tuple[tuple[bool, ...], ...]
    """In each: which of the atoms hold."""
    examples: tuple[tuple[Point, ...], ...]
    """For each situation, values of the members."""
    _ways: tuple[tuple[tuple[object, ...], int], ...]
    """Every way in which the members can stand, with the number of the situation that it is."""

    def assumed(self, number: int) -> dict[int, bool]:
        """The truth of each atom, by its identity, in a situation."""
        return {id(atom): truth for atom, truth in zip(self.atoms, self.situations[number], strict=True)}

    def having(self, member: str, value: Scalar) -> frozenset[int]:
        """The situations in which a member can have this value; of several, if it is one that some comparison names."""
        if self.members == (member,):
            values = {member: value}
            truths = tuple(bool(meaning(atom)(values, NO_RECORD)) for atom in self.atoms)
            return frozenset(number for number, one in enumerate(self.situations) if one == truths)
        place = self.members.index(member)
        return frozenset(number for way, number in self._ways if way[place] == value)

    def beside(self, moving: frozenset[str]) -> tuple[frozenset[int], ...]:
        """For each situation those that can be reached from it by changing only some of the members."""
        kept = [place for place, member in enumerate(self.members) if member not in moving]
        alike: dict[tuple[object, ...], set[int]] = {}
        for ways, number in self._ways:
            alike.setdefault(_standing([ways[place] for place in kept]), set()).add(number)
        found: list[set[int]] = [set() for _ in self.situations]
        for together in alike.values():
            for number in together:
                found[number] |= together
        return tuple(frozenset(one) for one in found)


@dataclass(frozen=True, slots=True)
class _Between:
    """Somewhere between a constant (by its number) and the next."""

    gap: int
    at: float | Fraction


def _standing(places: Sequence[object]) -> tuple[object, ...]:
    """How values stand to the constants and each other, whatever fractions say so."""
    taken = sorted({place.at for place in places if isinstance(place, _Between)})
    return tuple(
        (place.gap, taken.index(place.at)) if isinstance(place, _Between) else (type(place).__name__, place)
        for place in places
    )


def variable_block(
    members: Sequence[str],
    domains: Mapping[str, Domain],
    atoms: Sequence[Atom],
    orderings: Sequence[tuple[Side, Side]],
) -> VariableBlock:
    """The situations of some inputs that are bound together.

    Raises:
        TooManySituations: there are more than `MOST_WAYS` ways in which the members can stand, more than
            `MOST_MEMBERS` of them, or more than `MOST_TRIED` places to try; or time is measured between more than
            `MOST_MEASURED` of them, or so that no finite set of days is enough.
    """
    found = _gone_through(tuple(members), tuple(domains[member] for member in members), tuple(atoms), tuple(orderings))
    if found is None:
        raise TooManySituations(members, measured=any(isinstance(atom, Spaced) for atom in atoms))
    return VariableBlock(tuple(members), tuple(atoms), *found)


@lru_cache(maxsize=MOST_KEPT)
def _gone_through(
    members: tuple[str, ...],
    of_members: tuple[Domain, ...],
    atoms: tuple[Atom, ...],
    orderings: tuple[tuple[Side, Side], ...],
) -> Found | None:
    """The situations, examples and ways of a group, kept since many cases have the same; None if there are too many."""
    if len(members) > MOST_MEMBERS:
        return None
    domains = dict(zip(members, of_members, strict=True))
    meanings = [meaning(atom) for atom in atoms]
    numbers: dict[tuple[bool, ...], int] = {}
    examples: list[tuple[Point, ...]] = []
    ways: list[tuple[tuple[object, ...], int]] = []
    whole = of_members[0].kind in {"date", "number"}
    enumerated: Iterator[tuple[object, ...] | None]
    if any(isinstance(atom, Spaced) for atom in atoms):
        days = _days_enough(members, domains, atoms, orderings)
        if days is None:
            return None
        enumerated = _on_days(members, days, orderings)
    else:
        enumerated = _orders(members, domains, atoms, orderings) if whole else _choices(members, domains, atoms)
    for places in enumerated:
        if places is None or len(ways) == MOST_WAYS:
            return None
        values = tuple(place.at if isinstance(place, _Between) else place for place in places)
        truths = _truths(meanings, dict(zip(members, values, strict=True)))
        if truths not in numbers:
            numbers[truths] = len(numbers)
            examples.append(values)  # type: ignore[arg-type]
        ways.append((places, numbers[truths]))
        if not atoms:  # that there is a way is all that can matter
            break
    return tuple(numbers), tuple(examples), tuple(ways)


def _truths(meanings: Sequence[Meaning], values: Mapping[str, object]) -> tuple[bool, ...]:
    return tuple(bool(holds(values, NO_RECORD)) for holds in meanings)  # type: ignore[arg-type]


def _choices(
    members: Sequence[str], domains: Mapping[str, Domain], atoms: Sequence[Atom]
) -> Iterator[tuple[object, ...]]:
    """All choices, but of those that are alike only as many as can be told apart."""
    named: list[Collection[Scalar]] = [atom.values for atom in atoms if isinstance(atom, OneOf)]
    if len(members) > 1:  # `VariableBlock.having` is asked for each that is named
        named = [{value} for value in dict.fromkeys(value for values in named for value in values)]
    candidates: list[list[Scalar]] = []
    for member in members:
        if domains[member].kind == "yes/no":
            candidates.append([False, True])
            continue
        others = [domains[other] for other in members]
        chosen = set(RelevantChoices(domains[member], named, others, of_each_kind=len(members)).values)
        candidates.append([choice for choice in domains[member].choices if choice in chosen])
    return product(*candidates)


def _orders(
    members: Sequence[str],
    domains: Mapping[str, Domain],
    atoms: Sequence[Atom],
    orderings: Sequence[tuple[Side, Side]],
) -> Iterator[tuple[object, ...] | None]:
    """All orders in which days or numbers can stand among the constants and each other; None: too many were tried."""
    first, last = (FIRST_DAY, LAST_DAY) if domains[members[0]].kind == "date" else (0, NEVER_REACHED)
    points = _points(members, atoms, orderings, first, last)
    ends = [first - 1, *points, last + 1]
    bounds = {member: [pair for pair in orderings if member in pair] for member in members}
    placed: dict[str, object] = {}
    exact = _exact_halves(max(points, default=first) + WIDEST_GAP, len(members))

    def candidates(member: str) -> Iterator[object]:
        yield from sorted(domains[member].special)
        yield from points
        for gap, (below, above) in enumerate(pairwise(ends)):
            if above - below < 2:
                continue
            inside = sorted({one.at for one in placed.values() if isinstance(one, _Between) and one.gap == gap})
            for at in inside:
                yield _Between(gap, at)
            fence = [exact(below), *inside, exact(min(above, below + WIDEST_GAP))]  # anywhere between is as good
            for low, high in pairwise(fence):
                yield _Between(gap, (low + high) / 2)

    def consistent(member: str) -> bool:
        for pair in bounds[member]:
            sides = [placed.get(side) if isinstance(side, str) else side for side in pair]
            one, other = (side.at if isinstance(side, _Between) else side for side in sides)
            if _is_calendar(one) and _is_calendar(other) and one > other:  # type: ignore[operator]
                return False
        return True

    tried = 0

    def all_ways(number: int) -> Iterator[tuple[object, ...] | None]:
        nonlocal tried
        if number == len(members):
            yield tuple(placed[member] for member in members)
            return
        member = members[number]
        for place in candidates(member):  # it goes on only once what was placed since is taken away again
            tried += 1
            if tried > MOST_TRIED:
                yield None
                return
            placed[member] = place
            if consistent(member):
                yield from all_ways(number + 1)
            del placed[member]

    yield from all_ways(0)


def _exact_halves(most: int, times: int) -> type[float] | type[Fraction]:
    """Numbers up to so many that can be halved so often without a rounding: most often those of the machine will do."""
    if most.bit_length() + times <= BITS_OF_A_NUMBER:
        return float
    from fractions import Fraction  # slow to load

    return Fraction


def _days_enough(
    members: Sequence[str],
    domains: Mapping[str, Domain],
    atoms: Sequence[Atom],
    orderings: Sequence[tuple[Side, Side]],
) -> Mapping[str, Sequence[int]] | None:
    """Days of each member that are enough for every situation, and for each two that lie beside each other."""
    if len(members) > MOST_MEASURED:
        return None
    constants_of: dict[str, set[int]] = {member: set() for member in members}
    for atom in atoms:
        for key in inputs_of(atom):
            constants_of[key] |= {value for value in constants(atom) if isinstance(value, int)}
    for pair in orderings:
        for side in pair:
            if isinstance(side, str):
                constants_of[side] |= {value for value in pair if isinstance(value, int)}
    found: dict[str, set[int]] = {member: set(domains[member].special) for member in members}
    for moving in chain.from_iterable(combinations(members, count) for count in range(len(members))):
        copies = {member: (member, f"{member}'" if member in moving else member) for member in members}
        between: list[DayStep] = []
        for copy in (0, 1):
            for atom in atoms:
                sides = inputs_of(atom)
                if isinstance(atom, Ordered | Spaced) and len(sides) == 2:
                    between += steps(copies[sides[0]][copy], copies[sides[1]][copy], atom)
            between += [
                later(copies[one][copy], copies[other][copy])
                for one, other in orderings
                if isinstance(one, str) and isinstance(other, str)
            ]
        own = {copy: member for member, both in copies.items() for copy in both}
        named = {copy: constants_of[member] for copy, member in own.items()}
        special = {copy: domains[member].special for copy, member in own.items()}
        enough = BoundDays(between, named, special).enough_of
        if enough is None:
            return None
        for name, member in own.items():
            found[member].update(enough[name])
    return {member: sorted(days) for member, days in found.items()}


def _on_days(
    members: Sequence[str], days: Mapping[str, Sequence[int]], orderings: Sequence[tuple[Side, Side]]
) -> Iterator[tuple[object, ...] | None]:
    """All ways in which members can stand on some days, in the order of days; None: there are too many to try."""
    if prod(map(len, days.values())) > MOST_TRIED:
        yield None
        return
    for places in product(*(days[member] for member in members)):
        values = dict(zip(members, places, strict=True))
        pairs = ([values[side] if isinstance(side, str) else side for side in pair] for pair in orderings)
        if not any(_is_calendar(one) and _is_calendar(other) and one > other for one, other in pairs):
            yield places


def _is_calendar(day: object) -> bool:
    return day is not None and FIRST_DAY <= day <= LAST_DAY  # type: ignore[operator] # a day, or a place between two


def _points(
    members: Sequence[str],
    atoms: Sequence[Atom],
    orderings: Sequence[tuple[Side, Side]],
    first: int,
    last: int,
) -> list[int]:
    """The constants in the domain; and what lies between two of them that leave no room for every order."""
    named: set[int] = {side for pair in orderings for side in pair if isinstance(side, int)}
    for atom in atoms:
        named |= {value for value in constants(atom) if isinstance(value, int)}
    points = sorted(value for value in named if first <= value <= last)
    room = 2 * len(members) + 1
    filled: set[int] = set(points)
    for below, above in zip([first - 1, *points], [*points, last + 1], strict=True):
        if above - below - 1 < room:
            filled |= set(range(below + 1, above))
    return sorted(filled)


def connected_components(keys: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The keys in groups, such that both of each pair are in one; in their order."""
    leader = {key: key for key in keys}

    def find(key: str) -> str:
        while leader[key] != key:
            key = leader[key]
        return key

    order = {key: number for number, key in enumerate(keys)}
    for one, other in pairs:
        first, then = sorted((find(one), find(other)), key=order.__getitem__)
        leader[then] = first
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(find(key), []).append(key)
    return list(groups.values())


def inputs_of(atom: Atom) -> list[str]:
    """The keys of the inputs that an atom reads."""
    return [term.key for term in terms(atom) if isinstance(term, Input)]
