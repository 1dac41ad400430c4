"""One way of asking a question, and what it has found in the blocks so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lawmodel.batch.rows.answers import Answers
from lawmodel.batch.rows.contradicted import Contradicted
from lawmodel.batch.rows.evaluated import Block, Evaluated
from lawmodel.batch.rows.patterns import Patterns
from lawmodel.batch.rows.plan import Asked, Plan
from lawmodel.batch.rows.truths import Flags
from lawmodel.batch.rows.verdicts import Numbering, Numbers, settled
from lawmodel.batch.tables.matched import Matched
from lawmodel.case.consistency import Contradiction
from lawmodel.inputs import reading_key


class Deciding:
    """A question under one law and one choice of readings, decided block by block."""

    def __init__(self, asked: Asked, table: Matched, *, turns_on: bool) -> None:
        """Make the plan; raises `ProblemsFound` where what the table leaves out contradicts the day of the law."""
        self.asked = asked
        self.plan = Plan(asked, table.columns, table.fields)
        self.answers = Answers()
        self.patterns = Patterns(self.plan, self.answers, turns_on=turns_on)
        self._numbering = Numbering(self.plan, self.answers)
        self._contradicted = Contradicted(self.plan)

    def contradictions(self, block: Block) -> Iterator[tuple[int, Contradiction]]:
        """Each row of a block whose days contradict each other."""
        return self._contradicted.rows(block)

    def decide(self, block: Block, left: Flags) -> Numbers:
        """The number of the answer of each row; of a row that is not left it means nothing."""
        evaluated = Evaluated(block)
        found = settled(self.plan, evaluated)
        numbers = self._numbering.numbers(found, block.rows)
        self.patterns.decide(evaluated, found, left, numbers)
        return numbers

    def described(self) -> dict[str, Any]:
        """The question and the rulebook, as plain data."""
        rulebook = self.asked.rulebook
        return {
            "question": self.asked.question,
            "rulebook": rulebook.title,
            "rulebook_digest": rulebook.digest,
            "rulebook_version": rulebook.version or None,
            "rulebook_as_of": None if rulebook.as_of is None else rulebook.as_of.isoformat(),
        }

    def applied(self) -> dict[str, Any]:
        """The law and the readings that were applied, as plain data."""
        template = self.plan.template
        return {
            "law_date": None if template.law_date is None else template.law_date.isoformat(),
            "stage": self.plan.decider.stage,
            "readings": {name: template.valuation.values[reading_key(name)] for name in self.asked.rulebook.readings},
            "defaults": list(template.defaults),
            "presumed": dict(template.presumed),
        }
