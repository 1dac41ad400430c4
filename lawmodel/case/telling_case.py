"""The telling case of a misconception as a case, read as strictly as a case file is, with the same messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lawmodel.case.case import Case
from lawmodel.case.file import CaseReader
from lawmodel.problems import Collector, Place
from lawmodel.rulebook.misconception import Misconception, TellingCase
from lawmodel.rulebook.model import Rulebook
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode

PRESUMED = "ordinary"


def telling_case(rulebook: Rulebook, misconception: Misconception) -> Case:
    """The case on which a misconception shows; raises `ProblemsFound` where it is none, with places."""
    problems = Collector()
    place = misconception.case.place
    facts = _nodes(misconception.case)
    entries: dict[str, Node] = {"facts": facts, "presume": TextNode(PRESUMED, place)}
    node = MapNode(entries, dict.fromkeys(entries, place), place)
    cases = CaseReader(rulebook, problems).cases(node, f"{place.file}: {misconception.id}")
    problems.raise_if_any()
    return replace(
        cases[0],
        title=misconception.says,
        questions=(misconception.question,),
        readings=misconception.readings,
        on=misconception.on,
        stage=misconception.stage,
    )


def _nodes(case: TellingCase) -> MapNode:
    places = {fact.path: fact.place for fact in case.facts}
    for fact in reversed(case.facts):  # what holds values stands where the first of them does
        places.update({fact.path[:length]: fact.place for length in range(len(fact.path))})

    def node(value: Any, path: tuple[str, ...]) -> Node:
        place = places.get(path, case.place)
        if isinstance(value, dict):
            inner = {name: node(one, (*path, name)) for name, one in value.items()}
            return MapNode(inner, {name: _place(one) for name, one in inner.items()}, place)
        if isinstance(value, list):
            return ListNode([node(one, (*path, str(number))) for number, one in enumerate(value)], place)
        return TextNode(value, place)

    whole = node(case.plain(), ())
    assert isinstance(whole, MapNode)
    return whole


def _place(node: Node) -> Place:
    return node.place
