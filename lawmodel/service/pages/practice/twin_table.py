"""A case and its twin: the nearest case on which the law and what was answered agree, with the answer to both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import AnswerInBrief, AnswerOption, Exercise
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.parting import parting
from lawmodel.inquiry.answer_in_brief import answer_in_brief
from lawmodel.inquiry.change import change
from lawmodel.inquiry.decider import Decider
from lawmodel.problems import ProblemsFound
from lawmodel.results.changes import ChangedInput
from lawmodel.service.pages.address import Address, href, otherwise
from lawmodel.service.pages.controls import Lead, first_value, mark_of
from lawmodel.service.pages.workbench import Workbench
from lawmodel.words.outcomes import predicates

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
MOST_CHANGES: Final = 40
"""So many changes of one fact are looked at."""


@dataclass(frozen=True, slots=True)
class LawRow:
    """A way to hold the law, with its answer to each case."""

    says: str
    cells: tuple[Lead, ...]
    now: bool
    """Whether the exercise goes by it."""


@dataclass(frozen=True, slots=True)
class TwinTable:
    """The case and its twin, of which the answers differ, under each way to hold the law."""

    title: str
    reading: str
    """The reading whose options the rows are; empty where they are the law and what is taken for it."""
    columns: tuple[str, ...]
    rows: tuple[LawRow, ...]


def twin_table(
    workbench: Workbench,
    laws: Laws,
    exercise: Exercise,
    answered: tuple[Address, Sequence[AnswerOption]],
    heads: tuple[str, str],
) -> TwinTable | None:
    """The table for what was answered, or for some wrong option where that is right.

    None where no single fact makes a twin. ``answered``: the case, and the options that were chosen; ``heads`` name the
    law, and the answer.
    """
    start, chosen = answered
    ours = exercise.answered
    if exercise.kind != "outcome" or ours is None:
        return None
    wrong = [one for one in chosen if not one.right][:1] or [one for one in exercise.options if not one.right]
    for option in wrong:
        theirs, name = option.answered, option.misconception
        if theirs is None or theirs.outcome in (None, ours.outcome) or name is None or name not in laws.held:
            continue
        found = _Twins(workbench, laws, (start, ours, set(exercise.told)), (option, theirs), heads).best()
        if found is not None:
            return found
    return None


class _Twins:
    """The cases with one fact otherwise on which the law and what somebody takes for it agree."""

    def __init__(
        self,
        workbench: Workbench,
        laws: Laws,
        asked: tuple[Address, AnswerInBrief, set[str]],
        apart: tuple[AnswerOption, AnswerInBrief],
        heads: tuple[str, str],
    ) -> None:
        self._workbench, self._laws, self._heads = workbench, laws, heads
        self._start, self._ours, self._told = asked
        self._option, self._theirs = apart
        self._held = laws.held[str(self._option.misconception)]
        part = parting(laws, self._start.case, self._held, (self._ours, self._theirs))
        self._about = () if part is None else part.inputs

    def best(self) -> TwinTable | None:
        """Rather one by a fact at which the two part than by one that is told, and rather that than another.

        Of these the one that tells most ways to hold the law apart.
        """
        found: list[tuple[tuple[bool, bool, bool, int], TwinTable]] = []
        for one, outcome in self._changes():
            table = self._table(one, outcome)
            if table is not None:
                patterns = {tuple(cell.answer for cell in row.cells) for row in table.rows}
                dated = one.name == self._workbench.rulebook.law_date
                near = one.name not in self._about, dated, one.name not in self._told, -len(patterns)
                found.append((near, table))
        return min(found, key=lambda each: each[0])[1] if found else None

    def _changes(self) -> Iterator[tuple[ChangedInput, str]]:
        """The changes of one fact alone by which one of the two comes to the answer of the other."""
        ways = [
            (self._laws.rulebook, str(self._theirs.outcome)),
            (self._held.rulebook, str(self._ours.outcome)),
        ]
        free = [name for name in dict.fromkeys((*self._about, *sorted(self._told))) if "." in name]
        start = self._start
        for law, outcome in ways if self._about else reversed(ways):
            found = change(
                law, start.case, start.question, outcome, free=free, only="facts", up_to=1, most=MOST_CHANGES
            )
            for one in found.sets:
                if len(one.changes) == 1 and not one.findings:
                    yield one.changes[0], outcome

    def _table(self, one: ChangedInput, outcome: str) -> TwinTable | None:
        """The case beside the one with this change; None where the two laws do not agree there, or it cannot be."""
        value = first_value(one.values)
        if not value:
            return None
        twin = otherwise(self._workbench.rulebook, self._start, one.name, value)
        try:
            answers = {self._laws.answer(twin.case).outcome, self._laws.answer(twin.case, self._held.id).outcome}
            if twin.mistakes or answers != {outcome} or self._laws.is_odd(twin.case):
                return None
        except ProblemsFound:
            return None
        taken = self._option.reading
        if taken is None:
            rows = [self._row(self._heads[0], self._laws.law, twin, now=True)]
            rows.append(self._row(self._heads[1], self._held.decider, twin, now=False))
            return TwinTable(self._held.says, "", (one.says,), tuple(rows))
        reading = self._workbench.rulebook.readings[taken.reading]
        rows = [
            self._row(option.says, self._laws.law, twin, {reading.id: option.id}, now=option.id == reading.default)
            for option in reading.options
            if option.supported_by or option.id in (reading.default, taken.option)
        ]
        return TwinTable(reading.title, reading.id, (one.says,), tuple(rows))

    def _row(
        self, says: str, law: Decider, twin: Address, readings: Mapping[str, str] = NOTHING, *, now: bool
    ) -> LawRow:
        cells = []
        for each in (self._start, twin):
            address = replace(each, readings=readings)
            try:
                possible: Sequence[str] = answer_in_brief(law, address.case, readings).possible
            except ProblemsFound:
                possible = ()
            rulebook, question = self._workbench.rulebook, address.question
            marks = tuple(mark_of(rulebook, question, one) for one in possible)
            leads = href(rulebook, address) if law is self._laws.law else ""
            cells.append(Lead("", predicates(rulebook, question, possible) if possible else "-", marks, leads))
        return LawRow(says, tuple(cells), now)
