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
    """Of a text file: the line that the row stands in, where each row has one."""

    json_keys: ClassVar[Mapping[str, str]] = {
        name: name for name in ("row", "line", "column", "value", "reason", "mend")
    }

    def said(self) -> str:
        """One line about it, which repeats no long cell."""
        place = f"row {self.row}" if self.line is None else f"line {self.line}"
        return with_short_names(f"{place}: {self.reason}. {self.mend}")
