"""A table read by a mapping: its columns become those of facts, its records are gathered, and faults keep their place.

Each different cell of a column is looked at once, so that a table of millions of rows takes little longer than one
whose columns have the names of facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lawmodel.batch.given.conversion import Conversion
from lawmodel.batch.given.given_table import AS_IS, TableLayout
from lawmodel.batch.mapping.cells import Meaning
from lawmodel.batch.mapping.mapping import CASE, IGNORE, NO_RECORD, TableMapping
from lawmodel.batch.mapping.mapping_file import plain_targets
from lawmodel.batch.rows.truths import Flags
from lawmodel.batch.tables.blank_rows import without_blank_rows
from lawmodel.batch.tables.columns import is_text, records_type
from lawmodel.batch.tables.databases import SHEETS, place_of
from lawmodel.batch.tables.matched import KEY
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.tables.slices import NotATable, Slice, TableSource
from lawmodel.batch.tables.sources import read_as
from lawmodel.case.values import UNKNOWN, NotAValue, folded
from lawmodel.dataclass import dataclass
from lawmodel.problems import did_you_mean, listed
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.words.counts import count

_FILL: Final = "Fill it, or empty the other cells of this record."


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a column in some rows, translated."""

    texts: pa.Array
    """Values; null where nothing is known."""
    filled: Flags
    """Where the cell says a value."""
    unsure: Flags
    """Where it says that something is not known."""
    absent: Flags
    """Where it says that there is no such record."""


