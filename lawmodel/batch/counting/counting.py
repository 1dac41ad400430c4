"""Counting answers: done by DuckDB, which reads the files itself and holds none of them in memory.

Names of columns are checked against the rulebook and quoted; nothing else of a file gets into a statement.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from lawmodel.batch.counting.answer_files import CannotTabulate
from lawmodel.batch.given.given_table import TableLayout
from lawmodel.batch.given.opened import opened_table
from lawmodel.batch.given.text_columns import TextColumns
from lawmodel.batch.rows.answers import DEPENDS
from lawmodel.batch.tables.columns import WORD
from lawmodel.batch.tables.databases import SHEETS, place_of, quoted
from lawmodel.batch.tables.databases import SUFFIXES as DATABASES
from lawmodel.batch.tables.slices import NotATable
from lawmodel.batch.tables.sources import files_of
from lawmodel.batch.tables.stored import copied
from lawmodel.batch.writing.written_database import ANSWERS
from lawmodel.problems import did_you_mean
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.words.columns import GROUND

UNKNOWN: Final = "unknown"
NONE: Final = "none"
"""Where a list is empty, or a case has no ground."""
_KEYS: Final = ("case", "row")
_READERS: Final = {".parquet": "read_parquet", ".csv": "read_csv", ".jsonl": "read_json", ".ndjson": "read_json"}
_OUTCOME: Final = f"coalesce({{}}.outcome, '{DEPENDS}')"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _reader(path: Path) -> str:
    """The call that reads a file, or a folder of Parquet files in the order of their names."""
    if path.is_dir():
        try:
            files = files_of(path)
        except NotATable as error:
            raise CannotTabulate(str(error)) from None
        return f"read_parquet([{', '.join(_text(str(file)) for file in files)}], hive_partitioning=false)"
    reader = _READERS.get(path.suffix)
    if reader is None or not path.is_file():
        known = ", ".join((*_READERS, *SHEETS, *DATABASES))
        raise CannotTabulate(f"{path}: it should be a folder of Parquet files, or end in {known}.")
    return f"{reader}({_text(str(path))})"


class Counting:
    """A file of answers, perhaps beside its cases, in an embedded database that holds neither in memory."""

    def __init__(
        self, rulebook: Rulebook, answers: Path, cases: Path | None, sets: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Open the files. ``sets`` are the sets of answers to be counted, none if there is only one without a label."""
        self.rulebook = rulebook
        self.database = duckdb.connect()
        self._copies = Path(tempfile.mkdtemp(prefix="lawmodel-"))
        weakref.finalize(self, shutil.rmtree, self._copies, ignore_errors=True)
        self.sets = sets
        self.columns = self._open_answers("a", answers, sets)
        self.key = next((key for key in _KEYS if key in self.columns), "")
        if not self.key or "outcome" not in self.columns:
            raise CannotTabulate(f"{answers}: it has no column `outcome`, or none that numbers the cases.")
        self.case_columns: dict[str, str] = {}
        self.cases = cases
        if cases is not None:
            self.case_columns = self._open("c", cases)

    def _open_answers(self, name: str, path: Path, sets: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """Make sets of answers a table of the database: one row for each case and set."""
        columns = self._open(f"{name}_file", path, ANSWERS)
        if not sets:
            self.database.execute(f"CREATE VIEW {name} AS FROM {name}_file")
            return columns
        keys = [key for key in _KEYS if key in columns]
        shared = [one for one in columns if one not in keys and not any(one.endswith(f"[{label}]") for label in sets)]
        parts = []
        for label, apart in sets.items():
            ending = f"[{label}]"
            named = [(one, one.removesuffix(ending)) for one in columns if one.endswith(ending)]
            selected = [*map(quoted, keys), *(f"{_text(value)} AS {key}" for key, value in apart.items())]
            selected += [f"{quoted(one)} AS {quoted(bare)}" for one, bare in named]
            selected += [quoted(one) for one in shared if one not in apart]
            parts.append(f"SELECT {', '.join(selected)} FROM {name}_file")  # noqa: S608 - names and texts, quoted
        try:
            self.database.execute(f"CREATE VIEW {name} AS {' UNION ALL '.join(parts)}")
            return self._columns(name)
        except duckdb.Error as error:
            raise CannotTabulate(f"{path}: its sets of answers cannot be read: {error}") from None

    def _open(self, name: str, path: Path, table: str | None = None) -> dict[str, str]:
        """Make a file a table of the database; its columns and their types. ``table`` is that of another database."""
        read = f"SELECT * FROM {_reader(self._copied(name, path, table))}"  # noqa: S608 - paths, quoted
        try:
            self.database.execute(f"CREATE VIEW {name} AS {read}")
            columns = self._columns(name)
            if columns.get("row") == "VARCHAR":  # of a sheet, whose cells are read as texts
                read = read.replace("*", "* REPLACE (CAST(row AS BIGINT) AS row)", 1)
                self.database.execute(f"CREATE OR REPLACE VIEW {name} AS {read}")
                columns = self._columns(name)
            if "row" not in columns:  # the answers number the cases so where no column names them
                numbered = read.replace("*", "*, row_number() OVER () AS row", 1)
                self.database.execute(f"CREATE OR REPLACE VIEW {name} AS {numbered}")
            return {**columns, "row": columns.get("row", "BIGINT")}
        except duckdb.Error as error:
            raise CannotTabulate(f"{path}: it cannot be read: {error}") from None

    def _copied(self, name: str, path: Path, table: str | None) -> Path:
        """A table of another database as a file of its own, so that what its views say is not said here."""
        file, behind = place_of(path)
        if file.suffix not in (*DATABASES, *SHEETS) or not file.is_file():
            return path
        made = self._copies / f"{name}.parquet"
        try:
            if file.suffix in SHEETS:
                with opened_table(file, TableLayout(sheet=behind or ANSWERS, headings=1)) as sheet:
                    TextColumns(sheet, made)
            else:
                copied(file, behind or table, made)
        except NotATable as error:
            raise CannotTabulate(str(error)) from None
        except OSError as error:
            raise CannotTabulate(f"{path}: it cannot be copied into {self._copies.parent}: {error}") from None
        return made

    def _columns(self, table: str) -> dict[str, str]:
        return {one[0]: one[1] for one in self.database.execute(f"DESCRIBE {table}").fetchall()}

    def label(self, name: str) -> str:
        """The expression for something to count by."""
        if name == GROUND:
            return "unnest(CASE WHEN len(g) = 0 THEN ['none'] ELSE g END)"
        if name in self.columns and name not in ("outcome", "grounds", self.key):
            return f"coalesce(CAST(a.{quoted(name)} AS VARCHAR), '{UNKNOWN}')"
        path, _, field = name.rpartition(".")
        fact = self._fact(name)
        column = name if name in self.rulebook.facts else path
        if self.cases is None:
            raise CannotTabulate(f"--by {name}: the answers do not hold it. Name the table of the cases: --cases FILE.")
        if column not in self.case_columns:
            raise CannotTabulate(f"--by {name}: {self.cases} has no column `{column}`.")
        if name in self.rulebook.facts:
            return self._single(fact, f"c.{quoted(name)}", f"c.{quoted(name + WORD)}", name + WORD in self.case_columns)
        return self._field(fact, column, field)

    def _fact(self, name: str) -> Fact:
        try:
            fact = self.rulebook.fact(name)
        except (KeyError, ValueError):
            known = [*self.rulebook.facts, GROUND, "status"]
            known += [f"{path}.{one.id}" for path, fact in self.rulebook.facts.items() for one in fact.of]
            hint = did_you_mean(name, known, "Name a fact, a field of a list (`list.field`), `ground` or `status`.")
            raise CannotTabulate(f"--by {name}: there is no such fact. {hint}") from None
        if fact.sort == "records":
            fields = ", ".join(f"{name}.{one.id}" for one in fact.of)
            raise CannotTabulate(f"--by {name}: it is a list. Name one of its fields: {fields}.")
        return fact

    def _single(self, fact: Fact, column: str, word: str, worded: bool) -> str:
        text = f"CAST({column} AS VARCHAR)"
        if fact.sort == "date":
            text = f"CASE WHEN regexp_matches({text}, '^[0-9]{{4}}-') THEN left({text}, 4) ELSE {text} END"
            text = f"coalesce(CAST({word} AS VARCHAR), {text})" if worded else text
        elif fact.sort == "yes/no":
            text = f"CASE lower({text}) WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE {text} END"
        return f"coalesce(nullif({text}, ''), '{UNKNOWN}')"

    def _field(self, fact: Fact, column: str, field: str) -> str:
        listed = f"c.{quoted(column)}"
        if not self.case_columns[column].endswith("[]"):  # a text of JSON
            listed = f"from_json(nullif({listed}, ''), '[{json.dumps({field: 'VARCHAR'})}]')"
        elif f'"{field}"' not in self.case_columns[column] and f"{field} " not in self.case_columns[column]:
            raise CannotTabulate(f"--by {column}.{field}: {self.cases} has no field `{field}` in `{column}`.")
        word = f"{field}{WORD}"
        worded = word in self.case_columns[column]
        each = self._single(fact, f"r.{quoted(field)}", f"r.{quoted(word)}", worded)
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
        return f"{answers} JOIN c ON a.{quoted(self.key)} = c.{quoted(self.key)}"

    def rows(self, labels: Sequence[str]) -> list[tuple[Any, ...]]:
        """How often each outcome occurs with these labels."""
        expressions = [*labels, _OUTCOME.format("a")]
        named = ", ".join(f"{one} AS x{number}" for number, one in enumerate(expressions))
        grounds = f"SELECT *, {self._grounds('a', self.columns)} AS g FROM a"  # noqa: S608
        source = self._joined(f"({grounds}) AS a")
        groups = ", ".join(f"x{number}" for number in range(len(expressions)))
        return self._all(f"SELECT {groups}, count(*) FROM (SELECT {named} FROM {source}) GROUP BY ALL")  # noqa: S608

    def count(self) -> int:
        """How many cases there are."""
        return int(self._all("SELECT count(*) FROM a_file")[0][0])

    def against(
        self, other: Path, sets: Mapping[str, Mapping[str, str]], labels: Sequence[str]
    ) -> list[tuple[Any, ...]]:
        """Of each kind of move to the answers of another run (to these sets of them), how many."""
        columns = self._open_answers("b", other, sets)
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
        same = [self.key, *({name for one in sets.values() for name in one} if len(sets) > 1 else ())]
        source = f"{self._joined()} JOIN b ON {' AND '.join(f'a.{quoted(one)} = b.{quoted(one)}' for one in same)}"
        before, after, more, fewer = (f"x{len(labels) + number}" for number in range(4))
        differs = f"{before} <> {after} OR {more} <> '' OR {fewer} <> ''"
        return self._all(f"SELECT {groups}, count(*) FROM (SELECT {named} FROM {source}) WHERE {differs} GROUP BY ALL")  # noqa: S608

    def _all(self, statement: str) -> list[tuple[Any, ...]]:
        try:
            return self.database.execute(statement).fetchall()
        except duckdb.Error as error:
            raise CannotTabulate(f"the tables cannot be counted: {error}") from None
