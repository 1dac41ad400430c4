"""DuckDB databases: files that are read and nothing more, and a database of one's own that may spill to disk.

Somebody else's database may hold views, and a view may name any file or address. So none is opened but locked: it
reaches nothing outside its own file, and loads no extension.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import Final

import duckdb

from lawmodel.batch.tables.slices import NotATable
from lawmodel.problems import did_you_mean, listed

SUFFIXES: Final = (".duckdb", ".ddb")
SHEETS: Final = (".xlsx", ".xlsm")
"""The endings of files of sheets."""
ABOUT: Final = "lawmodel"
"""The sheet of a file of ours that says of which run it is (names, and values as JSON): no table of anybody's."""
MEMORY: Final = "1GB"
"""What a database may hold in memory; beyond that it goes through temporary files."""
_RUN: Final = secrets.token_hex(8)
_MARK: Final = "#"
"""Between the file and the name of a table in it."""
_LOCKED: Final = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "memory_limit": MEMORY,
}


def place_of(place: Path) -> tuple[Path, str | None]:
    """The file, and the table or sheet of it that is named behind it: ``people.duckdb#cases``, ``people.xlsx#2026``."""
    text = str(place)
    for suffix in (*SUFFIXES, *SHEETS):
        before, mark, name = text.partition(suffix + _MARK)
        if mark:
            return Path(before + suffix), name
    return place, None


def quoted(name: str) -> str:
    """A name as it may stand in a statement."""
    return '"' + name.replace('"', '""') + '"'


def opened_database(path: Path) -> duckdb.DuckDBPyConnection:
    """A database that is read and nothing more; raises `NotATable`.

    Days with a time zone are those of Greenwich, whatever the clock of this machine.
    """
    try:
        database = duckdb.connect(path, read_only=True, config={**_LOCKED, "temp_directory": str(_spilling(path))})
        if not database.execute("SELECT current_setting('lock_configuration')").fetchall()[0][0]:
            database.execute("SET GLOBAL TimeZone = 'UTC'").execute("SET lock_configuration = true")
    except duckdb.Error as error:
        raise NotATable(f"{path}: it cannot be opened as a DuckDB database: {first_line(error)}") from None
    return database


def own_database(folder: Path) -> duckdb.DuckDBPyConnection:
    """An empty database in memory, which spills into a folder."""
    return duckdb.connect(config={**_LOCKED, "temp_directory": str(folder)})


def table_of(database: duckdb.DuckDBPyConnection, path: Path, name: str | None) -> tuple[str, bool]:
    """The table (or view) of a name, quoted, and whether it is a view; without a name the only one.

    Raises `NotATable`.
    """
    found = tables_in(database)
    if not found:
        raise NotATable(f"{path}: there is no table in this database.")
    if name is None and len(found) > 1:
        some = next(iter(found))
        raise NotATable(f"{path}: it has several tables: {listed(found)}. Name one: {path}{_MARK}{some}.")
    if name is not None and name not in found:
        mend = did_you_mean(name, found, f"Its tables are: {listed(found)}.")
        raise NotATable(f"{path}: there is no table `{name}`. {mend}")
    return found[name] if name is not None else next(iter(found.values()))


def tables_in(database: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, bool]]:
    """The tables and views: by name, the name quoted, and whether it is a view. Other schemas stand before a dot."""
    rows = database.execute(
        "SELECT schema_name, table_name, false FROM duckdb_tables() WHERE NOT internal AND NOT temporary "
        "UNION ALL SELECT schema_name, view_name, true FROM duckdb_views() WHERE NOT internal AND NOT temporary "
        "ORDER BY ALL"
    ).fetchall()
    found = {f"{schema}.{name}": (f"{quoted(schema)}.{quoted(name)}", view) for schema, name, view in rows}
    main = {name: found.pop(f"{schema}.{name}") for schema, name, _ in rows if schema == "main"}
    return main | {name: one for name, one in found.items() if name not in main}


def first_line(error: Exception) -> str:
    """What DuckDB says, without the place in a statement that nobody has written."""
    return str(error).split("\n", 1)[0]


def _spilling(path: Path) -> Path:
    """Where a database puts what does not fit into memory; DuckDB makes the folder, and takes it away."""
    return Path(tempfile.gettempdir()) / f"lawmodel-{_RUN}-{os.getpid()}-{abs(hash(path.resolve())):x}"
