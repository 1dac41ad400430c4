"""What the answer on a case comes to, without its explanation: under one law, and as a function of readings."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from lawmodel.cached_property import cached_property
from lawmodel.case.values import UNKNOWN
from lawmodel.inputs import Valuation, reading_key
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.consequences import brought_by_provisions
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.grounds import grounds_of
from lawmodel.reasoning.comparing.as_decided import decides
from lawmodel.reasoning.comparing.choice_functions import Block, ChoiceSpace
from lawmodel.reasoning.comparing.possible_by_reading import PossibleByReading
from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.reasoning.formula import TRUE, Formula, ResolvedQuestion, Rule, all_of, any_of
from lawmodel.reasoning.open_cases.truths import Truths
from lawmodel.verbs.compare.comparisons import ComparedAnswer, Follows

FOLLOWS, FAILS = "follows", "fails"


class Varied(Decider):
    """A decider of a question of which some part is otherwise than the rulebook has it."""

    def __init__(self, made: Decider, question: ResolvedQuestion) -> None:
        """Take the decider of the question as it is, and the question as it is to be."""
        self.rulebook, self.stage = made.rulebook, made.stage
        self.question = question
        self.evaluation = Evaluation(question)
        self._with_instrument = {}


def chosen_of(ask: Ask) -> dict[str, str]:
    """The readings that bear on a question and are chosen, each with its option."""
    occurring = ask.decider().comparisons.occurring
    return {
        name: option for name, option in ask.readings.items() if option != UNKNOWN and reading_key(name) in occurring
    }


def answer_in_short(made: Decider, valuation: Valuation) -> ComparedAnswer:
    """The possible outcomes, the grounds and what provisions bring beside them: quicker than `decide`."""
    possible = made.possible(valuation)
    outcome = possible[0] if len(possible) == 1 else None
    grounds, further = ((), ()) if outcome is None else grounds_of(made, valuation, outcome)
    follows: dict[str, bool] = {}
    for one in brought_by_provisions(made, valuation, outcome):
        follows[one.id] = follows.get(one.id, False) or one.certain
    return ComparedAnswer(possible, grounds, further, _following(follows))


class ByReading:
    """A question on one case, as a function of readings that are let go."""

    def __init__(self, made: Decider, valuation: Valuation, readings: Sequence[str]) -> None:
        """Take the values of a case, and the readings, in their order; the others stay as they are."""
        self._made = made
        self.space = ChoiceSpace({key: made.question.domains[key].choices for key in map(reading_key, readings)})
        self._outcomes = PossibleByReading(made.question, valuation, self.space)
        function = self.space.mapped(
            self._outcomes.function, lambda possible: ComparedAnswer(cast("tuple[str, ...]", possible))
        )
        for name, formula in _conditions_of_consequences(made):
            asked = replace(made.question, outcomes=(FOLLOWS, FAILS), rules=(Rule(name, formula, ((FOLLOWS, TRUE),)),))
            following = PossibleByReading(asked, valuation, self.space).function
            function = self.space.combined(
                function,
                following,
                lambda one, found, name=name: _joined(one, found, name),  # type: ignore[misc]
            )
        self.function = function
        """For each choice of options a `ComparedAnswer`, without grounds."""

    def under(self, chosen: Mapping[str, str]) -> ComparedAnswer:
        """What the answer comes to under some readings; the others are open, as facts may be."""
        taken = {reading_key(name): option for name, option in chosen.items()}
        answers = [cast("ComparedAnswer", value) for value in self.space.values(self.space.fixed(self.function, taken))]
        possible = {outcome for one in answers for outcome in one.possible}
        follows = [{each.id: each.certain for each in one.consequences} for one in answers]
        names = dict.fromkeys(name for one in follows for name in one)
        return ComparedAnswer(
            tuple(outcome for outcome in self._made.question.outcomes if outcome in possible),
            consequences=_following({name: all(one.get(name, False) for one in follows) for name in names}),
        )

    def grounded(self, found: ComparedAnswer, blocks: Sequence[Block]) -> ComparedAnswer:
        """With the provisions that support a certain outcome under all readings of some blocks, and under some."""
        if len(found.possible) != 1:
            return found
        throughout, somewhere = [], []
        for provision, speaks in self._outcomes.residual.speaks[found.possible[0]].items():
            truths = {truth for block in blocks for truth in self._truths.of(speaks, block)}
            if truths == {True}:
                throughout.append(provision)
            elif True in truths:
                somewhere.append(provision)
        return replace(found, grounds=tuple(throughout), further_grounds=tuple(somewhere))

    @cached_property
    def _truths(self) -> Truths:
        speaks = [one for rules in self._outcomes.residual.speaks.values() for one in rules.values()]
        return Truths(self._outcomes.residual, speaks, little_open=self._outcomes.little_open)


def _joined(one: Hashable, possible: Hashable, name: str) -> ComparedAnswer:
    """With one more consequence; that of two provisions is one."""
    found = cast("ComparedAnswer", one)
    if possible == (FAILS,):
        return found
    follows = {each.id: each.certain for each in found.consequences}
    follows[name] = follows.get(name, False) or possible == (FOLLOWS,)
    return replace(found, consequences=_following(follows))


def _following(follows: Mapping[str, bool]) -> tuple[Follows, ...]:
    return tuple(Follows(name, certain) for name, certain in follows.items())


def _conditions_of_consequences(made: Decider) -> Iterator[tuple[str, Formula]]:
    """Each consequence that a provision can bring, with the condition under which it follows."""
    for rule in made.question.rules:
        if not rule.brings:
            continue
        concluded = (decides(made.question, outcome, [rule.id]) for outcome, _ in rule.concludes)
        deciding = any_of(*concluded) if rule.concludes else TRUE
        for name, condition in rule.brings:
            yield name, all_of(rule.applies, condition, deciding)
