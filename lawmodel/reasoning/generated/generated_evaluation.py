"""Evaluation of a question by generated functions: what `Evaluation` finds, for a fraction of the work.

No function is ever kept on disk: what is read from there would be run.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, TypeAlias

from lawmodel.reasoning.evaluation import Supports, Truth, Values
from lawmodel.reasoning.formula import ResolvedQuestion
from lawmodel.reasoning.generated.code import CodeWriter, Layout, Loaded, assigned, negated
from lawmodel.reasoning.generated.gates import TRUE, Circuit, Number

Function: TypeAlias = Callable[[Loaded], Supports]


class GeneratedEvaluation:
    """A question as generated functions: one for cases of which everything is known, one for the others."""

    def __init__(self, question: ResolvedQuestion) -> None:
        self._circuits = [_Supporting(question, complete) for complete in (False, True)]
        self._layout = Layout(one.circuit for one in self._circuits)
        self._functions: list[Function | None] = [None, None]

    @property
    def gates(self) -> int:
        """How many gates the question comes to."""
        return sum(len(one.circuit.gates) for one in self._circuits)

    def supports(self, values: Values) -> Supports:
        """As `Evaluation.supports`."""
        loaded, complete = self._layout.load(values)
        function = self._functions[complete]
        if function is None:
            function = self._functions[complete] = self._circuits[complete].function(self._layout)
        return function(loaded)


class _Supporting:
    """The gates for that a provision supports an outcome: that it certainly does, and that it certainly does not."""

    def __init__(self, question: ResolvedQuestion, complete: bool) -> None:
        self.circuit = circuit = Circuit(question.domains, complete)
        self._by_outcome: dict[str, list[tuple[str, Number, Number]]] = {outcome: [] for outcome in question.outcomes}
        for rule in question.rules:
            applies, does_not = circuit.certainly(rule.applies), circuit.certainly(rule.applies, "false")
            for outcome, condition in rule.concludes:
                speaks = circuit.all_of((applies, circuit.certainly(condition)))
                silent = circuit.any_of((does_not, circuit.certainly(condition, "false")))
                if silent != TRUE:
                    self._by_outcome[outcome].append((rule.id, speaks, silent))

    def function(self, layout: Layout) -> Function:
        """The function from the values of a case to what supports each outcome."""
        complete = self.circuit.complete
        found = [both[:1] if complete else both for one in self._by_outcome.values() for _, *both in one]
        writer = CodeWriter(self.circuit, layout, [gate for both in found for gate in both])
        names = [f"support_{number}" for number in range(len(self._by_outcome))]
        writer.add(*(assigned(name, ast.Dict([], [])) for name in names))
        for name, supporting in zip(names, self._by_outcome.values(), strict=True):
            for provision, speaks, silent in supporting:
                test = writer.expression(speaks)
                may = (
                    []
                    if complete
                    else [ast.If(negated(writer.expression(silent)), [_noted(name, provision, None)], [])]
                )
                writer.add(ast.If(test, [_noted(name, provision, True)], [*may]))
        outcomes: list[ast.expr | None] = [ast.Constant(outcome) for outcome in self._by_outcome]
        writer.add(ast.Return(ast.Dict(outcomes, [ast.Name(name, ast.Load()) for name in names])))
        return writer.function()


def _noted(supports: str, provision: str, truth: Truth) -> ast.stmt:
    place: Any = ast.Subscript(ast.Name(supports, ast.Load()), ast.Constant(provision), ast.Store())
    return ast.Assign([place], ast.Constant(truth))
