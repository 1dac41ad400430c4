"""What contradicts a property of the law: the space of all cases, or of all two, and the conditions on them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from lawmodel.dataclass import dataclass
from lawmodel.inputs import LAW_DATE, Scalar, reading_key
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.searching.found_case import open_valuation
from lawmodel.reasoning.following import followed
from lawmodel.reasoning.formula import Formula, Input, OneOf, all_of
from lawmodel.reasoning.resolve import Dated, resolve_condition
from lawmodel.reasoning.solving.self_composition import Copy, Product
from lawmodel.reasoning.solving.z3_encoding import joined
from lawmodel.reasoning.whole_law.second_copy import SecondCopy, second_key
from lawmodel.rulebook.condition import DateName, FactCompared
from lawmodel.rulebook.model import Change, Property, Rulebook

GIVEN = "given"


@dataclass(frozen=True, slots=True)
class LawSeen:
    """The law under which the first case, or the second, is looked at."""

    stage: str
    on: datetime.date | None
    readings: dict[str, str]
    """Those that are settled."""

    @property
    def dated(self) -> Dated:
        """How the day of the law is known."""
        return "by_facts" if self.on is None else "by_choice"


class PropertySpace:
    """One property at one stage of the law: all cases of which it speaks, seen under the law of which it speaks."""

    def __init__(self, rulebook: Rulebook, one: Property, stage: str) -> None:
        """Take a property of the rulebook, and the stage that bills have reached."""
        self.rulebook, self.property = rulebook, one
        self.laws = _laws(rulebook, one, stage)
        """The law for the first case, and for the second if there are two."""
        self._questions = [
            decider(rulebook, one.question, law.stage, on_a_day=law.on is not None).question for law in self.laws
        ]
        differs, one_more = ((), None) if one.changed is None else (_differs(one.changed), one.changed.one_more)
        self.another = SecondCopy(self._questions[0], differs, one_more)
        self.such_that: Formula | None = None
        """What holds of the second case's one more record."""
        if one.changed is not None and one.changed.such_that is not None:
            dated = self.laws[-1].dated
            self.such_that = resolve_condition(rulebook, one.changed.such_that, stage, one_more, dated=dated)
        self.conditions = [self._conditions(number) for number in range(len(self.laws))]
        """For each side what is given of it, and each consequence of which the property speaks."""
        self.space = Product([*self._sides()], self.another.valuation(open_valuation(rulebook)))

    # --- what is asked -----------------------------------------------------------------------------

    def _conditions(self, number: int) -> dict[str, Formula]:
        claims, stage = self.property.claims, self.laws[number].stage
        found = {name: followed(self._questions[number], name) for name in (*claims.brings, *claims.never_brings)}
        if number == 0:
            given = self.property.given
            stated = [] if given is None else [given]
            for comparison, day in (("on_or_after", self.property.since), ("on_or_before", self.property.until)):
                if day is not None:
                    named = DateName(day.isoformat(), self.property.place)
                    stated.append(FactCompared(LAW_DATE, comparison, None, named, self.property.place))
            dated = self.laws[number].dated
            parts = [resolve_condition(self.rulebook, one, stage, dated=dated) for one in stated]
            found[GIVEN] = all_of(*parts)
        return found

    def _sides(self) -> Iterator[Copy]:
        for number, law in enumerate(self.laws):
            settled: dict[str, Scalar] = {reading_key(name): option for name, option in law.readings.items()}
            if law.on is not None:
                settled[LAW_DATE] = law.on.toordinal()
            question, stated = self._questions[number], self.conditions[number]
            if number == 0:
                changed = {f"changed {place}": one for place, one in enumerate(self._of_change())}
                yield Copy(self.another.first(question), settled, {**stated, **changed})
            else:
                yield Copy(self.another.second(question), settled, stated)

    def _of_change(self) -> Iterator[Formula]:
        """What holds of the second case's own inputs."""
        for path, text in (self.property.changed.to if self.property.changed is not None else {}).items():
            value: Scalar = text == "yes" if self.rulebook.facts[path].sort == "yes/no" else text
            yield OneOf(Input(second_key(path)), frozenset({value}))
        if self.such_that is not None:
            yield self.another.further(self.such_that)

    def speaking_of(self) -> Iterator[str]:
        """Conditions on a completion of which the property speaks at all."""
        stated = self.space.sides[0].stated
        yield from (self.space.stated(0, name) for name in stated if name not in self._consequences())

    def contradicting(self) -> Iterator[str]:
        """Conditions on a completion that contradicts the property."""
        yield from self.speaking_of()
        space, claims = self.space, self.property.claims
        broken: list[str] = []
        if claims.always:
            broken.append(f"(not {joined('or', [space.outcome(0, name) for name in claims.always])})")
        broken += [space.outcome(0, name) for name in claims.never]
        broken += [f"(not {space.ground(0, name)})" for name in claims.ground]
        broken += [space.ground(0, name) for name in claims.no_ground]
        broken += [f"(not {space.stated(0, name)})" for name in claims.brings]
        broken += [space.stated(0, name) for name in claims.never_brings]
        if claims.compared is not None:
            broken.append(self._apart(claims.compared))
        yield joined("or", broken)

    def _consequences(self) -> tuple[str, ...]:
        return (*self.property.claims.brings, *self.property.claims.never_brings)

    def _apart(self, compared: str) -> str:
        space, outcomes = self.space, self._questions[0].outcomes
        pairs = [(one, other) for place, one in enumerate(outcomes) for other in outcomes[place + 1 :]]
        match compared:
            case "no_weaker":
                return joined("or", [f"(and {space.outcome(0, a)} {space.outcome(1, b)})" for a, b in pairs])
            case "no_stronger":
                return joined("or", [f"(and {space.outcome(0, b)} {space.outcome(1, a)})" for a, b in pairs])
            case "same_outcome":
                return space.differ(0, 1)
        rules = [rule.id for question in self._questions for rule in question.rules]
        apart = [f"(not (= {space.ground(0, name)} {space.ground(1, name)}))" for name in dict.fromkeys(rules)]
        return joined("or", [space.differ(0, 1), *apart])

    # --- what was looked at ------------------------------------------------------------------------

    def records(self) -> dict[str, int]:
        """How many records of each list are enough."""
        found: dict[str, int] = {}
        for key, slots in self.space.encoding.slots.items():
            path = key.removeprefix(second_key(""))
            found[path] = max(found.get(path, 0), slots)
        return found

    def readings(self) -> tuple[str, ...]:
        """The readings of which every option was taken."""
        variables = self.space.encoding.variables
        return tuple(name for name in self.rulebook.readings if reading_key(name) in variables)

    def facts(self) -> int:
        """How many facts and fields of records could be anything."""
        paths = set()
        for key in self.space.encoding.variables:
            records, _, rest = key.partition("[")
            name = rest.partition("].")[2]
            paths.add(f"{records}.{name}" if rest else records)
        return sum(1 for path in paths if self._known(path))

    def _known(self, path: str) -> bool:
        try:
            return self.rulebook.fact(path).sort != "records"
        except (KeyError, ValueError):
            return False


def _laws(rulebook: Rulebook, one: Property, stage: str) -> tuple[LawSeen, ...]:
    """The law that a property means: once, or for the first case and for the second."""
    by_default = {name: reading.default for name, reading in rulebook.readings.items() if one.by_default}
    settled = {name: option for name, option in by_default.items() if option is not None} | dict(one.readings)
    first = LawSeen(stage, one.on, settled)
    if one.changed is None:
        return (first,)
    change = one.changed
    return first, LawSeen(change.stage or stage, change.on or one.on, {**settled, **change.readings})


def _differs(change: Change) -> tuple[str, ...]:
    return (*change.facts, *change.to)
