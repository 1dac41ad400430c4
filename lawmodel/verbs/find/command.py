"""`lawmodel find`: the simplest case that shows something, or the proof that there is none."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import click

from lawmodel.case.assignments import NotAnAssignment
from lawmodel.case.case import Case
from lawmodel.case.supposed import suppose
from lawmodel.commands.json_output import Schema
from lawmodel.commands.older_outputs import is_case
from lawmodel.commands.one_case import the_case
from lawmodel.commands.options import (
    day_of,
    law_paths,
    name_of,
    on_option,
    reading_option,
    readings_of,
    rulebook_of,
    rules_option,
    stage_of,
    stage_option,
    usage_errors,
)
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.inquiry.searching.find import View, Wanted
from lawmodel.inquiry.searching.found import Found
from lawmodel.output_files import Output, check_outputs, save_all
from lawmodel.verbs.find.document import document
from lawmodel.verbs.find.found_cases import Differ, FoundCases
from lawmodel.verbs.find.sought import MOST, found_cases, questions_sought, sides
from lawmodel.words.law import law_of
from lawmodel.words.outcomes import statement

OPTIONS: Final = {"question": "--question", "outcome": "--outcome", "grounds": "--ground"}


@click.command("find", epilog="Example: lawmodel find --differ date 2026-03-18 2026-03-19 --more 1 --out DIR")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--differ",
    type=click.Choice(["reading", "date", "stage", "telling", "misconception", "rules"]),
    help="A case that two of the NAMEs decide differently: options of a reading, days, stages, tellings, rulebooks, or "
    "misconceptions (one of them and the law).",
)
@click.option("--outcome", metavar="OUTCOME", help="A case with this outcome.")
@click.option("--ground", "grounds", multiple=True, metavar="PROVISION", help="… with this ground. Repeatable.")
@click.option("--decided-only-by", "only", metavar="PROVISION", help="… with this ground and no other.")
@click.option("--brings", multiple=True, metavar="CONSEQUENCE", help="… that brings this consequence. Repeatable.")
@click.option("--question", metavar="QUESTION", help="The question, where several could be meant.")
@click.option("--given", type=click.Path(path_type=Path), metavar="FILE", help="What is given of the case.")
@click.option("--where", multiple=True, metavar="FACT=VALUE", help="A fact that is given. Repeatable.")
@click.option(
    "--more", type=click.IntRange(0, MOST), default=0, metavar="N", help="This many more cases, essentially different."
)
@click.option(
    "--lifelike", is_flag=True, help="As in life: likely persons, values and days, as far as it still shows it."
)
@click.option("--seed", type=click.IntRange(0), default=0, metavar="N", help="With --lifelike: which of them.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Save each as a case file in this folder.")
@click.option("--yaml", "as_yaml", is_flag=True, help="Print case files alone, ready to be saved.")
@reading_option
@on_option
@stage_option
@rules_option
@format_options
def command(
    names: tuple[str, ...],
    differ: Differ | None,
    outcome: str | None,
    grounds: tuple[str, ...],
    only: str | None,
    brings: tuple[str, ...],
    question: str | None,
    given: Path | None,
    where: tuple[str, ...],
    more: int,
    lifelike: bool,
    seed: int,
    out: Path | None,
    as_yaml: bool,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """The simplest case that shows something, or the proof that there is none.

    Everything that the case does not need is left out, and what is left out is presumed to be ordinary. With --yaml it
    is printed as a case file, which can be saved, decided and checked. The NAMEs are those of --differ: a reading and,
    if you like, its options; days; stages; tellings; misconceptions; folders or files of rulebooks.
    """
    if as_yaml and output.format != "text":
        raise click.UsageError(f"--yaml and --format {output.format} contradict each other. Keep one.")
    if differ is None and outcome is None and not grounds and only is None and not brings:
        wanted_options = "--differ, --outcome, --ground, --decided-only-by or --brings"
        raise click.UsageError(f"say what the case is to show: {wanted_options}.")
    folder = None if out is None else Output("--out", out, "folder", is_case)
    if differ == "rules" and rules:
        raise click.UsageError("--rules and --differ rules contradict each other. Name the rulebooks behind --differ.")
    if differ == "rules":
        if len(set(names)) < 2:
            raise click.UsageError("--differ rules: one alone does not differ. Name two rulebooks.")
        rules = (Path(names[0]),)
    read = [*law_paths(rules), *map(Path, names if differ == "rules" else ()), *([given] if given else [])]
    if folder is not None:
        check_outputs([folder], read)
    rulebook = rulebook_of(rules)
    day = day_of(on)
    stage_of(rulebook, stage)
    chosen = readings_of(rulebook, readings)
    for ground in (*grounds, *([only] if only else [])):
        name_of(ground, rulebook.provisions, "--ground")
    for consequence in brings:
        name_of(consequence, rulebook.consequences, "--brings")
    views = [View("", on=day, stage=stage)]
    if differ is not None:
        with usage_errors():
            views = sides(rulebook, differ, names, View("", on=day, stage=stage), f"--differ {differ}")
    elif names:
        raise click.UsageError(f"`{names[0]}` names nothing here: names go with --differ.")
    case = Case() if given is None else the_case(rulebook, given, None)
    try:
        supposed = suppose(rulebook, case, where, readings=chosen)
    except NotAnAssignment as error:
        raise click.UsageError(f"--where {error}") from None
    wanted = Wanted(outcome, grounds, only, brings)
    with usage_errors():
        asked = questions_sought(rulebook, question, wanted, views, OPTIONS)
    result = found_cases(
        rulebook,
        asked,
        views,
        wanted,
        given=supposed.case,
        readings=supposed.readings,
        most=more + 1,
        differ=differ,
        seed=seed if lifelike else None,
    )
    if folder is not None:
        files = {f"found-{number}.yaml": one.to_yaml() for number, one in enumerate(result.cases, 1)}
        save_all(folder, files, read)
    if as_yaml:
        click.echo(case_files(result), nl=False)
    else:
        output.add(Schema.FOUND, result, partial(document, result))


def case_files(found: FoundCases) -> str:
    """The case files; comments alone where there is no case."""
    if not found.cases:
        return f"# There is no case in which {found.sought}.\n"
    texts = [_case_file(found, one, number) for number, one in enumerate(found.cases, 1)]
    end = f"\n# There is no other that is essentially different: {len(texts)} in all.\n" if found.exhausted else ""
    return "\n".join(texts) + end


def _case_file(found: FoundCases, one: Found, number: int) -> str:
    counted = f" ({number} of at most {found.most})" if found.most > 1 else ""
    kind = " of another kind" if number > 1 else ""
    simplest = "A likely" if found.lifelike else "The simplest"
    lines = [f"{simplest} case{kind} in which {found.sought}{counted}."]
    lines.append(found.rulebook.questions[one.question].asks)
    widest = max(len(seen.name) for seen in one.seen)
    for seen in one.seen:
        assert seen.outcome is not None
        grounds = ", ".join(ground.citation for ground in seen.answer.grounds)
        lead = f"{seen.name:{widest}}  " if widest else ""
        said = statement(found.rulebook, one.question, seen.outcome)
        lines.append(f"  {lead}{said}{f' ({grounds})' if grounds else ''}")
    if one.readings:
        lines.append(f"Under {', '.join(f'{name}: {option}' for name, option in one.readings.items())}.")
    first = one.seen[0].answer
    if all(seen.on is None and seen.stage is None for seen in one.seen) and first.law_date:
        said = law_of(found.rulebook, first.stage, first.law_date)
        lines.append(f"{said[:1].upper()}{said[1:]}.")
    heading = "\n".join(f"# {line}" for line in lines)
    return f"{heading}\n{one.to_yaml()}"
