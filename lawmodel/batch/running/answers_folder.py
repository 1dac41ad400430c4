"""A folder of answers: Parquet files in the order of the rows, and beside them what is said of the whole.

It is made beside its place and moved there when it is whole. Programs that read folders of Parquet files pass over
names that begin with an underscore.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from lawmodel.batch.running.carrying_out import CannotCarryOut
from lawmodel.batch.writing.written import METADATA
from lawmodel.temporary_files import folder_beside

ABOUT: Final = f"_{METADATA}.json"
"""What is said of the whole; each file says the same of itself in its metadata."""
ANSWERS: Final = "answers"
"""In the folder that is made beside: what will be moved."""
BEFORE: Final = "before"
"""There too: what stood in its place."""


def check_folder(out: Path) -> None:
    """Refuse a place at which something stands that is no folder of answers; raises `CannotCarryOut`."""
    if out.is_dir() and (is_folder_of_answers(out) or not any(out.iterdir())):
        return
    if out.exists() or out.is_symlink():
        raise CannotCarryOut(
            f"{out} is there already, and is no folder of answers: it is not replaced. Name another place, or move it."
        )


def is_folder_of_answers(path: Path) -> bool:
    """Whether `lawmodel batch` has written this folder."""
    return (path / ABOUT).is_file()


@contextmanager
def new_answers(out: Path) -> Iterator[Path]:
    """A new folder beside a place. Its folder `ANSWERS` is moved there at the end; nothing else of it is left."""
    with folder_beside(out) as made:
        (made / ANSWERS).mkdir()
        yield made
        move_there(made, out)


def move_there(made: Path, out: Path) -> None:
    """Move the answers in a folder to their place; what stood there is left in the folder."""
    before = made / BEFORE
    if out.exists():
        out.rename(before)
    try:
        (made / ANSWERS).rename(out)
    except BaseException:
        if before.exists():
            before.rename(out)
        raise


def write_about(folder: Path, described: Mapping[str, Any]) -> None:
    """Say what the answers in a folder are."""
    text = json.dumps({METADATA: described}, ensure_ascii=False, indent=2)
    (folder / ABOUT).write_text(f"{text}\n", encoding="utf-8")
