"""Changes as documents: what would have to be otherwise, and what would have to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lawmodel.document import Block, Column, Item, Items, Paragraph, Table, Text, reading, text
from lawmodel.results.changes import ChangedInput, ChangeSet, RequiredFinding
from lawmodel.rulebook.model import Provision
from lawmodel.words.outcomes import both


def change_item(one: ChangeSet) -> Item:
    """A set of changes: what is so, and after an arrow what would be; then what has to be found besides."""
    first, *others = one.changes
    blocks: list[Block] = [Paragraph(_after(first))]
    for other in others:
        blocks += [Paragraph(text("and ", _before(other))), Paragraph(_after(other))]
    blocks += _provided(one.findings)
    return Item(_before(first), _name(first), tuple(blocks))


def _before(change: ChangedInput) -> Text:
    before = change.before
    if before.kind == "reading":
        return text("Reading ", reading(before.name, before.name), f": {before.says}")
    return text(before.in_words)


def _after(change: ChangedInput) -> Text:
    option = f" ({' or '.join(map(str, change.values))})" if change.before.kind == "reading" else ""
    example = "" if change.every else ", for instance"
    return text(f"→ {change.says}{option}{example}")


def _name(change: ChangedInput) -> str:
    return "" if change.before.kind == "reading" else change.before.name


def _provided(findings: Sequence[RequiredFinding]) -> Iterator[Block]:
    if findings:
        yield Paragraph(text(f"provided that {both([one.says for one in findings])}"))


def ways(provisions: Mapping[str, Provision], found: Sequence[ChangeSet]) -> Items:
    """How what is open may come out, with the provision that then applies."""
    items = []
    for one in found:
        cited = both([provisions[name].citation for name in one.provisions])
        verb = "applies" if len(one.provisions) == 1 else "apply"
        rows = tuple((text(finding.says), text(finding.name)) for finding in one.findings)
        title = text(f"then {cited} {verb}") if cited else text("it is enough that")
        items.append(Item(title, "", (Table((Column(), Column(kind="identifier")), rows),) if rows else ()))
    return Items(tuple(items), numbered=True)
