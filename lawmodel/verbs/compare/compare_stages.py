"""The answer as if every bill were law that had reached a stage by the day of the case, for each stage."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise

from lawmodel.case.case import Case
from lawmodel.inputs import Valuation
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.reasoning.comparing.hybrid import hybrid
from lawmodel.reasoning.engine_record import engines_recorded
from lawmodel.rulebook.dateline import became_law, latest_step
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.answers import Varied, answer_in_short, chosen_of
from lawmodel.verbs.compare.comparisons import StageComparison, StageReached, StageRow
from lawmodel.verbs.compare.smallest_sets import smallest_sets
from lawmodel.verbs.compare.words import answer_in_words, stage_sentence


def compare_stages(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
) -> StageComparison:
    """What `decide` says at every stage, in their order, and which instruments make the difference.

    Raises what `decide` raises.
    """
    ask = Ask(rulebook, case, question, readings=readings, on=on)
    valued = ask.valued()
    with engines_recorded() as engines:
        rows = tuple(_Stages(ask, valued.valuation, valued.law_date).rows())
    chosen = chosen_of(ask)
    header = ask.header(valued, ("evaluation", *sorted(engines)))
    return StageComparison(
        header=header,
        chosen=chosen,
        sentence=stage_sentence(rulebook, question, chosen, header.law.date if header.law else None, rows),
        rows=rows,
    )


class _Stages:
    def __init__(self, ask: Ask, valuation: Valuation, law_date: datetime.date | None) -> None:
        self._ask, self._rulebook, self._of_case = ask, ask.rulebook, ask.stage
        self._valuation, self._law_date = valuation, law_date
        stages = [stage.id for stage in ask.rulebook.stages]
        self._answers = {stage: answer_in_short(ask.decider(stage), valuation) for stage in stages}

    def rows(self) -> Iterator[StageRow]:
        groups = [
            tuple(stage for stage, _ in group) for _, group in groupby(self._answers.items(), key=lambda pair: pair[1])
        ]
        answers = list(dict.fromkeys(self._answers.values()))
        because: list[tuple[tuple[str, ...], ...]] = [()]
        because += [self._because(before[-1], now[0]) for before, now in pairwise(groups)]
        for group, sets in zip(groups, because, strict=True):
            yield StageRow(
                stages=group,
                answer=self._answers[group[0]],
                says=answer_in_words(self._rulebook, self._ask.question, self._answers[group[0]], answers),
                of_case=self._of_case in group,
                because=sets,
                reached={name: self._reached(name) for together in sets for name in together},
            )

    def _because(self, before: str, now: str) -> tuple[tuple[str, ...], ...]:
        """The least of which the answer takes the stage of the second, for it to be that of the second."""
        one, other = (self._ask.decider(stage) for stage in (before, now))
        differing = [
            name
            for name, entry in self._rulebook.instruments.items()
            if became_law(self._rulebook, entry, before) != became_law(self._rulebook, entry, now)
        ]

        def suffices(group: tuple[str, ...]) -> bool:
            question = hybrid(one.question, other.question, group)
            return answer_in_short(Varied(one, question), self._valuation) == self._answers[now]

        return smallest_sets(differing, suffices)

    def _reached(self, name: str) -> StageReached | None:
        """The stage that an instrument reached last by the day of the case, and when."""
        step = None if self._law_date is None else latest_step(self._rulebook.instruments[name], self._law_date)
        return None if step is None else StageReached(step.stage, step.date.isoformat())
