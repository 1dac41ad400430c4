"""What a question comes to, as Python gets it: a value object that has JSON."""

from __future__ import annotations

from typing import Any

from lawmodel.results.encoder import encode
from lawmodel.value_object import ValueObject


class Result(ValueObject):
    """The base of the dataclasses that the library's questions return."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data under the documented keys."""
        plain: dict[str, Any] = encode(self)
        return plain
