"""Files of reported decisions: YAML, one decision each; its facts stand there as in a case file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final, cast, get_args

from lawmodel.case.file import LAW_KEYS, MOST_BYTES, CaseReader
from lawmodel.case.reported_decision import VERDICTS, ReportedDecision, ReportSource, Verdict
from lawmodel.problems import Collector, did_you_mean, listed
from lawmodel.rulebook.model import HowSeen, Rulebook, Seen
from lawmodel.rulebook.validation import ADDRESS
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode, parse_yaml, read_yaml

OF_THE_CASE: Final = ("title", "presume", *LAW_KEYS, "facts")
REQUIRED: Final = ("title", "authority", "day", "sources", "question", "outcome", "report", "facts")
KEYS: Final = (
    *("title", "authority", "day", "sources", "question", "outcome", "grounds", "report", "remarks", "expect"),
    *("presume", *LAW_KEYS, "facts"),
)
SOURCE_KEYS: Final = ("title", "at", "address", "seen")
SEEN_KEYS: Final = ("how", "on")
MOST_ITEMS: Final = 100
"""A decision has no more sources, and no more remarks, than this."""


def read_decision(rulebook: Rulebook, path: Path, problems: Collector) -> ReportedDecision | None:
    """The decision in a file; None where something is wrong with it, and everything that is wrong is noted."""
    return DecisionReader(rulebook, problems).decision(read_yaml(path, problems, MOST_BYTES), str(path))


def parse_decision(rulebook: Rulebook, text: str, name: str = "decision") -> ReportedDecision:
    """The decision in a text; raises `ProblemsFound`."""
    problems = Collector()
    found = DecisionReader(rulebook, problems).decision(parse_yaml(text, name, problems), name)
    problems.raise_if_any()
    assert found is not None
    return found


class DecisionReader:
    """From nodes to a decision, by what the rulebook declares."""

    def __init__(self, rulebook: Rulebook, problems: Collector) -> None:
        self.rulebook = rulebook
        self.problems = problems
        self.cases = CaseReader(rulebook, problems)
        self.names = self.cases.expectations

    def decision(self, node: Node | None, name: str) -> ReportedDecision | None:
        """The decision; None where something is wrong with it."""
        if node is None:
            return None
        if not isinstance(node, MapNode):
            self.problems.at(node.place, "a file of a decision has keys", f"Its keys are: {', '.join(KEYS)}.")
            return None
        before = len(self.problems.problems)
        self._known_keys(node, KEYS, "a file of a decision", REQUIRED)
        entries = node.entries
        (case,) = self.cases.cases(_only(node, OF_THE_CASE), name)
        authority, report = self._text(node, "authority"), self._text(node, "report")
        day = self.names.day(entries.get("day"))
        sources = tuple(map(self._source, self._items(entries.get("sources"), "sources")))
        remarks = tuple(map(self._remark, self._items(entries.get("remarks"), "remarks")))
        question = self._question(entries.get("question"), node)
        outcome, grounds = ("", ()) if question is None else self._decided(node, question)
        expect = self.names.name(entries["expect"], node, VERDICTS, "verdict") if "expect" in entries else None
        if len(self.problems.problems) > before or question is None or day is None:
            return None
        if case.on is None and self.rulebook.law_date not in case.facts:
            case = replace(case, on=day)
        return ReportedDecision(
            case=case,
            authority=authority,
            day=day,
            sources=tuple(one for one in sources if one is not None),
            question=question,
            outcome=outcome,
            grounds=grounds,
            report=report,
            remarks=remarks,
            expect=cast("Verdict | None", expect),
            expect_place=entries["expect"].place if "expect" in entries else None,
        )

    def _question(self, node: Node | None, parent: MapNode) -> str | None:
        return None if node is None else self.names.name(node, parent, self.rulebook.questions, "question")

    def _decided(self, node: MapNode, question: str) -> tuple[str, tuple[str, ...]]:
        outcomes = [outcome.id for outcome in self.rulebook.questions[question].outcomes]
        provisions = [name for name, one in self.rulebook.provisions.items() if one.question == question]
        outcome = None
        if "outcome" in node.entries:
            outcome = self.names.name(node.entries["outcome"], node, outcomes, f"outcome of {question}")
        grounds = self.names.names(node.entries.get("grounds"), provisions, f"provision of {question}")
        return outcome or "", tuple(dict.fromkeys(grounds or ()))

    # -- sources and texts

    def _source(self, node: Node) -> ReportSource | None:
        if not isinstance(node, MapNode):
            mend = f"Write `- title: …`, and below it: {', '.join(SOURCE_KEYS[1:])}."
            self.problems.at(node.place, "a source has keys", mend)
            return None
        self._known_keys(node, SOURCE_KEYS, "a source", ("title", "seen"))
        title, at, address = (self._text(node, key) for key in ("title", "at", "address"))
        if address and not ADDRESS.match(address):
            mend = "Write it as a browser has it: https://…, without blanks."
            self.problems.at(node.entries["address"].place, f"`{address}` is no address", mend)
        seen = self._seen(node.entries["seen"]) if "seen" in node.entries else None
        return None if seen is None else ReportSource(title=title, at=at or None, address=address or None, seen=seen)

    def _seen(self, node: Node) -> Seen | None:
        ways = get_args(HowSeen)
        if not isinstance(node, MapNode):
            mend = f"Write `{{how: …, on: …}}`; `how` is one of: {', '.join(ways)}."
            self.problems.at(node.place, "`seen` has keys", mend)
            return None
        self._known_keys(node, SEEN_KEYS, "`seen`", ("how",))
        how = self.names.name(node.entries["how"], node, ways, "way of seeing") if "how" in node.entries else None
        on = self.names.day(node.entries.get("on"))
        return None if how is None else Seen(how=cast("HowSeen", how), on=on, place=node.place)

    def _remark(self, node: Node) -> str:
        if not isinstance(node, TextNode) or not node.value.strip():
            self.problems.at(node.place, "a remark is a text", "Write it behind the `- `.")
            return ""
        return " ".join(node.value.split())

    def _items(self, node: Node | None, key: str) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node, ListNode):
            self.problems.at(node.place, f"`{key}` is a list", "Begin each entry with `- `.")
            return []
        if not node.items:
            self.problems.at(node.place, f"`{key}` is empty", "Write at least one entry, or leave the key out.")
        if len(node.items) > MOST_ITEMS:
            self.problems.at(node.place, f"`{key}` has more than {MOST_ITEMS} entries", "Keep those that matter.")
        return node.items[:MOST_ITEMS]

    def _text(self, node: MapNode, key: str) -> str:
        """The text behind a key; that it is there says something."""
        found = self.cases.text(node, key)
        content = node.entries.get(key)
        if isinstance(content, TextNode) and not found:
            self.problems.at(content.place, f"`{key}` is empty", "Write a text behind the colon.")
        return found

    def _known_keys(self, node: MapNode, known: tuple[str, ...], what: str, required: tuple[str, ...]) -> None:
        for key, place in node.keys.items():
            if key not in known:
                self.problems.at(
                    place,
                    f"`{key}` is no key of {what}",
                    did_you_mean(key, known, f"The keys are: {listed(known, len(known))}."),
                )
        missing = [key for key in required if key not in node.entries]
        if missing:
            are = "is" if len(missing) == 1 else "are"
            self.problems.at(node.place, f"{', '.join(missing)} {are} missing", f"Write `{missing[0]}: …`.")


def _only(node: MapNode, keys: tuple[str, ...]) -> MapNode:
    """A mapping without its other keys."""
    return MapNode(
        {key: one for key, one in node.entries.items() if key in keys},
        {key: place for key, place in node.keys.items() if key in keys},
        node.place,
    )
