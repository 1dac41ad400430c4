"""YAML files as nodes that know their place: the only file that reads with a YAML library.

Files are untrusted. Only events of the parser are used (no tags, no constructors, no aliases), and size,
depth and number of nodes are bounded. Every scalar stays text; what it means is decided by whoever expects it,
so ``NO`` is Norway where a state is expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.problems import Collector, Place
from lawmodel.safe_text import STEERING, UNSHOWN, Unprintable
from lawmodel.user_files import MOST_BYTES, Unreadable, read_file
from lawmodel.when_used import expressions_when_used

if TYPE_CHECKING:
    import yaml
else:
    yaml = expressions_when_used("yaml")

MOST_NODES = 200_000
MOST_DEPTH = 60

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INVISIBLE = Unprintable(
    r"([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff])"
    r"|^ *([\t\xa0])(?=[^\S\n]*[^\s#])",
    re.MULTILINE,
    but_new_lines=True,
)
"""What is not to be there is listed, and not what may be: Python's compiler goes through all characters of a range."""
_TAKE_OUT = "Take the invisible character out, or retype the line."
_BRACKET = "Close it; put a text that itself holds brackets or commas in quotation marks."
_QUOTATION = "Use the other kind of quotation marks round the text, or leave them out."
_INDENTATION = "Give all keys of one entry, and all `- ` of one list, the same number of spaces in front."
_SYNTAX = (
    (
        "mapping values are not allowed",
        "a colon stands where no key can be",
        "Put quotation marks round a text with a colon in it, or check the indentation and the line above.",
    ),
    (
        "could not find expected ':'",
        "a key here, or in the line above, has no colon",
        "Write `key: value`; indent a text that runs over several lines.",
    ),
    (
        "cannot start any token",
        "a text cannot begin with this character",
        "Put the text in quotation marks.",
    ),
    (
        "unknown escape character",
        "a backslash has a meaning of its own between double quotation marks",
        "Use single quotation marks.",
    ),
    ("did not find expected key", "this does not fit the lines above", _INDENTATION),
    ("expected <block end>", "this does not fit the lines above", _INDENTATION),
    ("did not find expected '-' indicator", "this does not fit the list above", _INDENTATION),
    ("block sequence entries are not allowed", "a list cannot begin here", "Begin it on a line of its own."),
    ("expected node content", "no value can begin here", "Put a text that begins with this sign in quotation marks."),
    ("did not find expected <document start>", "the file has ended before this", "Take out what does not belong."),
    ("YAML document", "a directive stands here", "Remove the line that begins with `%`."),
    ("directive", "a directive stands here", "Remove the line that begins with `%`."),
    ("tag", "a tag stands here", "Tags are not read: remove it, or put the text in quotation marks."),
)


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
class Mappings:
    """The mappings of the files read, by where they stand, so that a later check finds the place of one key."""

    nodes: dict[Place, MapNode] = field(default_factory=dict)

    def note(self, node: MapNode) -> None:
        """Remember a mapping."""
        self.nodes.setdefault(node.place, node)

    def has(self, at: Place, key: str) -> bool:
        """Whether the mapping at a place has this key."""
        return at in self.nodes and key in self.nodes[at].keys

    def key(self, at: Place, key: str) -> Place:
        """Where a key of the mapping at a place stands; the place itself where there is none."""
        node = self.nodes.get(at)
        return node.keys.get(key, at) if node else at

    def value(self, at: Place, key: str, item: str | None = None) -> Place:
        """Where the value of a key stands, or the item of its list that has this text."""
        node = self.nodes.get(at)
        if node is None or key not in node.entries:
            return at
        value = node.entries[key]
        for one in value.items if isinstance(value, ListNode) else ():
            if isinstance(one, TextNode) and one.value == item:
                return one.place
        return value.place


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
    try:
        data = read_file(path, most_bytes)
    except Unreadable as unread:
        problems.of_file(path, unread.message, unread.mend)
        return None
    return parse_yaml_bytes(data, str(path), problems)


