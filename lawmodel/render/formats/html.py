"""One page for browsers and printers.

No script is in it, and nothing is fetched. It is light, dark or printed; what is folded is a ``<details>``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from importlib.resources import files
from typing import Final, TypeAlias, assert_never

from lawmodel.document import (
    Bar,
    Block,
    Chart,
    DecisionTable,
    Diagnostic,
    Document,
    Fold,
    Footnote,
    Footnotes,
    Item,
    Items,
    Ladder,
    Link,
    Listing,
    Note,
    Paragraph,
    Picture,
    ReasonStep,
    Section,
    SideBySide,
    Span,
    StackedBar,
    StackedChart,
    Steps,
    Table,
    Term,
    Terms,
    Text,
    TimeLine,
    Truth,
    Verdict,
    plain,
)
from lawmodel.render.pictures import ladder, time_line
from lawmodel.render.pictures.lists import as_list

MARKS: Final[dict[Truth, tuple[str, str]]] = {
    "met": ("✓", "met: "),
    "not met": ("✗", "not met: "),
    "not known": ("?", "not known: "),
}
"""The mark that is seen, and the words that are read aloud."""
LEVEL_WORDS: Final = {"note": "", "odd": "Odd: ", "error": "Error: "}
DEEPEST: Final = 6
EXTENSIONS: Final = (".html", ".htm")
MARK: Final = '<meta name="generator" content="lawmodel">'
FILLS: Final = 7
"""Fills of the parts of a stacked bar in `page.css`; more parts begin anew."""
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing is run and nothing is fetched, whatever a text holds."""
LeadsTo: TypeAlias = Callable[[Link], str | None]
"""The address of an entry of the rulebook, a source or a case; None where there is no page of it."""


def nowhere(_: Link) -> None:
    """On a page of its own there are no other pages to lead to."""


def render(document: Document, *, everything: bool = False) -> str:
    """The whole document as a page of its own; what is folded can be unfolded in the page."""
    main = main_part(document)
    if everything:  # a text of the user's holds no tag: it is escaped
        main = main.replace("<details>", "<details open>")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{MARK}\n"
        f"<title>{_escaped(plain(document.title))}</title>\n<style>\n{style_sheet()}</style>\n</head>\n<body>\n"
        f"{main}\n</body>\n</html>\n"
    )


def style_sheet() -> str:
    """What styles the parts of a page."""
    return files("lawmodel.render.formats").joinpath("page.css").read_text(encoding="utf-8")


def main_part(document: Document, to: LeadsTo = nowhere) -> str:
    """The whole document as the main part of a page; ``to`` says where other pages are."""
    subject = f'<p class="subject">{inline(document.subject, to)}</p>' if document.subject else ""
    inside = f"<h1>{inline(document.title, to)}</h1>\n{subject}\n{blocks(document.blocks, to=to)}"
    return _once(f"<main{_place(document.anchor)}>\n{inside}\n</main>")


def blocks(of: Iterable[Block], level: int = 2, to: LeadsTo = nowhere) -> str:
    """Blocks as a piece of a page, which `page.css` styles.

    ``level`` is that of their headings, ``to`` says where the other pages are.
    """
    return "\n".join(part for block in of for part in _block(block, level, to))


def _block(block: Block, level: int, to: LeadsTo) -> Iterator[str]:
    match block:
        case Verdict(sentence, identifier, remarks):
            names = "".join(f" <code>{_escaped(name)}</code>" for name in identifier.split())
            yield f'<p class="verdict">{inline(sentence, to)}{names}</p>'
            yield from (f"<p>{inline(remark, to)}</p>" for remark in remarks)
        case Paragraph(text):
            yield f"<p>{inline(text, to)}</p>"
        case Items(items, numbered, first):
            kind = "ol" if numbered else "ul"
            start = f' start="{first}"' if numbered and first != 1 else ""
            yield f"<{kind}{start}>{''.join(_item(item, level, to) for item in items)}</{kind}>"
        case Steps(steps):
            yield _steps(steps, to)
        case SideBySide():
            yield _side_by_side(block, to)
        case DecisionTable():
            yield _decision_table(block, to)
        case Table():
            yield _table(block, to)
        case Terms(terms):
            yield f"<dl>{''.join(_term(term, level, to) for term in terms)}</dl>"
        case Chart():
            yield _chart(block, to)
        case StackedChart():
            yield _stacked_chart(block, to)
        case TimeLine():
            yield _picture(block, "timeline", time_line.drawings(block), level, to)
        case Ladder():
            yield _picture(block, "ladder", ladder.drawings(block), level, to)
        case Diagnostic(place, message, mend, excerpt):
            listed = _listing(excerpt) if excerpt else ""
            told = f"<p><code>{_escaped(place)}</code> {inline(message, to)}</p>"
            yield f'<div class="diagnostic">{told}{listed}<p>{inline(mend, to)}</p></div>'
        case Note(text, note_level):
            yield f'<p class="note {note_level}">{LEVEL_WORDS[note_level]}{inline(text, to)}</p>'
        case Listing(text):
            yield _listing(text)
        case Footnotes(notes):
            listed = "".join(_footnote(note, to) for note in notes)
            yield f'<section class="footnotes" role="doc-endnotes" aria-label="Notes"><ol>{listed}</ol></section>'
        case Section(title, inner, remark, anchor, identifier):
            heading = f"h{min(level, DEEPEST)}"
            name = f" <code>{_escaped(identifier)}</code>" if identifier else ""
            beside = f' <span class="remark">{inline(remark, to)}</span>' if remark else ""
            head = f"<{heading}>{inline(title, to)}{name}</{heading}>"
            yield f"<section{_place(anchor)}>{head}{beside}{blocks(inner, level + 1, to)}</section>"
        case Fold(summary, inner):
            yield f"<details><summary>{inline(summary, to)}</summary>{blocks(inner, level, to)}</details>"
        case _:
            assert_never(block)


