"""Two versions of the law compared: which entries differ, and exactly on which cases the answers do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, Literal

from lawmodel.cached_property import cached_property
from lawmodel.case.arguments import question_problems, raise_problems, readings_problems
from lawmodel.case.case import Case
from lawmodel.case.values import day_in_words
from lawmodel.dataclass import dataclass
from lawmodel.inputs import LAW_DATE
from lawmodel.inquiry.ask import as_case
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.searching.find import View, view_problems
from lawmodel.inquiry.searching.found_case import (
    chosen_in,
    open_valuation,
    settled,
)
from lawmodel.inquiry.searching.misfits import misfits
from lawmodel.reasoning.following import following
from lawmodel.reasoning.formula import Constant, Fixed, Formula, Input, Named
from lawmodel.reasoning.phrases import day_says
from lawmodel.reasoning.rewrite import on_its_day
from lawmodel.reasoning.solving.self_composition import Copy, Product
from lawmodel.reasoning.solving.solver import Solver
from lawmodel.reasoning.solving.z3_encoding import joined
from lawmodel.reasoning.whole_law.dnf_cover import MOST, Clause, DnfCover, Point
from lawmodel.reasoning.whole_law.vocabulary import days_in, vocabulary
from lawmodel.results.header import Header, LawApplied, ReadingTaken
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.diff.differences import ClauseLiteral, Diff, OutcomeChange, QuestionDiff
from lawmodel.verbs.diff.entries import changes
from lawmodel.verbs.diff.formula_words import FormulaWords
from lawmodel.verbs.diff.two_sided_case import AFTER, BEFORE, TwoSidedCase
from lawmodel.words.outcomes import predicate
from lawmodel.words.outline import OutlineLine

FOLLOWS: Final = "follows "
EXCHANGED: Final = 2
"""So much is added to the number of a side for the law of the other side on its day."""


def diff(
    rulebook: Rulebook,
    before: View,
    after: View,
    *,
    questions: Sequence[str] = (),
    given: Case | None = None,
    readings: Mapping[str, str] | None = None,
    most: int = MOST,
    progress: Callable[[str], None] = lambda _: None,
) -> Diff:
    """What two views of the law differ in; a view without a rulebook is one of ``rulebook``.

    Without ``questions``: all that both have. ``given`` is what all cases have in common; ``readings`` settles some for
    both sides. At most ``most`` clauses are looked for where one outcome turns into another. Interrupted from the
    keyboard, it gives what it has found so far.
    Raises `ProblemsFound` for whatever is wrong with what is given, and where two rulebooks do not fit together (a fact
    of different types in the two, or another fact that dates the law).
    """
    laws = before.rulebook or rulebook, after.rulebook or rulebook
    case = Case() if given is None else as_case(rulebook, given)
    for law in laws:
        raise_problems(*(problem for name in questions for problem in question_problems(law, name, "questions")))
    raise_problems(*readings_problems(rulebook, readings), *view_problems(rulebook, [before, after]))
    raise_problems(*misfits(*laws))
    before, after = (replace(one, on=one.on or case.on, stage=one.stage or case.stage) for one in (before, after))
    chosen = {**case.readings, **(readings or {})}
    asked = questions or [name for name in laws[BEFORE].questions if name in laws[AFTER].questions]
    found: list[QuestionDiff] = []
    interrupted = False
    try:
        for question in asked:
            progress(question)
            one = _Question(laws, (before, after), question, case, chosen, most)
            found.append(one.diff())
            interrupted = one.interrupted
            if interrupted:
                break
    except KeyboardInterrupt:
        interrupted = True
    entries = tuple(changes(before, after, rulebook))
    two_days = any(_exchanged(before, after))
    headers = _header(laws[BEFORE], before, case, chosen), _header(laws[AFTER], after, case, chosen)
    return Diff(before.name, after.name, headers, entries, tuple(found), given is not None, two_days, interrupted)


def _header(law: Rulebook, view: View, given: Case, chosen: Mapping[str, str]) -> Header:
    """What the results say of one side."""
    case = given if given.facts else None
    applied = LawApplied(None if view.on is None else view.on.isoformat(), view.stage or law.ordinary_stage)
    readings = {
        name: ReadingTaken(option, False, "asked")
        for name, option in {**chosen, **view.readings}.items()
        if name in law.readings
    }
    return Header(law, case, law=applied, readings=readings, engines=("z3",))


@dataclass(frozen=True, slots=True)
class _Predicate:
    """A point, and what it says."""

    formula: Formula
    side: int
    depth: int
    name: str
    """Of the constant."""
    one_sided: bool = True
    """Whether the other side does not ask about it."""


class _Question:
    """One question, from two sides."""

    def __init__(
        self,
        laws: tuple[Rulebook, Rulebook],
        views: tuple[View, View],
        question: str,
        given: Case,
        readings: Mapping[str, str],
        most: int,
    ) -> None:
        self._question, self._most = question, most
        self.interrupted = False
        exchanged = list(_exchanged(*views))
        self._views = [*views, *exchanged]
        self._laws = [*laws, *([laws[AFTER], laws[BEFORE]] if exchanged else [])]
        self._settled = [
            settled(law, chosen_in(law, {**readings, **view.readings}), view.on)
            for law, view in zip(self._laws, self._views, strict=True)
        ]
        asked = [
            decider(law, question, view.stage, on_a_day=view.on is not None).question
            for law, view in zip(laws, views, strict=True)
        ]
        if exchanged:
            asked += [on_its_day(asked[side], self._settled[side]) for side in (AFTER, BEFORE)]
        self._questions = asked
        self._space = Product(list(self._sides()), open_valuation(laws[BEFORE], [laws[AFTER]], given))
        self._solver = Solver(self._space.text)
        self._predicates = {one.name: one for one in self._points()}
        self._example = TwoSidedCase(self._laws, self._views, asked, self._space, given, readings)

    def _sides(self) -> Iterator[Copy]:
        for question, fixed in zip(self._questions, self._settled, strict=True):
            stated = {
                f"{depth} {number}": one for number, (one, depth) in enumerate(vocabulary(question, fixed).items())
            }
            follows = following(question)
            stated |= {f"{FOLLOWS}{rule.id}": rule.applies for rule in (() if follows is None else follows.rules)}
            yield Copy(question, fixed, stated)

    def _points(self) -> Iterator[_Predicate]:
        """What is a point on either side; what comes to the same is one point, by its least depth."""
        found: dict[int, _Predicate] = {}
        sides: dict[int, set[int]] = {}
        for number, side in enumerate(self._space.sides):
            for name, formula in side.stated.items():
                comes_to = self._space.stated_formula(number, name)
                if name.startswith(FOLLOWS) or isinstance(comes_to, Constant):
                    continue
                one = _Predicate(formula, number, int(name.split()[0]), self._space.stated(number, name))
                sides.setdefault(id(comes_to), set()).add(number)
                kept = found.setdefault(id(comes_to), one)
                if one.depth < kept.depth or (one.depth == kept.depth and _names_more(one, kept)):
                    found[id(comes_to)] = one
        for comes_to_id, one in found.items():
            yield replace(one, one_sided=len(sides[comes_to_id] & {BEFORE, AFTER}) == 1)

    # --- the differences ---------------------------------------------------------------------------

    def diff(self) -> QuestionDiff:
        """All differences on this question."""
        outcomes = tuple(self._outcome_changes())
        title = self._laws[AFTER].questions[self._question].title
        return QuestionDiff(self._question, title, outcomes, tuple(self._grounds()), tuple(self._consequences()))

    def _outcomes(self, side: int) -> tuple[str, ...]:
        return self._space.sides[side].question.outcomes

    def _outcome_changes(self) -> Iterator[OutcomeChange]:
        for one in self._outcomes(BEFORE):
            for other in self._outcomes(AFTER):
                change = None if one == other else self._outcome_change(one, other)
                if change is not None:
                    yield change

    def _outcome_change(self, one: str, other: str) -> OutcomeChange | None:
        """The cases of one pair of outcomes; told among those that have the weaker outcome, whichever side that is on.

        What brings the stronger one about is then all there is to tell: that nothing else does is said already.
        """
        before, after = self._space.outcome(BEFORE, one), self._space.outcome(AFTER, other)
        by_law = self._by_law(lambda side: self._reaches(side, other if side % EXCHANGED else one))
        inside = f"change_{before}_{after}"
        self._declare(inside, f"(and {before} {after} {by_law})")
        if self._solver.model(inside) is None:
            return None
        strength = self._outcomes(BEFORE) if other in self._outcomes(BEFORE) else self._outcomes(AFTER)
        weaker = one not in strength or strength.index(other) < strength.index(one)
        known = [Point(told.name, told.depth) for told in self._predicates.values()]
        within = before if weaker else after
        found = DnfCover(self._solver, within, inside, known, f"{inside}_").clauses(self._most)
        self.interrupted |= found.interrupted
        clauses = tuple(tuple(self._said(clause)) for clause in found.found)
        among: Literal["before", "after"] = "before" if weaker else "after"
        besides = tuple(self._said(self._besides(inside, {name for clause in found.found for name, _ in clause})))
        says_before = predicate(self._laws[BEFORE], self._question, one)
        says_after = predicate(self._laws[AFTER], self._question, other)
        example = self._example.where([before, after, by_law])
        return OutcomeChange(one, other, says_before, says_after, among, clauses, found.every, besides, example)

    def _reaches(self, side: int, outcome: str) -> str:
        """That a side comes to an outcome, which its question may lack."""
        return self._space.outcome(side, outcome) if outcome in self._outcomes(side) else "false"

    def _by_law(self, so: Callable[[int], str]) -> str:
        """That something is so on a side, and would not be on its day by the law of the other; or the reverse.

        Sides of one day, or without one, differ in the law alone.
        """
        if len(self._views) == 2:
            return "true"
        return joined("or", [f"(xor {so(side)} {so(side + EXCHANGED)})" for side in (BEFORE, AFTER)])

    def _declare(self, name: str, says: str) -> None:
        self._solver.add(f"(declare-const {name} Bool)(assert (= {name} {says}))")

    def _besides(self, inside: str, told: Collection[str]) -> Clause:
        """What one side alone asks about, and what is settled wherever a constant is true; the outermost of it."""
        found: list[tuple[int, str, bool]] = []
        for one in self._predicates.values():
            if one.one_sided and one.name not in told:
                possible = [self._solver.model(inside, said) is not None for said in (one.name, f"-{one.name}")]
                if possible != [True, True]:
                    found.append((one.depth, one.name, possible[0]))
        least = min((depth for depth, _, _ in found), default=0)
        return tuple((name, so) for depth, name, so in found if depth == least)

    def _grounds(self) -> Iterator[str]:
        same = [
            f"(and {self._space.outcome(BEFORE, one)} {self._space.outcome(AFTER, one)})"
            for one in self._outcomes(BEFORE)
            if one in self._outcomes(AFTER)
        ]
        self._declare("same", joined("or", same))
        names = dict.fromkeys(rule.id for side in self._space.sides for rule in side.question.rules)
        for number, name in enumerate(names):
            if self._apart(f"g{number}", partial(self._ground, name), "same"):
                yield name

    def _consequences(self) -> Iterator[str]:
        names = dict.fromkeys(name for side in self._space.sides for name in side.stated if name.startswith(FOLLOWS))
        for number, name in enumerate(names):
            if self._apart(f"f{number}", partial(self._follows, name)):
                yield name.removeprefix(FOLLOWS)

    def _ground(self, name: str, side: int) -> str:
        return self._space.ground(side, name)

    def _follows(self, name: str, side: int) -> str:
        return self._space.stated(side, name) if name in self._space.sides[side].stated else "false"

    def _apart(self, name: str, so: Callable[[int], str], *literals: str) -> bool:
        """Whether something is so on one side alone in some case, by its law."""
        before, after = so(BEFORE), so(AFTER)
        if before == after == "false":
            return False
        self._declare(f"apart_{name}", f"(and (xor {before} {after}) {self._by_law(so)})")
        return self._solver.model(f"apart_{name}", *literals) is not None

    # --- in words ----------------------------------------------------------------------------------

    def _said(self, clause: Clause) -> Iterator[ClauseLiteral]:
        for name, so in clause:
            told = self._predicates[name]
            line = FormulaWords(self._laws[told.side], self._settled[told.side]).line(told.formula, so)
            if moment := self._moments.get(name):
                line = OutlineLine(f"{line.says} ({moment})", line.name, line.below)
            yield ClauseLiteral(line, told.formula, so, "after" if told.side % EXCHANGED else "before")

    @cached_property
    def _moments(self) -> dict[str, str]:
        """What tells points apart that are said in the same words: the day of each, or the version of the law."""
        alike: dict[OutlineLine, list[_Predicate]] = {}
        for told in self._predicates.values():
            line = FormulaWords(self._laws[told.side], self._settled[told.side]).line(told.formula)
            alike.setdefault(line, []).append(told)
        found: dict[str, str] = {}
        for group in alike.values():
            if len(group) > 1:
                days = [self._days(told) for told in group]
                for told, said in zip(group, days, strict=True):
                    by_side = not said or days.count(said) > 1
                    found[told.name] = ", ".join([*said, *([self._views[told.side].name] if by_side else [])])
        return found

    def _days(self, told: _Predicate) -> tuple[str, ...]:
        """The days at which a point is looked at, but for days that the law itself names."""
        law, on = self._laws[told.side], self._views[told.side].on
        found: dict[str, None] = {}
        for day in days_in(told.formula, self._settled[told.side]):
            if on is not None and day == Input(LAW_DATE):
                found[f"at {day_in_words(on.toordinal())}"] = None
            elif not isinstance(day, Fixed):
                found[f"at {day_says(law, day, None)}"] = None
        return tuple(found)


def _exchanged(before: View, after: View) -> Iterator[View]:
    """Each law on the day of the other, where each side has a day of its own: what a day changes without the law.

    The first of them has the day of the first side.
    """
    if before.on is not None and after.on is not None and before.on != after.on:
        for law, other in ((after, before), (before, after)):
            assert other.on is not None
            yield replace(law, on=other.on, name=f"{law.name}, on {day_in_words(other.on.toordinal())}")


def _names_more(one: _Predicate, kept: _Predicate) -> bool:
    """Whether a point says by name what another spells out."""
    return isinstance(one.formula, Named) and not isinstance(kept.formula, Named)
