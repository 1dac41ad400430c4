"""What reads an entry, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.law.law_parts import columns, indented, section
from lawmodel.answer.law.law_view import LawView
from lawmodel.rulebook.uses import Node


def used_by(view: LawView, node: Node) -> Iterator[RenderableType]:
    """The provisions that read a node, and through what; and what else reads it."""
    uses = view.uses
    direct = uses.users(node)
    provisions = uses.provisions(node)
    others = [one for one in direct if one.kind != "provision"]
    if not direct:
        yield section("Used by nothing")
        return
    yield section("Used by")
    table = columns(12, None, None)
    for one in others:
        table.add_row(Text(one.kind, "dim"), Text(one.id, "cyan"), Text(_title(view, one)))
    for name in provisions:
        entry = view.rulebook.provisions[name]
        said = Text(f"{entry.citation}  {entry.title}")
        if Node("provision", name) not in direct:
            reached = uses.reached(Node("provision", name))
            through = ", ".join(one.id for one in others if one in reached)
            said.append(f"  through {through}", "dim")
        table.add_row(Text("provision", "dim"), Text(name, "cyan"), said)
    yield indented(table)


def _title(view: LawView, node: Node) -> str:
    match node.kind:
        case "concept":
            concept = view.rulebook.concepts[node.id]
            return concept.title or concept.yes
        case "conclusion":
            return view.rulebook.conclusions[node.id].title or ""
        case "date":
            return view.rulebook.dates[node.id].title
    return ""
