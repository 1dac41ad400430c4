"""`lawmodel decide`: the answer on a case, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

import click

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.file import BASE, read_cases
from lawmodel.commands.options import (
    day_of,
    held_by_one,
    held_option,
    law_paths,
    name_of,
    on_option,
    reading_option,
    readings_of,
    rulebook_of,
    rules_option,
    stage_of,
    stage_option,
)
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.documents.answer import brief_document, document, rows_document, variants_document
from lawmodel.documents.feeds import feeds_document
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.sheet import feeds, questions_of
from lawmodel.law_files import case_files, split_variant
from lawmodel.output_files import Output, check_outputs, save_text
from lawmodel.problems import Collector, listed
from lawmodel.rulebook.model import Rulebook
from lawmodel.safe_text import unguarded

WORTH_A_BAR = 20
"""From how many cases on progress is shown."""


@click.command(
    "decide", epilog="Example: lawmodel decide CASE.yaml --question QUESTION --reading READING=OPTION --on 2026-06-05"
)
@click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CASE...")
@click.option("--question", "questions", multiple=True, metavar="QUESTION", help="Answer this question. Repeatable.")
@click.option("--variant", metavar="NAME", help="Only this variant of the case (`base`: only the case itself).")
@reading_option
@on_option
@stage_option
@held_option
@rules_option
@click.option("--as-told-by", "told_by", metavar="TELLING", help="The law as this source tells it.")
@click.option(
    "--receipt",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a receipt of the answer, which `lawmodel verify` checks.",
)
@click.option("--brief", is_flag=True, help="The answer alone.")
@output_options
def command(
    cases: tuple[Path, ...],
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    held_by: str | None,
    rules: tuple[Path, ...],
    told_by: str | None,
    receipt: Path | None,
    brief: bool,
    output: ResultOutput,
) -> None:
    """What is the answer on a case, and why?

    CASE is a case file, or a folder of them. Without --question a case answers the questions it names or expects an
    answer to, or all that its facts bear on. One file is answered in full, its variants in a line each; several files
    in a line each.
    """
    if held_by is not None and receipt is not None:
        raise click.UsageError("--receipt and --held-by contradict each other: a receipt is of the law. Keep one.")
    rulebook = held_by_one(rulebook_of(rules), held_by)
    chosen = readings_of(rulebook, readings)
    day = day_of(on)
    for question in questions:
        name_of(question, rulebook.questions, "--question")
    stage_of(rulebook, stage)
    name_of(told_by, rulebook.tellings, "--as-told-by")
    files = case_files(cases)
    if receipt is not None:
        written = [Output("--receipt", receipt, is_older=is_receipt), *output.places()]
        check_outputs(written, [*(split_variant(one)[0] for one in files), *cases, *law_paths(rules)])
    found = _cases(rulebook, files, variant)

    def ask(case: Case, question: str) -> Answer:
        return decide(rulebook, case, question, readings=chosen, on=day, stage=stage, told_by=told_by)

    if receipt is not None:
        from lawmodel.commands.json_output import Schema, json_line
        from lawmodel.inquiry.receipts import checked_receipt  # brings the solver

        case, question = _received(found, questions, rulebook)
        asked = Ask(rulebook, case, question, readings=chosen, on=day, stage=stage, told_by=told_by)
        save_text(receipt, json_line(Schema.RECEIPT, checked_receipt(asked, day).to_json()) + "\n")
    several = len({case.name.partition("#")[0] for case in found}) > 1
    hidden = output.is_json or len(found) < WORTH_A_BAR or not sys.stderr.isatty()
    base: list[Answer] = []
    rows: list[Answer] = []
    with nullcontext(found) if hidden else _progress(found) as progress:
        for number, case in enumerate(progress):
            answers = [ask(case, question) for question in dict.fromkeys(questions or questions_of(rulebook, case))]
            if output.is_json:
                from lawmodel.commands.json_output import Schema

                for answer in answers:
                    output.add_data(Schema.ANSWER, answer, brief=brief)
            elif several or number:
                rows += answers
            else:
                base = answers
                told = brief_document if brief else partial(document, pictures=output.draws)
                output.add_document(partial(told, answers))
                if not brief:
                    for feed in feeds(rulebook, case, answers, ask) if len(answers) > 1 else ():
                        output.add_document(partial(feeds_document, rulebook, feed))
    if rows and len(base) > 1:
        output.add_document(partial(variants_document, base, rows))
    elif rows:
        output.add_document(partial(rows_document, rows, "" if several else "Variants"))


def is_receipt(beginning_and_end: bytes) -> bool:
    """Whether a file that stands there is a receipt of before."""
    return beginning_and_end.lstrip().startswith(b'{"schema": "lawmodel/receipt"')


def _received(cases: list[Case], questions: tuple[str, ...], rulebook: Rulebook) -> tuple[Case, str]:
    """The case and the question of a receipt; a usage error where there are several."""
    case = next((one for one in cases if one.variant in (None, BASE)), cases[0])
    asked = tuple(dict.fromkeys(questions)) or questions_of(rulebook, case)
    if len(asked) > 1:
        raise click.UsageError(f"--receipt: a receipt is of one answer. Choose a --question: {listed(asked)}.")
    if len({one.name.partition("#")[0] for one in cases}) > 1:
        raise click.UsageError("--receipt: a receipt is of one answer. Name one case file.")
    return case, asked[0]


def _progress(cases: list[Case]) -> AbstractContextManager[Iterable[Case]]:
    return click.progressbar(cases, label="Deciding", file=unguarded(sys.stderr))


def _cases(rulebook: Rulebook, files: list[Path], variant: str | None) -> list[Case]:
    problems = Collector()
    found: list[Case] = []
    for file in files:
        found += read_cases(rulebook, file, problems)
    problems.raise_if_any()
    if not found:
        raise click.UsageError("there is no case here: name a case file, or a folder that holds some.")
    if variant is None:
        return found
    name_of(variant, dict.fromkeys(case.variant or BASE for case in found), "--variant")
    return [case for case in found if (case.variant or BASE) == variant]
