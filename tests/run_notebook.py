"""A notebook run by plain Python: each cell, and what it shows, as Jupyter would keep it.

Jupyter is not needed for that: a cell shows what it prints, and the value of its last line in the forms that the value
itself has for notebooks.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FORMS = {"text/html": "_repr_html_", "text/markdown": "_repr_markdown_"}


def read_notebook(path: Path) -> dict[str, Any]:
    """The notebook as plain data."""
    plain: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return plain


def write_notebook(path: Path, notebook: dict[str, Any]) -> None:
    """Write a notebook as Jupyter does."""
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with the outputs that its cells have now; what a cell raises is raised."""
    names: dict[str, Any] = {"__name__": "__main__"}
    number = 0
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            cells.append(cell)
            continue
        number += 1
        shown = list(_run_cell("".join(cell["source"]), names, number))
        cells.append({**cell, "execution_count": number, "outputs": shown})
    return {**notebook, "cells": cells}


def _run_cell(source: str, names: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    parsed = ast.parse(source)
    last = parsed.body[-1] if parsed.body and isinstance(parsed.body[-1], ast.Expr) else None
    rest = parsed.body[:-1] if last is not None else parsed.body
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(rest, []), f"cell {number}", "exec"), names)  # noqa: S102
        value = None if last is None else eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)  # noqa: S307
    if printed.getvalue():
        yield {"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())}
    if value is not None:
        forms = {form: getattr(value, method)() for form, method in FORMS.items() if hasattr(value, method)}
        data = {form: _lines(written) for form, written in forms.items() if written is not None}
        data["text/plain"] = _lines(repr(value))
        yield {"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"}


def _lines(text: str) -> list[str]:
    """A text as notebooks hold it: its lines, each with its end."""
    return text.splitlines(keepends=True)
