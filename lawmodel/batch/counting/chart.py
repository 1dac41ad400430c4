"""A table of counts as a page with a chart: one HTML file that needs nothing else, readable in black and white."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Final

from lawmodel.batch.counting.answer_files import APART
from lawmodel.batch.counting.counting import GROUND
from lawmodel.batch.counting.tabulated import Group, Tabulated
from lawmodel.batch.rows.answers import DEPENDS
from lawmodel.rulebook.model import Rulebook

MOST_BARS: Final = 30
WIDTH, LABEL, BAR, GAP, NUMBER = 1000, 320, 20, 10, 110
"""In pixels: the drawing, the room for labels, the height of a bar, the gap below it, the room for numbers."""
FILLS: Final = (
    ("#1f1f1f", ""),
    ("#ffffff", '<path d="M0 8L8 0" stroke="#1f1f1f" stroke-width="2"/>'),
    ("#8c8c8c", ""),
    ("#ffffff", '<circle cx="4" cy="4" r="1.6" fill="#1f1f1f"/>'),
    ("#dcdcdc", ""),
    ("#ffffff", '<path d="M0 4H8" stroke="#1f1f1f" stroke-width="1.4"/>'),
    ("#b9b9b9", '<path d="M0 0L8 8" stroke="#1f1f1f" stroke-width="1.4"/>'),
)
"""A shade and a pattern for each outcome, told apart without colour."""


def chart_page(rulebook: Rulebook, table: Tabulated) -> str:
    """The page: what was asked, under which readings, the chart, what moved, and the numbers."""
    question = rulebook.questions[table.about["question"]]
    outcomes = _outcomes(rulebook, table)
    by = " and ".join(_title(rulebook, name) for name in table.by) or "nothing: all of them together"
    table = _in_words(rulebook, table)
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="generator" content="lawmodel">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(question.asks)}</title>",
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>{escape(question.asks)}</h1>",
        f"<p>{table.total:,} cases, by {escape(by)}. {escape(_law(table.about))}</p>",
        *_what_differs(table),
        "".join(_svg(table, outcomes)),
        *_moved(table, outcomes),
        *_numbers(table, outcomes),
        f"<p class=note>{escape(str(table.about.get('rulebook', '')))}. A model for study, and no legal advice.</p>",
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _outcomes(rulebook: Rulebook, table: Tabulated) -> dict[str, str]:
    """The outcomes that occur in either run, the strongest first, with what they mean."""
    occurring = {*table.outcomes, *(one.after for one in table.moved)}
    means = {one.id: one.means for one in rulebook.questions[table.about["question"]].outcomes}
    return {name: text for name, text in {**means, DEPENDS: "it depends on what is open"}.items() if name in occurring}


def _title(rulebook: Rulebook, name: str) -> str:
    try:
        return rulebook.fact(name).title
    except (KeyError, ValueError):
        return name


def _in_words(rulebook: Rulebook, table: Tabulated) -> Tabulated:
    """The table with the rulebook's words in place of choices, and citations in place of provisions."""
    words: list[dict[str, str]] = []
    for name in table.by:
        try:
            fact = rulebook.fact(name)
        except (KeyError, ValueError):
            words.append({one.id: one.citation for one in rulebook.provisions.values()} if name == GROUND else {})
        else:
            words.append({"yes": fact.yes or "yes", "no": fact.no or "no", **rulebook.choices_of(fact)})

    def said(labels: Sequence[str]) -> tuple[str, ...]:
        parts = zip(words, labels, strict=True)
        return tuple(" + ".join(of.get(one, one) for one in label.split(" + ")) for of, label in parts)

    return replace(
        table,
        by=tuple(_title(rulebook, name) for name in table.by),
        groups=tuple(replace(one, labels=said(one.labels)) for one in table.groups),
        moved=tuple(replace(one, labels=said(one.labels)) for one in table.moved),
    )


def _law(about: Mapping[str, object]) -> str:
    date = about.get("law_date")
    return f"Law of {date}." if date else "Law of the day of each case."


def _what_differs(table: Tabulated) -> Iterator[str]:
    """The readings, or the law, in which the two runs differ."""
    if table.against is None:
        return
    if table.sets > 1:
        other = ", ".join(str(table.against[name]) for name in APART if name in table.against)
        yield f"<p><strong>Second bar:</strong> {escape(other or 'the other run')}.</p>"
        return
    first, second = _settings(table.about), _settings(table.against)
    names = [name for name in {**first, **second} if first.get(name) != second.get(name)]
    told = "; ".join(f"{name}: {first.get(name)} → {second.get(name)}" for name in names)
    yield f"<p><strong>First bar and second bar:</strong> {escape(told or 'the same law and readings')}.</p>"


def _settings(about: Mapping[str, object]) -> dict[str, object]:
    readings = about.get("readings")
    found = dict(readings) if isinstance(readings, dict) else {}
    return {**found, "law": about.get("law_date") or "of the day of each case", "stage": about.get("stage")}


def after(table: Tabulated) -> tuple[Group, ...]:
    """The groups as the second run has them."""
    found = []
    for group in table.groups:
        counts = Counter(group.counts)
        for one in table.moved:
            if one.labels == group.labels:
                counts[one.before] -= one.count
                counts[one.after] += one.count
        found.append(Group(group.labels, {name: count for name, count in counts.items() if count}))
    return tuple(found)


