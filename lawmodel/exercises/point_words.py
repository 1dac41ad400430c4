"""The points that exercises test, in the words of a rulebook."""

from __future__ import annotations

from lawmodel.exercises.words import cited
from lawmodel.rulebook.model import Rulebook


def point_in_words(rulebook: Rulebook, point: str) -> str:
    """A point as whoever learns reads it; its id where the rulebook does not know it."""
    kind, _, name = point.partition(":")
    match kind:
        case "misconception" if name in rulebook.misconceptions:
            return f"taken for the law: {rulebook.misconceptions[name].says.rstrip('.')}"
        case "provision" if name in rulebook.provisions:
            return cited(rulebook, name)
        case "reading" if name in rulebook.readings:
            return rulebook.readings[name].title
        case "instrument" if name in rulebook.instruments:
            return f"since when: {rulebook.instruments[name].title}"
        case "property" if name in rulebook.properties:
            return rulebook.properties[name].says
        case "fact" if name in rulebook.facts:
            return rulebook.facts[name].title
        case "concept" if name in rulebook.concepts:
            return rulebook.concepts[name].title or point
        case _:
            return point
