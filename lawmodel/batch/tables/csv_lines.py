"""The lines of a CSV file: on which of them each row begins, and quotation marks that are not closed.

Rows are read by Arrow, which names no lines, and takes everything behind a quotation mark that is not closed for one
cell; and of rows of too few cells it says nothing where they are no UTF-8. So the file is looked through before, some
megabytes at a time.
"""

from __future__ import annotations

import codecs
import csv
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from lawmodel.batch.tables.lines import LinesOfRows
from lawmodel.batch.tables.slices import NotATable

_BLOCK: Final = 1 << 22
_QUOTE, _FEED, _RETURN = b'"\n\r'
_MEND: Final = "Close it where the cell ends; within a cell write two of them for one."


class CsvLines:
    """What a look through a CSV file finds. Row 0 is the heading."""

    def __init__(self, path: Path, file: Path | None = None, delimiter: str = ",") -> None:
        """Look through it; ``file`` is a copy of it in UTF-8, where it is in another encoding itself.

        Raises `NotATable` where a quotation mark is not closed where its cell ends, and `UnicodeDecodeError`.
        """
        self.lines = LinesOfRows()
        self.rows = 0
        """With the heading, without empty lines."""
        self.blank = 0
        """Empty lines below the heading."""
        file = file or path
        scan = _Scan(self, ord(delimiter))
        with file.open("rb") as stream:
            if stream.read(3) != b"\xef\xbb\xbf":
                stream.seek(0)
            decoder = codecs.getincrementaldecoder("utf-8")()
            while block := stream.read(_BLOCK):
                decoder.decode(block)
                if scan.is_regular:
                    scan.take(np.frombuffer(block, dtype=np.uint8), stream.peek(1)[:1])
            decoder.decode(b"", final=True)
        if scan.is_regular:
            scan.end(path)
        else:
            self.lines, self.rows, self.blank = LinesOfRows(), 0, 0
            self._read_strictly(path, file, delimiter)

    def _read_strictly(self, path: Path, file: Path, delimiter: str) -> None:
        """As before, cell by cell: quotation marks stand within cells, or text behind them."""
        before = 0
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, delimiter=delimiter, strict=True)
            try:
                for row in reader:
                    self.rows += bool(row)
                    self.blank += not row and self.rows > 0
                    before = reader.line_num
                    self.lines.drift(np.array([self.rows]), np.array([before + 1 - self.rows]))
            except csv.Error as error:
                raise wrongly_quoted(path, error, before + 1, reader.line_num) from None


def wrongly_quoted(path: Path, error: csv.Error, begins: int, ends: int) -> NotATable:
    """What is wrong with the quotation marks of a row that begins and ends in these lines."""
    place, said = f"{path}: line {begins}", str(error)
    if "expected after" in said and ends > begins:
        return NotATable(
            f"{place}: a quotation mark opens that is closed only in line {ends}, within another cell. {_MEND}"
        )
    if "expected after" in said:
        return NotATable(f"{place}: text stands behind a cell's closing quotation mark. {_MEND}")
    if "field larger" in said:
        most = f"{csv.field_size_limit():,}"
        cell = f"a cell of more than {most} characters begins here"
        return NotATable(f"{place}: {cell}, or a quotation mark that is not closed. {_MEND}")
    return NotATable(f"{place}: the quotation mark that opens here is not closed. {_MEND}")


class _Scan:
    """A look through a file whose quotation marks stand only round whole cells, or doubled in them."""

    def __init__(self, to: CsvLines, delimiter: int) -> None:
        self.is_regular = True
        self._beside = (delimiter, _QUOTE, _FEED, _RETURN)
        self._to = to
        self._inside = False
        self._opened = 0  # the line of the last quotation mark
        self._done = 0  # bytes before this block
        self._last = _FEED  # the byte before this block
        self._line_ends = 0
        self._last_end, self._last_end_is_of_row = -1, True

    def take(self, data: npt.NDArray[np.uint8], following: bytes) -> None:
        """One more block, and the byte that follows it (none at the end)."""
        before = np.concatenate([np.array([self._last], dtype=np.uint8), data[:-1]])
        after = np.concatenate([data[1:], np.frombuffer(following or b",", dtype=np.uint8)])
        quotes = np.flatnonzero(data == _QUOTE)
        opens = (np.arange(len(quotes)) + self._inside) % 2 == 0
        beside = np.where(opens, before[quotes], after[quotes])
        self.is_regular = bool(np.isin(beside, self._beside).all())
        ends = np.flatnonzero((data == _FEED) | ((data == _RETURN) & (after != _FEED)))
        if len(quotes):
            self._opened = self._line_ends + int(np.searchsorted(ends, quotes[-1])) + 1
        if len(ends):
            of_row = (np.searchsorted(quotes, ends) + self._inside) % 2 == 0
            self._take_ends(ends, of_row, before)
        self._inside ^= bool(len(quotes) % 2)
        self._done += len(data)
        self._last = int(data[-1])

    def _take_ends(
        self, ends: npt.NDArray[np.int64], of_row: npt.NDArray[np.bool_], before: npt.NDArray[np.uint8]
    ) -> None:
        places = ends + self._done
        lengths = np.diff(places, prepend=self._last_end) - 1
        empty = (lengths == 0) | ((lengths == 1) & (before[ends] == _RETURN))
        empty &= of_row & np.concatenate([[self._last_end_is_of_row], of_row[:-1]])
        rows = self._to.rows + np.cumsum(of_row & ~empty)
        lines = self._line_ends + np.arange(len(ends)) + 2
        self._to.lines.drift(rows[of_row], (lines - rows)[of_row])
        self._to.blank += int((empty & (rows > 0)).sum())
        self._to.rows = int(rows[-1])
        self._line_ends += len(ends)
        self._last_end, self._last_end_is_of_row = int(places[-1]), bool(of_row[-1])

    def end(self, path: Path) -> None:
        """The end of the file; raises `NotATable` where a cell is still open."""
        if self._inside:
            raise NotATable(f"{path}: line {self._opened}: the quotation mark that opens here is not closed. {_MEND}")
        self._to.rows += self._done - 1 > self._last_end
