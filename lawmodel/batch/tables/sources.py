"""Tables that cases are read from, a block of rows at a time, whatever kind of file they are in.

Parquet (a file or a folder), text with a delimiter in UTF-8, JSON lines and DuckDB are read as they are. Spreadsheets,
and texts in other encodings, are converted first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lawmodel.batch.given.conversion import Conversion
from lawmodel.batch.given.csv_rows import csv_table
from lawmodel.batch.given.dialect import SUFFIXES as TEXTS
from lawmodel.batch.given.dialect import dialect_of
from lawmodel.batch.given.encodings import UTF_8, decoded, encoding_of_file
from lawmodel.batch.given.given_table import AS_IS, GivenTable, TableLayout
from lawmodel.batch.given.text_columns import TextColumns
from lawmodel.batch.tables.csv_table import Csv
from lawmodel.batch.tables.databases import SHEETS, place_of
from lawmodel.batch.tables.databases import SUFFIXES as DATABASES
from lawmodel.batch.tables.flat_records import FlatRecords, with_flat_records
from lawmodel.batch.tables.json_columns import with_json
from lawmodel.batch.tables.json_lines import JsonLines
from lawmodel.batch.tables.matched import KEY
from lawmodel.batch.tables.parquet_rows import rows_of
from lawmodel.batch.tables.readable import Unchanged, check_ordinary, unreadable
from lawmodel.batch.tables.slices import NotATable as NotATable
from lawmodel.batch.tables.slices import Slice as Slice
from lawmodel.batch.tables.slices import TableSource as TableSource
from lawmodel.batch.tables.slices import check_names
from lawmodel.batch.tables.stored import Stored
from lawmodel.rulebook.model import Fact, Rulebook

SUFFIXES: Final = (".parquet", *TEXTS, ".jsonl", ".ndjson", *SHEETS, *DATABASES)


def source_of(
    path: Path,
    rulebook: Rulebook,
    table: str | None = None,
    layout: TableLayout = AS_IS,
    conversion: Conversion | None = None,
) -> TableSource:
    """The table in a file or folder; in a database or a spreadsheet the one that is named.

    It is named here, or behind the file (``FILE#TABLE``). ``layout`` is what somebody says of the file. What has to be
    converted first goes through ``conversion``; without one it is refused. Raises `NotATable`.
    """
    return read_as(path, rulebook.facts, table, layout, conversion)


def read_as(
    path: Path,
    facts: Mapping[str, Fact],
    table: str | None = None,
    layout: TableLayout = AS_IS,
    conversion: Conversion | None = None,
) -> TableSource:
    """A table whose columns may be of these facts; otherwise as `source_of`."""
    path, behind = place_of(path)
    if table is not None and (behind is not None or path.suffix not in (*DATABASES, *SHEETS)):
        raise NotATable(
            f"{path}: it has a table named behind it already: `{behind}`. Name only one."
            if behind is not None
            else f"{path}: it has no tables with names, as a DuckDB database has. Leave out `{table}`."
        )
    expected = layout.expected or frozenset((KEY, *facts))
    layout = replace(layout, sheet=behind if table is None else table, expected=expected)
    try:
        found = with_json(_read(path, facts, layout, conversion), facts)
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None
    found = with_flat_records(path, found, facts)
    if isinstance(found, FlatRecords) and conversion is not None:
        conversion.remarks.append(f"{path}: {found.remark()}")
    return found


def files_of(folder: Path) -> list[Path]:
    """The Parquet files of a folder in the order of their names; raises `NotATable`.

    Names that begin with a dot or an underscore are no part of a table: other programs keep their notes there.
    """
    files = sorted(one for one in folder.glob("*.parquet") if not one.name.startswith((".", "_")))
    if not files:
        raise NotATable(f"{folder}: there is no Parquet file in this folder.")
    return files


def _read(path: Path, facts: Mapping[str, Fact], layout: TableLayout, conversion: Conversion | None) -> TableSource:
    if path.is_dir():
        return Parquet(files_of(path))
    check_ordinary(path)
    match path.suffix.lower():
        case ".parquet":
            return Parquet([path])
        case suffix if suffix in TEXTS:
            return _text(path, facts, layout, conversion)
        case ".jsonl" | ".ndjson":
            return _json_lines(path, facts, layout, conversion)
        case suffix if suffix in DATABASES:
            return Stored(path, layout.sheet, facts)
        case suffix if suffix in SHEETS:
            return _converted(_sheet(path, layout), path, conversion)
        case ".xls" | ".xlsb" | ".ods" | ".numbers":
            raise NotATable(f"{path}: of spreadsheets only .xlsx is read. Save it as .xlsx, or the sheet as CSV.")
        case ".json":
            raise NotATable(f"{path}: of JSON, files of one object a line are read. Write it so, and call it .jsonl.")
    raise NotATable(f"{path}: a table ends in {', '.join(SUFFIXES)}, or is a folder of Parquet files.")


def _text(path: Path, facts: Mapping[str, Fact], layout: TableLayout, conversion: Conversion | None) -> TableSource:
    """A text file: read by Arrow where its first line names every column, whatever its dialect."""
    dialect = dialect_of(path, layout)
    if dialect.is_plain and path.stat().st_size == 0:
        return Csv(path, facts)  # which says that it is empty
    table = csv_table(path, layout, dialect)
    if table.remarks or table.unnamed or dialect.backslash or not dialect.delimiter.isascii():
        return _converted(table, path, conversion)
    copy = None
    if dialect.encoding != UTF_8 or dialect.skipped:
        copy = _place(path, ".csv", conversion)
        decoded(path, dialect.encoding, copy, without_first_line=dialect.skipped > 0)
    found = Csv(path, facts, copy, dialect.delimiter)
    return found if found.names == list(table.headings) else _converted(table, path, conversion)  # blanks round names


def _json_lines(
    path: Path, facts: Mapping[str, Fact], layout: TableLayout, conversion: Conversion | None
) -> TableSource:
    encoding = encoding_of_file(path, layout.encoding)
    if encoding == UTF_8:
        return JsonLines(path, facts)
    return JsonLines(decoded(path, encoding, _place(path, ".jsonl", conversion)), facts)


def _sheet(path: Path, layout: TableLayout) -> GivenTable:
    try:
        from lawmodel.batch.given.spreadsheet import sheet_table  # slow to load
    except ImportError as missing:
        mend = "Spreadsheets need it: pip install 'lawmodel[batch]'."
        raise NotATable(f"{path}: {missing.name} is not installed. {mend}") from None
    return sheet_table(path, layout)


def _converted(table: GivenTable, path: Path, conversion: Conversion | None) -> TableSource:
    with Unchanged([path]).reading(path):
        found = TextColumns(table, _place(path, ".parquet", conversion))
    if conversion is not None:
        conversion.remarks += [f"{table.name}: {one}" for one in table.remarks]
    return found


def _place(path: Path, suffix: str, conversion: Conversion | None) -> Path:
    if conversion is None:
        raise NotATable(f"{path}: it has to be converted first. Save it as CSV in UTF-8 with commas, or as Parquet.")
    return conversion.file(suffix, str(path))


class Parquet:
    """One Parquet file, or several with the same columns."""

    sheet: str | None = None

    def __init__(self, files: list[Path]) -> None:
        self.files = files
        self._unchanged = Unchanged(files)
        schemas = [pq.read_schema(file) for file in files]
        check_names(files[0], schemas[0].names)
        for one in schemas[0]:
            if pa.types.is_list(one.type) and pa.types.is_struct(one.type.value_type):
                check_names(f"{files[0]}: `{one.name}`", [field.name for field in one.type.value_type])
        for file, schema in zip(files, schemas, strict=True):
            if not schema.remove_metadata().equals(schemas[0].remove_metadata()):
                raise NotATable(
                    f"{file}: it has other columns than {files[0].name}. Files of one folder must be alike."
                )
        self.types = {one.name: one.type for one in schemas[0]}
        self.total: int | None = sum(pq.read_metadata(file).num_rows for file in files)

    def line_of(self, row: int) -> int | None:
        """Rows are no lines."""
        return None

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, so many rows at a time; texts by number."""
        before = 0
        for path in self.files:
            with self._unchanged.reading(path):
                for batch in rows_of(path, wanted, rows):
                    arrays = {name: batch.column(name) for name in wanted}
                    yield Slice(np.arange(before + 1, before + 1 + batch.num_rows), arrays)
                    before += batch.num_rows
