"""What came of properties of the law, as a document: a line for each, or everything about one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.document import (
    Block,
    Document,
    Fold,
    Item,
    Items,
    Listing,
    Paragraph,
    Section,
    Term,
    Terms,
    Text,
    Verdict,
    strong,
    text,
)
from lawmodel.documents.found_case import answers_table, stated_facts
from lawmodel.documents.gaps import could_touch
from lawmodel.documents.heading import by_rulebook
from lawmodel.documents.property import claim_blocks
from lawmodel.inquiry.searching.found import SideAnswer
from lawmodel.inquiry.searching.proved import Proofs, PropertyVerdict, Refutation
from lawmodel.problems import listed
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.counts import count
from lawmodel.words.law import day
from lawmodel.words.outcomes import both

OF_NOTHING: Final = "proved of nothing: no case is as it gives"
ENOUGH: Final = (
    "That is enough for lists of any length: there are no more conditions than that on such a list, and of the records "
    "of a longer one all but one for each condition can be left out without any becoming true or false."
)


def all_verdicts(found: Proofs) -> Document:
    """How many were proved and refuted, and whether the rulebook says so too; then a line for each, by question."""
    blocks: list[Block] = [Paragraph(_counted(found))]
    for question in found.rulebook.questions.values():
        of_it = [one for one in found.properties if one.question == question.id]
        if of_it:
            items = tuple(Item(text(_came_of(one), ": ", one.says), one.id) for one in of_it)
            blocks.append(Section(text(question.title), (Items(items),), text(question.asks)))
    return Document(text("Properties of the law"), (*blocks, *by_rulebook(found.rulebook)), text(found.rulebook.title))


def _counted(found: Proofs) -> Text:
    number, proved = len(found.properties), sum(one.holds for one in found.properties)
    counted = f"{count(number, 'property', 'properties')}: {proved} proved, {number - proved} refuted"
    if not found.otherwise:
        return text(strong(counted), ", each as the rulebook says." if number > 1 else ", as the rulebook says.")
    return text(strong(counted), f". Not as the rulebook says: {listed([one.id for one in found.otherwise])}.")


def _came_of(one: PropertyVerdict) -> Text:
    if one.of_nothing:
        return text(strong(OF_NOTHING.capitalize()))
    if one.as_stated:
        return text(one.verdict.capitalize())
    return text(strong("Proved, and said not to hold" if one.holds else "Refuted, and said to hold"))


def one_verdict(rulebook: Rulebook, one: PropertyVerdict) -> Document:
    """Everything about one property: what came of it, the claim, for what it is proved, or the case against it."""
    blocks = (_verdict(one), *_because(one), Section(text("The property"), tuple(claim_blocks(rulebook, one.stated))))
    rest = _refuted(one.refutation) if one.refutation is not None else (_proved(rulebook, one),)
    return Document(text(one.says), (*blocks, *rest, *by_rulebook(rulebook)), text(one.id))


def verdict_alone(one: PropertyVerdict) -> Document:
    """What came of one property, without what its rulebook says of it."""
    rest = tuple(_refuted(one.refutation)) if one.refutation is not None else ()
    return Document(text(one.says), (_verdict(one), *_because(one), *rest), text(one.id))


def _verdict(one: PropertyVerdict) -> Verdict:
    if one.of_nothing:
        return Verdict(text(strong(OF_NOTHING.capitalize()), "."))
    otherwise = (
        () if one.as_stated else (text(f"The rulebook says that it {'does not hold' if one.holds else 'holds'}."),)
    )
    said = (
        " for every case, by the solver z3." if one.holds else " by the case below, the simplest that contradicts it."
    )
    return Verdict(text(strong(one.verdict), said), remarks=otherwise)


def _because(one: PropertyVerdict) -> Iterator[Block]:
    if one.because is not None:
        yield Paragraph(text(one.because))


def _proved(rulebook: Rulebook, one: PropertyVerdict) -> Section:
    """For how much a proof was made, and why that is enough."""
    records = [f"up to {number} of {path} ({rulebook.facts[path].title})" for path, number in one.records.items()]
    terms = {
        "Facts": f"{count(one.facts, 'fact')} that bear on it, each whatever it may be",
        "Readings": _readings(one),
        "Lists": f"{both(records)}. {ENOUGH}" if records else "no list bears on it",
    }
    terms["Law"] = f"the rules of {count(len(one.against), 'instrument')}: {', '.join(one.against)}"
    blocks: list[Block] = [Terms(tuple(Term(text(label), text(said)) for label, said in terms.items()))]
    if one.gaps:
        blocks.append(could_touch(one.gaps, "proof"))
    return Section(text("Proved for"), tuple(blocks))


def _readings(one: PropertyVerdict) -> str:
    if not one.readings:
        return "no open reading bears on it"
    return f"every option of {count(len(one.readings), 'reading')}: {', '.join(one.readings)}"


def _refuted(found: Refutation) -> Iterator[Block]:
    first, *others = found.seen
    sides = [(_side(found, one), one.answer) for one in found.seen]
    yield Section(text("Answers" if others else "Answer"), (answers_table(sides),))
    yield Section(text("The case"), (stated_facts(first.answer),), text("what it does not state is ordinary"))
    for other in others if found.second is not None else ():
        facts = stated_facts(other.answer, other_than=first.answer.facts)
        yield Section(text("The second case"), (facts,), text("otherwise as the first"))
    yield Fold(text("the case file, which --out DIR saves"), (Listing(found.to_yaml(), "yaml"),))


def _side(found: Refutation, one: SideAnswer) -> Text:
    """From which side an answer is seen: of which case, under which law and readings."""
    parts = [f"{name}={option}" for name, option in one.readings.items()]
    parts += [f"the law of {day(one.on)}"] if one.on is not None else []
    parts += [f"stage {one.stage}"] if one.stage is not None else []
    if found.second is not None:
        return text(f"the {one.name} case{', ' if parts else ''}{both(parts)}")
    return text(f"under {both(parts)}" if parts else "by default" if len(found.seen) > 1 else "")
