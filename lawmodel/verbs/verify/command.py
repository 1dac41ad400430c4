"""`lawmodel verify`: is the answer of a receipt still the answer?"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import law_paths, rulebook_of, rules_option
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.law_files import editions, rules_folder
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.user_files import Unreadable, read_file
from lawmodel.verbs.verify.document import document
from lawmodel.verbs.verify.receipt_file import AS_WRITTEN, MOST_BYTES
from lawmodel.verbs.verify.verify import KnownLaw, verify


@click.command("verify", epilog="Example: lawmodel verify receipt.json --rules rules")
@click.argument("receipts", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RECEIPT...")
@rules_option
@output_options
def command(receipts: tuple[Path, ...], rules: tuple[Path, ...], output: ResultOutput) -> None:
    """Is the answer of a receipt still the answer?

    RECEIPT is a file that `decide --receipt` wrote. Its hashes are checked, and its case is decided anew: by the
    rulebook that it names, if that comes with the program or is an earlier edition of it; otherwise by the one that
    comes with the program. With --rules it is always decided by those. Exit code 0: the same answer; 1: another, or
    another engine says otherwise; 2: the receipt was altered, or is none.
    """
    others = (*editions(), rules_folder()) if rules else editions()
    law = KnownLaw(rulebook_of(rules), law_paths(rules), others, by_editions=not rules)
    found = [verify(law, _text(path), str(path)) for path in receipts]
    for one in found:
        output.add(Schema.VERIFICATION, one, partial(document, law.rulebook, one))
    output.finish()
    if any(one.verdict == "altered" for one in found):
        sys.exit(ExitCode.WRONG_INPUT)
    if not all(one.holds for one in found):
        sys.exit(ExitCode.DOES_NOT_HOLD)


def _text(path: Path) -> str:
    try:
        return read_file(path, MOST_BYTES).decode()
    except Unreadable as unread:
        raise ProblemsFound([Problem(unread.message, unread.mend, str(path))]) from None
    except UnicodeDecodeError:
        raise ProblemsFound([Problem("this is no text in UTF-8", AS_WRITTEN, str(path))]) from None
