"""The facts of a case that bear on a question, in words, each with where its value comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lawmodel.case.plain import plain_value
from lawmodel.case.valuation import Valued
from lawmodel.case.values import UNKNOWN, in_words
from lawmodel.inputs import GivenRecord, GivenScalar, Record, field_key
from lawmodel.inquiry.ask import Ask
from lawmodel.reasoning.formula import Atom, Field, ResolvedQuestion, terms
from lawmodel.reasoning.rewrite import formulas
from lawmodel.results.given_input import GivenInput, Origin
from lawmodel.rulebook.model import Fact


def case_facts(ask: Ask, valued: Valued) -> Iterator[GivenInput]:
    """Every single fact, and every field of a listed record, that the question reads; in the rulebook's order.

    A list has an entry of its own where it has no record or is not known.
    """
    made = ask.decider()
    fields = fields_read(made.question)
    values = valued.valuation.values
    for path, fact in ask.rulebook.facts.items():
        if path not in made.comparisons.occurring:
            continue
        value = values[path]
        if fact.sort != "records":
            assert not isinstance(value, tuple)
            known = value if value is not None else valued.valuation.bounds_of(path)
            says = in_words(ask.rulebook, fact, known)
            yield GivenInput(path, "fact", fact.title, says, plain_value(fact, known), origin_of(ask, valued, path))
        elif isinstance(value, tuple) and value:
            listed = ask.case.facts[path]
            assert isinstance(listed, tuple)
            for number, (given, record) in enumerate(zip(listed, value, strict=True), 1):
                yield from _of_record(ask, fact, number, given, record, fields)
        else:
            says = f"not known: {fact.title}" if value is None else str(fact.none)
            origin: Origin = "unknown" if value is None else "given"
            yield GivenInput(path, "list", fact.title, says, UNKNOWN if value is None else None, origin)


def _of_record(
    ask: Ask, fact: Fact, number: int, given: GivenRecord, record: Record, fields: Collection[tuple[str, str]]
) -> Iterator[GivenInput]:
    for one in fact.of:
        if (fact.id, one.id) in fields:
            value = record[one.id]
            origin: Origin = "unknown" if value is None else "given" if one.id in given else "left out"
            known: GivenScalar | None = given.get(one.id) if value is None else value
            key, says = field_key(fact.id, number, one.id), in_words(ask.rulebook, one, known)
            yield GivenInput(key, "fact", one.title, says, plain_value(one, known), origin, f"{fact.each} {number}")


def fields_read(question: ResolvedQuestion) -> frozenset[tuple[str, str]]:
    """The fields that a question reads, each as its list and its name."""
    found: set[tuple[str, str]] = set()
    for formula in formulas(question):
        if isinstance(formula, Atom):
            found |= {(term.records, term.name) for term in terms(formula) if isinstance(term, Field)}
    return frozenset(found)


def origin_of(ask: Ask, valued: Valued, path: str) -> Origin:
    """Where the value of a single fact comes from."""
    if path in valued.presumed:
        return "presumed"
    if valued.valuation.values[path] is None:
        return "unknown"
    if path in ask.case.facts:
        return "given"
    return "follows" if path in valued.valuation.same_as or path == ask.rulebook.law_date else "left out"
