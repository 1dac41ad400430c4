"""Which engines took part in an answer: counted where they are made, so that whoever tells need not load them."""

from __future__ import annotations

from typing import ClassVar


class TakingPart:
    """How many were made so far in this process."""

    diagrams: ClassVar[int] = 0
    solvers: ClassVar[int] = 0
