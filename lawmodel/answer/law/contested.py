"""The points of a rulebook on which sources differ, and the dates that are not certain."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lawmodel.answer.law.law_view import LawView
from lawmodel.rulebook.model import Ceases, OtherDate, Reading, SourceRef, Step
from lawmodel.rulebook.uses import Node
from lawmodel.rulebook.written import as_written


@dataclass(frozen=True, slots=True)
class DoubtfulDate:
    """A step of an instrument whose date is derived, open, or stated with a remark."""

    instrument: str
    stage: str | None
    """None where the instrument ceases."""
    date: datetime.date
    certainty: str
    remark: str | None
    sources: tuple[SourceRef, ...]
    disputed_by: tuple[OtherDate, ...] = ()

    @property
    def uncertain(self) -> bool:
        """Whether the date was derived or is open; otherwise there is only a remark on it."""
        return self.certainty in ("derived", "open")

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "instrument": self.instrument,
            "stage": self.stage,
            "date": self.date.isoformat(),
            "certainty": self.certainty,
            "uncertain": self.uncertain,
            "disputed_by": as_written(self.disputed_by),
            "remark": self.remark,
            "sources": as_written(self.sources),
        }


def doubtful_dates(view: LawView) -> Iterator[DoubtfulDate]:
    """The steps whose date is derived or open, or has a remark."""
    for name, instrument in view.rulebook.instruments.items():
        last = () if instrument.ceases is None else (instrument.ceases,)
        steps: tuple[Step | Ceases, ...] = (*instrument.steps, *last)
        for step in steps:
            stage = step.stage if isinstance(step, Step) else None
            found = DoubtfulDate(
                name,
                stage,
                step.date,
                step.certainty,
                step.remark,
                step.sources or instrument.sources,
                step.disputed_by if isinstance(step, Step) else (),
            )
            if found.uncertain or found.disputed_by or found.remark:
                yield found


def reading_to_json(view: LawView, reading: Reading) -> dict[str, Any]:
    """A reading with its options, its standing, and the provisions and concepts that it bears on."""
    node = Node("reading", reading.id)
    return {
        **as_written(reading),
        "open": reading.default is None,
        "options": [{"supported_by": [], **as_written(option)} for option in reading.options],
        "read_by": [{"kind": user.kind, "id": user.id} for user in view.uses.users(node)],
        "provisions": list(view.uses.provisions(node)),
    }


def contested_to_json(view: LawView) -> dict[str, Any]:
    """Every contested point as plain data."""
    return {
        "law": view.law_to_json(),
        "readings": [reading_to_json(view, reading) for reading in view.rulebook.readings.values()],
        "dates": [date.to_json() for date in doubtful_dates(view)],
    }
