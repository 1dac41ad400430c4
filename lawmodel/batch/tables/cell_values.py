"""What a cell means for its fact: as in a case file, and what programs write where a case file would be clearer.

A moment is its day: the one that it names in its own zone. 1 and 0 are yes and no. Choices may be in words, and in
capitals. Days in other forms than year-month-day are read only where somebody says which form they have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from lawmodel.case.values import UNKNOWN, NotAValue, decode_text, folded
from lawmodel.dataclass import dataclass
from lawmodel.inputs import Scalar
from lawmodel.rulebook.model import Fact, Rulebook

EXCEL: Final = "excel"
"""Days as Excel counts them: 1 is the first of January 1900."""
_MOMENT_LIKE: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d", re.ASCII)
_CLOCK: Final = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?"
_ZONE: Final = r" ?(?:Z|UTC|[-+]\d\d(?::?\d\d)?)?"
_MOMENT: Final = re.compile(rf"(\d{{4}}-\d\d-\d\d)[T ]{_CLOCK}{_ZONE}\Z", re.ASCII)
_DIGITS: Final = re.compile(r"(\d{1,7})(?:\.\d+)?\Z", re.ASCII)
_FORM: Final = re.compile(r"([a-z]+)([-./ ])([a-z]+)\2([a-z]+)\Z")
_OTHER_DAY: Final = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{2}|\d{4})\b", re.ASCII)
_TIME: Final = r"(?:[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?\Z"
_BITS: Final = {"1": True, "0": False, "1.0": True, "0.0": False}
_EPOCH: Final = date(1899, 12, 30)
_MARCH_1900: Final = 61
"""From here on the days are right: Excel also counts a 29th of February 1900, which there was not."""


class NotAForm(ValueError):
    """What is said of the form of days is no form, or contradicts itself."""


@dataclass(frozen=True, slots=True)
class _Form:
    """An order of day, month and year, and the sign between them."""

    order: str
    """Such as ``dmy``."""
    sign: str
    short: bool = False
    """Whether years have two digits: as Excel reads them, 00 to 29 are 2000 to 2029, and 30 to 99 are 1930 to 1999."""

    def day(self, text: str) -> date | None:
        """The day that a text writes so; None if it writes none."""
        parts = {"d": r"(?P<d>\d{1,2})", "m": r"(?P<m>\d{1,2})", "y": rf"(?P<y>\d{{{2 if self.short else 4}}})"}
        found = re.match(re.escape(self.sign).join(parts[one] for one in self.order) + _TIME, text, re.ASCII)
        if found is None:
            return None
        try:
            year = int(found["y"])
            if self.short:
                year += 2000 if year < _CENTURY_TURNS else 1900
            return date(year, int(found["m"]), int(found["d"]))
        except ValueError:
            raise NotAValue(f"`{text}` is not a day of the calendar", _CHECK) from None


_CENTURY_TURNS: Final = 30
_CHECK: Final = "Check the month and the number of its days."


@dataclass(frozen=True, slots=True)
class DayForms:
    """The forms in which days are written, beside year-month-day."""

    names: tuple[str, ...] = ()
    """As they were given: ``day.month.year``, ``dd.mm.yyyy``, ``m/d/yyyy``, ``excel``."""
    forms: tuple[_Form, ...] = ()
    excel: bool = False

    @classmethod
    def of(cls, names: Iterable[str]) -> DayForms:
        """The forms of these names; raises `NotAForm`."""
        names, forms = tuple(names), dict[tuple[str, bool], _Form]()
        for name in names:
            if name.lower() == EXCEL:
                continue
            found = _FORM.match(name.lower())
            order = "" if found is None else "".join(part[0] for part in (found[1], found[3], found[4]))
            if found is None or sorted(order) != ["d", "m", "y"]:
                raise NotAForm(f"`{name}` is no form of days. Write one such as day.month.year, m/d/yyyy or {EXCEL}.")
            form = _Form(order, found[2], "yy" in (found[1], found[3], found[4]))
            if any(one.sign == form.sign and one.order != form.order for one in forms.values()):
                raise NotAForm(f"`{name}` contradicts another form with the same sign. Keep one of the two.")
            forms[form.sign, form.short] = form
        return cls(names, tuple(forms.values()), any(name.lower() == EXCEL for name in names))


ISO: Final = DayForms()
"""Year-month-day alone."""


def decode_cell(rulebook: Rulebook, fact: Fact, text: str, days: DayForms = ISO) -> Scalar | None:
    """The value that the text of a cell stands for, None where it is unknown or empty; raises `NotAValue`."""
    text = text.strip()
    if not text or text.lower() == UNKNOWN:
        return None
    if fact.sort == "yes/no" and text in _BITS:
        return _BITS[text]
    if fact.sort == "date":
        day = _day(text, days)
        if day is not None:
            return day.toordinal()
    try:
        return decode_text(rulebook, fact, text)
    except NotAValue as error:
        meant = _choices_in_words(rulebook, fact, text) if fact.sort == "choice" else []
        if len(meant) == 1:
            return meant[0]
        mend = _form_of_days(text) if fact.sort == "date" else ""
        raise NotAValue(error.message, mend or error.mend) from None


def _choices_in_words(rulebook: Rulebook, fact: Fact, text: str) -> list[str]:
    """The choices whose id, in words, or whose name is this text: `Armed forces` is ``armed_forces``."""
    wanted = folded(text.replace("_", " "))
    each = rulebook.choices_of(fact).items()
    return [name for name, says in each if wanted in (folded(name.replace("_", " ")), folded(says))]


def _day(text: str, days: DayForms) -> date | None:
    """The day that is written in another form than a case file has; None if there is none."""
    if _MOMENT_LIKE.match(text):
        moment = _MOMENT.match(text)
        try:
            return date.fromisoformat(moment[1] if moment is not None else "")
        except ValueError:
            mend = "Write the day alone, such as 2026-03-19."
            raise NotAValue(f"`{text}` is no moment of the calendar", mend) from None
    found = next((day for form in days.forms if (day := form.day(text)) is not None), None)
    return _excel_day(text) if found is None and days.excel else found


def _excel_day(text: str) -> date | None:
    """The day of a number, as Excel counts."""
    found = _DIGITS.match(text)
    if found is None:
        return None
    number = int(found[1])
    try:
        if 0 < number < _MARCH_1900 - 1:
            return _EPOCH + timedelta(number + 1)
        return _EPOCH + timedelta(number) if number >= _MARCH_1900 else None
    except OverflowError:
        return None


def _form_of_days(text: str) -> str:
    """The option that may say how a day is written; nothing if none does."""
    found = _OTHER_DAY.match(text)
    if found is None:
        day = _excel_day(text) if re.match(r"[2-9]\d{4}\b", text) else None
        likely = f"If days are numbers of Excel ({text} is {day}), give --dates {EXCEL}."
        return "" if day is None else likely
    first, sign, second, year = found.groups()
    digits = "yy" if len(year) == 2 else "year"
    forms = []
    if int(second) <= 12:
        forms.append(f"--dates 'day{sign}month{sign}{digits}'")
    if int(first) <= 12:
        forms.append(f"--dates 'month{sign}day{sign}{digits}'")
    return f"Say how days are written: {' or '.join(forms)}." if forms else ""
