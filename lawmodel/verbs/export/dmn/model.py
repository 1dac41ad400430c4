"""A question as a DMN 1.3 model: facts as inputs, a decision for each provision and each part of the law with a name.

DMN is a standard of the Object Management Group. Editors show the model as a diagram; engines run it.
"""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import Final, assert_never

from lawmodel.inquiry.decider import decider
from lawmodel.reasoning.formula import Rule
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.safe_text import safe_line
from lawmodel.verbs.export.dmn.diagram import Box, line, places
from lawmodel.verbs.export.dmn.feel import (
    Feel,
    FeelLaw,
    ModelDecision,
    Truth,
    as_text,
    conjunction,
    context,
    disjunction,
)
from lawmodel.verbs.export.dmn.names import WORD, FeelNames, InputData
from lawmodel.verbs.export.heading import Posed, law_line, reading_lines, rulebook_line, settled_readings
from lawmodel.version import VERSION

NAMESPACES: Final = {
    "": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "di": "http://www.omg.org/spec/DMN/20180521/DI/",
}
ANSWER: Final = "answer"
"""The decision on top: the outcome, and the provisions that speak for it."""
_ENTRIES: Final = (
    *("applies", "outcome", "grounds", "holds", "truths", "enough", "options", "agreed", "one", "item"),
    *("speaks_for", "ground"),
)
_MOST_CHOICES: Final = 40
"""The choices of a longer list are named in no type."""
_SAID: Final = (
    f'How to read it: the decision "{ANSWER}" gives the outcome, and in grounds the provisions that speak for it. '
    "What is not known of a case is null. An outcome is null where strong Kleene logic leaves it open; a ground that "
    "is open is not listed. What ends in _word is a word instead of a day or a number, and else is null."
)
_NOT_SAID: Final = (
    "What the model does not say: the reasons; what an open outcome turns on; what follows beside the outcome; whether "
    "days contradict each other; days before the year 1 or after 9999, to which a span of time may lead. It presumes "
    "nothing. An outcome that is null may be certain all the same, for a reason that no single condition shows."
)


def as_dmn(
    rulebook: Rulebook,
    question: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
) -> str:
    """The question as a DMN model.

    Raises `ProblemsFound` for whatever is wrong with what is given.
    """
    root = DecisionModel(Posed(rulebook, question, readings or {}, on, stage)).element()
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


