"""The steps of a trace in words: each sentence is made of what the step holds as data, and of the rulebook."""

from __future__ import annotations

import datetime
import re
from typing import Final, assert_never

from lawmodel.case.values import (
    ABOVE_EVERY_NUMBER,
    ISO_DAY,
    SPECIAL_DAYS,
    amount,
    bounds_in_words,
    day_in_words,
    decode_bounds,
    in_words,
)
from lawmodel.inputs import LAW_DATE, DayBounds, GivenScalar
from lawmodel.reasoning.phrases import only_been
from lawmodel.reasoning.trace import FactComparison, HoldingCount, Trace, Written
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.time_spans import compared_with, duration, full_units, span_in_words

IN_DAYS: Final = ("before", "on or before", "after", "on or after")
IN_NUMBERS: Final = ("less than", "at most", "more than", "at least")
UNKNOWN_WHETHER: Final = "not known whether: "
_NUMBER: Final = re.compile(r"\[[0-9]+\]")


def in_sentences(rulebook: Rulebook, step: Trace) -> Trace:
    """The same step, with words in it and in all below it."""
    step.says = sentence(rulebook, step)
    for child in step.children:
        in_sentences(rulebook, child)
    return step


def sentence(rulebook: Rulebook, step: Trace) -> str:
    """What a step says, in the law's words; empty where only what is below it does."""
    name = str(step.id)
    held = None if step.truth is None else step.truth is not bool(step.negated)
    match step.kind:
        case "provision":
            return rulebook.provisions[name].title
        case "concept":
            concept = rulebook.concepts[name]
            return concept.yes if held else concept.no if held is False else f"{UNKNOWN_WHETHER}{concept.yes}"
        case "law":
            return _law(rulebook, step, held)
        case "in-force":
            return {True: "in force", False: "not in force", None: "whether it is in force is open"}[held]
        case "exception" if step.displaces:
            said = {True: "displaces it", False: "does not displace it", None: "may displace it"}[held]
            return f"{rulebook.provisions[name].citation} {said}"
        case "exception":
            return {
                True: "an exception applies",
                False: "no exception applies",
                None: "whether an exception applies is open",
            }[held]
        case "some" | "none":
            fact = rulebook.facts[name]
            return f"not known: {fact.title}" if step.records is None else "" if step.records else fact.none or ""
        case "count":
            return _counted(rulebook, step)
        case "record":
            records, _, number = name.rpartition("[")
            return f"{rulebook.facts[records].each} {number.removesuffix(']')}"
        case "reading":
            reading = rulebook.readings[name]
            return reading.title if step.open else reading.option(str(step.option)).says
        case "option":
            return rulebook.readings[str(step.reading)].option(name).says
        case "fact":
            assert step.comparison is not None
            return compared(rulebook, step.comparison, is_open=step.truth is None)
        case "conclusion" | "consequence" | "all" | "any" | "always":
            return ""
        case _:
            assert_never(step.kind)


def asked(rulebook: Rulebook, step: Trace) -> str:
    """What a step asks for, in the law's words, where it can be told from how things are; else how things are."""
    name = str(step.id)
    match step.kind:
        case "concept":
            concept = rulebook.concepts[name]
            return concept.no if step.negated else concept.yes
        case "exception" if not step.displaces:
            return "no exception applies" if step.negated else "an exception applies"
        case "fact":
            assert step.comparison is not None
            return _fact_asked(rulebook, step.comparison)
        case _:
            return step.says


def _fact_asked(rulebook: Rulebook, comparison: FactComparison) -> str:
    about = comparison.fact if comparison.field is None else f"{comparison.fact}.{comparison.field}"
    contrary = "not " if comparison.negated else ""
    if about == LAW_DATE:
        return f"the day of the law: {contrary}{comparison.operator} {_bound(rulebook, comparison)}"
    fact = rulebook.fact(about)
    if comparison.operator != "is one of":
        return f"{fact.title}: {contrary}{comparison.operator} {_bound(rulebook, comparison)}"
    values = comparison.bound if isinstance(comparison.bound, tuple) else (comparison.bound,)
    if fact.sort == "yes/no":
        return " or ".join(_fact(rulebook, fact, bool(one) is not comparison.negated) for one in values)
    return f"{'not: ' if contrary else ''}{' or '.join(_fact(rulebook, fact, one) for one in values)}"


