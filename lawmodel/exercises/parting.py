"""The step at which the law and what somebody takes for it part on a case, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lawmodel.case.case import Case
from lawmodel.case.values import UNKNOWN, decode_text
from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import AnswerInBrief
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.single_facts import facts_by_key, without_numbers
from lawmodel.inquiry.answer_in_brief import answer_in_brief
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.distinguishing.trace_difference import StepDifference, trace_difference
from lawmodel.inquiry.explained import explained
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.traces import asked


@dataclass(frozen=True, slots=True)
class PartingStep:
    """Where two laws part."""

    provision: str
    """The provision that comes to something else."""
    says: str
    """The step, as a sentence or two."""
    asks: str
    """What the law asks at that step, without saying how it is."""
    inputs: tuple[str, ...]
    """The inputs that the step is about."""


def parting(laws: Laws, case: Case, held: HeldLaw, answers: tuple[AnswerInBrief, AnswerInBrief]) -> PartingStep | None:
    """The first step at which they part; None where no provision differs by its steps."""
    ours, theirs = ({*one.grounds, *one.beside} for one in answers)
    named = (*answers[0].grounds, *answers[0].beside, *answers[1].grounds, *answers[1].beside)
    provisions = [name for name in dict.fromkeys(named) if (name in ours) != (name in theirs)] or list(
        dict.fromkeys(named)
    )
    for name in provisions:
        before, after = (
            _trace(law, made, laws.question, case, name)
            for law, made in ((laws.rulebook, laws.law), (held.rulebook, held.decider))
        )
        if before is None or after is None:
            continue
        difference = trace_difference(before, after)
        step = None if difference is None else _telling(laws.rulebook, difference)
        if step is not None:
            return _in_words(laws.rulebook, name, step)
    return None


def _telling(rulebook: Rulebook, difference: StepDifference) -> StepDifference | None:
    """The step that shows best how two laws part.

    A reading that is taken otherwise; else a condition of one law alone that is not met; else the first step that
    holds for one of them alone; else the first that differs, of what is mostly so last.
    """
    found = list(_substance(difference))

    def rank(place: int) -> tuple[int, bool, int]:
        one = found[place]
        before, after = one.before, one.after
        if one.step.kind == "exception":
            return 3, False, place
        if before is not None and after is not None and before.truth is not after.truth:
            is_reading = one.step.kind == "reading" and before.says != after.says
            return (0, False, place) if is_reading else (2, False, place)
        sole = difference.before if after is None else difference.after if before is None else None
        if sole is not None and sole.truth is False and one.step.truth is False:
            return 1, False, place
        return 4, _is_mostly_so(rulebook, one.step), place

    return found[min(range(len(found)), key=rank)] if found else None


def _is_mostly_so(rulebook: Rulebook, step: Trace) -> bool:
    """Whether a step is about facts alone of which the rulebook says how they mostly are."""
    facts = [rulebook.fact(without_numbers(str(one.id))) for one in step.walk() if one.kind == "fact"]
    return all(one.likely is not None and bool(one.likely.values or one.likely.same_as) for one in facts)


def is_told(laws: Laws, case: Case, held: HeldLaw, part: PartingStep) -> bool:
    """Whether two laws part over something that a case tells, and not over what is presumed alone.

    They part over what is presumed where they would not, were it otherwise, and the law's answer stayed.
    """
    given = facts_by_key(case)
    facts = [name for name in part.inputs if name.partition("[")[0] in laws.rulebook.facts]
    if facts and not any(name in given or name in case.facts for name in facts):
        return False
    before = laws.answer(case)
    for changed in _otherwise_than_presumed(laws, case, held, part.provision):
        try:
            ours, theirs = laws.answer(changed), answer_in_brief(held.decider, changed)
        except ProblemsFound:
            continue
        if ours == before and (ours.outcome, ours.grounds) == (theirs.outcome, theirs.grounds):
            return False
    return True


def _otherwise_than_presumed(laws: Laws, case: Case, held: HeldLaw, provision: str) -> Iterator[Case]:
    """The case with one yes or no otherwise than it is presumed to be, of what the provision reads for somebody."""
    rules = held.decider.question.rules
    read = next(
        (found for rule, found in zip(rules, held.decider.inputs_by_rule, strict=True) if rule.id == provision), ()
    )
    for path in sorted(read):
        fact = laws.rulebook.facts.get(path)
        if fact is None or fact.sort != "yes/no" or path in case.facts:
            continue
        said = fact.ordinary or fact.left_out
        if not isinstance(said, str) or said == UNKNOWN:
            continue
        usual = decode_text(laws.rulebook, fact, said)
        yield replace(case, facts={**case.facts, path: not usual})


def _trace(law: Rulebook, made: Decider, question: str, case: Case, provision: str) -> Trace | None:
    ask = Ask(law, case, question)
    rules = [rule for rule in made.question.rules if rule.id == provision]
    found = explained(ask, made.value(case, case.readings, case.on), rules)
    return found[0] if found else None


def _substance(difference: StepDifference) -> Iterator[StepDifference]:
    """The steps that say something otherwise, outer before inner, but for whole provisions and what only joins."""
    step = difference.step
    says = step.says and step.kind not in ("provision", "record", "in-force", "some", "none")
    one_sided = step.kind == "reading" and None in (difference.before, difference.after)  # another way to ask the same
    if says and difference.says_otherwise and not _is_above(difference) and not one_sided:
        yield difference
    for inner in difference.below:
        yield from _substance(inner)


def _is_above(difference: StepDifference) -> bool:
    """Whether it is a reading that is taken alike, below which something differs."""
    before, after = difference.before, difference.after
    return before is not None and after is not None and before.says == after.says and before.kind == "reading"


def _in_words(rulebook: Rulebook, provision: str, difference: StepDifference) -> PartingStep:
    before, after = difference.before, difference.after
    step = before or after
    assert step is not None
    citation = rulebook.provisions[provision].citation
    if before is not None and after is not None and before.says != after.says:
        said = [titled(rulebook, one.says) for one in (before, after)]
        says = f"You part from the law at {citation}. By the law: {said[0]}. By your answer: {said[1]}."
    elif before is not None and after is not None:
        holds = "by your answer, and not by the law" if after.truth else "by the law, and not by your answer"
        says = f"You part from the law at {citation}. A condition of it is met {holds}: {before.says}."
    elif before is not None:
        says = (
            f"You part from the law at {citation}. It also asks for this: {titled(rulebook, asked(rulebook, before))}."
        )
    else:
        assert after is not None
        asks = titled(rulebook, asked(rulebook, after))
        says = f"You part from the law at {citation}. It does not ask for this: {asks}."
    inputs = dict.fromkeys(_inputs(difference)) or dict.fromkeys(
        rulebook.law_date if one.kind == "law" else str(one.id)
        for either in (before, after)
        for one in (() if either is None else either.walk())
        if one.kind in ("fact", "law")
    )
    return PartingStep(provision, says, _asked(rulebook, step), tuple(inputs))


def _asked(rulebook: Rulebook, step: Trace) -> str:
    """What is asked at a step: of a reading the point in dispute, and not how the law is read."""
    if step.kind == "reading" and step.id in rulebook.readings:
        return rulebook.readings[str(step.id)].title
    return titled(rulebook, step.says if step.kind == "law" else asked(rulebook, step))


def _inputs(difference: StepDifference) -> Iterator[str]:
    """The inputs that the laws test otherwise."""
    if difference.step.kind == "fact":
        yield str(difference.step.id)
    for inner in difference.below:
        yield from _inputs(inner)


def titled(rulebook: Rulebook, says: str) -> str:
    """Words in which instruments stand under their titles, and not under their ids."""
    for name, instrument in rulebook.instruments.items():
        if name in says:
            says = instrument.title.join(re.split(rf"(?<![\w-]){re.escape(name)}(?![\w-])", says))
    return says
