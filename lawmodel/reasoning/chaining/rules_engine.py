"""The engine of durable-rules, spoken to without its host in Python: the one file that knows it.

That host starts threads, makes a dozen objects of each firing, swallows whatever is raised in one, and takes longer to
load and to run than the engine itself. The calls here are those that it makes, in its order, but one: the state of a
session is not written back after each firing, since no rule changes or reads it.

What durable-rules 2.0.28 does not bear, and so is never done here: an empty batch of facts; a fact that no rule
uses; deleting a session in which no rule ever fired (its memory is not initialised, hence the rule ``ready``);
more than one session at a time; rules that match one fact only once (``dist`` 0 lifts that); a signal handler or a
fork while rules are made or run (`lawmodel.reasoning.engine_calls`).
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, Final, TypeAlias

from lawmodel.reasoning.chaining.written_program import Fact

Clauses: TypeAlias = Sequence[Sequence[Fact]]
"""When a rule fires: where of each of these some fact is there."""

MATCHES_A_FIRING: Final = 65_535
_READY: Final[Fact] = 0
_names: Final = count()


class EngineFailure(RuntimeError):
    """The engine did not run as it should; never a matter of the case."""


@lru_cache(maxsize=1)
def why_unavailable() -> str | None:
    """Why the engine cannot run here, in words; None if it can."""
    try:
        _engine()
    except ImportError as error:
        # A name that went with Python 3.13: the compiler of its time lets it pass, and the loader does not find it.
        built = "; it was built without what docs/engines.md says for Python 3.13 and later"
        return f"durable-rules cannot be imported: {error}{built if 'PyEval_CallObject' in str(error) else ''}"
    return None


def _engine() -> Any:
    return importlib.import_module("durable_rules_engine")


def rules_text(rules: Iterable[Clauses]) -> str:
    """Rules as the engine reads them; each is called by its number."""
    defined: dict[str, dict[str, Any]] = {"ready": {"all": [{"m0": _condition([_READY])}]}}
    for number, clauses in enumerate(rules):
        conditions = [{f"m{place}": _condition(clause)} for place, clause in enumerate(clauses)]
        defined[str(number)] = {"all": conditions, "cap": MATCHES_A_FIRING, "dist": 0}
    return json.dumps(defined)


class RulesInEngine:
    """Rules in the engine; run from an empty session each time."""

    def __init__(self, text: str) -> None:
        """Take what `rules_text` makes of them."""
        self._text = text
        self._begin()

    def _begin(self) -> None:
        # A name that was used before would silently stand for the rules of then. The first run fires ``ready`` as well.
        self._handle = _engine().create_ruleset(f"ruleset-{next(_names)}", self._text)
        self._has_fired = False

    def run(self, facts: Iterable[Fact], fires: Callable[[int], Fact | None]) -> None:
        """Have the rules fire on some facts, at least one; ``fires`` may give another fact for each rule that does.

        Each fact may be given once, and has to stand in some rule. What ``fires`` raises ends the run.
        """
        engine, handle = _engine(), self._handle
        try:
            every = facts if self._has_fired else (_READY, *facts)
            given = ", ".join([f'{{"{property_of(fact)}": 1}}' for fact in every])
            state = self._taken(engine.assert_facts(handle, f"[{given}]"))
            begun = engine.start_action_for_state(handle, state)
            if begun:
                self._has_fired = True
                try:
                    self._fire(engine, state, begun, fires)
                except BaseException:
                    engine.abandon_action(handle, state)
                    raise
        finally:
            if self._has_fired:
                engine.delete_state(handle, None)
            else:  # a first run that failed has left a session that cannot be deleted
                self._begin()

    def _fire(self, engine: Any, state: int, begun: tuple[str, str], fires: Callable[[int], Fact | None]) -> None:
        """Go through the firings, one after the other."""
        session, firing = json.dumps(json.loads(begun[0])["sid"]), begun[1]
        while firing:  # the name of a rule, and what it matched
            rule = firing[2 : firing.index('"', 2)]
            further = None if rule == "ready" else fires(int(rule))
            if further is not None:
                fact = f'{{"{property_of(further)}": 1, "sid": {session}}}'
                self._taken(engine.assert_fact(self._handle, fact))
            firing = engine.complete_and_start_action(self._handle, state)

    @staticmethod
    def _taken(answer: tuple[int, int]) -> int:
        """The state after facts were given; raises EngineFailure if the engine has not taken them."""
        refused, state = answer
        if refused:
            raise EngineFailure(f"the engine has not taken the facts that it was given ({refused})")
        return state

    def forget(self) -> None:
        """Take the rules out of the engine."""
        _engine().delete_ruleset(self._handle)


def property_of(fact: Fact) -> str:
    """A fact has a property of its own: the engine tells properties apart faster than values."""
    return f"l{fact}"


def _condition(clause: Sequence[Fact]) -> dict[str, Any]:
    alternatives = [{property_of(fact): 1} for fact in clause]
    return alternatives[0] if len(alternatives) == 1 else {"$or": alternatives}
