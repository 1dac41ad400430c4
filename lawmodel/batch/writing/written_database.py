"""Answers as a new DuckDB database: a table of them, and what is said of the whole beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from lawmodel.batch.tables.called_off import work_here
from lawmodel.batch.tables.databases import MEMORY, first_line, opened_database, tables_in
from lawmodel.batch.tables.slices import NotATable
from lawmodel.problems import listed

ANSWERS: Final = "answers"
ABOUT: Final = "lawmodel"
"""The table of one row and one column that holds the metadata."""
_COLUMN: Final = "about"
_NOTHING: Final = "null"


class NotWritten(OSError):
    """A database of answers cannot be written."""


def check_free(path: Path) -> None:
    """Refuse to replace a database that holds more than answers, or that is in use; raises `NotATable`."""
    if _log_of(path).exists():
        raise NotATable(f"{path}: this database is in use, or was not closed. Close it, or choose another name.")
    if not path.exists():
        return
    with opened_database(path) as database:
        others = [name for name in tables_in(database) if name not in (ANSWERS, ABOUT)]
    if others:
        raise NotATable(
            f"{path}: this database holds other tables ({listed(others)}), and answers take the place of a whole file. "
            "Choose another name."
        )


class AnswersDatabase:
    """A database that is being written."""

    def __init__(self, path: Path) -> None:
        """Begin a new file; what is there gives way, since DuckDB takes an empty file for a broken one."""
        path.unlink(missing_ok=True)
        self._path = path
        self._begun = False
        try:
            # It spills beside the file, whose place is known to have room; and takes its log with it when it closes.
            self._database = duckdb.connect(path, config={"memory_limit": MEMORY})
            self._database.execute("PRAGMA disable_checkpoint_on_shutdown")  # of what is broken off
        except duckdb.Error as error:
            raise NotWritten(first_line(error)) from None

    def write(self, block: pa.Table) -> None:
        """Some more answers."""
        try:
            with work_here().querying(self._database):
                self._database.register("block", block)
                if not self._begun:
                    self._database.execute(f"CREATE TABLE {ANSWERS} AS FROM block LIMIT 0")
                    self._begun = True
                self._database.execute(f"INSERT INTO {ANSWERS} FROM block")
                self._database.unregister("block")
        except duckdb.Error as error:
            raise NotWritten(first_line(error)) from None

    def finish(self, schema: pa.Schema, described: Mapping[str, Any]) -> None:
        """The end; without any answers, a table of these columns."""
        if not self._begun:
            self.write(schema.empty_table())
        try:
            text = json.dumps(described, ensure_ascii=False)
            self._database.execute(f"CREATE TABLE {ABOUT} AS SELECT CAST(? AS JSON) AS {_COLUMN}", [text])
            self._database.execute("CHECKPOINT")
        except duckdb.Error as error:
            raise NotWritten(first_line(error)) from None
        self.close()

    def close(self) -> None:
        """Let go of the file, and of the log beside it."""
        with suppress(duckdb.Error):
            self._database.close()
        _log_of(self._path).unlink(missing_ok=True)


def described_in(path: Path) -> str:
    """What a database of answers says of its run, as JSON; null where it says nothing. Raises `NotATable`."""
    with opened_database(path) as database:
        if ABOUT not in tables_in(database):
            return _NOTHING
        try:
            rows = database.execute(f"SELECT {_COLUMN} FROM {ABOUT} LIMIT 2").fetchall()  # noqa: S608 - constants
        except duckdb.Error:
            return _NOTHING
    return str(rows[0][0]) if len(rows) == 1 else _NOTHING


def _log_of(path: Path) -> Path:
    """Where DuckDB keeps what has not gone into the file yet."""
    return path.with_name(f"{path.name}.wal")
