"""Rows of a Parquet file, some at a time.

Texts and records are read by Arrow, texts by number. Yes/no, numbers and days stand in columns of their own; these are
read by Polars, which decodes them in a seventh of the time (`benchmarks/batch.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from lawmodel.batch.tables.matched import KEY

SMALL_GROUP: Final = 16_384
"""Row groups of more rows are read one by one: only so can texts within records be read by number."""
LARGE_GROUP: Final = 4_194_304
"""Row groups of more rows are read by Arrow only, which need not hold a group of them at once."""


def rows_of(
    path: Path, wanted: Mapping[str, Collection[str] | None], rows: int, only: Sequence[int] | None = None
) -> Iterator[pa.RecordBatch]:
    """The wanted columns of a Parquet file, so many rows at a time.

    Of lists the wanted fields. ``only`` some row groups, which follow each other, are read if they are named.
    Raises `OSError`, and `pa.ArrowException` also where Arrow reads what is no text, or numbers of texts there are not.
    """
    metadata, schema = pq.read_metadata(path), pq.read_schema(path)
    sizes = [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]
    leaves = _leaves(metadata, wanted)
    numbered = [leaf for leaf, kind in leaves.items() if kind == "BYTE_ARRAY" and leaf != KEY]
    numbers = list(range(len(sizes))) if only is None else list(only)
    groups = [[number] for number in numbers]
    if metadata.num_rows < SMALL_GROUP * len(sizes) and not _numbered_within(schema, wanted):
        groups = [numbers]
        numbered = [leaf for leaf in numbered if leaf in wanted]
    plain = [name for name in wanted if _is_plain(schema.field(name).type)]
    if max(sizes, default=0) > LARGE_GROUP:
        plain = []
    others = [leaf for leaf in leaves if leaf not in plain]
    with pq.ParquetFile(path, read_dictionary=numbered, pre_buffer=True) as file:
        for together in groups:
            first, count = sum(sizes[: together[0]]), sum(sizes[number] for number in together)
            columns = _plain_columns(path, plain, first, count)
            pieces: Iterator[Any] = iter(range(0, count, rows))
            if others or not plain:
                pieces = file.iter_batches(rows, together, columns=others, use_threads=False)
            done = 0
            for piece in pieces:
                if isinstance(piece, int):
                    size = min(rows, count - done)
                else:
                    piece.validate(full=True)
                    size = piece.num_rows
                arrays = [columns[name].slice(done, size) if name in columns else piece.column(name) for name in wanted]
                yield pa.RecordBatch.from_arrays(arrays, names=list(wanted)) if arrays else piece
                done += size


def _is_plain(kind: pa.DataType) -> bool:
    return bool(pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_date32(kind))


def _plain_columns(path: Path, names: Sequence[str], first: int, count: int) -> dict[str, pa.Array]:
    """Columns of yes/no, numbers and days: of so many rows from the first (counted from 0)."""
    if not names:
        return {}
    import polars as pl  # slow to load, and only Parquet needs it

    table = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    try:
        frame = table.select(names).slice(first, count).collect()
    except pl.exceptions.PolarsError as error:
        raise pa.ArrowInvalid(str(error)) from None
    return {name: frame[name].rechunk().to_arrow() for name in names}


def _numbered_within(schema: pa.Schema, wanted: Collection[str]) -> bool:
    """Whether the file itself says that texts within records are to be read by number."""
    lists = (one.type for one in schema if one.name in wanted and pa.types.is_list(one.type))
    return any(
        pa.types.is_dictionary(field.type)
        for one in lists
        if pa.types.is_struct(one.value_type)
        for field in one.value_type
    )


def _leaves(metadata: pq.FileMetaData, wanted: Mapping[str, Collection[str] | None]) -> dict[str, str]:
    """The paths of what has to be read, each with the type that it has in the file."""
    schema = metadata.schema
    kept: dict[str, str] = {}
    for one in (schema.column(number) for number in range(len(schema.names))):
        for name, fields in wanted.items():
            below = one.path.removeprefix(name + ".") if one.path.startswith(name + ".") else None
            if one.path == name or (below is not None and fields is not None and _field_of(below) in fields):
                kept[one.path] = one.physical_type
    return kept


def _field_of(below: str) -> str:
    """The field that a leaf of a list of structs is: what stands behind ``list.element.``."""
    return below.split(".", 2)[2] if below.count(".") >= 2 else below
