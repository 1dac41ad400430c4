"""What of a trace is worth showing: the steps that carry a result, each said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lawmodel.reasoning.trace import Trace

FURTHER: Final = ("conclusion", "consequence")
"""Steps that say what an applying provision comes to, not whether it applies."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of an explanation and the lines below it."""

    truth: bool | None
    says: str
    remark: str = ""
    """A citation, or the reading that was taken."""
    children: tuple[Shown, ...] = ()


@dataclass(slots=True)
class Condenser:
    """Condenses the trace of one provision."""

    _said: set[tuple[str, str]] = field(default_factory=set)

    def reasons(self, steps: Iterable[Trace], *, idle_together: bool = True) -> tuple[Shown, ...]:
        """The lines for steps that all hold, or that are open.

        Readings under which nothing is asked of the facts stand in one line, if ``idle_together``.
        """
        lines: list[Shown] = []
        idle: list[str] = []
        for step in steps:
            if step.kind in ("in-force", *FURTHER):
                continue
            if idle_together and _asks_nothing(step):
                idle += [
                    f"{one.id}: {one.notes['option']}"
                    for one in step.walk()
                    if one.kind == "reading" and "option" in one.notes
                ]
            else:
                lines += self._lines(step)
        if idle:
            lines.append(Shown(True, "nothing more is asked", f"readings {', '.join(dict.fromkeys(idle))}"))
        return tuple(lines)

    def _lines(self, step: Trace) -> list[Shown]:
        match step.kind:
            case "all" | "any" | "some" | "none":
                if not step.children:
                    return self._once(step, step.says or ("always" if step.truth else "never"))
                return [line for child in self._relevant(step) for line in self._lines(child)]
            case "record":
                inside = self.reasons(self._relevant(step))
                if len(inside) == 1 and not inside[0].children:
                    return [Shown(step.truth, f"{step.says}: {inside[0].says}", inside[0].remark)]
                return [Shown(step.truth, step.says, "", inside)] if inside else []
            case "always":
                return []
            case "reading" if step.notes.get("open") and step.truth is not None:
                return [Shown(step.truth, f"{step.says} However it is read", f"reading {step.id}: open")]
            case "reading" if step.notes.get("open"):
                options = tuple(
                    Shown(option.truth, option.says, str(option.id), self.reasons(option.children))
                    for option in step.children
                )
                return [Shown(step.truth, step.says, f"reading {step.id}: open", options)]
            case "reading":
                children = self.reasons(self._relevant(step))
                return [Shown(step.truth, step.says, reading_remark(step), _saying_more(children, step.says))]
            case "concept" | "exception":
                return self._once(step, step.says, str(step.notes.get("citation", "")), self._relevant(step))
            case _:
                return self._once(step, step.says)

    def _once(self, step: Trace, says: str, remark: str = "", below: Iterable[Trace] = ()) -> list[Shown]:
        kind = {"fact": f"fact {step.id}", "none": "some"}.get(step.kind, step.kind)
        key = (kind, f"{step.id}|{says}")
        record = next((one.id for one in step.walk() if one.kind == "fact" and "[" in str(one.id)), None)
        key = (key[0], f"{key[1]}|{str(record).partition('.')[0]}")
        if key in self._said:
            return []
        self._said.add(key)
        return [Shown(step.truth, says, remark, _saying_more(self.reasons(below), says))]

    @staticmethod
    def _relevant(step: Trace) -> tuple[Trace, ...]:
        """The children that carry the truth of a step: of alternatives, those that hold; else what fails or is open."""
        children = step.children
        if step.kind in ("any", "some"):
            return tuple(child for child in children if child.truth is step.truth) or children
        if step.truth is not True:
            return tuple(child for child in children if child.truth is step.truth) or children
        return children


def _saying_more(lines: tuple[Shown, ...], above: str) -> tuple[Shown, ...]:
    """The lines without those that repeat, word for word, what stands above them."""
    kept: list[Shown] = []
    for line in lines:
        below = _saying_more(line.children, above)
        kept += below if line.says == above and not line.remark else [replace(line, children=below)]
    return tuple(kept)


def _asks_nothing(step: Trace) -> bool:
    """Whether a step holds without a fact being looked at: readings under which nothing is asked."""
    if step.truth is not True or step.kind in ("fact", "law", "some", "none"):
        return False
    leaves = [one for one in step.walk() if not one.children]
    return all(one.kind == "always" or one.notes.get("asks_nothing") for one in leaves) and any(
        one.kind == "reading" for one in leaves
    )


def reading_remark(step: Trace) -> str:
    """The reading and its option, and whether it is the default, told by a source, or chosen by the user."""
    by = "default" if step.notes.get("default") else step.notes.get("told_by", "chosen")
    return f"reading {step.id}: {step.notes.get('option')}, {by}"


def first_failure(step: Trace) -> str:
    """The first thing that keeps a provision from applying, in one line."""
    for child in step.children:
        if child.truth is False and child.kind not in FURTHER:
            return _failure(child)
    return ""


def _failure(step: Trace) -> str:
    failing = [child for child in step.children if child.truth is False]
    match step.kind:
        case "law":
            return f"{step.says} ({step.notes.get('date_certainty')})" if "date_certainty" in step.notes else step.says
        case "concept" if (reading := _failing_reading(step)) is not None:
            return f"{step.says} ({reading_remark(reading)})"
        case "concept" | "fact":
            return step.says
        case "exception" if failing:
            return f"{step.says}: {_failure(failing[0])}"
        case "record":
            return f"{step.says}: {_failure(failing[0])}" if failing else step.says
        case "reading" if not failing:
            return f"{step.says} ({reading_remark(step)})" if "option" in step.notes else step.says
        case "reading" if "option" in step.notes and not step.notes.get("default"):
            return f"{_failure(failing[0])} ({reading_remark(step)})"
        case "some" | "any" if failing:
            return "; ".join(dict.fromkeys(_failure(child) for child in failing))
        case _:
            return _failure(failing[0]) if failing else step.says


def _failing_reading(step: Trace) -> Trace | None:
    """The reading that alone makes a step fail: there is nothing else in it that does."""
    failing = [child for child in step.children if child.truth is False]
    if not failing:
        return step if step.kind == "reading" and "option" in step.notes else None
    return _failing_reading(failing[0]) if len(failing) == 1 else None


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
