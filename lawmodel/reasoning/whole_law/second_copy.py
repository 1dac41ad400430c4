"""A question as it is asked of a second case, which differs from the first in some inputs and in nothing else.

It is a self-composition in which part of the inputs is doubled. The second question reads other inputs where the
cases may differ and the same ones everywhere else. So a statement about two cases ("whatever the formation, the
answer is the same") becomes one about one completion of both.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final, assert_never

from lawmodel.reasoning.formula import (
    All,
    Any,
    Atom,
    Domain,
    Field,
    Fixed,
    Formula,
    Input,
    OneOf,
    Ordered,
    Ordering,
    ResolvedQuestion,
    Rule,
    Same,
    SomeRecord,
    Spaced,
    Term,
    Valuation,
)
from lawmodel.reasoning.rewrite import rewritten, with_terms

SECOND: Final = "second:"
FURTHER: Final = "further:"


def second_key(path: str) -> str:
    """The key under which the second case has a fact, a list, or (behind the list's name) a field."""
    return f"{SECOND}{path}"


def further_field(records: str, name: str) -> str:
    """The key under which the second case has a field of its one more record."""
    return f"{FURTHER}{records}.{name}"


class SecondCopy:
    """How a second case differs: in these facts, fields (``list.field``) and lists, and by one more record."""

    def __init__(self, question: ResolvedQuestion, differs: Collection[str] = (), one_more: str | None = None) -> None:
        """Take any question of the rulebook, for what its inputs may be.

        Raises:
            KeyError: there is no such input.
        """
        self._one_more = one_more
        lists = {key for key, domain in question.domains.items() if domain.kind == "records"}
        self._inputs = {path for path in differs if path in question.domains and path not in lists}
        self._lists = {path for path in differs if path in lists}
        self._fields: dict[str, set[str]] = {}
        for path in differs:
            if path not in question.domains:
                records, _, name = path.rpartition(".")
                if name not in dict(question.domains[records].fields):
                    raise KeyError(path)
                if records not in self._lists:
                    self._fields.setdefault(records, set()).add(name)
        self.domains = self._all_domains(question.domains)
        """Of the inputs of both cases."""
        self.orderings = (*question.orderings, *self._second_orderings(question))
        """Of the days of both cases."""

    @property
    def keys(self) -> dict[str, str]:
        """The single facts and lists that differ, each with its key in the second case."""
        return {path: second_key(path) for path in (*sorted(self._inputs), *sorted(self._lists))}

    @property
    def fields(self) -> Mapping[str, Collection[str]]:
        """The fields of records that differ, by list."""
        return self._fields

    def valuation(self, first: Valuation) -> Valuation:
        """What is known of both cases: of the second one's own inputs, nothing."""
        own = [key for key in self.domains if key not in first.values]
        return first.with_values({**first.values, **dict.fromkeys(own)})

    def first(self, question: ResolvedQuestion) -> ResolvedQuestion:
        """A question asked of the first case, beside the inputs of both."""
        return replace(question, domains=self.domains, orderings=self.orderings)

    def second(self, question: ResolvedQuestion) -> ResolvedQuestion:
        """A question asked of the second case, beside the inputs of both."""
        rules = tuple(
            Rule(
                rule.id,
                self._formula(rule.applies),
                tuple((name, self._formula(further)) for name, further in rule.concludes),
                tuple((name, self._formula(further)) for name, further in rule.brings),
            )
            for rule in question.rules
        )
        excluded = tuple(map(self._formula, question.excluded))
        return replace(question, rules=rules, domains=self.domains, orderings=self.orderings, excluded=excluded)

    def further(self, such_that: Formula) -> Formula:
        """A condition on a record, said of the one more record."""
        return rewritten(such_that, self._of_further)

    # --- what differs ------------------------------------------------------------------------------

    def _all_domains(self, domains: Mapping[str, Domain]) -> dict[str, Domain]:
        found = dict(domains)
        for path in (*self._inputs, *self._lists):
            found[second_key(path)] = domains[path]
        for records, names in self._fields.items():
            fields = dict(domains[records].fields)
            more = {second_key(name): fields[name] for name in sorted(names)}
            found[records] = replace(domains[records], fields=tuple({**fields, **more}.items()))
        if self._one_more is not None:
            for name, domain in domains[self._one_more].fields:
                found[further_field(self._one_more, name)] = domain
        return found

    def _second_orderings(self, question: ResolvedQuestion) -> Sequence[Ordering]:
        found = []
        for one in question.orderings:
            if one.records is None:
                renamed = Ordering(self._key(one.first), self._key(one.then))
            else:
                renamed = replace(
                    one,
                    first=self._field(one.records, one.first),
                    then=self._field(one.records, one.then),
                    records=self._list(one.records),
                )
                if one.records == self._one_more:
                    pair = (further_field(one.records, name) for name in (one.first, one.then))
                    found.append(Ordering(*pair))
            if renamed != one:
                found.append(renamed)
        return found

    def _key(self, key: str) -> str:
        return second_key(key) if key in self._inputs else key

    def _list(self, records: str) -> str:
        return second_key(records) if records in self._lists else records

    def _field(self, records: str, name: str) -> str:
        return second_key(name) if name in self._fields.get(records, ()) else name

    # --- formulas ----------------------------------------------------------------------------------

    def _formula(self, formula: Formula) -> Formula:
        return rewritten(formula, self._of_second)

    def _of_second(self, formula: Formula) -> Formula | None:
        match formula:
            case SomeRecord(records, such_that, at_least):
                among = SomeRecord(self._list(records), self._formula(such_that), at_least)
                if records != self._one_more:
                    return among
                further = self.further(among.such_that)
                if at_least > 1:  # it is the last one of so many
                    further = All((replace(among, at_least=at_least - 1), further))
                return Any((among, further))
            case OneOf() | Same() | Ordered() | Spaced():
                return with_terms(formula, self._term)
            case _:  # it is what its parts are
                return None

    def _term(self, term: Term) -> Term:
        match term:
            case Input(key):
                return Input(self._key(key))
            case Field(records, name):
                return Field(self._list(records), self._field(records, name))
            case Fixed():
                return term
            case _:
                assert_never(term)

    def _of_further(self, formula: Formula) -> Formula | None:
        return with_terms(formula, self._term_of_further) if isinstance(formula, Atom) else None

    def _term_of_further(self, term: Term) -> Term:
        if isinstance(term, Field) and term.records == self._one_more:
            return Input(further_field(term.records, term.name))
        return term
