"""Questions and outcomes on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.law.law_data import outcomes_of
from lawmodel.answer.law.law_parts import IN_FORCE, columns, headline, indented, labelled, section
from lawmodel.answer.law.law_view import Entry, LawView
from lawmodel.rulebook.condition import Concludes, walk
from lawmodel.rulebook.model import Outcome, Provision, Question
from lawmodel.rulebook.uses import Node


def question(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """A question: its outcomes, its provisions, and what they read."""
    one: Question = entry.value
    yield from headline(one.title, one.asks, entry.heading)
    yield Text()
    provisions = [other for other in view.rulebook.provisions.values() if other.question == one.id]
    yield section("Outcomes", "the strongest first; the last holds where no provision speaks")
    table = columns(22, 20, None)
    for outcome in one.outcomes:
        table.add_row(Text(outcome.id, "cyan"), Text(outcome.says), Text(outcome.means))
    yield indented(table)
    yield Text()
    if one.remark:
        yield indented(Text(one.remark))
        yield Text()
    yield section("Provisions", view.law_in_words)
    yield _provision_table(view, provisions, with_outcomes=True)
    yield Text()
    for kind, title in (("reading", "Readings"), ("fact", "Facts")):
        nodes = (node for other in provisions for node in view.uses.reached(Node("provision", other.id)))
        names = dict.fromkeys(node.id for node in nodes if node.kind == kind)
        if names:
            yield section(title, str(len(names)))
            yield indented(Text(", ".join(names), "dim"))
            yield Text()


def _provision_table(view: LawView, provisions: Sequence[Provision], *, with_outcomes: bool) -> RenderableType:
    table = columns(2, 38, None, None)
    for one in provisions:
        mark, colour = IN_FORCE[view.law.provision(one).is_law]
        title = Text(one.title)
        if with_outcomes:
            title.append(f"\n{' or '.join(outcomes_of(view, one)) or _beside(one)}", "dim")
        table.add_row(Text(mark, colour), Text(one.citation), title, Text(one.id, "dim"))
    return indented(table)


def _beside(provision: Provision) -> str:
    """What a provision that concludes nothing does."""
    if provision.disapplies:
        return f"displaces {', '.join(provision.disapplies)}"
    brought = (
        [] if provision.brings is None else [one.name for one in walk(provision.brings) if isinstance(one, Concludes)]
    )
    return f"brings {', '.join(name for name in brought if name is not None)}" if brought else ""


def outcome(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """An outcome, and the provisions that can conclude it."""
    one: Outcome = entry.value
    yield from headline(one.means, one.says, entry.heading)
    yield Text()
    of_question = [other for other in view.rulebook.provisions.values() if other.question == entry.within]
    concluding = [other for other in of_question if one.id in outcomes_of(view, other)]
    yield section("Provisions that can conclude it" if concluding else "No provision concludes it", view.law_in_words)
    yield _provision_table(view, concluding, with_outcomes=False)
    if one.leads_to is not None:
        yield Text()
        record = ", ".join(f"{name} {value}" for name, value in one.leads_to.record.items())
        yield labelled([("leads to", f"{one.leads_to.says} ({one.leads_to.add}: {record})")])
