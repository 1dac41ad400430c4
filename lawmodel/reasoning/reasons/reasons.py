"""Sufficient reasons: the smallest sets of held inputs that alone rule something out, whatever everything else is.

They are prime implicants of the answer that the case meets (Darwiche and Hirth 2020), and minimal unsatisfiable
subsets of what the case holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import prod
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.reasons.correction_sets import CorrectionSets
from lawmodel.reasoning.reasons.minimal_sets import Subset, hitting_sets, separate, smallest_sets, union
from lawmodel.reasoning.reasons.selectors import SelectorEncoding, negated

MOST_WAYS_OUT: Final = 150
"""Beyond so many ways out they are not all looked for, but one after the other as they are needed."""
MOST_COUNTED: Final = 200
"""So many alternatives are counted."""


@dataclass(frozen=True, slots=True)
class AlternativeSubsets:
    """Sets of which each reason contains exactly one."""

    sets: tuple[Subset, ...]
    """The lightest first."""
    every: bool
    """Whether these are all."""


@dataclass(slots=True)
class Reasons:
    """The smallest sets that rule a target out.

    A *way out* is a smallest set of which other values make room for the target; every reason has a member in each.
    So what is a way out on its own is needed in every reason; and ways out that share nothing with others can be
    looked at apart, whence the alternatives.
    """

    smallest: tuple[Subset, ...] = ()
    """The lightest first."""
    every: bool = False
    """Whether these are all."""
    needed: Subset = 0
    """What is in every reason."""
    alternatives: tuple[AlternativeSubsets, ...] | None = None
    """Each reason is what is needed, and one set of each of these; None if not all ways out are known."""
    count: int | None = None
    """How many reasons there are, where that is known."""
    idle: Subset | None = None
    """What is in no reason, where that is known."""


def find_reasons(found: Reasons, correction_sets: CorrectionSets, weights: Sequence[int], most: int) -> None:
    """Find the reasons why a target is not reached, the lightest first; ``weights`` are those of the held inputs.

    It must be impossible to reach the target while everything is held. Interrupted, it has noted what it found so far.
    """
    ways_out: list[Subset] = []
    for of_size, _ in correction_sets.by_size(MOST_WAYS_OUT):
        ways_out += of_size
    if correction_sets.exhausted():
        _all_known(found, ways_out, weights, correction_sets)
    found.needed = union([one for one in ways_out if one.bit_count() == 1])
    _list(found, correction_sets, ways_out, weights, most)


def _list(
    found: Reasons, correction_sets: CorrectionSets, ways_out: list[Subset], weights: Sequence[int], most: int
) -> None:
    def way_out_of(held: Subset) -> Subset | None:
        return correction_sets.beside(held) if found.idle is None else None

    for number, one in enumerate(smallest_sets(way_out_of, ways_out, weights)):
        if number == most:
            return
        found.smallest = (*found.smallest, one)
    found.every = True


def _all_known(
    found: Reasons, ways_out: Sequence[Subset], weights: Sequence[int], correction_sets: CorrectionSets
) -> None:
    found.idle = correction_sets.changeable & ~union(ways_out)
    parts = [part for part in separate(ways_out) if len(part) > 1 or part[0].bit_count() > 1]
    alternatives = []
    for part in parts:
        sets = tuple(islice(hitting_sets(part, weights), MOST_COUNTED + 1))
        alternatives.append(AlternativeSubsets(sets[:MOST_COUNTED], len(sets) <= MOST_COUNTED))
    found.alternatives = tuple(
        sorted(alternatives, key=lambda one: (one.sets[0].bit_count(), one.sets[0] & -one.sets[0]))
    )
    if all(one.every for one in alternatives):
        found.count = prod(len(one.sets) for one in alternatives)


@dataclass(frozen=True, slots=True)
class ReasonPart:
    """What a part of a reason does: because of it a provision cannot speak for an outcome, or some provision does."""

    inputs: Subset
    outcome: str
    rule: str | None
    """The provision that cannot speak; None: some provision speaks."""


def parts_of(selectors: SelectorEncoding, reason: Subset, outcome: str) -> list[ReasonPart]:
    """What the parts of a sufficient reason for an outcome do; every member of the reason is in one of them.

    The outcome is reached if some provision speaks for it, or it is the last one, and none for a stronger one.
    """
    free = selectors.all & ~reason
    found = []
    stronger = selectors.outcomes[: selectors.outcomes.index(outcome)]
    if outcome != selectors.residual.question.outcomes[-1]:
        held = CorrectionSets(selectors, [negated(selectors.supported(outcome))]).enough_to_hold(free)
        assert held is not None, "a sufficient reason lets some provision speak"
        found.append(ReasonPart(held, outcome, None))
    for other in stronger:
        for rule in selectors.residual.speaks[other]:
            held = CorrectionSets(selectors, [selectors.speaks(rule, other)]).enough_to_hold(free)
            assert held is not None, "a sufficient reason lets no provision speak for a stronger outcome"
            found.append(ReasonPart(held, other, rule))
    return found


@dataclass(frozen=True, slots=True)
class Speaking:
    """The provisions that speak for an outcome where some inputs are held, whatever everything else is."""

    always: tuple[str, ...]
    """Those that do in every completion."""
    between: tuple[str, ...] = ()
    """Where there are none: some of which in every completion at least one does, and none of which can be spared."""


def speaking(selectors: SelectorEncoding, held: Subset, outcome: str, literals: Sequence[str] = ()) -> Speaking:
    """Which provisions speak for an outcome while some inputs are held, and some literals hold."""
    rules = list(selectors.residual.speaks.get(outcome, ()))
    silent = {rule: negated(selectors.speaks(rule, outcome)) for rule in rules}
    doubtful, always = list(rules), []
    while doubtful:
        model = selectors.model(held, [*literals, silent[doubtful[0]]])
        if model is None:
            always.append(doubtful[0])
        doubtful = [rule for rule in doubtful[1:] if model is None or not selectors.holds_in(model, silent[rule])]
    if always or selectors.can_hold(held, [*literals, *silent.values()]):
        return Speaking(tuple(always))
    between = rules
    for rule in rules:
        fewer = [one for one in between if one != rule]
        if not selectors.can_hold(held, [*literals, *(silent[one] for one in fewer)]):
            between = fewer
    return Speaking((), tuple(between))
