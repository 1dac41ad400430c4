"""Case files: YAML with the facts of a case, what it expects, and its variants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lawmodel.case.case import Case
from lawmodel.case.consistency import contradictions
from lawmodel.case.expectation_reader import ExpectationReader
from lawmodel.case.values import BOUNDS, UNKNOWN, NotAValue, decode_bounds, decode_given, encode_bounds
from lawmodel.inputs import MOST_RECORDS, DayBounds, GivenRecord, GivenScalar, GivenValue, field_key
from lawmodel.law_files import split_variant
from lawmodel.problems import Collector, Place, did_you_mean, listed, path_of
from lawmodel.rulebook.model import Fact, Rulebook, raise_unless_rulebook
from lawmodel.safe_text import UNSHOWN
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode, parse_yaml, read_yaml

MOST_BYTES = 1_000_000
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}\Z")
BASE = "base"
"""What the case itself is called among its variants."""
VARIANT = re.compile(r"[^\s#]{1,60}\Z")
LAW_KEYS = ("readings", "on", "stage")
KEYS = ("title", "hypothetical", "point", "questions", "presume", *LAW_KEYS, "facts", "expect", "variants")
OF_A_DECISION = frozenset(("authority", "sources", "report"))
"""A file with all these keys is one of a reported decision (`decision_file`)."""
VARIANT_KEYS = ("id", "title", "point", "questions", "presume", *LAW_KEYS, "facts", "expect")


def load_cases(rulebook: Rulebook, path: Path | str) -> list[Case]:
    """The case in a file and its variants, or (``FILE#VARIANT``) the one variant that is named; ``base`` is the case.

    Raises `ProblemsFound` with everything that is wrong with the file.
    """
    raise_unless_rulebook(rulebook)
    problems = Collector()
    cases = read_cases(rulebook, path_of(path, "path"), problems)
    problems.raise_if_any()
    return cases


def read_cases(rulebook: Rulebook, path: Path, problems: Collector) -> list[Case]:
    """The case in a file and its variants, or the one that ``FILE#VARIANT`` names; every mistake is noted."""
    file, variant = split_variant(path)
    cases = CaseReader(rulebook, problems).cases(read_yaml(file, problems, MOST_BYTES), str(file))
    if variant is None:
        return cases
    by_name = {case.variant or BASE: case for case in cases}
    if cases and variant not in by_name:
        mend = did_you_mean(variant, by_name, f"There are: {listed(by_name)}.")
        problems.of_file(file, f"there is no variant `{variant}`", mend)
    return [by_name[variant]] if variant in by_name else []


def parse_cases(rulebook: Rulebook, text: str, name: str = "case") -> list[Case]:
    """The case in a text and its variants; raises `ProblemsFound`."""
    problems = Collector()
    cases = CaseReader(rulebook, problems).cases(parse_yaml(text, name, problems), name)
    problems.raise_if_any()
    return cases


class CaseReader:
    """From nodes to cases, by what the rulebook declares."""

    def __init__(self, rulebook: Rulebook, problems: Collector) -> None:
        self.rulebook = rulebook
        self.problems = problems
        self._given: set[str] = set()
        self.groups = list(dict.fromkeys(path.split(".")[0] for path in rulebook.facts))
        self.expectations = ExpectationReader(rulebook, problems)

    def cases(self, node: Node | None, name: str) -> list[Case]:
        """The case and its variants."""
        if node is None:
            return []
        if not isinstance(node, MapNode):
            hint = f"Begin with `facts:`. Its keys are: {', '.join(KEYS)}."
            self.problems.at(node.place, "a case file has keys", hint)
            return []
        if node.keys.keys() >= OF_A_DECISION:
            mend = "Compare it with `lawmodel decisions`; a case file holds the facts without the decision."
            self.problems.at(node.place, "this is a reported decision, and a case is needed", mend)
            return []
        self._known_keys(node, KEYS)
        base = self._case(node, Case(name=name))
        found = [base]
        variants = node.entries.get("variants")
        if variants is not None and not isinstance(variants, ListNode):
            self.problems.at(variants.place, "`variants` is a list", "Begin each variant with `- id: …`.")
        elif isinstance(variants, ListNode):
            found += self._variants(variants, base)
        return found

    def _variants(self, variants: ListNode, base: Case) -> list[Case]:
        found: list[Case] = []
        for item in variants.items:
            if not isinstance(item, MapNode):
                self.problems.at(item.place, "a variant has keys", "Write `- id: …`, and its facts below.")
                continue
            self._known_keys(item, VARIANT_KEYS)
            name = self.text(item, "id")
            if not name:
                if not isinstance(item.entries.get("id"), ListNode | MapNode):
                    self.problems.at(item.place, "a variant needs an `id`", "Write `id: …`, a short word.")
                continue
            if not VARIANT.match(name) or UNSHOWN.search(name) or name == BASE:
                mend = "Use a short word without spaces (not `base`, which means the case itself)."
                self.problems.at(item.entries["id"].place, f"`{name}` is no id of a variant", mend)
            if any(one.variant == name for one in found):
                place = item.entries["id"].place
                self.problems.at(place, f"two variants are called `{name}`", "Give one of them another id.")
            start = replace(base, name=f"{base.name}#{name}", variant=name, expectations=(), title="", point="")
            found.append(self._case(item, start))
        return found

    def _case(self, node: MapNode, start: Case) -> Case:
        """A case (or variant) on top of ``start``."""
        facts, places = dict(start.facts), dict(start.places)
        self._given.clear()
        given = node.entries.get("facts")
        if isinstance(given, MapNode):
            self._facts(given, "", facts, places)
        elif given is not None:
            hint = f"Write the facts below it. Here stand: {listed(self.groups)}."
            self.problems.at(given.place, "`facts` has keys", hint)
        for found in contradictions(self.rulebook, facts):
            if found.then in places:
                self.problems.at(places[found.then], found.says, f"Correct {found.first} or {found.then}.")
        hypothetical = self.text(node, "hypothetical")
        if hypothetical and not WHOLE_NUMBER.match(hypothetical):
            self.problems.at(
                node.entries["hypothetical"].place, f"`{hypothetical}` is not a number", "Write digits only."
            )
            hypothetical = ""
        start = self._under_its_law(node, start)
        return replace(
            start,
            title=self.text(node, "title") or start.title,
            point=self.text(node, "point") or start.point,
            hypothetical=int(hypothetical) if hypothetical else start.hypothetical,
            presume=self._presume(node.entries["presume"]) if "presume" in node.entries else start.presume,
            questions=self._questions(node.entries["questions"]) if "questions" in node.entries else start.questions,
            facts=facts,
            places=places,
            expectations=self.expectations.read(node.entries["expect"], start) if "expect" in node.entries else (),
        )

    def _under_its_law(self, node: MapNode, start: Case) -> Case:
        """The case with the readings, the day and the stage under which it is to be asked."""
        read, entries = self.expectations, node.entries
        return replace(
            start,
            readings={**start.readings, **read.readings(entries.get("readings"))},
            on=read.day(entries["on"]) if "on" in entries else start.on,
            stage=read.stage(entries["stage"], node) if "stage" in entries else start.stage,
        )

    # -- facts

    def _facts(self, node: MapNode, prefix: str, facts: dict[str, GivenValue], places: dict[str, Place]) -> None:
        for key, content in node.entries.items():
            path, place = prefix + key, node.keys[key]
            if path in self.rulebook.facts:
                if path in self._given:
                    self.problems.at(place, f"`{path}` stands here twice", "Remove one of the two.")
                self._given.add(path)
                facts[path] = self._value(self.rulebook.facts[path], path, content, places)
                places[path] = content.place
            elif any(known.startswith(path + ".") for known in self.rulebook.facts):
                if isinstance(content, MapNode):
                    self._facts(content, path + ".", facts, places)
                elif not (isinstance(content, TextNode) and content.value in ("", UNKNOWN)):
                    self.problems.at(
                        content.place,
                        f"`{path}` is a group of facts",
                        f"Write its facts below it: {listed(self._below(path))}.",
                    )
            else:
                known = self._below(prefix.rstrip(".")) if prefix else self.groups
                elsewhere = [one for one in self.rulebook.facts if one.rpartition(".")[2] == key]
                otherwise = f"Here stand: {listed(known)}."
                if elsewhere:
                    otherwise = f"Did you mean {' or '.join(elsewhere)}?"
                else:
                    otherwise = did_you_mean(path, self.rulebook.facts, otherwise)
                hint = did_you_mean(key, known, otherwise)
                self.problems.at(place, f"there is no fact `{path}`", hint)

    def _below(self, group: str) -> list[str]:
        return [path.removeprefix(group + ".") for path in self.rulebook.facts if path.startswith(group + ".")]

    def _value(self, fact: Fact, path: str, node: Node, places: dict[str, Place]) -> GivenValue:
        if fact.sort == "records":
            return self._records(fact, path, node, places)
        if isinstance(node, TextNode):
            try:
                given = decode_given(self.rulebook, fact, node.value)
            except NotAValue as error:
                self.problems.at(node.place, error.message.replace(f"`{fact.id}`", f"`{path}`"), error.mend)
            else:
                if not isinstance(given, DayBounds):
                    return given
                keys = ", ".join(f"{key}: {day}" for key, day in encode_bounds(given).items())
                self.problems.at(node.place, f"`{node.value}` is not a day", f"Write {{{keys}}}.")
        elif isinstance(node, MapNode) and fact.sort == "date":
            return self._bounds(node)
        else:
            self.problems.at(node.place, f"`{path}` has one value", "Write it behind the colon, or `unknown`.")
        return None

    def _bounds(self, node: MapNode) -> DayBounds | None:
        """What is known of a day that is not."""
        given: dict[str, str] = {}
        for key, content in node.entries.items():
            try:
                if not isinstance(content, TextNode):
                    raise NotAValue("a day is needed here", "Write year-month-day, such as 2026-03-19.")
                decode_bounds({key: content.value})
                given[key] = content.value
            except NotAValue as error:
                self.problems.at(content.place if key in BOUNDS else node.keys[key], error.message, error.mend)
        if len(given) < len(node.entries):
            return None
        try:
            return decode_bounds(given)
        except NotAValue as error:
            self.problems.at(node.place, error.message, error.mend)
        return None

    def _records(self, fact: Fact, path: str, node: Node, places: dict[str, Place]) -> tuple[GivenRecord, ...] | None:
        if isinstance(node, TextNode):
            if node.value != UNKNOWN:
                self.problems.at(
                    node.place,
                    f"`{path}` is a list of records",
                    "Begin each record with `- `; write [] for none, or `unknown`.",
                )
            return None
        if isinstance(node, MapNode):
            self.problems.at(
                node.place, f"`{path}` is a list of records", "Put `- ` before the first key of each record."
            )
            return None
        if len(node.items) > MOST_RECORDS:
            self.problems.at(node.place, f"`{path}` has more than {MOST_RECORDS} records", "Keep those that matter.")
            return None
        return tuple(self._record(fact, path, number, item, places) for number, item in enumerate(node.items, 1))

    def _record(self, fact: Fact, path: str, number: int, node: Node, places: dict[str, Place]) -> GivenRecord:
        fields = {field.id: field for field in fact.of}
        record: dict[str, GivenScalar | None] = {}
        if not isinstance(node, MapNode):
            self.problems.at(
                node.place,
                f"a record of `{path}` has keys",
                f"Write some of: {listed(fields)}; or {{}} for one of which nothing is known.",
            )
            return record
        for key, content in node.entries.items():
            if key not in fields:
                self.problems.at(
                    node.keys[key],
                    f"`{path}` has no `{key}`",
                    did_you_mean(key, fields, f"Its fields are: {listed(fields)}."),
                )
                continue
            value = self._value(fields[key], f"{path}.{key}", content, places)
            record[key] = None if isinstance(value, tuple) else value
            places[field_key(path, number, key)] = content.place
        return record

    # -- the rest

    def _presume(self, node: Node) -> bool | tuple[str, ...]:
        facts = self.rulebook.facts
        if isinstance(node, TextNode):
            if node.value == "ordinary":
                return True
            if node.value in ("nothing", ""):
                return False
        if not isinstance(node, ListNode):
            written = f"`{node.value}` cannot be presumed" if isinstance(node, TextNode) else "this cannot be presumed"
            self.problems.at(node.place, written, "Write `presume: ordinary`, or a list of facts.")
            return False
        named = []
        for item in node.items:
            path = item.value if isinstance(item, TextNode) else ""
            if not path:
                self.problems.at(item.place, "a fact is needed here", "Name facts by their paths.")
            elif path not in facts:
                self.problems.at(
                    item.place, f"there is no fact `{path}`", did_you_mean(path, facts, "Name facts by their paths.")
                )
            elif facts[path].ordinary is None:
                self.problems.at(
                    item.place, f"`{path}` has no ordinary value", "Give the fact itself, or leave it open."
                )
            else:
                named.append(path)
        return tuple(named)

    def _questions(self, node: Node) -> tuple[str, ...]:
        items: Sequence[Node] = node.items if isinstance(node, ListNode) else (node,)
        known: Mapping[str, object] = self.rulebook.questions
        found = []
        for item in items:
            name = item.value if isinstance(item, TextNode) else ""
            if name in known:
                found.append(name)
            elif not name:
                self.problems.at(item.place, "a question is needed here", f"The questions are: {listed(known)}.")
            else:
                self.problems.at(
                    item.place,
                    f"there is no question `{name}`",
                    did_you_mean(name, known, f"The questions are: {listed(known)}."),
                )
        return tuple(found)

    def _known_keys(self, node: MapNode, known: tuple[str, ...]) -> None:
        for key, place in node.keys.items():
            if key not in known:
                hint = (
                    "Facts stand below `facts:`."
                    if key in self.groups
                    else did_you_mean(key, known, f"The keys are: {listed(known)}.")
                )
                self.problems.at(place, f"`{key}` is no key of a case file", hint)

    def text(self, node: MapNode, key: str) -> str:
        """The text behind a key on one line; empty where there is none, or none that is a text, which is noted."""
        content = node.entries.get(key)
        if content is None:
            return ""
        if not isinstance(content, TextNode):
            self.problems.at(content.place, f"`{key}` is a text", "Write it behind the colon.")
            return ""
        return " ".join(content.value.split())
