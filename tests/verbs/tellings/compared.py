"""A comparison of tellings in the form in which tests state it."""

from __future__ import annotations

from lawmodel.verbs.tellings.tellings import SourceComparison


def conclusions(found: SourceComparison) -> dict[str, tuple[str, ...]]:
    """What each would conclude: the possible outcomes."""
    return {"text" if one.telling is None else one.telling.id: one.answer.possible for one in found.told}


def differences(found: SourceComparison) -> dict[tuple[str, str], set[frozenset[str]]]:
    """Over what each two part."""
    return {(one.one, one.other): {frozenset(group) for group in one.over} for one in found.differences}
