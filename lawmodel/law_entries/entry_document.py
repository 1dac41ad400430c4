"""An entry of a rulebook as a document: a provision, a reading, a concept, a fact, whatever has an id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, assert_never

from lawmodel.document import (
    Block,
    Document,
    Item,
    Items,
    Note,
    Paragraph,
    Section,
    Table,
    faint,
    identifier,
    of_law,
    text,
)
from lawmodel.documents.heading import by_rulebook
from lawmodel.documents.property import claim_blocks
from lawmodel.law_entries.blocks import (
    NAMED,
    TWO_AND_NAME,
    Page,
    gap_blocks,
    terms,
    used_by,
)
from lawmodel.law_entries.entries import AnyEntry, ChoicesEntry, FactEntry, GapEntry, PropertyEntry
from lawmodel.law_entries.misconceptions import MisconceptionEntry, misconception_blocks
from lawmodel.law_entries.provision_document import (
    concept_blocks,
    conclusion_blocks,
    consequence_blocks,
    date_blocks,
    dating,
    number_blocks,
    outcome_blocks,
    provision_blocks,
    question_blocks,
)
from lawmodel.law_entries.provision_entries import (
    ConceptEntry,
    ConclusionEntry,
    ConsequenceEntry,
    DateEntry,
    NumberEntry,
    OutcomeEntry,
    ProvisionEntry,
    QuestionEntry,
)
from lawmodel.law_entries.source_document import (
    instrument_blocks,
    reading_blocks,
    source_blocks,
    stage_blocks,
    telling_blocks,
)
from lawmodel.law_entries.source_entries import InstrumentEntry, ReadingEntry, SourceEntry, StageEntry, TellingEntry
from lawmodel.rulebook.model import Consistency, Fact, SameAs

MANY: Final = 40
"""More choices than this are told as codes in a row."""


def entry_document(
    one: AnyEntry,
    entries: Collection[tuple[str, str]] = (),
    *,
    spelled_out: bool = False,
    pictures: bool = False,
) -> Document:
    """The sheet of an entry; with every concept spelled out where it is used, if so wanted, and with pictures.

    ``entries``: by kind and id, those on the same page.
    """
    told = _sheet(one, entries, spelled_out=spelled_out, pictures=pictures, apart=False)
    return replace(told, blocks=(*told.blocks, *by_rulebook(one.view.rulebook)))


def entry_among_others(one: AnyEntry, entries: Collection[tuple[str, str]], *, of_part: bool = False) -> Document:
    """The sheet of an entry where all that it reads has a sheet as well, so that it only names it; with pictures.

    ``of_part``: the entries are a part of the law, to be read by itself.
    """
    return _sheet(one, entries, spelled_out=False, pictures=True, apart=True, of_part=of_part)


def _sheet(
    one: AnyEntry,
    entries: Collection[tuple[str, str]],
    *,
    spelled_out: bool,
    pictures: bool,
    apart: bool,
    of_part: bool = False,
) -> Document:
    parts = () if apart else {(kind, name) for kind in ("reading", "instrument") for name in _parts(one, kind)}
    of, within = (f" of {one.question}", f"-{one.question}") if isinstance(one, OutcomeEntry) else ("", "")
    page = Page(one.view, entries, f"{one.kind}{within}-{one.id}", parts, apart, of_part)
    title, blocks = _told(one, page, spelled_out, pictures)
    subject = text(faint(f"{one.kind} "), identifier(one.id), faint(of))
    return Document(text(title), tuple(blocks), subject, anchor=page.owner)


def _parts(one: AnyEntry, kind: str) -> Iterable[str]:
    """What an entry tells in full as parts of its own."""
    match one:
        case ProvisionEntry() | ConceptEntry():
            return one.reading_ids if kind == "reading" else one.ids("instrument")
        case ConclusionEntry():
            return one.reading_ids if kind == "reading" else ()
        case _:
            return ()


def _told(one: AnyEntry, page: Page, spelled_out: bool, pictures: bool) -> tuple[str, Iterator[Block]]:
    """The title of an entry, and its blocks."""
    match one:
        case QuestionEntry():
            return one.written.asks, question_blocks(one, page)
        case OutcomeEntry():
            return one.written.means, outcome_blocks(one, page)
        case ProvisionEntry():
            return one.written.citation, provision_blocks(one, page, spelled_out, pictures=pictures)
        case ConceptEntry():
            return one.written.title or one.written.yes, concept_blocks(one, page, spelled_out)
        case ConclusionEntry():
            return one.written.title or one.id, conclusion_blocks(one, page, spelled_out)
        case ConsequenceEntry():
            return one.written.says, consequence_blocks(one, page)
        case NumberEntry():
            return one.written.says, number_blocks(one, page)
        case DateEntry():
            return one.written.title, date_blocks(one, page)
        case ReadingEntry():
            return one.written.title, reading_blocks(one, page)
        case TellingEntry():
            return one.written.title, telling_blocks(one, page)
        case PropertyEntry():
            return one.written.says, _property(one)
        case GapEntry():
            return one.written.title, gap_blocks(page, one.written)
        case MisconceptionEntry():
            return one.written.says, misconception_blocks(one, page)
        case InstrumentEntry():
            return one.written.title, instrument_blocks(one, page)
        case StageEntry():
            return one.written.says, stage_blocks(one, page)
        case SourceEntry():
            return one.written.title, source_blocks(one, page)
        case FactEntry():
            return one.written.title, _fact(one, page)
        case ChoicesEntry():
            return one.written.title, _choices(one, page)
    assert_never(one)


# --- facts and properties --------------------------------------------------------------------------------


def _fact(one: FactEntry, page: Page) -> Iterator[Block]:
    written = one.written
    of_each = "" if one.within is None else f", of each {one.view.rulebook.facts[one.within].each}"
    yield from terms(
        [
            ("Asked", written.ask),
            ("Type", f"{written.type}{of_each}"),
            ("Told in", written.unit),
            ("If yes", written.yes),
            ("If no", written.no),
            ("Said", None if written.phrase is None else written.phrase.replace("{}", "…")),
            ("One of them", written.each),
            ("If there is none", written.none),
            ("Left out", _left_out(written)),
            ("Ordinarily", written.ordinary or "nothing is presumed"),
            ("Fixed", "cannot change any more" if written.fixed else None),
            ("Judgment", "it states what is a judgment of law" if written.judgment else None),
            ("Dates the law", dating(one.view.rulebook) if one.dates_the_law else None),
            *(("Consistency", _rule_of_consistency(rule)) for rule in one.consistency),
        ]
    )
    if one.choices:
        remark = text(faint("the list "), page.named("choices", one.choices_list)) if one.choices_list else ()
        yield Section(text("Values"), (_values(one.choices, brief=bool(one.choices_list)),), remark)
    if written.words:
        rows = tuple(
            (text(meaning.says), text(meaning.means.replace("_", " ")), text(word))
            for word, meaning in written.words.items()
        )
        yield Section(text("Words that may stand for a day"), (Table(TWO_AND_NAME, rows),))
    if written.of:
        items = tuple(
            Item(
                text(of_law(field.ask, f"{one.id}.{field.id}")),
                f"{one.id}.{field.id}",
                (Paragraph(text(faint(_field(field)))),),
            )
            for field in written.of
        )
        yield Section(text("Fields"), (Items(items),))
    yield from used_by(page, one)


def _rule_of_consistency(rule: Consistency) -> str:
    if rule.order:
        return f"{rule.says} ({' ≤ '.join(rule.order)})"
    means = "odd, but no mistake" if rule.level == "warning" else "no case is so"
    return f"{rule.says} ({rule.id}: {means})"


def _field(one: Fact) -> str:
    return f"{one.type}; left out: {_left_out(one)}"


def _left_out(one: Fact) -> str:
    return f"the same as {one.left_out.path}" if isinstance(one.left_out, SameAs) else one.left_out


def _values(of: Mapping[str, str], *, brief: bool) -> Block:
    """Values in words with how they are typed; of a long list only how they are typed."""
    if brief and len(of) > MANY:
        return Paragraph(text(faint(", ".join(of))))
    return Table(NAMED, tuple((text(says), text(value)) for value, says in of.items()))


def _choices(one: ChoicesEntry, page: Page) -> Iterator[Block]:
    yield _values(one.written.of, brief=False)
    yield from terms([("Used by", page.names("fact", one.sharing) or "nothing")])


def _property(one: PropertyEntry) -> Iterator[Block]:
    yield from claim_blocks(one.view.rulebook, one.written)
    yield Note(text(faint("Whether it holds: "), identifier(f"lawmodel prove {one.id}")))