def _item(item: Item, level: int, to: LeadsTo) -> str:
    name = f" <code>{_escaped(item.identifier)}</code>" if item.identifier else ""
    return f"<li{_place(item.anchor)}>{inline(item.text, to)}{name}{blocks(item.blocks, level, to)}</li>"


def _footnote(note: Footnote, to: LeadsTo) -> str:
    """A footnote; the way back leads to the first of its marks, the only one that keeps its place (`_once`)."""
    back = f'<a href="#mark-{note.number}" role="doc-backlink" aria-label="back to note {note.number}">↑</a>'
    return f'<li value="{note.number}"{_place(f"note-{note.number}")}>{inline(note.text, to)} {back}</li>'


def _mark(number: int) -> str:
    place = _place(f"mark-{number}")
    return f'<sup><a href="#note-{number}"{place} role="doc-noteref" aria-label="note {number}">{number}</a></sup>'


def _term(term: Term, level: int, to: LeadsTo) -> str:
    """A label with what is said under it; without a label it is said under the one before."""
    label = f"<dt>{inline(term.label, to)}</dt>" if term.label else ""
    return f"{label}<dd>{inline(term.text, to)}{blocks(term.blocks, level, to)}</dd>"


def _steps(steps: Iterable[ReasonStep], to: LeadsTo) -> str:
    return f'<ul class="steps">{"".join(_step(step, to) for step in steps)}</ul>'


def _step(step: ReasonStep, to: LeadsTo) -> str:
    mark = ""
    if step.truth is not None:
        seen, spoken = MARKS[step.truth]
        mark = f'<span class="mark" aria-hidden="true">{seen}</span><span class="spoken">{spoken}</span>'
    remark = f' <span class="remark">{inline(step.remark, to)}</span>' if step.remark else ""
    place = _place(step.anchor)
    if step.anchor:
        place += f' title="{_escaped(step.anchor)}"'
    below = _steps(step.steps, to) if step.steps else ""
    return f"<li{place}>{mark}{inline(step.text, to)}{remark}{below}</li>"


def _side_by_side(block: SideBySide, to: LeadsTo) -> str:
    head = "".join(f'<th scope="col">{_escaped(title)}</th>' for title in block.head)
    rows = []
    for row in block.rows:
        cells = ("" if side is None else _steps((side,), to) for side in row)
        rows.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return f'<table class="beside"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _decision_table(table: DecisionTable, to: LeadsTo) -> str:
    head = "".join(
        f'<th scope="col">{_escaped(title)}</th>' for title in (table.head[0] or "If", table.head[1] or "Then")
    )
    rows = []
    for decision in table.decisions:
        name = f" <code>{_escaped(decision.identifier)}</code>" if decision.identifier else ""
        inside = []
        if decision.subject:
            inside = [f'<tr><th colspan="2" scope="rowgroup">{inline(decision.subject, to)}{name}</th></tr>']
        for row in decision.rows:
            typed = f" <code>{_escaped(row.identifier)}</code>" if row.identifier else ""
            inside.append(f"<tr><td>{inline(row.condition, to)}</td><td>{inline(row.outcome, to)}{typed}</td></tr>")
        rows.append(f"<tbody>{''.join(inside)}</tbody>")
    return f'<table class="decisions"><thead><tr>{head}</tr></thead>{"".join(rows)}</table>'


