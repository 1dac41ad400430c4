"""Cases to make exercises of: telling cases of misconceptions and cases of each ground, mixed, moved in time, lifelike.

Nothing is said of what they show: whoever draws one asks the engine, and draws another.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lawmodel.case.case import Case
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.single_facts import facts_by_key, without_numbers
from lawmodel.inputs import GivenValue, is_calendar_day
from lawmodel.inquiry.answer_in_brief import answer_in_brief
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.inquiry.searching.lifelike import lifelike
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.days_off import is_day_off
from lawmodel.rulebook.model import Rulebook

WEEKS = 8
"""A case is moved by so many weeks at most."""
FOUND_OF_EACH = 3
"""So many cases are found for each outcome where no misconception tells one."""
OF_A_GROUND = 0.3
"""In what share a case is found in which some provision leads to the answer."""
MIXED = 0.6
"""In what share of cases something is taken from another."""
DRESSED = 0.7
"""In what share likely values and days take the place of those that are there."""
PASSED_OVER = 20
"""So many cases in a row are passed over that could hardly be; then one is drawn all the same."""


class DrawnCases:
    """Draws cases of a question; the same for the same seed."""

    def __init__(self, laws: Laws, chosen: random.Random) -> None:
        self.laws, self._chosen = laws, chosen
        self._bases = list(laws.telling_cases) or list(_found(laws))
        self._provisions = [rule.id for rule in laws.law.question.rules if rule.concludes]
        self._read = {path for paths in laws.law.inputs_by_rule for path in paths}
        self._of_grounds: dict[tuple[str, str], Case | None] = {}

    def __iter__(self) -> Iterator[Case]:
        """One case after the other, without an end; each can be as it is, and is not odd."""
        passed_over = 0
        while True:
            base = self._of_a_ground() if self._chosen.random() < OF_A_GROUND else None
            base = base or self._chosen.choice(self._bases)
            case = replace(base, expectations=(), title="", name="")
            if len(self._bases) > 1 and self._chosen.random() < MIXED:
                case = self._mixed(case)
            case = _moved(self.laws.rulebook, case, self._chosen.randint(-WEEKS, WEEKS))
            if not self.can_be(case):
                case = replace(base, expectations=(), title="", name="")
            if self._chosen.random() < DRESSED:
                draw = random.Random(self._chosen.random())  # noqa: S311 - no secret
                case = lifelike(self.laws.rulebook, case, draw, self.can_be)
            passed_over = 0 if passed_over == PASSED_OVER or self.can_be(case) else passed_over + 1
            if not passed_over:
                yield case

    def _of_a_ground(self) -> Case | None:
        """A case in which some provision carries the answer; None where there is none of the one that was drawn."""
        if not self._provisions:
            return None
        ground = self._chosen.choice(self._provisions)
        rule = next(rule for rule in self.laws.law.question.rules if rule.id == ground)
        outcome = self._chosen.choice([name for name, _ in rule.concludes])
        if (ground, outcome) not in self._of_grounds:
            wanted = Wanted(outcome, (ground,))
            self._of_grounds[ground, outcome] = self._find(wanted, self._chosen.randrange(1000))
        found = self._of_grounds[ground, outcome]
        return None if found is None else self._fuller(found, ground)

    def _find(self, wanted: Wanted, seed: int) -> Case | None:
        """A case that shows what is wanted: on the day of one that is at hand, if there is such a case, else on any."""
        law, question = self.laws.rulebook, self.laws.question
        dated = [one.facts[law.law_date] for one in self._bases if one.facts.get(law.law_date) is not None]
        for given in (*(Case(facts={law.law_date: day}) for day in dated[:1]), Case()):
            try:
                found = next(find(law, question, [View("")], wanted, given=given, seed=seed), None)
            except ProblemsFound:
                continue
            if found is not None and not _has_nought(law, found.case):
                return found.case
        return None

    def _fuller(self, case: Case, ground: str) -> Case:
        """The case with what a telling case says besides, where the provision applies all the same."""
        other = self._chosen.choice(self._bases)
        fuller = replace(other, facts={**other.facts, **case.facts})
        try:
            answer = self.laws.answer(fuller)
        except ProblemsFound:
            return case
        return fuller if ground in (*answer.grounds, *answer.beside) and self.can_be(fuller) else case

    def can_be(self, case: Case) -> bool:
        """Whether a case could be, and leaves nothing out that is mostly told."""
        return self.could_be(case) and not self._is_silent(case)

    def could_be(self, case: Case) -> bool:
        """Whether a case is not odd, of likely days, and tells nothing that is still to come."""
        try:
            odd = self.laws.is_odd(case) or is_to_come(self.laws.rulebook, case)
            return not odd and next(unlikely_days(self.laws, case), None) is None
        except ProblemsFound:
            return False

    def _is_silent(self, case: Case) -> bool:
        """Whether a case leaves out what is mostly known of something that it tells of, and could say it.

        Such is what is likely to be the same as something else: a request is mostly told with the state that makes it.
        """
        rulebook = self.laws.rulebook
        told = {path.partition(".")[0] for path, value in case.facts.items() if value is not None}
        for path, fact in rulebook.facts.items():
            same_as = None if fact.likely is None else fact.likely.same_as
            if same_as is None or path in case.facts or path.partition(".")[0] not in told or path not in self._read:
                continue
            likely = rulebook.fact(same_as).likely
            values = () if likely is None else likely.values
            if any(self.could_be(replace(case, facts={**case.facts, path: value})) for value in values):
                return True
        return False

    def _mixed(self, case: Case) -> Case:
        """The case with something out of another: all that it says of one subject.

        Of whom a case is about it says nothing new: a person of whom a case tells nothing would be of no weight in it.
        """
        other = self._chosen.choice(self._bases)
        groups = {path.partition(".")[0] for path in other.facts} - {_dating(self.laws.rulebook)}
        listed = {path.partition(".")[0] for path in other.facts if self.laws.rulebook.facts[path].of}
        drawn = sorted(groups - (listed - {path.partition(".")[0] for path in case.facts}))
        group = self._chosen.choice(drawn) if drawn else ""
        taken = {path: value for path, value in other.facts.items() if path.partition(".")[0] == group}
        kept = {path: value for path, value in case.facts.items() if path.partition(".")[0] != group}
        return replace(case, facts={**kept, **taken})


def _has_nought(rulebook: Rulebook, case: Case) -> bool:
    """Whether a number is 0, which a solver takes for the simplest and which reads as a riddle."""
    numbers = {path for path, fact in rulebook.facts.items() if fact.sort == "number"}
    return any(case.facts.get(path) == 0 for path in numbers)


def is_to_come(rulebook: Rulebook, case: Case) -> bool:
    """Whether something is told that had not happened yet on the day of the law.

    The subject that is dated is apart: what becomes of a decision lies after it by its nature.
    """
    law = case.facts.get(rulebook.law_date)
    if not isinstance(law, int):
        return False
    for path, value in case.facts.items():
        if path.partition(".")[0] == _dating(rulebook):
            continue
        fact = rulebook.facts[path]
        dates = {field.id for field in (fact.of or (fact,)) if field.sort == "date"}
        for record in value if isinstance(value, tuple) else ({fact.id: value},):
            for name, one in record.items():
                if name in dates and isinstance(one, int) and is_calendar_day(one) and one > law:
                    return True
    return False


def unlikely_days(laws: Laws, case: Case) -> Iterator[tuple[str, int]]:
    """The days of a case, with what they are, on which that would hardly have been, by what the rulebook calls likely.

    Those are days that are no working days, and days on which a question had another outcome.
    """
    for key, value in facts_by_key(case).items():
        fact = laws.rulebook.fact(without_numbers(key))
        likely = fact.likely
        if likely is None or not isinstance(value, int) or not is_calendar_day(value):
            continue
        day = datetime.date.fromordinal(value)
        is_free = bool(likely.working_day) and is_day_off(laws.rulebook.days_off, day)
        if is_free or not all(_is_answered(laws.rulebook, case, day, *one) for one in likely.answered.items()):
            yield fact.title, value


def _is_answered(rulebook: Rulebook, case: Case, day: datetime.date, question: str, outcome: str) -> bool:
    """Whether a question has an outcome on a day, or may have it."""
    dated = replace(case, facts={**case.facts, rulebook.law_date: day.toordinal()})
    try:
        return outcome in answer_in_brief(decider(rulebook, question), dated).possible
    except ProblemsFound:
        return True


def _dating(rulebook: Rulebook) -> str:
    return rulebook.law_date.partition(".")[0]


def _moved(rulebook: Rulebook, case: Case, weeks: int) -> Case:
    """The case with all its days so many weeks later."""
    days = 7 * weeks

    facts: dict[str, GivenValue] = {}
    for path, value in case.facts.items():
        fact = rulebook.facts[path]
        if isinstance(value, tuple):
            dates = {field.id for field in fact.of if field.sort == "date"}
            facts[path] = tuple(
                {name: _day_later(one, days) if name in dates else one for name, one in record.items()}  # type: ignore[misc]
                for record in value
            )
        else:
            facts[path] = _day_later(value, days) if fact.sort == "date" else value
    return replace(case, facts=facts)


def _day_later(value: GivenValue, days: int) -> GivenValue:
    if isinstance(value, int) and is_calendar_day(value) and is_calendar_day(value + days):
        return value + days
    return value


def _found(laws: Laws) -> Iterator[Case]:
    """Simple cases of each outcome, where nobody tells any."""
    outcomes = laws.rulebook.questions[laws.question].outcomes
    for outcome in outcomes:
        for one in islice(find(laws.rulebook, laws.question, [View("")], Wanted(outcome.id)), FOUND_OF_EACH):
            yield one.case
