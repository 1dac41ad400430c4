"""The entries of a rulebook's sections, validated: from YAML nodes to the classes of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from lawmodel.problems import Collector, Place, did_you_mean
from lawmodel.rulebook.model import (
    Choices,
    Concept,
    Consequence,
    Consistency,
    Fact,
    Instrument,
    NamedDate,
    Provision,
    Question,
    Reading,
    SameAs,
    SharedConclusion,
    Source,
    Telling,
)
from lawmodel.rulebook.statement_parser import StatementParser
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode

Entry = TypeVar("Entry")

ENTRY_CLASSES: Mapping[str, type[Any]] = {
    "sources": Source,
    "instruments": Instrument,
    "choices": Choices,
    "facts": Fact,
    "consistency": Consistency,
    "dates": NamedDate,
    "readings": Reading,
    "concepts": Concept,
    "conclusions": SharedConclusion,
    "consequences": Consequence,
    "tellings": Telling,
    "questions": Question,
    "provisions": Provision,
}
CONDITIONS = ("when", "unless", "in_force")
TEXT_BY_NAME = ("choices", "of", "words")
"""Keys whose mapping is a plain dictionary, not an entry."""


class EntryReader:
    """Turns nodes into entries; every mistake goes to the collector."""

    def __init__(self, problems: Collector) -> None:
        self.problems = problems
        self.statements = StatementParser(problems)
        self._adapters: dict[type[Any], TypeAdapter[Any]] = {}

    def entry(self, section: str, node: Node) -> Any | None:
        """One entry of a section; None where it is wrong."""
        return self.value(ENTRY_CLASSES[section], node)

    def value(self, wanted: type[Entry], node: Node) -> Entry | None:
        """A value of a class of the model; None where it is wrong."""
        if not isinstance(node, MapNode):
            self.problems.at(node.place, "an entry needs keys", "Write `- id: …`, and the other keys below it.")
            return None
        if wanted not in self._adapters:
            self._adapters[wanted] = TypeAdapter(wanted)
        plain = self._entry(node, dated=wanted is NamedDate)
        if wanted is Provision and "at" in node.entries:
            plain["at"] = self.statements.date(node.entries["at"])
        try:
            value: Entry = self._adapters[wanted].validate_python(plain)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                self._report(wanted, node, one["loc"], one["type"], one["msg"], one.get("ctx", {}))
            return None
        return value

    def _entry(self, node: MapNode, dated: bool = False) -> dict[str, Any]:
        plain: dict[str, Any] = {"place": node.place}
        if dated:
            plain["value"] = self.statements.date_rule(node)
        for key, value in node.entries.items():
            if dated and key not in ("id", "title", "sources", "certainty", "why"):
                continue
            plain["from_" if key == "from" else key] = self._content(key, value)
        return plain

    def _content(self, key: str, node: Node) -> Any:
        if key in CONDITIONS:
            return self.statements.condition(node)
        if key in ("concludes", "brings"):
            return self.statements.conclusion(node)
        if key == "date":
            return self.statements.day(node)
        if key == "left_out" and isinstance(node, MapNode):
            return SameAs(self.statements.text(node.entries.get("same_as"), "same_as", node.place), node.place)
        if isinstance(node, TextNode):
            return " ".join(node.value.split())
        if isinstance(node, ListNode):
            return [self._entry(item) if isinstance(item, MapNode) else self._content("", item) for item in node.items]
        if key in TEXT_BY_NAME:
            return {
                name: self._entry(item) if isinstance(item, MapNode) else self._content("", item)
                for name, item in node.entries.items()
            }
        return self._entry(node)

    def _report(
        self,
        wanted: type[Any],
        node: Node,
        location: tuple[int | str, ...],
        kind: str,
        message: str,
        context: Mapping[str, Any],
    ) -> None:
        """Say in plain words what pydantic found, at the place in the file that it means."""
        place, last = node.place, str(location[-1]) if location else ""
        at: Node = node
        for step in location:
            if isinstance(at, MapNode) and isinstance(step, str) and step in at.entries:
                place, at = at.keys[step], at.entries[step]
            elif isinstance(at, ListNode) and isinstance(step, int) and step < len(at.items):
                at = at.items[step]
                place = at.place
        self.problems.at(place, *_in_words(wanted, last, kind, message, context))


def _in_words(wanted: type[Any], name: str, kind: str, message: str, context: Mapping[str, Any]) -> tuple[str, str]:
    known = [field.name for field in fields(wanted) if field.name != "place"]
    match kind:
        case "missing" | "missing_keyword_only_argument" | "missing_argument":
            if name == "sources":
                return "a source is missing", "Name at least one: `sources: [{id: …, at: …}]`."
            return f"`{name}` is missing", f"Write `{name}: …`."
        case "unexpected_keyword_argument" | "extra_forbidden":
            return f"`{name}` is no key of this entry", did_you_mean(name, known, f"Its keys are: {', '.join(known)}.")
        case "literal_error":
            return f"`{name}` cannot be this", f"It is one of {context.get('expected', 'the documented values')}."
        case "bool_parsing" | "bool_type":
            return f"`{name}` is yes or no", "Write `yes` or `no`."
        case "string_type":
            return f"`{name}` is a text", "Write it behind the colon, in quotation marks if it has a colon of its own."
        case "tuple_type" | "list_type":
            return f"`{name}` is a list", "Write `[ … ]`, or a line that begins with `- ` for each."
        case "dict_type" | "mapping_type" | "dataclass_type":
            return f"`{name}` needs keys of its own", "Write them below it, indented."
    return f"`{name}`: {message[0].lower()}{message[1:]}", "See docs/rulebook.md for the form of this entry."
