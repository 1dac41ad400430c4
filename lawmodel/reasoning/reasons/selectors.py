"""A question in one case with every known input let go, and held to its value by a selector (an assumption literal).

The held inputs are the known single facts and fields of listed records, the readings that have an option, the day of
the law, for each known list that there are no further records, and, if they are removable, that each listed record is
there. Only those count that occur in the conditions, and days that orderings bind to these. With the selectors as
assumptions the solver says whether a target (an outcome, say) can be reached while some of the inputs are held, and if
it cannot, which of them it was that held it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from lawmodel.cached_property import cached_property
from lawmodel.inputs import DayBounds
from lawmodel.reasoning.formula import (
    FALSE,
    TRUE,
    Constant,
    Formula,
    ResolvedQuestion,
    Valuation,
    Value,
    distinct,
    field_key,
    inputs_in,
)
from lawmodel.reasoning.open_cases.open_inputs import presence_key
from lawmodel.reasoning.open_cases.residual import Residual, further_key, record_key
from lawmodel.reasoning.open_cases.variable_blocks import connected_components
from lawmodel.reasoning.reasons.minimal_sets import Subset, members
from lawmodel.reasoning.solving.finite_encoding import cheapest_encoding
from lawmodel.reasoning.solving.solver import Model, Solver
from lawmodel.reasoning.solving.z3_encoding import SUFFIX, joined

_MASK: Final = "held"
ALWAYS: Final = "always"
"""The literal that holds in every model."""


def negated(literal: str) -> str:
    """The literal that says the contrary."""
    return literal[1:] if literal.startswith("-") else f"-{literal}"


class SelectorEncoding:
    """A question in one case, with its held inputs; sets of them are subsets by their numbers in ``held``."""

    def __init__(
        self,
        question: ResolvedQuestion,
        valuation: Valuation,
        *,
        removable: bool = False,
        among: Collection[str] | None = None,
    ) -> None:
        """Take the values of a case; if ``removable``, listed records can be taken out.

        With ``among`` only the inputs of these keys are held inputs, and the values of all others are put in.
        """
        known = list(known_inputs(question, valuation, removable=removable))
        kept = [key for key in known if among is None or key in among]
        lists = [key for key, domain in question.domains.items() if domain.kind == "records"]
        extended = [key for key in lists if further_key(key) in kept]
        freed = [key for key in kept if key not in set(map(further_key, extended))]
        self.residual = Residual(question, valuation, freed, further_records=extended)
        self.outcomes = tuple(outcome for outcome, _ in self.residual.deciding)
        """Those that some completion may reach once everything is let go; the strongest first."""
        deciding = [formula for _, formula in self.residual.deciding]
        speaks = [formula for rules in self.residual.speaks.values() for formula in rules.values()]
        named = {id(formula): formula for formula in (*deciding, *speaks) if not isinstance(formula, Constant)}
        self._named = {f"c{number}": formula for number, formula in enumerate(named.values())}
        self._names = {id(formula): name for name, formula in self._named.items()} | {id(TRUE): ALWAYS}
        self.encoding = cheapest_encoding(self.residual, list(named.values()))
        self._few: set[str] = set()
        self._new_names = 0
        bounds = self.residual.lifted
        self.values: dict[str, Value | DayBounds] = {
            key: bounds[key] if key in bounds else self.residual.pinned.get(key, ()) for key in self._held_keys(kept)
        }
        """What the held inputs are held to; the further records of a list to none."""
        self.held = tuple(self.values)
        self.all: Subset = (1 << len(self.held)) - 1
        self.open = tuple(key for key in self.bearing() if key not in self.values)
        """The open inputs of the case itself that bear on the question."""

    def bearing(self) -> list[str]:
        """The inputs that occur in conditions, and those that orderings bind to them."""
        occurring = inputs_read(self._named.values())
        pairs = [
            (one, other) for one, other in self.residual.orderings if isinstance(one, str) and isinstance(other, str)
        ]
        groups = connected_components(list(self.encoding.inputs), pairs)
        bearing = {key for group in groups if occurring.intersection(group) for key in group}
        return [key for key in self.encoding.inputs if key in bearing]

    def _held_keys(self, kept: Sequence[str]) -> list[str]:
        """In the order in which the case has them."""
        bearing = set(self.bearing())
        return [key for key in kept if self.residual.key(key) in bearing]

    # --- the solver --------------------------------------------------------------------------------

    def reached(self, outcome: str) -> str:
        """The literal that says that an outcome is reached."""
        return f"o{self.outcomes.index(outcome)}" if outcome in self.outcomes else negated(ALWAYS)

    def speaks(self, rule: str, outcome: str) -> str:
        """The literal that says that a provision speaks for an outcome."""
        formula = self.residual.speaks[outcome].get(rule, FALSE)
        return negated(ALWAYS) if formula is FALSE else self._names[id(formula)]

    def supported(self, outcome: str) -> str:
        """The literal that says that some provision speaks for an outcome, or that it is the last one."""
        return self._names[id(dict(self.residual.deciding)[outcome])]

    def _text(self) -> str:
        lines = [self.encoding.text("", self._named), f"(declare-const {ALWAYS} Bool)(assert {ALWAYS})"]
        for number, outcome in enumerate(self.outcomes):
            stronger = [f"(not {self.supported(other)})" for other in self.outcomes[:number]]
            reached = joined("and", [self.supported(outcome), *stronger])
            lines.append(f"(declare-const o{number} Bool)(assert (= o{number} {reached}))")
        lines.append(f"(declare-const {_MASK} (_ BitVec {len(self.held) or 1}))")
        for number, key in enumerate(self.held):
            bit = f"(= p{number} (= ((_ extract {number} {number}) {_MASK}) #b1))"
            lines.append(f"(declare-const p{number} Bool)(assert (=> p{number} {self._held_text(key)}))(assert {bit})")
        return "\n".join(lines)

    def _held_text(self, key: str) -> str:
        if key in self.residual.pinned:
            return self.encoding.has_value(key, self.residual.pinned[key], "")
        if key in self.residual.lifted:
            return self.encoding.is_within(key, self.residual.lifted[key])
        slots = range(1, self.encoding.slots[key] + 1)
        return joined("and", [self.encoding.has_value(presence_key(key, slot), False, "") for slot in slots])

    def at_most(self, records: str, count: int) -> str:
        """A literal that says that an unknown list has no more than so many records."""
        name = f"few{count}{self.encoding.variable(presence_key(records, 1)).removesuffix(SUFFIX)}"
        if name not in self._few:
            slots = range(count + 1, self.encoding.slots[records] + 1)
            absent = [self.encoding.has_value(presence_key(records, slot), False, "") for slot in slots]
            self.add(f"(declare-const {name} Bool)(assert (=> {name} {joined('and', absent)}))")
            self._few.add(name)
        return name

    @cached_property
    def _solver(self) -> Solver:
        return Solver(self._text(), finite=self.encoding.finite)

    @cached_property
    def _pins(self) -> list[str]:
        return [f"p{number}" for number in range(len(self.held))]

    @cached_property
    def _numbers(self) -> dict[str, Subset]:
        return {pin: 1 << number for number, pin in enumerate(self._pins)}

    def new_name(self) -> str:
        """A name for a constant that no other has."""
        self._new_names += 1
        return f"g{self._new_names}"

    def add(self, text: str) -> None:
        """Assert more, in SMT-LIB; what was declared before stays declared."""
        self._solver.add(text)

    def model(self, held: Subset, literals: Iterable[str]) -> Model | None:
        """A model in which the named constants hold (``-`` before a name: does not) while some inputs are held."""
        return self._solver.model(*literals, *self._pinned(held))

    def can_hold(self, held: Subset, literals: Iterable[str]) -> bool:
        """Whether there is such a model.

        Raises `SolverGaveUp` where that is very hard.
        """
        return self._solver.can_hold([*literals, *self._pinned(held)])

    def _pinned(self, held: Subset) -> Iterator[str]:
        return (self._pins[number] for number in members(held))

    def holds_in(self, model: Model, literal: str) -> bool:
        """Whether a literal holds in a model."""
        return bool(model.holding([literal.removeprefix("-")])) is not literal.startswith("-")

    def let_go_in(self, model: Model) -> Subset:
        """The inputs that are not held in a model."""
        return self.all & ~(model.values({_MASK: len(self.held) or 1})[_MASK] or 0)

    def refuting(self) -> Subset:
        """Enough of the held inputs of the last question, which had no model, to rule every model out."""
        found: Subset = 0
        for one in self._solver.refuted_by():
            found |= self._numbers.get(one, 0)
        return found

    # --- sets --------------------------------------------------------------------------------------

    def subset(self, keys: Iterable[str]) -> Subset:
        """The held inputs of these keys."""
        wanted = set(keys)
        return sum(1 << number for number, key in enumerate(self.held) if key in wanted)

    def keys(self, subset: Subset) -> tuple[str, ...]:
        """The keys of some held inputs."""
        return tuple(self.held[number] for number in members(subset))


def known_inputs(question: ResolvedQuestion, valuation: Valuation, *, removable: bool) -> Iterator[str]:
    """The keys of what is known of a case: of a list record by record, and last that there are no further ones."""
    for key, value in valuation.values.items():
        if not isinstance(value, tuple):
            if (value is not None or key in valuation.bounds) and key not in valuation.same_as:
                yield key
            continue
        for number, record in enumerate(value, start=1):
            if removable:
                yield record_key(key, number)
            fields = ((field_key(key, number, name), held) for name, held in record.items())
            yield from (field for field, held in fields if held is not None or field in valuation.bounds)
        yield further_key(key)


def inputs_read(formulas: Iterable[Formula]) -> set[str]:
    """The keys of the inputs that some formulas of a residual read; of the fields of an unknown list that list's."""
    return {key for formula in distinct(formulas) for key in inputs_in(formula)}
