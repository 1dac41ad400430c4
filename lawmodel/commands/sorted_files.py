"""Which of the files that a user names are law, and which are cases.

A file is sorted by the sections that begin at its margin, so that one with a mistake in it is sorted too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import field
from pathlib import Path

from lawmodel.case.file import KEYS
from lawmodel.dataclass import dataclass
from lawmodel.problems import Collector
from lawmodel.rulebook.read import HEAD, SECTIONS
from lawmodel.user_files import Unreadable, read_file, yaml_files_below

_SECTION = re.compile(r"^([a-z_]+) *:(?: *(?:#.*)?\r?\n(?: *(?:#.*)?\r?\n)* *(-))?", re.MULTILINE)
_OF_CASES = frozenset(KEYS) - frozenset(SECTIONS)
_OF_LAW = frozenset(SECTIONS) - frozenset(KEYS)


@dataclass(slots=True)
class SortedFiles:
    """Files by what they hold."""

    rulebooks: list[list[Path]] = field(default_factory=list)
    """The files of each rulebook."""
    cases: list[Path] = field(default_factory=list)


def sort_files(paths: Sequence[Path], problems: Collector) -> SortedFiles:
    """The files named, and all YAML files in the folders named, by what they hold.

    A folder with a file that has the section `rulebook` is a rulebook, with all files below it. Files of law that
    belong to no such folder make up one rulebook together.
    """
    found = SortedFiles()
    loose: list[Path] = []
    for path in paths:
        if not os.path.isdir(path):
            (loose if holds_law(path) else found.cases).append(path)
            continue
        try:
            inside = yaml_files_below(path)
        except Unreadable as unread:
            problems.of_file(path, unread.message, unread.mend)
            continue
        if not inside:
            problems.of_file(path, "there are no YAML files in this folder", "Name a folder that holds law or cases.")
        roots: list[Path] = []
        for file in sorted(inside, key=lambda one: len(one.parts)):
            if HEAD in _sections(file) and not any(file.is_relative_to(root) for root in roots):
                roots.append(file.parent)
        found.rulebooks += [[file for file in inside if file.is_relative_to(root)] for root in roots]
        for file in inside:
            if not any(file.is_relative_to(root) for root in roots):
                (loose if holds_law(file) else found.cases).append(file)
    known = {file for files in found.rulebooks for file in files}
    loose = [file for file in dict.fromkeys(loose) if file not in known]
    if loose:
        found.rulebooks.append(loose)
    found.rulebooks = [list(files) for files in dict.fromkeys(tuple(files) for files in found.rulebooks)]
    found.cases = [file for file in dict.fromkeys(found.cases) if file not in known]
    return found


def holds_law(file: Path) -> bool:
    """Whether a file belongs to a rulebook rather than holding a case."""
    sections = _sections(file)
    if HEAD in sections:
        return True
    if sections.keys() & _OF_CASES:
        return False
    return bool(sections.keys() & _OF_LAW) or any(sections.values())


def begins_a_case(head: bytes) -> bool:
    """Whether a text begins as a case file does; one that has only comments does not."""
    sections = _sections_in(head)
    return HEAD not in sections and bool(sections.keys() & _OF_CASES)


def _sections(file: Path) -> dict[str, bool]:
    """The keys at the margin of a file that a rulebook or a case can have, and whether a list of entries follows."""
    try:
        return _sections_in(read_file(file))
    except Unreadable:
        return {}


def _sections_in(content: bytes) -> dict[str, bool]:
    text = content.decode("utf-8-sig", errors="replace")
    found = {match[1]: match[2] is not None for match in _SECTION.finditer(text)}
    return {key: entries and key == "facts" for key, entries in found.items() if key in SECTIONS or key in KEYS}