def _table(table: Table, to: LeadsTo) -> str:
    caption = f"<caption>{_escaped(table.caption)}</caption>" if table.caption else ""
    head = ""
    if any(column.title for column in table.columns):
        titles = "".join(
            f'<th scope="col" class="{one.kind}">{_escaped(one.title)}</th>' if one.title else "<td></td>"
            for one in table.columns
        )
        head = f"<thead><tr>{titles}</tr></thead>"
    rows = []
    for row in table.rows:
        cells = [
            f'<td class="{column.kind}">{inline(cell, to)}</td>'
            for cell, column in zip(row, table.columns, strict=True)
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    named = _escaped(table.caption or "table")
    inside = f"<table>{caption}{head}<tbody>{''.join(rows)}</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{named}">{inside}</div>'


def _chart(chart: Chart, to: LeadsTo) -> str:
    caption = f"<figcaption>{_escaped(chart.caption)}</figcaption>" if chart.caption else ""
    return f'<figure class="chart">{caption}<ul>{"".join(_bar(one, to) for one in chart.bars)}</ul></figure>'


def _bar(bar: Bar, to: LeadsTo) -> str:
    wide = max(0.0, min(100.0, bar.share * 100))
    return (
        f'<li><span class="label">{inline(bar.label, to)}</span>'
        '<svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none">'
        '<rect class="whole" width="100" height="8"/>'
        f'<rect class="part" width="{wide:.1f}" height="8"/></svg>'
        f'<span class="figure">{_escaped(bar.figure)}</span> <span class="remark">{inline(bar.remark, to)}</span></li>'
    )


def _listing(text: str) -> str:
    return f'<pre tabindex="0" role="group" aria-label="file"><code>{_escaped(text)}</code></pre>'


def _stacked_chart(chart: StackedChart, to: LeadsTo) -> str:
    caption = f"<figcaption>{_escaped(chart.caption)}</figcaption>" if chart.caption else ""
    legend = "".join(
        f'<li><span class="fill-{number % FILLS}" aria-hidden="true"></span>{_escaped(name)}</li>'
        for number, name in enumerate(chart.series)
    )
    longest = max((one.total for one in chart.bars), default=0)
    bars = "".join(_stacked_bar(one, chart.series, longest, to) for one in chart.bars)
    return f'<figure class="stacked">{caption}<ul class="legend">{legend}</ul><ul>{bars}</ul></figure>'


def _stacked_bar(bar: StackedBar, series: tuple[str, ...], longest: int, to: LeadsTo) -> str:
    """A bar; whoever does not see it is told its parts."""
    parts = "".join(
        f'<svg class="fill-{number % FILLS}" width="{100 * count / longest:.2f}%">'
        f"<title>{_escaped(name)}: {count:,} of {bar.total:,}</title></svg>"
        for number, (name, count) in enumerate(zip(series, bar.counts, strict=True))
        if count
    )
    spoken = ", ".join(f"{name} {count:,}" for name, count in zip(series, bar.counts, strict=True) if count)
    return (
        f'<li><span class="label">{inline(bar.label, to)}</span><span class="parts" aria-hidden="true">{parts}</span>'
        f'<span class="figure">{bar.total:,}</span><span class="spoken">: {_escaped(spoken)}</span></li>'
    )


def _picture(picture: Picture, kind: str, drawn: str, level: int, to: LeadsTo) -> str:
    """A picture in two drawings, of which the page shows the one that fits, with the same as a list."""
    listed = "".join(_block(as_list(picture), level, to))
    caption = f"<figcaption>{_escaped(picture.title)}</figcaption>"
    folded = f"<details><summary>The same as a list</summary>{listed}</details>"
    drawings = f'<div class="drawings">{drawn}</div>' if drawn else ""
    return f'<figure class="picture {kind}">{caption}{drawings}{folded if drawn else listed}</figure>'


def _place(anchor: str) -> str:
    return f' id="{_escaped(anchor)}"' if anchor else ""


def _once(page: str) -> str:
    """The page with each name of a place at the first of them only: a quote in a user's text is never a plain one."""
    met: set[str] = set()

    def first(found: re.Match[str]) -> str:
        is_new = found[1] not in met
        met.add(found[1])
        return found[0] if is_new else ""

    return re.sub(r' id="([^"]*)"', first, page)


def inline(text: Text, to: LeadsTo = nowhere) -> str:
    """A text as a piece of a line of a page."""
    return "".join(_span(span, to) for span in text)


def _span(span: Span, to: LeadsTo) -> str:
    mark = "" if span.note is None else _mark(span.note)
    return f"{_linked(span, to)}{mark}" if span.text else mark


def _linked(span: Span, to: LeadsTo) -> str:
    said = _escaped(span.text).replace("\n", "<br>")
    if span.language:
        said = f'<span lang="{_escaped(span.language)}">{said}</span>'
    match span.style:
        case "strong":
            said = f"<strong>{said}</strong>"
        case "faint":
            said = f'<span class="faint">{said}</span>'
        case "reading":
            said = f'<span class="reading">{said}</span>'
        case "identifier":
            said = f"<code>{said}</code>"
        case "plain":
            pass
    link = span.link
    if link is not None and link.kind == "web" and link.to.startswith(("https://", "http://")):
        return f'<a href="{_escaped(link.to)}" rel="noopener noreferrer">{said}</a>'
    if link is not None and link.kind == "step":
        return f'<a href="#{_escaped(link.to)}">{said}</a>'
    if link is not None and link.kind == "note":
        return f'<a href="#note-{_escaped(link.to)}">{said}</a>'
    if link is not None and link.kind not in ("web", "step", "note") and (address := to(link)):
        return f'<a href="{_escaped(address)}">{said}</a>'
    return said


def _escaped(words: str) -> str:
    return escape(words, quote=True)
