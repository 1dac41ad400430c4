"""Cases drawn by a seed alone, each from facts under which some provision speaks for an outcome that is wanted."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from lawmodel.case.case import Case
from lawmodel.inputs import FIRST_DAY, LAST_DAY
from lawmodel.inquiry.decider import decider
from lawmodel.reasoning.formula import TRUE, All, Choose, Formula, Not, all_of, any_of
from lawmodel.reasoning.rewrite import rewritten, subformulas
from lawmodel.rulebook.model import Rulebook, SameAs
from lawmodel.testing.day_orders import DayOrders
from lawmodel.testing.draft import Draft, DraftRecord, Spot
from lawmodel.testing.reads import reads_of_questions, with_what_they_follow
from lawmodel.testing.search import GaveUp, Search
from lawmodel.testing.usual_values import UsualValues

Item = TypeVar("Item")
MOST_STEPS: Final = 400
"""After so many tries facts for a provision are given up."""
DEPARTS: Final = 0.08
"""Of the facts that a provision leaves open, so many are not as usual."""
FIELD_DEPARTS: Final = 0.3
MOST_RECORDS: Final = 2
ON_A_NAMED_DAY: Final = 0.25
"""How often a case is of a day that the law names, or of one beside it; else of some day after one."""
LATEST: Final = 12
"""Of the days that the law names, so many of the latest are taken."""
DAYS_AFTER: Final = 200


class CaseDrawing:
    """How cases of one question are drawn: wholly known, and as usual in what they do not tell."""

    def __init__(self, rulebook: Rulebook, question: str, stage: str | None, chance: random.Random) -> None:
        reads = reads_of_questions(rulebook, (question,), stage)
        self.rulebook = rulebook
        self.question = question
        self._chance = chance
        self._usual = UsualValues(rulebook, replace(reads, days=reads.days[-LATEST:]))
        self._orders = DayOrders(rulebook)
        ordered = [path for path in rulebook.facts if path in self._orders.ordered(None) and self._is_usual(path)]
        wanted = with_what_they_follow(rulebook, [*reads.facts, *ordered])
        self._facts = tuple(sorted(wanted, key=lambda path: path != rulebook.law_date))
        self._fields = reads.lists
        self._most_records = max(MOST_RECORDS, reads.most_counted)
        self._speaking = _speaking(rulebook, question, stage)
        self._differing = _differing(rulebook, question, stage)

    def _is_usual(self, path: str) -> bool:
        return self._usual.usual(self.rulebook.facts[path]) is not None

    def case(self, outcome: str, *, contested: bool) -> Case | None:
        """A case, likely one with this outcome; None where no facts were found for it soon.

        With ``contested`` rather one in which a provision applies by default and not under a reading that some source
        holds, or the other way round.
        """
        draft = Draft(self._usual, self._orders)
        draft.settle(Spot(self.rulebook.law_date), self._day())
        conditions = self._differing if contested and self._differing else self._speaking[outcome]
        condition = self._one_of(conditions)
        search = Search(draft, self._readings(), self._below, MOST_STEPS, self._most_records)
        try:
            if not search.make(condition):
                return None
        except GaveUp:
            return None
        self._complete(draft, DEPARTS / 4 if contested else DEPARTS)
        return Case(facts=draft.given(presume=True), presume=True, questions=(self.question,), name="case")

    def _day(self) -> int:
        """The day of the law."""
        near = self._chance.random() < ON_A_NAMED_DAY
        days = self._usual.reads.days[-LATEST:] or (self._usual.simplest_day,)
        day = self._one_of(days) + (self._chance.randint(-1, 1) if near else self._chance.randint(2, DAYS_AFTER))
        return min(max(day, FIRST_DAY), LAST_DAY)

    def _readings(self) -> dict[str, str | None]:
        """The defaults; what has none is read in any way."""
        return {name: one.default or self._one_of(one.options).id for name, one in self.rulebook.readings.items()}

    def _below(self, count: int) -> int:
        return self._chance.randrange(count)

    def _one_of(self, items: Sequence[Item]) -> Item:
        return items[self._below(len(items))]

    # --- what the provision leaves open --------------------------------------------------------------

    def _complete(self, draft: Draft, share: float) -> None:
        followers = []
        for path in self._facts:
            if path in draft.singles:
                continue
            usually = self._usual.usual(self.rulebook.facts[path])
            departs = usually is None or self._chance.random() < share
            if isinstance(usually, SameAs) and not departs:
                followers.append((path, usually.path))
            elif departs or isinstance(usually, SameAs) or usually is None or not draft.fits(Spot(path), usually):
                draft.settle(Spot(path), self._one_of(draft.candidates(Spot(path))))
            else:
                draft.settle(Spot(path), usually)
        for path, other in followers:
            if draft.can_follow(Spot(path), other):
                draft.follows[path] = other
            else:
                draft.settle(Spot(path), self._one_of(draft.candidates(Spot(path))))
        for path in self._fields:
            if path not in draft.lists:
                draft.lists[path] = [DraftRecord() for _ in range(self._below(self._most_records))]
            for number in range(len(draft.lists[path] or ())):
                self._record(draft, path, number)

    def _record(self, draft: Draft, path: str, number: int) -> None:
        records = draft.lists[path]
        assert records is not None
        for field in self._fields[path]:
            if field in records[number]:
                continue
            spot = Spot(path, number, field)
            usually = self._usual.usual(draft.fact(spot), in_record=True)
            departs = usually is None or isinstance(usually, SameAs) or self._chance.random() < FIELD_DEPARTS
            if departs or isinstance(usually, SameAs) or not draft.fits(spot, usually):
                usually = self._one_of(draft.candidates(spot))
            records[number][field] = usually


def _speaking(rulebook: Rulebook, question: str, stage: str | None) -> dict[str, list[Formula]]:
    """For each outcome the conditions under which a provision speaks for it; for the last, under which none does."""
    resolved = decider(rulebook, question, stage).question
    found: dict[str, list[Formula]] = {outcome: [] for outcome in resolved.outcomes}
    for rule in resolved.rules:
        for outcome, condition in rule.concludes:
            found[outcome].append(All((rule.applies, condition)))
    last = resolved.outcomes[-1]
    speaking = [one for conditions in found.values() for one in conditions]
    found[last] += [Not(one) for one in speaking]
    return {outcome: conditions or [TRUE] for outcome, conditions in found.items()}


def _differing(rulebook: Rulebook, question: str, stage: str | None) -> list[Formula]:
    """The conditions under which a provision applies by default and not under another reading, or the other way."""
    found: list[Formula] = []
    for rule in decider(rulebook, question, stage).question.rules:
        applies = all_of(rule.applies, any_of(*(condition for _, condition in rule.concludes)))
        for name in sorted({one.reading for one in subformulas(applies) if isinstance(one, Choose)}):
            entry = rulebook.readings[name]
            if entry.default is None:
                continue
            usual = _read(applies, name, entry.default)
            for option in entry.options:
                if option.supported_by and option.id != entry.default:
                    other = _read(applies, name, option.id)
                    found += [All((usual, Not(other))), All((other, Not(usual)))]
    return found


def _read(formula: Formula, reading: str, option: str) -> Formula:
    """A formula read in one way."""
    return rewritten(
        formula,
        lambda one: dict(one.branches)[option] if isinstance(one, Choose) and one.reading == reading else None,
    )
