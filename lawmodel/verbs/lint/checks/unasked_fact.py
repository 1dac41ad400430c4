"""A fact that nobody asks for."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.rulebook.model import SameAs
from lawmodel.rulebook.uses import EntryNode
from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw

ABOUT = About(
    id="unasked-fact",
    title="A fact that no rule reads",
    severity="warning",
    means="Nothing reads it, itself or through a concept, a shared conclusion, a named date or a figure; no outcome "
    "leads to it; it does not date the law, and no other fact is the same as it when left out.",
    mend="Let a provision read it, or take it out.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every fact, list and field that nothing reads; of a list that nothing reads, not each field too."""
    rulebook = law.rulebook
    read = {path for name in rulebook.provisions for path in law.uses.ids(EntryNode("provision", name), "fact")}
    read |= {node.id for node in law.uses.in_consistency if node.kind == "fact"}
    read |= {node.id for nodes in law.uses.in_outcomes.values() for node in nodes}
    read |= {node.id for node in law.uses.in_law_day if node.kind == "fact"}
    read.add(rulebook.law_date)
    waiting = list(read)
    while waiting:
        fact = rulebook.fact(waiting.pop())
        if isinstance(fact.left_out, SameAs) and fact.left_out.path not in read:
            read.add(fact.left_out.path)
            waiting.append(fact.left_out.path)
    for path, fact in rulebook.facts.items():
        if path not in read and not any(f"{path}.{field.id}" in read for field in fact.of):
            yield Finding(ABOUT.id, fact.place, "fact", path, f"No rule reads {path} ({fact.title}).")
            continue
        for field in fact.of:
            if f"{path}.{field.id}" not in read:
                message = f"No rule reads {path}.{field.id} ({field.title})."
                yield Finding(ABOUT.id, field.place, "fact", f"{path}.{field.id}", message)
