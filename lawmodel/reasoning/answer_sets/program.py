"""A question and a case as an answer-set program, for an engine that shares nothing with those here.

Each answer set is a consistent completion of the case: it gives every open input that the law of the question reads one
value of finitely many (`lawmodel.reasoning.answer_sets.sufficient_values` says why these are enough), and derives
``outcome``, ``ground`` (a provision that speaks for the outcome), ``brings`` (its consequence) and ``follows`` (one of
the outcome itself) by the law, which is written from the resolved formulas as they stand. So an outcome is possible if
and only if some answer set has it, and a provision is a ground in every case if and only if all answer sets have it.
"""

from __future__ import annotations

from typing import Final

from lawmodel.inputs import FIRST_DAY, LAST_DAY
from lawmodel.reasoning.answer_sets.law import LawWriter
from lawmodel.reasoning.answer_sets.remarks import Remarks
from lawmodel.reasoning.answer_sets.sufficient_values import InputPlace, SufficientValues
from lawmodel.reasoning.answer_sets.syntax import (
    CONSTANTS,
    RECORD,
    SPECIAL,
    Subject,
    ValueWriter,
    day,
    moved_day,
    quoted,
    remark,
    rule,
    with_remark,
)
from lawmodel.reasoning.formula import (
    AFTER_EVERY_DAY,
    BEFORE_EVERY_DAY,
    NO_DAY,
    Fixed,
    Ordered,
    ResolvedQuestion,
    Scalar,
    Spaced,
    Valuation,
    terms,
)
from lawmodel.reasoning.rewrite import formulas
from lawmodel.time_spans import moved_by

_DEFINED: Final = (
    ("fact/2", "field/4", "day/2", "day/4", "never/1", "never/3"),
    ("record/2", "reading/2", "applies/1", "speaks/2", "brings/2"),
    ("holds/2", "holds/3", "holds/4", "either/1", "either/2"),
    ("at_least/1", "at_least/2", "some_record/1", "some_record/2", "as_read/1", "as_read/2"),
    ("compared/1", "compared/2", "part/1", "part/2", "moved/3"),
)
"""Every predicate that a rule may read though nothing derives it."""


def answer_set_program(question: ResolvedQuestion, valuation: Valuation, remarks: Remarks | None = None) -> str:
    """The program, in the language of clingo; with remarks in words where they are given."""
    return _Program(question, valuation, remarks or Remarks()).text()


