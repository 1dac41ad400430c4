"""Words in a drawing: how much room they take, where their lines end, and the elements of SVG they are put in.

A drawing has no style of its own but classes, which the page's style sheet knows, and attributes; no script, and
nothing that is fetched. Every text of a user's is escaped, and made safe.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, NamedTuple, TypeAlias

from lawmodel.document import Span, Style, Text
from lawmodel.safe_text import safe

SIZE: Final = 13
"""The size of letters, in the units of a drawing, one of which is shown as about a pixel."""
LINE: Final = 17
"""From one line of text to the next."""
CHARACTER: Final = 0.56
"""How wide a letter is taken to be, as a part of its size: a mean of the wider sans-serif letters of the page."""
LARGE: Final = 0.65
"""The same of digits and capitals."""
STRONG: Final = 1.1
"""How much wider strong letters are."""
_CLASSES: Final[dict[Style, str]] = {
    "plain": "",
    "strong": "strong",
    "faint": "faint",
    "reading": "reading",
    "identifier": "identifier",
}
WIDEST: Final = 0.9
"""The same of the widest letters."""
_WORD: Final = re.compile(r"\S+\s*|\s+")
_PART: Final = re.compile(r"[^-]*-+|[^-]+")


class StyledWord(NamedTuple):
    """A word in one style, with the blanks after it."""

    says: str
    style: Style


Line: TypeAlias = tuple[StyledWord, ...]


def words_width(says: str, style: Style = "plain") -> float:
    """How much room words take: those of East Asia a whole square each, marks on letters none."""
    letters = 0.0
    for one in says:
        if unicodedata.combining(one):
            continue
        if unicodedata.east_asian_width(one) in "WF":
            letters += 1
        else:
            letters += WIDEST if one in "mwMW@%…" else LARGE if one.isdigit() or one.isupper() else CHARACTER
    return SIZE * letters * (STRONG if style in ("strong", "reading") else 1)


def line_width(line: Line) -> float:
    """How much room a line takes, without the blanks at its end."""
    if not line:
        return 0.0
    *before, last = line
    return sum(words_width(*one) for one in before) + words_width(last.says.rstrip(), last.style)


def wrapped(said: Text, width: float) -> tuple[Line, ...]:
    """A text in lines that take at most so much room; a word is broken only where it is longer than a line.

    It is broken after a hyphen if it has one, else anywhere.
    """
    lines: list[list[StyledWord]] = [[]]
    taken = 0.0
    for unit in _units(said):
        for part in (unit,) if line_width(unit) <= width else _broken(unit, width):
            if lines[-1] and taken + line_width(part) > width:
                lines.append([])
                taken = 0.0
            lines[-1] += part
            taken += sum(words_width(*one) for one in part)
    return tuple(tuple(line) for line in lines if line)


def _units(said: Text) -> Iterator[Line]:
    """What is kept on one line: the words up to the next blank, in whatever styles."""
    unit: list[StyledWord] = []
    for span in said:
        for found in _WORD.findall(safe(span.text).replace("\n", " ")):
            if unit and unit[-1].says[-1:].isspace():
                yield tuple(unit)
                unit = []
            unit.append(StyledWord(found, span.style))
    if unit:
        yield tuple(unit)


def _broken(unit: Line, width: float) -> Iterator[Line]:
    """The parts of what is longer than a line."""
    most = max(1, int(width / (SIZE * STRONG)))
    for word in unit:
        for part in _PART.findall(word.says):
            pieces = [part] if words_width(part.rstrip(), word.style) <= width else _cut(part, most)
            yield from ((StyledWord(one, word.style),) for one in pieces)


def _cut(part: str, most: int) -> list[str]:
    return [part[at : at + most] for at in range(0, len(part), most)]


def put(line: Line, x: float, y: float, *, anchor: str = "start", kind: str = "") -> str:
    """A line of text at a place; ``anchor`` says which of its ends is there."""
    pieces = "".join(
        f'<tspan class="{_CLASSES[word.style]}">{escaped(word.says)}</tspan>' if _CLASSES[word.style] else said
        for word in _joined(line)
        for said in (escaped(word.says),)
    )
    named = f' class="{kind}"' if kind else ""
    ended = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text{named} x="{number(x)}" y="{number(y)}"{ended}>{pieces}</text>'


def _joined(line: Line) -> Iterable[StyledWord]:
    """The words of a line, those in one style together; without blanks at its end.

    Blanks belong to what stands before them: not every program that draws keeps those that an element begins with.
    """
    found: list[StyledWord] = []
    for word in line:
        if found and (found[-1].style == word.style or word.says.isspace()):
            found[-1] = StyledWord(found[-1].says + word.says, found[-1].style)
        else:
            found.append(word)
    if found:
        found[-1] = StyledWord(found[-1].says.rstrip(), found[-1].style)
    return found


def words(says: str, style: Style = "plain") -> Text:
    """A text in one style."""
    return (Span(says, style),)


def shape(kind: str, tag: str, **attributes: float | str) -> str:
    """An element of a drawing without content, of a class."""
    held = "".join(
        f' {name}="{value if isinstance(value, str) else number(value)}"' for name, value in attributes.items()
    )
    return f'<{tag} class="{kind}"{held}/>'


def stroke(kind: str, *points: tuple[float, float]) -> str:
    """A line through several points."""
    there = " ".join(f"{'L' if at else 'M'}{number(x)} {number(y)}" for at, (x, y) in enumerate(points))
    return shape(kind, "path", d=there)


def drawing(kind: str, width: float, height: float, title: str, description: str, inside: Sequence[str]) -> str:
    """A drawing of its own, told by its title and description to whoever does not see it."""
    return (
        f'<svg class="{kind}" role="img" viewBox="0 0 {number(width)} {number(height)}">'
        f"<title>{escaped(title)}</title><desc>{escaped(description)}</desc>{''.join(inside)}</svg>"
    )


def escaped(says: str) -> str:
    """No character of a text becomes an element, or steers."""
    return escape(safe(says), quote=True)


def number(value: float) -> str:
    """A number to a tenth, without what it does not need."""
    return f"{value:.1f}".removesuffix(".0")
