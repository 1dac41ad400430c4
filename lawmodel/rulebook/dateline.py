"""The date line of an instrument: when it reached a stage, and what that day is."""

from __future__ import annotations

import datetime

from lawmodel.rulebook.model import Instrument, Rulebook, Step


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