def _bound(rulebook: Rulebook, comparison: FactComparison) -> str:
    """With what a fact is compared, in words."""
    bound = comparison.bound
    known = _calendar(str(bound)) if _is_of_calendar(bound) else f"{bound:,}" if isinstance(bound, int) else ""
    name = _named(rulebook, comparison)
    if comparison.span is not None:
        name = f"{comparison.span} {name}"
    return f"{name} ({known})" if name and known else name or known or str(bound)


def _counted(rulebook: Rulebook, step: Trace) -> str:
    """How many hold, and how many have to; of a list that is not known only that it is not."""
    fact = None if step.id is None else rulebook.facts[step.id]
    if step.count is None:
        return "" if fact is None else f"not known: {fact.title}"
    if fact is not None and not step.count.of:
        return f"{fact.none or f'no {fact.each}'} ({step.count.operator} {step.count.bound})"
    return ("" if fact is None else f"{fact.each}: ") + how_many(step.count)


def how_many(count: HoldingCount) -> str:
    """`2 of 3 hold (at least 2)`, and of how many it is not known."""
    unknown = f", {count.open} {'is' if count.open == 1 else 'are'} not known" if count.open else ""
    holds = "holds" if count.hold == 1 else "hold"
    return f"{count.hold} of {count.of} {holds}{unknown} ({count.operator} {count.bound})"


# --- law ----------------------------------------------------------------------------------------------


def _law(rulebook: Rulebook, step: Trace, held: bool | None) -> str:
    """Since when a law or decree is law; where it is asked because of what it supersedes, that it does so."""
    said = _standing(rulebook, step, held)
    if not step.supersedes:
        return said
    if step.standing == "no law":
        return f"not yet superseded: {said}"
    by = {True: "superseded by", False: "not yet superseded by", None: "perhaps superseded by"}[held]
    return f"{by} {said.replace(':', ',', 1)}"


def _standing(rulebook: Rulebook, step: Trace, held: bool | None) -> str:
    if step.standing == "no law":
        reached = None if step.reached is None else (step.reached, str(step.reached_on))
        return f"{rulebook.instruments[str(step.id)].title} is {only_been(rulebook, reached, step.day)}"
    day = _calendar(str(step.date))
    if step.standing == "ceased":
        return f"{step.id}: law no longer since {day}"
    stage = next(one.says for one in rulebook.stages if one.id == step.stage)
    return f"{step.id}: {stage} {'only ' if held is False else ''}{day}"


# --- facts --------------------------------------------------------------------------------------------


def compared(rulebook: Rulebook, comparison: FactComparison, *, is_open: bool) -> str:
    """A fact as it is, and how it stands to what it is compared with."""
    value, operator = comparison.value, comparison.operator
    about = comparison.fact if comparison.field is None else f"{comparison.fact}.{comparison.field}"
    says = _law_day(value) if about == LAW_DATE else _fact(rulebook, rulebook.fact(about), value)
    if operator == "is the same as":
        other = rulebook.fact(_declared(str(comparison.bound_is)))
        return f"{says}; {_fact(rulebook, other, _single(comparison.bound))}"
    if value is None:
        return says
    if operator in IN_DAYS:
        return says + _to_day(rulebook, comparison, is_open)
    if operator in IN_NUMBERS:
        fact = rulebook.fact(about)
        if comparison.bound_is is None:
            return says + _to_number(fact, comparison)
        return says + _to_fact(rulebook, fact, comparison, is_open)
    return says


def _fact(rulebook: Rulebook, fact: Fact, value: Written | dict[str, str] | None) -> str:
    return in_words(rulebook, fact, _held(fact, value))


def _held(fact: Fact, value: Written | dict[str, str] | None) -> GivenScalar | None:
    """The value that is written so; the inverse of `lawmodel.case.values.encode_given`."""
    if isinstance(value, dict):
        return decode_bounds(value)
    if fact.sort == "number" and value in fact.words:
        return ABOVE_EVERY_NUMBER
    if fact.type == "span" and isinstance(value, str) and (length := duration(value)) is not None:
        return length.count
    if fact.sort != "date" or not isinstance(value, str):
        return value
    word = fact.words.get(value)
    return datetime.date.fromisoformat(value).toordinal() if word is None else SPECIAL_DAYS[word.means]


