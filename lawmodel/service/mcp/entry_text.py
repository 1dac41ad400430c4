"""Entries of the rulebook as texts that an assistant reads: provisions, readings, sources, and what facts there are."""

from __future__ import annotations

from lawmodel.law_entries.entries import LawEntries
from lawmodel.law_entries.entry_document import entry_document
from lawmodel.render.formats import markdown
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.service.calls.law import LawRequest, answer
from lawmodel.service.calls.request import request_of
from lawmodel.verbs.law.document import contested_document
from lawmodel.verbs.law.overview import Contested


def entry_text(rulebook: Rulebook, name: str) -> str:
    """An entry as the verb `law` tells it, in Markdown; raises `ProblemsFound` for a name that there is not."""
    found = answer(rulebook, request_of(LawRequest, {"names": [name]}))
    assert isinstance(found, LawEntries)
    return "\n".join(markdown.render(entry_document(one)) for one in found.entries)


def contested_text(rulebook: Rulebook) -> str:
    """Where the sources differ, and which dates are not certain."""
    found = answer(rulebook, request_of(LawRequest, {"contested": True}))
    assert isinstance(found, Contested)
    return markdown.render(contested_document(found))


def facts_text(rulebook: Rulebook) -> str:
    """The facts that a case can state, a line each: its name, its values, its question."""
    lines = []
    for path, fact in rulebook.facts.items():
        lines.append(f"- `{path}`: {_values(rulebook, fact)}. {fact.ask}")
        lines += [f"  - `{one.id}`: {_values(rulebook, one)}. {one.ask}" for one in fact.of]
    return "\n".join(lines) + "\n"


def _values(rulebook: Rulebook, fact: Fact) -> str:
    if fact.sort == "records":
        return "a list of objects"
    if fact.sort == "choice":
        choices = rulebook.choices_of(fact)
        return " | ".join(list(choices)[:12]) + (" | …" if len(choices) > 12 else "")
    words = f" | {' | '.join(fact.words)}" if fact.words else ""
    number = "a number" if fact.unit is None else f"a text such as 12 {fact.unit}"
    return {"yes/no": "true | false", "date": f"YYYY-MM-DD{words}", "number": number + words}[fact.sort]
