"""Problems of input: what is wrong, where, and what to do about it.

Whoever reads files, or takes what a caller gives, collects all problems found, and raises them together as
`ProblemsFound`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import ClassVar, Final

from lawmodel.dataclass import dataclass
from lawmodel.safe_text import safe_line
from lawmodel.user_files import Unreadable, read_file
from lawmodel.when_used import expression_when_used

MOST_SHOWN: Final = 200
"""How many problems are rendered in one run; the rest are counted."""
LONGEST_NAME: Final = 80
_LONG_NAME = expression_when_used(rf"`([^`]{{{LONGEST_NAME}}})[^`]+`")


@dataclass(frozen=True)
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
    """The file; or, where something else was given, what that is called: an option, an argument of a function."""
    line: int = 0
    """0 where the file as a whole is meant."""
    column: int = 0

    json_keys: ClassVar[Mapping[str, str]] = {
        "message": "message",
        "mend": "mend",
        "file": "known_file",
        "line": "known_line",
        "column": "known_column",
    }

    @property
    def known_file(self) -> str | None:
        """The file; None for a mistake in the command itself."""
        return self.file or None

    @property
    def known_line(self) -> int | None:
        """The line, from 1; None where the file as a whole is meant."""
        return self.line or None

    @property
    def known_column(self) -> int | None:
        """The column, from 1; None where there is no line."""
        return self.column or None

    def heading(self) -> str:
        """``file:line:column`` as editors understand it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def render(self) -> str:
        """Place, message, the line with a caret, and the mend; nothing in it can steer a terminal."""
        lines = [safe_line(f"{self.heading()}: {self.message}")]
        lines += [f"  {one}" for one in self.excerpt()]
        lines.append(f"  {safe_line(self.mend)}")
        return "\n".join(lines)

    def excerpt(self) -> tuple[str, ...]:
        """The line of the file with its number, and a caret below it; nothing where there is no such line."""
        line = _line_of(self.file, self.line) if self.line else None
        if line is None:
            return ()
        start, number = max(0, self.column - 60), str(self.line)
        shown = safe_line(line[start : start + 110])
        return f"{number} | {shown}".rstrip(), f"{' ' * len(number)} | {' ' * (self.column - 1 - start)}^"


class ProblemsFound(ValueError):
    """What was given is wrong, in a file or in the arguments of a function: the one error of this kind.

    Holds every problem that was found, in the order of the files.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """The problems rendered (the first `MOST_SHOWN` of them), and how many there are."""
        return rendered(self.problems)


def rendered(problems: Sequence[Problem]) -> str:
    """Problems as the user reads them (the first `MOST_SHOWN` of them), and how many there are."""
    shown = "\n\n".join(problem.render() for problem in problems[:MOST_SHOWN])
    count = len(problems)
    rest = f" The first {MOST_SHOWN} are shown." if count > MOST_SHOWN else ""
    return f"{shown}\n\n{count:,} problem{'s' if count != 1 else ''} found.{rest}"


@dataclass(slots=True)
class Collector:
    """Gathers problems while reading goes on."""

    problems: list[Problem] = field(default_factory=list)
    _noted: set[Problem] = field(default_factory=set)

    def at(self, place: Place, message: str, mend: str) -> None:
        """Note a problem at a place in a file (once, however often it is met)."""
        self._note(Problem(with_short_names(message), mend, place.file, place.line, place.column))

    def of_file(self, file: Path | str, message: str, mend: str) -> None:
        """Note a problem of a file as a whole."""
        self._note(Problem(message, mend, str(file)))

    def _note(self, problem: Problem) -> None:
        if problem not in self._noted:
            self._noted.add(problem)
            self.problems.append(problem)

    def raise_if_any(self) -> None:
        """Raise `ProblemsFound` unless there are none."""
        if self.problems:
            raise ProblemsFound(self.problems)


def with_short_names(message: str) -> str:
    """A message in which no name is longer than `LONGEST_NAME`."""
    return _LONG_NAME.sub(r"`\1…`", message)


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A mend that names the nearest known names, whatever their case, or says ``otherwise``."""
    import difflib  # slow to load, and wanted only where something is wrong

    if len(name) > LONGEST_NAME:
        return otherwise
    every = list(known)
    near = [one for one in every if one.casefold() == name.casefold()][:2]
    near = near or difflib.get_close_matches(name, every, n=2, cutoff=0.6)
    return f"Did you mean {' or '.join(near)}?" if near else otherwise


def no_such(name: object, known: Iterable[str], given_as: str) -> Problem:
    """The problem of a name that is none of those known; ``given_as`` is what it was given as."""
    names = list(known)
    otherwise = f"There are: {listed(names)}." if names else "This rulebook has none."
    if not isinstance(name, str):
        return Problem(f"a name is needed, and this is {kind_of(name)}", otherwise, given_as)
    shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return Problem(f"there is no `{shown}`", did_you_mean(name, names, otherwise), given_as)


def kind_of(value: object) -> str:
    """What a value is, for a message: ``None``, or ``a list``."""
    return "None" if value is None else f"of the type {type(value).__name__}"


def path_of(given: object, given_as: str) -> Path:
    """A path, from a text or a path; raises `ProblemsFound` for anything else."""
    if isinstance(given, str | Path):
        return Path(given)
    raise ProblemsFound(
        [Problem(f"a path is needed, and this is {kind_of(given)}", "Give a text or a Path.", given_as)]
    )


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a row, cut off politely."""
    every = list(names)
    shown = ", ".join(every[:most])
    return shown if len(every) <= most else f"{shown}, and {len(every) - most} more"


def _line_of(file: str, line: int) -> str | None:
    try:
        text = read_file(file).decode("utf-8-sig", errors="replace")
    except Unreadable:
        return None
    lines = io.StringIO(text, newline=None).readlines()
    return lines[line - 1].rstrip("\n").replace("\t", " ") if line <= len(lines) else None
