"""The trace: why an answer is what it is, down to the facts. One tree, many renderings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lawmodel.value_object import ValueObject, in_brief, summary

TRUTH_WORDS: Final = {True: "yes", False: "no", None: "open"}


@dataclass(slots=True)  # not frozen: a trace has hundreds of steps, and frozen ones take thrice the time to make
class Trace(ValueObject):
    """One step of the reasoning.

    ``truth`` is whether this step supports what stands above it (negation is pushed down to the facts), while
    ``says`` states, in the law's words, how things are.
    """

    kind: str
    """``provision``, ``in-force``, ``law``, ``concept``, ``exception``, ``all``, ``any``, ``some``, ``none``,
    ``record``, ``reading``, ``option``, ``fact`` or ``always``."""
    truth: bool | None
    says: str = ""
    id: str | None = None
    """The provision, concept, reading, instrument, list of records, or the key of the input."""
    children: tuple[Trace, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)
    """What else belongs to the step: a citation, a date and its certainty, whether a reading is the default."""

    def __repr__(self) -> str:
        return summary(self, self.kind, self.id, f"({TRUTH_WORDS[self.truth]}):", in_brief(self.says))

    def walk(self) -> Iterator[Trace]:
        """This step and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> dict[str, Any]:
        """Plain data; empty parts are left out."""
        plain: dict[str, Any] = {"kind": self.kind, "holds": TRUTH_WORDS[self.truth]}
        if self.id is not None:
            plain["id"] = self.id
        if self.says:
            plain["says"] = self.says
        plain.update(self.notes)
        if self.children:
            plain["because"] = [child.to_json() for child in self.children]
        return plain
