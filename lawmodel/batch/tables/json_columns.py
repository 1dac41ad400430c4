"""Columns of JSON texts in tables whose other columns have types of their own: lists of records, written as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

import pyarrow as pa

from lawmodel.batch.tables.columns import is_text, records_type
from lawmodel.batch.tables.json_records import JsonRecords, fields_in
from lawmodel.batch.tables.slices import Slice, TableSource
from lawmodel.rulebook.model import Fact

_ROWS: Final = 65_536


class JsonColumns(JsonRecords):
    """A table of which some columns are read as JSON."""

    def __init__(self, source: TableSource, facts: Mapping[str, Fact]) -> None:
        """Look through the columns for the fields that their records have."""
        super().__init__(facts)
        self._source = source
        self.total, self.sheet, self.line_of = source.total, source.sheet, source.line_of
        self._texts = [name for name in _json_in(source, facts) if _is_texts(source.types[name])]
        self.fields = {
            name: fields_in(one.arrays[name] for one in source.slices({name: None}, _ROWS)) for name in self._texts
        }
        lists = {name: records_type(dict.fromkeys(self.fields.get(name, ()))) for name in _json_in(source, facts)}
        self.types: Mapping[str, pa.DataType] = {**source.types, **lists}

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, so many rows at a time."""
        for one in self._source.slices(wanted, rows):
            arrays, refused = dict(one.arrays), list(one.rejected)
            for name in wanted:
                if name in self._texts:
                    arrays[name], more = self.parsed(name, arrays[name], one.rows)
                    refused += more
                elif pa.types.is_null(arrays[name].type) and name in self.records:
                    arrays[name] = pa.nulls(len(one.rows), self.types[name])
            yield replace(one, arrays=arrays, rejected=tuple(refused))


def with_json(source: TableSource, facts: Mapping[str, Fact]) -> TableSource:
    """The same table, or one that reads its columns of JSON."""
    return JsonColumns(source, facts) if _json_in(source, facts) else source


def _json_in(source: TableSource, facts: Mapping[str, Fact]) -> list[str]:
    """Columns of facts that are records, and whose type is text, or none since every cell is empty."""
    kinds = {name: kind for name, kind in source.types.items() if name in facts and facts[name].sort == "records"}
    return [name for name, kind in kinds.items() if _is_texts(kind) or pa.types.is_null(kind)]


def _is_texts(kind: pa.DataType) -> bool:
    return is_text(kind.value_type if pa.types.is_dictionary(kind) else kind)
