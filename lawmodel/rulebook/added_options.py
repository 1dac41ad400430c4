"""Options that a file adds to readings which another file declares.

Where the law is read by such a reading it gets one branch more: the condition that the added option gives for that
provision or concept, or else the branch of the option that it is like.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from lawmodel.problems import did_you_mean, listed
from lawmodel.rulebook.condition import ConclusionSwitch, Stated, StatedPart, Switch, parts_of, rebuilt, walk
from lawmodel.rulebook.misconception import Edit
from lawmodel.rulebook.model import AddedOption, DateSwitch, Option, Reading
from lawmodel.rulebook.names import NameCheck

OTHERWISE: Final = "otherwise"
READ_BY: Final = (
    "concepts",
    "conclusions",
    "provisions",
    "dates",
    "properties",
    "gaps",
    "consistency",
    "misconceptions",
)
"""The sections whose entries may be read by a reading."""


def with_added_options(sections: Mapping[str, Sequence[Any]], names: NameCheck) -> dict[str, list[Any]]:
    """The sections with every added option among those of its reading; what is wrong with one is noted."""
    found = {name: list(entries) for name, entries in sections.items()}
    for added in sections["options"]:
        readings = {one.id: one for one in found["readings"]}
        if added.reading not in readings:
            place, hint = names.mappings.value(added.place, "reading"), f"The readings are: {listed(readings)}."
            names.missing("readings", "reading", added.reading, readings, place, hint)
        elif _fits(readings[added.reading], added, found, names):
            option = Option(
                id=added.id, says=added.says, supported_by=added.supported_by, held=added.held, place=added.place
            )
            found["readings"] = [
                replace(one, options=(*one.options, option)) if one.id == added.reading else one
                for one in found["readings"]
            ]
            for section in READ_BY:
                found[section] = [_read_so(entry, added) for entry in found[section]]
    return found


def _fits(reading: Reading, added: AddedOption, sections: Mapping[str, Sequence[Any]], names: NameCheck) -> bool:
    """Note what is wrong with an added option; whether it can be added."""
    at, problems = names.mappings, names.problems
    before, options = len(problems.problems), [one.id for one in reading.options]
    if added.like not in options:
        mend = did_you_mean(added.like, options, f"Its options are: {listed(options)}.")
        problems.at(at.value(added.place, "like"), f"`{added.like}` is no option of `{reading.id}`", mend)
    if not added.supported_by:
        mend = "Every option says who reads the text so: `supported_by: [{id: …, at: …}]`."
        problems.at(added.place, f"the option `{added.id}` names no source", mend)
    read = [str(one.id) for name in READ_BY for one in sections[name] if _is_read_by(one, reading.id)]
    for name in added.branches:
        if name not in read:
            place = at.key(at.value(added.place, "branches"), name)
            mend = did_you_mean(name, read, f"Read by it are: {listed(read)}." if read else "Nothing is read by it.")
            problems.at(place, f"no condition of `{name}` is read by `{reading.id}`", mend)
    return len(problems.problems) == before


def _is_read_by(entry: Any, reading: str) -> bool:
    return any(isinstance(part, Switch) and part.reading == reading for part in _stated_in(entry))


def _stated_in(value: Any) -> Iterator[StatedPart]:
    """Every condition and conclusion of an entry."""
    if isinstance(value, Stated):
        yield from walk(value)  # type: ignore[arg-type]
    elif is_dataclass(value):
        for one in fields(value):
            yield from _stated_in(getattr(value, one.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _stated_in(one)


def _read_so(value: Any, added: AddedOption, entry: str | None = None) -> Any:
    """An entry, or a part of one, with a branch for the option wherever it is read by its reading."""
    if isinstance(value, Stated):
        return _stated(value, added, entry)  # type: ignore[arg-type]
    if isinstance(value, DateSwitch):
        return replace(value, branches=_more(value.branches, added, None)) if value.reading == added.reading else value
    if isinstance(value, tuple) and any(isinstance(one, Edit) for one in value):
        return tuple(_read_so(one, added, one.entry) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    inside = entry or getattr(value, "id", None)
    before = {one.name: getattr(value, one.name) for one in fields(value)}
    after = {name: _read_so(held, added, inside) for name, held in before.items()}
    changed = {name: held for name, held in after.items() if held is not before[name]}
    return replace(value, **changed) if changed else value


def _stated(stated: StatedPart, added: AddedOption, entry: str | None) -> StatedPart:
    inner = list(parts_of(stated))
    if inner:
        changed = [_stated(part, added, entry) for part in inner]
        if any(new is not old for new, old in zip(changed, inner, strict=True)):
            stated = rebuilt(stated, changed)
    if isinstance(stated, Switch) and stated.reading == added.reading:
        return replace(stated, branches=_more(stated.branches, added, added.branches.get(entry or "")))
    if isinstance(stated, ConclusionSwitch) and stated.reading == added.reading:
        return replace(stated, branches=_more(stated.branches, added, None))
    return stated


def _more(branches: Mapping[str, Any], added: AddedOption, own: Any) -> dict[str, Any]:
    """The branches, and the one of the option: its own, or that of the option it is like, unless `otherwise` is."""
    branch = branches.get(added.like) if own is None else own
    return dict(branches) if branch is None else {**branches, added.id: branch}
