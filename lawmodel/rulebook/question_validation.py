"""Whether questions, what follows from their answers, and what sources tell of them are fully declared."""

from __future__ import annotations

import re
from typing import Final

from lawmodel.inputs import LAW_DATE
from lawmodel.problems import did_you_mean, listed
from lawmodel.rulebook.fact_validation import WHOLE_NUMBER, FactValidation
from lawmodel.rulebook.model import Figure, LeadsTo, Question, Rulebook, Telling
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.statement_validation import StatementValidation

OUTCOME: Final = re.compile(r"[a-z][a-z0-9_-]*\Z")


class QuestionValidation:
    """Checks questions, figures and tellings; every mistake goes to the collector."""

    def __init__(
        self, rulebook: Rulebook, names: NameCheck, statements: StatementValidation, facts: FactValidation
    ) -> None:
        self.rulebook = rulebook
        self.names = names
        self.problems = names.problems
        self.statements = statements
        self.facts = facts

    def question(self, question: Question) -> None:
        """Note every mistake in a question and its outcomes."""
        at, seen = self.names.mappings.value, set()
        if len(question.outcomes) < 2:
            self.problems.at(
                at(question.place, "outcomes"),
                f"`{question.id}` has fewer than two outcomes",
                "List what can be answered, and what holds when no rule speaks.",
            )
        for outcome in question.outcomes:
            place = at(outcome.place, "id")
            if not OUTCOME.match(outcome.id):
                mend = "Use lower-case words joined by underscores or hyphens."
                self.problems.at(place, f"`{outcome.id}` is no id of an outcome", mend)
            self.names.check_word("outcome", outcome.id, place)
            if outcome.id in seen:
                self.problems.at(place, f"the outcome `{outcome.id}` stands twice", "Give one of them another id.")
            seen.add(outcome.id)
            if outcome.leads_to is not None:
                self._leads_to(outcome.leads_to)

    def _leads_to(self, leads_to: LeadsTo) -> None:
        at = self.names.mappings.value
        if not self.statements.records(leads_to.add, at(leads_to.place, "add")):
            return
        fields = {field.id: field for field in self.rulebook.facts[leads_to.add].of}
        record = at(leads_to.place, "record")
        for name, value in leads_to.record.items():
            if name not in fields:
                self.problems.at(
                    self.names.mappings.key(record, name),
                    f"`{leads_to.add}` has no `{name}`",
                    did_you_mean(name, fields, f"Its fields are: {listed(fields)}."),
                )
            elif value != LAW_DATE or fields[name].sort != "date":
                self.facts.value(fields[name], value, name, at(record, name))

    def figure(self, figure: Figure) -> None:
        """Note a bound of a figure that is no number."""
        numbers = [path for path, fact in self.rulebook.facts.items() if fact.sort == "number"]
        for key, bound in (("from", figure.from_), ("to", figure.to)):
            if bound is None or WHOLE_NUMBER.match(bound) or bound in numbers or self.names.doubtful("facts", bound):
                continue
            self.problems.at(
                self.names.mappings.value(figure.place, key),
                f"`{bound}` is neither a number nor a fact of type number",
                did_you_mean(bound, numbers, "Write digits only, or the path of a fact."),
            )

    def telling(self, telling: Telling) -> None:
        """Note every mistake in what a source tells."""
        at, stages = self.names.mappings.value, [stage.id for stage in self.rulebook.stages]
        if telling.source not in self.rulebook.sources:
            place, hint = at(telling.place, "source"), "Add it to the section `sources`."
            self.names.missing("sources", "source", telling.source, self.rulebook.sources, place, hint)
        if telling.stage not in stages:
            place, hint = at(telling.place, "stage"), f"The stages are: {listed(stages)}."
            self.names.missing("stages", "stage", telling.stage, stages, place, hint)
        told_of: set[str] = set()
        for told in telling.readings:
            self.statements.chosen(told.reading, told.option, told.place)
            if told.reading in told_of:
                self.problems.at(
                    at(told.place, "reading"),
                    f"`{told.reading}` is told twice",
                    "Keep the option that the source supports better, and put the other into `remarks`.",
                )
            told_of.add(told.reading)
