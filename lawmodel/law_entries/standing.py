"""What counts as law on a day, and why: instruments, and the provisions that they bring or end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Final

from lawmodel.cached_property import cached_property
from lawmodel.dataclass import dataclass
from lawmodel.inputs import LAW_DATE, Value, reading_key
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import TRUE, All, Formula, Named
from lawmodel.reasoning.resolve import resolve
from lawmodel.rulebook.condition import CountsAsLaw, NotThis, StatedPart, Switch, parts_of
from lawmodel.rulebook.dateline import became_law, counts_as_law, latest_step, wording
from lawmodel.rulebook.model import Instrument, Provision, Rulebook
from lawmodel.value_object import ValueObject
from lawmodel.words.law import day

NO_LONGER: Final = "law no longer"


@dataclass(frozen=True, slots=True)
class Standing(ValueObject):
    """Whether something is law."""

    is_law: bool | None
    """None: that is open."""
    says: str
    """Since or until when, and why."""


class LawOn:
    """The law of one day, for bills that reached one stage, under the default readings."""

    def __init__(
        self,
        rulebook: Rulebook,
        date: datetime.date,
        stage: str | None = None,
        certainty: Mapping[str, str] | None = None,
    ) -> None:
        """``certainty``: words for how sure a date is; without them it is told as the rulebook has it."""
        self.rulebook = rulebook
        self.date = date
        self.stage = stage or rulebook.ordinary_stage
        self._certainty = certainty or {}
        self._stage_says = {one.id: one.says for one in rulebook.stages}

    def instrument(self, instrument: Instrument) -> Standing:
        """Whether an instrument counts as law, and since or until when."""
        since = became_law(self.rulebook, instrument, self.stage)
        is_law = counts_as_law(self.rulebook, instrument, self.stage, self.date)
        wanted = self._stage_says[self.stage]
        if instrument.ceases is not None and instrument.ceases.date <= self.date:
            return Standing(
                False, f"{NO_LONGER} since {day(instrument.ceases.date)} ({self._sure(instrument.ceases.certainty)})"
            )
        if since is None:
            latest = latest_step(instrument, self.date)
            so_far = f", {self._stage_says[latest.stage]} {day(latest.date)}" if latest else ""
            return Standing(False, f"not known to be {wanted}{so_far}")
        ordinary = since.stage == self.rulebook.ordinary_stage
        word = ("" if is_law else "only ") + (("since" if is_law else "from") if ordinary else "on")
        return Standing(
            is_law, f"{self._stage_says[since.stage]} {word} {day(since.date)} ({self._sure(since.certainty)})"
        )

    def provision(self, provision: Provision) -> Standing:
        """Whether a provision is in force; where it rests on an open reading or on a fact, that is open."""
        if provision.id not in self._in_force:
            return Standing(True, "in force on every day that is modelled")
        is_law = self.is_in_force(provision, self.date.toordinal())
        return Standing(is_law, "; ".join(dict.fromkeys(self._reasons(provision, is_law))))

    def in_force(self, provision: Provision) -> Formula:
        """When a provision is in force, as a formula of the day of the law, of facts and of readings."""
        return self._in_force.get(provision.id, TRUE)

    def is_in_force(self, provision: Provision, day: int, *, read_anyhow: bool = False) -> bool | None:
        """Whether a provision is in force under the law of a day; None: that is open.

        With ``read_anyhow`` no reading is taken by default.
        """
        values = dict.fromkeys(self.by_default) if read_anyhow else self.by_default
        return meaning(self.in_force(provision))({**values, LAW_DATE: day}, NO_RECORD)

    def _sure(self, certainty: str) -> str:
        return self._certainty.get(certainty, certainty)

    def _reasons(self, provision: Provision, is_law: bool | None) -> Iterator[str]:
        instruments = self.rulebook.instruments
        if provision.enacted_by is not None:
            yield f"{provision.enacted_by}: {self.instrument(instruments[provision.enacted_by]).says}"
        if provision.in_force is not None:
            yield from self._reasons_in(provision.in_force)
        if provision.repealed_by is not None:
            repeal = self.instrument(instruments[provision.repealed_by])
            yield f"{'ended' if repeal.is_law else 'not ended'} by {provision.repealed_by}, {repeal.says}"

    def _reasons_in(self, stated: StatedPart) -> Iterator[str]:
        match stated:
            case Switch(name, branches, otherwise):
                reading = self.rulebook.readings[name]
                if reading.default is None:
                    yield f"reading {name}: open"
                    for branch in parts_of(stated):
                        yield from self._reasons_in(branch)
                    return
                yield f"reading {name}: {reading.default} (default)"
                chosen = branches.get(reading.default, otherwise)
                assert chosen is not None
                yield from self._reasons_in(chosen)
            case CountsAsLaw(name, version):
                instrument = self.rulebook.instruments[name]
                worded = wording(instrument, self.date)
                other = f" (the wording is {worded or 'none'}, not {version})"
                yield f"{name}: {self.instrument(instrument).says}" + (other if version and version != worded else "")
            case NotThis(part):
                yield from (f"not: {reason}" for reason in self._reasons_in(part))
            case _:  # of a test of a fact there is nothing to say: no case is asked about
                for inner in parts_of(stated):
                    yield from self._reasons_in(inner)

    @cached_property
    def by_default(self) -> dict[str, Value]:
        """The values of a case of which nothing is known, under the default readings and the law of the day."""
        values: dict[str, Value] = dict.fromkeys(self.rulebook.facts)
        for name, reading in self.rulebook.readings.items():
            values[reading_key(name)] = reading.default
        values[LAW_DATE] = self.date.toordinal()
        return values

    @cached_property
    def _in_force(self) -> dict[str, Formula]:
        """The condition of being in force, of those provisions that have one."""
        found: dict[str, Formula] = {}
        for question in self.rulebook.questions:
            for rule in resolve(self.rulebook, question, self.stage, dated="by_choice").rules:
                parts = rule.applies.parts if isinstance(rule.applies, All) else (rule.applies,)
                for part in parts:
                    if isinstance(part, Named) and part.kind == "in-force" and part.id == rule.id:
                        found[rule.id] = part
        return found
