"""`lawmodel decide`: the answer on a case, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.file import read_cases
from lawmodel.commands.options import (
    day_of,
    json_option,
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
from lawmodel.law_files import case_files
from lawmodel.problems import Collector
from lawmodel.rulebook.model import Rulebook


@click.command(
    "decide", epilog="Example: lawmodel decide scenarios/extradition/04-serving-cook.yaml --reading combat=everyone"
)
@click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CASE...")
@click.option("--question", "questions", multiple=True, metavar="QUESTION", help="Answer this question. Repeatable.")
@click.option("--variant", metavar="NAME", help="Only this variant of the case (`base`: only the case itself).")
@reading_option
@on_option
@stage_option
@rules_option
@click.option("--brief", is_flag=True, help="The answer alone.")
@click.option("--all", "everything", is_flag=True, help="Spell out what does not apply, and what was presumed.")
@json_option
def command(
    cases: tuple[Path, ...],
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    brief: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """What is the answer on a case, and why?

    CASE is a case file, or a folder of them. Without --question a case answers the questions it names or expects an
    answer to, or all. One file is answered in full, with its variants in a line each; several in a line each.
    """
    rulebook = rulebook_of(rules)
    chosen = readings_of(rulebook, readings)
    day = day_of(on)
    for question in questions:
        name_of(question, rulebook.questions, "--question")
    stage_of(rulebook, stage)
    found = _cases(rulebook, case_files(cases), variant)

    def answers() -> Iterator[tuple[Case, Answer]]:
        for case in found:
            for question in questions or case.asked() or tuple(rulebook.questions):
                yield case, decide(rulebook, case, question, readings=chosen, on=day, stage=stage)

    if as_json:
        for _, answer in answers():
            click.echo(json.dumps(answer.to_json(trace=not brief), ensure_ascii=False))
        return
    _show(answers(), brief=brief, everything=everything, several=len({case.name.split("#")[0] for case in found}) > 1)


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
    name_of(variant, ["base", *(case.variant for case in found if case.variant)], "--variant")
    return [case for case in found if (case.variant or "base") == variant]


def _show(answers: Iterator[tuple[Case, Answer]], *, brief: bool, everything: bool, several: bool) -> None:
    from lawmodel.answer.text import console, show, show_rows

    to = console()
    first: str | None = None
    rows: list[Answer] = []
    for case, answer in answers:
        first = first or case.name
        if several or (case.name != first):
            rows.append(answer)
        else:
            show(answer, to, brief=brief, everything=everything)
            click.echo()
    if rows:
        show_rows(rows, to, "" if several else "Variants")
