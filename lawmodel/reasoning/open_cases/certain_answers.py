"""Certain and possible answers: what holds of a question in every completion of what a case leaves open, and in some.

A completion is a possible world; these are the certain answers of incomplete databases (Imieliński and Lipski 1984).

Kleene evaluation is cautious: it may leave an outcome open although every completion has the same. Here each
answer holds if and only if it does for all completions that are consistent: each open input has a value of its
domain, and days of the calendar are in the order that consistency asks for. An input that is the same as another
one is that input, and goes by its key; an unknown list is one input.

Decision diagrams answer most of it; the solver z3 is loaded where they cannot.
"""

from __future__ import annotations

from collections.abc import Collection

from lawmodel.cached_property import cached_property
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import FALSE, TRUE, Constant, Formula, ResolvedQuestion, Valuation, Value
from lawmodel.reasoning.open_cases.completions import Completions, diagram_of, reached_diagram
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.dependence import Supports, TurningPoints
from lawmodel.reasoning.open_cases.distinction import Distinction, distinguish
from lawmodel.reasoning.open_cases.joint_diagram import JointDiagram
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.solving.solver import Solver
from lawmodel.reasoning.solving.z3_encoding import Encoding

_HOLDS, _FAILS = "holds", "fails"


class CertainAnswers:
    """The exact answers to one question in one case. Each is worked out when it is first asked for."""

    def __init__(self, question: ResolvedQuestion, valuation: Valuation, soft: Collection[str] = ()) -> None:
        """Take the values of a case.

        ``soft`` names the inputs whose values were not given but assumed (readings by default, presumed facts):
        single inputs, not lists.
        """
        self._question = question
        self._valuation = valuation
        self._soft = frozenset(soft)
        self._completions = Completions(Residual(question, valuation))
        self._known_truths: dict[int, set[object]] = {}

    def possible(self) -> tuple[str, ...]:
        """The outcomes that some completion reaches, strongest first; none if what is known contradicts itself."""
        return self._completions.possible

    def witness(self, outcome: str) -> dict[str, Value]:
        """Values with which the open inputs lead to an outcome; inputs that are not named may have any.

        Raises:
            ValueError: no completion reaches it.
        """
        witnesses = self._completions.witnesses
        if outcome not in witnesses:
            raise ValueError(f"{outcome}: no completion reaches it")
        return dict(witnesses[outcome])

    def known(self) -> list[Values]:
        """A completion for each outcome where no diagram shows them all: plain data, which others may share."""
        return [] if self._completions.diagram is not None else list(self._completions.witnesses.values())

    def turns_on(self) -> tuple[tuple[str, ...], ...]:
        """The smallest groups of open inputs in which alone two completions with different outcomes differ.

        Single inputs come first; each group is sorted. A group has more than one member only where orderings
        bind its members together.
        """
        return self._turning_points

    @cached_property
    def _turning_points(self) -> tuple[tuple[str, ...], ...]:
        return TurningPoints(self._completions).find()

    def rests_on(self) -> list[str]:
        """The soft inputs of which some other value, everything else equal, allows other outcomes; sorted.

        A value that contradicts what is known does not count. Where what is known contradicts itself there is none.
        """
        return list(self._supports)

    @cached_property
    def _supports(self) -> list[str]:
        if not self._soft or not self.possible():
            return []
        freed = Completions(Residual(self._question, self._valuation, self._soft))
        return Supports(freed, self._completions.witnesses, self._alone, self._joint).find()

    def _joint(self, keys: Collection[str]) -> JointDiagram:
        return JointDiagram(self._question, self._valuation, keys)

    def _alone(self, key: str) -> DecisionDiagram | None:
        if self._completions.diagram is None:  # with one more input open, there are no fewer situations
            return None
        return diagram_of(Residual(self._question, self._valuation, [key]))

    def certain(self, rule_id: str, outcome: str) -> bool:
        """Whether a provision speaks for an outcome in every completion."""
        return _FAILS not in self._truths(self._speaks(rule_id, outcome))

    def can_support(self, rule_id: str, outcome: str) -> bool:
        """Whether a provision speaks for an outcome in some completion."""
        return _HOLDS in self._truths(self._speaks(rule_id, outcome))

    def _speaks(self, rule_id: str, outcome: str) -> Formula:
        return self._completions.residual.speaks[outcome].get(rule_id, FALSE)

    def _truths(self, condition: Formula) -> set[object]:
        """Whether a condition holds in some completion, and whether it fails in some."""
        if isinstance(condition, Constant):
            return {_HOLDS if condition.value else _FAILS}
        if id(condition) not in self._known_truths:
            diagram = reached_diagram(self._completions.residual, [(_HOLDS, condition), (_FAILS, TRUE)])
            if diagram is not None:
                self._known_truths[id(condition)] = set(diagram.reached())
            else:
                name = self._rule_names[id(condition)]
                asked = {_HOLDS: name, _FAILS: f"-{name}"}
                self._known_truths[id(condition)] = {
                    truth for truth, literal in asked.items() if self._rules.model(literal) is not None
                }
        return self._known_truths[id(condition)]

    @cached_property
    def _rule_names(self) -> dict[int, str]:
        """The solver's name for each condition, by identity, that a provision speaks for an outcome."""
        return {id(speaks): f"r{number}" for number, speaks in enumerate(self._open_speaks)}

    @cached_property
    def _open_speaks(self) -> list[Formula]:
        speaks = (one for rules in self._completions.residual.speaks.values() for one in rules.values())
        return list({id(one): one for one in speaks if not isinstance(one, Constant)}.values())

    @cached_property
    def _rules(self) -> Solver:
        """Also for outcomes too weak to bear on the answer, which the solver for outcomes does not know."""
        named = {self._rule_names[id(one)]: one for one in self._open_speaks}
        return Solver(Encoding(self._completions.residual, self._open_speaks).text("", named))

    def distinction(self) -> Distinction:
        """Cases to be distinguished, in each of which Kleene logic settles the outcome that is certain.

        Raises:
            ValueError: more than one outcome is possible, or none.
        """
        possible = self.possible()
        if len(possible) != 1:
            raise ValueError(f"{self._question.id}: the outcome is not certain")
        return distinguish(self._completions.residual, possible[0])
