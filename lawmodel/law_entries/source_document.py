"""Where law comes from, as documents: sources, instruments and stages, and how the text is read and told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lawmodel.document import (
    Block,
    Column,
    Paragraph,
    Section,
    Table,
    faint,
    text,
)
from lawmodel.law_entries.blocks import (
    Page,
    dateline,
    further_entries,
    options,
    sources,
    stage_says,
    standing,
    terms,
    used_by,
    web,
)
from lawmodel.law_entries.source_entries import InstrumentEntry, ReadingEntry, SourceEntry, StageEntry, TellingEntry
from lawmodel.rulebook.dateline import became_law
from lawmodel.words.counts import count
from lawmodel.words.law import day, how_seen


def reading_blocks(one: ReadingEntry, page: Page) -> Iterator[Block]:
    """A reading, its options, and who supports each."""
    yield from options(page, one.written)
    every = [*one.written.sources, *(reference for option in one.options for reference in option.supported_by)]
    yield from sources(page, list({(reference.id, reference.at): reference for reference in every}.values()))
    yield from used_by(page, one)


def telling_blocks(one: TellingEntry, page: Page) -> Iterator[Block]:
    """A telling, and how it reads the law."""
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


def instrument_blocks(one: InstrumentEntry, page: Page) -> Iterator[Block]:
    """An instrument, and its date line."""
    yield from terms([standing(one.view, one.view.told.instrument(one.written)), ("Remark", one.written.remark)])
    remark = text(faint("→ from here on it counts as law"))
    yield Section(text("Date line"), (dateline(page, one.written),), remark)
    yield from sources(page, one.written.sources)
    yield from used_by(page, one)


def source_blocks(one: SourceEntry, page: Page) -> Iterator[Block]:
    """A source, and what cites it."""
    written = one.written
    yield from terms(
        [
            ("Kind", written.kind),
            ("In short", written.short),
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
        if page.tells(cited.kind, cited.id)
    )
    blocks: tuple[Block, ...] = (Table((Column(), Column(), Column()), tuple(rows)),) if rows else ()
    yield Section(text("Cited by"), (*blocks, *further_entries(len(one.cited_by) - len(rows))))


def _by_number(place: str) -> list[tuple[int, str]]:
    """A key that puts L3 before L10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]{1,9})", place)]


def stage_blocks(one: StageEntry, page: Page) -> Iterator[Block]:
    """A stage, and since when instruments count at it."""
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
