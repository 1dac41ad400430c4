"""Rows that are set aside: which, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from lawmodel.dataclass import dataclass
from lawmodel.problems import with_short_names


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be decided."""

    row: int
    """Counted from 1, without a heading."""
    column: str
    """Empty where the row as a whole is meant."""
    value: str
    """As it is written."""
    reason: str
    mend: str
    line: int | None = None
    """Of a text file: the line that the row stands in, where each row has one; of a spreadsheet its row there."""
    sheet: str | None = None
    """Of a spreadsheet: the sheet."""

    json_keys: ClassVar[Mapping[str, str]] = {
        name: name for name in ("row", "line", "column", "value", "reason", "mend")
    }

    def said(self) -> str:
        """One line about it, which repeats no long cell."""
        return with_short_names(f"{place_in_words(self.row, self.line, self.sheet)}: {self.reason}. {self.mend}")


def place_in_words(row: int, line: int | None, sheet: str | None) -> str:
    """Where a row stands, as its owner counts."""
    if sheet is not None:
        return f"sheet `{sheet}`, row {line}"
    return f"row {row}" if line is None else f"line {line}"
