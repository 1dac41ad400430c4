"""The date line of an instrument: when it reached a stage, what wording it has on a day, which dates are doubtful."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Final

from lawmodel.rulebook.model import Ceases, Instrument, Rulebook, Step

DOUBTFUL: Final = ("derived", "open")
"""The certainties of dates that no source states."""


def became_law(rulebook: Rulebook, instrument: Instrument, stage: str) -> Step | None:
    """The first step by which an instrument reached a stage, or a stage after it; None if it never did."""
    order = [one.id for one in rulebook.stages]
    reached = [step for step in instrument.steps if order.index(step.stage) >= order.index(stage)]
    return min(reached, key=lambda step: step.date, default=None)


def counts_as_law(rulebook: Rulebook, instrument: Instrument, stage: str, day: datetime.date) -> bool:
    """Whether an instrument counts as law on a day, for bills that reached ``stage``."""
    since = became_law(rulebook, instrument, stage)
    ceased = instrument.ceases is not None and instrument.ceases.date <= day
    return since is not None and since.date <= day and not ceased


def latest_step(instrument: Instrument, day: datetime.date) -> Step | None:
    """The last step that an instrument had taken by a day."""
    taken = [step for step in instrument.steps if step.date <= day]
    return taken[-1] if taken else None


def wording(instrument: Instrument, day: datetime.date) -> str | None:
    """The version of an instrument on a day; None where it has none yet."""
    worded = [step.version for step in instrument.steps if step.version is not None and step.date <= day]
    return worded[-1] if worded else None


def is_doubtful(dated: Step | Ceases) -> bool:
    """Whether a date is derived or open, or a source gives another."""
    return dated.certainty in DOUBTFUL or (isinstance(dated, Step) and bool(dated.disputed_by))


def dates(instrument: Instrument) -> tuple[Step | Ceases, ...]:
    """All dates of an instrument, in their order."""
    return (*instrument.steps, *([] if instrument.ceases is None else [instrument.ceases]))


def moved_with(instrument: Instrument, dated: Step | Ceases, day: datetime.date) -> tuple[Step | Ceases, ...] | None:
    """The dates of an instrument that are wrong too if one of them lies on the wrong side of a day, this one included.

    What has happened by a day had happened after the steps before it, so a date takes along those that would come out
    of order. None where one of these is certain, or where there is no later day: then this date is on the right side.
    """
    every = dates(instrument)
    here = next(number for number, one in enumerate(every) if one is dated)
    if dated.date <= day:
        along = tuple(one for one in every[here:] if one.date <= day)
    else:
        along = tuple(one for one in every[: here + 1] if one.date > day)
    no_later = dated.date <= day == datetime.date.max
    return None if no_later or not all(map(is_doubtful, along)) else along


def with_moved(instrument: Instrument, moved: tuple[Step | Ceases, ...], day: datetime.date) -> Instrument:
    """The instrument with these dates on the other side of a day: on the day itself, or on the next."""

    def other(dated: Step | Ceases) -> datetime.date:
        if not any(dated is one for one in moved):
            return dated.date
        return day if dated.date > day else day + datetime.timedelta(days=1)

    steps = tuple(replace(step, date=other(step)) for step in instrument.steps)
    ceases = instrument.ceases
    return replace(instrument, steps=steps, ceases=None if ceases is None else replace(ceases, date=other(ceases)))
