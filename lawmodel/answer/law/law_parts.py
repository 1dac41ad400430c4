"""The parts of which texts about the law are made: headings, outlines, sources, readings, date lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from lawmodel.answer.law.condition_text import Line
from lawmodel.answer.law.law_view import LawView
from lawmodel.answer.law.standing import Standing
from lawmodel.answer.words import CERTAINTY, cited, day
from lawmodel.rulebook.dateline import became_law
from lawmodel.rulebook.model import Instrument, Option, Reading, SourceRef

IN_FORCE = {True: ("●", "green"), False: ("○", "dim"), None: ("◐", "yellow")}
UNCERTAIN = ("derived", "open")


def indented(what: RenderableType, by: int = 2) -> RenderableType:
    """Set in from the left."""
    return Padding(what, (0, 0, 0, by))


def columns(*widths: int | None) -> Table:
    """A table without lines; a width is the most that a column takes."""
    table = Table.grid(padding=(0, 2))
    for width in widths:
        table.add_column(max_width=width, overflow="fold")
    return table


def headline(title: str, says: str, below: str) -> Iterator[RenderableType]:
    """A title, what stands beside it, and a line below in small print."""
    yield Text.assemble((title, "bold"), f"  {says}" if says else "")
    yield Text(below, "dim")


def section(title: str, remark: str = "") -> Text:
    """The heading of a section."""
    return Text.assemble((title, "bold"), (f"  {remark}" if remark else "", "dim"))


def labelled(rows: Iterable[tuple[str, str | Text | None]]) -> RenderableType:
    """Labels and what they are, row by row; those that are nothing are left out."""
    table = columns(20, None)
    for label, says in rows:
        if says:
            table.add_row(Text(label, "dim"), says if isinstance(says, Text) else Text(says))
    return indented(table)


def standing(found: Standing) -> Text:
    """Whether something is law, with a mark."""
    mark, colour = IN_FORCE[found.is_law]
    word = {True: "law", False: "not law", None: "open"}[found.is_law]
    return Text.assemble((f"{mark} {word}", colour), f"  {found.says}")


def outline(heading: Text, lines: Sequence[Line]) -> RenderableType:
    """Conditions or conclusions under a heading."""
    tree = Tree(heading, guide_style="dim")
    _grow(tree, lines)
    return tree


def _grow(tree: Tree, lines: Sequence[Line]) -> None:
    for line in lines:
        option = ("", "") if not line.option else (line.option + (" (default)" if line.default else ""), "cyan")
        colon = ": " if line.option and line.says else ":" if line.option else ""
        name = (f"  {line.name}" if line.name else "", "dim")
        _grow(tree.add(Text.assemble(option, colon, line.says, name)), line.below)


def sources(view: LawView, references: Sequence[SourceRef]) -> RenderableType:
    """Sources with the place in them and their titles."""
    table = columns(30, 30, None)
    for reference in references:
        title = view.rulebook.sources[reference.id].title
        table.add_row(Text(reference.id, "cyan"), Text(reference.at or ""), Text(title, "dim"))
    return indented(table)


def certainty(name: str | None) -> str:
    """How certain a text is, in words; empty where nothing is said of it."""
    return "" if name is None else f"{CERTAINTY[name]} ({name})"


def reading(view: LawView, entry: Reading, *, heading: bool = True) -> RenderableType:
    """A reading: its options, who supports each, the default and why."""
    parts: list[RenderableType] = []
    if heading:
        parts.append(Text.assemble((entry.id, "cyan"), f"  {entry.title}"))
    table = columns(26, None)
    for option in entry.options:
        table.add_row(_option(entry, option), Text(option.says))
        table.add_row(Text(), Text(_supporters(option), "dim"))
    parts.append(indented(table))
    state = (f"default {entry.default}", "cyan") if entry.default else ("OPEN, no default", "bold yellow")
    parts.append(indented(Text.assemble(state, f": {entry.why}", (f"  ({entry.certainty})", "dim"))))
    if entry.sources:
        parts.append(indented(Text(f"on the point: {', '.join(cited(one) for one in entry.sources)}", "dim")))
    return Group(*parts)


def _option(entry: Reading, option: Option) -> Text:
    mark = "●" if option.id == entry.default else "○"
    return Text(f"{mark} {option.id}", "cyan" if option.id == entry.default else "")


def _supporters(option: Option) -> str:
    return ", ".join(cited(one) for one in option.supported_by) or "no source"


def dateline(view: LawView, instrument: Instrument) -> RenderableType:
    """The steps of an instrument; an arrow marks the one by which it counts as law at the stage asked for."""
    says = {stage.id: stage.says for stage in view.rulebook.stages}
    counts = became_law(view.rulebook, instrument, view.law.stage)
    table = columns(2, 20, 34, 10, None)
    for step in instrument.steps:
        doubt = "yellow" if step.certainty in UNCERTAIN else "dim"
        taken = step.date <= view.law.date
        details = [
            f"wording {step.version}" if step.version else "",
            step.remark or "",
            *(cited(one) for one in step.sources),
        ]
        table.add_row(
            Text("→" if step is counts else "", "cyan"),
            Text(day(step.date), "" if taken else "dim"),
            Text(says[step.stage], "" if taken else "dim"),
            Text(step.certainty, doubt),
            Text(" · ".join(one for one in details if one), "dim"),
        )
    end = instrument.ceases
    if end is not None:
        doubt = "yellow" if end.certainty in UNCERTAIN else "dim"
        details = [end.remark or "", *(cited(one) for one in end.sources)]
        table.add_row(
            Text(),
            Text(day(end.date)),
            Text("law no longer"),
            Text(end.certainty, doubt),
            Text(" · ".join(one for one in details if one), "dim"),
        )
    return indented(table)
