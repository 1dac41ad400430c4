"""Compiled rulebooks in the user's cache, so that a start does not read all the law again.

A kept rulebook is named by the digest of its files and of this program. What is read back may hold only the
classes of the model: nothing else is ever constructed, whatever the file says.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import sys
from pathlib import Path
from typing import Any

from lawmodel.rulebook.model import Rulebook

ALLOWED_MODULES = ("lawmodel.rulebook.model", "lawmodel.rulebook.condition", "lawmodel.problems")
MOST_KEPT = 20


class _OnlyTheModel(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module in ALLOWED_MODULES and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        if (module, name) == ("datetime", "date"):
            return super().find_class(module, name)
        if (module, name) == ("builtins", "object") or (module, name) == ("copyreg", "__newobj__"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in a rulebook")


def folder() -> Path:
    """Where compiled rulebooks are kept: `LAWMODEL_CACHE`, or the user's cache folder."""
    chosen = os.environ.get("LAWMODEL_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "lawmodel"


def recall(digest: str) -> Rulebook | None:
    """The rulebook kept under this digest; None where there is none that can be read."""
    try:
        data = _file(digest).read_bytes()
        kept = _OnlyTheModel(io.BytesIO(data)).load()
    except Exception:  # whatever is wrong with a cache, the rulebook itself is read instead
        return None
    return kept if isinstance(kept, Rulebook) and kept.digest == digest else None


def keep(rulebook: Rulebook) -> None:
    """Keep a rulebook; where that cannot be done the next start is slower, and nothing else."""
    import tempfile  # slow to load, and wanted only where something is kept

    with contextlib.suppress(OSError, RuntimeError):
        target = _file(rulebook.digest)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(dir=target.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                pickle.dump(rulebook, stream, protocol=pickle.HIGHEST_PROTOCOL)
            os.replace(beside, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise
        _forget_the_oldest(target.parent)


def _file(digest: str) -> Path:
    return folder() / f"rulebook-{_program()}-{digest[:32]}.pickle"


def _program() -> str:
    """Changes with the classes that are kept, and with the checks that a kept rulebook has passed."""
    here = Path(__file__).parent
    stamps = [
        entry.stat().st_mtime_ns for entry in sorted(os.scandir(here), key=lambda one: one.name) if entry.is_file()
    ]
    return f"{sys.version_info.major}{sys.version_info.minor}-{hash(tuple(stamps)) & 0xFFFFFFFF:08x}"


def _forget_the_oldest(where: Path) -> None:
    kept = sorted(where.glob("rulebook-*.pickle"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[MOST_KEPT:]:
        file.unlink(missing_ok=True)
