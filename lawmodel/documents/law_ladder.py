"""The conditions of a provision as a ladder, without a case: made of the conditions that the rulebook states.

Readings are taken by default, since a picture of every way to read a text is none; those without a default stand
side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final, TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.document import Ladder, Rung, Text, reading, text
from lawmodel.documents.case_ladder import MOST_BOXES, boxes, group, nothing_asked
from lawmodel.rulebook.condition import (
    AllOf,
    Always,
    AnyOf,
    ConceptHolds,
    Concludes,
    Conclusion,
    ConclusionCases,
    ConclusionSwitch,
    Condition,
    Count,
    CountsAsLaw,
    FactCompared,
    FactIs,
    FactSameAs,
    NotThis,
    Some,
    Switch,
)
from lawmodel.rulebook.model import Provision, Reading, Rulebook
from lawmodel.words.outcomes import statement
from lawmodel.words.outline import Outline, bounded

DEEPEST: Final = 1
"""Concepts are spelled out so many levels deep, if the ladder does not get too big by it."""

_Piece: TypeAlias = Rung | str
"""A rung; or the id of a reading under which nothing is asked."""


def ladder_of_law(rulebook: Rulebook, provision: Provision, words: Outline) -> Ladder:
    """The ladder of a provision, with what it comes to at its end; ``words`` puts its conditions into words."""
    title = f"{provision.citation} as a ladder, each reading by default"
    deep, flat = (_LawRungs(rulebook, provision.question, words, depth).of(provision) for depth in (DEEPEST, 0))
    return Ladder(title, deep if boxes(deep) <= MOST_BOXES else flat)


@dataclass(frozen=True, slots=True)
class _LawRungs:
    rulebook: Rulebook
    question: str
    words: Outline
    depth: int
    """Concepts are spelled out so many levels deep."""

    def of(self, provision: Provision) -> tuple[Rung, ...]:
        """The rungs of a provision, and its ends."""
        rungs: list[Rung] = []
        if provision.enacted_by is not None:
            rungs.append(Rung(text(f"{self.rulebook.instruments[provision.enacted_by].title} is law")))
        for stated in (provision.in_force, provision.when):
            rungs += () if stated is None else self.series(((stated, True),))
        if provision.unless is not None:
            rungs.append(group(text("no exception applies"), None, "all", self.series(((provision.unless, False),))))
        concluded = provision.concludes or provision.brings
        return (*rungs, *(() if concluded is None else (self._end(concluded),)))

    def series(self, conditions: Iterable[tuple[Condition, bool]]) -> tuple[Rung, ...]:
        """Conditions that all have to hold, or not to; readings in a row under which nothing is asked are one rung."""
        pieces = [piece for stated, so in conditions for piece in self._pieces(stated, so)]
        rungs: list[Rung] = []
        for is_name, together in groupby(pieces, key=lambda piece: isinstance(piece, str)):
            found = list(together)
            if is_name:
                rungs.append(Rung(nothing_asked(str(one) for one in found)))
            else:
                rungs += [one for one in found if isinstance(one, Rung)]
        return tuple(rungs)

    def _one(self, stated: Condition, so: bool) -> Rung:
        found = self.series(((stated, so),))
        return found[0] if len(found) == 1 else Rung((), None, "all", found or (Rung(text("always")),))

    def _each(self, parts: Sequence[Condition], so: bool) -> tuple[Rung, ...]:
        return tuple(self._one(part, so) for part in parts)

    def _pieces(self, stated: Condition, so: bool) -> Iterator[_Piece]:
        match stated:
            case Always(value):
                if value is not so:
                    yield Rung(text("never"))
            case NotThis(part):
                yield from self._pieces(part, not so)
            case AllOf(parts) | AnyOf(parts):
                if isinstance(stated, AllOf) is so:
                    for part in parts:
                        yield from self._pieces(part, so)
                else:
                    yield group((), None, "any", self._each(parts, so))
            case Count(bound, number, parts):
                yield Rung(text(f"{bounded(bound, number, so)} of these"), None, "count", self._each(parts, so=True))
            case Some():
                yield self._some(stated, so)
            case Switch():
                yield from self._switch(stated, so)
            case ConceptHolds():
                yield self._concept(stated, so)
            case CountsAsLaw() | FactIs() | FactSameAs() | FactCompared():
                yield Rung(text(self.words.line(stated, so).says))
            case _:
                assert_never(stated)

    def _some(self, some: Some, so: bool) -> Rung:
        said = text(self.words.line(some, so).says)
        if isinstance(some.such_that, Always) and some.such_that.value:
            return Rung(said)
        inside = replace(self, words=replace(self.words, records=some.records))
        return group(said, None, "all", inside.series(((some.such_that, True),)))

    def _switch(self, switch: Switch, so: bool) -> Iterator[_Piece]:
        read = self.rulebook.readings[switch.reading]
        branches = {one.id: switch.branches.get(one.id, switch.otherwise) for one in read.options}
        if read.default is None:
            rungs = [self._option(read, name, branch, so) for name, branch in branches.items() if branch is not None]
            yield Rung(
                text("Reading ", reading(read.id, read.id), f" (open): {read.title}"), None, "open", tuple(rungs)
            )
            return
        branch = branches[read.default]
        assert branch is not None
        inside = self.series(((branch, so),))
        if inside:
            yield group(_read(read), None, "all", inside)
        else:
            yield read.id

    def _option(self, read: Reading, name: str, branch: Condition, so: bool) -> Rung:
        says = text("if ", reading(name, read.id), f": {read.option(name).says}")
        inside = self.series(((branch, so),))
        return group(says, None, "all", inside) if inside else Rung(says)

    def _concept(self, stated: ConceptHolds, so: bool) -> Rung:
        concept = self.rulebook.concepts[stated.concept]
        line = self.words.line(stated, so)
        cited = f" ({concept.citation})" if concept.citation else ""
        if not self.depth:
            return Rung(text(line.says, cited))
        records = self.words.records if concept.about is not None else None
        inside = replace(self, words=replace(self.words, records=records), depth=self.depth - 1)
        found = inside.series(((concept.when, so),))
        if len(found) == 1 and not found[0].says and found[0].joint == "any":
            return replace(found[0], says=text(line.says, cited))
        return group(text(line.says, cited), None, "all", found) if len(found) > 1 else Rung(text(line.says, cited))

    # -- what follows

    def _end(self, stated: Conclusion) -> Rung:
        match stated:
            case Concludes(name):
                return self._named(name)
            case ConclusionCases(cases, otherwise):
                found = [self._branch(self.series(((when, True),)), then) for when, then in cases]
                last = self._branch((Rung(text("otherwise")),), otherwise)
                return Rung(text("the first of these that is so"), None, "count", (*found, last))
            case ConclusionSwitch(name, stated_branches, otherwise):
                read = self.rulebook.readings[name]
                branches = {one.id: stated_branches.get(one.id, otherwise) for one in read.options}
                if read.default is not None and (taken := branches[read.default]) is not None:
                    return self._branch((Rung(_read(read)),), taken)
                options = [
                    self._branch((Rung(text("if ", reading(option, name), f": {read.option(option).says}")),), then)
                    for option, then in branches.items()
                    if then is not None
                ]
                said = text("Reading ", reading(name, name), f" (open): {read.title}")
                return Rung(said, None, "open", tuple(options))
            case _:
                assert_never(stated)

    def _branch(self, before: Sequence[Rung], then: Conclusion) -> Rung:
        return group((), None, "all", (*before, self._end(then)))

    def _named(self, name: str | None) -> Rung:
        if name is None:
            return Rung(text("nothing follows"), is_end=True)
        if name in self.rulebook.conclusions:
            return self._end(self.rulebook.conclusions[name].concludes)
        if name in self.rulebook.consequences:
            return Rung(text(self.rulebook.consequences[name].says), is_end=True)
        return Rung(text(statement(self.rulebook, self.question, name)), is_end=True)


def _read(read: Reading) -> Text:
    """A reading as it is by default."""
    assert read.default is not None
    return text("Reading ", reading(read.id, read.id), f" (default): {read.option(read.default).says}")
