"""The rulebook of a session of pytest, and the files that are named for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from lawmodel.rulebook.model import Rulebook

SCENARIOS: Final = "lawmodel_scenarios"
PROPERTIES: Final = "lawmodel_properties"
RULES: Final = "lawmodel_rules"
ROOTS: Final[pytest.StashKey[dict[str, tuple[Path, ...]]]] = pytest.StashKey()
"""The files and folders that are named, by kind."""
VARIANTS: Final[pytest.StashKey[dict[Path, list[str]]]] = pytest.StashKey()
"""Of the case files of which not all is to be collected: the variants that are named."""
_RULEBOOK: pytest.StashKey[Rulebook] = pytest.StashKey()


def tested_rulebook(config: pytest.Config) -> Rulebook:
    """The rulebook of the session, loaded when a scenario is first collected."""
    if _RULEBOOK not in config.stash:
        from lawmodel.law_files import rules_folder
        from lawmodel.rulebook.load import load_rulebook

        named = [config.invocation_params.dir / path for path in config.getoption(RULES) or ()]
        rules = [path.resolve() for path in named or config.getini(RULES) or (rules_folder(),)]
        beside = [
            path for path in config.stash[ROOTS][PROPERTIES] if not any(path.is_relative_to(one) for one in rules)
        ]
        config.stash[_RULEBOOK] = load_rulebook(*rules, *beside)
    return config.stash[_RULEBOOK]
