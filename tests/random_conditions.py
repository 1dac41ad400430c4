"""Random conditions and conclusions on the facts of `tests.random_rulebooks`, as plain data to be written as YAML."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Condition = Any

COLOURS = ("red", "green", "blue")
NUMBERS = {f"number-{number}": number for number in range(4)}
"""The numbers of the rulebook, by their names."""
SPANS = ("1 day after notice", "1 week before 0001-04-18", "number-1 month after 0001-03-12", "2 years before term-end")
"""Days near those of `LAW_DAYS`, which are 10 to 12 April of the year 1."""
LAW_DAYS = tuple(datetime.date.fromordinal(number).isoformat() for number in (100, 101, 102))
SPANS_OF_THE_CASE = ("1 day after order.placed", "1 day before law-date", "number-2 days after test-day")
BY_A_RULE = (
    {"day": "2 days after order.placed", "first_day": "counted"},
    {"day": "2 days after law-date", "first_day": "not_counted"},
    {"day": "1 month after 0001-03-11", "end_of_month": "next_day", "first_day": "counted"},
)
"""Spans that say by which calendar rule they are counted."""
NUMBERS_COMPARED = ("at_least", "at_most", "more_than", "less_than")
COMPARED = ("before", "on_or_before", "on", "on_or_after", "after")
SPOKEN = ("refuse", "ask", "warn")
"""The outcomes for which a provision can speak; `sell` holds when none does."""


@dataclass(frozen=True)
class Conditions:
    """What conditions may read; ``decided``: also the day of the decision, and what is the same as it.

    ``moment``: they may name the moment at which a provision tests them, which a property of the law has not.
    """

    decided: bool
    about_records: bool = False
    concepts_known: tuple[str, ...] = ("welcome", "tidy")
    moment: bool = True

    def any(self, draw: st.DrawFn, depth: int = 2) -> Condition:
        """A condition of a given depth at most."""
        kinds = ["atom", "atom", "all", "any", "count", "not", "some", "some", "reading", "concept", "concept"]
        match draw(st.sampled_from(kinds if depth else ["atom"])):
            case "all":
                return {"all": [self.any(draw, depth - 1) for _ in range(draw(st.integers(1, 3)))]}
            case "any":
                return {"any": [self.any(draw, depth - 1) for _ in range(draw(st.integers(1, 3)))]}
            case "count":
                parts = [self.any(draw, depth - 1) for _ in range(draw(st.integers(2, 3)))]
                return {**self._bound(draw, len(parts)), "of": parts}
            case "not":
                return {"not": self.any(draw, depth - 1)}
            case "some" if not self.about_records:
                return self._records(draw, self.inside().any(draw, depth - 1))
            case "reading":
                return {"reading": "strictness", "strict": self.any(draw, depth - 1)} | {
                    draw(st.sampled_from(["lax", "otherwise"])): self.any(draw, depth - 1)
                }
            case "concept" if self.concepts_known:
                return self._concept(draw)
            case _:
                return self.atom(draw)

    @staticmethod
    def _bound(draw: st.DrawFn, most: int) -> dict[str, int | str]:
        word = draw(st.sampled_from(["at_least", "at_most", "exactly"]))
        number = draw(st.integers(word == "at_least", most - (word == "at_most")))
        written: list[int | str] = [number, number, f"number-{number}"]
        return {word: draw(st.sampled_from(written))}

    def _records(self, draw: st.DrawFn, such_that: Condition) -> Condition:
        """Some record, or every one, or none, or so many."""
        match draw(st.sampled_from(["some", "some", "every", "none", "count"])):
            case "count":
                return {"some": "visits", "such_that": such_that, **self._bound(draw, 3)}
            case word:
                return {word: "visits", "such_that": such_that}

    def inside(self) -> Conditions:
        """Conditions on one record of the list."""
        return Conditions(
            self.decided, about_records=True, concepts_known=(*self.concepts_known, "present"), moment=self.moment
        )

    def _concept(self, draw: st.DrawFn) -> Condition:
        name = draw(st.sampled_from(self.concepts_known))
        if not draw(st.integers(0, 3)):
            return name
        return {
            "concept": name,
            "at": draw(st.sampled_from(["test-day", "law-date", *LAW_DAYS, SPANS[0], SPANS_OF_THE_CASE[0]])),
        }

    def atom(self, draw: st.DrawFn) -> Condition:
        """A condition on one fact, or on the law."""
        kinds = ["yes/no", "choice", "same", "number", "span", "date", "date", "word", "law", "law-date", "constant"]
        match draw(st.sampled_from([*kinds, *(["field"] * 8 if self.about_records else [])])):
            case "yes/no":
                return {draw(st.sampled_from(["shop.open", "shop.staffed"])): draw(st.sampled_from(["yes", "no"]))}
            case "choice":
                return {"goods.colour": draw(st.lists(st.sampled_from(COLOURS), min_size=1, max_size=2, unique=True))}
            case "same":
                return {"goods.ribbon": {"same_as": "goods.colour"}}
            case "number":
                bounds = ["2", "3", "number-2"]
                return {"goods.weight": {draw(st.sampled_from(NUMBERS_COMPARED)): draw(st.sampled_from(bounds))}}
            case "span":
                bounds = ["2 months", "3 months", "number-2 months"]
                return {"goods.warranty": {draw(st.sampled_from(NUMBERS_COMPARED)): draw(st.sampled_from(bounds))}}
            case "date":
                paths = ["order.placed", "order.paid", *(["order.decided", "order.handed"] if self.decided else [])]
                return self._dated(draw, draw(st.sampled_from(paths)))
            case "word":
                return {"order.paid": "never"}
            case "law":
                return self.law(draw)
            case "law-date":
                return self._dated(draw, "law-date")
            case "field":
                return self._field(draw)
            case _:
                return draw(st.sampled_from(["always", "never"]))

    def _dated(self, draw: st.DrawFn, path: str) -> Condition:
        days: list[Any] = [
            *LAW_DAYS,
            "law-date",
            "test-day",
            "at",
            "order.placed",
            {"became_law": "bill"},
            *SPANS,
            *SPANS_OF_THE_CASE,
            *BY_A_RULE,
            "1 day after at",
        ]
        if self.about_records:
            days += ["made", "at", "at", "1 day after made"]
        days = [day for day in days if self.moment or day not in ("at", "1 day after at")]
        return {path: {draw(st.sampled_from(COMPARED)): draw(st.sampled_from(days))}}

    def at_the_moment(self, draw: st.DrawFn) -> Condition:
        """A comparison with the moment at which the provision tests its conditions."""
        return {
            draw(st.sampled_from(["order.placed", "order.paid", "law-date"])): {draw(st.sampled_from(COMPARED)): "at"}
        }

    def _field(self, draw: st.DrawFn) -> Condition:
        match draw(st.sampled_from(["greeted", "colour", "same", "day", "still"])):
            case "greeted":
                return {"greeted": draw(st.sampled_from(["yes", "no"]))}
            case "colour":
                return {"colour": draw(st.sampled_from(COLOURS))}
            case "same":
                return {"colour": {"same_as": "goods.colour"}}
            case "day":
                return self._dated(draw, draw(st.sampled_from(["made", "left"])))
            case _:
                return {"left": "still"}

    def law(self, draw: st.DrawFn) -> Condition:
        """Whether an instrument counts as law, perhaps in one wording."""
        name = draw(st.sampled_from(["bill", "act"]))
        if draw(st.booleans()):
            return {"law": name}
        return {"law": {"instrument": name, "version": draw(st.sampled_from(["early", "late"]))}}

    def in_force(self, draw: st.DrawFn) -> dict[str, Any]:
        """Since when, and until when, a provision is law."""
        found: dict[str, Any] = {}
        match draw(st.sampled_from(["always", "always", "enacted", "condition", "reading"])):
            case "enacted":
                found["enacted_by"] = draw(st.sampled_from(["bill", "act"]))
            case "condition":
                found["in_force"] = {"any": [self.law(draw), {"not": {"law": "act"}}]}
            case "reading":
                found["in_force"] = {"reading": "strictness", "strict": self.law(draw), "lax": "always"}
        if not draw(st.integers(0, 3)):
            found["repealed_by"] = draw(st.sampled_from(["bill", "act"]))
        return found

    def concepts(self, draw: st.DrawFn) -> list[dict[str, Any]]:
        """Three concepts, each with a moment; the second uses the first, the third is about one record."""
        said = {"title": "a concept", "yes": "it is so", "no": "it is not so"}
        first = Conditions(self.decided, concepts_known=())
        second = Conditions(self.decided, concepts_known=("welcome",))
        inside = Conditions(self.decided, about_records=True, concepts_known=("welcome",))
        return [
            {"id": "welcome", **said}
            | {"when": {draw(st.sampled_from(["any", "all"])): [first.at_the_moment(draw), first.any(draw, 1)]}},
            {"id": "tidy", **said, "citation": "Rules s. 9", "text": "It is tidy."}
            | {"when": {draw(st.sampled_from(["any", "all"])): [second.at_the_moment(draw), second.any(draw, 1)]}},
            {"id": "present", **said, "about": "visits"}
            | {"when": {"any": [{"left": {draw(st.sampled_from(COMPARED)): "at"}}, inside.any(draw, 1)]}},
        ]

    def conclusion(self, draw: st.DrawFn, shared: bool = True) -> Any:
        """An outcome, a shared conclusion, cases, or a reading's switch."""
        outcome = st.sampled_from(SPOKEN)
        match draw(st.sampled_from(["outcome", "outcome", "cases", "switch", "shared" if shared else "outcome"])):
            case "cases":
                last = draw(st.sampled_from(["nothing", *SPOKEN]))
                return [{"when": self.any(draw, 1), "then": draw(outcome)}, {"otherwise": last}]
            case "switch":
                return {"reading": "strictness", "strict": draw(outcome), "lax": draw(outcome)}
            case "shared":
                return "shared"
            case _:
                return draw(outcome)
