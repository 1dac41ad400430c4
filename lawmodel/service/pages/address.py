"""What a page is asked, and its address. The address is all there is: nothing is kept on the server.

A page of a case stands at ``/cases/NAME``. NAME is a supplied case, with a variant in ``parking/at-night@on-sunday``;
or ``new``, which has no facts. Its query says in what the reader has departed from that case: ``FACT=VALUE`` as an
assignment of the command line has it, with the fields of records as ``LIST.1.FIELD`` and their number as ``LIST``;
``reading.NAME``, ``question``, ``on``, ``stage``, ``told_by``, ``presume``, ``title`` and the language of the
pages, ``ui``. ``rulebook`` says by the beginning of its hash by which one the address was made.
An empty value leaves a fact out. A long query travels compressed as ``z``.
"""

from __future__ import annotations

import base64
import datetime
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from lawmodel.case.assignments import NO_RECORDS
from lawmodel.case.case import Case
from lawmodel.case.values import NotAValue, bounds_as_text, decode_given, encode, parse_day
from lawmodel.dataclass import dataclass
from lawmodel.inputs import MOST_RECORDS, UNKNOWN, DayBounds, GivenRecord, GivenScalar, GivenValue
from lawmodel.problems import did_you_mean
from lawmodel.rulebook.model import Fact, Rulebook

NOTHING: Final[GivenRecord] = MappingProxyType({})
NEW: Final = "new"
"""The name of the case without facts."""
ENTRY: Final = ".entry"
"""Ends the name of the text field of a control: a day or a number, beside the words that may stand for it."""
ENTERED: Final = "entered"
"""The value of a control that means: what stands in its text field."""
READING: Final = "reading."
ADD: Final = "add"
REMOVE: Final = "remove"
"""What a button of the form does with a list; after it a colon and the list, or the record as ``LIST.1``."""
RULEBOOK: Final = "rulebook"
RESERVED: Final = frozenset(
    ("question", "law", "on", "stage", "told_by", "presume", "title", RULEBOOK, "ui", "z", "do")
)
CLASH: Final = "fact."
"""Before a fact of a rulebook that is called as a parameter is."""
LONG: Final = 1_500
"""A query of more characters is compressed."""
MOST: Final = 8_000
"""An address of more characters is not passed on whole by every program; such a case is a file."""
MOST_INFLATED: Final = 200_000
"""So many characters may a compressed query hold."""
LONGEST_TITLE: Final = 200
_HASH: Final = re.compile(r"[0-9a-f]{8,64}")
"""The beginning of a hash, as it stands in prose, or more of it."""
MOST_PARAMETERS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Mistake:
    """A parameter that cannot be read: its name, what is wrong, and what to do."""

    parameter: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Address:
    """A case as the reader has changed it, and what is asked of it."""

    name: str
    """The supplied case that it departs from, or ``new``."""
    base: Case
    case: Case
    question: str = ""
    """Empty: the first that the case asks."""
    readings: Mapping[str, str] = field(default_factory=dict)
    """Those the reader has chosen; ``unknown`` leaves one open."""
    on: datetime.date | None = None
    stage: str = ""
    told_by: str = ""
    language: str = "en"
    rulebook: str = ""
    """By which the address was made: the beginning of its hash; empty where it does not say."""
    mistakes: tuple[Mistake, ...] = ()


def read_address(rulebook: Rulebook, name: str, base: Case, query: Iterable[tuple[str, str]]) -> Address:
    """What is asked by the query of a page, of which each mistake is noted and passed over.

    A later value of a parameter counts, as in a form. Linear in the query and in the facts of the rulebook.
    """
    given = dict(list(query)[:MOST_PARAMETERS])
    if "z" in given:
        given = {**inflated(given.pop("z")), **given}
    _press(given, given.pop("do", ""))
    return _Reader(rulebook, given).read(name, base)


def _press(given: dict[str, str], button: str) -> None:
    """Do what a button of the form says: add a record to a list, or take one out."""
    action, _, target = button.partition(":")
    records = target if action == ADD else target.rpartition(".")[0]
    count = int(given[records]) if given.get(records, "").isdecimal() and len(given[records]) < 4 else 0
    if action == ADD and records and count < MOST_RECORDS:
        given[records] = str(count + 1)
    elif action == REMOVE and target.rpartition(".")[2].isdecimal() and count:
        gone = int(target.rpartition(".")[2])
        given[records] = str(count - 1)
        for parameter in [one for one in given if one.startswith(f"{records}.")]:
            number, _, name = parameter.removeprefix(f"{records}.").partition(".")
            if number.isdecimal() and int(number) >= gone:
                value = given.pop(parameter)
                if int(number) > gone:
                    given[f"{records}.{int(number) - 1}.{name}"] = value