class Mapped:
    """A table of facts, read from another one as a mapping says."""

    def __init__(
        self, rulebook: Rulebook, mapping: TableMapping, source: TableSource, name: str, ignored: Collection[str] = ()
    ) -> None:
        """Match the columns of the table called ``name`` and those of the mapping; raises `NotATable`."""
        self.mapping = mapping
        self.given = source
        """The table as it was given."""
        self.total, self.sheet, self.line_of = source.total, source.sheet, source.line_of
        _check_columns(name, mapping, source.types, ignored)
        here = {heading: one for heading, one in mapping.columns.items() if heading in source.types}
        self._key = next((heading for heading, one in here.items() if one.fact == CASE), None)
        self._skip = {heading: frozenset(map(folded, cells)) for heading, cells in mapping.table.skip.items()}
        self._meanings = [
            Meaning(rulebook, heading, mapping.table, here[heading], target)
            for heading, target in plain_targets(here, rulebook).items()
        ]
        self._read: dict[tuple[str, str], str | NotAValue | None] = {}
        self._singles = {one.target.path: one for one in self._meanings if one.target.record is None}
        self._lists: dict[str, dict[int, dict[str, Meaning]]] = {}
        for one in self._meanings:
            if one.target.record is not None:
                records = self._lists.setdefault(one.target.path, {})
                records.setdefault(one.target.record, {})[one.target.fact.id] = one
        self._lists = {path: dict(sorted(records.items())) for path, records in self._lists.items()}
        self._defaults = dict(mapping.defaults)
        self._fields = {path: self._fields_of(path) for path in self._lists}
        self.types: Mapping[str, pa.DataType] = {
            **({} if self._key is None else {KEY: pa.string()}),
            **dict.fromkeys(self._singles, pa.string()),
            **{name: _type_of(rulebook.facts[name]) for name in self._defaults if name in rulebook.facts},
            **{path: records_type(fields) for path, fields in self._fields.items()},
        }

    @property
    def headings(self) -> Mapping[str, Meaning]:
        """What the cells of each column mean that is a fact, by heading."""
        return {one.heading: one for one in self._meanings}

    def _fields_of(self, path: str) -> dict[str, None]:
        """The fields that records of a list have: those of columns, and those that the mapping has a default for."""
        found = dict.fromkeys(name for record in self._lists[path].values() for name in record)
        defaults = (name.removeprefix(f"{path}.") for name in self._defaults if name.startswith(f"{path}."))
        return found | dict.fromkeys(defaults)

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, so many rows at a time."""
        singles = {path: one for path, one in self._singles.items() if path in wanted}
        lists = {path: one for path, one in self._lists.items() if path in wanted}
        needed: list[str] = []
        if self._key is not None and KEY in wanted:
            needed.append(self._key)
        records = (record for each in lists.values() for record in each.values())
        needed += [one.heading for one in singles.values()]
        needed += [one.heading for record in records for one in record.values()]
        for one in self.given_slices(needed, rows):
            arrays: dict[str, pa.Array] = {}
            rejected = list(one.rejected)
            size = len(one.rows)
            for name in wanted:
                if name == KEY and self._key is not None:
                    arrays[name] = _as_texts(one.arrays[self._key])
                elif name in singles:
                    cells, wrong = self.cells(singles[name], one)
                    arrays[name] = cells.texts
                    rejected += wrong
                elif name in lists:
                    arrays[name], wrong = self._records(name, one)
                    rejected += wrong
                elif self._defaults[name] == NO_RECORD:
                    arrays[name] = pa.array([[]] * size, type=self.types[name])
                else:
                    arrays[name] = pa.array([self._defaults[name]] * size, type=pa.string())
            yield replace(one, arrays=arrays, rejected=tuple(rejected))

    def given_slices(self, headings: Iterable[str], rows: int) -> Iterator[Slice]:
        """Columns of the table as it was given, without blank rows and those that the mapping skips."""
        for one in without_blank_rows(self.given, dict.fromkeys((*headings, *self._skip)), rows):
            yield self._without_skipped(one)

    def skipped(self, rows: int = 65_536) -> int:
        """How many rows are none of cases, as the mapping says."""
        found = 0
        for one in self.given.slices(dict.fromkeys(self._skip), rows) if self._skip else ():
            found += int((~kept_rows(one, self._skip)).sum())
        return found

    def _without_skipped(self, one: Slice) -> Slice:
        if not self._skip:
            return one
        kept = kept_rows(one, self._skip)
        if kept.all():
            return one
        left = set(one.rows[~kept].tolist())
        arrays = {name: array.filter(pa.array(kept)) for name, array in one.arrays.items()}
        rejected = tuple(each for each in one.rejected if each.row not in left)
        return replace(one, rows=one.rows[kept], arrays=arrays, rejected=rejected)

    def cells(self, meaning: Meaning, one: Slice) -> tuple[Cells, list[Rejected]]:
        """The cells of a column in some rows of the table as it was given, and what is wrong with some of them."""
        coded = as_codes(one.arrays[meaning.heading])
        texts = coded.dictionary.to_pylist()
        found = [self._meaning(meaning, text) for text in texts]
        meant = [None if isinstance(each, NotAValue) else each for each in found]
        empty = [each is None and not isinstance(why, NotAValue) for each, why in zip(meant, found, strict=True)]
        nothing = _taken(coded, empty, empty=True)
        absent = _taken(coded, [each == NO_RECORD for each in meant])
        unsure = _taken(coded, [each == UNKNOWN for each in meant])
        wrong: list[Rejected] = []
        numbers = np.asarray(pc.fill_null(coded.indices, 0))
        for place in np.flatnonzero(_taken(coded, [isinstance(each, NotAValue) for each in found])).tolist():
            why = found[numbers[place]]
            assert isinstance(why, NotAValue)
            row, cell = int(one.rows[place]), texts[numbers[place]]
            wrong.append(Rejected(row, meaning.heading, cell, why.message, why.mend))
        known = [None if each in (None, UNKNOWN, NO_RECORD) else each for each in meant]
        values = pa.array(known, type=pa.string()).take(coded.indices)
        filled = np.asarray(values.is_valid())
        if meaning.empty == NO_RECORD:
            absent |= nothing
        elif meaning.empty not in (None, UNKNOWN):
            values = pc.if_else(pa.array(nothing), pa.scalar(meaning.empty), values)
        return Cells(values, filled, unsure, absent), wrong

    def _meaning(self, meaning: Meaning, text: str) -> str | NotAValue | None:
        key = meaning.heading, text
        if key not in self._read:
            try:
                self._read[key] = meaning.of(text)
            except NotAValue as error:
                self._read[key] = error
        return self._read[key]

    def _records(self, path: str, one: Slice) -> tuple[pa.Array, list[Rejected]]:
        """The records of a list: those that some cell says something of, in the order of their numbers.

        Where no cell says anything, nobody knows whether there is a record: the list is unknown. So it is where all
        that is said of a record is that something is not known. A cell that says that there is no record makes the
        list known, if nothing else contradicts it.
        """
        size, records = len(one.rows), self._lists[path]
        present = np.zeros((size, len(records)), dtype=np.bool_)
        sure = np.zeros(size, dtype=np.bool_)
        unsure = np.zeros(size, dtype=np.bool_)
        wrong: list[Rejected] = []
        columns: dict[str, list[pa.Array]] = {name: [] for name in self._fields[path]}
        for place, fields in enumerate(records.values()):
            cells = {}
            for name, meaning in fields.items():
                cells[name], more = self.cells(meaning, one)
                wrong += more
            filled = np.logical_or.reduce([each.filled for each in cells.values()])
            absent = np.logical_or.reduce([each.absent for each in cells.values()])
            wrong += self._contradicted(one, fields, cells, filled & absent)
            present[:, place] = filled  # beside `absent` the row is a bad one
            sure |= filled | absent
            unsure |= np.logical_or.reduce([each.unsure for each in cells.values()]) & ~filled & ~absent
            for name in columns:
                default = self._defaults.get(f"{path}.{name}")
                nothing = pa.array([default] * size, type=pa.string())
                columns[name].append(cells[name].texts if name in cells else nothing)
        known = sure & ~unsure
        present &= known[:, np.newaxis]
        row, number = np.nonzero(present)
        taken = pa.array(number * size + row)
        fields_ = [pa.concat_arrays(each).take(taken) for each in columns.values()]
        values = pa.StructArray.from_arrays(fields_, names=list(columns))
        offsets = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int32)
        mask = None if known.all() else pa.array(~known)
        return pa.ListArray.from_arrays(pa.array(offsets), values, mask=mask), wrong

    def _contradicted(
        self, one: Slice, fields: Mapping[str, Meaning], cells: Mapping[str, Cells], where: Flags
    ) -> Iterator[Rejected]:
        """Rows in which one cell says that there is no record, and another one says something of it."""
        for place in np.flatnonzero(where).tolist():
            no = next(name for name, each in cells.items() if each.absent[place])
            other = next(name for name, each in cells.items() if each.filled[place])
            cell = one.arrays[fields[no].heading][place].as_py() or ""
            said = f"`{fields[no].heading}` says that there is no record, and `{fields[other].heading}` speaks of it"
            yield Rejected(int(one.rows[place]), fields[no].heading, str(cell), said, _FILL)


def mapped_table(
    rulebook: Rulebook,
    mapping: TableMapping,
    path: Path,
    table: str | None = None,
    layout: TableLayout = AS_IS,
    conversion: Conversion | None = None,
    ignored: Collection[str] = (),
) -> Mapped:
    """The table in a file, read by a mapping; what ``layout`` says of the file goes before what the mapping says.

    Otherwise as `lawmodel.batch.tables.sources.source_of`; raises `NotATable`.
    """
    said = mapping.table
    file, behind = place_of(path)
    if table is None and behind is None and file.suffix.lower() in SHEETS:
        table = said.sheet
    layout = replace(
        layout,
        headings=layout.headings or said.headings,
        encoding=layout.encoding or said.encoding,
        delimiter=layout.delimiter or said.delimiter,
        expected=frozenset(mapping.columns),
    )
    found = Mapped(rulebook, mapping, read_as(path, {}, table, layout, conversion), str(path), ignored)
    skipped = found.skipped()
    if skipped and conversion is not None:
        conversion.remarks.append(f"{path}: {count(skipped, 'row')} skipped, as the mapping says (`skip`).")
    return found


def unmapped_table(
    path: Path, table: str | None = None, layout: TableLayout = AS_IS, conversion: Conversion | None = None
) -> TableSource:
    """The table in a file with the columns that it has, whatever they are; of several sheets the one with a table.

    Raises `NotATable`.
    """
    file, behind = place_of(path)
    if table is None and behind is None and file.suffix.lower() in SHEETS and file.is_file():
        from lawmodel.batch.given.spreadsheet import main_sheet  # slow to load

        table = main_sheet(file)
    return read_as(path, {}, table, layout, conversion)


def _check_columns(
    name: str, mapping: TableMapping, types: Mapping[str, pa.DataType], ignored: Collection[str]
) -> None:
    """Refuse a table whose columns are not those of the mapping; raises `NotATable`."""
    wrong: list[str] = []
    for heading in types:
        if heading not in mapping.columns and heading not in ignored:
            mend = did_you_mean(heading, [one for one in mapping.columns if one not in types], "")
            wrong.append(f"the mapping says nothing of the column `{heading}`. {mend}Write `{heading}: ignore` there.")
    for heading, one in mapping.columns.items():
        needed = one.fact != IGNORE or heading in mapping.table.skip
        if heading not in types and needed:
            mend = did_you_mean(heading, types, f"Its columns are: {listed(types)}.")
            wrong.append(f"it has no column `{heading}`, of which the mapping speaks. {mend}")
        elif heading in types and one.fact != IGNORE and pa.types.is_nested(types[heading]):
            wrong.append(f"the column `{heading}` holds {types[heading]}. A mapping is of columns of single values.")
    if wrong:
        raise NotATable(f"{name}: " + "\n".join(wrong))


def kept_rows(one: Slice, skip: Mapping[str, Collection[str]]) -> Flags:
    """The rows that are cases: by column, ``skip`` holds the cells of rows that are none, as `folded` has them."""
    kept = np.ones(len(one.rows), dtype=np.bool_)
    for heading, cells in skip.items():
        coded = as_codes(one.arrays[heading])
        says = [folded(text) in cells for text in coded.dictionary.to_pylist()]
        kept &= ~_taken(coded, says, empty="" in cells)
    return kept


def _type_of(fact: Fact) -> pa.DataType:
    """The type of a column of defaults."""
    return records_type({fact.of[0].id: None}) if fact.sort == "records" else pa.string()


def _as_texts(array: pa.Array) -> pa.Array:
    """A column as texts."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array if pa.types.is_string(array.type) else array.cast(pa.string())


def as_codes(array: pa.Array) -> pa.DictionaryArray:
    """A column as texts by number."""
    if pa.types.is_dictionary(array.type) and is_text(array.type.value_type):
        return array
    return pc.dictionary_encode(_as_texts(array))


def _taken(coded: pa.DictionaryArray, says: Sequence[bool], *, empty: bool = False) -> npt.NDArray[np.bool_]:
    """Where the cell is one of those that this is said of; ``empty``: also where there is none."""
    found = pa.array(says, type=pa.bool_()).take(coded.indices)
    return np.array(pc.fill_null(found, empty), dtype=np.bool_)
