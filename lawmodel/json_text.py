"""JSON that somebody has written, read strictly, with the place of each value in it.

What is read is untrusted: size, depth and number of values are bounded, and nothing is called again for what lies
within. Refused is what the standard library lets through: keys that stand twice (also where only their Unicode form
tells them apart), numbers that are not whole or too large to be exact everywhere, and half of a character.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from dataclasses import field
from typing import Any, Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place, Problem, ProblemsFound
from lawmodel.when_used import expression_when_used

Path: TypeAlias = tuple[str | int, ...]
"""From the whole to a value in it: keys, and numbers from 0."""
MOST_NUMBER: Final = 2**53 - 1
"""Above it a floating-point number, which is what many languages have, cannot hold every whole number."""
_MOST_DIGITS: Final = len(str(MOST_NUMBER))
_BLANK: Final = expression_when_used(r"[ \t\n\r]*")
_TOKEN: Final = expression_when_used(
    r"(?P<mark>[\[\]{},:])|(?P<quote>\")|(?P<number>-?[0-9.eE+-]+)|(?P<word>[A-Za-z]+)"
)
_STRING: Final = expression_when_used(r"\"[^\"\\\x00-\x1f]*(?:\\.[^\"\\\x00-\x1f]*)*\"")
_WORDS: Final[dict[str, object]] = {"true": True, "false": False, "null": None}
_WHOLE: Final = expression_when_used(r"-?(?:0|[1-9][0-9]*)\Z")
_SYNTAX: Final = "Check the brackets, commas and quotation marks here and just before."


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is read."""

    characters: int
    values: int
    depth: int


@dataclass(slots=True)
class JsonText:
    """What a text holds, and where each value in it begins."""

    plain: Any
    file: str
    text: str
    starts: dict[Path, int] = field(default_factory=dict)
    _lines: list[int] = field(default_factory=list)
    """Where each line begins."""

    def place(self, path: Path) -> Place:
        """Where a value stands; of one that is not there, where that stands in which it is missing."""
        while path not in self.starts:
            path = path[:-1]
        return self.place_of(self.starts[path])

    def place_of(self, start: int) -> Place:
        """Line and column of a character."""
        if not self._lines:
            self._lines = [0, *(found.end() for found in re.finditer("\n", self.text))]
        line = bisect_right(self._lines, start)
        return Place(self.file, line, start - self._lines[line - 1] + 1)


@dataclass(slots=True)
class _Open:
    """An object or a list that is being read."""

    held: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    forms: set[str] = field(default_factory=set)
    """The keys so far, in form NFC."""


def read_json(text: str, file: str, what: str, bounds: Bounds) -> JsonText:
    """What a JSON text holds; raises `ProblemsFound` with the place. Linear in the text.

    ``what`` says in messages what was expected: a receipt.
    """
    if len(text) > bounds.characters:
        message = f"{what} has at most {bounds.characters:,} characters, and this has {len(text):,}"
        raise ProblemsFound([Problem(message, f"Name {what}.", file)])
    return _Reader(text, file, what, bounds).read()