class DecisionModel:
    """A question, its decisions, and the names of its inputs."""

    def __init__(self, posed: Posed) -> None:
        """Put the conditions of the question into FEEL."""
        self.posed = posed
        self.question = decider(posed.rulebook, posed.question, posed.stage, on_a_day=posed.on is not None).question
        names = FeelNames(set(_ENTRIES))
        self._outcomes = {one: names.give(one) for one in self.question.outcomes}
        names.taken.add(ANSWER)
        self.law = FeelLaw(posed.rulebook, settled_readings(posed), posed.on, names)
        self._speaks: list[tuple[str, str, Feel]] = []
        """Outcome, provision, and the expression that it speaks for it."""
        for rule in self.question.rules:
            self._conclude(rule)
        names.taken.discard(ANSWER)
        self._answer()
        self.decisions = self._needed()
        self.used = {path for one in self.decisions for path in one.value.named("fact")}
        """The paths of the facts, lists and fields that are read."""

    def _conclude(self, rule: Rule) -> None:
        """A decision for a provision: whether it applies, and for which outcomes it then speaks."""
        applies = self.law.truth(rule.applies)
        said = Feel("applies") if isinstance(applies, Feel) else applies
        concluded = [(outcome, conjunction([said, self.law.truth(one)])) for outcome, one in rule.concludes]
        speaks = [(outcome, _expression(truth)) for outcome, truth in concluded if truth is not False]
        if speaks:
            entries = [(self._outcomes[outcome], truth) for outcome, truth in speaks]
            value = self.law.decide("rule", rule.id, rule.id, context([("applies", _expression(applies)), *entries]))
            for outcome, _ in speaks:
                truth = Feel(f"{value.text}.{self._outcomes[outcome]}", uses=value.uses)
                self._speaks.append((outcome, rule.id, truth))

    def _answer(self) -> None:
        entries: list[tuple[str, Feel]] = []
        told = as_text(self.question.outcomes[-1])
        for outcome in reversed(self.question.outcomes[:-1]):
            speaks = disjunction([truth for of, _, truth in self._speaks if of == outcome])
            name = self._outcomes[outcome]
            if isinstance(speaks, Feel):
                entries.insert(0, (name, speaks))
                told = f"if {name} then {as_text(outcome)}\nelse if {name} = null then null\nelse {told}"
        each = ",\n".join(
            f"  {{speaks_for: {as_text(of)}, ground: {as_text(rule)}, holds: {truth.text}}}"
            for of, rule, truth in self._speaks
        )
        grounds = f"[\n{each}\n][speaks_for = outcome and holds = true].ground" if each else "[]"
        uses = frozenset(use for _, _, truth in self._speaks for use in truth.uses)
        entries.append(("outcome", Feel(told)))
        entries.append(("grounds", Feel(f"if outcome = null then null else {grounds}", uses=uses)))
        self.law.decide("answer", self.question.id, ANSWER, context(entries))

    def _needed(self) -> list[ModelDecision]:
        """The decisions that the answer needs, directly or not, in their order; the answer last."""
        needed = {ANSWER}
        for one in reversed(self.law.decisions.values()):
            if one.name in needed:
                needed |= one.value.named("decision")
        return [one for one in self.law.decisions.values() if one.name in needed]

    # --- as XML -------------------------------------------------------------------------------------------

    def element(self) -> ET.Element:
        """The model and its diagram."""
        posed, rulebook = self.posed, self.posed.rulebook
        title = rulebook.questions[posed.question].title
        namespaces = {f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in NAMESPACES.items()}
        root = ET.Element(
            "definitions",
            namespaces
            | {
                "id": "model",
                "name": safe_line(title),
                "namespace": f"https://lawmodel.invalid/{posed.question}",
                "exporter": "lawmodel",
                "exporterVersion": VERSION,
            },
        )
        _described(root, "\n".join(self._heading()))
        inputs = [one for one in self.law.facts.inputs.values() if self.is_read(one)]
        for one in inputs:
            self._types(root, one)
        for one in inputs:
            made = _put(root, "inputData", id=f"input_{one.name}", name=one.name, label=self._label_of_input(one))
            _put(made, "variable", id=f"variable_{one.name}", name=one.name, typeRef=f"t_{one.name}")
        for decision in self.decisions:
            self._decision(root, decision)
        self._note(root)
        self._diagram(root, [one.name for one in inputs])
        return root

    def _heading(self) -> Iterator[str]:
        posed = self.posed
        question = posed.rulebook.questions[posed.question]
        yield f"{question.title}: {question.asks}"
        yield rulebook_line(posed)
        yield law_line(posed)
        yield _SAID
        yield _NOT_SAID
        yield "Outcomes:"
        for one in question.outcomes:
            yield f"  {one.id}: {one.means}"
        yield "Readings:"
        yield from reading_lines(posed)

    def inputs_of(self, decision: ModelDecision) -> list[str]:
        """The inputs that a decision reads, by name."""
        facts = self.posed.rulebook.facts
        return sorted(
            {name for path in decision.value.named("fact") if path in facts for name in self.law.facts.inputs_of(path)}
        )

    def is_read(self, one: InputData) -> bool:
        """Whether some decision reads an input."""
        return one.alone in self.used or any(True for _ in self.law.facts.components(one, self.used))

    def _label_of_input(self, one: InputData) -> str:
        return safe_line(self.posed.rulebook.facts[one.alone].title) if one.alone else one.name

    def _types(self, root: ET.Element, one: InputData) -> None:
        """The type of an input, after those of the lists in it."""
        facts = self.posed.rulebook.facts
        if one.alone is not None:
            fact = facts[one.alone]
            listed = {"isCollection": "true"} if fact.type == "records" else {}
            if listed:
                self._record(root, f"t_one_{one.name}", one.alone)
            made = _put(root, "itemDefinition", id=f"t_{one.name}", name=f"t_{one.name}", **listed)
            if listed:
                _described(made, fact.title)
                _put(made, "typeRef").text = f"t_one_{one.name}"
            elif one.of_word:
                self._word(made, fact)
            else:
                self._simple(made, fact)
            return
        used = list(self.law.facts.components(one, self.used))
        for path, name in used:
            if facts[path].type == "records":
                self._record(root, f"t_one_{one.name}_{name}", path)
        made = _put(root, "itemDefinition", id=f"t_{one.name}", name=f"t_{one.name}")
        for path, name in used:
            if facts[path].type == "records":
                part = _put(made, "itemComponent", id=f"{made.attrib['id']}.{name}", name=name, isCollection="true")
                _described(part, facts[path].title)
                _put(part, "typeRef").text = f"t_one_{one.name}_{name}"
            else:
                self._component(made, name, facts[path])

    def _record(self, root: ET.Element, name: str, path: str) -> None:
        fact = self.posed.rulebook.facts[path]
        made = _put(root, "itemDefinition", id=name, name=name)
        fields = [one for one in fact.of if f"{path}.{one.id}" in self.used] or fact.of[:1]
        for one in fields:
            self._component(made, self.law.facts.fields[path][one.id], one)

    def _component(self, made: ET.Element, name: str, fact: Fact) -> None:
        part = _put(made, "itemComponent", id=f"{made.attrib['id']}.{name}", name=name)
        self._simple(part, fact)
        if fact.words:
            words = _put(made, "itemComponent", id=f"{made.attrib['id']}.{name}{WORD}", name=f"{name}{WORD}")
            self._word(words, fact)

    def _word(self, part: ET.Element, fact: Fact) -> None:
        said = "; ".join(f"{word}: {meaning.says}" for word, meaning in fact.words.items())
        _described(part, f"instead of a {'day' if fact.sort == 'date' else 'number'}: {said}")
        _put(part, "typeRef").text = "string"

    def _simple(self, part: ET.Element, fact: Fact) -> None:
        unit = f", in {fact.unit}" if fact.type == "span" and fact.unit else ""
        choices = list(self.posed.rulebook.choices_of(fact)) if fact.type == "choice" else []
        short = choices and len(choices) <= _MOST_CHOICES
        _described(part, f"{fact.title}{unit}" + (f"; one of: {', '.join(choices)}" if short else ""))
        _put(part, "typeRef").text = _type(fact)

    def _decision(self, root: ET.Element, decision: ModelDecision) -> None:
        name = decision.name
        label, says = self._words(decision)
        made = _put(root, "decision", id=f"decision_{name}", name=name, label=safe_line(label))
        _described(made, says)
        if decision.kind == "answer":
            _put(made, "question").text = safe_line(self.posed.rulebook.questions[self.posed.question].asks)
            _put(made, "allowedAnswers").text = ", ".join(self.question.outcomes)
        types = {} if decision.kind in ("answer", "rule") else {"typeRef": "boolean"}
        _put(made, "variable", id=f"variable_{name}", name=name, **types)
        for one in sorted(decision.value.named("decision")):
            need = _put(made, "informationRequirement", id=_arrow("decision", one, name))
            _put(need, "requiredDecision", href=f"#decision_{one}")
        for one in self.inputs_of(decision):
            need = _put(made, "informationRequirement", id=_arrow("input", one, name))
            _put(need, "requiredInput", href=f"#input_{one}")
        _put(_put(made, "literalExpression", id=f"expression_{name}"), "text").text = decision.value.text

    def _words(self, decision: ModelDecision) -> tuple[str, str]:
        """The short name of a decision for readers, and what it says in the words of the rulebook."""
        rulebook, name = self.posed.rulebook, decision.id
        match decision.kind:
            case "answer":
                question = rulebook.questions[name]
                return question.title, question.asks
            case "concept":
                return name, rulebook.concepts[name].yes
            case "law" | "repeal":
                title = rulebook.instruments[name].title
                told = "counts as law" if decision.kind == "law" else "supersedes what stood before"
                return f"{title}: {told}", f"{title}: {told}"
            case _:
                one = rulebook.provisions[name]
                ways = {"in-force": ": in force", "exception": ": an exception applies", "provision": ": applies"}
                return f"{one.citation}{ways.get(decision.kind, '')}", f"{one.citation}: {one.title}"

    def _note(self, root: ET.Element) -> None:
        posed = self.posed
        lines = [posed.rulebook.questions[posed.question].asks, law_line(posed), f"Model: {posed.rulebook.title}"]
        note = _put(root, "textAnnotation", id="note", textFormat="text/plain")
        _put(note, "text").text = "\n".join(safe_line(one) for one in lines)

    def _diagram(self, root: ET.Element, inputs: list[str]) -> None:
        needs = {
            f"decision_{one.name}": {
                *(f"decision_{used}" for used in one.value.named("decision")),
                *(f"input_{used}" for used in self.inputs_of(one)),
            }
            for one in self.decisions
        }
        provisions = {f"decision_{one.name}" for one in self.decisions if one.kind == "rule"}
        at = places(needs, [f"input_{one}" for one in inputs], provisions)
        diagram = _put(_put(root, "dmndi:DMNDI"), "dmndi:DMNDiagram", id="diagram")
        for name, box in at.items():
            _shape(diagram, name, box)
        lowest = max(one.y for one in at.values())
        _shape(diagram, "note", Box(40, lowest + 110, 700, 64))
        for decision in self.decisions:
            upper = at[f"decision_{decision.name}"]
            for kind, used in (("decision", decision.value.named("decision")), ("input", self.inputs_of(decision))):
                for one in sorted(used):
                    arrow = _arrow(kind, one, decision.name)
                    edge = _put(diagram, "dmndi:DMNEdge", id=f"edge_{arrow}", dmnElementRef=arrow)
                    for x, y in line(at[f"{kind}_{one}"], upper):
                        _put(edge, "di:waypoint", x=str(x), y=str(y))


def _expression(truth: Truth) -> Feel:
    return Feel("true" if truth else "false") if isinstance(truth, bool) else truth


def _arrow(kind: str, used: str, user: str) -> str:
    return f"need_{kind}_{used}.{user}"


def _shape(diagram: ET.Element, name: str, box: Box) -> None:
    shape = _put(diagram, "dmndi:DMNShape", id=f"shape_{name}", dmnElementRef=name)
    _put(shape, "dc:Bounds", x=str(box.x), y=str(box.y), width=str(box.width), height=str(box.height))


def _described(parent: ET.Element, words: str) -> None:
    _put(parent, "description").text = "\n".join(safe_line(one) for one in words.split("\n"))


def _type(fact: Fact) -> str:
    match fact.type:
        case "yes/no":
            return "boolean"
        case "choice":
            return "string"
        case "number" | "span":
            return "number"
        case "date":
            return "date"
        case "records":
            raise ValueError("a list has a type of its own")
        case _:
            assert_never(fact.type)


def _put(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, attributes)
