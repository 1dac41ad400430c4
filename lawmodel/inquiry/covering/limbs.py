"""The limbs of a rulebook: every condition that stands in it and has no parts, with a switch at each.

A limb is a test of a fact, a comparison, the use of a concept, or that an instrument counts as law; also that an
instrument enacts or repeals a provision. In a *switched* rulebook each limb is a reading with three options: as it is
written, always so, never so. All that reads the limb, through concepts and shared conclusions too, reads its switch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.reasoning.formula import Choose, Formula, Named, Rule, fold, reading_key
from lawmodel.reasoning.rewrite import rewritten, with_conditions
from lawmodel.rulebook.condition import (
    AllOf,
    Always,
    AtomicCondition,
    Condition,
    CountsAsLaw,
    NotThis,
    Some,
    StatedPart,
    Switch,
    parts_of,
    rebuilt,
)
from lawmodel.rulebook.model import Option, Provision, Reading, Rulebook
from lawmodel.rulebook.parts import STATEMENTS, Section

AS_WRITTEN: Final = "as-written"
ALWAYS: Final = "always"
NEVER: Final = "never"
SWITCH: Final = "limb:"
"""With this the name of a switch begins; the name of no reading of a rulebook can."""


@dataclass(frozen=True, slots=True)
class Limb:
    """A condition without parts, where it is written."""

    number: int
    """Its place among all of the rulebook, from 1."""
    section: Section
    entry: str
    """The id of the provision, concept or shared conclusion in which it stands."""
    key: str
    """The key under which it stands: ``when``, ``unless``, ``enacted_by`` and so on."""
    stated: Condition
    records: str | None
    """The list whose records it is about, if it is."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.stated.place

    @property
    def switch(self) -> str:
        """The key of the input that its switch is."""
        return reading_key(_switch_name(self.number))


@dataclass(frozen=True, slots=True)
class Switched:
    """A rulebook with a switch at each limb."""

    rulebook: Rulebook
    limbs: tuple[Limb, ...]

    def settled(self, rules: Iterable[Rule], forced: Mapping[int, str] = MappingProxyType({})) -> list[Rule]:
        """Rules with all switches settled: as the law is written, but for the limbs that are forced, by number."""
        options = {_switch_name(number): option for number, option in forced.items()}
        known: dict[int, tuple[Formula, Formula]] = {}

        def changed(formula: Formula) -> Formula | None:
            if id(formula) not in known:
                match formula:
                    case Choose(reading, branches) if reading.startswith(SWITCH):
                        found = rewritten(dict(branches)[options.get(reading, AS_WRITTEN)], changed)
                    case Named(kind, name, body):  # worked on once, wherever it is used
                        found = Named(kind, name, rewritten(body, changed))
                    case _:
                        return None
                known[id(formula)] = (formula, found)
            return known[id(formula)][1]

        return [with_conditions(rule, lambda condition: rewritten(condition, changed)) for rule in rules]

    def as_written(self) -> dict[str, str]:
        """All switches so that the law reads as it is written."""
        return {limb.switch: AS_WRITTEN for limb in self.limbs}


def switched(rulebook: Rulebook) -> Switched:
    """The rulebook with a switch at each limb, and the limbs in the order of the text."""
    found: list[Limb] = []
    sections: dict[str, Any] = {}
    for section, keys in STATEMENTS:
        entries: dict[str, Any] = {}
        for name, entry in getattr(rulebook, section).items():
            law = _enacting(entry) if isinstance(entry, Provision) else []
            changed: dict[str, Any] = {}
            for key in keys:
                stated = getattr(entry, key)
                if stated is not None:
                    about = entry.about if section == "concepts" else None
                    changed[key] = _Switching(found, section, name, key).put(stated, about)
            if law:
                conditions = [_Switching(found, section, name, key).put(one, None) for key, one in law]
                changed |= {"in_force": _together(changed.get("in_force"), law, conditions, entry.place)}
                changed |= {"enacted_by": None, "repealed_by": None}
            entries[name] = replace(entry, **changed)
        sections[section] = entries
    readings = {**rulebook.readings, **{_switch_name(limb.number): _switch(limb) for limb in found}}
    return Switched(replace(rulebook, **sections, readings=readings, digest="", content_hash=""), tuple(found))


def _enacting(provision: Provision) -> list[tuple[str, Condition]]:
    """The instruments that enact and repeal a provision, as conditions."""
    named = {"enacted_by": provision.enacted_by, "repealed_by": provision.repealed_by}
    return [(key, CountsAsLaw(name, None, provision.place)) for key, name in named.items() if name is not None]


def _together(
    stated: Condition | None, law: list[tuple[str, Condition]], conditions: list[StatedPart], place: Place
) -> Condition:
    """What ``in_force`` states, and that the provision is enacted and not repealed."""
    parts: list[Any] = [] if stated is None else [stated]
    for (key, _), condition in zip(law, conditions, strict=True):
        parts.append(NotThis(condition, place) if key == "repealed_by" else condition)  # type: ignore[arg-type]
    return AllOf(tuple(parts), place)


@dataclass(frozen=True, slots=True)
class _Switching:
    """Puts a switch in the place of each limb of one statement, and notes the limb."""

    found: list[Limb]
    section: Section
    entry: str
    key: str

    def put(self, stated: StatedPart, records: str | None) -> StatedPart:
        if isinstance(stated, AtomicCondition):
            limb = Limb(len(self.found) + 1, self.section, self.entry, self.key, stated, records)
            self.found.append(limb)
            place = stated.place
            branches = {ALWAYS: Always(True, place), NEVER: Always(False, place)}
            return Switch(_switch_name(limb.number), branches, stated, place)
        inner = stated.records if isinstance(stated, Some) else records
        parts = [self.put(part, inner) for part in parts_of(stated)]
        return rebuilt(stated, parts) if parts else stated


def _switch_name(number: int) -> str:
    return f"{SWITCH}{number}"


def _switch(limb: Limb) -> Reading:
    place = limb.place
    return Reading(
        id=_switch_name(limb.number),
        title="",
        why="",
        certainty="text",
        options=tuple(Option(id=name, says=name, place=place) for name in (AS_WRITTEN, ALWAYS, NEVER)),
        default=AS_WRITTEN,
        place=place,
    )


def switches_in(formula: Formula, known: dict[int, frozenset[int]]) -> frozenset[int]:
    """The numbers of the limbs that a resolved formula of a switched rulebook reads; ``known`` remembers them."""
    return fold(formula, _switches, known)


def _switches(formula: Formula, inner: Sequence[frozenset[int]]) -> frozenset[int]:
    found = frozenset[int]().union(*inner)
    if isinstance(formula, Choose) and formula.reading.startswith(SWITCH):
        return found | {int(formula.reading.removeprefix(SWITCH))}
    return found
