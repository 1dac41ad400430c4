"""The facts that somebody would ask for who holds something else than the law."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.telling_case import telling_case
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.making import Making
from lawmodel.exercises.parting import parting
from lawmodel.exercises.single_facts import facts_by_key, without_numbers
from lawmodel.inputs import field_key
from lawmodel.reasoning.formula import Atom, Choose, Field, Formula, Input, terms
from lawmodel.reasoning.rewrite import formulas, subformulas

OFTEN: Final = 3
"""Whoever stands in so many exercises of the set stands in no more of them."""


def can_be_open(laws: Laws, key: str) -> bool:
    """Whether it is a fact of which one can speak as not known: none that dates the law, and no list."""
    if key == laws.rulebook.law_date or key.partition("[")[0] not in laws.rulebook.facts:
        return False
    likely = laws.rulebook.fact(without_numbers(key)).likely
    return likely is None or not likely.values  # what is mostly the same is mostly known


def asked_for(making: Making, case: Case, key: str) -> Iterator[tuple[HeldLaw, str, bool]]:
    """Facts on which somebody may think that it turns, those first over which they surely part from the law.

    Of a reading these are what it asks for, of a misconception what it alone reads, or over what it parts from the law
    on its telling case. All that the telling case and this one give comes after; of a slip there is nothing else.
    """
    laws = making.laws
    given = [name for name in facts_by_key(case) if name != key and can_be_open(laws, name)]
    ids = list(laws.everybody)
    making.chosen.shuffle(ids)
    ids = sorted((one for one in ids if making.used[one] < OFTEN), key=lambda one: making.used[one])
    for is_sure in (True, False):
        for held in (laws.everybody[one] for one in ids):
            told = _told_by(laws, held)
            sure: list[str] = []
            if held.reading is not None:
                sure = list(_read_under(laws, case, *held.reading))
            elif told:
                parted, besides = _parted_on(making, held), laws.read_besides.get(held.id, frozenset())
                sure = [one for one in told if one in parted or without_numbers(one) in besides]
            for other in dict.fromkeys(sure if is_sure else (*told, *given)):
                if other != key and can_be_open(laws, other) and not is_whole_list(laws, other):
                    yield held, other, is_sure


def _told_by(laws: Laws, held: HeldLaw) -> list[str]:
    """The keys of the facts that the telling case of a misconception gives; none of anything else."""
    telling = laws.rulebook.misconceptions.get(held.id)
    found = []
    for fact in () if telling is None else telling.case.facts:
        number = next((step for step in fact.path if step.isdigit()), None)
        path = ".".join(step for step in fact.path if not step.isdigit())
        listed, _, field = path.rpartition(".")
        found.append(path if number is None else field_key(listed, int(number) + 1, field))
    return found


def _parted_on(making: Making, held: HeldLaw) -> tuple[str, ...]:
    """The inputs over which somebody parts from the law on the case that shows it."""
    laws = making.laws
    if held.id not in making.parted_on:
        case = telling_case(laws.rulebook, laws.rulebook.misconceptions[held.id])
        part = parting(laws, case, held, (laws.answer(case), laws.answer(case, held.id)))
        making.parted_on[held.id] = () if part is None else part.inputs
    return making.parted_on[held.id]


def _read_under(laws: Laws, case: Case, reading: str, option: str) -> Iterator[str]:
    """The facts that are asked for under an option of a reading, and not under the one that is taken by default."""
    default = laws.rulebook.readings[reading].default
    for formula in formulas(laws.law.question):
        if not isinstance(formula, Choose) or formula.reading != reading:
            continue
        read = {name: {*_terms(branch)} for name, branch in formula.branches}
        for records, name in sorted(read.get(option, set()) - read.get(str(default), set())):
            if not records:
                yield name
                continue
            listed = case.facts.get(records)
            yield from (
                field_key(records, at, name) for at in range(1, len(listed if isinstance(listed, tuple) else ()) + 1)
            )


def _terms(formula: Formula) -> Iterator[tuple[str, str]]:
    """The single facts of a formula, and the fields of records with their list."""
    for part in subformulas(formula):
        if isinstance(part, Atom):
            for term in terms(part):
                if isinstance(term, Field):
                    yield term.records, term.name
                elif isinstance(term, Input):
                    yield "", term.key


def is_whole_list(laws: Laws, key: str) -> bool:
    """Whether a key is that of a list and not of a field of its records."""
    return key in laws.rulebook.facts and bool(laws.rulebook.facts[key].of)
