"""What an answer comes to, without its explanation: quicker than `decide`, where very many answers are compared."""

from __future__ import annotations

from lawmodel.answer.comparing.comparison import Gist
from lawmodel.inputs import Valuation
from lawmodel.inquiry.consequences import consequences
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.reasoning.formula import ResolvedQuestion


class Varied(Decider):
    """A decider of a question of which some part is otherwise than the rulebook has it."""

    def __init__(self, made: Decider, question: ResolvedQuestion) -> None:
        """Take the decider of the question as it is, and the question as it is to be."""
        self.rulebook, self.stage = made.rulebook, made.stage
        self.question = question
        self.evaluation = Evaluation(question)
        self._with_instrument = {}


def gist(made: Decider, valuation: Valuation) -> Gist:
    """The possible outcomes, the grounds and what follows beside them."""
    possible = made.possible(valuation)
    outcome = possible[0] if len(possible) == 1 else None
    grounds, further = ((), ()) if outcome is None else grounds_of(made, valuation, outcome)
    follows: dict[str, bool] = {}
    for one in consequences(made, valuation, outcome):
        follows[one.id] = follows.get(one.id, False) or one.certain
    return Gist(possible, grounds, further, tuple(follows.items()))


def grounds_of(made: Decider, valuation: Valuation, outcome: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The provisions that support a certain outcome in every completion, and those that do in some."""
    supports = made.evaluation.supports(valuation.values)[outcome]
    if None not in supports.values():
        return tuple(supports), ()
    exact = made.exact(valuation)
    certain = tuple(name for name, truth in supports.items() if truth or exact.certain(name, outcome))
    further = (name for name in supports if name not in certain and exact.can_support(name, outcome))
    return certain, tuple(further)
