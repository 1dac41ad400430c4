"""What the YAML of a random rulebook says of a case in which everything is known, read off it without the machine.

It follows docs/rulebook.md, and shares with the program only how values are held.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from lawmodel.inputs import LAW_DATE, NO_DAY, Record, Scalar, Value
from tests.random_rulebooks import OUTCOMES, STAGES, RandomLaw
from tests.reasoning.random_questions import listed_records


class PlainReading:
    """A random law, at a stage of its bills, on the values of a case."""

    def __init__(self, law: RandomLaw, values: Mapping[str, Value], stage: str = STAGES[-1]) -> None:
        self.values = values
        self.stage = stage
        self.law_day = self._as_day(values[LAW_DATE])
        sections = law.sections
        self.provisions: list[dict[str, Any]] = sections["provisions"]
        self.calendar: dict[str, str] = sections["rulebook"].get("calendar", {})
        self.numbers: dict[str, Any] = {entry["id"]: entry["value"] for entry in sections["numbers"]}
        self.named: dict[str, dict[str, dict[str, Any]]] = {
            section: {entry["id"]: entry for entry in sections[section]}
            for section in ("concepts", "conclusions", "instruments", "dates")
        }

    def outcome(self) -> str:
        """The strongest outcome for which an applying provision speaks; the last one if none does."""
        spoken = [
            self.concluded(one["concludes"], one) for one in self.provisions if "concludes" in one and self.applies(one)
        ]
        return min([*filter(None, spoken), OUTCOMES[-1]], key=OUTCOMES.index)

    def applies(self, provision: Mapping[str, Any]) -> bool:
        at = self.day(provision.get("at", LAW_DATE))
        return (
            self.in_force(provision)
            and self.holds(provision["when"], at)
            and not ("unless" in provision and self.holds(provision["unless"], at))
            and not any(provision["id"] in one.get("disapplies", ()) and self.applies(one) for one in self.provisions)
        )

    def in_force(self, provision: Mapping[str, Any]) -> bool:
        if "enacted_by" in provision and not self.is_law(provision["enacted_by"]):
            return False
        if "repealed_by" in provision and self.is_law(provision["repealed_by"]):
            return False
        return "in_force" not in provision or self.holds(provision["in_force"], NO_DAY)

    def concluded(self, conclusion: Any, provision: Mapping[str, Any]) -> str | None:
        if conclusion == "nothing":
            return None
        if isinstance(conclusion, list):
            at = self.day(provision.get("at", LAW_DATE))
            for one in conclusion:
                if "otherwise" in one or self.holds(one["when"], at):
                    return self.concluded(one.get("then", one.get("otherwise")), provision)
        if isinstance(conclusion, dict):
            return self.concluded(self.branch(conclusion), provision)
        if conclusion in self.named["conclusions"]:
            return self.concluded(self.named["conclusions"][conclusion]["concludes"], provision)
        return str(conclusion)

    def branch(self, switch: Mapping[str, Any]) -> Any:
        option = str(self.values[f"reading:{switch['reading']}"])
        return switch[option] if option in switch else switch["otherwise"]

    def holds(self, condition: Any, at: int, record: Record | None = None) -> bool:
        match condition:
            case "always" | "never":
                return bool(condition == "always")
            case str():
                return self.concept(condition, at, record)
            case {"concept": name, "at": day}:
                return self.concept(name, self.day(day, at, record), record)
            case {"all": parts}:
                return all(self.holds(part, at, record) for part in parts)
            case {"any": parts}:
                return any(self.holds(part, at, record) for part in parts)
            case {"not": part}:
                return not self.holds(part, at, record)
            case {"of": parts, **bound}:
                return self.is_so_many(sum(self.holds(part, at, record) for part in parts), bound)
            case {"some": records, "such_that": part, **bound}:
                found = sum(self.holds(part, at, one) for one in listed_records(self.values[records]))
                return self.is_so_many(found, bound or {"at_least": 1})
            case {"every": records, "such_that": part}:
                return all(self.holds(part, at, one) for one in listed_records(self.values[records]))
            case {"none": records, "such_that": part}:
                return not any(self.holds(part, at, one) for one in listed_records(self.values[records]))
            case {"reading": _}:
                return self.holds(self.branch(condition), at, record)
            case {"law": {"instrument": name, "version": version}}:
                steps = self.named["instruments"][name]["steps"]
                begun = [step for step in steps if self.day(step["date"]) <= self.law_day]
                return self.is_law(name) and bool(begun) and begun[-1]["version"] == version
            case {"law": name}:
                return self.is_law(name)
        ((path, wanted),) = condition.items()
        return self.is_so(self.value(path, record), wanted, at, record)

    def is_so(self, value: Value, wanted: Any, at: int, record: Record | None) -> bool:
        match wanted:
            case {"same_as": path}:
                return value == self.value(path, record)
            case {"at_least": number}:
                return self._as_day(value) >= self.number(number)
            case {"at_most": number}:
                return self._as_day(value) <= self.number(number)
            case {"more_than": number}:
                return self._as_day(value) > self.number(number)
            case {"less_than": number}:
                return self._as_day(value) < self.number(number)
            case {**comparison} if comparison:
                ((word, name),) = comparison.items()
                return in_order(self._as_day(value), str(word), self.day(name, at, record))
        texts = wanted if isinstance(wanted, list) else [wanted]
        return value in [
            {"yes": True, "no": False, "never": NO_DAY, "still": 10_000_000}.get(one, one) for one in texts
        ]

    def number(self, written: Any) -> int:
        """A number, in digits or by its name; of a span in months the number of them."""
        text = str(written).partition(" ")[0]
        return int(self.numbers.get(text, text))

    def is_so_many(self, number: int, bound: Mapping[Any, Any]) -> bool:
        """Whether a number is the one, or one of those, for which a condition asks."""
        ((word, wanted),) = bound.items()
        match word:
            case "at_least":
                return number >= self.number(wanted)
            case "at_most":
                return number <= self.number(wanted)
            case "exactly":
                return number == self.number(wanted)
        raise AssertionError(word)

    def concept(self, name: str, at: int, record: Record | None) -> bool:
        return self.holds(self.named["concepts"][name]["when"], at, record)

    def value(self, path: str, record: Record | None) -> Scalar | Value:
        return record[path] if record is not None and path in record else self.values[path]

    def day(self, name: Any, at: int = NO_DAY, record: Record | None = None) -> int:
        rule = dict(self.calendar)
        if isinstance(name, dict) and "day" in name:
            rule, name = {**rule, **name}, name["day"]
        if isinstance(name, str) and len(words := name.split()) == 4:
            count, unit, direction, counted_from = words
            unit, day = unit.rstrip("s"), self.day(counted_from, at, record)
            past_end = rule.get("leap_day" if unit == "year" else "end_of_month") in {"march_1", "next_day"}
            first = rule.get("first_day") == "counted"
            return so_long(day, self.number(count), unit, direction, past_end=past_end, counts_first=first)
        if isinstance(name, dict):
            return self.became_law(name["became_law"])
        if name in self.named["dates"]:
            named = self.named["dates"][name]
            return self.day(named["is"] if "is" in named else self.branch(named))
        if name == "at":
            return at
        if name[0].isdigit():
            return datetime.date.fromisoformat(name).toordinal()
        return self._as_day(self.value(name, record))

    def became_law(self, name: str) -> int:
        """The first day on which it had reached the stage, or one after it."""
        late = STAGES[STAGES.index(self.stage) :]
        days = [self.day(step["date"]) for step in self.named["instruments"][name]["steps"] if step["stage"] in late]
        return min(days, default=NO_DAY)

    def is_law(self, name: str) -> bool:
        ceases = self.named["instruments"][name].get("ceases")
        ceased = ceases is not None and self.day(ceases["date"]) <= self.law_day
        return NO_DAY != self.became_law(name) <= self.law_day and not ceased

    @staticmethod
    def _as_day(value: Any) -> int:
        assert isinstance(value, int)
        return value


def in_order(one: int, word: str, other: int) -> bool:
    """What never happened is neither before nor after a day, nor on it."""
    if NO_DAY in (one, other):
        return False
    match word:
        case "before":
            return one < other
        case "on_or_before":
            return one <= other
        case "on":
            return one == other
        case "on_or_after":
            return one >= other
        case "after":
            return one > other
    raise AssertionError(word)


def so_long(
    day: int, count: int, unit: str, direction: str, *, past_end: bool = False, counts_first: bool = False
) -> int:
    """The day so long after or before another, counted on the calendar month by month.

    ``past_end``: to the first of the next month where a month has no such day. ``counts_first``: the first day counts.
    What is beyond the calendar is before, or after, every day.
    """
    if not 1 <= day <= datetime.date.max.toordinal():  # it never was, or is before or after every day
        return day
    back = direction == "before"
    nearer = counts_first and (1 if back else -1)
    if unit in {"day", "week"}:
        days = count * (7 if unit == "week" else 1)
        found = (day - days if back else day + days) + nearer
    else:
        found = (
            _months_on(datetime.date.fromordinal(day), count * (12 if unit == "year" else 1), back, past_end) + nearer
        )
    return 0 if found < 1 else 10_000_000 if found > datetime.date.max.toordinal() else found


def _months_on(one: datetime.date, count: int, back: bool, past_end: bool) -> int:
    year, month = one.year, one.month
    for _ in range(count):
        month += -1 if back else 1
        if month in {0, 13}:
            year, month = (year - 1, 12) if back else (year + 1, 1)
    if (year, month, one.day) in {(10_000, 1, 1), (0, 12, 31)}:  # a day beyond the calendar, and perhaps back again
        return datetime.date.max.toordinal() + 1 if year else 0
    if not 1 <= year <= datetime.MAXYEAR:
        return -1 if back else datetime.date.max.toordinal() + 2
    for last in (31, 30, 29, 28):
        try:
            found = datetime.date(year, month, min(one.day, last))
        except ValueError:
            continue
        return found.toordinal() + (past_end and found.day < one.day)
    raise AssertionError((year, month))
