"""A search for distinguishing cases: can two copies of a question differ, in the outcome or in the grounds of it?

One solver is asked many times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import Scalar
from lawmodel.reasoning.solving.self_composition import Product
from lawmodel.reasoning.solving.solver import Solver
from lawmodel.reasoning.solving.z3_encoding import SUFFIX, joined

_OUTCOME, _GROUNDS = "parts_in_outcome", "parts_in_grounds"
SIDES: Final = (0, 1)


class DistinguishingSearch:
    """Two sides of one question."""

    def __init__(self, space: Product) -> None:
        """Take the space of the two sides."""
        self._space = space
        self._solver = Solver(space.text)
        self._literals: dict[tuple[str, Scalar], str] = {}
        self._declare(_OUTCOME, space.differ(*SIDES))
        self._declare(_GROUNDS, grounds_differ(space))

    def _declare(self, name: str, text: str) -> None:
        self._solver.add(f"(declare-const {name} Bool)(assert (= {name} {text}))")

    def reads(self, key: str) -> bool:
        """Whether some condition that can matter reads an input."""
        return key in self._space.encoding.variables

    def literal(self, key: str, value: Scalar) -> str:
        """The name of the constant that says that an input has a value."""
        if (key, value) not in self._literals:
            name = self._literals[key, value] = f"input_{len(self._literals)}"
            self._declare(name, self._space.encoding.has_value(key, value, ""))
        return self._literals[key, value]

    def same(self, key: str, other: str) -> str:
        """The name of the constant that says that two days or numbers are the same."""
        if (key, other) not in self._literals:
            name = self._literals[key, other] = f"input_{len(self._literals)}"
            sides = (self._space.encoding.variable(one).removesuffix(SUFFIX) for one in (key, other))
            self._declare(name, f"(= {' '.join(sides)})")
        return self._literals[key, other]

    def case(self, in_outcome: bool, further: Sequence[str] = ()) -> Values | None:
        """A completion on which the sides part; ``further`` are literals that hold besides.

        None is a proof that there is none.
        """
        model = self._solver.model(_OUTCOME if in_outcome else _GROUNDS, *further)
        return None if model is None else self._space.encoding.completion(model, "")

    def refuted_by(self) -> set[str]:
        """Of the literals of the last question, to which there was no case, enough to rule every case out."""
        return self._solver.refuted_by()


def grounds_differ(space: Product) -> str:
    """That the provisions which support the outcome are not the same on the two sides."""
    first, second = ({rule.id for rule in space.sides[side].question.rules} for side in SIDES)
    texts = [
        f"(not (= {space.ground(0, rule) if rule in first else 'false'} "
        f"{space.ground(1, rule) if rule in second else 'false'}))"
        for rule in sorted(first | second)
    ]
    return joined("or", texts)
