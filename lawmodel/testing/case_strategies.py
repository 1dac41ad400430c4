"""Cases of any rulebook, consistent by construction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, TypeAlias

from hypothesis import assume
from hypothesis import strategies as st

from lawmodel.case.arguments import count_problems, question_problems, raise_problems, stage_problems
from lawmodel.case.typed_values import as_scalar
from lawmodel.case.valuation import value_case
from lawmodel.case.values import UNKNOWN, NotAValue
from lawmodel.inputs import DayBounds, Scalar
from lawmodel.inquiry.consistent import consistency_of
from lawmodel.inquiry.decider import decider
from lawmodel.problems import Problem, ProblemsFound, kind_of, no_such
from lawmodel.reasoning.evaluation import Meaning
from lawmodel.reasoning.formula import All, Formula
from lawmodel.rulebook.model import Fact, Rulebook, SameAs, raise_unless_rulebook
from lawmodel.testing.day_orders import DayOrders
from lawmodel.testing.draft import Draft, DraftRecord, Spot
from lawmodel.testing.drawing import SHARES, Drawing, Unknowns, below, one_of
from lawmodel.testing.drawn_case import DrawnCase
from lawmodel.testing.reads import reads_of_questions
from lawmodel.testing.search import MOST_STEPS, GaveUp, Search
from lawmodel.testing.usual_values import UsualValues

Known: TypeAlias = Mapping[str, Any]
"""Facts by path: a value as in a case file or in Python, or a strategy for such values; a list: its records."""
MOST_RECORDS: Final = 2
START: Final = ("from nothing", "from nothing", "from a provision")
"""Some cases begin with facts under which a provision applies: rare outcomes are seldom reached by chance."""


def cases(
    rulebook: Rulebook,
    question: str | None = None,
    *,
    known: Known | None = None,
    unknown: Collection[str] = (),
    unknowns: bool | float = False,
    presume: bool = True,
    most_records: int | None = None,
    stage: str | None = None,
) -> st.SearchStrategy[DrawnCase]:
    """Cases of a rulebook, with all that a question (without one: any question) reads.

    ``known`` holds facts as they are in every case; ``unknown`` names facts, lists, or fields (``list.field``) that
    are never known. With ``unknowns`` other facts are unknown in some cases, or in that share of the places;
    without it a case leaves nothing open but what ``unknown`` names (and readings, which no case contains). A case
    gives what departs from the ordinary and presumes the rest; without ``presume`` it gives all. Lists have at most
    ``most_records`` records, by default two, or as many as some condition counts. At a ``stage`` every bill that had
    got so far counts as law.
    Shrinks to what is ordinary and short. Raises `ProblemsFound` for a name or a value that there is not.
    """
    return _cases(
        rulebook,
        question,
        known=known,
        unknown=unknown,
        unknowns=unknowns,
        presume=presume,
        most_records=most_records,
        stage=stage,
        only_named_days=False,
    )


def around_dates(
    rulebook: Rulebook,
    question: str | None = None,
    *,
    known: Known | None = None,
    unknown: Collection[str] = (),
    unknowns: bool | float = False,
    presume: bool = True,
    most_records: int | None = None,
    stage: str | None = None,
) -> st.SearchStrategy[DrawnCase]:
    """Cases whose days are at and beside the days that the law names, or at and beside other days of the case.

    All else is as in `cases`. Days stand in the orders that the rulebook's `consistency` demands.
    """
    return _cases(
        rulebook,
        question,
        known=known,
        unknown=unknown,
        unknowns=unknowns,
        presume=presume,
        most_records=most_records,
        stage=stage,
        only_named_days=True,
    )


def _cases(
    rulebook: Rulebook,
    question: str | None,
    *,
    known: Known | None,
    unknown: Collection[str],
    unknowns: bool | float,
    presume: bool,
    most_records: int | None,
    stage: str | None,
    only_named_days: bool,
) -> st.SearchStrategy[DrawnCase]:
    raise_unless_rulebook(rulebook)
    raise_problems(*_problems(rulebook, question, unknown, unknowns, most_records, stage))
    asked = tuple(rulebook.questions) if question is None else (question,)
    reads = reads_of_questions(rulebook, asked)
    most = max(MOST_RECORDS, reads.most_counted) if most_records is None else most_records
    usual = UsualValues(rulebook, reads, only_named_days=only_named_days)
    drawing = Drawing(usual, DayOrders(rulebook), most_records=most)
    beginnings = Beginnings(rulebook, stage, most)
    fixed = known_facts(rulebook, known)
    names = frozenset(unknown)
    conditions = any(one.when is not None and one.level != "warning" for one in rulebook.consistency)
    shares: Sequence[float] = (SHARES if unknowns else (0.0,)) if isinstance(unknowns, bool) else (unknowns,)

    @st.composite
    def drawn(draw: st.DrawFn) -> DrawnCase:
        draft = Draft(usual, drawing.orders)
        settle_known(draw, draft, fixed)
        unknown = Unknowns(names, one_of(draw, shares))
        if not unknown and one_of(draw, START) == "from a provision":
            draft = beginnings.draw(draw, draft, one_of(draw, asked))
        drawing.complete(draw, draft, unknown)
        found = drawn_case(draft, () if question is None else asked, presume=presume, stage=stage)
        if conditions:
            assume(not consistency_of(rulebook, found)[0])
        return found

    if fixed and not any(isinstance(value, st.SearchStrategy) for value in fixed.values()):
        draft = Draft(usual, drawing.orders)
        _settle(draft, fixed)
        value_case(rulebook, drawn_case(draft, (), presume=presume))  # days that contradict each other are refused now
    return drawn()


def _problems(
    rulebook: Rulebook,
    question: object,
    unknown: Collection[str],
    unknowns: object,
    most_records: object,
    stage: object,
) -> Iterator[Problem]:
    if question is not None:
        yield from question_problems(rulebook, question)
    every = {*rulebook.facts, *(f"{path}.{one.id}" for path, fact in rulebook.facts.items() for one in fact.of)}
    if isinstance(unknown, str):
        yield Problem("a list of facts is needed, and this is a text", f'Write ["{unknown}"].', "unknown")
    else:
        yield from (no_such(name, every, "unknown") for name in unknown if name not in every)
    if not isinstance(unknowns, bool | int | float) or not 0 <= unknowns <= 1:
        yield Problem(f"`{unknowns}` is no share", "Give True, False, or a number from 0 to 1.", "unknowns")
    if most_records is not None:
        yield from count_problems(most_records, "most_records", least=0)
    yield from stage_problems(rulebook, stage)


def known_facts(rulebook: Rulebook, known: Known | None) -> dict[str, Any]:
    """Facts that are given of every case; raises `ProblemsFound` where the rulebook has no such facts."""
    given: object = known or {}
    if not isinstance(given, Mapping):
        mend = "Give a dictionary, from path to value or strategy."
        raise_problems(Problem(f"facts are needed, and this is {kind_of(given)}", mend, "known"))
        return {}
    raise_problems(*(no_such(path, rulebook.facts, "known") for path in given if path not in rulebook.facts))
    return dict(given)


class Beginnings:
    """Facts under which a provision speaks for an outcome, for cases to begin with."""

    def __init__(self, rulebook: Rulebook, stage: str | None, most_records: int) -> None:
        self._rulebook, self._stage, self._most_records = rulebook, stage, most_records
        self._speaking: dict[str, list[Formula]] = {}
        self._meanings: dict[int, Meaning] = {}
        """Of the conditions of provisions, which the dictionary before it keeps."""

    def draw(self, draw: st.DrawFn, draft: Draft, question: str) -> Draft:
        """The draft with such facts; as it is where none are found soon."""
        speaking = self._speaking.get(question)
        if speaking is None:
            rules = decider(self._rulebook, question, self._stage).question.rules
            conditions = [All((rule.applies, condition)) for rule in rules for _, condition in rule.concludes]
            speaking = self._speaking.setdefault(question, list[Formula](conditions))
        if not speaking:
            return draft
        options = {
            name: reading.default or one_of(draw, reading.options).id
            for name, reading in draft.rulebook.readings.items()
        }
        started = draft.copy()
        search = Search(
            started, options, lambda count: draw(below(count)), MOST_STEPS, self._most_records, self._meanings
        )
        with suppress(GaveUp):
            if search.make(one_of(draw, speaking)):
                return started
        return draft


def drawn_case(
    draft: Draft,
    questions: tuple[str, ...],
    *,
    presume: bool = True,
    readings: Mapping[str, str] | None = None,
    stage: str | None = None,
) -> DrawnCase:
    """The case that a draft has become."""
    return DrawnCase(
        rulebook=draft.rulebook,
        facts=draft.given(presume=presume),
        presume=presume,
        questions=questions,
        name="drawn case",
        readings=dict(readings or {}),
        stage=stage,
    )


def settle_known(draw: st.DrawFn, draft: Draft, known: Known) -> None:
    """Settle the facts that are the same in every case, or drawn from a strategy."""
    _settle(
        draft, {path: draw(value) if isinstance(value, st.SearchStrategy) else value for path, value in known.items()}
    )


def _settle(draft: Draft, known: Known) -> None:
    for path, value in known.items():
        fact = draft.rulebook.facts[path]
        if fact.sort != "records":
            draft.settle(Spot(path), _decoded(draft.rulebook, fact, value))
        elif value is None or value == UNKNOWN:
            draft.lists[path] = None
        else:
            draft.lists[path] = [_record(draft, fact, record) for record in _records(fact, value)]


def _records(fact: Fact, value: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(value, list | tuple) and all(isinstance(one, Mapping) for one in value):
        return value
    mend = "Give a list of dictionaries, from field to value."
    raise ProblemsFound([Problem(f"`{fact.id}` is a list of records", mend, "known")])


def _record(draft: Draft, fact: Fact, given: Mapping[str, Any]) -> DraftRecord:
    fields = {one.id: one for one in fact.of}
    raise_problems(*(no_such(name, fields, f"known, {fact.id}") for name in given if name not in fields))
    record: DraftRecord = {}
    for name, field in fields.items():
        if name in given:
            record[name] = _decoded(draft.rulebook, field, given[name])
        else:
            left_out = draft.usual.left_out(field, presume=False)
            record[name] = None if isinstance(left_out, SameAs) else left_out
    return record


def _decoded(rulebook: Rulebook, fact: Fact, value: Any) -> Scalar | None:
    if value is None:
        return None
    try:
        decoded = as_scalar(rulebook, fact, value)
    except NotAValue as error:
        raise ProblemsFound([Problem(error.message, error.mend, "known")]) from None
    if isinstance(decoded, DayBounds):
        mend = "Give the day, or leave the fact out and keep the cases in which the day is one of these (filter)."
        raise ProblemsFound([Problem(f"every day of `{fact.id}` that is drawn is known", mend, "known")])
    return decoded
