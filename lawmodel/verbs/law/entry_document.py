"""An entry of a rulebook as a document: a provision, a reading, a concept, a fact, whatever has an id."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, assert_never

from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Item,
    Items,
    Note,
    Paragraph,
    Section,
    Steps,
    Table,
    Text,
    faint,
    identifier,
    text,
)
from lawmodel.documents.outline import condition_section, outline_section, outline_step
from lawmodel.documents.property import claim_blocks
from lawmodel.rulebook.condition import Concludes, walk
from lawmodel.rulebook.dateline import became_law
from lawmodel.rulebook.model import Consistency, DateSwitch, Fact, Provision, Rulebook, SameAs, SourceRef
from lawmodel.rulebook.uses import Node
from lawmodel.verbs.law.blocks import (
    NAMED,
    TWO_AND_NAME,
    Page,
    certainty,
    dateline,
    gap_blocks,
    instruments_used,
    options,
    readings_used,
    sources,
    stage_says,
    standing,
    terms,
    used_by,
    web,
)
from lawmodel.verbs.law.entries import (
    AnyEntry,
    ChoicesEntry,
    ConceptEntry,
    ConclusionEntry,
    ConsequenceEntry,
    DateEntry,
    DependentEntry,
    FactEntry,
    GapEntry,
    InstrumentEntry,
    OutcomeEntry,
    PropertyEntry,
    ProvisionEntry,
    QuestionEntry,
    ReadingEntry,
    SourceEntry,
    StageEntry,
    TellingEntry,
    outcomes_of,
)
from lawmodel.words.counts import count
from lawmodel.words.law import day, how_seen, quoted
from lawmodel.words.outcomes import predicates, statement
from lawmodel.words.outline import CONCLUDED, ConclusionOutline, Outline, OutlineLine, figure_in_words

_OF_THIS_DAY: Final = "the law is that of this day"
MANY: Final = 40
"""More choices than this are told as codes in a row."""


def entry_document(one: AnyEntry, entries: Collection[tuple[str, str]] = (), *, spelled_out: bool = False) -> Document:
    """The sheet of an entry; with every concept spelled out where it is used, if so wanted.

    ``entries``: by kind and id, those on the same page.
    """
    parts = {(kind, name) for kind in ("reading", "instrument") for name in _parts(one, kind)}
    of, within = (f" of {one.question}", f"-{one.question}") if isinstance(one, OutcomeEntry) else ("", "")
    page = Page(one.view, entries, f"{one.kind}{within}-{one.id}", parts)
    title, blocks = _told(one, page, spelled_out)
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


def _told(one: AnyEntry, page: Page, spelled_out: bool) -> tuple[str, Iterator[Block]]:
    """The title of an entry, and its blocks."""
    match one:
        case QuestionEntry():
            return one.written.asks, _question(one, page)
        case OutcomeEntry():
            return one.written.means, _outcome(one, page)
        case ProvisionEntry():
            return one.written.citation, _provision(one, page, spelled_out)
        case ConceptEntry():
            return one.written.title or one.written.yes, _concept(one, page, spelled_out)
        case ConclusionEntry():
            return one.written.title or one.id, _conclusion(one, page, spelled_out)
        case ConsequenceEntry():
            return one.written.says, _consequence(one, page)
        case DateEntry():
            return one.written.title, _date(one, page)
        case ReadingEntry():
            return one.written.title, _reading(one, page)
        case TellingEntry():
            return one.written.title, _telling(one, page)
        case PropertyEntry():
            return one.written.says, _property(one)
        case GapEntry():
            return one.written.title, gap_blocks(page, one.written)
        case InstrumentEntry():
            return one.written.title, _instrument(one, page)
        case StageEntry():
            return one.written.says, _stage(one, page)
        case SourceEntry():
            return one.written.title, _source(one, page)
        case FactEntry():
            return one.written.title, _fact(one, page)
        case ChoicesEntry():
            return one.written.title, _choices(one, page)
    assert_never(one)


# --- questions and outcomes ------------------------------------------------------------------------------


def _question(one: QuestionEntry, page: Page) -> Iterator[Block]:
    if one.written.remark:
        yield Paragraph(text(one.written.remark))
    rulebook = one.view.rulebook
    rows = tuple((text(statement(rulebook, one.id, each.id)), text(each.id)) for each in one.written.outcomes)
    remark = text(faint("the strongest first; the last holds where no provision speaks"))
    yield Section(text("Outcomes"), (Table(NAMED, rows),), remark)
    yield from _consequences(one, page)
    found = [rulebook.provisions[each.id] for each in one.answered_by]
    yield Section(
        text("Provisions"), (provisions_table(page, found, with_outcomes=True),), text(faint(one.view.law_in_words))
    )
    for kind, title in (("reading", "reading"), ("fact", "fact")):
        nodes = (node for other in found for node in one.view.uses.reached(Node("provision", other.id)))
        names = dict.fromkeys(node.id for node in nodes if node.kind == kind)
        if names:
            titles = one.view.titles
            listed = tuple((text(titles.get((kind, name), "")), text(page.named(kind, name))) for name in names)
            yield Fold(text(f"{count(len(names), title)} on which it depends"), (Table((Column(), Column()), listed),))


def _consequences(one: QuestionEntry, page: Page) -> Iterator[Block]:
    """What follows from the outcomes themselves."""
    rulebook = one.view.rulebook
    rows = []
    for each in one.written.consequences:
        when = [
            f"{word} if it {predicates(rulebook, one.id, names)}"
            for word, names in (("certain", each.certain), ("possible", each.possible))
            if names
        ]
        said = _lines([text(rulebook.consequences[each.id].says), text(faint("; ".join(when)))])
        rows.append((text(each.citation), said, text(page.named("consequence", each.id))))
    if rows:
        yield Section(text("What follows from an answer"), (Table(TWO_AND_NAME, tuple(rows)),))


def provisions_table(page: Page, provisions: Sequence[Provision], *, with_outcomes: bool) -> Table:
    """Provisions by citation and title; what is not in force says so."""
    rows, view = [], page.view
    for one in provisions:
        found = view.told.provision(one)
        word = {True: "", False: "not in force", None: "open"}[found.is_law]
        said = [text(one.title)]
        if with_outcomes:
            outcomes = predicates(view.rulebook, one.question, outcomes_of(view, one))
            said.append(text(faint(f"{CONCLUDED}{outcomes or _beside(one)}")))
        if word:
            said.append(text(f"{word}: {found.says}"))
        rows.append((text(one.citation), _lines(said), text(page.named("provision", one.id))))
    return Table(TWO_AND_NAME, tuple(rows))


def _lines(texts: Sequence[Text]) -> Text:
    """Texts each on a line of its own."""
    pieces: list[str | Text] = []
    for one in texts:
        pieces += ["\n" if pieces else "", one]
    return text(*pieces)


def _beside(provision: Provision) -> str:
    """What a provision that concludes nothing does."""
    if provision.disapplies:
        return f"displaces {', '.join(provision.disapplies)}"
    brought = (
        [] if provision.brings is None else [one.name for one in walk(provision.brings) if isinstance(one, Concludes)]
    )
    return f"brings {', '.join(name for name in brought if name is not None)}" if brought else ""


def _outcome(one: OutcomeEntry, page: Page) -> Iterator[Block]:
    question = one.view.rulebook.questions[one.question]
    yield from terms(
        [
            ("Question", text(f"{question.asks} ", page.named("question", one.question))),
            ("Answer", one.written.says),
            ("As a statement", statement(one.view.rulebook, one.question, one.id)),
        ]
    )
    leads = one.written.leads_to
    if leads is not None:
        record = ", ".join(
            f"{name} {value.path if isinstance(value, SameAs) else value}" for name, value in leads.record.items()
        )
        yield Paragraph(text(f"Leads to: {leads.says} ({leads.add}: {record})."))
    found = [one.view.rulebook.provisions[name] for name in one.provisions]
    if not found:
        yield Paragraph(text("No provision concludes it."))
        return
    table = provisions_table(page, found, with_outcomes=False)
    yield Section(text("Provisions that can conclude it"), (table,), text(faint(one.view.law_in_words)))


# --- provisions and what they are made of -----------------------------------------------------------------


def _provision(one: ProvisionEntry, page: Page, spelled_out: bool) -> Iterator[Block]:
    written, view = one.written, one.view
    words = one.outline(spelled_out=spelled_out)
    question = view.rulebook.questions[written.question]
    yield Paragraph(text(written.title))
    yield Section(text("In the rulebook"), (Paragraph(text(written.text)),))
    if written.words is not None:
        of = page.cited([SourceRef(id=written.words.source, at=written.words.at, place=written.place)])
        yield Section(text("In the original"), (Paragraph(text(quoted(written.words), " ", faint("from "), of)),))
    yield from terms(
        [
            ("Question", text(f"{question.asks} ", page.named("question", question.id))),
            standing(view, view.told.provision(written), written.enacted_by),
            ("Enacted by", _instrument_named(page, written.enacted_by)),
            ("Repealed by", _instrument_named(page, written.repealed_by)),
            ("Text", certainty(written.certainty)),
            ("Tested at", None if written.at is None else words.day(written.at)),
            ("Displaces", page.names("provision", written.disapplies)),
            ("Displaced by", page.names("provision", one.disapplied_by)),
        ]
    )
    if written.in_force is not None:
        yield condition_section("In force if", written.in_force, words, page.links)
    yield condition_section("Applies if", written.when, words, page.links)
    if written.unless is not None:
        yield condition_section("Unless", written.unless, words, page.links)
    for title, stated in (("Then", written.concludes), ("Brings", written.brings)):
        if stated is not None:
            lines = _unwrapped(one.concluding(words).line(stated))
            yield outline_section(title, "", lines, page.links)
    yield from sources(page, written.sources)
    yield from _readings(one, page)
    yield from instruments_used(page, one.ids("instrument"))
    yield from _concepts(one, spelled_out)


def _instrument_named(page: Page, name: str | None) -> Text:
    if name is None:
        return ()
    return text(f"{page.view.rulebook.instruments[name].title} ", page.named("instrument", name))


def _readings(one: DependentEntry, page: Page) -> Iterator[Block]:
    """The readings on which an entry depends; those that it names itself first."""
    direct = {node.id for node in one.view.uses.direct.get(one.node, ()) if node.kind == "reading"}
    found = [ReadingEntry(one.view, one.view.rulebook.readings[name]) for name in one.reading_ids]
    yield from readings_used(page, found, direct)


def _concepts(one: DependentEntry, spelled_out: bool) -> Iterator[Block]:
    names = () if spelled_out else one.concepts
    if names:
        rows = tuple((text(one.view.rulebook.concepts[name].yes), text(name)) for name in names)
        yield Fold(text(f"{count(len(names), 'concept')} by name"), (Table(NAMED, rows),))


def _concept(one: ConceptEntry, page: Page, spelled_out: bool) -> Iterator[Block]:
    written = one.written
    if written.citation:
        yield Paragraph(text(written.citation))
    if written.text:
        yield Section(text("In the rulebook"), (Paragraph(text(written.text)),))
    about = None if written.about is None else text(page.named("fact", written.about))
    yield from terms(
        [
            ("If it holds", written.yes),
            ("If not", written.no),
            ("About one of", about),
            ("Text", certainty(written.certainty)),
        ]
    )
    words = Outline(one.view.rulebook, records=written.about, spelled_out=spelled_out)
    yield condition_section("Holds if", written.when, words, page.links)
    yield from sources(page, written.sources)
    yield from used_by(page, one)
    yield from _readings(one, page)
    yield from instruments_used(page, one.ids("instrument"))


def _conclusion(one: ConclusionEntry, page: Page, spelled_out: bool) -> Iterator[Block]:
    shared = one.written
    if shared.citation:
        yield Paragraph(text(shared.citation))
    if shared.text:
        yield Section(text("In the rulebook"), (Paragraph(text(shared.text)),))
    words = Outline(one.view.rulebook, spelled_out=spelled_out)
    lines = _unwrapped(ConclusionOutline(words, None).line(shared.concludes))
    yield outline_section("Concludes", "", lines, page.links)
    yield from terms([("Text", certainty(shared.certainty))])
    yield from sources(page, shared.sources)
    yield from used_by(page, one)
    yield from _readings(one, page)


def _unwrapped(line: OutlineLine) -> tuple[OutlineLine, ...]:
    """The cases themselves, where a conclusion is nothing but cases."""
    return line.below if line.below and not line.name else (line,)


def _consequence(one: ConsequenceEntry, page: Page) -> Iterator[Block]:
    figures = [
        ("or" if number else "Figures", figure_in_words(one.view.rulebook, figure))
        for number, figure in enumerate(one.written.figures)
    ]
    yield from terms([*figures, ("Text", certainty(one.written.certainty))])
    yield from sources(page, one.written.sources)
    yield from used_by(page, one)


# --- readings, dates, tellings, properties -----------------------------------------------------------------


def _reading(one: ReadingEntry, page: Page) -> Iterator[Block]:
    yield from options(page, one.written)
    every = [*one.written.sources, *(reference for option in one.options for reference in option.supported_by)]
    yield from sources(page, list({(reference.id, reference.at): reference for reference in every}.values()))
    yield from used_by(page, one)


def _dating(rulebook: Rulebook) -> str:
    """How a fact dates the law: by itself, or as a named date says."""
    return (
        _OF_THIS_DAY if rulebook.law_day is None else f"by {rulebook.law_day}: {rulebook.dates[rulebook.law_day].title}"
    )


def _date(one: DateEntry, page: Page) -> Iterator[Block]:
    words, value = Outline(one.view.rulebook), one.written.value
    if isinstance(value, DateSwitch):
        read = one.view.rulebook.readings[value.reading]
        lines = tuple(
            OutlineLine(
                words.day_rule(value.branches.get(option.id) or value.branches["otherwise"]),
                option=option.id,
                default=option.id == read.default,
            )
            for option in read.options
        )
        step = outline_step(OutlineLine(read.title, f"reading {read.id}", lines), page.links)
        yield Steps((step,))
    yield from terms(
        [
            ("Is", None if isinstance(value, DateSwitch) else words.day_rule(value)),
            ("Dates the law", _OF_THIS_DAY if one.id == one.view.rulebook.law_day else None),
            ("Why", one.written.why),
            ("Text", certainty(one.written.certainty)),
        ]
    )
    yield from sources(page, one.written.sources)
    yield from used_by(page, one)


def _telling(one: TellingEntry, page: Page) -> Iterator[Block]:
    written, rulebook = one.written, one.view.rulebook
    at = f" ({written.stage_at})" if written.stage_at else ""
    source = text(f"{rulebook.sources[written.source].title} ", page.named("source", written.source))
    yield from terms([("Source", source), ("Counts as law", f"what is {stage_says(one.view, written.stage)}{at}")])
    rows = []
    for told in written.readings:
        entry = rulebook.readings[told.reading]
        if entry.default is None:
            differs = "the text is open"
        else:
            differs = "as by default" if told.option == entry.default else f"by default {entry.default}"
        said = text(told.says or entry.option(told.option).says, "\n", faint(f"{told.option}; {differs}"))
        rows.append((text(page.named("reading", told.reading)), said, text(told.at)))
    silent = len(rulebook.readings) - len(written.readings)
    remark = text(faint(f"silent on the other {count(silent, 'reading')}"))
    yield Section(text("Reads"), (Table((Column(), Column(), Column()), tuple(rows)),), remark)
    if written.remarks:
        remarks = tuple((text(each.says), text(each.at)) for each in written.remarks)
        yield Section(text("Says besides"), (Table((Column(), Column()), remarks),))


def _property(one: PropertyEntry) -> Iterator[Block]:
    yield from claim_blocks(one.view.rulebook, one.written)
    yield Note(text(faint("Whether it holds: "), identifier(f"lawmodel prove {one.id}")))


# --- instruments, stages, sources --------------------------------------------------------------------------


def _instrument(one: InstrumentEntry, page: Page) -> Iterator[Block]:
    yield from terms([standing(one.view, one.view.told.instrument(one.written)), ("Remark", one.written.remark)])
    remark = text(faint("→ from here on it counts as law"))
    yield Section(text("Date line"), (dateline(page, one.written),), remark)
    yield from sources(page, one.written.sources)
    yield from used_by(page, one)


def _source(one: SourceEntry, page: Page) -> Iterator[Block]:
    written = one.written
    yield from terms(
        [
            ("Kind", written.kind),
            ("Date", None if written.date is None else day(written.date)),
            ("Address", web(written.address)),
            ("Seen", None if written.seen is None else how_seen(written.seen)),
            ("Remark", written.remark),
        ]
    )
    if not one.cited_by:
        yield Paragraph(text("Nothing cites it."))
        return
    rows = tuple(
        (
            text(cited.at or "as a whole"),
            text(f"{cited.kind} ", page.named(cited.kind, cited.id)),
            text(cited.part or ""),
        )
        for cited in sorted(one.cited_by, key=lambda cited: _by_number(cited.at or ""))
    )
    yield Section(text("Cited by"), (Table((Column(), Column(), Column()), tuple(rows)),))


def _by_number(place: str) -> list[tuple[int, str]]:
    """A key that puts L3 before L10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]{1,9})", place)]


