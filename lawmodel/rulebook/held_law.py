"""The law as one holds it who holds a misconception: another rulebook, of which every question can be asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lawmodel.rulebook.misconception import Edit
from lawmodel.rulebook.model import Instrument, Rulebook, Step
from lawmodel.rulebook.parts import STATEMENTS, with_entries


def held_law(rulebook: Rulebook, name: str) -> Rulebook:
    """The rulebook with the edits of a misconception; KeyError if there is none of this name.

    It has no content hash: no file holds it.
    """
    misconception = rulebook.misconceptions[name]
    for edit in misconception.edit:
        rulebook = _edited(rulebook, edit)
    return rulebook


def readings_held(rulebook: Rulebook, held: Rulebook) -> dict[str, str]:
    """The readings that one takes otherwise for whom another law is the law, each with its option."""
    taken = {name: one.default for name, one in held.readings.items()}
    return {name: option for name, option in taken.items() if option and option != rulebook.readings[name].default}


def read_otherwise(rulebook: Rulebook, reading: str, option: str) -> Rulebook:
    """The rulebook with another option of a reading as the one that is taken by default."""
    return _with(rulebook, "readings", reading, replace(rulebook.readings[reading], default=option))


def _edited(rulebook: Rulebook, edit: Edit) -> Rulebook:
    if edit.reading is not None:
        assert edit.option is not None
        return read_otherwise(rulebook, edit.reading, edit.option)
    if edit.instrument is not None:
        changed = _with_day(rulebook, rulebook.instruments[edit.instrument], edit)
        return _with(rulebook, "instruments", edit.instrument, changed)
    section = edit.section
    assert section is not None
    assert edit.entry is not None
    stated = {key: getattr(edit, key) for key in dict(STATEMENTS)[section] if getattr(edit, key) is not None}
    return _with(rulebook, section, edit.entry, replace(getattr(rulebook, section)[edit.entry], **stated))


def _with_day(rulebook: Rulebook, instrument: Instrument, edit: Edit) -> Instrument:
    """The instrument with another day of a step, or with a step that it does not have."""
    assert edit.date is not None
    assert edit.stage is not None
    known = {one.stage: one for one in instrument.steps}
    step = known.get(edit.stage) or Step(stage=edit.stage, date=edit.date, certainty="open", place=edit.place)
    known[edit.stage] = replace(step, date=edit.date)
    order = [stage.id for stage in rulebook.stages]
    return replace(instrument, steps=tuple(sorted(known.values(), key=lambda one: order.index(one.stage))))


def _with(rulebook: Rulebook, section: str, name: str, entry: Any) -> Rulebook:
    entries = {**getattr(rulebook, section), name: entry}
    return with_entries(rulebook, section, entries, what=(name, entry))
