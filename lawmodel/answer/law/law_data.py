"""The rulebook and its entries as plain data: as they are written, with what follows from them beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from lawmodel.answer.law.conclusion_text import ConclusionOutline
from lawmodel.answer.law.condition_text import Line, Outline
from lawmodel.answer.law.contested import reading_to_json
from lawmodel.answer.law.law_view import Entry, LawView
from lawmodel.rulebook.dateline import became_law, latest_step
from lawmodel.rulebook.model import Concept, Fact, Instrument, Provision, Question, Rulebook, SharedConclusion
from lawmodel.rulebook.uses import Node, citations
from lawmodel.rulebook.written import as_written


def counts(rulebook: Rulebook) -> dict[str, int]:
    """How many entries there are of each kind; a field of a list counts as a fact."""
    return {
        "questions": len(rulebook.questions),
        "provisions": len(rulebook.provisions),
        "readings": len(rulebook.readings),
        "open_readings": sum(reading.default is None for reading in rulebook.readings.values()),
        "concepts": len(rulebook.concepts),
        "facts": sum(len(fact.of) or 1 for fact in rulebook.facts.values()),
        "consequences": len(rulebook.consequences),
        "tellings": len(rulebook.tellings),
        "properties": len(rulebook.properties),
        "instruments": len(rulebook.instruments),
        "sources": len(rulebook.sources),
    }


def overview_to_json(view: LawView) -> dict[str, Any]:
    """The rulebook at a glance."""
    rulebook = view.rulebook
    return {
        "title": rulebook.title,
        "law": view.law_to_json(),
        "law_date": rulebook.law_date,
        "counts": counts(rulebook),
        "stages": as_written(rulebook.stages),
        "questions": [_question(view, question) for question in rulebook.questions.values()],
        "readings": [
            {
                "id": reading.id,
                "title": reading.title,
                "default": reading.default,
                "open": reading.default is None,
                "options": [
                    {"id": option.id, "says": option.says, "sources": len(option.supported_by)}
                    for option in reading.options
                ],
            }
            for reading in rulebook.readings.values()
        ],
        "instruments": [_instrument(view, instrument) for instrument in rulebook.instruments.values()],
        "dates": [as_written(date) for date in rulebook.dates.values()],
        "consequences": [{"id": one.id, "says": one.says} for one in rulebook.consequences.values()],
        "tellings": [
            {"id": one.id, "title": one.title, "source": one.source, "stage": one.stage}
            for one in rulebook.tellings.values()
        ],
        "concepts": [
            {"id": concept.id, "title": concept.title, "yes": concept.yes, "no": concept.no, "about": concept.about}
            for concept in rulebook.concepts.values()
        ],
    }


def entry_to_json(view: LawView, entry: Entry) -> dict[str, Any]:
    """One entry: which kind of `entry` it is, all that is written of it, and what reads it."""
    more = _MORE.get(entry.kind)
    written = as_written(entry.value) if more is None else more(view, entry)
    return {"entry": entry.kind, **written, "id": entry.id}


def entries_to_json(view: LawView, entries: tuple[Entry, ...]) -> dict[str, Any]:
    """Several entries, and the law that they are shown for."""
    return {"law": view.law_to_json(), "entries": [entry_to_json(view, entry) for entry in entries]}


def provision_outline(view: LawView, provision: Provision, spelled_out: bool = False) -> Outline:
    """How the conditions of a provision are put into words."""
    outline = Outline(view.rulebook, spelled_out=spelled_out)
    if provision.at is None:
        return outline
    return Outline(view.rulebook, at=outline.day(provision.at), spelled_out=spelled_out)


def outcomes_of(view: LawView, provision: Provision) -> tuple[str, ...]:
    """The outcomes that a provision can conclude, itself or through shared conclusions."""
    return view.uses.ids(Node("provision", provision.id), "outcome")


def _question(view: LawView, question: Question) -> dict[str, Any]:
    provisions = [one for one in view.rulebook.provisions.values() if one.question == question.id]
    return {
        **as_written(question),
        "provisions": [
            {
                "id": one.id,
                "citation": one.citation,
                "title": one.title,
                "in_force": view.law.provision(one).is_law,
                "standing": view.law.provision(one).says,
                "outcomes": list(outcomes_of(view, one)),
            }
            for one in provisions
        ],
    }


def _instrument(view: LawView, instrument: Instrument) -> dict[str, Any]:
    since = became_law(view.rulebook, instrument, view.law.stage)
    latest = latest_step(instrument, view.law.date)
    node = Node("instrument", instrument.id)
    return {
        **as_written(instrument),
        "standing": view.law.instrument(instrument).to_json(),
        "became_law": None if since is None else since.stage,
        "latest_step": None if latest is None else latest.stage,
        "provisions": list(view.uses.provisions(node)),
    }


def _provision(view: LawView, entry: Entry) -> dict[str, Any]:
    provision: Provision = entry.value
    outline = provision_outline(view, provision)
    node = Node("provision", provision.id)
    question = view.rulebook.questions[provision.question]
    words: dict[str, Any] = {"when": _plain(outline.lines(provision.when))}
    for key, condition in (("unless", provision.unless), ("in_force", provision.in_force)):
        if condition is not None:
            words[key] = _plain(outline.lines(condition))
    if provision.brings is not None:
        words["brings"] = ConclusionOutline(outline, question).line(provision.brings).to_json()
    if provision.concludes is not None:
        words["concludes"] = ConclusionOutline(outline, question).line(provision.concludes).to_json()
    return {
        **as_written(provision),
        "standing": view.law.provision(provision).to_json(),
        "in_words": words,
        "outcomes": list(outcomes_of(view, provision)),
        "consequences": list(view.uses.ids(node, "consequence")),
        "disapplied_by": [user.id for user in view.uses.users(node) if user.kind == "provision"],
        "instruments": [
            _instrument(view, view.rulebook.instruments[name]) for name in view.uses.ids(node, "instrument")
        ],
        "readings": [reading_to_json(view, view.rulebook.readings[name]) for name in view.uses.ids(node, "reading")],
        "concepts": list(view.uses.ids(node, "concept")),
        "facts": list(view.uses.ids(node, "fact")),
    }


def _concept(view: LawView, entry: Entry) -> dict[str, Any]:
    concept: Concept = entry.value
    words = _plain(Outline(view.rulebook, records=concept.about).lines(concept.when))
    return {**as_written(concept), "in_words": {"when": words}, **_reads(view, Node("concept", entry.id))}


def _conclusion(view: LawView, entry: Entry) -> dict[str, Any]:
    shared: SharedConclusion = entry.value
    line = ConclusionOutline(Outline(view.rulebook), None).line(shared.concludes)
    return {
        **as_written(shared),
        "in_words": {"concludes": line.to_json()},
        **_reads(view, Node("conclusion", entry.id)),
    }


def _reads(view: LawView, node: Node) -> dict[str, Any]:
    uses = view.uses
    return {
        "concepts": list(uses.ids(node, "concept")),
        "readings": list(uses.ids(node, "reading")),
        "facts": list(uses.ids(node, "fact")),
        "used_by": [{"kind": user.kind, "id": user.id} for user in uses.users(node)],
        "provisions": list(uses.provisions(node)),
    }


def _fact(view: LawView, entry: Entry) -> dict[str, Any]:
    fact: Fact = entry.value
    node = Node("fact", entry.id)
    written = as_written(fact)
    if fact.choices is not None:
        written["choices"] = dict(view.rulebook.choices_of(fact))
    if isinstance(fact.choices, str):
        written["choices_list"] = fact.choices
    return {
        **written,
        "dates_the_law": entry.id == view.rulebook.law_date,
        "used_by": [{"kind": user.kind, "id": user.id} for user in view.uses.users(node)],
        "provisions": list(view.uses.provisions(node)),
        "consistency": [as_written(one) for one in view.rulebook.consistency if entry.id in one.order],
    }


def _source(view: LawView, entry: Entry) -> dict[str, Any]:
    cited = [one for one in citations(view.rulebook) if one.source.id == entry.id]
    return {
        **as_written(entry.value),
        "cited_by": [{"kind": one.kind, "id": one.id, "part": one.part, "at": one.source.at} for one in cited],
    }


def _stage(view: LawView, entry: Entry) -> dict[str, Any]:
    reached = [(name, became_law(view.rulebook, one, entry.id)) for name, one in view.rulebook.instruments.items()]
    return {
        **as_written(entry.value),
        "instruments": [{"id": name, "counts_since": as_written(step)} for name, step in reached],
    }


def _outcome(view: LawView, entry: Entry) -> dict[str, Any]:
    provisions = [
        one.id
        for one in view.rulebook.provisions.values()
        if one.question == entry.within and entry.id in outcomes_of(view, one)
    ]
    return {**as_written(entry.value), "question": entry.within, "provisions": provisions}


def _date(view: LawView, entry: Entry) -> dict[str, Any]:
    return {**as_written(entry.value), **_reads(view, Node("date", entry.id))}


def _choices(view: LawView, entry: Entry) -> dict[str, Any]:
    facts = [one.id for one in view.entries if one.kind == "fact" and one.value.choices == entry.id]
    return {**as_written(entry.value), "facts": facts}


def _plain(lines: tuple[Line, ...]) -> list[dict[str, Any]]:
    return [line.to_json() for line in lines]


_MORE: Final[Mapping[str, Callable[[LawView, Entry], dict[str, Any]]]] = {
    "question": lambda view, entry: _question(view, entry.value),
    "provision": _provision,
    "concept": _concept,
    "conclusion": _conclusion,
    "reading": lambda view, entry: reading_to_json(view, entry.value),
    "date": _date,
    "instrument": lambda view, entry: _instrument(view, entry.value),
    "source": _source,
    "fact": _fact,
    "stage": _stage,
    "outcome": _outcome,
    "choices": _choices,
    "consequence": lambda view, entry: {**as_written(entry.value), **_reads(view, Node("consequence", entry.id))},
}
