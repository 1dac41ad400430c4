"""Answers counted: how often each outcome, by what the cases have in common; and what differs between two runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any, ClassVar

from lawmodel.batch.counting.answer_files import APART, CannotTabulate, answer_sets, described, of_set
from lawmodel.batch.counting.counting import Counting
from lawmodel.batch.rows.answers import DEPENDS, said_by
from lawmodel.dataclass import dataclass
from lawmodel.problems import did_you_mean, listed
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class TabulatedGroup(ValueObject):
    """The cases that have something in common, and how many of them have each outcome."""

    labels: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class MovedCases(ValueObject):
    """The cases with one outcome in the first run and another in the second, or with other grounds."""

    labels: tuple[str, ...]
    before: str
    after: str
    gained: tuple[str, ...]
    """Grounds that only the second run has."""
    lost: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Difference(ValueObject):
    """What moved to the answers of another run on the same cases."""

    about: Mapping[str, Any]
    """What the other file says of its run."""
    moved: tuple[MovedCases, ...]

    json_keys: ClassVar[Mapping[str, str]] = {"moved": "moved"}


@dataclass(frozen=True, slots=True)
class Tabulated(ValueObject):
    """A table of counts."""

    about: Mapping[str, Any]
    """What the file says of its run: the question, the law, the readings."""
    by: tuple[str, ...]
    outcomes: tuple[str, ...]
    """Those that occur, the strongest first."""
    groups: tuple[TabulatedGroup, ...]
    total: int
    """How many cases there are."""
    sets: int = 1
    """How many answers are counted of each."""
    says: Mapping[str, str] = field(default_factory=dict)
    """What each outcome that occurs in either run says of the subject of the question."""
    difference: Difference | None = None
    """To another run, where these answers are compared with one."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "question": "question",
        "by": "by",
        "total": "total",
        "outcomes": "outcomes",
        "says": "says",
        "groups": "groups",
    }
    json_merged: ClassVar[tuple[str, ...]] = ("difference",)

    @property
    def question(self) -> str:
        """The id of the question."""
        return str(self.about["question"])

    @property
    def moved(self) -> tuple[MovedCases, ...]:
        """What moved to the other run; nothing where there is none."""
        return () if self.difference is None else self.difference.moved


def tabulate(
    rulebook: Rulebook,
    answers: Path,
    *,
    cases: Path | None = None,
    by: Sequence[str] = (),
    only: str | None = None,
    against: Path | str | None = None,
) -> Tabulated:
    """Count answers by columns of their own file (``ground``, ``status``), or by facts of the cases.

    A field of a list (``list.field``) is all its values in a case, joined; a day counts by its year. Where the file has
    several sets of answers, they are told apart by ``reading`` and ``telling``; ``only`` names the one that is counted.
    ``against`` is a second run on the same cases, or (a text) a set of the same file: what moved is counted too.
    Raises `CannotTabulate`.
    """
    about = described(answers)
    if about["question"] not in rulebook.questions:
        raise CannotTabulate(
            f"{answers}: this rulebook has no question `{about['question']}`. Name the one of the run."
        )
    sets = answer_sets(about)
    other_set = against if isinstance(against, str) else None
    chosen = _chosen(answers, sets, only, other_set)
    by = [*by, *(name for name in APART if name not in by and len({one.get(name) for one in chosen.values()}) > 1)]
    if len(chosen) == 1:
        about = of_set(about, *chosen)
    counting = Counting(rulebook, answers, cases, chosen)
    labels = [counting.label(name) for name in by]
    order = [*(one.id for one in rulebook.questions[about["question"]].outcomes), DEPENDS]
    counted: dict[tuple[str, ...], dict[str, int]] = {}
    for *label, outcome, count in counting.rows(labels):
        counted.setdefault(tuple(label), {})[outcome] = count
    groups = [
        TabulatedGroup(label, {name: found[name] for name in order if name in found})
        for label, found in counted.items()
    ]
    ranks = {value: rank for rank, one in enumerate(sets.values()) for value in one.values()}
    groups.sort(key=lambda one: (-one.total, [(ranks.get(label, 0), label) for label in one.labels]))
    occurring = tuple(name for name in order if any(name in one.counts for one in groups))
    says = {name: said for name, said in said_by(rulebook, about["question"]).items() if name in occurring}
    found = Tabulated(about, tuple(by), occurring, tuple(groups), counting.count(), max(len(chosen), 1), says)
    if against is None:
        return found
    other = of_set(about, other_set) if other_set else described(Path(against))
    if other["question"] != about["question"]:
        raise CannotTabulate(f"{against}: it answers `{other['question']}`, and the first `{about['question']}`.")
    theirs = {other_set: sets[other_set]} if other_set else _theirs(str(against), answer_sets(other), chosen)
    if len(theirs) == 1 and not other_set:
        other = of_set(other, *theirs)
    moved = [
        MovedCases(tuple(label), before, after, _split(gained), _split(lost), count)
        for *label, before, after, gained, lost, count in counting.against(
            answers if other_set else Path(against), theirs, labels
        )
    ]
    moved.sort(key=lambda one: (-one.count, one.labels, one.before, one.after))
    occurring = (*occurring, *(one.after for one in moved))
    says = {name: said for name, said in said_by(rulebook, about["question"]).items() if name in occurring}
    return replace(found, says=says, difference=Difference(other, tuple(moved)))


def _chosen(
    answers: Path, sets: Mapping[str, Mapping[str, str]], only: str | None, other: str | None
) -> dict[str, Mapping[str, str]]:
    """The sets that are counted: the one that was named, or all but the one that they are compared with."""
    for name in (only, other):
        if name is not None and name not in sets:
            hint = did_you_mean(name, sets, f"Its sets are: {listed(sets)}." if sets else "It has only one set.")
            what = "there is no such file, and no" if name == other else "it has no"
            raise CannotTabulate(f"{answers}: {what} set of answers `{name}`. {hint}")
    chosen = {name: one for name, one in sets.items() if (only or name) == name and name != other}
    if sets and not chosen:
        raise CannotTabulate(f"`{other}` is compared with itself. Name another set of answers.")
    return chosen


def _theirs(
    against: str, sets: dict[str, dict[str, str]], chosen: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Mapping[str, str]]:
    """The sets of another run that these are compared with: the only one, or those of the same names."""
    if len(sets) <= 1:
        return sets
    if not chosen or not set(chosen) <= set(sets):
        raise CannotTabulate(
            f"{against}: its sets of answers are {listed(sets)}. Compare a run with the same sets, or with only one."
        )
    return {name: sets[name] for name in chosen}


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()
