"""Forward chaining: the answer derived by production rules, in durable-rules.

It must equal `lawmodel.reasoning.evaluation` in every case. Comparisons are tested first; what follows from them
is derived by rules. The engine is an optional part: it runs on Python 3.11 and 3.12 only.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.kept_objects import KeptObjects
from lawmodel.reasoning.chaining.rules_engine import EngineFailure as EngineFailure
from lawmodel.reasoning.chaining.rules_engine import RulesInEngine
from lawmodel.reasoning.chaining.rules_engine import why_unavailable as why_unavailable
from lawmodel.reasoning.chaining.written_program import (
    ALWAYS,
    Expression,
    Fact,
    SignedExpressions,
    TooManyRules,
    WrittenComparison,
    WrittenProgram,
    WrittenRuleset,
)
from lawmodel.reasoning.engine_calls import EngineCall, HeldByEngine
from lawmodel.reasoning.evaluation import NO_RECORD, Truth, Values, meaning
from lawmodel.reasoning.formula import Formula, Record, ResolvedQuestion, SomeRecord, distinct

AVAILABLE: bool
"""Whether forward chaining can run here; found out when it is first asked for."""

KEPT_PROGRAMS: Final = 32
"""For how many combinations of numbers of records the rules of a question are kept."""
MOST_KEPT: Final = 60
KEPT: Final = KeptObjects(
    "program",
    ("lawmodel.reasoning.chaining.written_program", "lawmodel.reasoning.formula", "lawmodel.time_spans"),
    MOST_KEPT,
)
"""Written programs in the user's cache."""

Programs: TypeAlias = "OrderedDict[tuple[int | None, ...], _Program]"
"""By the numbers of records, the one that was used last at the end."""

_turns = threading.Lock()
_held: Final[HeldByEngine[ForwardChaining, Programs]] = HeldByEngine()


def _renew_turns() -> None:
    """In the child of a fork, which does not have the thread whose turn it may have been."""
    global _turns  # noqa: PLW0603 - who held it cannot let go of it
    _turns = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_turns)


def __getattr__(name: str) -> bool:
    if name == "AVAILABLE":
        return why_unavailable() is None
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Session:
    """A ruleset in the engine."""

    def __init__(self, ruleset: WrittenRuleset) -> None:
        self._facts, self._derives = ruleset.facts, ruleset.derives
        self.rules = RulesInEngine(ruleset.text)

    def run(self, held: set[Expression]) -> list[Expression]:
        """What the rules derive from what is held, in the order of the firings; it is added to ``held``."""
        fired: list[Expression] = []

        def fires(rule: int) -> Fact | None:
            expression, fact = self._derives[rule]
            if expression in held:
                return None
            held.add(expression)
            fired.append(expression)
            return fact

        known = [fact for expression, fact in self._facts.items() if expression in held]
        if known:
            self.rules.run(known, fires)
        return fired


class KnownLiterals:
    """Finds which literals hold in a case; made once, for any number of cases."""

    def __init__(
        self, comparisons: Iterable[WrittenComparison], options: Iterable[tuple[str, str, Expression]]
    ) -> None:
        self._comparisons = [(meaning(one.atom), one.record, one.holds) for one in comparisons]
        self._options = tuple(options)

    def of(self, values: Values) -> Iterator[Expression]:
        """The literals that hold: each comparison is tested once."""
        for compare, place, holds in self._comparisons:
            truth = compare(values, NO_RECORD if place is None else _record(values, *place))
            if truth is not None and truth in holds:
                yield holds[truth]
        for key, option, expression in self._options:
            value = values[key]
            if value is not None and value != option:
                yield expression


class _Program:
    """The rules of a question for given numbers of records, in the engine."""

    def __init__(self, written: WrittenProgram) -> None:
        self.applies, self.concludes, self._labels = written.applies, written.concludes, written.labels
        self.sessions = [_Session(ruleset) for ruleset in written.rulesets]
        self._known = KnownLiterals(written.comparisons, written.other_options)

    def run(self, values: Values) -> tuple[set[Expression], list[str]]:
        """What is known or derived, and the labels of what was derived in the order in which it was."""
        held = set(self._known.of(values))
        fired = [expression for session in self.sessions for expression in session.run(held)]
        return held, [self._labels.get(expression, f"step {expression}") for expression in fired]


@dataclass(frozen=True, slots=True)
class Derivation:
    """What the rules derived in one case."""

    applies: Mapping[str, Truth]
    """Whether each provision applies, by id."""
    supports: Mapping[str, Mapping[str, Truth]]
    """For each outcome: the provisions that speak for it, or may; those that don't are left out."""
    outcome: str | None
    """The strongest outcome for which a provision speaks; None where it is open."""
    firings: tuple[str, ...]
    """What was derived, in the order in which it was."""


