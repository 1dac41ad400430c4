"""Which file imports which, and what classes are called; what `lint-imports` does not look at."""

from __future__ import annotations

import re
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

import lawmodel


def test_no_two_files_import_each_other_not_even_late() -> None:
    """An import inside a function counts: it only hides that two files are one."""
    graph = grimp.build_graph("lawmodel", cache_dir=None)
    assert len(graph.modules) > 100
    TopologicalSorter({file: graph.find_modules_directly_imported_by(file) for file in graph.modules}).prepare()


def test_a_public_class_name_stands_for_one_thing() -> None:
    """But for the two that users import: a property of the rulebook's, and one of a test's."""
    root = Path(lawmodel.__file__).parent
    found = Counter(
        name for file in root.rglob("*.py") for name in re.findall(r"^class ([A-Z]\w*)", file.read_text("utf-8"), re.M)
    )
    assert len(found) > 400
    assert {name for name, count in found.items() if count > 1} == {"Property"}
