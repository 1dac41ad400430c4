"""Drawings read back: where the words and the points of a picture are."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import combinations

from lawmodel.document import Ladder, Picture
from lawmodel.render.pictures import ladder, time_line
from lawmodel.render.pictures.svg import SIZE, words_width


class Drawn(HTMLParser):
    """A drawing: where its words and its points are."""

    def __init__(self, drawn: str) -> None:
        super().__init__()
        self.words: list[tuple[float, float, float, str]] = []
        """Each with its left and right end and its line."""
        self.points: list[tuple[float, float]] = []
        self.classes: list[str] = []
        self.said = ""
        self.box = (0.0, 0.0)
        self._text: dict[str, str] | None = None
        self._pieces: list[tuple[str, str]] = []
        self._style = ""
        self._open: list[str] = []
        self.feed(drawn)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        assert not {"style", "id"} & set(held)
        assert not any(name.startswith("on") for name in held)
        self._open.append(tag)
        self.classes.append(held.get("class", ""))
        if tag == "svg":
            _, _, width, height = map(float, held["viewbox"].split())
            self.box = width, height
        if tag == "text":
            self._text, self._pieces = held, []
        self._style = held["class"] if tag == "tspan" else ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.classes.append(held.get("class", ""))
        if tag == "path":
            found = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", held["d"])
            self.points += [(float(x), float(y)) for x, y in found]
        elif tag == "circle":
            self.points.append((float(held["cx"]), float(held["cy"])))
        else:
            assert tag == "rect"
            x, y, width, height = (float(held[name]) for name in ("x", "y", "width", "height"))
            assert width > 0
            assert height > 0
            self.points += [(x, y), (x + width, y + height)]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self._style = ""
        if tag == "text" and self._text is not None:
            x, y = float(self._text["x"]), float(self._text["y"])
            wide = sum(
                words_width(words, "strong" if style in ("strong", "reading") else "plain")
                for words, style in self._pieces
            )
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[self._text.get("text-anchor", "start")]
            self.words.append((left, left + wide, y, "".join(words for words, _ in self._pieces)))
            self._text = None

    def handle_data(self, data: str) -> None:
        self.said += data
        if self._text is not None:
            self._pieces.append((data, self._style))


def drawn(picture: Picture) -> list[Drawn]:
    """Each drawing of a picture by itself."""
    found = ladder.drawings(picture) if isinstance(picture, Ladder) else time_line.drawings(picture)
    return [Drawn(one) for one in re.findall(r"<svg.*?</svg>", found, re.DOTALL)]


def in_order(one: Drawn) -> None:
    """Nothing beyond the edges, and no words on others."""
    width, height = one.box
    for x, y in one.points:
        assert -0.2 <= x <= width + 0.2
        assert -0.2 <= y <= height + 0.2
    for left, right, y, says in one.words:
        assert left >= -0.2, says
        assert right <= width + 1, says
        assert SIZE - 3 <= y <= height, says
    for (left, right, y, says), (other_left, other_right, other_y, other) in combinations(one.words, 2):
        is_beside = right <= other_left + 0.2 or other_right <= left + 0.2
        assert is_beside or abs(y - other_y) >= SIZE, (says, other)
