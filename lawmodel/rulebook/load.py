"""Reading a rulebook: a folder of YAML files (or several folders and files) into a `Rulebook`.

All mistakes of all files are found in one run and raised together. A rulebook that was read once is kept,
compiled, in the user's cache, so that the next start costs milliseconds (`lawmodel.rulebook.cache`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lawmodel.problems import Collector, listed
from lawmodel.rulebook import cache
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.rule_files import RuleFile, content_hash, digest_of, file_hashes, read_rule_files, rulebook_files


def load_rulebook(*paths: Path | str) -> Rulebook:
    """The rulebook in these folders and files; raises `ProblemsFound` with everything that is wrong with it."""
    problems = Collector()
    places = [Path(path) for path in paths]
    found = rulebook_files(places, problems)
    problems.raise_if_any()
    files = read_rule_files(found, problems)
    kept = None if problems.problems else cache.recall(digest_of(files), places)
    if kept is not None:
        return kept
    from lawmodel.rulebook.read import read_rulebook  # brings pydantic: only where nothing is kept

    rulebook = read_rulebook(files, problems)
    problems.raise_if_any()
    if rulebook is None:  # pragma: no cover - a missing rulebook is always a noted problem
        raise AssertionError("no rulebook and no problem")
    rulebook = hashed(rulebook, places, files)
    cache.keep(rulebook, places)
    return rulebook


def hashed(rulebook: Rulebook, places: Sequence[Path], files: Sequence[RuleFile]) -> Rulebook:
    """The rulebook with the hashes of the files that it was read from."""
    hashes = file_hashes(places, files)
    return replace(rulebook, content_hash=content_hash(hashes), file_hashes=hashes)


def hash_of_files(*paths: Path) -> str:
    """The hash by which the rulebook in these folders and files would be cited; empty where they cannot be read."""
    problems = Collector()
    files = read_rule_files(rulebook_files(paths, problems), problems)
    return "" if problems.problems else content_hash(file_hashes(paths, files))


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