class _Program:
    def __init__(self, question: ResolvedQuestion, valuation: Valuation, remarks: Remarks) -> None:
        self.question = question
        self.valuation = valuation
        self.remarks = remarks
        self.values = SufficientValues(question, valuation)
        self.writer = ValueWriter.of(self._numbers())

    def _numbers(self) -> list[int]:
        found = [number for row in self.values.rows for number in row]
        found += [place.known for place in self.values.known() if place.domain.kind == "number"]  # type: ignore[misc]
        for formula in formulas(self.question):
            if isinstance(formula, Ordered):
                found += [term.value for term in terms(formula) if isinstance(term, Fixed)]
        return found

    def text(self) -> str:
        law = LawWriter(self.question, self.writer, self.remarks)
        provisions = law.provisions()
        sections = (
            ("What is known", self._known()),
            ("What is open: each answer set takes one value of each", self._open()),
            ("The days so long after, or before, others", self._moved()),
            ("The order in which days can have happened", self._orders()),
            ("The provisions", provisions),
            ("What they name", law.definitions()),
            ("The answer", self._answer()),
        )
        lines = [line for paragraph in self.remarks.heading() for line in (remark(paragraph) or [""])]
        lines += ["", *CONSTANTS, *(" ".join(f"#defined {one}." for one in some) for some in _DEFINED)]
        for title, content in sections:
            if content:
                lines += ["", f"% --- {title} ".ljust(100, "-"), *([""] if content[0] else []), *content]
        return "\n".join(lines) + "\n"

    # --- the case -----------------------------------------------------------------------------------

    def _known(self) -> list[str]:
        lines = []
        for place in self.values.known():
            assert place.known is not None
            atom = self.writer.has(place.subject, place.domain.kind, place.known)
            lines.append(with_remark(f"{atom}.", self._in_words(place, place.known)))
        for records, count in self.values.listed.items():
            there = f"record({quoted(records)}, 1..{count})." if count else f"% record({quoted(records)}, …): none."
            lines.append(with_remark(there, self.remarks.of_input(records, "", None)))
        for key in self.values.read:
            other = self.values.key(key)
            if other != key:
                lines += self._same(key, other)
        return lines

    def _same(self, key: str, other: str) -> list[str]:
        """An input has the value of another, whatever it is."""
        place = self.values.places[other]
        kind, one = place.domain.kind, Subject(key)
        lines = [rule(one.holding(kind, "V"), [place.subject.holding(kind, "V")])]
        if NO_DAY in {place.known, *place.domain.special}:
            lines.append(rule(one.never(), [place.subject.never()]))
        return lines

    def _open(self) -> list[str]:
        lines: list[str] = []
        for number, row in enumerate(self.values.rows, start=1):
            kind = next(self.values.places[key].domain.kind for key, one in self.values.row_of.items() if one == number)
            lines.append(f"candidate({number}, {self.writer.one_of(kind, row)}).")
        for records, slots in self.values.slots.items():
            there = f"record({quoted(records)}, {RECORD})"
            lines.append(
                with_remark(f"{{ record({quoted(records)}, 1..{slots}) }}.", self.remarks.of_input(records, "", None))
            )
            if slots > 1:
                lines.append(rule("", [there, f"{RECORD} > 1", f"not record({quoted(records)}, {RECORD}-1)"]))
        for place in self.values.open():
            within = [f"record({quoted(place.subject.key)}, {RECORD})"] if place.subject.record == RECORD else []
            chosen = rule(f"{{ {self._candidates(place)} }} = 1", within)
            lines.append(with_remark(chosen, self._in_words(place, None)))
        return lines

    def _candidates(self, place: InputPlace) -> str:
        kind = place.domain.kind
        if place.key not in self.values.row_of:
            return place.subject.holding(kind, self.writer.one_of(kind, self.values.choices(place)))
        row = f"{place.subject.holding(kind, 'V')} : candidate({self.values.row_of[place.key]}, V)"
        special = (self.writer.has(place.subject, kind, day) for day in sorted(place.domain.special))
        return "; ".join([row, *special])

    def _in_words(self, place: InputPlace, value: Scalar | None) -> str:
        return self.remarks.of_input(place.subject.key, place.subject.field, value)

    def _moved(self) -> list[str]:
        """To which day each span that the law counts leads from each day of the case."""
        spans = dict.fromkeys(one.spans for one in formulas(self.question) if isinstance(one, Spaced))
        days = {day for day in self.values.days() if day != NO_DAY}
        return [f"{moved_day(one, day(start), day(moved_by(start, one)))}." for one in spans for start in sorted(days)]

    def _orders(self) -> list[str]:
        lines = []
        for one, other in self.values.orders:
            body = [one.subject.holding("date", "D1"), other.subject.holding("date", "D2"), "D1 > D2"]
            if AFTER_EVERY_DAY in one.domain.special:
                body.append(f"D1 < {SPECIAL[AFTER_EVERY_DAY]}")
            if BEFORE_EVERY_DAY in other.domain.special:
                body.append(f"D2 > {SPECIAL[BEFORE_EVERY_DAY]}")
            lines.append(rule("", body))
        for place in self.values.open():
            if (bounds := self.values.bounds.get(place.key)) is not None:
                before = [f"D < {day(bounds.first)}"] if bounds.first > FIRST_DAY else []
                after = [f"D > {day(bounds.last)}"] if bounds.last < LAST_DAY else []
                lines += [rule("", [place.subject.holding("date", "D"), one]) for one in (*before, *after)]
        return lines

    # --- the answer ---------------------------------------------------------------------------------

    def _answer(self) -> list[str]:
        lines: list[str] = []
        stronger: list[str] = []
        for outcome in self.question.outcomes:
            atom = f"outcome({quoted(outcome)})"
            last = outcome == self.question.outcomes[-1]
            speaks = [] if last else [f"speaks(P, {quoted(outcome)})"]
            lines += remark(self.remarks.of_law("outcome", outcome))
            lines.append(rule(atom, [*speaks, *(f"not {one}" for one in stronger)]))
            stronger.append(atom)
        follows = [
            rule(f"follows({quoted(consequence)})", [f"outcome({quoted(outcome)})"])
            for consequence, outcomes in self.question.follows
            for outcome in outcomes
        ]
        atoms = ("outcome/1", "ground/1", "brings/2", *(["follows/1"] if follows else []))
        shown = [f"#show {one}." for one in atoms]
        return [*lines, "ground(P) :- outcome(O), speaks(P, O).", *follows, "", *shown]
