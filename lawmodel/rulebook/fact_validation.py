"""Whether the facts of a rulebook are fully declared: what each type needs, and values that it can have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, assert_never

from lawmodel.inputs import UNKNOWN
from lawmodel.problems import Place, listed
from lawmodel.rulebook.model import Fact, LikelyValues, Rulebook, SameAs
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.statement_parser import StatementParser
from lawmodel.rulebook.statement_validation import StatementValidation
from lawmodel.time_spans import duration
from lawmodel.yaml_nodes import TextNode

ABOVE: Final = "above_every_number"
OF_DAYS: Final = ("before_every_day", "after_every_day", "no_day")
"""What a word for a number can mean, and what words for days can."""

MOST_LIKELY: Final = 5
"""So many records are likely at most."""
LONGEST_DISTANCE: Final = 36_525
"""So many days lie between two days at most, where that is likely."""

PATH: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?\Z")
FIELD: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,15}\Z")


def _needed(fact: Fact) -> tuple[str, ...]:
    """The keys that a fact of this type must have."""
    match fact.type:
        case "yes/no":
            return "yes", "no"
        case "date" | "number":
            return ("phrase",)
        case "span":
            return "phrase", "unit"
        case "choice":
            return ("choices", "phrase") if isinstance(fact.choices, str) else ("choices",)
        case "records":
            return "each", "none", "of"
        case _:
            assert_never(fact.type)


class FactValidation:
    """Checks facts; every mistake goes to the collector."""

    def __init__(self, rulebook: Rulebook, names: NameCheck, statements: StatementValidation) -> None:
        self.rulebook = rulebook
        self.names = names
        self.problems = names.problems
        self.statements = statements

    def check(self, fact: Fact) -> None:
        """Note every mistake in a fact and in its fields."""
        self._fact(fact, fact.id, field=False)
        groups = {path.split(".")[0] for path in self.rulebook.facts if "." in path}
        if fact.id in groups:
            self.problems.at(
                self._place(fact, "id"),
                f"`{fact.id}` is a fact, and a group of facts too",
                f"Rename it: what begins with `{fact.id}.` stands below that name in a case.",
            )

    def _fact(self, fact: Fact, path: str, field: bool) -> None:
        problem = self.problems.at
        if not (FIELD if field else PATH).match(fact.id):
            problem(
                self._place(fact, "id"),
                f"`{fact.id}` is no path",
                "Write group.name (lower case, underscores), or one word for a list or a field.",
            )
        self.names.check_word("field" if field else "fact", fact.id, self._place(fact, "id"))
        self._words(fact)
        if field and fact.id in self.rulebook.facts:
            mend = "Inside a record it would be the field: give one of them another name."
            problem(self._place(fact, "id"), f"`{fact.id}` is the name of a fact too", mend)
        if field and (fact.of or fact.sort == "records"):
            problem(
                self._place(fact, "type"),
                f"`{path}` is a list inside a list",
                "Lists of records are not nested: make it a list of its own.",
            )
            return
        self._needs(fact, path)
        if isinstance(fact.choices, str) and fact.choices not in self.rulebook.choices:
            place = self._place(fact, "choices")
            self.names.missing(
                "choices",
                "list of choices",
                fact.choices,
                self.rulebook.choices,
                place,
                "Add it to the section `choices`.",
            )
            return
        self._left_out(fact, path, field)
        if fact.ordinary is not None:
            self.value(fact, fact.ordinary, path, self._place(fact, "ordinary"))
        if fact.likely is not None:
            self._likely(fact, fact.likely, path)
        seen: set[str] = set()
        for inner in fact.of:
            if inner.id in seen:
                problem(self._place(inner, "id"), f"`{path}` has two fields `{inner.id}`", "Give one another id.")
            seen.add(inner.id)
            self._fact(inner, f"{path}.{inner.id}", field=True)

    def _likely(self, fact: Fact, likely: LikelyValues, path: str) -> None:
        """Note what is likely of a fact and cannot be."""
        at, problem = self.names.mappings, self.problems.at
        keys = ("values", "same_as", "records", "before", "after", "days", "working_day", "answered")
        of_days = ("before", "after", "days", "working_day", "answered")
        of_type = {"records": ("records",), "date": of_days}.get(fact.sort, ("values", "same_as"))
        given = [key for key in keys if at.has(likely.place, key)]
        for key in given:
            if key not in of_type:
                mend = f"Of a fact of type {fact.type} it can say {listed(of_type)}."
                problem(at.key(likely.place, key), f"`{key}` says nothing of a fact of type {fact.type}", mend)
        if not given:
            problem(likely.place, f"nothing is said of what `{path}` likely is", f"Write one of: {listed(of_type)}.")
        for value in likely.values if fact.sort not in ("records", "date") else ():
            self.value(fact, value, path, at.value(likely.place, "values", value))
        if likely.same_as is not None:
            lists = [one for one in self.rulebook.facts.values() if one.of]
            of = {**self.rulebook.facts, **{f"{one.id}.{field.id}": field for one in lists for field in one.of}}
            alike = {name: one for name, one in of.items() if one.choices == fact.choices and name != path}
            if likely.same_as not in alike:
                where, hint = at.value(likely.place, "same_as"), "Name a fact that shares its list of choices."
                self.names.missing("facts", "other fact with these choices", likely.same_as, alike, where, hint)
        for question, outcome in likely.answered.items():
            asked = self.rulebook.questions.get(question)
            where, hint = at.value(likely.place, "answered", question), "Name a question, and one of its outcomes."
            if asked is None:
                self.names.missing("questions", "question", question, self.rulebook.questions, where, hint)
            elif all(one.id != outcome for one in asked.outcomes):
                outcomes = {one.id: one for one in asked.outcomes}
                self.names.missing("outcomes", "outcome", outcome, outcomes, where, hint)
        if likely.records is not None and not 1 <= likely.records <= MOST_LIKELY:
            problem(at.value(likely.place, "records"), f"it is from 1 to {MOST_LIKELY}", "Write such a number.")
        other = likely.before or likely.after
        if likely.before is not None and likely.after is not None:
            problem(at.key(likely.place, "after"), "`before` and `after` contradict each other", "Keep one of the two.")
        elif (other is None) != (not likely.days):
            problem(likely.place, "a distance needs a day and days", "Write such as `{after: DAY, days: [7, 60]}`.")
        elif other is not None and (
            len(likely.days) != 2 or not 0 <= likely.days[0] <= likely.days[1] <= LONGEST_DISTANCE
        ):
            mend = f"Write two numbers, such as [7, 60]; none above {LONGEST_DISTANCE:,}."
            problem(at.value(likely.place, "days"), "`days` says from how many to how many days", mend)
        if other is not None:
            records = path.rpartition(".")[0]
            beside = {one.id: one for one in self.rulebook.facts[records].of} if records in self.rulebook.facts else {}
            known = {name: one for name, one in {**self.rulebook.facts, **beside}.items() if one.sort == "date"}
            if other not in known or other == fact.id:
                key = "before" if likely.before is not None else "after"
                where = at.value(likely.place, key)
                self.names.missing("facts", "other fact of type date", other, known, where, "Name a fact of type date.")

    def _words(self, fact: Fact) -> None:
        """Note choices, and words for days, that are words of the language."""
        key = self.names.mappings.key
        for word in fact.words:
            self.names.check_word("word for a day", word, key(self._place(fact, "words"), word))
            means = fact.words[word].means
            if fact.sort in ("date", "number") and (means == ABOVE) != (fact.sort == "number"):
                place = self.names.mappings.value(fact.words[word].place, "means")
                mend = f"Write `{ABOVE}`." if fact.sort == "number" else f"Write one of: {', '.join(OF_DAYS)}."
                self.problems.at(place, f"`{means}` is no meaning of a word for a {fact.sort}", mend)
            if fact.sort == "number" and (word.isdecimal() or duration(word) is not None):
                self.problems.at(key(self._place(fact, "words"), word), f"`{word}` is a number", "Write a word.")
        if isinstance(fact.choices, Mapping):
            self.choices(fact.choices, self._place(fact, "choices"))

    def choices(self, choices: Mapping[str, str], place: Place) -> None:
        """Note choices that no case could name; ``place`` is that of the mapping."""
        for choice in choices:
            where = self.names.mappings.key(place, choice)
            self.names.check_word("choice", choice, where)
            if not choice or choice != choice.strip():
                mend = "Write a word without spaces around it."
                self.problems.at(where, f"`{choice}` is no name of a choice", mend)

    def _needs(self, fact: Fact, path: str) -> None:
        for key in _needed(fact):
            if not getattr(fact, key):
                self.problems.at(
                    self._place(fact, "type"),
                    f"`{path}` is of type {fact.type} and has no `{key}`",
                    f"Write `{key}: …` below it.",
                )
        if fact.phrase is not None and fact.phrase.count("{}") != 1:
            self.problems.at(
                self._place(fact, "phrase"), f"the phrase of `{path}` needs one {{}}", "Write {} where the value goes."
            )

    def _left_out(self, fact: Fact, path: str, field: bool) -> None:
        if isinstance(fact.left_out, SameAs):
            named = fact.left_out.path
            other = self.rulebook.facts.get(named)
            if other is None and self.names.doubtful("facts", named):
                return
            if other is None or (other.type, other.unit) != (fact.type, fact.unit) or field or fact.sort == "records":
                self.problems.at(
                    self._place(fact, "left_out"),
                    f"`{path}` cannot be the same as `{named}`",
                    "Name a single fact of the same type.",
                )
        elif fact.left_out != UNKNOWN:
            self.value(fact, fact.left_out, path, self._place(fact, "left_out"))

    def value(self, fact: Fact, value: str, path: str, place: Place) -> None:
        """Note a value, written as in a case file, that a fact cannot have."""
        if fact.sort == "date" and value[:1].isdigit():
            StatementParser(self.problems, self.names.mappings).day(TextNode(value, place))
        elif fact.type == "span":
            self._duration(fact, value, path, place)
        elif fact.sort != "number":
            self.statements.value(fact, value, place, path)
        elif not WHOLE_NUMBER.match(value):
            self.problems.at(place, f"`{value}` is no number for `{path}`", "Write a whole number.")

    def _duration(self, fact: Fact, value: str, path: str, place: Place) -> None:
        length = duration(value)
        if value not in fact.words and (length is None or fact.unit not in (length.measure, None)):
            mend = f"Write {fact.unit}, such as 12 {fact.unit}." if fact.unit else "Write a span, such as 12 months."
            self.problems.at(place, f"`{value}` is no span for `{path}`", mend)

    def _place(self, fact: Fact, key: str) -> Place:
        return self.names.mappings.value(fact.place, key)
