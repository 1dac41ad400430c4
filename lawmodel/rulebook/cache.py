"""Compiled rulebooks in the user's cache, so that a start does not read all the law again (`lawmodel.kept_objects`).

A kept rulebook is named by the digest of its files' names and texts, and by the folders and files that were named, on
which its hashes depend.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lawmodel.kept_objects import KeptObjects
from lawmodel.rulebook.model import Rulebook

ALLOWED_MODULES: Final = (
    "lawmodel.rulebook.model",
    "lawmodel.rulebook.condition",
    "lawmodel.rulebook.source",
    "lawmodel.rulebook.instrument",
    "lawmodel.rulebook.fact",
    "lawmodel.rulebook.date_rule",
    "lawmodel.rulebook.reading",
    "lawmodel.rulebook.telling",
    "lawmodel.rulebook.question",
    "lawmodel.rulebook.property",
    "lawmodel.rulebook.phrases",
    "lawmodel.rulebook.misconception",
    "lawmodel.time_spans",
    "lawmodel.problems",
)
MOST_KEPT: Final = 20
KEPT: Final = KeptObjects("rulebook", ALLOWED_MODULES, MOST_KEPT)


def recall(digest: str, named: Sequence[Path]) -> Rulebook | None:
    """The rulebook kept under this digest of its files, which lie in these places; None if none can be trusted."""
    kept = KEPT.recall([digest, *map(str, named)])
    return kept if isinstance(kept, Rulebook) and kept.digest == digest else None


def keep(rulebook: Rulebook, named: Sequence[Path]) -> None:
    """Keep a rulebook whose files lie in these places."""
    KEPT.keep([rulebook.digest, *map(str, named)], rulebook)