def _svg(table: Tabulated, outcomes: Mapping[str, str]) -> Iterator[str]:
    shown = table.groups[:MOST_BARS]
    second = after(table)[:MOST_BARS] if table.against is not None else ()
    bars = 2 if second else 1
    step = bars * BAR + GAP
    legend = 24 * len(outcomes) + 16
    height = legend + step * len(shown) + GAP
    scale = (WIDTH - LABEL - NUMBER) / max((one.total for one in shown), default=1)
    yield f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="How often each outcome" width="{WIDTH}">'
    yield "<defs>"
    for number, (shade, pattern) in enumerate(FILLS):
        yield f'<pattern id="f{number}" width="8" height="8" patternUnits="userSpaceOnUse">'
        yield f'<rect width="8" height="8" fill="{shade}"/>{pattern}</pattern>'
    yield "</defs>"
    fills = {name: f"url(#f{number % len(FILLS)})" for number, name in enumerate(outcomes)}
    for number, (name, means) in enumerate(outcomes.items()):
        y = 6 + 24 * number
        yield f'<rect x="{LABEL}" y="{y}" width="28" height="16" fill="{fills[name]}" stroke="#1f1f1f"/>'
        yield f'<text x="{LABEL + 38}" y="{y + 13}">{escape(name)}: {escape(means)}</text>'
    for number, group in enumerate(shown):
        y = legend + step * number
        label = ", ".join(group.labels) or "all cases"
        middle = y + bars * BAR / 2 + 5
        yield f'<text x="{LABEL - 10}" y="{middle:.0f}" text-anchor="end">{escape(_short(label))}</text>'
        for place, one in enumerate((group, *second[number : number + 1])):
            yield from _bar(one, y + place * BAR, scale, fills, outcomes)
    yield "</svg>"
    if len(table.groups) > MOST_BARS:
        yield f"<p class=note>The {MOST_BARS} largest of {len(table.groups)} groups; the table has all.</p>"


def _bar(group: Group, y: float, scale: float, fills: Mapping[str, str], outcomes: Mapping[str, str]) -> Iterator[str]:
    x = float(LABEL)
    for name in outcomes:
        count = group.counts.get(name, 0)
        if count:
            width = count * scale
            title = f"<title>{escape(name)}: {count:,} of {group.total:,}</title>"
            yield (
                f'<rect x="{x:.1f}" y="{y + 1}" width="{width:.1f}" height="{BAR - 3}" fill="{fills[name]}" '
                f'stroke="#1f1f1f" stroke-width="0.7">{title}</rect>'
            )
            x += width
    yield f'<text x="{x + 8:.0f}" y="{y + BAR - 6}">{group.total:,}</text>'


def _short(text: str) -> str:
    return text if len(text) <= 46 else f"{text[:45]}…"


def _moved(table: Tabulated, outcomes: Mapping[str, str]) -> Iterator[str]:
    """Whom the second run answers otherwise, in sentences and in a table."""
    if table.against is None:
        return
    kinds: Counter[tuple[str, str]] = Counter()
    for one in table.moved:
        if one.before != one.after:
            kinds[one.before, one.after] += one.count
    total = sum(kinds.values())
    yield f"<h2>What moved: {total:,} of {table.total:,} cases ({_share(total, table.total)})</h2><ul>"
    for (before, then), count in kinds.most_common():
        way = f"from {escape(before)} to {escape(then)}"
        yield f"<li><strong>{count:,}</strong> {way} ({_share(count, table.total)})</li>"
    yield "</ul>"
    head = [*table.by, "before", "after", "grounds gained", "grounds lost", "cases"]
    rows = [
        [*one.labels, one.before, one.after, ", ".join(one.gained), ", ".join(one.lost), f"{one.count:,}"]
        for one in table.moved
    ]
    yield from _table(head, rows)


def _numbers(table: Tabulated, outcomes: Mapping[str, str]) -> Iterator[str]:
    yield "<h2>All numbers</h2>"
    rows = [
        [
            *group.labels,
            *(
                f"{group.counts.get(name, 0):,} ({_share(group.counts.get(name, 0), group.total)})"
                for name in table.outcomes
            ),
            f"{group.total:,}",
        ]
        for group in table.groups
    ]
    yield from _table([*table.by, *table.outcomes, "all"], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "<table><thead><tr>" + "".join(f"<th>{escape(one)}</th>" for one in head) + "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(one)}</td>" for one in row) + "</tr>"
    yield "</tbody></table>"


def _share(count: int, total: int) -> str:
    return f"{count / total:.1%}" if total else "0.0%"


_STYLE: Final = """
body { background: #fff; color: #1f1f1f; font: 16px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 2rem auto;
  padding: 0 1rem; }
svg { max-width: 100%; height: auto; font: 13px system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { border-bottom: 1px solid #bbb; padding: 0.25rem 0.7rem; text-align: left; }
td:last-child, th:last-child { text-align: right; }
.note { color: #555; font-size: 0.85rem; }
"""
