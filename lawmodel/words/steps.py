"""Reasons in words: of a trace the steps that carry its result, each said once.

A reading is said of the law and has no truth of its own; what it means for the person stands below it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import ClassVar, Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import Rulebook

FURTHER: Final = ("conclusion", "consequence")
"""Steps that say what an applying provision comes to, not whether it applies."""

Chosen: TypeAlias = Literal["default", "chosen", "told", "open"]


Holds: TypeAlias = Literal["yes", "no", "open"]


@dataclass(frozen=True, slots=True)
class ReadingStep:
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
    reading: ReadingStep | None = None
    """Where the line says how the law is read; its truth is then that of what is asked for under it."""
    citation: str = ""
    children: tuple[Line, ...] = ()
    asks_nothing: bool = False
    """Whether it is a reading under which nothing is asked of the facts."""
    inputs: tuple[str, ...] = field(default=(), compare=False)
    """The inputs that it is about."""
    as_a_whole: bool = False
    """Whether it is certain although it is not known which of its parts is."""
    step: str = field(default="", compare=False)
    """By what the step of the trace is cited of which the line is made."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "holds": "holds",
        "says": "says",
        "reading": "reading",
        "citation": "citation",
        "inputs": "inputs",
        "step": "step",
        "because": "children",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("reading", "citation", "inputs", "step", "because")

    @property
    def holds(self) -> Holds:
        """Whether it is so in this case."""
        return "open" if self.truth is None else "yes" if self.truth else "no"

    @property
    def _is_certain_as_a_whole(self) -> bool:
        """Whether it is certain although something below it is not known."""
        return self.truth is True and any(one.truth is None and one.reading is None for one in self.children)

    @property
    def _is_between(self) -> bool:
        """Whether what is below it says the same, in more words."""
        known = self.truth is not None and not self._is_certain_as_a_whole
        return bool(self.children) and not self.citation and known

    def carrying(self, matters: Collection[str], idle: Collection[str]) -> Iterator[Line]:
        """What of the case carries the line, and the readings that matter, without the steps between.

        ``idle`` are inputs that are not worth a line where all is as usual: left out or presumed, and without effect.
        """
        below = [one for child in self.children for one in child.carrying(matters, idle)]
        taken = self.reading
        if taken is not None and (taken.id not in matters or self.is_option):
            yield from below
        elif taken is not None and taken.chosen == "open":
            yield replace(self, children=() if self.truth is not None else self._options(matters, idle))
        elif taken is not None:
            yield from below
            yield replace(self, children=())
        elif self._is_between and (below or not self.inputs):
            yield from below
        elif not (self.truth and self.inputs and set(self.inputs) <= set(idle)):
            kept = [one for one in below if one.truth is None or not self.truth]
            whole = self._is_certain_as_a_whole
            yield replace(self, children=() if whole else tuple(kept), as_a_whole=whole)

    @property
    def is_option(self) -> bool:
        """Whether it is one of the options of an open reading, not the reading itself."""
        return self.reading is not None and self.reading.chosen == "open" and self.reading.option != ""

    def _options(self, matters: Collection[str], idle: Collection[str]) -> tuple[Line, ...]:
        """The options of an open reading, each with what then carries it."""
        return tuple(
            replace(option, children=tuple(one for child in option.children for one in child.carrying(matters, idle)))
            for option in self.children
        )

    def leaves(self) -> Iterator[Line]:
        """The lines that say of the case what carries the result, and the readings on the way."""
        if self.reading is not None or not self.children:
            yield replace(self, children=())
        for child in self.children:
            yield from child.leaves()


def certainly(rulebook: Rulebook, step: Trace, outcome: str | None = None) -> Trace:
    """The trace of what holds in every case, although not every step of it is known.

    Of what is joined by *and* each part holds in every case too; of what is joined by *or* nobody knows which. With an
    outcome, what leads a provision to it is certain as well.
    """
    if step.truth is not None or (step.kind == "reading" and step.notes.get("open")):
        return step
    if step.kind == "concept":
        concept = rulebook.concepts[str(step.id)]
        says = concept.no if step.notes.get("negated") else concept.yes
    elif step.kind in _JOINED:
        says = "no exception applies" if step.kind == "exception" else step.says
    else:
        return step
    children = tuple(
        child if child.kind in FURTHER and child.id != outcome else certainly(rulebook, child)
        for child in step.children
    )
    return replace(step, truth=True, says=says, children=children)


