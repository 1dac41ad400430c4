"""Big rulebooks, each of one kind, for tests of what size does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final, TypeAlias

from tests.random_rulebooks import as_yaml

Plain: TypeAlias = dict[str, Any]
Big: TypeAlias = Callable[[int], Plain]
QUESTION: Final = "granted"
SOURCES: Final = [{"id": "own"}]
OPEN: Final = "title: Nothing is known\nfacts: {decision: {made: 2026-01-01}}\n"
"""A case that leaves everything open but the day of the law."""


def yes_no(name: str) -> Plain:
    words = {"title": name, "yes": f"{name} holds", "no": f"{name} fails", "ask": f"{name}?"}
    return {"id": name, "type": "yes/no", **words}


def day(name: str) -> Plain:
    return {"id": name, "type": "date", "title": name, "phrase": f"{name} on {{}}", "ask": f"{name}?"}


def provision(name: str, when: Any) -> Plain:
    return {
        "id": name,
        "question": QUESTION,
        "title": f"Provision {name}",
        "citation": f"S. {name}",
        "text": f"The text of {name}.",
        "certainty": "text",
        "sources": SOURCES,
        "when": when,
        "concludes": "granted",
    }


def law(facts: Iterable[Plain], whens: Sequence[Any], **sections: Any) -> Plain:
    """A rulebook with one question, and a provision for each condition."""
    return {
        "rulebook": {
            "title": "Big",
            "law_date": "decision.made",
            "stages": [{"id": "in_force", "says": "in force"}],
        },
        "sources": [{"id": "own", "title": "Own", "kind": "report"}],
        "facts": [day("decision.made"), *facts],
        **sections,
        "questions": [
            {
                "id": QUESTION,
                "title": "Granted",
                "asks": "Is it granted?",
                "outcomes": [
                    {"id": "granted", "says": "yes", "means": "it is granted"},
                    {"id": "refused", "says": "no", "means": "it is refused"},
                ],
            }
        ],
        "provisions": [provision(f"r{number}", when) for number, when in enumerate(whens)],
        "tellings": [
            {"id": "told", "title": "As told", "source": "own", "stage": "in_force", "stage_at": "L1"}
            | {"remarks": [{"at": "L1", "says": "so it is"}]}
        ],
        "properties": [
            {"id": "r0-decides", "says": "Where r0 applies it is granted.", "question": QUESTION, "holds": "yes"}
            | {"given": whens[0], "claims": {"always": ["granted"]}}
        ],
    }


def one_fact_provisions(count: int) -> Plain:
    """As many provisions, each about one fact of its own."""
    names = [f"p.a{number}" for number in range(count)]
    return law(map(yes_no, names), [{name: "yes"} for name in names])


def one_long(kind: str) -> Big:
    """One provision with one long condition."""

    def made(count: int) -> Plain:
        names = [f"p.a{number}" for number in range(count)]
        return law(map(yes_no, names), [{kind: [{name: "yes"} for name in names]}])

    return made


def at_least_half_of(count: int) -> Plain:
    """One provision, whose condition spells out every way in which half of the facts hold."""
    names = [f"p.a{number}" for number in range(count)]
    ways = [{"all": [{name: "yes"} for name in chosen]} for chosen in combinations(names, count // 2)]
    return law(map(yes_no, names), [{"any": ways}])


def nested(depth: int) -> Plain:
    """One condition within another, `any` and `all` and `not` in turn."""
    names = [f"p.a{number}" for number in range(depth)]
    when: Any = {names[0]: "yes"}
    for number, name in enumerate(names[1:]):
        when = [{"any": [{name: "yes"}, when]}, {"all": [{name: "yes"}, when]}, {"not": when}][number % 3]
    return law(map(yes_no, names), [when])


def deep(depth: int) -> Plain:
    """One provision of so many conditions within one another, by way of concepts."""
    names = [f"p.a{number}" for number in range(depth)]
    concepts: list[Plain] = []
    when: Any = {names[0]: "yes"}
    levels = 2  # the provision, and the innermost condition
    while levels < depth:
        if levels % 8:
            when = {["any", "all"][levels % 2]: [{names[levels]: "yes"}, when]}
        else:
            name = f"c{len(concepts)}"
            concepts.append({"id": name, "title": name, "yes": f"{name} holds", "no": f"{name} fails", "when": when})
            when = name
        levels += 1
    return law(map(yes_no, names), [when], concepts=concepts)


def concepts_in_a_chain(count: int) -> Plain:
    """Concepts of which each but the first is made of the one before."""
    names = [f"p.a{number}" for number in range(count)]
    concepts = [
        {"id": f"c{number}", "title": f"c{number}", "yes": f"c{number} holds", "no": f"c{number} fails"}
        | {"when": {["any", "all"][number % 2]: [{name: "yes"}, *([f"c{number - 1}"] if number else [])]}}
        for number, name in enumerate(names)
    ]
    return law(map(yes_no, names), [f"c{count - 1}"], concepts=concepts)


def readings(count: int) -> Plain:
    """Readings without a default, each of one provision."""
    names = [f"p.a{number}" for number in range(count)]
    entries = [
        {"id": f"reading-{number}", "title": f"reading {number}?", "why": "it is said so", "certainty": "text"}
        | {"sources": SOURCES, "options": [{"id": "narrow", "says": "narrow"}, {"id": "wide", "says": "wide"}]}
        for number in range(count)
    ]
    switches = [
        {"reading": f"reading-{number}", "narrow": {name: "yes"}, "wide": "always"} for number, name in enumerate(names)
    ]
    return law(map(yes_no, names), switches, readings=entries)


def records(count: int) -> Plain:
    """A list of records, and as many provisions that look for one."""
    fields = [yes_no(f"f{number}") for number in range(count)]
    listed = {"id": "stays", "type": "records", "title": "stays", "each": "stay", "none": "no stay", "ask": "Which?"}
    whens = [
        {"some": "stays", "such_that": {"all": [{field["id"]: "yes"}, {"begun": {"before": "2020-01-01"}}]}}
        for field in fields
    ]
    return law([listed | {"of": [day("begun"), *fields]}], whens)


def choices(count: int) -> Plain:
    """Two facts with many choices, half of which are named."""
    names = [f"c{number}" for number in range(count)]
    one = {"id": "p.state", "type": "choice", "title": "state", "choices": "states", "phrase": "of {}", "ask": "Which?"}
    other = one | {"id": "p.other", "title": "other"}
    whens = [{"p.state": names[: count // 2]}, {"p.state": {"same_as": "p.other"}}]
    listed = {"id": "states", "title": "States", "of": {name: name.upper() for name in names}}
    return law([one, other], whens, choices=[listed])


def dates(count: int) -> Plain:
    """Days, each of which is compared with a day of its own."""
    names = [f"p.d{number}" for number in range(count)]
    whens = [{name: {"before": f"{2000 + number // 300}-01-01"}} for number, name in enumerate(names)]
    return law(map(day, names), whens)


def dates_in_order(count: int) -> Plain:
    """Days that stand in one order, each of which is compared with a day of its own."""
    names = [f"p.d{number}" for number in range(count)]
    whens = [{name: {"before": f"{2000 + number}-01-01"}} for number, name in enumerate(names)]
    return law(map(day, names), whens, consistency=[{"order": names, "says": "one comes after the other"}])


def write(folder: Path, sections: Mapping[str, Any], case: str = OPEN) -> tuple[str, str]:
    """Write the law and a case; the path of each."""
    folder.mkdir(parents=True, exist_ok=True)
    rules, file = folder / "rules.yaml", folder / "case.yaml"
    rules.write_text(as_yaml(dict(sections)), encoding="utf-8")
    file.write_text(case, encoding="utf-8")
    return str(rules), str(file)
