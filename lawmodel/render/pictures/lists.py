"""What a picture shows, as a list: for whoever does not see it, and for formats that do not draw."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from lawmodel.document import (
    DayRange,
    Item,
    Items,
    Joint,
    Ladder,
    Lane,
    Picture,
    ReasonStep,
    Rung,
    Span,
    Steps,
    Text,
    TimeLine,
    faint,
    text,
)

JOINED: Final[dict[Joint, str]] = {
    "all": "all of this",
    "any": "one of these is enough",
    "count": "",
    "open": "one of these is the law, and it is open which",
}
"""What is said of conditions that are joined so; of a count it is said already."""


def as_list(picture: Picture) -> Items | Steps:
    """The lanes of a time line, each with what happens in the order of days; the rungs of a ladder as steps."""
    if isinstance(picture, Ladder):
        return Steps(tuple(_step(rung) for rung in picture.rungs))
    return Items(tuple(_lanes(picture)))


def _lanes(line: TimeLine) -> Iterator[Item]:
    if line.pointer is not None:
        yield Item(line.pointer_says)
    for lane in line.lanes:
        inside = tuple(Item(said) for said in _said(lane))
        remark = text(": ", lane.remark) if lane.remark else ()
        title = text(*(Span(one.text, "strong", one.link) for one in lane.title))
        yield Item(text(title, remark), blocks=(Items(inside),) if inside else ())


def _said(lane: Lane) -> list[Text]:
    """What lasts, and what happens, by its first day."""
    dated = [(_order(one.first), one.says) for one in lane.spans if one.says]
    dated += [(_order(one.day), one.says) for one in lane.marks]
    return [said for _, said in sorted(dated, key=lambda one: one[0])]


def _order(day: DayRange | None) -> datetime.date:
    """What has no beginning, or none that is known, comes first; a day that is not known where its bound is."""
    return datetime.date.min if day is None else day.first or day.last or datetime.date.min


def _step(rung: Rung) -> ReasonStep:
    said = text("→ ", rung.says) if rung.is_end else rung.says
    if rung.rungs and (joined := JOINED[rung.joint]) and not (said and rung.joint == "all"):
        said = text(said, ": " if said else "", faint(joined))
    return ReasonStep(said, rung.truth, steps=tuple(_step(one) for one in rung.rungs))
