"""Which conditions it is enough to know for Kleene logic to settle an outcome, in all cases at once.

Each formula has two texts: that it is known to hold, and that it is known not to. An atom is known to hold if it
does and one may know it; what one may know is a matter of assumption. So the solver, asked for a case that is
not settled although all atoms may be known, answers that there is none, and which of the assumptions it needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from lawmodel.reasoning.formula import (
    All,
    Any,
    AtLeast,
    Choose,
    Constant,
    Formula,
    Named,
    Not,
    OneOf,
    Ordered,
    Same,
    SomeRecord,
    Spaced,
)
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.solving.solver import Solver
from lawmodel.reasoning.solving.z3_encoding import Encoding, at_least, joined


class SufficientKnowledge:
    """The atoms that settle the outcome of a residual, where it is certain."""

    def __init__(
        self, residual: Residual, outcome: str, atoms: Sequence[Formula], option: Callable[[str, str], Formula]
    ) -> None:
        """Take the certain outcome, and all atoms; ``option`` gives the atom that a reading has an option."""
        self._names = {id(atom): f"a{number}" for number, atom in enumerate(atoms)}
        self._option = option
        self._texts: dict[int, tuple[str, str]] = {}
        named = {self._names[id(atom)]: atom for atom in atoms}
        self._lines = [Encoding(residual, atoms).text("", named)]
        self._lines += [f"(declare-const k{name} Bool)" for name in named]
        settled = []
        for stronger, condition in residual.deciding:
            holds, fails = self._known(condition)
            settled.append(holds if stronger == outcome else fails)
            if stronger == outcome:
                break
        # The last outcome's condition is true, so that it is settled by what fails before it.
        self._lines.append(f"(declare-const unsettled Bool)(assert (=> unsettled (not {joined('and', settled)})))")
        self._solver = Solver("\n".join(self._lines))

    def consistent(self, assumed: Mapping[int, bool]) -> bool:
        """Whether some completion makes the atoms (by identity) as they are assumed to be."""
        return self._solver.model(*self._literals(assumed)) is not None

    def enough(self, assumed: Mapping[int, bool], atoms: Sequence[Formula]) -> list[Formula]:
        """Of the atoms, some that it is enough to know, besides those assumed; none of them can be spared."""
        literals = ["unsettled", *self._literals(assumed), *(f"k{self._names[atom]}" for atom in assumed)]
        needed = self._needed(literals, atoms)
        for atom in list(needed):
            if any(atom is one for one in needed):
                fewer = [one for one in needed if one is not atom]
                if self._solver.model(*literals, *self._may_know(fewer)) is None:
                    needed = self._used(fewer)
        return needed

    def _needed(self, literals: Sequence[str], atoms: Sequence[Formula]) -> list[Formula]:
        if self._solver.model(*literals, *self._may_know(atoms)) is not None:
            raise AssertionError("knowing every condition settles the outcome")
        return self._used(atoms)

    def _used(self, atoms: Sequence[Formula]) -> list[Formula]:
        core = self._solver.refuted_by()
        return [atom for atom in atoms if f"k{self._names[id(atom)]}" in core]

    def _may_know(self, atoms: Sequence[Formula]) -> list[str]:
        return [f"k{self._names[id(atom)]}" for atom in atoms]

    def _literals(self, assumed: Mapping[int, bool]) -> list[str]:
        return [self._names[atom] if truth else f"-{self._names[atom]}" for atom, truth in assumed.items()]

    def _known(self, formula: Formula) -> tuple[str, str]:
        """The texts that a formula is known to hold, and that it is known not to."""
        if isinstance(formula, Constant):
            return str(formula.value).lower(), str(not formula.value).lower()
        if id(formula) not in self._texts:
            holds, fails = self._written(formula)
            names = f"t{len(self._texts)}", f"f{len(self._texts)}"
            for name, text in zip(names, (holds, fails), strict=True):
                self._lines.append(f"(define-fun {name} () Bool {text})")
            self._texts[id(formula)] = names
        return self._texts[id(formula)]

    def _written(self, formula: Formula) -> tuple[str, str]:
        match formula:
            case All(parts):
                texts = [self._known(part) for part in parts]
                return joined("and", [holds for holds, _ in texts]), joined("or", [fails for _, fails in texts])
            case Any(parts):
                texts = [self._known(part) for part in parts]
                return joined("or", [holds for holds, _ in texts]), joined("and", [fails for _, fails in texts])
            case AtLeast(count, parts):
                texts = [self._known(part) for part in parts]
                fewer = len(parts) - count + 1
                return at_least(count, [text[0] for text in texts]), at_least(fewer, [text[1] for text in texts])
            case Not(part):
                holds, fails = self._known(part)
                return fails, holds
            case Choose(reading, branches):
                options = [self._known(self._option(reading, option)) for option, _ in branches]
                texts = [self._known(branch) for _, branch in branches]
                return self._chosen(options, [text[0] for text in texts]), self._chosen(options, [t[1] for t in texts])
            case OneOf() | Same() | Ordered() | Spaced() | SomeRecord():
                name = self._names[id(formula)]
                return f"(and k{name} {name})", f"(and k{name} (not {name}))"
            case Named(_, _, body):
                return self._known(body)
            case Constant():
                return self._known(formula)
            case _:
                assert_never(formula)

    def _chosen(self, options: Sequence[tuple[str, str]], branches: Sequence[str]) -> str:
        """That the chosen branch has a known truth, or that all that may be chosen have it."""
        pairs = list(zip(options, branches, strict=True))
        chosen = [f"(and {option[0]} {branch})" for option, branch in pairs]
        return joined("or", [*chosen, joined("and", [f"(or {option[1]} {branch})" for option, branch in pairs])])
