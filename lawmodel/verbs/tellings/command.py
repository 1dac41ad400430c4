"""`lawmodel tellings`: what a reader of each source would conclude on a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lawmodel.commands.json_output import Schema, write_json
from lawmodel.commands.one_case import the_case
from lawmodel.commands.options import day_of, json_option, name_of, on_option, rulebook_of, rules_option
from lawmodel.inquiry.sheet import questions_of
from lawmodel.verbs.tellings.tellings import Comparison, compare_tellings


@click.command("tellings", epilog="Example: lawmodel tellings CASE.yaml --question QUESTION")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--question", "questions", multiple=True, metavar="QUESTION", help="Compare on this question. Repeatable."
)
@click.option("--variant", metavar="NAME", help="This variant of the case.")
@on_option
@rules_option
@json_option
def command(
    case: Path, questions: tuple[str, ...], variant: str | None, on: str | None, rules: tuple[Path, ...], as_json: bool
) -> None:
    """What would a reader of each source conclude, and which reading makes them part?"""
    rulebook = rulebook_of(rules)
    if not rulebook.tellings:
        raise click.UsageError("this rulebook has no tellings. Add a section `tellings`: see docs/rulebook.md.")
    for question in questions:
        name_of(question, rulebook.questions, "--question")
    day = day_of(on)
    chosen = the_case(rulebook, case, variant)
    for question in dict.fromkeys(questions or questions_of(rulebook, chosen)):
        found = compare_tellings(rulebook, chosen, question, day)
        if as_json:
            write_json(Schema.TELLINGS, _plain(found))
        else:
            from lawmodel.answer.console import console, write
            from lawmodel.verbs.tellings.document import told_side_by_side

            write(console(), told_side_by_side(rulebook, question, found.told, found.silent, found.partings))


def _plain(found: Comparison) -> dict[str, Any]:
    return {
        "question": found.question,
        "told": [
            {
                "by": "text" if one.telling is None else one.telling.id,
                "speaks": list(one.speaks),
                "answer": one.answer.to_json(trace=False),
            }
            for one in found.told
        ],
        "silent": list(found.silent),
        "partings": [
            {"one": one.one, "other": one.other, "over": [list(group) for group in one.over]} for one in found.partings
        ],
    }
