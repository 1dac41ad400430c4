"""What settles an answer, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from lawmodel.answer.question_text import heading, law_in_words, means, said
from lawmodel.answer.reasons.held_input import HeldInput
from lawmodel.answer.reasons.held_input_text import Rows, inputs_in_rows
from lawmodel.answer.reasons.reasons import Reason, ReasonsFound, Why
from lawmodel.answer.words import count
from lawmodel.rulebook.model import Rulebook

MOST_SPELLED_OUT: Final = 8
"""A reason for an outcome to be excluded is spelled out beside others up to so many inputs."""
FEW_DIFFERENCES: Final = 4
"""A reason that differs from one above it in no more inputs is shown by the difference."""


def why_text(why: Why, *, everything: bool = False) -> Iterator[RenderableType]:
    """What settles the answer; what has no effect is listed if ``everything``."""
    yield from heading(why.rulebook, why.question, why.title, why.case)
    law = law_in_words(why.rulebook, why.stage, why.law_date)
    if why.outcome is None or why.found is None:
        yield from _unsettled(why, law)
        return
    verdict = Text.assemble((said(why.rulebook, why.question, why.outcome), "bold cyan"), (f"   {why.outcome}", "dim"))
    yield Padding(verdict, (0, 0, 0, 2))
    yield Padding(Text(f"{law} · {_counted(why.found)}", "dim"), (0, 0, 0, 2))
    yield Text()
    yield from ReasonsText(why.rulebook, why.found).shown()
    yield from without_effect(why.found, everything)


def _counted(found: ReasonsFound) -> str:
    least = len(found.reasons[0].inputs) if found.reasons else 0
    if not least:
        return "so in every case, whatever is known"
    settling = f"{least} of {count(found.held, 'known point')} {'settles' if least == 1 else 'settle'} it"
    if found.count == 1:
        return f"{settling}, and no others do"
    return f"{settling}, in one of {found.count} ways" if found.count else f"{settling}, in one of several ways"


class ReasonsText:
    """The reasons of one kind."""

    def __init__(self, rulebook: Rulebook, found: ReasonsFound) -> None:
        self.rulebook = rulebook
        self.found = found
        self._needed = {one.name for one in found.needed}

    def shown(self) -> Iterator[RenderableType]:
        """The reasons: what all share, and what each adds."""
        found = self.found
        if found.interrupted:
            yield Text("Interrupted: this was found so far.", "yellow")
        if not found.reasons or not found.reasons[0].inputs:
            yield from self._applying()
        elif found.count == 1:
            yield Text.assemble(("It is enough", "bold"), ("  whatever everything else is", "dim"))
            yield from self._shared()
        elif self._one_after_the_other:
            yield from self._list()
            yield from self._applying()
        else:
            if found.needed:
                yield self._needs()
            yield from self._shared()
            yield from self._either()

    @property
    def _one_after_the_other(self) -> bool:
        """Whether reasons are shown each for itself: they do not just differ in some points of few alternatives each.

        Where they differ in one point, and other provisions apply, that is better said of each.
        """
        found = self.found
        if found.alternatives is None or any(one.count != len(one.sets) for one in found.alternatives):
            return True
        grounds = {(reason.grounds, reason.between) for reason in found.reasons}
        return len(found.alternatives) == 1 and len(grounds) > 1

    def _needs(self) -> Text:
        return Text.assemble(("Every way needs", "bold"), (f"  {count(len(self.found.needed), 'known point')}", "dim"))

    # --- what all reasons share --------------------------------------------------------------------

    def _shared(self) -> Iterator[RenderableType]:
        """What is needed, by what it does."""
        found = self.found
        if not found.excluding:
            if found.needed:
                yield inputs_in_rows(found.needed)
                yield Text()
            yield from self._applying()
            return
        if found.supporting:
            yield Text(f"so that {self._speaking() or 'some provision applies'}:", "dim")
            rows = Rows(4)
            self._part(rows, found.supporting)
            yield rows.shown()
            yield Text("so that nothing stronger does:", "dim")
        for one in found.excluding:
            yield Padding(self._cited(dict.fromkeys(name for name, _ in one.provisions)), (0, 0, 0, 2))
            rows = Rows(4)
            self._part(rows, one.inputs)
            yield rows.shown()
        yield Text()

    def _part(self, rows: Rows, inputs: Sequence[HeldInput]) -> None:
        """Some needed inputs, and the letters of the alternatives to which the others belong."""
        needed = [one for one in inputs if one.name in self._needed]
        rows.inputs(one for one in needed if one.kind != "reading")
        rows.inputs((one for one in needed if one.kind == "reading"), "read:", "read:")
        names = {one.name for one in inputs} - self._needed
        letters = [
            _letter(number)
            for number, one in enumerate(self.found.alternatives or ())
            if names & {each.name for each in one.sets[0]}
        ]
        if letters:
            rows.heading(Text(f"and one each of {', '.join(letters)} below", "dim"))

    def _cited(self, names: dict[str, None]) -> Text:
        """Provisions that do not apply; with its title where it is one."""
        provisions = [self.rulebook.provisions[name] for name in names]
        cited = " · ".join(dict.fromkeys(one.citation for one in provisions))
        title = f"  {provisions[0].title}" if len(provisions) == 1 else ""
        return Text.assemble(("○ ", "dim"), cited, (title, "dim"))

    def _either(self) -> Iterator[RenderableType]:
        """The points in which reasons differ."""
        alternatives = self.found.alternatives or ()
        several = "one of each of these" if len(alternatives) > 1 else "one of these"
        start = "And" if self.found.needed else "It is enough:"
        yield Text(f"{start} {several}", "bold")
        rows = Rows()
        for number, one in enumerate(alternatives):
            for place, inputs in enumerate(one.sets):
                rows.inputs(inputs, "  or" if place else _letter(number), " and")
        yield rows.shown()
        yield Text()

    # --- reasons one after the other ---------------------------------------------------------------

    def _list(self) -> Iterator[RenderableType]:
        found = self.found
        if found.needed:
            yield self._needs()
            yield inputs_in_rows(found.needed)
            yield Text()
        shown = f"these are all {len(found.reasons)}" if found.every else "the shortest; there are more (--most)"
        yield Text.assemble(("And one of these" if found.needed else "One of these", "bold"), (f"  {shown}", "dim"))
        for number, reason in enumerate(found.reasons, 1):
            grounds = self._applies(reason.grounds, reason.between)
            model = self._nearest(found.reasons[: number - 1], reason)
            says = "" if model is None else f"as {model}"
            yield Text.assemble((f"  {number}  ", "bold"), (f"then {grounds}  " if grounds else "", "cyan"), says)
            if model is None:
                yield inputs_in_rows([one for one in reason.inputs if one.name not in self._needed], 5)
            else:
                yield self._beside(found.reasons[model - 1], reason)
        yield Text()

    @staticmethod
    def _nearest(earlier: Sequence[Reason], reason: Reason) -> int | None:
        """The number of an earlier reason that differs in a few inputs only, and of which others apply alike."""
        alike = [
            (len(set(one.inputs) ^ set(reason.inputs)), number)
            for number, one in enumerate(earlier, 1)
            if (one.grounds, one.between) == (reason.grounds, reason.between)
        ]
        differing, number = min(alike, default=(FEW_DIFFERENCES + 1, 0))
        return number if differing <= FEW_DIFFERENCES < len(reason.inputs) else None

    @staticmethod
    def _beside(model: Reason, reason: Reason) -> RenderableType:
        """What a reason does not need that another does, and the other way round."""
        rows = Rows(5)
        rows.inputs((one for one in model.inputs if one not in reason.inputs), "not", "not", "dim")
        rows.inputs((one for one in reason.inputs if one not in model.inputs), "but", "and")
        return rows.shown()

    # --- what applies ------------------------------------------------------------------------------

    def _applying(self) -> Iterator[RenderableType]:
        if speaking := self._speaking():
            yield Text.assemble(("Then, in every case,", "bold"), f" {speaking}.")
            yield Text()

    def _speaking(self) -> str:
        return self._applies(self.found.grounds or (), self.found.between or ())

    def _applies(self, grounds: Sequence[str], between: Sequence[str]) -> str:
        cited = [self.rulebook.provisions[name].citation for name in grounds or between]
        if not cited:
            return ""
        if grounds:
            return f"{' and '.join(cited)} {'applies' if len(cited) == 1 else 'apply'}"
        return f"one of these applies: {' · '.join(cited)}"


def _letter(number: int) -> str:
    return f"({ascii_lowercase[number % 26]})"


def without_effect(found: ReasonsFound, everything: bool) -> Iterator[RenderableType]:
    """What is in no reason: how much, or what if ``everything``."""
    idle = found.without_effect
    if idle is None:
        yield Text("Which known points are in no reason was not worked out: there are too many ways.", "dim")
    elif idle and everything:
        yield Text.assemble(("Without effect", "bold"), ("  in no smallest set that settles it", "dim"))
        yield inputs_in_rows(idle)
    elif idle:
        yield Text(f"Without effect: {count(len(idle), 'known point')} (--all lists them).", "dim")


def _unsettled(why: Why, law: str) -> Iterator[RenderableType]:
    """That nothing settles the answer, and what is excluded all the same."""
    possible = f"NOTHING SETTLES IT: {means(why.rulebook, why.question, why.possible)}"
    yield Padding(Text.assemble((possible, "bold yellow"), (f"   {' or '.join(why.possible)}", "dim")), (0, 0, 0, 2))
    yield Padding(Text(f"{law} · `turns-on` says on which open points it depends", "dim"), (0, 0, 0, 2))
    yield Text()
    for name, reason in why.excluded:
        yield Text.assemble(("Excluded: ", "bold"), means(why.rulebook, why.question, [name]), (f"   {name}", "dim"))
        if not reason.inputs:
            yield Text("  in every case", "dim")
        elif len(reason.inputs) > MOST_SPELLED_OUT:
            settling = f"{len(reason.inputs)} known points exclude it: `why-not CASE {name}` spells them out"
            yield Text(f"  {settling}", "dim")
        else:
            yield inputs_in_rows(reason.inputs)
        yield Text()
