"""Columns of tables in words: what a fact is called, and what its values say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lawmodel.rulebook.model import Rulebook

GROUND: Final = "ground"
"""The column of the provisions that support an outcome."""


def column_title(rulebook: Rulebook, name: str) -> str:
    """The title of a fact or of a field (``list.field``); what is neither keeps its name."""
    try:
        return rulebook.fact(name).title
    except KeyError:
        return name


def value_words(rulebook: Rulebook, name: str) -> Mapping[str, str]:
    """What the values of a column say, by how they are written; a value that is not named says itself.

    Of `GROUND` these are the citations of the provisions.
    """
    try:
        fact = rulebook.fact(name)
    except KeyError:
        return {one.id: one.citation for one in rulebook.provisions.values()} if name == GROUND else {}
    if fact.type == "yes/no":
        return {"yes": fact.yes or "yes", "no": fact.no or "no"}
    return rulebook.choices_of(fact)
