"""Whether the phrases of a rulebook name facts, values and details that there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lawmodel.inputs import UNKNOWN
from lawmodel.problems import Place, did_you_mean, listed
from lawmodel.rulebook.model import Fact, Phrases, Rulebook
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.phrase_template import DetailHole, FactHole, NotATemplate, parse_template, parts_in

ANY: Final = "any"
"""The value under which phrases stand that are for every value which has none of its own."""
SENTENCES: Final = ("sentences", "appositions", "none")
_OF_A_RECORD: Final = re.compile(r"(?P<list>[a-z][a-z0-9_.]*)\[[1-9][0-9]?\]\.(?P<field>[a-z][a-z0-9_]*)\Z")
_STOP: Final = re.compile(r"[.!?](?:\s|\Z)")


def fact_named(rulebook: Rulebook, of: str, name: str) -> Fact | None:
    """The fact, or field, that a phrase of an entry names; None where there is none."""
    if "." not in name:
        name = f"{of}.{name}"
    of_record = _OF_A_RECORD.match(name)
    try:
        return rulebook.fact(f"{of_record['list']}.{of_record['field']}" if of_record else name)
    except KeyError:
        return None


def values_named(rulebook: Rulebook, fact: Fact) -> tuple[str, ...] | None:
    """What a fact's phrases may stand under: its values, as far as they can be listed; None where nobody can say."""
    if isinstance(fact.choices, str) and fact.choices not in rulebook.choices:
        return None
    values: tuple[str, ...] = ("yes", "no") if fact.sort == "yes/no" else tuple(fact.words)
    return (*values, *rulebook.choices_of(fact), ANY, UNKNOWN)


class PhraseValidation:
    """Checks the section `phrases`; every mistake goes to the collector."""

    def __init__(self, rulebook: Rulebook, names: NameCheck) -> None:
        self.rulebook = rulebook
        self.names = names

    def check(self, entry: Phrases) -> None:
        """Note every mistake in an entry."""
        at, known = self.names.mappings.value, self.rulebook.facts
        for name in entry.questions:
            if name not in self.rulebook.questions:
                hint = f"The questions are: {listed(self.rulebook.questions)}."
                place = at(entry.place, "questions", name)
                self.names.missing("questions", "question", name, self.rulebook.questions, place, hint)
        if entry.of not in known and not any(path.startswith(f"{entry.of}.") for path in known):
            hint = "Name a list of records, or what stands before the dot in the names of facts."
            self.names.missing("facts", "list or group of facts", entry.of, known, at(entry.place, "of"), hint)
            return
        for name in entry.always:
            self._fact(entry, name, at(entry.place, "always", name))
        if entry.named_by is not None and not entry.named_by.isupper():
            self._fact(entry, entry.named_by, at(entry.place, "named_by"))
        for key in SENTENCES:
            for text in getattr(entry, key):
                self._template(entry, text, at(entry.place, key, text))
        for key in ("clauses", "fragments"):
            by_name: Mapping[str, Mapping[str, tuple[str, ...]]] = getattr(entry, key)
            for name, by_value in by_name.items():
                self._by_value(entry, name, by_value, at(entry.place, key))
        for detail in entry.details:
            for name in detail.not_beside:
                self._fact(entry, name, at(detail.place, "not_beside", name))

    def _by_value(self, entry: Phrases, name: str, by_value: Mapping[str, tuple[str, ...]], place: Place) -> None:
        fact = self._fact(entry, name, place)
        if fact is None:
            return
        for value, texts in by_value.items():
            self._value(fact, name, value, place)
            for text in texts:
                self._template(entry, text, place)

    def _fact(self, entry: Phrases, name: str, place: Place) -> Fact | None:
        fact = fact_named(self.rulebook, entry.of, name)
        if fact is None:
            full = name if "." in name else f"{entry.of}.{name}"
            paths = [path for path in (*self._paths(),) if path.startswith(f"{entry.of}.")] or list(self.rulebook.facts)
            self.names.missing("facts", "fact", full, paths, place, f"Name one of: {listed(paths)}.")
        return fact

    def _value(self, fact: Fact, name: str, value: str, place: Place) -> None:
        values = values_named(self.rulebook, fact)
        if values is None or value in values or (fact.sort == "number" and value.isdecimal()):
            return
        mend = did_you_mean(value, values, f"They are: {listed(values)}.")
        self.names.problems.at(place, f"`{value}` is no value of `{name}`", mend)

    def _paths(self) -> Iterator[str]:
        for path, fact in self.rulebook.facts.items():
            yield path
            yield from (f"{path}.{one.id}" for one in fact.of)

    def _template(self, entry: Phrases, text: str, place: Place) -> None:
        try:
            template = parse_template(text)
        except NotATemplate as wrong:
            self.names.problems.at(place, wrong.message, wrong.mend)
            return
        if _STOP.search(text):
            mend = "Write one sentence, without its stop: it is set where the sentence is told."
            self.names.problems.at(place, "a phrase ends within itself", mend)
        details = {one.id for one in entry.details}
        for part in parts_in(template):
            if isinstance(part, DetailHole) and part.name not in details:
                mend = did_you_mean(part.name, details, "Add it to the `details` of the entry.")
                self.names.problems.at(place, f"there is no detail `{part.name}`", mend)
            elif isinstance(part, FactHole):
                fact = self._fact(entry, part.name, place)
                if fact is None or part.value is None:
                    continue
                self._value(fact, part.name, part.value, place)
