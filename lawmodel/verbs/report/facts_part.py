"""The facts of a memorandum: given, judged, taken from silence, assumed, not known; and when what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawmodel.document import Block, Item, Items, Paragraph, Section, Term, Terms, text
from lawmodel.documents.time_line import timeline_of
from lawmodel.results.given_input import GivenInput
from lawmodel.verbs.report.result import GroupedFacts, Report
from lawmodel.verbs.report.sentences import capital
from lawmodel.words.counts import count
from lawmodel.words.outcomes import both

SILENCE = "The case says nothing of these points, and by the rulebook silence has this meaning."


def facts_part(report: Report) -> Section:
    """Section 1."""
    return Section(text("1. Facts"), tuple(_facts(report)), anchor="facts")


def _facts(report: Report) -> Iterator[Block]:
    found, answer = report.facts, report.answer
    number = 0

    def heading(title: str) -> str:
        nonlocal number
        number += 1
        return f"1.{number} {title}"

    if found.given:
        yield Section(text(heading("Given")), (groups_of_facts(found.given),))
    if found.judgments:
        said = both([one.in_words for one in found.judgments])
        states = "This is a judgment of law" if len(found.judgments) == 1 else "These are judgments of law"
        lead = f"The case states that {said}. {states}. It was taken as it is given, and not examined."
        yield Section(text(heading("Given, though a judgment of law")), (Paragraph(text(lead)),))
    if found.from_silence:
        blocks: list[Block] = [Paragraph(text(SILENCE)), groups_of_facts(found.from_silence)]
        left_out = [one.says for one in answer.assumes if one.kind == "left out"]
        if left_out:
            blocks.append(Paragraph(text(f"Of these the answer depends on {_listed(left_out)}.")))
        yield Section(text(heading("Taken from silence")), tuple(blocks))
    yield Section(text(heading("Assumed")), (Paragraph(text(_assumed(report))),))
    yield Section(text(heading("Not known")), tuple(_unknown(report)))
    line = timeline_of(answer)
    if line is not None:
        yield Section(text(heading("What was when")), (replace(line, title="Time line"),))
    case = answer.header.case
    if case is not None and case.point:
        yield Section(text(heading("Remark of the case file")), (Paragraph(text(f"“{case.point.strip()}”")),))


def groups_of_facts(groups: Sequence[GroupedFacts]) -> Terms:
    """A line for each group of facts, or record."""
    return Terms(tuple(Term(text(one.title), text(_joined(one.facts))) for one in groups))


def _joined(facts: Sequence[GivenInput]) -> str:
    return f"{'; '.join(one.says for one in facts)}."


def _assumed(report: Report) -> str:
    found = report.facts
    idle = sum(len(one.facts) for one in found.assumed_without_effect)
    parts = []
    if found.assumed:
        parts.append(f"The answer depends on {_listed([one.in_words for one in found.assumed])}.")
    if idle:
        further = "further fact is" if found.assumed and idle == 1 else "further facts are" if found.assumed else ""
        what = f"{idle:,} {further}" if further else f"{count(idle, 'fact')} {'is' if idle == 1 else 'are'}"
        one = "it cannot" if idle == 1 else "none of them can"
        parts.append(f"{what} assumed to be as usual; {one} change the answer by itself (appendix C).")
    return " ".join(parts) or "Nothing is assumed of the facts."


def _listed(says: Sequence[str]) -> str:
    return f"this: {says[0]}" if len(says) == 1 else f"these points: {'; '.join(says)}"


def _unknown(report: Report) -> Iterator[Block]:
    turning = {name for group in report.answer.turns_on for name in group}
    unknown = report.facts.unknown
    matter = [one for one in unknown if one.name in turning]
    idle = [one for one in unknown if one.name not in turning]
    if matter:
        yield Paragraph(text("The answer depends on these points, which the case leaves open."))
        yield Items(tuple(Item(text(capital(_asked(one)))) for one in matter))
    if idle:
        verb = "is not known, and" if len(idle) == 1 else "are not known, and"
        said = both([_asked(one) for one in idle])
        yield Paragraph(text(f"{capital(said)} {verb} cannot change the answer."))
    if not unknown:
        yield Paragraph(text("The case leaves no fact of this question open."))


def _asked(one: GivenInput) -> str:
    return f"{one.of}: {one.title}" if one.of else one.title
