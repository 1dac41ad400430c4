"""Problems of input: what is wrong, where, and what to do about it.

Every reader of files collects all problems it finds, and raises them together as `ProblemsFound`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, in words that a law student can act on."""

    message: str
    """What is wrong."""
    mend: str
    """What to do."""
    file: str
    line: int = 0
    """0 where the file as a whole is meant."""
    column: int = 0

    def heading(self) -> str:
        """``file:line:column`` as editors understand it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def render(self) -> str:
        """Place, message, the line with a caret, and the mend."""
        lines = [f"{self.heading()}: {self.message}"]
        excerpt = _line_of(self.file, self.line) if self.line else None
        if excerpt is not None:
            start = max(0, self.column - 60)
            shown = excerpt[start : start + 110]
            number = str(self.line)
            caret_at = self.column - 1 - start
            lines.append(f"  {number} | {shown}")
            lines.append(f"  {' ' * len(number)} | {' ' * caret_at}^")
        lines.append(f"  {self.mend}")
        return "\n".join(lines)


class ProblemsFound(Exception):
    """Input is wrong; holds every problem that was found, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column)))
        super().__init__(str(self))

    def __str__(self) -> str:
        """Every problem rendered, and how many there are."""
        shown = "\n\n".join(problem.render() for problem in self.problems)
        count = len(self.problems)
        return f"{shown}\n\n{count} problem{'s' if count != 1 else ''} found."


@dataclass(slots=True)
class Collector:
    """Gathers problems while reading goes on."""

    problems: list[Problem] = field(default_factory=list)

    def at(self, place: Place, message: str, mend: str) -> None:
        """Note a problem at a place in a file (once, however often it is met)."""
        problem = Problem(message, mend, place.file, place.line, place.column)
        if problem not in self.problems:
            self.problems.append(problem)

    def of_file(self, file: Path | str, message: str, mend: str) -> None:
        """Note a problem of a file as a whole."""
        self.problems.append(Problem(message, mend, str(file)))

    def raise_if_any(self) -> None:
        """Raise `ProblemsFound` unless there are none."""
        if self.problems:
            raise ProblemsFound(self.problems)


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A mend that names the nearest known names, or says ``otherwise``."""
    near = difflib.get_close_matches(name, list(known), n=2, cutoff=0.6)
    return f"Did you mean {' or '.join(near)}?" if near else otherwise


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a row, cut off politely."""
    every = list(names)
    shown = ", ".join(every[:most])
    return shown if len(every) <= most else f"{shown}, and {len(every) - most} more"


def _line_of(file: str, line: int) -> str | None:
    try:
        with open(file, encoding="utf-8-sig", errors="replace") as stream:
            for number, text in enumerate(stream, 1):
                if number == line:
                    return text.rstrip("\r\n").replace("\t", " ")
    except OSError:
        return None
    return None
