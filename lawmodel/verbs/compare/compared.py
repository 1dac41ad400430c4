"""Which comparison is meant: all readings, the days of the law, the stages of bills, or the sources."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal, TypeAlias, assert_never

from lawmodel.case.case import Case
from lawmodel.inquiry.ask import TypedCase
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.compare_dates import compare_dates
from lawmodel.verbs.compare.compare_readings import compare_readings
from lawmodel.verbs.compare.compare_stages import compare_stages
from lawmodel.verbs.compare.compare_tellings import group_tellings
from lawmodel.verbs.compare.comparisons import DayComparison, ReadingComparison, StageComparison, TellingComparison

By: TypeAlias = Literal["reading", "date", "stage", "telling"]
"""What is varied: all readings, the day of the law, the stage from which bills count as law, or the source."""
AnyComparison: TypeAlias = ReadingComparison | DayComparison | StageComparison | TellingComparison


def compared(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    by: By,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> AnyComparison:
    """The answer under every reading, day, stage or telling that matters.

    ``first`` and ``last`` cut the days of a comparison by date, and mean nothing to others; nor does ``stage`` to the
    one that goes through all stages. Raises `ProblemsFound` for whatever is wrong with what is given.
    """
    match by:
        case "reading":
            return compare_readings(rulebook, case, question, readings=readings, on=on, stage=stage)
        case "date":
            return compare_dates(
                rulebook, case, question, readings=readings, on=on, stage=stage, first=first, last=last
            )
        case "stage":
            return compare_stages(rulebook, case, question, readings=readings, on=on)
        case "telling":
            return group_tellings(rulebook, case, question, readings=readings, on=on, stage=stage)
        case _:
            assert_never(by)
