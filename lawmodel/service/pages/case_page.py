"""The page of a case: the answer, what would overturn it, who holds what, then facts, reasons and law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from lawmodel.answer.answer import Answer
from lawmodel.dataclass import dataclass
from lawmodel.documents.answer import at_once, remarks, sentence
from lawmodel.documents.gaps import could_touch
from lawmodel.documents.grounds import grounds, without_effect
from lawmodel.documents.time_line import timeline_of
from lawmodel.results.assumption import Alternative
from lawmodel.rulebook.model import Option, Provision, Reading, Rulebook, SourceRef
from lawmodel.service.pages.address import Address, href, parameter_of
from lawmodel.service.pages.beside_page import is_otherwise
from lawmodel.service.pages.controls import Lead, controls, leads_of, mark_of
from lawmodel.service.pages.take_away import citation
from lawmodel.service.pages.workbench import VARIANT, Workbench
from lawmodel.words.law import CERTAINTY, cited, day
from lawmodel.words.outcomes import predicate, predicates

MOST_OTHER: Final = 8
"""More things that would overturn an answer are counted, and stand with the facts."""


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """Something that would make the answer otherwise: what it is, and where each possibility leads."""

    name: str
    kind: str
    leads: tuple[Lead, ...]
    anchor: str = ""
    """Where the facts of a list stand, of which no single value can be named."""


@dataclass(frozen=True, slots=True)
class ReadSo:
    """An option of a contested reading: who holds it, since when, and the answer with it."""

    says: str
    chosen: str
    """``default``, ``chosen`` or empty."""
    held_by: tuple[tuple[str, str], ...]
    """Who reads it so, by the titles of the sources, each with its id."""
    since: str
    says_since: str
    lead: Lead


@dataclass(frozen=True, slots=True)
class ContestedReading:
    """A reading on which the answer hangs."""

    id: str
    title: str
    why: str
    options: tuple[ReadSo, ...]
    settle: tuple[str, ...]


def case_page(workbench: Workbench, address: Address) -> dict[str, Any]:
    """What the template of a case needs; raises `ProblemsFound` where the facts contradict each other."""
    rulebook = workbench.rulebook
    answer = workbench.decide(address)
    return {
        "answer": answer,
        "title": address.case.title or address.base.title,
        "asks": rulebook.questions[answer.question].asks,
        "sentence": sentence(answer),
        "marks": [mark_of(rulebook, answer.question, one) for one in answer.possible],
        "possible": [
            (mark_of(rulebook, answer.question, one), predicate(rulebook, answer.question, one))
            for one in answer.possible
        ],
        "firm": at_once(answer),
        "is_otherwise": is_otherwise(workbench, address),
        "remarks": tuple(remarks([answer])),
        "gaps": could_touch(answer.gaps, "answer", len(answer.gaps)) if answer.gaps else None,
        "other": tuple(_other(rulebook, address, answer)),
        "most_other": MOST_OTHER,
        "contested": tuple(_contested(workbench, address, answer)),
        "controls": controls(workbench.readers, address, answer),
        "readings": tuple(_readings(rulebook, address, answer)),
        "reasons": (*grounds(answer, pictures=True), *without_effect(answer)),
        "law": tuple(_law(answer)),
        "shared": href(rulebook, replace(address, rulebook=workbench.rulebook_hash)),
        "cited": citation(answer, address, "text"),
        "axis": [line] if (line := timeline_of(answer)) is not None else [],
        "variants": tuple(_variants(workbench, address)),
        "questions": rulebook.questions,
        "stages": rulebook.stages,
        "tellings": rulebook.tellings,
        "question": answer.question,
    }


def _other(rulebook: Rulebook, address: Address, answer: Answer) -> Iterator[OtherAnswer]:
    """What would overturn the answer, or settle it: readings first, then facts, then days."""
    for point in answer.depends_on:
        name = point.inputs[0]
        found = tuple(leads_of(rulebook, address, answer, name, point.options))
        anchor = parameter_of(name.partition("[")[0]).replace(".", "-")
        yield OtherAnswer(point.asks if point.kind == "fact" else name, point.kind, found, anchor)
    for one in answer.assumes:
        leads = (
            tuple(leads_of(rulebook, address, answer, one.input, one.otherwise))
            if one.kind != "date"
            else tuple(
                Lead(
                    each.says,
                    each.answer,
                    tuple(mark_of(rulebook, answer.question, name) for name in each.possible),
                    "",
                )
                for each in one.otherwise
            )
        )
        name = one.input if one.kind == "reading" else one.says
        yield OtherAnswer(name, one.kind, leads)


# --- who reads the text how ----------------------------------------------------------------------------


def _contested(workbench: Workbench, address: Address, answer: Answer) -> Iterator[ContestedReading]:
    """The readings on which the answer hangs, and those that the reader has chosen."""
    known = {one.input: (one.value, one.otherwise) for one in answer.assumes if one.kind == "reading"}
    open_ones = {point.inputs[0]: point.options for point in answer.depends_on if point.kind == "reading"}
    rulebook = workbench.rulebook
    for name in (*open_ones, *known, *(one for one in address.readings if one not in (*open_ones, *known))):
        if name not in rulebook.readings or (
            name not in known and name not in open_ones and name not in answer.bearing
        ):
            continue
        reading = rulebook.readings[name]
        if name in open_ones:
            by_option = {value: one for one in open_ones[name] for value in one.values}
        elif name in known:
            by_option = {value: one for one in known[name][1] for value in one.values}
        else:
            by_option = {}
        options = tuple(_read_so(workbench, address, answer, reading, one, by_option) for one in reading.options)
        settle = tuple(_with_sources(one.says, map(cited, one.sources)) for one in reading.would_settle)
        yield ContestedReading(name, reading.title, reading.why, options, settle)


def _read_so(
    workbench: Workbench,
    address: Address,
    answer: Answer,
    reading: Reading,
    option: Option,
    known: dict[Any, Alternative],
) -> ReadSo:
    taken = answer.header.readings[reading.id]
    changed = replace(address, readings={**address.readings, reading.id: option.id})
    if option.id == taken.option:
        possible: Sequence[str] = answer.possible
    elif option.id in known:
        possible = known[option.id].possible
    elif reading.id in address.readings:  # chosen by the reader: what else it may be is not among what is assumed
        possible = workbench.decide(changed).possible
    else:
        possible = answer.possible
    rulebook = workbench.rulebook
    words = predicates(rulebook, answer.question, possible)
    marks = tuple(mark_of(rulebook, answer.question, one) for one in possible)
    chosen = "" if option.id != taken.option else "default" if taken.default else "chosen"
    held = option.held
    return ReadSo(
        option.says,
        chosen,
        tuple((titled(rulebook, one), one.id) for one in option.supported_by),
        day(held.since) if held is not None else "",
        (held.says or "") if held is not None else "",
        Lead(option.says, words, marks, href(rulebook, changed)),
    )


def titled(rulebook: Rulebook, reference: SourceRef) -> str:
    """A source by its title, and where in it."""
    title = rulebook.sources[reference.id].title
    return f"{title}, {reference.at}" if reference.at else title


def _with_sources(says: str, sources: Iterator[str]) -> str:
    named = ", ".join(sources)
    return f"{says} ({named})" if named else says


def _readings(rulebook: Rulebook, address: Address, answer: Answer) -> Iterator[tuple[Reading, str, bool]]:
    """The readings that bear on the question: each with the option that is taken, and whether the reader chose it."""
    for name in answer.bearing:
        taken = answer.header.readings[name]
        yield rulebook.readings[name], address.readings.get(name, ""), taken.default


# --- the law beside it -------------------------------------------------------------------------------


def _law(answer: Answer) -> Iterator[tuple[Provision, str, tuple[tuple[str, str], ...], str, str]]:
    """The provisions that carry the answer or may: certainty, sources with addresses, since when, language of words."""
    rulebook = answer.rulebook
    versions = {one.id: one.version or "" for one in answer.grounds}
    for name in (*versions, *answer.possible_grounds):
        provision = rulebook.provisions[name]
        sources = tuple((cited(one), rulebook.sources[one.id].address or "") for one in provision.sources)
        language = "" if provision.words is None else rulebook.language_of(provision.words)
        yield provision, CERTAINTY[provision.certainty], sources, versions.get(name, ""), language


def _variants(workbench: Workbench, address: Address) -> Iterator[tuple[str, str, bool]]:
    """The case and its variants: name in addresses, title, whether it is this one."""
    for name, case in workbench.variants(address.name).items():
        yield name, case.title if VARIANT in name else "", name == address.name
