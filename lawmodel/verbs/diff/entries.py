"""Which entries two versions of the law differ in: as written, or by what is law and in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import yaml

from lawmodel.inputs import LAW_DATE, reading_key
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.searching.find import View
from lawmodel.inquiry.searching.found_case import settled
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.whole_law.reachability import in_force
from lawmodel.rulebook.dateline import became_law, counts_as_law
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.serialise import as_written
from lawmodel.verbs.diff.differences import EntryChange, EntryKind, How, KeyChange

SECTIONS: Final[Mapping[str, EntryKind]] = {
    "instruments": "instrument",
    "provisions": "provision",
    "concepts": "concept",
    "conclusions": "conclusion",
    "consequences": "consequence",
    "readings": "reading",
    "numbers": "number",
    "dates": "date",
    "questions": "question",
    "facts": "fact",
    "choices": "choices",
    "tellings": "telling",
    "properties": "property",
    "sources": "source",
    "gaps": "gap",
    "misconceptions": "misconception",
}
"""The sections of a rulebook whose entries have ids, and what an entry is called."""
WIDTH: Final = 10_000


def changes(one: View, other: View, rulebook: Rulebook) -> Iterator[EntryChange]:
    """Everything in which two views differ; ``rulebook`` is that of a view that carries none."""
    laws = one.rulebook or rulebook, other.rulebook or rulebook
    if laws[0] is not laws[1]:
        yield from _entries(*laws)
    yield from _readings(one, other, laws[1])
    if (one.on, one.stage, one.readings) != (other.on, other.stage, other.readings):
        yield from _law(one, other, laws)


def _entries(before: Rulebook, after: Rulebook) -> Iterator[EntryChange]:
    for section, kind in SECTIONS.items():
        old, new = getattr(before, section), getattr(after, section)
        for name in dict.fromkeys((*old, *new)):
            entry = new.get(name, old.get(name))
            title = str(getattr(entry, "citation", None) or getattr(entry, "title", None) or "")
            if name not in old or name not in new:
                yield EntryChange(kind, name, "added" if name in new else "removed", title)
                continue
            plain = as_written(old[name]), as_written(new[name])
            if plain[0] != plain[1]:
                keys = {
                    key: KeyChange(_text(plain[0].get(key)), _text(plain[1].get(key)))
                    for key in dict.fromkeys((*plain[0], *plain[1]))
                    if plain[0].get(key) != plain[1].get(key)
                }
                yield EntryChange(kind, name, "changed", title, keys)
    parts: tuple[Literal["stages", "calendar", "consistency"], ...] = ("stages", "calendar", "consistency")
    for part in parts:
        listed = [as_written(getattr(law, part)) for law in (before, after)]
        if listed[0] != listed[1]:
            yield EntryChange(part, part, "changed", "", {part: KeyChange(_text(listed[0]), _text(listed[1]))})


def _text(plain: Any) -> str | None:
    """Plain data as it would be written in a file, on one line."""
    if plain is None or isinstance(plain, str):
        return plain
    text: str = yaml.safe_dump(plain, default_flow_style=True, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text.removesuffix("\n").removesuffix("\n...")


def _readings(one: View, other: View, rulebook: Rulebook) -> Iterator[EntryChange]:
    for name, reading in rulebook.readings.items():
        chosen = [view.readings.get(name, reading.default) for view in (one, other)]
        if chosen[0] != chosen[1]:
            yield EntryChange("reading", name, "chosen", reading.title, {"option": KeyChange(chosen[0], chosen[1])})


def _law(one: View, other: View, laws: Sequence[Rulebook]) -> Iterator[EntryChange]:
    """Which instruments become law or cease, and which provisions come into force or cease, from one to the other."""
    for name in laws[0].instruments:
        if name in laws[1].instruments:
            yield from _instrument(name, (one, other), laws)
    for question in laws[0].questions:
        if question not in laws[1].questions:
            continue
        force = [_in_force(view, law, question) for view, law in zip((one, other), laws, strict=True)]
        for name, before in force[0].items():
            after = force[1].get(name)
            if before is not None and after is not None and before != after:
                how: How = "comes into force" if after else "ceases"
                yield EntryChange("provision", name, how, laws[1].provisions[name].citation)


def _instrument(name: str, views: Sequence[View], laws: Sequence[Rulebook]) -> Iterator[EntryChange]:
    said = []
    law = []
    for view, rulebook in zip(views, laws, strict=True):
        stage = view.stage or rulebook.ordinary_stage
        instrument = rulebook.instruments[name]
        step = became_law(rulebook, instrument, stage)
        said.append(None if step is None else step.date.isoformat())
        law.append(view.on is not None and counts_as_law(rulebook, instrument, stage, view.on))
    title = laws[1].instruments[name].title
    if all(view.on is not None for view in views):
        if law[0] != law[1]:
            yield EntryChange("instrument", name, "becomes law" if law[1] else "ceases", title)
    elif said[0] != said[1]:
        yield EntryChange("instrument", name, "changed", title, {"law since": KeyChange(said[0], said[1])})


def _in_force(view: View, rulebook: Rulebook, question: str) -> dict[str, bool | None]:
    known = dict.fromkeys((*rulebook.facts, *map(reading_key, rulebook.readings), LAW_DATE))
    known.update(settled(rulebook, view.readings, view.on))
    resolved = decider(rulebook, question, view.stage, on_a_day=view.on is not None).question
    return {rule.id: meaning(in_force(rule))(known, NO_RECORD) for rule in resolved.rules}
