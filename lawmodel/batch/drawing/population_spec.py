"""What a population is made of: how each fact of a synthetic case is drawn, as its author assumes.

A specification is YAML: a title, what is assumed, and the facts in the order in which they are drawn, so that a later
one may depend on those before it. It says nothing about the world; what it says is printed with every run.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

from lawmodel.case.values import UNKNOWN, NotAValue, decode_text
from lawmodel.dataclass import dataclass
from lawmodel.inputs import Scalar
from lawmodel.problems import Collector, Place, did_you_mean, listed
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode, read_yaml

KEYS: Final = ("title", "assumes", "facts")
WAYS: Final = ("is", "share", "weights", "between", "after", "before", "same_as", "mix", "cases")
MOST_DEPTH: Final = 5
MOST_RECORDS: Final = 20


@dataclass(frozen=True, slots=True)
class Weighted:
    """One of these values, each as often as its weight says; None is unknown."""

    values: tuple[Scalar | None, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Any number or day from the first to the last, each as often."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Apart:
    """So many days after another day of the case (before it, if negative)."""

    path: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class SameAsFact:
    """What another fact is."""

    path: str


@dataclass(frozen=True, slots=True)
class When:
    """That facts drawn before have one of these values each."""

    facts: Mapping[str, frozenset[Scalar | None]]


@dataclass(frozen=True, slots=True)
class Cases:
    """The first way whose condition holds; the last has none."""

    branches: tuple[tuple[When | None, Way], ...]


@dataclass(frozen=True, slots=True)
class Mixed:
    """One of these ways, each as often as its weight says."""

    ways: tuple[Way, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sometimes:
    """Unknown in that share of the cases (0 to 1); else drawn."""

    unknown: float
    otherwise: Way


Way: TypeAlias = Weighted | Between | Apart | SameAsFact | Mixed | Cases | Sometimes


@dataclass(frozen=True, slots=True)
class Records:
    """A list: how many records, and how each of their fields is drawn."""

    count: Weighted
    each: Mapping[str, Way]


@dataclass(frozen=True, slots=True)
class Population:
    """A specification, read."""

    title: str
    assumes: str
    facts: Mapping[str, Way | Records]


def load_population(rulebook: Rulebook, path: Path) -> Population:
    """The specification in a file; raises `ProblemsFound` with everything that is wrong with it."""
    problems = Collector()
    node = read_yaml(path, problems)
    problems.raise_if_any()
    assert node is not None
    found = _Reader(rulebook, problems).population(node)
    problems.raise_if_any()
    return found


class _Refused(Exception):
    """Something is wrong, and noted."""


class _Reader:
    def __init__(self, rulebook: Rulebook, problems: Collector) -> None:
        self.rulebook = rulebook
        self.problems = problems
        self.drawn: dict[str, Fact] = {}
        """The facts that were read so far; of a record, its fields behind them."""

    def population(self, node: Node) -> Population:
        if not isinstance(node, MapNode):
            self.problems.at(node.place, "a population has keys", f"Its keys are: {listed(KEYS)}.")
            return Population("", "", {})
        for key, place in node.keys.items():
            if key not in KEYS:
                hint = f"Its keys are: {listed(KEYS)}."
                self.problems.at(place, f"a population has no `{key}`", did_you_mean(key, KEYS, hint))
        texts = {key: self._text(node, key) for key in ("title", "assumes")}
        facts: dict[str, Way | Records] = {}
        content = node.entries.get("facts")
        if not isinstance(content, MapNode) or not content.entries:
            place = node.place if content is None else content.place
            self.problems.at(place, "no fact is drawn", "Write `facts:` and, below it, a line for each fact.")
            return Population(texts["title"], texts["assumes"], {})
        for path, drawn in content.entries.items():
            try:
                facts[path] = self._fact(path, drawn, content.keys[path])
            except _Refused:
                continue
        return Population(texts["title"], texts["assumes"], facts)

    def _text(self, node: MapNode, key: str) -> str:
        value = node.entries.get(key)
        if isinstance(value, TextNode) and value.value.strip():
            return " ".join(value.value.split())
        mend = (
            "Say whose cases these are meant to be."
            if key == "title"
            else "Say what you take for granted, and from where."
        )
        self.problems.at(node.place if value is None else value.place, f"`{key}` is missing", mend)
        return ""

    def _fact(self, path: str, node: Node, place: Place) -> Way | Records:
        fact = self.rulebook.facts.get(path)
        if fact is None:
            known = self.rulebook.facts
            raise self._refused(place, f"there is no fact `{path}`", did_you_mean(path, known, "Check the spelling."))
        try:
            return self._records(fact, node) if fact.sort == "records" else self._way(fact, node, 0)
        finally:
            self.drawn[path] = fact  # where it is wrong, that is said once, not of everything that names it

    def _records(self, fact: Fact, node: Node) -> Records:
        if not isinstance(node, MapNode) or not {"count", "each"} <= node.entries.keys() <= {"count", "each"}:
            mend = "Write `count: …` (a number, or `weights`) and `each: …`, with a line for each field."
            raise self._refused(node.place, f"`{fact.id}` is a list of records", mend)
        number = Fact(id="count", type="number", title="", ask="", place=node.place)
        count = self._way(number, node.entries["count"], 0)
        if not isinstance(count, Weighted) or any(
            not isinstance(one, int) or one > MOST_RECORDS for one in count.values
        ):
            mend = f"Write a number up to {MOST_RECORDS}, or `weights` of such numbers."
            raise self._refused(node.entries["count"].place, "`count` says how many records there are", mend)
        fields, each = {one.id: one for one in fact.of}, node.entries["each"]
        if not isinstance(each, MapNode):
            raise self._refused(each.place, "`each` needs keys", f"The fields are: {listed(fields)}.")
        outside, found = self.drawn, dict[str, Way]()
        self.drawn = dict(outside)
        for name, drawn in each.entries.items():
            if name not in fields:
                hint = did_you_mean(name, fields, f"The fields are: {listed(fields)}.")
                self.problems.at(each.keys[name], f"there is no field `{name}` of {fact.id}", hint)
                continue
            try:
                found[name] = self._way(fields[name], drawn, 0)
            except _Refused:
                continue
            finally:
                self.drawn[name] = fields[name]
        self.drawn = outside
        return Records(count, found)

    # --- ways ----------------------------------------------------------------------------------------

    def _way(self, fact: Fact, node: Node, depth: int) -> Way:
        if depth > MOST_DEPTH:
            raise self._refused(node.place, "cases within cases, too deep", f"Keep to {MOST_DEPTH} levels.")
        if isinstance(node, TextNode):
            return Weighted((self._value(fact, node),), (1.0,))
        if not isinstance(node, MapNode):
            raise self._refused(node.place, f"how `{fact.id}` is drawn needs keys", f"Write one of: {listed(WAYS)}.")
        named = [key for key in node.entries if key in WAYS]
        allowed = {"unknown", *named[:1], *(["days"] if named[:1] in (["after"], ["before"]) else [])}
        for key, place in node.keys.items():
            if key not in allowed:
                both = f"`{key}` cannot stand beside `{named[0]}`" if key in WAYS else f"`{key}` cannot stand here"
                known = (*WAYS, "unknown", "days")
                self.problems.at(place, both, did_you_mean(key, known, f"Write one of: {listed(WAYS)}."))
        if not named and node.keys.keys() - allowed:
            raise _Refused
        if not named:
            raise self._refused(node.place, f"how `{fact.id}` is drawn is not said", f"Write one of: {listed(WAYS)}.")
        found = self._one_way(fact, named[0], node.entries[named[0]], node, depth)
        if "unknown" in node.entries:
            return Sometimes(self._percent(node.entries["unknown"], "unknown"), found)
        return found

    def _one_way(self, fact: Fact, way: str, node: Node, whole: MapNode, depth: int) -> Way:
        match way:
            case "is":
                return Weighted((self._value(fact, node),), (1.0,))
            case "share":
                if fact.sort != "yes/no":
                    mend = "`share` is for yes/no facts: write `weights`, or `between`."
                    raise self._refused(node.place, f"`{fact.id}` is a {fact.type} fact", mend)
                share = self._percent(node, "share")
                return Weighted((True, False), (share, 1 - share))
            case "weights":
                return self._weights(fact, node)
            case "between":
                first, last = self._pair(fact, node)
                return Between(first, last)
            case "after" | "before":
                other = self._earlier(node, fact)
                if "days" not in whole.entries:
                    raise self._refused(whole.place, f"`{way}` needs `days`", "Write `days: [30, 400]`.")
                number = Fact(id="days", type="number", title="", ask="", place=whole.place)
                least, most = self._pair(number, whole.entries["days"])
                return Apart(other, least, most) if way == "after" else Apart(other, -most, -least)
            case "same_as":
                return SameAsFact(self._earlier(node, fact))
            case "mix":
                return self._mixed(fact, node, depth)
            case _:
                return self._cases(fact, node, depth)

    def _weights(self, fact: Fact, node: Node) -> Weighted:
        if not isinstance(node, MapNode) or not node.entries:
            raise self._refused(node.place, "`weights` needs values", "Write `weights: {VALUE: 3, OTHER: 1}`.")
        values, weights = [], []
        for text, weight in node.entries.items():
            values.append(self._value(fact, TextNode(text, node.keys[text])))
            weights.append(self._number(weight))
        if sum(weights) <= 0:
            raise self._refused(node.place, "no weight is more than zero", "Then nothing can be drawn.")
        return Weighted(tuple(values), tuple(weights))

    def _pair(self, fact: Fact, node: Node) -> tuple[int, int]:
        if fact.sort not in ("number", "date"):
            mend = "`between` is for numbers and days: write `weights`."
            raise self._refused(node.place, f"`{fact.id}` is a {fact.type} fact", mend)
        if not isinstance(node, ListNode) or len(node.items) != 2:
            raise self._refused(node.place, "a first and a last value are needed", "Write `[FIRST, LAST]`.")
        found = []
        for item in node.items:
            value = self._value(fact, item)
            if not isinstance(value, int) or not 0 <= value <= datetime.date.max.toordinal():
                raise self._refused(item.place, "this is no day of the calendar and no number", "Write one.")
            found.append(value)
        if found[0] > found[1]:
            raise self._refused(node.place, "the first is after the last", "Change their places.")
        return found[0], found[1]

    def _mixed(self, fact: Fact, node: Node, depth: int) -> Mixed:
        mend = "Write a list: `- {weight: 30, …}`."
        if not isinstance(node, ListNode) or not node.items:
            raise self._refused(node.place, "`mix` is a list", mend)
        ways, weights = [], []
        for item in node.items:
            if not isinstance(item, MapNode) or "weight" not in item.entries:
                raise self._refused(item.place, "each part of a mix has a `weight`", mend)
            weights.append(self._number(item.entries["weight"]))
            ways.append(self._way(fact, _without(item, "weight"), depth + 1))
        if sum(weights) <= 0:
            raise self._refused(node.place, "no weight is more than zero", "Then nothing can be drawn.")
        return Mixed(tuple(ways), tuple(weights))

    def _cases(self, fact: Fact, node: Node, depth: int) -> Cases:
        if not isinstance(node, ListNode) or not node.items:
            mend = "Write a list: `- {when: {FACT: VALUE}, …}`, the last without `when`."
            raise self._refused(node.place, "`cases` is a list", mend)
        branches: list[tuple[When | None, Way]] = []
        for position, item in enumerate(node.items, 1):
            last = position == len(node.items)
            if not isinstance(item, MapNode) or ("when" in item.entries) == last:
                mend = "Every one has `when`, and only the last has none."
                raise self._refused(item.place, "this is no case" if not last else "the last case has a `when`", mend)
            when = None if last else self._when(item.entries["when"])
            branches.append((when, self._way(fact, _without(item, "when"), depth + 1)))
        return Cases(tuple(branches))

    def _when(self, node: Node) -> When:
        if not isinstance(node, MapNode) or not node.entries:
            raise self._refused(node.place, "`when` needs facts", "Write `when: {FACT: VALUE}`.")
        found = {}
        for path, value in node.entries.items():
            fact = self._before(path, node.keys[path])
            items = value.items if isinstance(value, ListNode) else [value]
            found[path] = frozenset(self._value(fact, item) for item in items)
        return When(found)

    # --- small things --------------------------------------------------------------------------------

    def _earlier(self, node: Node, fact: Fact) -> str:
        if not isinstance(node, TextNode):
            raise self._refused(node.place, "the name of a fact is needed here", "Name one that is drawn before.")
        other = self._before(node.value, node.place)
        if other.type != fact.type:
            message = f"`{node.value}` is a {other.type} fact, and `{fact.id}` a {fact.type} fact"
            raise self._refused(node.place, message, "Name one of the same type.")
        return node.value

    def _before(self, path: str, place: Place) -> Fact:
        if path not in self.drawn or self.drawn[path].sort == "records":
            single = [name for name, fact in self.drawn.items() if fact.sort != "records"]
            mend = did_you_mean(path, single, "Only what stands above can be named: change the order.")
            raise self._refused(place, f"`{path}` is not drawn before this", mend)
        return self.drawn[path]

    def _value(self, fact: Fact, node: Node) -> Scalar | None:
        if not isinstance(node, TextNode):
            raise self._refused(node.place, f"one value of `{fact.id}` is needed here", f"Or one of: {listed(WAYS)}.")
        if node.value == UNKNOWN:
            return None
        try:
            return decode_text(self.rulebook, fact, node.value)
        except NotAValue as error:
            raise self._refused(node.place, error.message, error.mend) from None

    def _number(self, node: Node) -> float:
        try:
            number = float(node.value) if isinstance(node, TextNode) else -1.0
        except ValueError:
            number = -1.0
        if not 0 <= number < 1e15:
            raise self._refused(node.place, "this is no weight", "Write a number from 0 on, such as 3 or 0.5.")
        return number

    def _percent(self, node: Node, key: str) -> float:
        number = self._number(node)
        if number > 100:
            raise self._refused(node.place, f"`{key}` is a share of a hundred", "Write a number from 0 to 100.")
        return number / 100

    def _refused(self, place: Place, message: str, mend: str) -> _Refused:
        self.problems.at(place, message, mend)
        return _Refused()


def _without(node: MapNode, left_out: str) -> MapNode:
    """A mapping without one of its keys."""
    entries = {key: value for key, value in node.entries.items() if key != left_out}
    return MapNode(entries, {key: node.keys[key] for key in entries}, node.place)
