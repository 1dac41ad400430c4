"""Plain data, as JSON has it, as the nodes that case files are read from: with pointers in the place of lines."""

from __future__ import annotations

from lawmodel.problems import Collector, Place
from lawmodel.safe_text import STEERING, UNSHOWN
from lawmodel.service.calls.pointer import pointer
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode, kind_of_character


def nodes_of(plain: object, at: str, problems: Collector) -> Node:
    """The nodes of plain data; ``at`` is the JSON pointer of the whole. What has no place in a case is noted.

    Booleans become `yes` and `no`, numbers their digits: in case files every value is text. What is bounded by whoever
    has read the data is not bounded here: it goes as deep as they do.
    """
    place = Place(at, 0, 0)
    match plain:
        case bool():
            return TextNode("yes" if plain else "no", place)
        case int() | float():
            return TextNode(str(plain), place)
        case str():
            if odd := STEERING.search(plain):
                what = f"{kind_of_character(odd[0])} stands in this text"
                problems.at(place, what, "Take it out: no case needs it.")
            return TextNode(plain, place)
        case list():
            return ListNode([nodes_of(one, pointer(at, number), problems) for number, one in enumerate(plain)], place)
        case dict():
            return _mapping(plain, at, problems)
        case None:
            problems.at(place, "null stands here", 'Write "unknown" for what is not known, or leave the key out.')
        case _:
            raise TypeError(f"{type(plain).__name__} is no plain data")
    return TextNode("unknown", place)


def _mapping(plain: dict[str, object], at: str, problems: Collector) -> MapNode:
    entries, keys = {}, {}
    for key, value in plain.items():
        here = pointer(at, key)
        keys[key] = Place(here, 0, 0)
        if odd := UNSHOWN.search(key):
            problems.at(keys[key], f"{kind_of_character(odd[0])} stands in this key", "Take it out.")
        entries[key] = nodes_of(value, here, problems)
    return MapNode(entries, keys, Place(at, 0, 0))
