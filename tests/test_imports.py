"""Which file imports which; what `lint-imports` does not look at."""

from __future__ import annotations

from graphlib import TopologicalSorter

import grimp


def test_no_two_files_import_each_other_not_even_late() -> None:
    """An import inside a function counts: it only hides that two files are one."""
    graph = grimp.build_graph("lawmodel", cache_dir=None)
    assert len(graph.modules) > 100
    TopologicalSorter({file: graph.find_modules_directly_imported_by(file) for file in graph.modules}).prepare()
