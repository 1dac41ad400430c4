"""Plain data, as JSON has it, as the nodes that case files are read from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from lawmodel.problems import Collector, Place
from lawmodel.safe_text import STEERING, UNSHOWN
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode, kind_of_character

Path: TypeAlias = tuple[str | int, ...]
"""From the whole to a value in it: keys, and numbers from 0."""


def nodes_of(plain: object, place: Callable[[Path], Place], problems: Collector, path: Path = ()) -> Node:
    """The nodes of plain data; ``place`` says where a value stands. What has no place in a case is noted.

    Booleans become `yes` and `no`, numbers their digits: in case files every value is text. What is bounded by whoever
    has read the data is not bounded here: it goes as deep as they do.
    """
    at = place(path)
    match plain:
        case bool():
            return TextNode("yes" if plain else "no", at)
        case int() | float():
            return TextNode(str(plain), at)
        case str():
            if odd := STEERING.search(plain):
                what = f"{kind_of_character(odd[0])} stands in this text"
                problems.at(at, what, "Take it out: no case needs it.")
            return TextNode(plain, at)
        case list():
            return ListNode([nodes_of(one, place, problems, (*path, number)) for number, one in enumerate(plain)], at)
        case dict():
            return _mapping(plain, place, problems, path)
        case None:
            problems.at(at, "null stands here", 'Write "unknown" for what is not known, or leave the key out.')
        case _:
            raise TypeError(f"{type(plain).__name__} is no plain data")
    return TextNode("unknown", at)


def _mapping(plain: dict[str, object], place: Callable[[Path], Place], problems: Collector, path: Path) -> MapNode:
    entries, keys = {}, {}
    for key, value in plain.items():
        keys[key] = place((*path, key))
        if odd := UNSHOWN.search(key):
            problems.at(keys[key], f"{kind_of_character(odd[0])} stands in this key", "Take it out.")
        entries[key] = nodes_of(value, place, problems, (*path, key))
    return MapNode(entries, keys, place(path))
