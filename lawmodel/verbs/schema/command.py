"""`lawmodel schema`: JSON Schema of files for editors and of results for programs, and a typed stub for Python."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from lawmodel.commands.extras import tables_missing
from lawmodel.commands.json_output import VERSION, Schema
from lawmodel.commands.older_outputs import is_json_schema, is_stub
from lawmodel.commands.options import law_paths, rulebook_of, rules_option
from lawmodel.output_files import Output, check_outputs, save_text
from lawmodel.results.json_schema import schema_of
from lawmodel.verbs.schemas import RESULTS, result_type

RESULT_NAMES: Final[Mapping[str, Schema]] = {one.removeprefix("lawmodel/"): one for one in RESULTS}
"""Results by the name that is typed."""


@click.command(
    "schema",
    epilog="Example: lawmodel schema case --out case.schema.json (docs/editors.md says how an editor uses it)",
)
@click.argument(
    "what", type=click.Choice(["rules", "case", "decision", "mapping", "stub", *RESULT_NAMES]), metavar="WHAT"
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write this file, instead of showing it.")
@rules_option
def command(what: str, out: Path | None, rules: tuple[Path, ...]) -> None:
    """JSON Schema for editors and for programs, and a typed stub for Python.

    WHAT is `rules` (the schema of rulebook files), `case` (that of case files under a rulebook), `decision` (that of
    files of reported decisions under one), `mapping` (that of files that say what the columns of a table mean), `stub`
    (the classes of typed cases under a rulebook, a .pyi file), or the name of what a verb writes with --json, as its
    key `schema` has it: `answer`, `why`, `why-not`, `change`, `weights` and so on.
    """
    if out is not None:
        check_outputs([Output("--out", out, is_older=is_stub if what == "stub" else is_json_schema)], law_paths(rules))
    text = _text(what, rules)
    if out is None:
        click.echo(text, nl=False)
    else:
        save_text(out, text)


def _text(what: str, rules: tuple[Path, ...]) -> str:
    if what == "rules":
        from lawmodel.rulebook.schema import rulebook_file_schema

        return _json(rulebook_file_schema())
    if what == "mapping":
        try:
            from lawmodel.batch.mapping.mapping import mapping_schema
        except ImportError as missing:
            raise tables_missing(missing) from None
        return _json(mapping_schema())
    if what in RESULT_NAMES:
        return _json(schema_of(result_type(RESULT_NAMES[what]), RESULT_NAMES[what], VERSION))
    rulebook = rulebook_of(rules)
    if what == "case":
        from lawmodel.case.schema import case_file_schema

        return _json(case_file_schema(rulebook))
    if what == "decision":
        from lawmodel.case.decision_schema import decision_file_schema

        return _json(decision_file_schema(rulebook))
    from lawmodel.case.stub import stub

    return stub(rulebook)


def _json(schema: dict[str, object]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
