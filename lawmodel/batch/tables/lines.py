"""On which line of a text file each row begins."""

from __future__ import annotations

import numpy as np

from lawmodel.batch.rows.truths import Rows


class LinesOfRows:
    """The line in which each row begins, kept only where rows and lines drift apart."""

    def __init__(self, ahead: int = 1) -> None:
        """Row 0 stands ``ahead`` lines below the line 0 that there is not."""
        self._rows: list[Rows] = [np.zeros(1, dtype=np.int64)]
        self._ahead: list[Rows] = [np.full(1, ahead, dtype=np.int64)]

    def drift(self, rows: Rows, ahead: Rows) -> None:
        """From each of these rows on, the line is the number of the row and so many more. In order."""
        changed = ahead != np.concatenate([self._ahead[-1][-1:], ahead[:-1]])
        if changed.any():
            self._rows.append(rows[changed])
            self._ahead.append(ahead[changed])

    def of(self, row: int) -> int:
        """The line (from 1) of a row (as they were numbered in `drift`). Logarithmic in the number of drifts."""
        if len(self._rows) > 1:
            self._rows, self._ahead = [np.concatenate(self._rows)], [np.concatenate(self._ahead)]
        place = int(np.searchsorted(self._rows[0], row, side="right")) - 1
        return row + int(self._ahead[0][place])
