"""The facts of a case in the one form in which a case and what is read back from its story are compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from lawmodel.case.case import Case
from lawmodel.case.values import UNKNOWN, decode_text
from lawmodel.inputs import DayBounds, GivenScalar, field_key
from lawmodel.reasoning.formula import Field, Input, ResolvedQuestion, atoms_of, path_of, terms
from lawmodel.reasoning.rewrite import formulas
from lawmodel.rulebook.model import Fact, Rulebook, SameAs

Told: TypeAlias = Mapping[str, GivenScalar | int | None]
"""By key: what is given of single facts and of fields; of a list (by its path) how many records it has."""


def paths_read(rulebook: Rulebook, question: ResolvedQuestion, told: Collection[str]) -> frozenset[str]:
    """The single facts, lists, and fields as ``list.field``, that a question reads at all.

    With a fact that is not told it reads the one whose value that fact has when it is left out.
    """
    atoms = atoms_of(formulas(question))
    found = {path_of(term) for atom in atoms for term in terms(atom) if isinstance(term, Input | Field)}
    lists = {path.rpartition(".")[0] for path in found}
    left = [path for path in found if path in rulebook.facts and path not in told]
    while left:
        left_out = rulebook.facts[left.pop()].left_out
        if isinstance(left_out, SameAs) and left_out.path not in found:
            found.add(left_out.path)
            left += [left_out.path] if left_out.path not in told else []
    return frozenset(found | lists)


def facts_given(rulebook: Rulebook, case: Case) -> dict[str, GivenScalar | int | None]:
    """What a case says that silence would not say, in the order of the rulebook's facts.

    Left away is what a fact is when it is left out, what is presumed of it, and that nothing is known where nothing
    would be supposed.
    """
    found: dict[str, GivenScalar | int | None] = {}
    for path, fact in rulebook.facts.items():
        if path not in case.facts:
            continue
        value = case.facts[path]
        if isinstance(value, tuple):
            found[path] = len(value)
            for number, record in enumerate(value, 1):
                for field in fact.of:
                    if field.id in record and not _supposed(rulebook, case, field, record[field.id], presumed=False):
                        found[field_key(path, number, field.id)] = record[field.id]
        elif fact.sort == "records":
            continue
        elif not _supposed(rulebook, case, fact, value, presumed=True):
            found[path] = value
    return found


def _supposed(rulebook: Rulebook, case: Case, fact: Fact, value: GivenScalar | None, *, presumed: bool) -> bool:
    """Whether silence says the same."""
    if presumed and fact.ordinary is not None and (case.presume is True or fact.id in _presumed(case)):
        return value == decode_text(rulebook, fact, fact.ordinary)
    if isinstance(fact.left_out, SameAs):
        return value == case.facts.get(fact.left_out.path)
    if fact.left_out == UNKNOWN:
        return value is None or (isinstance(value, DayBounds) and value == DayBounds())
    return value == decode_text(rulebook, fact, fact.left_out)


def _presumed(case: Case) -> Collection[str]:
    return case.presume if isinstance(case.presume, tuple) else ()


def always_told(rulebook: Rulebook, told: Told) -> dict[str, GivenScalar | int | None]:
    """Fields that are told although silence would say the same, since a reader would take it for something else."""
    found: dict[str, GivenScalar | int | None] = {}
    for entry in rulebook.phrases.values():
        records = told.get(entry.of)
        if not entry.always or not isinstance(records, int):
            continue
        for name in entry.always:
            fact = rulebook.fact(f"{entry.of}.{name}")
            if isinstance(fact.left_out, SameAs):
                continue
            for number in range(1, records + 1):
                key = field_key(entry.of, number, name)
                if key not in told:
                    found[key] = None if fact.left_out == UNKNOWN else decode_text(rulebook, fact, fact.left_out)
    return found