class _Reader:
    def __init__(self, text: str, file: str, what: str, bounds: Bounds) -> None:
        self._text, self._what, self._bounds = text, what, bounds
        self._made = JsonText(None, file, text)
        self._stack: list[_Open] = []
        self._at = 0

    def read(self) -> JsonText:
        """The value that the text holds, and nothing after it."""
        self._value(())
        while self._stack:
            self._go_on(self._stack[-1])
        self._blank()
        if self._at != len(self._text):
            raise self._wrong("something stands after the end", _SYNTAX)
        return self._made

    def _go_on(self, within: _Open) -> None:
        """The next entry of an object or list, or its end."""
        is_object, is_first = isinstance(within.held, dict), not within.held
        mark = self._mark()
        if mark == ("}" if is_object else "]"):
            self._at += 1
            self._stack.pop()
            return
        if not is_first:
            if mark != ",":
                raise self._wrong("a comma is missing here", _SYNTAX)
            self._at += 1
        if isinstance(within.held, dict):
            within.key = key = self._key(within)
            self._value((*within.path, key))
        else:
            self._value((*within.path, len(within.held)))

    def _key(self, within: _Open) -> str:
        self._blank()
        start = self._at
        if self._mark() != '"':
            raise self._wrong("a key in quotation marks is missing here", _SYNTAX)
        key = self._string()
        form = unicodedata.normalize("NFC", key)
        if form in within.forms:
            self._at = start
            raise self._wrong(f"the key `{key}` stands twice in one object", "Remove or rename one of the two.")
        within.forms.add(form)
        if self._mark() != ":":
            raise self._wrong("a colon is missing here", _SYNTAX)
        self._at += 1
        return key

    def _value(self, path: Path) -> None:
        """A value, which goes where it belongs; of an object or list only the beginning."""
        self._blank()
        start, token = self._at, _TOKEN.match(self._text, self._at)
        self._made.starts[path] = start
        if len(self._made.starts) > self._bounds.values:
            raise self._wrong(f"{self._what} has at most {self._bounds.values:,} values", f"Name {self._what}.")
        kind = token.lastgroup if token is not None else None
        if token is None or (kind == "mark" and token[0] not in "[{"):
            raise self._wrong("a value is missing here", _SYNTAX)
        if kind == "quote":
            self._put(self._string())
            return
        self._at = token.end()
        if kind == "number":
            self._put(self._number(token[0], start))
        elif kind == "word":
            if token[0] not in _WORDS:
                self._at = start
                raise self._wrong(f"`{token[0][:40]}` is no value of JSON", "Put a text in quotation marks.")
            self._put(_WORDS[token[0]])
        else:
            made = _Open({} if token[0] == "{" else [], path)
            self._put(made.held)
            self._stack.append(made)
            if len(self._stack) > self._bounds.depth:
                self._at = start
                message = f"{self._what} is nested at most {self._bounds.depth} deep"
                raise self._wrong(message, f"Name {self._what}.")

    def _put(self, value: Any) -> None:
        if not self._stack:
            self._made.plain = value
            return
        within = self._stack[-1]
        if isinstance(within.held, dict):
            assert within.key is not None
            within.held[within.key] = value
        else:
            within.held.append(value)

    def _number(self, written: str, start: int) -> int:
        if _WHOLE.match(written) and len(written.lstrip("-")) <= _MOST_DIGITS and abs(int(written)) <= MOST_NUMBER:
            return int(written)
        self._at = start
        message = f"`{written[:40]}` is no whole number, or too large a one"
        raise self._wrong(message, "Give a whole number in digits.")

    def _string(self) -> str:
        start, token = self._at, _STRING.match(self._text, self._at)
        try:
            found = json.loads(token[0]) if token is not None else None
        except json.JSONDecodeError:
            found = None
        if token is None or found is None:
            raise self._wrong("this text is not as JSON has it", "Close it, and check what stands behind backslashes.")
        try:
            found.encode()
        except UnicodeEncodeError:
            raise self._wrong("half of a character is written in this text", "Take the escape out.") from None
        self._at = start + len(token[0])
        return str(found)

    def _mark(self) -> str:
        """The next character that is not blank; empty at the end."""
        self._blank()
        return self._text[self._at : self._at + 1]

    def _blank(self) -> None:
        found = _BLANK.match(self._text, self._at)
        assert found is not None
        self._at = found.end()

    def _wrong(self, message: str, mend: str) -> ProblemsFound:
        ends = self._at >= len(self._text)
        place = self._made.place_of(min(self._at, len(self._text)))
        if ends and not message.startswith(("the key", self._what)):
            message = "the text ends here, and something is still missing"
        return ProblemsFound([Problem(message, mend, place.file, place.line, place.column)])
