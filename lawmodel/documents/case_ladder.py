"""The conditions of a provision as a ladder, with the way of a case: made of the trace of the provision.

Big ones are drawn coarser: concepts are spelled out where they are asked for, and only as deep as there is room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.document import Joint, Ladder, Rung, Span, Text, Truth, faint, reading, text
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.outcomes import statement
from lawmodel.words.steps import FURTHER
from lawmodel.words.traces import asked

TRUTHS: Final[dict[bool | None, Truth]] = {True: "met", False: "not met", None: "not known"}
MOST_BOXES: Final = 18
"""A ladder with more boxes has none of its concepts spelled out, if that makes it smaller."""
MOST_RECORDS: Final = 6
"""Of more records only the number is told."""


def ladder_of_case(answer: Answer, provision: str) -> Ladder:
    """The ladder of a provision of the question that was answered, with what it comes to at its end."""
    step = answer.step_of(provision)
    title = f"{answer.rulebook.provisions[provision].citation}: the way of this case"
    conditions = [child for child in step.children if child.kind not in FURTHER]
    ends = tuple(_ends(answer, step))
    deep, flat = (_CaseRungs(answer.rulebook, depth).series(conditions) for depth in (1, 0))
    return Ladder(title, (*(deep if boxes((*deep, *ends)) <= MOST_BOXES else flat), *ends))


def boxes(rungs: Iterable[Rung]) -> int:
    """How many boxes are drawn."""
    return sum(boxes(rung.rungs) if rung.rungs else 1 for rung in rungs)


class _CaseRungs:
    """Rungs of the steps of a trace; concepts are spelled out so many levels deep."""

    def __init__(self, rulebook: Rulebook, depth: int) -> None:
        self.rulebook, self.depth = rulebook, depth

    def series(self, steps: Iterable[Trace]) -> tuple[Rung, ...]:
        """Steps that all have to hold, one after the other."""
        return self._series(steps, self.depth)

    def _series(self, steps: Iterable[Trace], depth: int) -> tuple[Rung, ...]:
        """Steps that all have to hold; readings in a row under which nothing is asked are one rung."""
        rungs: list[Rung] = []
        for idle, together in groupby(_flat(steps), key=_asks_nothing):
            found = list(together)
            rungs += [_nothing_asked(found)] if idle and len(found) > 1 else [self._rung(one, depth) for one in found]
        return tuple(rungs)

    def _rung(self, step: Trace, depth: int) -> Rung:
        truth = TRUTHS[step.truth]
        match step.kind:
            case "any":
                return group((), truth, "any", [self._one(child, depth) for child in step.children])
            case "count":
                return Rung(text(step.says), truth, "count", tuple(self._one(child, depth) for child in step.children))
            case "some" | "none":
                return self._records(step, depth)
            case "reading":
                return self._reading(step, depth)
            case "option":
                says = text("if ", reading(str(step.id), str(step.reading)), f": {step.says}")
                return group(says, truth, "all", self._series(step.children, depth))
            case "concept" if depth and len(_parts(step)) > 1:
                return self._concept(step, depth - 1)
            case "exception" if step.children:
                return group(self._said(step), truth, "all", self._series(step.children, depth))
            case "in-force" if step.children:
                return Rung(text(" · ".join(child.says for child in step.children if child.says) or step.says), truth)
            case _:
                return Rung(self._said(step), truth)

    def _one(self, step: Trace, depth: int) -> Rung:
        """A step as one rung, whatever it has in it."""
        found = self._series((step,), depth)
        return found[0] if len(found) == 1 else Rung((), TRUTHS[step.truth], "all", found)

    def _concept(self, step: Trace, depth: int) -> Rung:
        parts = _parts(step)
        joint: Joint = "any" if len(step.children) == 1 and step.children[0].kind == "any" else "all"
        inside = [self._one(part, depth) for part in parts]
        return group(self._said(step), TRUTHS[step.truth], joint, inside)

    def _said(self, step: Trace) -> Text:
        """How things are where that is what is asked for; else what is asked for, and of a fact how it is."""
        cited = f" ({step.citation})" if step.kind == "concept" and step.citation else ""
        if step.truth is True:
            return text(step.says, cited)
        said = asked(self.rulebook, step)
        is_other = step.kind == "fact" and step.truth is False and step.says != said
        return text(said, cited, faint(f" (here: {step.says})") if is_other else "")

    def _records(self, step: Trace, depth: int) -> Rung:
        truth = TRUTHS[step.truth]
        if not step.children:
            return Rung(self._said(step) or text(self.rulebook.facts[str(step.id)].title), truth)
        if len(step.children) > MOST_RECORDS:
            return Rung(text(f"{len(step.children)} records"), truth)
        frames = [
            group(text(one.says), TRUTHS[one.truth], "all", self._series(one.children, depth)) for one in step.children
        ]
        return frames[0] if len(frames) == 1 else group((), truth, "any" if step.kind == "some" else "all", frames)

    def _reading(self, step: Trace, depth: int) -> Rung:
        truth = TRUTHS[step.truth]
        name = reading(str(step.id), str(step.id))
        if step.open:
            options = tuple(self._one(one, depth) for one in step.children)
            return Rung(text("Reading ", name, f" (open): {step.says}"), truth, "open", options)
        says = text("Reading ", name, f": {step.says}")
        inside = self._series(step.children, depth)
        return group(says, truth, "all", inside) if inside else Rung(says, truth)


def _ends(answer: Answer, step: Trace) -> Iterator[Rung]:
    """To what a provision comes: of several outcomes each with what it hangs on."""
    rungs = _CaseRungs(answer.rulebook, 0)
    hanging = {str(one.id): one for one in step.children if one.kind == "conclusion"}
    branches = []
    for name in answer.works_out.outcomes_of(str(step.id)):
        one = hanging.get(name)
        truth = TRUTHS[step.truth if one is None else _both(step.truth, one.truth)]
        end = Rung(text(statement(answer.rulebook, answer.question, name)), truth, is_end=True)
        before = () if one is None or one.truth is False else rungs.series(one.children)
        branches.append(Rung((), truth, "all", (*before, end)) if before else end)
    if len(branches) == 1:
        yield from branches
    elif branches:
        yield Rung(text("what follows"), TRUTHS[step.truth], "count", tuple(branches))


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return True if one and other else None


def group(says: Text, truth: Truth | None, joint: Joint, rungs: Sequence[Rung]) -> Rung:
    """Several rungs as one; what stands alone and without words needs no frame."""
    return rungs[0] if len(rungs) == 1 and not says else Rung(says, truth, joint, tuple(rungs))


def nothing_asked(names: Iterable[str]) -> Text:
    """That the law asks for nothing more, as some readings are taken."""
    pieces: list[str | Span] = ["No further condition, as these are read: "]
    for number, name in enumerate(names):
        pieces += [", " if number else "", reading(name, name)]
    return text(*pieces)


def _nothing_asked(steps: Sequence[Trace]) -> Rung:
    return Rung(nothing_asked(str(one.id) for one in steps), "met")


def _asks_nothing(step: Trace) -> bool:
    return step.kind == "reading" and step.asks_nothing is True and step.truth is True and not step.children


def _flat(steps: Iterable[Trace]) -> Iterator[Trace]:
    """The steps, what is joined by *and* in place of the whole; without what always holds."""
    for step in steps:
        if step.kind == "all":
            yield from _flat(step.children)
        elif step.kind != "always":
            yield step


def _parts(step: Trace) -> tuple[Trace, ...]:
    """What a concept is made of: its alternatives, or all that it asks for."""
    if len(step.children) == 1 and step.children[0].kind == "any":
        return step.children[0].children
    return step.children
