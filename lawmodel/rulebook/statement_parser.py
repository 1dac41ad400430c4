"""From YAML nodes to conditions, conclusions and dates; what is not one is noted as a problem."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from lawmodel.inputs import MOST_RECORDS, is_calendar_day
from lawmodel.problems import Collector, Place, did_you_mean, listed
from lawmodel.rulebook.condition import (
    AllOf,
    Always,
    AnyOf,
    Bound,
    ConceptHolds,
    Concludes,
    Conclusion,
    ConclusionCases,
    ConclusionSwitch,
    Condition,
    Count,
    CountsAsLaw,
    DateName,
    FactCompared,
    FactIs,
    FactSameAs,
    NotThis,
    Quantifier,
    Some,
    Switch,
)
from lawmodel.rulebook.model import DateSwitch, FirstDay, SameAs
from lawmodel.time_spans import (
    CALENDAR_KEYS,
    MOST_COUNTED,
    RULE_OF_UNIT,
    Duration,
    TimeSpan,
    duration,
    moved,
    span_and_day,
)
from lawmodel.when_used import expression_when_used
from lawmodel.yaml_nodes import ListNode, MapNode, Mappings, Node, TextNode

Branch = TypeVar("Branch")

NUMBER_COMPARISONS = ("at_least", "at_most", "more_than", "less_than")
DATE_COMPARISONS = ("before", "on_or_before", "on", "on_or_after", "after")
CONDITION_TEXTS = ("always", "never")
BOUNDS: Final[tuple[Bound, ...]] = ("at_least", "at_most", "exactly")
QUANTIFIERS: Final[tuple[Quantifier, ...]] = ("some", "every", "none")
CONDITION_WORDS = (
    *("all", "any", *BOUNDS, "of", "not", *QUANTIFIERS, "such_that"),
    *("reading", "law", "concept"),
)
SWITCH_WORDS = ("reading", "otherwise")
NOTHING = "nothing"
IS = "is"
DATE_KEYS = ("id", "title", "sources", "certainty", "why")
"""The keys of a named date beside those that say which day it is."""
ISO_DAY = expression_when_used(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
SPAN_WORDS = expression_when_used(r" (after|before)\b")
NUMBER_NAME = expression_when_used(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*\Z")
PATH = expression_when_used(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?\Z")
WHOLE_NUMBER = expression_when_used(r"[0-9]{1,15}\Z")
_JOIN = "Put both into a list under `all:` or `any:`, each on a line of its own."
_SPAN_FORM = (
    "Write a number of days, weeks, months or years, `after` or `before`, and one day: `10 days after 2026-03-19`. "
    f"The number goes up to {MOST_COUNTED:,}. For a span after a span, give the first day a name in `dates`."
)
CALENDAR = "The calendar goes from the year 1 to the year 9999."
_REMOVE = "Take it out."


class StatementParser:
    """Reads statements of law; every problem goes to the collector, and something harmless is returned."""

    def __init__(self, problems: Collector, mappings: Mappings) -> None:
        self.problems = problems
        self.mappings = mappings
        self.numbers: Mapping[str, int] = {}
        """The numbers of the rulebook, by their names."""
        self.unknown_numbers: list[tuple[str, Place]] = []
        """What is named as a number and is none of these."""
        self.calendar: Mapping[str, str] = {}
        """The calendar rule of the rulebook, as far as it is not the usual one."""

    # -- conditions

    def condition(self, node: Node) -> Condition:
        """A condition, of any of the kinds that the documentation lists."""
        if isinstance(node, TextNode):
            if node.value in CONDITION_TEXTS:
                return Always(node.value == "always", node.place)
            return ConceptHolds(node.value, None, node.place)
        if isinstance(node, ListNode):
            self.problems.at(
                node.place, "a list stands where a condition is needed", "Write `all:` or `any:` before it."
            )
            return Always(True, node.place)
        return self._mapping(node)

    def _mapping(self, node: MapNode) -> Condition:
        entries, place = node.entries, node.place
        self.mappings.note(node)
        if not entries:
            self.problems.at(place, "an empty condition", "Write `always`, or what must hold.")
            return Always(True, place)
        if "reading" in entries:
            reading, branches, otherwise = self._switch(node, self.condition)
            return Switch(reading, branches, otherwise, place)
        for word, build in (("all", AllOf), ("any", AnyOf)):
            if word in entries and not {*QUANTIFIERS, *BOUNDS, "of"} & entries.keys():
                self._only(node, (word,))
                return build(self._conditions(entries[word], word), place)
        if "not" in entries:
            self._only(node, ("not",))
            return NotThis(self.condition(entries["not"]), place)
        if {*QUANTIFIERS, "such_that"} & entries.keys():
            return self._records(node)
        if {*BOUNDS, "of"} & entries.keys():
            return self._count(node)
        if "law" in entries:
            self._only(node, ("law",))
            return self._law(entries["law"])
        if "concept" in entries:
            self._only(node, ("concept", "at"))
            at = self.date(entries["at"]) if "at" in entries else None
            return ConceptHolds(self.text(entries["concept"], "concept", place), at, place)
        parts = tuple(self._fact(path, value, node.keys[path]) for path, value in entries.items())
        return parts[0] if len(parts) == 1 else AllOf(parts, place)

    def _records(self, node: MapNode) -> Condition:
        """Some record, every record, none, or so many."""
        entries, place = node.entries, node.place
        word = next((one for one in QUANTIFIERS if one in entries), None)
        bound = self._bound(node)
        if bound is not None and word not in ("some", None):
            self.problems.at(node.keys[bound], f"`{bound}` cannot stand beside `{word}`", "Count with `some: …`.")
            bound = None
        self._only(node, (word or "some", "such_that", *BOUNDS))
        such_that = self.condition(entries["such_that"]) if "such_that" in entries else Always(True, place)
        if word is None:
            self.problems.at(place, "`such_that` without `some`", "Name the list of records: `some: …`.")
            return such_that
        if word == "every" and "such_that" not in entries:
            self.problems.at(place, "`every` without `such_that` asks for nothing", "Write what holds of every record.")
        records = self.text(entries[word], word, place)
        if bound is None:
            return Some(records, such_that, place, word)
        number, named = self._bounded(entries[bound], bound, MOST_RECORDS, "records of a list")
        return Some(records, such_that, place, bound, number, named)

    def _count(self, node: MapNode) -> Condition:
        """So many of several conditions."""
        entries, place = node.entries, node.place
        bound = self._bound(node)
        if bound is None:
            self.problems.at(place, "`of` without a number", f"Say how many of them: {listed(BOUNDS)}.")
            return Always(True, place)
        if "of" not in entries:
            mend = "Write `of: [ … ]` with the conditions that are counted, or `some: …` to count records."
            self.problems.at(place, f"`{bound}` without `of`", mend)
            return Always(True, place)
        self._only(node, ("of", *BOUNDS))
        parts = self._conditions(entries["of"], "of")
        number, named = self._bounded(entries[bound], bound, len(parts), "conditions")
        return Count(bound, number, parts, place, named)

    def _bound(self, node: MapNode) -> Bound | None:
        """Which bound is written; noted where there are two."""
        written = [one for one in BOUNDS if one in node.entries]
        for other in written[1:]:
            self.problems.at(node.keys[other], f"`{other}` cannot stand beside `{written[0]}`", _JOIN)
        return written[0] if written else None

    def _bounded(self, node: Node, bound: Bound, most: int, what: str) -> tuple[int, str | None]:
        """A number that can be met and can be missed, and its name if it has one; noted otherwise."""
        named = self._name_of_number(node)
        if named is not None and named not in self.numbers:
            return self.named_number(named, node.place), named
        found = len(self.problems.problems)
        number = self.number(node) if named is None else self.numbers[named]
        if len(self.problems.problems) > found or not most:
            return number, named
        low, high = (1, most) if bound == "at_least" else (0, most - 1) if bound == "at_most" else (0, most)
        if not low <= number <= high:
            always = (number < low) == (bound == "at_least") and bound != "exactly"
            said = "always true" if always else "never true"
            written = number if named is None else f"{named} ({number:,})"
            message = f"`{bound}: {written}` of {most} {what} is {said}"
            self.problems.at(node.place, message, f"Write a number from {low} to {high}.")
        return number, named

    def _conditions(self, node: Node, word: str) -> tuple[Condition, ...]:
        if not isinstance(node, ListNode) or not node.items:
            self.problems.at(
                node.place,
                f"`{word}` needs a list of conditions",
                f"Write `{word}: [ … ]`, or a line with `- ` for each.",
            )
            return ()
        return tuple(self.condition(item) for item in node.items)

    def _law(self, node: Node) -> Condition:
        if isinstance(node, MapNode):
            self.mappings.note(node)
            self._only(node, ("instrument", "version"), _REMOVE)
            version = self.text(node.entries["version"], "version", node.place) if "version" in node.entries else None
            return CountsAsLaw(self.text(node.entries.get("instrument"), "instrument", node.place), version, node.place)
        return CountsAsLaw(self.text(node, "law", node.place), None, node.place)

    def _fact(self, path: str, node: Node, place: Place) -> Condition:
        self.mappings.note(MapNode({path: node}, {path: place}, place))
        if isinstance(node, TextNode):
            return FactIs(path, (self.text(node, path, place),), place)
        if isinstance(node, ListNode):
            values = tuple(self.text(item, path, place) for item in node.items)
            self.each_once(node)
            if not values:
                self.problems.at(
                    node.place, f"`{path}` may be none of an empty list", "List the values that are meant."
                )
            return FactIs(path, values, place)
        self.mappings.note(node)
        known = ("same_as", *NUMBER_COMPARISONS, *DATE_COMPARISONS)
        if len(node.entries) != 1:
            said = f"`{path}` needs one comparison"
            self.problems.at(node.place, said, f"Write `{path}: {{…}}` for each, and join them with `all`.")
            return Always(True, place)
        written, written_at = next(iter(node.keys.items()))
        if written not in known:
            hint = f"The comparisons are: {', '.join(known)}."
            self.problems.at(written_at, f"`{written}` is no comparison", did_you_mean(written, known, hint))
            return Always(True, place)
        comparison, operand = next(iter(node.entries.items()))
        if comparison == "same_as":
            return FactSameAs(path, self.text(operand, "same_as", place), place)
        if comparison in NUMBER_COMPARISONS:
            number, named, length = self._number_or_fact(operand)
            return FactCompared(path, comparison, number, None, place, named, length)
        return FactCompared(path, comparison, None, self.date(operand), place)

    # -- conclusions

    def conclusion(self, node: Node) -> Conclusion:
        """A conclusion: an outcome, a shared conclusion, `nothing`, cases, or a reading's switch."""
        if isinstance(node, TextNode):
            return Concludes(None if node.value == NOTHING else node.value, node.place)
        if isinstance(node, ListNode):
            return self._cases(node)
        self.mappings.note(node)
        if "reading" in node.entries:
            reading, branches, otherwise = self._switch(node, self.conclusion)
            return ConclusionSwitch(reading, branches, otherwise, node.place)
        self.problems.at(
            node.place, "this is no conclusion", "Write an outcome, a reading's switch, or a list of `when`/`then`."
        )
        return Concludes(None, node.place)

    def _cases(self, node: ListNode) -> Conclusion:
        cases: list[tuple[Condition, Conclusion]] = []
        for position, item in enumerate(node.items, 1):
            last = position == len(node.items)
            if isinstance(item, MapNode) and set(item.entries) == {"otherwise"} and last:
                return ConclusionCases(tuple(cases), self.conclusion(item.entries["otherwise"]), node.place)
            if isinstance(item, MapNode) and set(item.entries) == {"when", "then"}:
                cases.append((self.condition(item.entries["when"]), self.conclusion(item.entries["then"])))
            else:
                self.problems.at(
                    item.place,
                    "this is no case of a conclusion",
                    "Write `{when: …, then: …}`, and `{otherwise: …}` last.",
                )
        self.problems.at(
            node.place, "the cases of this conclusion have no last one", "End the list with `- {otherwise: …}`."
        )
        return ConclusionCases(tuple(cases), Concludes(None, node.place), node.place)

    # -- dates

    def date(self, node: Node) -> DateName:
        """A day by its name."""
        if isinstance(node, MapNode) and "day" in node.entries:
            return self._by_calendar(node)
        if isinstance(node, MapNode):
            self._only(node, ("became_law",), _REMOVE)
            return DateName(
                self.text(node.entries.get("became_law"), "became_law", node.place), node.place, became_law=True
            )
        text, named = self._counted(self.text(node, "date", node.place), node.place)
        if (found := span_and_day(text)) is not None:
            span, name = found
            if name[:1].isdigit():
                self.day(TextNode(name, node.place))
            return DateName(name, node.place, span=self._ruled(span, self.calendar, node.place), named=named)
        if SPAN_WORDS.search(text):
            self.problems.at(node.place, f"`{text}` is no span of time", _SPAN_FORM)
            return DateName("", node.place)
        if text[:1].isdigit():
            self.day(node)
        return DateName(text, node.place)

    def _by_calendar(self, node: MapNode) -> DateName:
        """A day so long after or before another by a calendar rule of its own."""
        self._only(node, ("day", *CALENDAR_KEYS), _REMOVE)
        rule = self._calendar_rule(node)
        date = self.date(node.entries["day"])
        if date.span is None:
            mend = "Write `day: 18 years after …`, or the day alone."
            self.problems.at(node.place, "a calendar rule stands at a day that no span leads to", mend)
            return date
        for key in rule:
            if key != "first_day" and key != RULE_OF_UNIT.get(date.span.unit):
                of = "years" if key == "leap_day" else "months"
                said = f"`{key}` says nothing of a span of {date.span.unit}s"
                self.problems.at(node.keys[key], said, f"It is for spans of {of}. Take it out.")
        span = self._ruled(date.span, {**self.calendar, **rule}, node.place)
        return replace(date, span=span, calendar=tuple(rule.items()))

    def calendar_rule(self, node: Node) -> dict[str, str]:
        """Which of the two answers is given to each question of a calendar rule that is answered."""
        if not isinstance(node, MapNode):
            self.problems.at(node.place, "`calendar` needs keys of its own", f"It has {listed(CALENDAR_KEYS)}.")
            return {}
        self._only(node, tuple(CALENDAR_KEYS), _REMOVE)
        return self._calendar_rule(node)

    def _calendar_rule(self, node: MapNode) -> dict[str, str]:
        found = {}
        for key, answers in CALENDAR_KEYS.items():
            if key in node.entries:
                answer = self.text(node.entries[key], key, node.place)
                if answer in answers:
                    found[key] = answer
                elif answer:
                    mend = did_you_mean(answer, answers, f"Write {' or '.join(answers)}.")
                    self.problems.at(node.entries[key].place, f"`{answer}` is no `{key}`", mend)
        return found

    def _ruled(self, span: TimeSpan, rule: Mapping[str, str], place: Place) -> TimeSpan:
        """A span by a calendar rule."""
        ruled = span.by(rule)
        if ruled.counts_first and not ruled.count:
            self.problems.at(place, f"0 {span.unit}s have no first day that could count", "Name the day itself.")
        return ruled

    def date_rule(self, node: MapNode) -> DateName | FirstDay | DateSwitch:
        """The day that a named date stands for: `is`, or a reading's switch over days."""
        if IS in node.entries:
            self._only(node, (IS, *DATE_KEYS), _REMOVE)
            return self._first_day(node.entries[IS])
        inner = MapNode(
            {key: value for key, value in node.entries.items() if key not in DATE_KEYS},
            {key: place for key, place in node.keys.items() if key not in DATE_KEYS},
            node.place,
        )
        if "reading" not in inner.entries:
            mend = "Write `is: …`, or `reading: …` with a day for each option."
            self.problems.at(node.place, "this date has neither `is` nor `reading`", mend)
            return DateName("law-date", node.place)
        reading, branches, otherwise = self._switch(inner, self._first_day)
        if otherwise is not None:
            branches = {**branches, "otherwise": otherwise}
        return DateSwitch(reading, branches, node.place)

    def _first_day(self, node: Node) -> DateName | FirstDay:
        """A day, or the first of several that there is."""
        if not isinstance(node, ListNode):
            return self.date(node)
        self.each_once(node)
        days = tuple(self.date(item) for item in node.items)
        if len(days) > 1:
            return FirstDay(days, node.place)
        self.problems.at(node.place, "the first of several days is one of two or more", "Write the day alone.")
        return days[0] if days else DateName("", node.place)

    def same_as(self, node: MapNode) -> SameAs:
        """Left out, a fact has the value of another."""
        self._only(node, ("same_as",), _REMOVE)
        return SameAs(self.text(node.entries.get("same_as"), "same_as", node.place), node.place)

    def day(self, node: Node) -> datetime.date:
        """A day of the calendar, written as year-month-day; the first of all days where it is none."""
        text = self.text(node, "date", node.place)
        try:
            if ISO_DAY.match(text):
                return datetime.date.fromisoformat(text)
            if text:
                mend = "Write the day as YYYY-MM-DD, such as 2026-03-19."
                self.problems.at(node.place, f"`{text}` is not a day", mend)
            return datetime.date.min
        except ValueError:
            mend = "Check the month and the number of its days."
            self.problems.at(node.place, f"`{text}` is not a day of the calendar", mend)
            return datetime.date.min

    def day_worked_out(self, node: Node) -> datetime.date:
        """A day of the calendar, or one so long after or before such a day: worked out, since it depends on nothing."""
        found = span_and_day(self._counted(node.value, node.place)[0]) if isinstance(node, TextNode) else None
        if found is None:
            return self.day(node)
        span, name = found[0].by(self.calendar), found[1]
        day = moved(self.day(TextNode(name, node.place)).toordinal(), span)
        if is_calendar_day(day):
            return datetime.date.fromordinal(day)
        self.problems.at(node.place, f"the day `{span.of(name)}` is not in the calendar", CALENDAR)
        return datetime.date.min

    # -- small things

    def text(self, node: Node | None, word: str, place: Place) -> str:
        """A text; noted as missing or wrong otherwise."""
        if isinstance(node, TextNode) and node.value:
            return node.value
        if node is None:
            self.problems.at(place, f"`{word}` is missing", f"Write `{word}: …`.")
        elif word == "date":
            self.problems.at(node.place, "a day is needed here", "Write one day, or the name of one.")
        else:
            self.problems.at(node.place, f"`{word}` needs one name or value", f"Write it behind `{word}:`.")
        return ""

    def each_once(self, node: ListNode) -> None:
        """Note a name or value that stands in a list for the second time."""
        seen: set[str] = set()
        for item in node.items:
            if isinstance(item, TextNode) and item.value:
                if item.value in seen:
                    self.problems.at(item.place, f"`{item.value}` stands twice in this list", _REMOVE)
                seen.add(item.value)

    def number(self, node: Node) -> int:
        """A whole number."""
        text = self.text(node, "number", node.place)
        if WHOLE_NUMBER.match(text):
            return int(text)
        if text:
            self.problems.at(node.place, f"`{text}` is not a whole number", "Write digits only, such as 12.")
        return 0

    def _number_or_fact(self, node: Node) -> tuple[int | str, str | None, Duration | None]:
        """A whole number or the length of a span, and its name if it has one; or the path of a fact or field.

        The path is what is written like one.
        """
        if isinstance(node, TextNode) and PATH.match(node.value) and node.value not in self.numbers:
            return node.value, None, None
        named = self._name_of_number(node)
        if named is not None:
            return self.named_number(named, node.place), named, None
        if isinstance(node, TextNode):
            many, _, unit = node.value.partition(" ")
            if NUMBER_NAME.match(many) and duration(f"1 {unit}") is not None:
                length = duration(f"{self.named_number(many, node.place)} {unit}")
                if length is not None:
                    return length.count, many, replace(length, written=node.value)
            if (length := duration(node.value)) is not None:
                return length.count, None, length
        return self.number(node), None, None

    @staticmethod
    def _name_of_number(node: Node) -> str | None:
        """What is written like the name of a number."""
        return node.value if isinstance(node, TextNode) and NUMBER_NAME.match(node.value) else None

    def named_number(self, name: str, place: Place) -> int:
        """A number of the rulebook; if there is none it is noted, and is any number."""
        if name not in self.numbers:
            self.unknown_numbers.append((name, place))
        return self.numbers.get(name, 1)

    def _counted(self, text: str, place: Place) -> tuple[str, str | None]:
        """A day that is so long after or before another, in digits; and the number that is named for how long."""
        name, _, rest = text.partition(" ")
        if not NUMBER_NAME.match(name) or span_and_day(f"1 {rest}") is None:
            return text, None
        return f"{self.named_number(name, place)} {rest}", name

    def _switch(self, node: MapNode, build: Callable[[Node], Branch]) -> tuple[str, dict[str, Branch], Branch | None]:
        branches = {key: build(value) for key, value in node.entries.items() if key not in SWITCH_WORDS}
        otherwise = build(node.entries["otherwise"]) if "otherwise" in node.entries else None
        return self.text(node.entries["reading"], "reading", node.place), branches, otherwise

    def _only(self, node: MapNode, words: tuple[str, ...], mend: str = _JOIN) -> None:
        for key, place in node.keys.items():
            if key not in words:
                if words[0] in node.keys:
                    self.problems.at(place, f"`{key}` cannot stand beside `{words[0]}`", did_you_mean(key, words, mend))
                else:
                    hint = f"Here stands: {listed(words)}."
                    self.problems.at(place, f"`{key}` cannot stand here", did_you_mean(key, words, hint))