def _law_day(value: Written | dict[str, str] | None) -> str:
    if isinstance(value, dict):
        return f"the day of the law ({bounds_in_words(decode_bounds(value))}, not known which)"
    return "not known: the day of the law" if value is None else f"the day of the law ({_calendar(str(value))})"


def _to_fact(rulebook: Rulebook, fact: Fact, comparison: FactComparison, is_open: bool) -> str:
    """How a number stands to that of another fact."""
    value, bound = _held(fact, comparison.value), _single(comparison.bound)
    if bound is None:
        return f"; not known: {_named(rulebook, comparison)}" if is_open else ""
    other = rulebook.fact(_declared(str(comparison.bound_is)))
    said, held = _fact(rulebook, other, bound), _held(other, bound)
    if not isinstance(value, int) or not isinstance(held, int) or ABOVE_EVERY_NUMBER in (value, held):
        return f"; {said}"
    word = "less than" if value < held else "as much as" if value == held else "more than"
    return f", {word} {said}"


def _to_number(fact: Fact, comparison: FactComparison) -> str:
    value, bound = _held(fact, comparison.value), _held(fact, _single(comparison.bound))
    if not isinstance(value, int) or not isinstance(bound, int) or value == ABOVE_EVERY_NUMBER:  # its word says enough
        return ""
    word = "less than" if value < bound else "exactly" if value == bound else "more than"
    return f" ({word} {amount(fact, bound)})"


def _to_day(rulebook: Rulebook, comparison: FactComparison, is_open: bool) -> str:
    value, bound = comparison.value, comparison.bound
    if bound is None:
        return f"; not known: {_named(rulebook, comparison)}" if is_open else ""
    if not _is_of_calendar(bound):
        return ""
    if isinstance(value, dict):
        word = _bounded_to(decode_bounds(value), datetime.date.fromisoformat(str(bound)).toordinal())
    elif _is_of_calendar(value):
        word = "before" if str(value) < str(bound) else "on" if value == bound else "after"
    else:
        word = ""
    if not word:
        return ""
    name, day = _named(rulebook, comparison), _calendar(str(bound))
    if comparison.span is not None:
        name, day = f"{comparison.span} {name}", day + _counted_from(comparison)
    return f", {compared_with(word, f'{name} ({day})' if name else day)}"


def _bounded_to(bounds: DayBounds, day: int) -> str:
    """How a day of which only bounds are known stands to another; nothing where that is not known."""
    if bounds.last <= day:
        return "before" if bounds.last < day else "on or before"
    if bounds.first >= day:
        return "after" if bounds.first > day else "on or after"
    return ""


def _counted_from(comparison: FactComparison) -> str:
    """From which day a span is counted, and how much of it has passed, in its own unit."""
    since = str(comparison.counted_from)
    if not _is_of_calendar(since):
        return ""
    said, read = f"; counted from {_calendar(since)}", span_in_words(f"{comparison.span} {since}")
    if isinstance(comparison.value, dict):
        return said
    if read is None or read[0].direction == "before" or since > str(comparison.value):
        return said
    one, other = (datetime.date.fromisoformat(day).toordinal() for day in (since, str(comparison.value)))
    passed = full_units(one, other, read[0])
    return f"{said}, {passed:,} full {read[0].unit}{'' if passed == 1 else 's'} have passed"


def _named(rulebook: Rulebook, comparison: FactComparison) -> str:
    """Of what the bound is the value, in words; empty where it is a day that the law names itself."""
    name = comparison.bound_is
    if name is None:
        return ""
    if name == LAW_DATE:
        return "the day of the law"
    try:
        return rulebook.fact(_declared(name)).title
    except KeyError:
        return name


def _declared(key: str) -> str:
    """The path under which an input is declared: ``service.to`` for ``service[1].to``."""
    return _NUMBER.sub("", key)


def _single(bound: Written | tuple[Written, ...] | None) -> Written | None:
    assert not isinstance(bound, tuple)
    return bound


def _is_of_calendar(day: object) -> bool:
    return isinstance(day, str) and ISO_DAY.match(day) is not None


def _calendar(day: str) -> str:
    return day_in_words(datetime.date.fromisoformat(day).toordinal())
