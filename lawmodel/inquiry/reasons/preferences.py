"""Which values make an example realistic: ordinary ones first, then the nearest."""

from __future__ import annotations

import datetime
from typing import assert_never

from lawmodel.case.values import decode_text
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Scalar, is_calendar_day
from lawmodel.inquiry.reasons.explained_case import ExplainedCase


class Preferences:
    """Sorts the values of the inputs of one case."""

    def __init__(self, held: ExplainedCase) -> None:
        """Take the case; days are near to the day of its law where it has none of its own."""
        self._held = held
        self._day = (held.valued.law_date or datetime.date.today()).toordinal()

    def __call__(self, key: str, value: Scalar) -> tuple[int, int]:
        """The sorting key of a value: the lesser, the more realistic."""
        domain = self._held.domain(key)
        if value == self._ordinary(key):
            return 0, 0
        match domain.kind:
            case "yes/no":
                return 1, int(value)
            case "choice":
                return 1, domain.choices.index(str(value))
            case "number":
                return 1, abs(int(value) - self._near(key, 0))
            case "date" if is_calendar_day(value):
                return 1, abs(int(value) - self._near(key, self._day))
            case "date":
                return 2, int(value)
            case "records":
                raise TypeError("a list has no single value")
            case _:
                assert_never(domain.kind)

    def _ordinary(self, key: str) -> Scalar | None:
        """What is ordinary; of a field of a record that the case does not have, what it is where it is left out."""
        if key == LAW_DATE or key.startswith(READING_PREFIX):
            return None
        fact = self._held.declared(key)
        records, bracket, rest = key.partition("[")
        listed = self._held.valuation.values[records] if bracket else ()
        is_new = bracket and not (isinstance(listed, tuple) and int(rest.partition("]")[0]) <= len(listed))
        usual = fact.left_out if is_new else fact.ordinary
        return decode_text(self._held.rulebook, fact, usual) if isinstance(usual, str) else None

    def _near(self, key: str, otherwise: int) -> int:
        """What a number or day is to be near to: what the case has, if it has one."""
        value = self._held.pinned.values.get(key)
        usable = isinstance(value, int) and (self._held.domain(key).kind == "number" or is_calendar_day(value))
        return int(value) if usable and isinstance(value, int) else otherwise
