"""Files of answers, as `lawmodel batch` writes them: what they say of their run, and the sets of answers in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from lawmodel.batch.given.given_table import TableLayout
from lawmodel.batch.given.opened import opened_table
from lawmodel.batch.running.answers_folder import ABOUT
from lawmodel.batch.tables.databases import ABOUT as ABOUT_SHEET
from lawmodel.batch.tables.databases import SHEETS, place_of
from lawmodel.batch.tables.databases import SUFFIXES as DATABASES
from lawmodel.batch.tables.slices import NotATable
from lawmodel.batch.writing.written import METADATA
from lawmodel.batch.writing.written_database import described_in
from lawmodel.user_files import Unreadable, read_file

MOST_BYTES_BESIDE: Final = 50_000_000
"""Of a file that says of the answers beside it what run they are of."""
APART: Final = ("telling", "reading")
"""What tells several sets of answers in one file apart."""


class CannotTabulate(ValueError):
    """Something is not there, or no table of answers; says what is wrong and what to do."""


def described(path: Path) -> dict[str, Any]:
    """What a file (or folder) of answers says of its run; raises `CannotTabulate` where it says nothing."""
    try:
        if path.is_dir():
            text = _beside(path / ABOUT)
        elif (database := place_of(path)[0]).suffix in DATABASES:
            text = described_in(database)
        elif database.suffix in SHEETS:
            text = described_in_sheet(database)
        elif path.suffix == ".parquet":
            text = (pq.read_metadata(path).metadata or {}).get(METADATA.encode(), b"").decode()
        else:
            text = _beside(path.with_name(f"{path.name}.json"))
        found = json.loads(text)
    except (OSError, ValueError, RecursionError, Unreadable) as error:
        raise CannotTabulate(
            f"{path}: it is no table of answers that `lawmodel batch` has written ({error})."
        ) from None
    if not isinstance(found, dict) or not isinstance(found.get("question"), str):
        raise CannotTabulate(f"{path}: it does not say which question it answers. `lawmodel batch` writes that.")
    return found


def described_in_sheet(path: Path) -> str:
    """What a file of sheets says of its run, as JSON; null where it says nothing. Raises `NotATable`."""
    try:
        with opened_table(path, TableLayout(sheet=ABOUT_SHEET, headings=1)) as table:
            found = ((str(row.cells[0]), "".join(str(cell or "") for cell in row.cells[1:])) for row in table.rows())
            return json.dumps({name: json.loads(text) for name, text in found})
    except NotATable:
        return "null"


def _beside(file: Path) -> str:
    """What a file that lies beside answers says of their run."""
    found = json.loads(read_file(file, MOST_BYTES_BESIDE))
    return json.dumps(found.get(METADATA) if isinstance(found, dict) else None)


def of_set(about: Mapping[str, Any], label: str) -> dict[str, Any]:
    """What a file says of its run, and of one of its sets."""
    return {**about, **about["sets"][label]}


def answer_sets(about: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The sets of answers in a file: by label, the telling and the reading of each. Empty where there is only one."""
    sets = about.get("sets")
    if not isinstance(sets, dict):
        return {}
    return {
        str(label): {name: str(one[name]) for name in APART if name in one}
        for label, one in sets.items()
        if isinstance(one, dict)
    }
