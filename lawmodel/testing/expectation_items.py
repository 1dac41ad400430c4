"""The expectations of a case file as tests of pytest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lawmodel.testing.tested_rulebook import VARIANTS, tested_rulebook

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr

    from lawmodel.answer.answer import Answer
    from lawmodel.case.case import Case, Expectation
    from lawmodel.rulebook.model import Rulebook


class ScenarioFile(pytest.File):
    """A case file: the case, and its variants."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each expectation."""
        from lawmodel.case.file import load_cases
        from lawmodel.problems import ProblemsFound

        try:
            rulebook = tested_rulebook(self.config)
            variants = self.config.stash[VARIANTS].get(self.path.resolve())
            named = [self.path] if variants is None else [f"{self.path}#{name}" for name in variants]
            found = [case for one in named for case in load_cases(rulebook, one)]
        except ProblemsFound as problems:
            raise self.CollectError(str(problems)) from None
        names: dict[str, int] = {}
        for case in found:
            for expectation in case.expectations:
                name = _name(case, expectation)
                names[name] = names.get(name, 0) + 1
                if names[name] > 1:
                    name = f"{name} ({names[name]})"
                yield ExpectationItem.from_parent(
                    self, name=name, rulebook=rulebook, case=case, expectation=expectation
                )


def _name(case: Case, expectation: Expectation) -> str:
    parts = [expectation.question, *(f"{name}={option}" for name, option in expectation.readings.items())]
    if expectation.on is not None:
        parts.append(f"on={expectation.on}")
    if expectation.stage is not None:
        parts.append(f"stage={expectation.stage}")
    return f"{case.variant or 'base'}: {' '.join(parts)}"


class NotAsExpected(Exception):
    """What differs between an expectation and the answer, and the answer."""

    def __init__(self, differences: Iterable[tuple[str, str, str]], answer: Answer) -> None:
        super().__init__(*differences)
        self.differences = tuple(differences)
        self.answer = answer


class ExpectationItem(pytest.Item):
    """One expectation of one case."""

    def __init__(self, *, rulebook: Rulebook, case: Case, expectation: Expectation, **others: Any) -> None:
        super().__init__(**others)
        self.rulebook = rulebook
        self.case = case
        self.expectation = expectation

    def runtest(self) -> None:
        """Decide the case, and compare."""
        from lawmodel.inquiry.decide import decide
        from lawmodel.inquiry.expectations import differences

        asked = self.expectation
        answer = decide(
            self.rulebook, self.case, asked.question, readings=asked.readings, on=asked.on, stage=asked.stage
        )
        found = list(differences(asked, answer))
        if found:
            raise NotAsExpected(found, answer)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        """What was expected, what was found, and the answer; for a defect, as ever."""
        from lawmodel.problems import ProblemsFound

        match excinfo.value:
            case NotAsExpected() as failure:
                return "\n".join(self._report(failure))
            case ProblemsFound() as problems:
                return str(problems)
            case _:
                return super().repr_failure(excinfo, style)

    def _report(self, failure: NotAsExpected) -> Iterator[str]:
        from lawmodel.testing.brief_text import brief_text

        path, line, _ = self.reportinfo()
        yield f"{path}:{(line or 0) + 1}: {self.name}"
        if self.case.title:
            yield f"  {self.case.title}"
        yield ""
        widest = max(len(what) for what, _, _ in failure.differences)
        for what, expected, found in failure.differences:
            yield f"  {what:{widest}}  expected  {expected}"
            yield f"  {'':{widest}}  found     {found}"
        yield ""
        yield from (f"  {text}" for text in brief_text(failure.answer).splitlines())

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the expectation stands."""
        place = self.expectation.place
        return self.path, None if place is None else place.line - 1, f"{self.path.name}: {self.name}"
