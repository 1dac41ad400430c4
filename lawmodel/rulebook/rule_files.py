"""The files of a rulebook: found, and read once, so that what is parsed is what was digested."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.digests import blake2b, sha256
from lawmodel.problems import Collector
from lawmodel.user_files import Unreadable, read_file, yaml_files_below

MOST_FILES: Final = 2_000
MOST_BYTES_OF_ALL: Final = 50_000_000


@dataclass(frozen=True)
class RuleFile:
    """A file of a rulebook, as it was at one moment."""

    path: Path
    data: bytes | None
    """None where it could not be read, which is noted."""


def rulebook_files(paths: Sequence[Path], problems: Collector) -> list[Path]:
    """The YAML files in these folders and among these files, in a fixed order."""
    found: list[Path] = []
    for path in paths:
        if not os.path.isdir(path):
            found.append(path)
            continue
        try:
            inside = yaml_files_below(path)
        except Unreadable as unread:
            problems.of_file(path, unread.message, unread.mend)
            continue
        if not inside:
            problems.of_file(path, "there are no YAML files in this folder", "Name the folder that holds the rulebook.")
        found += inside
    if len(found) > MOST_FILES:
        problems.of_file(paths[0], f"more than {MOST_FILES:,} files", "Name the folder of the rulebook itself.")
    return list(dict.fromkeys(found))[:MOST_FILES]


def read_rule_files(paths: Sequence[Path], problems: Collector) -> list[RuleFile]:
    """These files, each read once; what is wrong with one is noted."""
    found: list[RuleFile] = []
    left = MOST_BYTES_OF_ALL
    for path in paths:
        try:
            data = read_file(path)
        except Unreadable as unread:
            problems.of_file(path, unread.message, unread.mend)
            found.append(RuleFile(path, None))
            continue
        left -= len(data)
        if left < 0:
            mend = "Name the folder of the rulebook itself."
            problems.of_file(path, f"the rulebook is larger than {MOST_BYTES_OF_ALL / 1_000_000:g} MB", mend)
            return [*found, RuleFile(path, None)]
        found.append(RuleFile(path, data))
    return found


def file_hashes(paths: Sequence[Path], files: Sequence[RuleFile]) -> dict[str, str]:
    """The SHA-256 of each file of a rulebook, by its name inside the folder that was named, sorted by these names.

    A file that was named itself has its own name. Of files that have one name in several folders the second is called
    ``NAME (2)`` and so on, in the order of their hashes: which folder was named first makes no difference.
    """
    found: dict[str, str] = {}
    taken = {_inside(paths, one.path) for one in files}
    for name, digest in sorted((_inside(paths, one.path), sha256(one.data or b"").hexdigest()) for one in files):
        free = name if name not in found else _free(name, taken)
        taken.add(free)
        found[free] = digest
    return dict(sorted(found.items()))


def _free(name: str, taken: Collection[str]) -> str:
    return next(one for one in (f"{name} ({number})" for number in count(2)) if one not in taken)


def content_hash(hashes: Mapping[str, str]) -> str:
    """The SHA-256 of a rulebook wherever it lies: of a line ``HASH  ./FILE`` for each file, in the order of the names.

    The order is that of the characters of the names, and so of their bytes in UTF-8.

    So for one folder it is what ``find . -name '[^.]*.yaml' | LC_ALL=C sort | xargs sha256sum | sha256sum`` prints
    there.
    """
    text = "".join(f"{digest}  ./{name}\n" for name, digest in sorted(hashes.items()))
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def _inside(paths: Sequence[Path], file: Path) -> str:
    """The name of a file inside the folder that was named."""
    for one in paths:
        if one != file and file.is_relative_to(one):
            return file.relative_to(one).as_posix()
    return file.name


def digest_of(files: Sequence[RuleFile]) -> str:
    """A digest of the names and texts of files that could be read."""
    digest = blake2b(digest_size=32)
    for file in files:
        digest.update(f"{file.path}\0{len(file.data or b'')}\0".encode(errors="surrogatepass"))
        digest.update(file.data or b"")
    return digest.hexdigest()