_JOINED: Final = ("provision", "in-force", "exception", "conclusion", "consequence", "all", "none", "record", "reading")
"""Steps whose children are joined by *and*."""


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
            case "count":
                return self._once(step, step.says, "", self._relevant(step))
            case "concept" | "exception":
                return self._once(step, step.says, str(step.notes.get("citation", "")), self._relevant(step))
            case _:
                return self._once(step, step.says)

    def _reading(self, step: Trace) -> Line:
        notes = step.notes
        if notes.get("open"):
            taken = ReadingStep(str(step.id), "", "open")
            options = tuple(
                Line(
                    option.truth,
                    option.says,
                    ReadingStep(str(step.id), str(option.id), "open"),
                    "",
                    self.lines(option.children),
                    step=option.step,
                )
                for option in (step.children if step.truth is None else ())
            )
            return Line(step.truth, step.says, taken, "", options, step=step.step)
        told = notes.get("told_by")
        chosen: Chosen = "default" if notes.get("default") else "told" if told else "chosen"
        taken = ReadingStep(str(step.id), str(notes.get("option")), chosen, str(told or ""))
        below = _saying_more(self.lines(self._relevant(step)), step.says)
        asks_nothing = bool(notes.get("asks_nothing"))
        return Line(step.truth, step.says, taken, "", below, asks_nothing, step=step.step)

    def _once(self, step: Trace, says: str, citation: str = "", below: Iterable[Trace] = ()) -> list[Line]:
        kind = {"fact": f"fact {step.id}", "none": "some"}.get(step.kind, step.kind)
        record = next((one.id for one in step.walk() if one.kind == "fact" and "[" in str(one.id)), None)
        key = (kind, f"{step.id}|{says}|{str(record).partition('.')[0]}")
        if key in self._said:
            return []
        self._said.add(key)
        inner = self.lines(below)
        inputs = (str(step.id),) if step.kind == "fact" else tuple(_repeating(inner, says))
        return [Line(step.truth, says, None, citation, _saying_more(inner, says), inputs=inputs, step=step.step)]

    @staticmethod
    def _relevant(step: Trace) -> tuple[Trace, ...]:
        """The children that carry the truth of a step: of alternatives, those that hold; else what fails or is open."""
        children = step.children
        if step.kind in ("any", "some", "count") or step.truth is not True:
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


def _repeating(lines: tuple[Line, ...], above: str) -> Iterator[str]:
    """The inputs of the lines that repeat what stands above them: it is about them."""
    for line in lines:
        if line.says == above and line.reading is None:
            yield from line.inputs
        yield from _repeating(line.children, above)


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
            return Line(False, f"{step.says}{_doubt(step.notes.get('date_certainty'))}", step=step.step)
        case "fact":
            return Line(False, step.says, inputs=(str(step.id),), step=step.step)
        case "concept":
            found = _sole_reading(step)
            return Line(False, step.says, None if found is None else _taken(found), step=step.step)
        case "exception" if failing:
            return replace(_failure(failing[0]), says=f"{step.says}: {_failure(failing[0]).says}")
        case "record" if failing:
            inner = _failure(failing[0])
            return replace(inner, says=f"{step.says}: {inner.says}")
        case "reading" if not failing:
            return Line(False, step.says, _taken(step) if "option" in step.notes else None, step=step.step)
        case "reading" if "option" in step.notes and not step.notes.get("default"):
            return replace(_failure(failing[0]), reading=_taken(step))
        case "count" if failing:
            lines = [_failure(child) for child in failing]
            inputs = tuple(dict.fromkeys(name for line in lines for name in line.inputs))
            return Line(False, f"{step.says}: {'; '.join(line.says for line in lines)}", inputs=inputs, step=step.step)
        case "some" | "any" if failing:
            lines = [_failure(child) for child in failing]
            inputs = tuple(dict.fromkeys(name for line in lines for name in line.inputs))
            says = "; ".join(dict.fromkeys(line.says for line in lines))
            return Line(False, says, inputs=inputs, step=step.step if len(lines) > 1 else lines[0].step)
        case _:
            return _failure(failing[0]) if failing else Line(False, step.says, step=step.step)


def _doubt(certainty: object) -> str:
    return {"derived": " (computed)", "open": " (not certain)", "report": " (as reported)"}.get(str(certainty), "")


def _sole_reading(step: Trace) -> Trace | None:
    """The reading that alone makes a step fail: there is nothing else in it that does."""
    failing = [child for child in step.children if child.truth is False]
    if not failing:
        return step if step.kind == "reading" and "option" in step.notes else None
    return _sole_reading(failing[0]) if len(failing) == 1 else None


def _taken(step: Trace) -> ReadingStep:
    told = step.notes.get("told_by")
    chosen: Chosen = "default" if step.notes.get("default") else "told" if told else "chosen"
    return ReadingStep(str(step.id), str(step.notes.get("option")), chosen, str(told or ""))


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
