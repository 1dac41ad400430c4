"""YAML files as nodes that know their place: the only file that touches a YAML library.

Files are untrusted. Only events of the parser are used (no tags, no constructors, no aliases), and size,
depth and number of nodes are bounded. Every scalar stays text; what it means is decided by whoever expects it,
so ``NO`` is Norway where a state is expected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from lawmodel.problems import Collector, Place, ProblemsFound

MOST_BYTES = 2_000_000
MOST_NODES = 200_000
MOST_DEPTH = 60

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class TextNode:
    """A scalar, as it is written."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class ListNode:
    """A sequence."""

    items: list[Node]
    place: Place


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping with text keys, in order."""

    entries: dict[str, Node]
    keys: dict[str, Place]
    """Where each key stands."""
    place: Place


Node: TypeAlias = TextNode | ListNode | MapNode


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read."""

    node: ListNode | MapNode
    key: TextNode | None = None
    seen_twice: list[TextNode] = field(default_factory=list)


class _Refused(Exception):
    """The file cannot be read any further."""

    def __init__(self, place: Place, message: str, mend: str) -> None:
        super().__init__(message)
        self.place, self.message, self.mend = place, message, mend


def read_yaml(path: Path, problems: Collector, most_bytes: int = MOST_BYTES) -> Node | None:
    """The nodes of a YAML file; None, with the problems noted, where it is not one."""
    text = _text_of(path, problems, most_bytes)
    return None if text is None else parse_yaml(text, str(path), problems)


def parse_yaml(text: str, file: str, problems: Collector) -> Node | None:
    """The nodes of a YAML text; ``file`` is what problems call it."""
    try:
        node = _nodes(text, file, problems)
    except _Refused as refused:
        problems.at(refused.place, refused.message, refused.mend)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        problems.at(place, f"this is not YAML: {error.problem or error.context}", _syntax_mend(str(error.problem)))
        return None
    except yaml.YAMLError as error:
        unreadable = getattr(error, "position", None)
        before = text[:unreadable] if isinstance(unreadable, int) else ""
        place = Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        problems.at(
            place,
            "a character that YAML does not allow stands here",
            "Take the invisible character out, or retype the line.",
        )
        return None
    if node is None:
        problems.of_file(file, "the file is empty", "Write something into it, or delete it.")
    return node


def read_yaml_or_raise(path: Path, most_bytes: int = MOST_BYTES) -> Node:
    """Like `read_yaml`; raises `ProblemsFound`."""
    problems = Collector()
    node = read_yaml(path, problems, most_bytes)
    problems.raise_if_any()
    if node is None:
        raise ProblemsFound(problems.problems)
    return node


def _text_of(path: Path, problems: Collector, most_bytes: int) -> str | None:
    try:
        if path.is_dir():
            problems.of_file(path, "this is a folder, and a file is needed", "Name a YAML file inside the folder.")
            return None
        with path.open("rb") as stream:
            data = stream.read(most_bytes + 1)
    except FileNotFoundError:
        problems.of_file(path, "there is no such file", "Check the spelling and the folder you are in.")
        return None
    except OSError as error:
        problems.of_file(path, f"the file cannot be read ({error.strerror})", "Check who may read it.")
        return None
    if len(data) > most_bytes:
        problems.of_file(
            path,
            f"the file is larger than {most_bytes / 1_000_000:g} MB",
            "No case or statute is that long. Is it the right file? Split it if so.",
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(str(path), before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        problems.at(place, "the file is not UTF-8 text", "Save it as UTF-8 in your editor.")
        return None


def _syntax_mend(problem: str) -> str:
    if "'\\t'" in problem or "tab" in problem:
        return "Indent with spaces, not tabs."
    if "mapping values are not allowed" in problem:
        return "Put quotation marks round a text that contains a colon followed by a space; check the indentation."
    if "could not find expected ':'" in problem or "expected <block end>" in problem:
        return "Check the indentation and that each `key:` has its colon."
    return "Check quotation marks, brackets and indentation here and in the line above."


def _events(text: str) -> Iterator[Any]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _nodes(text: str, file: str, problems: Collector) -> Node | None:
    """Builds the tree with a stack of its own, so that depth is bounded by us and not by Python."""
    stack: list[_Open] = []
    root: Node | None = None
    count = documents = 0
    for event in _events(text):
        mark = event.start_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Refused(
                    place, "a second document begins here", "Keep one document a file: remove the line `---`."
                )
            continue
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(
                place, f"an alias (*{event.anchor}) stands here", "Aliases are not read: write the text out."
            )
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            done = stack.pop()
            for key in done.seen_twice:
                problems.at(key.place, f"`{key.value}` stands here twice", "Remove or rename one of the two.")
            continue
        if not isinstance(event, yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent):
            continue
        count += 1
        if count > MOST_NODES:
            raise _Refused(
                place, f"the file has more than {MOST_NODES:,} entries", "Split it, or check that it is the right file."
            )
        if event.anchor is not None:
            raise _Refused(
                place, f"an anchor (&{event.anchor}) stands here", "Anchors are not read: write the text out."
            )
        if event.tag not in (None, "!"):
            raise _Refused(place, f"a tag ({event.tag}) stands here", "Tags are not read: remove it.")
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = TextNode(event.value, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = ListNode([], place)
        else:
            node = MapNode({}, {}, place)
        if not stack:
            root = node
        else:
            _put(stack[-1], node)
        if not isinstance(node, TextNode):
            if len(stack) >= MOST_DEPTH:
                raise _Refused(
                    place, f"the file is nested more than {MOST_DEPTH} deep", "Name the inner parts, and refer to them."
                )
            stack.append(_Open(node))
    if isinstance(root, TextNode) and root.value == "":
        return None
    return root


def _put(parent: _Open, node: Node) -> None:
    if isinstance(parent.node, ListNode):
        parent.node.items.append(node)
    elif parent.key is None:
        if not isinstance(node, TextNode):
            raise _Refused(node.place, "a key must be a word", "Write `key: value`.")
        parent.key = node
        if node.value in parent.node.entries:
            parent.seen_twice.append(node)
    else:
        name = parent.key.value
        if name not in parent.node.entries:
            parent.node.entries[name] = node
            parent.node.keys[name] = parent.key.place
        parent.key = None
