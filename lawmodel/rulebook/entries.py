"""The entries of a rulebook's sections, validated: from YAML nodes to the classes of the model."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from lawmodel.problems import Place, did_you_mean
from lawmodel.rulebook.misconception import Misconception, TellingCase, TellingFact
from lawmodel.rulebook.model import (
    AddedOption,
    Choices,
    Concept,
    Consequence,
    Consistency,
    Fact,
    Gap,
    Instrument,
    NamedDate,
    Number,
    Phrases,
    Property,
    Provision,
    Question,
    Reading,
    SharedConclusion,
    Source,
    Telling,
)
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.statement_parser import DATE_KEYS, StatementParser
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode

Entry = TypeVar("Entry")

ENTRY_CLASSES: Mapping[str, type[Any]] = {
    "sources": Source,
    "instruments": Instrument,
    "choices": Choices,
    "facts": Fact,
    "consistency": Consistency,
    "numbers": Number,
    "dates": NamedDate,
    "readings": Reading,
    "options": AddedOption,
    "concepts": Concept,
    "conclusions": SharedConclusion,
    "consequences": Consequence,
    "tellings": Telling,
    "questions": Question,
    "provisions": Provision,
    "properties": Property,
    "gaps": Gap,
    "misconceptions": Misconception,
    "phrases": Phrases,
}
CONDITIONS = ("when", "unless", "in_force", "given", "such_that")
DAYS = ("date", "on", "since", "until")
TEXT_BY_NAME = ("choices", "of", "words", "answered", "readings", "to")
"""Keys whose mapping is a plain dictionary, not an entry."""
TEXTS_BY_NAME_AND_VALUE = ("clauses", "fragments")
"""Keys whose mapping has mappings of the same kind in it."""
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}
"""Made once for each class: to make one costs more than to read many entries with it."""
_FILL = "Write what belongs there, or leave the line out."
_MISSING = ("missing", "missing_keyword_only_argument", "missing_argument")
_UNKNOWN_KEY = ("unexpected_keyword_argument", "extra_forbidden")


class EntryReader:
    """Turns nodes into entries; every mistake goes to the collector."""

    def __init__(self, names: NameCheck) -> None:
        self.names = names
        self.problems = names.problems
        self.statements = StatementParser(names.problems, names.mappings)

    def entry(self, section: str, node: Node) -> Any | None:
        """One entry of a section; None where it is wrong."""
        return self.value(ENTRY_CLASSES[section], node)

    def value(self, wanted: type[Entry], node: Node) -> Entry | None:
        """A value of a class of the model; None where it is wrong."""
        if not isinstance(node, MapNode):
            self.problems.at(node.place, "an entry needs keys", "Write `- id: …`, and the other keys below it.")
            return None
        before = len(self.problems.problems)
        if wanted not in _ADAPTERS:
            _ADAPTERS[wanted] = TypeAdapter(wanted)
        plain = self._entry(node, dated=wanted is NamedDate)
        if wanted is Provision and "at" in node.entries:
            plain["at"] = self.statements.date(node.entries["at"])
        if wanted is Number and "value" in node.entries:
            plain["value"] = self.statements.number(node.entries["value"])
            if len(self.problems.problems) > before:
                return None
        try:
            value: Entry = _ADAPTERS[wanted].validate_python(plain)
        except ValidationError as error:
            told = {(one.line, one.column) for one in self.problems.problems[before:]}
            for one in error.errors(include_url=False):
                if one["type"] not in _MISSING or not _misspelt(wanted, node, one["loc"]):
                    self._report(wanted, node, one, told)
            self.names.half_read.append(plain)
            return None
        return value

    def _entry(self, node: MapNode, dated: bool = False) -> dict[str, Any]:
        self.names.mappings.note(node)
        plain: dict[str, Any] = {"place": node.place}
        if dated:
            plain["value"] = self.statements.date_rule(node)
        for key, value in node.entries.items():
            if dated and key not in DATE_KEYS:
                continue
            if key in ("place", "from_"):  # names that the classes have, and the files do not
                self.problems.at(node.keys[key], f"`{key}` is no key of this entry", "Take it out.")
            else:
                plain["from_" if key == "from" else key] = self._content(key, value)
        return plain

    def _content(self, key: str, node: Node) -> Any:
        if key in CONDITIONS:
            return self.statements.condition(node)
        if key in ("concludes", "brings"):
            return self.statements.conclusion(node)
        if key == "case":
            return TellingCase(tuple(_given(node, ())), node.place)
        if key in DAYS:
            return self.statements.day_worked_out(node)
        if key == "branches" and isinstance(node, MapNode):
            self.names.mappings.note(node)
            return {name: self.statements.condition(item) for name, item in node.entries.items()}
        if key == "left_out" and isinstance(node, MapNode):
            return self.statements.same_as(node)
        if key == "claims" and isinstance(node, MapNode):  # what a property claims is named, and no conclusion
            self.names.mappings.note(node)
            named = {name: self._content("" if name == "brings" else name, item) for name, item in node.entries.items()}
            return {"place": node.place, **named}
        if key == "record" and isinstance(node, MapNode):
            self.names.mappings.note(node)
            return {
                name: self.statements.same_as(item) if isinstance(item, MapNode) else self._content(name, item)
                for name, item in node.entries.items()
            }
        if key in TEXTS_BY_NAME_AND_VALUE and isinstance(node, MapNode):
            self.names.mappings.note(node)
            return {name: self._content("of", item) for name, item in node.entries.items()}
        if isinstance(node, TextNode):
            if not node.value.strip():
                self.problems.at(node.place, f"`{key}` is empty" if key else "this is empty", _FILL)
            return " ".join(node.value.split())
        if isinstance(node, ListNode):
            self.statements.each_once(node)
            return [self._entry(item) if isinstance(item, MapNode) else self._content("", item) for item in node.items]
        if key in TEXT_BY_NAME:
            self.names.mappings.note(node)
            return {
                name: self._entry(item) if isinstance(item, MapNode) else self._content("", item)
                for name, item in node.entries.items()
            }
        return self._entry(node)

    def _report(self, wanted: type[Any], node: MapNode, error: ErrorDetails, told: set[tuple[int, int]]) -> None:
        """Say in plain words what pydantic found, at the place in the file that it means, once for each place."""
        place, name = node.place, ""
        at: Node = node
        for step in error["loc"]:
            if isinstance(at, MapNode) and isinstance(step, str) and step in at.entries:
                name, at = step, at.entries[step]
                place = at.place
            elif isinstance(at, ListNode) and isinstance(step, int) and step < len(at.items):
                name, at = f"an item of {name}", at.items[step]
                place = at.place
        last = str(error["loc"][-1]) if error["loc"] else ""
        kind = error["type"]
        if kind in _UNKNOWN_KEY and last == name:
            place = self._key_place(node, error["loc"])
        told_here = (place.line, place.column) in told
        if kind not in _MISSING:
            told.add((place.line, place.column))
        if not told_here or kind in _MISSING:
            written = at.value if isinstance(at, TextNode) else ""
            self.problems.at(place, *_in_words(wanted, node.keys, last, name, written, error))

    def _key_place(self, node: Node, location: tuple[int | str, ...]) -> Place:
        place = node.place
        for step in location:
            if isinstance(node, MapNode) and isinstance(step, str) and step in node.entries:
                place, node = node.keys[step], node.entries[step]
            elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
        return place


def _given(node: Node, path: tuple[str, ...]) -> Iterator[TellingFact]:
    """Every value that a case gives, with the way to it."""
    match node:
        case TextNode(value, place):
            yield TellingFact(path, value, place)
        case ListNode(items, place):
            if not items:
                yield TellingFact(path, None, place)
            for number, item in enumerate(items):
                yield from _given(item, (*path, str(number)))
        case MapNode(entries):
            for name, inner in entries.items():
                yield from _given(inner, (*path, name))


def _misspelt(wanted: type[Any], node: MapNode, location: tuple[int | str, ...]) -> bool:
    """Whether a key that is missing seems to stand here under a wrong name, which is noted by itself."""
    known = {field.name for field in fields(wanted)}
    unknown = [key for key in node.keys if key not in known]
    return len(location) == 1 and bool(difflib.get_close_matches(str(location[0]), unknown, n=1, cutoff=0.6))


def _in_words(
    wanted: type[Any], present: Collection[str], last: str, name: str, written: str, error: ErrorDetails
) -> tuple[str, str]:
    context, kind = error.get("ctx", {}), error["type"]
    if kind in _MISSING:
        if last == "sources":
            return "no source is named", "Every rule says where it comes from: `sources: [{id: …, at: …}]`."
        return f"`{last}` is missing", f"Write `{last}: …`."
    if kind in _UNKNOWN_KEY:
        unwritten = ("place", "value") if wanted is NamedDate else ("place",)
        top = [field.name.rstrip("_") for field in fields(wanted) if field.name not in unwritten]
        known = [key for key in top if key not in present] if len(error["loc"]) == 1 else []
        otherwise = f"It may also have: {', '.join(known)}." if known else "Take it out, or check its spelling."
        return f"`{last}` is no key of this entry", did_you_mean(last, known, otherwise)
    named = name if name.startswith("an item of ") else f"`{name}`"
    match kind:
        case "literal_error":
            values = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            hint = did_you_mean(written, values, f"Write one of: {', '.join(values)}.")
            return f"`{written}` is no `{name}`" if written else f"`{name}` is one word", hint
        case "bool_parsing" | "bool_type":
            return f"`{name}` is yes or no", "Write `yes` or `no`."
        case "string_type":
            return f"{named} is a text", "Write it behind the colon, in quotation marks if it has a colon of its own."
        case "tuple_type" | "list_type":
            return f"{named} is a list", "Write `[ … ]`, or a line that begins with `- ` for each."
        case "dict_type" | "mapping_type" | "dataclass_type":
            return f"{named} needs keys of its own", "Write `{key: …}`, or the keys below it, indented."
        case "date_type" | "date_from_datetime_parsing" | "date_parsing":
            return f"{named} is a day", "Write the day as YYYY-MM-DD, such as 2026-03-19."
    message = error["msg"]
    return f"{named}: {message[0].lower()}{message[1:]}", "See docs/rulebook.md for the form of this entry."
