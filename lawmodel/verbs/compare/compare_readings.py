"""The answer under every reading: all readings that bear on a question let go, and told in the fewest rows."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from lawmodel.cached_property import cached_property
from lawmodel.case.case import Case
from lawmodel.case.values import UNKNOWN
from lawmodel.inputs import READING_PREFIX, reading_key
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.reasoning.comparing.choice_functions import Block
from lawmodel.reasoning.comparing.default_with_exceptions import ValueBlocks, default_with_exceptions
from lawmodel.reasoning.comparing.fewest_rows import Rows, fewest_rows
from lawmodel.reasoning.engine_record import engines_recorded
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.answers import ByReading
from lawmodel.verbs.compare.comparisons import (
    AnswerUnder,
    AtDefaults,
    ComparedAnswer,
    ConditionalAnswer,
    ReadingComparison,
    ReadingRow,
    SingleReading,
)
from lawmodel.verbs.compare.words import answer_in_words, options_in_words, reading_sentence

MOST_READINGS: Final = 40
"""So many readings are let go at once."""


def compare_readings(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
) -> ReadingComparison:
    """The possible outcomes, and what follows beside them, for every choice of the readings that bear on a question.

    The readings that are chosen stay as they are, unless they are left open. Facts stay as they are: known, presumed
    or open. Raises what `decide` raises.
    """
    ask = Ask(rulebook, case, question, readings=readings, on=on, stage=stage)
    chosen = {name: option for name, option in ask.readings.items() if option != UNKNOWN}
    made = ask.decider()
    occurring = [name for name in rulebook.readings if reading_key(name) in made.comparisons.occurring]
    valued = ask.valued()
    defaults = {
        name: rulebook.readings[name].default if name in valued.defaults else None
        for name in occurring
        if name not in chosen
    }
    if len(defaults) > MOST_READINGS:
        message = f"{len(defaults)} readings bear on the question; the answers of {MOST_READINGS} are shown at most"
        raise ProblemsFound([Problem(message, "Choose some of them: --reading NAME=OPTION.", "`compare`")])
    with engines_recorded() as engines:
        table = _Table(rulebook, question, ByReading(made, valued.valuation, list(defaults)), defaults)
        at_defaults, exceptions = table.clauses()
        rows, fewest, alone = tuple(table.rows()), table.told.fewest, tuple(table.alone())
    bearing_and_chosen = {name: chosen[name] for name in occurring if name in chosen}
    return ReadingComparison(
        header=ask.header(valued, ("evaluation", *sorted(engines))),
        chosen=bearing_and_chosen,
        sentence=reading_sentence(rulebook, question, bearing_and_chosen, len(defaults), at_defaults, exceptions),
        bearing=tuple(defaults),
        matter=table.matter,
        defaults=defaults,
        rows=rows,
        fewest=fewest,
        at_defaults=at_defaults,
        exceptions=exceptions,
        alone=alone,
    )


class _Table:
    """The answer by reading, told in rows and in clauses."""

    def __init__(
        self, rulebook: Rulebook, question: str, by_reading: ByReading, defaults: Mapping[str, str | None]
    ) -> None:
        self._rulebook, self._question, self._by_reading = rulebook, question, by_reading
        self._outcomes = [outcome.id for outcome in rulebook.questions[question].outcomes]
        self._space, self._function = by_reading.space, by_reading.function
        self._taken = {reading_key(name): option for name, option in defaults.items() if option is not None}
        self.matter = tuple(map(_name, self._space.matters(self._function)))
        self._answers = [cast("ComparedAnswer", one) for one in self._space.values(self._function)]

    @cached_property
    def told(self) -> Rows:
        """The function in the fewest rows; the answer at the defaults has rows of its own where that costs none."""
        values = self._space.values(self._space.fixed(self._function, self._taken))
        return fewest_rows(self._space, self._function, values[0] if len(values) == 1 else None)

    def rows(self) -> list[ReadingRow]:
        """The rows: those with the defaults first, then the strongest outcomes; at the end what remains."""
        found: list[ReadingRow] = []
        for value, one in self.told.covers.items():
            if value == self.told.otherwise:
                found.append(self._row(value, {}, one.blocks, otherwise=True))
            else:
                found += [self._row(value, block, [block]) for block in one.blocks]
        places = {"throughout": 0, "partly": 1, "no": 2}
        return sorted(found, key=lambda row: (row.otherwise, places[row.at_defaults], self._place(row.answer)))

    def _row(self, value: Hashable, named: Block, blocks: Sequence[Block], *, otherwise: bool = False) -> ReadingRow:
        answer = self._by_reading.grounded(cast("ComparedAnswer", value), blocks)
        return ReadingRow(answer, self._says(answer), _named(named), otherwise, self._held(blocks))

    def _says(self, answer: ComparedAnswer) -> str:
        """An answer in words that tell it from the others."""
        without_grounds = replace(answer, grounds=(), further_grounds=())
        return answer_in_words(self._rulebook, self._question, without_grounds, self._answers)

    def _place(self, value: Hashable) -> list[int]:
        """Where a value stands: the strongest outcomes first."""
        return [self._outcomes.index(one) for one in cast("ComparedAnswer", value).possible]

    def _held(self, blocks: Sequence[Block]) -> AtDefaults:
        """Whether some blocks hold the defaults."""
        space, held = self._space, self._space.always(value=False)
        for block in blocks:
            held = space.combined(held, space.within(block), lambda one, other: one is True or other is True)
        found = set(space.values(space.fixed(held, self._taken)))
        return "throughout" if found == {True} else "partly" if True in found else "no"

    def clauses(self) -> tuple[tuple[ConditionalAnswer, ...], tuple[ConditionalAnswer, ...]]:
        """The answer at the defaults, and the exceptions from it: the first that is true holds."""
        found = default_with_exceptions(
            self._space, self._function, self._taken, lambda values: sorted(values, key=self._place)
        )
        return self._clauses(found.default), self._clauses(found.exceptions)

    def _clauses(self, found: ValueBlocks) -> tuple[ConditionalAnswer, ...]:
        clauses = []
        for value, one in found:
            answer, conditions = cast("ComparedAnswer", value), tuple(map(_named, one.blocks))
            when = options_in_words(self._rulebook, conditions)
            clauses.append(ConditionalAnswer(answer, self._says(answer), conditions, when))
        return tuple(clauses)

    def alone(self) -> Iterator[SingleReading]:
        """Every reading that matters, each option of it tried with the other readings by default, or open."""
        taken = {_name(key): option for key, option in self._taken.items()}
        by_default = self._by_reading.under(taken)
        for name in self.matter:
            entry = self._rulebook.readings[name]
            options = []
            for option in entry.options:
                answer = self._by_reading.under({**taken, name: option.id})
                options.append(AnswerUnder(option.id, option.says, answer, self._says(answer)))
            changes = any(one.answer != by_default for one in options)
            yield SingleReading(name, entry.title, changes, tuple(options))


def _name(key: str) -> str:
    return key.removeprefix(READING_PREFIX)


def _named(block: Block) -> dict[str, tuple[str, ...]]:
    return {_name(key): options for key, options in block.items()}
