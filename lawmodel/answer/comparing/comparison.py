"""Answers compared: what each comes to, and the answer under every reading in the fewest rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from lawmodel.rulebook.model import Question, Rulebook
from lawmodel.value_object import ValueObject, in_brief, summary

AtDefaults: TypeAlias = Literal["throughout", "partly", "no"]


@dataclass(frozen=True, slots=True)
class Compared(ValueObject):
    """The case, the question and the law that answers are compared on."""

    rulebook: Rulebook
    case: str
    title: str
    question: str
    law_date: str | None
    """The day of the law that the case itself is decided by; None where it is not known."""
    stage: str
    chosen: Mapping[str, str]
    """The readings that the user chose and that bear on the question, each with its option."""

    def __repr__(self) -> str:
        case = in_brief(self.title or self.case)
        return summary(self, f"{self.question} at {self.stage}, law of {self.law_date}:", case)

    @property
    def asked(self) -> Question:
        """The question."""
        return self.rulebook.questions[self.question]

    def described(self, comparison: object, by: str, rows: int) -> str:
        """The `repr` of a comparison."""
        return summary(comparison, f"by {by} of {self.question}, {rows} rows:", in_brief(self.title or self.case))

    def to_json(self, by: str) -> dict[str, Any]:
        """The keys that every comparison begins with."""
        return {
            "case": self.case,
            "question": self.question,
            "by": by,
            "law": {"date": self.law_date, "stage": self.stage},
            "chosen": dict(self.chosen),
        }


@dataclass(frozen=True, slots=True)
class Gist(ValueObject):
    """What an answer comes to, without its explanation."""

    possible: tuple[str, ...]
    """Every outcome that some completion reaches, the strongest first."""
    grounds: tuple[str, ...] = ()
    """Where one outcome is certain: the provisions that support it throughout."""
    further_grounds: tuple[str, ...] = ()
    """Provisions that support it in some of the cases that are held together here, and not in all."""
    follows: tuple[tuple[str, bool], ...] = ()
    """The consequences beside the outcome that follow or may, and whether they follow throughout."""

    @property
    def concluded(self) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]:
        """The outcomes and what follows beside them, whatever the grounds."""
        return self.possible, self.follows

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "possible": list(self.possible),
            "grounds": list(self.grounds),
            "further_grounds": list(self.further_grounds),
            "consequences": [{"id": name, "certain": certain} for name, certain in self.follows],
        }


Options: TypeAlias = Mapping[str, tuple[str, ...]]
"""Readings, each with the options that it has; what is not named may be read in any way."""


@dataclass(frozen=True, slots=True)
class ReadingRow(ValueObject):
    """The answer under some readings, whatever the others are."""

    gist: Gist
    readings: Options
    """Empty where it is the row of what remains, or the only one."""
    otherwise: bool
    """Whether this is the row of all readings that no other row holds."""
    at_defaults: AtDefaults
    """Whether the readings taken by default are in this row; those without a default may be any."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            **self.gist.to_json(),
            "readings": {name: list(options) for name, options in self.readings.items()},
            "otherwise": self.otherwise,
            "at_defaults": self.at_defaults,
        }


@dataclass(frozen=True, slots=True)
class Clause(ValueObject):
    """An answer, and when it is the answer: under some one of these readings."""

    gist: Gist
    conditions: tuple[Options, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            **self.gist.to_json(),
            "if": [{name: list(options) for name, options in each.items()} for each in self.conditions],
        }


@dataclass(frozen=True, slots=True)
class ReadingComparison(ValueObject):
    """The answer under every reading that matters."""

    about: Compared
    bearing: tuple[str, ...]
    """The readings that bear on the question and were let go."""
    matter: tuple[str, ...]
    """Those of which some change alone changes the answer under some choice of the others."""
    defaults: Mapping[str, str | None]
    """The option of each reading that was let go that is taken by default; None: it has no default."""
    rows: tuple[ReadingRow, ...]
    fewest: bool
    """Whether it is certain that fewer rows would not do."""
    at_defaults: tuple[Clause, ...]
    """The answer at the defaults, for each way to read what has no default."""
    departures: tuple[Clause, ...]
    """What the answer is instead: the first of these that is true; if none is, that at the defaults."""

    def __repr__(self) -> str:
        return self.about.described(self, "reading", len(self.rows))

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            **self.about.to_json("reading"),
            "bearing": list(self.bearing),
            "matter": list(self.matter),
            "defaults": {name: self.defaults[name] for name in self.matter},
            "rows": [row.to_json() for row in self.rows],
            "fewest": self.fewest,
            "at_defaults": [clause.to_json() for clause in self.at_defaults],
            "departures": [clause.to_json() for clause in self.departures],
        }
