"""Building witnesses: a completion that reaches an outcome, what of it is needed, and better values for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.inputs import DayBounds
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import Record, ResolvedQuestion, Scalar, Valuation, Value, field_key
from lawmodel.reasoning.open_cases.residual import further_key, record_key
from lawmodel.reasoning.reasons.correction_sets import CorrectionSets
from lawmodel.reasoning.reasons.reasons import Reasons, find_reasons
from lawmodel.reasoning.reasons.selectors import SelectorEncoding, negated
from lawmodel.reasoning.reasons.value_sets import ValueSet
from lawmodel.reasoning.reasons.what_if_check import WhatIfCheck
from lawmodel.reasoning.relevant_values import places

Preference: TypeAlias = Callable[[str, Scalar], tuple[int, int]]
"""For the key of an input and one of its values: the lesser, the more realistic."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Values with which an outcome is reached. Records that were added, or found, have the next numbers."""

    changed: Mapping[str, Scalar]
    """Of the single inputs that were let go; `record_key` of a record taken out, with False."""
    added: Mapping[str, Mapping[str, Scalar]]
    """The records added to known lists by their keys, each with the fields that matter."""
    found: Mapping[str, Scalar]
    """What has to be found of open inputs; `record_key` of a record that has to be in an unknown list, with True."""
    complete: tuple[str, ...]
    """The unknown lists of which has to be found that they have no further records."""
    working: ValueSet
    """Where one single input was let go: all values with which, that being found, the outcome is certain."""

    @property
    def findings(self) -> int:
        """How much has to be found."""
        return len(self.found) + len(self.complete)


@dataclass(frozen=True, slots=True)
class WitnessTask:
    """What witnesses are made of: a case, the outcome that it is to have, and what makes values realistic."""

    question: ResolvedQuestion
    valuation: Valuation
    outcome: str
    preference: Preference
    left_out: Mapping[str, Scalar]
    """What fields (as ``list.field``) are where a record leaves them out."""


