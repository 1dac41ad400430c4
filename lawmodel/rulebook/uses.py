"""What uses what in a rulebook: which facts, readings, concepts and laws a provision reads, and the other way round.

Everything that is read is a *node*: its kind and its id. A field of a record is ``list.field``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias

from lawmodel.cached_property import cached_property
from lawmodel.inputs import LAW_DATE
from lawmodel.rulebook.condition import (
    DateName,
    Some,
    StatedPart,
    names_in,
    parts_of,
)
from lawmodel.rulebook.model import Consistency, DateSwitch, NamedDate, Provision, Rulebook, SourceRef, days_in

Kind: TypeAlias = Literal[
    "provision", "concept", "conclusion", "date", "reading", "fact", "instrument", "outcome", "consequence", "number"
]


class EntryNode(NamedTuple):
    """An entry that is read, or that reads others."""

    kind: Kind
    id: str


class Citation(NamedTuple):
    """A reference to a source, and the entry that makes it."""

    kind: str
    id: str
    part: str | None
    """The option of a reading, the step of an instrument, or the reading of which a telling speaks."""
    source: SourceRef


class Uses:
    """The uses in one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._reached: dict[EntryNode, tuple[EntryNode, ...]] = {}

    @cached_property
    def direct(self) -> Mapping[EntryNode, tuple[EntryNode, ...]]:
        """What each entry reads itself, in the order of the text: provisions, and all of which they are made."""
        found: dict[EntryNode, tuple[EntryNode, ...]] = {}
        for name, concept in self.rulebook.concepts.items():
            about = [] if concept.about is None else [EntryNode("fact", concept.about)]
            found[EntryNode("concept", name)] = _each_once([*about, *self._in(concept.when, concept.about)])
        for name, shared in self.rulebook.conclusions.items():
            found[EntryNode("conclusion", name)] = _each_once(self._in(shared.concludes, None))
        for name, date in self.rulebook.dates.items():
            found[EntryNode("date", name)] = _each_once(self._in_date(date))
        for name, consequence in self.rulebook.consequences.items():
            bounds = (bound for figure in consequence.figures for bound in (figure.from_, figure.to))
            found[EntryNode("consequence", name)] = _each_once(
                EntryNode("fact", one) for one in bounds if one is not None and one in self.rulebook.facts
            )
        for name, provision in self.rulebook.provisions.items():
            found[EntryNode("provision", name)] = _each_once(self._in_provision(provision))
        if self.rulebook.law_day is not None:  # on which depends whether an instrument is law
            day = (EntryNode("date", self.rulebook.law_day),)
            found |= {EntryNode("instrument", name): day for name in self.rulebook.instruments}
        return found

    def in_rule(self, rule: Consistency) -> tuple[EntryNode, ...]:
        """What the condition of a rule of consistency reads itself; of an overlap, its fields and their list."""
        if rule.when is None:
            fields = [(path.rpartition(".")[0], path) for path in (*rule.overlap, *rule.same)]
            return _each_once(EntryNode("fact", path) for pair in fields for path in pair)
        return _each_once(self._in(rule.when, None))

    @cached_property
    def in_consistency(self) -> frozenset[EntryNode]:
        """What the conditions of consistency read, themselves or through others."""
        direct = [node for rule in self.rulebook.consistency for node in self.in_rule(rule)]
        return frozenset((*direct, *(inner for node in direct for inner in self.reached(node))))

    @cached_property
    def in_law_day(self) -> frozenset[EntryNode]:
        """What the day of the law is read from where a named date gives it: that date, and all that it reads."""
        if self.rulebook.law_day is None:
            return frozenset()
        named = EntryNode("date", self.rulebook.law_day)
        return frozenset((named, *self.reached(named)))

    @cached_property
    def in_outcomes(self) -> Mapping[EntryNode, tuple[EntryNode, ...]]:
        """What follows from outcomes, and what the records read that they lead to.

        It decides no answer, so nothing else reaches it.
        """
        found: dict[EntryNode, list[EntryNode]] = {}
        for question in self.rulebook.questions.values():
            for outcome in question.outcomes:
                if outcome.leads_to is not None:
                    facts = (EntryNode("fact", path) for path in outcome.leads_to.taken(self.rulebook.facts).values())
                    found.setdefault(EntryNode("outcome", outcome.id), []).extend(facts)
            for one in question.consequences:
                for name in (*one.certain, *one.possible):
                    found.setdefault(EntryNode("outcome", name), []).append(EntryNode("consequence", one.id))
        return {node: _each_once(read) for node, read in found.items()}

    def reached(self, node: EntryNode) -> tuple[EntryNode, ...]:
        """Everything a node reads, itself or through concepts, shared conclusions and named dates; outer first."""
        if node in self._reached:
            return self._reached[node]
        seen: dict[EntryNode, None] = {}
        waiting = list(self.direct.get(node, ()))
        while waiting:
            one = waiting.pop(0)
            if one not in seen:
                seen[one] = None
                if one.kind != "provision":  # a provision that is displaced is not read
                    waiting += self.direct.get(one, ())
        self._reached[node] = tuple(seen)
        return self._reached[node]

    def ids(self, node: EntryNode, kind: Kind) -> tuple[str, ...]:
        """The ids of one kind among everything a node reads."""
        return tuple(one.id for one in self.reached(node) if one.kind == kind)

    def users(self, node: EntryNode) -> tuple[EntryNode, ...]:
        """The entries that read a node themselves."""
        return tuple(user for uses in (self.direct, self.in_outcomes) for user, read in uses.items() if node in read)

    def provisions(self, node: EntryNode) -> tuple[str, ...]:
        """The provisions that read a node, themselves or through others."""
        return tuple(name for name in self.rulebook.provisions if node in self.reached(EntryNode("provision", name)))

    def _in_provision(self, provision: Provision) -> Iterator[EntryNode]:
        for law in (provision.enacted_by, provision.repealed_by):
            if law is not None:
                yield EntryNode("instrument", law)
        if provision.at is not None:
            yield from self._of_day(provision.at, None)
        for stated in (provision.in_force, provision.when, provision.unless, provision.concludes):
            if stated is not None:
                yield from self._in(stated, None)
        if provision.brings is not None:
            for node in self._in(provision.brings, None):
                yield EntryNode("consequence", node.id) if node.kind == "outcome" else node
        for other in provision.disapplies:
            yield EntryNode("provision", other)

    def _in_date(self, date: NamedDate) -> Iterator[EntryNode]:
        if isinstance(date.value, DateSwitch):
            yield EntryNode("reading", date.value.reading)
        for day in days_in(date.value):
            yield from self._of_day(day, None)

    def _in(self, stated: StatedPart, records: str | None) -> Iterator[EntryNode]:
        named = names_in(stated)
        yield from (EntryNode("concept", name) for name in named.concepts)
        for path in named.facts:
            yield from self._fact(path, records)
        yield from (EntryNode("fact", name) for name in named.lists)
        yield from (EntryNode("reading", name) for name in named.readings)
        yield from (EntryNode("instrument", name) for name in named.instruments)
        yield from (EntryNode("number", name) for name in named.numbers)
        for name in named.conclusions:
            yield EntryNode("conclusion" if name in self.rulebook.conclusions else "outcome", name)
        for date in named.days:
            yield from self._of_day(date, records)
        inner = stated.records if isinstance(stated, Some) else records
        for part in parts_of(stated):
            yield from self._in(part, inner)

    def _of_day(self, date: DateName, records: str | None) -> Iterator[EntryNode]:
        if date.named is not None:
            yield EntryNode("number", date.named)
        if date.became_law:
            yield EntryNode("instrument", date.name)
        elif date.name in self.rulebook.dates:
            yield EntryNode("date", date.name)
        else:
            yield from self._fact(date.name, records)

    def _fact(self, path: str, records: str | None) -> Iterator[EntryNode]:
        """A fact; nothing where the path is a special day, or a day of the calendar.

        Of the day of the law the named date that gives it, if one does.
        """
        if path == LAW_DATE and self.rulebook.law_day is not None:
            yield EntryNode("date", self.rulebook.law_day)
        full = full_path(self.rulebook, path, records)
        if full != path or path in self.rulebook.facts:
            yield EntryNode("fact", full)


