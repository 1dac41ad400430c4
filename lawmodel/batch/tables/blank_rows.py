"""Rows that say nothing: every cell of theirs is empty. They are no cases, whatever the kind of the table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lawmodel.batch.rows.truths import Flags, Rows
from lawmodel.batch.tables.called_off import work_here
from lawmodel.batch.tables.columns import is_text
from lawmodel.batch.tables.slices import Slice, TableSource


class _Every(tuple[str, ...]):
    """All fields, whatever they are called."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        return True


_EVERY: Final = _Every()


def without_blank_rows(source: TableSource, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
    """The wanted columns of a table without its blank rows, which are counted.

    The other columns are read too, once, as soon as a row is empty in all that are wanted.
    """
    others = {name: _EVERY if pa.types.is_nested(kind) else None for name, kind in source.types.items()}
    others = {name: fields for name, fields in others.items() if name not in wanted}
    elsewhere: Rows | None = None
    for one in source.slices(wanted, rows):
        work_here().check()
        blank = _blank(one)
        if blank is not None and others:
            if elsewhere is None:
                elsewhere = _rows_of_nothing(source, others, rows)
            blank &= np.isin(one.rows, elsewhere)
        if blank is None or not blank.any():
            yield one
            continue
        kept = pa.array(~blank)
        arrays = {name: array.filter(kept) for name, array in one.arrays.items()}
        yield replace(one, rows=one.rows[~blank], arrays=arrays, blank=one.blank + int(blank.sum()))


def _rows_of_nothing(source: TableSource, columns: Mapping[str, Collection[str] | None], rows: int) -> Rows:
    """The numbers of the rows in which all of these columns are empty."""
    found = [np.empty(0, dtype=np.int64)]
    for one in source.slices(columns, rows):
        work_here().check()
        blank = _blank(one)
        if blank is not None:
            found.append(one.rows[blank])
    return np.concatenate(found)


def _blank(one: Slice) -> Flags | None:
    """The rows in which all cells are empty; None: there is none."""
    blank = _all_empty(one.arrays.values(), len(one.rows))
    if blank is not None and one.rejected:
        blank &= ~np.isin(one.rows, [each.row for each in one.rejected])
    return blank


def _all_empty(arrays: Iterable[pa.Array], rows: int) -> Flags | None:
    found = np.ones(rows, dtype=np.bool_)
    for array in sorted(arrays, key=lambda array: array.null_count):  # the first one mostly settles it
        empty = empty_cells(array)
        if empty is None:
            return None
        found &= empty
        if not found.any():
            return None
    return found


def empty_cells(array: pa.Array) -> Flags | None:
    """Where cells are null or empty texts; None: nowhere."""
    empty = np.asarray(array.is_null()) if array.null_count else None
    kind = array.type
    if pa.types.is_dictionary(kind) and is_text(kind.value_type):
        code = pc.index(array.dictionary, "").as_py()
        texts = np.asarray(pc.fill_null(pc.equal(array.indices, code), False)) if code >= 0 else None
    elif is_text(kind):
        texts = np.asarray(pc.fill_null(pc.equal(pc.binary_length(array), 0), False))
    else:
        texts = None
    if empty is None or texts is None:
        return texts if empty is None else empty
    return np.asarray(empty | texts)
