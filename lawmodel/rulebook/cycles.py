"""Whether definitions come to an end: no circles, no endless chains, nothing that grows beyond measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from lawmodel.problems import Collector, Place
from lawmodel.rulebook.condition import StatedPart, names_in, walk
from lawmodel.rulebook.model import DateRule, Rulebook, days_in

MOST_STEPS: Final = 40
"""How many definitions may rest on each other in a row."""
MOST_PARTS: Final = 20_000
"""How many parts a definition may have, with all it rests on written out."""


def check_cycles(rulebook: Rulebook, problems: Collector) -> bool:
    """Note definitions that do not come to an end; False where there are some."""
    checked: tuple[tuple[str, str, Mapping[str, Place]], ...] = (
        ("the concept", "concepts", {name: entry.place for name, entry in rulebook.concepts.items()}),
        ("the conclusion", "conclusions", {name: entry.place for name, entry in rulebook.conclusions.items()}),
        ("the date", "dates", {name: entry.place for name, entry in rulebook.dates.items()}),
        ("the provision", "provisions", {name: entry.place for name, entry in rulebook.provisions.items()}),
    )
    fine = True
    for what, section, places in checked:
        edges = {name: rests_on(rulebook, section, name) for name in places}
        circle = find_cycle(edges)
        if circle is not None:
            fine = False
            problems.at(
                places[circle[0]],
                f"{what} `{circle[0]}` runs in a circle: {' → '.join(circle)}",
                "Break the circle: one of them must stand without the other.",
            )
            continue
        steps, parts = _extents(edges)
        for name, place in places.items():
            if steps[name] > MOST_STEPS:
                fine = False
                message = f"{what} `{name}` rests on more than {MOST_STEPS} others in a row"
                problems.at(place, message, "Shorten the chain.")
                break
            if what != "the provision" and parts[name] > MOST_PARTS:
                fine = False
                message = f"{what} `{name}` has more than {MOST_PARTS:,} parts with all it rests on"
                problems.at(place, message, "Name what is repeated less often, or simplify it.")
                break
    return fine


def rests_on(rulebook: Rulebook, section: str, name: str) -> list[str]:
    """The definitions of the same section that one of them names, as often as it does; of other entries none."""
    match section:
        case "concepts":
            return _named(rulebook.concepts[name].when)
        case "conclusions":
            return _named(rulebook.conclusions[name].concludes)
        case "dates":
            return _days_of(rulebook.dates[name].value)
        case "provisions":
            return list(rulebook.provisions[name].disapplies)
        case _:
            return []


def find_cycle(edges: Mapping[str, Iterable[str]]) -> list[str] | None:
    """Some path that comes back to where it began; None if there is none."""
    done: set[str] = set()
    for start in edges:
        trail: dict[str, None] = {}
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                trail.popitem()
                done.add(name)
            elif name in trail:
                every = list(trail)
                return [*every[every.index(name) :], name]
            elif name not in done and name in edges:
                trail[name] = None
                stack.append((name, True))
                stack.extend((following, False) for following in sorted(set(edges[name])))
    return None


def _named(stated: StatedPart) -> list[str]:
    """The concepts, or the conclusions, that a definition names, as often as it names them."""
    named = map(names_in, walk(stated))
    return [name for one in named for name in (*one.concepts, *one.conclusions)]


def _days_of(value: DateRule) -> list[str]:
    """The days that a named date names."""
    return [one.name for one in days_in(value) if not one.became_law]


def _extents(edges: Mapping[str, list[str]]) -> tuple[dict[str, int], dict[str, int]]:
    """For each definition: the longest chain below it, and its parts written out. There is no circle."""
    steps: dict[str, int] = {}
    parts: dict[str, int] = {}
    stack = list(edges)
    while stack:
        name = stack[-1]
        waiting = [other for other in edges[name] if other in edges and other not in steps]
        if waiting:
            stack += waiting
            continue
        stack.pop()
        below = [other for other in edges[name] if other in edges]
        steps[name] = 1 + max((steps[other] for other in below), default=0)
        parts[name] = min(1 + sum(1 + parts[other] for other in below), 2 * MOST_PARTS)
    return steps, parts