def parse_yaml_bytes(data: bytes, file: str, problems: Collector) -> Node | None:
    """The nodes of the bytes of a YAML file."""
    try:
        return parse_yaml(data.decode("utf-8-sig"), file, problems)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(file, before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        problems.at(place, "the file is not UTF-8 text", "Save it as UTF-8 in your editor.")
        return None


def parse_yaml(text: str, file: str, problems: Collector) -> Node | None:
    """The nodes of a YAML text; ``file`` is what problems call it."""
    try:
        _refuse_invisible(text, file)
        node = _nodes(text, file, problems)
    except _Refused as refused:
        problems.at(refused.place, refused.message, refused.mend)
        return None
    except yaml.YAMLError as error:
        before = _refused_before(error, text, file, problems)
        problems.at(*((before.place, before.message, before.mend) if before else _in_words(error, text, file)))
        return None
    if node is None:
        problems.of_file(file, "the file is empty", "Write something into it, or delete it.")
    return node


def _refuse_invisible(text: str, file: str) -> None:
    """Refuse a character that YAML does not allow, or that looks like indentation and is none."""
    found = _INVISIBLE.search(text)
    if found is None:
        return
    offset = found.end() - 1
    line_start = text.rfind("\n", 0, offset) + 1
    place = Place(file, text.count("\n", 0, line_start) + 1, offset - line_start + 1)
    character = text[offset]
    if character == "\t":
        raise _Refused(place, "this line is indented with a tab", "Indent with spaces; YAML allows no tabs.")
    if character == "\N{NO-BREAK SPACE}":
        raise _Refused(place, "this line is indented with a no-break space", "Type ordinary spaces in its place.")
    raise _Refused(place, f"{kind_of_character(character)} stands here", _TAKE_OUT)


def kind_of_character(character: str) -> str:
    """What a character is that steers a terminal, or has no place in a name."""
    kind = "a control character"
    if "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
        kind = "a character that turns the order of letters"
    elif not STEERING.match(character):
        kind = "an invisible character"
    return f"{kind} (U+{ord(character):04X})"


def _refused_before(error: yaml.YAMLError, text: str, file: str, problems: Collector) -> _Refused | None:
    """What is refused before the place at which the library gave up: it reads ahead, and has limits of its own."""
    mark = getattr(error, "problem_mark", None)
    try:
        _nodes(text[: mark.index] if mark is not None else "", file, problems)
    except _Refused as refused:
        return refused
    except yaml.YAMLError:
        pass
    return None


def _in_words(error: yaml.YAMLError, text: str, file: str) -> tuple[Place, str, str]:
    """Where a text is not YAML, what is wrong there, and what to do."""
    problem = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    opened = getattr(error, "context_mark", None)
    context = str(getattr(error, "context", None))
    if opened is not None and ("flow sequence" in context or "flow mapping" in context):
        return _place(opened, file), "the bracket that opens here is not closed", _BRACKET
    if opened is not None and "quoted scalar" in context and "end of stream" in problem:
        return _place(opened, file), "the quotation mark that opens here is not closed", "Close it."
    place = _place(mark, file) if mark is not None else Place(file, 1, 1)
    if mark is not None and text[: mark.index].rstrip(" ").endswith(("'", '"')) and "did not find expected" in problem:
        return place, "the quotation marks close before the text ends", _QUOTATION
    written = text.rstrip()
    if mark is not None and mark.index >= len(written):
        line = written.rfind("\n") + 1
        ends = Place(file, written.count("\n") + 1, len(written) - line)
        return ends, "the file ends here, and something is still open", "Close every bracket and quotation mark."
    for part, message, mend in _SYNTAX:
        if part in problem:
            return place, message, mend
    return place, f"this is not YAML: {problem}", "Check quotation marks, brackets and indentation here and just above."


def _place(mark: Any, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


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
            raise _Refused(
                place,
                f"a tag ({event.tag}) stands here",
                "Tags are not read: remove it, or put the text in quotation marks.",
            )
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = TextNode(_checked(event.value, place) if event.style == '"' else event.value, place)
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


def _checked(text: str, place: Place) -> str:
    """A text between double quotation marks, where any character can be written as an escape."""
    odd = STEERING.search(text)
    if odd is not None:
        mend = "Take out what stands behind the backslash: no law and no case needs it."
        raise _Refused(place, f"{kind_of_character(odd[0])} is written in this text", mend)
    return text


def _put(parent: _Open, node: Node) -> None:
    if isinstance(parent.node, ListNode):
        parent.node.items.append(node)
    elif parent.key is None:
        if not isinstance(node, TextNode):
            raise _Refused(node.place, "a key must be a word", "Write `key: value`.")
        odd = UNSHOWN.search(node.value)
        if odd is not None:
            raise _Refused(node.place, f"{kind_of_character(odd[0])} stands in this key", _TAKE_OUT)
        parent.key = node
        if node.value in parent.node.entries:
            parent.seen_twice.append(node)
    else:
        name = parent.key.value
        if name not in parent.node.entries:
            parent.node.entries[name] = node
            parent.node.keys[name] = parent.key.place
        parent.key = None
