"""Compiled rulebooks in the user's cache, so that a start does not read all the law again (`lawmodel.kept_objects`).

A kept rulebook is named by the digest of its files' names and texts, and by the folders and files that were named, on
which its hashes depend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Final

from lawmodel.kept_objects import KeptObjects
from lawmodel.rulebook.model import READ_APART, Rulebook

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


APART: Final = ("tellings", "properties", "misconceptions", "phrases")
"""The sections that most questions do not ask for: each is kept by itself, and read when it is first looked at."""


def recall(digest: str, named: Sequence[Path]) -> Rulebook | None:
    """The rulebook kept under this digest of its files, which lie in these places; None if none can be trusted."""
    match KEPT.recall([digest, *map(str, named)]):
        case (dict() as sections, dict() as apart) if sections.get("digest") == digest:
            rulebook = object.__new__(Rulebook)
            reads = {name: partial(KEPT.read, written) for name, written in apart.items()}
            vars(rulebook).update(sections, **{READ_APART: reads})
            return rulebook
    return None


def keep(rulebook: Rulebook, named: Sequence[Path]) -> None:
    """Keep a rulebook whose files lie in these places."""
    sections = {one.name: getattr(rulebook, one.name) for one in fields(rulebook)}
    apart = {name: KEPT.written(sections.pop(name)) for name in APART}
    KEPT.keep([rulebook.digest, *map(str, named)], (sections, apart))
