"""A picture on paper, whatever its kind: its drawing, its width, and what is read to whoever does not see it."""

from __future__ import annotations

from typing import assert_never

from lawmodel.document import Ladder, Picture, TimeLine
from lawmodel.render.pictures import ladder, time_line


def drawings(picture: Picture) -> str:
    """The drawings of a picture, for a page and for a narrow screen."""
    match picture:
        case TimeLine():
            return time_line.drawings(picture)
        case Ladder():
            return ladder.drawings(picture)
        case _:
            assert_never(picture)


def share_of_page(picture: Picture) -> float:
    """How much of the width of a page a picture takes: a ladder has few words on a line."""
    return 0.8 if isinstance(picture, Ladder) else 1


def alternative(picture: Picture) -> str:
    """What is read in the place of the drawing; the same as a list stands below it."""
    return f"{picture.title}. The list below says the same."
