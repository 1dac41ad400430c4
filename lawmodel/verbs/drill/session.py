"""A drill without words: what is asked next, and when the border is found."""

from __future__ import annotations

import random
from collections import deque
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.dataclass import dataclass
from lawmodel.exercises.border import Border, Variations, VariedFact
from lawmodel.exercises.words import NO_GROUND, outcome_sentence
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.case_facts import case_facts
from lawmodel.inquiry.decide import answer_to
from lawmodel.results.header import CaseUsed, RulebookUsed
from lawmodel.verbs.drill.result import DrillResult, Prediction, Side
from lawmodel.words.outcomes import both
from lawmodel.words.steps import first_failure

MOST_ASKED: Final = 60
"""So many predictions are asked for at most."""


@dataclass(frozen=True, slots=True)
class DrillStep:
    """Something that is to be predicted."""

    side: Side
    fact: int | None = None
    """The number of the fact that it belongs to; None for the case as it is, and for facts that carry nothing."""
    place: int = 0
    """Of several values of that side, which."""
    varied: VariedFact | None = None


class DrillSession:
    """One student's drill on one case: each side of each fact is asked until it is predicted right."""

    def __init__(self, ask: Ask, variations: Variations, border: Border, seed: int) -> None:
        self.ask, self.border = ask, border
        self.predictions: list[Prediction] = []
        self._variations = variations
        self._left = deque([DrillStep("as it is"), *_in_an_order(border, seed)])

    def next(self) -> DrillStep | None:
        """What is to be predicted next; None where the border is found, or enough was asked."""
        return self._left[0] if self._left and len(self.predictions) < MOST_ASKED else None

    def predict(self, step: DrillStep, outcome: str | None) -> Prediction:
        """Note what is predicted of the next step, None for "I do not know"; with what there is to say to it."""
        self._left.popleft()
        true = self.border.outcome if step.varied is None else step.varied.outcome
        made = Prediction(
            number=len(self.predictions) + 1,
            side=step.side,
            varied=step.varied,
            predicted=outcome,
            outcome=true,
            right=outcome == true,
            explanation=self._explanation(step),
        )
        self.predictions.append(made)
        if not made.right and step.fact is not None:
            self._left.append(self._again(step))
        return made

    def found(self) -> tuple[str, ...]:
        """The facts of which no side is left to be predicted right; none before the case itself was."""
        if not any(one.side == "as it is" for one in self.predictions):
            return ()
        still_asked = {one.fact for one in self._left}
        return tuple(one.input for number, one in enumerate(self.border.facts) if number not in still_asked)

    def result(self, *, stopped: bool) -> DrillResult:
        """What the drill came to so far."""
        header = self.ask.header(self.ask.valued())
        assert isinstance(header.case_used, CaseUsed)
        return DrillResult(
            case=header.case_used,
            question=self.ask.question,
            rulebook=RulebookUsed.of(self.ask.rulebook),
            outcome=self.border.outcome,
            story=self.border.story,
            predictions=tuple(self.predictions),
            border=self.border,
            found=self.found(),
            stopped=stopped,
        )

    def facts_in_words(self) -> tuple[str, ...]:
        """What the case gives, for where it cannot be told as a story."""
        return tuple(one.in_words for one in case_facts(self.ask, self.ask.valued()) if one.origin == "given")

    def _again(self, step: DrillStep) -> DrillStep:
        """The same side with another value, where there is one."""
        assert step.fact is not None
        carrying = self.border.facts[step.fact]
        values = carrying.inside if step.side == "inside" else carrying.outside
        place = (step.place + 1) % len(values)
        return DrillStep(step.side, step.fact, place, values[place])

    # --- what is said to it ---------------------------------------------------------------------------

    def _explanation(self, step: DrillStep) -> str:
        """The outcome, and what became of the provisions on which it rested."""
        rulebook, question = self.ask.rulebook, self.ask.question
        before = self._answer(None)
        after = before if step.varied is None else self._answer(step.varied)
        said = [outcome_sentence(rulebook, question, str(after.outcome))]
        old, new = ({one.id: one for one in each.grounds} for each in (before, after))
        if step.varied is None:
            said += [f"{one.citation} applies: {one.title}." for one in new.values()] or [NO_GROUND]
            return " ".join(said)
        for name, ground in old.items():
            if name not in new:
                why = next((first_failure(one) for one in after.trace if one.id == name and one.truth is False), None)
                said.append(f"{ground.citation} {f'fails: {why.says}' if why else 'is no longer what it rests on'}.")
        said += [f"{one.citation} applies now: {one.title}." for name, one in new.items() if name not in old]
        kept = [one.citation for name, one in new.items() if name in old]
        if kept:
            speaks = "applies" if len(kept) == 1 else "apply"
            same = set(new) == set(old) and after.outcome != before.outcome
            said.append(
                f"{both(kept)} still {speaks}, but the answer is another."
                if same
                else f"{both(kept)} {speaks} all the same."
            )
        if not new:
            said.append(NO_GROUND if old else "Still no provision speaks against it.")
        return " ".join(said)

    def _answer(self, varied: VariedFact | None) -> Answer:
        case = self.ask.case if varied is None else self._variations.case_of(varied)
        return answer_to(self.ask.of_case(case), forward_chaining=False)


def _in_an_order(border: Border, seed: int) -> list[DrillStep]:
    """One fact after the other; which side of it comes first, and where the others stand, is chosen by the seed."""
    chosen = random.Random(f"{seed} {border.outcome} {[one.input for one in border.facts]}")  # noqa: S311 - no secret
    steps: list[DrillStep] = []
    for number, carrying in enumerate(border.facts):
        sides = [DrillStep("outside", number, 0, carrying.outside[0])]
        if carrying.inside:
            sides.append(DrillStep("inside", number, 0, carrying.inside[0]))
        chosen.shuffle(sides)
        steps += sides
    for one in border.beside:
        steps.insert(chosen.randint(0, len(steps)), DrillStep("beside", varied=one))
    return steps
