"""Text from outside, made safe to show: the one place that knows what could steer a terminal.

A character **steers** if a terminal obeys it (the control characters), or if it turns the order in which letters are
shown (the embeddings, overrides and isolates of Unicode's bidirectional text), or if no screen can show it (half of a
surrogate pair). Marks that a script needs, such as those of right-to-left writing (U+200E, U+200F) or the joiners
(U+200C, U+200D), do none of this and are let through.

Files that hold such a character are refused where they are read. Whatever is shown all the same (file names, values
from a command line, what a library says) goes through `Guarded`, or through `lawmodel.render.terminal`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TextIO

from lawmodel.when_used import expression_when_used


class Unprintable:
    """A regular expression that matches nothing without a character that cannot be printed.

    Of a text without one it is known at once that it does not match, and the expression need not even be compiled.
    """

    __slots__ = ("_but_new_lines", "_expression")

    def __init__(self, pattern: str, flags: int = 0, *, but_new_lines: bool = False) -> None:
        """``but_new_lines``: new lines are not enough for a match."""
        self._expression = expression_when_used(pattern, flags)
        self._but_new_lines = but_new_lines

    def _cannot_match(self, text: str) -> bool:
        return text.isprintable() or (self._but_new_lines and text.replace("\n", "").isprintable())

    def search(self, text: str) -> re.Match[str] | None:
        """As that of an expression."""
        return None if self._cannot_match(text) else self._expression.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """As that of an expression."""
        return None if self._cannot_match(text) else self._expression.match(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As that of an expression."""
        return text if self._cannot_match(text) else self._expression.sub(replacement, text)


_STEERS: Final = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff"
STEERING: Final = Unprintable(f"[{_STEERS}]", but_new_lines=True)
"""One character that steers. New lines and tabs are none: they are what a text of several lines is made of."""
UNSHOWN: Final = Unprintable(f"[{_STEERS}\\t\\n\\xad\\u180e\\u200b\\u2060-\\u206f\\ufeff\\U000e0000-\\U000e007f]")
"""One character that has no place in a name: it steers, is invisible without need, or ends the line."""
SIGN: Final = "\N{REPLACEMENT CHARACTER}"


def safe(text: str) -> str:
    """The text with a visible sign for each character that steers."""
    return STEERING.sub(SIGN, text)


def safe_line(text: str) -> str:
    """The text on one line, with a visible sign for each character that has no place in a name."""
    return UNSHOWN.sub(SIGN, text)


def json_text(plain: Any, indent: int | None = None) -> str:
    """Plain data as JSON in which no character steers: they are escaped, so that what is read back is the same."""
    import json  # wanted only where JSON is

    text = json.dumps(plain, ensure_ascii=False, indent=indent)
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class Guarded:
    """A stream for the screen through which no character gets that steers, whoever writes.

    What the program itself has coloured, or shows in place of a line, goes to `unguarded` with its texts made safe.
    """

    def __init__(self, stream: TextIO) -> None:
        self.unguarded = stream

    def write(self, text: str) -> int:
        """Write the text, made safe; how many characters that were."""
        return self.unguarded.write(safe(text))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of the texts, made safe."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer" and sys.platform == "win32":  # by which click would write to the console past the guard
            raise AttributeError(name)
        return getattr(self.unguarded, name)


@contextmanager
def guarded_screen() -> Iterator[None]:
    """Put a guard before standard output and standard error for a while."""
    before: tuple[Any, Any] = sys.stdout, sys.stderr
    guards: list[Any] = [None if stream is None else Guarded(stream) for stream in before]
    sys.stdout, sys.stderr = guards
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def unguarded(stream: Any) -> Any:
    """The stream itself, for whoever has made safe what is written."""
    return stream.unguarded if isinstance(stream, Guarded) else stream
