"""What a provision concludes, as an outline in the law's words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lawmodel.answer.law.condition_text import Line, Outline
from lawmodel.rulebook.condition import Concludes, Conclusion, ConclusionCases, ConclusionSwitch, Condition
from lawmodel.rulebook.model import Figure, Question, Rulebook


@dataclass(frozen=True, slots=True)
class ConclusionOutline:
    """Puts conclusions into words."""

    outline: Outline
    """For the conditions of their cases."""
    question: Question | None
    """The question whose outcomes they are; None: whichever question has them."""

    def line(self, stated: Conclusion) -> Line:
        """A conclusion, with its cases below."""
        rulebook = self.outline.rulebook
        match stated:
            case Concludes(None):
                return Line("nothing")
            case Concludes(str() as name) if name in rulebook.conclusions:
                shared = rulebook.conclusions[name]
                inner = self.line(shared.concludes)
                return Line(shared.title or name, f"conclusion {name}", inner.below or (inner,))
            case Concludes(str() as name) if name in rulebook.consequences:
                return Line(rulebook.consequences[name].says, f"consequence {name}")
            case Concludes(str() as name):
                return Line(meaning(rulebook, self.question, name), name)
            case ConclusionCases(cases, otherwise):
                below = (*(self._case(when, then) for when, then in cases), self._with("otherwise", otherwise))
                return Line("the first of these that is true", below=below)
            case ConclusionSwitch(reading, branches, otherwise):
                entry = rulebook.readings[reading]
                lines = []
                for option in entry.options:
                    branch = branches.get(option.id, otherwise)
                    assert branch is not None
                    lines.append(replace(self.line(branch), option=option.id, default=option.id == entry.default))
                return Line(entry.title, f"reading {reading}", tuple(lines))
        raise TypeError(stated)

    def _case(self, when: Condition, then: Conclusion) -> Line:
        condition = self.outline.line(when)
        return self._with(f"if {condition.says}", then, condition)

    def _with(self, says: str, then: Conclusion, condition: Line | None = None) -> Line:
        line = self.line(then)
        concluded = replace(line, says=f"→ {line.says}")
        return Line(says, condition.name if condition else "", (*(condition.below if condition else ()), concluded))


def figure_in_words(rulebook: Rulebook, figure: Figure) -> str:
    """A figure of a consequence: its kind, from and up to, and the unit."""

    def bound(text: str) -> str:
        return rulebook.fact(text).title if text in rulebook.facts else f"{int(text):,}"

    least = None if figure.from_ is None else bound(figure.from_)
    most = None if figure.to is None else bound(figure.to)
    if least is not None and most is not None:
        span = f"{least} to {most}"
    else:
        span = f"from {least}" if least is not None else f"up to {most}" if most is not None else ""
    return " ".join(part for part in (f"{figure.kind}:", span, figure.unit) if part)


def meaning(rulebook: Rulebook, question: Question | None, outcome: str) -> str:
    """What an outcome means, in the question that has it."""
    for one in (question,) if question is not None else rulebook.questions.values():
        for each in one.outcomes:
            if each.id == outcome:
                return each.means
    return outcome
