"""Whether every key of a rulebook does something: whoever wrote one that does nothing meant something by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Final

from lawmodel.inputs import UNKNOWN
from lawmodel.problems import Place, listed
from lawmodel.rulebook.condition import (
    AT,
    Always,
    ConceptHolds,
    Concludes,
    ConclusionSwitch,
    DateName,
    Stated,
    StatedPart,
    Switch,
    walk,
)
from lawmodel.rulebook.model import Change, DateSwitch, Fact, FactType, Property, Provision, Question, Rulebook
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.statement_validation import StatementValidation
from lawmodel.rulebook.uses import EntryNode, Uses

TYPES_OF_KEYS: Final[Mapping[str, tuple[FactType, ...]]] = {
    "yes": ("yes/no",),
    "no": ("yes/no",),
    "choices": ("choice",),
    "phrase": ("date", "number", "span", "choice"),
    "unit": ("span",),
    "words": ("date", "number", "span"),
    "each": ("records",),
    "none": ("records",),
    "of": ("records",),
}
"""The keys of a fact that say something only of some types, and of which."""
_TAKE_OUT: Final = "Take it out."


class IdleKeys:
    """The checks; every key that does nothing goes to the collector."""

    def __init__(self, rulebook: Rulebook, names: NameCheck, statements: StatementValidation) -> None:
        self.rulebook = rulebook
        self.names = names
        self.problems = names.problems
        self.statements = statements

    def check(self) -> None:
        """Note every key that does nothing by itself; and, where nothing else is wrong, with what others say."""
        whole = not self.problems.problems
        for section in fields(self.rulebook):
            held = getattr(self.rulebook, section.name)
            for entry in held.values() if isinstance(held, Mapping) else held if isinstance(held, tuple) else ():
                self._empty(entry)
        for fact in self.rulebook.facts.values():
            self._fact(fact, fact.id, field=False)
            for field in fact.of:
                self._fact(field, f"{fact.id}.{field.id}", field=True)
        for date in self.rulebook.dates.values():
            if isinstance(date.value, DateSwitch):
                self._otherwise(date.value.reading, date.value.branches, date.place)
        for stated in self._statements():
            for part in walk(stated):
                self._statement(part, whole)
        for provision in self.rulebook.provisions.values():
            self._provision(provision, whole)
        for one in self.rulebook.properties.values():
            self._property(one)
        if whole:
            uses = Uses(self.rulebook)
            for question in self.rulebook.questions.values():
                self._question(question, uses)

    def _empty(self, entry: object) -> None:
        """Note the keys of an entry, and of those in it, that may be left out and have nothing behind them."""
        if not is_dataclass(entry) or isinstance(entry, Place | Stated):
            return
        for key in fields(entry):
            value: object = getattr(entry, key.name)
            may_be_left_out = key.default is not MISSING or key.default_factory is not MISSING
            place = getattr(entry, "place", None)
            if may_be_left_out and value in ((), {}) and place and self.names.mappings.has(place, key.name):
                where = self.names.mappings.value(place, key.name)
                self.problems.at(where, f"`{key.name}` is empty", "Write what belongs there, or leave the line out.")
            for part in value if isinstance(value, tuple) else (value,):
                self._empty(part)

    def _note(self, place: Place, key: str, why: str, mend: str = _TAKE_OUT) -> None:
        self.problems.at(self.names.mappings.key(place, key), f"`{key}` does nothing{why}", mend)

    def _fact(self, fact: Fact, path: str, *, field: bool) -> None:
        for key, types in TYPES_OF_KEYS.items():
            if self.names.mappings.has(fact.place, key) and fact.type not in types:
                mend = f"Take it out, or give `{path}` another type: {listed(types)}."
                self._note(fact.place, key, f" for a fact of type {fact.type}", mend)
        if fact.ordinary is not None and field:
            mend = "Write `left_out: …`: what a record has where this field is left out."
            self._note(fact.place, "ordinary", " for a field of a record", mend)
        elif fact.ordinary is not None and isinstance(fact.left_out, str) and fact.left_out != UNKNOWN:
            why = f": left out, `{path}` is {fact.left_out} already"
            self._note(fact.place, "ordinary", why, "Keep one of the two.")

    # -- conditions and conclusions

    def _statements(self) -> Iterator[StatedPart]:
        for concept in self.rulebook.concepts.values():
            yield concept.when
        for shared in self.rulebook.conclusions.values():
            yield shared.concludes
        for provision in self.rulebook.provisions.values():
            yield from _stated(provision)
        for one in self.rulebook.properties.values():
            if one.given is not None:
                yield one.given
            if one.changed is not None and one.changed.such_that is not None:
                yield one.changed.such_that

    def _statement(self, part: StatedPart, whole: bool) -> None:
        match part:
            case Switch(reading, branches, _, place) | ConclusionSwitch(reading, branches, _, place):
                self._otherwise(reading, branches, place)
            case ConceptHolds(concept, DateName(name, _, became_law), place):
                if name == AT and not became_law:
                    self._note(place, "at", f": `{AT}` is the moment anyway", f"Write `{concept}` alone.")
                elif whole and not self.statements.needs_at(ConceptHolds(concept, None, place)):
                    self._note(place, "at", f": `{concept}` tests nothing at a moment", f"Write `{concept}` alone.")

    def _otherwise(self, reading: str, options: Collection[str], place: Place) -> None:
        if reading not in self.rulebook.readings or not self.names.mappings.has(place, "otherwise"):
            return
        if {option.id for option in self.rulebook.readings[reading].options} <= set(options):
            self._note(place, "otherwise", f": every option of `{reading}` has a branch")

    def _provision(self, provision: Provision, whole: bool) -> None:
        place = provision.place
        for key, stated, neutral in (("unless", provision.unless, False), ("in_force", provision.in_force, True)):
            if isinstance(stated, Always) and stated.value is neutral:
                self._note(place, key, f": it {'always' if neutral else 'never'} holds")
        for key, concluded in (("concludes", provision.concludes), ("brings", provision.brings)):
            if isinstance(concluded, Concludes) and concluded.name is None:
                self._note(place, key, ": it is `nothing`")
        if whole and provision.at is not None and not any(map(self.statements.needs_at, _stated(provision))):
            why = ": the provision tests nothing at a moment"
            mend = f"Take it out, or compare a day with `{AT}` in a condition."
            self._note(place, "at", why, mend)

    # -- questions and properties

    def _question(self, question: Question, uses: Uses) -> None:
        for outcome in question.outcomes:
            if outcome.leads_to is not None and not uses.provisions(EntryNode("fact", outcome.leads_to.add)):
                self._note(outcome.place, "leads_to", f": no provision reads `{outcome.leads_to.add}`")

    def _property(self, one: Property) -> None:
        if isinstance(one.given, Always) and one.given.value:
            self._note(one.place, "given", ": it always holds")
        if one.by_default and not any(
            reading.default is not None and name not in one.readings for name, reading in self.rulebook.readings.items()
        ):
            self._note(one.place, "by_default", ": no reading that is left open has a default")
        if one.changed is not None:
            self._change(one, one.changed)

    def _change(self, one: Property, change: Change) -> None:
        place = change.place
        if isinstance(change.such_that, Always) and change.such_that.value:
            self._note(place, "such_that", ": it always holds")
        if change.on is not None and change.on == one.on:
            self._note(place, "on", ": it is the first day again")
        if change.stage is not None and (change.stage,) == (one.stages or (self.rulebook.ordinary_stage,)):
            self._note(place, "stage", ": it is the first stage again")
        readings = self.names.mappings.value(place, "readings")
        for name, option in change.readings.items():
            if one.readings.get(name) == option:
                self._note(readings, name, ": it is read so in the first case")
        to = self.names.mappings.value(place, "to")
        for path in change.to:
            if path in change.facts:
                self._note(to, path, " beside `facts`, by which it may be anything", "Keep one of the two.")


def _stated(provision: Provision) -> Iterable[StatedPart]:
    every = (provision.when, provision.unless, provision.in_force, provision.concludes, provision.brings)
    return [stated for stated in every if stated is not None]