@dataclass(slots=True)
class _Reader:
    rulebook: Rulebook
    given: dict[str, str]
    mistakes: list[Mistake] = field(default_factory=list)

    def read(self, name: str, base: Case) -> Address:
        facts = dict(base.facts)
        for path, fact in self.rulebook.facts.items():
            if fact.sort == "records":
                self._list(facts, path, fact)
            else:
                self._single(facts, parameter_of(path), path, fact)
        questions = self.rulebook.questions
        question = self._known("question", questions)
        if question == next(iter(base.asked()), None):
            question = ""
        stage = self._known("stage", [one.id for one in self.rulebook.stages])
        told_by = self._known("told_by", self.rulebook.tellings)
        title = self.given.get("title", base.title)[:LONGEST_TITLE]
        presume = {"ordinary": True, "nothing": False}.get(self.given.get("presume", ""), base.presume)
        return Address(
            name=name,
            base=base,
            case=replace(base, facts=facts, presume=presume, title=title, places={}),
            question=question,
            readings=self._readings(),
            on=self._day(),
            stage=stage,
            told_by=told_by,
            rulebook=self._rulebook(),
            language=self.given.get("ui", "en"),
            mistakes=tuple(self.mistakes),
        )

    def _known(self, parameter: str, names: Iterable[str]) -> str:
        """A name that the rulebook has; empty where none is given."""
        value = self.given.get(parameter, "")
        known = list(names)
        if value and value not in known:
            mend = did_you_mean(value, known, f"There are: {', '.join(known)}.")
            self.mistakes.append(Mistake(parameter, f"there is no {parameter} `{value}`", mend))
            return ""
        return value

    def _rulebook(self) -> str:
        value = self.given.get(RULEBOOK, "")
        if value and not _HASH.fullmatch(value):
            mend = "Copy the whole address anew: this is the beginning of a SHA-256, eight or more of 0-9 and a-f."
            self.mistakes.append(Mistake(RULEBOOK, f"`{value}` is no hash of a rulebook", mend))
            return ""
        return value

    def _day(self) -> datetime.date | None:
        try:
            return parse_day(self.given["on"]) if self.given.get("on") else None
        except NotAValue as problem:
            self.mistakes.append(Mistake("on", problem.message, problem.mend))
            return None

    def _readings(self) -> dict[str, str]:
        chosen: dict[str, str] = {}
        for parameter, option in self.given.items():
            if (
                not parameter.startswith(READING)
                or not option
                or parameter.removeprefix(READING) in self.rulebook.facts
            ):
                continue
            name = parameter.removeprefix(READING)
            if name not in self.rulebook.readings:
                mend = did_you_mean(name, self.rulebook.readings, "The law page lists the readings.")
                self.mistakes.append(Mistake(parameter, f"there is no reading `{name}`", mend))
                continue
            options = [*(one.id for one in self.rulebook.readings[name].options), UNKNOWN]
            if option not in options:
                mend = did_you_mean(option, options, f"Its options are: {', '.join(options)}.")
                self.mistakes.append(Mistake(parameter, f"the reading `{name}` has no option `{option}`", mend))
                continue
            chosen[name] = option
        return chosen

    def _single(self, facts: dict[str, GivenValue], parameter: str, path: str, fact: Fact) -> None:
        if parameter not in self.given:
            return
        text = self._entered(parameter)
        if text == "":
            facts.pop(path, None)
            return
        try:
            facts[path] = decode_given(self.rulebook, fact, text)
        except NotAValue as problem:
            self.mistakes.append(Mistake(parameter, problem.message, problem.mend))

    def _entered(self, parameter: str) -> str:
        """The value of a parameter, from its text field where that is chosen, or where nothing else is."""
        chosen, entry = self.given[parameter].strip(), self.given.get(parameter + ENTRY, "").strip()
        return entry if chosen == ENTERED else chosen

    def _list(self, facts: dict[str, GivenValue], path: str, records: Fact) -> None:
        """A list of records, where the query says anything of it: how many there are, and their fields."""
        parameter = parameter_of(path)
        if parameter not in self.given:
            self._fields(facts, path, records)
            return
        count = self.given[parameter].strip()
        if count == "":
            facts.pop(path, None)
        elif count == UNKNOWN:
            facts[path] = None
        elif count == NO_RECORDS or (count.isascii() and count.isdigit() and int(count[:4]) <= MOST_RECORDS):
            number = 0 if count == NO_RECORDS else int(count)
            facts[path] = tuple(self._record(path, records, one) for one in range(1, number + 1))
        else:
            mend = f"Give a number up to {MOST_RECORDS}, or {UNKNOWN}."
            self.mistakes.append(Mistake(parameter, f"`{count}` is not how many there can be", mend))

    def _fields(self, facts: dict[str, GivenValue], path: str, records: Fact) -> None:
        """Fields of records that the case has already."""
        listed = facts.get(path)
        if isinstance(listed, tuple):
            facts[path] = tuple(self._record(path, records, number, record) for number, record in enumerate(listed, 1))

    def _record(self, path: str, records: Fact, number: int, before: GivenRecord = NOTHING) -> GivenRecord:
        """A record, which departs from the one before; an empty value leaves a field out."""
        record = dict(before)
        for one in records.of:
            parameter = field_parameter(path, number, one.id)
            if parameter not in self.given:
                continue
            text = self._entered(parameter)
            if text == "":
                record.pop(one.id, None)
                continue
            try:
                record[one.id] = decode_given(self.rulebook, one, text)
            except NotAValue as problem:
                self.mistakes.append(Mistake(parameter, problem.message, problem.mend))
        return record


