"""`lawmodel dataset`: cases with the answers that the law gives under every reading."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Final

import click

from lawmodel.commands.extras import tables_missing
from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import law_paths, name_of, rulebook_of, rules_option, stage_of, stage_option
from lawmodel.commands.progress import Progress
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.output_files import Output, check_outputs
from lawmodel.results.header import RulebookUsed
from lawmodel.verbs.dataset.document import document
from lawmodel.verbs.dataset.labelled import LABELS
from lawmodel.verbs.dataset.result import DatasetResult, GroupCount
from lawmodel.verbs.dataset.selection import SEVERAL, CaseGroup, select

MOST_CASES: Final = 100_000
MOST_REASONS: Final = 20
LICENSE: Final = "MIT"


@click.command("dataset", epilog="Example: lawmodel dataset --question QUESTION --count 200 --seed 7 --out FOLDER")
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="QUESTION",
    help="Cases of this question. Repeatable; default: all.",
)
@click.option(
    "--count", type=click.IntRange(1, MOST_CASES), metavar="N", default=200, show_default=True, help="So many cases."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    metavar="N",
    default=1,
    show_default=True,
    help="The same seed and rulebook give the same cases.",
)
@click.option(
    "--reasons",
    type=click.IntRange(0, MOST_REASONS),
    metavar="N",
    default=1,
    show_default=True,
    help="So many smallest reasons of each outcome at most.",
)
@click.option(
    "--license",
    "license_name",
    default=LICENSE,
    show_default=True,
    metavar="NAME",
    help="The licence that the description names; that of the supplied rulebook by default.",
)
@stage_option
@rules_option
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="A folder for the files.")
@format_options
def command(
    questions: tuple[str, ...],
    count: int,
    seed: int,
    reasons: int,
    license_name: str,
    stage: str | None,
    rules: tuple[Path, ...],
    out: Path | None,
    output: ResultOutput,
) -> None:
    """Cases with the answer by default and under every reading, contested or not, and why: for benchmarks.

    Cases are drawn so that answers and labels are about evenly spread, and no two of them are alike for the law.
    FOLDER then has cases.jsonl, cases.parquet and datapackage.json. Without --out nothing is written: how many cases
    there would be of each is shown.
    """
    if out is not None:
        check_outputs([Output("--out", out, "folder")], law_paths(rules))
    rulebook = rulebook_of(rules)
    for question in questions:
        name_of(question, rulebook.questions, "--question")
    stage_of(rulebook, stage)
    asked = tuple(dict.fromkeys(questions)) or tuple(rulebook.questions)
    if out is not None:
        try:
            from lawmodel.verbs.dataset.written import FILES, outputs_in, write_dataset
        except ImportError as missing:
            raise tables_missing(missing) from None
        if out.is_dir():
            check_outputs(outputs_in(out), law_paths(rules))
    progress = Progress("cases", count)
    try:
        selected = select(rulebook, asked, count, seed, stage=stage, most_reasons=reasons, progress=progress.show)
    finally:
        progress.end()
    counted = Counter(CaseGroup(one.question, one.outcome or SEVERAL, one.label) for one in selected.cases)
    order = {question: [one.id for one in rulebook.questions[question].outcomes] for question in asked}
    groups = sorted(
        counted, key=lambda one: (asked.index(one.question), _place(order[one.question], one), LABELS.index(one.label))
    )
    result = DatasetResult(
        RulebookUsed.of(rulebook),
        seed,
        len(selected.cases),
        count,
        selected.drawn,
        selected.alike,
        tuple(GroupCount(one, counted[one]) for one in groups),
        FILES if out is not None else (),
    )
    if out is not None:
        try:
            out.mkdir(parents=True, exist_ok=True)
            write_dataset(out, selected.cases, result.rulebook, seed, license_name)
        except OSError as error:
            raise click.UsageError(f"--out {out}: it cannot be written: {error}") from None
    output.add(Schema.DATASET, result, partial(document, rulebook, result, None if out is None else str(out)))


def _place(outcomes: list[str], group: CaseGroup) -> int:
    return outcomes.index(group.outcome) if group.outcome in outcomes else len(outcomes)
