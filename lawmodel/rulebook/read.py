"""Reading the files of a rulebook: sections, entries, and what ties them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lawmodel.problems import Collector, did_you_mean
from lawmodel.rulebook.entries import ENTRY_CLASSES, EntryReader
from lawmodel.rulebook.links import check_links
from lawmodel.rulebook.model import Consistency, Rulebook, Stage
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode, read_yaml

HEAD = "rulebook"
SECTIONS = (HEAD, *ENTRY_CLASSES)


def read_rulebook(files: Sequence[Path], digest: str, problems: Collector) -> Rulebook | None:
    """The rulebook in these files; every mistake is noted. None where no more can be said of it."""
    reader = EntryReader(problems)
    sections: dict[str, list[Any]] = {section: [] for section in ENTRY_CLASSES}
    head: MapNode | None = None
    for file in files:
        node = read_yaml(file, problems)
        if node is None:
            continue
        if not isinstance(node, MapNode):
            problems.at(node.place, "a file of a rulebook holds sections", f"Begin with one of: {', '.join(SECTIONS)}.")
            continue
        for name, content in node.entries.items():
            if name == HEAD and isinstance(content, MapNode):
                if head is not None:
                    problems.at(
                        node.keys[name], "the rulebook has its head twice", f"It stands in {head.place.file} already."
                    )
                head = content
            elif name in ENTRY_CLASSES:
                sections[name] += _entries(reader, name, content, problems)
            else:
                problems.at(
                    node.keys[name],
                    f"there is no section `{name}`",
                    did_you_mean(name, SECTIONS, f"The sections are: {', '.join(SECTIONS)}."),
                )
    if head is None:
        if files and not problems.problems:
            problems.of_file(
                files[0].parent,
                "the section `rulebook` is nowhere",
                "Write title, law_date and stages into rulebook.yaml.",
            )
        return None
    return _assemble(reader, head, sections, digest, problems)


def _entries(reader: EntryReader, section: str, content: Node, problems: Collector) -> list[Any]:
    if isinstance(content, TextNode) and content.value == "":
        return []
    if not isinstance(content, ListNode):
        problems.at(content.place, f"the section `{section}` is a list", "Begin each entry with `- `.")
        return []
    return [entry for entry in (reader.entry(section, item) for item in content.items) if entry is not None]


def _assemble(
    reader: EntryReader, head: MapNode, sections: Mapping[str, list[Any]], digest: str, problems: Collector
) -> Rulebook | None:
    for key, place in head.keys.items():
        if key not in ("title", "law_date", "stages"):
            problems.at(place, f"the rulebook's head has no `{key}`", "It has title, law_date and stages.")
    texts = {key: reader.statements.text(head.entries.get(key), key, head.place) for key in ("title", "law_date")}
    stage_list = head.entries.get("stages")
    stages: tuple[Stage, ...] = ()
    if isinstance(stage_list, ListNode) and stage_list.items:
        stages = tuple(stage for item in stage_list.items if (stage := reader.value(Stage, item)) is not None)
    if not stages:
        problems.at(head.place, "`stages` is missing", "List the stages a bill passes; the last is the law in force.")
        return None
    consistency: tuple[Consistency, ...] = tuple(sections["consistency"])
    by_id = {name: _by_id(name, entries, problems) for name, entries in sections.items() if name != "consistency"}
    rulebook = Rulebook(
        title=texts["title"],
        law_date=texts["law_date"],
        stages=stages,
        consistency=consistency,
        digest=digest,
        **by_id,
    )
    check_links(rulebook, problems)
    return rulebook


def _by_id(section: str, entries: Sequence[Any], problems: Collector) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        if entry.id in found:
            first = found[entry.id].place
            problems.at(
                entry.place,
                f"`{entry.id}` stands twice among the {section}",
                f"The other is at {first.file}:{first.line}. Give one of them another id.",
            )
        else:
            found[entry.id] = entry
    return found
