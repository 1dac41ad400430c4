"""Which names of a rulebook exist, and where in the files a wrong one stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from lawmodel.dataclass import dataclass
from lawmodel.problems import Collector, Place, did_you_mean
from lawmodel.rulebook.reserved_words import meaning_of
from lawmodel.yaml_nodes import Mappings


@dataclass(slots=True)
class NameCheck:
    """Notes names that nothing has, but no consequences of a mistake that is noted already."""

    problems: Collector
    mappings: Mappings = field(default_factory=Mappings)
    """The mappings of all files, by their places."""
    refused: dict[str, set[str]] = field(default_factory=dict)
    """By section: the ids of entries that are there, and are wrong. An empty id stands for one that has none."""
    half_read: list[Mapping[str, Any]] = field(default_factory=list)
    """What entries hold that are wrong: their conditions and conclusions are checked all the same."""
    unread: bool = False
    """Whether some file or section could not be read at all, so that any name may be defined in it."""

    def refuse(self, section: str, name: str) -> None:
        """Remember an entry that is wrong: whoever names it makes no mistake."""
        self.refused.setdefault(section, set()).add(name)

    def check_word(self, kind: str, name: str, place: Place) -> None:
        """Note a name that is a word of the language where a ``kind`` of thing is named (`reserved_words`)."""
        means = meaning_of(kind, name)
        if means is not None:
            what = f"`{name}` cannot be the name of {'an' if kind[0] in 'aeiou' else 'a'} {kind}: it is {means}"
            self.problems.at(place, what, "Give it another name. What is shown to readers can stay as it is.")

    def doubtful(self, section: str, name: str) -> bool:
        """Whether a name that is not known may belong to something that could not be read."""
        refused = self.refused.get(section, set())
        return self.unread or not name or name in refused or "" in refused

    def missing(self, section: str, what: str, name: str, known: Iterable[str], place: Place, otherwise: str) -> None:
        """Note that there is no such entry; suggest the nearest known name, or say ``otherwise``."""
        if not self.doubtful(section, name):
            self.problems.at(place, f"there is no {what} `{name}`", did_you_mean(name, known, otherwise))