def full_path(rulebook: Rulebook, path: str, records: str | None) -> str:
    """The path of a fact that a statement about ``records`` names, with its list where it is a field of it."""
    inside = records is not None and any(field.id == path for field in rulebook.facts[records].of)
    return f"{records}.{path}" if inside else path


def citations(rulebook: Rulebook) -> Iterator[Citation]:
    """Every reference to a source in the rulebook."""
    for kind, entries in (
        ("provision", rulebook.provisions),
        ("concept", rulebook.concepts),
        ("conclusion", rulebook.conclusions),
        ("consequence", rulebook.consequences),
        ("number", rulebook.numbers),
        ("date", rulebook.dates),
        ("reading", rulebook.readings),
        ("instrument", rulebook.instruments),
        ("property", rulebook.properties),
        ("gap", rulebook.gaps),
    ):
        for name, entry in entries.items():
            for source in entry.sources:
                yield Citation(kind, name, None, source)
    for name, reading in rulebook.readings.items():
        for option in reading.options:
            for source in (*option.supported_by, *(option.held.sources if option.held is not None else ())):
                yield Citation("reading", name, option.id, source)
        for settling in reading.would_settle:
            for source in settling.sources:
                yield Citation("reading", name, None, source)
    for name, telling in rulebook.tellings.items():
        yield Citation("telling", name, None, SourceRef(id=telling.source, at=telling.stage_at, place=telling.place))
        for told in telling.readings:
            yield Citation("telling", name, told.reading, SourceRef(id=telling.source, at=told.at, place=told.place))
    for name, instrument in rulebook.instruments.items():
        for step in instrument.steps:
            for source in step.sources:
                yield Citation("instrument", name, step.stage, source)
        if instrument.ceases is not None:
            for source in instrument.ceases.sources:
                yield Citation("instrument", name, "ceases", source)


def _each_once(nodes: Iterable[EntryNode]) -> tuple[EntryNode, ...]:
    return tuple(dict.fromkeys(nodes))
