"""Held inputs on a terminal: what is so, in rows, with the names beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawmodel.answer.reasons.held_input import HeldInput

WIDEST_SAYING: Final = 62


class Rows:
    """A table of what is so: a mark, the words, and the name with where the value comes from."""

    def __init__(self, indent: int = 2) -> None:
        self._indent = indent
        self._table = Table.grid(padding=(0, 1, 0, 0))
        self._table.add_column(no_wrap=True)
        self._table.add_column(max_width=WIDEST_SAYING)
        self._table.add_column(style="dim", overflow="fold")

    def heading(self, text: Text) -> None:
        """A row for what stands below it."""
        self._table.add_row("", text, "")

    def inputs(self, inputs: Iterable[HeldInput], mark: str = "", again: str = "", style: str = "") -> None:
        """A row for each input; the first and the others may have different marks."""
        for one in inputs:
            self._table.add_row(Text(mark, "dim"), Text(one.in_words(), style), Text(f" {one.remark()}"))
            mark = again

    def shown(self) -> RenderableType:
        """The table."""
        return Padding(self._table, (0, 0, 0, self._indent))


def inputs_in_rows(inputs: Sequence[HeldInput], indent: int = 2) -> RenderableType:
    """Inputs, a row each; readings after the facts."""
    rows = Rows(indent)
    rows.inputs(one for one in inputs if one.kind != "reading")
    rows.inputs((one for one in inputs if one.kind == "reading"), "read:", "read:")
    return rows.shown()
