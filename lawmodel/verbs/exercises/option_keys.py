"""Which option of an exported exercise stands for what: by this, answers that another system hands out are read."""

from __future__ import annotations

import csv
import io
from typing import Final

from lawmodel.exercises.formats import Exported
from lawmodel.exercises.lettered import lettered

HEAD: Final = ("exercise", "letter", "option", "in_export", "right", "misconception", "reading", "read_as", "says")


def option_keys(exported: Exported) -> str:
    """A table as CSV: a row for each option of each exercise that was carried."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(HEAD)
    for exercise in exported.exercises:
        names = exported.names[exercise.id]
        for letter, one in lettered(exercise):
            read = (one.reading.reading, one.reading.option) if one.reading is not None else ("", "")
            stands_for = ("yes" if one.right else "no", one.misconception or "", *read)
            table.writerow((exercise.id, letter, one.id, names[one.id], *stands_for, one.says))
    return written.getvalue()
