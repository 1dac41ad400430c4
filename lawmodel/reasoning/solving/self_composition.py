"""Self-composition: all cases at once, of one copy of a question or several, under other readings or another law.

(Barthe, D'Argenio and Rezk 2004.) A **copy**, or side, is a resolved question with some readings, and perhaps the day
of the law, settled; all other inputs are shared between the sides. So "is there a case on which two readings come
apart?" is a question about one completion: what is found is a case, and where nothing is found that is a proof. It
holds for lists of any length: of the records of a completion all but one for each condition on the list that is true
may be left out, on all sides at once, without any condition becoming another
(`lawmodel.reasoning.open_cases.open_inputs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.evaluation import Values, compare_spaced
from lawmodel.reasoning.formula import (
    FALSE,
    LAW_DATE,
    TRUE,
    Choose,
    Constant,
    Domain,
    Fixed,
    Formula,
    Input,
    Ordered,
    Ordering,
    ResolvedQuestion,
    Rule,
    Scalar,
    Spaced,
    Term,
    Valuation,
    reading_key,
)
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.rewrite import rewritten
from lawmodel.reasoning.solving.finite_encoding import cheapest_encoding
from lawmodel.reasoning.solving.solver import Model, Optimizer, Solver
from lawmodel.reasoning.solving.z3_encoding import Encoding, joined
from lawmodel.reasoning.spaced_days import with_left_known, with_right_known


@dataclass(frozen=True, slots=True)
class Copy:
    """A question with some readings (by key) and perhaps the day of the law settled."""

    question: ResolvedQuestion
    settled: Mapping[str, Scalar]
    stated: Mapping[str, Formula] = field(default_factory=dict)
    """Further conditions, by a name, of which one wants to speak; settled like the question."""


@dataclass(frozen=True, slots=True)
class Preference:
    """That an input has a value, or a day lies between two; the more it weighs the more is given up for it."""

    key: str
    weight: int
    value: Scalar | None = None
    between: tuple[int, int] | None = None
    """With neither: that there is no record in this place of a list."""


class Product:
    """All consistent completions of a valuation, with what each side comes to on them."""

    def __init__(self, sides: Sequence[Copy], valuation: Valuation, *, finite: bool = False) -> None:
        """Take the sides, and what is known of the cases.

        ``finite`` writes the text for a finite solver where that is enough
        (`lawmodel.reasoning.solving.finite_encoding`), which is asked for a completion and not for the simplest one.
        """
        self.sides = tuple(sides)
        merged = _merged(self.sides)
        self.residual = Residual(merged, valuation)
        self._speaks = [
            {
                outcome: {
                    name.partition(":")[2]: condition
                    for name, condition in self.residual.speaks[f"{number}:{outcome}"].items()
                }
                for outcome in side.question.outcomes
            }
            for number, side in enumerate(self.sides)
        ]
        speaks = self.residual.speaks
        self._stated = [
            {name: speaks[outcome].get(outcome, FALSE) for name in side.stated for outcome in [_stated(number, name)]}
            for number, side in enumerate(self.sides)
        ]
        excluded = [one for rules in (speaks[_excluded(n)] for n in range(len(sides))) for one in rules.values()]
        named = {**dict(self._named()), **{f"e{place}": one for place, one in enumerate(excluded)}}
        self.encoding = (cheapest_encoding if finite else Encoding)(self.residual, list(named.values()))
        kept_to = [f"(assert (not e{place}))" for place in range(len(excluded))]
        self._text = "\n".join([self.encoding.text("", named), *self._reaching(), *kept_to])

    def _named(self) -> Iterator[tuple[str, Formula]]:
        pool = self.residual.pool
        for number, side in enumerate(self.sides):
            for place, outcome in enumerate(side.question.outcomes):
                speaking = self._speaks[number][outcome]
                last = place == len(side.question.outcomes) - 1
                yield f"h{number}_{place}", TRUE if last else pool.disjunction(speaking.values())
                for rule, condition in speaking.items():
                    yield f"r{number}_{place}_{self._rule_number(number, rule)}", condition
            for place, condition in enumerate(self._stated[number].values()):
                yield f"s{number}_{place}", condition

    def _reaching(self) -> Iterator[str]:
        for number, side in enumerate(self.sides):
            for place in range(len(side.question.outcomes)):
                reached = [f"h{number}_{place}", *(f"(not h{number}_{stronger})" for stronger in range(place))]
                name = f"o{number}_{place}"
                yield f"(declare-const {name} Bool)(assert (= {name} {joined('and', reached)}))"

    def _rule_number(self, side: int, rule: str) -> int:
        return next(place for place, one in enumerate(self.sides[side].question.rules) if one.id == rule)

    @property
    def text(self) -> str:
        """All that holds of every completion, and what the conditions below speak of, for a solver of one's own."""
        return self._text

    # --- conditions on a completion, as text -------------------------------------------------------

    def outcome(self, side: int, outcome: str) -> str:
        """That a side comes to an outcome."""
        return f"o{side}_{self.sides[side].question.outcomes.index(outcome)}"

    def ground(self, side: int, rule: str) -> str:
        """That a provision is a ground of the outcome that a side comes to."""
        outcomes = self.sides[side].question.outcomes
        return joined(
            "or",
            [
                f"(and o{side}_{place} r{side}_{place}_{self._rule_number(side, rule)})"
                for place, outcome in enumerate(outcomes)
                if rule in self._speaks[side][outcome]
            ],
        )

    def speaking(self, side: int, outcome: str, rule: str) -> str:
        """That a provision speaks for an outcome."""
        if rule not in self._speaks[side][outcome]:
            return "false"
        place = self.sides[side].question.outcomes.index(outcome)
        return f"r{side}_{place}_{self._rule_number(side, rule)}"

    def speaks(self, side: int, outcome: str) -> Mapping[str, Formula]:
        """For an outcome the provisions that can speak for it, each with the condition; equal ones are one object."""
        return self._speaks[side][outcome]

    def stated(self, side: int, name: str) -> str:
        """That a further condition holds."""
        return f"s{side}_{[*self.sides[side].stated].index(name)}"

    def stated_formula(self, side: int, name: str) -> Formula:
        """What a further condition comes to when all that is known is put in; equal ones are one object."""
        return self._stated[side][name]

    def differ(self, one: int, other: int) -> str:
        """That two sides come to different outcomes."""
        outcomes = self.sides[one].question.outcomes
        return f"(not {joined('or', [f'(and o{one}_{place} o{other}_{place})' for place in range(len(outcomes))])})"

    # --- finding -----------------------------------------------------------------------------------

    def any(self, conditions: Sequence[str]) -> Values | None:
        """Some completion that meets the conditions, the first that comes; None is a proof that there is none.

        Raises `SolverGaveUp` where that is very hard.
        """
        model = Solver("\n".join([self._text, *(f"(assert {one})" for one in conditions)])).model()
        return None if model is None else self._values(model)

    def simplest(self, conditions: Sequence[str], preferences: Sequence[Preference]) -> Values | None:
        """A completion that meets the conditions, and of the preferences as many as can be, by weight.

        None: there is none, which is a proof.
        Raises `SolverGaveUp` where that is very hard.
        """
        asserted = [f"(assert {one})" for one in conditions]
        model = Optimizer("\n".join([self._text, *asserted, *self._soft(preferences)])).model()
        return None if model is None else self._values(model)

    def _values(self, model: Model) -> Values:
        return self.encoding.completion(model, "")

    def _soft(self, preferences: Sequence[Preference]) -> Iterator[str]:
        for one in preferences:
            name = self.encoding.variable(one.key).removesuffix("~")
            if one.value is not None:
                text = self.encoding.has_value(one.key, one.value, "")
            elif one.between is not None:
                text = f"(<= {one.between[0]} {name} {one.between[1]})"
            else:
                text = f"(not {name})"
            yield f"(assert-soft {text} :weight {one.weight})"


