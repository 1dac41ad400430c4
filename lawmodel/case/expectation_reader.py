"""The `expect` block of a case file: what makes a scenario a test."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from lawmodel.case.case import Case, Expectation
from lawmodel.case.values import UNKNOWN, NotAValue, parse_day
from lawmodel.problems import Collector, did_you_mean, listed
from lawmodel.rulebook.model import Rulebook
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode

KEYS = (
    "question",
    "readings",
    "on",
    "stage",
    "told_by",
    "status",
    "outcome",
    "possible",
    "grounds",
    "turns_on",
    "rests_on",
    "consequences",
)
_INPUTS = "Name a fact, a field such as list[1].field, or a reading."


class ExpectationReader:
    """From nodes to expectations; every mistake goes to the collector."""

    def __init__(self, rulebook: Rulebook, problems: Collector) -> None:
        self.rulebook = rulebook
        self.problems = problems

    def read(self, node: Node, case: Case) -> tuple[Expectation, ...]:
        """The expectations of a case or variant; what they do not choose is as the case itself says."""
        if not isinstance(node, ListNode):
            self.problems.at(node.place, "`expect` is a list", "Begin each entry with `- question: …`.")
            return ()
        found = []
        for item in node.items:
            if isinstance(item, MapNode):
                one = self._one(item, case)
                if one is not None:
                    found.append(one)
            else:
                self.problems.at(item.place, "an expectation has keys", f"Its keys are: {', '.join(KEYS)}.")
        return tuple(found)

    def _one(self, node: MapNode, case: Case) -> Expectation | None:
        for key, place in node.keys.items():
            if key not in KEYS:
                self.problems.at(
                    place,
                    f"`{key}` is no key of an expectation",
                    did_you_mean(key, KEYS, f"Its keys are: {', '.join(KEYS)}."),
                )
        rulebook, entries = self.rulebook, node.entries
        question = self.name(entries.get("question"), node, rulebook.questions, "question")
        if question is None:
            return None
        outcomes = [outcome.id for outcome in rulebook.questions[question].outcomes]
        provisions = [name for name, one in rulebook.provisions.items() if one.question == question]
        told_by = self.name(entries["told_by"], node, rulebook.tellings, "telling") if "told_by" in entries else None
        # As for `decide`: what the expectation chooses goes before what is told, and that before what the case says.
        told = rulebook.tellings[told_by] if told_by is not None else None
        of_case = case.readings if told is None else {**case.readings, **told.chosen()}
        stage = case.stage if told is None else told.stage
        return Expectation(
            question=question,
            readings={**of_case, **self.readings(entries.get("readings"))},
            on=self.day(entries["on"]) if "on" in entries else case.on,
            stage=self.stage(entries["stage"], node) if "stage" in entries else stage,
            told_by=told_by,
            status=self.name(entries["status"], node, ("determined", "depends"), "status")
            if "status" in entries
            else None,
            outcome=self.name(entries["outcome"], node, outcomes, f"outcome of {question}")
            if "outcome" in entries
            else None,
            possible=self.names(entries.get("possible"), outcomes, f"outcome of {question}"),
            grounds=self.names(entries.get("grounds"), provisions, f"provision of {question}"),
            turns_on=self._groups(entries.get("turns_on")),
            consequences=self.names(entries.get("consequences"), rulebook.consequences, "consequence"),
            rests_on=self.names(entries.get("rests_on"), [*rulebook.readings, *rulebook.facts], "reading or fact"),
            place=node.place,
        )

    def name(self, node: Node | None, parent: MapNode, known: Iterable[str], what: str) -> str | None:
        """One of the known names; None where it is none, which is noted."""
        known = list(known)
        if not isinstance(node, TextNode) or not node.value:
            said = f"the {what} is missing" if node is None else f"one {what} is needed here"
            self.problems.at(node.place if node else parent.place, said, f"Write one of: {listed(known)}.")
        elif node.value not in known:
            self.problems.at(
                node.place,
                f"`{node.value}` is no {what}",
                did_you_mean(node.value, known, f"There are: {listed(known)}."),
            )
        else:
            return node.value
        return None

    def names(self, node: Node | None, known: Iterable[str], what: str) -> tuple[str, ...] | None:
        """Several of the known names, without those that are none, which are noted; None for no list."""
        if node is None:
            return None
        if not isinstance(node, ListNode):
            self.problems.at(node.place, "a list is needed here", "Write `[ … ]`, or [] for none.")
            return None
        known = list(known)
        found = []
        for item in node.items:
            value = item.value if isinstance(item, TextNode) else ""
            if value in known:
                found.append(value)
            elif not value:
                self.problems.at(item.place, f"one {what} is needed here", f"There are: {listed(known)}.")
            else:
                self.problems.at(
                    item.place,
                    f"`{value}` is no {what}",
                    did_you_mean(value, known, f"There are: {listed(known)}."),
                )
        return tuple(found)

    def _groups(self, node: Node | None) -> tuple[tuple[str, ...], ...] | None:
        if node is None:
            return None
        if not isinstance(node, ListNode):
            self.problems.at(node.place, "a list is needed here", "Write `[ … ]`, or [] for none.")
            return None
        groups = []
        for item in node.items:
            members = item.items if isinstance(item, ListNode) else [item]
            names = [one.value if isinstance(one, TextNode) else "" for one in members]
            for one, name in zip(members, names, strict=True):
                if not name:
                    self.problems.at(one.place, "an input is needed here", _INPUTS)
                elif not self._is_input(name):
                    known = [*self.rulebook.facts, *self.rulebook.readings]
                    self.problems.at(
                        one.place, f"there is no fact or reading `{name}`", did_you_mean(name, known, _INPUTS)
                    )
            groups.append(tuple(sorted(names)))
        return tuple(groups)

    def _is_input(self, name: str) -> bool:
        records, bracket, rest = name.partition("[")
        if not bracket:
            return name in self.rulebook.facts or name in self.rulebook.readings
        number, _, field = rest.partition("].")
        fact = self.rulebook.facts.get(records)
        return fact is not None and number.isdecimal() and any(one.id == field for one in fact.of)

    def stage(self, node: Node, parent: MapNode) -> str | None:
        """A stage; None where it is none."""
        return self.name(node, parent, [stage.id for stage in self.rulebook.stages], "stage")

    def readings(self, node: Node | None) -> dict[str, str]:
        """Readings with their options; those that there are."""
        if node is None:
            return {}
        if not isinstance(node, MapNode):
            self.problems.at(node.place, "`readings` has keys", "Write `{reading: option}`.")
            return {}
        found = {}
        for name, content in node.entries.items():
            if name not in self.rulebook.readings:
                self.problems.at(
                    node.keys[name],
                    f"there is no reading `{name}`",
                    did_you_mean(name, self.rulebook.readings, f"The readings are: {listed(self.rulebook.readings)}."),
                )
                continue
            options = [UNKNOWN, *(option.id for option in self.rulebook.readings[name].options)]
            option = self.name(content, node, options, f"option of the reading {name}")
            if option is not None:
                found[name] = option
        return found

    def day(self, node: Node | None) -> datetime.date | None:
        """A day; None where it is none."""
        if node is None:
            return None
        text = node.value if isinstance(node, TextNode) else ""
        try:
            return parse_day(text)
        except NotAValue as error:
            self.problems.at(node.place, error.message if text else "one day is needed here", error.mend)
            return None
