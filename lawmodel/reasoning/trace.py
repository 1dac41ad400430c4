"""The trace: why an answer is what it is, down to the facts. One tree, many renderings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Literal

from lawmodel.value_object import ValueObject, in_brief, summary

TRUTH_WORDS: Final[Mapping[bool | None, Literal["yes", "no", "open"]]] = {True: "yes", False: "no", None: "open"}


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

    json_keys: ClassVar[Mapping[str, str]] = {
        "kind": "kind",
        "holds": "holds",
        "id": "id",
        "says": "says",
        "citation": "citation",
        "title": "title",
        "certainty": "certainty",
        "instrument": "instrument",
        "stage": "stage",
        "date": "date",
        "date_certainty": "date_certainty",
        "option": "option",
        "default": "default",
        "asks_nothing": "asks_nothing",
        "told_by": "told_by",
        "open": "open",
        "because": "children",
    }
    json_optional: ClassVar[tuple[str, ...]] = tuple(key for key in json_keys if key not in ("kind", "holds"))

    @property
    def holds(self) -> Literal["yes", "no", "open"]:
        """The truth in a word."""
        return TRUTH_WORDS[self.truth]

    @property
    def citation(self) -> str | None:
        """Where the law says it."""
        return self.notes.get("citation")

    @property
    def title(self) -> str | None:
        """What a provision is called."""
        return self.notes.get("title")

    @property
    def certainty(self) -> str | None:
        """How sure the text of a provision is."""
        return self.notes.get("certainty")

    @property
    def instrument(self) -> str | None:
        """The law or decree whose being law is asked."""
        return self.notes.get("instrument")

    @property
    def stage(self) -> str | None:
        """The stage from which it counts as law."""
        return self.notes.get("stage")

    @property
    def date(self) -> str | None:
        """The day from which it counts as law, or no longer does."""
        return self.notes.get("date")

    @property
    def date_certainty(self) -> str | None:
        """How sure that day is."""
        return self.notes.get("date_certainty")

    @property
    def option(self) -> str | None:
        """How a reading was taken."""
        return self.notes.get("option")

    @property
    def default(self) -> bool | None:
        """Whether a reading was taken by default."""
        return self.notes.get("default")

    @property
    def asks_nothing(self) -> bool | None:
        """Whether nothing is asked of the facts under a reading."""
        return self.notes.get("asks_nothing")

    @property
    def told_by(self) -> str | None:
        """The source, and the place in it, that reads it so."""
        return self.notes.get("told_by")

    @property
    def open(self) -> bool | None:
        """Whether a reading is open."""
        return self.notes.get("open")
