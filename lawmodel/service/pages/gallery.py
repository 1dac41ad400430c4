"""The cases as a gallery: by question, each with its point and its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lawmodel.case.case import Case, Expectation
from lawmodel.dataclass import dataclass
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.address import NEW, Address
from lawmodel.service.pages.controls import Mark, mark_of
from lawmodel.service.pages.workbench import VARIANT, Workbench
from lawmodel.words.outcomes import predicate


@dataclass(frozen=True, slots=True)
class GalleryCase:
    """A case in the gallery."""

    name: str
    title: str
    point: str
    number: int | None
    question: str
    answers: tuple[tuple[Mark, str], ...]
    variants: int
    hangs_on: tuple[str, ...]
    """The readings of which another option would change the answer, as the case expects."""


class Gallery:
    """The supplied cases that make a point. The answers are worked out once: they are the same for everybody."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._answers: dict[str, tuple[tuple[Mark, str], ...]] = {}

    def page(self, search: str, question: str, everything: bool) -> dict[str, Any]:
        """What the template needs: the cases that hold every word that is looked for, by question.

        Where nothing is looked for, the numbered ones, if there are any; ``everything`` asks for all.
        """
        words, bench = search.casefold().split(), self._workbench
        begin = bool(bench.numbered) and not (words or everything)
        listed = self._listed(bench.numbered if begin else bench.cases)
        found = [one for one in listed if not question or question == one[2]]
        shown = [one for one in found if all(word in _searched(*one) for word in words)]
        by_question: dict[str, list[GalleryCase]] = {}
        for name, case, asked in shown:
            by_question.setdefault(asked, []).append(self._shown(name, case, asked))
        return {
            "by_question": by_question,
            "count": len(shown),
            "further": begin and len(bench.files) > len(listed),
            "questions": self._workbench.rulebook.questions,
            "search": search,
            "question": question,
            "new": NEW,
        }

    def _listed(self, among: Mapping[str, Case]) -> list[tuple[str, Case, str]]:
        """Those that make a point, the numbered ones first, each with its question."""
        cases = [one for one in among.items() if VARIANT not in one[0] and one[1].point]
        cases.sort(key=lambda one: (one[1].hypothetical is None, one[1].hypothetical or 0, one[0]))
        return [(name, case, self._workbench.question(Address(name, case, case))) for name, case in cases]

    def _shown(self, name: str, case: Case, question: str) -> GalleryCase:
        if name not in self._answers:
            self._answers[name] = self._answered(name, case)
        variants = len(self._workbench.variants(name)) - 1
        hangs_on = tuple(_hangs_on(self._workbench.rulebook, case, question))
        answers = self._answers[name]
        return GalleryCase(name, case.title, case.point, case.hypothetical, question, answers, variants, hangs_on)

    def _answered(self, name: str, case: Case) -> tuple[tuple[Mark, str], ...]:
        """The outcomes that are possible: those that the case expects, which `check` verifies, or else decided."""
        rulebook, question = self._workbench.rulebook, self._workbench.question(Address(name, case, case))
        plain = _plain(case, question)
        expected = next(((one.outcome,) if one.outcome else one.possible for one in plain), None)
        try:
            possible = expected or self._workbench.decide(Address(name, case, case)).possible
        except ProblemsFound:
            return ()
        return tuple((mark_of(rulebook, question, one), predicate(rulebook, question, one)) for one in possible)


def _plain(case: Case, question: str) -> list[Expectation]:
    """What is expected of the case itself."""
    return [one for one in case.expectations if one.question == question and not _supposes(one)]


def _hangs_on(rulebook: Rulebook, case: Case, question: str) -> Iterator[str]:
    """The readings on which the answer turns or rests, as the case expects it to, which `check` verifies."""
    named = (
        name
        for one in _plain(case, question)
        for name in (*(each for group in one.turns_on or () for each in group), *(one.rests_on or ()))
    )
    return (name for name in dict.fromkeys(named) if name in rulebook.readings)


def _supposes(one: Expectation) -> bool:
    """Whether an expectation is about another law than that under which the case is asked by itself."""
    return bool(one.readings or one.on or one.stage or one.told_by)


def _searched(name: str, case: Case, question: str) -> str:
    return f"{name} {case.title} {case.point} {question} {case.hypothetical or ''}".casefold()
