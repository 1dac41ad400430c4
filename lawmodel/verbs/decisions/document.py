"""How reported decisions stand to a rulebook, as a document: a table of all, then each with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lawmodel.case.reported_decision import ReportSource, Verdict
from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Item,
    Items,
    Link,
    Paragraph,
    Section,
    Span,
    Table,
    Term,
    Terms,
    Text,
    faint,
    identifier,
    reading,
    strong,
    text,
)
from lawmodel.documents.heading import as_known
from lawmodel.reasoning.comparing.smallest_changes import MOST_CHANGES, SmallestChanges
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.decisions.result import ComparedDecision, ComparedDecisions
from lawmodel.words.counts import count
from lawmodel.words.law import day, how_seen, law_of
from lawmodel.words.outcomes import both, predicate, predicates, subject

COLUMNS: Final = (
    Column("Decision"),
    Column("Day"),
    Column("Decided"),
    Column("The rulebook"),
    Column("Otherwise under"),
)
SAYS: Final[Mapping[Verdict, str]] = {"agrees": "agrees", "open": "leaves it open", "departs": "departs"}
MOST_SETS: Final = 6
"""So many sets of changes are shown of a decision; all stand in the JSON."""
MOST_PRESUMED: Final = 3
"""More presumed facts than these are counted; all stand in the JSON."""


def document(found: ComparedDecisions) -> Document:
    """The counts, a table of all, what is not as it is recorded, and each decision; those that agree are folded."""
    return Document(text(_title(found)), tuple(_blocks(found)), text(found.rulebook, as_known(found.header.rulebook)))


def _title(found: ComparedDecisions) -> str:
    counted = found.counted
    return (
        f"{count(found.compared, 'reported decision')}: {counted.agrees} agree, {counted.open} open, "
        f"{counted.departs} depart"
    )


def _blocks(found: ComparedDecisions) -> Iterator[Block]:
    rulebook = found.header.rulebook
    yield Table(COLUMNS, tuple(_row(rulebook, one) for one in found.decisions))
    other = tuple(one for one in found.decisions if one.as_expected is False)
    if other:
        yield Section(text("Not as recorded"), (Items(tuple(map(_not_as_recorded, other))),))
    for one in found.decisions:
        if one.verdict != "agrees":
            yield _decision(rulebook, one)
    agreeing = tuple(_decision(rulebook, one) for one in found.decisions if one.verdict == "agrees")
    if agreeing:
        yield Fold(text(f"{count(len(agreeing), 'decision')} with which the rulebook agrees"), agreeing)


def _row(rulebook: Rulebook, one: ComparedDecision) -> tuple[Text, ...]:
    verdict = SAYS[one.verdict]
    return (
        text(Span(one.title, link=Link("case", one.file))),
        text(day(one.day)),
        text(predicate(rulebook, one.question, one.outcome)),
        text(verdict if one.verdict == "agrees" else strong(verdict)),
        _in_short(one),
    )


def _in_short(one: ComparedDecision) -> Text:
    """The first set of changes with which it would stand otherwise."""
    found = [changes for changes in (one.not_under, one.agrees_under, one.open_under) if changes is not None]
    changes = next((changes for changes in found if changes.sets), None)
    if changes is None:
        every = all(changes.every for changes in found)
        return text(faint("no reading" if every else f"none of up to {MOST_CHANGES}"))
    more = f", or {len(changes.sets) - 1} more" if len(changes.sets) > 1 else ""
    return text(reading(_typed(changes.sets[0])), faint(more))


def _typed(changes: Mapping[str, str]) -> str:
    return " ".join(f"{name}={option}" for name, option in changes.items())


def _not_as_recorded(one: ComparedDecision) -> Item:
    place = one.decision.expect_place
    where = one.file if place is None else f"{place.file}:{place.line}:{place.column}"
    return Item(text(f"{one.title}: recorded {one.expected}, found ", strong(one.verdict)), where)


# --- one decision ---------------------------------------------------------------------------------------


def _decision(rulebook: Rulebook, one: ComparedDecision) -> Section:
    terms = [
        Term(text("Decided"), text(f"{one.authority}, {day(one.day)}: {_subject(rulebook, one)} {_decided(one)}")),
        *([Term(text("Grounds stated"), _grounds(rulebook, one.grounds))] if one.grounds else []),
        Term(text("Report"), text(one.report)),
        *(Term(text("Source"), _source(source)) for source in one.sources),
        *(Term(text("Remark"), text(remark)) for remark in one.remarks),
        Term(text("The rulebook"), _answer(rulebook, one)),
        *([Term(text("Turns on"), text(", ".join(map(_group, one.turns_on))))] if one.turns_on else []),
        *([Term(text("Assumes"), _assumed(rulebook, one))] if one.rests_on else []),
        *_readings(rulebook, one),
    ]
    return Section(
        text(one.title),
        (Paragraph(text(strong(_stands(one)))), Terms(tuple(terms))),
        text(identifier(one.file, Link("case", one.file))),
    )


def _stands(one: ComparedDecision) -> str:
    """How the decision and the rulebook stand to each other, in a sentence."""
    if one.verdict == "departs" and one.possible == (one.outcome,):
        return "The rulebook comes to the same outcome, but not on the grounds stated."
    return f"The rulebook {SAYS[one.verdict]}."


def _subject(rulebook: Rulebook, one: ComparedDecision) -> str:
    said = subject(rulebook, one.question)
    return f"{said[:1].lower()}{said[1:]}"


def _decided(one: ComparedDecision) -> str:
    return predicate(one.answer.rulebook, one.question, one.outcome)


def _grounds(rulebook: Rulebook, names: tuple[str, ...]) -> Text:
    parts: list[Text] = []
    for name in names:
        cited = rulebook.provisions[name].citation
        parts.append(text("; " if parts else "", cited, " ", identifier(name, Link("law", name))))
    return text(*parts)


def _source(source: ReportSource) -> Text:
    at = f", {source.at}" if source.at else ""
    address = text("  ", identifier(source.address, Link("web", source.address))) if source.address else ()
    return text(f"{source.title}{at}: {how_seen(source.seen)}", address)


def _answer(rulebook: Rulebook, one: ComparedDecision) -> Text:
    law = law_of(rulebook, one.law.stage, one.law.date)
    said = predicates(rulebook, one.question, one.possible)
    grounds = one.grounds_found
    supported = text(", on ", _grounds(rulebook, grounds)) if grounds else ()
    return text(f"{law}: {_subject(rulebook, one)} {said}", supported)


def _group(names: tuple[str, ...]) -> str:
    return " with ".join(names)


def _assumed(rulebook: Rulebook, one: ComparedDecision) -> Text:
    """The readings by default and the presumed facts on which the rulebook's answer rests."""
    readings = [text(reading(name, name)) for name in one.rests_on if name in rulebook.readings]
    facts = [name for name in one.rests_on if name not in rulebook.readings]
    said = [text(name) for name in facts[:MOST_PRESUMED]]
    if len(facts) > MOST_PRESUMED:
        said = [text(count(len(facts), "presumed fact"))]
    parts: list[Text] = []
    for part in (*readings, *said):
        parts.append(text(", " if parts else "", part))
    return text(*parts)


