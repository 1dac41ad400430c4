"""A question as it is handed to another engine: by which rulebook, law and readings, and how that is told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from lawmodel.case.arguments import law_problems, question_problems, raise_problems
from lawmodel.dataclass import dataclass
from lawmodel.inputs import UNKNOWN
from lawmodel.rulebook.model import Rulebook, raise_unless_rulebook
from lawmodel.rulebook.uses import EntryNode, Uses
from lawmodel.words.law import law_of, law_of_each_case


@dataclass(frozen=True, slots=True)
class Posed:
    """A question of a rulebook, and the law and the readings by which it is answered."""

    rulebook: Rulebook
    question: str
    readings: Mapping[str, str]
    """As for one case: `unknown` leaves a reading open; one that is not named has its default, or is open."""
    on: datetime.date | None = None
    stage: str | None = None

    def __post_init__(self) -> None:
        """Raises `ProblemsFound` for whatever is asked that the rulebook does not know."""
        raise_unless_rulebook(self.rulebook)
        raise_problems(
            *question_problems(self.rulebook, self.question),
            *law_problems(self.rulebook, self.readings, self.on, self.stage),
        )


def rulebook_line(posed: Posed) -> str:
    """The title of the rulebook, its edition and its hash."""
    rulebook = posed.rulebook
    edition = f" ({rulebook.version})" if rulebook.version else ""
    return f"Rulebook: {rulebook.title}{edition}, sha256 {rulebook.content_hash}"


def law_line(posed: Posed) -> str:
    """The law that is applied."""
    stage = posed.stage or posed.rulebook.ordinary_stage
    law = law_of_each_case if posed.on is None else law_of
    return f"Law: {law(posed.rulebook, stage, None if posed.on is None else posed.on.isoformat())}"


def settled_readings(posed: Posed) -> Mapping[str, str | None]:
    """The option of each reading: the one chosen, or its default; None where it is left open."""
    chosen = {name: posed.readings.get(name, one.default) for name, one in posed.rulebook.readings.items()}
    return {name: None if option == UNKNOWN else option for name, option in chosen.items()}


def reading_lines(posed: Posed) -> Iterator[str]:
    """The readings on which the question depends, as they are taken."""
    rulebook, settled, uses = posed.rulebook, settled_readings(posed), Uses(posed.rulebook)
    provisions = [name for name, one in rulebook.provisions.items() if one.question == posed.question]
    read = {name for one in provisions for name in uses.ids(EntryNode("provision", one), "reading")}
    read |= {node.id for node in uses.in_law_day if node.kind == "reading"}
    for name in (one for one in rulebook.readings if one in read):
        reading, option = rulebook.readings[name], settled[name]
        if option is None:
            yield f"  {name}: left open: {', '.join(one.id for one in reading.options)}"
        else:
            yield f"  {name}: {option}: {reading.option(option).says}"