# --- the other way round ------------------------------------------------------------------------------


def parameters_of(rulebook: Rulebook, address: Address) -> dict[str, str]:
    """In what an address departs from its case, in the order of the rulebook."""
    found: dict[str, str] = {}
    asked = {
        "question": address.question,
        "on": address.on.isoformat() if address.on else "",
        "stage": address.stage,
        "told_by": address.told_by,
        RULEBOOK: address.rulebook,
    }
    found |= {name: value for name, value in asked.items() if value}
    found |= {READING + name: option for name, option in address.readings.items()}
    if address.case.title != address.base.title:
        found["title"] = address.case.title
    if address.case.presume != address.base.presume:
        found["presume"] = "ordinary" if address.case.presume is True else "nothing"
    for path, fact in rulebook.facts.items():
        now, was = address.case.facts.get(path, _LEFT_OUT), address.base.facts.get(path, _LEFT_OUT)
        if now != was:
            found |= _written(path, fact, now, was)
    if address.language != "en":
        found["ui"] = address.language
    return found


_LEFT_OUT: Final = object()


def _written(path: str, fact: Fact, value: object, was: object) -> dict[str, str]:
    """The parameters that make one value of another; of a list of as many records, those of what differs in them."""
    if value is _LEFT_OUT:
        return {parameter_of(path): ""}
    if fact.sort != "records":
        return {parameter_of(path): text_of(fact, value)}  # type: ignore[arg-type]
    if not isinstance(value, tuple):
        return {parameter_of(path): UNKNOWN}
    if isinstance(was, tuple) and len(was) == len(value):
        found, before = dict[str, str](), was
    else:
        found, before = {parameter_of(path): str(len(value))}, (NOTHING,) * len(value)
    for number, (record, other) in enumerate(zip(value, before, strict=True), 1):
        for one in fact.of:
            now, then = record.get(one.id, _LEFT_OUT), other.get(one.id, _LEFT_OUT)
            if now != then:
                said = "" if now is _LEFT_OUT else text_of(one, now)
                found[field_parameter(path, number, one.id)] = said
    return found


def text_of(fact: Fact, value: GivenScalar | None) -> str:
    """A value as an assignment has it."""
    if isinstance(value, DayBounds):
        return bounds_as_text(value)
    plain = encode(fact, value)
    return ("yes" if plain else "no") if isinstance(plain, bool) else str(plain)


def parameter_of(path: str) -> str:
    """What a fact is called in an address."""
    return CLASH + path if path in RESERVED or path.startswith(READING) else path


def field_parameter(path: str, number: int, name: str) -> str:
    """What a field of a record is called in an address."""
    return f"{parameter_of(path)}.{number}.{name}"


def parameter_of_input(name: str) -> str:
    """What an input is called in an address, from its name (``service[1].to``)."""
    records, bracket, rest = name.partition("[")
    if not bracket:
        return parameter_of(name)
    number, _, one = rest.partition("].")
    return field_parameter(records, int(number), one)


def href(rulebook: Rulebook, address: Address, view: str = "cases", further: Mapping[str, str] | None = None) -> str:
    """The address of a page of a case; ``further``: parameters of that page alone."""
    parameters = {**parameters_of(rulebook, address), **(further or {})}
    return with_query(f"/{view}/{quote(address.name, safe='/@')}", parameters)


def with_query(path: str, parameters: Mapping[str, str]) -> str:
    """A path with its query, compressed where that is long."""
    query = urlencode(parameters, safe="[]:/@,")
    if len(query) > LONG:
        query = urlencode({"z": deflated(query)})
    return f"{path}?{query}" if query else path


def otherwise(rulebook: Rulebook, address: Address, name: str, value: str) -> Address:
    """The same with another value of one input, named as users name it; the text is as in an assignment."""
    if name in rulebook.readings:
        return replace(address, readings={**address.readings, name: value})
    records, bracket, rest = name.partition("[")
    if records not in rulebook.facts or (bracket and not rest.partition("]")[0].isdecimal()):
        return replace(address, mistakes=(Mistake(name, f"there is no fact `{name}`", "Name one of the rulebook."),))
    query: dict[str, str] = {}
    if bracket:
        query = _written(records, rulebook.facts[records], address.case.facts.get(records, ()), None)
    query[parameter_of_input(name)] = value
    changed = read_address(rulebook, address.name, address.case, query.items())
    return replace(address, case=changed.case, mistakes=changed.mistakes)


def deflated(query: str) -> str:
    """A query, compressed and written in characters that an address may hold."""
    return base64.urlsafe_b64encode(zlib.compress(query.encode(), 9)).decode().rstrip("=")


def inflated(text: str) -> dict[str, str]:
    """A compressed query; nothing where it is not one, or holds too much."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        query = zlib.decompressobj().decompress(packed, MOST_INFLATED).decode()
        return dict(parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS))
    except (ValueError, zlib.error):
        return {}
