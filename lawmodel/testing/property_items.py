"""The properties of a rulebook as tests of pytest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lawmodel.testing.tested_rulebook import tested_rulebook

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr

    from lawmodel.inquiry.searching.proved import PropertyVerdict
    from lawmodel.rulebook.model import Property, Rulebook


class PropertyFile(pytest.File):
    """A file of a rulebook that states properties."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each property."""
        from lawmodel.problems import ProblemsFound

        try:
            rulebook = tested_rulebook(self.config)
        except ProblemsFound as problems:
            raise self.CollectError(str(problems)) from None
        for name, stated in rulebook.properties.items():
            if Path(stated.place.file).resolve() == self.path.resolve():
                yield PropertyItem.from_parent(self, name=name, rulebook=rulebook, stated=stated)


class NotAsStated(Exception):
    """A property came out otherwise than the rulebook says."""

    def __init__(self, verdict: PropertyVerdict) -> None:
        super().__init__(verdict.stated.id)
        self.verdict = verdict


class PropertyItem(pytest.Item):
    """One property of the law."""

    def __init__(self, *, rulebook: Rulebook, stated: Property, **others: Any) -> None:
        super().__init__(**others)
        self.rulebook = rulebook
        self.stated = stated

    def runtest(self) -> None:
        """Prove it, or refute it."""
        from lawmodel.inquiry.searching.prove import prove

        verdict = prove(self.rulebook, self.stated)
        if not verdict.as_stated:
            raise NotAsStated(verdict)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        """What was stated, and the case that refutes it; for a defect, as ever."""
        if not isinstance(excinfo.value, NotAsStated):
            return super().repr_failure(excinfo, style)
        verdict, place = excinfo.value.verdict, self.stated.place
        lines = [f"{place.file}:{place.line}: {self.stated.says}", ""]
        if verdict.of_nothing:
            return "\n".join([*lines, "  It is proved of nothing: no case is as it gives."])
        if verdict.refutation is None:
            return "\n".join([*lines, "  It is said not to hold, and is proved."])
        lines.append("  It is said to hold, and this case refutes it:")
        return "\n".join([*lines, "", *(f"  {line}" for line in verdict.refutation.to_yaml().splitlines())])

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the property stands."""
        return self.path, self.stated.place.line - 1, f"{self.path.name}: {self.name}"
