"""From a column of a table to the values of an input: what is written is read as in a case file.

Texts are held by number, and each distinct text is read once (`cell_values.decode_cell`), so that a value means in a
table what it means in a case file. Empty, and ``unknown``, are unknown.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, assert_never

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lawmodel.batch.rows.input_column import Coded, Held, Listed, Unknown, Whole, YesNo, both
from lawmodel.batch.rows.truths import Bits, Flags, Rows, packed
from lawmodel.batch.tables.cell_values import ISO, DayForms, decode_cell
from lawmodel.case.values import MOST_NUMBER, NotAValue
from lawmodel.dataclass import dataclass
from lawmodel.inputs import MOST_RECORDS, Scalar
from lawmodel.rulebook.model import Fact, Rulebook

EPOCH: Final = datetime.date(1970, 1, 1).toordinal()
WORD: Final = ".word"
"""Behind the name of a column of days: a column of words that may stand in the place of a day."""
NUMBER: Final = "#"
"""A field of records that stand side by side, in columns of their own: the number by which these are called."""
NO_RECORD: Final = "a record of `{}` is empty (null)"
MANY_RECORDS: Final = f"`{{}}` has more than {MOST_RECORDS} records"
FEW_RECORDS: Final = "Keep those that matter."
ONE_VALUE: Final = "`{}` has one value"
_FIRST, _LAST = datetime.date.min.toordinal(), datetime.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Wrong:
    """Rows of a block in which a column holds what is no value of its fact."""

    rows: Rows
    column: str
    value: str
    """The cell, as it is."""
    message: str
    mend: str


class WrongType(ValueError):
    """A column is of a type that its fact cannot have."""

    def __init__(self, column: str, fact: Fact, found: pa.DataType) -> None:
        super().__init__(f"the column `{column}` holds {found}. It should hold {_wanted(fact)}.")


def _wanted(fact: Fact) -> str:
    """What the column of a fact should hold."""
    match fact.type:
        case "yes/no":
            return "yes/no: booleans, texts such as yes and no, or 1 and 0"
        case "choice":
            return "choices: texts, or whole numbers"
        case "number":
            return "whole numbers, or texts of digits"
        case "span":
            return f"spans: texts such as 12 {fact.unit}"
        case "date":
            return "days: dates, or texts such as 2026-03-19"
        case "records":
            return "records: lists of structs, or JSON texts"
        case _:
            assert_never(fact.type)


def check_type(fact: Fact, column: str, kind: pa.DataType) -> None:
    """Refuse a column whose type its fact cannot have; raises `WrongType`."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_null(kind):
        return
    if fact.sort == "records":
        if _is_list(kind) and pa.types.is_struct(kind.value_type):
            inner = {one.name: one.type for one in kind.value_type}
            for field in fact.of:
                if field.id in inner:
                    check_type(field, f"{column}.{field.id}", inner[field.id])
            return
        if is_text(kind):
            return
    elif is_text(kind) or _holds(fact, kind):
        return
    raise WrongType(column, fact, kind)


