"""Whether the facts of a rulebook are fully declared: what each type needs, and values that it can have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, assert_never

from lawmodel.inputs import UNKNOWN
from lawmodel.problems import Place
from lawmodel.rulebook.model import Fact, Rulebook, SameAs
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.statement_parser import StatementParser
from lawmodel.rulebook.statement_validation import StatementValidation
from lawmodel.time_spans import duration
from lawmodel.yaml_nodes import TextNode

ABOVE: Final = "above_every_number"
OF_DAYS: Final = ("before_every_day", "after_every_day", "no_day")
"""What a word for a number can mean, and what words for days can."""

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
        seen: set[str] = set()
        for inner in fact.of:
            if inner.id in seen:
                problem(self._place(inner, "id"), f"`{path}` has two fields `{inner.id}`", "Give one another id.")
            seen.add(inner.id)
            self._fact(inner, f"{path}.{inner.id}", field=True)

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
