"""`lawmodel prove`: properties of the law, each proved for every case or refuted by one."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.json_output import Schema, write_json
from lawmodel.commands.older_outputs import is_case
from lawmodel.commands.options import json_option, law_paths, name_of, rulebook_of, rules_option
from lawmodel.commands.progress import show_progress
from lawmodel.output_files import Output, check_outputs, save_all


@click.command("prove", epilog="Example: lawmodel prove PROPERTY --out DIR")
@click.argument("names", nargs=-1, metavar="[PROPERTY]...")
@click.option("--question", metavar="QUESTION", help="Only the properties of this question.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Save each case that refutes, in this folder."
)
@rules_option
@json_option
def command(
    names: tuple[str, ...], question: str | None, out: Path | None, rules: tuple[Path, ...], as_json: bool
) -> None:
    """Properties of the law: each proved for every case, or refuted by the simplest one.

    Without a name all properties that the rulebook states are shown, a line each; with one, everything about it. The
    exit code is 1 if a verdict is another than the rulebook says.
    """
    folder = None if out is None else Output("--out", out, "folder", is_case)
    if folder is not None:
        check_outputs([folder], law_paths(rules))
    rulebook = rulebook_of(rules)
    name_of(question, rulebook.questions, "--question")
    if not rulebook.properties:
        raise click.UsageError("this rulebook states no properties: add a section `properties` (docs/proving.md).")
    for name in names:
        name_of(name, rulebook.properties, "PROPERTY")
    from lawmodel.inquiry.searching.prove import prove

    began, verdicts = time.monotonic(), []
    chosen = [rulebook.properties[name] for name in dict.fromkeys(names)] or list(rulebook.properties.values())
    chosen = [one for one in chosen if question in (None, one.question)]
    for number, one in enumerate(chosen, 1):
        show_progress(f"{number} of {len(chosen)}  {one.id}")
        verdicts.append(prove(rulebook, one))
    show_progress("")
    if folder is not None:
        refuting = {f"{one.stated.id}.yaml": one.refutation.to_yaml() for one in verdicts if one.refutation is not None}
        save_all(folder, refuting, law_paths(rules))
    if as_json:
        write_json(Schema.PROOFS, {"properties": [verdict.to_json() for verdict in verdicts]})
    else:
        from lawmodel.answer.console import console, write
        from lawmodel.answer.whole_law.proved_text import all_verdicts, one_verdict, summary

        to = console()
        if names:
            for number, verdict in enumerate(verdicts):
                write(to, [""] * bool(number))
                write(to, one_verdict(rulebook, verdict))
        else:
            write(to, all_verdicts(rulebook, verdicts))
            write(to, [summary(verdicts, time.monotonic() - began)])
    if not all(verdict.as_stated for verdict in verdicts):
        sys.exit(ExitCode.DOES_NOT_HOLD)
