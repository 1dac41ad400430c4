"""A memorandum on one question: what is known, which law applies and how, what is contested, what is to be found."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.answer.receipt import receipt_of
from lawmodel.case.assignments import assignment_texts
from lawmodel.case.case import Case
from lawmodel.case.supposed import suppose
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.change import change
from lawmodel.inquiry.decide import answer_to
from lawmodel.problems import ProblemsFound
from lawmodel.results.assumption import Alternative, Assumption
from lawmodel.results.changes import ChangedInput, Changes
from lawmodel.results.given_input import GivenInput
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.report.provisions import analysis, law_in_force, not_met_here, opening_words, provisions_behind
from lawmodel.verbs.report.reading_effects import reading_effects
from lawmodel.verbs.report.result import Facts, FurtherAnswer, GroupedFacts, Report, Supposition, ToFind
from lawmodel.words.outcomes import either, predicates

UP_TO: Final = 3
"""A least change has no more parts than this; docs/explore.md says how larger ones are looked for."""
MOST_CHANGES: Final = 12
SINGLE: Final = ("fact", "reading", "law")
"""Inputs that can be assigned another value."""


def report(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    *,
    others: Sequence[str] = (),
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
    told_by: str | None = None,
    command: str = "",
) -> Report:
    """A memorandum on a question; ``others`` are questions on the same facts that are answered beside it.

    It asks what `decide`, `compare` and `change` ask, and takes as long. Raises what `decide` raises.
    """

    def ask(of: Case | TypedCase, about: str, chosen: Mapping[str, str] | None) -> Ask:
        return Ask(rulebook, of, about, readings=chosen, on=on, stage=stage, told_by=told_by)

    asked = ask(case, question, readings)
    answer = answer_to(asked)
    behind = provisions_behind(answer)
    effects = reading_effects(asked, answer)
    least = _least_change(answer, asked)
    matter = any(one.effect in ("alone", "together") for one in effects)
    supposing = None if matter else _supposition(answer, asked, least)
    written = rulebook.questions[question]
    return Report(
        header=answer.header,
        answer=answer,
        facts=_facts(answer, asked.case),
        law_in_force=(
            *opening_words(answer, [one.id for one in answer.grounds]),
            *(law_in_force(answer, name, role) for name, role in behind.items()),
        ),
        analysis=tuple(analysis(answer, name, role) for name, role in behind.items()),
        not_met=tuple(not_met_here(answer)),
        readings=effects,
        supposing=supposing,
        to_find=tuple(_to_find(answer, supposing)),
        change=least,
        other_questions=tuple(
            _other(answer_to(ask(asked.case, one, readings))) for one in dict.fromkeys(others) if one != question
        ),
        limits=() if written.remark is None else (written.remark,),
        receipt=receipt_of(answer, on) if rulebook.content_hash else None,
        command=command,
    )


# --- facts ------------------------------------------------------------------------------------------------


def _facts(answer: Answer, case: Case) -> Facts:
    by_origin: dict[str, list[GivenInput]] = {}
    for one in answer.facts:
        by_origin.setdefault(one.origin, []).append(one)
    assumed = {one.input for one in answer.assumes if one.kind == "presumed"}
    presumed = by_origin.get("presumed", [])
    given = by_origin.get("given", [])
    return Facts(
        given=tuple(_groups(_in_order_of(case, given))),
        judgments=tuple(one for one in given if _is_judgment(answer.rulebook, one)),
        from_silence=tuple(_groups([*by_origin.get("left out", []), *by_origin.get("follows", [])])),
        assumed=tuple(one for one in presumed if one.name in assumed),
        assumed_without_effect=tuple(_groups([one for one in presumed if one.name not in assumed])),
        unknown=tuple(by_origin.get("unknown", [])),
    )


def _in_order_of(case: Case, facts: Iterable[GivenInput]) -> list[GivenInput]:
    """Facts with the groups in the order in which the file of the case names them."""
    order = {name: place for place, name in enumerate(dict.fromkeys(path.partition(".")[0] for path in case.facts))}
    return sorted(facts, key=lambda one: order.get(_group(one), len(order)))


def _group(one: GivenInput) -> str:
    """The first part of the name of a fact, by which facts belong together."""
    return one.name.partition(".")[0].partition("[")[0]


def _groups(facts: Iterable[GivenInput]) -> Iterator[GroupedFacts]:
    """Facts by their group, or by the record that they are about."""
    found: dict[str, list[GivenInput]] = {}
    for one in facts:
        found.setdefault(one.of or _group(one).replace("_", " "), []).append(one)
    for title, inside in found.items():
        yield GroupedFacts(title[:1].upper() + title[1:], tuple(inside))


def _is_judgment(rulebook: Rulebook, one: GivenInput) -> bool:
    records, bracket, rest = one.name.partition("[")
    return rulebook.fact(f"{records}.{rest.partition('].')[2]}" if bracket and "]." in rest else records).judgment


# --- the least change, and what carries the answer -----------------------------------------------------------


def _least_change(answer: Answer, asked: Ask) -> Changes | None:
    """The least change to the outcome that holds where no rule speaks; from that one, to the nearest of the others."""
    if not answer.determined:
        return None
    outcomes = [one.id for one in answer.rulebook.questions[answer.question].outcomes]
    last = outcomes[-1]
    wanted = [last] if answer.outcome != last else outcomes[:-1]
    found = [
        change(
            answer.rulebook,
            asked.case,
            answer.question,
            to,
            readings=asked.readings,
            on=asked.on,
            stage=asked.stage,
            up_to=UP_TO,
            most=MOST_CHANGES,
        )
        for to in wanted
    ]
    if not found:
        return None
    return min(found, key=lambda one: len(one.sets[0].changes) if one.sets else UP_TO + 1)


def _supposition(answer: Answer, asked: Ask, least: Changes | None) -> Supposition | None:
    """The case with the fact otherwise that every least change changes; None where there is no such fact."""
    if least is None or least.status != "found" or not least.sets:
        return None
    shared = [
        one
        for one in least.sets[0].changes
        if one.kind == "fact" and all(any(one.name == each.name for each in other.changes) for other in least.sets)
    ]
    for one in shared:
        value = _value(one)
        if value is None:
            continue
        try:
            texts = assignment_texts({one.name: value})
            supposed = suppose(answer.rulebook, asked.case, texts, readings=asked.readings, on=asked.on)
            then = Ask(
                answer.rulebook,
                supposed.case,
                answer.question,
                readings=supposed.readings,
                on=asked.on,
                stage=asked.stage,
            )
            found = answer_to(then)
        except ProblemsFound:  # alone it contradicts what else the case says
            continue
        effects = reading_effects(then, found)
        return Supposition(
            input=one.name,
            now=one.was.says,
            says=one.says,
            possible=found.possible,
            answer=predicates(answer.rulebook, answer.question, found.possible),
            grounds=_citations(found),
            readings=tuple(each for each in effects if each.effect in ("alone", "together")),
        )
    return None


def _value(one: ChangedInput) -> str | bool | int | None:
    """A single value with which the change works; None where it has bounds alone."""
    first = one.values[0] if one.values else None
    return first if isinstance(first, str | bool | int) else None


# --- what is to be found out ---------------------------------------------------------------------------------


def _to_find(answer: Answer, supposing: Supposition | None) -> Iterator[ToFind]:
    for point in answer.depends_on:
        kind: str = "open reading" if point.kind == "reading" else "open fact"
        yield ToFind(kind, point.inputs, point.asks, point.options)  # type: ignore[arg-type]
    for one in answer.assumes:
        if one.kind in ("presumed", "left out"):
            yield ToFind("assumed", (one.input,), one.says, one.otherwise)
        elif one.kind == "date":
            yield ToFind("date", (one.input,), one.says, one.otherwise)
    if supposing is not None:
        then = Alternative((), supposing.says, supposing.possible, supposing.answer)
        yield ToFind("hinge", (supposing.input,), supposing.now, (then,))
    for settling in answer.decisive:
        fact = settling.input
        if "[" not in fact and answer.rulebook.fact(fact).judgment:
            yield ToFind("judgment", (fact,), settling.says, settling.otherwise)
    for gap in answer.gaps:
        yield ToFind("not found" if gap.how == "not_found" else "not read", (gap.id,), gap.title, ())
    weighed = dict.fromkeys([*answer.rests_on, *(name for group in answer.turns_on for name in group)])
    settling_for: dict[str, list[str]] = {}
    for name in weighed:
        if name in answer.rulebook.readings:
            for would in answer.rulebook.readings[name].would_settle:
                settling_for.setdefault(would.says, []).append(name)
    for says, names in settling_for.items():
        yield ToFind("settles", tuple(names), says, ())


# --- other questions -----------------------------------------------------------------------------------------


def _other(answer: Answer) -> FurtherAnswer:
    return FurtherAnswer(
        question=answer.question,
        asks=answer.rulebook.questions[answer.question].asks,
        possible=answer.possible,
        says=answer.says,
        grounds=_citations(answer),
        consequences=tuple(one.says for one in answer.consequences if one.certain),
        assumes=tuple(_with_otherwise(one) for one in answer.assumes),
        open=tuple(one.asks for one in answer.depends_on),
    )


def _with_otherwise(one: Assumption) -> str:
    """What is assumed, and the answers if it is otherwise."""
    answers = dict.fromkeys(each.answer for each in one.otherwise if not each.depends_on)
    return f"{one.says} (otherwise: {either([*answers])})" if answers else one.says


def _citations(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.citation for one in answer.grounds))
