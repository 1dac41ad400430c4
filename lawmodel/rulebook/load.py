"""Reading a rulebook: a folder of YAML files (or several folders and files) into a `Rulebook`.

All mistakes of all files are found in one run and raised together. A rulebook that was read once is kept,
compiled, in the user's cache, so that the next start costs milliseconds (`lawmodel.rulebook.cache`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from lawmodel.problems import Collector, listed
from lawmodel.rulebook import cache
from lawmodel.rulebook.model import Rulebook

MOST_FILES = 2_000


def rulebook_files(paths: Sequence[Path], problems: Collector) -> list[Path]:
    """The YAML files in these folders and among these files, in a fixed order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                file for pattern in ("*.yaml", "*.yml") for file in path.rglob(pattern) if not file.name.startswith(".")
            )
            if not inside:
                problems.of_file(
                    path, "there are no YAML files in this folder", "Name the folder that holds the rulebook."
                )
            found += inside
        else:
            found.append(path)
    if len(found) > MOST_FILES:
        problems.of_file(paths[0], f"more than {MOST_FILES:,} files", "Name the folder of the rulebook itself.")
    return list(dict.fromkeys(found))[:MOST_FILES]


def load_rulebook(*paths: Path | str) -> Rulebook:
    """The rulebook in these folders and files; raises `ProblemsFound` with everything that is wrong with it."""
    problems = Collector()
    files = rulebook_files([Path(path) for path in paths], problems)
    problems.raise_if_any()
    digest = digest_of(files)
    kept = cache.recall(digest) if digest else None
    if kept is not None:
        return kept
    from lawmodel.rulebook.read import read_rulebook  # brings pydantic: only where nothing is kept

    rulebook = read_rulebook(files, digest or "", problems)
    problems.raise_if_any()
    if rulebook is None:  # pragma: no cover - a missing rulebook is always a noted problem
        raise AssertionError("no rulebook and no problem")
    cache.keep(rulebook)
    return rulebook


def digest_of(files: Sequence[Path]) -> str | None:
    """A digest of names and texts of the files; None where one cannot be read (which reading then explains)."""
    digest = hashlib.sha256()
    for file in files:
        try:
            if file.stat().st_size > 10_000_000:
                return None
            data = file.read_bytes()
        except OSError:
            return None
        digest.update(f"{file}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def counted(count: int, plural: str) -> str:
    """How many there are of something: ``1 case``, ``1,200 cases``."""
    return f"{count:,} {plural if count != 1 else plural.removesuffix('s')}"


def describe(rulebook: Rulebook) -> str:
    """How much there is in a rulebook, in one line."""
    return listed(
        counted(len(entries), name)
        for name, entries in (
            ("questions", rulebook.questions),
            ("provisions", rulebook.provisions),
            ("readings", rulebook.readings),
            ("concepts", rulebook.concepts),
            ("facts", rulebook.facts),
            ("instruments", rulebook.instruments),
            ("sources", rulebook.sources),
        )
    )
