"""What the entries of all sections share: the forms of conditions and conclusions, and that no key is unknown."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from lawmodel.rulebook import condition as statements
from lawmodel.rulebook.condition import Written

Condition: TypeAlias = Annotated[statements.Condition, Written("condition")]
Conclusion: TypeAlias = Annotated[statements.Conclusion, Written("conclusion")]

STRICT: dict[str, Any] = {"extra": "forbid"}