def _stage(one: StageEntry, page: Page) -> Iterator[Block]:
    order = [stage.id for stage in one.view.rulebook.stages]
    yield Paragraph(text(f"Stage {order.index(one.id) + 1} of {len(order)}: {' → '.join(order)}"))
    rows = []
    for name, instrument in one.view.rulebook.instruments.items():
        step = became_law(one.view.rulebook, instrument, one.id)
        since = "not at all" if step is None else f"{day(step.date)}: {stage_says(one.view, step.stage)}"
        rows.append((text(instrument.title), text(since), text(page.named("instrument", name))))
    columns = (Column("Instrument"), Column("Counts since"), Column(kind="identifier"))
    title = text("As if every bill that had got so far were law")
    yield Section(title, (Table(columns, tuple(rows)),))


# --- facts --------------------------------------------------------------------------------------------------


def _fact(one: FactEntry, page: Page) -> Iterator[Block]:
    written = one.written
    of_each = "" if one.within is None else f", of each {one.view.rulebook.facts[one.within].each}"
    yield from terms(
        [
            ("Asked", written.ask),
            ("Type", f"{written.type}{of_each}"),
            ("If yes", written.yes),
            ("If no", written.no),
            ("Said", None if written.phrase is None else written.phrase.replace("{}", "…")),
            ("One of them", written.each),
            ("If there is none", written.none),
            ("Left out", _left_out(written)),
            ("Ordinarily", written.ordinary or "nothing is presumed"),
            ("Fixed", "cannot change any more" if written.fixed else None),
            ("Dates the law", _dating(one.view.rulebook) if one.dates_the_law else None),
            *(("Consistency", _rule_of_consistency(rule)) for rule in one.consistency),
        ]
    )
    if one.choices:
        remark = text(faint(f"the list {one.choices_list}")) if one.choices_list else ()
        yield Section(text("Values"), (_values(one.choices, brief=bool(one.choices_list)),), remark)
    if written.words:
        rows = tuple(
            (text(meaning.says), text(meaning.means.replace("_", " ")), text(word))
            for word, meaning in written.words.items()
        )
        yield Section(text("Words that may stand for a day"), (Table(TWO_AND_NAME, rows),))
    if written.of:
        items = tuple(
            Item(text(field.ask), f"{one.id}.{field.id}", (Paragraph(text(faint(_field(field)))),))
            for field in written.of
        )
        yield Section(text("Fields"), (Items(items),))
    yield from used_by(page, one)


def _rule_of_consistency(rule: Consistency) -> str:
    if rule.when is None:
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
