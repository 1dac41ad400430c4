"""Whether questions, what follows from their answers, and what sources tell of them are fully declared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lawmodel.inputs import LAW_DATE
from lawmodel.problems import Place, did_you_mean, listed
from lawmodel.rulebook.fact_validation import WHOLE_NUMBER, FactValidation
from lawmodel.rulebook.model import Fact, Figure, LeadsTo, OutcomeConsequence, Question, Rulebook, Telling
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.statement_validation import StatementValidation, kind_of

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

        for number, one in enumerate(question.consequences):
            self._consequence(question, one, [each.id for each in question.consequences[:number]])

    def _consequence(self, question: Question, one: OutcomeConsequence, before: Sequence[str]) -> None:
        at, outcomes = self.names.mappings.value, [outcome.id for outcome in question.outcomes]
        if one.id not in self.rulebook.consequences:
            hint = "Add it to the section `consequences`."
            known = self.rulebook.consequences
            self.names.missing("consequences", "consequence", one.id, known, at(one.place, "id"), hint)
        if one.id in before:
            mend = "Put the outcomes of both into one entry."
            self.problems.at(at(one.place, "id"), f"`{one.id}` stands twice among the consequences", mend)
        if not (one.certain or one.possible):
            mend = "Write `certain: [ … ]`, or `possible: [ … ]`."
            self.problems.at(one.place, f"`{one.id}` follows from no outcome", mend)
        for key, named in (("certain", one.certain), ("possible", one.possible)):
            for name in named:
                place = at(one.place, key, name)
                if name not in outcomes:
                    mend = did_you_mean(name, outcomes, f"Its outcomes are: {listed(outcomes)}.")
                    self.problems.at(place, f"`{name}` is no outcome of `{question.id}`", mend)
                elif key == "possible" and name in one.certain:
                    said = f"`{one.id}` follows from `{name}` both certainly and possibly"
                    self.problems.at(place, said, "Keep one of the two.")

    def _leads_to(self, leads_to: LeadsTo) -> None:
        at = self.names.mappings.value
        if not self.statements.records(leads_to.add, at(leads_to.place, "add")):
            return
        fields = {field.id: field for field in self.rulebook.facts[leads_to.add].of}
        record = at(leads_to.place, "record")
        taken = leads_to.taken(self.rulebook.facts)
        for name, value in leads_to.record.items():
            if name not in fields:
                self.problems.at(
                    self.names.mappings.key(record, name),
                    f"`{leads_to.add}` has no `{name}`",
                    did_you_mean(name, fields, f"Its fields are: {listed(fields)}."),
                )
            elif name in taken:
                self._taken(fields[name], taken[name], at(record, name))
            elif value != LAW_DATE or fields[name].sort != "date":
                self._written(fields[name], str(value), at(record, name))

    def _written(self, field: Fact, value: str, place: Place) -> None:
        """Note a value of a record that its field cannot have."""
        if field.sort != "date" or value in field.words or value[:1].isdigit() or not value:
            self.facts.value(field, value, field.id, place)
            return
        dates = [path for path, fact in self.rulebook.facts.items() if fact.sort == "date"]
        if not self.names.doubtful("facts", value):
            self.problems.at(
                place,
                f"`{value}` is neither a day, nor a word of `{field.id}`, nor a fact of type date",
                did_you_mean(value, [*dates, *field.words, LAW_DATE], "Write YYYY-MM-DD, `law-date`, or a fact."),
            )

    def _taken(self, field: Fact, path: str, place: Place) -> None:
        """Note a fact that a field of a record cannot have its value from."""
        fact = self.rulebook.facts.get(path)
        if fact is None:
            alike = [one.id for one in self.rulebook.facts.values() if (one.type, one.unit) == (field.type, field.unit)]
            mend = "Name a single fact of the same type."
            self.names.missing("facts", "fact", path, alike, place, mend)
            return
        if (fact.type, fact.unit) != (field.type, field.unit):
            said = f"`{path}` is {kind_of(fact)}, and `{field.id}` {kind_of(field)}"
            self.problems.at(place, said, "Name a single fact of the same type.")
            return
        meanings = {word.means for word in field.words.values()}
        alien = [name for name, word in fact.words.items() if word.means not in meanings and word.means != "no_day"]
        if fact.sort == "choice" and not self._choices_are_lost(fact, field):
            known = self.rulebook.choices_of(field)
            alien = [name for name in self.rulebook.choices_of(fact) if name not in known]
        if alien:
            self.problems.at(
                place,
                f"`{path}` may be `{alien[0]}`, which `{field.id}` cannot be",
                f"Let `{field.id}` have it too, or write a value that it can have.",
            )

    def _choices_are_lost(self, *facts: Fact) -> bool:
        """Whether the choices of one of these facts are nowhere, which is noted there."""
        return any(isinstance(one.choices, str) and one.choices not in self.rulebook.choices for one in facts)

    def figure(self, figure: Figure) -> None:
        """Note a bound of a figure that is no number."""
        numbers = [path for path, fact in self.rulebook.facts.items() if fact.type == "number"]
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
