"""The file in which findings are accepted: a YAML list of ``{check, entry, because}``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from lawmodel.problems import Collector, did_you_mean, listed
from lawmodel.user_files import Unreadable, read_file
from lawmodel.verbs.lint.findings import Acceptance
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode, parse_yaml_bytes

FILE: Final = ".lint-accepted.yaml"
"""Its name in the folder of a rulebook, which reads no file whose name begins with a dot."""
KEYS: Final = ("check", "entry", "because")


def acceptance_files(rules: Iterable[Path]) -> list[Path]:
    """The files of this name in the folders of a rulebook."""
    return [path / FILE for path in rules if os.path.lexists(path / FILE)]


def read_acceptances(files: Sequence[Path], known: Iterable[str]) -> list[Acceptance]:
    """What is accepted in these files; raises `ProblemsFound`. ``known`` are the ids of the checks."""
    problems = Collector()
    found: list[Acceptance] = []
    names = list(known)
    for file in files:
        try:
            data = read_file(file)
        except Unreadable as unread:
            problems.of_file(file, unread.message, unread.mend)
            continue
        node = parse_yaml_bytes(data, str(file), problems) if _says_anything(data) else None
        if node is None:
            continue
        if not isinstance(node, ListNode):
            problems.at(node.place, "findings are accepted in a list", f"Begin each with `- `: {', '.join(KEYS)}.")
            continue
        for item in node.items:
            found += _one(item, names, problems)
    problems.raise_if_any()
    return found


def _says_anything(data: bytes) -> bool:
    lines = data.decode("utf-8-sig", errors="replace").splitlines()
    return any(line.strip() and not line.lstrip().startswith("#") for line in lines)


def _one(node: Node, known: Sequence[str], problems: Collector) -> Iterator[Acceptance]:
    if not isinstance(node, MapNode):
        problems.at(node.place, "an acceptance has keys", f"Its keys are: {', '.join(KEYS)}.")
        return
    for key, place in node.keys.items():
        if key not in KEYS:
            problems.at(place, f"an acceptance has no `{key}`", did_you_mean(key, KEYS, f"It has {', '.join(KEYS)}."))
    texts: dict[str, str] = {}
    for key in KEYS:
        value = node.entries.get(key)
        text = " ".join(value.value.split()) if isinstance(value, TextNode) else ""
        if not text:
            problems.at(value.place if value else node.place, f"`{key}` is missing", f"Write `{key}: …`.")
        texts[key] = text
    if texts["check"] and texts["check"] not in known:
        hint = did_you_mean(texts["check"], known, f"There are: {listed(known, 30)}.")
        problems.at(node.entries["check"].place, f"there is no check `{texts['check']}`", hint)
    elif all(texts.values()):
        yield Acceptance(texts["check"], texts["entry"], texts["because"], node.place)