def _stated(side: int, name: str) -> str:
    """The name of a further condition among the outcomes of all sides."""
    return f"{side}:stated {name}"


def _excluded(side: int) -> str:
    """The name, among the outcomes of all sides, of what no case is."""
    return f"{side}:excluded"


def _merged(sides: Sequence[Copy]) -> ResolvedQuestion:
    """One question in which the rules of each side speak for outcomes of their own."""
    rules = []
    for number, side in enumerate(sides):
        settled = _Settled(side.settled)
        for rule in side.question.rules:
            concludes = tuple((f"{number}:{name}", settled.out(further)) for name, further in rule.concludes)
            rules.append(Rule(f"{number}:{rule.id}", settled.out(rule.applies), concludes))
        for name, condition in side.stated.items():
            stated = _stated(number, name)
            rules.append(Rule(stated, settled.out(condition), ((stated, TRUE),)))
        for place, condition in enumerate((*side.question.excluded, *settled.orders_broken(side.question.orderings))):
            rules.append(Rule(f"{_excluded(number)} {place}", settled.out(condition), ((_excluded(number), TRUE),)))
    outcomes = tuple(
        outcome
        for number, side in enumerate(sides)
        for outcome in (
            _excluded(number),
            *(_stated(number, name) for name in side.stated),
            *(f"{number}:{outcome}" for outcome in side.question.outcomes),
        )
    )
    questions = [side.question for side in sides]
    orderings = tuple(
        dict.fromkeys(one for side in sides for one in _Settled(side.settled).kept(side.question.orderings))
    )
    return replace(
        questions[0], outcomes=outcomes, rules=tuple(rules), domains=_shared_domains(questions), orderings=orderings
    )


