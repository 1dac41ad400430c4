"""`lawmodel schema`: what editors and type checkers need to know of the files and of the facts."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lawmodel.commands.older_outputs import is_json_schema, is_stub
from lawmodel.commands.options import law_paths, rulebook_of, rules_option
from lawmodel.output_files import Output, check_outputs, save_text


@click.command(
    "schema",
    epilog="Example: lawmodel schema case --out case.schema.json (docs/editors.md says how an editor uses it)",
)
@click.argument("what", type=click.Choice(["rules", "case", "stub"]))
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write this file, instead of showing it.")
@rules_option
def command(what: str, out: Path | None, rules: tuple[Path, ...]) -> None:
    """JSON Schema for editors, and a typed stub for Python.

    `rules`: the schema of rulebook files. `case`: the schema of case files under a rulebook. `stub`: the classes of
    typed cases under a rulebook (a .pyi file).
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
    rulebook = rulebook_of(rules)
    if what == "case":
        from lawmodel.case.schema import case_file_schema

        return _json(case_file_schema(rulebook))
    from lawmodel.case.stub import stub

    return stub(rulebook)


def _json(schema: dict[str, object]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
