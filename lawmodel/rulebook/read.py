"""Reading the files of a rulebook: sections, entries, and what ties them together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lawmodel.problems import Collector, did_you_mean, listed
from lawmodel.rulebook.added_options import with_added_options
from lawmodel.rulebook.days_off import read_days_off
from lawmodel.rulebook.entries import ENTRY_CLASSES, EntryReader
from lawmodel.rulebook.law_day import ends_in
from lawmodel.rulebook.model import Consistency, Rulebook, Stage
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.rule_files import RuleFile, digest_of
from lawmodel.rulebook.validation import validate_rulebook
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode, parse_yaml_bytes

HEAD = "rulebook"
HEAD_KEYS = ("title", "version", "as_of", "jurisdiction", "law_date", "stages", "questions", "calendar", "days_off")
JURISDICTION = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}")
"""How a state, or a part of one, is named."""
APART = ("consistency", "options")
"""Sections whose entries are not found by their ids."""
SECTIONS = (HEAD, *ENTRY_CLASSES)
NUMBERS = "numbers"
"""The section that is read first: statements are read with the numbers that they name."""


def read_rulebook(files: Sequence[RuleFile], problems: Collector) -> Rulebook | None:
    """The rulebook in these files; every mistake is noted. None where no more can be said of it."""
    names = NameCheck(problems)
    reader = EntryReader(names)
    written: dict[str, list[Node]] = {section: [] for section in ENTRY_CLASSES}
    head: MapNode | None = None
    for file in files:
        node = None if file.data is None else parse_yaml_bytes(file.data, str(file.path), problems)
        if not isinstance(node, MapNode):
            names.unread = True
            if node is None:
                continue
            problems.at(node.place, "a file of a rulebook holds sections", f"Begin with one of: {', '.join(SECTIONS)}.")
            continue
        for name, content in node.entries.items():
            if name == HEAD and isinstance(content, MapNode):
                if head is not None:
                    mend = f"It stands at {head.place.file}:{head.place.line} already."
                    problems.at(node.keys[name], "the section `rulebook` stands twice", mend)
                head = head or content
            elif name == HEAD:
                names.unread = True
                problems.at(content.place, "the section `rulebook` has keys", f"It has {listed(HEAD_KEYS)}.")
            elif name in ENTRY_CLASSES:
                written[name].append(content)
            else:
                names.unread = True
                problems.at(
                    node.keys[name],
                    f"there is no section `{name}`",
                    did_you_mean(name, SECTIONS, f"The sections are: {', '.join(SECTIONS)}."),
                )
    if head is None:
        if files and not problems.problems:
            problems.of_file(
                files[0].path.parent,
                "the section `rulebook` is nowhere",
                "Name the folder of the whole rulebook (title, law_date and stages stand in its rulebook.yaml); "
                "what only adds to another goes behind it: `--rules rules --rules FILE`.",
            )
        return None
    if "calendar" in head.entries:
        reader.statements.calendar = reader.statements.calendar_rule(head.entries["calendar"])
    sections: dict[str, list[Any]] = {section: [] for section in ENTRY_CLASSES}
    for name in dict.fromkeys([NUMBERS, *ENTRY_CLASSES]):
        for content in written[name]:
            sections[name] += _entries(reader, name, content, names)
        if name == NUMBERS:
            reader.statements.numbers = {one.id: one.value for one in sections[name]}
    facts = {path for fact in sections["facts"] for path in (fact.id, *(field.id for field in fact.of))}
    for name, place in reader.statements.unknown_numbers:
        hint = "Write it in digits, or declare it in the section `numbers`."
        if name in facts:
            said = f"`{name}` is a fact, and how long a span is that is added to a day no fact can say"
            problems.at(place, said, "Write a branch for each length that there is, with its number in digits.")
        else:
            names.missing(NUMBERS, "number", name, reader.statements.numbers, place, hint)
    return _assemble(reader, head, sections, digest_of(files), names)


def _entries(reader: EntryReader, section: str, content: Node, names: NameCheck) -> list[Any]:
    if isinstance(content, TextNode) and content.value == "":
        return []
    if not isinstance(content, ListNode):
        names.unread = True
        names.problems.at(content.place, f"the section `{section}` is a list", "Begin each entry with `- `.")
        return []
    found = []
    for item in content.items:
        entry = reader.entry(section, item)
        if entry is not None:
            found.append(entry)
            continue
        called = item.entries.get("id") if isinstance(item, MapNode) else None
        names.refuse(section, " ".join(called.value.split()) if isinstance(called, TextNode) else "")
    return found


def _assemble(
    reader: EntryReader, head: MapNode, sections: Mapping[str, list[Any]], digest: str, names: NameCheck
) -> Rulebook | None:
    problems = names.problems
    misspelt = [key for key in head.keys if key not in HEAD_KEYS]
    for key, place in head.keys.items():
        if key in misspelt:
            hint = did_you_mean(key, HEAD_KEYS, f"It has {listed(HEAD_KEYS)}.")
            problems.at(place, f"the section `rulebook` has no `{key}`", hint)
    texts = {
        key: reader.statements.text(head.entries.get(key), key, head.place)
        for key in ("title", "law_date", "version", "jurisdiction")
        if key in head.entries or (key in ("title", "law_date") and not misspelt)
    }
    if (of := texts.get("jurisdiction")) and not JURISDICTION.fullmatch(of):
        mend = "Write the code of a state in small letters, as in: ru, gb, gb-sct."
        problems.at(head.entries["jurisdiction"].place, f"`{of}` names no jurisdiction", mend)
    stage_list = head.entries.get("stages")
    stages: tuple[Stage, ...] = ()
    if isinstance(stage_list, ListNode) and stage_list.items:
        stages = tuple(stage for item in stage_list.items if (stage := reader.value(Stage, item)) is not None)
        if len(stages) < len(stage_list.items):
            names.refuse("stages", "")
    elif stage_list or not misspelt:
        place = stage_list.place if stage_list else head.place
        problems.at(place, "`stages` is no list of stages", "List those a bill passes; the last is the law in force.")
    if not stages:
        return None
    for number, stage in enumerate(stages):
        if stage.id in [one.id for one in stages[:number]]:
            problems.at(stage.place, f"the stage `{stage.id}` stands twice", "Give one of them another id.")
    sections = with_added_options(sections, names)
    consistency: tuple[Consistency, ...] = tuple(sections["consistency"])
    by_id = {name: _by_id(name, entries, names) for name, entries in sections.items() if name not in APART}
    if "questions" in head.entries:
        by_id["questions"] = _in_order(by_id["questions"], head.entries["questions"], names)
    dated_by = texts.get("law_date", "")
    law_day = dated_by if dated_by in by_id["dates"] and dated_by not in by_id["facts"] else None
    rulebook = Rulebook(
        title=texts.get("title", ""),
        law_date=dated_by if law_day is None else ends_in(by_id["dates"], law_day) or dated_by,
        law_day=law_day,
        version=texts.get("version", ""),
        jurisdiction=texts.get("jurisdiction", ""),
        as_of=reader.statements.day(head.entries["as_of"]) if "as_of" in head.entries else None,
        stages=stages,
        calendar=reader.statements.calendar,
        days_off=read_days_off(head.entries["days_off"], problems) if "days_off" in head.entries else (),
        consistency=consistency,
        digest=digest,
        content_hash="",
        **by_id,
    )
    law_date = head.entries.get("law_date")
    validate_rulebook(rulebook, names, law_date.place if law_date else head.place)
    return rulebook


def _in_order(questions: dict[str, Any], node: Node, names: NameCheck) -> dict[str, Any]:
    """The questions in the order that the head gives them; those it does not name come after."""
    first: list[str] = []
    for item in node.items if isinstance(node, ListNode) else [node]:
        name = item.value if isinstance(item, TextNode) else ""
        if name in questions:
            first.append(name)
        elif not name:
            names.problems.at(item.place, "a question is needed here", "Name the questions in their order.")
        else:
            hint = f"The questions are: {', '.join(questions)}."
            names.missing("questions", "question", name, questions, item.place, hint)
    return {name: questions[name] for name in dict.fromkeys([*first, *questions])}


def _by_id(section: str, entries: Sequence[Any], names: NameCheck) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        if entry.id in found:
            first = found[entry.id].place
            names.problems.at(
                names.mappings.value(entry.place, "id"),
                f"`{entry.id}` stands twice among the {section}",
                f"The other is at {first.file}:{first.line}. Give one of them another id.",
            )
        else:
            found[entry.id] = entry
    return found
