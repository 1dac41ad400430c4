"""A rulebook surveyed: what can ever be true of its provisions, conditions and readings.

What matters at some stage of a bill matters: "never" is said only where it is proved of every stage.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from lawmodel.cached_property import cached_property
from lawmodel.case.case import Case
from lawmodel.inquiry.size_of_law import refuse_beyond
from lawmodel.reasoning.formula import ResolvedQuestion
from lawmodel.reasoning.whole_law.every_stage import at_every_stage, resolve_at_each_stage
from lawmodel.reasoning.whole_law.reachability import Reachability, under_option, with_readings_altered
from lawmodel.rulebook.condition import (
    AllOf,
    Always,
    AnyOf,
    AtomicCondition,
    Condition,
    FactIs,
    NotThis,
    Some,
)
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.rulebook.parts import EntryPart, parts, with_entries, with_part
from lawmodel.rulebook.uses import EntryNode, Uses

ALTERED: Final = "altered statement"
"""The path of the fact that says what is altered; no rulebook can have it."""


class SurveyedLaw:
    """A rulebook, and what can be proved of it; what is costly is worked out once, when it is first asked for."""

    def __init__(
        self,
        rulebook: Rulebook,
        cases: Sequence[Case] | None = None,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Take the rulebook, the cases that test it (None: there are none to speak of), and whom to tell how far.

        Raises `ProblemsFound` where the law is too large (`lawmodel.inquiry.size_of_law`).
        """
        refuse_beyond(rulebook, "lint")
        self.rulebook = rulebook
        self.cases = cases
        self.uses = Uses(rulebook)
        self.progress = progress
        self._surveys: dict[str, Reachability] = {}
        self._told: dict[tuple[int, bool], bool] = {}

    # --- what is surveyed --------------------------------------------------------------------------

    @cached_property
    def conditions(self) -> tuple[EntryPart, ...]:
        """Every condition as written that is not made up of others."""
        return tuple(part for part in parts(self.rulebook) if is_limb(part.stated))

    @cached_property
    def _altered_rulebook(self) -> Rulebook:
        altered = self.rulebook
        names: dict[str, str] = {}
        for number, part in enumerate(self.conditions):
            assert isinstance(part.stated, Condition)
            so, not_so = (alteration(number, value) for value in (True, False))
            names |= {so: so, not_so: not_so}
            place = part.place
            untouched = NotThis(FactIs(ALTERED, (so, not_so), place), place)
            as_written = AllOf((untouched, part.stated), place)
            altered = with_part(altered, part, AnyOf((as_written, FactIs(ALTERED, (so,), place)), place))
        any_place = next(iter(self.rulebook.questions.values())).place
        names = names or {"": ""}
        fact = Fact(id=ALTERED, type="choice", title=ALTERED, ask="", phrase="{}", choices=names, place=any_place)
        return with_entries(altered, "facts", {**altered.facts, ALTERED: fact}, what=ALTERED)

    def survey(self, question: str) -> Reachability:
        """A question at every stage, surveyed."""
        if question not in self._surveys:
            self.progress(f"survey of {question}")
            altered = with_readings_altered(self._every_stage(self._altered_rulebook, question), ALTERED)
            self._surveys[question] = Reachability(self._every_stage(self.rulebook, question), altered, ALTERED)
        return self._surveys[question]

    def _every_stage(self, rulebook: Rulebook, question: str) -> ResolvedQuestion:
        """A question at all its stages at once; those at which it is the same as at a later one are left out."""
        stages = [stage.id for stage in reversed(self.rulebook.stages)]
        found: dict[str, ResolvedQuestion] = {}
        for stage, resolved in resolve_at_each_stage(rulebook, question, stages).items():
            if resolved not in found.values():
                found[stage] = resolved
        return at_every_stage(found)

    # --- what can be asked -------------------------------------------------------------------------

    def can_tell(self, part: EntryPart, value: bool) -> bool:
        """Whether any answer to any question becomes another if a condition always is, or never is, so."""
        number = self._numbers[part.section, part.entry, part.key, part.steps]
        if (number, value) not in self._told:
            name = alteration(number, value)
            self._told[number, value] = any(self.survey(one).can_tell(name) for one in self.questions_of(part))
        return self._told[number, value]

    @cached_property
    def _numbers(self) -> dict[tuple[str, str, str, tuple[int, ...]], int]:
        return {(one.section, one.entry, one.key, one.steps): number for number, one in enumerate(self.conditions)}

    def can_tell_option(self, reading: str, option: str, other: str | None = None) -> bool:
        """Whether any answer becomes another by one option in the place of what is chosen, or of one other option."""
        name = under_option(reading, option)
        return any(
            self.survey(question).can_tell(name, None if other is None else reading, other)
            for question in self.questions_reading(reading)
        )

    def bears(self, part: EntryPart) -> bool:
        """Whether a statement bears on a provision that can apply at all."""
        return any(self.survey(self.rulebook.provisions[one].question).can_apply(one) for one in self._provisions(part))

    def questions_of(self, part: EntryPart) -> tuple[str, ...]:
        """The questions on which a statement bears."""
        return tuple(dict.fromkeys(self.rulebook.provisions[name].question for name in self._provisions(part)))

    def _provisions(self, part: EntryPart) -> tuple[str, ...]:
        if part.section == "provisions":
            return (part.entry,)
        return self.uses.provisions(EntryNode("concept" if part.section == "concepts" else "conclusion", part.entry))

    def questions_reading(self, reading: str) -> tuple[str, ...]:
        """The questions on which a reading bears."""
        names = self.uses.provisions(EntryNode("reading", reading))
        return tuple(dict.fromkeys(self.rulebook.provisions[name].question for name in names))


def alteration(number: int, value: bool) -> str:
    """The name of the alteration that lets a condition, by its number, always or never be so."""
    return f"{number} {'so' if value else 'not'}"


def is_limb(stated: object) -> bool:
    """Whether a statement is a condition that is not made up of others; ``some`` is one where it says no more."""
    if isinstance(stated, Some):
        return isinstance(stated.such_that, Always)
    return isinstance(stated, AtomicCondition)
