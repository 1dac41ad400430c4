"""What a run over a table came to: under which law it was decided, and what became of the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from lawmodel.batch.rows.answers import said_by
from lawmodel.batch.rows.plan import Asked
from lawmodel.batch.running.carrying_out import Counted
from lawmodel.case.values import UNKNOWN
from lawmodel.dataclass import dataclass
from lawmodel.results.header import ChosenBy, Header, LawApplied, ReadingTaken


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a run came to."""

    header: Header
    counted: Counted
    out: str
    """Where the answers are."""
    rejects: str | None
    """Where the rows are that cannot be decided; None where they are left out."""

    json_keys: ClassVar[Mapping[str, str]] = {"says": "says"}
    json_merged: ClassVar[tuple[str, ...]] = ("counted", "header")

    @property
    def says(self) -> Mapping[str, str]:
        """What each outcome that occurs says of the subject of the question, the strongest first."""
        occurring = {name for outcomes in self.counted.outcomes.values() for name in outcomes}
        said = said_by(self.header.rulebook, self.header.question or "")
        return {name: words for name, words in said.items() if name in occurring}


def header_of(asked: Asked, told_by: str | None) -> Header:
    """What is the same for all rows; the law is that of no day where each row has its own."""
    rulebook = asked.rulebook
    told = {} if told_by is None else rulebook.tellings[told_by].chosen()
    readings = {}
    for name, entry in rulebook.readings.items():
        option = asked.readings.get(name, entry.default)
        by: ChosenBy = "nobody" if option is None else "default"
        if name in asked.readings:
            by = "telling" if told.get(name) == option else "asked"
        readings[name] = ReadingTaken(None if option == UNKNOWN else option, by == "default", by)
    law = LawApplied(None if asked.on is None else asked.on.isoformat(), asked.stage or rulebook.ordinary_stage)
    return Header(rulebook, None, asked.question, law, told_by, readings)
