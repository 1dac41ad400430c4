"""What an outcome depends on: the open inputs that it turns on, and the assumed values that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Final

from lawmodel.cached_property import cached_property
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import Scalar
from lawmodel.reasoning.halves import whole_or_halves
from lawmodel.reasoning.open_cases.completions import Completions
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.joint_diagram import JointDiagram
from lawmodel.reasoning.solving.solver import Model, Solver
from lawmodel.reasoning.solving.z3_encoding import joined

MOST_COMBINED: Final = 8
"""Of more inputs that orderings bind together, not all groups are tried on the diagram."""


class TurningPoints:
    """The smallest groups of open inputs in which alone two completions with different outcomes differ.

    The solver looks for a pair of completions that differs in outcome and contains no group found so far.
    The pair is reduced to a smallest group, until there are no more pairs. A smallest group is connected by
    orderings: say that two completions differ in the groups A and B, between which no ordering runs. Change
    the first completion in A alone. Each ordering sees in the result what it sees in the first or in the second
    completion, so the result is consistent; and its outcome differs from that of one of them, so that A or B
    alone would do.
    """

    def __init__(self, completions: Completions) -> None:
        self._completions = completions
        self._keys = list(completions.encoding.inputs)
        self._same = {key: f"s{number}" for number, key in enumerate(self._keys)}
        self._single: dict[str, None] = {}
        self._groups: list[tuple[str, ...]] = []

    def find(self) -> tuple[tuple[str, ...], ...]:
        """The groups, each sorted; single inputs first."""
        if len(self._completions.possible) < 2:
            return ()
        diagram = self._completions.diagram
        bound = [group for group in self._connected(self._keys) if len(group) > 1]
        if diagram is not None and all(len(group) <= MOST_COMBINED for group in bound):
            self._count(diagram, bound)
        else:
            for values in list(self._completions.witnesses.values()):
                self._flip(values)
            self._ask_solver()
        return tuple(sorted([(key,) for key in self._single] + self._groups, key=lambda group: (len(group), group)))

    def _count(self, diagram: DecisionDiagram, bound: Sequence[Sequence[str]]) -> None:
        """Note the inputs, and of those that orderings bind the groups, that change the outcome in some situation."""
        inputs = diagram.grounded.inputs
        self._single.update(dict.fromkeys(key for key, parts in inputs.items() if diagram.has_influence(parts)))
        for members in bound:
            still = [key for key in members if key not in self._single]
            for size in range(2, len(still) + 1):
                for group in combinations(sorted(still), size):
                    contained = any(set(smaller) <= set(group) for smaller in self._groups)
                    if not contained and diagram.has_influence([part for key in group for part in inputs.get(key, ())]):
                        self._groups.append(group)

    def _flip(self, values: Values) -> list[str]:
        """Note the inputs of which another value changes the outcome of a completion."""
        completions = self._completions
        outcome = completions.outcome(values)
        found = []
        for key in self._keys:
            if key in self._single:
                continue
            for value in completions.alternatives(key):
                changed = {**values, key: value}
                if completions.outcome(changed) != outcome and completions.consistent(changed):
                    self._single[key] = None
                    found.append(key)
                    break
        return found

    def _ask_solver(self) -> None:
        if len(self._single) == len(self._keys):
            return
        solver = Solver(self._text())
        self._exclude(solver, list(self._single))
        while (model := solver.model()) is not None:
            pair = self._pair(model)
            group = self._smallest(solver, *pair)
            if len(group) == 1:
                self._single[group[0]] = None
                self._exclude(solver, [group[0], *self._flip(pair[0]), *self._flip(pair[1])])
            else:
                self._groups.append(tuple(sorted(group)))
                solver.add(f"(assert {joined('or', [self._same[key] for key in group])})")

    def _text(self) -> str:
        completions = self._completions
        lines = [completions.text("x"), completions.text("y")]
        for key, same in self._same.items():
            equal = completions.encoding.equal(key, "x", "y")
            lines.append(f"(declare-const {same} Bool)(assert (=> {same} {equal}))")
        # A pair may be taken either way round, so that only the first need be the stronger.
        literals = [(completions.literal(o, "x"), completions.literal(o, "y")) for o in completions.witnesses]
        lines.append(f"(assert {joined('or', [f'(and {one} (not {other}))' for one, other in literals[:-1]])})")
        return "\n".join(lines)

    def _exclude(self, solver: Solver, keys: Sequence[str]) -> None:
        solver.add("".join(f"(assert {self._same[key]})" for key in keys))

    def _pair(self, model: Model) -> tuple[Values, Values]:
        encoding = self._completions.encoding
        one = encoding.completion(model, "x")
        equal = model.holding(self._same.values())
        other = [key for key, same in self._same.items() if same not in equal]
        return one, {**one, **encoding.completion(model, "y", other)}

    def _smallest(self, solver: Solver, one: Values, two: Values) -> list[str]:
        outcome = self._completions.outcome(one)
        group: list[str] = []
        changed = dict(one)
        for group in self._connected([key for key in self._keys if one[key] != two[key]]):
            changed.update({key: two[key] for key in group})
            if self._completions.outcome(changed) != outcome:
                break
        if len(group) == 1:
            return group
        for key in list(group):
            if key in group:
                equal = [self._same[other] for other in self._keys if other not in group or other == key]
                if (model := solver.model(*equal)) is not None:
                    smaller = self._pair(model)
                    group = [other for other in group if smaller[0][other] != smaller[1][other]]
        return group

    def _connected(self, keys: Sequence[str]) -> Iterator[list[str]]:
        """The keys, in groups between which no ordering runs."""
        left = dict.fromkeys(keys)
        while left:
            group = [next(iter(left))]
            for key in group:
                left.pop(key, None)
                for sides in self._completions.residual.orderings:
                    if key in sides:
                        group += [side for side in sides if side in left and side not in group]
            yield group


class Supports:
    """The assumed values on which an outcome, or a set of possible outcomes, rests.

    ``freed`` are the completions in which the assumed inputs are open as well; there each is pinned to its value
    by a literal, so that one at a time can be let go.
    """

    def __init__(
        self,
        freed: Completions,
        witnesses: Mapping[str, Values],
        alone: Callable[[str], DecisionDiagram | None],
        joint: Callable[[Sequence[str]], JointDiagram],
    ) -> None:
        """Take the freed completions, and with each outcome that is possible in the case a completion reaching it.

        ``alone`` gives the diagram of the case with one assumed input open as well, where it does not grow too large;
        ``joint`` one that shows as much of several of them.
        """
        self._joint = joint
        self._completions = freed
        self._alone = alone
        self._possible = list(witnesses)
        pinned = freed.residual.pinned
        self._values = {key: pinned[key] for key in freed.encoding.inputs if key in pinned}
        self._pins = {key: f"p{number}" for number, key in enumerate(self._values)}
        # What only matters once an assumed value changes may have any value.
        self._witnesses = {
            outcome: {**freed.simplest, **self._values, **values} for outcome, values in witnesses.items()
        }
        self._found: set[str] = set()
        self._asked = 0

    def find(self) -> list[str]:
        """The keys of those of which some other value, all else equal, allows other outcomes; sorted."""
        self._find_gains()
        if len(self._possible) > 1:
            self._find_losses()
        return sorted(self._found)

    @cached_property
    def _solver(self) -> Solver:
        return Solver(self._text())

    def _text(self) -> str:
        lines = [self._completions.text("")]
        for key, pin in self._pins.items():
            pinned = self._completions.encoding.has_value(key, self._values[key], "")
            lines.append(f"(declare-const {pin} Bool)(assert (=> {pin} {pinned}))")
        reached = [self._completions.literal(outcome) for outcome in self._possible]
        lines.append(f"(declare-const gain Bool)(assert (=> gain (not {joined('or', reached)})))")
        return "\n".join(lines)

    def _pinned_but(self, key: str) -> list[str]:
        return [pin for other, pin in self._pins.items() if other != key]

    def _find_gains(self) -> None:
        """Add those of which another value allows an outcome that was not possible."""
        all_open: Values = {**dict.fromkeys(self._completions.encoding.inputs), **self._values}
        doubtful = list(self._pins)
        if self._possible:
            harmless = whole_or_halves(doubtful, partial(self._allows_nothing_new, all_open))
            doubtful = [key for key in doubtful if key not in harmless]
        self._found.update(key for key in doubtful if self._gained(key))
        doubtful = self._left_to_solver([key for key in doubtful if key not in self._found])
        if not doubtful:
            return
        if self._solver.model("gain", *self._pins.values()) is not None:
            raise AssertionError("an outcome that was said to be impossible is possible")
        core = self._solver.refuted_by()
        # What the refutation does not use may change without making room for another outcome.
        for key in doubtful:
            if self._pins[key] in core and self._solver.model("gain", *self._pinned_but(key)) is not None:
                self._found.add(key)

    def _left_to_solver(self, keys: Sequence[str]) -> list[str]:
        """Add those of the keys of which a diagram shows that other values allow other outcomes; what none can show."""
        left = []
        joint = self._joint(keys)
        for key in keys:
            if joint.knows(key):
                if any(reached != frozenset(self._possible) for reached in joint.reached(key).values()):
                    self._found.add(key)
                continue
            diagram = self._alone(key)
            if diagram is None:
                left.append(key)
            elif (level := diagram.level_of(key)) is None:
                continue
            elif len(diagram.groups[level].members) > 1:
                left.append(key)
            elif any(set(reached) != set(self._possible) for reached in diagram.reached_at(level) if reached):
                self._found.add(key)
        return left

    def _allows_nothing_new(self, values: Values, keys: Sequence[str]) -> bool:
        return set(self._completions.allowed({**values, **dict.fromkeys(keys)})) <= set(self._possible)

    def _gained(self, key: str) -> bool:
        for values in self._witnesses.values():
            for value in self._completions.alternatives(key):
                changed = {**values, key: value}
                if self._completions.outcome(changed) not in self._possible and self._completions.consistent(changed):
                    return True
        return False

    def _find_losses(self) -> None:
        """Add those of which another value makes one of the possible outcomes impossible."""
        keys = [key for key in self._pins if key not in self._found]
        # Another day may be out of order, so that the witness is none.
        free = [key for key in keys if key not in self._completions.ordered]
        doubtful: dict[str, list[str]] = {key: [] for key in keys}
        for outcome in self._possible:
            safe = whole_or_halves(free, partial(self._keeps, outcome))
            for key in keys:
                if key not in safe:
                    doubtful[key].append(outcome)
        left = self._left_to_solver([key for key, outcomes in doubtful.items() if outcomes])
        for key, outcomes in ((key, doubtful[key]) for key in left):
            others = [value for value in self._completions.representatives(key) if value != self._values[key]]
            if any(self._loses(key, value, outcomes) for value in others):
                self._found.add(key)

    def _keeps(self, outcome: str, keys: Sequence[str]) -> bool:
        """Whether a witness keeps its outcome whatever the values of some inputs."""
        return self._completions.outcome({**self._witnesses[outcome], **dict.fromkeys(keys)}) == outcome

    def _loses(self, key: str, value: Scalar, outcomes: Sequence[str]) -> bool:
        """Whether a value of an input is consistent and makes one of these outcomes impossible."""
        lost, kept = False, len(outcomes) < len(self._possible)
        for outcome in outcomes:
            changed = {**self._witnesses[outcome], key: value}
            stays = self._completions.outcome(changed) == outcome and self._completions.consistent(changed)
            if stays or self._reaches(key, value, outcome):
                kept = True
            else:
                lost = True
        return lost and kept

    def _reaches(self, key: str, value: Scalar, outcome: str) -> bool:
        literal = f"c{self._asked}"
        self._asked += 1
        text = self._completions.encoding.has_value(key, value, "")
        self._solver.add(f"(declare-const {literal} Bool)(assert (=> {literal} {text}))")
        return self._solver.model(literal, self._completions.literal(outcome), *self._pinned_but(key)) is not None
