"""The command line: assembles the verbs, each from a module of its own that is imported only when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Final

import click

from lawmodel.commands.ending import run
from lawmodel.commands.exit_codes import ExitCode
from lawmodel.safe_text import UNSHOWN, safe_line
from lawmodel.version import VERSION

GROUPS: Final[dict[str, dict[str, str]]] = {
    "A case": {
        "decide": "What is the answer on a case, and why?",
        "ask": "An interview: only what can still change the answer, the most decisive question first.",
        "why": "Which few facts settle the answer, whatever else is true?",
        "why-not": "What stands in the way of another outcome?",
        "whatif": "What if a fact were otherwise? Both answers, and what changed.",
        "change": "The least that would have to be otherwise for another outcome.",
        "turns-on": "How much does each open point weigh?",
        "compare": "The answer under every reading, day, stage or telling that matters, in the fewest rows.",
        "report": "A memorandum: facts, law, reasons, doubts, what is to be found out; also for Word and as PDF.",
        "tellings": "What would a reader of each source conclude, and why?",
    },
    "The law": {
        "law": "The rulebook: questions, provisions, readings, date lines.",
        "annotate": "The law with all that is known of it: words, readings, sources, cases; a document or a site.",
        "find": "The simplest case that shows something, or the proof that there is none.",
        "prove": "Properties of the law: proved for every case, or refuted by one.",
        "diff": "What do two versions of the law differ in, and on which cases exactly?",
        "lint": "What is dead, doubled, out of reach or untested in a rulebook?",
        "cover": "Which limbs of the law do the cases test, and which not?",
        "mutate": "Would anybody notice if the law were another by a slip?",
        "verify": "Is the answer of a receipt still the answer?",
        "cite": "The program, an answer, or the sources of a provision, cited.",
        "decisions": "Do reported decisions agree with the rulebook, and under which readings would they?",
    },
    "Many cases": {
        "batch": "One question asked of every row of a table: Parquet, CSV, JSON lines.",
        "look": "A first look at a table: what is matched, not understood, unknown.",
        "population": "Synthetic cases, drawn as a short description says.",
        "dataset": "Cases with the answers of every reading, contested or not, and why: for benchmarks.",
        "tabulate": "How often each outcome, by what cases have in common; what differs between two runs.",
    },
    "Teaching": {
        "diagnose": "Who misses what? The answers of a class, and what they are like.",
        "drill": "And if one fact were otherwise? One at a time, toward the border of the rule.",
        "exercises": "Exercises that the law makes; for paper, Moodle, Canvas, Blackboard, Anki.",
        "quiz": "Exercises one after the other; what was missed is asked again.",
        "worksheet": "A sheet of exercises to be handed round, and the key to it.",
    },
    "For others": {
        "serve": "The law in a browser, and for programs, on this machine.",
        "mcp": "The same questions as tools of an assistant (Model Context Protocol).",
    },
    "Files": {
        "check": "Every mistake in rulebooks and cases, and every expectation not met.",
        "schema": "JSON Schema for editors, and a typed stub for Python.",
        "export": "A question for other engines: answer sets for clingo, a query for DuckDB.",
    },
}
"""The verbs by what they are about, each with a line. The room of a verb has its name."""
OF_SERVICE: Final = {"serve": "lawmodel.service.command", "mcp": "lawmodel.service.mcp.command"}
"""The verbs that ask all others, and so stand above their rooms."""
VERBS: Final = {
    verb: OF_SERVICE.get(verb, f"lawmodel.verbs.{verb.replace('-', '_')}.command")
    for verbs in GROUPS.values()
    for verb in verbs
}
NAME: Final = "lawmodel"
COMPLETE: Final = "_LAWMODEL_COMPLETE"
"""By this in the environment a shell asks for completions."""


class Verbs(click.Group):
    """A group whose commands are imported when they are called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments; a usage error where one holds a character that has no place in a name or a value."""
        for number, argument in enumerate(args, 1):
            odd = UNSHOWN.search(argument)
            if odd is not None:
                what = f"holds a character that cannot be seen (U+{ord(odd[0]):04X}): {safe_line(argument)}"
                ctx.fail(f"argument {number} {what}. Type it anew; rename a file of this name.")
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in their order."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One verb; None if there is none."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(VERBS[cmd_name]).command
        if COMPLETE in os.environ:
            from lawmodel.commands.completion import completing

            return completing(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs by what they are about, with a line each, without importing them."""
        widest = max(map(len, VERBS))
        for title, verbs in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:{widest}}", line) for name, line in verbs.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A verb by its name; otherwise a usage error that names the nearest."""
        if args and not args[0].startswith("-") and args[0] not in VERBS:
            from lawmodel.problems import did_you_mean

            hint = did_you_mean(args[0], VERBS, f"The verbs are: {', '.join(VERBS)}.")
            ctx.fail(f"there is no verb `{args[0]}`. {hint}")
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"{NAME} {VERSION}")
        if said := _supplied_rulebook():
            click.echo(said)
        ctx.exit()


def _supplied_rulebook() -> str:
    """Which rulebook comes with the program; nothing where it cannot be read, of which `check` says why."""
    from lawmodel.documents.heading import edition
    from lawmodel.law_files import rules_folder
    from lawmodel.problems import ProblemsFound
    from lawmodel.rulebook.load import load_rulebook

    try:
        rulebook = load_rulebook(rules_folder())
    except (ProblemsFound, OSError):
        return ""
    return ", ".join((f"rulebook: {rulebook.title}", *edition(rulebook)))


@click.command(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="It shows what the texts provide, who reads them how, and how sure that is. It is not legal advice.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="The version, and exit."
)
def program() -> None:
    """A rules engine for law: decide cases under incomplete facts, contested readings, and bills at any stage."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; ends with an exit code of `lawmodel.commands.exit_codes`.

    Without arguments it takes those of the process, which is then taken to end with it.
    """
    given = arguments if arguments is not None else _of_the_shell()

    def work() -> int:
        instruction = os.environ.get(COMPLETE)
        if instruction:
            from lawmodel.commands.completion import complete

            return complete(program, NAME, COMPLETE, instruction)
        try:
            with program.make_context(NAME, list(given)) as context:
                program.invoke(context)
        except click.exceptions.Exit as left:
            return left.exit_code
        return ExitCode.ANSWERED

    code = run(work, given)
    if arguments is None:
        gc.freeze()  # Python's end goes through all objects otherwise, for garbage that goes with the process
    sys.exit(code)


def _of_the_shell() -> list[str]:
    """What was typed; the shell of Windows leaves `*` to the programs."""
    typed = sys.argv[1:]
    if os.name != "nt":
        return typed
    import glob

    return [found for one in typed for found in (sorted(glob.glob(one)) or [one])]
