"""Cases as they are counted: a table in which each value has its one form, whatever its owner wrote.

DuckDB counts most tables as they are. Where it cannot, or where one value may be written in several ways (spreadsheets,
other dialects and forms of days, records side by side, nested objects), they are copied first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lawmodel.batch.given.conversion import Conversion
from lawmodel.batch.given.csv_rows import csv_table
from lawmodel.batch.given.dialect import SUFFIXES as TEXTS
from lawmodel.batch.given.dialect import dialect_of
from lawmodel.batch.given.encodings import UTF_8, encoding_of_file
from lawmodel.batch.given.given_table import TableLayout
from lawmodel.batch.tables.blank_rows import without_blank_rows
from lawmodel.batch.tables.cell_values import DayForms, decode_cell
from lawmodel.batch.tables.columns import NUMBER, WORD, is_text
from lawmodel.batch.tables.databases import SHEETS, place_of
from lawmodel.batch.tables.flat_records import FlatRecords, is_flat
from lawmodel.batch.tables.matched import KEY
from lawmodel.batch.tables.slices import TableSource
from lawmodel.batch.tables.sources import source_of
from lawmodel.case.values import NotAValue, encode
from lawmodel.rulebook.model import Fact, Rulebook

_ROWS: Final = 65_536
"""So many at a time."""
_LINES: Final = 100
"""So many of JSON tell whether objects nest."""


def as_counted(path: Path, rulebook: Rulebook, layout: TableLayout, days: DayForms, conversion: Conversion) -> Path:
    """The table itself where it is counted as it is, or a copy. Raises `NotATable`, and `OSError`."""
    file, _ = place_of(path)
    if not file.exists() or not (days.names or _is_copied(path, file, rulebook, layout)):
        return path  # whoever counts says so if it is not there
    source = source_of(path, rulebook, None, layout, conversion)
    to = conversion.file(".parquet", str(path))
    tables = _in_one_form(source, rulebook, days)
    first = next(tables, None)
    if first is None:
        return path
    with pq.ParquetWriter(to, first.schema) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)
    return to


def _is_copied(path: Path, file: Path, rulebook: Rulebook, layout: TableLayout) -> bool:
    suffix = file.suffix.lower()
    if suffix in SHEETS:
        return True
    if suffix in TEXTS:
        dialect = dialect_of(file, layout)
        if not dialect.is_plain or suffix != ".csv":
            return True
        table = csv_table(file, layout, dialect)
        return bool(table.unnamed or table.remarks) or any(is_flat(name, rulebook.facts) for name in table.headings)
    if suffix in (".jsonl", ".ndjson"):
        return encoding_of_file(file, layout.encoding) != UTF_8 or _nests(file, rulebook)
    return isinstance(source_of(path, rulebook), FlatRecords)  # which reads no more than the names of the columns


def _nests(file: Path, rulebook: Rulebook) -> bool:
    """Whether objects stand in objects, as in a case file."""
    with file.open(encoding=UTF_8, errors="replace") as stream:
        for line in islice(stream, _LINES):
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                continue
            each = found.items() if isinstance(found, dict) else ()
            if any(isinstance(value, dict) and key not in rulebook.facts for key, value in each):
                return True
    return False


def _in_one_form(source: TableSource, rulebook: Rulebook, days: DayForms) -> Iterator[pa.Table]:
    """The facts of a table, with their values as in a case file."""
    facts = {name: rulebook.facts[name] for name in source.types if name in rulebook.facts}
    fields = {
        name: {one.name for one in source.types[name].value_type} if fact.sort == "records" else None
        for name, fact in facts.items()
    }
    words = {name: None for name in source.types if name.removesuffix(WORD) in facts}
    key = {KEY: None} if KEY in source.types else {}
    for one in without_blank_rows(source, {**key, **words, **fields}, _ROWS):
        columns = {name: one.arrays[name] for name in (*key, *words)}
        columns |= {name: _written(rulebook, fact, one.arrays[name], days) for name, fact in facts.items()}
        yield pa.table({"row": pa.array(one.rows), **columns})


def _written(rulebook: Rulebook, fact: Fact, array: pa.Array, days: DayForms) -> pa.Array:
    """The values of a fact, each text as a case file writes it; what is no value stays as it is."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if fact.sort == "records":
        of = {field.id: field for field in fact.of}
        struct = array.flatten()
        inner = {
            each.name: _written(rulebook, of[each.name], column, days) if each.name in of else column
            for each, column in zip(struct.type, struct.flatten(), strict=True)
            if each.name != NUMBER
        }
        lengths = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
        offsets = pa.array([0, *lengths.cumsum().tolist()], type=pa.int32())
        made = pa.StructArray.from_arrays(list(inner.values()), names=list(inner))
        return pa.ListArray.from_arrays(offsets, made, mask=array.is_null())
    if not is_text(array.type):
        return array
    coded = array.dictionary_encode()
    texts = [_one_form(rulebook, fact, text, days) for text in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(texts, pa.string())).dictionary_decode()


def _one_form(rulebook: Rulebook, fact: Fact, text: str, days: DayForms) -> str | None:
    try:
        value = decode_cell(rulebook, fact, text, days)
    except NotAValue:
        return text
    if value is None:
        return None
    written = encode(fact, value)
    return ("yes" if written else "no") if isinstance(written, bool) else str(written)
