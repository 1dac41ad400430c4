"""Law as tests: a pytest plugin that collects the expectations of case files and the properties of rulebooks.

It does nothing unless files are named, by ``--lawmodel-scenarios PATH`` and ``--lawmodel-properties PATH`` or the ini
keys of these names; and it imports nothing of the machine until such a file is collected.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

from lawmodel.testing.expectation_items import ScenarioFile
from lawmodel.testing.property_items import PropertyFile
from lawmodel.testing.tested_rulebook import PROPERTIES, ROOTS, RULES, SCENARIOS, VARIANTS

ENDINGS: Final = (".yaml", ".yml")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options; each has an ini key of its name."""
    group = parser.getgroup("lawmodel", "scenarios and properties of law")
    group.addoption(
        "--lawmodel-scenarios",
        action="append",
        metavar="PATH",
        help="Collect the case files in this file or folder: a test for each expectation. Repeatable.",
    )
    group.addoption(
        "--lawmodel-properties",
        action="append",
        metavar="PATH",
        help="Collect the properties in this file or folder of a rulebook: a proof for each. Repeatable.",
    )
    group.addoption(
        "--lawmodel-rules",
        action="append",
        metavar="PATH",
        help="Decide them under the rulebook in this file or folder, not the one that comes with lawmodel. Repeatable.",
    )
    parser.addini(SCENARIOS, "Files and folders with scenarios, where they lie in what is collected.", "paths")
    parser.addini(PROPERTIES, "Files and folders of a rulebook with properties, likewise.", "paths")
    parser.addini(RULES, "The rulebook for the scenarios: files and folders.", "paths")


def pytest_configure(config: pytest.Config) -> None:
    """What is named as an option is collected beside whatever else is."""
    config.stash[ROOTS], config.stash[VARIANTS] = {}, {}
    for kind in (SCENARIOS, PROPERTIES):
        named = [config.invocation_params.dir / path for path in config.getoption(kind) or ()]
        if kind == SCENARIOS:
            named = _files_of_variants(named, config.stash[VARIANTS])
        missing = [path for path in named if not os.path.lexists(path)]
        if missing:
            raise pytest.UsageError(f"--{kind.replace('_', '-')}: there is no file or folder {missing[0]}")
        roots = [path.resolve() for path in (*named, *config.getini(kind))]
        config.stash[ROOTS][kind] = tuple(dict.fromkeys(roots))
        collected = {(config.invocation_params.dir / path.partition("::")[0]).resolve() for path in config.args}
        for path in named:
            if not any(path.resolve().is_relative_to(one) for one in collected):
                config.args.append(str(path))


def _files_of_variants(named: list[Path], variants: dict[Path, list[str]]) -> list[Path]:
    """The files of what is named; where that is a variant (``FILE#VARIANT``), it is noted."""
    if not any("#" in str(path) for path in named):
        return named
    from lawmodel.law_files import split_variant

    split = [split_variant(path) for path in named]
    whole = {file.resolve() for file, variant in split if variant is None}
    for file, variant in split:
        if variant is not None and file.resolve() not in whole:
            variants.setdefault(file.resolve(), []).append(variant)
    return [file for file, _ in split]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """A YAML file that was named, or lies in a folder that was."""
    if file_path.suffix not in ENDINGS:
        return None
    for kind, found in ((SCENARIOS, ScenarioFile), (PROPERTIES, PropertyFile)):
        roots = parent.config.stash.get(ROOTS, {}).get(kind, ())
        if any(file_path.resolve().is_relative_to(root) for root in roots):
            return found.from_parent(parent, path=file_path)
    return None
