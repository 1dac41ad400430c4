"""Saving a text so that whoever reads the file meanwhile finds the old one or the new one, never a part."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from lawmodel.problems import Problem, ProblemsFound


def save_text(path: Path | str, text: str) -> None:
    """Write a file beside its place, then rename it; raises `ProblemsFound` where that cannot be done."""
    target = Path(path)
    with contextlib.suppress(OSError, RuntimeError):
        target = target.resolve()  # where a link leads, not the link itself, is replaced
    if target.exists() and not target.is_file():
        raise ProblemsFound([Problem("this is no ordinary file", "Name the file that is to be written.", str(path))])
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.replace(beside, target)
    except OSError as error:
        reason = error.strerror or "for no reason that the system gives"
        mend = "Check that its folder exists and who may write there."
        raise ProblemsFound([Problem(f"the file cannot be written ({reason})", mend, str(path))]) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
