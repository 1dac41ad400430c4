"""The solver z3, which finds a completion or proves that there is none; it is loaded when the first one is made.

This is the one file that speaks to z3. Every solver has a context of its own: so the same text and questions give the
same answers whatever was asked before, and threads do not meet in one. z3's Python interface falls back to one context
for the whole process wherever none is named; here functions of its C interface are called, which take one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from lawmodel.inputs import is_calendar_day
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.reasoning.engine_calls import EngineCall, HeldByEngine
from lawmodel.reasoning.engine_record import record_engine
from lawmodel.reasoning.solving.moved_days import MovedConstant, remarked
from lawmodel.time_spans import moved

_SEED: Final = 0
EASY: Final = 200_000
"""z3's units of work, some 0.1 s, up to which a question is asked where it cannot be interrupted."""

MOST_WORK: Final = 100_000_000
"""Units of work, some 10 to 50 s, up to which a question is asked at all. They are counted, and the same everywhere."""

MOST_TOLD: Final = 5_000
"""Of so many days moved by months a solver is told what is so."""

TRUTH: Final = 0
"""The kind of a Boolean constant; that of a bit vector is the number of its bits."""
WHOLE: Final = -1
"""The kind of a whole number."""


def solver_version() -> str:
    """The version of z3."""
    import z3

    return str(z3.get_version_string())


class SolverGaveUp(ProblemsFound):
    """The solver has not settled a question in `MOST_WORK` units of work: it is decidable, and may be very hard."""

    def __init__(self, reason: str) -> None:
        message = f"the solver has not settled a question in {MOST_WORK:,} units of work ({reason})"
        super().__init__([Problem(message, "Leave less open: give more facts, or choose readings.", "z3")])


