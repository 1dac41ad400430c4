"""Tables that cases are read from, a block of rows at a time: Parquet (a file or a folder), CSV, JSON lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lawmodel.batch.matched import KEY
from lawmodel.batch.slices import NotATable as NotATable
from lawmodel.batch.slices import Slice as Slice
from lawmodel.batch.slices import Source as Source
from lawmodel.batch.text_sources import Csv, JsonLines
from lawmodel.rulebook.model import Rulebook

SMALL_GROUP: Final = 16_384
"""Row groups of more rows are read one by one: only so can texts within records be read by number."""
SUFFIXES: Final = (".parquet", ".csv", ".jsonl", ".ndjson")


def source_of(path: Path, rulebook: Rulebook) -> Source:
    """The table in a file or folder; raises `NotATable`."""
    try:
        if path.is_dir():
            files = sorted(path.glob("*.parquet"))
            if not files:
                raise NotATable(f"{path}: there is no Parquet file in this folder.")
            return Parquet(files)
        if not path.exists():
            raise NotATable(f"{path}: there is no such file.")
        if path.suffix == ".parquet":
            return Parquet([path])
        if path.suffix == ".csv":
            return Csv(path, rulebook)
        if path.suffix in (".jsonl", ".ndjson"):
            return JsonLines(path, rulebook)
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise NotATable(f"{path}: it cannot be read: {error}") from None
    raise NotATable(f"{path}: a table ends in {', '.join(SUFFIXES)}, or is a folder of Parquet files.")


class Parquet:
    """One Parquet file, or several with the same columns."""

    line_of_first = None

    def __init__(self, files: list[Path]) -> None:
        self.files = files
        schemas = [pq.read_schema(file) for file in files]
        for file, schema in zip(files, schemas, strict=True):
            if not schema.remove_metadata().equals(schemas[0].remove_metadata()):
                raise NotATable(
                    f"{file}: it has other columns than {files[0].name}. Files of one folder must be alike."
                )
        self.types = {one.name: one.type for one in schemas[0]}
        self.total: int | None = sum(pq.read_metadata(file).num_rows for file in files)

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, so many rows at a time; texts by number."""
        before = 0
        for path in self.files:
            leaves = _leaves(path, wanted)
            metadata = pq.read_metadata(path)
            texts = [leaf for leaf, kind in leaves.items() if kind == "BYTE_ARRAY" and leaf != KEY]
            groups: list[list[int]] = [[number] for number in range(metadata.num_row_groups)]
            if metadata.num_rows < SMALL_GROUP * metadata.num_row_groups:
                groups = [list(range(metadata.num_row_groups))]
                texts = [leaf for leaf in texts if leaf in wanted]
            with pq.ParquetFile(path, read_dictionary=texts, pre_buffer=True) as file:
                for together in groups:
                    for batch in file.iter_batches(rows, together, columns=list(leaves), use_threads=False):
                        arrays = {name: batch.column(name) for name in wanted}
                        yield Slice(np.arange(before + 1, before + 1 + batch.num_rows), arrays)
                        before += batch.num_rows


def _leaves(path: Path, wanted: Mapping[str, Collection[str] | None]) -> dict[str, str]:
    """The paths of what has to be read, each with the type that it has in the file."""
    schema = pq.read_metadata(path).schema
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
