"""The least that would have to be otherwise for another outcome: the smallest sets of changes that give it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from lawmodel.case.arguments import count_problems, outcome_problems, raise_problems
from lawmodel.case.case import Case
from lawmodel.inputs import LAW_DATE, READING_PREFIX, field_key
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.reasons.explained_case import ExplainedCase
from lawmodel.inquiry.reasons.instances_in_words import InstancesInWords
from lawmodel.inquiry.sensitivity import plain_name
from lawmodel.problems import Problem, no_such
from lawmodel.reasoning.reasons.correction_sets import CorrectionSets
from lawmodel.reasoning.reasons.minimal_sets import Subset, members
from lawmodel.results.changes import Changes, ChangeSet, Status
from lawmodel.rulebook.model import Rulebook

MOST: Final = 12
"""So many sets are shown unless more are asked for."""
UP_TO: Final = 3
"""Sets have no more changes than this unless larger ones are asked for."""
MOST_SEARCHED: Final = 300
"""So many sets are looked for at most; of more, those shown may not be the first in order."""
LARGEST_LEAST: Final = 8
"""Where none is small enough, the least size is looked for up to this one."""


def change(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    to: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
    free: Sequence[str] = (),
    keep: Sequence[str] = (),
    only: Literal["facts", "readings"] | None = None,
    up_to: int = UP_TO,
    most: int = MOST,
) -> Changes:
    """The smallest sets of what a case holds whose change would give an outcome, the smallest first.

    For the inputs of a set there are other values with which, everything else held as it is, some completion reaches
    the outcome; and for none of its parts there are. ``fixed`` facts are held, and so are records with known fields
    that are fixed; ``free`` lets go of some of them. ``keep`` holds inputs, and ``only`` all facts or all readings. Of
    the names that fit an input the longest decides.
    It raises what `decide` raises.
    """
    ask = Ask(rulebook, case, question, readings=readings, on=on, stage=stage)
    raise_problems(
        *outcome_problems(rulebook, question, to, "to"),
        *_name_problems(ask, free, keep, only),
        *count_problems(up_to, "up_to"),
        *count_problems(most, "most"),
    )
    held = ExplainedCase(ask, removable=True)
    kept = held.selectors.subset(key for key in held.selectors.held if _is_kept(held, key, free, keep, only))
    ways = held.ways_to(to, kept)
    search = _Search(held, to, kept, ways, up_to)
    search.run(most)
    return Changes(
        rulebook=rulebook,
        case=held.case.name,
        title=held.case.title,
        question=question,
        outcome=to,
        possible=held.possible,
        law_date=None if held.valued.law_date is None else held.valued.law_date.isoformat(),
        stage=held.made.stage,
        status=search.status,
        sets=tuple(search.sets),
        every=search.every,
        up_to=up_to,
        least=search.least,
        kept=held.inputs(kept),
        in_the_way=tuple(map(held.inputs, search.in_the_way)),
        interrupted=search.interrupted,
    )


def _name_problems(ask: Ask, free: Sequence[str], keep: Sequence[str], only: str | None) -> Iterator[Problem]:
    """Names of ``free``, ``keep`` and ``only`` that there are not, or that are in both."""
    for names, given_as in ((free, "free"), (keep, "keep")):
        if isinstance(names, str):
            yield Problem("a list of names is needed, and this is a text", f'Write ["{names}"].', given_as)
        elif names:
            known = list(dict.fromkeys(changeable_names(ask.rulebook, ask.case)))
            yield from (no_such(name, known, given_as) for name in names if name not in known)
    if not isinstance(free, str) and not isinstance(keep, str) and (both := set(free) & set(keep)):
        yield Problem(f"`{min(both)}` is also let go of with free", "Keep one of the two.", "keep")
    if only not in (None, "facts", "readings"):
        yield no_such(only, ("facts", "readings"), "only")


def changeable_names(rulebook: Rulebook, case: Case) -> Iterator[str]:
    """Everything that ``free`` and ``keep`` can name."""
    yield from rulebook.readings
    yield LAW_DATE
    for path, fact in rulebook.facts.items():
        yield path
        if "." in path:
            yield path.partition(".")[0]
        yield from (f"{path}.{field.id}" for field in fact.of)
        listed = case.facts.get(path)
        if fact.of:
            yield f"{path}[+]"
        for number in range(1, len(listed) + 1 if isinstance(listed, tuple) else 1):
            yield f"{path}[{number}]"
            yield from (field_key(path, number, field.id) for field in fact.of)


class _Search:
    """Looks for sets of changes, and where there are none for what stands in their way."""

    def __init__(self, held: ExplainedCase, to: str, kept: Subset, ways: CorrectionSets, up_to: int) -> None:
        self._held, self._to, self._kept, self._ways, self._up_to = held, to, kept, ways, up_to
        self._words = InstancesInWords(held, to)
        self.status: Status = "unknown"
        self.sets: list[ChangeSet] = []
        self.every = False
        self.least: int | None = None
        self.in_the_way: list[Subset] = []
        self.interrupted = False

    def run(self, most: int) -> None:
        """Look, until interrupted from the keyboard."""
        try:
            if self._held.possible == (self._to,):
                self.status, self.every = "answer", True
            elif self._to in self._held.possible:
                self.status, self.every = "possible", True
                self._find_without_changes(most)
            elif self._ways.exhausted():
                self._find_what_stands_in_the_way(most)
            else:
                self._find(most)
        except KeyboardInterrupt:
            self.interrupted = True

    def _find_without_changes(self, most: int) -> None:
        for one in self._words.without_changes():
            if len(self.sets) == most:
                self.every = False
                return
            self.sets.append(one)

    def _find(self, most: int) -> None:
        self.status, self.every = "found", True
        for of_size, every in self._ways.by_size(MOST_SEARCHED, self._up_to):
            self.every &= every
            for one in sorted(of_size, key=self._weight):
                if len(self.sets) == most:
                    self.every = False
                    return
                self.sets.append(self._words.change_set(one))
        if not self.sets:
            self.status = "larger"
            self.least = self._least()

    def _least(self) -> int | None:
        """The size of the smallest sets, where they are larger than what was asked for."""
        for of_size, _ in self._held.ways_to(self._to, self._kept).by_size(1, LARGEST_LEAST):
            if of_size:
                return of_size[0].bit_count()
        return None

    def _weight(self, subset: Subset) -> int:
        return sum(self._held.weights[number] for number in members(subset))

    def _find_what_stands_in_the_way(self, most: int) -> None:
        selectors = self._held.selectors
        ways = self._held.ways_to(self._to, free=selectors.all & ~self._kept)
        self.status = "never" if ways.exhausted() else "none"
        self.every = True
        for of_size, _ in ways.by_size(MOST_SEARCHED, self._up_to):
            self.in_the_way += sorted(of_size, key=self._weight)
            if len(self.in_the_way) >= most:
                break
        self.in_the_way = self.in_the_way[:most]


# --- what is held in any case ---------------------------------------------------------------------------


def _is_kept(held: ExplainedCase, key: str, free: Sequence[str], keep: Sequence[str], only: str | None) -> bool:
    """Whether an input is not to change: what its longest name says, then ``only``, then whether its fact is fixed."""
    names = names_of(held, key)
    named = {name: False for name in free if name in names} | {name: True for name in keep if name in names}
    if named:
        return named[max(named, key=len)]
    is_reading = key.startswith(READING_PREFIX)
    if only is not None and is_reading is (only == "facts"):
        return True
    if is_reading or key == LAW_DATE or key.endswith("[+]"):
        return False
    fact = held.declared(key)
    if not key.endswith("]"):
        return fact.fixed
    known = (f"{key}.{field.id}" for field in fact.of if field.fixed)
    return any(field in held.selectors.values for field in known)


def names_of(held: ExplainedCase, key: str) -> set[str]:
    """The names that fit a held input: its own, its record's, its list's, its group's; and those of what follows it."""
    found: set[str] = set()
    for one in (key, *(alias for alias, other in held.valuation.same_as.items() if other == key)):
        name = plain_name(one)
        found |= {name, re.sub(r"\[[^]]*\]", "", name), name.partition("]")[0] + "]" if "[" in name else name}
        found.add(name.partition("[")[0])
        if not one.startswith(READING_PREFIX):
            found |= {name[: place.start()] for place in re.finditer(r"[.\[]", name)}
    return found