def _readings(rulebook: Rulebook, one: ComparedDecision) -> Iterator[Term]:
    """The changes of readings with which it would stand otherwise."""
    bearing = f"of the {count(len(one.let_go), 'reading')} that bear on it" if len(one.let_go) > 1 else "of readings"
    if one.not_under is not None:
        yield from _sets(rulebook, one.not_under, "Would not agree", f"under no choice {bearing}")
    if one.agrees_under is not None:
        yield from _sets(rulebook, one.agrees_under, "Would agree", f"under no choice {bearing}")
    if one.open_under is not None and one.open_under.sets:
        yield from _sets(rulebook, one.open_under, "Would be open", "")


def _sets(rulebook: Rulebook, changes: SmallestChanges, would: str, never: str) -> Iterator[Term]:
    if not changes.sets:
        none = f"no change of up to {count(MOST_CHANGES, 'reading')} is enough"
        yield Term(text(would), text(never if changes.every else none))
        return
    for number, one in enumerate(changes.sets[:MOST_SETS]):
        yield Term(text(f"{would} under" if number == 0 else "or under"), _changes(rulebook, one))
    rest = len(changes.sets) - MOST_SETS
    if rest > 0:
        yield Term(text(), text(faint(f"and under {count(rest, 'other change')}")))
    if not changes.every:
        yield Term(text(), text(faint(f"there may be others, of more than {MOST_CHANGES} readings")))


def _changes(rulebook: Rulebook, changes: Mapping[str, str]) -> Text:
    says = both([rulebook.readings[name].option(option).says for name, option in changes.items()])
    named: list[Text] = []
    for name, option in changes.items():
        named.append(text(", " if named else "", reading(f"{name}={option}", name)))
    return text(*named, f": {says}")
