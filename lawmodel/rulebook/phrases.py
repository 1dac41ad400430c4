"""Phrases: how facts are told in prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.rulebook.entry_types import STRICT
from lawmodel.value_object import ValueObject

PartOfStory: TypeAlias = Literal["person", "history", "circumstances", "demand", "decision"]
"""What a sentence of a story is about: who, what happened, what else is known, what is wanted, who decides when."""
Register: TypeAlias = Literal["note", "plain"]
"""How a story is told: as a lawyer's note for the file, or in the plainest words."""


@dataclass(frozen=True, kw_only=True)
class Detail(ValueObject):
    """Invented details of a story, of which one is taken: they tell no fact."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: tuple[str, ...]
    not_beside: tuple[str, ...] = ()
    """Facts beside which it is not told, since it would be odd."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Phrases(ValueObject):
    """How facts of one subject are told in prose; `lawmodel.rulebook.phrase_template` is the form of each text.

    What no entry tells is told in the words that values have.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    of: str
    """A list, whose records are told one after the other; or what stands before the dot in the names of facts."""
    part: PartOfStory
    register: Register | None = None
    """Without it, every one."""
    questions: tuple[str, ...] = ()
    """Those on which it is used; without any, all."""
    always: tuple[str, ...] = ()
    """Fields that are told whatever they are: a reader would take silence for something else."""
    sentences: tuple[str, ...] = ()
    """Whole sentences without their stop, of one fact or several."""
    clauses: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Whole sentences that tell one value of one fact: by fact, then by value."""
    fragments: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """What stands in the hole of a fact: by fact, then by value."""
    appositions: tuple[str, ...] = ()
    """What may stand behind the full name of the person, with its commas."""
    none: tuple[str, ...] = ()
    """Sentences that say that a list is empty."""
    details: tuple[Detail, ...] = ()
    named_by: str | None = None
    """The fact that says of which state the names of persons are; or the code of a state, in capitals."""
    place: Place
