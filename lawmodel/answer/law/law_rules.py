"""Provisions on a terminal, and what they are made of: concepts, shared conclusions, consequences."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.law.conclusion_text import ConclusionOutline, figure_in_words
from lawmodel.answer.law.condition_text import Outline
from lawmodel.answer.law.law_blocks import cited_sources, conditions, laws_used, readings_used, standing_of, unwrapped
from lawmodel.answer.law.law_data import provision_outline
from lawmodel.answer.law.law_parts import certainty, columns, headline, indented, labelled, outline, section
from lawmodel.answer.law.law_view import Entry, LawView
from lawmodel.answer.law.used_by import used_by
from lawmodel.answer.words import day
from lawmodel.rulebook.model import Concept, Consequence, Provision, SharedConclusion
from lawmodel.rulebook.uses import Node


def provision(view: LawView, entry: Entry, spelled_out: bool) -> Iterator[RenderableType]:
    """A provision: its text, since when it is law, what it asks for, what it concludes, and who says so."""
    one: Provision = entry.value
    node = Node("provision", entry.id)
    question = view.rulebook.questions[one.question]
    words = provision_outline(view, one, spelled_out)
    yield from headline(one.citation, one.title, f"{entry.heading} · question {question.id}: {question.asks}")
    yield Text()
    yield indented(Text(one.text))
    yield Text()
    displaced = [user.id for user in view.uses.users(node) if user.kind == "provision"]
    yield labelled(
        [
            (f"on {day(view.law.date)}", standing_of(view, view.law.provision(one))),
            ("certainty", certainty(one.certainty)),
            ("enacted by", one.enacted_by),
            ("repealed by", one.repealed_by),
            ("tested at", None if one.at is None else words.day(one.at)),
            ("disapplies", ", ".join(one.disapplies)),
            ("disapplied by", ", ".join(displaced)),
        ]
    )
    yield Text()
    if one.in_force is not None:
        yield conditions("In force if", one.in_force, words)
        yield Text()
    yield conditions("Applies if", one.when, words)
    yield Text()
    if one.unless is not None:
        yield conditions("Unless", one.unless, words)
        yield Text()
    if one.concludes is not None:
        line = ConclusionOutline(words, question).line(one.concludes)
        yield outline(Text("Then", "bold"), unwrapped(line))
        yield Text()
    if one.brings is not None:
        line = ConclusionOutline(words, question).line(one.brings)
        yield outline(Text("Brings", "bold"), unwrapped(line))
        yield Text()
    yield from cited_sources(view, one.sources)
    yield from laws_used(view, node)
    yield from readings_used(view, node)
    yield from _concepts(view, node, spelled_out)


def _concepts(view: LawView, node: Node, spelled_out: bool) -> Iterator[RenderableType]:
    names = view.uses.ids(node, "concept")
    if names and not spelled_out:
        yield section("Concepts", "--all spells them out above")
        table = columns(28, None)
        for name in names:
            table.add_row(Text(name, "cyan"), Text(view.rulebook.concepts[name].yes))
        yield indented(table)


def concept(view: LawView, entry: Entry, spelled_out: bool) -> Iterator[RenderableType]:
    """A concept: when it holds, and what uses it."""
    one: Concept = entry.value
    node = Node("concept", entry.id)
    yield from headline(one.title or one.yes, one.citation or "", entry.heading)
    yield Text()
    if one.text:
        yield indented(Text(one.text))
        yield Text()
    rows = [("if it holds", one.yes), ("if not", one.no), ("about one of", one.about)]
    yield labelled([*rows, ("certainty", certainty(one.certainty))])
    yield Text()
    yield conditions("Holds if", one.when, Outline(view.rulebook, records=one.about, spelled_out=spelled_out))
    yield Text()
    yield from cited_sources(view, one.sources)
    yield from laws_used(view, node)
    yield from readings_used(view, node)
    yield from used_by(view, node)


def conclusion(view: LawView, entry: Entry, spelled_out: bool) -> Iterator[RenderableType]:
    """A conclusion that provisions share."""
    shared: SharedConclusion = entry.value
    node = Node("conclusion", entry.id)
    yield from headline(shared.title or entry.id, shared.citation or "", entry.heading)
    yield Text()
    if shared.text:
        yield indented(Text(shared.text))
        yield Text()
    line = ConclusionOutline(Outline(view.rulebook, spelled_out=spelled_out), None).line(shared.concludes)
    yield outline(Text("Concludes", "bold"), unwrapped(line))
    yield Text()
    if shared.certainty is not None:
        yield labelled([("certainty", certainty(shared.certainty))])
        yield Text()
    yield from cited_sources(view, shared.sources)
    yield from readings_used(view, node)
    yield from used_by(view, node)


def consequence(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """What follows beside an outcome, with its figures."""
    one: Consequence = entry.value
    yield from headline(one.says, "", entry.heading)
    yield Text()
    figures = [
        ("or" if number else "figures", figure_in_words(view.rulebook, figure))
        for number, figure in enumerate(one.figures)
    ]
    yield labelled([*figures, ("certainty", certainty(one.certainty))])
    yield Text()
    yield from cited_sources(view, one.sources)
    yield from used_by(view, Node("consequence", entry.id))
