"""Reasons in words: of a trace the steps that carry its result, each said once.

A reading is said of the law and has no truth of its own; what it means for the person stands below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from lawmodel.reasoning.trace import Trace

FURTHER: Final = ("conclusion", "consequence")
"""Steps that say what an applying provision comes to, not whether it applies."""

Chosen: TypeAlias = Literal["default", "chosen", "told", "open"]


@dataclass(frozen=True, slots=True)
class ReadingTaken:
    """A reading on the way to a result."""

    id: str
    option: str
    """Empty where it is open."""
    chosen: Chosen
    by: str = ""
    """Who tells it so, where a source does."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a reason and the lines below it."""

    truth: bool | None
    says: str
    reading: ReadingTaken | None = None
    """Where the line says how the law is read."""
    citation: str = ""
    children: tuple[Line, ...] = ()
    asks_nothing: bool = False
    """Whether it is a reading under which nothing is asked of the facts."""
    inputs: tuple[str, ...] = field(default=(), compare=False)
    """The inputs that it is about."""

    def leaves(self) -> Iterator[Line]:
        """The lines that say of the case what carries the result, and the readings on the way."""
        if self.reading is not None or not self.children:
            yield replace(self, children=())
        for child in self.children:
            yield from child.leaves()


@dataclass(slots=True)
class Condenser:
    """Condenses the trace of one provision."""

    _said: set[tuple[str, str]] = field(default_factory=set)

    def lines(self, steps: Iterable[Trace]) -> tuple[Line, ...]:
        """The lines for steps that all hold, fail, or are open."""
        return tuple(line for step in steps if step.kind not in ("in-force", *FURTHER) for line in self._lines(step))

    def _lines(self, step: Trace) -> list[Line]:
        match step.kind:
            case "all" | "any" | "some" | "none":
                if not step.children:
                    return self._once(step, step.says or ("always" if step.truth else "never"))
                return [line for child in self._relevant(step) for line in self._lines(child)]
            case "record":
                inside = self.lines(self._relevant(step))
                return [_in_record(step.says, line) for line in inside]
            case "always":
                return []
            case "reading":
                return [self._reading(step)]
            case "concept" | "exception":
                return self._once(step, step.says, str(step.notes.get("citation", "")), self._relevant(step))
            case _:
                return self._once(step, step.says)

    def _reading(self, step: Trace) -> Line:
        notes = step.notes
        if notes.get("open"):
            taken = ReadingTaken(str(step.id), "", "open")
            options = tuple(
                Line(
                    option.truth,
                    option.says,
                    ReadingTaken(str(step.id), str(option.id), "open"),
                    "",
                    self.lines(option.children),
                )
                for option in (step.children if step.truth is None else ())
            )
            return Line(step.truth, step.says, taken, "", options)
        told = notes.get("told_by")
        chosen: Chosen = "default" if notes.get("default") else "told" if told else "chosen"
        taken = ReadingTaken(str(step.id), str(notes.get("option")), chosen, str(told or ""))
        below = _saying_more(self.lines(self._relevant(step)), step.says)
        return Line(step.truth, step.says, taken, "", below, bool(notes.get("asks_nothing")))

    def _once(self, step: Trace, says: str, citation: str = "", below: Iterable[Trace] = ()) -> list[Line]:
        kind = {"fact": f"fact {step.id}", "none": "some"}.get(step.kind, step.kind)
        record = next((one.id for one in step.walk() if one.kind == "fact" and "[" in str(one.id)), None)
        key = (kind, f"{step.id}|{says}|{str(record).partition('.')[0]}")
        if key in self._said:
            return []
        self._said.add(key)
        inputs = (str(step.id),) if step.kind == "fact" else ()
        return [Line(step.truth, says, None, citation, _saying_more(self.lines(below), says), inputs=inputs)]

    @staticmethod
    def _relevant(step: Trace) -> tuple[Trace, ...]:
        """The children that carry the truth of a step: of alternatives, those that hold; else what fails or is open."""
        children = step.children
        if step.kind in ("any", "some") or step.truth is not True:
            return tuple(child for child in children if child.truth is step.truth) or children
        return children


