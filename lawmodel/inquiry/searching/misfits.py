"""Whether one case can be looked at under two rulebooks."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.problems import Problem
from lawmodel.rulebook.model import Rulebook


def misfits(before: Rulebook, after: Rulebook) -> Iterator[Problem]:
    """Why one case cannot be looked at under both."""
    mend, rules = "Compare versions of one rulebook.", "rules"
    if before.law_date != after.law_date:
        said = f"the law is dated by {before.law_date} in one and by {after.law_date} in the other"
        yield Problem(said, mend, rules)
    for path, fact in before.facts.items():
        if path not in after.facts:
            continue
        fields = {one.id: one for one in after.facts[path].of}
        pairs = [(path, fact, after.facts[path])]
        pairs += [(f"{path}.{one.id}", one, fields[one.id]) for one in fact.of if one.id in fields]
        for name, one, other in pairs:
            if one.type != other.type:
                said = f"{name} is a fact of the type {one.type} in one and {other.type} in the other"
                yield Problem(said, mend, rules)
            elif one.sort == "choice" and not set(before.choices_of(one)) & set(after.choices_of(other)):
                yield Problem(f"{name} has no choice that is in both", mend, rules)
