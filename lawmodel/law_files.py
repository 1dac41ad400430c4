"""Where the law and the cases that come with this program are: in a checkout, or inside the installed package."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from lawmodel.problems import Problem, ProblemsFound
from lawmodel.user_files import Unreadable, yaml_files_below

PACKAGE = Path(__file__).resolve().parent


def _supplied(name: str) -> Path:
    installed = PACKAGE / "law" / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def rules_folder() -> Path:
    """The folder of the rulebook that comes with this program."""
    return _shortened(_supplied("rules"))


def scenarios_folder() -> Path:
    """The folder of the cases that come with this program."""
    return _shortened(_supplied("scenarios"))


def editions() -> tuple[Path, ...]:
    """The folders of earlier editions of the rulebook that come with this program, in the order of their names."""
    installed = PACKAGE / "law" / "editions"
    folder = installed if installed.is_dir() else PACKAGE.parent / "examples" / "editions"
    try:
        return tuple(_shortened(one) for one in sorted(folder.iterdir()) if one.is_dir())
    except OSError:
        return ()


def _shortened(path: Path) -> Path:
    """Relative to the current folder where that is inside it, so that messages are short."""
    try:
        return path.relative_to(Path.cwd())
    except (ValueError, OSError):
        return path


def split_variant(path: Path) -> tuple[Path, str | None]:
    """``FILE#VARIANT``, as the program names a variant of a case, in its two parts.

    A path that is there as it stands, or of which there is no such file, is a file alone.
    """
    name, _, variant = str(path).rpartition("#")
    if variant and name and not os.path.lexists(path) and os.path.isfile(name):
        return Path(name), variant
    return path, None


def case_files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and every YAML file in the folders named, in order; raises `ProblemsFound`."""
    found: list[Path] = []
    for path in paths:
        if not os.path.isdir(path):
            found.append(path)
            continue
        try:
            found += yaml_files_below(path)
        except Unreadable as unread:
            raise ProblemsFound([Problem(unread.message, unread.mend, str(path))]) from None
    return list(dict.fromkeys(found))
