"""When a provision is law, what happened to the laws that it rests on, and since when its text is read how."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from lawmodel.document import DayRange, Lane, LaneMark, LaneSpan, TimeLine, faint, text
from lawmodel.documents.time_line import instrument_lane
from lawmodel.law_entries.provision_entries import ProvisionEntry
from lawmodel.words.law import day


def time_line_of(one: ProvisionEntry) -> TimeLine | None:
    """The time line of a provision; None where no day is known of it."""
    rulebook, law = one.view.rulebook, one.view.law
    instruments = (rulebook.instruments[name] for name in one.ids("instrument"))
    lanes = (
        Lane(text(one.written.citation), tuple(_spans(one))),
        *(instrument_lane(rulebook, law.stage, instrument) for instrument in instruments),
        *_readings(one),
    )
    dated = any(lane.marks or any(span.first or span.last for span in lane.spans) for lane in lanes)
    return TimeLine("Since when", lanes, law.date, text(faint(one.view.law_in_words))) if dated else None


def _spans(one: ProvisionEntry) -> Iterator[LaneSpan]:
    for version in one.versions:
        if version.is_law is not False:
            since = None if version.first is None else f"from {day(version.first)}"
            until = None if version.last is None else f"until {day(version.last)}"
            when = " ".join(filter(None, (since, until))) or "on every day that is modelled"
            says = text("law" if version.is_law else "law by another reading", faint(f", {when}"))
            yield LaneSpan(_on(version.first), _on(version.last), says, is_law=bool(version.is_law))


def _readings(one: ProvisionEntry) -> Iterator[Lane]:
    """Of each reading that the provision itself names: since when its options are held."""
    direct = {node.id for node in one.view.uses.direct.get(one.node, ()) if node.kind == "reading"}
    for name in one.reading_ids:
        reading = one.view.rulebook.readings[name]
        marks = tuple(
            LaneMark(_day(option.held.since), text(faint(f"{day(option.held.since)}  "), option.id), is_step=True)
            for option in reading.options
            if option.held is not None
        )
        if name in direct and marks:
            yield Lane(text("Reading ", faint(name)), marks=marks)


def _on(date: datetime.date | None) -> DayRange | None:
    return None if date is None else _day(date)


def _day(date: datetime.date) -> DayRange:
    return DayRange(date, date)
