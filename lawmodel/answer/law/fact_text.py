"""What can be known of a case, on a terminal: facts, fields of records, lists of choices."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.law.law_parts import columns, headline, indented, labelled, section
from lawmodel.answer.law.law_view import Entry, LawView
from lawmodel.answer.law.used_by import used_by
from lawmodel.rulebook.model import Choices, Fact, SameAs
from lawmodel.rulebook.uses import Node

MANY = 40
"""More choices than this are shown as codes in a row."""


def fact(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """A fact: what it is, how it is asked and said, what leaving it out means, and what reads it."""
    one: Fact = entry.value
    kind = f"{one.type}{f', a field of each {_each(view, entry)}' if entry.within else ''}"
    yield from headline(one.title, f"({kind})", entry.heading)
    yield Text()
    yield labelled(
        [
            ("asked", one.ask),
            ("if yes", one.yes),
            ("if no", one.no),
            ("said", None if one.phrase is None else one.phrase.replace("{}", "…")),
            ("one of them", one.each),
            ("if there is none", one.none),
            ("left out", _left_out(one)),
            ("ordinarily", one.ordinary or "nothing is presumed"),
            ("fixed", "cannot change any more" if one.fixed else None),
            ("dates the law", "the law is the law of this day" if entry.id == view.rulebook.law_date else None),
            *(
                ("consistency", f"{rule.says} ({' ≤ '.join(rule.order)})")
                for rule in view.rulebook.consistency
                if entry.id in rule.order
            ),
        ]
    )
    yield Text()
    yield from _values(view, one)
    if one.of:
        yield section("Fields")
        table = columns(None, 10, None, None)
        for field in one.of:
            table.add_row(
                Text(f"{entry.id}.{field.id}", "cyan"),
                Text(field.type, "dim"),
                Text(field.ask),
                Text(f"left out: {_left_out(field)}", "dim"),
            )
        yield indented(table)
        yield Text()
    yield from used_by(view, Node("fact", entry.id))


def _each(view: LawView, entry: Entry) -> str:
    return view.rulebook.facts[str(entry.within)].each or ""


def _left_out(one: Fact) -> str:
    return f"the same as {one.left_out.path}" if isinstance(one.left_out, SameAs) else one.left_out


def _values(view: LawView, one: Fact) -> Iterator[RenderableType]:
    if isinstance(one.choices, str):
        yield section("Values", f"the list {one.choices}")
        yield _choices(view.rulebook.choices[one.choices].of)
        yield Text()
    elif one.choices:
        yield section("Values")
        yield _choices(one.choices)
        yield Text()
    if one.words:
        yield section("Words that may stand for a day")
        table = columns(24, None, None)
        for word, meaning in one.words.items():
            table.add_row(Text(word, "cyan"), Text(meaning.says), Text(meaning.means.replace("_", " "), "dim"))
        yield indented(table)
        yield Text()


def _choices(of: object) -> RenderableType:
    assert isinstance(of, dict)
    if len(of) > MANY:
        return indented(Text(", ".join(of), "dim"))
    table = columns(26, None)
    for value, says in of.items():
        table.add_row(Text(value, "cyan"), Text(says))
    return indented(table)


def choices(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """A list of choices, and the facts that share it."""
    one: Choices = entry.value
    yield from headline(one.title, "", entry.heading)
    yield Text()
    table = columns(26, None)
    for value, says in one.of.items():
        table.add_row(Text(value, "cyan"), Text(says))
    yield indented(table)
    yield Text()
    facts = [other.id for other in view.entries if other.kind == "fact" and other.value.choices == entry.id]
    yield labelled([("used by", ", ".join(facts) or "nothing")])
