"""One person, every question: the answers side by side, and where one feeds another."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from lawmodel.answer.answer import Answer
from lawmodel.answer.feed import Feed as Feed
from lawmodel.case.case import Case
from lawmodel.case.valuation import value_case
from lawmodel.case.values import decode_text
from lawmodel.inputs import LAW_DATE, NO_DAY, GivenRecord, GivenScalar, Valuation
from lawmodel.inquiry.decider import decider
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.law_day import can_be_no_day
from lawmodel.rulebook.model import LeadsTo, Rulebook


def questions_of(rulebook: Rulebook, case: Case) -> tuple[str, ...]:
    """The questions that a case speaks to.

    Those it names; else those it expects an answer to; else those on which a fact that it gives bears (otherwise than
    by dating the law); where there is none, all.
    """
    asked = case.asked()
    if asked:
        return asked
    given = set(case.facts) - {rulebook.law_date}
    bearing = ((name, decider(rulebook, name, on_a_day=True).comparisons.occurring) for name in rulebook.questions)
    spoken_to = [name for name, keys in bearing if given & keys]
    return tuple(spoken_to or rulebook.questions)


def feeds(
    rulebook: Rulebook, case: Case, answers: Sequence[Answer], ask: Callable[[Case, str], Answer]
) -> Iterator[Feed]:
    """Where answers on one case feed each other; ``ask`` decides a question as they were decided.

    An outcome feeds nothing where the list that it adds to, or the day of the law, is not known, where its record would
    contradict the days of the case, or where it would begin or end on a day that never comes.
    """
    for answer in answers:
        for name in answer.possible:
            leads_to = rulebook.questions[answer.question].outcome(name).leads_to
            changed_case = None if leads_to is None else _led(rulebook, case, leads_to, answer)
            if leads_to is None or changed_case is None:
                continue
            try:
                pairs = [(before, ask(changed_case, before.question)) for before in answers]
            except ProblemsFound:  # the record's days contradict others: it cannot come to this
                continue
            changed = tuple((before, after) for before, after in pairs if _gist(before) != _gist(after))
            yield Feed(answer.question, name, leads_to.says, changed)


def _gist(answer: Answer) -> tuple[object, ...]:
    return answer.possible, tuple(ground.id for ground in answer.grounds)


def _led(rulebook: Rulebook, case: Case, leads_to: LeadsTo, answer: Answer) -> Case | None:
    """The case with the record added; None where the list or the day of the law is not known, or a day never comes.

    What is taken from a fact is what the case has for it, given or left out; where that is unknown, so is the field.
    """
    listed = case.facts.get(leads_to.add)
    if not isinstance(listed, tuple) or answer.law_date is None:
        return None
    fields = {field.id: field for field in rulebook.facts[leads_to.add].of}
    taken = leads_to.taken(rulebook.facts)
    law_day = datetime.date.fromisoformat(answer.law_date)
    valuation = value_case(rulebook, case, on=law_day).valuation if taken else Valuation({}, {})
    record: dict[str, GivenScalar | None] = {}
    for name, text in leads_to.record.items():
        if name in taken:
            value = valuation.values[taken[name]]
            assert not isinstance(value, tuple)  # it is a single fact
            if value == NO_DAY and not can_be_no_day(fields[name]):
                return None
            record[name] = valuation.bounds_of(taken[name]) if value is None else value
        else:
            record[name] = decode_text(rulebook, fields[name], answer.law_date if text == LAW_DATE else str(text))
    added: tuple[GivenRecord, ...] = (*listed, record)
    return replace(case, facts={**case.facts, leads_to.add: added})
