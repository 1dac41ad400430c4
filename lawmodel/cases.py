"""Typed cases under the rulebook that comes with this program: ``from lawmodel.cases import Case``.

The models are made from the rulebook when one is first asked for. What there is, editors and type checkers know from
the stub beside this file, which `lawmodel schema stub` writes.
"""

from __future__ import annotations

from typing import Any, Final

_made: Final[dict[str, dict[str, Any]]] = {}


def _models() -> dict[str, Any]:
    if __name__ not in _made:
        from lawmodel.case.model import case_models
        from lawmodel.law_files import rules_folder
        from lawmodel.rulebook.load import load_rulebook

        # Of threads that make them at once, the first one's count for all: else a class would not be itself.
        _made.setdefault(__name__, case_models(load_rulebook(rules_folder()), __name__))
    return _made[__name__]


def __getattr__(name: str) -> Any:
    if not name.startswith("_") and name in _models():
        return _models()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(_models())