class WitnessBuilder:
    """A completion that reaches the outcome, as a case of its own."""

    def __init__(self, wanted: WitnessTask, let_go: Sequence[str], values: Values) -> None:
        """Take the inputs that were let go, and the values of the completion."""
        self.wanted = wanted
        self.let_go = let_go
        self.before = wanted.valuation
        self._names: dict[str, str] = {}
        """Of the records of this case: the names that they have, or would have, in the case before."""
        self._doubtful: list[str] = []
        """What may have to be found, or matter of added records."""
        self._new: list[str] = []
        """The records that were added to known lists, or that unknown ones have."""
        self._values = values
        complete = dict(self._completed())
        self.valuation = Valuation(complete, self.before.same_as, self._bounds())
        self._leave_out()
        now = {before: name for name, before in self._names.items()}
        single = [key for key in let_go if not key.endswith("]")]
        self._changed = [_under(key, now) for key in single]

    def instance(self) -> Witness:
        """What of the completion is needed, with better values where there are some."""
        needed = self._needed()
        if spared := self._spared_records(needed):
            return WitnessBuilder(self.wanted, self.let_go, {**self._values, **spared}).instance()
        current = self._better(needed)
        if needed:
            needed = self._still_needed(needed, current)
        unknown = [key for key, value in self.before.values.items() if value is None]
        records = {key: key.partition("[")[0] for key in needed}
        added: dict[str, dict[str, Scalar]] = {self._names[key]: {} for key in self._new if key not in self._doubtful}
        found: dict[str, Scalar] = {}
        for key in needed:
            name = _under(key, self._names)
            record = name[: name.find("]") + 1]
            if key == further_key(records[key]):
                continue
            if record in added:
                added[record][name] = current[key]
            else:
                found[name] = current.get(key, True)
        gone = {key: False for key in self.let_go if key.endswith("]") and not key.endswith("[+]")}
        changed = {_under(key, self._names): current[key] for key in self._changed}
        complete = tuple(key for key in unknown if further_key(key) in needed)
        return Witness({**changed, **gone}, added, found, complete, self._working(needed, current))

    def _working(self, needed: Sequence[str], current: Mapping[str, Scalar]) -> ValueSet:
        if len(self.let_go) != 1 or len(self._changed) != 1:
            return ValueSet()
        self.valuation = self._with(current)
        return self._trial(self._changed, needed).working(self._changed[0])

    def _leave_out(self) -> None:
        """Give new records, where that is enough, what a record has that leaves a field out.

        Of one added to a known list that is not said: it is so in a case that adds what is said.
        """
        usual = {
            key: self.wanted.left_out[name]
            for key in self._doubtful
            if key[: key.find("]") + 1] in self._new
            and (name := f"{key.partition('[')[0]}.{key.rpartition('.')[2]}") in self.wanted.left_out
        }
        if not usual:
            return
        trial = WhatIfCheck(self.wanted.question, self.valuation, list(usual), self.wanted.outcome)
        current = {key: self._scalar(key) for key in usual}
        for key, value in usual.items():
            if trial.certain({**current, key: value}):
                current[key] = value
        self.valuation = self._with(current)
        added = {key for key in self._new if key not in self._doubtful}
        implied = {key for key, value in usual.items() if key[: key.find("]") + 1] in added and current[key] == value}
        self._doubtful = [key for key in self._doubtful if key not in implied]

    def _needed(self) -> list[str]:
        """What of the doubtful is enough: the fewest with these values."""
        if not self._doubtful:
            return []
        selectors, ways_out = self._pinned(self.valuation)
        weights = [(1 << len(selectors.held)) + (1 << number) for number in range(len(selectors.held))]
        found = Reasons()
        find_reasons(found, ways_out, weights, 1)
        return list(selectors.keys(found.smallest[0]))

    def _spared_records(self, needed: Sequence[str]) -> dict[str, Value]:
        """The unknown lists with records that need not be there, without them: then nothing is asked of these."""
        spared: dict[str, Value] = {}
        for key, held in self.before.values.items():
            records = self.valuation.values[key]
            if held is None and isinstance(records, tuple):
                found = [record_key(key, number) for number in range(1, len(records) + 1)]
                asked = [any(one.startswith(f"{name}.") for one in needed) for name in found]
                if any(name not in needed for name, one in zip(found, asked, strict=True) if one):
                    spared[key] = tuple(one for one, name in zip(records, found, strict=True) if name in needed)
        return spared

    def _still_needed(self, needed: Sequence[str], current: Mapping[str, Scalar]) -> list[str]:
        """What of it is still needed with better values."""
        selectors, ways_out = self._pinned(self._with(current))
        enough = ways_out.enough_to_hold(selectors.all & ~selectors.subset(needed))
        assert enough is not None, "better values are enough too"
        return list(selectors.keys(enough))

    def _pinned(self, valuation: Valuation) -> tuple[SelectorEncoding, CorrectionSets]:
        selectors = SelectorEncoding(self.wanted.question, valuation, removable=True, among=self._doubtful)
        return selectors, CorrectionSets(selectors, [negated(selectors.reached(self.wanted.outcome))])

    # --- better values -----------------------------------------------------------------------------

    def _better(self, needed: Sequence[str]) -> dict[str, Scalar]:
        """For all that was changed, or has to be found, the most realistic values, one after the other."""
        chosen = [*self._changed, *(key for key in needed if not key.endswith("]"))]
        current = {key: self._scalar(key) for key in chosen}
        trial = self._trial(chosen, needed)
        assert trial.certain(current), "what is needed is enough"
        before = {_under(key, self._names): key for key in self._changed}
        for key in chosen:
            name = _under(key, self._names)
            old = _value_of(self.before, name) if name in before else None
            for value in sorted(self._candidates(trial, key), key=lambda one: self.wanted.preference(name, one)):
                if value == current[key]:
                    break
                if value != old and trial.certain({**current, key: value}):
                    current[key] = value
                    break
        return current

    def _trial(self, chosen: Sequence[str], needed: Sequence[str]) -> WhatIfCheck:
        """What is needed known, and everything else that may be otherwise open."""
        spared = [key for key in self._doubtful if key not in needed]
        opened = {key for key in spared if not key.endswith("]")}
        maybe = [key for key in spared if key.endswith("]") and not key.endswith("[+]")]
        more = [key for key in self.before.values if further_key(key) in spared]
        values: dict[str, Value] = {}
        for key, value in self.valuation.values.items():
            if isinstance(value, tuple):
                values[key] = tuple(
                    {name: None if field_key(key, number, name) in opened else own for name, own in record.items()}
                    for number, record in enumerate(value, start=1)
                )
            else:
                values[key] = None if self.before.same_as.get(key, key) in opened else value
        valuation = self.valuation.with_values(values)
        return WhatIfCheck(self.wanted.question, valuation, [*chosen, *maybe], self.wanted.outcome, more)

    def _candidates(self, trial: WhatIfCheck, key: str) -> list[Scalar]:
        domain = trial.completions.residual.domains[key]
        if key not in trial.completions.encoding.variables:
            return [self._scalar(key)]
        if domain.kind in {"yes/no", "choice"}:
            return list(trial.completions.representatives(key))
        return [*places(domain, trial.constants(key)), self._scalar(key)]

    def _with(self, current: Mapping[str, Scalar]) -> Valuation:
        """The case with better values."""
        values: dict[str, Value] = {}
        for key, value in self.valuation.values.items():
            if isinstance(value, tuple):
                values[key] = tuple(
                    {name: current.get(field_key(key, number, name), own) for name, own in record.items()}
                    for number, record in enumerate(value, start=1)
                )
            else:
                values[key] = current.get(self.before.same_as.get(key, key), value)
        return self.valuation.with_values(values)

    def _bounds(self) -> Mapping[str, DayBounds]:
        """What is known of days that are not, under the numbers that records have in this case."""
        now = {before: name for name, before in self._names.items()}
        there = {"", *now}  # not those of records that were taken out
        known = {key: bounds for key, bounds in self.before.bounds.items() if key not in self.let_go}
        return {_under(key, now): bounds for key, bounds in known.items() if key[: key.find("]") + 1] in there}

    def _scalar(self, key: str) -> Scalar:
        value = _value_of(self.valuation, key)
        assert value is not None
        return value

    # --- the case ----------------------------------------------------------------------------------

    def _completed(self) -> Iterator[tuple[str, Value]]:
        values = self._values
        for key, held in self.before.values.items():
            if self.wanted.question.domains[key].kind == "records":
                yield key, tuple(self._records(key, held))
                continue
            own = self.before.same_as.get(key, key)
            if held is None and key == own and key in values and key not in self.let_go:
                self._doubtful.append(key)
            yield key, values.get(own, held)

    def _records(self, key: str, held: Value) -> Iterator[Record]:
        """The records of a list: those listed but for those taken out, and those added or found."""
        values = self._values
        number = 0
        listed = held if isinstance(held, tuple) else ()
        for place, record in enumerate(listed, start=1):
            if values.get(record_key(key, place)) is False:
                continue
            number += 1
            self._names[record_key(key, number)] = record_key(key, place)
            complete: dict[str, Scalar | None] = {}
            for name, own in record.items():
                found = values.get(field_key(key, place, name), own)
                assert not isinstance(found, tuple)
                complete[name] = found
                if own is None and found is not None and field_key(key, place, name) not in self.let_go:
                    self._doubtful.append(field_key(key, number, name))
            yield complete
        more = values.get(key if held is None else further_key(key)) or ()
        assert isinstance(more, tuple)
        for place, record in enumerate(more, start=len(listed) + 1):
            number += 1
            self._names[record_key(key, number)] = record_key(key, place)
            self._new.append(record_key(key, number))
            self._doubtful += [field_key(key, number, name) for name, own in record.items() if own is not None]
            if held is None:
                self._doubtful.append(record_key(key, number))
            yield record
        if held is None:
            self._doubtful.append(further_key(key))


def _under(key: str, names: Mapping[str, str]) -> str:
    """The key under other numbers of records."""
    bracket = key.find("]") + 1
    if not bracket:
        return key
    return names.get(key[:bracket], key[:bracket]) + key[bracket:]


def _value_of(valuation: Valuation, key: str) -> Scalar | None:
    """The value of a single input, or of a field of a record."""
    if "[" not in key:
        value = valuation.values[key]
    else:
        records, _, rest = key.partition("[")
        number, _, field = rest.partition("].")
        listed = valuation.values[records]
        assert isinstance(listed, tuple)
        value = listed[int(number) - 1][field]
    assert not isinstance(value, tuple)
    return value