class _Held:
    """What z3 holds for one solver, all of it in a context that nothing else is in."""

    def __init__(self) -> None:
        import z3  # takes longer to load than most questions take to answer without it

        self.z3 = z3
        self.context = z3.Context()
        self.ref = self.context.ref()
        self.engine: Any = None
        self.model: Any = None
        self.declared: dict[tuple[str, int], Any] = {}
        self.literals: dict[str, Any] = {}
        self.finite = self.hard = self.unanswered = False
        """`unanswered`: whether the last question was broken off."""
        self.texts: list[str] = []
        self.numbers: dict[int, str] = {}
        """The literals by what z3 calls them."""
        self.moved: list[MovedConstant] = []
        """The constants whose values `lawmodel.reasoning.solving.moved_days` has to look at in each model."""
        self.told: set[tuple[str, int]] = set()
        """Of which of them it has been told what is so of a day."""

    def solver(self, *, finite: bool, hard: bool) -> None:
        """Make the engine a solver."""
        z3 = self.z3
        self.finite, self.hard = finite, hard
        if finite:  # not by `z3.SolverFor`, which looks the logic up in z3's own context
            made = z3.Z3_mk_solver_for_logic(self.ref, z3.Z3_mk_string_symbol(self.ref, "QF_FD"))
        else:
            made = z3.Z3_mk_simple_solver(self.ref)
        self.engine = z3.Solver(made, self.context)
        # With `ctrl_c` z3 would take the signal away from Python, in whatever thread it works.
        self.engine.set(random_seed=_SEED, ctrl_c=False, rlimit=EASY)

    def assert_text(self, text: str) -> None:
        """Assert more, of the solver."""
        for one in remarked(text):
            text += "".join(one.order(other) for other in self.moved)
            self.moved.append(one)
        self.texts.append(text)
        self.engine.from_string(text)

    def begin_again(self) -> None:
        """Make the solver anew: one for finite questions is of no use once it has broken off while it prepared them."""
        self.solver(finite=self.finite, hard=self.hard)
        for text in self.texts:
            self.engine.from_string(text)

    def optimizer(self) -> None:
        """Make the engine an optimizer."""
        self.engine = self.z3.Optimize(ctx=self.context)
        self.engine.set(ctrl_c=False, rlimit=MOST_WORK)

    def constant(self, name: str, kind: int) -> Any:
        """The constant of a name, as a declaration and applied; both are kept as long as the context."""
        if (name, kind) not in self.declared:
            z3 = self.z3
            if kind == TRUTH:
                sort = z3.Z3_mk_bool_sort(self.ref)
            else:
                sort = z3.Z3_mk_int_sort(self.ref) if kind == WHOLE else z3.Z3_mk_bv_sort(self.ref, kind)
            made = z3.Z3_mk_const(self.ref, z3.Z3_mk_string_symbol(self.ref, name), sort)
            z3.Z3_inc_ref(self.ref, made)
            self.declared[name, kind] = z3.Z3_get_app_decl(self.ref, made), made
        return self.declared[name, kind]

    def literal(self, literal: str) -> Any:
        """A Boolean constant, or (``-`` before its name) that it does not hold."""
        if literal not in self.literals:
            z3 = self.z3
            made = self.constant(literal.removeprefix("-"), TRUTH)[1]
            if literal.startswith("-"):
                made = z3.Z3_mk_not(self.ref, made)
                z3.Z3_inc_ref(self.ref, made)
            self.literals[literal] = made
            self.numbers[z3.Z3_get_ast_id(self.ref, made)] = literal
        return self.literals[literal]

    def wrongly_moved(self, model: Any) -> str:
        """What is so of the days that are moved wrongly in a model; nothing if none are."""
        facts = []
        for one in self.moved:
            name, day = (self.value(model, constant, WHOLE) for constant in (one.name, one.day))
            if name is None or day is None or not is_calendar_day(day) or name == moved(day, one.span):
                continue
            if (one.name, day) not in self.told:
                self.told.add((one.name, day))
                facts.append(one.fact(day))
        if len(self.told) > MOST_TOLD:
            raise SolverGaveUp(f"{MOST_TOLD:,} days have been moved by months")
        return "\n".join(facts)

    def same_days(self, model: Any) -> str:
        """A literal that says that the days which are moved are those of a model."""
        literal = f"same_days_{len(self.told)}"
        values = ((one.day, self.value(model, one.day, WHOLE)) for one in self.moved)
        same = " ".join(f"(= {day} {value})" for day, value in values if value is not None and value >= 0)
        self.assert_text(f"(declare-const {literal} Bool)(assert (=> {literal} (and true {same})))")
        return literal

    def value(self, model: Any, name: str, kind: int) -> int | None:
        """The value of a constant, of truths 0 or 1; None where the model leaves it open."""
        found = self.z3.Z3_model_get_const_interp(self.ref, model, self.constant(name, kind)[0])
        if found.value is None:
            return None
        if kind == TRUTH:
            return int(self.z3.Z3_get_bool_value(self.ref, found) > 0)
        return int(self.z3.Z3_get_numeral_string(self.ref, found))

    def forget_model(self) -> None:
        if self.model is not None:
            self.z3.Z3_model_dec_ref(self.ref, self.model)
            self.model = None


_held: Final[HeldByEngine[Solver | Optimizer, _Held]] = HeldByEngine()


def _holding(owner: Solver | Optimizer) -> _Held:
    """What is newly held for someone; what was held for those that are gone is released."""
    for _ in _held.released():
        pass
    held = _Held()
    _held.hold(owner, held)
    return held


