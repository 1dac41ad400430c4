"""How texts, tables and trees get to the screen: with the colours that the program gives them, and nothing else.

No character of a text steers the terminal (`lawmodel.safe_text`), since it is made safe before it is coloured. What is
coloured goes past the guard of the streams; so nothing is written with rich but here.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from lawmodel.safe_text import safe, unguarded


def write(to: Console, parts: Iterable[RenderableType]) -> None:
    """Write texts, tables and trees; no line ends in blanks, since answers are pasted into papers.

    A text that says ``no_wrap`` stays on one line however long it is.
    """
    with to.capture() as captured:
        for part in parts:
            to.print(_Safe(part), soft_wrap=isinstance(part, Text) and bool(part.no_wrap))
    stream = unguarded(to.file)
    for line in captured.get().splitlines():
        stream.write(line.rstrip() + "\n")


class _Safe:
    """What is to be shown, with its texts made safe once they are laid out; what the console adds to them stays."""

    def __init__(self, part: RenderableType) -> None:
        self.part = part

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for one in console.render(self.part, options):
            yield one if one.control else Segment(safe(one.text), one.style)
