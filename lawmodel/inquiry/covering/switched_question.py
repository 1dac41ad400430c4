"""One question of a law with a switch at each limb: what its rules say, once a limb is otherwise; and the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from typing import NamedTuple

from lawmodel.dataclass import dataclass
from lawmodel.inputs import Valuation
from lawmodel.inquiry.covering.limbs import ALWAYS, NEVER, Switched, switches_in
from lawmodel.inquiry.distinguishing.compiled_question import CompiledQuestion, Level, Spoken, consequences_of
from lawmodel.inquiry.distinguishing.expected_answers import Answered, ExpectedAnswer
from lawmodel.inquiry.searching.found_case import open_valuation
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import ResolvedQuestion, Rule
from lawmodel.reasoning.rewrite import conditions_of
from lawmodel.reasoning.solving.self_composition import Copy, Product
from lawmodel.reasoning.whole_law.distinguishing_search import DistinguishingSearch
from lawmodel.reasoning.whole_law.every_stage import of_every_law, resolve_at_every_stage
from lawmodel.rulebook.model import Rulebook


class Shown(NamedTuple):
    """What is to be shown of a limb: that it decides where it is so, or where it is not."""

    limb: int
    so: bool

    @property
    def forced(self) -> str:
        """How the switch of the limb stands if the limb is otherwise."""
        return NEVER if self.so else ALWAYS


class Heard(NamedTuple):
    """What the rules of a question say on a test: of the outcome, and of the consequences if somebody asked."""

    spoken: list[Spoken]
    follows: list[Spoken] | None


@dataclass(slots=True)
class AskedQuestion:
    """One question of a switched rulebook, made ready; what costs more is made when it is first needed."""

    switched: Switched
    resolved: ResolvedQuestion
    compiled: CompiledQuestion
    following: CompiledQuestion | None
    reading: list[frozenset[int]] = field(default_factory=list)
    """For each rule the limbs that it reads."""
    following_reading: list[frozenset[int]] = field(default_factory=list)
    limbs: frozenset[int] = frozenset()
    _written: dict[bool, list[Rule]] = field(default_factory=dict)
    _parting: tuple[tuple[Shown, bool], DistinguishingSearch] | None = None

    @classmethod
    def of(cls, law: Switched, question: str) -> AskedQuestion:
        """A question of the rulebook."""
        resolved = resolve_at_every_stage(law.rulebook, question)
        compiled, following = CompiledQuestion(resolved), consequences_of(resolved)
        known: dict[int, frozenset[int]] = {}
        reading = [_read_by(rule, known) for rule in resolved.rules]
        further = [] if following is None else [_read_by(rule, known) for rule in following.question.rules]
        limbs = frozenset().union(*reading, *further)
        return cls(law, resolved, compiled, following, reading, further, limbs)

    def sides(self, shown: Shown, consequences: bool) -> tuple[Copy, Copy]:
        """The question as the law is written, and with a limb otherwise; or that of the consequences."""
        question, reading = self.resolved, self.reading
        if consequences:
            assert self.following is not None
            question, reading = self.following.question, self.following_reading
        if consequences not in self._written:
            self._written[consequences] = self.switched.settled(question.rules)
        written = self._written[consequences]
        places = [place for place, limbs in enumerate(reading) if shown.limb in limbs]
        forced = self.switched.settled([question.rules[place] for place in places], {shown.limb: shown.forced})
        other = list(written)
        for place, rule in zip(places, forced, strict=True):
            other[place] = rule
        return Copy(replace(question, rules=tuple(written)), {}), Copy(replace(question, rules=tuple(other)), {})

    def search(self, shown: Shown, consequences: bool) -> DistinguishingSearch:
        """The law as written beside the law with a limb otherwise; kept until another is asked for."""
        if self._parting is None or self._parting[0] != (shown, consequences):
            space = Product(self.sides(shown, consequences), everything_open(self.switched.rulebook))
            self._parting = ((shown, consequences), DistinguishingSearch(space))
        return self._parting[1]

    def case(self, shown: Shown, level: Level) -> Values | None:
        """A completion of which this part of the answer changes; None is a proof that there is none."""
        if shown.limb not in self.limbs or (level == "consequences" and self.following is None):
            return None
        return self.search(shown, level == "consequences").case(level == "outcome")

    def heard(self, test: ExpectedAnswer) -> Heard:
        """What the rules say."""
        asks = test.expectation.consequences is not None and self.following is not None
        follows = self.following.spoken(test.values) if asks and self.following is not None else None
        return Heard(self.compiled.spoken(test.values), follows)

    def heard_again(self, test: ExpectedAnswer, before: Heard, limb: int) -> Heard:
        """What they say once a limb is otherwise: only those that read it are asked."""
        spoken = _again(self.compiled, self.reading, test, before.spoken, limb)
        if before.follows is None or self.following is None:
            return Heard(spoken, before.follows)
        return Heard(spoken, _again(self.following, self.following_reading, test, before.follows, limb))

    def answered(self, heard: Heard) -> Answered:
        """The answer to which the rules come together."""
        follows = None if heard.follows is None or self.following is None else self.following.said(heard.follows)
        return Answered(self.compiled.said(heard.spoken), None if follows is None else follows.grounds)

    def some_open(self, heard: Heard, limb: int) -> bool:
        """Whether some rule that reads a limb is open."""
        return any(
            truth is None
            for one, limbs in zip(heard.spoken, self.reading, strict=True)
            if limb in limbs
            for _, truth in one
        )


def _again(
    compiled: CompiledQuestion, reading: Sequence[frozenset[int]], test: ExpectedAnswer, before: list[Spoken], limb: int
) -> list[Spoken]:
    return [
        rule.spoken(test.values) if limb in limbs else one
        for rule, limbs, one in zip(compiled.rules, reading, before, strict=True)
    ]


def _read_by(rule: Rule, known: dict[int, frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*(switches_in(one, known) for one in conditions_of(rule)))


def everything_open(rulebook: Rulebook) -> Valuation:
    """Every case, under every reading, on every day and at every stage of the law."""
    return Valuation({**open_valuation(rulebook).values, **of_every_law(rulebook)}, {})
