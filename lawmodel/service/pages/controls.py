"""The facts of a case as controls: what each is set to, what else it may be, and what another value leads to.

Controls stand in three buckets: what can still change the answer, what cannot any more, and what is presumed without
effect. Nothing that the reader has touched leaves the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import islice
from typing import Any, Final, Literal, TypeAlias

from lawmodel.answer.answer import Answer
from lawmodel.case.values import UNKNOWN, in_words
from lawmodel.dataclass import dataclass
from lawmodel.inputs import MOST_RECORDS, GivenScalar, field_key
from lawmodel.results.assumption import Alternative
from lawmodel.results.given_input import GivenInput
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.service.pages.address import (
    ADD,
    REMOVE,
    Address,
    field_parameter,
    href,
    otherwise,
    parameter_of,
    text_of,
)
from lawmodel.service.pages.readers import Readers

Shape: TypeAlias = Literal["given", "presumed", "unknown"]
"""A round for what is given, a diamond for what is presumed or left out, a broken round for what is not known."""
Mark: TypeAlias = Literal["full", "half", "none", "barred", "open"]
MARKS: Final[Mapping[str, Mark]] = {"yes": "full", "possibly": "half", "not yet": "half", "no": "none"}
"""The square of an outcome, by what the rulebook has it say."""
MOST_RADIOS: Final = 12
"""Of more choices than these one is written or picked from a list."""
MOST_LEADS: Final = 4
"""More other answers than these are not named beside a control."""
MOST_CITED: Final = 4


@dataclass(frozen=True, slots=True)
class OfferedValue:
    """One value of a control."""

    value: str
    says: str
    shape: Shape
    chosen: bool
    presumed: bool = False
    """Whether it is what leaving the fact out comes to."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What another value leads to."""

    says: str
    answer: str
    marks: tuple[Mark, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Control:
    """A fact, or a field of a record, that the reader can set."""

    parameter: str
    input: str
    title: str
    asks: str
    choices: tuple[OfferedValue, ...]
    entry: str | None = None
    """What stands in the text field; None where there is none."""
    entry_says: str = ""
    entry_kind: Literal["day", "number", "span", "choice"] = "day"
    entry_chosen: bool = False
    options: str = ""
    """The list of values to pick from, by its id."""
    leads: tuple[Lead, ...] = ()
    read_by: tuple[tuple[str, str], ...] = ()
    """Citation and id of the provisions that read it."""
    changed: bool = False
    undo: str = ""
    mistake: str = ""
    now: str = ""
    """Its value in words."""
    is_set: bool = False
    """Whether the case says anything of it, be it that it is not known."""


@dataclass(frozen=True, slots=True)
class RecordControls:
    """One record of a list."""

    title: str
    controls: tuple[Control, ...]
    """Those that the case or the reader has set, and those that can change the answer."""
    further: tuple[Control, ...]
    remove: str
    """The value of the button that takes it out."""


@dataclass(frozen=True, slots=True)
class ListControls:
    """A list of records."""

    parameter: str
    title: str
    asks: str
    each: str
    count: str
    """How many there are, as the address has it; ``unknown``; empty where it is left out."""
    says: str
    records: tuple[RecordControls, ...]
    add: str
    can_add: bool
    is_open: bool
    """Whether it is not known which records there are, and the answer turns on it."""


@dataclass(frozen=True, slots=True)
class Controls:
    """All controls of a page, in their buckets."""

    decisive: tuple[Control, ...]
    settled: tuple[Control, ...]
    silent: tuple[Control, ...]
    lists: tuple[ListControls, ...]
    pick: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Values to pick from, by the id of their list."""


def controls(readers: Readers, address: Address, answer: Answer) -> Controls:
    """The controls of a case for one question, each in its bucket."""
    return _Builder(readers, answer.rulebook, answer.question, address, answer).build()


def controls_without_answer(readers: Readers, rulebook: Rulebook, question: str, address: Address) -> Controls:
    """The controls of a case that contradicts itself: of all that it says, so that it can be put right."""
    return _Builder(readers, rulebook, question, address, None).build()


def mark_of(rulebook: Rulebook, question: str, outcome: str) -> Mark:
    """The square of an outcome."""
    return MARKS.get(rulebook.questions[question].outcome(outcome).says, "barred")


def leads_of(
    rulebook: Rulebook, address: Address, answer: Answer, name: str, found: Sequence[Alternative]
) -> Iterator[Lead]:
    """Other values of an input with what they lead to, each with the address of its own page."""
    for one in found:
        marks = tuple(mark_of(rulebook, answer.question, outcome) for outcome in one.possible)
        value = first_value(one.values)
        address_of = href(rulebook, otherwise(rulebook, address, name, value)) if value else ""
        yield Lead(one.says, one.answer, marks, address_of)


def first_value(values: Sequence[Any]) -> str:
    """A value that stands for several: the first, or the last day or number of a span, which lies nearest to today."""
    if not values:
        return ""
    one = values[0]
    if isinstance(one, Mapping):
        bound = one.get("to") if one.get("to") is not None else one.get("from")
        return "" if bound is None else str(bound)
    return ("yes" if one else "no") if isinstance(one, bool) else str(one)


class _Builder:
    def __init__(
        self, readers: Readers, rulebook: Rulebook, question: str, address: Address, answer: Answer | None
    ) -> None:
        self.readers, self.address, self.answer = readers, address, answer
        self.rulebook, self.question = rulebook, question
        self.mistakes = {one.parameter: f"{one.message}. {one.mend}" for one in address.mistakes}
        self.given: dict[str, GivenInput] = {}
        self.alternatives: dict[str, Sequence[Alternative]] = {}
        self.pick: dict[str, Mapping[str, str]] = {}
        if answer is None:
            return
        self.given = {one.name: one for one in answer.facts}
        for assumed in answer.assumes:
            self.alternatives[assumed.input] = assumed.otherwise
        for point in answer.depends_on:
            for name in point.inputs:
                self.alternatives[name] = point.options
        for one in answer.decisive:
            self.alternatives.setdefault(one.input, one.otherwise)

    def build(self) -> Controls:
        decisive: list[Control] = []
        settled: list[Control] = []
        silent: list[Control] = []
        for path, fact in self.rulebook.facts.items():
            if fact.sort == "records" or not self._shown(path):
                continue
            one = self._control(path, parameter_of(path), fact, path, "")
            if path in self.alternatives:
                decisive.append(one)
            elif path in self.address.case.facts or one.changed or one.mistake:
                settled.append(one)
            else:
                silent.append(one)
        lists = tuple(
            self._list(path, fact)
            for path, fact in self.rulebook.facts.items()
            if fact.sort == "records" and self._listed(path)
        )
        return Controls(tuple(decisive), tuple(settled), tuple(silent), lists, self.pick)

    def _shown(self, path: str) -> bool:
        """Whether a fact bears on the question, or the case or the reader says something of it."""
        touched = path in self.address.case.facts or path in self.address.base.facts
        return path in self.given or path in self.alternatives or touched or parameter_of(path) in self.mistakes

    def _listed(self, path: str) -> bool:
        bears = any(name == path or name.startswith(f"{path}[") for name in (*self.given, *self.alternatives))
        return bears or path in self.address.case.facts or path in self.address.base.facts

    def _list(self, path: str, fact: Fact) -> ListControls:
        value = self.address.case.facts.get(path, ())
        left_out = path not in self.address.case.facts
        each = fact.each or fact.title
        records = tuple(self._records(path, fact, each, value)) if isinstance(value, tuple) else ()
        count = "" if left_out else UNKNOWN if not isinstance(value, tuple) else str(len(value))
        given = self.given.get(path)
        says = given.says if given is not None else (fact.none or "") if count == "0" else ""
        name = parameter_of(path)
        return ListControls(
            name,
            fact.title,
            fact.ask,
            each,
            count,
            says,
            records,
            f"{ADD}:{name}",
            len(records) < MOST_RECORDS,
            path in self.alternatives,
        )

    def _records(self, path: str, fact: Fact, each: str, value: Sequence[Any]) -> Iterator[RecordControls]:
        for number in range(1, len(value) + 1):
            inside = tuple(
                self._control(
                    field_key(path, number, one.id),
                    field_parameter(path, number, one.id),
                    one,
                    f"{path}.{one.id}",
                    f"{each} {number}",
                )
                for one in fact.of
            )
            first = tuple(one for one in inside if one.leads or one.now or one.changed or one.mistake or one.is_set)
            further = tuple(one for one in inside if one not in first)
            if not first:  # a new record
                first, further = further, ()
            yield RecordControls(f"{each} {number}", first, further, f"{REMOVE}:{parameter_of(path)}.{number}")

    def _control(self, name: str, parameter: str, fact: Fact, declared: str, of: str) -> Control:
        here, value = self._value(name, self.address.case.facts)
        was_here, was = self._value(name, self.address.base.facts)
        choices = tuple(self._choices(fact, self.given.get(name), here, value))
        changed = (here, value) != (was_here, was) and self._same_records(name)
        one = Control(
            parameter,
            name,
            fact.title,
            fact.ask,
            choices,
            leads=self._leads(name),
            read_by=self._read_by(declared),
            changed=changed,
            undo=self._undo(name, parameter, fact, was_here, was) if changed else "",
            mistake=self.mistakes.get(parameter, ""),
            now=in_words(self.rulebook, fact, value) if here and value is not None else "",
            is_set=here,
        )
        return self._with_entry(one, fact, here, value)

    def _leads(self, name: str) -> tuple[Lead, ...]:
        if self.answer is None:
            return ()
        found = leads_of(self.rulebook, self.address, self.answer, name, self.alternatives.get(name, ()))
        return tuple(islice(found, MOST_LEADS))

    def _with_entry(self, one: Control, fact: Fact, here: bool, value: GivenScalar | None) -> Control:
        """The control with its text field, where its values cannot all be listed."""
        words = {choice.value for choice in one.choices}
        text = text_of(fact, value) if here and value is not None else ""
        entered = text != "" and text not in words
        match fact.sort:
            case "date":
                return replace(one, entry=text if entered else "", entry_kind="day", entry_chosen=entered)
            case "number":
                entry_kind: Literal["number", "span"] = "number" if fact.unit is None else "span"
                return replace(one, entry=text if entered else "", entry_kind=entry_kind, entry_chosen=entered)
            case "choice" if len(self.rulebook.choices_of(fact)) > MOST_RADIOS:
                named = str(fact.choices) if isinstance(fact.choices, str) else one.parameter
                self.pick[named] = self.rulebook.choices_of(fact)
                shown = self.rulebook.choices_of(fact).get(text, text)
                return replace(
                    one,
                    entry=shown if entered else "",
                    entry_kind="choice",
                    entry_chosen=entered,
                    options=f"pick-{named}",
                )
            case _:
                return one

    def _choices(
        self, fact: Fact, given: GivenInput | None, here: bool, value: GivenScalar | None
    ) -> Iterator[OfferedValue]:
        """What is listed: words and values; what leaving it out comes to; and that it is not known."""
        text = text_of(fact, value) if here and value is not None else None
        for plain, says in self._listed_values(fact):
            yield OfferedValue(plain, says, "given", here and text == plain)
        silent = given is not None and given.origin in ("presumed", "left out", "follows")
        if silent or not here:
            known = silent and given is not None
            says = given.says if known and given is not None else ""
            if known:
                yield OfferedValue("", says, "presumed", not here, presumed=True)
            else:
                yield OfferedValue("", "", "unknown", not here)
        if here or silent:
            yield OfferedValue(UNKNOWN, "", "unknown", here and value is None)
        if here and not silent:
            yield OfferedValue("", "", "presumed", False, presumed=True)

    def _listed_values(self, fact: Fact) -> Iterator[tuple[str, str]]:
        match fact.sort:
            case "yes/no":
                yield "yes", fact.yes or "yes"
                yield "no", fact.no or "no"
            case "choice":
                choices = self.rulebook.choices_of(fact)
                if len(choices) <= MOST_RADIOS:
                    yield from choices.items()
            case "date" | "number":
                for word, meant in fact.words.items():
                    yield word, meant.says
            case "records":
                raise AssertionError("a list is no single control")

    def _value(self, name: str, facts: Mapping[str, Any]) -> tuple[bool, Any]:
        """Whether something is said of an input, and what."""
        records, bracket, rest = name.partition("[")
        if not bracket:
            return name in facts, facts.get(name)
        listed = facts.get(records)
        number, _, one = rest.partition("].")
        if not isinstance(listed, tuple) or len(listed) < int(number):
            return False, None
        record = listed[int(number) - 1]
        return one in record, record.get(one)

    def _same_records(self, name: str) -> bool:
        """Whether the case departed from has this record as well: a new one is not a changed one."""
        records, bracket, rest = name.partition("[")
        listed = self.address.base.facts.get(records)
        return not bracket or (isinstance(listed, tuple) and len(listed) >= int(rest.partition("]")[0]))

    def _undo(self, name: str, parameter: str, fact: Fact, was_here: bool, was: GivenScalar | None) -> str:
        return href(self.rulebook, otherwise(self.rulebook, self.address, name, text_of(fact, was) if was_here else ""))

    def _read_by(self, declared: str) -> tuple[tuple[str, str], ...]:
        provisions = self.rulebook.provisions
        names = [name for name in self.readers.of(declared) if provisions[name].question == self.question]
        return tuple((provisions[name].citation, name) for name in names[:MOST_CITED])
