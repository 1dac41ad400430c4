"""Conditions and conclusions of the law as steps: said of the law, so that none of them has a truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from lawmodel.document import Link, ReasonStep, Section, Span, Steps, Text, text
from lawmodel.rulebook.condition import AnyOf, Condition
from lawmodel.words.outline import CONCLUDED, Outline, OutlineLine

Links: TypeAlias = Callable[[str], Link | None]
"""What the name of a line leads to: a path, or a kind and an id."""


def law_link(name: str) -> Link:
    """The entry of the rulebook, wherever it is shown."""
    return Link("law", name.rpartition(" ")[2])


def condition_section(title: str, stated: Condition, words: Outline, links: Links = law_link) -> Section:
    """A condition under a title such as `Applies if`."""
    if isinstance(stated, AnyOf):
        return outline_section(title, "any of this is true", words.line(stated).below, links)
    lines = words.lines(stated)
    return outline_section(title, "all of this is true" if len(lines) > 1 else "this is true", lines, links)


def outline_section(title: str, remark: str, lines: Iterable[OutlineLine], links: Links = law_link) -> Section:
    """Conditions or conclusions under a title, with what joins them beside it."""
    return Section(text(title), (Steps(tuple(outline_step(line, links) for line in lines)),), text(remark))


def outline_step(line: OutlineLine, links: Links = law_link) -> ReasonStep:
    """A line of an outline, with those below it."""
    kind, _, name = line.name.rpartition(" ")
    option: Text = ()
    if line.option:
        default = " (default)" if line.default else ""
        option = text("if ", Span(line.option, "identifier"), f"{default}:", " " * bool(line.says))
    said: Text = text(line.says)
    remark: Text = text(Span(line.name, "identifier", links(line.name))) if line.name else ()
    if kind == "reading":
        arrow = CONCLUDED if line.says.startswith(CONCLUDED) else ""
        title = line.says.removeprefix(CONCLUDED)
        said, remark = text(f"{arrow}Reading ", Span(name, "reading", links(line.name)), f": {title}"), ()
    return ReasonStep(text(option, said), None, remark, tuple(outline_step(one, links) for one in line.below))
