"""A question asked of every row of a DataFrame of Spark, in the session of whoever asks.

The rows go to the machines that have lawmodel, some thousands at a time, and are decided there by the same program as
a table in one process: exactly, and with the rulebook that was loaded here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from lawmodel.batch.rows.plan import Asked
from lawmodel.batch.running.run import ROWS, Decided, Run
from lawmodel.batch.spark.same_program import check_program, program_digest
from lawmodel.batch.tables.matched import KEY, Matched, UnknownColumns, matched
from lawmodel.batch.tables.slices import NotATable, Slice
from lawmodel.batch.writing.answer_columns import AnswerColumns, PlainColumns, sets_of
from lawmodel.dataclass import dataclass
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

REJECTED: Final = "rejected"
"""The column that says why a row cannot be decided; NULL where it is decided."""
SAYS: Final = ("column", "value", "reason", "mend")
"""Its fields."""


def decided(
    asked: Asked | Sequence[Asked], frame: DataFrame, *, ignored: Collection[str] = (), turns_on: bool = False
) -> DataFrame:
    """The answers on the rows of a frame, as a frame with the column ``case`` of theirs, in no order.

    ``asked`` is a question, or several ways of asking it (`lawmodel.batch.rows.ways.ways_of`). The columns are those of
    `lawmodel batch` (docs/batch.md), and `REJECTED`.

    Raises:
        NotATable: the frame has no column ``case``, or two of one name.
        UnknownColumns: a column is no fact and not ``ignored``, or of a type that its fact cannot have.
        ProblemsFound: what the frame leaves out contradicts the day of the law.
    """
    from pyspark.sql.types import ArrayType, StringType, StructField, StructType

    ways = (asked,) if isinstance(asked, Asked) else tuple(asked)
    if not ways or not all(isinstance(one, Asked) for one in ways):
        mend = "Give an Asked, or several for one question, as ways_of makes them."
        raise ProblemsFound([Problem("nothing is asked here", mend, "asked")])
    types = _types(frame, ways[0].rulebook)
    shipped = _Shipped(ways, types, matched(ways[0].rulebook, types, frozenset(ignored)), turns_on, program_digest())
    run = shipped.run()
    wanted = tuple(run.wanted())
    # By place: Spark takes a dot in a name to be a field of a struct.
    placed = frame.toDF(*(f"c{number}" for number in range(len(types))))
    places = {name: f"c{number}" for number, name in enumerate(types)}
    text, texts = StringType(), ArrayType(StringType())
    columns = PlainColumns(sets_of(run), turns_on=turns_on)
    schema = StructType(
        [
            frame.schema[KEY],
            *(StructField(name, texts if pa.types.is_list(kind) else text) for name, kind in columns.types().items()),
            StructField(REJECTED, StructType([StructField(name, text) for name in SAYS])),
        ]
    )
    answer = partial(_answered, shipped, wanted)
    return placed.select(*(places[name] for name in wanted)).mapInArrow(answer, schema)


def _types(frame: DataFrame, rulebook: Rulebook) -> dict[str, pa.DataType]:
    """The columns of a frame, in their order, as Arrow has them."""
    from pyspark.errors import PySparkTypeError
    from pyspark.sql.pandas.types import to_arrow_type

    twice = sorted(name for name in set(frame.columns) if frame.columns.count(name) > 1)
    if twice:
        raise NotATable(f"the frame has more than one column `{twice[0]}`. Rename one of them.")
    if KEY not in frame.columns:
        raise NotATable(
            f"the frame has no column `{KEY}`. The rows of Spark have no numbers: name the cases in such a column."
        )
    found: dict[str, pa.DataType] = {}
    for field in frame.schema.fields:
        try:
            found[field.name] = to_arrow_type(field.dataType)
        except PySparkTypeError:
            if field.name in rulebook.facts:
                raise UnknownColumns(
                    f"the column `{field.name}` holds {field.dataType.simpleString()}, which no fact can have."
                ) from None
            found[field.name] = pa.null()
        fact = rulebook.facts.get(field.name)
        if fact is not None and fact.sort == "records" and not pa.types.is_list(found[field.name]):
            kind = field.dataType.simpleString()
            raise UnknownColumns(
                f"the column `{field.name}` holds {kind}. It should hold arrays of structs: `from_json` makes them."
            )
    return found


@dataclass(frozen=True, slots=True)
class _Shipped:
    """What every machine gets."""

    asked: tuple[Asked, ...]
    types: Mapping[str, pa.DataType]
    table: Matched
    turns_on: bool
    program: str

    def run(self) -> Run:
        """The run, made ready here."""
        return Run(self.asked, _Frame(self.types), self.table, turns_on=self.turns_on)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The columns of a frame; its rows are handed in."""

    types: Mapping[str, pa.DataType]
    total: int | None = None
    sheet: str | None = None

    def line_of(self, row: int) -> int | None:
        """Rows are no lines."""
        return None

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """None by itself."""
        return iter(())


def _answered(shipped: _Shipped, wanted: Sequence[str], batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The answers on the rows of one task, on the machine that this runs on."""
    check_program(shipped.program)
    run = shipped.run()
    columns = PlainColumns(sets_of(run), turns_on=shipped.turns_on)
    for together in _gathered(batches, ROWS):
        arrays = {
            name: pa.concat_arrays([batch.column(number) for batch in together]) for number, name in enumerate(wanted)
        }
        keys = arrays[KEY]
        block = run.decide(Slice(np.arange(1, len(keys) + 1), arrays))
        if len(block.rows):
            yield _with_answers(block, columns)
        if block.rejected:
            yield _without(block, keys, columns)


def _gathered(batches: Iterator[pa.RecordBatch], rows: int) -> Iterator[list[pa.RecordBatch]]:
    """Small batches together: what is decided at once costs little more than what is decided alone."""
    together: list[pa.RecordBatch] = []
    for batch in chain(batches, [None]):
        if together and (batch is None or sum(one.num_rows for one in together) + batch.num_rows > rows):
            yield together
            together = []
        if batch is not None and batch.num_rows:
            together.append(batch)


def _with_answers(block: Decided, columns: AnswerColumns) -> pa.RecordBatch:
    found = {KEY: block.keys, **columns.of(block.answers)}
    found[REJECTED] = pa.nulls(len(block.rows), pa.struct([(name, pa.string()) for name in SAYS]))
    return pa.RecordBatch.from_pydict(found)


def _without(block: Decided, keys: pa.Array, columns: AnswerColumns) -> pa.RecordBatch:
    count = len(block.rejected)
    found = {KEY: keys.take(pa.array([one.row - 1 for one in block.rejected]))}
    found |= {name: pa.nulls(count, kind) for name, kind in columns.types().items()}
    said = [{name: str(getattr(one, name)) for name in SAYS} for one in block.rejected]
    found[REJECTED] = pa.array(said, type=pa.struct([(name, pa.string()) for name in SAYS]))
    return pa.RecordBatch.from_pydict(found)
