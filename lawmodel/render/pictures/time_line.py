"""A time line as two drawings: its lanes on one axis where there is room, the days one below the other elsewhere.

Both are made of the block alone: the same time line is the same drawing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from lawmodel.document import DayRange, Lane, LaneMark, LaneSpan, Text, TimeLine, plain, strong, text
from lawmodel.render.pictures.axis import WORTH_CUTTING, Axis
from lawmodel.render.pictures.svg import LINE, Line, drawing, line_width, put, shape, stroke, words, wrapped

WIDE: Final = 736.0
NARROW: Final = 328.0
"""The widths of the two drawings."""
LEFT: Final = 46.0
RIGHT: Final = 130.0
"""What is left beside the axis: there goes what has no beginning or no end, and at the right the last labels."""
LABEL: Final = 440.0
"""The widest label."""
LEAST_LABEL: Final = 118.0
"""No label is wrapped into less."""
GAP: Final = 10.0
"""Between labels beside each other."""
ROWS: Final = 60
"""Labels of one lane stand in so many rows at most before they share one."""
MOST_LABELS: Final = 40
"""Of a lane with more labels none is drawn: the list tells them."""
MOST_LANES: Final = 40
"""A time line with more lanes is not drawn, and told as a list alone."""
BAR: Final = 10.0
MARK: Final = 4.5


class Label(NamedTuple):
    """Words in a drawing: their lines, and where they stand."""

    lines: tuple[Line, ...]
    width: float
    """Of the longest line."""
    x: float
    """The left end of the lines."""
    anchor: float
    """Where that is on the axis of which they speak."""
    is_left: bool = False
    """Whether the lines end there, and not begin."""
    row: int = 0
    """The row of the last line, counted upwards from what they speak of."""

    @property
    def right(self) -> float:
        """The right end of the longest line."""
        return self.x + self.width

    @property
    def top_row(self) -> int:
        """The row of the first line."""
        return self.row + len(self.lines) - 1


def days_of(line: TimeLine) -> list[datetime.date]:
    """Every day that a time line names."""
    ranges = [one for lane in line.lanes for span in lane.spans for one in (span.first, span.last) if one is not None]
    ranges += [mark.day for lane in line.lanes for mark in lane.marks]
    days = [day for one in ranges for day in (one.first, one.last) if day is not None]
    return days if line.pointer is None else [*days, line.pointer]


def drawings(line: TimeLine) -> str:
    """The wide and the narrow drawing, of which the page shows one; nothing where no day is known, or too much is."""
    if not days_of(line) or len(line.lanes) > MOST_LANES:
        return ""
    return _Wide(line).drawn() + _Narrow(line).drawn()


def _description(line: TimeLine) -> str:
    lanes = "; ".join(plain(lane.title) for lane in line.lanes)
    pointed = f" {plain(line.pointer_says)}." if line.pointer_says else ""
    return f"Lanes: {lanes}.{pointed} The list below says the same."


class _Wide:
    """The lanes one below the other, on an axis from left to right."""

    def __init__(self, line: TimeLine) -> None:
        self.line = line
        self.axis = Axis(days_of(line), LEFT, WIDE - RIGHT)
        self.inside: list[str] = []

    def drawn(self) -> str:
        """The drawing."""
        top = LINE + 6.0 if self.line.pointer is not None else 0.0
        y = top
        for number_, lane in enumerate(self.line.lanes):
            if number_:
                self.inside.append(stroke("rule", (0, y), (WIDE, y)))
            y = self._lane(lane, y + 6) + 10
        before = [*self._ground(top, y), *self._pointer(y)]
        self.inside += self._scale(y)
        everything = [*before, *self.inside]
        return drawing("wide", WIDE, y + 30, self.line.title, _description(self.line), everything)

    def _ground(self, top: float, bottom: float) -> Iterator[str]:
        """Faint lines at the ticks."""
        for tick in self.axis.ticks():
            yield stroke("grid", (tick.x, top), (tick.x, bottom))

    def _pointer(self, bottom: float) -> Iterator[str]:
        if self.line.pointer is None:
            return
        x = self.axis.x(self.line.pointer)
        yield stroke("pointer", (x, LINE + 2), (x, bottom))
        lines = wrapped(self.line.pointer_says, WIDE)[:1]
        half = line_width(lines[0]) / 2 if lines else 0
        middle = min(max(x, half), WIDE - half)
        yield from (put(one, middle, LINE - 4, anchor="middle") for one in lines)

    def _scale(self, y: float) -> Iterator[str]:
        """The axis with its ticks and cuts."""
        yield stroke("axis", (0, y), (WIDE, y))
        for tick in self.axis.ticks():
            yield stroke("axis", (tick.x, y), (tick.x, y + 5))
            lines = wrapped(words(tick.says, "faint"), WIDE)
            half = line_width(lines[0]) / 2
            yield put(lines[0], min(max(tick.x, half), WIDE - half), y + 21, anchor="middle")
        for x in self.axis.cuts:
            yield stroke("gap", (x - 3, y), (x + 3, y))
            yield from (stroke("axis", (at - 3, y + 6), (at + 3, y - 6)) for at in (x - 4, x + 4))

    def _lane(self, lane: Lane, y: float) -> float:
        """Draw a lane from a height down; where it ends."""
        for one in wrapped(_titled(lane), WIDE):
            y += LINE
            self.inside.append(put(one, 0, y - 4, kind="words"))
        labels = placed(self._labels(lane))
        rows = max((one.top_row + 1 for one in labels), default=0)
        middle = y + rows * LINE + BAR
        if not (lane.spans or lane.marks):
            return y
        for label in labels:
            foot = middle - BAR - label.row * LINE
            self.inside.append(
                stroke("leader", (label.anchor, foot - LINE * len(label.lines) + 5), (label.anchor, middle))
            )
        self._steps(lane, middle)
        self.inside += [part for mark in lane.marks for part in self._unknown(mark.day, middle)]
        for span in lane.spans:
            self._span(span, middle)
        for mark in lane.marks:
            if mark.day.known is not None:
                self.inside += dot(mark, self.axis.x(mark.day.known), middle)
        for label in labels:
            for line, said in enumerate(reversed(label.lines)):
                foot = middle - BAR - (label.row + line) * LINE - 3
                x, anchor = (label.right, "end") if label.is_left else (label.x, "start")
                self.inside.append(put(said, x, foot, anchor=anchor, kind="words"))
        return middle + BAR / 2

    def _labels(self, lane: Lane) -> Iterator[Label]:
        if len(lane.spans) + len(lane.marks) > MOST_LABELS:
            return
        for span in lane.spans:
            if span.says:
                yield self._label(span.says, self._first(span.first) + 1, lasts=True)
        for mark in lane.marks:
            if mark.says:
                yield self._label(mark.says, self._anchor(mark.day))

    def _label(self, says: Text, anchor: float, *, lasts: bool = False) -> Label:
        """At the right of what it speaks of, above what lasts; or at the left, where it takes fewer lines."""
        at_right, at_left = WIDE - anchor - 4, anchor - 4
        right = wrapped(says, max(min(LABEL, at_right), LEAST_LABEL))
        left = wrapped(says, max(min(LABEL, at_left), LEAST_LABEL))
        fits = (
            len(right) < len(left) or (len(right) == len(left) and at_right >= at_left) or (lasts and len(right) <= 2)
        )
        if at_right >= LEAST_LABEL and (fits or at_left < LEAST_LABEL):
            return Label(right, _widest(right), anchor + 4, anchor)
        width = _widest(left)
        return Label(left, width, max(anchor - 4 - width, 0), anchor, is_left=True)

    def _anchor(self, day: DayRange) -> float:
        return (self._first(day) + self._last(day)) / 2

    def _first(self, day: DayRange | None) -> float:
        return 0.0 if day is None or day.first is None else self.axis.x(day.first)

    def _last(self, day: DayRange | None) -> float:
        return WIDE if day is None or day.last is None else self.axis.x(day.last)

    def _after(self, last: datetime.date | None) -> float:
        """The end of a day: what lasts until a day lasts that day too."""
        if last is None or last == datetime.date.max:
            return WIDE
        return self.axis.x(last + datetime.timedelta(days=1))

    def _steps(self, lane: Lane, y: float) -> None:
        """The way of a bill, from its first step to that by which it counts."""
        known = [mark.day.known for mark in lane.marks if mark.day.known is not None]
        if len(known) > 1 and any(mark.is_step for mark in lane.marks):
            self.inside.append(stroke("way", *((self.axis.x(day), y) for day in (min(known), max(known)))))

    def _span(self, span: LaneSpan, y: float) -> None:
        begin, end = self._first(span.first), WIDE if span.last is None else self._after(span.last.last)
        sure_from = 0.0 if span.first is None else None if span.first.last is None else self.axis.x(span.first.last)
        sure_to = WIDE if span.last is None else None if span.last.first is None else self._after(span.last.first)
        if span.is_law:
            if sure_from is not None and sure_to is not None:
                self.inside.append(stroke("force", (sure_from, y), (sure_to, y)))
            return
        high = y - BAR / 2
        is_sure = sure_from is not None and sure_to is not None and sure_from <= sure_to
        if not is_sure or (sure_from, sure_to) != (begin, end):
            self.inside.append(shape("maybe", "rect", x=begin, y=high, width=max(end - begin, 2), height=BAR))
        if is_sure and sure_from is not None and sure_to is not None:
            kind = "bar here" if any(one.style == "strong" for one in span.says) else "bar"
            self.inside.append(shape(kind, "rect", x=sure_from, y=high, width=max(sure_to - sure_from, 2), height=BAR))
            ends = [at for at, one in ((sure_from, span.first), (sure_to, span.last)) if one is not None]
            self.inside += [stroke("edge", (sure_from, at), (sure_to, at)) for at in (high, high + BAR)]
            self.inside += [stroke("edge", (at, high - 2), (at, high + BAR + 2)) for at in ends]

    def _unknown(self, day: DayRange, y: float) -> Iterator[str]:
        """A day that is not known: a broken line between its bounds."""
        if day.known is None:
            begin, end = self._first(day), self._last(day)
            yield stroke("unknown", (begin, y), (end, y))
            yield from (stroke("edge", (at, y - 4), (at, y + 4)) for at in (begin, end))


def dot(mark: LaneMark, x: float, y: float) -> Iterator[str]:
    """A known day: hollow where it only leads to what counts, with a broken ring where it is computed or disputed."""
    yield shape("step" if mark.is_step else "day", "circle", cx=x, cy=y, r=MARK)
    if mark.is_doubtful:
        yield shape("doubt", "circle", cx=x, cy=y, r=MARK + 3.5)


def placed(labels: Iterator[Label]) -> list[Label]:
    """The labels of a lane in rows, so that no two overlap, nor a line to one of them crosses another, where it can be.

    Each gets the lowest row that is free: those at the left of what they speak of from left to right, the others from
    right to left.
    """
    found: list[Label] = []
    for label in sorted(labels, key=lambda one: (not one.is_left, one.anchor if one.is_left else -one.anchor, one.x)):
        rows = (label._replace(row=row) for row in range(ROWS))
        free = [one for one in rows if not any(_overlap(one, other) for other in found)]
        if not free:  # as many as no lane has: above all others
            found.append(label._replace(row=max(other.top_row for other in found) + 1))
            continue
        found.append(next((one for one in free if not any(_cross(one, other) for other in found)), free[0]))
    return found


def _widest(lines: tuple[Line, ...]) -> float:
    return max(map(line_width, lines))


def _overlap(one: Label, other: Label) -> bool:
    beside = one.right + GAP <= other.x or other.right + GAP <= one.x
    return not beside and one.row <= other.top_row and other.row <= one.top_row


def _cross(one: Label, other: Label) -> bool:
    """Whether the line down from one of them goes through the other."""
    return any(
        low.x - 2 < high.anchor < low.right + 2 and low.row <= high.top_row and low.anchor != high.anchor
        for high, low in ((one, other), (other, one))
        if high.row >= low.row
    )


def _titled(lane: Lane) -> Text:
    said = text(strong(plain(lane.title)))
    return text(said, "  ", lane.remark) if lane.remark else said


# --- downward -----------------------------------------------------------------------------------------------------


class _Event(NamedTuple):
    """What stands at one height of the narrow drawing."""

    day: datetime.date | None
    says: Text
    lane: int
    mark: LaneMark | None
    span: LaneSpan | None


class _Narrow:
    """The days one below the other, each with what happens; the lanes are bars at the left."""

    def __init__(self, line: TimeLine) -> None:
        self.line = line
        self.pitch = min(16.0, 120.0 / max(len(line.lanes), 1))
        self.left = self.pitch * len(line.lanes) + 12
        self.inside: list[str] = []
        self.at: dict[datetime.date, float] = {}
        self.told: set[int] = set()
        self.of_lane: dict[tuple[int, datetime.date], float] = {}
        """Where a day stands, for all lanes and for one of which something is told then."""

    def drawn(self) -> str:
        """The drawing."""
        events = sorted(self._events(), key=lambda one: (one.day or datetime.date.min, one.lane))
        y, lane = 0.0, -1
        dots: list[str] = []
        leaders: list[str] = []
        for day, together in groupby(events, key=lambda one: one.day):
            y += 6
            if day is not None:
                self.at[day] = y + LINE / 2
            for event in together:
                at = y + LINE / 2
                y = self._told(event, y, is_other=event.lane != lane)
                if event.lane >= 0 and event.says:
                    leaders.append(stroke("leader", (self._x(event.lane), at), (self.left - 5, at)))
                lane = event.lane if event.says else lane
                if day is not None:
                    self.of_lane.setdefault((event.lane, day), at)
                if event.mark is not None and event.mark.day.known is not None:
                    dots += dot(event.mark, self._x(event.lane), at)
            if day is not None and day == self.line.pointer:
                self.inside.append(stroke("pointer", (0, self.at[day]), (self.left - 8, self.at[day])))
        bottom = y + 12
        bars = [part for at, one in enumerate(self.line.lanes) for part in self._bars(at, one, bottom)]
        everything = [*leaders, *bars, *self._cuts(), *self.inside, *dots]
        return drawing("narrow", NARROW, bottom, self.line.title, _description(self.line), everything)

    def _x(self, lane: int) -> float:
        return self.pitch * (lane + 0.5)

    def _events(self) -> Iterator[_Event]:
        if self.line.pointer is not None:
            yield _Event(self.line.pointer, self.line.pointer_says, -1, None, None)
        for number_, lane in enumerate(self.line.lanes):
            told = False
            for span in lane.spans:
                day = None if span.first is None else span.first.first or span.first.last
                if span.says:
                    yield _Event(day, span.says, number_, None, span)
                    told = True
                ends = () if span.last is None else (span.last.first, span.last.last)
                yield from (_Event(one, (), number_, None, span) for one in dict.fromkeys(ends) if one is not None)
            for mark in lane.marks:
                yield _Event(mark.day.first or mark.day.last, mark.says, number_, mark, None)
                told = True
            if not told and not lane.spans:
                yield _Event(None, (), number_, None, None)

    def _told(self, event: _Event, y: float, *, is_other: bool) -> float:
        """Put an event's words at a height; where they end."""
        said = event.says
        if event.lane >= 0 and is_other and (said or event.day is None):
            lane = self.line.lanes[event.lane]
            titled = text(strong(plain(lane.title))) if event.lane in self.told else _titled(lane)
            self.told.add(event.lane)
            lines = wrapped(titled, NARROW - self.left)
        else:
            lines = ()
        lines += wrapped(said, NARROW - self.left)
        for line in lines:
            y += LINE
            self.inside.append(put(line, self.left, y - 4, kind="words"))
        return y

    def _bars(self, number_: int, lane: Lane, bottom: float) -> Iterator[str]:
        x = self._x(number_)
        for span in lane.spans:
            begin, end = self._height(number_, span.first, 0), self._height(number_, span.last, bottom, is_end=True)
            is_sure = all(one is None or one.known is not None for one in (span.first, span.last))
            here = " here" if any(one.style == "strong" for one in span.says) else ""
            kind = "force-down" if span.is_law else f"bar{here}" if is_sure else "maybe"
            wide = 4.0 if span.is_law else 8.0
            yield shape(kind, "rect", x=x - wide / 2, y=begin, width=wide, height=max(end - begin, 3))
        known = [self.of_lane[number_, day] for mark in lane.marks if (day := mark.day.known) is not None]
        if len(known) > 1 and any(mark.is_step for mark in lane.marks):
            yield stroke("way", (x, min(known)), (x, max(known)))
        for mark in lane.marks:
            if mark.day.known is None:
                begin, end = self._height(number_, mark.day, 0), self._height(number_, mark.day, bottom, is_end=True)
                yield stroke("unknown", (x, begin), (x, max(end, begin + 6)))

    def _height(self, lane: int, day: DayRange | None, otherwise: float, *, is_end: bool = False) -> float:
        named = None if day is None else day.last if is_end else day.first
        if named is None:
            return otherwise
        return self.of_lane.get((lane, named), self.at.get(named, otherwise))

    def _cuts(self) -> Iterator[str]:
        """Where more than a year passes between two days, and nothing happens."""
        for (one, _), (other, below) in pairwise(sorted(self.at.items())):
            if (other - one).days > WORTH_CUTTING:
                y = below - LINE / 2 - 3
                yield from (stroke("axis", (0, y + at + 2), (self.left - 8, y + at - 2)) for at in (-2, 2))
