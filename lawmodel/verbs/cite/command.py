"""`lawmodel cite`: the program, an answer, or the sources of a provision."""

from __future__ import annotations

from pathlib import Path

import click

from lawmodel.answer.cited import citation_of
from lawmodel.answer.receipt import receipt_of
from lawmodel.commands.one_case import the_case
from lawmodel.commands.options import (
    day_of,
    name_of,
    on_option,
    reading_option,
    readings_of,
    rulebook_of,
    rules_option,
    stage_of,
    stage_option,
)
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.sheet import questions_of
from lawmodel.problems import listed
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.citations import CitationForm, cited_answer, cited_program, cited_sources


@click.command("cite", epilog="Example: lawmodel cite CASE.yaml --question QUESTION --to bibtex")
@click.argument("case", required=False, type=click.Path(path_type=Path))
@click.option("--law", "provision", metavar="ID", help="Cite the sources of this provision, not an answer.")
@click.option("--question", metavar="QUESTION", help="Of the case, where it speaks to several.")
@click.option(
    "--to",
    "form",
    type=click.Choice(["text", "bibtex", "csl-json"]),
    default="text",
    show_default=True,
    help="CSL-JSON is what reference managers read.",
)
@reading_option
@on_option
@stage_option
@rules_option
def command(
    case: Path | None,
    provision: str | None,
    question: str | None,
    form: CitationForm,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
) -> None:
    """The program, the answer on a CASE, or the sources of a provision, cited.

    A citation of an answer names all that it is a function of: program, rulebook, case and what was asked. Hashes are
    short in it; `decide --receipt` writes them in full.
    """
    if case is not None and provision is not None:
        raise click.UsageError("an answer and a provision are cited apart. Leave out CASE, or --law.")
    if case is None and provision is None:
        click.echo(cited_program(form))
        return
    rulebook = rulebook_of(rules)
    if provision is not None:
        click.echo(_of_provision(rulebook, provision, form))
        return
    assert case is not None
    the = the_case(rulebook, case, None)
    asked = (question,) if question is not None else questions_of(rulebook, the)
    name_of(question, rulebook.questions, "--question")
    if len(asked) > 1:
        raise click.UsageError(f"a citation is of one answer. Choose a --question: {listed(asked)}.")
    day = day_of(on)
    answer = decide(
        rulebook, the, asked[0], readings=readings_of(rulebook, readings), on=day, stage=stage_of(rulebook, stage)
    )
    click.echo(cited_answer(citation_of(answer, receipt_of(answer, day)), form))


def _of_provision(rulebook: Rulebook, provision: str, form: CitationForm) -> str:
    name_of(provision, rulebook.provisions, "--law")
    sources = [(rulebook.sources[one.id], one.at) for one in rulebook.provisions[provision].sources]
    return cited_sources(rulebook, sources, form)
