"""Reasons as documents: the smallest sets of what a case holds that are enough, whatever else is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lawmodel.document import Block, Fold, Note, Paragraph, Section, text
from lawmodel.documents.inputs import inputs_table
from lawmodel.results.given_input import GivenInput
from lawmodel.results.reasons import Reason, ReasonsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.counts import count
from lawmodel.words.outcomes import both

AS_TAKEN: Final = "Readings are as in the answer (--readings looks for reasons without them)."
MOST_IN_PLACE: Final = 3
"""So many others in place of one input are said beside it; where there are more, reasons are told one by one."""


def reasons(rulebook: Rulebook, found: ReasonsFound, does: str) -> Iterator[Block]:
    """What is enough; ``does`` says for what: ``are enough``, ``rule it out``."""
    if found.interrupted:
        yield Note(text("Interrupted: this was found so far."))
    if not found.reasons or not found.reasons[0].inputs:
        yield Paragraph(text("It is so in every case, whatever is known."))
        return
    instead = _in_place(found)
    if found.count == 1 or instead is not None:
        yield _reason(found.reasons[0], does, instead or {})
    else:
        yield from _several(rulebook, found, does)
    yield from _how(rulebook, found)


def _reason(reason: Reason, does: str, instead: Mapping[str, Sequence[GivenInput]]) -> Section:
    number = len(reason.inputs)
    verb = does if number != 1 else {"are enough": "is enough", "rule it out": "rules it out"}.get(does, does)
    these = f"{'This' if number == 1 else 'These'} {count(number, 'point') if number != 1 else 'point'}"
    return Section(text(f"{these} {verb}, whatever else is true"), (inputs_table(reason.inputs, instead),))


def _several(rulebook: Rulebook, found: ReasonsFound, does: str) -> Iterator[Block]:
    """What every reason needs, said once; then what each of them needs besides."""
    needed = {one.name for one in found.needed}
    if found.needed:
        points = count(len(found.needed), "point")
        yield Section(
            text(f"Every reason needs {'this point' if len(found.needed) == 1 else f'these {points}'}"),
            (inputs_table(found.needed),),
        )
    several = f"{len(found.reasons)}" if found.every else f"{len(found.reasons)} or more"
    for number, reason in enumerate(found.reasons, 1):
        besides = tuple(one for one in reason.inputs if one.name not in needed)
        grounds = applying(rulebook, reason.grounds, reason.between)
        then = (Paragraph(text(f"Then {grounds}.")),) if grounds else ()
        title = f"Reason {number} of {several}: {'besides' if needed else f'these {does}'}"
        yield Section(text(title), (inputs_table(besides), *then))
    if not found.every:
        yield Paragraph(text("There are more reasons (--most shows more)."))


def _in_place(found: ReasonsFound) -> dict[str, list[GivenInput]] | None:
    """For inputs of the first reason: single others that would do in their place; None where reasons differ more."""
    if found.alternatives is None or not found.every or len({(one.grounds, one.between) for one in found.reasons}) > 1:
        return None
    instead: dict[str, list[GivenInput]] = {}
    held = {one.name for one in found.reasons[0].inputs}
    for alternative in found.alternatives:
        if alternative.count != len(alternative.sets) or len(alternative.sets) > MOST_IN_PLACE + 1:
            return None
        if any(len(inputs) != 1 for inputs in alternative.sets):
            return None
        mine = next((inputs[0] for inputs in alternative.sets if inputs[0].name in held), None)
        if mine is None:
            return None
        instead[mine.name] = [inputs[0] for inputs in alternative.sets if inputs[0] is not mine]
    return instead


def _how(rulebook: Rulebook, found: ReasonsFound) -> Iterator[Block]:
    lines = []
    if speaking := applying(rulebook, found.grounds or (), found.between or ()):
        lines.append(f"In every case {speaking}.")
    for one in found.excluding:
        cited = dict.fromkeys(rulebook.provisions[name].citation for name, _ in one.provisions)
        lines.append(f"“{'”, “'.join(each.in_words for each in one.inputs)}” rules out {both(list(cited))}.")
    if lines:
        yield Section(text("How they lead to it"), tuple(Paragraph(text(line)) for line in lines))


def applying(rulebook: Rulebook, grounds: Sequence[str], between: Sequence[str]) -> str:
    """Which provisions then apply: all of these, or at least one of those; empty where there is none."""
    cited = list(dict.fromkeys(rulebook.provisions[name].citation for name in grounds or between))
    if not cited:
        return ""
    if grounds or len(cited) == 1:
        return f"{both(cited)} {'applies' if len(cited) == 1 else 'apply'}"
    return f"at least one of these applies: {both(cited)}"


def without_effect(found: ReasonsFound) -> Iterator[Block]:
    """What is in no reason, folded."""
    idle = found.without_effect
    if idle is None:
        yield Paragraph(text("Which known points have no part in it was not worked out: there are too many reasons."))
    elif idle:
        yield Fold(text(f"{count(len(idle), 'known point')} that have no part in it"), (inputs_table(idle),))