def _holds(fact: Fact, kind: pa.DataType) -> bool:
    """Whether a column of a type other than text can hold values of a single fact."""
    match fact.type:
        case "yes/no":
            return bool(pa.types.is_boolean(kind)) or _is_number(kind)
        case "number":
            return _is_number(kind)
        case "date":
            return bool(pa.types.is_date(kind) or pa.types.is_timestamp(kind))
        case "choice":
            return bool(pa.types.is_integer(kind))
        case "records" | "span":
            return False
        case _:
            assert_never(fact.type)


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def is_text(kind: pa.DataType) -> bool:
    """Whether a column of this type holds texts."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


class Reader:
    """Reads columns; what distinct texts mean is remembered."""

    def __init__(self, rulebook: Rulebook, days: DayForms = ISO) -> None:
        self.rulebook = rulebook
        self.days = days
        self.wrong: list[Wrong] = []
        """What was wrong in the block at hand; in a record the rows are those of the records."""
        self._read: dict[tuple[str, str], Scalar | NotAValue | None] = {}

    def held(self, fact: Fact, name: str, array: pa.Array, words: pa.Array | None = None) -> Held:
        """The values of a single fact, or of a field; ``words`` may stand in the place of days."""
        if pa.types.is_dictionary(array.type) and not is_text(array.type.value_type):
            array = array.dictionary_decode()
        kind = array.type
        if pa.types.is_null(kind):
            held: Held = Unknown(len(array))
        elif pa.types.is_boolean(kind):
            yes = _bits(array.buffers()[1], array)
            if array.null_count == 0:
                held = YesNo(yes, ~yes, len(array))
            else:
                known_bits = _bits(array.buffers()[0], array)
                held = YesNo(yes & known_bits, ~yes & known_bits, len(array))
        elif pa.types.is_decimal(kind) or (_is_number(kind) and fact.type != "number"):
            held = self._texts(fact, name, _as_texts(array))
        elif _is_number(kind):
            held = self._numbers(name, array)
        elif pa.types.is_date(kind) or pa.types.is_timestamp(kind):
            days = array if pa.types.is_date32(kind) else array.cast(pa.date32(), safe=False)
            values = _ints(days) + EPOCH
            held = Whole(values, _valid(array))
            if not _within(values, _FIRST, _LAST):
                beyond = ((values < _FIRST) | (values > _LAST)) & _all_known(held)
                cells = array.filter(pa.array(beyond)).cast(pa.string()).to_pylist()
                message = f"`{name}` is no day of the calendar"
                self._note_cells(np.flatnonzero(beyond), cells, name, message, "Years: 1 to 9999.")
        else:
            held = self._texts(fact, name, array)
        if words is None or pa.types.is_null(words.type):
            return held
        return _worded(held, self._texts(fact, name + WORD, words))

    def listed(self, fact: Fact, name: str, array: pa.Array, wanted: Sequence[str]) -> Listed:
        """Lists of records, with the fields that are wanted and there."""
        valid = _valid(array)
        known = np.ones(len(array), dtype=np.bool_) if valid is None else valid
        if valid is None:
            offsets = np.asarray(array.offsets)
            starts = (offsets - offsets[0]).astype(np.int64)
            lengths = np.diff(starts) if starts[-1] else np.empty(0, dtype=np.int64)
        else:
            lengths = np.asarray(pc.fill_null(pc.list_value_length(array), 0)).astype(np.int64)
            starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
        parents = np.empty(0, dtype=np.int64)
        if starts[-1]:
            parents = np.repeat(np.arange(len(array), dtype=np.int64), lengths)
        records = array.flatten()
        inner = dict(zip((one.name for one in records.type), records.flatten(), strict=True))
        fields: dict[str, Held] = {}
        before, self.wrong = self.wrong, []
        for field in fact.of:
            if field.id in wanted and field.id in inner:
                words = inner.get(field.id + WORD)
                fields[field.id] = self.held(field, f"{name}.{field.id}", inner[field.id], words)
        found = [Wrong(parents[one.rows], one.column, one.value, one.message, one.mend) for one in self.wrong]
        if NUMBER in inner:
            found = list(_by_number(name, self.wrong, parents, inner[NUMBER]))
        self.wrong = before + found
        if records.null_count:
            empty = np.unique(parents[np.asarray(records.is_null())])
            self._note_lists(array, empty, name, NO_RECORD, "Give an empty list for no record.")
        if len(lengths) and lengths.max() > MOST_RECORDS:
            self._note_lists(array, np.flatnonzero(lengths > MOST_RECORDS), name, MANY_RECORDS, FEW_RECORDS)
        return Listed(known, parents, starts, fields)

    def _numbers(self, name: str, array: pa.Array) -> Whole:
        known = _valid(array)
        filled = np.asarray(array if known is None else pc.fill_null(array, 0))
        if filled.dtype.kind in "iu" and _within(filled, 0, MOST_NUMBER - 1):
            return Whole(filled, known)
        with np.errstate(invalid="ignore"):
            refused = ~((filled >= 0) & (filled < MOST_NUMBER))
            if filled.dtype.kind == "f":
                refused |= filled != np.floor(filled)
            values = np.where(refused, 0, filled).astype(np.int64)
        if known is not None:
            refused &= known
        if refused.any():
            for number in np.unique(filled[refused])[:1000]:
                here = refused & (
                    (filled == number) | (np.isnan(filled) & np.isnan(number))
                    if filled.dtype.kind == "f"
                    else filled == number
                )
                self._note(
                    here,
                    name,
                    str(number),
                    f"`{number}` is not a whole number",
                    "Write whole numbers from 0 on, or leave it empty.",
                )
        return Whole(values, known)

    def _texts(self, fact: Fact, name: str, array: pa.Array) -> Held:
        coded = array if pa.types.is_dictionary(array.type) else pc.dictionary_encode(array)
        texts = coded.dictionary.to_pylist()
        indices = coded.indices if pa.types.is_int32(coded.indices.type) else coded.indices.cast(pa.int32())
        numbers = _ints(indices)
        known_rows = _valid(coded)
        if known_rows is not None:
            numbers = np.where(known_rows, numbers, np.int32(len(texts)))
        values: list[Scalar | None] = []
        for number, text in enumerate(texts):
            found = self._meaning(fact, name, text or "")
            if isinstance(found, NotAValue):
                message = found.message.replace(f"`{fact.id}`", f"`{name}`")
                self._note(numbers == number, name, text, message, found.mend)
                values.append(None)
            else:
                values.append(found)
        if known_rows is not None or not values:
            values.append(None)
        if fact.sort in ("yes/no", "choice"):
            small = np.uint8 if len(values) <= 256 else np.int32
            return Coded(numbers.astype(small, copy=False), tuple(values))
        table = np.array([0 if value is None else int(value) for value in values], dtype=np.int64)
        known = np.array([value is not None for value in values], dtype=np.bool_)
        return Whole(table[numbers], None if known.all() else known[numbers])

    def _meaning(self, fact: Fact, name: str, text: str) -> Scalar | NotAValue | None:
        if text == "":
            return None
        if (name, text) not in self._read:
            try:
                self._read[name, text] = decode_cell(self.rulebook, fact, text, self.days)
            except NotAValue as error:
                self._read[name, text] = error
        return self._read[name, text]

    def _note_lists(self, array: pa.Array, rows: Rows, name: str, message: str, mend: str) -> None:
        cells = (json.dumps(one, ensure_ascii=False, default=str) for one in array.take(pa.array(rows)).to_pylist())
        self._note_cells(rows, cells, name, message.replace("{}", name), mend)

    def _note_cells(self, rows: Rows, cells: Iterable[str], column: str, message: str, mend: str) -> None:
        """Rows that have the same fault, each with its own cell."""
        for row, cell in zip(rows.tolist(), cells, strict=True):
            self.wrong.append(Wrong(np.array([row]), column, cell, message, mend))

    def _note(self, flags: Flags, column: str, value: str, message: str, mend: str) -> None:
        rows = np.flatnonzero(flags)
        if len(rows):
            self.wrong.append(Wrong(rows.astype(np.int64), column, value, message, mend))


def _as_texts(array: pa.Array) -> pa.Array:
    """Numbers as texts by number."""
    coded = pc.dictionary_encode(array)
    return pa.DictionaryArray.from_arrays(coded.indices, coded.dictionary.cast(pa.string()))


def _by_number(name: str, wrong: Iterable[Wrong], parents: Rows, numbers: pa.Array) -> Iterator[Wrong]:
    """What is wrong with records that stand side by side, by the column in which each of them stands."""
    for one in wrong:
        field = one.column.removeprefix(f"{name}.")
        for record, number in zip(one.rows.tolist(), numbers.take(pa.array(one.rows)).to_pylist(), strict=True):
            column = f"{name}[{number}].{field}"
            message = one.message.replace(f"`{one.column}`", f"`{column}`")
            yield Wrong(parents[[record]], column, one.value, message, one.mend)


def _valid(array: pa.Array) -> Flags | None:
    """Where there is a value; None: everywhere."""
    if pa.types.is_dictionary(array.type):
        array = array.indices
    return None if array.null_count == 0 else _flags(array.buffers()[0], array)


def _flags(buffer: pa.Buffer | None, array: pa.Array) -> Flags:
    """The bits of a buffer that belong to an array."""
    if buffer is None or not len(array):
        return np.zeros(len(array), dtype=np.bool_)
    start, skipped = divmod(array.offset, 8)
    wide = np.frombuffer(buffer, dtype=np.uint8)[start : (array.offset + len(array) + 7) // 8]
    return np.unpackbits(wide, bitorder="little")[skipped : skipped + len(array)].view(np.bool_)


def _bits(buffer: pa.Buffer | None, array: pa.Array) -> Bits:
    """The same, still packed."""
    start, skipped = divmod(array.offset, 8)
    if buffer is None or skipped:
        return packed(_flags(buffer, array))
    return np.frombuffer(buffer, dtype=np.uint8)[start : start + (len(array) + 7) // 8]


def _within(values: npt.NDArray[np.integer], least: int, most: int) -> bool:
    """Whether every one of them lies between, those that stand where nothing is known included."""
    return len(values) == 0 or bool(values.min() >= least and values.max() <= most)


def _ints(array: pa.Array) -> npt.NDArray[np.int32]:
    """Numbers of 32 bits; where there is none, anything."""
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros(len(array), dtype=np.int32)
    return np.frombuffer(buffer, dtype=np.int32)[array.offset : array.offset + len(array)]


def _all_known(held: Whole) -> Flags:
    return np.ones(len(held), dtype=np.bool_) if held.known is None else held.known


def _worded(days: Held, words: Held) -> Held:
    """Days, with words in their place where there are some."""
    if isinstance(words, Unknown) or not isinstance(days, Whole | Unknown) or not isinstance(words, Whole):
        return days
    if isinstance(days, Unknown):
        return words
    said = _all_known(words)
    known = both(None, _all_known(days) | said)
    return Whole(np.where(said, words.values, days.values), None if known is None or known.all() else known)


def text_of(value: Any) -> str | None:
    """A value of JSON as a text that `decode_text` reads; None where it is unknown."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def records_type(fields: Mapping[str, object]) -> pa.DataType:
    """The type of a list of records whose fields are texts."""
    return pa.list_(pa.struct([(name, pa.string()) for name in fields]))