class Solver:
    """A solver, with assertions in SMT-LIB text; the same text and questions give the same answers.

    It may go from thread to thread, but only one may ask it at a time.
    """

    def __init__(self, text: str, *, finite: bool = False, hard: bool = False) -> None:
        """Take what holds; ``finite``: of truths and bit vectors alone, about which z3 then answers faster.

        ``hard``: many questions will be hard. Each is asked at once where it can be interrupted, which takes 0.1 ms
        longer; else one that is not `EASY` is asked a second time, and a finite solver is made anew for it.
        """
        record_engine("z3")
        with EngineCall():
            self._held = _holding(self)
            self._held.solver(finite=finite, hard=hard)
        self.add(text)

    def add(self, text: str) -> None:
        """Assert more; what was declared before stays declared."""
        with EngineCall():
            self._held.assert_text(text)

    def model(self, *literals: str) -> Model | None:
        """A model in which the named Boolean constants hold (``-`` before a name: does not); None if there is none.

        Raises `SolverGaveUp`.
        """
        return Model(self._held, self) if self._ask(literals, for_model=True) else None

    def can_hold(self, literals: Sequence[str]) -> bool:
        """Whether there is such a model.

        Raises `SolverGaveUp`.
        """
        return self._ask(literals, for_model=False)

    def _ask(self, literals: Sequence[str], *, for_model: bool) -> bool:
        held = self._held
        with EngineCall() as call:
            held.forget_model()
            verdict = self._verdict(call, literals)
            while verdict > 0 and (for_model or held.moved):
                held.model = held.z3.Z3_solver_get_model(held.ref, held.engine.solver)
                held.z3.Z3_model_inc_ref(held.ref, held.model)
                if not (facts := held.wrongly_moved(held.model)):
                    break
                same_days = held.same_days(held.model)
                held.forget_model()
                held.assert_text(facts)
                # Mostly the days will do, once they are moved as they should be; to look for others takes far longer.
                verdict = self._verdict(call, [*literals, same_days])
                if verdict <= 0:
                    verdict = self._verdict(call, literals)
            if not verdict:
                raise SolverGaveUp(held.engine.reason_unknown())
        return verdict > 0

    def _verdict(self, call: EngineCall, literals: Sequence[str]) -> int:
        """1: there is a model; -1: there is none; 0: neither is known."""
        held = self._held
        terms = [held.literal(one) for one in literals]
        # `z3.Solver.check` would look each of the many terms over, which takes as long as the answer.
        asked = (held.z3.Ast * len(terms))(*terms)

        def check() -> int:
            held.unanswered = True
            verdict = int(held.z3.Z3_solver_check_assumptions(held.ref, held.engine.solver, len(terms), asked))
            held.unanswered = not verdict
            return verdict

        verdict = 0 if held.hard else check()
        if not verdict:
            if held.finite and held.unanswered:
                held.begin_again()
            held.engine.set(rlimit=MOST_WORK)
            try:
                verdict = call.run(check, held.engine.interrupt)
            finally:
                held.engine.set(rlimit=EASY)
        return verdict

    def refuted_by(self) -> set[str]:
        """Enough of the literals of the last question, which had no model, to rule every model out."""
        held = self._held
        z3 = held.z3
        with EngineCall():
            core = z3.Z3_solver_get_unsat_core(held.ref, held.engine.solver)
            z3.Z3_ast_vector_inc_ref(held.ref, core)
            places = range(z3.Z3_ast_vector_size(held.ref, core))
            numbers = [z3.Z3_get_ast_id(held.ref, z3.Z3_ast_vector_get(held.ref, core, place)) for place in places]
            z3.Z3_ast_vector_dec_ref(held.ref, core)
        return {held.numbers[number] for number in numbers}


class Optimizer:
    """A text in SMT-LIB with soft assertions, each of some weight."""

    def __init__(self, text: str) -> None:
        self._text = text

    def model(self) -> Model | None:
        """A model that meets as many of the soft assertions as can be, by weight; None if there is no model at all.

        Raises `SolverGaveUp`.
        """
        record_engine("z3")
        with EngineCall() as call:
            held = _holding(self)  # once cancelled, a context stays so
            text = facts = self._text
            while facts:
                held.forget_model()
                held.optimizer()  # it knows no names but those of one text
                held.moved.clear()
                held.assert_text(text)
                verdict = call.run(held.engine.check, held.context.interrupt)
                if verdict == held.z3.unknown:
                    raise SolverGaveUp(held.engine.reason_unknown())
                if verdict == held.z3.unsat:
                    return None
                held.model = held.z3.Z3_optimize_get_model(held.ref, held.engine.optimize)
                held.z3.Z3_model_inc_ref(held.ref, held.model)
                facts = held.wrongly_moved(held.model)
                text += facts
        return Model(held, self)


class Model:
    """A model, to be read before its solver is asked again."""

    def __init__(self, held: _Held, owner: Solver | Optimizer) -> None:
        self._held, self._model = held, held.model
        self._owner = owner  # as long as it is there, so is what is held

    def values(self, kinds: Mapping[str, int]) -> dict[str, int | None]:
        """The values of constants, given with their kinds, of truths 0 or 1; None where the model leaves one open."""
        with EngineCall():
            return {name: self._value(name, kind) for name, kind in kinds.items()}

    def holding(self, names: Iterable[str]) -> set[str]:
        """Those of some Boolean constants that hold."""
        return {name for name, value in self.values(dict.fromkeys(names, TRUTH)).items() if value}

    def _value(self, name: str, kind: int) -> int | None:
        held = self._held
        assert self._model is held.model, "a model is read before its solver is asked again"
        return held.value(self._model, name, kind)
