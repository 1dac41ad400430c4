"""Minimal correction sets (MCS): what has to be let go of a case for something to be reached.

They are the minimal hitting sets of the sufficient reasons (minimal unsatisfiable subsets) that keep it from being
reached (Reiter 1987; Liffiton and Sakallah 2008).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from lawmodel.reasoning.reasons.minimal_sets import Subset, members
from lawmodel.reasoning.reasons.selectors import SelectorEncoding


class CorrectionSets:
    """The ways to a target, such as that an outcome is reached, by letting go of inputs that the case holds."""

    def __init__(self, selectors: SelectorEncoding, target: Sequence[str], kept: Subset = 0, free: Subset = 0) -> None:
        """Take the literals that make up the target, and inputs that stay as they are, or may change, in any case."""
        self.selectors = selectors
        self.kept: Subset = kept
        self.changeable: Subset = selectors.all & ~kept & ~free
        self._target = tuple(target)
        self._guard = selectors.new_name()
        self._guarded = False
        self._limits: set[str] = set()
        self._searched = -1
        """All of the smallest sets up to this size have been found."""
        self._refuting: list[Subset] = []
        """Sets of inputs that, held, rule the target out."""

    def differing(self, free: Subset) -> Subset | None:
        """Some of these inputs that it is enough to let go; None if letting go of them all is not."""
        if any(not refuting & free for refuting in self._refuting):
            return None
        model = self.selectors.model(self.selectors.all & ~free, self._target)
        if model is None:
            self._refuting.append(self.selectors.refuting())
            return None
        return self.selectors.let_go_in(model)

    def refuting(self, free: Subset) -> Subset | None:
        """Held inputs that rule the target out although these are let go; None if it can be reached."""
        if self.differing(free) is not None:
            return None
        return next(refuting for refuting in self._refuting if not refuting & free)

    def enough_to_hold(self, free: Subset) -> Subset | None:
        """Held inputs that rule the target out although these are let go, and of which none can be spared.

        None if the target can be reached.
        """
        held = self.refuting(free)
        if held is None:
            return None
        for number in list(members(held)):
            if held >> number & 1 and (fewer := self.refuting(self.selectors.all & ~held | 1 << number)) is not None:
                held = fewer & held
        return held

    def by_size(self, most: int, largest: int | None = None) -> Iterator[tuple[list[Subset], bool]]:
        """For each size from nought on: the smallest sets of that size, and whether these are all of them.

        After so many sets in all, after the largest size, and where nothing is left to be found, it ends.
        """
        last = self.changeable.bit_count() if largest is None else largest
        while self._searched < last and most > 0 and not self.exhausted():
            limit = self._at_most(self._searched + 1)
            found: list[Subset] = []
            while len(found) < most and (free := self._another(limit)) is not None:
                found.append(free)
                self._exclude(free)
            most -= len(found)
            every = most > 0 or not self._is_another(limit)
            yield found, every
            if not every:
                return
            self._searched += 1

    def beside(self, held: Subset) -> Subset | None:
        """Another smallest set, none of whose members are among these inputs; None if there is none."""
        if not self._is_another(held=held):
            return None
        for size in count(self._searched + 1):
            if (free := self._another(self._at_most(size), held=held)) is not None:
                self._exclude(free)
                return free
        raise AssertionError("there is one of some size")

    def exhausted(self) -> bool:
        """Whether all of the smallest sets have been found."""
        return not self._is_another()

    @property
    def some_reason(self) -> list[str]:
        """Literals that say that all inputs of some reason are held, once all of the smallest sets have been found.

        A reason has a member in each of these sets; what is held is, or contains, one if it does too.
        """
        return [self._guard] if self._guarded else []

    def _another(self, *limits: str, held: Subset = 0) -> Subset | None:
        """Inputs that it is enough to let go, which contain no set found before."""
        model = self.selectors.model(self.kept | held, [*self._target, *self.some_reason, *limits])
        return None if model is None else self.selectors.let_go_in(model) & self.changeable

    def _is_another(self, *limits: str, held: Subset = 0) -> bool:
        return self.selectors.can_hold(self.kept | held, [*self._target, *self.some_reason, *limits])

    def _exclude(self, found: Subset) -> None:
        declared = "" if self._guarded else f"(declare-const {self._guard} Bool)"
        pins = " ".join(f"p{number}" for number in members(found))
        self.selectors.add(f"{declared}(assert (=> {self._guard} (or false {pins})))")
        self._guarded = True

    def _at_most(self, size: int) -> str:
        """A literal that says that no more than so many inputs are let go."""
        name = f"{self._guard}m{size}"
        if name not in self._limits:
            pins = " ".join(f"(not p{number})" for number in members(self.changeable))
            limit = f"((_ at-most {size}) {pins})" if pins else "true"
            self.selectors.add(f"(declare-const {name} Bool)(assert (=> {name} {limit}))")
            self._limits.add(name)
        return name
