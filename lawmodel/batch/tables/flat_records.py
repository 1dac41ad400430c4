"""Records in columns of their own, side by side: ``service[1].formation``, ``service[2].formation`` are one list.

A record whose cells are all empty is none. Where that is so of every record of a case, nothing says whether it has none
or whether nobody knows: its list is unknown, as an empty cell is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lawmodel.batch.rows.truths import Flags
from lawmodel.batch.tables.blank_rows import empty_cells
from lawmodel.batch.tables.columns import NUMBER, is_text
from lawmodel.batch.tables.slices import NotATable, Slice, TableSource
from lawmodel.inputs import MOST_RECORDS
from lawmodel.problems import listed
from lawmodel.rulebook.model import Fact

_NAME: Final = re.compile(r"(.+)\[([1-9]\d{0,3})\]\.(.+)\Z", re.ASCII)
EXAMPLE: Final = "{}[1].…"


class FlatRecords:
    """A table some of whose columns are fields of records."""

    def __init__(self, source: TableSource, lists: Collection[str], none: Collection[str] = ()) -> None:
        """Take the lists that have such columns, and those for which no cell means that there is no record.

        Raises `NotATable`.
        """
        self._source, self._none = source, none
        self.total, self.sheet, self.line_of = source.total, source.sheet, source.line_of
        self._columns: dict[str, dict[int, dict[str, str]]] = {name: {} for name in lists}
        types: dict[str, pa.DataType] = {}
        fields: dict[str, dict[str, pa.DataType]] = {name: {} for name in lists}
        for column, kind in source.types.items():
            found = _NAME.match(column)
            if found is None or found[1] not in self._columns:
                types[column] = kind
                continue
            name, number, field = found[1], int(found[2]), found[3]
            if number > MOST_RECORDS:
                raise NotATable(f"`{column}`: a list has {MOST_RECORDS} records at most. Remove the column.")
            self._columns[name].setdefault(number, {})[field] = column
            plain = kind.value_type if pa.types.is_dictionary(kind) else kind
            before = fields[name].setdefault(field, plain)
            if before != plain and not pa.types.is_null(plain):
                if not pa.types.is_null(before):
                    raise NotATable(
                        f"`{column}` holds {plain}, and the same field of another record {before}. Give them one type."
                    )
                fields[name][field] = plain
        both = next((name for name in lists if name in types), None)
        if both is not None:
            columns = f"columns of its records ({EXAMPLE.format(both)})"
            raise NotATable(f"there is a column `{both}`, and {columns}. Leave out one of the two.")
        self._fields = fields
        self.types: Mapping[str, pa.DataType] = {
            **types,
            **{name: pa.list_(pa.struct(list(found.items()))) for name, found in fields.items()},
        }

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, so many rows at a time; of records every field is read, to see which there are."""
        lists = [name for name in wanted if name in self._columns]
        others = {name: fields for name, fields in wanted.items() if name not in lists}
        each = [column for name in lists for fields in self._columns[name].values() for column in fields.values()]
        for one in self._source.slices({**others, **dict.fromkeys(each)}, rows):
            arrays = {name: one.arrays[name] for name in others}
            yield replace(one, arrays=arrays | {name: self._listed(name, one) for name in lists})

    def remark(self) -> str:
        """How the records are read, in a sentence."""
        named = listed([EXAMPLE.format(name) for name in self._columns])
        empty = "One whose cells are all empty is none; without any, the list is unknown"
        return f"records are read from columns ({named}). {empty}."

    def _listed(self, name: str, one: Slice) -> pa.Array:
        """The records of each row as a list."""
        count = len(one.rows)
        records = sorted(self._columns[name].items())
        cells = ([one.arrays[column] for column in fields.values()] for _, fields in records)
        there = np.stack([_is_there(each, count) for each in cells])
        rows, places = np.nonzero(there.T)  # in the order of the rows, and of the records in each
        taken = pa.array(places * count + rows)
        inner = {NUMBER: pa.array(np.array([number for number, _ in records])[places])}
        for field, kind in self._fields[name].items():
            columns = (one.arrays.get(fields.get(field, ""), pa.nulls(count)) for _, fields in records)
            plain = [each.dictionary_decode() if pa.types.is_dictionary(each.type) else each for each in columns]
            inner[field] = pa.concat_arrays([each.cast(kind) for each in plain]).take(taken)
        lengths = there.sum(axis=0)
        offsets = pa.array(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32))
        unknown = None if name in self._none else pa.array(lengths == 0)
        struct = pa.StructArray.from_arrays(list(inner.values()), names=list(inner))
        return pa.ListArray.from_arrays(offsets, struct, mask=unknown)


def is_flat(column: str, facts: Mapping[str, Fact]) -> bool:
    """Whether a column is a field of a record of one of these facts."""
    found = _NAME.match(column)
    return found is not None and found[1] in facts and facts[found[1]].sort == "records"


def with_flat_records(
    path: Path, source: TableSource, facts: Mapping[str, Fact], none: Collection[str] = ()
) -> TableSource:
    """The same table, or one in which columns of records are lists; raises `NotATable`."""
    named = dict.fromkeys(column.rpartition("[")[0] for column in source.types if is_flat(column, facts))
    try:
        return FlatRecords(source, tuple(named), none) if named else source
    except NotATable as error:
        raise NotATable(f"{path}: {error}") from None


def _is_there(cells: list[pa.Array], count: int) -> Flags:
    """The rows in which a record has at least one cell that is not empty."""
    found = np.zeros(count, dtype=np.bool_)
    for array in cells:
        text = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
        empty = empty_cells(pc.utf8_trim_whitespace(text) if is_text(text.type) else text)
        found |= True if empty is None else ~empty
    return found
