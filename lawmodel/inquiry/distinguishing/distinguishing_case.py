"""The simplest case on which two readings of a resolved question part: as the law is written, and otherwise.

First it is settled under which readings, at which stage and on which day of the law, as ordinary as they can be; then
the facts, with as little in them as possible that is out of the ordinary; then whatever is not needed is left out.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Final, TypeGuard

from lawmodel.case.case import Case, Expectation
from lawmodel.dataclass import dataclass
from lawmodel.inputs import LAST_DAY, LAW_DATE, READING_PREFIX, Scalar, Valuation, is_calendar_day, reading_key
from lawmodel.inquiry.searching.found_case import facts_of, open_valuation, preferences, trimmed
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.resolve import DATED_KEY
from lawmodel.reasoning.solving.self_composition import Copy, Preference, Product
from lawmodel.reasoning.whole_law.distinguishing_search import DistinguishingSearch, grounds_differ
from lawmodel.reasoning.whole_law.every_stage import STAGE_KEY, of_every_law, of_law
from lawmodel.rulebook.model import Rulebook

DAYS_AFTER: Final = 30
"""So many days after the last day that the law names a case is decided of which the day does not matter."""

DATED: Final = 5
"""How much is given up for deciding a case on that day."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Under which law a case is looked at."""

    readings: Mapping[str, str] = field(default_factory=dict)
    """Those that are chosen."""
    on: datetime.date | None = None
    stage: str | None = None

    def expectation(self, question: str) -> Expectation:
        """An expectation that expects nothing yet."""
        return Expectation(question=question, readings=self.readings, on=self.on, stage=self.stage)

    def settled(self, rulebook: Rulebook) -> dict[str, Scalar]:
        """The inputs that are settled by it."""
        found = of_law(rulebook, self.stage or rulebook.ordinary_stage, self.on)
        for name, reading in rulebook.readings.items():
            option = self.readings.get(name, reading.default)
            if option is not None:
                found[reading_key(name)] = option
        if self.on is not None:
            found[LAW_DATE] = self.on.toordinal()
        return found


def as_ordinary_as_can_be(
    rulebook: Rulebook, search: DistinguishingSearch, case: Callable[[Sequence[str]], Values | None]
) -> Circumstances | None:
    """Circumstances under which there is a case, with as little as possible that is not as it is by default.

    ``case`` finds one with further literals of ``search``. None: there is none, which is a proof.
    """
    wishes: dict[str, str] = {}
    for name, reading in rulebook.readings.items():
        if reading.default is not None and search.reads(reading_key(name)):
            wishes[search.literal(reading_key(name), reading.default)] = reading_key(name)
    if search.reads(STAGE_KEY):
        wishes[search.literal(STAGE_KEY, rulebook.ordinary_stage)] = STAGE_KEY
    by_facts = search.reads(DATED_KEY)
    dated = by_facts or (search.reads(LAW_DATE) and search.reads(rulebook.law_date))
    if by_facts:
        wishes[search.literal(DATED_KEY, "by_facts")] = LAW_DATE
    elif dated:
        wishes[search.same(LAW_DATE, rulebook.law_date)] = LAW_DATE
    held = list(wishes)
    while (values := case(held)) is None:
        given_up = next((one for one in held if one in search.refuted_by()), None)
        if given_up is None:
            return None
        held.remove(given_up)
    for one in [one for one in wishes if one not in held]:  # giving up one may have made room for another
        if (further := case([*held, one])) is not None:
            values, held = further, [*held, one]
    given = {wishes[one] for one in held}
    if search.reads(STAGE_KEY) and STAGE_KEY not in given:
        for stage in reversed(rulebook.stages):  # the last at which there is such a case
            if (further := case([*held, search.literal(STAGE_KEY, stage.id)])) is not None:
                values = further
                break
    readings = {
        key.removeprefix(READING_PREFIX): str(value)
        for key, value in values.items()
        if key.removeprefix(READING_PREFIX) in rulebook.readings and key not in given
    }
    reached = values.get(STAGE_KEY, rulebook.ordinary_stage)
    on = values.get(LAW_DATE) if dated and LAW_DATE not in given else None
    return Circumstances(
        readings=readings,
        on=datetime.date.fromordinal(on) if isinstance(on, int) else None,
        stage=None if reached == rulebook.ordinary_stage else str(reached),
    )


def simplest_case(
    rulebook: Rulebook,
    sides: tuple[Copy, Copy],
    circumstances: Circumstances,
    in_outcome: bool,
    serves: Callable[[Case, Circumstances], bool],
) -> tuple[Case, Circumstances] | None:
    """The simplest case under these circumstances on which two sides part, and the readings that it needs chosen.

    ``serves`` says whether a case does what it is to do. None where no case is found that does. What else it does not
    need is still in it: `lightened` leaves it out.
    """
    settled = circumstances.settled(rulebook)
    values = {**open_valuation(rulebook).values, **of_every_law(rulebook)}
    same = {} if circumstances.on is not None else {LAW_DATE: rulebook.law_date}
    space = Product([replace(side, settled={**settled, **side.settled}) for side in sides], Valuation(values, same))
    conditions = [space.differ(0, 1) if in_outcome else grounds_differ(space)]
    wishes = [*preferences(rulebook, space.encoding.variables), *_wished_day(rulebook, space)]
    found = space.simplest(conditions, wishes)
    if found is None:
        return None
    case = _dated(rulebook, Case(facts=facts_of(rulebook, found, keep=(rulebook.law_date,)), presume=True))
    if not _serves(serves, case, circumstances):
        return None
    for name in circumstances.readings:
        fewer = replace(
            circumstances, readings={one: option for one, option in circumstances.readings.items() if one != name}
        )
        circumstances = fewer if _serves(serves, case, fewer) else circumstances
    return case, circumstances


def lightened(rulebook: Rulebook, case: Case, serves: Callable[[Case], bool]) -> Case:
    """The case without anything that can be left out while it serves, but for the day of the law."""

    def still(candidate: Case) -> bool:
        try:
            return serves(candidate)
        except ProblemsFound:
            return False

    return trimmed(case, {rulebook.law_date}, still)


def _wished_day(rulebook: Rulebook, space: Product) -> Iterator[Preference]:
    """That a case is decided when everything that the law names has passed."""
    if rulebook.law_date in space.encoding.variables:
        yield Preference(rulebook.law_date, DATED, value=_last_day(rulebook) + DAYS_AFTER)


def _last_day(rulebook: Rulebook) -> int:
    days = [step.date.toordinal() for one in rulebook.instruments.values() for step in one.steps]
    return max(days, default=datetime.date(2000, 1, 1).toordinal())


def _serves(serves: Callable[[Case, Circumstances], bool], case: Case, circumstances: Circumstances) -> bool:
    try:
        return serves(case, circumstances)
    except ProblemsFound:  # days that contradict each other
        return False


def _dated(rulebook: Rulebook, case: Case) -> Case:
    """The case with a day that dates the law, so that it is not decided by the law of today."""
    if rulebook.law_date in case.facts:
        return case
    days = [value for path, value in case.facts.items() if rulebook.facts[path].sort == "date" and _is_day(value)]
    decided = max([_last_day(rulebook), *days]) + DAYS_AFTER
    return replace(case, facts={**case.facts, rulebook.law_date: min(decided, LAST_DAY)})


def _is_day(value: object) -> TypeGuard[int]:
    return is_calendar_day(value)
