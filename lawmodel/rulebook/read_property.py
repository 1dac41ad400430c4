"""A property from a text of its own: what is asked of the law without being written into its rulebook."""

from __future__ import annotations

from lawmodel.problems import Collector
from lawmodel.rulebook.entries import EntryReader
from lawmodel.rulebook.model import Property, Rulebook
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.property_validation import PropertyValidation
from lawmodel.rulebook.statement_validation import StatementValidation
from lawmodel.yaml_nodes import MapNode, TextNode, parse_yaml

WITHOUT = ("id", "says", "holds")


def parse_property(rulebook: Rulebook, text: str, *, name: str, says: str, file: str = "property") -> Property:
    """The property that a YAML text states but for its name and what it says; it is taken to hold.

    ``file`` is what problems call the text. Raises `ProblemsFound` with everything that is wrong with it.
    """
    problems = Collector()
    node = parse_yaml(text, file, problems)
    problems.raise_if_any()
    assert node is not None
    if isinstance(node, MapNode):
        for key in WITHOUT:
            if key in node.entries:
                problems.at(node.keys[key], f"`{key}` does not stand here", "It is given in another way: take it out.")
        given = zip(WITHOUT, (name, says, "yes"), strict=True)
        added = {key: TextNode(value, node.place) for key, value in given if key not in node.entries}
        node = MapNode({**added, **node.entries}, {**dict.fromkeys(added, node.place), **node.keys}, node.place)
    names = NameCheck(problems)
    stated = EntryReader(names).entry("properties", node)
    problems.raise_if_any()
    assert isinstance(stated, Property)
    PropertyValidation(rulebook, names, StatementValidation(rulebook, names)).check(stated)
    problems.raise_if_any()
    return stated
