"""Cases that were found, as a document: the answers that each has, and the case; or that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.document import Block, Document, Fold, Listing, Paragraph, Section, Text, reading, text
from lawmodel.documents.found_case import answers_table, stated_facts
from lawmodel.documents.heading import law_line
from lawmodel.inquiry.searching.found import Found
from lawmodel.verbs.find.found_cases import FoundCases
from lawmodel.words.counts import count

PROVED: Final = "This is proved for all facts, lists of any length, and every option of the readings without a default."


def document(found: FoundCases) -> Document:
    """The simplest case that shows what was sought, and further ones; or that there is none, and for what."""
    asks = " ".join(found.rulebook.questions[name].asks for name in _asked(found))
    if not found.cases:
        return Document(text(f"There is no case in which {found.sought}"), (Paragraph(text(PROVED)),), text(asks))
    blocks: list[Block] = []
    if len(found.cases) == 1:
        blocks += _case(found, found.cases[0])
    else:
        for number, one in enumerate(found.cases, 1):
            blocks.append(Section(text(f"Case {number} of {len(found.cases)}"), tuple(_case(found, one))))
    if found.exhausted:
        blocks.append(Paragraph(text(f"There is no other that is essentially different: {len(found.cases)} in all.")))
    files = tuple(Listing(one.to_yaml(), "yaml") for one in found.cases)
    printed = "which --yaml prints alone and --out DIR saves"
    blocks.append(Fold(text(f"{count(len(files), 'case file')}, {printed}"), files))
    kind = "A likely" if found.lifelike and found.most == 1 else "Likely" if found.lifelike else "The simplest"
    cases = "case" if found.most == 1 else "cases"
    return Document(text(f"{kind} {cases} in which {found.sought}"), tuple(blocks), text(asks))


def _asked(found: FoundCases) -> tuple[str, ...]:
    return (found.cases[0].question,) if found.cases else found.questions


def _case(found: FoundCases, one: Found) -> Iterator[Block]:
    first = one.seen[0].answer
    if all(seen.on is None and seen.stage is None for seen in one.seen) and first.law_date:
        yield Paragraph(law_line(found.rulebook, first.stage, first.law_date))
    if one.readings:
        yield Paragraph(_readings(one))
    sides = [(_side(found, number), seen.answer) for number, seen in enumerate(one.seen)]
    yield Section(text("Answers" if len(sides) > 1 else "Answer"), (answers_table(sides),))
    yield Section(text("The case"), (stated_facts(first),), text("what it does not state is ordinary"))


def _side(found: FoundCases, number: int) -> Text:
    said = found.side(found.views[number])
    return text({"reading": "if ", "stage": "as law: "}.get(found.differ or "", "by ") if said else "", said)


def _readings(one: Found) -> Text:
    parts: list[Text] = []
    for name, option in one.readings.items():
        parts.append(text(", " if parts else "", reading(name, name), f"={option}"))
    return text("Readings of this case: ", *parts, ".")
