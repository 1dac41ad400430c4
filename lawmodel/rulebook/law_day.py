"""The day of the law, where a named date gives it: which facts that reads, and whether it is always a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lawmodel.problems import Place, listed
from lawmodel.rulebook.condition import DateName
from lawmodel.rulebook.model import DateRule, DateSwitch, Fact, FirstDay, NamedDate, Rulebook, days_in
from lawmodel.rulebook.names import NameCheck


def ends_in(dates: Mapping[str, NamedDate], name: str, seen: frozenset[str] = frozenset()) -> str | None:
    """The one day in which every branch of a named date ends, by its name; None where they end in several."""
    if name not in dates or name in seen:
        return name
    ends = {ends_in(dates, last.name, seen | {name}) for last in last_days(dates[name].value)}
    return ends.pop() if len(ends) == 1 else None


def last_days(rule: DateRule) -> Iterator[DateName]:
    """Of each branch the day that is taken where there is no other."""
    for one in rule.branches.values() if isinstance(rule, DateSwitch) else (rule,):
        yield one.days[-1] if isinstance(one, FirstDay) else one


class LawDay:
    """Checks that a named date can date the law; every mistake goes to the collector.

    No definition runs in a circle: that is checked before.
    """

    def __init__(self, rulebook: Rulebook, names: NameCheck) -> None:
        self.rulebook = rulebook
        self.names = names
        self.problems = names.problems

    def check(self, name: str, place: Place) -> None:
        """Note what keeps a named date from dating the law; ``place`` is where the head names it."""
        wrong = [day for day in self._days(name) if not self._is_of_facts(day)]
        if wrong:
            return
        end = ends_in(self.rulebook.dates, name)
        if end is None:
            ends = sorted(
                {str(ends_in(self.rulebook.dates, day.name)) for day in last_days(self.rulebook.dates[name].value)}
            )
            mend = "Let every branch end in the same fact: [that of the branch, the one they share]."
            self.problems.at(place, f"`{name}` ends in different facts: {listed(ends)}", mend)
        elif alien := list(self.rulebook.facts[end].words):
            mend = "Let it end in a fact that is a day of the calendar whenever it is known."
            self.problems.at(place, f"`{name}` ends in `{end}`, which may be `{alien[0]}`", mend)

    def _days(self, name: str) -> Iterator[DateName]:
        for day in days_in(self.rulebook.dates[name].value):
            if day.name in self.rulebook.dates and not day.became_law and day.span is None:
                yield from self._days(day.name)
            else:
                yield day

    def _is_of_facts(self, day: DateName) -> bool:
        """Whether a day is that of a fact, which may never come but is else in the calendar; noted otherwise."""
        fact = self.rulebook.facts.get(day.name)
        if fact is None and self.names.doubtful("facts", day.name):
            return False
        if fact is None or fact.sort != "date" or day.became_law or day.span is not None:
            said = f"`{day.name}` cannot date the law: it is no fact of type date"
            self.problems.at(day.place, said, "Name facts of type date, or dates that stand for some.")
            return False
        special = [name for name, word in fact.words.items() if word.means != "no_day"]
        if special:
            said = f"`{day.name}` cannot date the law: it may be `{special[0]}`"
            self.problems.at(day.place, said, "Name a fact that is a day of the calendar, or never comes (no_day).")
        return not special


def can_be_no_day(fact: Fact) -> bool:
    """Whether what a fact is about may never happen."""
    return any(word.means == "no_day" for word in fact.words.values())
