"""A definition that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lawmodel.rulebook.uses import EntryNode, Kind
from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw

ABOUT = About(
    id="unused-entry",
    title="A definition that nothing uses",
    severity="warning",
    means="Nothing reads the concept, the shared conclusion, the consequence, the number, the named date or the "
    "instrument, itself or through others; or no fact has the list of choices.",
    mend="Use it, or take it out.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every definition that nothing uses."""
    rulebook = law.rulebook
    read = {node for name in rulebook.provisions for node in law.uses.reached(EntryNode("provision", name))}
    read |= law.uses.in_consistency | law.uses.in_law_day
    read |= {node for nodes in law.uses.in_outcomes.values() for node in nodes}
    sections: list[tuple[Kind, Any]] = [
        ("concept", rulebook.concepts),
        ("conclusion", rulebook.conclusions),
        ("consequence", rulebook.consequences),
        ("number", rulebook.numbers),
        ("date", rulebook.dates),
        ("instrument", rulebook.instruments),
    ]
    for kind, entries in sections:
        for name, entry in entries.items():
            if EntryNode(kind, name) not in read:
                yield Finding(ABOUT.id, entry.place, kind, name, f"No provision uses the {kind} {name}.")
    declared = [one for fact in rulebook.facts.values() for one in (fact, *fact.of)]
    for name, choices in rulebook.choices.items():
        if all(fact.choices != name for fact in declared):
            message = f"No fact has the list of choices {name} ({choices.title})."
            yield Finding(ABOUT.id, choices.place, "choices", name, message)
