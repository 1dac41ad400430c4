"""`lawmodel prove`: properties of the law, each proved for every case or refuted by one."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.json_output import Schema
from lawmodel.commands.older_outputs import is_case
from lawmodel.commands.options import law_paths, name_of, rulebook_of, rules_option
from lawmodel.commands.progress import show_progress
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.output_files import Output, check_outputs, save_all


@click.command("prove", epilog="Example: lawmodel prove PROPERTY --out DIR")
@click.argument("names", nargs=-1, metavar="[PROPERTY]...")
@click.option("--question", metavar="QUESTION", help="Only the properties of this question.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Save each case that refutes, in this folder."
)
@rules_option
@format_options
def command(
    names: tuple[str, ...], question: str | None, out: Path | None, rules: tuple[Path, ...], output: ResultOutput
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
    from lawmodel.inquiry.searching.proved import Proofs
    from lawmodel.results.header import Header
    from lawmodel.verbs.prove.document import all_verdicts, one_verdict

    verdicts = []
    chosen = [rulebook.properties[name] for name in dict.fromkeys(names)] or list(rulebook.properties.values())
    chosen = [one for one in chosen if question in (None, one.question)]
    for number, one in enumerate(chosen, 1):
        show_progress(f"{number} of {len(chosen)}  {one.id}")
        verdicts.append(prove(rulebook, one))
    show_progress("")
    if folder is not None:
        refuting = {f"{one.id}.yaml": one.refutation.to_yaml() for one in verdicts if one.refutation is not None}
        save_all(folder, refuting, law_paths(rules))
    found = Proofs(Header(rulebook), tuple(verdicts))
    if output.is_json or not names:
        output.add(Schema.PROOFS, found, partial(all_verdicts, found))
    else:
        for verdict in verdicts:
            output.add_document(partial(one_verdict, rulebook, verdict))
    output.finish()
    if found.otherwise:
        sys.exit(ExitCode.DOES_NOT_HOLD)
