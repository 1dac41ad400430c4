"""A second table: each row is a record of one fact, and a column names the case that it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from lawmodel.batch.given.conversion import Conversion
from lawmodel.batch.given.given_table import AS_IS, TableLayout
from lawmodel.batch.tables.blank_rows import without_blank_rows
from lawmodel.batch.tables.columns import WORD, WrongType, check_type, is_text
from lawmodel.batch.tables.matched import KEY
from lawmodel.batch.tables.rejected import Rejected, place_in_words
from lawmodel.batch.tables.slices import NotATable, Slice, TableSource
from lawmodel.batch.tables.sources import read_as
from lawmodel.dataclass import dataclass
from lawmodel.problems import did_you_mean, listed
from lawmodel.rulebook.model import Fact, Rulebook


@dataclass(frozen=True, slots=True)
class SecondTable:
    """Records of a fact."""

    fact: Fact
    path: Path
    source: TableSource
    fields: tuple[str, ...]
    """The columns that are fields of the records, and words in the place of their days."""

    @property
    def type(self) -> pa.DataType:
        """The type of a list of these records."""
        return pa.list_(pa.struct([(name, self.source.types[name]) for name in self.fields]))

    def slices(self, fields: Collection[str], rows: int) -> Iterator[Slice]:
        """Their cases and some fields, so many at a time; raises `NotATable` at what cannot be read."""
        if KEY not in self.source.types:
            return
        for one in without_blank_rows(self.source, {KEY: None, **dict.fromkeys(fields)}, rows):
            for bad in one.rejected:
                raise self._unreadable(bad)
            yield one

    def _unreadable(self, bad: Rejected) -> NotATable:
        place = place_in_words(bad.row, self.source.line_of(bad.row), self.source.sheet)
        return NotATable(f"{self.path}: {place}: {bad.reason}, so that nobody knows whose record it is. {bad.mend}")


def second_table(
    rulebook: Rulebook,
    name: str,
    path: Path,
    ignored: Collection[str] = (),
    layout: TableLayout = AS_IS,
    conversion: Conversion | None = None,
) -> SecondTable:
    """The table of the records of a fact. ``ignored`` are columns of no meaning, as ``fact.column``.

    Raises `NotATable`.
    """
    lists = {path: fact for path, fact in rulebook.facts.items() if fact.sort == "records"}
    if name not in lists:
        mend = did_you_mean(name, lists, f"The facts that are records: {listed(lists)}.")
        raise NotATable(f"{path}: there is no fact `{name}` that is records. {mend}")
    fact = lists[name]
    known = {field.id: field for field in fact.of}
    if KEY in known:
        raise NotATable(f"{path}: `{name}` has a field `{KEY}`. Give these records as a column of lists.")
    source = read_as(path, known, None, layout, conversion)
    if KEY in source.types:
        check_key(path, source.types[KEY])
    elif source.types:  # a file of JSON lines without a line has none
        raise NotATable(
            f"{path}: it has no column `{KEY}`, which says whose record a row is. It has: {listed(source.types)}."
        )
    fields = tuple(one for one in source.types if one != KEY and f"{name}.{one}" not in ignored)
    for one in fields:
        day = one.removesuffix(WORD)
        if one not in known and (day == one or day not in fields or day not in known or known[day].sort != "date"):
            mend = did_you_mean(one, known, f"Its fields are: {listed(known)}.")
            raise NotATable(f"{path}: `{name}` has no `{one}`. {mend} Or pass --ignore {name}.{one}.")
    found = SecondTable(fact, path, source, fields)
    try:
        check_type(fact, name, found.type)
    except WrongType as error:
        raise NotATable(f"{path}: {error}") from None
    return found


def check_key(path: Path, kind: pa.DataType) -> None:
    """Refuse names of cases that cannot be compared with those of another table; raises `NotATable`."""
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not (is_text(plain) or pa.types.is_integer(plain) or pa.types.is_date32(plain) or pa.types.is_null(plain)):
        raise NotATable(
            f"{path}: the column `{KEY}` holds {kind}. To find records by it, write texts or whole numbers."
        )


def keys_of(kinds: Sequence[pa.DataType]) -> pa.DataType:
    """The type in which names of these types are compared: as texts, or faster as numbers where all of them are."""
    numbers = all(pa.types.is_integer(kind) and not pa.types.is_uint64(kind) for kind in kinds)
    return pa.int64() if numbers else pa.string()


def as_keys(names: pa.Array, kind: pa.DataType) -> pa.Array:
    """Names of cases, to be compared, however their letters are composed; null where there is none."""
    if pa.types.is_dictionary(names.type):
        names = names.dictionary_decode()
    texts = names.cast(kind)
    if pa.types.is_integer(kind):
        return texts
    if not pc.all(pc.string_is_ascii(texts)).as_py():
        texts = pc.utf8_normalize(texts, form="NFC")
    return pc.replace_with_mask(texts, pc.fill_null(pc.equal(texts, ""), False), pa.scalar(None, pa.string()))


def storable(kind: pa.DataType) -> pa.DataType:
    """The type in which a column of records is kept: texts as they are, and days without their hours.

    The day of a moment is found here, as it is for any other column; a database may think of another time zone.
    """
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if is_text(plain) or pa.types.is_null(plain):
        return pa.string()
    if pa.types.is_timestamp(plain) or pa.types.is_date(plain):
        return pa.date32()
    return pa.float32() if pa.types.is_float16(plain) else plain