def _shared_domains(questions: Sequence[ResolvedQuestion]) -> Mapping[str, Domain]:
    """What the inputs of all sides may be; of choices, what is a choice on every side that knows the input."""
    if all(one.domains == questions[0].domains for one in questions):
        return questions[0].domains
    shared: dict[str, Domain] = {}
    for question in questions:
        for key, domain in question.domains.items():
            shared[key] = _shared_domain(shared[key], domain) if key in shared else domain
    return shared


def _shared_domain(one: Domain, other: Domain) -> Domain:
    if one.kind != other.kind:
        raise ValueError(f"an input is a {one.kind} on one side and a {other.kind} on another")
    fields = dict(one.fields)
    for name, domain in other.fields:
        fields[name] = _shared_domain(fields[name], domain) if name in fields else domain
    return Domain(
        one.kind,
        tuple(choice for choice in one.choices if choice in other.choices),
        one.special & other.special,
        tuple(fields.items()),
    )


class _Settled:
    """Formulas with readings and the day of the law settled."""

    def __init__(self, settled: Mapping[str, Scalar]) -> None:
        self._settled = settled
        day = settled.get(LAW_DATE)
        self._day = None if day is None else Fixed(int(day))

    def out(self, formula: Formula) -> Formula:
        """The formula as it reads when they are settled."""
        return rewritten(formula, self._changed)

    def kept(self, orderings: Iterable[Ordering]) -> list[Ordering]:
        """The orders of days that are the same on every side."""
        return [one for one in orderings if self._day is None or LAW_DATE not in (one.first, one.then)]

    def orders_broken(self, orderings: Iterable[Ordering]) -> list[Formula]:
        """That days do not stand in the orders in which they stand to the day of the law, which is this side's own."""
        kept = self.kept(orderings)
        return [
            self.out(Ordered(Input(one.then), Input(one.first), strict=True)) for one in orderings if one not in kept
        ]

    def _changed(self, formula: Formula) -> Formula | None:
        match formula:
            case Choose(reading, branches) if (option := self._settled.get(reading_key(reading))) is not None:
                return self.out(dict(branches)[str(option)])
            case Spaced(left, right) if self._day is not None:
                return self._spaced(formula, left, right)
            case Ordered(left, right) if self._day is not None:
                return replace(formula, left=self._dated(left), right=self._dated(right))
            case _:
                return None

    def _spaced(self, formula: Spaced, left: Term, right: Term) -> Formula:
        """A comparison with a day so long after, or before, the day of the law, or of that day with one."""
        day = self._day
        assert day is not None
        if self._dated(left) is day and self._dated(right) is day:
            return Constant(compare_spaced(formula, day.value, day.value) is True)
        if self._dated(left) is day:
            return with_left_known(formula, day.value)
        return with_right_known(formula, day.value) if self._dated(right) is day else formula

    def _dated(self, term: Term) -> Term:
        return self._day if self._day is not None and term == Input(LAW_DATE) else term
