"""What a cell of somebody's table means, as a mapping says: a value of its fact, as it is written in a case file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from lawmodel.batch.mapping.mapping import NO_RECORD, ColumnSection, TableSection, Target
from lawmodel.batch.tables.cell_values import DayForms, decode_cell
from lawmodel.case.values import UNKNOWN, NotAValue, encode, folded
from lawmodel.rulebook.model import Rulebook

Word: TypeAlias = Literal["unknown", "no record"]
_NUMBER: Final = re.compile(r"(?P<whole>[0-9]{1,15})(?:(?P<sign>[.,])(?P<more>[0-9]{1,9}))?\Z")
_OPTION: Final = re.compile(r"(?:give )?--dates ")
"""How a message names the option in whose place a mapping has the key `dates`."""


class Meaning:
    """What the cells of one column mean."""

    def __init__(
        self, rulebook: Rulebook, heading: str, table: TableSection, column: ColumnSection, to: Target
    ) -> None:
        """Take what the mapping says of the table, and of the column."""
        self.heading, self.target = heading, to
        self._rulebook, self._column = rulebook, column
        self._days = DayForms.of(column.dates or table.dates)
        self._unknown = _set(table.unknown)
        self._yes, self._no = _set(table.yes), _set(table.no)
        self._values = {folded(cell): self._meant(value) for cell, value in column.values.items()}
        self.empty = None if column.empty is None else self._meant(column.empty)
        """What an empty cell means; None: nothing is said."""

    def of(self, cell: str) -> str | None:
        """The value of a cell as a case file writes it, `unknown` or `no record`; None: the cell is empty.

        Raises `NotAValue` where the mapping and the rulebook say nothing about such a cell.
        """
        text = cell.strip()
        if not text:
            return None
        wanted = folded(text)
        if wanted in self._values:
            return self._values[wanted]
        if wanted == UNKNOWN or wanted in self._unknown:
            return UNKNOWN
        if self.target.fact.sort == "yes/no" and (wanted in self._yes or wanted in self._no):
            return "yes" if wanted in self._yes else "no"
        if self.target.fact.type == "number":
            text = self._number(text)
        try:
            return self._decoded(text, self._days)
        except NotAValue as error:
            raise NotAValue(error.message, self._mend(error.mend, text)) from None

    def _meant(self, value: str) -> str:
        """What the mapping says that a cell means."""
        return value if value in (UNKNOWN, NO_RECORD) else self._decoded(value, DayForms())

    def _decoded(self, text: str, days: DayForms) -> str:
        fact = self.target.fact
        value = encode(fact, decode_cell(self._rulebook, fact, text, days))
        return ("yes" if value else "no") if isinstance(value, bool) else str(value)

    def _number(self, text: str) -> str:
        """A number without its unit, multiplied; any other text as it is."""
        column, bare = self._column, text
        if column.unit is not None and folded(text).endswith(folded(column.unit)):
            bare = text[: len(text) - len(column.unit)].rstrip()
        found = _NUMBER.match(bare)
        if found is None or (column.times is None and found["more"] is None):
            return text if found is None else bare
        if found["sign"] == "," and len(found["more"]) == 3:
            mend = f'Say which number it is: `values: {{"{text}": …}}` in the entry of `{self.heading}`.'
            raise NotAValue(f"`{text}` may have a comma before decimals or between thousands", mend)
        times = column.times or 1
        product = Decimal(f"{found['whole']}.{found['more'] or 0}") * times
        if product != product.to_integral_value():
            what = f"`{text}` times {times}" if times > 1 else f"`{text}`"
            said = f" ({product.normalize():f})" if times > 1 else ""
            mend = f"Say which number is meant, under `values` of `{self.heading}` in the mapping."
            raise NotAValue(f"{what} is not a whole number{said}", mend)
        return str(int(product))

    def _mend(self, mend: str, text: str) -> str:
        """What to do, where a mapping can say it."""
        fact = self.target.fact
        if fact.sort == "date" and "--dates" in mend:
            return _OPTION.sub("in the mapping `dates`: ", mend)
        if fact.sort in ("choice", "yes/no", "date"):
            return f'{mend} Or say in the mapping what it means: `{self.heading}: {{…, values: {{"{text}": …}}}}`.'
        return mend


def _set(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, texts))
