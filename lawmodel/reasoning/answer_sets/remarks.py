"""What stands beside the parts of an answer-set program in words."""

from __future__ import annotations

from collections.abc import Sequence

from lawmodel.reasoning.formula import Scalar


class Remarks:
    """No words at all; whoever knows a rulebook overrides these."""

    def heading(self) -> Sequence[str]:
        """Paragraphs at the head of the program: what is asked, of which case."""
        return ()

    def of_law(self, kind: str, name: str) -> str:
        """A part of the law, by its kind (``provision``, ``outcome``, ``concept``, ``reading`` …) and its id."""
        return ""

    def of_input(self, key: str, field: str, value: Scalar | None) -> str:
        """An input, and its value where that is known: a single fact or reading, a list, or a field of its records."""
        return ""
