"""Where two traces differ, as a tree: what was so, what is so, and on the way to both what stayed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from rich.text import Text
from rich.tree import Tree

from lawmodel.answer.comparing.trace_difference import StepDifference
from lawmodel.answer.provision_text import MARKS
from lawmodel.answer.summary import FURTHER, Condenser, Shown, reading_remark
from lawmodel.reasoning.trace import Trace

BEFORE: Final = ("\N{MINUS SIGN} ", "red")
AFTER: Final = ("+ ", "green")
STRUCTURE: Final = ("all", "any", "some", "none")
"""Steps that join others and mostly say nothing of their own."""


@dataclass(slots=True)
class DifferenceTree:
    """Grows the tree of one provision; what differs is said once, however often the law looks at it."""

    means: Callable[[str], str]
    """What an outcome or consequence means, by its id."""
    _condensers: tuple[Condenser, Condenser] = field(default_factory=lambda: (Condenser(), Condenser()))
    _said: set[tuple[object, ...]] = field(default_factory=set)

    def grow(self, tree: Tree, differences: Iterable[StepDifference], record: str | None = None) -> None:
        """Add what differs, as far as it is of substance."""
        for one in differences:
            if not one.of_substance:
                continue
            if one.before is None or one.after is None:
                self._one_sided(tree, one)
            elif one.step.kind in STRUCTURE:
                self._joining(tree, one.before, one.after)
                self.grow(tree, one.below, record)
            else:
                self._both(tree, one, one.before, one.after, record)

    def _one_sided(self, tree: Tree, one: StepDifference) -> None:
        """A step that is in one trace only, with the reasons that carry it."""
        sign, condenser = (AFTER, self._condensers[1]) if one.before is None else (BEFORE, self._condensers[0])
        step = one.step
        if step.kind in FURTHER:
            branch = tree.add(_line(sign, step.truth, f"→ {self.means(str(step.id))}"))
            _shown(branch, sign, condenser.reasons(step.children))
        else:
            _shown(tree, sign, condenser.reasons((step,)))

    @staticmethod
    def _joining(tree: Tree, before: Trace, after: Trace) -> None:
        """What a list is called where it has no records, or is not known."""
        if before.says != after.says:
            for sign, step in ((BEFORE, before), (AFTER, after)):
                if step.says:
                    tree.add(_line(sign, step.truth, step.says))

    def _both(self, tree: Tree, one: StepDifference, before: Trace, after: Trace, record: str | None) -> None:
        record = after.id if after.kind == "record" else record
        key = (record, after.kind, after.id, self._says(before), self._says(after))
        if key in self._said:
            return
        self._said.add(key)
        branch = tree.add(self._label(one, before, after))
        asked_openly = [step for step in (before, after) if step.kind == "reading" and step.notes.get("open")]
        below = one.below
        if len(asked_openly) == 1:  # the options that are no longer, or newly, open say less than the reading itself
            below = tuple(each for each in below if each.step.kind != "option")
        self.grow(branch, below, record)
        if not one.says_otherwise and not branch.children:  # what differs below it is said elsewhere
            tree.children.remove(branch)

    def _label(self, one: StepDifference, before: Trace, after: Trace) -> Text:
        was, now = self._says(before), self._says(after)
        if was != now:
            lines = (_line(BEFORE, before.truth, was, _remark(before)), _line(AFTER, after.truth, now, _remark(after)))
            return Text("\n").join(lines)
        if before.truth is not after.truth:
            (mark, colour), (other, other_colour) = MARKS[before.truth], MARKS[after.truth]
            text = Text.assemble((mark, colour), "→", (f"{other} ", other_colour), now)
        else:
            mark, colour = MARKS[after.truth]
            text = Text.assemble((f"{mark} ", colour), now)
        return text.append(_remark(after), "dim")

    def _says(self, step: Trace) -> str:
        if step.kind in FURTHER:
            return f"→ {self.means(str(step.id))}"
        if step.kind == "reading" and step.notes.get("open") and step.truth is not None:
            return f"{step.says} However it is read"
        return step.says


def _line(sign: tuple[str, str], truth: bool | None, says: str, remark: str = "") -> Text:
    mark, colour = MARKS[truth]
    return Text.assemble(sign, (f"{mark} ", colour), says, (remark, "dim"))


def _shown(tree: Tree, sign: tuple[str, str], lines: Iterable[Shown]) -> None:
    for line in lines:
        remark = f"   {line.remark}" if line.remark else ""
        _shown(tree.add(_line(sign, line.truth, line.says, remark)), sign, line.children)


def _remark(step: Trace) -> str:
    """The reading that was taken, how sure the date of a law is, or a citation."""
    if step.kind == "reading":
        return f"   reading {step.id}: open" if step.notes.get("open") else f"   {reading_remark(step)}"
    if step.kind == "law":
        certainty = step.notes.get("date_certainty")
        return f" ({certainty})" if certainty else ""
    citation = step.notes.get("citation")
    return f"   {citation}" if citation else ""