def _in_record(record: str, line: Line) -> Line:
    """A line about one record, with its name before what is said of it; readings are said of none."""
    if line.reading is not None:
        return replace(line, children=tuple(_in_record(record, child) for child in line.children))
    return replace(
        line, says=f"{record}: {line.says}", children=tuple(_in_record(record, child) for child in line.children)
    )


def _saying_more(lines: tuple[Line, ...], above: str) -> tuple[Line, ...]:
    """The lines without those that repeat, word for word, what stands above them."""
    kept: list[Line] = []
    for line in lines:
        below = _saying_more(line.children, above)
        kept += below if line.says == above and line.reading is None else [replace(line, children=below)]
    return tuple(kept)


def first_failure(step: Trace) -> Line | None:
    """The first thing that keeps a provision from applying; None where nothing does.

    Of alternatives that all fail each is said, in one line.
    """
    for child in step.children:
        if child.truth is False and child.kind not in FURTHER:
            return _failure(child)
    return None


def _failure(step: Trace) -> Line:
    failing = [child for child in step.children if child.truth is False]
    match step.kind:
        case "law":
            return Line(False, f"{step.says}{_doubt(step.notes.get('date_certainty'))}")
        case "fact":
            return Line(False, step.says, inputs=(str(step.id),))
        case "concept":
            found = _sole_reading(step)
            return Line(False, step.says, None if found is None else _taken(found))
        case "exception" if failing:
            return replace(_failure(failing[0]), says=f"{step.says}: {_failure(failing[0]).says}")
        case "record" if failing:
            inner = _failure(failing[0])
            return replace(inner, says=f"{step.says}: {inner.says}")
        case "reading" if not failing:
            return Line(False, step.says, _taken(step) if "option" in step.notes else None)
        case "reading" if "option" in step.notes and not step.notes.get("default"):
            return replace(_failure(failing[0]), reading=_taken(step))
        case "some" | "any" if failing:
            lines = [_failure(child) for child in failing]
            inputs = tuple(dict.fromkeys(name for line in lines for name in line.inputs))
            return Line(False, "; ".join(dict.fromkeys(line.says for line in lines)), inputs=inputs)
        case _:
            return _failure(failing[0]) if failing else Line(False, step.says)


def _doubt(certainty: object) -> str:
    return {"derived": " (computed)", "open": " (disputed)", "report": " (as reported)"}.get(str(certainty), "")


def _sole_reading(step: Trace) -> Trace | None:
    """The reading that alone makes a step fail: there is nothing else in it that does."""
    failing = [child for child in step.children if child.truth is False]
    if not failing:
        return step if step.kind == "reading" and "option" in step.notes else None
    return _sole_reading(failing[0]) if len(failing) == 1 else None


def _taken(step: Trace) -> ReadingTaken:
    told = step.notes.get("told_by")
    chosen: Chosen = "default" if step.notes.get("default") else "told" if told else "chosen"
    return ReadingTaken(str(step.id), str(step.notes.get("option")), chosen, str(told or ""))


def open_points(step: Trace) -> Iterator[Trace]:
    """The facts and readings, known to nobody, that leave a provision open."""
    if step.truth is not None:
        return
    if step.kind == "fact" or not step.children or (step.kind == "reading" and step.notes.get("open")):
        yield step
        return
    for child in step.children:
        if child.kind not in FURTHER or all(one.truth for one in step.children if one.kind not in FURTHER):
            yield from open_points(child)


def further(step: Trace, name: str | None) -> tuple[Trace, ...]:
    """The steps by which an applying provision comes to an outcome or consequence; none where it always does."""
    return tuple(child for one in step.children if one.kind in FURTHER and one.id == name for child in one.children)