class ForwardChaining:
    """A question as production rules, to be run on any number of cases; threads take turns.

    Raises EngineFailure if the engine cannot be used (see `why_unavailable`) or does not run as it should, and
    `TooManyRules` on a case for which the question has more rules than can be made.
    """

    def __init__(self, question: ResolvedQuestion, kept_as: Sequence[str] = ()) -> None:
        """``kept_as`` says what the question was made from: then its written programs are kept from run to run."""
        if reason := why_unavailable():
            raise EngineFailure(reason)
        self.question = question
        self._kept_as = tuple(kept_as)
        self._lists = _lists_in(
            formula
            for rule in question.rules
            for formula in (rule.applies, *(condition for _, condition in rule.concludes))
        )
        self._programs: Programs = OrderedDict()
        self._refused: dict[tuple[int | None, ...], str] = {}
        _held.hold(self, self._programs)

    def derive(self, values: Values) -> Derivation:
        """Run the rules on a case."""
        with _turns, EngineCall():
            program = self._program(values)
            held, firings = program.run(values)
            applies = {rule: _truth(signed, held) for rule, signed in program.applies.items()}
            supports: dict[str, dict[str, Truth]] = {outcome: {} for outcome in self.question.outcomes}
            for rule, concludes in program.concludes.items():
                for outcome, condition in concludes:
                    truths = (applies[rule], _truth(condition, held))
                    if False not in truths:
                        supports[outcome][rule] = None if None in truths else True
        return Derivation(applies, supports, self._strongest(supports), tuple(firings))

    def applies(self, values: Values) -> dict[str, Truth]:
        """Whether each provision applies, by id."""
        return dict(self.derive(values).applies)

    def supports(self, values: Values) -> dict[str, dict[str, Truth]]:
        """For each outcome: the provisions that speak for it, or may; those that don't are left out."""
        return {outcome: dict(found) for outcome, found in self.derive(values).supports.items()}

    def outcome(self, values: Values) -> str | None:
        """The strongest outcome for which a provision speaks; None where it is open."""
        return self.derive(values).outcome

    def _strongest(self, supports: Mapping[str, Mapping[str, Truth]]) -> str | None:
        for outcome in self.question.outcomes[:-1]:
            if supports[outcome]:
                return outcome if True in supports[outcome].values() else None
        return self.question.outcomes[-1]

    def _program(self, values: Values) -> _Program:
        counts = tuple(_length(values, records) for records in self._lists)
        if counts not in self._programs:
            for gone in _held.released():
                _forget(gone.values())
            self._programs[counts] = self._made(counts)
            if len(self._programs) > KEPT_PROGRAMS:
                _forget([self._programs.popitem(last=False)[1]])
        self._programs.move_to_end(counts)
        return self._programs[counts]

    def _made(self, counts: tuple[int | None, ...]) -> _Program:
        if counts in self._refused:
            raise TooManyRules(self._refused[counts])
        try:
            return _Program(self._written(counts))
        except TooManyRules as refused:
            if len(self._refused) == KEPT_PROGRAMS:
                self._refused.clear()
            self._refused[counts] = str(refused)
            raise

    def _written(self, counts: tuple[int | None, ...]) -> WrittenProgram:
        """The rules for these numbers of records: kept, or written anew."""
        kept_as = (*self._kept_as, *map(str, counts))
        kept = KEPT.recall(kept_as) if self._kept_as else None
        if isinstance(kept, WrittenProgram):
            return kept
        from lawmodel.reasoning.chaining.writing import written_program  # only where nothing is kept

        written = written_program(self.question, dict(zip(self._lists, counts, strict=True)))
        if self._kept_as:
            KEPT.keep(kept_as, written)
        return written


def _lists_in(formulas: Iterable[Formula]) -> tuple[str, ...]:
    """The lists of records that the formulas speak of, in alphabetical order."""
    return tuple(sorted({one.records for one in distinct(formulas) if isinstance(one, SomeRecord)}))


def _truth(signed: SignedExpressions, held: set[Expression]) -> Truth:
    """What was derived of a formula."""
    holds = signed.holds == ALWAYS or signed.holds in held
    fails = signed.fails == ALWAYS or signed.fails in held
    if holds and fails:
        raise EngineFailure("the rules derive a formula and its opposite")
    return True if holds else False if fails else None


def _record(values: Values, records: str, number: int) -> Record:
    listed = values[records]
    assert isinstance(listed, tuple)
    return listed[number]


def _forget(programs: Iterable[_Program]) -> None:
    """Take the rulesets of programs out of the engine."""
    for program in programs:
        for session in program.sessions:
            session.rules.forget()


def _length(values: Values, records: str) -> int | None:
    listed = values[records]
    return len(listed) if isinstance(listed, tuple) else None
