"""How firm each of two answers is: only what one turns on or rests on, and the other does not."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final, TypeAlias, TypeVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from lawmodel.answer.answer import Answer
from lawmodel.answer.comparing.trace_difference_text import AFTER, BEFORE
from lawmodel.answer.comparing.whatif import Moved, WhatIf, declared_as
from lawmodel.answer.firmness_text import DOUBT
from lawmodel.answer.words import day
from lawmodel.case.values import in_words

Entry = TypeVar("Entry")
Sign: TypeAlias = tuple[str, str]

MOST_ROWS: Final = 6
"""More presumed facts on which an answer rests, or no longer does, are only counted."""
LEGEND: Final = (f"  {BEFORE[0]}no longer, {AFTER[0]}now", "dim")


def firmness_difference(found: WhatIf, everything: bool) -> Iterator[RenderableType]:
    """What one answer turns on and rests on and the other does not, and the uncertain dates behind only one."""
    resting = found.rests_on
    rests_on: Moved[tuple[str, ...]] = Moved(
        tuple((one,) for one in resting.gained), tuple((one,) for one in resting.lost)
    )
    for title, moved in (("Turns on", found.turns_on), ("Rests on", rests_on)):
        if moved:
            yield Text.assemble((title, "bold"), LEGEND)
            yield _inputs(found, moved, everything)
            yield Text()
    if found.uncertain_dates:
        yield Text.assemble(("Uncertain dates", "bold yellow"), LEGEND)
        yield _dates(found)
        yield Text()


def sides(found: WhatIf, moved: Moved[Entry]) -> tuple[tuple[Sign, Answer, tuple[Entry, ...]], ...]:
    """What only the answer before has, and what only the one after has."""
    return (BEFORE, found.before, moved.lost), (AFTER, found.after, moved.gained)


def sign_of(sign: Sign) -> Text:
    """A sign, set in."""
    return Text(f"  {sign[0].strip()}", sign[1])


def _inputs(found: WhatIf, moved: Moved[tuple[str, ...]], everything: bool) -> RenderableType:
    table = _table()
    for sign, answer, groups in sides(found, moved):
        presumed = [group for group in groups if group[0] in answer.presumed]
        counted = presumed if len(presumed) > MOST_ROWS and not everything else []
        for group in groups:
            if group not in counted:
                described = Text("; ").join([_described(answer, name) for name in group])
                table.add_row(sign_of(sign), Text(" with ".join(group), "cyan"), described)
        if counted:
            table.add_row(sign_of(sign), f"{len(counted)} presumed facts", Text("(--all lists them)", "dim"))
    return table


def _described(answer: Answer, name: str) -> Text:
    """An input on which an answer turns or rests, in words."""
    rulebook = answer.rulebook
    if name in rulebook.readings:
        reading, option = rulebook.readings[name], answer.readings[name]
        if option is None:
            return Text.assemble(reading.title, (f"  {' / '.join(one.id for one in reading.options)}", "dim"))
        return Text.assemble(reading.option(option).says, (f"  ({option}, default)", "dim"))
    fact = declared_as(rulebook, name)
    assert fact is not None
    if name in answer.presumed:
        return Text.assemble(in_words(rulebook, fact, answer.presumed[name]), ("  (presumed)", "dim"))
    return Text(fact.ask)


def _dates(found: WhatIf) -> RenderableType:
    table = _table()
    for sign, answer, dates in sides(found, found.uncertain_dates):
        outcomes = {one.id: one.means for one in answer.rulebook.questions[answer.question].outcomes}
        for one in dates:
            said = f"{one.instrument}, {day(datetime.date.fromisoformat(one.date))}"
            otherwise = " / ".join(outcomes[name] for name in one.possible)
            doubt = f"{DOUBT.get(one.certainty, 'disputed')}; were it otherwise: {otherwise}"
            table.add_row(sign_of(sign), Text(said, "cyan"), Text(doubt))
    return table


def _table() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column()
    return table
