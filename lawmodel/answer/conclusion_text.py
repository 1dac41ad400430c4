"""What a provision concludes, as an outline in the law's words."""

from __future__ import annotations

from dataclasses import replace

from lawmodel.answer.condition_text import Line, Outline
from lawmodel.rulebook.condition import Concludes, Conclusion, ConclusionCases, ConclusionSwitch
from lawmodel.rulebook.model import Question, Rulebook


def conclusion_lines(rulebook: Rulebook, conclusion: Conclusion, outline: Outline, question: Question | None) -> Line:
    """A conclusion with its cases below; outcomes are those of ``question`` (None: whichever question has them)."""

    def line(stated: Conclusion) -> Line:
        match stated:
            case Concludes(None):
                return Line("nothing")
            case Concludes(name) if name in rulebook.conclusions:
                shared = rulebook.conclusions[name]
                inner = line(shared.concludes)
                below = inner.below or (inner,)
                return Line(shared.title or name, f"conclusion {name}", below)
            case Concludes(name):
                return Line(meaning(rulebook, question, str(name)), str(name))
            case ConclusionCases(cases, otherwise):
                return Line("in these cases", below=(*(_case(when, then) for when, then in cases), _otherwise(otherwise)))
            case ConclusionSwitch(reading, branches, otherwise):
                entry = rulebook.readings[reading]
                below = []
                for option in entry.options:
                    branch = branches.get(option.id, otherwise)
                    assert branch is not None
                    below.append(replace(line(branch), option=option.id, default=option.id == entry.default))
                return Line(entry.title, f"reading {reading}", tuple(below))
        raise TypeError(stated)

    def _case(when: object, then: Conclusion) -> Line:
        condition = outline.line(when)  # type: ignore[arg-type]
        return Line(f"if {condition.says}", condition.name, (*condition.below, _arrow(line(then))))

    def _otherwise(stated: Conclusion) -> Line:
        return Line("otherwise", below=(_arrow(line(stated)),))

    return line(conclusion)


def _arrow(line: Line) -> Line:
    return replace(line, says=f"→ {line.says}")


def meaning(rulebook: Rulebook, question: Question | None, outcome: str) -> str:
    """What an outcome means, in the question that has it."""
    for one in (question,) if question is not None else rulebook.questions.values():
        for each in one.outcomes:
            if each.id == outcome:
                return each.means
    return outcome
