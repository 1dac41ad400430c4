"""A ladder as two drawings, a wide and a narrow one: the conditions from the top down, and how far a case gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from lawmodel.document import Ladder, Rung, faint, text
from lawmodel.render.pictures.svg import LINE, Line, drawing, line_width, put, shape, stroke, wrapped

WIDE: Final = 600.0
NARROW: Final = 328.0
LEAST_COLUMN: Final = 150.0
"""Alternatives stand side by side if each has so much room, else one below the other."""
BESIDE: Final = 12.0
"""Between columns, and between a frame and what is in it."""
DROP: Final = 12.0
"""From one rung to the next."""
MARK_COLUMN: Final = 22.0
BOX: Final = 300.0
RAIL: Final = 8.0
MOST_DRAWN: Final = 60
"""A ladder of more boxes is not drawn, and told as a list alone."""
DEEPEST: Final = 6
"""Conditions that are joined deeper are one box: the list tells them."""

Reached: TypeAlias = Literal["path", "perhaps", "wire"]
"""Whether the case gets there: it does, nobody knows, or it does not (or there is no case)."""


def drawings(ladder: Ladder) -> str:
    """The wide and the narrow drawing, of which the page shows one; nothing where there are too many boxes."""
    if _boxes(ladder.rungs) > MOST_DRAWN:
        return ""
    return _Drawing(ladder, WIDE).drawn("wide") + _Drawing(ladder, NARROW).drawn("narrow")


def _boxes(rungs: Sequence[Rung]) -> int:
    return sum(_boxes(rung.rungs) if rung.rungs else 1 for rung in rungs)


class _Drawing:
    def __init__(self, ladder: Ladder, width: float) -> None:
        self.ladder, self.width = ladder, width
        self.has_case = any(rung.truth is not None for rung in ladder.rungs)
        self.wires: dict[Reached, list[str]] = {"wire": [], "perhaps": [], "path": []}
        self.boxes: list[str] = []
        self.level = 0

    def drawn(self, kind: str) -> str:
        """The drawing."""
        start = (self.width / 2, 8.0)
        reached: Reached = "path" if self.has_case else "wire"
        bottom, _ = self._series(self.ladder.rungs, 1, 12, self.width - 2, reached)
        self.boxes.append(shape("start", "circle", cx=start[0], cy=start[1], r=4))
        inside = [*self.wires["wire"], *self.wires["perhaps"], *self.wires["path"], *self.boxes]
        description = "Conditions from the top down: one below the other, all of them; side by side, alternatives."
        if self.has_case:
            description += " The thick line is the way of the case."
        return drawing(
            kind, self.width, bottom + 2, self.ladder.title, f"{description} The list below says the same.", inside
        )

    def _wire(self, reached: Reached, *points: tuple[float, float]) -> None:
        self.wires[reached].append(stroke(reached, *points))

    def _series(
        self, rungs: Sequence[Rung], x: float, y: float, width: float, reached: Reached
    ) -> tuple[float, Reached]:
        """Rungs one below the other, each with a wire that leads to it; where they end, and whether the case does."""
        middle = x + width / 2
        for rung in rungs:
            self._wire(reached, (middle, y), (middle, y + DROP))
            y, reached = self._rung(rung, x, y + DROP, width, reached)
        return y, reached

    def _rung(self, rung: Rung, x: float, y: float, width: float, reached: Reached) -> tuple[float, Reached]:
        if not rung.rungs or self.level == DEEPEST:
            return self._box(rung, x, y, width, reached)
        self.level += 1
        found = (self._frame if rung.says else self._inside)(rung, x, y, width, reached)
        self.level -= 1
        return found

    def _inside(self, rung: Rung, x: float, y: float, width: float, reached: Reached) -> tuple[float, Reached]:
        if rung.joint == "all" or len(rung.rungs) == 1:
            bottom, _ = self._series(rung.rungs, x, y, width, reached)
        else:
            fits = len(rung.rungs) <= 3 and (width - BESIDE * (len(rung.rungs) - 1)) / len(rung.rungs) >= LEAST_COLUMN
            into = [_into(one, rung, reached) for one in rung.rungs]
            bottom = (self._columns if fits else self._rails)(rung.rungs, into, x, y, width)
        return bottom, _after(rung, reached)

    def _frame(self, rung: Rung, x: float, y: float, width: float, reached: Reached) -> tuple[float, Reached]:
        """What belongs together, under what it belongs to."""
        head = wrapped(rung.says, width - 2 * BESIDE)
        at = len(self.boxes)
        self._lines(head, x + BESIDE, y + 5)
        below = y + 8 + LINE * len(head)
        middle = x + width / 2
        is_short = all(line_width(line) < width / 2 - BESIDE - 8 for line in head)
        if is_short:
            self._wire(reached, (middle, y), (middle, below))
        inner = (x + BESIDE, below, width - 2 * BESIDE)
        bottom, _ = self._inside(rung, *inner, reached)
        after = _after(rung, reached)
        if not _is_end(rung):
            self._wire(after, (middle, bottom), (middle, bottom + BESIDE))
        bottom += BESIDE
        self.boxes.insert(at, shape("frame", "rect", x=x, y=y, width=width, height=bottom - y, rx=3))
        return bottom, after

    def _columns(self, rungs: Sequence[Rung], into: Sequence[Reached], x: float, y: float, width: float) -> float:
        """Alternatives side by side."""
        wide = (width - BESIDE * (len(rungs) - 1)) / len(rungs)
        places = [x + number * (wide + BESIDE) for number in range(len(rungs))]
        top, middle = y + DROP / 2, x + width / 2
        branches = list(zip(rungs, places, into, strict=True))
        begins = [top if _is_series(rung) else top + DROP for rung in rungs]
        ends = [self._rung(rung, at, y, wide, there) for (rung, at, there), y in zip(branches, begins, strict=True)]
        bottom = max(end for end, _ in ends) + DROP
        for (rung, at, there), begin, (end, after) in zip(branches, begins, ends, strict=True):
            own = at + wide / 2
            self._wire(there, (middle, y), (middle, top), (own, top), (own, begin))
            if not _is_end(rung):
                self._wire(after, (own, end), (own, bottom), (middle, bottom))
        return bottom if not all(map(_is_end, rungs)) else bottom - DROP

    def _rails(self, rungs: Sequence[Rung], into: Sequence[Reached], x: float, y: float, width: float) -> float:
        """Alternatives one below the other, between two rails: from the left into each, and out to the right."""
        middle, left, right = x + width / 2, x, x + width
        top = y + DROP / 2
        outs: list[tuple[Reached, float]] = []
        at = top
        for rung, there in zip(rungs, into, strict=True):
            line = at + DROP / 2
            end, after = self._rung(rung, left + RAIL + 4, line + DROP / 2, width - 2 * RAIL - 8, there)
            down = ((left, top), (left, line), (middle, line), (middle, line + DROP / 2))
            self._wire(there, (middle, y), (middle, top), *down)
            at = end + DROP / 2
            if not _is_end(rung):
                self._wire(after, (middle, end), (middle, at), (right, at))
                outs.append((after, at))
        bottom = at + DROP / 2
        for after, out in outs:
            self._wire(after, (right, out), (right, bottom), (middle, bottom))
        return bottom

    def _box(self, rung: Rung, x: float, y: float, width: float, reached: Reached) -> tuple[float, Reached]:
        """A condition with its mark; or what follows."""
        mark = 0.0 if rung.truth is None and not rung.is_end else MARK_COLUMN
        wide = min(width, BOX)
        after = _after(rung, reached)
        stops = reached == "path" and rung.truth == "not met" and not rung.is_end
        lines = wrapped(rung.says or text("several conditions"), wide - mark - 18)
        if stops:
            lines += wrapped(text(faint("here it ends")), wide - mark - 18)
        left = x + (width - wide) / 2
        high = LINE * len(lines) + 12
        kind = {"met": "met", "not met": "unmet", "not known": "open", None: "said"}[rung.truth]
        self.boxes.append(
            shape(f"box {kind}{' end' if rung.is_end else ''}", "rect", x=left, y=y, width=wide, height=high, rx=2)
        )
        self._lines(lines, left + 9 + mark, y + 5)
        self.boxes += _mark(rung, left + 10, y + high / 2)
        return y + high, after

    def _lines(self, lines: Sequence[Line], x: float, y: float) -> None:
        for at, line in enumerate(lines, 1):
            self.boxes.append(put(line, x, y + at * LINE - 4))


def _mark(rung: Rung, x: float, y: float) -> list[str]:
    """A tick, a cross, a question mark; of what follows a square, full where it does."""
    if rung.is_end:
        kind = {"met": "full", "not met": "empty", "not known": "open", None: "empty"}[rung.truth]
        return [shape(f"outcome {kind}", "rect", x=x, y=y - 5, width=10, height=10)]
    match rung.truth:
        case "met":
            return [stroke("sign", (x, y), (x + 4, y + 4), (x + 11, y - 5))]
        case "not met":
            return [stroke("sign", (x, y - 5), (x + 10, y + 5)), stroke("sign", (x, y + 5), (x + 10, y - 5))]
        case "not known":
            return [put(wrapped(text("?"), 99)[0], x + 1, y + 5, kind="strong")]
        case None:
            return []


def _is_series(rung: Rung) -> bool:
    """Whether it begins with a wire of its own."""
    return bool(rung.rungs) and not rung.says and (rung.joint == "all" or len(rung.rungs) == 1)


def _is_end(rung: Rung) -> bool:
    """Whether nothing comes after it: what follows stands at its end, or at that of each of its alternatives."""
    ends = rung.rungs[-1:] if rung.joint == "all" else rung.rungs
    return rung.is_end or (bool(ends) and all(map(_is_end, ends)))


def _into(rung: Rung, group: Rung, reached: Reached) -> Reached:
    """How the case gets into an alternative: where one is met only into those that are, else as far as it goes."""
    if group.joint == "open":
        return "perhaps" if reached == "path" else reached
    if rung.truth == "not met" and any(one.truth != "not met" for one in group.rungs):
        return "wire"
    return "perhaps" if rung.truth == "not known" and reached == "path" else reached


def _after(rung: Rung, reached: Reached) -> Reached:
    """Whether the case gets past a rung that it reaches so."""
    if reached == "wire" or rung.truth in ("not met", None):
        return "wire"
    return "perhaps" if rung.truth == "not known" else reached
