"""Two provisions of different origin that give opposite answers to one case."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.searching.found import Found
from lawmodel.reasoning.formula import all_of
from lawmodel.rulebook.model import Provision, Question
from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.shown_case import shown_case
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import called

ABOUT = About(
    id="opposite-provisions",
    title="Two provisions that answer one case in opposite ways",
    severity="note",
    means="Both apply to one case by the law in force and the readings taken by default; one speaks for the short "
    "answer that the question has by default, the other for another; they cite different sources, "
    "and neither disapplies the other, so that the order of the outcomes alone decides between them.",
    mend="If one of them is to yield as a matter of law, say so with `disapplies`; else leave it to the order.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every such pair, with the simplest case on which both apply."""
    for question in law.rulebook.questions.values():
        rules = [law.rulebook.provisions[rule.id] for rule in decider(law.rulebook, question.id).question.rules]
        for one, other in combinations(rules, 2):
            if _from_different_law(one, other) and not {one.id, other.id} & {*one.disapplies, *other.disapplies}:
                found = _opposed(law, question, one, other)
                if found is not None:
                    yield found


def _from_different_law(one: Provision, other: Provision) -> bool:
    return {source.id for source in one.sources} != {source.id for source in other.sources}


def _opposed(law: SurveyedLaw, question: Question, one: Provision, other: Provision) -> Finding | None:
    rules = {rule.id: rule for rule in decider(law.rulebook, question.id).question.rules}
    default = question.outcomes[-1].says
    for mine, if_mine in rules[one.id].concludes:
        for others, if_others in rules[other.id].concludes:
            says = [question.outcome(name).says for name in (mine, others)]
            if says[0] == says[1] or default not in says:
                continue
            both = all_of(rules[one.id].applies, if_mine, rules[other.id].applies, if_others)
            found: Found | None = shown_case(law.rulebook, question.id, both)
            if found is not None:
                message = (
                    f"{called(one)} says “{question.outcome(mine).means}” and {called(other)} says "
                    f"“{question.outcome(others).means}” of one case, and neither disapplies the other:"
                )
                return Finding(ABOUT.id, one.place, "provision", one.id, message, found.to_yaml())
    return None
