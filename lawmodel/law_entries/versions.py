"""The versions of a provision: the stretches of days on which it is law, each with an id that can be cited.

An id names the first of these days, and does not claim it: the day may be computed. It is no official one. For that
stand the number and the address of a source.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from typing import ClassVar, Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, LAW_DATE
from lawmodel.law_entries.standing import LawOn
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import Atom, OneOf, atoms_of, inputs_in
from lawmodel.rulebook.dateline import dates, latest_step
from lawmodel.rulebook.model import DateCertainty, Provision, Reading, Rulebook
from lawmodel.value_object import ValueObject

SCHEME: Final = "lawmodel"
ALWAYS: Final = "always"
"""In place of a day: law on every day that is modelled."""
NEVER: Final = "never"
"""In place of a day: of what is law on no day, and has reached no stage."""
OF_VERSION: Final = re.compile(r"(?:lawmodel:(?:[a-z0-9-]+/)?)?(?P<name>[^@/]+)@(?P<since>[^@/]+)")
"""An id as it is typed, with or without what stands before the provision."""


@dataclass(frozen=True, slots=True)
class Version(ValueObject):
    """A stretch of days on which a provision is law, or may be; or a bill, which is law on none."""

    id: str
    """As it is cited: ``lawmodel:ru/PROVISION@DAY``."""
    first: datetime.date | None
    """None: since before every day that is modelled; or it is law on no day."""
    last: datetime.date | None
    """None: for all that is known it goes on; or it is law on no day."""
    is_law: bool | None
    """None: that is open. False: a bill."""
    certainty: DateCertainty | None = None
    """How sure the first day is, where it is that of an instrument."""
    replaces: tuple[str, ...] = ()
    """The ids that it had in earlier editions: the day was corrected, or the provision was called otherwise."""

    json_optional: ClassVar[tuple[str, ...]] = ("certainty", "replaces")

    @property
    def since(self) -> str:
        """What stands behind the @."""
        return self.id.rpartition("@")[2]

    @property
    def name(self) -> str:
        """The id without what stands before the provision."""
        return self.id.rpartition("/")[2].removeprefix(f"{SCHEME}:")


def versions_of(law: LawOn, provision: Provision) -> tuple[Version, ...]:
    """The versions of a provision in the order of their days; ``law``: that in force.

    Readings are taken by default; where it is law on no day then, those on which it may be by another reading.
    """
    rulebook = law.rulebook
    return tuple(replace(one, replaces=_replaced(rulebook, provision, one)) for one in _versions(law, provision))


def _replaced(rulebook: Rulebook, provision: Provision, version: Version) -> tuple[str, ...]:
    return tuple(f"{prefix(rulebook)}{one.was}" for one in provision.earlier_ids if one.now == version.since)


def _versions(law: LawOn, provision: Provision) -> tuple[Version, ...]:
    rulebook = law.rulebook
    found = [one for one in _stretches(law, provision, read_anyhow=False) if one[0] is not False]
    found = found or [one for one in _stretches(law, provision, read_anyhow=True) if one[0] is not False]
    versions = []
    for is_law, first, last in found:
        sure = None if first is None else _certainty(rulebook, provision, first)
        versions.append(Version(_id(rulebook, provision, _named_since(first, last)), first, last, is_law, sure))
    return tuple(versions) or (Version(_id(rulebook, provision, _stage(rulebook, provision)), None, None, False),)


def option_id(rulebook: Rulebook, reading: Reading, option: str) -> str:
    """The id of an option of a reading, as it is cited."""
    return f"{prefix(rulebook)}reading/{reading.id}/{option}"


def prefix(rulebook: Rulebook) -> str:
    """What stands before every id of a rulebook."""
    return f"{SCHEME}:{rulebook.jurisdiction}/" if rulebook.jurisdiction else f"{SCHEME}:"


def _id(rulebook: Rulebook, provision: Provision, since: str) -> str:
    return f"{prefix(rulebook)}{provision.id}@{since}"


def _named_since(first: datetime.date | None, last: datetime.date | None) -> str:
    if first is not None:
        return first.isoformat()
    return ALWAYS if last is None else f"until-{last.isoformat()}"


def _stage(rulebook: Rulebook, provision: Provision) -> str:
    """The stage that the instrument of a provision has reached, which is not in force."""
    if provision.enacted_by is None:
        return NEVER
    reached = latest_step(rulebook.instruments[provision.enacted_by], datetime.date.max)
    return NEVER if reached is None else reached.stage


def _certainty(rulebook: Rulebook, provision: Provision, day: datetime.date) -> DateCertainty | None:
    """How sure the day is on which a provision becomes law."""
    named = [provision.enacted_by] if provision.enacted_by is not None else list(rulebook.instruments)
    steps = (step for name in named for step in dates(rulebook.instruments[name]))
    return next((step.certainty for step in steps if step.date == day), None)


_Stretch: TypeAlias = tuple[bool | None, datetime.date | None, datetime.date | None]


def _stretches(law: LawOn, provision: Provision, *, read_anyhow: bool) -> Iterator[_Stretch]:
    """The days of the calendar in stretches on which it is law, is not, or may be."""
    formula = law.in_force(provision)
    turns = {day for atom in atoms_of([formula]) for day in _turning(atom, law)}
    borders = [FIRST_DAY, *sorted(day for day in turns if FIRST_DAY < day <= LAST_DAY), LAST_DAY + 1]
    pieces = [
        (law.is_in_force(provision, first, read_anyhow=read_anyhow), first, after - 1)
        for first, after in pairwise(borders)
    ]
    for is_law, alike in groupby(pieces, key=lambda piece: piece[0]):
        joined = list(alike)
        yield is_law, _day(joined[0][1], FIRST_DAY), _day(joined[-1][2], LAST_DAY)


def _day(number: int, end: int) -> datetime.date | None:
    return None if number == end else datetime.date.fromordinal(number)


def _turning(atom: Atom, law: LawOn) -> Iterator[int]:
    """The days of the law on which a comparison turns true or false: one, since days have an order."""
    if LAW_DATE not in inputs_in(atom):
        return
    if isinstance(atom, OneOf):
        yield from (day + more for day in atom.values if isinstance(day, int) for more in (0, 1))
        return
    truth, values = meaning(atom), dict(law.by_default)

    def differs(day: int) -> bool:
        return truth({**values, LAW_DATE: day}, NO_RECORD) != truth({**values, LAW_DATE: FIRST_DAY}, NO_RECORD)

    yield FIRST_DAY + bisect_left(range(FIRST_DAY, LAST_DAY + 1), True, key=differs)
