"""Testing law by its properties: cases of any rulebook for Hypothesis, and scenario files for pytest.

The names below are all there is to know; docs/testing.md shows them at work. They need hypothesis. Whatever is asked
for is imported when it is asked for: the pytest plugin, which stands in this package too, costs next to nothing.
"""

TYPE_CHECKING = False  # as in `typing`, which is not imported for it
if TYPE_CHECKING:
    from typing import Any

    from lawmodel.testing.border_cases import CannotApply as CannotApply
    from lawmodel.testing.border_cases import near as near
    from lawmodel.testing.case_strategies import around_dates as around_dates
    from lawmodel.testing.case_strategies import cases as cases
    from lawmodel.testing.day_strategies import days as days
    from lawmodel.testing.drawn_case import DrawnCase as DrawnCase
    from lawmodel.testing.property import Property as Property
    from lawmodel.testing.property import holds_for_all as holds_for_all
    from lawmodel.testing.property import property_of as property_of
    from lawmodel.testing.proved_and_tested import theorem as theorem
    from lawmodel.testing.reading_strategies import readings as readings

__all__ = [
    "CannotApply",
    "DrawnCase",
    "Property",
    "around_dates",
    "cases",
    "days",
    "holds_for_all",
    "near",
    "property_of",
    "readings",
    "theorem",
]

_HOMES = {
    "CannotApply": "lawmodel.testing.border_cases",
    "DrawnCase": "lawmodel.testing.drawn_case",
    "Property": "lawmodel.testing.property",
    "around_dates": "lawmodel.testing.case_strategies",
    "cases": "lawmodel.testing.case_strategies",
    "days": "lawmodel.testing.day_strategies",
    "holds_for_all": "lawmodel.testing.property",
    "near": "lawmodel.testing.border_cases",
    "property_of": "lawmodel.testing.property",
    "readings": "lawmodel.testing.reading_strategies",
    "theorem": "lawmodel.testing.proved_and_tested",
}

if not TYPE_CHECKING:  # for a type checker every name would exist

    def __getattr__(name: str) -> "Any":
        """One of the names above, from where it is at home."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        found = getattr(import_module(_HOMES[name]), name)
        globals()[name] = found
        return found

    def __dir__() -> "list[str]":
        return sorted({*globals(), *__all__})
