"""Cases near the border of one rule: it applies, or one input is otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from hypothesis import strategies as st

from lawmodel.case.arguments import raise_problems, readings_problems, stage_problems
from lawmodel.case.values import UNKNOWN
from lawmodel.inputs import Scalar
from lawmodel.inquiry.decider import decider
from lawmodel.problems import no_such
from lawmodel.reasoning.evaluation import NO_RECORD, Meaning, meaning
from lawmodel.reasoning.formula import Formula, Not
from lawmodel.rulebook.model import Provision, Rulebook, raise_unless_rulebook
from lawmodel.testing.case_strategies import Known, drawn_case, known_facts, settle_known
from lawmodel.testing.day_orders import DayOrders
from lawmodel.testing.draft import Draft, Spot
from lawmodel.testing.drawing import Drawing, Unknowns, below, one_of, turned
from lawmodel.testing.drawn_case import DrawnCase
from lawmodel.testing.reads import Reads, reads_of_formula, reads_of_questions
from lawmodel.testing.search import MOST_STEPS, MOST_STEPS_IN_ORDER, DraftValues, GaveUp, Search, in_order
from lawmodel.testing.usual_values import UsualValues

How: TypeAlias = Literal["as it is", "beyond the border", "otherwise"]
HOW: Final[tuple[How, ...]] = ("as it is", "beyond the border", "otherwise")
"""The case in which the provision applies; one input changed so that it does not; one input changed, wherever."""


class CannotApply(ValueError):
    """No facts were found under which the provision applies, as readings and stage are chosen."""


def near(
    rulebook: Rulebook,
    provision: str,
    *,
    known: Known | None = None,
    readings: Mapping[str, str] | None = None,
    stage: str | None = None,
    presume: bool = True,
) -> st.SearchStrategy[DrawnCase]:
    """Cases in which a provision applies, or would but for one input that it reads.

    A case is drawn in which the provision applies; in some, one fact, or one field or record of a list, that its
    conditions read is then given another value that fits. ``readings`` and ``stage`` are those under which it is to
    apply; they are kept with each case. All facts in ``known`` stand as they are. Raises `CannotApply` where no facts
    make the provision apply, and `ProblemsFound` for a name or a value that there is not.
    """
    raise_unless_rulebook(rulebook)
    raise_problems(
        *([] if provision in rulebook.provisions else [no_such(provision, rulebook.provisions, "provision")]),
        *readings_problems(rulebook, readings),
        *stage_problems(rulebook, stage),
    )
    entry = rulebook.provisions[provision]
    return _Border(rulebook, entry, known_facts(rulebook, known), dict(readings or {}), stage, presume).cases()


class _Border:
    def __init__(
        self,
        rulebook: Rulebook,
        provision: Provision,
        known: Known,
        readings: Mapping[str, str],
        stage: str | None,
        presume: bool,
    ) -> None:
        self.rulebook = rulebook
        self.provision = provision
        self.known = known
        self.readings = readings
        self.stage = stage
        self.presume = presume
        self.options = {
            name: None if (option := readings.get(name, reading.default)) == UNKNOWN else option
            for name, reading in rulebook.readings.items()
        }
        rules = decider(rulebook, provision.question, stage).question.rules
        self.applies: Formula = next(rule.applies for rule in rules if rule.id == provision.id)
        self.does_not_apply = Not(self.applies)
        self.meanings: dict[int, Meaning] = {}
        """Of the formulas here, for every search."""
        self.holds = meaning(self.applies, self.meanings)
        self.reads: Reads = reads_of_formula(rulebook, self.applies)
        self.usual = UsualValues(rulebook, reads_of_questions(rulebook, (provision.question,), stage))
        self.drawing = Drawing(self.usual, DayOrders(rulebook), most_records=1)

    def cases(self) -> st.SearchStrategy[DrawnCase]:
        if not any(isinstance(value, st.SearchStrategy) for value in self.known.values()):
            self.simplest(self.known)

        @st.composite
        def drawn(draw: st.DrawFn) -> DrawnCase:
            known = {path: draw(one) if isinstance(one, st.SearchStrategy) else one for path, one in self.known.items()}
            draft = self._draft(draw, known)
            self.drawing.complete(draw, draft, Unknowns())
            how = one_of(draw, HOW)
            if how != "as it is":
                self._change(draw, draft, beyond=how == "beyond the border")
            draft.drop_repetitions(known)
            return drawn_case(
                draft,
                (self.provision.question,),
                presume=self.presume,
                readings=self.readings,
                stage=self.stage,
            )

        return drawn()

    def simplest(self, known: Known) -> Draft:
        """The first draft that is found in which the provision applies."""
        draft = self._known(None, known)
        if not self._found(draft, self.options):
            raise CannotApply(self._why_not(known))
        return draft

    def _found(self, draft: Draft, options: Mapping[str, str | None]) -> bool:
        try:
            return Search(draft, options, in_order, MOST_STEPS_IN_ORDER, meanings=self.meanings).make(self.applies)
        except GaveUp:
            return False

    def _why_not(self, known: Known) -> str:
        asked = f" at the stage {self.stage}" * (self.stage is not None)
        said = f"no facts were found under which `{self.provision.id}` applies{asked}, as the readings are chosen"
        return f"{said}. {self._way_out(known)}".rstrip()

    def _way_out(self, known: Known) -> str:
        """A reading or a stage under which it does apply."""
        for name in self.reads.readings:
            for option in self.rulebook.readings[name].options:
                if self._found(self._known(None, known), {**self.options, name: option.id}):
                    return f'It does with readings={{"{name}": "{option.id}"}}.'
        if self.stage is None:
            for stage in reversed(self.rulebook.stages[:-1]):
                other = _Border(self.rulebook, self.provision, known, self.readings, stage.id, self.presume)
                if other._found(other._known(None, known), other.options):
                    return f'It does with stage="{stage.id}".'
        return ""

    def _known(self, draw: st.DrawFn | None, known: Known) -> Draft:
        draft = Draft(self.usual, self.drawing.orders)
        settle_known(draw, draft, known)  # type: ignore[arg-type]
        return draft

    def _draft(self, draw: st.DrawFn, known: Known) -> Draft:
        draft = self._known(draw, known)
        try:
            search = Search(draft, self.options, lambda count: draw(below(count)), MOST_STEPS, meanings=self.meanings)
            if search.make(self.applies):
                return draft
        except GaveUp:
            pass
        return self.simplest(known)

    # --- one input changed --------------------------------------------------------------------------

    def _change(self, draw: st.DrawFn, draft: Draft, *, beyond: bool) -> None:
        """Give one thing that the provision reads another value; if ``beyond``, one with which it does not apply."""
        spots = [Spot(path) for path in self.reads.facts if path not in self.known]
        for path, fields in self.reads.lists.items():
            if path not in self.known:
                records = draft.lists[path] or []
                spots += [Spot(path, number, field) for number in range(len(records)) for field in fields]
                spots += [Spot(path, number) for number in range(len(records) + 1)]
        changes = [(spot, self._others(draft, spot)) for spot in turned(draw, spots)]
        changes = [(spot, others) for spot, others in changes if others]
        if not changes:
            return
        if beyond:
            start = draw(below(1000))
            for spot, others in changes:
                if self._excluded_by_one_more(draft, spot):
                    self.drawing.complete(draw, draft, Unknowns())
                    return
                for value in others[start % len(others) :] + others[: start % len(others)]:
                    if self._excluded(draft, spot, value):
                        self._carry_out(draft, spot, value)
                        return
        spot, others = changes[0]
        self._carry_out(draft, spot, one_of(draw, others))
        self.drawing.complete(draw, draft, Unknowns())

    def _others(self, draft: Draft, spot: Spot) -> list[Scalar | None]:
        """Other values for a place; of a record as a whole None: it is taken out, or there is one more."""
        if spot.number >= 0 and not spot.field:
            return [None]
        return [value for value in draft.candidates(spot) if value != draft.value(spot)]

    def _carry_out(self, draft: Draft, spot: Spot, value: Scalar | None) -> None:
        records = draft.lists.get(spot.path)
        if spot.number < 0 or spot.field:
            draft.settle(spot, value)
        elif records is not None and spot.number < len(records):
            del records[spot.number]
        elif records is not None:
            records.append({})

    def _excluded(self, draft: Draft, spot: Spot, value: Scalar | None) -> bool:
        """Whether the provision does not apply once this is changed."""
        records = draft.lists.get(spot.path)
        if records is not None and spot.number == len(records):
            return False
        changed = draft.copy()
        self._carry_out(changed, spot, value)
        truth = self.holds(DraftValues(changed, self.options), NO_RECORD)
        return truth is False

    def _excluded_by_one_more(self, draft: Draft, spot: Spot) -> bool:
        """Add a record with which the provision does not apply, if the place is that of one more and there is such."""
        records = draft.lists.get(spot.path)
        if records is None or spot.number != len(records):
            return False
        changed = draft.copy()
        longer = [*records, {}]
        changed.lists[spot.path] = longer
        try:
            search = Search(changed, self.options, in_order, MOST_STEPS_IN_ORDER, meanings=self.meanings)
            found = search.make(self.does_not_apply)
        except GaveUp:
            return False
        if found:
            draft.lists[spot.path] = longer
        return found
