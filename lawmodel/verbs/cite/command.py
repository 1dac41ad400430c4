"""`lawmodel cite`: the program, an answer, or the sources of a provision."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from lawmodel.answer.cited import citation_of
from lawmodel.answer.receipt import dated, receipt_of
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
from lawmodel.law_entries.law_view import LawView
from lawmodel.law_entries.standing import LawOn
from lawmodel.problems import listed
from lawmodel.rulebook.model import Provision, Rulebook
from lawmodel.words.citations import CitationForm, cited_answer, cited_program, cited_sources

LAW: Final = "law"
"""The word before the names of provisions. A case file of this name is `./law`."""


@click.command("cite", epilog="Example: lawmodel cite CASE.yaml --question QUESTION --to bibtex")
@click.argument("what", nargs=-1, metavar="[CASE | law PROVISION...]")
@click.option("--question", metavar="QUESTION", help="Of the case, where it speaks to several.")
@click.option("--variant", metavar="NAME", help="This variant of the case (`base`: the case itself).")
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
@click.option("--as-told-by", "told_by", metavar="TELLING", help="The law as this source tells it.")
def command(
    what: tuple[str, ...],
    question: str | None,
    variant: str | None,
    form: CitationForm,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    told_by: str | None,
) -> None:
    """The program, the answer on a CASE, or the sources of a PROVISION, cited.

    A citation of an answer names all that it is a function of: program, rulebook, case and what was asked. Hashes are
    short in it; `decide --receipt` writes them in full. Who cites a provision cites its sources, not this program.
    """
    of_a_case = {
        "--question": question,
        "--variant": variant,
        "--reading": readings,
        "--on": on,
        "--stage": stage,
        "--as-told-by": told_by,
    }
    if not what:
        _refuse({**of_a_case, "--rules": rules}, "Without a case the program alone is cited. Leave it out.")
        click.echo(cited_program(form))
        return
    if what[0] == LAW:
        _refuse(of_a_case, "It is about a case, and the sources of a provision are cited. Leave it out.")
        click.echo(_of_provisions(rulebook_of(rules), what[1:], form))
        return
    if len(what) > 1:
        raise click.UsageError(f"a citation is of one answer. Name one case, and not {listed(what)}.")
    rulebook = rulebook_of(rules)
    name_of(question, rulebook.questions, "--question")
    chosen, day = readings_of(rulebook, readings), day_of(on)
    stage_of(rulebook, stage)
    name_of(told_by, rulebook.tellings, "--as-told-by")
    case = dated(rulebook, the_case(rulebook, Path(what[0]), variant), day)
    asked = (question,) if question is not None else questions_of(rulebook, case)
    if len(asked) > 1:
        raise click.UsageError(f"a citation is of one answer. Choose a --question: {listed(asked)}.")
    answer = decide(rulebook, case, asked[0], readings=chosen, on=day, stage=stage, told_by=told_by)
    click.echo(cited_answer(citation_of(answer, receipt_of(answer, day)), form))


def _refuse(options: Mapping[str, object], mend: str) -> None:
    """A usage error where one of these options is given, which would be passed over."""
    given = [name for name, value in options.items() if value not in (None, ())]
    if given:
        raise click.UsageError(f"{given[0]} has nothing to do here. {mend}")


def _of_provisions(rulebook: Rulebook, names: Sequence[str], form: CitationForm) -> str:
    """The sources of provisions; each source once for each place in it."""
    if not names:
        raise click.UsageError(f"{LAW}: no provision is named. Write the id of one, as `lawmodel law` has it.")
    view = LawView(rulebook, LawOn(rulebook, datetime.date.today()))
    provisions = [one for name in names for one in _provisions(view, name)]
    sources = [(rulebook.sources[one.id], one.at) for provision in provisions for one in provision.sources]
    return cited_sources(rulebook, list(dict.fromkeys(sources)), form)


def _provisions(view: LawView, name: str) -> list[Provision]:
    """The provisions of a name: an id, one with the day of a version, or a citation, as `lawmodel law` takes them."""
    found = [one.value for one in view.named(name) or view.cited(name) if one.kind == "provision"]
    if not found:
        name_of(name, view.rulebook.provisions, LAW)
    return found
