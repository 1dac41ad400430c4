"""What each contested text does to an answer: its options one by one, and whether they matter only together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

from lawmodel.answer.answer import Answer
from lawmodel.inputs import reading_key
from lawmodel.inquiry.ask import Ask
from lawmodel.reasoning.comparing.choice_functions import ChoiceSpace
from lawmodel.reasoning.comparing.possible_by_reading import PossibleByReading
from lawmodel.rulebook.model import Reading
from lawmodel.verbs.report.result import Effect, OptionEffect, ReadingEffect
from lawmodel.words.outcomes import predicates

MOST_LET_GO: Final = 40
"""Of more readings it is not worked out what they do together."""


def reading_effects(ask: Ask, answer: Answer) -> tuple[ReadingEffect, ...]:
    """Every reading on which the question bears, in the order of the rulebook."""
    names = answer.bearing
    if len(names) > MOST_LET_GO:
        return tuple(_effect(answer, name, None) for name in names)
    by_reading = _ByReading(ask, answer)
    return tuple(_effect(answer, name, by_reading) for name in names)


class _ByReading:
    """The possible outcomes of one case as a function of the readings on which the question bears."""

    def __init__(self, ask: Ask, answer: Answer) -> None:
        made, self._answer = ask.decider(), answer
        keys = map(reading_key, answer.bearing)
        self._space = ChoiceSpace({key: made.question.domains[key].choices for key in keys})
        self._function = PossibleByReading(made.question, ask.valued().valuation, self._space).function
        self._matter = frozenset(self._space.matters(self._function))
        self._order = made.question.outcomes

    def matters(self, name: str) -> bool:
        """Whether the answer is not the same for all its options, for some choice of the other readings."""
        return reading_key(name) in self._matter

    def possible(self, name: str, option: str) -> tuple[str, ...]:
        """The possible outcomes with this option, the other readings as they are taken."""
        taken = {reading_key(one): chosen for one, chosen in self._taken().items() if one != name}
        left = self._space.fixed(self._function, {**taken, reading_key(name): option})
        found = {one for value in self._space.values(left) for one in cast("tuple[str, ...]", value)}
        return tuple(one for one in self._order if one in found)

    def _taken(self) -> Mapping[str, str]:
        return {name: option for name in self._answer.bearing if (option := self._answer.readings[name]) is not None}


def _effect(answer: Answer, name: str, by_reading: _ByReading | None) -> ReadingEffect:
    reading, taken = answer.rulebook.readings[name], answer.readings_taken[name]
    others = tuple(_others(answer, reading, taken.option, by_reading))
    chosen = None if taken.option is None else reading.option(taken.option)
    return ReadingEffect(
        id=name,
        asks=reading.title,
        option=taken.option,
        says="" if chosen is None else chosen.says,
        chosen_by=taken.by,
        supported_by=() if chosen is None else chosen.supported_by,
        effect=_kind(answer, name, others, by_reading),
        others=others,
    )


def _others(
    answer: Answer, reading: Reading, taken: str | None, by_reading: _ByReading | None
) -> Iterator[OptionEffect]:
    for option in reading.options:
        if option.id != taken:
            possible = () if by_reading is None else by_reading.possible(reading.id, option.id)
            says = predicates(answer.rulebook, answer.question, possible)
            yield OptionEffect(option.id, option.says, option.supported_by, possible, says)


def _kind(answer: Answer, name: str, others: tuple[OptionEffect, ...], by_reading: _ByReading | None) -> Effect:
    if by_reading is None:
        return "not worked out"
    if not by_reading.matters(name):
        return "none"
    return "alone" if any(one.possible != answer.possible for one in others) else "together"
