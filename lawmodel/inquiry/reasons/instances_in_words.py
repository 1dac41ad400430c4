"""Instances in the law's words: what would be otherwise, what would have to be found, and which are realistic."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import assert_never

from lawmodel.answer.value_words import days_in_words, values_in_words, values_to_json
from lawmodel.case.values import decode_text, encode, in_words
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Scalar, is_calendar_day
from lawmodel.inquiry.reasons.explained_case import ExplainedCase
from lawmodel.inquiry.sensitivity import plain_name
from lawmodel.reasoning.reasons.minimal_sets import Subset
from lawmodel.reasoning.reasons.value_sets import ValueSet
from lawmodel.reasoning.reasons.what_if_check import WhatIfCheck
from lawmodel.reasoning.reasons.witness_builder import Witness
from lawmodel.reasoning.reasons.witnesses import Witnesses
from lawmodel.results.changes import ChangedInput, ChangeSet, RequiredFinding
from lawmodel.rulebook.model import Rulebook, SameAs


class InstancesInWords:
    """Puts the instances of one outcome of one case into words."""

    def __init__(self, held: ExplainedCase, outcome: str) -> None:
        """Take a case that is held, and an outcome that it could have."""
        self.held = held
        self.outcome = outcome
        self._instances = Witnesses(
            held.selectors, held.valuation, outcome, Preferences(held), _left_out(held.rulebook)
        )

    def change_set(self, let_go: Subset) -> ChangeSet:
        """A smallest set of changes: with all values that work where it is one change, and else with an example."""
        keys = self.held.selectors.keys(let_go)
        if len(keys) == 1 and not keys[0].endswith("]"):
            trial = WhatIfCheck(self.held.made.question, self.held.valuation, keys, self.outcome)
            if certain := trial.working(keys[0]):
                return ChangeSet((self._otherwise(keys[0], certain, every=True),), ())
        instance = self._instances.best(let_go)
        findings = self.findings(instance)
        if instance.working:
            return ChangeSet((self._otherwise(keys[0], instance.working, every=True),), findings)
        return ChangeSet(tuple(self._changed(key, instance) for key in keys), findings)

    def without_changes(self) -> Iterator[ChangeSet]:
        """What it would take to find for the outcome, by each provision that can speak for it."""
        met: set[tuple[RequiredFinding, ...]] = set()
        for rule, instance in self._instances.of_each_provision(0):
            findings = self.findings(instance)
            if findings not in met:
                yield ChangeSet((), findings, () if rule is None else (rule,))
            met.add(findings)

    # --- changes -----------------------------------------------------------------------------------

    def _changed(self, key: str, instance: Witness) -> ChangedInput:
        """One change of several, as it is in an instance."""
        before = self.held.input(key)
        if before.kind == "record":
            return ChangedInput(before, f"no {before.title}", (), every=True)
        if before.kind == "further":
            return self._added(key, instance)
        value = instance.changed[key]
        in_a_row = before.kind != "reading" and (key == LAW_DATE or self.held.declared(key).sort in ("date", "number"))
        if in_a_row and isinstance(value, int) and (is_calendar_day(value) or self.held.declared(key).sort == "number"):
            return self._otherwise(key, ValueSet(spans=((value, value),)), every=False)
        return self._otherwise(key, ValueSet((value,)), every=False)

    def _otherwise(self, key: str, values: ValueSet, *, every: bool) -> ChangedInput:
        before, rulebook = self.held.input(key), self.held.rulebook
        if key.startswith(READING_PREFIX):
            reading = rulebook.readings[plain_name(key)]
            options = [reading.option(str(value)) for value in values.named]
            says = " or ".join(option.says for option in options)
            return ChangedInput(before, says, tuple(option.id for option in options), every)
        if key == LAW_DATE:
            plain = values_to_json(rulebook.facts[rulebook.law_date], values)
            return ChangedInput(before, f"the law of {days_in_words(values)} is applied", tuple(plain), every)
        fact = self.held.declared(key)
        return ChangedInput(before, values_in_words(rulebook, fact, values), tuple(values_to_json(fact, values)), every)

    def _added(self, key: str, instance: Witness) -> ChangedInput:
        """Records beyond those that a list has, by what matters of them."""
        records = key.partition("[")[0]
        each = str(self.held.rulebook.facts[records].each)
        added = {name: fields for name, fields in instance.added.items() if name.startswith(f"{records}[")}
        number = "another" if self.held.valuation.values[records] else "a"
        said, matters = [], []
        for fields in added.values():
            found = [self._finding(name, value) for name, value in fields.items()]
            matters += found
            said.append(f"{number} {each}" + (f": {', '.join(one.says for one in found)}" if found else ""))
        return ChangedInput(self.held.input(key), "; ".join(said), (), every=False, record=tuple(matters))

    # --- findings ----------------------------------------------------------------------------------

    def findings(self, instance: Witness) -> tuple[RequiredFinding, ...]:
        """What has to be found of open inputs; what is about one record of an unknown list together."""
        plain = {key: value for key, value in instance.found.items() if not key.endswith("]")}
        found = [*self._records(instance, plain)]
        of_records = {one.name for one in found}
        for key, value in plain.items():
            if key.partition("]")[0] + "]" not in of_records:
                found.append(self._finding(key, value))
        found += [self._complete(records, instance.found) for records in instance.complete]
        order = {name: number for number, name in enumerate((*self.held.rulebook.facts, *self.held.rulebook.readings))}
        return tuple(sorted(found, key=lambda one: (order.get(one.name.partition("[")[0], len(order)), one.name)))

    def _records(self, instance: Witness, plain: Mapping[str, Scalar]) -> Iterator[RequiredFinding]:
        """Records that there have to be in unknown lists."""
        for key in instance.found:
            if key.endswith("]"):
                each = self.held.rulebook.facts[key.partition("[")[0]].each
                fields = [self._finding(name, value) for name, value in plain.items() if name.startswith(f"{key}.")]
                says = f"there is a {each}" + (f": {', '.join(one.says for one in fields)}" if fields else "")
                yield RequiredFinding(key, says, None, tuple(fields))

    def _complete(self, records: str, found: Mapping[str, Scalar]) -> RequiredFinding:
        fact = self.held.rulebook.facts[records]
        some = any(key.startswith(f"{records}[") for key in found)
        return RequiredFinding(f"{records}[+]", f"no further {fact.each}" if some else str(fact.none), None)

    def _finding(self, key: str, value: Scalar) -> RequiredFinding:
        rulebook = self.held.rulebook
        if key.startswith(READING_PREFIX):
            reading = rulebook.readings[plain_name(key)]
            return RequiredFinding(reading.id, reading.option(str(value)).says, str(value))
        fact = self.held.declared(key)
        says = in_words(rulebook, fact, value)
        records, bracket, rest = key.partition("[")
        listed = self.held.valuation.values[records] if bracket else None
        number = int(rest.partition("]")[0]) if bracket else 0
        if isinstance(listed, tuple) and number <= len(listed):
            says = f"{rulebook.facts[records].each} {number}: {says}"
        return RequiredFinding(key, says, encode(fact, value))


def _left_out(rulebook: Rulebook) -> dict[str, Scalar]:
    """What the fields of lists are, by ``list.field``, where a record leaves them out and that says something."""
    found: dict[str, Scalar] = {}
    for path, fact in rulebook.facts.items():
        for field in fact.of:
            value = None if isinstance(field.left_out, SameAs) else decode_text(rulebook, field, field.left_out)
            if value is not None:
                found[f"{path}.{field.id}"] = value
    return found


class Preferences:
    """Sorts the values of the inputs of one case."""

    def __init__(self, held: ExplainedCase) -> None:
        """Take the case; days are near to the day of its law where it has none of its own."""
        self._held = held
        self._day = (held.valued.law_date or datetime.date.today()).toordinal()

    def __call__(self, key: str, value: Scalar) -> tuple[int, int]:
        """The sorting key of a value: the lesser, the more realistic."""
        domain = self._held.domain(key)
        if value == self._ordinary(key):
            return 0, 0
        match domain.kind:
            case "yes/no":
                return 1, int(value)
            case "choice":
                return 1, domain.choices.index(str(value))
            case "number":
                return 1, abs(int(value) - self._near(key, 0))
            case "date" if is_calendar_day(value):
                return 1, abs(int(value) - self._near(key, self._day))
            case "date":
                return 2, int(value)
            case "records":
                raise TypeError("a list has no single value")
            case _:
                assert_never(domain.kind)

    def _ordinary(self, key: str) -> Scalar | None:
        """What is ordinary; of a field of a record that the case does not have, what it is where it is left out."""
        if key == LAW_DATE or key.startswith(READING_PREFIX):
            return None
        fact = self._held.declared(key)
        records, bracket, rest = key.partition("[")
        listed = self._held.valuation.values[records] if bracket else ()
        is_new = bracket and not (isinstance(listed, tuple) and int(rest.partition("]")[0]) <= len(listed))
        usual = fact.left_out if is_new else fact.ordinary
        return decode_text(self._held.rulebook, fact, usual) if isinstance(usual, str) else None

    def _near(self, key: str, otherwise: int) -> int:
        """What a number or day is to be near to: what the case has, if it has one."""
        value = self._held.selectors.values.get(key)
        usable = isinstance(value, int) and (self._held.domain(key).kind == "number" or is_calendar_day(value))
        return int(value) if usable and isinstance(value, int) else otherwise
