"""The scenario files for tests that take long on each: all that people wrote, and some of those that were generated."""

from __future__ import annotations

from pathlib import Path

from lawmodel.law_files import case_files, scenarios_folder

GENERATED = ("coverage", "slips")
EVERY = 9


def chosen_scenarios() -> list[Path]:
    """The files, in their order."""
    files = case_files([scenarios_folder()])
    generated = [file for file in files if file.parent.name in GENERATED]
    return [file for file in files if file not in generated] + generated[::EVERY]
