"""What every verb prints, as digests: a change of the program's structure must leave them as they are.

``python -m tests.behaviour.digests`` writes them anew into ``digests.json``, and says which differ from those that
were there. A change that is meant is committed together with the new digests, in a commit that says why.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from lawmodel.commands.main import program

CHECKOUT = Path(__file__).resolve().parents[2]
DIGESTS = Path(__file__).with_name("digests.json")
LAWS = {
    "": (),
    "examples/british-nationality/cases/": ("--rules", "examples/british-nationality/rules"),
}
"""Folders of cases, and the rulebook by which they are decided."""
ON = ("--on", "2026-06-15")
"""The day of the law of verbs about the law itself: today would be another tomorrow."""
OF_A_CASE = (
    ("decide",),
    ("why",),
    ("turns-on",),
    ("compare",),
    ("compare", "--by", "date"),
    ("compare", "--by", "stage"),
    ("tellings",),
)
OF_THE_LAW = (
    ("law",),
    ("law", "--contested"),
    ("prove",),
    ("lint",),
    ("cover",),
)


def commands() -> Iterator[tuple[str, ...]]:
    """Every command whose output is kept, without its form."""
    for folder, rules in LAWS.items():
        files = sorted((CHECKOUT / (folder or "scenarios")).rglob("*.yaml"))
        for file in files:
            if "coverage" in file.parts or "slips" in file.parts:
                continue
            for verb, *options in OF_A_CASE:
                yield verb, file.relative_to(CHECKOUT).as_posix(), *options, *rules
        for verb, *options in OF_THE_LAW:
            yield verb, *options, *(ON if verb == "law" else ()), *rules


def printed(command: tuple[str, ...]) -> str:
    """What a command prints on standard output and error, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with contextlib.chdir(CHECKOUT), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            program.main(args=[*command], prog_name="lawmodel", standalone_mode=True)
        except SystemExit as ended:
            code = ended.code
    return f"{out.getvalue()}\n{err.getvalue()}\nexit code {code}"


def digest(command: tuple[str, ...]) -> dict[str, str]:
    """The digests of what a command prints: as text, and as JSON."""
    found = {}
    for form in ("text", "json"):
        text = printed((*command, "--json") if form == "json" else command)
        found[form] = hashlib.sha256(text.encode()).hexdigest()[:16]
    return found


def main() -> int:
    """Write the digests of all commands; say which have changed."""
    before: dict[str, dict[str, str]] = json.loads(DIGESTS.read_text()) if DIGESTS.exists() else {}
    now: dict[str, dict[str, str]] = {}
    for command in commands():
        name = " ".join(command)
        now[name] = digest(command)
        for form, one in now[name].items():
            if before and before.get(name, {}).get(form) != one:
                sys.stdout.write(f"{form}: lawmodel {name}\n")
    DIGESTS.write_text(json.dumps(now, indent=0, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
