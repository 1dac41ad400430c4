"""Answers counted: how often each outcome, by what the cases have in common; and what differs between two runs.

The counting is done by DuckDB, which reads the files itself and holds none of them in memory. Names of columns are
checked against the rulebook and quoted; nothing else of a file gets into a statement.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow.parquet as pq

from lawmodel.batch.answers import DEPENDS
from lawmodel.batch.columns import WORD
from lawmodel.batch.written import METADATA
from lawmodel.problems import did_you_mean
from lawmodel.rulebook.model import Fact, Rulebook

UNKNOWN: Final = "unknown"
NONE: Final = "none"
"""Where a list is empty, or a case has no ground."""
GROUND: Final = "ground"
_KEYS: Final = ("case", "row")
_READERS: Final = {".parquet": "read_parquet", ".csv": "read_csv", ".jsonl": "read_json", ".ndjson": "read_json"}


class CannotTabulate(ValueError):
    """Something is not there, or no table of answers; says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Group:
    """The cases that have something in common, and how many of them have each outcome."""

    labels: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Moved:
    """The cases with one outcome in the first run and another in the second, or with other grounds."""

    labels: tuple[str, ...]
    before: str
    after: str
    gained: tuple[str, ...]
    """Grounds that only the second run has."""
    lost: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Tabulated:
    """A table of counts."""

    about: Mapping[str, Any]
    """What the file says of its run: the question, the law, the readings."""
    by: tuple[str, ...]
    outcomes: tuple[str, ...]
    """Those that occur, the strongest first."""
    groups: tuple[Group, ...]
    total: int
    against: Mapping[str, Any] | None = None
    moved: tuple[Moved, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        found: dict[str, Any] = {
            "question": self.about["question"],
            "by": list(self.by),
            "total": self.total,
            "outcomes": list(self.outcomes),
            "groups": [{"labels": list(one.labels), "counts": dict(one.counts)} for one in self.groups],
        }
        if self.against is not None:
            found["moved"] = [
                {
                    "labels": list(one.labels),
                    "before": one.before,
                    "after": one.after,
                    "gained": list(one.gained),
                    "lost": list(one.lost),
                    "count": one.count,
                }
                for one in self.moved
            ]
        return found


def tabulate(
    rulebook: Rulebook,
    answers: Path,
    *,
    cases: Path | None = None,
    by: Sequence[str] = (),
    against: Path | None = None,
) -> Tabulated:
    """Count answers by columns of their own file (``ground``, ``status``), or by facts of the cases.

    A field of a list (``list.field``) is all its values in a case, joined; a day counts by its year. ``against`` is a
    second run on the same cases: what moved is counted too. Raises `CannotTabulate`.
    """
    about = described(answers)
    if about["question"] not in rulebook.questions:
        raise CannotTabulate(
            f"{answers}: this rulebook has no question `{about['question']}`. Name the one of the run."
        )
    counting = _Counting(rulebook, answers, cases)
    labels = [counting.label(name) for name in by]
    order = [*(one.id for one in rulebook.questions[about["question"]].outcomes), DEPENDS]
    counted: dict[tuple[str, ...], dict[str, int]] = {}
    for *label, outcome, count in counting.rows([*labels, _OUTCOME.format("a")]):
        counted.setdefault(tuple(label), {})[outcome] = count
    groups = [Group(label, {name: found[name] for name in order if name in found}) for label, found in counted.items()]
    groups.sort(key=lambda one: (-one.total, one.labels))
    occurring = tuple(name for name in order if any(name in one.counts for one in groups))
    total = sum(one.total for one in groups) if GROUND not in by else counting.count()
    if against is None:
        return Tabulated(about, tuple(by), occurring, tuple(groups), total)
    other = described(against)
    if other["question"] != about["question"]:
        raise CannotTabulate(f"{against}: it answers `{other['question']}`, and the first `{about['question']}`.")
    moved = [
        Moved(tuple(label), before, after, _split(gained), _split(lost), count)
        for *label, before, after, gained, lost, count in counting.against(against, labels)
    ]
    moved.sort(key=lambda one: (-one.count, one.labels, one.before, one.after))
    return Tabulated(about, tuple(by), occurring, tuple(groups), total, other, tuple(moved))


def described(path: Path) -> dict[str, Any]:
    """What a file of answers says of its run; raises `CannotTabulate` where it says nothing."""
    try:
        if path.suffix == ".parquet":
            text = (pq.read_metadata(path).metadata or {}).get(METADATA.encode(), b"").decode()
        else:
            sidecar = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
            text = json.dumps(sidecar.get(METADATA))
        found = json.loads(text)
    except (OSError, ValueError) as error:
        raise CannotTabulate(
            f"{path}: it is no table of answers that `lawmodel batch` has written ({error})."
        ) from None
    if not isinstance(found, dict) or "question" not in found:
        raise CannotTabulate(f"{path}: it does not say which question it answers. `lawmodel batch` writes that.")
    return found


_OUTCOME: Final = f"coalesce({{}}.outcome, '{DEPENDS}')"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


class _Counting:
    def __init__(self, rulebook: Rulebook, answers: Path, cases: Path | None) -> None:
        self.rulebook = rulebook
        self.database = duckdb.connect()
        self.columns = self._open("a", answers)
        self.key = next((key for key in _KEYS if key in self.columns), "")
        if not self.key or "outcome" not in self.columns:
            raise CannotTabulate(f"{answers}: it has no column `outcome`, or none that numbers the cases.")
        self.case_columns: dict[str, str] = {}
        self.cases = cases
        if cases is not None:
            self.case_columns = self._open("c", cases)

    def _open(self, name: str, path: Path) -> dict[str, str]:
        """Make a file a table of the database; its columns and their types."""
        reader = _READERS.get(path.suffix)
        if reader is None or not path.is_file():
            raise CannotTabulate(f"{path}: it should be a file that ends in {', '.join(_READERS)}.")
        place = str(path).replace("'", "''")
        try:
            read = f"SELECT * FROM {reader}('{place}')"  # noqa: S608 - a path, quoted
            self.database.execute(f"CREATE VIEW {name} AS {read}")
            columns = self._columns(name)
            if "row" not in columns:  # the answers number the cases so where no column names them
                numbered = read.replace("*", "*, row_number() OVER () AS row", 1)
                self.database.execute(f"CREATE OR REPLACE VIEW {name} AS {numbered}")
            return {**columns, "row": columns.get("row", "BIGINT")}
        except duckdb.Error as error:
            raise CannotTabulate(f"{path}: it cannot be read: {error}") from None

    def _columns(self, table: str) -> dict[str, str]:
        return {one[0]: one[1] for one in self.database.execute(f"DESCRIBE {table}").fetchall()}

    def label(self, name: str) -> str:
        """The expression for something to count by."""
        if name == GROUND:
            return "unnest(CASE WHEN len(g) = 0 THEN ['none'] ELSE g END)"
        if name in self.columns and name not in ("outcome", "grounds", self.key):
            return f"coalesce(CAST(a.{_quoted(name)} AS VARCHAR), '{UNKNOWN}')"
        path, _, field = name.rpartition(".")
        fact = self._fact(name)
        column = name if name in self.rulebook.facts else path
        if self.cases is None:
            raise CannotTabulate(f"--by {name}: the answers do not hold it. Name the table of the cases: --cases FILE.")
        if column not in self.case_columns:
            raise CannotTabulate(f"--by {name}: {self.cases} has no column `{column}`.")
        if name in self.rulebook.facts:
            return self._single(
                fact, f"c.{_quoted(name)}", f"c.{_quoted(name + WORD)}", name + WORD in self.case_columns
            )
        return self._field(fact, column, field)

    def _fact(self, name: str) -> Fact:
        try:
            fact = self.rulebook.fact(name)
        except (KeyError, ValueError):
            known = [*self.rulebook.facts, GROUND, "status"]
            known += [f"{path}.{one.id}" for path, fact in self.rulebook.facts.items() for one in fact.of]
            hint = did_you_mean(name, known, "Name a fact, a field of a list (`list.field`), `ground` or `status`.")
            raise CannotTabulate(f"--by {name}: there is no such fact. {hint}") from None
        if fact.type == "records":
            fields = ", ".join(f"{name}.{one.id}" for one in fact.of)
            raise CannotTabulate(f"--by {name}: it is a list. Name one of its fields: {fields}.")
        return fact

    def _single(self, fact: Fact, column: str, word: str, worded: bool) -> str:
        text = f"CAST({column} AS VARCHAR)"
        if fact.type == "date":
            text = f"CASE WHEN regexp_matches({text}, '^[0-9]{{4}}-') THEN left({text}, 4) ELSE {text} END"
            text = f"coalesce(CAST({word} AS VARCHAR), {text})" if worded else text
        elif fact.type == "yes/no":
            text = f"CASE lower({text}) WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE {text} END"
        return f"coalesce(nullif({text}, ''), '{UNKNOWN}')"

    def _field(self, fact: Fact, column: str, field: str) -> str:
        listed = f"c.{_quoted(column)}"
        if not self.case_columns[column].endswith("[]"):  # a text of JSON
            listed = f"from_json(nullif({listed}, ''), '[{json.dumps({field: 'VARCHAR'})}]')"
        elif f'"{field}"' not in self.case_columns[column] and f"{field} " not in self.case_columns[column]:
            raise CannotTabulate(f"--by {column}.{field}: {self.cases} has no field `{field}` in `{column}`.")
        word = f"{field}{WORD}"
        worded = word in self.case_columns[column]
        each = self._single(fact, f"r.{_quoted(field)}", f"r.{_quoted(word)}", worded)
        joined = f"array_to_string(list_sort(list_distinct(list_transform({listed}, lambda r: {each}))), ' + ')"
        return f"CASE WHEN {listed} IS NULL THEN '{UNKNOWN}' WHEN len({listed}) = 0 THEN '{NONE}' ELSE {joined} END"

    # --- counting ------------------------------------------------------------------------------------

    def _grounds(self, table: str, columns: Mapping[str, str]) -> str:
        if columns.get("grounds", "").endswith("[]"):
            return f"coalesce({table}.grounds, [])"
        return f"CASE WHEN coalesce({table}.grounds, '') = '' THEN [] ELSE string_split({table}.grounds, ';') END"

    def _joined(self, answers: str = "a") -> str:
        """The answers (or a query of them, called ``a``), beside their cases where these are wanted."""
        if self.cases is None:
            return answers
        if self.key not in self.case_columns:
            raise CannotTabulate(f"{self.cases}: it has no column `{self.key}`, by which the answers name their cases.")
        return f"{answers} JOIN c ON a.{_quoted(self.key)} = c.{_quoted(self.key)}"

    def rows(self, expressions: Sequence[str]) -> list[tuple[Any, ...]]:
        """The values of some expressions, and how often they occur together."""
        named = ", ".join(f"{one} AS x{number}" for number, one in enumerate(expressions))
        grounds = f"SELECT *, {self._grounds('a', self.columns)} AS g FROM a"  # noqa: S608
        source = self._joined(f"({grounds}) AS a")
        groups = ", ".join(f"x{number}" for number in range(len(expressions)))
        return self._all(f"SELECT {groups}, count(*) FROM (SELECT {named} FROM {source}) GROUP BY ALL")  # noqa: S608

    def count(self) -> int:
        """How many answers there are."""
        return int(self._all("SELECT count(*) FROM a")[0][0])

    def against(self, other: Path, labels: Sequence[str]) -> list[tuple[Any, ...]]:
        """Of each kind of move between the two runs, how many."""
        columns = self._open("b", other)
        if self.key not in columns:
            raise CannotTabulate(f"{other}: it has no column `{self.key}`, as the first run has.")
        if any(one.startswith("unnest") for one in labels):
            raise CannotTabulate("--by ground: what moved is told with its grounds anyway. Leave it out.")
        mine, theirs = self._grounds("a", self.columns), self._grounds("b", columns)
        gained = f"array_to_string(list_sort(list_filter({theirs}, lambda x: NOT list_contains({mine}, x))), ';')"
        lost = f"array_to_string(list_sort(list_filter({mine}, lambda x: NOT list_contains({theirs}, x))), ';')"
        parts = [*labels, _OUTCOME.format("a"), _OUTCOME.format("b"), gained, lost]
        named = ", ".join(f"{one} AS x{number}" for number, one in enumerate(parts))
        groups = ", ".join(f"x{number}" for number in range(len(parts)))
        key = _quoted(self.key)
        source = f"{self._joined()} JOIN b ON a.{key} = b.{key}"
        before, after, more, fewer = (f"x{len(labels) + number}" for number in range(4))
        differs = f"{before} <> {after} OR {more} <> '' OR {fewer} <> ''"
        return self._all(f"SELECT {groups}, count(*) FROM (SELECT {named} FROM {source}) WHERE {differs} GROUP BY ALL")  # noqa: S608

    def _all(self, statement: str) -> list[tuple[Any, ...]]:
        try:
            return self.database.execute(statement).fetchall()
        except duckdb.Error as error:
            raise CannotTabulate(f"the tables cannot be counted: {error}") from None
